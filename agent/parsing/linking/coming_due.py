"""As in 到检, 到验: what is due by a planned day of the export, of which only one character is said (下次检验日期)."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import QUALITY, Item, item_of, weigh
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary

OF_SHORT = 5


def due_days(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """到 and an unknown character behind it that only one planned day is called by."""
    for at in unknown:
        if at and tokens[at - 1].text == "到" and tokens[at].kind == "han":
            found = [term for term in _planned(vocabulary) if any(tokens[at].text in label for label in _labels(vocabulary, term))]
            if len(found) == 1:
                yield weigh(tokens, at - 1, at + 1, QUALITY["part"]), item_of(tokens, at - 1, at + 1, terms=(found[0],), source="part")


def _planned(vocabulary: Vocabulary) -> Iterator[Term]:
    for entity, days in vocabulary.columns.days.items():
        yield from (Term("field", entity, day.path, OF_SHORT) for day in days if day.planned)


def _labels(vocabulary: Vocabulary, term: Term) -> tuple[str, ...]:
    return own_labels(vocabulary.model.entities[term.entity].fields[term.key])
