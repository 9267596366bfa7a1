"""Questions to the distributor of medical equipment about its deals; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import med_books, med_field, med_more, med_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, Worth, YesNo
from evals.asked.med_rows import (
    BUDGET,
    LOST,
    NOW,
    PAID,
    QUESTIONS,
    QUOTE,
    WON,
    average,
    deals,
    either,
    in_span,
    income,
    iso,
    later,
    lost,
    middle,
    per,
    per_two,
    rate,
    still_open,
    times,
    won,
    worth,
)
from evals.asked.raw import Raw, Row, day, month, number, quarter, total
from evals.asked.tallies import column, days

__all__ = ["QUESTIONS", "med_books", "med_field", "med_more", "med_talk"]


def named(rows: list[Row]) -> Listed:
    """Deals by name."""
    return Listed(frozenset(row["商机名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("今年以来一共成交了几单？", "ytd closed won count?", "How many deals have we won so far in 2026?", "今年拿下多少单了")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2026, by closing date."""
    return Figure(len(won(raw, "2026-01-01", NOW)))


@QUESTIONS.asks("2025年全年的成交额是多少？", "total won value for 2025, please")
def value_2025(raw: Raw) -> AnyOf:
    """Value of deals won in 2025."""
    value = income(won(raw, "2025-01-01", "2025-12-31"))
    return either(lambda k: Figure(value * k))


@QUESTIONS.asks("上个季度成交了多少钱？", "won amount last quarter?")
def value_last_quarter(raw: Raw) -> AnyOf:
    """Won in the first quarter of 2026."""
    value = income(won(raw, "2026-01-01", "2026-03-31"))
    return either(lambda k: Figure(value * k))


@QUESTIONS.asks("手上还没出结果的商机有几个，我方报价加起来多少？", "How many deals are still undecided, and what do our quotes on them add up to?")
def open_quotes(raw: Raw) -> AnyOf:
    """Count and quoted value of open deals."""
    rows = still_open(raw)
    return either(lambda k: Each((Figure(len(rows)), Figure(total(rows, QUOTE) * k))))


@QUESTIONS.asks("What's our open pipeline worth right now?", "现在 pipeline 总盘子多大")
def pipeline(raw: Raw) -> AnyOf:
    """Budget or quoted value of open deals, each in either unit."""
    rows = still_open(raw)
    sums = [total(rows, BUDGET), total(rows, QUOTE)]
    return AnyOf(tuple(Figure(value * k) for value in sums for k in (Decimal(1), Decimal(10_000))))


@QUESTIONS.asks("咱们总体赢单率多少", "What percentage of decided deals do we win?", "Overall win rate?")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("2024和2025两年的赢单率对比一下", "compare our win rate in 2025 with 2024")
def two_years(raw: Raw) -> Compared:
    """Of the deals that closed in each year."""
    return Compared({year: rate(in_span(deals(raw), "结束日", f"{year}-01-01", f"{year}-12-31")) for year in ("2024", "2025")})


@QUESTIONS.asks("去年四个片区各自成交多少金额？", "Last year's won value by 片区")
def areas(raw: Raw) -> AnyOf:
    """Won value of 2025 by area."""
    values = per(won(raw, "2025-01-01", "2025-12-31"), "片区", income)
    return either(lambda k: Groups(times(values, k)))


@QUESTIONS.asks("哪条产品线赢单率最高？", "Which product line do we win most often in, by win rate?")
def best_line(raw: Raw) -> Ranked:
    """Win rate by product line."""
    return Ranked(per(deals(raw), "产品线", rate))


@QUESTIONS.asks("碰上哪个对手我们赢面最小？", "against which competitor (对手) is our win rate the lowest")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(per(deals(raw), "对手", rate), lowest=True)


@QUESTIONS.asks("成交金额前三名的业务员是谁？", "Top 3 reps by won amount")
def best_reps(raw: Raw) -> AnyOf:
    """Won value by owner."""
    values = per(won(raw), "跟单人", income)
    return either(lambda k: Ranked(times(values, k), top=3))


@QUESTIONS.asks("2025年成交单数排第二的业务员是哪位", "Who came second in number of won deals in 2025?")
def second_rep(raw: Raw) -> Ranked:
    """Deals won in 2025 by owner, the second."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "跟单人", len), place=2)


@QUESTIONS.asks("流失原因排个序，最多的是啥", "Rank the reasons we lose deals for")
def lost_why(raw: Raw) -> Ranked:
    """Lost deals by reason."""
    return Ranked(per(lost(raw), "流失原因", len))


@QUESTIONS.asks("因为价格不占优丢掉的单子一共几个？", "how many deals did we lose on price (价格不占优)?")
def lost_price(raw: Raw) -> Figure:
    """Lost for the price."""
    return Figure(sum(row["流失原因"] == "价格不占优" for row in lost(raw)))


@QUESTIONS.asks("流失的单子里，原因不是院内预算取消的有几个（没写原因的不算）？", "How many lost deals state a reason other than 院内预算取消?")
def lost_otherwise(raw: Raw) -> Figure:
    """Lost for a stated reason other than the budget."""
    return Figure(sum(row["流失原因"] not in ("", "院内预算取消") for row in lost(raw)))


@QUESTIONS.asks("有试用和没试用的商机，赢单率分别是多少？", "Do trials (有无试用) help? win rate with vs without")
def trials(raw: Raw) -> Compared:
    """Win rate with and without a trial."""
    return Compared(per(deals(raw), "有无试用", rate))


@QUESTIONS.asks("2025年各季度成交单数", "won deals per quarter of 2025")
def quarters(raw: Raw) -> Groups:
    """Won in 2025 by quarter."""
    return Groups(per([{**row, "季": quarter(row["结束日"])} for row in won(raw, "2025-01-01", "2025-12-31")], "季", len))


@QUESTIONS.asks("去年每个月的成交额走势给我看一下", "Show me monthly won value through 2025.")
def months(raw: Raw) -> AnyOf:
    """Won value of 2025 by month."""
    values = per([{**row, "月": month(row["结束日"])} for row in won(raw, "2025-01-01", "2025-12-31")], "月", income)
    return either(lambda k: Groups(times(values, k)))


@QUESTIONS.asks("2025年成交额跟2024年比，增长率是多少？", "What was the growth rate of won value from 2024 to 2025?")
def growth(raw: Raw) -> Figure:
    """Won value of 2025 over that of 2024, less one."""
    return Figure(income(won(raw, "2025-01-01", "2025-12-31")) / income(won(raw, "2024-01-01", "2024-12-31")) - 1)


@QUESTIONS.asks("今年一季度跟去年一季度比，成交单数怎么样？", "deals won in Q1 2026 vs Q1 2025")
def first_quarters(raw: Raw) -> Compared:
    """Deals won in two first quarters."""
    return Compared({"2026-Q1": len(won(raw, "2026-01-01", "2026-03-31")), "2025-Q1": len(won(raw, "2025-01-01", "2025-03-31"))})


@QUESTIONS.asks("未结商机我方报价的中位数", "median of our quote on open deals")
def middle_quote(raw: Raw) -> AnyOf:
    """Median quote of open deals that have one."""
    value = middle(column(still_open(raw), QUOTE))
    return either(lambda k: Figure(value * k))


@QUESTIONS.asks("成交的单子从立项到结束平均多少天？", "average number of days from 立项日 to close for won deals")
def cycle(raw: Raw) -> Figure:
    """Days from start to end of won deals."""
    return Figure(average(days(row, "立项日", "结束日") for row in won(raw)))


@QUESTIONS.asks("科室预算1000万以上、还没结果的商机都有哪些", "List the open deals with a department budget over 10 million yuan.")
def huge(raw: Raw) -> Listed:
    """Open, budget above 1000 万元."""
    return named([row for row in still_open(raw) if worth(row, BUDGET) > 1000])


@QUESTIONS.asks("澄湖市第一人民医院还有哪些商机在跟？", "what's still open at 澄湖市第一人民医院?")
def open_at_first(raw: Raw) -> Listed:
    """Open deals of one hospital."""
    return named([row for row in still_open(raw) if row["医院名称"] == "澄湖市第一人民医院"])


@QUESTIONS.asks("预计本季度成交、目前还没结束的有多少个？", "How many open deals are expected to close this quarter?")
def due_this_quarter(raw: Raw) -> Figure:
    """Open, expected from April to June 2026."""
    return Figure(len(in_span(still_open(raw), "预计成交日", "2026-04-01", "2026-06-30")))


@QUESTIONS.asks("预计成交日已经过了还没结的商机有几个？", "open deals already past their expected close date - how many?")
def overdue(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(iso(row["预计成交日"]) < NOW for row in still_open(raw)))


@QUESTIONS.asks("有史以来最大的一单是哪个", "Which deal is the biggest we've ever won?")
def biggest(raw: Raw) -> AnyOf:
    """Won deals by value."""
    values: dict[Label, Worth] = {row["商机名称"]: worth(row, PAID) for row in won(raw)}
    return either(lambda k: Ranked(times(values, k)))


@QUESTIONS.asks("去年成交价第二高的商机叫什么？", "second most expensive deal we won last year, which was it")
def second_biggest(raw: Raw) -> AnyOf:
    """Deals won in 2025 by value, the second."""
    values: dict[Label, Worth] = {row["商机名称"]: worth(row, PAID) for row in won(raw, "2025-01-01", "2025-12-31")}
    return either(lambda k: Ranked(times(values, k), place=2))


@QUESTIONS.asks("甲级客户的成交额占全部成交额的比例是多少？", "What share of total won value comes from 甲 customers?")
def share_of_best(raw: Raw) -> Figure:
    """Won value of customers graded 甲, of all."""
    return Figure(income(row for row in won(raw) if row["客户分级"] == "甲") / income(won(raw)))


@QUESTIONS.asks("未结商机报价总额最高的三个业务员，赢单率各是多少？", "win rate of the three reps holding the most open quoted value")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three owners with the most open quoted value."""
    held = per(still_open(raw), "跟单人", lambda rows: total(rows, QUOTE))
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in deals(raw) if row["跟单人"] in first), "跟单人", rate))


@QUESTIONS.asks("按片区和产地（国产/进口）交叉统计成交单数", "Won deal counts broken down by 片区 and by 产地")
def area_and_origin(raw: Raw) -> Groups:
    """Won by area and origin."""
    return Groups(per_two(won(raw), "片区", "产地", len))


@QUESTIONS.asks("有多少成交单的结束日晚于预计成交日？", "How many won deals closed later than expected?")
def closed_late(raw: Raw) -> Figure:
    """Won, closed after the expected day."""
    return Figure(sum(later(row, "预计成交日", "结束日") for row in won(raw)))


@QUESTIONS.asks("成交价平均是报价的几折？", "on average, how does the final price compare to our quote (成交价 / 我方报价)?")
def discount(raw: Raw) -> AnyOf:
    """Won value over quote: of the sums, or the mean of the deals."""
    rows = won(raw)
    return AnyOf((Figure(income(rows) / total(rows, QUOTE)), Figure(average(worth(row, PAID) / worth(row, QUOTE) for row in rows))))


@QUESTIONS.asks("在跟的商机里，报价超过科室预算的有几个", "count open deals where our quote exceeds the department's budget")
def over_budget(raw: Raw) -> Figure:
    """Open, both amounts there, quote above budget."""
    return Figure(sum(bool(row[BUDGET] and row[QUOTE]) and worth(row, QUOTE) > worth(row, BUDGET) for row in still_open(raw)))


@QUESTIONS.asks("还没报价的在跟商机有几个？", "How many open deals have no quote from us yet?")
def unquoted(raw: Raw) -> Figure:
    """Open, without a quote."""
    return Figure(sum(not row[QUOTE] for row in still_open(raw)))


@QUESTIONS.asks("把握为甲的商机有几个？科室预算合计多少", "deals rated 甲 for confidence (把握): count and total budget")
def sure_ones(raw: Raw) -> AnyOf:
    """Open deals of the best rating."""
    rows = [row for row in deals(raw) if row["把握"] == "甲"]
    return either(lambda k: Each((Figure(len(rows)), Figure(total(rows, BUDGET) * k))))


@QUESTIONS.asks("搁置的商机有几个", "count of 搁置 deals right now please", "How many deals are shelved (搁置)?")
def shelved(raw: Raw) -> Figure:
    """Laid aside."""
    return Figure(sum(row["商机状态"] == "搁置" for row in deals(raw)))


@QUESTIONS.asks("未结商机按状态分别有多少个？", "open deals by stage")
def stages(raw: Raw) -> Groups:
    """Open deals by state."""
    return Groups(per(still_open(raw), "商机状态", len))


@QUESTIONS.asks(
    "澄湖妇幼256排能谱CT项目最后成交价多少，是谁跟的？", "For the deal 澄湖妇幼256排能谱CT项目, please tell me the final price and which rep handled it"
)
def one_deal(raw: Raw) -> AnyOf:
    """Won value and owner of one deal."""
    row = next(row for row in deals(raw) if row["商机名称"] == "澄湖妇幼256排能谱CT项目")
    return either(lambda k: Each((Figure(worth(row, PAID) * k), Figure(row["跟单人"]))))


@QUESTIONS.asks("Who owns deal SJ26040557 and when is it expected to close?")
def one_open_deal(raw: Raw) -> Each:
    """Owner and expected day of one deal."""
    row = next(row for row in deals(raw) if row["商机号"] == "SJ26040557")
    return Each((Figure(row["跟单人"]), Figure(day(row["预计成交日"]))))


@QUESTIONS.asks("顾一鸣2025年的成交额达成了年指标的百分之几？", "what share of the annual target did 顾一鸣 reach in 2025?")
def target_reached(raw: Raw) -> Figure:
    """Won value of 2025 over the target of the year."""
    value = income(row for row in won(raw, "2025-01-01", "2025-12-31") if row["跟单人"] == "顾一鸣")
    return Figure(value / worth(raw.by("员工表", "姓名")["顾一鸣"], "年指标(万元)"))


@QUESTIONS.asks("报价在100万到300万之间的未结商机有多少？", "number of open deals quoted between 1 and 3 million yuan")
def middling(raw: Raw) -> Figure:
    """Open, quoted from 100 to 300 万元."""
    return Figure(sum(100 <= worth(row, QUOTE) <= 300 for row in still_open(raw)))


@QUESTIONS.asks("累计成交金额最大的五家医院", "our five biggest customers")
def biggest_hospitals(raw: Raw) -> AnyOf:
    """Hospitals by won value."""
    values = per(won(raw), "医院名称", income)
    return either(lambda k: Ranked(times(values, k), top=5))


@QUESTIONS.asks("有哪些医院丢过至少两单、却一单都没成交过？", "Which hospitals have at least two lost deals and not a single won one?")
def barren(raw: Raw) -> Listed:
    """Hospitals with two lost deals or more and none won."""
    good = {row["医院名称"] for row in won(raw)}
    names = frozenset(str(name) for name, found in per(lost(raw), "医院名称", len).items() if Decimal(found) >= 2 and name not in good)
    return Listed(names, count=len(names))


@QUESTIONS.asks("手里在跟商机最少的业务员是谁？", "Which rep has the fewest open deals?")
def fewest(raw: Raw) -> Ranked:
    """Open deals by owner, fewest first."""
    return Ranked(per(still_open(raw), "跟单人", len), lowest=True)


@QUESTIONS.asks("程雨桐这个月有没有成交？", "Has 程雨桐 closed-won anything this month?")
def cheng_this_month(raw: Raw) -> YesNo:
    """Won in April 2026."""
    found = sum(row["跟单人"] == "程雨桐" for row in won(raw, "2026-04-01", "2026-04-30"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("楼国栋去年成交几单、流失几单？", "last year's wins and losses for 楼国栋, one number each please")
def lou_last_year(raw: Raw) -> Each:
    """Won and lost in 2025."""
    sides = (won(raw, "2025-01-01", "2025-12-31"), lost(raw, "2025-01-01", "2025-12-31"))
    return Each(tuple(Figure(sum(row["跟单人"] == "楼国栋" for row in side)) for side in sides))


@QUESTIONS.asks("专项债资金的单子，成交额合计？", "won value of deals funded by 专项债")
def bonds(raw: Raw) -> AnyOf:
    """Won value of one source of funds."""
    value = income(row for row in won(raw) if row["资金来源"] == "专项债")
    return either(lambda k: Figure(value * k))


@QUESTIONS.asks("各需求科室成交单的平均成交价，哪个科室最高？", "Which 需求科室 has the highest average won price?")
def dearest_department(raw: Raw) -> AnyOf:
    """Mean won value by department."""
    values = per(won(raw), "需求科室", lambda rows: average(column(rows, PAID)))
    return either(lambda k: Ranked(times(values, k)))


@QUESTIONS.asks("三甲医院2025年的赢单率", "How good was our win rate at 三甲 hospitals in 2025?")
def top_grade_rate(raw: Raw) -> Figure:
    """Win rate of 2025 at hospitals of one level."""
    return Figure(rate(row for row in in_span(deals(raw), "结束日", "2025-01-01", "2025-12-31") if row["等级"] == "三甲"))


@QUESTIONS.asks("win rate at public (公立) vs private (民营) hospitals")
def public_private(raw: Raw) -> Compared:
    """Win rate by kind of hospital."""
    return Compared(per(deals(raw), "性质", rate))


@QUESTIONS.asks("2025年新立项的商机有多少个？", "how many new deals were opened in 2025 (立项日)?")
def begun_2025(raw: Raw) -> Figure:
    """Deals begun in 2025."""
    return Figure(len(in_span(deals(raw), "立项日", "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("没填对手、但最后还是丢了的单有几个", "Count the lost deals that have no competitor recorded.")
def lost_to_nobody(raw: Raw) -> Figure:
    """Lost, without a rival."""
    return Figure(sum(not row["对手"] for row in lost(raw)))


@QUESTIONS.asks("浙江片区还在挂网招标的商机，列一下", "Which deals in the 浙江 area are out to tender (挂网招标)?")
def out_to_tender(raw: Raw) -> Listed:
    """In this state and area."""
    return named([row for row in deals(raw) if row["片区"] == "浙江" and row["商机状态"] == "挂网招标"])


@QUESTIONS.asks("重症监护仪2025年成交了多少台？", "How many units of 重症监护仪 did we sell in deals won in 2025?")
def monitors(raw: Raw) -> Figure:
    """Pieces of one article in deals won in 2025."""
    return Figure(total((row for row in won(raw, "2025-01-01", "2025-12-31") if row["品名"] == "重症监护仪"), "数量"))


@QUESTIONS.asks("成交价不到科室预算八成的成交单有几个？", "won deals that went for less than 80% of the department budget — how many?")
def cheap(raw: Raw) -> Figure:
    """Won below four fifths of the budget."""
    return Figure(sum(bool(row[BUDGET]) and worth(row, PAID) < worth(row, BUDGET) * Decimal("0.8") for row in won(raw)))


@QUESTIONS.asks("葛锋的赢单率跟万海波比谁高？", "葛锋 or 万海波, who has the better win rate?")
def two_reps(raw: Raw) -> Compared:
    """Win rates of two owners."""
    found = per(deals(raw), "跟单人", rate)
    return Compared({name: found[name] for name in ("葛锋", "万海波")})


@QUESTIONS.asks("飞普这个对手，我们跟它碰过多少次，赢了几次？", "How often have we come up against 飞普, and how many of those did we win?")
def feipu(raw: Raw) -> Each:
    """Deals with one rival that are decided or not, and those won."""
    rows = [row for row in deals(raw) if row["对手"] == "飞普"]
    return Each((Figure(len(rows)), Figure(sum(row["商机状态"] == WON for row in rows))))


@QUESTIONS.asks("lost value (our quotes) in 2025 by product line, biggest first")
def lost_value(raw: Raw) -> AnyOf:
    """Quoted value of deals lost in 2025 by line."""
    values = per(lost(raw, "2025-01-01", "2025-12-31"), "产品线", lambda rows: total(rows, QUOTE))
    return either(lambda k: Ranked(times(values, k)))


@QUESTIONS.asks("average won price of imaging (影像设备) deals, 2024 vs 2025")
def imaging_price(raw: Raw) -> AnyOf:
    """Mean won value of a line in two years."""
    values: dict[Label, Worth] = {}
    for year in ("2024", "2025"):
        values[year] = average(number(row[PAID]) for row in won(raw, f"{year}-01-01", f"{year}-12-31") if row["产品线"] == "影像设备")
    return either(lambda k: Compared(times(values, k)))


@QUESTIONS.asks("去年丢掉的单子里，报价最高的是哪个？", "biggest deal lost last year going by our quote")
def dearest_lost(raw: Raw) -> AnyOf:
    """Deals lost in 2025 by quote."""
    values: dict[Label, Worth] = {row["商机名称"]: worth(row, QUOTE) for row in deals(raw) if row["商机状态"] == LOST and iso(row["结束日"])[:4] == "2025"}
    return either(lambda k: Ranked(times(values, k)))
