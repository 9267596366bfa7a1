"""Which of a kind's own days a word tells of: created, signed, closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from agent.parsing.conditions.held_days import day_held
from agent.parsing.language.lexicon import cues
from agent.parsing.language.periods import Period
from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from prompts.words import say
from tools.crm.query import Assumption, Between, Window
from tools.crm.semantic import Field
from tools.crm.semantic.outlook import PLANNED

TIME_CUES = ("opened", "closed", "signed", "expiring", "responded", "resolved", "founded")
_LAST_DAY = re.compile(r"^终(?![端审验])[一-鿿]+(?:日期|时间|日)$")  # 终租日期: the day until which it holds
_VALID_UNTIL = re.compile(r"有效期?(?:截?[至到止]|截止)|(?:失效|届满|期满)(?:日期|时间|日)?$")
_TIME_WORDS = {
    "closed": ("close", "closed", "won"),
    "opened": ("created", "opened", "engage", "create", "下单", "订货"),
    "expiring": ("end", "expiry", "expires", "renewal"),
}


def measure_time(reading: Reading) -> Iterator[str]:
    """The days by which the named figures of a reading count."""
    for ref in reading.measures:
        if ref.measure is not None and reading.paths.model.measures[ref.measure].time:
            yield str(reading.paths.model.measures[ref.measure].time)


def window_of(period: Period, path: str | None) -> Window:
    """A period as the window of a query."""
    return Window(start=period.start, end=period.end, path=path, words_en=period.en, words_zh=period.zh)


def period_assumed(window: Window) -> Assumption:
    """The sentence that says which period was taken where none was named."""
    return Assumption(en=say("period_assumed", "en", period=window.words_en), zh=say("period_assumed", "zh", period=window.words_zh))


def between(path: str, period: Period) -> Between:
    """A period as a filter on a time field."""
    return Between(path=path, low=period.start.isoformat() if period.start else None, high=period.end.isoformat() if period.end else None)


def times_of(reading: Reading) -> list[Field]:
    """The time fields of the reading's records that are filled."""
    entity = reading.paths.model.entities[reading.entity]
    return [f for f in entity.fields.values() if f.type.is_time and reading.paths.vocabulary.content(entity.key, f.key).count]


def named_time(reading: Reading) -> str | None:
    """The time field that a verb anywhere in the question names ("created", 新建); None for verbs of the default day."""
    entity = reading.paths.model.entities[reading.entity]
    times = [f for f in entity.fields.values() if f.type.is_time and reading.paths.vocabulary.content(entity.key, f.key).count]
    for kind in ("opened", "signed", "expiring", "resolved"):
        if reading.signals.has(kind):
            return next((f.key for f in times if named_by(f, kind)), None)
    return day_held(reading, times)


def named_by(field: Field, kind: str) -> bool:
    """Whether a verb of some kind says what a time field holds: created, signed, closed."""
    return _says(field.words.en, field.words.zh, field.custom, kind)


@lru_cache(maxsize=4096)
def _says(en: tuple[str, ...], zh: tuple[str, ...], custom: bool, kind: str) -> bool:
    wanted = _phrases_of(kind)
    names = {term_key(word) for word in (*en, *zh)}
    if custom and kind == "expiring" and any(_LAST_DAY.search(word) or _VALID_UNTIL.search(word) for word in zh):
        return True
    if custom and kind != "expiring" and any(PLANNED.search(word.casefold()) for word in (*en, *zh)):
        return False  # what happened did so on another day than the one planned for it
    return any(phrase in name for name in names for phrase in wanted)


@cache
def _phrases_of(kind: str) -> frozenset[str]:
    phrases = {phrase for phrase, kinds in cues().items() if kind in kinds} | {*_TIME_WORDS.get(kind, ())}
    return frozenset(phrase for phrase in phrases if len(phrase) >= 2)
