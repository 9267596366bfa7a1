"""Questions to the company for lifts about calls for repair."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Figure, Groups, Listed, Ranked
from evals.asked.lift_rows import NOW, QUESTIONS, with_machine
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column, iso, middle, per

CALLS = "急修记录表"


def calls(raw: Raw, first: str, last: str = "2099-12-31") -> list[Row]:
    """Calls in a span, with the lift and the unit."""
    return [row for row in with_machine(raw) if first <= iso(row["报修时间"]) <= last]


@QUESTIONS.asks("今年到现在接了多少起急修？", "How many repair calls have come in this year?")
def this_year(raw: Raw) -> Figure:
    """Calls of 2025."""
    return Figure(len(calls(raw, "2025-01-01")))


@QUESTIONS.asks("今年困人的急修有几起，跟去年同期比呢？", "entrapment calls (是否困人 = 是) this year to date versus the same period last year")
def trapped(raw: Raw) -> Compared:
    """Calls with people trapped, from January to 19 September, 2025 and 2024."""
    spans = {"2025": calls(raw, "2025-01-01", NOW), "2024": calls(raw, "2024-01-01", "2024-09-19")}
    return Compared({name: sum(row["是否困人"] == "是" for row in rows) for name, rows in spans.items()})


@QUESTIONS.asks("困人的单子平均多少分钟到场？", "mean 到场用时 for 困人 calls, in minutes")
def arrival(raw: Raw) -> Figure:
    """Mean minutes to arrive where people are trapped."""
    return Figure(average(column((row for row in raw[CALLS] if row["是否困人"] == "是"), "到场用时(分钟)")))


@QUESTIONS.asks("急修里最常见的三种故障类型是什么？", "top 3 fault types by number of calls")
def faults(raw: Raw) -> Ranked:
    """Calls by fault."""
    return Ranked(per(raw[CALLS], "故障类型", len), top=3)


@QUESTIONS.asks("哪台设备报修次数最多？", "Which unit has had the most repair calls?")
def worst_lift(raw: Raw) -> Ranked:
    """Calls by lift."""
    return Ranked(per(raw[CALLS], "设备编号", len))


@QUESTIONS.asks("因设备老化造成的急修占多少比例", "share of repair calls whose 原因归属 is 设备老化")
def aged(raw: Raw) -> Figure:
    """Calls caused by age of all."""
    return Figure(sum(row["原因归属"] == "设备老化" for row in raw[CALLS]) / len(raw[CALLS]))


@QUESTIONS.asks("今年哪家使用单位报修最多？", "Which client raised the most repair calls this year?")
def worst_client(raw: Raw) -> Ranked:
    """Calls of 2025 by unit."""
    return Ranked(per(calls(raw, "2025-01-01"), "单位名称", len))


@QUESTIONS.asks("到场用时超过60分钟的急修有多少起？", "How many calls took us more than 60 minutes to arrive?")
def slow(raw: Raw) -> Figure:
    """Calls with more than 60 minutes to arrive."""
    return Figure(sum(int(row["到场用时(分钟)"]) > 60 for row in raw[CALLS]))


@QUESTIONS.asks("哪个处理人的用户评分平均分最低？", "按处理人算平均用户评分，垫底的是谁")
def lowest_mark(raw: Raw) -> Ranked:
    """Mean mark by worker, lowest first."""
    return Ranked(per((row for row in raw[CALLS] if row["用户评分"]), "处理人", lambda rows: average(column(rows, "用户评分"))), lowest=True)


@QUESTIONS.asks("今年每个月报修多少起", "repair calls by month, 2025")
def by_month(raw: Raw) -> Groups:
    """Calls of 2025 by month."""
    return Groups(per([{**row, "月": iso(row["报修时间"])[:7]} for row in calls(raw, "2025-01-01")], "月", len))


@QUESTIONS.asks("还没有修复时间的急修单有哪些？", "急修 tickets that still have no 修复时间 — list them")
def unmended(raw: Raw) -> Listed:
    """Calls without 修复时间."""
    rows = [row for row in raw[CALLS] if not row["修复时间"]]
    return Listed(frozenset(row["急修单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("2024年急修的配件费用一共花了多少？", "parts spend on repair calls in 2024")
def parts(raw: Raw) -> Figure:
    """Cost of parts in 2024."""
    return Figure(total(calls(raw, "2024-01-01", "2024-12-31"), "配件费用(元)"))


@QUESTIONS.asks("自动扶梯和乘客电梯，平均每台报修几次？", "repair calls per unit: 自动扶梯 vs 乘客电梯")
def calls_each(raw: Raw) -> AnyOf:
    """Calls over lifts of two types: of all lifts, or of those that had calls."""
    rows = with_machine(raw)
    found, held = per(rows, "设备类别", len), per(raw["电扶梯设备台账"], "设备类别", len)
    called = {name: len({row["设备编号"] for row in rows if row["设备类别"] == name}) for name in held}
    names = ("自动扶梯", "乘客电梯")
    return AnyOf(tuple(Compared({name: Decimal(found[name]) / Decimal(lifts[name]) for name in names}) for lifts in (held, called)))


@QUESTIONS.asks("停梯时长中位数是几个小时", "median downtime of a repair call, in hours")
def downtime(raw: Raw) -> AnyOf:
    """Median hours out of use."""
    value = middle(column((row for row in raw[CALLS] if row["停梯时长(小时)"]), "停梯时长(小时)"))
    return AnyOf((Figure(value), Figure(value / 24)))
