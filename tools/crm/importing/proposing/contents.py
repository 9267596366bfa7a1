"""Scores whether a column can hold what a field is for, by what its cells look like and by values it shares with other files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tools.crm.importing.proposing.profiling import Profile
from tools.crm.importing.values import parse_year
from tools.crm.semantic import Field, FieldType

BLANK_FIT = 0.9
NUMERIC = frozenset((FieldType.MONEY, FieldType.NUMBER, FieldType.COUNT, FieldType.RATE))
# Text fields in which plain numbers are common.
NUMBERED_TEXT = frozenset(("number", "code", "rating", "priority", "period", "tier", "employees"))
FEWEST_SHARED = 3


@dataclass(slots=True)
class Keys:
    """The ids and the names that the files of an export give to records of each entity, and the headers over those ids."""

    id_headers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def shared(self, profile: Profile, entity: str) -> tuple[float, float]:
        """Share of a column's different values that are ids, and that are names, of records of ``entity``."""
        values = {fold(value) for value in profile.distinct}
        if not values:
            return 0.0, 0.0
        return len(values & self.ids[entity]) / len(values), len(values & self.names[entity]) / len(values)

    def knows(self, entity: str) -> bool:
        """True where some file holds records of ``entity``."""
        return bool(self.ids[entity] or self.names[entity])


def fold(value: str) -> str:
    """A value without case and outer space, for comparing."""
    return value.strip().casefold()


def fit(target: Field, profile: Profile) -> float:
    """How well what a column holds suits a field, in [0, 1]; an empty column suits nearly all."""
    if profile.is_empty:
        return BLANK_FIT
    shape = _shape(target.key, profile)
    if shape is not None:
        return shape
    kind = target.type
    if kind in NUMERIC:
        return _step(profile.numbers if profile.dates < 0.8 or profile.whole_numbers < 0.8 else 0.0)
    if kind is FieldType.YEAR:
        return _step(profile.share(parse_year))
    if kind.is_time:
        return _step(profile.dates)
    if kind is FieldType.FLAG:
        return 1.0 if profile.flags >= 0.8 else 0.15
    if kind is FieldType.DURATION_MINUTES:
        return 1.0 if profile.durations >= 0.8 else 0.15
    return _text_fit(target, profile)


def _shape(key: str, profile: Profile) -> float | None:
    """Fields whose values have a form of their own."""
    if key == "email":
        return 1.0 if profile.emails >= 0.6 else 0.25
    if key in ("website", "link"):
        return 1.0 if profile.webs >= 0.6 else 0.3
    if key in ("phone", "mobile"):
        return 1.0 if profile.phones >= 0.6 else 0.35
    if key in ("currency", "base", "quote"):
        return 1.0 if profile.currencies >= 0.7 else 0.15
    return None


def _text_fit(target: Field, profile: Profile) -> float:
    if profile.dates >= 0.8:
        return 0.25
    if target.type is FieldType.NAME and profile.emails >= 0.8:
        return 0.4
    if profile.numbers >= 0.8 and target.key not in NUMBERED_TEXT:
        return 0.35 if target.type in (FieldType.NAME, FieldType.REF, FieldType.STAGE) else 0.55
    return 1.0


def _step(share: float) -> float:
    return 1.0 if share >= 0.75 else 0.7 if share >= 0.4 else 0.1
