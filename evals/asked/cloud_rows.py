"""What the truths about the provider of cloud services share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Figure, Label, Listed, QuestionSet, Ranked
from evals.asked.raw import Raw, Row, quarter, total
from evals.asked.tallies import days, iso

TODAY = date(2025, 10, 22)
QUESTIONS = QuestionSet("cloud_own", today=TODAY, written_by="own")
WON, LOST = "赢单", "输单"
GUESS, SIGNED = "预估额(元)", "合同额(元)"
FIRST, SOLVED = "首响时长(分钟)", "解决时长(小时)"
FEE, BILLED, PAID = "年费(元)", "价税合计(元)", "到账额(元)"


def deals(raw: Raw) -> list[Row]:
    """Opportunities with the columns of their customer; ``结束`` is the day on which they were won or lost, in ISO."""
    return [{**row, "结束": iso(row["赢单日期"] or row["输单日期"])} for row in with_customer(raw, "商机台账")]


def with_customer(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 客户ID, with the columns of the customer."""
    customers = raw.by("客户主档", "客户ID")
    return [{**customers[row["客户ID"]], **row} for row in raw[name]]


def closed(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Opportunities that were won or lost in a span."""
    return [row for row in deals(raw) if row["商机阶段"] in (WON, LOST) and first <= row["结束"] <= last]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Opportunities that were won in a span."""
    return [row for row in closed(raw, first, last) if row["商机阶段"] == WON]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Opportunities that were lost in a span."""
    return [row for row in closed(raw, first, last) if row["商机阶段"] == LOST]


def still_open(raw: Raw) -> list[Row]:
    """Opportunities that are neither won nor lost."""
    return [row for row in deals(raw) if row["商机阶段"] not in (WON, LOST)]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["商机阶段"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def renewal(rows: Iterable[Row]) -> Decimal:
    """Renewed subscriptions of those renewed or lost."""
    states = [row["续费状态"] for row in rows]
    return Decimal(states.count("已续费")) / (states.count("已续费") + states.count("已流失"))


def reached(rows: Iterable[Row]) -> Decimal:
    """Service requests within the SLA of those that say."""
    states = [row["SLA"] for row in rows]
    return Decimal(states.count("达标")) / (states.count("达标") + states.count("超时"))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of won opportunities."""
    return total(rows, SIGNED)


def guessed(rows: Iterable[Row]) -> Decimal:
    """The estimated value of opportunities."""
    return total(rows, GUESS)


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Decimal | int | float]) -> dict[Label, Decimal | int | float]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}


def per_two(rows: Iterable[Row], first: str, second: str, value: Callable[[list[Row]], Decimal | int | float]) -> dict[Label, Decimal | int | float]:
    """A value for each pair of values of two columns."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[first] and row[second]:
            found.setdefault((row[first], row[second]), []).append(row)
    return {key: value(held) for key, held in found.items()}


def in_percent(value: Decimal | float) -> AnyOf:
    """A value of a column that is written in per cent, as written or as a fraction."""
    return AnyOf((Figure(value), Figure(value / 100)))


def in_minutes(value: Decimal | float) -> AnyOf:
    """A length that is written in minutes, as written or in days."""
    return AnyOf((Figure(value), Figure(float(value) / 1440)))


def in_hours(value: Decimal | float) -> AnyOf:
    """A length that is written in hours, as written or in days."""
    return AnyOf((Figure(value), Figure(float(value) / 24)))


def listed(rows: Iterable[Row], name: str) -> Listed:
    """The values of a column as a list of records, with how many there are."""
    found = [row[name] for row in rows]
    return Listed(frozenset(found), count=len(found))


def either(values: dict[Label, Decimal | int | float], part: int, lowest: bool = False, top: int | None = None) -> AnyOf:
    """A ranking of values as they are written, or in a unit of which they are a ``part``: minutes in days, per cent in fractions."""
    return AnyOf((Ranked(values, top=top, lowest=lowest), Ranked({key: float(value) / part for key, value in values.items()}, top=top, lowest=lowest)))


def gone_by(row: Row, first: str, last: str) -> bool:
    """Whether the second day is after the first one; not, where either is missing."""
    return (days(row, first, last) or 0) > 0


def unpaid(raw: Raw) -> list[Row]:
    """Invoices for which nothing came in."""
    return [row for row in with_customer(raw, "开票明细") if not row["到账日"]]


def dues(rows: Iterable[Row]) -> Decimal:
    """What was invoiced and has not come in."""
    held = list(rows)
    return total(held, BILLED) - total(held, PAID)


def by_month(rows: Iterable[Row], name: str) -> list[Row]:
    """Rows with the month (``月``) and the quarter (``季``) of a day."""
    return [{**row, "月": iso(row[name])[:7], "季": quarter(row[name].split(" ")[0])} for row in rows if row[name]]
