"""Questions to the wholesaler of truck tyres about its orders, their way out of the depot, and the tasks of its sellers."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day, number, total
from evals.asked.tallies import average, days, per, summed, wan
from evals.asked.tyres_rows import AMOUNT, CANCELLED, QUESTIONS, called, either, live, monthly, orders, worth

TASKS, GOAL = "年度任务", "销售任务(万元)"


@QUESTIONS.asks("去年总共接了多少张订单？", "How many orders came in during 2025?")
def orders_2025(raw: Raw) -> AnyOf:
    """Orders of 2025."""
    return either(raw, lambda rows: Figure(len(rows)), "2025-01-01", "2025-12-31")


@QUESTIONS.asks("开年到现在订单金额做了多少", "What's our order value year to date?")
def value_so_far(raw: Raw) -> AnyOf:
    """Amount of orders of 2026."""
    return either(raw, lambda rows: Figure(total(rows, AMOUNT)), "2026-01-01")


@QUESTIONS.asks("2025年各品牌卖了多少条胎？取消的订单别算", "2025 tyres sold (条数) by brand, leaving out cancelled orders")
def pieces_by_brand(raw: Raw) -> Groups:
    """Pieces of 2025 by brand."""
    return Groups(per(live(raw, "2025-01-01", "2025-12-31"), "品牌", summed("条数")))


@QUESTIONS.asks("去年拿货金额前三的客户（扣除已取消的单子）", "top 3 customers of 2025 by order amount, cancelled orders excluded")
def best_clients(raw: Raw) -> Ranked:
    """Amount of 2025 by customer."""
    return Ranked(per(live(raw, "2025-01-01", "2025-12-31"), "客户名称", summed(AMOUNT)), top=3)


@QUESTIONS.asks("去年下半年逐月的下单金额给我看看，已取消的剔除", "2025年7月到12月，订单金额按月汇总，不含取消单")
def second_half(raw: Raw) -> Groups:
    """Amount by month from July to December 2025."""
    return Groups(monthly(live(raw, "2025-07-01", "2025-12-31"), "下单日期", summed(AMOUNT)))


@QUESTIONS.asks("今年头两个月的订单额跟去年头两个月比，各是多少？", "January–February order value, 2026 vs 2025")
def two_months(raw: Raw) -> AnyOf:
    """Amount of January and February of two years."""
    spans = {"2026": ("2026-01-01", "2026-02-28"), "2025": ("2025-01-01", "2025-02-28")}
    return AnyOf(tuple(Compared({year: total(pick(raw, *span), AMOUNT) for year, span in spans.items()}) for pick in (live, orders)))


@QUESTIONS.asks("哪种规格走量最大？按条数", "Best-selling tyre size overall, counted in pieces?")
def best_size(raw: Raw) -> AnyOf:
    """Pieces by size."""
    return either(raw, lambda rows: Ranked(per(rows, "规格", summed("条数"))))


@QUESTIONS.asks("从下单到出库，平均要几天？", "On average how many days between 下单 and 出库?")
def days_to_leave(raw: Raw) -> Figure:
    """Mean days until an order leaves."""
    return Figure(average(days(row, "下单日期", "出库日期") for row in orders(raw)))


@QUESTIONS.asks("2025年哪个出库仓发货最慢（下单到出库平均天数）", "which depot was slowest to ship in 2025, going by average days from order to dispatch")
def slowest_depot(raw: Raw) -> Ranked:
    """Mean days until an order leaves, by depot."""
    rows = [row for row in orders(raw, "2025-01-01", "2025-12-31") if row["出库日期"]]
    return Ranked(per(rows, "出库仓", lambda held: average(days(row, "下单日期", "出库日期") for row in held)))


@QUESTIONS.asks("现在还压着没出库的订单是哪几张？", "Which orders are still 待出库?")
def waiting(raw: Raw) -> Listed:
    """Orders that wait."""
    rows = [row for row in orders(raw) if row["订单状态"] == "待出库"]
    return Listed(frozenset(row["订单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("2025年的订单取消率", "What percentage of 2025 orders ended up cancelled?")
def cancelled(raw: Raw) -> Figure:
    """Cancelled orders of those of 2025."""
    rows = orders(raw, "2025-01-01", "2025-12-31")
    return Figure(sum(row["订单状态"] == CANCELLED for row in rows) / len(rows))


@QUESTIONS.asks("去年框架执行的订单占全年订单金额多少？不算取消单", "Leaving aside cancelled orders, how much of 2025 order value was 框架执行, in percent?")
def share_of_frames(raw: Raw) -> Figure:
    """Amount under agreements of all of 2025."""
    rows = live(raw, "2025-01-01", "2025-12-31")
    return Figure(total((row for row in rows if row["订单性质"] == "框架执行"), AMOUNT) / total(rows, AMOUNT))


@QUESTIONS.asks("科洛斯的胎平均卖多少钱一条", "average unit price of 科洛斯 tyres")
def price_of_brand(raw: Raw) -> AnyOf:
    """Mean price a piece of one brand: of the orders, or of the pieces."""
    options = []
    for held in (live(raw), orders(raw)):
        rows = [row for row in held if row["品牌"] == "科洛斯"]
        options += [Figure(average(number(row["单价(元/条)"]) for row in rows)), Figure(total(rows, AMOUNT) / total(rows, "条数"))]
    return AnyOf(tuple(options))


@QUESTIONS.asks("A类客户里，超过90天没下过单的有谁？", "A-grade customers with no order in the past 90 days, who are they?")
def quiet(raw: Raw) -> AnyOf:
    """Customers of grade A without an order since 2025-12-16."""
    options = []
    for held in (live(raw, "2025-12-16"), orders(raw, "2025-12-16")):
        seen = {row["客户编码"] for row in held}
        rows = [row for row in raw["客户档案"] if row["客户等级"] == "A" and row["客户编码"] not in seen]
        options.append(Listed(frozenset(row["客户名称"] for row in rows), count=len(rows)))
    return AnyOf(tuple(options))


@QUESTIONS.asks("档案里有、可一张订单都没下过的客户有多少家？", "number of customers on file who never placed a single order")
def never_bought(raw: Raw) -> AnyOf:
    """Customers without an order."""

    def build(seen: set[str]) -> Figure:
        return Figure(sum(row["客户编码"] not in seen for row in raw["客户档案"]))

    return AnyOf((build({row["客户编码"] for row in orders(raw)}), build({row["客户编码"] for row in live(raw)})))


@QUESTIONS.asks(
    "拿2025年订单金额（扣掉取消单）去比当年的销售任务，谁的完成率最高？",
    "2025 order amount without cancelled orders, divided by each rep's 2025 销售任务: who came out on top?",
)
def best_against_task(raw: Raw) -> Ranked:
    """Amount of 2025 over the task, by person."""
    people, made = raw.by("业务人员", "工号"), per(live(raw, "2025-01-01", "2025-12-31"), "业务员工号", summed(AMOUNT))
    goals = {row["工号"]: worth(row, GOAL) * 10_000 for row in raw[TASKS] if row["年度"] == "2025"}
    found: dict[Label, Decimal] = {called(people[person]): Decimal(made.get(person, 0)) / goal for person, goal in goals.items()}
    return Ranked({**found})


@QUESTIONS.asks("今年全公司的销售任务加起来是多少？", "Sum of all reps' 销售任务 for 2026?")
def tasks_2026(raw: Raw) -> AnyOf:
    """Tasks of 2026."""
    rows = [row for row in raw[TASKS] if row["年度"] == "2026"]
    return wan(lambda by: Figure(total(rows, GOAL) * by))


@QUESTIONS.asks("相如意今年背了多少销售任务，要卖几条胎？", "相如意 2026年的销售任务金额和任务条数")
def task_of_one(raw: Raw) -> AnyOf:
    """Task of one person, in money and pieces."""
    (row,) = [row for row in raw[TASKS] if row["年度"] == "2026" and row["工号"] == "SL007"]
    return wan(lambda by: Each((Figure(worth(row, GOAL) * by), Figure(worth(row, "任务条数")))))


@QUESTIONS.asks("这个月潍坊惠通轮胎经营部下单了吗？", "Did 潍坊惠通轮胎经营部 order anything this month?")
def ordered_this_month(raw: Raw) -> YesNo:
    """Orders of one customer in March 2026."""
    found = sum(row["客户名称"] == "潍坊惠通轮胎经营部" for row in orders(raw, "2026-03-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("徐州福满路物流上一次下单是啥时候？", "date of the latest order from 徐州福满路物流有限公司")
def last_order(raw: Raw) -> AnyOf:
    """The last order of one customer."""
    return either(raw, lambda rows: Figure(max(found for row in rows if row["客户名称"] == "徐州福满路物流有限公司" and (found := day(row["下单日期"])))))


@QUESTIONS.asks("徐州店和郑州店去年订单金额谁高？（不含取消）", "徐州店 vs 郑州店, 2025 order amount excluding cancelled")
def two_stores(raw: Raw) -> Compared:
    """Amount of 2025 of two stores."""
    found = per(live(raw, "2025-01-01", "2025-12-31"), "所属门店", summed(AMOUNT))
    return Compared({name: found[name] for name in ("徐州店", "郑州店")})


@QUESTIONS.asks("修理厂一张订单平均订多少条？", "How many tyres does a repair shop (修理厂) take per order on average?")
def pieces_per_order(raw: Raw) -> AnyOf:
    """Mean pieces of an order by repair shops."""
    return either(raw, lambda rows: Figure(average(number(row["条数"]) for row in rows if row["客户类型"] == "修理厂")))


@QUESTIONS.asks("单笔10万元以上的订单，去年有几张？", "orders above 100k yuan each, count for 2025")
def large_orders(raw: Raw) -> AnyOf:
    """Orders of 2025 above 100,000."""
    return either(raw, lambda rows: Figure(sum(worth(row, AMOUNT) > 100_000 for row in rows)), "2025-01-01", "2025-12-31")
