"""Words that are shipped for one column, but mean an own column of the same records: 省份, "province" where 省 stands beside 片区."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import term_key
from agent.parsing.store_words.own_headers import own_labels, without_unit
from tools.crm.semantic import Entity, Field, FieldType
from tools.crm.semantic.thesaurus import concepts

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary


def cede_words(found: Vocabulary) -> None:
    """Give each such word to the own column that the thesaurus has it for; what the shipped column is chiefly called by stays its own."""
    from agent.parsing.store_words.vocabulary import Term  # which has this as a part

    for entity in found.model.entities.values():
        for word, shipped, own in _ceded(found, entity):
            held = found.terms[term_key(word)]
            given = [
                Term("field", entity.key, own, term.rank) if (term.entity, term.key) == (entity.key, shipped) else term for term in held if term.what == "field"
            ]
            held[:] = list(dict.fromkeys([*(term for term in held if term.what != "field"), *given]))


def _ceded(found: Vocabulary, entity: Entity) -> Iterator[tuple[str, str, str]]:
    """Words, the shipped column that has them, and the own one that they mean."""
    filled = [spec for spec in entity.fields.values() if found.content(entity.key, spec.key).count and spec.type is FieldType.TEXT]
    own = {spec.key: _meant(own_labels(spec)) for spec in filled if spec.custom}
    for spec in filled:
        if spec.custom:
            continue
        chief = _meant((*spec.words.en[:1], *spec.words.zh[:1], *own_labels(spec)))
        for word in _beside(spec):
            means = [key for key, meant in own.items() if meant & concepts(word) and not meant & chief]
            if len(means) == 1:
                yield word, spec.key, means[0]


def _beside(spec: Field) -> tuple[str, ...]:
    return (*spec.words.en[1:], *spec.words.zh[1:])


def _meant(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(concept for label in labels for concept in concepts(without_unit(label)))
