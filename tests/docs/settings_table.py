"""The table of settings, made from their definitions."""

from __future__ import annotations

from typing import get_args

from pydantic.fields import FieldInfo

from integrations.settings import PREFIX, Settings

HEADING = """\
# Settings

Environment variables. A name that is unknown, or settings that contradict each other, stop the start with a sentence that says
what to change. Made from `integrations/settings.py` by `.venv/bin/python -m tests.docs`; don't edit the table.

| setting | kind | by default | meaning |
|---|---|---|---|
"""


def settings_document() -> str:
    """The whole of ``docs/settings.md``."""
    rows = [f"| `{PREFIX}{name.upper()}` | {_kind(field)} | {_default(field)} | {field.description} |\n" for name, field in Settings.model_fields.items()]
    return HEADING + "".join(rows)


def _kind(field: FieldInfo) -> str:
    kinds = [kind for kind in get_args(field.annotation) if kind is not type(None)] or [field.annotation]
    names = {"str": "text", "SecretStr": "secret", "Path": "folder", "bool": "true or false", "date": "YYYY-MM-DD", "int": "whole number", "float": "number"}
    bounds = [f"{sign} {value:g}" for rule in field.metadata for sign, value in _bounds(rule)]
    return " ".join([names[kinds[0].__name__], *bounds]) if kinds[0] else ""


def _bounds(rule: object) -> list[tuple[str, float]]:
    signs = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
    return [(sign, value) for name, sign in signs.items() if (value := getattr(rule, name, None)) is not None]


def _default(field: FieldInfo) -> str:
    if field.default is None:
        return "—"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
