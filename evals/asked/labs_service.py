"""Questions to the distributor of laboratory instruments about its service tickets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from evals.asked.expecting import AnyOf, Figure, Groups, Listed, Ranked
from evals.asked.labs_rows import QUESTIONS, Worth, between, per, services
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, column


def exact(row: Row) -> Decimal | None:
    """Days from taking a ticket to its end, to the minute."""
    if not row["完成时间"]:
        return None
    begun, ended = (datetime.strptime(row[name], "%Y/%m/%d %H:%M") for name in ("受理时间", "完成时间"))
    return Decimal((ended - begun).total_seconds()) / 86_400


def repairs(raw: Raw, year: str = "") -> list[Row]:
    """Tickets for repairs, of a year where one is given."""
    rows = services(raw, f"{year}-01-01", f"{year}-12-31") if year else services(raw)
    return [row for row in rows if row["服务类型"] == "维修"]


@QUESTIONS.asks("去年维修单按仪器产品线各多少", "2024 repair tickets per product line")
def repairs_by_line(raw: Raw) -> Groups:
    """Repairs of 2024 by product line."""
    return Groups(per(repairs(raw, "2024"), "仪器产品线", len))


@QUESTIONS.asks("还没完成的服务单有哪些？", "Which service tickets are still unfinished?")
def unfinished(raw: Raw) -> Listed:
    """Tickets without an end."""
    rows = [row for row in services(raw) if not row["完成时间"]]
    return Listed(frozenset(row["服务单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("维修单从受理到完成平均要多长时间？", "Average turnaround of a 维修 ticket?")
def turnaround(raw: Raw) -> AnyOf:
    """Mean time of repairs, to the minute or in days of the calendar."""
    rows = repairs(raw)
    return AnyOf((Figure(average(exact(row) for row in rows)), Figure(average(between(row, "受理时间", "完成时间") for row in rows))))


@QUESTIONS.asks("哪位工程师修东西最快？就看维修单平均用时", "which engineer has the shortest average repair time")
def fastest(raw: Raw) -> AnyOf:
    """Mean time of repairs by engineer, shortest first."""
    done = [row for row in repairs(raw) if row["完成时间"]]
    minute = per(done, "员工", lambda rows: average(exact(row) for row in rows))
    calendar = per(done, "员工", lambda rows: average(between(row, "受理时间", "完成时间") for row in rows))
    return AnyOf((Ranked(minute, lowest=True), Ranked(calendar, lowest=True)))


@QUESTIONS.asks("今年保外服务收了多少费用？", "out-of-warranty (保外) service fees charged this year")
def fees(raw: Raw) -> Figure:
    """Fees of tickets of 2025 out of warranty."""
    return Figure(total((row for row in services(raw, "2025-01-01") if row["保修"] == "保外"), "收费(元)"))


def _score(rows: list[Row]) -> Worth:
    return average(column(rows, "客户评分"))


@QUESTIONS.asks("客户评分最高的工程师是谁，平均几分", "Which engineer gets the best average 客户评分?")
def best_engineer(raw: Raw) -> Ranked:
    """Mean score by engineer."""
    return Ranked(per(services(raw), "员工", _score))


@QUESTIONS.asks("维修单里换了备件的占多少？", "what percent of repair tickets needed 更换备件?")
def parts(raw: Raw) -> Figure:
    """Repairs with a part of all repairs."""
    rows = repairs(raw)
    return Figure(Decimal(sum(row["更换备件"] == "是" for row in rows)) / len(rows))


@QUESTIONS.asks("哪家客户报修最多", "报修次数最多的客户，修了几次？")
def most_repairs(raw: Raw) -> Ranked:
    """Repairs by customer."""
    return Ranked(per(repairs(raw), "客户全称", len))


@QUESTIONS.asks("评分只给1分或2分的服务单，今年有多少张？", "how many tickets this year were rated 2 or below")
def bad(raw: Raw) -> Figure:
    """Tickets of 2025 with at most two points."""
    return Figure(sum(0 < (number(row["客户评分"]) or 0) <= 2 for row in services(raw, "2025-01-01")))


@QUESTIONS.asks("液质联用仪累计报修了几次", "液质联用仪: total repair tickets ever")
def mass_spec(raw: Raw) -> Figure:
    """Repairs of one kind of instrument."""
    return Figure(sum(row["仪器名称"] == "液质联用仪" for row in repairs(raw)))


@QUESTIONS.asks("王立上个月接了几单？", "王立 last month: how many tickets?")
def wang_li(raw: Raw) -> Figure:
    """Tickets of one engineer in October 2025."""
    return Figure(sum(row["员工"] == "王立" for row in services(raw, "2025-10-01", "2025-10-31")))


@QUESTIONS.asks("23年、24年、25年每年各做了多少次校准？", "calibrations (校准) per year")
def calibrations(raw: Raw) -> Groups:
    """Calibrations by year."""
    return Groups({year: sum(row["服务类型"] == "校准" for row in services(raw, f"{year}-01-01", f"{year}-12-31")) for year in ("2023", "2024", "2025")})
