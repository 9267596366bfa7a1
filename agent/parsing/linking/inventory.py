"""What the words of one store can mean: its categories and the labels of what it holds, each with the values or terms behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from agent.parsing.columns.concepts import phrases
from agent.parsing.language.text import has_han, name_key, term_key
from agent.parsing.store_words.own_headers import bare_labels, opposites, own_labels, own_names, roles_of, without_unit
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.semantic import FieldType

MOST_VALUES_OF_FIELD = 300
LONGEST = 40
HEAD = 2
SETTING = {"planned", "actual", "dates"}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a word is taken to mean, how near, and the word that the store or the model has for it."""

    word: str
    similarity: float
    values: tuple[Value, ...] = ()
    terms: tuple[Term, ...] = ()


class Inventory:
    """The words by which a store itself calls its things. Read from the vocabulary when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Costs nothing until something is looked up."""
        self.vocabulary = vocabulary

    @cached_property
    def categories(self) -> dict[str, list[Value]]:
        """Categories by their text, and codes by what the export says that they stand for: values that name no record, of fields with few of them."""
        counts: dict[tuple[str, str], int] = {}
        held = [value for pairs in self.vocabulary.values.values() for value, source in pairs if source == "exact" and not value.title]
        for value in held:
            counts[(value.entity, value.field)] = counts.get((value.entity, value.field), 0) + 1
        names = {value.text for pairs in self.vocabulary.values.values() for value, source in pairs if source == "exact" and value.title}
        found: dict[str, list[Value]] = {}
        for value in dict.fromkeys(held):
            few = counts[(value.entity, value.field)] <= MOST_VALUES_OF_FIELD and not value.entity.startswith("custom:")
            if not (few or counts[(value.entity, value.field)] <= MOST_VALUES_OF_FIELD // 10):
                continue
            described = self.vocabulary.model.entities[value.entity].fields[value.field].values.get(value.text)
            words = (*described.en, *described.zh) if described else ()
            # the name of a record, also where another field repeats it, has no meaning to be near to
            for text in words if value.text in names else (value.text, *words):
                if _is_word(text) and value not in found.setdefault(text, []):
                    found[text].append(value)
        for word, value in self._said_of_flags():
            found.setdefault(word, []).append(value)
        return {text: values for text, values in found.items() if values}

    def _said_of_flags(self) -> Iterator[tuple[str, Value]]:
        """What records are called for which a yes-or-no field says yes or no: 保内 and 保外 of 是否保内."""
        for entity in self.vocabulary.model.entities.values():
            for spec in entity.fields.values():
                if spec.type is FieldType.FLAG and self.vocabulary.content(entity.key, spec.key).count:
                    for stored, word in opposites(spec):
                        held = (value for value, _ in self.vocabulary.values.get(name_key(word), ()))
                        yield from ((word, value) for value in held if (value.entity, value.field, value.text) == (entity.key, spec.key, stored))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels of fields and measures with the key of their terms, of the empty ones too: a word for what is empty means nothing else."""
        model = self.vocabulary.model
        fields = [field for entity in model.entities.values() for field in entity.fields.values()]
        labels = [word for f in fields for word in (*f.words.en[:2], *f.words.zh[:2], *own_labels(f), *bare_labels(f), *roles_of(f))]
        labels += [word for f in fields if f.custom for word in f.words.en]  # also shortened headers as they are spoken
        labels += [word for measure in model.measures.values() for word in (*measure.words.en[:2], *measure.words.zh[:2])]
        labels += [word for entity in model.entities.values() if self.vocabulary.rows(entity.key) for word in own_names(entity)]
        known = {without_unit(word): term_key(word) for word in labels if self.vocabulary.terms.get(term_key(word))}
        parts = (part for part in self.vocabulary.label_parts if not has_han(part) or len(part) == 2)
        heads = {head: head for head in self.vocabulary.label_heads if self._is_amount(head)}
        return known | heads | {part: part for part in parts if not phrases().get(part, frozenset()) & SETTING}  # 计划 of 计划到货日 is no project

    @cached_property
    def own(self) -> frozenset[str]:
        """The labels that are the export's own words, which say more than those of the model, such as amount, type."""
        entities = [entity for entity in self.vocabulary.model.entities.values() if self.vocabulary.rows(entity.key)]
        labels = [label for entity in entities for field in entity.fields.values() for label in (*own_labels(field), *bare_labels(field), *roles_of(field))]
        labels += [name for entity in entities for name in own_names(entity)]
        labels += [word for entity in entities for field in entity.fields.values() if field.custom for word in field.words.en]
        return frozenset((*(without_unit(label) for label in labels), *self.vocabulary.label_parts, *filter(self._is_amount, self.vocabulary.label_heads)))

    @cached_property
    def custom(self) -> frozenset[str]:
        """The labels of the export's own columns, whatever else the model has under the same word."""
        entities = [entity for entity in self.vocabulary.model.entities.values() if self.vocabulary.rows(entity.key)]
        fields = [field for entity in entities for field in entity.fields.values() if field.custom]
        return frozenset(without_unit(label) for field in fields for label in (*field.words.en, *field.words.zh, *bare_labels(field)))

    def meaning(self, label: str) -> tuple[Term, ...]:
        """The terms behind a label."""
        key = self.labels[label]
        terms = self.vocabulary.terms.get(key)
        return tuple(terms or (self.vocabulary.label_heads if self._is_amount(key) else self.vocabulary.label_parts)[key])

    def _is_amount(self, word: str) -> bool:
        """Whether it is what headers of amounts end with: 保费 of 签单保费."""
        terms = self.vocabulary.label_heads.get(word, [])
        return len(word) == HEAD and bool(terms) and all(map(self.vocabulary.is_money, terms))


def _is_word(text: str) -> bool:
    letters = sum(letter.isalpha() for letter in text)
    return 2 <= len(text) <= LONGEST and letters >= len(text) * 0.6 and (letters >= 3 or has_han(text))
