"""Scores where a header may belong by its words: each entity's vocabulary is its labels and synonyms in the semantic model."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz

from tools.crm.importing.mapping import RECORD_ID
from tools.crm.importing.proposing.header_words import header_words
from tools.crm.importing.proposing.headers import Header, is_chinese, lighten, numbered, split_id, spoken, timeless, without_prefix
from tools.crm.semantic import Entity, Field, FieldType, SemanticModel
from tools.crm.semantic.abbreviations import readings
from tools.crm.semantic.thesaurus import concepts

EXACT, PREFIXED, LIGHT, TIMELESS, POOLED, SEGMENT, TYPO, ALIKE, LATER = 1.0, 0.98, 0.93, 0.92, 0.86, 0.82, 0.72, 0.66, 0.6
TYPO_RATIO = 84
RECORD_WORDS = frozenset(
    ("id", "record id", "guid", "uuid", "system id", "external id", "object id", "row id", "unique id", "unique identifier",
     "唯一性id", "唯一id", "唯一标识", "记录id", "数据id", "系统id", "标识")
)  # fmt: skip
RECORD_NUMBERS = frozenset(("key", "no", "number", "编号", "序号"))
COUNTING = frozenset(("number", "no", "count", "total", "sum", "amount"))
# Synonyms count in their order, so that of two columns the more usual word wins.
RANK = 0.004
LOWEST_RANK = 0.05
UNLISTED = 0.03
NAMED = re.compile(r"(?:名称|名字|名|\bname)$")
FIRST_NAMES = frozenset(("first name", "given name", "firstname", "forename", "名"))
LAST_NAMES = frozenset(("last name", "surname", "family name", "lastname", "姓", "姓氏"))


@dataclass(frozen=True, slots=True)
class Guess:
    """How well a header's words suit one place, and the word of the model that they met."""

    score: float
    word: str
    alike: bool = False
    """Whether it was met by another word for the same thing."""

    @property
    def because(self) -> str:
        """What the header has to do with the word, for people."""
        return f"its words are used for “{self.word}”" if self.alike else f"the header means “{self.word}”"


class Vocabulary:
    """The words of one entity. ``to`` names places as a column map does: a field, ``field#id``, or ``id``."""

    def __init__(self, entity: Entity, model: SemanticModel, nouns: Sequence[str] = ()) -> None:
        """Gather the words of ``entity``; those of fields of the same key elsewhere count a little less.

        ``nouns`` are what the export itself calls such a record, as 医院 in 医院名称.
        """
        self.entity = entity
        self._model = model
        self._nouns = tuple(nouns)
        self._beside = header_words(entity.key)
        self._exact: dict[str, dict[str, str]] = defaultdict(dict)
        self._light: dict[str, dict[str, str]] = defaultdict(dict)
        self._timeless: dict[str, dict[str, str]] = defaultdict(dict)
        self._pooled: dict[str, dict[str, str]] = defaultdict(dict)
        self._order: dict[str, dict[str, float]] = defaultdict(dict)
        for field in (field for field in entity.fields.values() if not field.custom):
            for words in (field.words.en, field.words.zh):
                for at, word in enumerate(words):
                    self._order[field.key].setdefault(word, min(LOWEST_RANK, RANK * at))
            for word in self._words_of(field):
                self._order[field.key].setdefault(word, UNLISTED)
                self._add(field, word)
        for key, beside in self._beside.fields.items():
            for word in beside:
                self._order[key].setdefault(word, UNLISTED)
                self._add(entity.fields[key], word)
        for other in model.entities.values():
            for key, field in other.fields.items():
                if key in entity.fields and key != "name" and other.key != entity.key and field.type == entity.fields[key].type:
                    for word in (*field.words.en, *field.words.zh):
                        self._pooled[lighten(spoken(word))].setdefault(key, word)

    @cached_property
    def names(self) -> frozenset[str]:
        """What a record of this entity is called."""
        return frozenset(map(spoken, (self.entity.key, *self.entity.words.en, *self.entity.words.zh, *self._beside.names, *self._nouns)))

    @cached_property
    def _own_ids(self) -> frozenset[str]:
        return frozenset(map(spoken, self._beside.ids))

    @cached_property
    def references(self) -> frozenset[str]:
        """The fields that name other records."""
        return frozenset(key for key, field in self.entity.fields.items() if field.type is FieldType.REF)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """What a header may begin with that says no more than the kind of record; longest first."""
        kinds = {spoken(word) for kind in self.entity.kinds.values() for word in (*kind.en, *kind.zh)}
        return tuple(sorted(self.names | kinds | set(map(spoken, self._beside.prefixes)), key=len, reverse=True))

    def with_noun(self, noun: str) -> Vocabulary:
        """The same words, where the export calls such a record ``noun``."""
        return Vocabulary(self.entity, self._model, (*self._nouns, noun))

    def guesses(self, header: Header, alike: bool = True) -> dict[str, Guess]:
        """Every place that the header's words may mean, with the best score of each; ``alike`` are those that other words for the same thing mean."""
        found: dict[str, Guess] = {}
        for text, weight in self._variants(header):
            self._look_up(text, weight, found)
        if not found and alike:
            self._alike(header, found)
        if not found and not is_chinese(header.spoken):
            self._typos(header.spoken, found)
        return {place: replace(guess, score=guess.score * (0.75 if header.noted else 1.0)) for place, guess in found.items()}

    def _variants(self, header: Header) -> list[tuple[str, float]]:
        texts = [(header.spoken, EXACT), *((text, PREFIXED) for text in readings(header.spoken))]
        for text, weight in tuple(texts):
            own = without_prefix(text, self.prefixes)
            while own:
                texts.append((own, PREFIXED * weight))
                own = without_prefix(own, self.prefixes)
        segments = list(header.segments)
        if segments and segments[0] in self.names:
            segments = segments[1:]
        if segments and segments[0] in COUNTING:
            segments = []
        if len(segments) == 2:
            # "Email - Work" is a work e-mail.
            texts.append((f"{segments[1]} {segments[0]}", LIGHT))
        texts += [(segment, SEGMENT - 0.06 * at) for at, segment in enumerate(segments)]
        for text, weight in tuple(texts):
            split = numbered(text)
            if split:
                texts.append((split[0], weight * (0.97 if split[1] == 1 else LATER)))
        return texts

    def _look_up(self, text: str, weight: float, found: dict[str, Guess]) -> None:
        bare = timeless(text)
        for words, spelled, nearness in ((self._exact, text, EXACT), (self._light, lighten(text), LIGHT), (self._timeless, lighten(bare or text), TIMELESS)):
            for place, word in words.get(spelled, {}).items():
                _keep(found, place, nearness * weight * self._rank(place, word), word)
        for place, word in self._pooled.get(lighten(text), {}).items():
            _keep(found, place, POOLED * weight, word)
        self._ids(text, weight, found)

    def _rank(self, place: str, word: str) -> float:
        return 1.0 - self._order[place].get(word, 0.0)

    def _ids(self, text: str, weight: float, found: dict[str, Guess]) -> None:
        if text in RECORD_WORDS:
            _keep(found, RECORD_ID, 0.97 * weight, text)
        if text in self._own_ids:
            _keep(found, RECORD_ID, 0.95 * weight, text)
        if text in RECORD_NUMBERS:
            _keep(found, RECORD_ID, 0.75 * weight, text)
        if text in self.names:
            _keep(found, RECORD_ID, 0.9 * weight, text)
            if "name" in self.entity.fields:
                _keep(found, "name", 0.9 * weight, text)
        if NAMED.search(text) and NAMED.sub("", text) in self.names and "name" in self.entity.fields:
            _keep(found, "name", 0.9 * weight, text)
        base, clear = split_id(text)
        if not clear or not base:
            return
        if base in self.names:
            _keep(found, RECORD_ID, (EXACT if clear == 2 else 0.88) * weight, text)
            for place in ("number", "code"):
                if place in self.entity.fields:
                    _keep(found, place, 0.6 * weight, text)
        for place, word in {**self._light.get(lighten(base), {}), **self._exact.get(base, {})}.items():
            field = self.entity.fields.get(place)
            if field is not None and field.type is FieldType.REF:
                _keep(found, f"{place}#id", (EXACT if clear == 2 else 0.8) * weight, word)

    def _alike(self, header: Header, found: dict[str, Guess]) -> None:
        """The places whose words stand for the same thing as the header, or as what is left of it without the kind of record."""
        for text, weight in self._variants(header):
            for concept in sorted(concepts(text)):
                for place, word in self._meant.get(concept, {}).items():
                    _keep(found, place, ALIKE * weight, word, alike=True)

    @cached_property
    def _meant(self) -> dict[str, dict[str, str]]:
        """The places of each thing that the words of the model stand for."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for places in self._exact.values():
            for place, word in places.items():
                for concept in concepts(word):
                    found[concept].setdefault(place, word)
        return found

    def _typos(self, text: str, found: dict[str, Guess]) -> None:
        words = text.split()
        if len(text) < 5:
            return
        for known, places in self._exact.items():
            others = known.split()
            if len(others) == len(words) and all(a == b or (len(a) > 3 and fuzz.ratio(a, b) >= TYPO_RATIO) for a, b in zip(words, others, strict=True)):
                for place, word in places.items():
                    _keep(found, place, TYPO, word)

    def _words_of(self, field: Field) -> list[str]:
        words = [*field.words.en, *field.words.zh, field.key.removesuffix("_on").removesuffix("_at").replace("_", " ")]
        if field.type is FieldType.REF and field.to and field.to not in ("member", self.entity.key):
            names = (*self._model.entities[field.to].words.en, *self._model.entities[field.to].words.zh, *header_words(field.to).names)
            alone = sum(1 for other in self.entity.fields.values() if other.to == field.to) == 1
            words += [*names, *(f"{name}{'名称' if is_chinese(name) else ' name'}" for name in names)] if alone else []
        return words

    def _add(self, field: Field, word: str) -> None:
        text = spoken(word)
        self._exact[text].setdefault(field.key, word)
        self._light[lighten(text)].setdefault(field.key, word)
        if field.type.is_time:
            self._timeless[lighten(timeless(text) or text)].setdefault(field.key, word)
        own = without_prefix(text, self.prefixes)
        if own:
            self._light[lighten(own)].setdefault(field.key, word)


def _keep(found: dict[str, Guess], place: str, score: float, word: str, *, alike: bool = False) -> None:
    if place not in found or found[place].score < score:
        found[place] = Guess(score, word, alike)
