"""The words by which source systems call states, next steps, topics and duties. Knows no record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

from tools.coaching.schemas import SituationKind, Step
from tools.trace.cells import Frozen

State = Literal["settled", "missed", "paid", "unpaid", "over", "inbound", "asking", "unreached"]
Topic = Literal["risk", "price", "ease", "time", "feature", "other"]
Duty = Literal["legal", "purchasing", "finance", "technical", "decision", "user"]


class Addition(Frozen):
    """Points for one unit of something, and the most units that count."""

    points: Decimal
    most: Decimal


class Urgency(Frozen):
    """The points of ``urgency.yaml``."""

    base: dict[SituationKind, Decimal]
    added: dict[str, Addition]


@cache
def load_urgency() -> Urgency:
    """The points that make a situation urgent, as shipped."""
    return Urgency.model_validate(yaml.safe_load(Path(__file__).with_name("urgency.yaml").read_text("utf-8")))


def is_state(text: str | None, state: State) -> bool:
    """Whether a status, direction or text as the source writes it means ``state``."""
    return text is not None and bool(_pattern(state).search(text.casefold()))


def step_of(kind: str | None, subject: str | None) -> Step | None:
    """Which step an interaction was, by its kind, else by its subject; None where neither says."""
    for text in (kind, subject):
        for step in get_args(Step):
            if text and (found := _patterns("steps").get(step)) is not None and found.search(text.casefold()):
                return step  # type: ignore[no-any-return]
    return None


def topic_of(text: str) -> Topic:
    """What an objection is about."""
    for topic, pattern in _patterns("topics").items():
        if pattern.search(text.casefold()):
            return topic  # type: ignore[return-value]
    return "other"


def has_duty(texts: Iterable[str | None], duty: Duty) -> bool:
    """Whether a contact's role, title or department says that they decide on this."""
    return any(text and _patterns("duties")[duty].search(text.casefold()) for text in texts)


@cache
def _words() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(Path(__file__).with_name("vocabulary.yaml").read_text("utf-8"))
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return _any_of(_words()[name])


@cache
def _patterns(name: str) -> dict[str, re.Pattern[str]]:
    groups = _words()[name]
    assert isinstance(groups, dict)  # noqa: S101 - the file is ours
    return {key: _any_of(words) for key, words in groups.items()}


def _any_of(words: object) -> re.Pattern[str]:
    """Latin words begin where a word begins, so that "unpaid" is not "paid"; Han words stand anywhere."""
    assert isinstance(words, list)  # noqa: S101 - the file is ours
    return re.compile("|".join(rf"(?<![a-z]){re.escape(word)}" if word[0].isascii() and word[0].isalpha() else re.escape(word) for word in words))
