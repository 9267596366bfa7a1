"""Two characters that stand for a header of two words, one of each: 保司 for 承保公司."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.items import QUALITY, Item, item_of, weigh
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

WORD, OF_HEADER = 2, 4


def contracted(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """Pairs of unknown characters with the one column of categories that they can be short for."""
    for at, behind in pairwise(unknown):
        if behind != at + 1 or tokens[at].kind != "han" or tokens[behind].kind != "han":
            continue
        terms = [term for label, term in _labels(vocabulary) if tokens[at].text in label[:WORD] and tokens[behind].text in label[WORD:]]
        if len(terms) == 1:
            yield weigh(tokens, at, behind + 1, QUALITY["alias"]), item_of(tokens, at, behind + 1, terms=tuple(terms), source="part")


def _labels(vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            if spec.custom and spec.type in {FieldType.TEXT, FieldType.STAGE} and vocabulary.content(entity.key, spec.key).count:
                for label in own_labels(spec):
                    if len(label) == 2 * WORD and all(map(has_han, label)):
                        yield label, Term("field", entity.key, spec.key, OF_HEADER)
