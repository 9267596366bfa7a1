"""A row that sums up its table is no record of it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import load, table, to
from tools.crm.models import Opportunity


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "", "", "25501.85", ""),
        ("", "Grand Total", "", "25,501.85", ""),
        ("Total:", "", "", "", ""),
        ("Gesamtsumme", "", "", "1", "2"),
        ("Summe (2)", "", "", "25501.85", ""),
        ("小计：", "", "", "¥25,501.85"),
    ],
)
def test_total_row_is_refused_and_told(engine: Engine, row: tuple[str, ...]) -> None:
    source = table("deals.csv", "ID,Name,Stage,Amount,Count", ("d1", "Good", "Won", "1", "2"), row)

    report = load(engine, (source, to(source, "opportunity", "id", "name", "stage", "amount", "quantity")))

    with Session(engine) as session:
        assert session.scalars(select(Opportunity.source_id)).all() == ["d1"]
    assert [(group.reason, group.count) for group in report.issues] == [("total_row", 1)]
    assert (report.total("read"), report.total("refused")) == (2, 1)


@pytest.mark.parametrize(
    "row", [("d2", "Total", "Won", "1", ""), ("1007", "Total", "", "", ""), ("d2", "Total Solutions", "", "", ""), ("Total", "Total Solutions", "", "1", "")]
)
def test_record_that_is_called_total_is_kept(engine: Engine, row: tuple[str, ...]) -> None:
    source = table("deals.csv", "ID,Name,Stage,Amount,Count", ("d1", "Good", "Won", "1", "2"), row)

    report = load(engine, (source, to(source, "opportunity", "id", "name", "stage", "amount", "quantity")))

    assert (report.total("read"), report.total("refused")) == (2, 0)
