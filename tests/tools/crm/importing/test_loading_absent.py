"""What an export no longer holds: gone where that is news, staying where the export is more likely broken, and always told."""

from __future__ import annotations

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import MONDAY, NEXT_MONDAY, SYSTEM, load, table, to
from tools.crm.importing.mapping import Mapping, TableMap
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import run_load
from tools.crm.importing.source import SourceTable
from tools.crm.models import Interaction, Opportunity
from tools.crm.semantic.model import base_model


def deals(count: int, first: int = 1) -> tuple[SourceTable, TableMap]:
    source = table("deals.csv", "ID,Name,Stage", *((f"d{number}", f"Deal {number}", "Won") for number in range(first, first + count)))
    return source, to(source, "opportunity", "id", "name", "stage")


def accounts() -> tuple[SourceTable, TableMap]:
    source = table("accounts.csv", "ID,Name", ("a1", "Alder"))
    return source, to(source, "account", "id", "name")


def notes(*rows: tuple[str, str]) -> tuple[SourceTable, TableMap]:
    source = table("notes.csv", "Date,Content", *rows)
    return source, to(source, "interaction", "occurred_at", "body")


def staying(report: ImportReport) -> list[tuple[str, int, str]]:
    return [(each.entity, each.count, each.why) for each in report.staying]


def living(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Opportunity).where(Opportunity.gone_at.is_(None))) or 0


def test_few_missing_records_are_gone(engine: Engine) -> None:
    load(engine, deals(100))

    report = load(engine, deals(80), now=NEXT_MONDAY)

    assert (report.total("gone"), staying(report), living(engine)) == (20, [], 80)


def test_many_missing_records_stay_and_are_told(engine: Engine) -> None:
    load(engine, deals(100))

    report = load(engine, deals(79), now=NEXT_MONDAY)

    assert (report.total("gone"), staying(report), living(engine)) == (0, [("opportunity", 21, "many")], 100)
    assert report.staying[0].since == MONDAY


def test_other_records_in_the_place_of_all_are_not_taken_for_their_end(engine: Engine) -> None:
    load(engine, deals(50))

    report = load(engine, deals(50, first=1001), now=NEXT_MONDAY)

    assert (report.total("gone"), staying(report)) == (0, [("opportunity", 50, "many")])


def test_many_missing_records_are_gone_where_somebody_says_so(engine: Engine) -> None:
    load(engine, deals(100))
    source, mapped = deals(10)

    report = run_load(engine, [source], Mapping(system=SYSTEM, tables=(mapped,)), "export", NEXT_MONDAY, MONDAY.tzinfo, accept_gone=True)  # type: ignore[arg-type]

    assert (report.total("gone"), staying(report), living(engine)) == (90, [], 10)


def test_changed_rows_without_ids_replace_the_old_ones(engine: Engine) -> None:
    load(engine, notes(*((f"2026-01-{day:02}", f"Visit {day}") for day in range(1, 29))))

    report = load(engine, notes(*((f"2026-01-{day:02}", f"Visit {day}, edited") for day in range(1, 29))), now=NEXT_MONDAY)

    assert (report.total("gone"), report.total("new"), staying(report)) == (28, 28, [])


def test_table_without_rows_leaves_its_records(engine: Engine) -> None:
    load(engine, deals(3), accounts())

    report = load(engine, deals(0), accounts(), now=NEXT_MONDAY)

    assert (report.total("gone"), staying(report)) == (0, [("opportunity", 3, "empty")])


def test_missing_table_leaves_its_records(engine: Engine) -> None:
    load(engine, deals(3), accounts())

    report = load(engine, accounts(), now=NEXT_MONDAY)

    assert (staying(report), living(engine)) == ([("opportunity", 3, "absent")], 3)


def test_part_of_an_export_says_nothing_of_the_rest(engine: Engine) -> None:
    load(engine, deals(50))

    assert staying(load(engine, deals(1), now=NEXT_MONDAY, partial=True)) == []


def test_record_in_a_row_of_another_shape_is_not_gone(engine: Engine) -> None:
    load(engine, deals(2))
    source, mapped = deals(1)
    source.rows.append(["d2", "Deal, 2", "Won", "more"])
    source.lines.append(3)

    report = load(engine, (source, mapped), now=NEXT_MONDAY)

    assert (report.total("gone"), report.total("refused"), living(engine)) == (0, 1, 2)


def test_row_with_an_unclosed_quotation_mark_is_refused(engine: Engine) -> None:
    source, mapped = deals(3)
    source.unclosed = frozenset({3})

    report = load(engine, (source, mapped))

    assert [(group.reason, group.examples[0].lines) for group in report.issues] == [("quote_unclosed", (3,))]
    assert living(engine) == 2


def test_visits_of_one_day_stay_apart(engine: Engine) -> None:
    rows = [(f"2026-08-{1 + number % 28:02}", f"第{number}医院", "王芳", "电话" if number % 2 else "拜访", f"第 {number} 次") for number in range(200)]
    rows.append((*rows[0][:4], "另一次拜访"))
    source = table("拜访记录.csv", "日期,客户,拜访人,方式,内容", *rows)
    (mapped,) = propose_mapping([source], base_model(), SYSTEM, None).tables

    report = load(engine, (source, mapped))

    assert mapped.entity == "interaction"
    assert report.total("merged") == 0
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Interaction)) == 201
