"""Questions to the seller of learning software about its deals; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import edu_books, edu_field, edu_more, edu_talk
from evals.asked.edu_rows import (
    BOARD,
    CLOUD,
    EXAM,
    LOST,
    NOW,
    QUESTIONS,
    STAFF,
    TUTOR,
    VALUE,
    WON,
    deals,
    in_year,
    listed,
    lost,
    per,
    per_two,
    rate,
    some,
    still_open,
    value,
    won,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, number
from evals.asked.tallies import average, column, days, middle

__all__ = ["QUESTIONS", "edu_books", "edu_field", "edu_more", "edu_talk"]


@QUESTIONS.asks("今年到目前为止签下了多少单？", "how many deals have we closed won so far this year?")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2026, by closing date."""
    return Figure(len(won(raw, "2026-01-01")))


@QUESTIONS.asks("2025年全年赢单金额是多少", "What was our total won value in 2025?", "去年一共签了多少钱？")
def value_2025(raw: Raw) -> Figure:
    """Annual value of deals won in 2025."""
    return Figure(value(won(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("How much is in the open pipeline right now?", "目前pipeline总额多少")
def pipeline(raw: Raw) -> Figure:
    """Annual value of open deals."""
    return Figure(value(still_open(raw)))


@QUESTIONS.asks("现在还有多少个deal没关？总金额是多少？", "number of open deals and their total value please")
def open_now(raw: Raw) -> Each:
    """Count and value of open deals."""
    return Each((Figure(len(still_open(raw))), Figure(value(still_open(raw)))))


@QUESTIONS.asks("整体赢单率是多少？", "what's our overall win rate")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("2025年的赢单率呢，跟2024年比怎么样？", "Compare our win rate in 2025 with 2024.")
def rates_two_years(raw: Raw) -> Compared:
    """Win rates of the deals closed in either year."""
    return Compared({"2025": rate(in_year(raw, "2025")), "2024": rate(in_year(raw, "2024"))})


@QUESTIONS.asks("上个月签了几单，多少钱", "What did we win last month - count and amount?")
def last_month(raw: Raw) -> Each:
    """Won in February 2026."""
    rows = won(raw, "2026-02-01", "2026-02-28")
    return Each((Figure(len(rows)), Figure(value(rows))))


@QUESTIONS.asks("本季度赢单金额", "won value this quarter?")
def this_quarter(raw: Raw) -> Figure:
    """Won from January 2026."""
    return Figure(value(won(raw, "2026-01-01", "2026-03-31")))


@QUESTIONS.asks("Compare won value this quarter with the same quarter last year", "今年一季度和去年一季度的签单金额对比一下")
def first_quarters(raw: Raw) -> Compared:
    """Won value of two first quarters."""
    return Compared({"2026-Q1": value(won(raw, "2026-01-01", "2026-03-31")), "2025-Q1": value(won(raw, "2025-01-01", "2025-03-31"))})


@QUESTIONS.asks("去年每个季度的赢单金额走势", "Show me won value by quarter for 2025")
def quarters(raw: Raw) -> Groups:
    """Won value by quarter of 2025."""
    return Groups(per(won(raw, "2025-01-01", "2025-12-31"), "Quarter", value))


@QUESTIONS.asks("2025年每个月签了多少单？", "monthly count of closed won deals, 2025")
def months(raw: Raw) -> Groups:
    """Won by month of 2025."""
    return Groups(per(won(raw, "2025-01-01", "2025-12-31"), "Month", len))


@QUESTIONS.asks("2025年签单金额比2024年增长多少？", "how much did won value grow from 2024 to 2025, in percent?")
def growth(raw: Raw) -> AnyOf:
    """Growth as a fraction; the Chinese words also allow the amount."""
    now, then = value(won(raw, "2025-01-01", "2025-12-31")), value(won(raw, "2024-01-01", "2024-12-31"))
    return AnyOf((Figure(now / then - 1), Figure(now - then), Compared({"2025": now, "2024": then})))


@QUESTIONS.asks("Who are our top 3 reps by won value in 2025?", "去年签单金额前三的销售是谁？")
def best_reps(raw: Raw) -> Ranked:
    """Won value of 2025 by owner."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "Deal Owner", value), top=3)


@QUESTIONS.asks("谁的赢单率最高", "Which deal owner has the highest win rate?")
def best_rate(raw: Raw) -> Ranked:
    """Win rate by owner."""
    return Ranked(per((row for row in deals(raw) if row["Deal Stage"] in (WON, LOST)), "Deal Owner", rate))


@QUESTIONS.asks("每个销售手上的pipeline有多少？", "Pipeline by deal owner")
def pipeline_by_rep(raw: Raw) -> Groups:
    """Open value by owner."""
    return Groups(per(still_open(raw), "Deal Owner", value))


@QUESTIONS.asks("How much has 周恺 won this year, in yuan?", "周恺今年签单额")
def zhou_value(raw: Raw) -> Figure:
    """Won value of 周恺 in 2026."""
    return Figure(value(row for row in won(raw, "2026-01-01") if row["Deal Owner"] == "周恺"))


@QUESTIONS.asks("周恺今年签了多少")
def zhou_this_year(raw: Raw) -> AnyOf:
    """Won value, or count, of 周恺 in 2026."""
    rows = [row for row in won(raw, "2026-01-01") if row["Deal Owner"] == "周恺"]
    return AnyOf((Figure(value(rows)), Figure(len(rows))))


@QUESTIONS.asks("林晓棠还有哪些在跟的单子？", "List 林晓棠's open deals")
def lin_open(raw: Raw) -> Listed:
    """Open deals of one owner."""
    return listed(row for row in still_open(raw) if row["Deal Owner"] == "林晓棠")


@QUESTIONS.asks("Joyce Shen's win rate last year?", "沈佳怡去年的赢单率")
def shen_rate(raw: Raw) -> Figure:
    """Win rate in 2025 of the owner whom the team file calls Joyce Shen."""
    return Figure(rate(row for row in in_year(raw, "2025") if row["Deal Owner"] == "沈佳怡"))


@QUESTIONS.asks("which product sells best by value?", "卖得最好的产品是哪个（按签单金额）？")
def best_product(raw: Raw) -> Ranked:
    """Won value by product."""
    return Ranked(per(won(raw), "Product", value))


@QUESTIONS.asks("各产品去年的签单数和金额", "Won deals and won value per product, 2025")
def by_product(raw: Raw) -> Each:
    """Count and value of 2025 by product."""
    rows = won(raw, "2025-01-01", "2025-12-31")
    return Each((Groups(per(rows, "Product", len)), Groups(per(rows, "Product", value))))


@QUESTIONS.asks("TutorBot AI助教今年卖了多少钱？", "TutorBot won value this year")
def tutor_this_year(raw: Raw) -> Figure:
    """Won value of one product in 2026."""
    return Figure(value(row for row in won(raw, "2026-01-01") if row["Product"] == TUTOR))


@QUESTIONS.asks("哪个产品赢单率最低", "lowest win rate by product?")
def worst_product(raw: Raw) -> Ranked:
    """Win rate by product, lowest first."""
    return Ranked(per(deals(raw), "Product", rate), lowest=True)


@QUESTIONS.asks("软件和培训各签了多少钱？", "Software vs Training: total won value", "won value split by product line")
def lines(raw: Raw) -> Groups:
    """Won value by product line."""
    return Groups(per(won(raw), "Product Line", value))


@QUESTIONS.asks("培训业务占去年签单总额的比例是多少？", "what share of 2025 won value came from Training?")
def training_share(raw: Raw) -> Figure:
    """Training of all won in 2025."""
    rows = won(raw, "2025-01-01", "2025-12-31")
    return Figure(value(row for row in rows if row["Product Line"] == "Training") / value(rows))


@QUESTIONS.asks("Average deal size of won deals in 2025", "去年赢单的平均单值是多少？")
def average_size(raw: Raw) -> Figure:
    """Mean value of the deals won in 2025."""
    return Figure(average(column(won(raw, "2025-01-01", "2025-12-31"), VALUE)))


@QUESTIONS.asks("median annual value of won university deals", "高校（University）赢单的金额中位数")
def middle_university(raw: Raw) -> Figure:
    """Median value won at universities."""
    return Figure(middle(column((row for row in won(raw) if row["Institution Type"] == "University"), VALUE)))


@QUESTIONS.asks("按机构类型看赢单率", "Win rate by institution type")
def rate_by_type(raw: Raw) -> Groups:
    """Win rate by institution type."""
    return Groups(per(deals(raw), "Institution Type", rate))


@QUESTIONS.asks("公立学校和民办学校，去年谁给我们签的钱多？", "Public School vs Private School won value last year")
def schools(raw: Raw) -> Compared:
    """Won value of 2025 of two types."""
    return Compared(some(per(won(raw, "2025-01-01", "2025-12-31"), "Institution Type", value), "Public School", "Private School"))


@QUESTIONS.asks("江苏省今年签了几单？", "how many deals did we win in 江苏 this year")
def jiangsu(raw: Raw) -> Figure:
    """Won in 2026 at institutions of one province."""
    return Figure(sum(row["Province"] == "江苏" for row in won(raw, "2026-01-01")))


@QUESTIONS.asks("哪个省贡献的签单额第二多？", "Second best province by won value?")
def second_province(raw: Raw) -> Ranked:
    """Won value by province, the second."""
    return Ranked(per(won(raw), "Province", value), place=2)


@QUESTIONS.asks("Top 5 customers by won value", "我们最大的5个客户是哪些？")
def biggest_customers(raw: Raw) -> Ranked:
    """Won value by institution."""
    return Ranked(per(won(raw), "Institution Name", value), top=5)


@QUESTIONS.asks("What is the biggest deal we have ever won?", "历史最大单是哪个，多少钱")
def biggest_deal(raw: Raw) -> Ranked:
    """Won deals by value."""
    return Ranked({row["Deal Name"]: number(row[VALUE]) or 0 for row in won(raw)})


@QUESTIONS.asks("丢单原因排名", "why do we lose deals? rank the reasons")
def lost_ranking(raw: Raw) -> Ranked:
    """Lost deals by reason, where one is written."""
    return Ranked(per(lost(raw), "Loss Reason", len))


@QUESTIONS.asks("What are the top 3 loss reasons?", "丢单最主要的三个原因是什么")
def lost_why(raw: Raw) -> Ranked:
    """Lost deals by reason, where one is written."""
    return Ranked(per(lost(raw), "Loss Reason", len), top=3)


@QUESTIONS.asks("去年因为价格太高丢了几单？", "deals lost in 2025 because 价格太高 - how many?")
def lost_for_price(raw: Raw) -> Figure:
    """Lost in 2025 for the price."""
    return Figure(sum(row["Loss Reason"] == "价格太高" for row in lost(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("How much value did we lose in 2025?", "2025年丢单总金额")
def lost_value(raw: Raw) -> Figure:
    """Value of the deals lost in 2025."""
    return Figure(value(lost(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("有多少丢单没填原因", "how many lost deals have no loss reason filled in?")
def no_reason(raw: Raw) -> Figure:
    """Lost without a reason."""
    return Figure(sum(not row["Loss Reason"] for row in lost(raw)))


@QUESTIONS.asks("碰到哪家竞品我们赢单率最低？", "Against which competitor is our win rate lowest?")
def hardest(raw: Raw) -> Ranked:
    """Win rate by competitor, lowest first."""
    return Ranked(per(deals(raw), "Competitor", rate), lowest=True)


@QUESTIONS.asks("跟超星竞争的单子我们赢了几个、输了几个？", "Against 超星: how many won, how many lost?")
def against_chaoxing(raw: Raw) -> Each:
    """Won and lost with one competitor."""
    return Each(tuple(Figure(sum(row["Competitor"] == "超星" and row["Deal Stage"] == stage for row in deals(raw))) for stage in (WON, LOST)))


@QUESTIONS.asks("各线索来源的赢单率排一下", "win rate by lead source, best first")
def sources(raw: Raw) -> Ranked:
    """Win rate by lead source."""
    return Ranked(per(deals(raw), "Lead Source", rate))


@QUESTIONS.asks("教育装备展带来了多少签单金额？", "How much won value came from 教育装备展?")
def fair(raw: Raw) -> Figure:
    """Won value of one source."""
    return Figure(value(row for row in won(raw) if row["Lead Source"] == "教育装备展"))


@QUESTIONS.asks("公开招标的项目赢单率怎么样？", "win rate on 公开招标 deals?")
def tenders(raw: Raw) -> Figure:
    """Win rate of one purchase route."""
    return Figure(rate(row for row in deals(raw) if row["Purchase Route"] == "公开招标"))


@QUESTIONS.asks("各阶段的open deal数量和金额", "Open deals by stage, count and value")
def by_stage(raw: Raw) -> Each:
    """Count and value of open deals by stage."""
    return Each((Groups(per(still_open(raw), "Deal Stage", len)), Groups(per(still_open(raw), "Deal Stage", value))))


@QUESTIONS.asks("Which deals are in Contract Review?", "合同评审阶段（Contract Review）有哪些单？")
def in_review(raw: Raw) -> Listed:
    """Deals in one stage."""
    return listed(row for row in deals(raw) if row["Deal Stage"] == "Contract Review")


@QUESTIONS.asks("有几个deal是On Hold状态？", "how many deals are on hold")
def on_hold(raw: Raw) -> Figure:
    """Deals in the stage On Hold."""
    return Figure(sum(row["Deal Stage"] == "On Hold" for row in deals(raw)))


@QUESTIONS.asks("过了预计签约日还没关的deal有多少？", "How many open deals are past their expected signing date?")
def overdue(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(row["Expected Signing"] < NOW for row in still_open(raw)))


@QUESTIONS.asks("预计4月份能签的单子有多少个，一共多少钱？")
def april_both(raw: Raw) -> Each:
    """Open, expected in April 2026: count and value."""
    rows = [row for row in still_open(raw) if row["Expected Signing"][:7] == "2026-04"]
    return Each((Figure(len(rows)), Figure(value(rows))))


@QUESTIONS.asks("Open deals expected to sign in April: which ones?")
def april(raw: Raw) -> Listed:
    """Open, expected in April 2026."""
    return listed(row for row in still_open(raw) if row["Expected Signing"][:7] == "2026-04")


@QUESTIONS.asks("Pipeline expected to sign next quarter?", "下季度预计能签的pipeline金额")
def next_quarter(raw: Raw) -> Figure:
    """Open value expected from April to June 2026."""
    return Figure(value(row for row in still_open(raw) if "2026-04-01" <= row["Expected Signing"] <= "2026-06-30"))


@QUESTIONS.asks("续约单的赢单率是多少", "What is the win rate on renewal deals?")
def renewal_rate(raw: Raw) -> Figure:
    """Win rate of renewals."""
    return Figure(rate(row for row in deals(raw) if row["Deal Type"] == "Renewal"))


@QUESTIONS.asks("去年的签单额里新签、增购、续约各占多少？", "2025 won value by deal type")
def types(raw: Raw) -> AnyOf:
    """Won value of 2025 by deal type, or their shares."""
    found = per(won(raw, "2025-01-01", "2025-12-31"), "Deal Type", value)
    whole = value(won(raw, "2025-01-01", "2025-12-31"))
    return AnyOf((Groups(found), Groups({key: Decimal(held) / whole for key, held in found.items()})))


@QUESTIONS.asks("Average sales cycle for won New Business deals, in days", "新签赢单平均从创建到关单要几天？")
def cycle(raw: Raw) -> Figure:
    """Days from creation to closing of won new business."""
    return Figure(average(days(row, "Created Date", "Closed Date") for row in won(raw) if row["Deal Type"] == "New Business"))


@QUESTIONS.asks("哪类机构的成交周期最长？", "Which institution type has the longest average time from created to closed won?")
def slowest_type(raw: Raw) -> Ranked:
    """Mean days from creation to closing of won deals, by type."""
    return Ranked(per(won(raw), "Institution Type", lambda rows: average(days(row, "Created Date", "Closed Date") for row in rows)))


@QUESTIONS.asks("赢单里有多少是晚于预计签约日才签的？", "How many won deals closed later than their expected signing date?")
def late(raw: Raw) -> Figure:
    """Won with the closing after the expected day."""
    return Figure(sum(row["Closed Date"] > row["Expected Signing"] for row in won(raw)))


@QUESTIONS.asks("what discount do we give on average on won deals?", "赢单平均折扣是多少？")
def discount(raw: Raw) -> AnyOf:
    """Mean of the discount in per cent, as written or as a fraction."""
    mean = average(column(won(raw), "Discount (%)"))
    return AnyOf((Figure(mean), Figure(mean / 100)))


@QUESTIONS.asks("打折20%及以上的赢单有几个？", "won deals with at least 20% discount: how many?")
def deep(raw: Raw) -> Figure:
    """Won with a discount of 20 or more."""
    return Figure(sum((number(row["Discount (%)"]) or 0) >= 20 for row in won(raw)))


@QUESTIONS.asks("What's the weighted pipeline, i.e. annual value times win probability?", "按赢率加权的pipeline是多少")
def weighted(raw: Raw) -> Figure:
    """Open value times the probability of the deal."""
    return Figure(sum((number(row[VALUE]) or Decimal(0)) * (number(row["Win Probability"]) or 0) / 100 for row in still_open(raw)))


@QUESTIONS.asks("金额超过20万的在跟商机列一下", "open deals above 200k")
def big_open(raw: Raw) -> Listed:
    """Open deals above 200,000."""
    return listed(row for row in still_open(raw) if (number(row[VALUE]) or 0) > 200_000)


@QUESTIONS.asks("10万到20万之间、预算已批的open deal有几个？")
def mid_open(raw: Raw) -> Figure:
    """Open deals from 100,000 to 200,000 with the budget approved."""
    return Figure(sum(100_000 <= (number(row[VALUE]) or 0) <= 200_000 and row["Budget Approved"] == "Yes" for row in still_open(raw)))


@QUESTIONS.asks("有哪些商机还没填金额", "which open deals have no annual value yet?")
def no_value(raw: Raw) -> Listed:
    """Open deals without a value."""
    return listed(row for row in still_open(raw) if not row[VALUE])


@QUESTIONS.asks("程诺这个月赢单了吗？", "Did 程诺 win anything this month?")
def cheng(raw: Raw) -> YesNo:
    """Deals that 程诺 won in March 2026."""
    found = sum(row["Deal Owner"] == "程诺" for row in won(raw, "2026-03-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("Higher-Ed Team 和 School Team 去年签单额对比", "Compare the Higher-Ed Team and the School Team on 2025 won value")
def teams(raw: Raw) -> Compared:
    """Won value of 2025 by the owner's team."""
    return Compared(some(per(won(raw, "2025-01-01", "2025-12-31"), "Team", value), "Higher-Ed Team", "School Team"))


@QUESTIONS.asks("pipeline最大的三个销售，他们的赢单率分别是多少？", "win rate of the three reps with the largest pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three owners with most open value."""
    held = per(still_open(raw), "Deal Owner", value)
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in deals(raw) if row["Deal Owner"] in first), "Deal Owner", rate))


@QUESTIONS.asks("按产品线和季度看2025年签单额", "2025 won value by product line and quarter")
def line_and_quarter(raw: Raw) -> Groups:
    """Won value of 2025 by line and quarter."""
    return Groups(per_two(won(raw, "2025-01-01", "2025-12-31"), "Product Line", "Quarter", value))


@QUESTIONS.asks("课堂云、ExamPro、驾驶舱和StaffSkill哪个pipeline最大？", "of Classroom Cloud, ExamPro, 数据驾驶舱 and StaffSkill, which has most open value")
def four_products(raw: Raw) -> Ranked:
    """Open value of four products."""
    return Ranked(some(per(still_open(raw), "Product", value), CLOUD, EXAM, BOARD, STAFF))
