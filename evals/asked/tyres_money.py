"""Questions to the wholesaler of truck tyres about what is owed, its yearly agreements, and claims for broken tyres."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, days, iso, per, summed, times, wan
from evals.asked.tyres_rows import DUE, NOW, PAID, QUESTIONS, agreements, claims, find, live, orders, overdue, receivables, received, running, worth

WORTH = "协议总额(万元)"


@QUESTIONS.asks("应收日期过了、到现在一分钱没收到的款有几笔，合计多少？", "Receivables past due with nothing received yet: how many, and how much in total?")
def overdue_now(raw: Raw) -> Each:
    """Count and amount of what is overdue and wholly unpaid."""
    return Each((Figure(len(overdue(raw))), Figure(total(overdue(raw), DUE))))


@QUESTIONS.asks("逾期没付的，哪家客户欠得最多？", "Who owes us the most in overdue payments?")
def worst_debtor(raw: Raw) -> AnyOf:
    """Overdue by customer: what is wholly unpaid, or with what is left of the part-paid."""
    held = [row for row in receivables(raw) if iso(row["应收日期"]) < NOW and worth(row, PAID) < worth(row, DUE)]
    left = per(held, "客户名称", lambda rows: total(rows, DUE) - total(rows, PAID))
    return AnyOf((Ranked(per(overdue(raw), "客户名称", summed(DUE))), Ranked(left)))


@QUESTIONS.asks("上个月回款多少？", "How much cash did we collect last month?")
def cash_last_month(raw: Raw) -> Figure:
    """Received in February 2026."""
    return Figure(total(received(raw, "2026-02-01", "2026-02-28"), PAID))


@QUESTIONS.asks("2025年实际收到的钱，按收款方式拆开", "2025 money received split by 收款方式")
def cash_by_way(raw: Raw) -> Groups:
    """Received in 2025 by way."""
    return Groups(per(received(raw, "2025-01-01", "2025-12-31"), "收款方式", summed(PAID)))


@QUESTIONS.asks("客户付款平均比应收日期晚几天（提前付的按负数算）", "average days from due date to payment, early ones counting as negative")
def days_late(raw: Raw) -> Figure:
    """Mean days from due to paid."""
    return Figure(average(days(row, "应收日期", "实收日期") for row in receivables(raw)))


@QUESTIONS.asks("逾期60天以上还没收到钱的回款有几笔", "unpaid receivables more than 60 days overdue: count")
def long_overdue(raw: Raw) -> Figure:
    """Due before 2026-01-15, and nothing came."""
    return Figure(sum(iso(row["应收日期"]) < "2026-01-15" for row in overdue(raw)))


@QUESTIONS.asks("今天起到月底，还有多少应收款要到期？几笔、多少钱", "从3月16号到3月31号应收的款，没收到的有几笔，金额合计？")
def due_this_month(raw: Raw) -> Each:
    """Due from today to the end of March, unpaid."""
    rows = [row for row in receivables(raw) if not row["实收日期"] and NOW <= iso(row["应收日期"]) <= "2026-03-31"]
    return Each((Figure(len(rows)), Figure(total(rows, DUE))))


@QUESTIONS.asks("今年以来四个大区各回了多少款？", "cash collected year-to-date per 大区")
def cash_by_region(raw: Raw) -> Groups:
    """Received in 2026 by region."""
    return Groups(per(received(raw, "2026-01-01"), "大区", summed(PAID)))


@QUESTIONS.asks("实收比应收少的回款记录有多少笔？没付的不算", "payments that came in short (实收 below 应收), how many? ignore the unpaid ones")
def short_paid(raw: Raw) -> Figure:
    """Paid, but less than was due."""
    return Figure(sum(bool(row["实收日期"]) and worth(row, PAID) < worth(row, DUE) for row in receivables(raw)))


@QUESTIONS.asks("执行中的框架协议有几份，总额多少", "How many framework agreements are 执行中 and what are they worth altogether?")
def in_force(raw: Raw) -> AnyOf:
    """Count and worth of agreements in force."""
    rows = running(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, WORTH) * by))))


@QUESTIONS.asks("5月底之前到期的执行中协议有哪些？", "Running agreements expiring by the end of May 2026, list them")
def expiring(raw: Raw) -> Listed:
    """In force, ending until 2026-05-31."""
    rows = [row for row in running(raw) if iso(row["到期日期"]) <= "2026-05-31"]
    return Listed(frozenset(row["协议编号"] for row in rows), count=len(rows))


@QUESTIONS.asks("KJ-2025-067这份协议哪天到期？谁签的？", "When does agreement KJ-2025-067 run out, and who signed it on our side?")
def one_agreement(raw: Raw) -> Each:
    """The last day and the person of one agreement."""
    row = find(agreements(raw), "协议编号", "KJ-2025-067")
    return Each((Figure(day(row["到期日期"])), Figure(row["谁"])))


@QUESTIONS.asks("框架协议到期后的续签率怎么样？", "Of the agreements that have run out (到期已续 or 到期未续), what share was renewed?")
def renewed(raw: Raw) -> Figure:
    """Renewed of those that ran out."""
    states = [row["协议状态"] for row in agreements(raw)]
    return Figure(Decimal(states.count("到期已续")) / (states.count("到期已续") + states.count("到期未续")))


@QUESTIONS.asks("三种结算方式的框架协议，平均返利点数各多少？", "mean 返利点数 by 结算方式")
def rebates(raw: Raw) -> AnyOf:
    """Mean rebate by way of settling, in points or as a fraction."""
    rows = [row for row in agreements(raw) if row["返利点数(%)"]]
    found = per(rows, "结算方式", lambda held: Decimal(total(held, "返利点数(%)")) / len(held))
    return AnyOf((Groups(found), Groups({key: value / 100 for key, value in found.items()})))


@QUESTIONS.asks("A类客户当中没有执行中框架协议的有几家？", "How many grade-A customers have no agreement currently 执行中?")
def without_agreement(raw: Raw) -> Figure:
    """Customers of grade A without an agreement in force."""
    held = {row["客户编码"] for row in running(raw)}
    return Figure(sum(row["客户等级"] == "A" and row["客户编码"] not in held for row in raw["客户档案"]))


@QUESTIONS.asks("正在执行的协议里总额最大的是跟哪家签的", "Which customer has the biggest agreement in force right now, by value?")
def biggest_agreement(raw: Raw) -> AnyOf:
    """Agreements in force by worth."""
    found = per(running(raw), "客户名称", summed(WORTH))
    return wan(lambda by: Ranked(times(found, by)))


@QUESTIONS.asks("2025年受理的理赔单按损坏现象分布", "claims received in 2025 by type of damage (损坏现象)")
def claims_by_damage(raw: Raw) -> Groups:
    """Claims of 2025 by damage."""
    return Groups(per(claims(raw, "2025-01-01", "2025-12-31"), "损坏现象", len))


def _refused(rows: list[Row]) -> Decimal:
    states = [row["理赔进度"] for row in rows]
    return Decimal(states.count("拒赔")) / (states.count("拒赔") + states.count("已赔付"))


@QUESTIONS.asks("已结案的理赔里，各品牌的拒赔率是多少？", "Refusal rate (拒赔) of settled claims, brand by brand")
def refused(raw: Raw) -> Groups:
    """Refused of settled claims by brand."""
    return Groups(per((row for row in claims(raw) if row["结案日期"]), "品牌", _refused))


@QUESTIONS.asks("理赔从受理到结案平均几天？", "How long does a claim take from intake to close, on average?")
def days_of_claim(raw: Raw) -> AnyOf:
    """Mean days of settled claims: of calendar days, or from the moment."""
    held = [(row["受理时间"], ended) for row in claims(raw) if (ended := day(row["结案日期"]))]
    exact = [(datetime.combine(ended, time()) - datetime.strptime(begun, "%Y/%m/%d %H:%M")) / timedelta(days=1) for begun, ended in held]
    return AnyOf((Figure(average(days(row, "受理时间", "结案日期") for row in claims(raw))), Figure(sum(exact) / len(exact))))


@QUESTIONS.asks("还没结案的理赔单有哪些", "which claims are still open?")
def open_claims(raw: Raw) -> Listed:
    """Claims that are not settled."""
    rows = [row for row in claims(raw) if not row["结案日期"]]
    return Listed(frozenset(row["理赔单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("霸原这个牌子，索赔条数占卖出条数的百分之几？", "For brand 霸原, claimed tyres as a percentage of tyres ordered")
def claimed_share(raw: Raw) -> AnyOf:
    """Pieces claimed of pieces ordered, of one brand."""
    pieces = total((row for row in claims(raw) if row["品牌"] == "霸原"), "索赔条数")
    return AnyOf(tuple(Figure(pieces / total((row for row in pick(raw) if row["品牌"] == "霸原"), "条数")) for pick in (live, orders)))


@QUESTIONS.asks("鼓包的胎，出问题时平均跑了多少公里？", "average mileage at which tyres with 鼓包 were claimed")
def mileage(raw: Raw) -> Figure:
    """Mean mileage of one damage."""
    return Figure(average(number(row["行驶里程(公里)"]) for row in claims(raw) if row["损坏现象"] == "鼓包"))


@QUESTIONS.asks("哪位师傅鉴定的理赔单最多？", "Which 鉴定员 has handled the most claims?")
def busiest_judge(raw: Raw) -> Ranked:
    """Claims by who judged them."""
    return Ranked(per(claims(raw), "鉴定员", len))
