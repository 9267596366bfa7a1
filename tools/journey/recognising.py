"""Recognises what a record is evidence of: by its words, its channel, its direction and what it names. Knows no table and no company."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from tools.crm.semantic.model import base_model
from tools.crm.semantic.thesaurus import concepts
from tools.journey.weights import JourneyWeights, When, Words
from tools.trace.cells import Frozen

_HAN = re.compile(r"[\u4e00-\u9fff]")
LEAST_NAME = 2


class Told(Frozen):
    """What a record tells, as far as evidence is recognised by it. ``texts`` are its fields in the order in which they are read, by name.

    ``prose`` is the field that is read only where the others say nothing of any topic. ``on_competitor`` is what its column for that says.
    """

    record: str
    texts: dict[str, str] = {}
    prose: tuple[str, str] | None = None
    channel: str = ""
    direction: str = ""
    states: tuple[str, ...] = ()
    act: str | None = None
    side: str | None = None
    on_competitor: str = ""
    has_person: bool = False


class Recognised(Frozen):
    """One kind of evidence that a record is, from which origin, and the field that tells it."""

    evidence: str
    origin: str
    field: str


class Recogniser:
    """Recognises evidence by one version of the stages, and by the names of competitors that the company's own records know."""

    def __init__(self, weights: JourneyWeights, competitors: Collection[str] = ()) -> None:
        """``competitors`` are names as they stand in the records."""
        self.weights = weights
        self._topics = {topic: _pattern(words) for topic, words in weights.topics.items()}
        named = [name for name in competitors if len(name.strip()) >= LEAST_NAME]
        self._competitors = _pattern(Words(zh=tuple(filter(_HAN.search, named)), en=tuple(name for name in named if not _HAN.search(name)))) if named else None
        self.topics_of = lru_cache(maxsize=50_000)(self._topics_of)

    def recognise(self, told: Told) -> Iterator[Recognised]:
        """Every kind of evidence that a record is, each once."""
        topics = self._fields_by_topic(told)
        for key, evidence in self.weights.evidence.items():
            for when in evidence.when:
                if when.record == told.record and (field := self._holds(when, told, topics)) is not None:
                    yield Recognised(evidence=key, origin=when.origin or evidence.origin, field=field)
                    break

    def direction_of(self, told: Told) -> str:
        """Whether the customer (``inbound``) or we (``outbound``) began it; ``unknown`` where the record does not say."""
        said = self.topics_of(told.direction)
        return next((way for way in ("inbound", "outbound") if way in said), "unknown")

    def _holds(self, when: When, told: Told, topics: dict[str, str]) -> str | None:
        """The field by which the condition holds; None where it does not."""
        if when.act != told.act or (told.act and (when.states or ("done",)) != told.states):
            return None
        if when.side and when.side != told.side:
            return None
        found = next(iter(told.texts), "kind")
        if when.states and not told.act:
            state = next((each for each in when.states if each in told.states), None)
            if state is None:
                return None
        if when.channels:
            if channel_of(told.channel) not in when.channels:
                return None
            found = "kind"
        if when.direction:
            if self.direction_of(told) != when.direction:
                return None
            found = "direction"
        if when.competitor is not None:
            field = self._names_competitor(told)
            if (field is not None) != when.competitor:
                return None
            found = field or found
        if when.person is not None and when.person != told.has_person:
            return None
        if when.topics:
            return next((topics[topic] for topic in when.topics if topic in topics), None)
        return found

    def _names_competitor(self, told: Told) -> str | None:
        if told.on_competitor.strip():
            return "competitor"
        fields = [*told.texts.items(), *([told.prose] if told.prose else [])]
        return next((field for field, text in fields if self._competitors and self._competitors.search(text.casefold())), None)

    def _fields_by_topic(self, told: Told) -> dict[str, str]:
        found: dict[str, str] = {}
        for field, text in told.texts.items():
            for topic in self.topics_of(text):
                found.setdefault(topic, field)
        if told.prose and not any(told.texts.get(field) for field in ("subject", "headline", "name")):
            for topic in self.topics_of(told.prose[1]):
                found.setdefault(topic, told.prose[0])
        return found

    def _topics_of(self, text: str) -> tuple[str, ...]:
        """The topics whose words a text has."""
        folded = text.casefold()
        return tuple(topic for topic, pattern in self._topics.items() if pattern.search(folded))


@lru_cache(maxsize=5_000)
def channel_of(word: str) -> str | None:
    """The channel that a company's own word for a kind of interaction means, in either language; None where it says none."""
    kinds = base_model().entities["interaction"].kinds
    folded = word.strip().casefold()
    if folded in kinds:
        return folded
    for kind, words in kinds.items():
        if folded in {*map(str.casefold, words.en), *words.zh}:
            return kind
    means = concepts(folded)
    for kind, words in kinds.items():
        if means and any(means & concepts(name) for name in (*words.en, *words.zh)):
            return kind
    longest = [(len(name), kind) for kind, words in kinds.items() for name in (*words.en, *words.zh) if _pattern(Words(zh=(name,), en=(name,))).search(folded)]
    return max(longest)[1] if longest else None


def _pattern(words: Words) -> re.Pattern[str]:
    """Any of the words: Chinese ones anywhere, English ones as whole words, also with an ending of number or tense."""
    chinese = [re.escape(word.casefold()) for word in words.zh if _HAN.search(word)]
    english = [re.escape(word.casefold()).replace(r"\ ", r"[\s_-]+") for word in (*words.en, *words.zh) if not _HAN.search(word)]
    parts = chinese + [rf"(?<![a-z0-9]){word}(?:s|es|ed|ing)?(?![a-z0-9])" for word in english]
    return re.compile("|".join(sorted(parts, key=len, reverse=True)) or r"(?!)")
