"""What can be named in questions to one store: its values, fields, measures and kinds of record, read from the store itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Literal

from agent.parsing.columns.roles import Columns, read_columns
from agent.parsing.language.spelling import Spellings
from agent.parsing.language.text import has_han
from agent.parsing.language.word_forms import root_of
from agent.parsing.linking.nearby import Nearby
from agent.parsing.store_words.addressing import PEOPLE, is_person
from agent.parsing.store_words.bearers import Bearers
from agent.parsing.store_words.contents import Contents, FieldContent
from agent.parsing.store_words.endings import Endings, read_endings
from agent.parsing.store_words.finer_states import FinerStates
from agent.parsing.store_words.flag_words import read_flag_words
from agent.parsing.store_words.label_heads import read_label_heads
from agent.parsing.store_words.label_parts import read_label_parts
from agent.parsing.store_words.naming import LONGEST_PERSON
from agent.parsing.store_words.shortened import Places, read_shortened
from agent.parsing.store_words.unit_columns import unit_columns
from tools.crm.semantic import FieldType, Measure, SemanticModel
from tools.definitions.schemas import Definition
from tools.store.classification import Classification

LONG_ENOUGH = 4
SORTED, LEAST_END, MOST_BEFORE = ("account", "member", "product"), 2, 3
Source = Literal["exact", "alias", "part", "typo", "neighbour", "translated"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the store: what ``entity.field`` holds ``count`` times. ``title`` marks the name of a record.

    Of several records of the name, ``records`` are the numbers of those that the question's words allow (empty: of all).
    """

    entity: str
    field: str
    text: str
    count: int
    title: bool
    classification: Classification
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the semantic model: an entity, a measure, a field, or one kind of an entity's records.

    ``rank`` is the word's place in the list of synonyms: 0 for the canonical name.
    """

    what: Literal["entity", "measure", "field", "kind", "inverse", "defined"]
    entity: str
    key: str
    rank: int
    filled: bool = True


@dataclass
class Vocabulary:
    """The lookup tables. Keys are normalised (see :func:`name_key` and :func:`term_key`)."""

    model: SemanticModel
    contents: Contents
    values: dict[str, list[tuple[Value, Source]]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[str, list[Term]] = field(default_factory=lambda: defaultdict(list))
    longest: int = 1
    nearby: Nearby | None = None
    defined: dict[str, Definition] = field(default_factory=dict)
    namesakes: Bearers = field(default_factory=dict)
    partly_paid: frozenset[str] = frozenset()
    finer_states: FinerStates | None = None
    orders: str | None = None

    @cached_property
    def unit_columns(self) -> dict[tuple[str, str], str]:
        """See :func:`~agent.parsing.store_words.unit_columns.unit_columns`."""
        return unit_columns(self)

    @cached_property
    def endings(self) -> dict[str, Endings]:
        """See :func:`~agent.parsing.store_words.endings.read_endings`."""
        return read_endings(self)

    @cached_property
    def initials(self) -> dict[str, list[Value]]:
        """Categories of several words by their first letters, in capitals."""
        found: dict[str, list[Value]] = defaultdict(list)
        for held in self.values.values():
            for value, source in held:
                words = re.findall(r"[A-Za-z]+", value.text)
                if source == "exact" and not value.title and 2 <= len(words) <= 5 and not has_han(value.text):
                    found["".join(word[0] for word in words).upper()].append(value)
        return found

    @cached_property
    def sort_ends(self) -> dict[str, list[Value]]:
        """Chinese words for a sort of customers, colleagues or goods by what they end with, where nothing else is called so: 合作社 of 农机合作社."""
        found: dict[str, list[Value]] = defaultdict(list)
        for name, held in list(self.values.items()):
            for value, source in held:
                if source != "exact" or value.title or value.entity not in SORTED or not has_han(name):
                    continue
                for cut in range(1, min(MOST_BEFORE, len(name) - LEAST_END) + 1):
                    if name[cut:] not in self.values and name[cut:] not in self.terms:
                        found[name[cut:]].append(value)
        return found

    @cached_property
    def headers(self) -> tuple[tuple[tuple[str, ...], tuple[Term, ...]], ...]:
        """Own headers of several words by the roots of these: see :mod:`scattered`."""
        from agent.parsing.store_words.scattered import read_headers  # which reads a whole vocabulary

        return read_headers(self)

    @cached_property
    def rooted(self) -> dict[str, list[Value]]:
        """Categories of one English word by its root: Cancelled for "cancellations"."""
        found: dict[str, list[Value]] = defaultdict(list)
        for held in self.values.values():
            for value, source in held:
                if source == "exact" and not value.title and value.text.isascii() and value.text.isalpha():
                    found[root_of(value.text.casefold())].append(value)
        return found

    def has_both_days(self, measure: Measure) -> bool:
        """Whether a measure of the days between two of a record's has both noted anywhere."""
        return measure.op == "days" and all(self.content(measure.entity, day).count for day in measure.args[:2])

    def filled(self, entity: str, path: str) -> bool:
        """Whether the field at the end of a path holds anything in any record."""
        try:
            walked, last = self.model.field(entity, path)
        except KeyError:
            return False
        here = entity
        for link in walked:
            if not self.content(here, link.key).count:
                return False
            here = str(link.to)
        return self.content(here, last.key).count > 0

    def content(self, entity: str, key: str) -> FieldContent:
        """What is known about one field's values."""
        return self.contents.fields.get((entity, key), FieldContent())

    def rows(self, entity: str) -> int:
        """Number of records of an entity."""
        return self.contents.rows.get(entity, 0)

    def span(self, entity: str, path: str) -> tuple[date, date] | None:
        """First and last day that a time field holds."""
        walked, last = self.model.field(entity, path)
        held = self.content(str(walked[-1].to) if walked else entity, last.key)
        return (held.first, held.last) if held.first and held.last else None

    @cached_property
    def columns(self) -> Columns:
        """The columns that belong together: planned and actual days, amounts by what they are of."""
        return read_columns(self)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every value as it is written, for checks that a text brings no name in."""
        return tuple({value.text for held in self.values.values() for value, source in held if source == "exact"})

    @cached_property
    def latin_names(self) -> Spellings:
        """Keys of values in Latin script, for the search after typing errors."""
        return Spellings([key for key, held in self.values.items() if len(key) >= 4 and not has_han(key) and not self.is_number(held[0][0])])

    def is_number(self, value: Value) -> bool:
        """Whether a record is told by its number there: one figure more or less is another record, and no typing error."""
        spec = self.model.entities[value.entity].fields[value.field]
        return value.title and spec.type is FieldType.TEXT and not (spec.custom and value.entity in PEOPLE)

    def is_money(self, term: Term) -> bool:
        """Whether a word stands for a column of amounts."""
        return term.what == "field" and self.model.entities[term.entity].fields[term.key].type is FieldType.MONEY

    @cached_property
    def label_parts(self) -> dict[str, list[Term]]:
        """Parts of the export's own labels, by which people call them: see :mod:`label_parts`."""
        return read_label_parts(self)

    @cached_property
    def shortened(self) -> Places:
        """Runs of words of own headers, which questions have in full: see :mod:`shortened`."""
        return read_shortened(self)

    @cached_property
    def flag_words(self) -> list[tuple[str, str, Value, Value]]:
        """Headers of several words that say yes or no: see :mod:`flag_words`."""
        return read_flag_words(self)

    @cached_property
    def code_lists(self) -> frozenset[str]:
        """Own tables of nothing but words, which tell what codes of other tables stand for."""
        own = (entity for entity in self.model.entities.values() if entity.custom_table is not None and self.rows(entity.key))
        return frozenset(each.key for each in own if all(f.type is FieldType.TEXT for f in each.fields.values() if self.content(each.key, f.key).count))

    @cached_property
    def label_heads(self) -> dict[str, list[Term]]:
        """What the export's own longer Chinese labels end with: 得分 of 综合得分."""
        return read_label_heads(self)

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(
            key for key, held in self.values.items() if not has_han(key) and any(v.title and source == "exact" and not self.is_number(v) for v, source in held)
        )

    @cached_property
    def _names_backwards(self) -> list[str]:
        return sorted(name[::-1] for name in self._sorted_names)

    def beginning(self, word: str, most: int = 8) -> list[Value]:
        """Records whose whole name begins with a word, with a longer one also those whose name ends with it; none where they are more than ``most``."""
        keys = _with_prefix(self._sorted_names, word, most)
        if keys and len(word) >= LONG_ENOUGH:  # what only ends so may as well be a word with a letter wrong
            keys = list(dict.fromkeys((*keys, *(name[::-1] for name in _with_prefix(self._names_backwards, word[::-1], most)))))
        if len(keys) > most:
            return []
        return [value for key in keys for value, source in self.values[key] if source == "exact" and value.title and not self.is_number(value)]

    @cached_property
    def states(self) -> dict[str, dict[str, str]]:
        """Chinese texts of categories that are written as what is done or to come (已流失, 待续费), with their field, by the kind of record."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for entity in self.model.entities.values():
            for key, spec in entity.fields.items():
                if spec.type in {FieldType.TEXT, FieldType.STAGE}:
                    texts = self.content(entity.key, key).values
                    found[entity.key] |= {text: key for text in texts if len(text) > 2 and text[0] in {"已", "未", "待", "没"} and has_han(text)}
        return dict(found)

    @cached_property
    def surnames(self) -> dict[str, tuple[Value, ...]]:
        """People with a Chinese name by the first character of it."""
        found: dict[str, dict[Value, None]] = defaultdict(dict)
        for key, held in self.values.items():
            if 2 <= len(key) <= LONGEST_PERSON and all(map(has_han, key)):
                exact = [value for value, source in held if source == "exact"]
                if any(is_person(value, self.model) for value in exact):
                    found[key[0]].update(dict.fromkeys(exact))
        return {first: tuple(people) for first, people in found.items()}

    @cached_property
    def han_names(self) -> dict[str, Spellings]:
        """Keys of values that contain Han characters, by the entities that hold one of that name in full."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, held in self.values.items():
            if has_han(key):
                for value, source in held:
                    if source == "exact":
                        found[value.entity][key] = None
        return {entity: Spellings(list(keys)) for entity, keys in found.items()}

    @cached_property
    def han_categories(self) -> dict[str, Spellings]:
        """Keys of categories that contain Han characters, by the entities that hold them: what no record is called by."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, held in self.values.items():
            if has_han(key):
                for value, source in held:
                    if source == "exact" and not value.title:
                        found[value.entity][key] = None
        return {entity: Spellings(list(keys)) for entity, keys in found.items()}

    @cached_property
    def term_keys(self) -> list[str]:
        """Keys of terms in Latin script."""
        return [key for key in self.terms if len(key) >= 5 and not has_han(key)]


def _with_prefix(names: list[str], word: str, most: int) -> list[str]:
    """Those of sorted names that begin with a word, up to one more than ``most``."""
    at = bisect_left(names, word)
    return list(takewhile(lambda name: name.startswith(word), names[at : at + most + 1]))
