"""Queries over records that share a name: groups are of records, and a condition can mean one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.crm.currency import load_rates
from tools.crm.errors import QueryNamesUnknownField
from tools.crm.models import ImportRun, Member, Opportunity
from tools.crm.query import Compare, Dimension, Exists, Filter, MeasureRef, Query
from tools.crm.results import ResultSet
from tools.crm.semantic import load_model
from tools.crm.service import run_query
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.engine import open_engine

NOW = datetime(2026, 3, 1, tzinfo=UTC)
COUNT = (MeasureRef(fold="count"),)


def sourced(key: str) -> dict[str, object]:
    return {"source_system": "crm", "source_id": key, "version": 1, "version_hash": key, "as_of": NOW, "custom": {}}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Two members called Sam Roe with one and two deals, Kim Day with three."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as held:
        held.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        held.add_all(Member(id=key, name=name, **sourced(f"R-10{key}")) for key, name in enumerate(("Sam Roe", "Sam Roe", "Kim Day"), 1))
        held.flush()
        for number, owner in enumerate((1, 2, 2, 3, 3, 3), 1):
            deal = {"name": f"Deal {number}", "status": "won", "stage": "won", "amount": Decimal(10), "close_on": date(2026, 1, 10)}
            held.add(Opportunity(id=number, owner_id=owner, **deal, **sourced(f"D-{number}")))
        held.commit()
        yield held
    engine.dispose()


def run(session: Session, query: Query) -> ResultSet:
    return run_query(session, query, "q1", load_model(session), Principal.local_owner(), PolicyScope(), load_rates(session, date.max, None))


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (Compare(path="owner", values=("Sam Roe",)), 3),
        (Compare(path="owner", values=("Sam Roe",), records=("R-102",)), 2),
        (Compare(path="owner", values=("Sam Roe", "Kim Day"), records=("R-101", "")), 4),
        (Compare(path="owner", values=("Sam Roe", "Kim Day"), records=("R-101",)), 4),
        (Compare(path="owner", values=("Sam Roe", "Sam Roe"), records=("R-101", "R-102")), 3),
        (Compare(path="owner", op="ne", values=("Sam Roe",), records=("R-102",)), 4),
        (Compare(path="owner.name", values=("Sam Roe",), records=("R-101",)), 1),
        (Compare(path="owner", values=("Kim Day",), records=("R-101",)), 0),
    ],
)
def test_condition_with_a_number_means_the_one_record_of_that_name(session: Session, where: Filter, count: int) -> None:
    result = run(session, Query(entity="opportunity", measures=COUNT, where=where))
    assert result.rows[0].cells["m0"].value == str(count)


def test_number_beside_what_names_no_record_is_refused(session: Session) -> None:
    with pytest.raises(QueryNamesUnknownField):
        run(session, Query(entity="opportunity", measures=COUNT, where=Compare(path="stage", values=("won",), records=("R-101",))))


@pytest.mark.parametrize("path", ["owner", "owner.name"])
def test_groups_of_a_name_are_those_of_its_records(session: Session, path: str) -> None:
    result = run(session, Query(entity="opportunity", measures=COUNT, dimensions=(Dimension(path=path),)))
    key = path.replace(".", "_")
    counted = {(row.cells[key].value, row.cells[key].sources[0].record): row.cells["m0"].value for row in result.rows}
    assert counted == {("Sam Roe", "R-101"): "1", ("Sam Roe", "R-102"): "2", ("Kim Day", "R-103"): "3"}
    assert result.shared == ("Sam Roe",)


def test_records_grouped_by_their_own_name_stay_apart(session: Session) -> None:
    result = run(session, Query(entity="member", measures=COUNT, dimensions=(Dimension(path="name"),)))
    assert [row.cells["m0"].value for row in result.rows] == ["1", "1", "1"]


def test_kept_groups_of_a_name_are_those_of_the_records_that_are_meant(session: Session) -> None:
    share = (MeasureRef(fold="count", share=True),)
    query = Query(entity="opportunity", measures=share, dimensions=(Dimension(path="owner"),), only=("Sam Roe",), only_records=("R-102",))
    assert [row.cells["m0_share"].value for row in run(session, query).rows] == ["0.333333"]


def test_related_records_of_one_of_the_name_are_told_apart(session: Session) -> None:
    where = Exists(entity="opportunity", via="owner", where=Compare(path="owner", values=("Sam Roe",), records=("R-102",)))
    result = run(session, Query(entity="member", select=("source_id",), where=where))
    assert [row.cells["source_id"].value for row in result.rows] == ["R-102"]


def test_two_of_one_name_are_two_different_ones(session: Session) -> None:
    distinct = run(session, Query(entity="member", measures=(MeasureRef(fold="count_distinct", path="name"),)))
    grouped = run(session, Query(entity="member", measures=COUNT, dimensions=(Dimension(path="name"),)))

    assert distinct.rows[0].cells["m0"].value == str(grouped.groups) == "3"
