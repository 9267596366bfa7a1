"""Questions to the maker of boxes about deliveries, complaints, and its dies and plates."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.boxes_rows import (
    CLAIMS,
    NOW,
    QUESTIONS,
    SENT,
    TOOLS,
    claims,
    gap,
    named,
    sent,
    taken,
    with_client,
    worth,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column, iso, per


@QUESTIONS.asks("4月份开了多少张送货单，总共送了多少个？", "April: number of delivery notes and total pieces delivered")
def april(raw: Raw) -> Each:
    """Deliveries of April 2026."""
    rows = sent(raw, "2026-04-01", "2026-04-30")
    return Each((Figure(len(rows)), Figure(total(rows, "送货数(个)"))))


def late(row: Row) -> bool:
    """Whether a delivery came after the day that was asked for."""
    return gap(row["要求交期"], row["送货日期"]) > 0


@QUESTIONS.asks("去年送货准时率多少？送货日期不晚于要求交期就算准时", "on-time share of 2025 deliveries (送货日期 on or before 要求交期)")
def on_time(raw: Raw) -> Figure:
    """Deliveries of 2025 that were not late, of all."""
    rows = sent(raw, "2025-01-01", "2025-12-31")
    return Figure(Decimal(sum(not late(row) for row in rows)) / len(rows))


@QUESTIONS.asks("送了一个多月（超过30天）回单还没回来的送货单，列出来", "delivery notes older than 30 days whose 回单 is still 未回")
def no_receipt(raw: Raw) -> Listed:
    """Deliveries without a receipt after 30 days."""
    rows = [row for row in raw[SENT] if row["回单"] == "未回" and gap(row["送货日期"], NOW) > 30]
    return Listed(frozenset(row["送货单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("2025年被客户拒收了多少个，拒收率多少（占送货数）？", "pieces refused in 2025, and as a share of pieces delivered")
def refused(raw: Raw) -> Each:
    """Refused in 2025: pieces, and their share."""
    rows = sent(raw, "2025-01-01", "2025-12-31")
    return Each((Figure(total(rows, "拒收数(个)")), Figure(total(rows, "拒收数(个)") / total(rows, "送货数(个)"))))


@QUESTIONS.asks("去年的客诉，按问题分类各几起？", "2025 complaints by 问题")
def claims_by_kind(raw: Raw) -> Groups:
    """Complaints of 2025 by problem."""
    return Groups(per(claims(raw, "2025-01-01", "2025-12-31"), "问题", len))


@QUESTIONS.asks("还没结案的客诉单号给我列一列", "Which complaints are still open (no 结案日)?")
def open_claims(raw: Raw) -> Listed:
    """Complaints that are not closed."""
    rows = [row for row in raw[CLAIMS] if not row["结案日"]]
    return Listed(frozenset(row["客诉编号"] for row in rows), count=len(rows))


@QUESTIONS.asks("去年因为客诉一共给客户扣了多少款？", "How much did complaint deductions (扣款) cost us in 2025?")
def deducted(raw: Raw) -> AnyOf:
    """Deductions of 2025, by the day of the complaint or of its closing."""
    picks = ([row for row in raw[CLAIMS] if iso(row[name])[:4] == "2025"] for name in ("投诉日", "结案日"))
    return AnyOf(tuple(Figure(total(rows, "扣款(元)")) for rows in picks))


@QUESTIONS.asks("查得出责任工序的客诉里，印刷的占多少？", "of complaints with a 责任工序 on record, what share is down to printing (印刷)?")
def share_of_printing(raw: Raw) -> Figure:
    """Complaints of one step, of those that name one."""
    rows = [row for row in raw[CLAIMS] if row["责任工序"]]
    return Figure(Decimal(sum(row["责任工序"] == "印刷" for row in rows)) / len(rows))


@QUESTIONS.asks("客诉数今年1到4月和去年1到4月对比", "complaints Jan-Apr: 2026 vs 2025")
def claims_compared(raw: Raw) -> Compared:
    """Complaints from January to April of two years."""
    return Compared({year: len(claims(raw, f"{year}-01-01", f"{year}-04-30")) for year in ("2026", "2025")})


@QUESTIONS.asks("有过严重客诉的客户，今年总共还下了多少钱的单？", "2026 order value from customers who have ever filed a 严重 complaint")
def ordered_though(raw: Raw) -> AnyOf:
    """Value ordered in 2026 by clients with a severe complaint."""
    held = {row["客户代号"] for row in claims(raw) if row["程度"] == "严重"}
    return taken(raw, lambda rows: Figure(worth(row for row in rows if row["客户代号"] in held)), "2026-01-01")


@QUESTIONS.asks("在架版模里，累计用次已经到寿命八成以上的有哪几块？", "Tools 在架 that have used up at least 80 % of their 寿命次数")
def worn(raw: Raw) -> Listed:
    """Tools on the rack at 80 % or more of their life."""
    rows = [row for row in raw[TOOLS] if row["版况"] == "在架" and int(row["累计用次"]) >= 0.8 * int(row["寿命次数"])]
    return Listed(frozenset(row["版模编号"] for row in rows), count=len(rows))


@QUESTIONS.asks("各种版模平均开版费多少钱一块", "average 开版费 by kind of tool")
def mean_cost(raw: Raw) -> Groups:
    """Mean cost by kind."""
    return Groups(per(raw[TOOLS], "种类", lambda rows: average(column(rows, "开版费(元)"))))


@QUESTIONS.asks("哪家客户的刀版最多？", "Which customer has the largest number of dies and plates with us?")
def most_tools(raw: Raw) -> AnyOf:
    """Tools by client."""
    return named(lambda name: Ranked(per(with_client(raw, TOOLS), name, len)))


@QUESTIONS.asks("有没有烫金版已经报废的？", "Any 烫金版 scrapped so far?")
def foil_scrapped(raw: Raw) -> YesNo:
    """Foil plates that are scrap."""
    found = sum(row["种类"] == "烫金版" and row["版况"] == "报废" for row in raw[TOOLS])
    return YesNo(found > 0, found)
