"""Questions to the seller of water treatment about its opportunities; those about its other files lie in modules of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evals.asked import water_bids, water_papers, water_site, water_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day, number, quarter, total
from evals.asked.tallies import average, column, days, iso, middle, per, times, wan
from evals.asked.water_rows import GUESS, LOST, QUESTIONS, SIGNED, WON, closed, deals, income, rate, running, won, worth

__all__ = ["QUESTIONS", "water_bids", "water_papers", "water_site", "water_talk"]


@QUESTIONS.asks("开年到现在咱们成交了几单？", "so how many opportunities have we won since the start of this year?")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2026, by closing date."""
    return Figure(len(won(raw, "2026-01-01")))


@QUESTIONS.asks("2025年商机成交金额合计", "Boss wants a figure: the whole of last year, how much did the opportunities we won bring in (成交金额)?")
def value_2025(raw: Raw) -> AnyOf:
    """Value of opportunities won in 2025."""
    return wan(lambda by: Figure(income(won(raw, "2025-01-01", "2025-12-31")) * by))


@QUESTIONS.asks("手上跟进中的商机有多少条，预计金额加起来多少", "What's sitting in 跟进中 right now - number of opportunities and total 预计金额?")
def open_now(raw: Raw) -> AnyOf:
    """Count and estimate of what is being followed."""
    rows = running(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, GUESS) * by))))


@QUESTIONS.asks("跟进中的商机按推进阶段摊开看一下条数", "跟进中商机，每个阶段各几条")
def open_by_step(raw: Raw) -> Groups:
    """Followed opportunities by stage."""
    return Groups(per(running(raw), "推进阶段", len))


@QUESTIONS.asks("成交率整体在什么水平？按成交除以成交加丢单算", "Overall win rate, i.e. 已成交 over 已成交 plus 已丢单?")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("包干、框架、设备、改造、托管这几类业务，赢单率分别多少？", "win rate for every 业务类型")
def rate_by_line(raw: Raw) -> Groups:
    """Win rate by line of business."""
    return Groups(per(deals(raw), "业务类型", rate))


@QUESTIONS.asks("去年四个大区各自成交了多少万？", "2025 won amount per 大区, please")
def regions_2025(raw: Raw) -> AnyOf:
    """Value won in 2025 by region."""
    found = per(won(raw, "2025-01-01", "2025-12-31"), "大区", income)
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("历史累计成交金额最高的三位销售", "top three sellers of all time, going by won amount")
def best_three(raw: Raw) -> AnyOf:
    """Value won by person."""
    found = per(won(raw), "跟进销售", income)
    return wan(lambda by: Ranked(times(found, by), top=3))


@QUESTIONS.asks("2024年成交金额排行里第二名是哪个销售？", "who came second in won amount in 2024?")
def second_2024(raw: Raw) -> AnyOf:
    """Value won in 2024 by person, the second."""
    found = per(won(raw, "2024-01-01", "2024-12-31"), "跟进销售", income)
    return wan(lambda by: Ranked(times(found, by), place=2))


@QUESTIONS.asks("单子到底主要丢在什么原因上", "What do we mostly lose on? (丢单原因)")
def lost_why(raw: Raw) -> Ranked:
    """Lost opportunities by reason."""
    return Ranked(per(closed(raw, LOST), "丢单原因", len))


@QUESTIONS.asks("从去年1月到现在，竞争对手是清澜化学、最后丢掉的单有几个", "Since January 2025, how many did we lose with 清澜化学 as the rival?")
def lost_to_qinglan(raw: Raw) -> Figure:
    """Lost since 2025 with this rival."""
    return Figure(sum(row["竞争对手"] == "清澜化学" for row in closed(raw, LOST, "2025-01-01")))


@QUESTIONS.asks("跟哪个对手碰上，我们赢面最小？", "Which competitor gives us our poorest win rate?")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(per(deals(raw), "竞争对手", rate), lowest=True)


@QUESTIONS.asks("2025各季度成交单数", "deals won by quarter, 2025")
def quarters_2025(raw: Raw) -> Groups:
    """Won in 2025 by quarter of closing."""
    rows = won(raw, "2025-01-01", "2025-12-31")
    return Groups(per([{**row, "季": quarter(row["结案日期"])} for row in rows], "季", len))


@QUESTIONS.asks("把2024年每个月的成交金额列给我看看，我要做走势图", "monthly trend of 成交金额 over 2024")
def months_2024(raw: Raw) -> AnyOf:
    """Value won by month of closing, in 2024."""
    found = per([{**row, "月": iso(row["结案日期"])[:7]} for row in won(raw, "2024-01-01", "2024-12-31")], "月", income)
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("成交金额2025年比2024年掉了百分之几？", "By what percentage did won value change in 2025 versus 2024?")
def change(raw: Raw) -> AnyOf:
    """Value won in 2025 over that of 2024, less one; said as a change or as a fall."""
    found = income(won(raw, "2025-01-01", "2025-12-31")) / income(won(raw, "2024-01-01", "2024-12-31")) - 1
    return AnyOf((Figure(found), Figure(-found)))


@QUESTIONS.asks("赢下来的单和丢掉的单，从立项到结案平均各花了多少天？", "days from 立项 to 结案, on average: won deals next to lost ones")
def cycles(raw: Raw) -> Compared:
    """Mean days from start to close, of won and lost."""
    return Compared({state: average(days(row, "立项日期", "结案日期") for row in closed(raw, state)) for state in (WON, LOST)})


@QUESTIONS.asks("已经谈到商务谈判、预计金额超过40万的跟进中商机，拉个清单", "list what's in 商务谈判 with an estimate over 400,000 yuan, 跟进中 only")
def big_talks(raw: Raw) -> Listed:
    """Followed, in negotiation, above 400,000 yuan."""
    rows = [row for row in running(raw) if row["推进阶段"] == "商务谈判" and worth(row) > 40]
    return Listed(frozenset(row["商机名称"] for row in rows), count=len(rows))


@QUESTIONS.asks(
    "预计落单月份早过了（3月以前）却还挂着跟进中的商机有多少？",
    "how many 跟进中 deals have a 预计落单月份 earlier than this month?",
)
def slipped(raw: Raw) -> Figure:
    """Followed, expected in a month before March 2026."""
    return Figure(sum(row["预计落单月份"] < "2026-03" for row in running(raw)))


@QUESTIONS.asks("这个月预计能落单的（跟进中）有几条、多少钱", "Opportunities in 跟进中 with 预计落单月份 2026-03: how many, how much?")
def due_this_month(raw: Raw) -> AnyOf:
    """Followed, expected in March 2026: count and estimate."""
    rows = [row for row in running(raw) if row["预计落单月份"] == "2026-03"]
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, GUESS) * by))))


@QUESTIONS.asks("跟进中商机按成单概率折算后，预计金额加权合计是多少？", "probability-weighted value of the 跟进中 pipeline (预计金额 × 成单概率)")
def weighted(raw: Raw) -> AnyOf:
    """Estimates times chances of what is being followed."""
    found = sum((worth(row) * (number(row["成单概率"]) or 0) / 100 for row in running(raw)), Decimal(0))
    return wan(lambda by: Figure(found * by))


@QUESTIONS.asks("做过最大的一单是哪个商机？", "Which opportunity was our largest win ever, by 成交金额?")
def largest(raw: Raw) -> AnyOf:
    """Won opportunities by value."""
    found = {row["商机名称"]: number(row[SIGNED]) or Decimal(0) for row in won(raw)}
    return wan(lambda by: Ranked({name: value * by for name, value in found.items()}))


@QUESTIONS.asks("水处理包干业务，成交金额中位数多少", "包干类已成交商机的成交金额，取中位数给我")
def middle_lump(raw: Raw) -> AnyOf:
    """Median value of won lump-sum services."""
    rows = [row for row in won(raw) if row["业务类型"] == "水处理包干"]
    return wan(lambda by: Figure(middle(column(rows, SIGNED)) * by))


@QUESTIONS.asks("成交的单子里，老客户转介绍来的占几成？", "what share of won opportunities came from 老客户转介绍?")
def referred(raw: Raw) -> AnyOf:
    """Won by referral of all won, or of those with a source."""
    rows = won(raw)
    hits = [row for row in rows if row["商机来源"] == "老客户转介绍"]
    known = [row for row in rows if row["商机来源"]]
    return AnyOf((Figure(len(hits) / len(rows)), Figure(len(hits) / len(known))))


@QUESTIONS.asks("有多少条商机压根没填来源？", "opportunities where nobody filled in the source")
def without_source(raw: Raw) -> Figure:
    """Opportunities without a source."""
    return Figure(sum(not row["商机来源"] for row in deals(raw)))


@QUESTIONS.asks("成单概率70%及以上、还在跟进中的有哪些销售的，各几条？", "跟进中 with 成单概率 of at least 70%: count per salesperson")
def likely(raw: Raw) -> Groups:
    """Followed with a chance of 70 % or more, by person."""
    return Groups(per((row for row in running(raw) if (number(row["成单概率"]) or 0) >= 70), "跟进销售", len))


@QUESTIONS.asks("SJ2303-003 这条商机最后成交多少，谁跟的？", "look up SJ2303-003: won amount and who followed it")
def one_deal(raw: Raw) -> AnyOf:
    """Value and person of one opportunity."""
    row = next(row for row in deals(raw) if row["商机编号"] == "SJ2303-003")
    return wan(lambda by: Each((Figure((number(row[SIGNED]) or 0) * by), Figure(row["跟进销售"]))))


@QUESTIONS.asks("搁置的商机现在有多少条？分大区说", "parked (搁置) opportunities by 大区")
def parked(raw: Raw) -> Groups:
    """Parked opportunities by region."""
    return Groups(per((row for row in deals(raw) if row["商机状态"] == "搁置"), "大区", len))


@QUESTIONS.asks("去年因为价格高丢给清澜化学的是哪几单", "2025年结案、丢单原因写的价格高、竞争对手又是清澜化学的商机，列一下")
def dear_2025(raw: Raw) -> Listed:
    """Lost in 2025 for the price, against this rival."""
    rows = [row for row in closed(raw, LOST, "2025-01-01", "2025-12-31") if row["丢单原因"] == "价格高" and row["竞争对手"] == "清澜化学"]
    return Listed(frozenset(row["商机名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("今年新立项的商机，各业务类型多少条？", "Opportunities opened (立项) in 2026 split by 业务类型")
def fresh_by_line(raw: Raw) -> Groups:
    """Opened in 2026 by line."""
    return Groups(per((row for row in deals(raw) if iso(row["立项日期"]) >= "2026-01-01"), "业务类型", len))


@QUESTIONS.asks("小郭（郭子轩）来了之后开过单没有？", "has 郭子轩 won anything yet?")
def guo_yet(raw: Raw) -> YesNo:
    """Won by one person."""
    found = sum(row["跟进销售"] == "郭子轩" for row in won(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("大区和业务类型交叉，统计一下成交单数", "won deals, 大区 by 业务类型")
def region_and_line(raw: Raw) -> Groups:
    """Won by region and line."""
    found: dict[Label, int] = {}
    for row in won(raw):
        key = (row["大区"], row["业务类型"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("热电行业的客户累计给我们成交了多少？占全部成交金额的多少？", "Power plants (热电): total won amount, and its share of all we won?")
def power_share(raw: Raw) -> AnyOf:
    """Value won at clients of one trade and its share."""
    hits = income(row for row in won(raw) if row["所属行业"] == "热电")
    return wan(lambda by: Each((Figure(hits * by), Figure(hits / income(won(raw))))))


@QUESTIONS.asks("一二月份成交单数，今年和去年同期比怎么样？", "Jan-Feb wins: this year against the same two months of last year")
def two_months(raw: Raw) -> Compared:
    """Won in January and February of 2026 and of 2025."""
    return Compared({"2026": len(won(raw, "2026-01-01", "2026-02-28")), "2025": len(won(raw, "2025-01-01", "2025-02-28"))})


@QUESTIONS.asks("跟进中拖得最久的那条商机是哪天立项的？", "what 立项日期 does the oldest opportunity still 跟进中 have?")
def oldest(raw: Raw) -> AnyOf:
    """The first day of what is being followed; it may be said by the name of the opportunity."""
    found: dict[Label, Decimal | int | float | date] = {row["商机名称"]: first for row in running(raw) if (first := day(row["立项日期"]))}
    return AnyOf((Figure(min(first for first in found.values() if isinstance(first, date))), Ranked(found, lowest=True)))


@QUESTIONS.asks("有竞争对手的单和没对手的单，平均成交金额差多少？分别报一下", "mean won amount: deals with a 竞争对手 on record versus deals without one")
def contested(raw: Raw) -> AnyOf:
    """Mean value won, with and without a rival."""
    rows = [{**row, "有无": "有竞争对手" if row["竞争对手"] else "无竞争对手"} for row in won(raw)]
    found = per(rows, "有无", lambda held: average(column(held, SIGNED)))
    return wan(lambda by: Compared(times(found, by)))


@QUESTIONS.asks("累计成交过3单及以上的客户有几家", "How many customers have given us three or more wins?")
def faithful(raw: Raw) -> Figure:
    """Clients with at least three won opportunities."""
    return Figure(sum(count >= 3 for count in per(won(raw), "客户编码", len).values()))


@QUESTIONS.asks("2025年头一回成交的客户（以前没成交过商机的）有多少家？", "customers whose very first win fell in 2025: count")
def first_2025(raw: Raw) -> Figure:
    """Clients whose first won opportunity was closed in 2025."""
    firsts = per(won(raw), "客户编码", lambda rows: int(min(iso(row["结案日期"]) for row in rows)[:4]))
    return Figure(sum(year == 2025 for year in firsts.values()))


@QUESTIONS.asks("没有任何跟进中商机的A类客户有几家？", "A类 clients without a single opportunity in 跟进中 - how many are there?")
def quiet_large(raw: Raw) -> Figure:
    """Large clients without a followed opportunity."""
    held = {row["客户编码"] for row in running(raw)}
    return Figure(sum(row["客户分级"] == "A类" and row["客户编码"] not in held for row in raw["客户档案"]))
