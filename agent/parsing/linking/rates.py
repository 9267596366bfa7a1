"""Words for the share of a state or a result: 合格率, 续费率, "renewal rate". Which column tells it, and which of its states are decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import Token, has_han, name_key
from agent.parsing.linking.items import QUALITY, RATES, Item, Readable, item_of, weigh
from agent.parsing.linking.nearby import Nearby
from agent.parsing.store_words.rated_flags import other_rates, rated_flags
from agent.parsing.store_words.vocabulary import Source, Term, Value, Vocabulary
from tools.crm.semantic import Field, FieldType

SIDES, LONGEST = 2, 3
SURE, TOGETHER = 0.5, 2.0
MOST_OF_VERB = 3
SPOKEN = {*RATES, "rates"}
_RESULT = re.compile(r"结论|结果|判定|评定|检验|验收|\b(?:result|outcome|conclusion|verdict|decision|disposition)\b", re.IGNORECASE)
_STATE = re.compile(r"(?:状态|进度|进展)$|(?:^|\b|_)(?:status|state)$", re.IGNORECASE)
_KIND = re.compile(
    r"(?:类型|类别|种类|分类|来源|方式|形式|渠道|原因|归因|级别|等级|型|类)$|\b(?:type|kind|category|class|source|channel|reason|level|method)$", re.IGNORECASE
)
_PENDING = re.compile(
    r"^(?:待|未|尚未|拟|暂)|中$|^(?:pending|open|new|draft|planned|active|running|in |on ?going|waiting|not )|(?:ing|pending)$", re.IGNORECASE
)
_ENDED = re.compile(r"(?P<first>[\u4e00-\u9fff]{2,4})已(?P<verb>[\u4e00-\u9fff]{1,3})")
Rated = tuple[list[tuple[Value, Source]], tuple[Term, ...]]


def rated(name: str, vocabulary: Vocabulary, readable: Readable) -> Rated | None:
    """As in 合格率, "acceptance rate", 招标率, 续费率, 转化率: the result or state, or the column that tells whether it happened.

    续约率 is no share of a kind of deal.
    """
    ending = next((ending for ending in RATES if name.endswith(ending)), None)
    if ending is None:
        return None
    found = (_states(other.removesuffix(ending), vocabulary, readable) for other in (name, *other_rates(name)))
    return next((each for each in found if each is not None), None)


def _states(rest: str, vocabulary: Vocabulary, readable: Readable) -> Rated | None:
    entities = vocabulary.model.entities
    hits: list[tuple[Value, Source]] = []
    for said in (rest, f"已{rest}") if has_han(rest) and len(rest) > 1 else (rest,):
        for value, source in vocabulary.values.get(said, ()):
            field = entities[value.entity].fields[value.field]
            if source in {"exact", "alias"} and not value.title and readable(value) and _tells_state(field, value, said != rest, vocabulary):
                hits.append((value, source))
    hits = hits or [(value, "exact") for value in _ended(rest, vocabulary) if readable(value)]
    if hits:
        return hits, ()
    named = [(term, entities[term.entity].fields[term.key]) for term in vocabulary.terms.get(rest, ()) if term.what == "field" and term.filled]
    flags = tuple(term for term, field in named if field.type is FieldType.FLAG and field.custom)
    return (([], flags) if (flags := flags or rated_flags(rest, vocabulary)) else None) or _happened(rest, vocabulary)


def _ended(rest: str, vocabulary: Vocabulary) -> Iterator[Value]:
    """As in 续签率 of 到期已续 beside 到期未续: the state of those that came to their end and were, where another says that they were not."""
    verbs = [rest[:length] for length in range(1, min(len(rest), MOST_OF_VERB) + 1)] if has_han(rest) and len(rest) > 1 else []
    for text in (f"{first}已{verb}" for first in _ends() for verb in verbs):
        for value, _ in vocabulary.values.get(name_key(text), ()):
            held = vocabulary.content(value.entity, value.field).values
            if value.text == text and not value.title and undone_of(text) in held:
                yield value


@cache
def _ends() -> tuple[str, ...]:
    """The words for coming to an end; 逾期已付 is no part of what is paid at all."""
    return tuple(word for word, said in cues().items() if "expiring" in said and 2 <= len(word) <= 4 and all(map(has_han, word)))


def undone_of(text: str) -> str | None:
    """The state of those that came to the same end and of which it was not done: 到期未续 of 到期已续."""
    ended = _ENDED.fullmatch(text)
    return f"{ended['first']}未{ended['verb']}" if ended is not None else None


def _tells_state(field: Field, value: Value, done: bool, vocabulary: Vocabulary) -> bool:
    """Whether a column says how its records ended, rather than of what kind they are."""
    labels = (*field.words.zh, *field.words.en)
    if any(_RESULT.search(label) for label in labels):
        return True
    if not field.custom or any(_KIND.search(label) for label in labels):
        return False
    held = vocabulary.content(value.entity, value.field).values
    return len(held) == SIDES or done or (any(_STATE.search(label) for label in labels) and any(_PENDING.search(text) for text in held))


def _happened(rest: str, vocabulary: Vocabulary) -> Rated | None:
    """As in 转化率 of a table with 转化商机号: the part of the records for which the number or reference of what became of them is noted."""
    found = []
    for term in vocabulary.label_parts.get(rest, ()) if len(rest) > 1 else ():
        if term.what != "field":
            continue
        field, content = vocabulary.model.entities[term.entity].fields[term.key], vocabulary.content(term.entity, term.key)
        noted = field.type is FieldType.REF or (field.type is FieldType.TEXT and content.numbers_records())
        if field.custom and noted and 0 < content.count < vocabulary.rows(term.entity) and any(label.casefold().startswith(rest) for label in field.words.en):
            found.append(term)
    return ([], tuple(found)) if len(found) == 1 else None


def spoken_rates(tokens: tuple[Token, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "renewal rate" of an export that notes 已续费: a rate whose word is the store's in the other language."""
    yield from _by_other_name(tokens, vocabulary, readable)
    for at in range(1, len(tokens)):
        if tokens[at].norm not in SPOKEN or tokens[at - 1].kind != "latin" or tokens[at - 1].stem in stopwords():
            continue
        if any(term.filled for term in vocabulary.terms.get(tokens[at - 1].stem + tokens[at].stem, ())):
            continue  # "win rate" is a rate of the model
        meant = nearby.translated(tokens[at - 1].norm, readable)
        found = _states(name_key(meant.word), vocabulary, readable) if meant is not None and has_han(meant.word) else None
        if meant is not None and found is not None:
            values = tuple(value for value, _ in found[0])
            item = item_of(tokens, at - 1, at + 1, cues=("share",), values=values, terms=found[1], source="translated", read_as=meant.word)
            yield weigh(tokens, at - 1, at + 1, QUALITY["exact"]) + SURE, item


def _by_other_name(tokens: tuple[Token, ...], vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "pass rate", "SLA attainment": words that the thesaurus has for a rate of the store's."""
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            plain = all(token.kind == "latin" for token in tokens[start:end]) and not {tokens[start].stem, tokens[end - 1].stem} & stopwords()
            if not plain:
                continue
            if any(term.filled for term in vocabulary.terms.get("".join(token.stem for token in tokens[start:end]), ())):
                continue
            for word in other_rates(" ".join(token.norm for token in tokens[start:end])):
                found = _states(word.removesuffix("率"), vocabulary, readable)
                if found is not None:
                    values = tuple(value for value, _ in found[0])
                    end += end < len(tokens) and tokens[end].norm in SPOKEN  # "SLA compliance rate"
                    item = item_of(tokens, start, end, cues=("share",), values=values, terms=found[1], source="translated", read_as=word)
                    yield weigh(tokens, start, end, QUALITY["exact"]) + TOGETHER, item
                    break


def is_state(field: Field, vocabulary: Vocabulary) -> bool:
    """Whether a column of the export's own says in which state its records are, some of them still undecided."""
    labels = (*field.words.zh, *field.words.en)
    return field.custom and any(_STATE.search(label) for label in labels) and bool(undecided(field, vocabulary))


def undecided(field: Field, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The states of a column that are not final by their own words: 待续费, 处理中, "pending"."""
    return tuple(text for text in vocabulary.content(field.entity, field.key).values if _PENDING.search(text))
