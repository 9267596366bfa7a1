"""What the truths about the maker of windows and curtain walls share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Label, Listed, Plain, QuestionSet
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import iso

TODAY = date(2025, 8, 20)
QUESTIONS = QuestionSet("build_own", today=TODAY, written_by="own")
WON, LOST = "中标", "落标"
NOW = TODAY.isoformat()
Value = Decimal | int | float


def clients(raw: Raw) -> list[Row]:
    """The accounts."""
    return raw["甲方名录"]


def deals(raw: Raw) -> list[Row]:
    """Quoted projects with the columns of their client and seller."""
    found, people = raw.by("甲方名录", "甲方代码"), raw.by("花名册", "姓名")
    return [{**people[row["业务员"]], **found[row["甲方代码"]], **row} for row in raw["报价项目"]]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won projects that were decided in a span."""
    return [row for row in deals(raw) if row["进展"] == WON and first <= iso(row["定标日期"]) <= last]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lost projects that were decided in a span."""
    return [row for row in deals(raw) if row["进展"] == LOST and first <= iso(row["定标日期"]) <= last]


def decided(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won and lost projects that were decided in a span."""
    return won(raw, first, last) + lost(raw, first, last)


def still_open(raw: Raw) -> list[Row]:
    """Projects that are neither won nor lost."""
    return [row for row in deals(raw) if row["进展"] not in (WON, LOST)]


def contracts(raw: Raw) -> list[Row]:
    """Contracts with the columns of their project, client and seller."""
    found = {row["报价单号"]: row for row in deals(raw)}
    return [{**found[row["报价单号"]], **row} for row in raw["签约合同"]]


def signed(raw: Raw, first: str, last: str) -> list[Row]:
    """Contracts signed in a span."""
    return [row for row in contracts(raw) if first <= iso(row["签约日期"]) <= last]


def under_contract(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 合同号, with the columns of the contract."""
    found = {row["合同号"]: row for row in contracts(raw)}
    return [{**found[row["合同号"]], **row} for row in raw[name]]


def with_client(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 甲方代码, with the columns of the client."""
    found = raw.by("甲方名录", "甲方代码")
    return [{**found[row["甲方代码"]], **row} for row in raw[name]]


def spanning(rows: Iterable[Row], name: str, first: str, last: str) -> list[Row]:
    """Rows whose day lies in a span."""
    return [row for row in rows if row[name] and first <= iso(row[name]) <= last]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    states = [row["进展"] for row in rows]
    return Decimal(states.count(WON)) / (states.count(WON) + states.count(LOST))


def share(part: Iterable[object], whole: Iterable[object]) -> Decimal:
    """The count of one over the count of the other."""
    return Decimal(len(list(part))) / len(list(whole))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of won projects, in 万元."""
    return total(rows, "中标价(万元)")


def quoted(rows: Iterable[Row]) -> Decimal:
    """The quoted value, in 万元."""
    return total(rows, "报价(万元)")


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Value]) -> dict[Label, Value]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}


def crossed(rows: Iterable[Row], first: str, second: str, value: Callable[[list[Row]], Value]) -> Groups:
    """A value for each pair of two columns."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        found.setdefault((row[first], row[second]), []).append(row)
    return Groups({key: value(held) for key, held in found.items()})


def by_month(rows: Iterable[Row], name: str) -> list[Row]:
    """Rows with the month of a day as ``月``."""
    return [{**row, "月": iso(row[name])[:7]} for row in rows]


def by_quarter(rows: Iterable[Row], name: str) -> list[Row]:
    """Rows with the calendar quarter of a day as ``季``."""
    return [{**row, "季": f"{iso(row[name])[:4]}-Q{(int(iso(row[name])[5:7]) + 2) // 3}"} for row in rows]


def times(values: dict[Label, Value], factor: int) -> dict[Label, Value]:
    """Each value times a factor."""
    return {key: value * factor for key, value in values.items()}


def wan(build: Callable[[int], Plain | Each]) -> AnyOf:
    """An expectation about amounts that are written in 万元, in either unit."""
    return AnyOf((build(1), build(10_000)))


def money(value: Decimal | float) -> AnyOf:
    """One amount that is written in 万元, in either unit."""
    return AnyOf((Figure(value), Figure(value * 10_000)))


def percent(value: float) -> AnyOf:
    """A value of a column that is written in per cent, as written or as a fraction."""
    return AnyOf((Figure(value), Figure(value / 100)))


def listed(rows: Iterable[Row], name: str) -> Listed:
    """Records by a column, with their count."""
    held = [row[name] for row in rows]
    return Listed(frozenset(held), count=len(held))
