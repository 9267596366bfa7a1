"""Reads the words that an export uses for kinds of interactions and tiers of accounts as those of the semantic model."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tools.crm.importing.cleaning import plain_name
from tools.crm.semantic import Entity, Words

_ENDING = re.compile(r"(?:s|ed|ing|logged|记录)$")


def reader_for(entity: Entity, field: str) -> Mapping[str, str] | None:
    """Plain word to key for a field whose words are read as closed ones; None for free fields."""
    if field in entity.fields and entity.fields[field].values:
        return _index(entity.fields[field].values)
    if field == "kind" and entity.kinds:
        return _index(entity.kinds)
    return None


def read_word(text: str, known: Mapping[str, str]) -> str | None:
    """The key that a word stands for; None where no synonym fits."""
    word = plain_name(text)
    return known.get(word) or known.get(_ENDING.sub("", word))


def _index(words: Mapping[str, Words]) -> dict[str, str]:
    return {plain_name(each): key for key, spoken in words.items() for each in (key, *spoken.en, *spoken.zh)}
