"""Looks up texts by key in the catalogues beside this file, in Chinese or English, and fills their placeholders."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for key, texts in (yaml.load(path.read_text("utf-8"), Loader=loader) or {}).items():  # noqa: S506 - both are safe loaders
            if key in entries:
                raise ValueError(f"text {key} is defined twice, again in {path.name}")
            entries[key] = texts
    return entries


def say(key: str, language: str, **values: object) -> str:
    """The text of ``key`` in ``language`` (``zh`` or ``en``) with its placeholders filled. Raises KeyError for an unknown key."""
    return _catalogue()[key][language].format(**values)


def said_day(day: date, language: str) -> str:
    """A day as people say it: 3 Mar 2026, 2026年3月3日."""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
