"""What the truths about the maker of farm machinery share: its set of questions and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Label, Plain, QuestionSet
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import Worth, iso

TODAY = date(2026, 5, 20)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("farm_own", today=TODAY, written_by="own")
UNITS, STAFF, MODELS, WISHES, LINES = "往来单位档案", "营销人员名单", "机型价目表", "购机意向登记", "整机订单明细"
OWED, JOBS, DIARY, QUOTAS = "应收核销台账", "三包服务工单", "下乡日志", "季度任务分解"
GUESS, MONEY, DUE, CAME = "预估总价(万元)", "金额(元)", "应收(元)", "实收(元)"
WON, LOST = "成交", "战败"
ALWAYS = ("2000-01-01", "2099-12-31")
Y2024, Y2025, Y2026 = ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")
Span = tuple[str, str]


def amount(row: Row, name: str) -> Decimal:
    """The number of a column; nothing where it has none."""
    return number(row[name]) or Decimal(0)


def lines(raw: Raw, span: Span = ALWAYS) -> list[Row]:
    """Lines of orders by day of ordering, with the columns of unit and model; ``业务员`` is the name of the seller."""
    units, models, people = raw.by(UNITS, "往来编码"), raw.by(MODELS, "机型代码"), raw.by(STAFF, "工号")
    found = [{**units[row["往来编码"]], **models[row["机型代码"]], **row, "业务员": people[row["业务员工号"]]["姓名"]} for row in raw[LINES]]
    return [row for row in found if span[0] <= iso(row["下单日"]) <= span[1]]


def sold(raw: Raw, span: Span = ALWAYS) -> list[Row]:
    """Lines of orders that were not cancelled."""
    return [row for row in lines(raw, span) if row["行状态"] != "已取消"]


def waiting(raw: Raw) -> list[Row]:
    """Lines that still have to be built or shipped."""
    return [row for row in lines(raw) if row["行状态"] in ("待排产", "待发车")]


def either(raw: Raw, span: Span, build: Callable[[list[Row]], Plain]) -> AnyOf:
    """An expectation without the cancelled lines; with them counts as well, where the question doesn't say."""
    return AnyOf((build(sold(raw, span)), build(lines(raw, span))))


def wishes(raw: Raw) -> list[Row]:
    """Wishes to buy with the columns of unit and model."""
    units, models = raw.by(UNITS, "往来编码"), raw.by(MODELS, "机型代码")
    return [{**units[row["往来编码"]], **models[row["意向机型"]], **row} for row in raw[WISHES]]


def closed(raw: Raw, state: str, span: Span = ALWAYS) -> list[Row]:
    """Wishes that came true or were lost in a span."""
    return [row for row in wishes(raw) if row["当前节点"] == state and span[0] <= iso(row["结案日期"]) <= span[1]]


def still_open(raw: Raw) -> list[Row]:
    """Wishes that are neither."""
    return [row for row in wishes(raw) if row["当前节点"] not in (WON, LOST)]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    states = [row["当前节点"] for row in rows]
    return Decimal(states.count(WON)) / (states.count(WON) + states.count(LOST))


def owed(raw: Raw) -> list[Row]:
    """What is owed with the columns of the order and its unit; ``欠`` is what has not come in."""
    heads = {row["订单号"]: row for row in lines(raw)}
    return [{**heads[row["订单号"]], **row, "欠": str(amount(row, DUE) - amount(row, CAME))} for row in raw[OWED]]


def overdue(raw: Raw) -> list[Row]:
    """What should have come in before today."""
    return [row for row in owed(raw) if row["欠"] != "0" and iso(row["到期日"]) < NOW]


def jobs(raw: Raw, span: Span = ALWAYS) -> list[Row]:
    """Service jobs by day of report, with the columns of owner and model; ``服务站`` is the name of the dealer who went."""
    units, models = raw.by(UNITS, "往来编码"), raw.by(MODELS, "机型代码")
    found = [{**units[row["机主编码"]], **models[row["机型代码"]], **row, "服务站": units[row["派工服务站"]]["单位全称"]} for row in raw[JOBS]]
    return [row for row in found if span[0] <= iso(row["报修日"]) <= span[1]]


def diary(raw: Raw, span: Span = ALWAYS) -> list[Row]:
    """Calls and shows with the columns of the unit; ``谁`` is the name of who went."""
    units, people = raw.by(UNITS, "往来编码"), raw.by(STAFF, "工号")
    found = [{**units[row["对象编码"]], **row, "谁": people[row["工号"]]["姓名"]} for row in raw[DIARY]]
    return [row for row in found if span[0] <= row["日期"] <= span[1]]


def pieces(rows: Iterable[Row]) -> Decimal:
    """How many machines."""
    return total(rows, "台数")


def income(rows: Iterable[Row]) -> Decimal:
    """The value of lines, in yuan."""
    return total(rows, MONEY)


def cross(rows: Iterable[Row], first: str, second: str, value: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each pair of two columns."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        found.setdefault((row[first], row[second]), []).append(row)
    return {key: value(held) for key, held in found.items()}


def named(rows: Iterable[Row], name: str = "单位全称") -> frozenset[str]:
    """The values of a column."""
    return frozenset(row[name] for row in rows)
