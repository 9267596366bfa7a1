"""What the truths about the maker of pumps share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Figure, Label, QuestionSet
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import iso

TODAY = date(2025, 6, 18)
QUESTIONS = QuestionSet("pumps_own", today=TODAY, written_by="own")
WON, LOST = "已中标", "未中标"


def deals(raw: Raw) -> list[Row]:
    """Opportunities with the columns of their customer, product and owner; the owner's name is ``负责人`` (two share one: with number)."""
    customers, products, people = raw.by("客户台账", "客户全称"), raw.by("产品价目", "物料号"), raw.by("人员名册", "工号")
    return [{**customers[row["客户名称"]], **products[row["物料号"]], **row, "负责人": called(people[row["负责人工号"]])} for row in raw["项目机会"]]


def called(person: Row) -> str:
    """The name of a person, with the number where two share the name."""
    return f"王磊({person['工号']})" if person["姓名"] == "王磊" else person["姓名"]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won opportunities that closed in a span."""
    return [row for row in deals(raw) if row["项目阶段"] == WON and first <= iso(row["结案日期"]) <= last]


def still_open(raw: Raw) -> list[Row]:
    """Opportunities that are neither won nor lost."""
    return [row for row in deals(raw) if row["项目阶段"] not in (WON, LOST)]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["项目阶段"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of won opportunities."""
    return total(rows, "中标金额(元)")


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Decimal | int | float]) -> dict[Label, Decimal | int | float]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}


def in_ten_thousands(text: str) -> AnyOf:
    """An amount that is written in 万元, in either unit."""
    value = Decimal(text)
    return AnyOf((Figure(value), Figure(value * 10_000)))


def in_percent(value: float) -> AnyOf:
    """A value of a column that is written in per cent, as written or as a fraction."""
    return AnyOf((Figure(value), Figure(value / 100)))


def with_customer(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 客户编码, with the columns of the customer."""
    customers = raw.by("客户台账", "客户编码")
    return [{**customers[row["客户编码"]], **row} for row in raw[name]]


def with_product(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds 物料号, with the columns of the product."""
    products = raw.by("产品价目", "物料号")
    return [{**products[row["物料号"]], **row} for row in raw[name]]
