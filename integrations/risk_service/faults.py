"""Faults on purpose, so that it can be seen what a caller makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random


@dataclass
class Faults:
    """Which share of calls goes wrong. ``error_rate`` fails before anything was counted, ``lost_rate`` after it: the answer gets lost."""

    delay_s: float = 0
    error_rate: float = 0
    lost_rate: float = 0
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - nothing is kept secret by it

    def fails(self) -> bool:
        """Whether this call fails before it is counted."""
        return self.random.random() < self.error_rate

    def loses(self) -> bool:
        """Whether the answer of this call gets lost."""
        return self.random.random() < self.lost_rate
