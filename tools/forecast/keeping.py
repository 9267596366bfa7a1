"""Keeps studies: what was learnt from the same records for the same eyes is worked out once, for the process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from threading import Lock

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.service import store_version
from tools.forecast.reading import COLUMNS
from tools.forecast.service import open_study
from tools.forecast.study import Study
from tools.store.base import Base

MOST = 8
"""So many studies are kept, those asked for last."""
ENTITIES = {
    "opportunity": "opportunities", "account": "accounts", "member": "members", "team": "teams", "product": "products", "stage_history": "stage_history",
    "interaction": "interactions", "ticket": "tickets", "contract": "contracts",
}  # fmt: skip
_PRIME = 30_011


class Studies:
    """Studies by the version of the data, the day and what a person may see; safe with many threads."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._held: OrderedDict[Hashable, Study] = OrderedDict()
        self._lock = Lock()

    def study(
        self, session: Session, principal: Principal, scope: RowScope, today: date, *, zone: str = "UTC", reporting: str | None = None
    ) -> Study:  # fmt: skip
        """See :func:`tools.forecast.service.open_study`."""
        url = session.get_bind().engine.url.render_as_string(hide_password=True)
        key = (url, store_version(session), today, zone, reporting, int(principal.clearance), *_reach(session, principal, scope))
        with self._lock:
            found = self._held.get(key)
            if found is None:
                found = self._held[key] = open_study(session, principal, scope, today, zone=zone, reporting=reporting)
                while len(self._held) > MOST:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return found


def _reach(session: Session, principal: Principal, scope: RowScope) -> tuple[Hashable, ...]:
    """What of each kind of record a person may see: nothing where all, else who it is, how many there are, and sums over their ids."""
    found: list[Hashable] = []
    limited = False
    for entity, name in ENTITIES.items():
        table = Base.metadata.tables[name]
        assert isinstance(table, Table)  # noqa: S101 - every table of the metadata is one
        limit = scope.limit(principal, entity, table)
        if limit is None:
            found.append(None)
            continue
        mixed = (table.c.id % _PRIME) * (table.c.id % _PRIME)
        limited = True
        found.append(tuple(session.execute(select(func.count(), func.sum(table.c.id), func.sum(mixed)).where(table.c.gone_at.is_(None), limit)).one()))
    return (*found, principal.role, principal.member_id, principal.region, principal.report_ids) if limited else tuple(found)


assert set(ENTITIES.values()) == set(COLUMNS), "every table that a study reads decides what it is"  # noqa: S101
