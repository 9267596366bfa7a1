"""What the truths about the maker of packaging machines share: its set of questions, the joins between its files, and spans of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import Figure, Label, Listed, QuestionSet
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import Worth, iso

TODAY = date(2025, 11, 10)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("signs_own", today=TODAY, written_by="own")
WON, LOST, SHELVED = "已成交", "已丢单", "已搁置"
GUESS, VALUE, DUE, CAME = "预计金额(万元)", "合同总额(元)", "应收金额(元)", "到款金额(元)"


def deals(raw: Raw) -> list[Row]:
    """Projects with the columns of their plant; ``业务员`` is the name of the one who runs them."""
    plants, people = raw.by("客户档案", "客户编码"), raw.by("员工名册", "工号")
    return [{**plants[row["客户编码"]], **row, "业务员": people[row["业务员工号"]]["姓名"]} for row in raw["项目跟踪表"]]


def still_open(raw: Raw) -> list[Row]:
    """Projects without a result."""
    return [row for row in deals(raw) if row["当前阶段"] not in (WON, LOST, SHELVED)]


def closed(raw: Raw, stage: str, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Projects that came to one end in a span."""
    return [row for row in deals(raw) if row["当前阶段"] == stage and first <= iso(row["结案日期"]) <= last]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["当前阶段"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def rate_of_all(rows: Iterable[Row]) -> Decimal:
    """Won of won, lost and shelved."""
    stages = [row["当前阶段"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST) + stages.count(SHELVED))


def pacts(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Contracts signed in a span, with the columns of their project and plant."""
    projects = {row["项目号"]: row for row in deals(raw)}
    return [{**projects[row["项目号"]], **row} for row in raw["合同台账"] if first <= iso(row["签订日期"]) <= last]


def dues(raw: Raw) -> list[Row]:
    """Instalments with the columns of their contract and plant."""
    held = {row["合同号"]: row for row in pacts(raw)}
    return [{**held[row["合同号"]], **row} for row in raw["分期收款表"]]


def overdue(raw: Raw) -> list[Row]:
    """Instalments that were due before today and have not come in."""
    return [row for row in dues(raw) if not row["到款日期"] and row["应收日期"] < NOW]


def receipts(raw: Raw, first: str, last: str = "2099-12-31") -> list[Row]:
    """Instalments that came in within a span."""
    return [row for row in dues(raw) if first <= row["到款日期"] <= last]


def cases(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Complaints that came in within a span, with the columns of their contract, project and plant."""
    held = {row["合同号"]: row for row in pacts(raw)}
    return [{**held[row["合同号"]], **row} for row in raw["客诉登记"] if first <= iso(row["受理日期"]) <= last]


def seen(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Visits in a span, with the columns of the plant."""
    plants = raw.by("客户档案", "客户编码")
    return [{**plants[row["客户编码"]], **row} for row in raw["拜访日志"] if first <= iso(row["拜访日期"]) <= last]


def came_in(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Leads of a span, with the office of the one they went to."""
    people = raw.by("员工名册", "姓名")
    return [{**row, "办事处": people[row["分派业务员"]]["所属办事处"]} for row in raw["线索登记"] if first <= iso(row["登记日期"]) <= last]


def per(rows: Iterable[Row], name: str, value: Callable[[list[Row]], Worth] = len) -> dict[Label, Worth]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: value(held) for key, held in found.items()}


def value(rows: Iterable[Row]) -> Decimal:
    """The value of contracts, in yuan."""
    return total(rows, VALUE)


def guess(rows: Iterable[Row]) -> Decimal:
    """The estimates of projects, in 万元."""
    return total(rows, GUESS)


def amount(row: Row, name: str) -> Decimal:
    """A number of a row; nothing where it has none."""
    return number(row[name]) or Decimal(0)


def listed(rows: Iterable[Row], name: str) -> Listed:
    """Records by a column."""
    names = [row[name] for row in rows]
    return Listed(frozenset(names), count=len(names))


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth
