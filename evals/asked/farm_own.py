"""Questions to the maker of farm machinery about its orders; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import farm_books, farm_country, farm_talk, farm_wishes
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.farm_rows import (
    ALWAYS,
    LINES,
    MONEY,
    NOW,
    QUESTIONS,
    QUOTAS,
    UNITS,
    Y2024,
    Y2025,
    Y2026,
    amount,
    cross,
    either,
    income,
    lines,
    named,
    pieces,
    sold,
    waiting,
)
from evals.asked.raw import Raw, day, groups, quarter, total
from evals.asked.tallies import Worth, average, column, days, middle, per

__all__ = ["QUESTIONS", "farm_books", "farm_country", "farm_talk", "farm_wishes"]


@QUESTIONS.asks("按下单日算，今年到现在总共订出去多少台机子？取消的别算", "machines ordered year to date, not counting cancelled lines?")
def pieces_this_year(raw: Raw) -> Figure:
    """Pieces ordered in 2026."""
    return Figure(pieces(sold(raw, Y2026)))


@QUESTIONS.asks("财务要个数：2025年订单总金额，剔除已取消的", "2025全年下的单子，去掉取消的，一共多少钱啊")
def value_2025(raw: Raw) -> Figure:
    """Value ordered in 2025."""
    return Figure(income(sold(raw, Y2025)))


@QUESTIONS.asks("今年哪个大类订的台数最多", "Which machine category (大类) has sold the most units this year?")
def best_kind(raw: Raw) -> AnyOf:
    """Pieces ordered in 2026, by kind."""
    return either(raw, Y2026, lambda rows: Ranked(per(rows, "大类", pieces)))


@QUESTIONS.asks("去年进货额前三的经销商，名字和金额都要", "top 3 dealers by 2025 order value")
def best_dealers(raw: Raw) -> AnyOf:
    """Value ordered in 2025, by dealer."""
    return either(raw, Y2025, lambda rows: Ranked(per((row for row in rows if row["往来类型"] == "经销商"), "单位全称", income), top=3))


@QUESTIONS.asks("2025年直销金额在全部订单金额里占几成？", "how much of 2025 order value came through 直销, in percent")
def share_direct(raw: Raw) -> AnyOf:
    """Value of direct sales of all, in 2025."""
    return either(raw, Y2025, lambda rows: Figure(income(row for row in rows if row["销售渠道"] == "直销") / income(rows)))


@QUESTIONS.asks("把今年1到5月每个月的订货台数列出来看看趋势", "monthly order units so far in 2026 — give me the trend")
def months(raw: Raw) -> AnyOf:
    """Pieces by month of 2026."""
    return either(raw, Y2026, lambda rows: Groups(per([{**row, "月": row["下单日"][:7]} for row in rows], "月", pieces)))


@QUESTIONS.asks("2025年四个季度的订单额分别多少，取消的行不要")
def quarters(raw: Raw) -> Groups:
    """Value by quarter of 2025."""
    return Groups(per([{**row, "季": quarter(row["下单日"])} for row in sold(raw, Y2025)], "季", income))


@QUESTIONS.asks("今年一季度跟去年一季度比，订单金额涨了还是跌了，幅度百分之几", "Q1 this year against Q1 last year: how many percent did order value change?")
def growth(raw: Raw) -> AnyOf:
    """Value from January to March of 2026 over that of 2025, less one."""
    new, old = ("2026-01-01", "2026-03-31"), ("2025-01-01", "2025-03-31")
    options = tuple(Figure(income(pick(raw, new)) / income(pick(raw, old)) - 1) for pick in (sold, lines))
    return AnyOf(options)


@QUESTIONS.asks("已经发车的订单行里，晚于要求发车日才发的占多大比例？", "Of the lines already shipped, what share left later than the 要求发车日?")
def late_share(raw: Raw) -> Figure:
    """Lines that were shipped late, of those shipped."""
    rows = [row for row in raw[LINES] if row["实际发车日"]]
    return Figure(Decimal(sum(row["实际发车日"] > row["要求发车日"] for row in rows)) / len(rows))


@QUESTIONS.asks("从客户下单到车发出去，平均得几天", "on average how long between 下单日 and 实际发车日")
def lead_time(raw: Raw) -> Figure:
    """Days from ordering to shipping."""
    return Figure(average(days(row, "下单日", "实际发车日") for row in raw[LINES]))


@QUESTIONS.asks("手头还没发车的（待排产加待发车）有几行、合多少钱？")
def backlog(raw: Raw) -> Each:
    """Lines that wait, and their value."""
    rows = waiting(raw)
    return Each((Figure(len(rows)), Figure(income(rows))))


@QUESTIONS.asks("有没有过了要求发车日还没发走的单？取消的不算", "any uncancelled order line past its required ship date and still not shipped?")
def late_waiting(raw: Raw) -> YesNo:
    """Lines that wait and are late."""
    found = sum(row["要求发车日"] < NOW for row in waiting(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("待排产的单子给我看看，都是哪些订单")
def to_build(raw: Raw) -> Listed:
    """Orders with a line that waits to be built."""
    rows = [row for row in lines(raw) if row["行状态"] == "待排产"]
    return Listed(named(rows, "订单号"), count=len(rows))


@QUESTIONS.asks("本月接了几张订单？同一订单号多行算一张", "how many distinct order numbers this month")
def orders_this_month(raw: Raw) -> AnyOf:
    """Orders of May 2026."""
    return either(raw, ("2026-05-01", NOW), lambda rows: Figure(len(named(rows, "订单号"))))


@QUESTIONS.asks("历年累计订得第二多的机型是哪款（按台数）", "By units, which model is our number two seller of all time?")
def second_model(raw: Raw) -> AnyOf:
    """Pieces by model, the second."""
    return AnyOf(tuple(Ranked(per(rows, name, pieces), place=2) for rows in (sold(raw), lines(raw)) for name in ("机型代码", "品名")))


@QUESTIONS.asks("玉米收获机在哪个省走得最好？按台数", "which province takes the most 玉米收获机, by number of machines?")
def corn_province(raw: Raw) -> AnyOf:
    """Pieces of corn harvesters by province."""
    return either(raw, ALWAYS, lambda rows: Ranked(per((row for row in rows if row["大类"] == "玉米收获机"), "省", pieces)))


@QUESTIONS.asks("经销渠道2025年按付款方式拆一下金额", "2025 经销 orders: amount by 付款方式")
def dealer_terms(raw: Raw) -> AnyOf:
    """Value that dealers ordered in 2025, by way of paying."""
    return either(raw, Y2025, lambda rows: Groups(per((row for row in rows if row["销售渠道"] == "经销"), "付款方式", income)))


@QUESTIONS.asks("2025年下的单子里头，后来取消掉的值多少钱")
def cancelled(raw: Raw) -> Figure:
    """Value of cancelled lines of 2025."""
    return Figure(income(row for row in lines(raw, Y2025) if row["行状态"] == "已取消"))


@QUESTIONS.asks("DD24-0162这张单是谁家的，订的什么机型？", "order DD24-0162 — who's the customer and which model did they order?")
def one_order(raw: Raw) -> AnyOf:
    """Unit and model of one order."""
    row = next(row for row in lines(raw) if row["订单号"] == "DD24-0162")
    return AnyOf(tuple(Each((Figure(row["单位全称"]), Figure(row[name]))) for name in ("机型代码", "品名")))


@QUESTIONS.asks("单张订单金额历史最高的是哪一张", "biggest single order we ever took, by total amount (all lines)?")
def biggest_order(raw: Raw) -> AnyOf:
    """Orders by value of all lines."""
    return either(raw, ALWAYS, lambda rows: Ranked(per(rows, "订单号", income)))


@QUESTIONS.asks("四个片区×直销/经销，2025年的台数做个交叉表，不含取消", "2025 units split by 片区 and 销售渠道, cancelled excluded")
def region_channel(raw: Raw) -> Groups:
    """Pieces of 2025 by region and channel."""
    return Groups(cross(sold(raw, Y2025), "片区", "销售渠道", pieces))


@QUESTIONS.asks("合作中的经销商里，今年一张单都没下的有哪些", "Which 合作中 dealers haven't placed any order in 2026?")
def silent_dealers(raw: Raw) -> AnyOf:
    """Dealers we work with that have not ordered in 2026."""
    rows = [row for row in raw[UNITS] if row["往来类型"] == "经销商" and row["往来状态"] == "合作中"]
    options = []
    for held in (lines(raw, Y2026), sold(raw, Y2026)):
        left = [row for row in rows if row["往来编码"] not in named(held, "往来编码")]
        options.append(Listed(named(left), count=len(left)))
    return AnyOf(tuple(options))


@QUESTIONS.asks("既买过拖拉机又买过打捆机的客户有几家？")
def both_kinds(raw: Raw) -> AnyOf:
    """Units that ordered two kinds."""
    return either(raw, ALWAYS, lambda rows: Figure(sum({"拖拉机", "打捆机"} <= named(held, "大类") for held in groups(rows, "往来编码").values())))


@QUESTIONS.asks("median line amount for orders by 农机合作社")
def middle_coop(raw: Raw) -> AnyOf:
    """Median value of the lines of cooperatives."""
    return either(raw, ALWAYS, lambda rows: Figure(middle(column((row for row in rows if row["往来类型"] == "农机合作社"), MONEY))))


@QUESTIONS.asks("TN1604平均结算单价，直销和经销各是多少", "TN1604: average 结算单价, direct vs dealer channel")
def price_of_one(raw: Raw) -> AnyOf:
    """Mean price of one model by channel, by line or by piece."""
    options = []
    for rows in (sold(raw), lines(raw)):
        held = [row for row in rows if row["机型代码"] == "TN1604"]
        options.append(Compared(per(held, "销售渠道", lambda part: average(column(part, "结算单价(元)")))))
        options.append(Compared(per(held, "销售渠道", lambda part: income(part) / pieces(part))))
    return AnyOf(tuple(options))


@QUESTIONS.asks("韩雪飞去年的订单额和前年比怎么样")
def han_two_years(raw: Raw) -> AnyOf:
    """Value of one seller in two years."""
    options = []
    for pick in (sold, lines):
        held: dict[Label, Worth] = {
            year: income(row for row in pick(raw, span) if row["业务员"] == "韩雪飞") for year, span in (("2025", Y2025), ("2024", Y2024))
        }
        options.append(Compared(held))
    return AnyOf(tuple(options))


@QUESTIONS.asks(
    "今年一季度各业务员的任务完成率（订单台数÷任务台数，不含取消），谁最高",
    "Q1 2026: who has the best ratio of units ordered (cancelled excluded) to 任务台数?",
)
def attainment(raw: Raw) -> Ranked:
    """Pieces ordered from January to March 2026 over the task, by seller."""
    tasks = {row["业务员工号"]: amount(row, "任务台数") for row in raw[QUOTAS] if row["年度"] == "2026" and row["季度"] == "一季度"}
    rows = sold(raw, ("2026-01-01", "2026-03-31"))
    names = {row["业务员工号"]: row["业务员"] for row in lines(raw)}
    return Ranked({names[who]: pieces(row for row in rows if row["业务员工号"] == who) / task for who, task in tasks.items()})


@QUESTIONS.asks("2025全年没完成任务台数的业务员都有谁？按订单台数算，取消的不计")
def missed(raw: Raw) -> Listed:
    """Sellers who ordered fewer pieces in 2025 than their task of the year."""
    names = {row["业务员工号"]: row["业务员"] for row in lines(raw)}
    tasks: dict[str, Decimal] = {}
    for row in raw[QUOTAS]:
        if row["年度"] == "2025":
            tasks[row["业务员工号"]] = tasks.get(row["业务员工号"], Decimal(0)) + amount(row, "任务台数")
    rows = sold(raw, Y2025)
    found = frozenset(names[who] for who, task in tasks.items() if pieces(row for row in rows if row["业务员工号"] == who) < task)
    return Listed(found, count=len(found))


@QUESTIONS.asks("金额过100万的订单行，今年有几条？")
def large_lines(raw: Raw) -> AnyOf:
    """Lines of 2026 above 1,000,000."""
    return either(raw, Y2026, lambda rows: Figure(sum(amount(row, MONEY) > 1_000_000 for row in rows)))


@QUESTIONS.asks("TN2404头一张订单是哪天下的？")
def first_of_model(raw: Raw) -> AnyOf:
    """The first day on which one model was ordered."""
    return either(raw, ALWAYS, lambda rows: Figure(min(found for row in rows if row["机型代码"] == "TN2404" and (found := day(row["下单日"])))))


@QUESTIONS.asks("2025年运费总共花了多少（按实际发车日）")
def freight(raw: Raw) -> Figure:
    """Freight of what was shipped in 2025."""
    return Figure(total((row for row in raw[LINES] if row["实际发车日"].startswith("2025")), "运费(元)"))
