"""What the truths about the company for lifts share: its set of questions, the joins between its files, and amounts in 万元."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import QuestionSet
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import iso

TODAY = date(2025, 9, 19)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("lift_own", today=TODAY, written_by="own")
WON, LOST = "已签约", "已落标"
GUESS, SIGNED = "预估金额(万元)", "签约金额(万元)"


def called(person: Row) -> str:
    """The name of a person, with the number where two share the name."""
    return f"陈伟({person['职工编号']})" if person["姓名"] == "陈伟" else person["姓名"]


def deals(raw: Raw) -> list[Row]:
    """Projects with the columns of their client unit; ``责任人`` is the name of the one who answers for them."""
    units, people = raw.by("客户单位信息表", "单位代码"), raw.by("营销人员花名册", "职工编号")
    return [{**units[row["业主单位代码"]], **row, "责任人": called(people[row["责任人编号"]])} for row in raw["项目信息登记表"]]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Projects that were signed in a span."""
    return [row for row in deals(raw) if row["项目进展"] == WON and first <= iso(row["办结日期"]) <= last]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Projects that were lost in a span."""
    return [row for row in deals(raw) if row["项目进展"] == LOST and first <= iso(row["办结日期"]) <= last]


def still_open(raw: Raw) -> list[Row]:
    """Projects that are neither signed nor lost."""
    return [row for row in deals(raw) if row["项目进展"] not in (WON, LOST)]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["项目进展"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of signed projects, in 万元."""
    return total(rows, SIGNED)


def worth(row: Row) -> Decimal:
    """The estimate of a project, in 万元; nothing where it has none."""
    return number(row[GUESS]) or Decimal(0)


def with_unit(raw: Raw, name: str, column: str = "单位代码") -> list[Row]:
    """Rows of a file that holds the code of a client unit, with the columns of the unit."""
    units = raw.by("客户单位信息表", "单位代码")
    return [{**units[row[column]], **row} for row in raw[name]]


def with_machine(raw: Raw) -> list[Row]:
    """Repair calls with the columns of their lift and of the unit that uses it."""
    machines = {row["设备编号"]: row for row in with_unit(raw, "电扶梯设备台账", "使用单位代码")}
    return [{**machines[row["设备编号"]], **row} for row in raw["急修记录表"]]


def with_staff(raw: Raw, name: str, column: str) -> list[Row]:
    """Rows of a file that holds the number of a person, who is ``责任人``."""
    people = raw.by("营销人员花名册", "职工编号")
    return [{**row, "责任人": called(people[row[column]])} for row in raw[name]]
