"""Words for what has not ended yet, and for what has: 还在质保期内, 过保, "under warranty", "valid today", "expired". Told by the day on which it ends."""

from __future__ import annotations

import re
from functools import cache

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import Field
from tools.crm.semantic.thesaurus import concepts, words_of

VALID, LAPSED = "valid", "lapsed"
_COVER = r"质保|保修|维保|免保|质量保证"
_THING = "warranty|guarantee|maintenance|contract|insurance|licen[cs]e"
_PATTERNS = (
    (LAPSED, re.compile(rf"\b(?:already |now )?out[ -]of[ -](?P<x>{_THING})\b|\bno longer (?:in|under|within) (?P<y>{_THING})\b", re.IGNORECASE)),
    (
        VALID,
        re.compile(
            rf"(?:目前|现在|今天)?(?:还|仍|仍然|尚|都)?(?:处?在|处于)?(?:(?P<x>{_COVER}|合同|服务|授权|认证)(?:有效|生效)?|有效|生效)期限?(?:之)?内的?(?!到|将)"
        ),
    ),
    (VALID, re.compile(r"(?:还|仍|仍然|尚)?(?P<x>在保|保内)的?|(?:还|尚)?(?:未|没|没有|尚未)(?P<y>过保|出保|脱保)的?")),
    (VALID, re.compile(r"(?:还|尚)?(?:未|没|没有|尚未)(?:过期|失效|过有效期)的?|(?:今天|目前|现在|当前)?(?:还|仍|仍然|依然)有效的?")),
    (
        LAPSED,
        re.compile(
            rf"(?P<x>{_COVER}|合同|服务|授权|认证)期?(?:都|也|早)?(?:(?:已经?|早已)(?:过|到期|过期)了?|(?:过|到期|过期)了)的?"
            r"(?!几|多少|[一二三四五六七八九十\d])"
        ),
    ),
    (LAPSED, re.compile(r"(?:都)?(?:已经?|早已?)?(?P<x>过保|出保|脱保|保外)(?:了)?的?")),
    (LAPSED, re.compile(r"(?:都)?(?:已经?|早已?)(?:过期|失效|过了?有效期)(?:了)?的?|(?<![未没])过了?(?:有效期|期)(?:了)?的")),
    (VALID, re.compile(rf"\b(?:still |currently )?(?:in|under|within|covered by) (?:their |its |the |a )?(?P<x>{_THING})(?: period)?\b", re.IGNORECASE)),
    (
        VALID,
        re.compile(
            r"\b(?:still|currently|now) (?:valid|in force|in effect)\b|\b(?:valid|in force|in effect) (?:today|now|at present)\b|\bunexpired\b", re.IGNORECASE
        ),
    ),
    (
        VALID,
        re.compile(r"\b(?:(?:is|are) )?(?:still|currently|now) running\b|\b(?:is|are) running(?=\s*(?:[,?!.;]|$|now\b|today\b|at\b|and\b))", re.IGNORECASE),
    ),
    (VALID, re.compile(r"\b(?:not|never|\w+n't) (?:yet )?(?:expired|lapsed|run out)\b", re.IGNORECASE)),
    (LAPSED, re.compile(r"\b(?:already |have |has |had )?(?:already )?(?:expired|lapsed)\b|\bno longer (?:valid|in force|in effect)\b", re.IGNORECASE)),
)
_COVERED = {"在保", "保内", "过保", "出保", "脱保", "保外"}
_END = re.compile(
    r"^终(?![端审验])|"
    r"截止|到期|期满|届满|终止|失效|结束|有效期(?:至|到)?|(?:期|有效)至|expir|valid (?:un)?til|valid to|valid thru|end(?:s| date|ing)|until",
    re.IGNORECASE,
)
_START = re.compile(r"^起(?![运飞草诉订])|生效|起始|开始|起算|valid from|effective|start", re.IGNORECASE)


def with_validity(
    question: str, items: tuple[Item, ...], unknown: list[int], tokens: tuple[Token, ...], vocabulary: Vocabulary
) -> tuple[tuple[Item, ...], list[int]]:
    """The items with one for each such phrase in place of its words; a phrase that is a category of the store, or that no column of days tells, stays."""
    for cue, pattern in _PATTERNS:
        for match in pattern.finditer(question):
            places = [at for at, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end() and token.kind != "mark"]
            if not places or not _is_told(match, places, items, vocabulary):
                continue
            start, end = places[0], places[-1] + 1
            if any(item.start < start < item.end or item.start < end < item.end for item in items):
                continue
            thing = match.groupdict().get("x") or match.groupdict().get("y") or ""
            made = Item(start, end, match[0].strip(), (cue,), read_as="质保" if thing in _COVERED else thing)
            items = tuple(sorted((*(item for item in items if item.end <= start or item.start >= end), made), key=lambda item: item.start))
            unknown = [at for at in unknown if not start <= at < end]
    return items, unknown


def _is_told(match: re.Match[str], places: list[int], items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    inside = [item for item in items if places[0] <= item.start and item.end <= places[-1] + 1]
    stated = any(item.values and item.source in {"exact", "alias"} for item in inside)
    placed = any(item.period is not None or VALID in item.cues or LAPSED in item.cues for item in inside)
    thing = match.groupdict().get("x") or match.groupdict().get("y") or ""
    thing = "质保" if thing in _COVERED else thing
    return not stated and not placed and any(end_of(vocabulary, entity, thing) for entity in vocabulary.model.entities if vocabulary.rows(entity))


def end_of(vocabulary: Vocabulary, entity: str, thing: str) -> Field | None:
    """The one day on which records of a kind end, or what they have of that thing; None where there is none, or several."""
    found = [field for field in _days(vocabulary, entity) if any(_END.search(label) for label in _labels(field))]
    if thing:
        found = [field for field in found if any(_tells_of(label, thing) for label in _labels(field))]
    return found[0] if len(found) == 1 else None


def start_of(vocabulary: Vocabulary, entity: str) -> Field | None:
    """The one day from which records of a kind hold."""
    found = [field for field in _days(vocabulary, entity) if any(_START.search(label) for label in _labels(field))]
    return found[0] if len(found) == 1 else None


def _days(vocabulary: Vocabulary, entity: str) -> list[Field]:
    fields = vocabulary.model.entities[entity].fields.values()
    return [field for field in fields if field.type.is_time and vocabulary.content(entity, field.key).count]


def _labels(field: Field) -> tuple[str, ...]:
    return tuple(own_labels(field)) or (*field.words.en[:1], *field.words.zh[:1])


@cache
def _tells_of(label: str, thing: str) -> bool:
    words = {thing, *(word for concept in concepts(thing) for word in words_of(concept))}
    return any(word in label.casefold() for word in words if len(word) > 1)
