"""Questions to the insurance broker about the claims that it helps with."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, Row, total
from evals.asked.risk_rows import CLAIMS, PREMIUM, QUESTIONS, ago, amount, claims, firms, listed, pending, policies, unpaid
from evals.asked.tallies import average, column, days, iso, per, times, wan

ASKED, PAID = "报损金额(万元)", "赔款金额(元)"


@QUESTIONS.asks("还没结的案子，现场查勘、单证补充、核赔中各有多少？")
def open_by_state(raw: Raw) -> Groups:
    """Pending claims by state."""
    return Groups(per(pending(raw), "案件状态", len))


@QUESTIONS.asks("三位协办专员谁结案最快？按报案到结案的平均天数", "Which 协办专员 closes claims fastest, report to close, in average days?")
def fastest(raw: Raw) -> Ranked:
    """Mean days from report to close by person, shortest first."""
    rows = [row for row in raw[CLAIMS] if row["结案日期"]]
    return Ranked(per(rows, "协办专员", lambda held: average(days(row, "报案日期", "结案日期") for row in held)), lowest=True)


@QUESTIONS.asks("2024年结案的案件总共帮客户拿到多少赔款？", "total 赔款金额 on claims closed during 2024")
def paid_2024(raw: Raw) -> Figure:
    """Paid on claims closed in 2024."""
    return Figure(total(claims(raw, "2024-01-01", "2024-12-31", "结案日期"), PAID))


@QUESTIONS.asks("有了结果的案件里（已结案加拒赔），拒赔占多大比例", "whats our refusal rate on claims that have an outcome (已结案 + 拒赔)?")
def refused(raw: Raw) -> Figure:
    """Refused of settled and refused."""
    states = [row["案件状态"] for row in raw[CLAIMS]]
    return Figure(states.count("拒赔") / (states.count("拒赔") + states.count("已结案")))


@QUESTIONS.asks("今年报的案子里最常见的出险原因前三")
def causes(raw: Raw) -> Ranked:
    """Claims reported in 2025 by cause."""
    return Ranked(per(claims(raw, "2025-01-01"), "出险原因", len), top=3)


@QUESTIONS.asks("biggest open claim: number, claimed amount, status")
def largest_open(raw: Raw) -> AnyOf:
    """The largest pending claim."""
    row = max(pending(raw), key=lambda one: amount(one, ASKED))
    return wan(lambda by: Each((Figure(row["案件号"]), Figure(amount(row, ASKED) * by), Figure(row["案件状态"]))))


@QUESTIONS.asks("出险6次以上（含6次）的客户有哪些", "clients that have had at least six claims with us")
def often(raw: Raw) -> Listed:
    """Companies with six claims or more."""
    found = per(claims(raw), "企业全称", len)
    return firms(row for row in claims(raw) if found[row["企业全称"]] >= 6)


@QUESTIONS.asks("出险后拖了3天以上才报案的有几起？（超过3天）", "How many claims were reported more than three days after the loss?")
def told_late(raw: Raw) -> Figure:
    """Claims with more than three days from loss to report."""
    return Figure(sum((days(row, "出险日期", "报案日期") or 0) > 3 for row in raw[CLAIMS]))


def part_paid(rows: list[Row]) -> Decimal:
    """Paid of asked, both in yuan."""
    return total(rows, PAID) / (total(rows, ASKED) * 10_000)


@QUESTIONS.asks("已结案的案件，哪家保司赔得最抠？看赔款占报损的比例", "Among 已结案 claims, which insurer pays the smallest share of the amount claimed?")
def meanest(raw: Raw) -> AnyOf:
    """Paid of asked by insurer, lowest first."""
    rows = [row for row in claims(raw) if row["案件状态"] == "已结案"]
    each = [{**row, "比": str(part_paid([row]))} for row in rows]
    return AnyOf((Ranked(per(rows, "承保公司", part_paid), lowest=True), Ranked(per(each, "承保公司", lambda held: average(column(held, "比"))), lowest=True)))


@QUESTIONS.asks("罗小曼和丁一凡办的案子，客户满意度平均几分？")
def content(raw: Raw) -> Compared:
    """Mean rating of two persons."""
    found = per((row for row in raw[CLAIMS] if row["客户满意度"]), "协办专员", lambda rows: average(column(rows, "客户满意度")))
    return Compared({name: found[name] for name in ("罗小曼", "丁一凡")})


@QUESTIONS.asks("有没有报案都超过60天了还没结的？有的话案件号列给我", "Claims reported over 60 days ago that are still open — list them")
def stale(raw: Raw) -> Listed:
    """Pending, reported before 2025-08-21."""
    return listed((row for row in pending(raw) if iso(row["报案日期"]) < ago(60)), "案件号")


@QUESTIONS.asks("LP2509-166: what line, which company, who's handling it?")
def one_claim(raw: Raw) -> Each:
    """Line, company and person of one claim."""
    row = next(row for row in claims(raw) if row["案件号"] == "LP2509-166")
    return Each((Figure(row["险种"]), Figure(row["企业全称"]), Figure(row["协办专员"])))


@QUESTIONS.asks("赔款总额占签单保费总额的比例：雇主责任险、货物运输险分别多少")
def loss_ratio(raw: Raw) -> Compared:
    """Paid of premium, for two lines."""
    paid, premium = per(claims(raw), "险种", lambda rows: total(rows, PAID)), per(policies(raw), "险种", lambda rows: total(rows, PREMIUM))
    return Compared({name: Decimal(paid[name]) / Decimal(premium[name]) for name in ("雇主责任险", "货物运输险")})


@QUESTIONS.asks("未结案件的报损金额合计，按险种分", "claimed amount on open cases, by 险种")
def reserve(raw: Raw) -> AnyOf:
    """Asked on pending claims by line."""
    found = per(pending(raw), "险种", lambda rows: total(rows, ASKED))
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("一边有没结的理赔案，一边又欠着逾期保费（待缴）的客户是哪几家？", "Clients that have an open claim and overdue 待缴 premium at the same time")
def both(raw: Raw) -> Listed:
    """Companies with a pending claim and with an overdue instalment."""
    owing = {row["企业全称"] for row in unpaid(raw)}
    return firms(row for row in pending(raw) if row["企业全称"] in owing)


@QUESTIONS.asks("秦朗手上没结的案子几件，报损一共多少", "秦朗's open caseload: how many, total amount claimed?")
def of_qin(raw: Raw) -> AnyOf:
    """Count and amount of pending claims of one person."""
    rows = [row for row in pending(raw) if row["协办专员"] == "秦朗"]
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, ASKED) * by))))
