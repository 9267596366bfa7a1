"""The kept-aside set, second part: visits, contracts, payments, service tickets, and the company's own book of lent machines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evals.asked.aside_rows import (
    PAID,
    PAPER,
    average,
    by_time,
    counts,
    dated,
    each,
    exact_days,
    having,
    later,
    mean,
    middle,
    names,
    share,
    spans,
    sums,
    wide,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, month, number, numbers, quarter, total

PART = QuestionSet("aside", today=date(2026, 6, 18), written_by="fresh")
Y24, Y25, Y26 = ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")
CAME, DUE, SHIPPED, AGREED = "回款日期", "应收日期", "实际交货日期", "约定交货日期"


def minutes(value: Decimal) -> AnyOf:
    """A duration that the file writes in minutes: as it is, in hours, or in days."""
    return AnyOf((Figure(value), Figure(value / 60), Figure(value / 1440)))


@PART.asks("今年到现在一共有多少条拜访记录？", "visit records so far this year")
def visits_this_year(raw: Raw) -> Figure:
    """All rows of 拜访记录 dated in 2026."""
    return Figure(len(dated(raw["拜访记录"], "拜访日期", *Y26)))


@PART.asks("2025年上门拜访了多少次", "How many 上门 visits did we make in 2025?")
def at_the_door(raw: Raw) -> Figure:
    """Visits of 2025 made in person at the customer's."""
    return Figure(len(having(dated(raw["拜访记录"], "拜访日期", *Y25), 拜访方式="上门")))


@PART.asks("各种拜访方式的次数")
def visits_by_way(raw: Raw) -> Groups:
    """Visits by 拜访方式."""
    return Groups(counts(raw["拜访记录"], "拜访方式"))


@PART.asks("上门拜访里见到决策人的比例有多高？", "share of 上门 visits where we actually met the decision maker")
def met_the_head(raw: Raw) -> Figure:
    """Visits with 是否见到决策人 = 是 among visits at the door."""
    rows = having(raw["拜访记录"], 拜访方式="上门")
    return Figure(share(len(having(rows, 是否见到决策人="是")), len(rows)))


@PART.asks("客户来厂参观平均待多久？", "Average length of a 来厂参观?")
def length_of_tours(raw: Raw) -> AnyOf:
    """Mean of 时长（分钟） over visits to the works that have one."""
    return minutes(average(having(raw["拜访记录"], 拜访方式="来厂参观"), "时长（分钟）"))


@PART.asks("超过三个小时的拜访有几次", "visits longer than 180 minutes?")
def long_visits(raw: Raw) -> Figure:
    """Visits of more than 180 minutes."""
    return Figure(sum(found > 180 for found in numbers(raw["拜访记录"], "时长（分钟）")))


@PART.asks("今年还没拜访过的A类客户有哪些？", "Which A-level customers haven't had a single visit this year?")
def neglected(raw: Raw) -> Listed:
    """Customers of level A without a visit record in 2026."""
    return Listed(names(having(raw["客户资料"], 客户等级="A"), "客户名称") - names(dated(raw["拜访记录"], "拜访日期", *Y26), "客户名称"))


@PART.asks("从来没有拜访记录的客户")
def never_seen(raw: Raw) -> Listed:
    """Customers that no visit names."""
    return Listed(names(raw["客户资料"], "客户名称") - names(raw["拜访记录"], "客户名称"))


@PART.asks("我们最后一次拜访苏州绿源是什么时候", "when was our last visit to 苏州绿源食品?")
def last_seen(raw: Raw) -> Figure:
    """The latest 拜访日期 of one customer; its town tells it from the other of that name."""
    return Figure(max(found for row in having(raw["拜访记录"], 客户名称="苏州绿源食品有限公司") if (found := day(row["拜访日期"]))))


@PART.asks("拜访次数按月走势，看2026年")
def visits_by_month(raw: Raw) -> Groups:
    """Visits of 2026 by month."""
    return Groups(by_time(dated(raw["拜访记录"], "拜访日期", *Y26), "拜访日期", month, len))


@PART.asks("沟通纪要里提到“价格”的拜访有多少次？", "visits whose notes mention 价格")
def about_price(raw: Raw) -> Figure:
    """Visits whose 沟通纪要 holds the word."""
    return Figure(sum("价格" in row["沟通纪要"] for row in raw["拜访记录"]))


@PART.asks("哪个办事处的人拜访次数最多", "Which office logs the most visits?")
def busiest_office(raw: Raw) -> Ranked:
    """Visits by the visitor's office."""
    return Ranked(counts(wide(raw, "拜访记录"), "办事处"))


@PART.asks("2025年签了多少份合同、合同总额多少？", "How many contracts were signed in 2025, and what do they add up to?")
def contracts_of_year(raw: Raw) -> Each:
    """Contracts by 签订日期: how many, and their 合同金额."""
    rows = dated(raw["合同台账"], "签订日期", *Y25)
    return Each((Figure(len(rows)), Figure(total(rows, PAPER))))


@PART.asks("实际交货晚于约定的合同有几份", "contracts delivered later than agreed - count")
def delivered_late(raw: Raw) -> Figure:
    """Contracts whose 实际交货日期 lies after 约定交货日期."""
    return Figure(sum(later(row, SHIPPED, AGREED) for row in raw["合同台账"]))


@PART.asks("已经交货的合同里，按期交货的占多少？")
def on_time(raw: Raw) -> Figure:
    """Contracts delivered no later than agreed among those delivered."""
    rows = [row for row in raw["合同台账"] if row[SHIPPED]]
    return Figure(share(sum(not later(row, SHIPPED, AGREED) for row in rows), len(rows)))


@PART.asks("For contracts delivered late, what's the average delay in days?")
def delay(raw: Raw) -> Figure:
    """Mean days from 约定交货日期 to 实际交货日期 over those delivered late."""
    return Figure(mean(spans([row for row in raw["合同台账"] if later(row, SHIPPED, AGREED)], AGREED, SHIPPED)))


@PART.asks("质保36个月的合同有多少份", "how many contracts carry a 36-month warranty?")
def long_warranty(raw: Raw) -> Figure:
    """Contracts with 质保月数 of 36."""
    return Figure(len(having(raw["合同台账"], 质保月数="36")))


@PART.asks("不同付款方式的合同金额合计", "total contract value by payment terms (付款方式)")
def by_terms(raw: Raw) -> Groups:
    """Contract amount by 付款方式."""
    return Groups(sums(raw["合同台账"], "付款方式", PAPER))


@PART.asks("终止了的合同有哪些？", "List the terminated contracts.")
def broken_off(raw: Raw) -> Listed:
    """Contracts in the state 已终止, by number."""
    return Listed(names(having(raw["合同台账"], 合同状态="已终止"), "合同编号"))


@PART.asks("HT2025-174这份合同是谁签的", "Who signed contract HT2025-174?")
def signer(raw: Raw) -> Figure:
    """The 签约代表 of one contract."""
    return Figure(raw.by("合同台账", "合同编号")["HT2025-174"]["签约代表"])


@PART.asks("HT2025-124约定哪天交货，实际哪天交的？")
def two_days(raw: Raw) -> Each:
    """Both days of delivery of one contract."""
    row = raw.by("合同台账", "合同编号")["HT2025-124"]
    return Each((Figure(day(row[AGREED])), Figure(day(row[SHIPPED]))))


@PART.asks("执行中的合同还有几份没交货？", "active (执行中) contracts not delivered yet")
def to_deliver(raw: Raw) -> Figure:
    """Contracts in the state 执行中 without 实际交货日期."""
    return Figure(len(having(raw["合同台账"], 合同状态="执行中", 实际交货日期="")))


@PART.asks("今年签的合同，合同金额最高的签约代表是谁？")
def best_signer(raw: Raw) -> Ranked:
    """Contract amount signed in 2026, summed by 签约代表."""
    return Ranked(sums(dated(raw["合同台账"], "签订日期", *Y26), "签约代表", PAPER))


@PART.asks("上个月回款多少", "Cash collected last month?")
def paid_last_month(raw: Raw) -> Figure:
    """Payments with 回款日期 in May 2026."""
    return Figure(total(dated(raw["回款明细"], CAME, "2026-05-01", "2026-05-31"), PAID))


@PART.asks("2025年各季度回款金额", "collections by quarter, 2025")
def paid_by_quarter(raw: Raw) -> Groups:
    """Payments of 2025 by quarter of 回款日期."""
    return Groups(by_time(dated(raw["回款明细"], CAME, *Y25), CAME, quarter, lambda rows: total(rows, PAID)))


@PART.asks("2024年和2025年的回款总额比一比")
def paid_by_year(raw: Raw) -> Compared:
    """Payments of the two years."""
    return Compared({"2024": total(dated(raw["回款明细"], CAME, *Y24), PAID), "2025": total(dated(raw["回款明细"], CAME, *Y25), PAID)})


@PART.asks("承兑汇票在回款金额里占几成？", "What share of collected money came in as 承兑汇票?")
def bills(raw: Raw) -> Figure:
    """Amount paid by bill among all amounts paid."""
    return Figure(share(total(having(raw["回款明细"], 回款方式="承兑汇票"), PAID), total(raw["回款明细"], PAID)))


@PART.asks("回款比应收日期晚了超过30天的有多少笔", "payments that came in more than 30 days after they were due")
def very_late(raw: Raw) -> Figure:
    """Payments more than 30 days after 应收日期."""
    return Figure(sum(found > 30 for found in spans(raw["回款明细"], DUE, CAME)))


@PART.asks("质保金一共收回来多少钱")
def kept_back(raw: Raw) -> Figure:
    """Payments of the kind 质保金."""
    return Figure(total(having(raw["回款明细"], 款项类型="质保金"), PAID))


@PART.asks("How much has been paid so far on HT2025-174?", "HT2025-174目前收了多少回款？")
def paid_on_one(raw: Raw) -> Figure:
    """Payments of one contract."""
    return Figure(total(having(raw["回款明细"], 合同编号="HT2025-174"), PAID))


@PART.asks("累计回款最多的客户是哪家", "customer with the highest total payments")
def best_payer(raw: Raw) -> Ranked:
    """Payments by the customer of their contract."""
    return Ranked(sums(wide(raw, "回款明细"), "客户名称", PAID))


@PART.asks("一份回款都没有的合同有几份？")
def unpaid(raw: Raw) -> Figure:
    """Contracts that no payment names."""
    return Figure(len(names(raw["合同台账"], "合同编号") - names(raw["回款明细"], "合同编号")))


@PART.asks("现在没关闭的售后工单还有几张？", "open service tickets right now?")
def open_tickets(raw: Raw) -> Figure:
    """Tickets in any other state than 已关闭."""
    return Figure(sum(row["工单状态"] != "已关闭" for row in raw["售后工单"]))


@PART.asks("哪类故障报修最多", "Most frequent fault type on service tickets?")
def main_fault(raw: Raw) -> Ranked:
    """Tickets by 故障类型."""
    return Ranked(counts(raw["售后工单"], "故障类型"))


@PART.asks("售后满意度平均几分？", "average satisfaction score on tickets")
def satisfaction(raw: Raw) -> Figure:
    """Mean of 满意度 over tickets that have one."""
    return Figure(average(raw["售后工单"], "满意度"))


@PART.asks("满意度低于3分的工单有多少张")
def unhappy(raw: Raw) -> Figure:
    """Tickets with 满意度 below 3."""
    return Figure(sum(found < 3 for found in numbers(raw["售后工单"], "满意度")))


@PART.asks("特急工单从受理到关闭平均要几天？", "avg days from intake to close for 特急 tickets")
def urgent_time(raw: Raw) -> AnyOf:
    """Mean time from 受理时间 to 关闭时间 of closed tickets of the highest urgency, to the minute or in whole days."""
    rows = having(raw["售后工单"], 紧急程度="特急")
    return AnyOf((Figure(mean(exact_days(rows, "受理时间", "关闭时间"))), Figure(mean(spans(rows, "受理时间", "关闭时间")))))


@PART.asks("2025年累计停机小时最多的是哪款产品", "Which product caused the most downtime hours (停机小时) in 2025?")
def downtime(raw: Raw) -> Ranked:
    """Sum of 停机小时 by product, over tickets taken in in 2025."""
    return Ranked(sums(dated(wide(raw, "售后工单"), "受理时间", *Y25), "产品名称", "停机小时"))


@PART.asks("保内工单占比多少？")
def under_warranty(raw: Raw) -> Figure:
    """Tickets with 是否保内 = 是 among all."""
    return Figure(share(len(having(raw["售后工单"], 是否保内="是")), len(raw["售后工单"])))


@PART.asks("报修次数最多的客户是谁", "which customer files the most service tickets?")
def loudest(raw: Raw) -> Ranked:
    """Tickets by customer."""
    return Ranked(counts(wide(raw, "售后工单"), "客户名称"))


@PART.asks("待配件的工单列出来")
def waiting(raw: Raw) -> Listed:
    """Tickets in the state 待配件, by number."""
    return Listed(names(having(raw["售后工单"], 工单状态="待配件"), "工单号"))


def _out(raw: Raw) -> list[Row]:
    """Machines lent that neither came back nor were sold."""
    return having(raw["样机借用"], 实际归还日期="", 是否转销售="否")


@PART.asks("还有没有既没归还、也没转销售的样机？", "Any demo machines neither returned nor converted to a sale?")
def still_out(raw: Raw) -> YesNo:
    """Loans without a day of return that were not turned into a sale."""
    return YesNo(bool(_out(raw)), len(_out(raw)))


@PART.asks("归还时间超过约定的样机借用有几次", "demo loans returned after the agreed date: how many?")
def back_late(raw: Raw) -> Figure:
    """Loans whose 实际归还日期 lies after 约定归还日期."""
    return Figure(sum(later(row, "实际归还日期", "约定归还日期") for row in raw["样机借用"]))


@PART.asks("样机借用最后转成销售的比例", "What percentage of demo loans turned into sales?")
def loans_sold(raw: Raw) -> Figure:
    """Loans with 是否转销售 = 是 among all."""
    return Figure(share(len(having(raw["样机借用"], 是否转销售="是")), len(raw["样机借用"])))


@PART.asks("借样机次数最多的借用人是哪位？", "Who has borrowed demo machines most often?")
def top_borrower(raw: Raw) -> Ranked:
    """Loans by 借用人."""
    return Ranked(counts(raw["样机借用"], "借用人"))


@PART.asks("样机还回来的时候成色怎么样，各几台？")
def conditions(raw: Raw) -> Groups:
    """Loans by 归还成色, of those that have one."""
    return Groups(counts(raw["样机借用"], "归还成色"))


@PART.asks("样机借用押金合计多少", "total deposit on demo loans")
def deposits(raw: Raw) -> Figure:
    """Sum of 押金（元）."""
    return Figure(total(raw["样机借用"], "押金（元）"))


@PART.asks("没填押金的样机借用有几笔？")
def no_deposit(raw: Raw) -> Figure:
    """Loans with an empty 押金（元）; none is written as 0."""
    return Figure(len(having(raw["样机借用"], **{"押金（元）": ""})))


@PART.asks("样机从借出到实际归还平均多少天")
def loan_days(raw: Raw) -> Figure:
    """Mean days from 借出日期 to 实际归还日期."""
    return Figure(mean(spans(raw["样机借用"], "借出日期", "实际归还日期")))


@PART.asks("median days a demo machine stays out before it comes back")
def median_loan_days(raw: Raw) -> Figure:
    """Median days from 借出日期 to 实际归还日期."""
    return Figure(middle(spans(raw["样机借用"], "借出日期", "实际归还日期")))


@PART.asks("借给宠物食品客户的样机有多少台次", "demo loans to 宠物食品 customers")
def loans_to_pets(raw: Raw) -> Figure:
    """Loans to customers of the trade 宠物食品, by name."""
    return Figure(len(having(wide(raw, "样机借用"), 行业="宠物食品")))


@PART.asks("样机平均每天跑几个小时，按产品线分")
def hours_by_line(raw: Raw) -> Groups:
    """Mean of 日均运行小时 by product line."""
    return Groups(each(wide(raw, "样机借用"), "产品线", lambda rows: average(rows, "日均运行小时")))


@PART.asks("Number of demo loans per quarter in 2025")
def loans_by_quarter(raw: Raw) -> Groups:
    """Loans by quarter of 借出日期 in 2025."""
    return Groups(by_time(dated(raw["样机借用"], "借出日期", *Y25), "借出日期", quarter, len))


@PART.asks("YJ001那台样机押金收了多少？")
def one_deposit(raw: Raw) -> Figure:
    """The deposit of one loan."""
    return Figure(number(raw.by("样机借用", "借用单号")["YJ001"]["押金（元）"]))


@PART.asks("帮我看下，上周一共有几条拜访记录")
def visits_last_week(raw: Raw) -> Figure:
    """Visits from Monday 8 to Sunday 14 June 2026."""
    return Figure(len(dated(raw["拜访记录"], "拜访日期", "2026-06-08", "2026-06-14")))


@PART.asks("各紧急程度的工单平均停机几个小时？")
def downtime_by_urgency(raw: Raw) -> Groups:
    """Mean of 停机小时 by 紧急程度, over tickets that have one."""
    return Groups(each(raw["售后工单"], "紧急程度", lambda rows: average(rows, "停机小时")))


@PART.asks("没打满意度的工单占几成")
def not_rated(raw: Raw) -> Figure:
    """Tickets with an empty 满意度 among all."""
    return Figure(share(len(having(raw["售后工单"], 满意度="")), len(raw["售后工单"])))


@PART.asks("本月新受理了多少工单？")
def tickets_this_month(raw: Raw) -> Figure:
    """Tickets taken in in June 2026."""
    return Figure(len(dated(raw["售后工单"], "受理时间", "2026-06-01", "2026-06-30")))


@PART.asks("汕头的客户总共签过几份合同？", "合同里客户在汕头的有多少份")
def contracts_in_town(raw: Raw) -> Figure:
    """Contracts with customers in 汕头, by number."""
    return Figure(len(having(wide(raw, "合同台账"), 城市="汕头")))


@PART.asks("样机一次最长借了多少天才还", "longest time a demo machine was away, in days")
def longest_loan(raw: Raw) -> Figure:
    """The longest span from 借出日期 to 实际归还日期."""
    return Figure(max(spans(raw["样机借用"], "借出日期", "实际归还日期")))


@PART.asks("归还成色是需大修的借用单有哪些？")
def for_repair(raw: Raw) -> Listed:
    """Loans that came back as 需大修, by number."""
    return Listed(names(having(raw["样机借用"], 归还成色="需大修"), "借用单号"))
