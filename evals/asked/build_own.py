"""Questions to the maker of windows and curtain walls about its quoted projects; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import build_books, build_deals, build_field, build_talk
from evals.asked.build_rows import (
    LOST,
    NOW,
    QUESTIONS,
    by_month,
    by_quarter,
    crossed,
    deals,
    decided,
    income,
    listed,
    lost,
    money,
    per,
    quoted,
    rate,
    spanning,
    still_open,
    times,
    wan,
    won,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, number, total
from evals.asked.tallies import average, column, days, iso, middle

__all__ = ["QUESTIONS", "build_books", "build_deals", "build_field", "build_talk"]


@QUESTIONS.asks("今年到现在一共中了多少个标？", "How many bids have we won so far this year?")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2025, by the day of the decision."""
    return Figure(len(won(raw, "2025-01-01")))


@QUESTIONS.asks("去年全年的中标额报一下", "What did our won bids add up to in 2024?")
def value_2024(raw: Raw) -> AnyOf:
    """Won value of 2024."""
    return money(income(won(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("手上还没定标的报价合计多少钱", "What's our open pipeline worth today?")
def pipeline(raw: Raw) -> AnyOf:
    """Quoted value of open projects."""
    return money(quoted(still_open(raw)))


@QUESTIONS.asks("没定标的项目按进展分，每个阶段几个？", "open projects by 进展 - how many sit in each stage")
def open_by_stage(raw: Raw) -> Groups:
    """Open projects by stage."""
    return Groups(per(still_open(raw), "进展", len))


@QUESTIONS.asks("咱们总体中标率多少", "overall win rate?")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("今年的中标率跟去年比怎么样，分别是多少？", "Compare our win rate in 2025 so far with 2024, please.")
def win_rate_years(raw: Raw) -> Compared:
    """Of those decided in each year."""
    return Compared({"2025": rate(decided(raw, "2025-01-01")), "2024": rate(decided(raw, "2024-01-01", "2024-12-31"))})


@QUESTIONS.asks("六条产品线里哪条最好中标，看中标率", "which 产品线 has the highest win rate")
def best_line(raw: Raw) -> Ranked:
    """Win rate by product line."""
    return Ranked(per(decided(raw), "产品线", rate))


@QUESTIONS.asks("住宅、商办、酒店、学校这些业态，中标率最低的是哪个？", "Which building type has the lowest win rate?")
def worst_use(raw: Raw) -> Ranked:
    """Win rate by kind of building, lowest first."""
    return Ranked(per(decided(raw), "业态", rate), lowest=True)


@QUESTIONS.asks("今年五个区域中标额各多少", "Won revenue by 区域 this year, please")
def regions_this_year(raw: Raw) -> AnyOf:
    """Won value of 2025 by region of the client."""
    held = per(won(raw, "2025-01-01"), "区域", income)
    return wan(lambda factor: Groups(times(held, factor)))


@QUESTIONS.asks("历史累计中标额前三的业务员是谁", "top 3 salespeople by total won value")
def best_sellers(raw: Raw) -> AnyOf:
    """Won value by seller."""
    held = per(won(raw), "业务员", income)
    return wan(lambda factor: Ranked(times(held, factor), top=3))


@QUESTIONS.asks("今年中标个数最多的业务员是哪个？", "Who has won the most bids in 2025?")
def most_wins(raw: Raw) -> Ranked:
    """Won projects of 2025 by seller."""
    return Ranked(per(won(raw, "2025-01-01"), "业务员", len))


@QUESTIONS.asks("2024年中标额排第二的业务员是谁啊", "second best rep by won value last year?")
def second_seller(raw: Raw) -> AnyOf:
    """Won value of 2024 by seller, the second."""
    held = per(won(raw, "2024-01-01", "2024-12-31"), "业务员", income)
    return wan(lambda factor: Ranked(times(held, factor), place=2))


@QUESTIONS.asks("丢标主要都是什么原因，排个序", "Why do we lose bids? Rank the reasons for me.")
def lost_why(raw: Raw) -> Ranked:
    """Lost projects by reason."""
    return Ranked(per(lost(raw), "落标原因", len))


@QUESTIONS.asks("跟皇铝碰上、最后我们落标的有几个", "How many projects did we lose with 皇铝 as the main rival?")
def lost_to_huanglv(raw: Raw) -> Figure:
    """Lost projects with this rival."""
    return Figure(sum(row["主要对手"] == "皇铝" for row in lost(raw)))


@QUESTIONS.asks("碰到哪家对手的时候我们中标率最低？", "against which competitor is our win rate lowest")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(per(decided(raw), "主要对手", rate), lowest=True)


@QUESTIONS.asks("集采和公开招标，两种方式中标率各是多少？", "win rate: 集采 vs 公开招标")
def ways(raw: Raw) -> Compared:
    """Win rate by two ways of buying."""
    held = per(decided(raw), "招采方式", rate)
    return Compared({name: held[name] for name in ("集采", "公开招标")})


@QUESTIONS.asks("做了样板间的跟没做的比，中标率差多少，分别报一下", "Does a mock-up help? win rate for 样板间 已做 vs 未做")
def sample_rates(raw: Raw) -> Compared:
    """Win rate by whether a mock-up was made."""
    held = per(decided(raw), "样板间", rate)
    return Compared({name: held[name] for name in ("已做", "未做")})


@QUESTIONS.asks("中标的项目平均多少平方", "average area in ㎡ of the projects we won")
def area_of_won(raw: Raw) -> Figure:
    """Mean area of won projects."""
    return Figure(average(column(won(raw), "面积(㎡)")))


@QUESTIONS.asks("未定标项目的报价中位数是多少", "What's the median quote among open projects?")
def middle_quote(raw: Raw) -> AnyOf:
    """Median quote of open projects that have one."""
    return money(middle(column(still_open(raw), "报价(万元)")))


@QUESTIONS.asks("中标项目从登记到定标平均要跑多少天？", "average sales cycle of won projects, registration to award, in days")
def cycle(raw: Raw) -> Figure:
    """Days from the registration to the decision."""
    return Figure(average(days(row, "登记日期", "定标日期") for row in won(raw)))


@QUESTIONS.asks("今年登记的项目，从登记到把报价报出去平均几天", "For projects registered in 2025, how many days on average until the quote went out?")
def quoting(raw: Raw) -> Figure:
    """Days from registration to quote, of those registered in 2025 that have a quote."""
    return Figure(average(days(row, "登记日期", "报价日期") for row in spanning(deals(raw), "登记日期", "2025-01-01", NOW)))


@QUESTIONS.asks("哪个深化设计师出图最慢？按登记到出图的平均天数算", "slowest 深化设计师 by average days from 登记日期 to 深化出图日")
def slowest_drawing(raw: Raw) -> Ranked:
    """Mean days from the registration to the drawing by designer."""
    rows = [row for row in deals(raw) if row["深化出图日"]]
    return Ranked(per(rows, "深化设计师", lambda held: average(days(row, "登记日期", "深化出图日") for row in held)))


@QUESTIONS.asks("今年新登记的项目，贾明哲、程思敏、顾一凡各分到几个做深化", "How many of this year's newly registered projects went to each 深化设计师?")
def drawing_load(raw: Raw) -> Groups:
    """Projects registered in 2025 by designer."""
    return Groups(per(spanning(deals(raw), "登记日期", "2025-01-01", NOW), "深化设计师", len))


@QUESTIONS.asks("2024年四个季度分别中了几个标", "Number of won bids per quarter in 2024")
def quarters(raw: Raw) -> Groups:
    """Won projects by quarter of the decision."""
    return Groups(per(by_quarter(won(raw, "2024-01-01", "2024-12-31"), "定标日期"), "季", len))


@QUESTIONS.asks("今年每个月的中标额，拉个走势", "monthly won value for 2025, month by month")
def months(raw: Raw) -> AnyOf:
    """Won value of 2025 by month."""
    held = per(by_month(won(raw, "2025-01-01"), "定标日期"), "月", income)
    return wan(lambda factor: Groups(times(held, factor)))


@QUESTIONS.asks("去年中标额比前年涨了百分之多少？", "By how many percent did won value grow from 2023 to 2024?")
def growth(raw: Raw) -> Figure:
    """Won value of 2024 over that of 2023, less one."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")) / income(won(raw, "2023-01-01", "2023-12-31")) - 1)


@QUESTIONS.asks("今年上半年跟去年上半年，中标个数对比一下", "H1 2025 vs H1 2024: number of bids won")
def halves(raw: Raw) -> Compared:
    """Won in the first half of each year."""
    return Compared({"2025": len(won(raw, "2025-01-01", "2025-06-30")), "2024": len(won(raw, "2024-01-01", "2024-06-30"))})


@QUESTIONS.asks("报价2000万以上、还没定标的楼盘有哪几个？", "list open projects quoted at 2000万 or more")
def big_open(raw: Raw) -> Listed:
    """Open, quoted at 20 million or more."""
    return listed([row for row in still_open(raw) if (number(row["报价(万元)"]) or 0) >= 2000], "楼盘")


@QUESTIONS.asks("预计定标日都过了、还没出结果的项目有多少", "How many open projects are already past their expected decision date?")
def overdue(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(bool(row["预计定标日"]) and iso(row["预计定标日"]) < NOW for row in still_open(raw)))


@QUESTIONS.asks("九月份预计要定标的项目有几个，报价加起来多少", "Open projects expected to be decided in September 2025: how many, and what total quote?")
def due_september(raw: Raw) -> AnyOf:
    """Open, expected in September 2025: count and quoted value."""
    rows = spanning(still_open(raw), "预计定标日", "2025-09-01", "2025-09-30")
    return wan(lambda factor: Each((Figure(len(rows)), Figure(quoted(rows) * factor))))


@QUESTIONS.asks("中标价平均是报价的百分之几？也就是打了几折成交", "on average, what is the won price as a share of the quote?")
def discount(raw: Raw) -> AnyOf:
    """Won value over quote: of the sums, or the mean of the projects."""
    rows = won(raw)
    each = [(number(row["中标价(万元)"]) or Decimal(0)) / Decimal(row["报价(万元)"]) for row in rows]
    return AnyOf((Figure(income(rows) / quoted(rows)), Figure(average(each))))


@QUESTIONS.asks("哪条产品线的预估毛利率平均最高？", "highest average 预估毛利率 by 产品线")
def best_margin(raw: Raw) -> AnyOf:
    """Mean expected margin by product line, over projects that have one."""
    rows = [row for row in deals(raw) if row["预估毛利率(%)"]]
    held = per(rows, "产品线", lambda some: average(column(some, "预估毛利率(%)")))
    return AnyOf((Ranked(held), Ranked({key: value / 100 for key, value in held.items()})))


@QUESTIONS.asks("没定标的项目里，预估毛利低于12%的有几个", "How many open projects carry an expected margin below 12%?")
def thin_margin(raw: Raw) -> Figure:
    """Open, expected margin below 12 per cent."""
    return Figure(sum(bool(row["预估毛利率(%)"]) and Decimal(row["预估毛利率(%)"]) < 12 for row in still_open(raw)))


@QUESTIONS.asks("核心甲方的中标额占总中标额多少", "What share of total won value comes from 核心 clients?")
def share_of_core(raw: Raw) -> Figure:
    """Won value of clients of the first level of all."""
    return Figure(income(row for row in won(raw) if row["客情分级"] == "核心") / income(won(raw)))


@QUESTIONS.asks("在手未定标报价最大的三个业务员，中标率分别多少？", "win rate of the three reps with the largest open pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three sellers with most open value."""
    held = per(still_open(raw), "业务员", quoted)
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in decided(raw) if row["业务员"] in first), "业务员", rate))


@QUESTIONS.asks("按区域和产品线交叉看中标个数", "中标数量，区域乘产品线，两个维度拆开")
def region_and_line(raw: Raw) -> Groups:
    """Won by region and product line."""
    return crossed(won(raw), "区域", "产品线", len)


@QUESTIONS.asks("因为报价偏高丢掉、报价又超过1000万的项目都有哪些", "Which projects quoted above 1000万 did we lose because of 报价偏高?")
def dear_and_lost(raw: Raw) -> Listed:
    """Lost for the price, quoted above 10 million."""
    return listed([row for row in lost(raw) if row["落标原因"] == "报价偏高" and (number(row["报价(万元)"]) or 0) > 1000], "楼盘")


@QUESTIONS.asks("历年中标价最高的是哪个楼盘？", "what is the biggest project we have ever won")
def biggest(raw: Raw) -> AnyOf:
    """Won projects by won value."""
    held = per(won(raw), "楼盘", income)
    return wan(lambda factor: Ranked(times(held, factor)))


@QUESTIONS.asks("成都翡翠湾一期是谁在跟，面积多大？", "成都翡翠湾一期: which 业务员 owns it and how many ㎡ is it?")
def one_deal(raw: Raw) -> Each:
    """Seller and area of one project."""
    row = next(row for row in deals(raw) if row["楼盘"] == "成都翡翠湾一期")
    return Each((Figure(row["业务员"]), Figure(number(row["面积(㎡)"]))))


@QUESTIONS.asks("上海天玺台一期现在走到哪一步了？", "What stage is 上海天玺台一期 at?")
def stage_of_one(raw: Raw) -> Figure:
    """Stage of one project."""
    return Figure(next(row["进展"] for row in deals(raw) if row["楼盘"] == "上海天玺台一期"))


@QUESTIONS.asks("何晓彤上个月中标了没有？", "Did 何晓彤 win anything last month?")
def he_last_month(raw: Raw) -> YesNo:
    """Won by one seller in July 2025."""
    found = sum(row["业务员"] == "何晓彤" for row in won(raw, "2025-07-01", "2025-07-31"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("样板间没做也照样中标的有多少单", "How many bids did we win without building a mock-up (样板间 = 未做)?")
def won_without(raw: Raw) -> Figure:
    """Won without a mock-up."""
    return Figure(sum(row["样板间"] == "未做" for row in won(raw)))


@QUESTIONS.asks("开发商和总包单位，平均每单中标额哪个大？各多少", "average won value per project: 开发商 vs 总包单位")
def mean_by_type(raw: Raw) -> AnyOf:
    """Mean won value by two kinds of client."""
    held = per(won(raw), "甲方类型", lambda rows: average(column(rows, "中标价(万元)")))
    return wan(lambda factor: Compared({name: held[name] * factor for name in ("开发商", "总包单位")}))


@QUESTIONS.asks("去年中标的单元式幕墙合计多少平方米", "total ㎡ of 单元式幕墙 won in 2024")
def area_units(raw: Raw) -> Figure:
    """Area of one line won in 2024."""
    return Figure(total((row for row in won(raw, "2024-01-01", "2024-12-31") if row["产品线"] == "单元式幕墙"), "面积(㎡)"))


@QUESTIONS.asks("落标的单子里有多少没填落标原因", "lost projects with no reason filled in - count?")
def no_reason(raw: Raw) -> Figure:
    """Lost without a reason."""
    return Figure(sum(row["进展"] == LOST and not row["落标原因"] for row in deals(raw)))
