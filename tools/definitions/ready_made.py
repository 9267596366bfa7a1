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
    for key, entry in _entries().items():
        for form in entry["forms"]:
            where = _filter(form)
            if all(filled(entity, field) for entity, field in needed(where, entry["entity"])):
                words = (*entry["en"], *entry["zh"])
                yield Definition(id=key, name=words[0], names=tuple(words[1:]), level="shipped", meaning=Meaning(entity=entry["entity"], where=where))
                break


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


def _filter(form: dict[str, Any]) -> Filter:
    return TypeAdapter(Filter).validate_python(form)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))  # type: ignore[no-any-return]
