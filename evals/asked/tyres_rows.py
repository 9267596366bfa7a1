"""What the truths about the wholesaler of truck tyres share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Label, Plain, QuestionSet
from evals.asked.raw import Raw, Row, number
from evals.asked.tallies import Worth, iso, per

TODAY = date(2026, 3, 16)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("tyres_own", today=TODAY, written_by="own")
WON, LOST, CANCELLED = "成交", "丢单", "已取消"
QUOTE, PRICE, AMOUNT, DUE, PAID = "报价(元)", "成交价(元)", "订单金额(元)", "应收金额(元)", "实收金额(元)"
EVER, NEVER = "2000-01-01", "2099-12-31"


def called(person: Row) -> str:
    """The name of a person, with the number where two share the name."""
    return f"李军({person['工号']})" if person["姓名"] == "李军" else person["姓名"]


def joined(raw: Raw, name: str, column: str = "") -> list[Row]:
    """Rows of a file with the columns of their customer; ``谁`` is the name of the person in ``column``."""
    clients, people = raw.by("客户档案", "客户编码"), raw.by("业务人员", "工号")
    return [{**clients[row["客户编码"]], **row, "谁": called(people[row[column]]) if column else ""} for row in raw[name]]


def deals(raw: Raw) -> list[Row]:
    """Opportunities."""
    return joined(raw, "商机台账", "跟单人工号")


def won(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Opportunities that were won in a span."""
    return [row for row in deals(raw) if row["当前进度"] == WON and first <= iso(row["结案日期"]) <= last]


def lost(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Opportunities that were lost in a span."""
    return [row for row in deals(raw) if row["当前进度"] == LOST and first <= iso(row["结案日期"]) <= last]


def pending(raw: Raw) -> list[Row]:
    """Opportunities that are neither won nor lost."""
    return [row for row in deals(raw) if row["当前进度"] not in (WON, LOST)]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["当前进度"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def orders(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Orders placed in a span, cancelled ones too."""
    return [row for row in joined(raw, "销售订单", "业务员工号") if first <= row["下单日期"] <= last]


def live(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Orders placed in a span that were not cancelled."""
    return [row for row in orders(raw, first, last) if row["订单状态"] != CANCELLED]


def either(raw: Raw, build: Callable[[list[Row]], Plain], first: str = EVER, last: str = NEVER) -> AnyOf:
    """An expectation about orders where the words leave open whether those that were cancelled count."""
    return AnyOf((build(live(raw, first, last)), build(orders(raw, first, last))))


def receivables(raw: Raw) -> list[Row]:
    """What falls due, with the columns of its order and customer."""
    sold = {row["订单号"]: row for row in orders(raw)}
    return [{**sold[row["订单号"]], **row} for row in raw["回款登记"]]


def overdue(raw: Raw) -> list[Row]:
    """What was due before today, and nothing has come in."""
    return [row for row in receivables(raw) if not row["实收日期"] and iso(row["应收日期"]) < NOW]


def received(raw: Raw, first: str, last: str = NEVER) -> list[Row]:
    """What came in, in a span."""
    return [row for row in receivables(raw) if row["实收日期"] and first <= iso(row["实收日期"]) <= last]


def agreements(raw: Raw) -> list[Row]:
    """Yearly agreements."""
    return joined(raw, "框架协议", "签约人工号")


def running(raw: Raw) -> list[Row]:
    """Yearly agreements that are in force."""
    return [row for row in agreements(raw) if row["协议状态"] == "执行中"]


def claims(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Claims that were received in a span."""
    return [row for row in joined(raw, "理赔单") if first <= iso(row["受理时间"]) <= last]


def visits(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Calls on customers in a span."""
    return [row for row in joined(raw, "拜访记录", "拜访人工号") if first <= iso(row["拜访日期"]) <= last]


def worth(row: Row, column: str) -> Decimal:
    """The number in a column, nothing where it has none."""
    return number(row[column]) or Decimal(0)


def monthly(rows: Iterable[Row], column: str, value: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each month of a date."""
    return per([{**row, "月": iso(row[column])[:7]} for row in rows], "月", value)


def find(rows: Iterable[Row], column: str, value: str) -> Row:
    """The one row with a value."""
    (row,) = [row for row in rows if row[column] == value]
    return row
