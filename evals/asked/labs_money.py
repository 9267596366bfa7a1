"""Questions to the distributor of laboratory instruments about what is due, what came in, and quotations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked
from evals.asked.labs_rows import CAME, DUE, NOW, QUESTIONS, QUOTES, between, came_in, dues, months, overdue, per, still_open
from evals.asked.raw import Raw, day, number, total
from evals.asked.tallies import average, column, iso


@QUESTIONS.asks("现在逾期没到账的款一共多少笔、多少钱？", "Overdue receivables right now: number of instalments and total amount")
def overdue_now(raw: Raw) -> Each:
    """Count and amount of what is overdue."""
    rows = overdue(raw)
    return Each((Figure(len(rows)), Figure(total(rows, DUE))))


@QUESTIONS.asks("逾期超过90天还没收回来的钱有多少", "total still unpaid more than 90 days past its 应收日期")
def overdue_long(raw: Raw) -> Figure:
    """Amount due more than 90 days ago."""
    return Figure(total((row for row in overdue(raw) if iso(row["应收日期"]) < "2025-08-19"), DUE))


@QUESTIONS.asks("欠款（已逾期）最多的客户是哪家？", "which customer owes us the most in overdue money")
def worst_payer(raw: Raw) -> Ranked:
    """Overdue amount by customer."""
    return Ranked(per(overdue(raw), "客户全称", lambda rows: total(rows, DUE)))


@QUESTIONS.asks("逾期应收挂在谁签的合同上最多？前三位", "Top three reps by overdue receivables on contracts they signed")
def worst_reps(raw: Raw) -> Ranked:
    """Overdue amount by person who signed."""
    return Ranked(per(overdue(raw), "员工", lambda rows: total(rows, DUE)), top=3)


@QUESTIONS.asks("今年实际到账多少钱", "how much cash has actually landed since January?")
def received(raw: Raw) -> Figure:
    """What came in in 2025."""
    return Figure(total(came_in(raw, "2025-01-01"), CAME))


@QUESTIONS.asks("今年上半年每个月的到账金额走势", "回款按月看，2025年1到6月")
def received_monthly(raw: Raw) -> Groups:
    """What came in from January to June 2025, by month."""
    return Groups(per(months(came_in(raw, "2025-01-01", "2025-06-30"), "到账日期"), "月", lambda rows: total(rows, CAME)))


@QUESTIONS.asks("应收日期在本月、还没到账的有多少钱？", "how much is due in November and hasn't been paid yet")
def due_this_month(raw: Raw) -> Figure:
    """Due in November 2025, not come in."""
    return Figure(total((row for row in dues(raw) if iso(row["应收日期"]).startswith("2025-11") and not row["到账日期"]), DUE))


@QUESTIONS.asks("医院和第三方检测比，到账平均比应收日晚几天？", "Average days between 应收日期 and 到账日期: 医院 versus 第三方检测")
def slow_payers(raw: Raw) -> Compared:
    """Days from due to paid, of two kinds of customers."""
    found = per((row for row in dues(raw) if row["到账日期"]), "客户类型", lambda rows: average(between(row, "应收日期", "到账日期") for row in rows))
    return Compared({name: found[name] for name in ("医院", "第三方检测")})


@QUESTIONS.asks("还没收回来的质保金总共多少")
def retention(raw: Raw) -> AnyOf:
    """Retention money that hasn't come in: all of it, or only what is due."""
    rows = [row for row in dues(raw) if row["款项"] == "质保金" and not row["到账日期"]]
    return AnyOf((Figure(total(rows, DUE)), Figure(total((row for row in rows if iso(row["应收日期"]) < NOW), DUE))))


@QUESTIONS.asks("已经逾期、但票都还没开的有几笔？", "overdue instalments not yet invoiced (未开), count")
def uninvoiced(raw: Raw) -> Figure:
    """Overdue and not invoiced."""
    return Figure(sum(row["开票"] == "未开" for row in overdue(raw)))


@QUESTIONS.asks("走国库支付到账的钱占全部到账的比例是？", "share of received money that came through 国库支付")
def treasury(raw: Raw) -> Figure:
    """What came in through the treasury of all."""
    rows = [row for row in dues(raw) if row["到账日期"]]
    return Figure(total((row for row in rows if row["付款方式"] == "国库支付"), CAME) / total(rows, CAME))


@QUESTIONS.asks("2024年应收的款，到现在收回了百分之多少？", "Of the money due in 2024, what percentage has been collected by now?")
def collected(raw: Raw) -> Figure:
    """What came in of what was due in 2024."""
    rows = [row for row in dues(raw) if iso(row["应收日期"]).startswith("2024")]
    return Figure(total((row for row in rows if row["到账日期"]), CAME) / total(rows, DUE))


@QUESTIONS.asks("审批中的报价还有几份", "哪些报价单还卡在审批中？有几个")
def pending(raw: Raw) -> AnyOf:
    """Quotations that wait for approval."""
    rows = [row for row in raw[QUOTES] if row["审批结果"] == "审批中"]
    names = frozenset(row["报价单号"] for row in rows)
    return AnyOf((Figure(len(rows)), Figure(len(names)), Listed(names, count=len(rows)), Listed(names)))


@QUESTIONS.asks(
    "今年做的报价里被驳回的占多少（按版本算，审批中的也算在分母里）",
    "of all quotation versions dated this year, pending included, what fraction was 驳回?",
)
def rejected(raw: Raw) -> Figure:
    """Rejected versions of 2025 of all."""
    rows = [row for row in raw[QUOTES] if iso(row["报价日期"]) >= "2025-01-01"]
    return Figure(Decimal(sum(row["审批结果"] == "驳回" for row in rows)) / len(rows))


@QUESTIONS.asks("今年报价平均打几折？", "average 折扣(%) on quotations dated 2025")
def discount(raw: Raw) -> AnyOf:
    """Mean discount of versions of 2025, in percent as written or as a fraction."""
    found = average(column((row for row in raw[QUOTES] if iso(row["报价日期"]) >= "2025-01-01"), "折扣(%)"))
    return AnyOf((Figure(found / 100), Figure(found), Figure(found / 10)))


@QUESTIONS.asks("改到V4的报价单有哪些", "which quotations got as far as version V4?")
def fourth(raw: Raw) -> Listed:
    """Quotations with a fourth version."""
    rows = [row for row in raw[QUOTES] if row["版本"] == "V4"]
    return Listed(frozenset(row["报价单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("BJ-2024-150的V3报了多少钱，有效期到哪天？", "BJ-2024-150 V3 — quoted amount and valid until when?")
def one_quote(raw: Raw) -> Each:
    """Amount and last day of one version."""
    row = next(row for row in raw[QUOTES] if (row["报价单号"], row["版本"]) == ("BJ-2024-150", "V3"))
    return Each((Figure(number(row["报价金额(元)"])), Figure(day(row["报价有效期至"]))))


@QUESTIONS.asks("逾期的钱，华东华南华北西南各压了多少", "overdue amount per 大区")
def overdue_areas(raw: Raw) -> Groups:
    """Overdue amount by area."""
    return Groups(per(overdue(raw), "大区", lambda rows: total(rows, DUE)))


@QUESTIONS.asks("S级客户里，有逾期款的是哪几家？", "S-grade customers with anything overdue — names please")
def late_best(raw: Raw) -> Listed:
    """Customers of grade S with something overdue."""
    return Listed(frozenset(row["客户全称"] for row in overdue(raw) if row["客户等级"] == "S"))


def delays(raw: Raw) -> dict[Label, float | Decimal | int]:
    """Days from due to paid, by kind of instalment."""
    return per((row for row in dues(raw) if row["到账日期"]), "款项", lambda rows: average(between(row, "应收日期", "到账日期") for row in rows))


@QUESTIONS.asks("哪种款项拖得最久才到账，平均算？")
def slowest_kind(raw: Raw) -> Ranked:
    """Days from due to paid, by kind of instalment."""
    return Ranked(delays(raw))


@QUESTIONS.asks("逾期拖得最久的那笔款，是哪份合同的？", "Contract number of the receivable that has been overdue longest?")
def oldest(raw: Raw) -> Ranked:
    """Contracts by their first overdue day, earliest first."""
    found: dict[Label, date] = {}
    for row in overdue(raw):
        if due := day(row["应收日期"]):
            found[row["合同号"]] = min(due, found.get(row["合同号"], due))
    return Ranked(found, lowest=True)


@QUESTIONS.asks("一边欠着逾期款、一边还有在推机会的客户，数一下有几家", "customers that have overdue money and an open opportunity at the same time: count")
def both(raw: Raw) -> Figure:
    """Customers with something overdue and an open opportunity."""
    return Figure(len({row["客户编码"] for row in overdue(raw)} & {row["客户编码"] for row in still_open(raw)}))


@QUESTIONS.asks("按客户类型排今年的到账金额，第三名是哪类？", "third-largest 客户类型 by cash received in 2025")
def third_kind(raw: Raw) -> Ranked:
    """What came in in 2025 by kind of customer, the third."""
    return Ranked(per(came_in(raw, "2025-01-01"), "客户类型", lambda rows: total(rows, CAME)), place=3)
