"""Rows of the kept-aside export with the columns of the records they belong to, and the few sums that its truths share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from statistics import median

from evals.asked.expecting import Label, Worth
from evals.asked.raw import Raw, Row, day, groups, numbers, total, within

WON, LOST = "已签单", "已丢单"
VALUE, HOPED, PAPER, PAID = "成交金额（元）", "预计金额（元）", "合同金额（元）", "回款金额（元）"
PEOPLE = ("负责人工号", "拜访人工号", "处理工程师工号", "负责销售工号")


def wide(raw: Raw, name: str) -> list[Row]:
    """Rows of a file with the customer's, the product's and the person's columns beside their own."""
    papers, people, products = raw.by("合同台账", "合同编号"), raw.by("员工", "工号"), raw.by("产品", "产品型号")
    named, numbered = raw.by("客户资料", "客户名称"), raw.by("客户资料", "客户编号")
    found: list[Row] = []
    for row in raw[name]:
        paper = papers.get(row.get("合同编号", ""), {})
        customer = named.get(row.get("客户名称", "")) or numbered.get(row.get("客户编号", "") or paper.get("客户编号", "")) or {}
        product = products.get(row.get("产品型号", ""), {})
        person = next((people[row[column]] for column in PEOPLE if row.get(column)), {})
        found.append(
            {
                **_some(customer, "客户名称 行业 客户等级 省份 城市 来源渠道"),
                **_some(product, "产品名称 产品线"),
                **_some(person, "姓名 办事处 直属上级"),
                **row,
            }
        )
    return found


def _some(row: Row, columns: str) -> Row:
    return {column: row[column] for column in columns.split() if column in row}


def deals(raw: Raw) -> list[Row]:
    """All opportunities."""
    return wide(raw, "销售机会")


def won(raw: Raw, first: str = "2000-01-01", last: str = "2100-01-01") -> list[Row]:
    """Opportunities won, by the day they were closed."""
    return [row for row in deals(raw) if row["阶段"] == WON and within(row["结单日期"], first, last)]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2100-01-01") -> list[Row]:
    """Opportunities lost, by the day they were closed."""
    return [row for row in deals(raw) if row["阶段"] == LOST and within(row["结单日期"], first, last)]


def still_open(raw: Raw) -> list[Row]:
    """Opportunities neither won nor lost."""
    return [row for row in deals(raw) if row["阶段"] not in (WON, LOST)]


def dated(rows: Iterable[Row], column: str, first: str, last: str) -> list[Row]:
    """Rows whose day lies from the first to the last, both included."""
    return [row for row in rows if within(row[column], first, last)]


def having(rows: Iterable[Row], **wanted: str) -> list[Row]:
    """Rows whose columns hold these values."""
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def share(part: Worth, whole: Worth) -> Decimal:
    """A part of a whole, as a fraction of 1."""
    return Decimal(part) / Decimal(whole)


def win_rate(rows: Iterable[Row]) -> Decimal:
    """Won among won and lost."""
    ended = [row["阶段"] == WON for row in rows if row["阶段"] in (WON, LOST)]
    return share(sum(ended), len(ended))


def rates(rows: Iterable[Row], column: str) -> dict[Label, Worth]:
    """The win rate of each group that has decided deals."""
    return each([row for row in rows if row["阶段"] in (WON, LOST)], column, win_rate)


def each(rows: Iterable[Row], column: str, worth: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each value of a column."""
    return {label: worth(held) for label, held in groups(rows, column).items()}


def counts(rows: Iterable[Row], column: str) -> dict[Label, Worth]:
    """How many rows there are for each value of a column."""
    return each(rows, column, len)


def sums(rows: Iterable[Row], column: str, of: str) -> dict[Label, Worth]:
    """The sum of a column for each value of another."""
    return each(rows, column, lambda held: total(held, of))


def by_time(rows: Iterable[Row], column: str, period: Callable[[str], str], worth: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each period of a day."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(period(row[column]), []).append(row)
    return {label: worth(held) for label, held in found.items() if label}


def mean(values: Iterable[Decimal | int]) -> Decimal:
    """The average."""
    held = [Decimal(value) for value in values]
    return sum(held, Decimal(0)) / len(held)


def average(rows: Iterable[Row], column: str) -> Decimal:
    """The average of a column over the rows that have a number there."""
    return mean(numbers(rows, column))


def middle(values: Iterable[Decimal | int]) -> Decimal:
    """The median."""
    return Decimal(median(Decimal(value) for value in values))


def spans(rows: Iterable[Row], start: str, end: str) -> list[int]:
    """Whole days between two columns, over the rows that have both."""
    pairs = ((day(row[start]), day(row[end])) for row in rows)
    return [(last - first).days for first, last in pairs if first and last]


def exact_days(rows: Iterable[Row], start: str, end: str) -> list[Decimal]:
    """Days between two moments to the minute, over the rows that have both."""
    held = [(datetime.fromisoformat(row[start]), datetime.fromisoformat(row[end])) for row in rows if row[start] and row[end]]
    return [Decimal((last - first).total_seconds()) / 86400 for first, last in held]


def later(row: Row, one: str, other: str) -> bool:
    """Whether one day of a row comes after another; false where either is missing."""
    first, last = day(row[one]), day(row[other])
    return first is not None and last is not None and first > last


def names(rows: Iterable[Row], column: str) -> frozenset[str]:
    """The values of a column, each once."""
    return frozenset(row[column] for row in rows)


def only(values: Mapping[Label, Worth], labels: Iterable[str]) -> dict[Label, Worth]:
    """Some of the groups."""
    return {label: values[label] for label in labels}
