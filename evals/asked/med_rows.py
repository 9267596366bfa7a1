"""What the truths about the distributor of medical equipment share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from statistics import mean, median

from evals.asked.expecting import AnyOf, Each, Label, Plain, QuestionSet, Worth
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import days

TODAY = date(2026, 4, 15)
NOW = "2026-04-15"
QUESTIONS = QuestionSet("med_own", today=TODAY, written_by="own")
WON, LOST = "已成交", "已流失"
BUDGET, QUOTE, PAID = "科室预算(万元)", "我方报价(万元)", "成交价(万元)"


def deals(raw: Raw) -> list[Row]:
    """Deals with the columns of their hospital, article and owner; the owner's name is ``跟单人`` (two share one: with number)."""
    hospitals, goods, people = raw.by("医院档案", "医院编号"), raw.by("型号目录", "型号编码"), raw.by("员工表", "工号")
    return [{**hospitals[row["医院编号"]], **goods[row["型号编码"]], **row, "跟单人": called(people[row["跟单人工号"]])} for row in raw["商机台账"]]


def called(person: Row) -> str:
    """The name of a person, with the number where two share the name."""
    return f"陈静({person['工号']})" if person["姓名"] == "陈静" else person["姓名"]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won deals that closed in a span."""
    return [row for row in deals(raw) if row["商机状态"] == WON and first <= iso(row["结束日"]) <= last]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lost deals that closed in a span."""
    return [row for row in deals(raw) if row["商机状态"] == LOST and first <= iso(row["结束日"]) <= last]


def still_open(raw: Raw) -> list[Row]:
    """Deals that are neither won nor lost, those laid aside among them."""
    return [row for row in deals(raw) if row["商机状态"] not in (WON, LOST)]


def iso(text: str) -> str:
    """A day as written, in ISO; empty where there is none."""
    if len(text) == 8 and text.isdigit():
        return f"{datetime.strptime(text, '%Y%m%d').date()}"
    found = day(text)
    return found.isoformat() if found else ""


def when(text: str) -> date | None:
    """The day as written; None where there is none."""
    found = iso(text)
    return date.fromisoformat(found) if found else None


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    states = [row["商机状态"] for row in rows]
    return Decimal(states.count(WON)) / (states.count(WON) + states.count(LOST))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of won deals, in ten thousand yuan."""
    return total(rows, PAID)


def later(row: Row, first: str, last: str) -> bool:
    """Whether the second date of a row lies after the first."""
    between = days(row, first, last)
    return between is not None and between > 0


def average(values: Iterable[Decimal | int | None]) -> Decimal:
    """The mean of those that are there."""
    return Decimal(mean([Decimal(value) for value in values if value is not None]))


def middle(values: Iterable[Decimal | int | None]) -> Decimal:
    """The median of those that are there."""
    return Decimal(median([Decimal(value) for value in values if value is not None]))


def worth(row: Row, name: str) -> Decimal:
    """The number of one cell; 0 where there is none."""
    return number(row[name]) or Decimal(0)


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Decimal | int]) -> dict[Label, Worth]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}


def per_two(rows: Iterable[Row], first: str, second: str, value: Callable[[list[Row]], Decimal | int]) -> dict[Label, Worth]:
    """A value for each pair of values of two columns."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        found.setdefault((row[first], row[second]), []).append(row)
    return {key: value(held) for key, held in found.items()}


def either(build: Callable[[Decimal], Plain | Each]) -> AnyOf:
    """What is built of amounts that are written in 万元, in 万元 or in yuan."""
    return AnyOf((build(Decimal(1)), build(Decimal(10_000))))


def times(values: dict[Label, Worth], factor: Decimal) -> dict[Label, Worth]:
    """Every value of a grouping, in another unit."""
    return {key: Decimal(value) * factor for key, value in values.items()}


def with_hospital(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 医院编号, with the columns of the hospital."""
    hospitals = raw.by("医院档案", "医院编号")
    return [{**hospitals[row["医院编号"]], **row} for row in raw[name]]


def with_both(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 医院编号 and 型号编码, with the columns of both."""
    goods = raw.by("型号目录", "型号编码")
    return [{**goods[row["型号编码"]], **row} for row in with_hospital(raw, name)]


def visits(raw: Raw) -> list[Row]:
    """Visits with their hospital, the day in ISO and the name of who went."""
    people = raw.by("员工表", "工号")
    return [{**row, "日": iso(row["拜访时间"]), "拜访人": called(people[row["拜访人工号"]])} for row in with_hospital(raw, "拜访纪要")]


def tenders(raw: Raw) -> list[Row]:
    """Tenders with the columns of their deal."""
    found = {row["商机号"]: row for row in deals(raw)}
    return [{**found[row["商机号"]], **row} for row in raw["投标登记"]]


def contracts(raw: Raw) -> list[Row]:
    """Contracts with the columns of their deal."""
    found = {row["商机号"]: row for row in deals(raw)}
    return [{**found[row["商机号"]], **row} for row in raw["合同清单"]]


def in_span(rows: Iterable[Row], name: str, first: str, last: str) -> list[Row]:
    """Rows whose day lies in a span, both ends included."""
    return [row for row in rows if first <= iso(row[name]) <= last]
