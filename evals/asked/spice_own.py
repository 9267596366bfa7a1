"""Questions to the maker of seasonings about its opportunities; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import spice_books, spice_customers, spice_talk, spice_trials
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, number, quarter, total
from evals.asked.spice_rows import (
    LOST,
    MADE,
    QUESTIONS,
    TODAY,
    WON,
    WORTH,
    deals,
    income,
    iso,
    lost,
    marked,
    mean,
    middle,
    per,
    rate,
    rates,
    since,
    still_open,
    won,
    worth,
)

__all__ = ["QUESTIONS", "spice_books", "spice_customers", "spice_talk", "spice_trials"]


@QUESTIONS.asks("去年一共谈成了多少单？", "How many deals did we win in 2025?")
def won_2025(raw: Raw) -> Figure:
    """Won in 2025, by closing day."""
    return Figure(len(won(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("2025全年实际做成的金额加起来是多少", "what's the total won amount for last year?")
def made_2025(raw: Raw) -> Figure:
    """Won value of 2025."""
    return Figure(income(won(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("今年开年到现在成了几单、做成多少钱", "So far this year: number of won deals and won revenue?")
def this_year(raw: Raw) -> Each:
    """Won in 2026: count and value."""
    rows = won(raw, "2026-01-01")
    return Each((Figure(len(rows)), Figure(income(rows))))


@QUESTIONS.asks("目前没了结的跟进单还有几张，估计能做多少钱？", "How many deals are still open, and what's the open pipeline worth altogether?")
def open_now(raw: Raw) -> Each:
    """Count and estimated value of open opportunities."""
    rows = still_open(raw)
    return Each((Figure(len(rows)), Figure(worth(rows))))


@QUESTIONS.asks("从头到现在，咱们整体成单率是多少？", "overall win rate?")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("前年和去年的成单率各是多少，比一比", "Compare our win rate in 2025 with 2024.")
def win_rates_by_year(raw: Raw) -> Compared:
    """Of what closed in 2024 and in 2025."""
    return Compared({year: rate([row for row in deals(raw) if row["了结日"].startswith(year)]) for year in ("2024", "2025")})


@QUESTIONS.asks("每个小组去年做成了多少钱？", "Won revenue for 2025 split by 小组, please")
def teams_2025(raw: Raw) -> Groups:
    """Won value of 2025 by the team of the salesperson."""
    return Groups(per(won(raw, "2025-01-01", "2025-12-31"), "小组", income))


@QUESTIONS.asks("哪个大类最好谈？就是成单率最高的那个", "Which 大类 has the highest win rate?")
def best_kind(raw: Raw) -> Ranked:
    """Win rate by kind of goods."""
    return Ranked(rates(deals(raw), "大类"))


@QUESTIONS.asks("成单率垫底的业务员是谁啊", "which salesperson has the lowest win rate")
def worst_rep(raw: Raw) -> Ranked:
    """Win rate by salesperson, lowest first."""
    return Ranked(rates(deals(raw), "业务员"), lowest=True)


@QUESTIONS.asks("去年做成金额排前三的业务员都有谁？", "Top 3 reps by won revenue in 2025")
def best_reps(raw: Raw) -> Ranked:
    """Won value of 2025 by salesperson."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "业务员", income), top=3)


@QUESTIONS.asks("单子黄了，最常见的原因是什么？", "Rank the reasons why deals got lost")
def lost_why(raw: Raw) -> Ranked:
    """Lost opportunities by reason."""
    return Ranked(per(lost(raw), "黄的原因", len))


@QUESTIONS.asks("跟海蜀抢、最后黄掉的单子有几张？", "How many deals did we lose with 海蜀 as the competitor?")
def lost_to_rival(raw: Raw) -> Figure:
    """Lost with this rival."""
    return Figure(sum(row["跟谁抢"] == "海蜀" for row in lost(raw)))


@QUESTIONS.asks("碰上哪家对手的时候我们成单率最低", "against which competitor is our win rate the worst?")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(rates(deals(raw), "跟谁抢"), lowest=True)


@QUESTIONS.asks("要定制的单和不要定制的单，成单率分别多少？", "win rate of 要定制 Y versus N")
def tailored(raw: Raw) -> Compared:
    """Win rate by 要定制."""
    return Compared(rates(deals(raw), "要定制"))


@QUESTIONS.asks("2025年一个季度一个季度看，各成了几单", "Number of won deals per quarter in 2025")
def quarters(raw: Raw) -> Groups:
    """Won by quarter of closing."""
    return Groups(per(marked(won(raw, "2025-01-01", "2025-12-31"), "了结日", quarter), "期", len))


@QUESTIONS.asks("去年每个月做成的金额走势给我看下", "Show me won revenue month by month for 2025")
def months(raw: Raw) -> Groups:
    """Won value by month of closing."""
    return Groups(per(marked(won(raw, "2025-01-01", "2025-12-31"), "了结日", lambda text: text[:7]), "期", income))


@QUESTIONS.asks("做成金额去年比前年涨了百分之多少？", "By how many percent did won revenue grow from 2024 to 2025?")
def growth(raw: Raw) -> Figure:
    """Won value of 2025 over that of 2024, less one."""
    return Figure(income(won(raw, "2025-01-01", "2025-12-31")) / income(won(raw, "2024-01-01", "2024-12-31")) - 1)


@QUESTIONS.asks("今年2月做成的钱跟去年2月比怎么样？", "Feb 2026 vs Feb 2025, 实际做成 amounts")
def februaries(raw: Raw) -> Compared:
    """Won value of two months."""
    return Compared({"2026-02": income(won(raw, "2026-02-01", "2026-02-28")), "2025-02": income(won(raw, "2025-02-01", "2025-02-28"))})


@QUESTIONS.asks("连锁餐饮跟食品工厂，成了的单平均一单多少钱？", "average won deal size: 连锁餐饮 compared to 食品工厂")
def size_by_type(raw: Raw) -> Compared:
    """Mean won value of two kinds of customers."""
    found = per(won(raw), "哪一类", lambda rows: mean(number(row[MADE]) for row in rows))
    return Compared({name: found[name] for name in ("连锁餐饮", "食品工厂")})


@QUESTIONS.asks("没了结的单子，估计金额的中位数是多少", "median estimated amount of our open deals")
def middle_open(raw: Raw) -> Figure:
    """Median estimate of open ones that have one."""
    return Figure(middle(still_open(raw), WORTH))


@QUESTIONS.asks("成了的单子从开单到了结平均要多少天？", "On average, how many days from opening to closing for won deals?")
def cycle(raw: Raw) -> Figure:
    """Days from 开单日 to 了结日 of won ones."""
    return Figure(mean(since(row["开单日"], row["了结日"]) for row in won(raw)))


@QUESTIONS.asks("在谈价、估计能做超过15万的单子列给我", "list the deals in 谈价 with an estimate above 150k")
def big_talks(raw: Raw) -> Listed:
    """In 谈价, above 150,000."""
    rows = [row for row in deals(raw) if row["走到哪步"] == "谈价" and (number(row[WORTH]) or 0) > 150_000]
    return Listed(frozenset(row["事由"] for row in rows), count=len(rows))


@QUESTIONS.asks("楚味餐饮那边还有哪些单子没了结？", "Which deals are still open with 楚味餐饮?")
def open_of_one(raw: Raw) -> Listed:
    """Open opportunities of one customer."""
    rows = [row for row in still_open(raw) if row["客户名"] == "楚味餐饮"]
    return Listed(frozenset(row["事由"] for row in rows), count=len(rows))


@QUESTIONS.asks("白露这个月有谈成的单没有？", "Has 白露 won anything this month?")
def bai_this_month(raw: Raw) -> YesNo:
    """Won by one person in March 2026."""
    found = sum(row["业务员"] == "白露" for row in won(raw, "2026-03-01", "2026-03-31"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("估摸这个月能定下来、现在还没了结的有几单？", "how many open deals are expected to be decided this month")
def due_this_month(raw: Raw) -> Figure:
    """Open, expected in March 2026."""
    return Figure(sum(row["估摸哪天定"].startswith("2026-03") for row in still_open(raw)))


@QUESTIONS.asks("过了估摸定的日子还挂着没了结的单子有多少张", "How many open deals are already past their 估摸哪天定 date?")
def overdue_open(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(iso(row["估摸哪天定"]) < TODAY.isoformat() for row in still_open(raw)))


@QUESTIONS.asks("做成过的单里金额最大的是哪一张？", "What's the biggest deal we've ever won?")
def biggest_deal(raw: Raw) -> Ranked:
    """Won opportunities by won value."""
    return Ranked({row["事由"]: number(row[MADE]) or 0 for row in won(raw)})


@QUESTIONS.asks("做成金额排第二的是哪单", "and the second largest won deal, which one is it?")
def second_deal(raw: Raw) -> Ranked:
    """Won opportunities by won value, the second."""
    return Ranked({row["事由"]: number(row[MADE]) or 0 for row in won(raw)}, place=2)


@QUESTIONS.asks("A级客户做成的钱占全部做成金额的几成？", "what share of won revenue comes from 级别 A customers?")
def share_of_a(raw: Raw) -> Figure:
    """Won value of customers of level A of all."""
    return Figure(income(row for row in won(raw) if row["级别"] == "A") / income(won(raw)))


@QUESTIONS.asks("没了结的单子每一步各有几张、各值多少钱", "Open deals by 走到哪步: count and estimated amount")
def open_by_step(raw: Raw) -> Each:
    """Count and estimated value of open opportunities by step."""
    rows = still_open(raw)
    return Each((Groups(per(rows, "走到哪步", len)), Groups(per(rows, "走到哪步", worth))))


@QUESTIONS.asks("手上没了结金额最多的三个业务员，他们的成单率各是多少？", "win rate of the three reps with the largest open pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates of the three with most open value."""
    held = per(still_open(raw), "业务员", worth)
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(rates((row for row in deals(raw) if row["业务员"] in first), "业务员"))


@QUESTIONS.asks("按小组和大类交叉看一下成了多少单", "won deal count by 小组 and 大类")
def team_and_kind(raw: Raw) -> Groups:
    """Won by team and kind of goods."""
    found: dict[Label, int] = {}
    for row in won(raw):
        key = (row["小组"], row["大类"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("哪些单子是先放着的？", "Give me the list of deals that are parked (先放着)")
def parked(raw: Raw) -> Listed:
    """In the step 先放着."""
    rows = [row for row in deals(raw) if row["走到哪步"] == "先放着"]
    return Listed(frozenset(row["事由"] for row in rows), count=len(rows))


@QUESTIONS.asks("成了的单子，实际做成金额是估计金额的百分之几？", "For won deals, what's the ratio of actual to estimated amount?")
def kept(raw: Raw) -> AnyOf:
    """Won value over estimate: of the sums, or the mean of the deals."""
    rows = won(raw)
    each = [Decimal(number(row[MADE]) or 0) / Decimal(number(row[WORTH]) or 1) for row in rows]
    return AnyOf((Figure(income(rows) / worth(rows)), Figure(mean(each))))


@QUESTIONS.asks("GD250018这单最后做成多少钱，谁跟的？", "GD250018: won amount and who handled it?")
def one_deal(raw: Raw) -> Each:
    """Won value and salesperson of one opportunity."""
    row = raw.by("跟进单", "单号")["GD250018"]
    return Each((Figure(number(row[MADE])), Figure(row["业务员"])))


@QUESTIONS.asks("上个月新开了多少张跟进单？", "number of new deals opened last month")
def opened_last_month(raw: Raw) -> Figure:
    """Opened in February 2026."""
    return Figure(sum(row["开单日"].startswith("2026-02") for row in deals(raw)))


@QUESTIONS.asks("2025年开的单按意向A、B、C各有几张？", "Deals opened in 2025, counted by 意向")
def keenness(raw: Raw) -> Groups:
    """Opened in 2025, by 意向."""
    return Groups(per((row for row in deals(raw) if row["开单日"].startswith("2025")), "意向", len))


@QUESTIONS.asks("没填跟谁抢的跟进单有多少张？", "how many deals have no competitor filled in?")
def no_rival(raw: Raw) -> Figure:
    """Without a rival."""
    return Figure(sum(not row["跟谁抢"] for row in deals(raw)))


@QUESTIONS.asks("实际做成的比估计的还多，这种单有几张", "How many won deals ended up above the estimate?")
def above_estimate(raw: Raw) -> Figure:
    """Won for more than estimated."""
    return Figure(sum((number(row[MADE]) or 0) > (number(row[WORTH]) or 0) for row in won(raw)))


@QUESTIONS.asks("开单超过半年（180天）还没了结的有几张？", "open deals that were opened more than 180 days ago - how many?")
def stale(raw: Raw) -> Figure:
    """Open for more than 180 days."""
    return Figure(sum((since(row["开单日"], TODAY.isoformat()) or 0) > 180 for row in still_open(raw)))


@QUESTIONS.asks("今年成了的火锅底料单，月用量合计多少公斤？", "Total 月用量 of the 火锅底料 deals won this year?")
def kilos(raw: Raw) -> Figure:
    """Monthly need of won hot-pot base deals of 2026."""
    return Figure(total((row for row in won(raw, "2026-01-01") if row["大类"] == "火锅底料"), "月用量(公斤)"))


@QUESTIONS.asks("陈思雨去年四季度成了几单？又黄了几单？", "Q4 last year for 陈思雨: how many won, how many lost?")
def chen_fourth(raw: Raw) -> Each:
    """Won and lost by one person from October to December 2025."""
    span = ("2025-10-01", "2025-12-31")
    return Each((Figure(sum(row["业务员"] == "陈思雨" for row in won(raw, *span))), Figure(sum(row["业务员"] == "陈思雨" for row in lost(raw, *span)))))


@QUESTIONS.asks("上个季度黄掉的单子，估计金额一共多少？", "What was the estimated value of the deals lost last quarter?")
def lost_value(raw: Raw) -> Figure:
    """Estimates of what was lost in the fourth quarter of 2025."""
    return Figure(worth(lost(raw, "2025-10-01", "2025-12-31")))


@QUESTIONS.asks("成单数最少的是哪个小组？", "which 小组 won the fewest deals")
def fewest_team(raw: Raw) -> Ranked:
    """Won by team, fewest first."""
    return Ranked(per(won(raw), "小组", len), lowest=True)


@QUESTIONS.asks("还没了结的单里，跟单业务员不是客户的谁在管那个人的，有几张？", "Open deals whose 业务员 differs from the customer's 谁在管: how many?")
def other_hands(raw: Raw) -> Figure:
    """Open, held by another than the one in charge of the customer."""
    return Figure(sum(row["业务员"] != row["谁在管"] for row in still_open(raw)))


@QUESTIONS.asks("估计金额5万到10万之间、没了结的有多少单", "how many open deals have an estimate between 50k and 100k")
def between(raw: Raw) -> Figure:
    """Open, from 50,000 to 100,000."""
    return Figure(sum(50_000 <= (number(row[WORTH]) or 0) <= 100_000 for row in still_open(raw)))


@QUESTIONS.asks("因为价格谈不拢黄掉、估计能做不少于15万的是哪些单？", "Which lost deals with reason 价格谈不拢 were estimated at 150,000 or more?")
def dear_and_lost(raw: Raw) -> Listed:
    """Lost for the price, from 150,000."""
    rows = [row for row in lost(raw) if row["黄的原因"] == "价格谈不拢" and (number(row[WORTH]) or 0) >= 150_000]
    return Listed(frozenset(row["事由"] for row in rows), count=len(rows))


@QUESTIONS.asks("黄掉的单里有多大比例是口味没过？", "share of lost deals where 黄的原因 is 口味没过")
def taste_share(raw: Raw) -> AnyOf:
    """Of all lost ones, or of those with a reason."""
    rows = lost(raw)
    found = Decimal(sum(row["黄的原因"] == "口味没过" for row in rows))
    return AnyOf((Figure(found / len(rows)), Figure(found / sum(bool(row["黄的原因"]) for row in rows))))


@QUESTIONS.asks("去年各片区做成金额是多少？", "2025 won revenue by 片区")
def zones_2025(raw: Raw) -> Groups:
    """Won value of 2025 by the customer's zone."""
    return Groups(per(won(raw, "2025-01-01", "2025-12-31"), "片区", income))


@QUESTIONS.asks("速冻半成品去年下半年成了几单、黄了几单？", "Frozen semi-finished (速冻半成品), second half of 2025: deals won and deals lost?")
def frozen_half(raw: Raw) -> Each:
    """Won and lost of one kind from July to December 2025."""
    rows = [row for row in deals(raw) if row["大类"] == "速冻半成品" and "2025-07-01" <= row["了结日"] <= "2025-12-31"]
    return Each((Figure(sum(row["走到哪步"] == WON for row in rows)), Figure(sum(row["走到哪步"] == LOST for row in rows))))
