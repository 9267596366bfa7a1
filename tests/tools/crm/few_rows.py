"""A store with the few rows of one test, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from tests.tools.crm.query_rows import AS_OF, Row
from tools.access.principal import Principal
from tools.crm.currency import RateBook
from tools.crm.query import Between, Compare, Exists, MeasureRef, Not, Order, Query
from tools.crm.results import ResultSet
from tools.crm.semantic import load_model
from tools.crm.service import run_query
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.trace.recompute import recompute

COUNT = (MeasureRef(fold="count"),)


class Store:
    """An empty store, filled with the few rows that matter."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.next_id = engine, 1

    def put(self, table: type[Base], *rows: Row) -> None:
        with Session(self.engine) as session:
            for row in rows:
                common = {"id": self.next_id, "source_system": "crm", "source_id": f"R{self.next_id}", "version_hash": "h", "as_of": AS_OF, "custom": {}}
                session.execute(insert(table).values(common | row))
                self.next_id += 1
            session.commit()

    def ask(self, query: Query, rates: RateBook | None = None, zone: str = "UTC") -> ResultSet:
        with Session(self.engine) as session:
            model = load_model(session, zone)
            result = run_query(session, query, "q1", model, Principal.local_owner(), PolicyScope(), rates or RateBook())
        findings = recompute(result.cells(), {block.id: block for block in result.blocks})
        assert [each for each in findings if each.outcome != "ok"] == []
        return result


def column(result: ResultSet, key: str) -> list[str | None]:
    return [row.cells[key].value for row in result.rows]


def names(result: ResultSet) -> Sequence[str | None]:
    return column(result, "name")


def accounts(where: Compare | Between | Not | Exists | None, *order: Order) -> Query:
    return Query(entity="account", select=("name",), where=where, order=order or (Order(path="name", descending=False),))
