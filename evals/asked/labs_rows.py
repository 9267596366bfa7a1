"""What the truths about the distributor of laboratory instruments share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Label, Plain, QuestionSet
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import iso

TODAY = date(2025, 11, 17)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("labs_own", today=TODAY, written_by="fresh")
UNITS, TEAMS, STAFF, CHANCES = "终端客户台账", "课题组名录", "员工与任务", "销售机会登记"
QUOTES, CONTRACTS, DUES, SERVICES, VISITS = "报价单汇总", "合同订单表", "应收与到账", "售后服务单", "拜访日志"
WON, LOST, VOID = "中标成交", "丢单", "废标"
BUDGET, WORTH, DUE, CAME = "预算(万元)", "合同额(元)", "应收金额(元)", "到账金额(元)"
Worth = Decimal | int | float


def with_unit(raw: Raw, rows: Iterable[Row]) -> list[Row]:
    """Rows that hold the code of a customer, with the columns of the customer."""
    units = raw.by(UNITS, "客户编码")
    return [{**units[row["客户编码"]], **row} for row in rows]


def with_person(raw: Raw, rows: Iterable[Row], column: str) -> list[Row]:
    """Rows that hold the number of one of the staff, who is ``员工``."""
    people = raw.by(STAFF, "工号")
    return [{**row, "员工": people[row[column]]["姓名"]} for row in rows]


def chances(raw: Raw) -> list[Row]:
    """Opportunities with the customer and the person who follows them."""
    return with_person(raw, with_unit(raw, raw[CHANCES]), "跟单销售工号")


def still_open(raw: Raw) -> list[Row]:
    """Opportunities that are neither won, lost nor void."""
    return [row for row in chances(raw) if row["当前阶段"] not in (WON, LOST, VOID)]


def signed(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Contracts signed in a span, with the customer and the person who signed."""
    rows = [row for row in raw[CONTRACTS] if first <= row["签订日期"] <= last]
    return with_person(raw, with_unit(raw, rows), "签约销售工号")


def dues(raw: Raw) -> list[Row]:
    """Instalments with their contract, customer and person."""
    held = {row["合同号"]: row for row in signed(raw)}
    return [{**held[row["合同号"]], **row} for row in raw[DUES]]


def overdue(raw: Raw) -> list[Row]:
    """Instalments that were due before today and haven't come in."""
    return [row for row in dues(raw) if iso(row["应收日期"]) < NOW and not row["到账日期"]]


def came_in(raw: Raw, first: str, last: str = "2099-12-31") -> list[Row]:
    """Instalments that came in within a span."""
    return [row for row in dues(raw) if first <= iso(row["到账日期"]) <= last]


def services(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Service tickets taken in a span, with the customer and the engineer."""
    rows = [row for row in raw[SERVICES] if first <= iso(row["受理时间"]) <= last]
    return with_person(raw, with_unit(raw, rows), "工程师工号")


def visits(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Visits of a span, with the customer and the person who went."""
    rows = [row for row in raw[VISITS] if first <= iso(row["拜访日"]) <= last]
    return with_person(raw, with_unit(raw, rows), "销售工号")


def rate(rows: Iterable[Row], void: bool) -> Decimal:
    """Won of won and lost; ``void``: of the void ones too."""
    stages = [row["当前阶段"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST) + (stages.count(VOID) if void else 0))


def either(build: Callable[[Callable[[list[Row]], Worth]], Plain]) -> AnyOf:
    """An expectation about win rates, void tenders left out or counted as not won; ``build`` gets the rate."""
    return AnyOf((build(lambda rows: rate(rows, False)), build(lambda rows: rate(rows, True))))


def value(rows: Iterable[Row]) -> Decimal:
    """What contracts are worth, in yuan."""
    return total(rows, WORTH)


def budget(row: Row) -> Decimal:
    """The budget of an opportunity, in 万元; nothing where it has none."""
    return number(row[BUDGET]) or Decimal(0)


def per(rows: Iterable[Row], name: str, worth: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: worth(held) for key, held in found.items()}


def months(rows: Iterable[Row], name: str) -> list[Row]:
    """Rows with the month of one of their dates as ``月``."""
    return [{**row, "月": iso(row[name])[:7]} for row in rows]


def wan(build: Callable[[int], Plain | Each]) -> AnyOf:
    """An expectation about amounts that are written in 万元, in either unit; ``build`` gets what to multiply by."""
    return AnyOf((build(1), build(10_000)))


def times(values: dict[Label, Worth], by: int) -> dict[Label, Worth]:
    """Every value, multiplied."""
    return {key: worth * by for key, worth in values.items()}


def between(row: Row, first: str, last: str) -> int | None:
    """Days from one date of a row to another; None where one is missing."""
    begun, ended = day(row[first]), day(row[last])
    return (ended - begun).days if begun and ended else None
