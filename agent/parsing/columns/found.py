"""What words say of two columns of one kind of record, before it is a condition or a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal["ordered", "passed", "day", "filled", "empty", "beside", "over", "less", "owed", "short", "unpaid"]
Side = Literal["lt", "le", "gt", "ge"]


@dataclass(frozen=True, slots=True)
class Paired:
    """``path`` against ``other``: two days in order, two amounts, or (without ``other``) a day that is there or not.

    ``measured`` marks words that ask how long it is between the two days, ``shared`` those that ask for which part it holds,
    ``owed`` is what of one amount the other has not covered yet, ``short`` the same where something was paid, but less;
    ``unpaid`` is one amount of the records that the other, a flag or a day, calls so.
    ``bounded`` marks those that say nothing without a length: "(within 5 days) of the agreed date".
    """

    entity: str
    what: What
    path: str
    other: str = ""
    op: Side = "gt"
    factor: str = "1"
    measured: bool = False
    shared: bool = False
    bounded: bool = False
