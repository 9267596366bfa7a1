"""Questions to the maker of pumps about its contracts, payments, work orders and factory tests."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.pumps_rows import QUESTIONS, in_percent, per, with_customer, with_product
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, column, days, iso, middle


@QUESTIONS.asks("今年签了多少份合同，合同总额多少？")
def signed_this_year(raw: Raw) -> Each:
    """Contracts signed in 2025: count and amount."""
    rows = [row for row in raw["合同登记"] if iso(row["签订日期"]) >= "2025-01-01"]
    return Each((Figure(len(rows)), Figure(total(rows, "合同金额(元)"))))


@QUESTIONS.asks("contract value signed in Q1 2025")
def signed_first_quarter(raw: Raw) -> Figure:
    """Amount of contracts signed from January to March 2025."""
    return Figure(total((row for row in raw["合同登记"] if "2025-01-01" <= iso(row["签订日期"]) <= "2025-03-31"), "合同金额(元)"))


@QUESTIONS.asks("还在执行的合同有几份？", "number of contracts still in execution (执行中)")
def running(raw: Raw) -> Figure:
    """Contracts in the state 执行中."""
    return Figure(sum(row["合同状态"] == "执行中" for row in raw["合同登记"]))


@QUESTIONS.asks("合同的平均预付比例是多少？")
def ahead(raw: Raw) -> AnyOf:
    """Mean of 预付比例."""
    return in_percent(average(column(raw["合同登记"], "预付比例(%)")))


@QUESTIONS.asks("质保期不少于24个月的合同有多少份")
def long_warranty(raw: Raw) -> Figure:
    """质保期 of 24 months or more."""
    return Figure(sum((number(row["质保期(月)"]) or 0) >= 24 for row in raw["合同登记"]))


def shipped(raw: Raw) -> list[Row]:
    """Contracts that were shipped."""
    return [row for row in raw["合同登记"] if row["实际发货日"]]


@QUESTIONS.asks("实际发货日晚于约定交货日的合同有多少份？", "How many contracts shipped later than the agreed date?")
def late(raw: Raw) -> Figure:
    """实际发货日 after 约定交货日."""
    return Figure(sum(iso(row["实际发货日"]) > iso(row["约定交货日"]) for row in shipped(raw)))


@QUESTIONS.asks("合同从签订到实际发货平均多少天")
def until_shipped(raw: Raw) -> Figure:
    """Days from 签订日期 to 实际发货日."""
    return Figure(average(days(row, "签订日期", "实际发货日") for row in raw["合同登记"]))


@QUESTIONS.asks("largest contract we hold, and how much is it?", "金额最高的合同是哪一份")
def largest(raw: Raw) -> Ranked:
    """Contracts by amount."""
    return Ranked({row["合同号"]: number(row["合同金额(元)"]) or 0 for row in raw["合同登记"]})


@QUESTIONS.asks("已终止的合同列出来")
def ended(raw: Raw) -> Listed:
    """Contracts in the state 已终止."""
    return Listed(frozenset(row["合同号"] for row in raw["合同登记"] if row["合同状态"] == "已终止"))


@QUESTIONS.asks("没有违约金条款的合同金额合计")
def without_penalty(raw: Raw) -> Figure:
    """Amount of contracts with 违约金条款 = 无."""
    return Figure(total((row for row in raw["合同登记"] if row["违约金条款"] == "无"), "合同金额(元)"))


@QUESTIONS.asks("which customer signed the most contracts?")
def most_contracts(raw: Raw) -> Ranked:
    """Customers by contracts."""
    return Ranked(per(raw["合同登记"], "客户名称", len))


@QUESTIONS.asks("5月实际收回来多少钱？", "cash collected in May 2025")
def paid_in_may(raw: Raw) -> Figure:
    """实收金额 by 实收日期 in May 2025."""
    return Figure(total((row for row in raw["收款记录"] if iso(row["实收日期"])[:7] == "2025-05"), "实收金额(元)"))


def unpaid(raw: Raw) -> list[Row]:
    """Payments that were due before today, of which nothing came in."""
    return [row for row in raw["收款记录"] if iso(row["应收日期"]) < "2025-06-18" and not row["实收日期"]]


@QUESTIONS.asks("应收日期已经过了但一分钱没收到的款有多少笔，多少钱？")
def overdue(raw: Raw) -> Each:
    """Due before today without 实收日期: count and 应收金额."""
    return Each((Figure(len(unpaid(raw))), Figure(total(unpaid(raw), "应收金额(元)"))))


@QUESTIONS.asks("各款项类型分别实收了多少", "received amount by payment type (款项类型)")
def by_type(raw: Raw) -> Groups:
    """实收金额 by 款项类型."""
    return Groups(per(raw["收款记录"], "款项类型", lambda rows: total(rows, "实收金额(元)")))


@QUESTIONS.asks("银行承兑收的款有几笔？")
def drafts(raw: Raw) -> Figure:
    """Payments by 银行承兑."""
    return Figure(sum(row["付款方式"] == "银行承兑" for row in raw["收款记录"]))


@QUESTIONS.asks("On average, how many days after the due date do customers pay?", "客户平均比应收日期晚付几天")
def delay(raw: Raw) -> Figure:
    """Days from 应收日期 to 实收日期 of what was paid."""
    return Figure(average(days(row, "应收日期", "实收日期") for row in raw["收款记录"]))


@QUESTIONS.asks("应收质保金里还没收到的有多少笔？")
def retention(raw: Raw) -> AnyOf:
    """质保金 of which nothing came in: all, or those already due."""
    rows = [row for row in raw["收款记录"] if row["款项类型"] == "质保金" and not row["实收日期"]]
    return AnyOf((Figure(len(rows)), Figure(sum(iso(row["应收日期"]) < "2025-06-18" for row in rows))))


@QUESTIONS.asks("今年报修了多少单？", "how many repair orders came in this year")
def repairs(raw: Raw) -> Figure:
    """Work orders by 报修日期 in 2025."""
    return Figure(sum(row["报修日期"] >= "2025-01-01" for row in raw["维修工单"]))


@QUESTIONS.asks("最多的三种故障是什么？", "top three fault types")
def faults(raw: Raw) -> Ranked:
    """Work orders by 故障类型."""
    return Ranked(per(raw["维修工单"], "故障类型", len), top=3)


@QUESTIONS.asks("从报修到完成平均几天？按紧急程度分")
def repair_days(raw: Raw) -> Groups:
    """Days from 报修 to 完成, by 紧急程度."""
    return Groups(per(raw["维修工单"], "紧急程度", lambda rows: average(days(row, "报修日期", "完成日期") for row in rows)))


@QUESTIONS.asks("median repair time (reported to finished) across all work orders?")
def middle_repair(raw: Raw) -> Figure:
    """Median days from 报修 to 完成."""
    return Figure(middle(days(row, "报修日期", "完成日期") for row in raw["维修工单"]))


@QUESTIONS.asks("没关闭的维修工单有哪些")
def open_orders(raw: Raw) -> Listed:
    """Work orders that are not 已关闭."""
    return Listed(frozenset(row["工单号"] for row in raw["维修工单"] if row["工单状态"] != "已关闭"))


@QUESTIONS.asks("等备件的工单几张？")
def waiting(raw: Raw) -> Figure:
    """Work orders in the state 待备件."""
    return Figure(sum(row["工单状态"] == "待备件" for row in raw["维修工单"]))


@QUESTIONS.asks("保外维修总共收了多少维修费？", "total 维修费用 for out-of-warranty repairs")
def fees(raw: Raw) -> Figure:
    """维修费用 of work orders with 是否保内 = 否."""
    return Figure(total((row for row in raw["维修工单"] if row["是否保内"] == "否"), "维修费用(元)"))


@QUESTIONS.asks("哪个维修工程师的平均满意度最高？")
def happiest(raw: Raw) -> Ranked:
    """Mean of 满意度 by 维修工程师."""
    return Ranked(per(raw["维修工单"], "维修工程师", lambda rows: average(column(rows, "满意度"))))


@QUESTIONS.asks("share of rated work orders with satisfaction of at least 4")
def satisfied(raw: Raw) -> Figure:
    """满意度 of 4 or 5, of those that have one."""
    held = [value for value in column(raw["维修工单"], "满意度") if value is not None]
    return Figure(Decimal(sum(value >= 4 for value in held)) / len(held))


@QUESTIONS.asks("去年客户现场停机一共多少小时？")
def downtime(raw: Raw) -> Figure:
    """Sum of 现场停机, by 报修日期 in 2024."""
    return Figure(total((row for row in raw["维修工单"] if row["报修日期"][:4] == "2024"), "现场停机(小时)"))


@QUESTIONS.asks("哪个系列的产品报修最多", "Which product series gets the most repair orders?")
def repaired_series(raw: Raw) -> Ranked:
    """Work orders by 产品系列."""
    return Ranked(per(with_product(raw, "维修工单"), "产品系列", len))


@QUESTIONS.asks("昆明永兴水务报过几次修？")
def repairs_of_one(raw: Raw) -> Figure:
    """Work orders of one customer."""
    return Figure(sum(row["客户全称"] == "昆明永兴水务有限公司" for row in with_customer(raw, "维修工单")))


@QUESTIONS.asks("派了工程师的和没派的分别有多少工单")
def assigned(raw: Raw) -> Each:
    """Work orders with and without 维修工程师."""
    found = sum(row["维修工程师"] != "" for row in raw["维修工单"])
    return Each((Figure(found), Figure(len(raw["维修工单"]) - found)))


@QUESTIONS.asks("出厂试验的合格率是多少？", "What share of factory tests (出厂试验) passed, i.e. 合格?")
def passed(raw: Raw) -> Figure:
    """试验结论 = 合格, of all tests."""
    return Figure(Decimal(sum(row["试验结论"] == "合格" for row in raw["出厂试验"])) / len(raw["出厂试验"]))


@QUESTIONS.asks("今年有多少台次试验不合格？")
def failed(raw: Raw) -> Figure:
    """试验结论 = 不合格 in 2025."""
    return Figure(sum(row["试验结论"] == "不合格" and iso(row["试验日期"]) >= "2025-01-01" for row in raw["出厂试验"]))


@QUESTIONS.asks("三个试验台各做了多少次试验")
def benches(raw: Raw) -> Groups:
    """Tests by 试验台."""
    return Groups(per(raw["出厂试验"], "试验台", len))


@QUESTIONS.asks("离心泵和化工泵的平均实测效率比较一下", "compare average measured efficiency of 离心泵 and 化工泵")
def efficiency(raw: Raw) -> AnyOf:
    """Mean of 实测效率 of two series, as written or as a fraction."""
    found = per(with_product(raw, "出厂试验"), "产品系列", lambda rows: average(column(rows, "实测效率(%)")))
    pair: dict[Label, float] = {name: float(found[name]) for name in ("离心泵", "化工泵")}
    options = (Groups(pair), Groups({name: value / 100 for name, value in pair.items()}))
    return AnyOf((*options, *(Compared(option.values) for option in options)))


@QUESTIONS.asks("振动值超过4.0的试验有几次？")
def shaking(raw: Raw) -> Figure:
    """振动值 above 4.0."""
    return Figure(sum((number(row["振动值(mm/s)"]) or 0) > 4 for row in raw["出厂试验"]))


@QUESTIONS.asks("不合格返工一共花了多少工时？", "total rework hours (返工工时)")
def rework(raw: Raw) -> Figure:
    """Sum of 返工工时."""
    return Figure(total(raw["出厂试验"], "返工工时"))


@QUESTIONS.asks("吕方今年做了多少次出厂试验")
def tests_of_lv(raw: Raw) -> Figure:
    """Tests of 吕方 in 2025."""
    return Figure(sum(row["试验员"] == "吕方" and iso(row["试验日期"]) >= "2025-01-01" for row in raw["出厂试验"]))


@QUESTIONS.asks("2号台今年有没有出现过不合格？")
def second_bench(raw: Raw) -> YesNo:
    """Failed tests of 2号台 in 2025."""
    found = sum(row["试验台"] == "2号台" and row["试验结论"] == "不合格" and iso(row["试验日期"]) >= "2025-01-01" for row in raw["出厂试验"])
    return YesNo(found > 0, found)


@QUESTIONS.asks("which product has the highest average vibration (振动值) on the test bench?")
def shakiest(raw: Raw) -> Ranked:
    """Mean of 振动值 by product."""
    return Ranked(per(with_product(raw, "出厂试验"), "产品名称", lambda rows: average(column(rows, "振动值(mm/s)"))))
