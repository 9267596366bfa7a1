"""How the records of an own table ended, told by a column of theirs: 中标 and 落标 of tenders, "converted" of offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import term_key
from tools.crm.semantic import Entity

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

Endings = tuple[str, dict[str, list[str]]]
"""The column, and its categories for each outcome."""
_OFFERS = {
    "won": re.compile(r"已?(?:转(?:为|成)?(?:订单|单|合同)|采纳|被采纳)|converted(?: to order)?|turned into an order|ordered", re.IGNORECASE),
    "lost": re.compile(r"(?:未|没有?|不|未被)采纳|未转(?:订)?单|not (?:accepted|converted|taken up)", re.IGNORECASE),
}
"""How offers ended, which become orders or are not taken up."""


def read_endings(vocabulary: Vocabulary) -> dict[str, Endings]:
    """By own table, the first of its columns that says of records that they were won and of others that they were lost."""
    found = {}
    for entity in vocabulary.model.entities.values():
        told: dict[str, dict[str, list[str]]] = {}
        for kind, key, text in _categories(vocabulary, entity):
            told.setdefault(key, {}).setdefault(kind, []).append(text)
        ended = next(((key, texts) for key, texts in told.items() if len(texts) > 1), None)
        if ended is not None:
            found[entity.key] = ended
    return found


def _categories(vocabulary: Vocabulary, entity: Entity) -> Iterator[tuple[str, str, str]]:
    """The categories of an own table that are words for how something ended: the outcome, the column, the category."""
    for field in entity.fields.values() if entity.custom_table is not None else ():
        for text in vocabulary.content(entity.key, field.key).values if field.custom else ():
            kinds = set(cues().get(term_key(text), ())) & {"won", "lost"} or {kind for kind, said in _OFFERS.items() if said.fullmatch(text.strip())}
            if len(kinds) == 1:
                yield kinds.pop(), field.key, text
