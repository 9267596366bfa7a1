"""What a store tells of its deals, as arrays: when each was opened and decided, whose it is, and the dated events around it. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

UNKNOWN = -1
NEVER = 4_000_000
"""Day number (proleptic, as ``date.toordinal``) after every day that a record may bear."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words as whole numbers: ``codes`` point into ``levels``; UNKNOWN where nothing is recorded."""

    codes: Ints
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """Dated events of one kind, each of one ``holder`` (a deal or an account by its place), with ``records`` to cite; in no order."""

    holder: Ints
    day: Ints
    records: Ints


@dataclass(frozen=True, slots=True)
class Revision:
    """A field of a deal that was another before a day: ``before`` is a code or a number, as the field is kept."""

    deal: int
    day: int
    before: float


@dataclass(frozen=True, slots=True)
class History:
    """The deals that one reader may see. All arrays have one place a deal; days are ordinals, ``closed`` is NEVER while open.

    ``planned`` is the day an open deal is expected to be decided, NEVER where none is. ``amount`` is in one currency (``unit``), nan where unknown;
    ``price`` is the list price of its product in it. ``groups`` are owner, account and product; ``words`` other columns of words, ``numbers``
    of numbers, both already of the deal (the sector of its account, say). ``events`` by kind are counted up to a day, by deal or by account.
    ``sides`` are the words to tell totals apart by, also those that may have been written after the end; ``labels`` the names behind levels that are ids.
    ``revised`` tells what words, groups and numbers were before they were changed. ``versions`` are those of the rows, ``as_of`` is when the newest was read.
    """

    ids: Ints
    names: tuple[str, ...]
    opened: Ints
    closed: Ints
    planned: Ints
    won: Flags
    amount: Floats
    price: Floats
    probability: Floats
    groups: Mapping[str, Coded]
    words: Mapping[str, Coded]
    numbers: Mapping[str, Floats]
    stage_now: Coded
    stage_moves: Events
    stage_codes: Ints
    deal_events: Mapping[str, Events] = field(default_factory=dict)
    account_events: Mapping[str, Events] = field(default_factory=dict)
    revised: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    sides: Mapping[str, Coded] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    left_out: int = 0
    amount_known_early: bool = True
    versions: Ints | None = None
    as_of: datetime | None = None

    @property
    def decided(self) -> Flags:
        """Whether each deal is won or lost."""
        return self.closed < NEVER

    def accounts(self) -> Ints:
        """A cluster for each deal: its account, or one of its own where none is recorded."""
        import numpy as np

        codes = self.groups["account"].codes
        return np.where(codes == UNKNOWN, len(self.groups["account"].levels) + np.arange(len(codes)), codes)

    def with_outcomes(self, won: Flags) -> History:
        """The same history, had the deals ended otherwise."""
        return replace(self, won=won)
