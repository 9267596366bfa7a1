"""Which steps we took with accounts within the window after a situation. Knows not what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Integer, column, select, values

from tools.coaching.comparing import WINDOW_DAYS
from tools.coaching.schemas import Step
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import is_state, step_of
from tools.crm.models import Interaction
from tools.store.types import UtcDateTime

BATCH = 300
TOGETHER = frozenset({"demo", "visit", "meeting", "trial"})
"""Steps that take both sides, whoever came to whom."""


def steps_taken(sight: Sight, situations: Sequence[tuple[int, int, date]]) -> Mapping[int, frozenset[Step]]:
    """The steps by key, for situations as (key, account, day): what was done from the day after to the landmark."""
    found: dict[int, set[Step]] = defaultdict(set)
    for start in range(0, len(situations), BATCH):
        rows = [
            (key, account, sight.moment(at + timedelta(days=1)), sight.moment(at + timedelta(days=WINDOW_DAYS + 1)))
            for key, account, at in situations[start : start + BATCH]
        ]
        columns = column("key", Integer), column("account", Integer), column("begins", UtcDateTime), column("ends", UtcDateTime)
        windows = values(*columns, name="windows").data(rows).cte("windows")
        inside = (Interaction.occurred_at >= windows.c.begins) & (Interaction.occurred_at < windows.c.ends)
        talks = (
            select(windows.c.key, Interaction.kind, Interaction.subject, Interaction.direction)
            .join(Interaction, (Interaction.account_id == windows.c.account) & inside)
            .where(Interaction.gone_at.is_(None), *sight.limits(Interaction))
            .distinct()
        )
        for key, kind, subject, direction in sight.session.execute(talks):
            step = step_of(kind, subject)
            if step is not None and (step in TOGETHER or not is_state(direction, "inbound")):
                found[key].add(step)
    return {key: frozenset(steps) for key, steps in found.items()}
