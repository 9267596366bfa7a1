"""What texts are asked to be about: the words behind "about", 提到, as one topic."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import QUALITY, Item, Readable, item_of, weigh
from agent.parsing.linking.nearby import Nearby
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

GRADES = {"most", "least"}
INVOLVING, LONGEST = {"涉及", "涉"}, 5


def topic_cue(items: tuple[Item, ...], vocabulary: Vocabulary) -> Item | None:
    """The word that a topic follows; not in 涉及多少个客户, which counts them, or before a yes-or-no column: what records involve."""
    cue = next((item for item in items if "about" in item.cues and not item.terms and not _involves_flag(item, items, vocabulary)), None)
    counts = cue is not None and any(item.start == cue.end and {"count", "distinct", "which"} & set(item.cues) for item in items)
    return None if counts else cue


def with_topic(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary
) -> tuple[tuple[Item, ...], list[int]]:
    """The words after "about" as one topic: up to a period, a grouping word or, in Chinese, the records that 的 leads to."""
    involved = [item for item in items if _involves_flag(item, items, vocabulary)]
    items = tuple(item for item in items if item not in involved)
    cue = topic_cue(items, vocabulary)
    if cue is not None and _leads_to_figure(cue, items):
        return tuple(item for item in items if item is not cue), unknown
    if cue is None:
        return items, unknown
    end = len(tokens)
    for item in items:
        led_to = tokens[item.start - 1].text == "的" and any(term.what in {"entity", "kind"} for term in item.terms)
        if item.start > cue.end and tokens[item.start - 1].text in {"-", "–", "—", ",", "，", ":", "："}:
            end = item.start - 1
            break
        if item.start >= cue.end and (item.period or "group" in item.cues or led_to):
            end = item.start - (tokens[item.start - 1].text == "的")
            break
    inside = [at for at in range(cue.end, end) if tokens[at].kind != "mark"]
    ranked = any(item.start == cue.end and GRADES & set(item.cues) for item in items)  # 提到最多的对手 ranks what is mentioned
    if not inside or ranked:
        return items, unknown
    text = question[tokens[inside[0]].start : tokens[inside[-1]].end]
    said = [item for item in items if item.start in inside]
    if len(said) == 2 and said[1].end == inside[-1] + 1 and _is_named_by(said[1], said[0]):
        text = said[1].text  # 涉及竞争对手 Vantora: of what kind it is, the texts need not say
    topic = Item(inside[0], inside[-1] + 1, text, topic=text)
    kept = [item for item in items if item.end <= topic.start or item.start >= topic.end]
    return tuple(sorted([*kept, topic], key=lambda item: item.start)), [at for at in unknown if not topic.start <= at < topic.end]


def flags_involved(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in 涉及危险品: the longest words behind 涉及 that the dictionary has a yes-or-no column for."""
    for cue in (item for item in items if item.text in INVOLVING and "about" in item.cues):
        for end in range(min(cue.end + LONGEST, len(tokens)), cue.end + 1, -1):
            if any(token.kind != "han" for token in tokens[cue.end : end]):
                continue
            meant = nearby.translated(question[tokens[cue.end].start : tokens[end - 1].end], readable)
            if meant is not None and not meant.values and _are_flags(meant.terms, vocabulary):
                found = item_of(tokens, cue.end, end, terms=meant.terms, source="translated", read_as=meant.word)
                yield weigh(tokens, cue.end, end, QUALITY["neighbour"] * meant.similarity), found
                break


def _involves_flag(cue: Item, items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    """Whether it is 涉及 right before a yes-or-no column."""
    return cue.text in INVOLVING and any(item.start == cue.end and not item.values and _are_flags(item.terms, vocabulary) for item in items)


def _are_flags(terms: tuple[Term, ...], vocabulary: Vocabulary) -> bool:
    fields = [vocabulary.model.entities[term.entity].fields[term.key] for term in terms if term.what == "field"]
    return bool(fields) and len(fields) == len(terms) and all(field.type is FieldType.FLAG for field in fields)


def _is_named_by(item: Item, before: Item) -> bool:
    """Whether the word before is the name of the field that holds the value."""
    return bool({(value.entity, value.field) for value in item.values} & {(term.entity, term.key) for term in before.terms if term.what == "field"})


def _leads_to_figure(cue: Item, items: tuple[Item, ...]) -> bool:
    """As in 涉及年费多少: how much of a figure there is, rather than what texts are about."""
    behind = [item for item in items if item.start >= cue.end][:2]
    figure = len(behind) == 2 and behind[0].start == cue.end and any(term.filled and term.what in {"field", "measure"} for term in behind[0].terms)
    return figure and behind[1].end >= max(item.end for item in items) and bool({"count", "amount"} & set(behind[1].cues))
