"""What the truths about the maker of seasonings share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from statistics import median

from evals.asked.expecting import Label, QuestionSet
from evals.asked.raw import Raw, Row, day, numbers, total

TODAY = date(2026, 3, 11)
QUESTIONS = QuestionSet("spice_own", today=TODAY, written_by="own")
WON, LOST = "成了", "黄了"
WORTH, MADE = "估计能做(元)", "实际做成(元)"
Value = Decimal | int | float


def iso(text: str) -> str:
    """A day as written in any of the files, as ISO; empty where there is none."""
    found = day(text)
    return found.isoformat() if found else ""


def since(first: str, last: str) -> int | None:
    """Whole days from one day as written to another; None where one is missing."""
    start, end = day(first), day(last)
    return (end - start).days if start and end else None


def mean(values: Iterable[Value | None]) -> Decimal:
    """The average of the values that are there."""
    held = [Decimal(value) for value in values if value is not None]
    return sum(held, Decimal(0)) / len(held)


def middle(rows: Iterable[Row], column: str) -> Decimal:
    """The median of a column, over the rows that have a number."""
    return median(numbers(rows, column))


def deals(raw: Raw) -> list[Row]:
    """Opportunities with the columns of their customer and those of their salesperson."""
    customers, people = raw.by("客户列表", "客户号"), raw.by("业务员", "姓名")
    return [{**customers[row["客户号"]], **people[row["业务员"]], **row} for row in raw["跟进单"]]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won opportunities that closed in a span."""
    return [row for row in deals(raw) if row["走到哪步"] == WON and first <= iso(row["了结日"]) <= last]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lost opportunities that closed in a span."""
    return [row for row in deals(raw) if row["走到哪步"] == LOST and first <= iso(row["了结日"]) <= last]


def still_open(raw: Raw) -> list[Row]:
    """Opportunities that are neither won nor lost."""
    return [row for row in deals(raw) if row["走到哪步"] not in (WON, LOST)]


def income(rows: Iterable[Row]) -> Decimal:
    """The value of won opportunities."""
    return total(rows, MADE)


def worth(rows: Iterable[Row]) -> Decimal:
    """The estimated value of opportunities."""
    return total(rows, WORTH)


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    steps = [row["走到哪步"] for row in rows]
    return Decimal(steps.count(WON)) / (steps.count(WON) + steps.count(LOST))


def rates(rows: Iterable[Row], name: str) -> dict[Label, Value]:
    """Win rates by a column, of the groups in which something closed."""
    return per((row for row in rows if row["走到哪步"] in (WON, LOST)), name, rate)


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Value]) -> dict[Label, Value]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}


def marked(rows: Iterable[Row], column: str, mark: Callable[[str], str]) -> list[Row]:
    """Rows with a column ``期`` that holds the period of a day."""
    return [{**row, "期": mark(row[column])} for row in rows]


def shipments(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Deliveries sent in a span, with the columns of their customer."""
    customers = raw.by("客户列表", "客户号")
    return [{**customers[row["客户号"]], **row} for row in raw["发货单"] if first <= iso(row["发货日"]) <= last]


def late(rows: Iterable[Row]) -> list[Row]:
    """Deliveries that arrived after the promised day."""
    return [row for row in rows if row["实际到货"] and iso(row["实际到货"]) > iso(row["说好到货"])]


def arrived(rows: Iterable[Row]) -> list[Row]:
    """Deliveries that have arrived."""
    return [row for row in rows if row["实际到货"]]


def complaints(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Complaints that came in a span, with the columns of their delivery and customer."""
    sent, customers = raw.by("发货单", "发货号"), raw.by("客户列表", "客户号")
    return [{**customers[row["客户号"]], **sent[row["发货号"]], **row} for row in raw["投诉单"] if first <= iso(row["打来时间"]) <= last]


def samples(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Samples sent in a span, with the columns of their customer and the name of the sender."""
    customers, people = raw.by("客户列表", "客户号"), raw.by("业务员", "工号")
    return [{**customers[row["客户号"]], **row, "寄样人": people[row["谁寄的"]]["姓名"]} for row in raw["试样记录"] if first <= iso(row["哪天寄的"]) <= last]


def passed(rows: Iterable[Row]) -> Decimal:
    """The share of samples with a verdict that passed."""
    marks = [row["过没过"] for row in rows if row["过没过"]]
    return Decimal(marks.count("Y")) / len(marks)


def visits(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Entries of the visit log in a span, with the columns of their customer and of the person."""
    customers, people = raw.by("客户列表", "客户号"), raw.by("业务员", "工号")
    return [{**customers[row["客户号"]], **people[row["工号"]], **row} for row in raw["拜访打卡"] if first <= iso(row["打卡时间"]) <= last]


def handling(row: Row) -> float | None:
    """Days, with fractions, from the call to the end of a complaint."""
    if not row["处理完时间"]:
        return None
    form = "%Y-%m-%d %H:%M:%S"
    return (datetime.strptime(row["处理完时间"], form) - datetime.strptime(row["打来时间"], form)).total_seconds() / 86400
