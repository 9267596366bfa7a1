"""Questions to the provider of cloud services about its opportunities; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import cloud_books, cloud_field, cloud_service, cloud_talk
from evals.asked.cloud_rows import (
    GUESS,
    LOST,
    QUESTIONS,
    SIGNED,
    WON,
    by_month,
    closed,
    deals,
    either,
    guessed,
    in_percent,
    income,
    listed,
    lost,
    per,
    per_two,
    rate,
    still_open,
    won,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, number
from evals.asked.tallies import average, column, days, iso, middle

__all__ = ["QUESTIONS", "cloud_books", "cloud_field", "cloud_service", "cloud_talk"]


@QUESTIONS.asks("今年到现在一共赢了多少单？", "How many deals have we won so far this year?")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2025, by the day of winning."""
    return Figure(len(won(raw, "2025-01-01")))


@QUESTIONS.asks("2024全年赢单的合同额合计多少", "麻烦查一下去年全年签了多少钱的合同")
def value_2024(raw: Raw) -> Figure:
    """Contract value of deals won in 2024."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("在跟商机的总盘子有多大，预估额加起来", "What's the open pipeline worth today?")
def pipeline(raw: Raw) -> Figure:
    """Estimated value of open opportunities."""
    return Figure(guessed(still_open(raw)))


@QUESTIONS.asks("没结果的商机按阶段各有几个、多少钱", "open opps by 商机阶段 — count and 预估额 please")
def open_by_stage(raw: Raw) -> Each:
    """Count and estimated value of open opportunities by stage."""
    rows = still_open(raw)
    return Each((Groups(per(rows, "商机阶段", len)), Groups(per(rows, "商机阶段", guessed))))


@QUESTIONS.asks("整体赢单率多少？", "overall win rate?")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("去年的赢单率是多少", "2024 年的 win rate 帮我拉一下")
def win_rate_2024(raw: Raw) -> Figure:
    """Of the deals that were won or lost in 2024."""
    return Figure(rate(closed(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("哪条产品线最好卖，赢单率最高？", "Which 产品线 has the highest win rate?")
def best_product(raw: Raw) -> Ranked:
    """Win rate by product line."""
    return Ranked(per(deals(raw), "产品线", rate))


@QUESTIONS.asks("按商机来源看，哪种来源赢单率最低", "lowest win rate by opportunity source, which one is it")
def worst_source(raw: Raw) -> Ranked:
    """Win rate by source of the opportunity, lowest first."""
    return Ranked(per(deals(raw), "商机来源", rate), lowest=True)


@QUESTIONS.asks("四个战区去年各签了多少合同额", "2024 won revenue by 战区")
def zones_2024(raw: Raw) -> Groups:
    """Won value of 2024 by zone of the customer."""
    return Groups(per(won(raw, "2024-01-01", "2024-12-31"), "战区", income))


@QUESTIONS.asks("赢单额累计排前三的是哪几个销售", "Top 3 sales reps by total won contract value, all time")
def best_sellers(raw: Raw) -> Ranked:
    """Won value by seller."""
    return Ranked(per(won(raw), "销售", income), top=3)


@QUESTIONS.asks("今年业绩第二名的销售是谁？", "Who is number two in won revenue this year?")
def second_seller(raw: Raw) -> Ranked:
    """Won value of 2025 by seller, the second."""
    return Ranked(per(won(raw, "2025-01-01"), "销售", income), place=2)


@QUESTIONS.asks("今年赢单单数垫底的是谁", "which rep has closed the fewest won deals in 2025")
def last_seller(raw: Raw) -> Ranked:
    """Deals won in 2025 by seller, fewest first."""
    return Ranked(per(won(raw, "2025-01-01"), "销售", len), lowest=True)


@QUESTIONS.asks("输单归因排个序", "What's the most common reason we lose deals?")
def lost_why(raw: Raw) -> Ranked:
    """Lost opportunities by reason."""
    return Ranked(per(lost(raw), "输单归因", len))


@QUESTIONS.asks("碰上用友最后输掉的有多少单？", "How many deals did we lose with 用友 as the competitor?")
def lost_to_yongyou(raw: Raw) -> Figure:
    """Lost opportunities with this rival."""
    return Figure(sum(row["友商"] == "用友" for row in lost(raw)))


@QUESTIONS.asks("跟哪家友商碰，咱们赢单率最低？", "against which 友商 do we have the worst win rate")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(per(deals(raw), "友商", rate), lowest=True)


@QUESTIONS.asks("新购和增购的赢单率对比一下", "新购 vs 增购, win rate please")
def kinds(raw: Raw) -> Compared:
    """Win rate of two kinds."""
    found = per(deals(raw), "方案类型", rate)
    return Compared({name: found[name] for name in ("新购", "增购")})


@QUESTIONS.asks("去年每个季度的赢单金额", "quarterly won revenue for 2024")
def quarters(raw: Raw) -> Groups:
    """Won value of 2024 by quarter."""
    return Groups(per(by_month(won(raw, "2024-01-01", "2024-12-31"), "赢单日期"), "季", income))


@QUESTIONS.asks("今年前九个月，每月赢单数走势给我看下", "won deals per month, January to September 2025")
def months(raw: Raw) -> Groups:
    """Deals won by month, until September 2025."""
    return Groups(per(by_month(won(raw, "2025-01-01", "2025-09-30"), "赢单日期"), "月", len))


@QUESTIONS.asks("2024年赢单额比2023年增长了多少个百分比", "By how much did won revenue grow in 2024 compared with 2023, in percent?")
def growth(raw: Raw) -> Figure:
    """Won value of 2024 over that of 2023, less one."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")) / income(won(raw, "2023-01-01", "2023-12-31")) - 1)


@QUESTIONS.asks("今年三季度和二季度的赢单额比一比", "Q3 和 Q2 的签约金额对比，今年的")
def two_quarters(raw: Raw) -> Compared:
    """Won value of two quarters of 2025."""
    return Compared({"2025-Q3": income(won(raw, "2025-07-01", "2025-09-30")), "2025-Q2": income(won(raw, "2025-04-01", "2025-06-30"))})


@QUESTIONS.asks("各个版本赢单的平均合同额是多少", "average contract value of won deals per edition (版本)")
def size_by_edition(raw: Raw) -> Groups:
    """Mean contract value by edition."""
    return Groups(per(won(raw), "版本", lambda rows: average(column(rows, SIGNED))))


@QUESTIONS.asks("去年赢单合同额的中位数", "median contract value of the deals we won in 2024")
def middle_2024(raw: Raw) -> Figure:
    """Median of 合同额 of 2024."""
    return Figure(middle(column(won(raw, "2024-01-01", "2024-12-31"), SIGNED)))


@QUESTIONS.asks("一个单子从建立到赢单平均要跟多少天？", "平均 sales cycle 多长，赢单的，按天算")
def cycle(raw: Raw) -> Figure:
    """Days from 建立日期 to 赢单日期 of won opportunities."""
    return Figure(average(days(row, "建立日期", "赢单日期") for row in won(raw)))


@QUESTIONS.asks("KA客户和SMB客户，从建商机到赢单平均各多少天", "How long does a win take for KA vs SMB customers, in days from creation to win?")
def cycle_by_tier(raw: Raw) -> Compared:
    """Days to win of two tiers."""
    found = per(won(raw), "客户分层", lambda rows: average(days(row, "建立日期", "赢单日期") for row in rows))
    return Compared({name: found[name] for name in ("KA", "SMB")})


@QUESTIONS.asks("商务报价阶段、预估额不少于5万的商机有哪些", "list deals in 商务报价 worth at least 50,000")
def quoted(raw: Raw) -> Listed:
    """In 商务报价, at least 50,000."""
    return listed((row for row in deals(raw) if row["商机阶段"] == "商务报价" and (number(row[GUESS]) or 0) >= 50_000), "商机名")


@QUESTIONS.asks("重庆两江汽车零部件那边还在跟的商机列一下", "Open opportunities at 重庆两江汽车零部件股份有限公司?")
def liangjiang_open(raw: Raw) -> Listed:
    """Open opportunities of one customer."""
    return listed((row for row in still_open(raw) if row["签约主体"] == "重庆两江汽车零部件股份有限公司"), "商机名")


@QUESTIONS.asks("高远这个月有赢单吗？", "Has 高远 won any deal this month?")
def gao_this_month(raw: Raw) -> YesNo:
    """Deals that 高远 won in October 2025."""
    found = sum(row["销售"] == "高远" for row in won(raw, "2025-10-01", "2025-10-31"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("预计赢单日落在这个月、还没关的商机有几个", "how many open deals are expected to close this month?")
def due_this_month(raw: Raw) -> Figure:
    """Open, expected in October 2025."""
    return Figure(sum(iso(row["预计赢单日"])[:7] == "2025-10" for row in still_open(raw)))


@QUESTIONS.asks("预计赢单日都过了还没关掉的商机有多少个？", "count of open opps already past their 预计赢单日")
def slipped(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(iso(row["预计赢单日"]) < "2025-10-22" for row in still_open(raw)))


@QUESTIONS.asks("历史上签过最大的一单是哪个，多少钱", "What is the single largest deal we have ever won?")
def biggest_deal(raw: Raw) -> Ranked:
    """Won opportunities by contract value."""
    return Ranked({row["商机名"]: number(row[SIGNED]) or 0 for row in won(raw)}, top=1)


@QUESTIONS.asks("合同额最大的五个客户", "our five biggest customers by won contract value")
def biggest_customers(raw: Raw) -> Ranked:
    """Won value by customer."""
    return Ranked(per(won(raw), "签约主体", income), top=5)


@QUESTIONS.asks("KA客户占全部赢单额的比例是多少", "what share of won revenue comes from KA accounts")
def share_of_ka(raw: Raw) -> Figure:
    """Won value of key accounts of all."""
    return Figure(income(row for row in won(raw) if row["客户分层"] == "KA") / income(won(raw)))


@QUESTIONS.asks("今年赢的单子里，伙伴推荐来的占百分之几（按单数）", "Of the deals won in 2025, what percentage came from 伙伴推荐?")
def share_of_partners(raw: Raw) -> Figure:
    """Deals won in 2025 from partners, of all that were won."""
    rows = won(raw, "2025-01-01")
    return Figure(Decimal(sum(row["商机来源"] == "伙伴推荐" for row in rows)) / len(rows))


@QUESTIONS.asks("手上在跟金额最大的三个销售，赢单率分别多少？", "Win rates of the three reps with the largest open pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three sellers with most open value."""
    held = per(still_open(raw), "销售", guessed)
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in deals(raw) if row["销售"] in first), "销售", rate))


@QUESTIONS.asks("陈佳怡今年赢了几单，又输了几单？", "陈佳怡 this year: how many won, how many lost?")
def chen_this_year(raw: Raw) -> Each:
    """Deals that 陈佳怡 won and lost in 2025."""
    stages = [row["商机阶段"] for row in closed(raw, "2025-01-01") if row["销售"] == "陈佳怡"]
    return Each((Figure(stages.count(WON)), Figure(stages.count(LOST))))


@QUESTIONS.asks("去年赢单数，按战区和产品线交叉统计", "Cross-tab of deals won in 2024: 战区 by 产品线")
def zone_and_product(raw: Raw) -> Groups:
    """Deals won in 2024 by zone and product line."""
    return Groups(per_two(won(raw, "2024-01-01", "2024-12-31"), "战区", "产品线", len))


@QUESTIONS.asks("因为价格超预算丢掉、预估额超过20万的单子有哪些", "哪些20万以上的商机是输在价格超预算上的？")
def dear_and_lost(raw: Raw) -> Listed:
    """Lost for the price, estimated above 200,000."""
    return listed((row for row in lost(raw) if row["输单归因"] == "价格超预算" and (number(row[GUESS]) or 0) > 200_000), "商机名")


@QUESTIONS.asks("赢单的平均折扣率是多少？", "average 折扣率 on won deals")
def discount(raw: Raw) -> AnyOf:
    """Mean of a column that is written in per cent."""
    return in_percent(average(column(won(raw), "折扣率")))


@QUESTIONS.asks("哪个销售折扣给得最低，看平均折扣率", "谁打折打得最狠？按赢单平均折扣率从低到高排")
def discount_by_seller(raw: Raw) -> AnyOf:
    """Mean 折扣率 by seller, lowest first."""
    return either(per(won(raw), "销售", lambda rows: average(column(rows, "折扣率"))), 100, lowest=True)


@QUESTIONS.asks("OPP240236这个商机是谁在负责，卡在哪个阶段了？", "OPP240236: which sales rep owns it and what stage is it in?")
def one_deal(raw: Raw) -> Each:
    """Seller and stage of one opportunity."""
    row = next(row for row in deals(raw) if row["商机号"] == "OPP240236")
    return Each((Figure(row["销售"]), Figure(row["商机阶段"])))


@QUESTIONS.asks("没有填友商的赢单有多少个", "How many won deals have no competitor recorded?")
def without_rival(raw: Raw) -> Figure:
    """Won opportunities without 友商."""
    return Figure(sum(not row["友商"] for row in won(raw)))


@QUESTIONS.asks("还没配售前的在跟商机有哪几个", "which open opps have no 售前 assigned")
def without_presales(raw: Raw) -> Listed:
    """Open opportunities without 售前."""
    return listed((row for row in still_open(raw) if not row["售前"]), "商机名")


@QUESTIONS.asks("去年合同额在10万到30万之间的赢单有几单", "deals won in 2024 with a contract value between 100k and 300k, how many?")
def middling(raw: Raw) -> Figure:
    """Won in 2024, from 100,000 to 300,000."""
    return Figure(sum(100_000 <= (number(row[SIGNED]) or 0) <= 300_000 for row in won(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("上个月新建了几条商机？", "How many opportunities were created last month?")
def created_last_month(raw: Raw) -> Figure:
    """Created in September 2025."""
    return Figure(sum(iso(row["建立日期"])[:7] == "2025-09" for row in deals(raw)))


@QUESTIONS.asks("上周建的商机有多少条", "上周我们 create 了多少个 opportunity")
def created_last_week(raw: Raw) -> Figure:
    """Created from 13 to 19 October 2025."""
    return Figure(sum("2025-10-13" <= iso(row["建立日期"]) <= "2025-10-19" for row in deals(raw)))


@QUESTIONS.asks("建立后30天以内就赢下来的单子有几个", "won within 30 days of being created — how many deals?")
def quick(raw: Raw) -> Figure:
    """Won within 30 days."""
    return Figure(sum((days(row, "建立日期", "赢单日期") or 0) <= 30 for row in won(raw)))


@QUESTIONS.asks("今年哪个行业赛道贡献的赢单额最高？", "which industry brought the most won revenue this year")
def best_trade(raw: Raw) -> Ranked:
    """Won value of 2025 by trade."""
    return Ranked(per(won(raw, "2025-01-01"), "行业赛道", income))


@QUESTIONS.asks("走到POC测试的商机还有哪些没结", "目前处在POC测试阶段的商机清单")
def in_poc(raw: Raw) -> Listed:
    """Opportunities in POC测试."""
    return listed((row for row in deals(raw) if row["商机阶段"] == "POC测试"), "商机名")


@QUESTIONS.asks("苏航参与的项目赢单率和汪洋比哪个高？", "售前 苏航 and 汪洋 — compare their win rates")
def presales_rates(raw: Raw) -> Compared:
    """Win rates of two presales people."""
    found = per(deals(raw), "售前", rate)
    return Compared({name: found[name] for name in ("苏航", "汪洋")})


@QUESTIONS.asks("数据中台今年赢了多少钱、平均一单多大", "数据中台 in 2025: total won value and average deal size?")
def data_platform(raw: Raw) -> Each:
    """Sum and mean of 合同额 of one product line in 2025."""
    rows = [row for row in won(raw, "2025-01-01") if row["产品线"] == "数据中台"]
    return Each((Figure(income(rows)), Figure(average(column(rows, SIGNED)))))
