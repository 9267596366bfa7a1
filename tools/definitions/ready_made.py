"""Filters that come with the product: definitions in the same form as taught ones, offered where the store has the fields that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from tools.crm.query import And, Between, Compare, Exists, Filter, Not, Or
from tools.definitions.schemas import Definition, Meaning

Filled = Callable[[str, str], bool]
"""Whether a field of a kind of record holds anything in this store."""


def ready_made(filled: Filled) -> Iterator[Definition]:
    """The filters that the store can answer, each in the first form that it has the fields for."""
    for forms in _shipped():
        found = next((each for each in forms if all(filled(entity, field) for entity, field in needed(each.meaning.where, each.meaning.entity))), None)
        if found is not None:
            yield found


def needed(where: Filter | None, entity: str) -> Iterator[tuple[str, str]]:
    """The fields that a condition reads, with their kind of record."""
    match where:
        case Compare() | Between():
            yield entity, where.path
        case Exists():
            yield where.entity, where.via
            yield from needed(where.where, where.entity)
        case And() | Or():
            for part in where.parts:
                yield from needed(part, entity)
        case Not():
            yield from needed(where.part, entity)


def name_in(definition: Definition, chinese: Callable[[str], bool], language: str) -> str:
    """What a word is called in a language: a taught one always as it was taught."""
    return next((name for name in (definition.name, *definition.names) if chinese(name) == (language == "zh")), definition.name)


@cache
def _shipped() -> tuple[tuple[Definition, ...], ...]:
    """Of each filter the forms, best first. Every question asks for them."""
    entries: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    reads = TypeAdapter[Filter](Filter)
    return tuple(tuple(_definition(key, entry, reads.validate_python(form)) for form in entry["forms"]) for key, entry in entries.items())


def _definition(key: str, entry: dict[str, Any], where: Filter) -> Definition:
    words = (*entry["en"], *entry["zh"])
    return Definition(id=key, name=words[0], names=tuple(words[1:]), level="shipped", meaning=Meaning(entity=entry["entity"], where=where))
