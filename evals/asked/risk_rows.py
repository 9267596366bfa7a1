"""What the truths about the insurance broker share: its set of questions, the joins between its files, and amounts in 万元."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from evals.asked.expecting import Listed, QuestionSet
from evals.asked.raw import Raw, Row, number
from evals.asked.tallies import iso

TODAY = date(2025, 10, 20)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("risk_own", today=TODAY, written_by="own")
UNITS, PEOPLE, STAFF, GOALS = "投保企业档案", "企业联系人", "经纪人员名册", "季度业绩目标"
ROUNDS, POLICIES, CLAIMS, VISITS, TURNS = "询价项目台账", "保单台账", "理赔协办案件", "客户走访登记", "保费分期到账"
GUESS, PREMIUM, FEE, DUE, CAME = "预计保费(万元)", "签单保费(元)", "应收佣金(元)", "应缴保费(元)", "到账保费(元)"
WON, LOST = "已出单", "未中标"
ENDED = (WON, LOST, "客户放弃")


def ago(count: int) -> str:
    """The day that lies a number of days back, in ISO."""
    return (TODAY - timedelta(days=count)).isoformat()


def named(raw: Raw, rows: Iterable[Row], column: str) -> list[Row]:
    """Rows with the name of the person whose number a column holds, as ``人``, and what the roster says of the person, behind ``人.``."""
    people = raw.by(STAFF, "工号")
    return [{**row, "人": people[row[column]]["姓名"], **{f"人.{key}": value for key, value in people[row[column]].items()}} for row in rows]


def with_unit(raw: Raw, rows: Iterable[Row], column: str = "企业编码") -> list[Row]:
    """Rows that hold the code of a company, with the columns of the company."""
    units = raw.by(UNITS, "企业编码")
    return [{**units[row[column]], **row} for row in rows]


def units(raw: Raw) -> list[Row]:
    """Companies, with who serves them."""
    return named(raw, raw[UNITS], "服务顾问工号")


def rounds(raw: Raw) -> list[Row]:
    """Projects, with their company and who handles them."""
    return named(raw, with_unit(raw, raw[ROUNDS]), "经办顾问")


def running(raw: Raw) -> list[Row]:
    """Projects that are not closed."""
    return [row for row in rounds(raw) if row["项目进度"] not in ENDED]


def closed(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Projects that were closed in a span."""
    return [row for row in rounds(raw) if row["项目进度"] in ENDED and first <= row["办结日期"] <= last]


def rate(rows: Iterable[Row]) -> Decimal:
    """Written of all that are given."""
    states = [row["项目进度"] for row in rows]
    return Decimal(states.count(WON)) / len(states)


def policies(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Policies written in a span, with their company and who wrote them."""
    rows = [row for row in raw[POLICIES] if first <= row["出单日期"] <= last]
    return named(raw, with_unit(raw, rows, "投保企业编码"), "出单顾问")


def live(raw: Raw) -> list[Row]:
    """Policies that are in force."""
    return [row for row in policies(raw) if row["保单状态"] == "有效"]


def turns(raw: Raw) -> list[Row]:
    """Instalments, with their policy and its company."""
    held = {row["保单号"]: row for row in policies(raw)}
    return [{**held[row["保单号"]], **row} for row in raw[TURNS]]


def unpaid(raw: Raw) -> list[Row]:
    """Instalments that fell due before today and of which nothing has come."""
    return [row for row in turns(raw) if row["应缴日期"] < NOW and row["缴费状态"] == "待缴"]


def claims(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31", by: str = "报案日期") -> list[Row]:
    """Claims of a span, with their policy and its company."""
    held = {row["保单号"]: row for row in policies(raw)}
    return [{**held[row["保单号"]], **row} for row in raw[CLAIMS] if first <= (iso(row[by]) or "0") <= last]


def pending(raw: Raw) -> list[Row]:
    """Claims that are neither settled nor refused."""
    return [row for row in claims(raw) if row["案件状态"] not in ("已结案", "拒赔")]


def visits(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Visits of a span, with their company and who went."""
    return named(raw, with_unit(raw, [row for row in raw[VISITS] if first <= iso(row["走访日期"]) <= last]), "走访顾问")


def goals(raw: Raw, year: str, *quarters: str) -> list[Row]:
    """Targets of a year, of some quarters where they are given, with the person."""
    rows = [row for row in raw[GOALS] if row["年度"] == year and (not quarters or row["季度"] in quarters)]
    return named(raw, rows, "工号")


def listed(rows: Iterable[Row], name: str) -> Listed:
    """Records by one column."""
    held = [row[name] for row in rows]
    return Listed(frozenset(held), count=len(held))


def firms(rows: Iterable[Row]) -> Listed:
    """The companies of rows, each once."""
    return Listed(frozenset(row["企业全称"] for row in rows))


def amount(row: Row, column: str) -> Decimal:
    """A number of a row; nothing where it has none."""
    return number(row[column]) or Decimal(0)
