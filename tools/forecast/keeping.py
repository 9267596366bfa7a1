"""Keeps studies: what was learnt from the same records for the same eyes is worked out once, for the process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from pathlib import Path
from threading import Lock
from time import perf_counter

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.service import store_version
from tools.forecast.looking import DRAWN
from tools.forecast.reading import COLUMNS
from tools.forecast.service import open_study
from tools.forecast.shelving import Shelf
from tools.forecast.study import Study
from tools.store.base import Base

MOST, LONG = 8, 1.0
"""So many studies are held, those asked for last; what took so many seconds to learn goes on the shelf."""
ENTITIES = {
    "opportunity": "opportunities", "account": "accounts", "member": "members", "team": "teams", "product": "products", "stage_history": "stage_history",
    "interaction": "interactions", "ticket": "tickets", "contract": "contracts",
}  # fmt: skip
_PRIME = 30_011


class Studies:
    """Studies by the version of the data, the day and what a person may see; safe with many threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """What took long to learn is kept in ``folder``, where there is one."""
        self._held: OrderedDict[Hashable, Study] = OrderedDict()
        self._shelf = None if folder is None else Shelf(folder)
        self._shelved: dict[Hashable, int] = {}
        self._lock = Lock()

    def study(
        self, session: Session, principal: Principal, scope: RowScope, today: date, *, zone: str = "UTC", reporting: str | None = None
    ) -> Study:  # fmt: skip
        """See :func:`tools.forecast.service.open_study`."""
        url = session.get_bind().engine.url.render_as_string(hide_password=True)
        version = (url, *store_version(session))
        key = (version, today, zone, reporting, int(principal.clearance), *_reach(session, principal, scope))
        with self._lock:
            found = self._held.get(key)
            if found is None:
                found = self._held[key] = self._from_shelf(key, today) or _measured(session, principal, scope, today, zone, reporting)
                while len(self._held) > MOST:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return found

    def keep(self, study: Study) -> None:
        """Put what a study learnt on the shelf, where that took more than a second and is not there yet."""
        with self._lock:
            key = next((key for key, each in self._held.items() if each is study), None)
            draws = [(name[1], each) for name, each in study.held.items() if isinstance(name, tuple) and name[0] == DRAWN]
            if self._shelf is None or key is None or study.cost < LONG or self._shelved.get(key) == len(draws):
                return
            held: dict[str, object] = {"history": study.history, "rolled": study.__dict__.get("rolled"), "draws": tuple(draws)}
            self._shelf.put(_version(key), repr(key), held)
            self._shelved[key] = len(draws)

    def _from_shelf(self, key: Hashable, today: date) -> Study | None:
        found = None if self._shelf is None else self._shelf.get(_version(key), repr(key))
        if found is None:
            return None
        study = Study(found["history"], today)
        if found["rolled"] is not None:
            study.__dict__["rolled"] = found["rolled"]
        for period, drawn in found["draws"]:
            study.held[DRAWN, period] = drawn
        study.cost = LONG
        self._shelved[key] = len(found["draws"])
        return study


def _measured(session: Session, principal: Principal, scope: RowScope, today: date, zone: str, reporting: str | None) -> Study:
    began = perf_counter()
    study = open_study(session, principal, scope, today, zone=zone, reporting=reporting)
    study.cost = perf_counter() - began
    return study


def _version(key: Hashable) -> str:
    assert isinstance(key, tuple)  # noqa: S101 - keys are made above
    return repr(key[0])


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
