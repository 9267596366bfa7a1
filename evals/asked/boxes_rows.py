"""What the truths about the maker of boxes share: its set of questions, the joins between its files, and amounts in 千元."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Listed, Plain, QuestionSet
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import iso

TODAY = date(2026, 5, 18)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("boxes_own", today=TODAY, written_by="own")
CLIENTS, PEOPLE, OFFERS, LINES, SENT = "客户档案", "人员表", "报价登记", "订单明细", "送货记录"
BILLS, CLAIMS, TOOLS, DIARY = "月结对账单", "客诉处理单", "刀版台账", "业务日报"
WORTH, OFFERED = "订单金额(元)", "报价金额(元)"
NAMES = ("客户简称", "客户全称", "客户代号")
WAITING = ("待客户回复", "打样中")


def thousands(build: Callable[[int], Plain | Each]) -> AnyOf:
    """An expectation about amounts that are written in 千元, in either unit; ``build`` gets what to multiply by."""
    return AnyOf((build(1), build(1000)))


def any_of(build: Callable[[list[Row]], Plain | Each], *choices: list[Row]) -> AnyOf:
    """One expectation for each choice of rows that the words allow."""
    return AnyOf(tuple(build(rows) for rows in choices))


def listed(rows: list[Row], *columns: str) -> AnyOf:
    """Records, by any one of the columns that may name them."""
    return AnyOf(tuple(Listed(frozenset(row[name] for row in rows), count=len(rows)) for name in columns))


def named(build: Callable[[str], Plain | Each]) -> AnyOf:
    """An expectation about clients, by any one of the columns that name them."""
    return AnyOf(tuple(build(name) for name in NAMES))


def with_client(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds the code of a client, with the columns of the client."""
    clients = raw.by(CLIENTS, "客户代号")
    return [{**clients[row["客户代号"]], **row} for row in raw[name]]


def lines(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lines of orders of a span, with the client and the person who took the order (``接单人``)."""
    people = raw.by(PEOPLE, "工号")
    rows = [{**row, "接单人": people[row["业务员工号"]]["姓名"], "月": iso(row["下单日期"])[:7]} for row in with_client(raw, LINES)]
    return [row for row in rows if first <= iso(row["下单日期"]) <= last]


def live(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lines that were not cancelled."""
    return [row for row in lines(raw, first, last) if row["进度"] != "已取消"]


def taken(raw: Raw, build: Callable[[list[Row]], Plain | Each], first: str = "2000-01-01", last: str = "2099-12-31") -> AnyOf:
    """An expectation about what was ordered in a span: cancelled lines may count or not."""
    return any_of(build, live(raw, first, last), lines(raw, first, last))


def papers(rows: Iterable[Row]) -> int:
    """How many orders there are, whatever the number of their lines."""
    return len({row["订单号"] for row in rows})


def worth(rows: Iterable[Row]) -> Decimal:
    """The value of lines of orders, in yuan."""
    return total(rows, WORTH)


def offers(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Quotations of a span, with the client."""
    return [row for row in with_client(raw, OFFERS) if first <= row["报价日期"] <= last]


def waiting(raw: Raw) -> list[Row]:
    """Quotations without a result yet."""
    return [row for row in offers(raw) if row["结果"] in WAITING]


def rates(rows: Iterable[Row]) -> tuple[Decimal, Decimal, Decimal]:
    """Quotations that became orders: of those with a yes or no, of those that are closed in any way, of all."""
    results = [row["结果"] for row in rows]
    won, lost, stale = (Decimal(results.count(name)) for name in ("已转单", "未采纳", "过期作废"))
    return won / (won + lost), won / (won + lost + stale), won / len(results)


def sent(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Deliveries of a span, with the line of the order that they belong to."""
    held = {(row["订单号"], row["项次"]): row for row in lines(raw)}
    return [{**held[(row["订单号"], row["项次"])], **row} for row in raw[SENT] if first <= iso(row["送货日期"]) <= last]


def claims(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Complaints of a span, with the line of the order that they are about."""
    held = {(row["订单号"], row["项次"]): row for row in lines(raw)}
    return [{**held[(row["订单号"], row["项次"])], **row} for row in raw[CLAIMS] if first <= iso(row["投诉日"]) <= last]


def owed(row: Row) -> Decimal:
    """What is still to come of a statement, in 千元."""
    return (number(row["应收(千元)"]) or Decimal(0)) - (number(row["实收(千元)"]) or Decimal(0))


def debts(rows: Iterable[Row]) -> Decimal:
    """What is still to come of statements, in 千元."""
    return sum((owed(row) for row in rows), Decimal(0))


def bills(raw: Raw) -> list[Row]:
    """Monthly statements, with the client."""
    return with_client(raw, BILLS)


def unpaid(raw: Raw) -> list[Row]:
    """Statements that are not paid, or not in full."""
    return [row for row in bills(raw) if row["结清情况"] != "已结清"]


def overdue(raw: Raw) -> list[Row]:
    """Those of them whose day has passed."""
    return [row for row in unpaid(raw) if row["到期日"] < NOW]


def diary(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Entries of the diary of a span, with the client, who is named by the short name."""
    held = raw.by(CLIENTS, "客户简称")
    return [{**held[row["客户"]], **row} for row in raw[DIARY] if first <= row["日期"] <= last]


def gap(first: str, last: str) -> int:
    """Days from one day as written to another."""
    begun, ended = day(first), day(last)
    if begun is None or ended is None:
        raise ValueError(f"no day: {first!r} or {last!r}")
    return (ended - begun).days
