"""Questions to the maker of packaging machines about instalments, receipts, quotas and quotations."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, month, total
from evals.asked.signs_rows import CAME, DUE, NOW, QUESTIONS, VALUE, amount, cases, dues, listed, overdue, pacts, per, receipts, value
from evals.asked.tallies import average, column, days, times, wan


@QUESTIONS.asks("Cash received so far in 2025")
def received(raw: Raw) -> Figure:
    """Receipts of 2025."""
    return Figure(total(receipts(raw, "2025-01-01"), CAME))


@QUESTIONS.asks("已经逾期、钱还没进来的有几笔，总共多少？", "Overdue instalments: how many and how much in total?")
def overdue_now(raw: Raw) -> Each:
    """Overdue instalments: count and amount."""
    return Each((Figure(len(overdue(raw))), Figure(total(overdue(raw), DUE))))


@QUESTIONS.asks("哪家客户欠我们的逾期款最多？", "which customer owes us the most in overdue payments")
def worst_debtor(raw: Raw) -> Ranked:
    """Overdue amount by plant."""
    return Ranked(per(overdue(raw), "客户全称", lambda rows: total(rows, DUE)))


@QUESTIONS.asks("逾期未到的款按款项名称分，各多少金额")
def overdue_by_kind(raw: Raw) -> Groups:
    """Overdue amount by kind of instalment."""
    return Groups(per(overdue(raw), "款项名称", lambda rows: total(rows, DUE)))


@QUESTIONS.asks("逾期超过90天的应收还有多少钱没回来？")
def long_overdue(raw: Raw) -> Figure:
    """Not come in, due before 2025-08-12."""
    return Figure(total((row for row in overdue(raw) if row["应收日期"] < "2025-08-12"), DUE))


@QUESTIONS.asks("这个月剩下的日子里还有多少款该收？（从今天起到月底）")
def rest_of_month(raw: Raw) -> Figure:
    """Due from today to the end of November 2025 and not come in."""
    return Figure(total((row for row in dues(raw) if NOW <= row["应收日期"] <= "2025-11-30" and not row["到款日期"]), DUE))


@QUESTIONS.asks("share of received money that came as 银行承兑")
def drafts(raw: Raw) -> Figure:
    """Receipts by draft of all."""
    rows = receipts(raw, "2000-01-01")
    return Figure(total((row for row in rows if row["收款方式"] == "银行承兑"), CAME) / total(rows, CAME))


@QUESTIONS.asks("验收款平均比应收日晚几天到？", "On average how many days after the due date does the 验收款 arrive?")
def lateness(raw: Raw) -> Figure:
    """Mean days from due day to receipt of the instalment at acceptance."""
    return Figure(average(days(row, "应收日期", "到款日期") for row in dues(raw) if row["款项名称"] == "验收款"))


@QUESTIONS.asks("今年逐月的回款金额", "monthly cash collected, 2025")
def cash_by_month(raw: Raw) -> Groups:
    """Receipts of 2025 by month."""
    return Groups(per([{**row, "月": month(row["到款日期"])} for row in receipts(raw, "2025-01-01")], "月", lambda rows: total(rows, CAME)))


@QUESTIONS.asks("上半年回款最多的业务员是谁", "Which rep collected the most money in the first half of 2025?")
def best_collector(raw: Raw) -> Ranked:
    """Receipts from January to June 2025 by the person of the contract."""
    return Ranked(per(receipts(raw, "2025-01-01", "2025-06-30"), "签约业务员", lambda rows: total(rows, CAME)))


@QUESTIONS.asks("payments received with no invoice number on file")
def without_invoice(raw: Raw) -> Figure:
    """Receipts without 发票号."""
    return Figure(sum(bool(row["到款日期"]) and not row["发票号"] for row in dues(raw)))


@QUESTIONS.asks("华东办还有多少逾期款挂着")
def overdue_east(raw: Raw) -> Figure:
    """Overdue amount of one office."""
    return Figure(total((row for row in overdue(raw) if row["归属办事处"] == "华东办"), DUE))


@QUESTIONS.asks("合同HT202504-083还剩多少款没收？")
def one_left(raw: Raw) -> Figure:
    """What has not come in for one contract."""
    return Figure(total((row for row in dues(raw) if row["合同号"] == "HT202504-083" and not row["到款日期"]), DUE))


@QUESTIONS.asks("今年四季度全公司的签约指标是多少？")
def quota_now(raw: Raw) -> AnyOf:
    """Quotas of the fourth quarter of 2025."""
    rows = [row for row in raw["季度指标"] if row["考核季度"] == "2025Q4"]
    return wan(lambda by: Figure(total(rows, "签约指标(万元)") * by))


@QUESTIONS.asks("2025年三季度各办事处的签约指标合计", "Q3 2025 signing quota by office")
def quota_by_office(raw: Raw) -> AnyOf:
    """Quotas of the third quarter of 2025 by office."""
    people = raw.by("员工名册", "工号")
    rows = [{**row, **people[row["工号"]]} for row in raw["季度指标"] if row["考核季度"] == "2025Q3"]
    return wan(lambda by: Groups(times(per(rows, "所属办事处", lambda held: total(held, "签约指标(万元)")), by)))


@QUESTIONS.asks("三季度签约完成率（合同额除以指标）谁最高？", "Who had the best quota attainment in Q3 (contracts signed against 签约指标)?")
def attainment(raw: Raw) -> Ranked:
    """Contracts of the third quarter of 2025 over the quota, by person."""
    people = raw.by("员工名册", "工号")
    quota = {people[row["工号"]]["姓名"]: amount(row, "签约指标(万元)") * 10_000 for row in raw["季度指标"] if row["考核季度"] == "2025Q3"}
    signed = per(pacts(raw, "2025-07-01", "2025-09-30"), "签约业务员", value)
    return Ranked({name: Decimal(signed.get(name, 0)) / goal for name, goal in quota.items()})


@QUESTIONS.asks("丁亦凡去年四个季度的回款指标加起来多少万？")
def one_quota(raw: Raw) -> AnyOf:
    """The quotas of one person for receipts in 2024."""
    rows = [row for row in raw["季度指标"] if row["工号"] == "P008" and row["考核季度"].startswith("2024")]
    return wan(lambda by: Figure(total(rows, "回款指标(万元)") * by))


@QUESTIONS.asks("quotations that are still 有效: how many, total value?")
def valid_quotes(raw: Raw) -> Each:
    """Quotations that are valid."""
    rows = [row for row in raw["报价单"] if row["报价状态"] == "有效"]
    return Each((Figure(len(rows)), Figure(total(rows, "含税报价(元)"))))


@QUESTIONS.asks("一共有多少份报价改到了V3？", "how many quotes went to a third version")
def third_versions(raw: Raw) -> Figure:
    """Quotations with a third version."""
    return Figure(sum(row["版本"] == "V3" for row in raw["报价单"]))


@QUESTIONS.asks("客户已接受的报价，平均让利几个点？")
def mean_discount(raw: Raw) -> AnyOf:
    """Mean discount of accepted quotations, in per cent or as a fraction."""
    found = average(column((row for row in raw["报价单"] if row["报价状态"] == "客户已接受"), "让利比例(%)"))
    return AnyOf((Figure(found / 100), Figure(found)))


@QUESTIONS.asks("让利超过10%的报价今年出了几份", "报价日期在今年、让利比例高于10个点的报价单有几份？")
def deep_discounts(raw: Raw) -> Figure:
    """Quotations of 2025 with a discount above 10 %."""
    return Figure(sum(amount(row, "让利比例(%)") > 10 and row["报价日期"] >= "2025-01-01" for row in raw["报价单"]))


@QUESTIONS.asks("今年11月底之前报价就要到期的有效报价是哪几份？", "Valid quotations running out by 30 November: list them")
def running_out(raw: Raw) -> Listed:
    """Valid quotations that end by 2025-11-30."""
    return listed((row for row in raw["报价单"] if row["报价状态"] == "有效" and NOW <= row["报价有效期至"] <= "2025-11-30"), "报价单号")


@QUESTIONS.asks("今年签的合同，已经收回多少比例的款？")
def collected(raw: Raw) -> Figure:
    """What has come in for contracts of 2025, of their value."""
    held = {row["合同号"] for row in pacts(raw, "2025-01-01")}
    return Figure(total((row for row in dues(raw) if row["合同号"] in held), CAME) / total(pacts(raw, "2025-01-01"), VALUE))


@QUESTIONS.asks("三季度没完成签约指标的业务员有几个？", "How many reps missed their 签约指标 in Q3 2025?")
def missed(raw: Raw) -> Figure:
    """People whose contracts of the third quarter of 2025 fall short of the quota."""
    people = raw.by("员工名册", "工号")
    signed = per(pacts(raw, "2025-07-01", "2025-09-30"), "签约业务员", value)
    goals = [(people[row["工号"]]["姓名"], amount(row, "签约指标(万元)") * 10_000) for row in raw["季度指标"] if row["考核季度"] == "2025Q3"]
    return Figure(sum(signed.get(name, 0) < goal for name, goal in goals))


@QUESTIONS.asks("既有逾期款、又有没结案客诉的客户是哪几家？", "customers with overdue payments and an open complaint at the same time")
def angry_debtors(raw: Raw) -> Listed:
    """Plants with overdue instalments and complaints without an end."""
    angry = {row["客户全称"] for row in cases(raw) if not row["结案日期"]}
    names = frozenset(row["客户全称"] for row in overdue(raw) if row["客户全称"] in angry)
    return Listed(names, count=len(names))


@QUESTIONS.asks("预付款逾期没到的合同有哪些", "Which contracts are still missing their 预付款 although it was due?")
def no_advance(raw: Raw) -> Listed:
    """Contracts whose first instalment is overdue."""
    return listed((row for row in overdue(raw) if row["款项名称"] == "预付款"), "合同号")
