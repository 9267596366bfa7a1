"""English phrases that the thesaurus has as they stand, where each of their words means something else here alone: "state-owned enterprises"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.guessing import ASKING, LONGEST_SET_PHRASE, is_told_of_things
from agent.parsing.linking.items import OUTCOMES, Item, Readable, item_of, weigh
from agent.parsing.linking.nearby import Meant, Nearby
from agent.parsing.linking.quotas import QUOTA
from agent.parsing.linking.translating import PARTICLES
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType
from tools.crm.semantic.thesaurus import concepts

SAME_THING = 0.96
GAIN = 0.1
OF_EVENT = 5  # the rank of a word for what happens to records
MONEY = {"amount", "paid", "unpaid"}
DEEDS = {"won", "lost", "signed", "opened", "closed", "paid", "resolved"}
ARTICLES = {"a", "an", "the"}


def set_phrases(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """Each such phrase with the Chinese header, category or table that is the same thing."""
    for start, end in _spans(tokens, items):
        meant = nearby.translated(question[tokens[start].start : tokens[end - 1].end], readable)
        if meant is None or meant.similarity < SAME_THING or not has_han(meant.word):
            continue
        if meant.values and any(start <= item.start and item.end <= end and OUTCOMES & set(item.cues) for item in items):
            continue  # "lost tenders" are tenders, which were lost
        if not QUOTA.search(question) and _tells_of_records(items, start, end, meant):
            continue
        if not (_loses_amount(items, start, end, meant, vocabulary) or is_told_of_things(tokens, start, end, meant, nearby, readable)):
            terms = (*meant.terms, *_happening_to(meant, vocabulary))
            kinds = {term.entity for term in terms if term.what == "entity"}
            values = tuple(value for value in meant.values if value.entity not in kinds)  # "customer visits" are all of them, and not the 上门 alone
            yield (
                weigh(tokens, start, end, 1.0) + GAIN,
                item_of(tokens, start, end, values=values, terms=terms, source="translated", read_as=meant.word if len(values) == len(meant.values) else ""),
            )


def _happening_to(meant: Meant, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in "claims reported" of a 报案日期: the records of an own table to which that happens."""
    entities = {term.entity for term in meant.terms if term.what == "field" and vocabulary.model.entities[term.entity].fields[term.key].type.is_time}
    own = [entity for entity in entities if vocabulary.model.entities[entity].custom_table is not None]
    return (Term("entity", own[0], own[0], OF_EVENT),) if len(own) == 1 and len({term.entity for term in meant.terms}) == 1 else ()


def _spans(tokens: tuple[Token, ...], items: tuple[Item, ...]) -> Iterator[tuple[int, int]]:
    """Runs of words that the thesaurus has, of which none is a name, a period, a number or a word that asks."""
    held = [item for item in items if item.means_more or any(value.title for value in item.values) or (item.is_only_cue and ASKING & set(item.cues))]
    closed = {at for item in held for at in range(item.start, item.end)}
    for start in range(len(tokens) - 1):
        for end in range(start + 2, min(start + LONGEST_SET_PHRASE, len(tokens)) + 1):
            words = tokens[start:end]
            joined = all(token.kind == "latin" or token.text == "-" for token in words) and words[0].kind == words[-1].kind == "latin"
            phrasal = words[-1].norm in PARTICLES and words[-2].text != "-"  # "signed for" tells when, and is for others to read
            if not joined or phrasal or {words[0].norm, words[-1].norm} & ARTICLES or not closed.isdisjoint(range(start, end)):
                continue
            if any(item.start < start < item.end or item.start < end < item.end or (item.start <= start and end <= item.end) for item in items):
                continue  # half of another phrase, or one that is known as it stands
            if concepts(" ".join(token.norm for token in words if token.kind == "latin")):
                yield start, end


def _tells_of_records(items: tuple[Item, ...], start: int, end: int, meant: Meant) -> bool:
    """As in "contracts signed": records that are kept and what was done with them, and no goal or price for that in other records."""
    inner = [item for item in items if start <= item.start and item.end <= end]
    kinds = {term.entity for item in inner for term in item.terms if term.what == "entity" and term.filled and term.rank == 0}
    done = any(item.is_only_cue and DEEDS & set(item.cues) for item in inner)
    return bool(kinds) and done and not meant.values and not any(term.entity in kinds for term in meant.terms)


def _loses_amount(items: tuple[Item, ...], start: int, end: int, meant: Meant, vocabulary: Vocabulary) -> bool:
    """As in "cash received": a word that asks how much, where the whole is only the day on which it came, or the records."""
    asked = any(start <= item.start and item.end <= end and MONEY & set(item.cues) for item in items)
    fields = [vocabulary.model.entities[term.entity].fields[term.key] for term in meant.terms if term.what == "field"]
    return asked and not meant.values and not any(field.type is FieldType.MONEY for field in fields)
