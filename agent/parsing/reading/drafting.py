"""A reading of a question in the making: which items it has used, what it assumed, and the query that grows from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from agent.parsing.linking.items import Item
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import Signals
from tools.crm.query import And, Assumption, Dimension, Filter, Having, MeasureRef, Order, Query, Window

Focus = Literal["figure", "top", "breakdown", "list", "compare", "trend", "exists", "lookup", "share", "growth"]


@dataclass(slots=True)
class Reading:
    """One candidate. ``cost`` grows with every default, detour and doubt; ``fit`` with every cue that speaks for it."""

    entity: str
    paths: Paths
    signals: Signals
    used: frozenset[int] = frozenset()
    measures: tuple[MeasureRef, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    select: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    window: Window | None = None
    compare: Window | None = None
    having: tuple[Having, ...] = ()
    only: tuple[str, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    skip: int = 0
    currency: str | None = None
    focus: Focus = "figure"
    assumptions: tuple[Assumption, ...] = ()
    cost: float = 0.0
    fit: float = 0.0
    trouble: str = ""
    about: str = ""
    notes: dict[str, str] = field(default_factory=dict)

    def using(self, *indexes: int, **changes: object) -> Reading:
        """A copy that has used these items as well."""
        return replace(self, used=self.used | set(indexes), **changes)  # type: ignore[arg-type]

    def paying(self, cost: float, **changes: object) -> Reading:
        """A copy that costs more."""
        return replace(self, cost=self.cost + cost, **changes)  # type: ignore[arg-type]

    def item(self, index: int) -> Item:
        """Item by its place."""
        return self.signals.items[index]

    def open_items(self) -> list[int]:
        """Places of items not used yet, in order."""
        return [index for index in range(len(self.signals.items)) if index not in self.used]

    def query(self) -> Query:
        """The query as far as it is built."""
        where = None if not self.filters else self.filters[0] if len(self.filters) == 1 else And(parts=self.filters)
        return Query(
            entity=self.entity,
            measures=self.measures,
            dimensions=self.dimensions,
            select=self.select,
            where=where,
            window=self.window,
            compare=self.compare,
            having=self.having,
            only=self.only,
            order=self.order,
            limit=self.limit,
            skip=self.skip,
            currency=self.currency,
        )
