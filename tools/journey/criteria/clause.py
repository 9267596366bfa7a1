"""What one clause of a criterion says, before it is known what the clause before it says. Knows no words."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.journey.acts import Role, Side, Status
from tools.journey.criteria.lexicon import DeedWord
from tools.journey.criteria.schemas import Count, Deed, Kind, Span, Who, Window


@dataclass(slots=True)
class Clause:
    """What one clause says, before it is known what the clause before it says."""

    deed: DeedWord
    acts: tuple[Deed, ...]
    record: Kind | None
    status: Status
    groups: list[tuple[Role, ...]] = field(default_factory=list)
    side: Side | None = None
    persons: list[str] = field(default_factory=list)
    whom: Who | None = None
    further: tuple[tuple[Role, ...], ...] = ()
    """The roles of others whom it was done to as well: visited the CTO and the CFO."""
    objects: list[str] = field(default_factory=list)
    any_object: bool = False
    negated: bool = False
    still: bool = False
    anybody: bool = False
    follows: bool = False
    passive: bool = False
    undone: bool = False
    fronted: bool = False
    topical: bool = False
    """A Chinese clause that begins with what is done to, and names nobody: 设备尚未安装."""
    received: bool = False
    """It was received by somebody who is not named."""
    agentive: bool = False
    either: bool = False
    bound: str = ""
    same: bool = False
    in_a_row: bool = False
    count: Count | None = None
    within: Span | None = None
    within_first: Span | None = None
    lasting: Span | None = None
    window: Window | None = None
    window_first: bool = False

    @property
    def has_who(self) -> bool:
        """Whether it names anybody."""
        return bool(self.groups or self.persons or self.side or self.anybody)
