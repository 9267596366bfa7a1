"""What the truths about the seller of water treatment share: its set of questions, the joins between its files, and amounts in 万元."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from evals.asked.expecting import QuestionSet
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import iso

TODAY = date(2026, 3, 16)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("water_own", today=TODAY, written_by="own")
WON, LOST, OPEN = "已成交", "已丢单", "跟进中"
GUESS, SIGNED = "预计金额(万元)", "成交金额(万元)"
EVER, NEVER = "2000-01-01", "2099-12-31"


def with_unit(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds the code of a client, with the columns of the client."""
    units = raw.by("客户档案", "客户编码")
    return [{**units[row["客户编码"]], **row} for row in raw[name]]


def deals(raw: Raw) -> list[Row]:
    """Opportunities with the columns of their client."""
    return with_unit(raw, "商机跟踪台账")


def closed(raw: Raw, state: str, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Opportunities in a final state that were closed in a span."""
    return [row for row in deals(raw) if row["商机状态"] == state and first <= iso(row["结案日期"]) <= last]


def won(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Opportunities that were won in a span."""
    return closed(raw, WON, first, last)


def running(raw: Raw) -> list[Row]:
    """Opportunities that are being followed."""
    return [row for row in deals(raw) if row["商机状态"] == OPEN]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    states = [row["商机状态"] for row in rows]
    return Decimal(states.count(WON)) / (states.count(WON) + states.count(LOST))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of opportunities that were won, in 万元."""
    return total(rows, SIGNED)


def worth(row: Row) -> Decimal:
    """The estimate of an opportunity, in 万元; nothing where it has none."""
    return number(row[GUESS]) or Decimal(0)


def papers(raw: Raw) -> list[Row]:
    """Contracts with the columns of their client."""
    return with_unit(raw, "销售合同台账")


def with_paper(raw: Raw, name: str) -> list[Row]:
    """Rows of a file that holds the number of a contract, with the columns of the contract and its client."""
    held = {row["合同号"]: row for row in papers(raw)}
    return [{**held[row["合同号"]], **row} for row in raw[name]]


def sent(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Lines of delivery notes in a span."""
    return [row for row in with_paper(raw, "发货明细") if first <= row["发货日期"] <= last]


def bills(raw: Raw) -> list[Row]:
    """Invoices with their contract and client."""
    return with_paper(raw, "开票回款台账")


def late(raw: Raw) -> list[Row]:
    """Invoices that are due and for which nothing came in."""
    return [row for row in bills(raw) if row["核销状态"] == "未核销" and iso(row["应收到期日"]) < NOW]


def paid(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Invoices for which money came in, in a span."""
    return [row for row in bills(raw) if first <= iso(row["到账日期"]) <= last and row["到账日期"]]


def rounds(raw: Raw, first: str = EVER, last: str = NEVER) -> list[Row]:
    """Inspections in a span, with the client."""
    return [row for row in with_unit(raw, "现场巡检记录") if first <= row["巡检日期"] <= last]


def failed(rows: list[Row]) -> Decimal:
    """The share of inspections that were judged 超标."""
    return Decimal(sum(row["水质判定"] == "超标" for row in rows)) / len(rows)
