"""Questions to the maker of pumps and valves about its opportunities; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import pumps_books, pumps_customers, pumps_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.pumps_rows import LOST, QUESTIONS, WON, deals, income, per, rate, still_open, won
from evals.asked.raw import Raw, number, quarter, total
from evals.asked.tallies import average, column, days, iso, middle

__all__ = ["QUESTIONS", "pumps_books", "pumps_customers", "pumps_talk"]


@QUESTIONS.asks("今年到现在中标了多少单？", "How many deals have we won so far this year?", "今年赢下来几个项目啊")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2025, by closing date."""
    return Figure(len(won(raw, "2025-01-01")))


@QUESTIONS.asks("２０２４年全年中标额多少", "total won value for 2024 pls")
def value_2024(raw: Raw) -> Figure:
    """Amount of deals won in 2024."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")))


@QUESTIONS.asks("现在手上还没结果的项目有几个，预计金额合计多少？")
def open_now(raw: Raw) -> Each:
    """Count and estimated value of open opportunities."""
    rows = still_open(raw)
    return Each((Figure(len(rows)), Figure(total(rows, "预计金额(元)"))))


@QUESTIONS.asks("What's our open pipeline worth right now?", "pipeline 总额报一下")
def pipeline(raw: Raw) -> Figure:
    """Estimated value of open opportunities."""
    return Figure(total(still_open(raw), "预计金额(元)"))


@QUESTIONS.asks("咱们整体的中标率是多少？")
def win_rate(raw: Raw) -> Figure:
    """Won of won and lost, over everything."""
    return Figure(rate(deals(raw)))


@QUESTIONS.asks("win rate in 2024?", "去年的赢单率")
def win_rate_2024(raw: Raw) -> Figure:
    """Of the deals that closed in 2024."""
    return Figure(rate([row for row in deals(raw) if iso(row["结案日期"])[:4] == "2024"]))


@QUESTIONS.asks("四个大区去年中标金额各是多少？", "Give me last year's won revenue, region by region.")
def region_2024(raw: Raw) -> Groups:
    """Won value of 2024 by region (that of the customer and of the owner agree)."""
    return Groups(per(won(raw, "2024-01-01", "2024-12-31"), "销售大区", income))


@QUESTIONS.asks("哪个产品系列最容易中标，也就是中标率最高？")
def best_series(raw: Raw) -> Ranked:
    """Win rate by product series."""
    return Ranked(per(deals(raw), "产品系列", rate))


@QUESTIONS.asks("which product series has the worst win rate")
def worst_series(raw: Raw) -> Ranked:
    """Win rate by product series, lowest first."""
    return Ranked(per(deals(raw), "产品系列", rate), lowest=True)


@QUESTIONS.asks("中标金额排前三的销售是谁", "top 3 reps by won revenue")
def best_reps(raw: Raw) -> Ranked:
    """Won value by owner of the opportunity."""
    return Ranked(per(won(raw), "负责人", income), top=3)


@QUESTIONS.asks("华东大区的王磊去年中标了多少钱？")
def wang_east(raw: Raw) -> Figure:
    """The 王磊 of the east (P007), won value in 2024."""
    return Figure(income(row for row in won(raw, "2024-01-01", "2024-12-31") if row["负责人工号"] == "P007"))


@QUESTIONS.asks("How many open opportunities does the 王磊 from the 西南 region have?", "工号P015手里还有几个没结案的项目")
def wang_southwest(raw: Raw) -> Figure:
    """P015, open opportunities."""
    return Figure(sum(row["负责人工号"] == "P015" for row in still_open(raw)))


@QUESTIONS.asks("丢单最常见的原因是啥？", "Rank the reasons why we lose deals")
def lost_why(raw: Raw) -> Ranked:
    """Lost opportunities by reason."""
    return Ranked(per((row for row in deals(raw) if row["项目阶段"] == LOST), "丢单原因", len))


@QUESTIONS.asks("主要竞品是凯泉、结果我们没中标的项目有多少个")
def lost_to_kaiquan(raw: Raw) -> Figure:
    """Lost opportunities with this rival."""
    return Figure(sum(row["项目阶段"] == LOST and row["主要竞品"] == "凯泉" for row in deals(raw)))


@QUESTIONS.asks("against which competitor do we win least often")
def hardest_rival(raw: Raw) -> Ranked:
    """Win rate by rival, lowest first."""
    return Ranked(per(deals(raw), "主要竞品", rate), lowest=True)


@QUESTIONS.asks("招标项目跟非招标项目，中标率分别是多少？")
def tender_rates(raw: Raw) -> Compared:
    """Win rate by 是否招标."""
    return Compared(per(deals(raw), "是否招标", rate))


@QUESTIONS.asks("新建、技改、备件替换三类项目哪类中标率低？", "lowest win rate by project type (项目性质)?")
def rate_by_kind(raw: Raw) -> Ranked:
    """Win rate by 项目性质, lowest first."""
    return Ranked(per(deals(raw), "项目性质", rate), lowest=True)


@QUESTIONS.asks("设计院是华东院的项目一共有多少个？")
def institute(raw: Raw) -> Figure:
    """Opportunities of this design institute, whatever their stage."""
    return Figure(sum(row["设计院"] == "华东院" for row in deals(raw)))


@QUESTIONS.asks("2024年每个季度中标单数走势", "number of won deals per quarter in 2024")
def quarters(raw: Raw) -> Groups:
    """Won by quarter of closing."""
    rows = won(raw, "2024-01-01", "2024-12-31")
    return Groups(per([{**row, "季": quarter(row["结案日期"])} for row in rows], "季", len))


@QUESTIONS.asks("今年逐月的中标额给我看看")
def months(raw: Raw) -> Groups:
    """Won value by month of closing, in 2025."""
    return Groups(per([{**row, "月": iso(row["结案日期"])[:7]} for row in won(raw, "2025-01-01")], "月", income))


@QUESTIONS.asks("2024年中标额比2023年增长了百分之几？", "By what percentage did won revenue grow in 2024 versus 2023?")
def growth(raw: Raw) -> Figure:
    """Won value of 2024 over that of 2023, less one."""
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")) / income(won(raw, "2023-01-01", "2023-12-31")) - 1)


@QUESTIONS.asks("今年一季度和去年一季度的中标单数比一下")
def first_quarters(raw: Raw) -> Compared:
    """Deals won in the first quarters of 2025 and 2024."""
    return Compared({"2025-Q1": len(won(raw, "2025-01-01", "2025-03-31")), "2024-Q1": len(won(raw, "2024-01-01", "2024-03-31"))})


@QUESTIONS.asks("median estimated amount of the open opportunities")
def middle_open(raw: Raw) -> Figure:
    """Median of 预计金额 of open ones that have it."""
    return Figure(middle(column(still_open(raw), "预计金额(元)")))


@QUESTIONS.asks("中标的项目，从立项到结案平均要多少天？", "average sales cycle of won deals, in days")
def cycle(raw: Raw) -> Figure:
    """Days from 立项 to 结案 of won opportunities."""
    return Figure(average(days(row, "立项日期", "结案日期") for row in won(raw)))


@QUESTIONS.asks("预计金额超过50万、还在商务谈判的项目有哪些？")
def big_talks(raw: Raw) -> Listed:
    """In 商务谈判, above 500,000."""
    rows = [row for row in deals(raw) if row["项目阶段"] == "商务谈判" and (number(row["预计金额(元)"]) or 0) > 500_000]
    return Listed(frozenset(row["项目名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("唐山安泰能源那边在跟的项目列一下")
def antai_open(raw: Raw) -> Listed:
    """Open opportunities of one customer."""
    rows = [row for row in still_open(raw) if row["客户名称"] == "唐山安泰能源集团"]
    return Listed(frozenset(row["项目名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("蒋小川这个月有中标的吗？", "Has 蒋小川 won anything this month?")
def jiang_this_month(raw: Raw) -> YesNo:
    """Deals that 蒋小川 won in June 2025."""
    found = sum(row["负责人"] == "蒋小川" for row in won(raw, "2025-06-01", "2025-06-30"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("预计签约日期在本季度、但还没结果的项目有多少个")
def due_this_quarter(raw: Raw) -> Figure:
    """Open, expected from April to June 2025."""
    return Figure(sum("2025-04-01" <= iso(row["预计签约日期"]) <= "2025-06-30" for row in still_open(raw)))


@QUESTIONS.asks("how many open deals are past their expected signing date?", "预计签约日已经过了还挂着没结案的有几个")
def overdue_open(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum(iso(row["预计签约日期"]) < "2025-06-18" for row in still_open(raw)))


@QUESTIONS.asks("历史上最大的一单是哪个项目？")
def biggest_deal(raw: Raw) -> Ranked:
    """Won opportunities by won value."""
    return Ranked({row["项目名称"]: number(row["中标金额(元)"]) or 0 for row in sorted(won(raw), key=lambda row: Decimal(row["中标金额(元)"]))})


@QUESTIONS.asks("What was the second largest deal we ever won?")
def second_deal(raw: Raw) -> Ranked:
    """Won opportunities by won value, the second."""
    return Ranked({row["项目名称"]: number(row["中标金额(元)"]) or 0 for row in sorted(won(raw), key=lambda row: Decimal(row["中标金额(元)"]))}, place=2)


@QUESTIONS.asks("A类客户贡献的中标额占总中标额的比例", "what share of won value came from level A customers?")
def share_of_a(raw: Raw) -> Figure:
    """Won value of customers of level A of all."""
    return Figure(income(row for row in won(raw) if row["客户等级"] == "A") / income(won(raw)))


@QUESTIONS.asks("在途金额最大的三个销售，他们的中标率各是多少？", "win rate of the three reps with the largest open pipeline")
def rates_of_largest(raw: Raw) -> Groups:
    """Win rates over everything, of the three owners with most open value."""
    held = per(still_open(raw), "负责人", lambda rows: total(rows, "预计金额(元)"))
    first = sorted(held, key=lambda name: -held[name])[:3]
    return Groups(per((row for row in deals(raw) if row["负责人"] in first), "负责人", rate))


@QUESTIONS.asks("陆佩佩上个月结案了几单？其中中标几单？")
def lu_last_month(raw: Raw) -> Each:
    """Closed in May 2025 (won or lost), and won among them."""
    rows = [row for row in deals(raw) if row["负责人"] == "陆佩佩" and iso(row["结案日期"])[:7] == "2025-05"]
    return Each((Figure(len(rows)), Figure(sum(row["项目阶段"] == WON for row in rows))))


@QUESTIONS.asks("按大区和项目性质交叉统计一下中标单数")
def region_and_kind(raw: Raw) -> Groups:
    """Won by region and 项目性质."""
    found: dict[Label, int] = {}
    for row in won(raw):
        key = (row["销售大区"], row["项目性质"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("lost deals above 1 million yuan where the reason was price (价格偏高) — how many, and which?")
def dear_and_lost(raw: Raw) -> Listed:
    """Lost for the price, estimated above 1,000,000."""
    rows = [row for row in deals(raw) if row["项目阶段"] == LOST and row["丢单原因"] == "价格偏高" and (number(row["预计金额(元)"]) or 0) > 1_000_000]
    return Listed(frozenset(row["项目名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("暂停的项目有几个")
def paused(raw: Raw) -> Figure:
    """In the stage 项目暂停."""
    return Figure(sum(row["项目阶段"] == "项目暂停" for row in deals(raw)))


@QUESTIONS.asks("2024年中标的项目里渣浆泵一共卖了多少台？")
def slurry_pieces(raw: Raw) -> Figure:
    """数量 of deals for ZJ200 that were won in 2024."""
    return Figure(total((row for row in won(raw, "2024-01-01", "2024-12-31") if row["物料号"] == "WL-3002"), "数量(台)"))


@QUESTIONS.asks("average won deal size for pharma (制药) customers vs 市政水务")
def average_by_trade(raw: Raw) -> Compared:
    """Mean won value of two trades."""
    found = per(won(raw), "所属行业", lambda rows: average(column(rows, "中标金额(元)")))
    return Compared({name: found[name] for name in ("制药", "市政水务")})


@QUESTIONS.asks("各阶段还有多少个未结案项目、多少钱")
def open_by_stage(raw: Raw) -> Each:
    """Count and estimated value of open opportunities, by stage."""
    rows = still_open(raw)
    return Each((Groups(per(rows, "项目阶段", len)), Groups(per(rows, "项目阶段", lambda held: total(held, "预计金额(元)")))))


@QUESTIONS.asks("中标价平均比预计金额打了几折，也就是中标金额占预计金额的比例？")
def discount(raw: Raw) -> AnyOf:
    """Won value over estimated value: of the sums, or the mean of the deals."""
    rows = won(raw)
    each = [(number(row["中标金额(元)"]) or Decimal(0)) / Decimal(row["预计金额(元)"]) for row in rows]
    return AnyOf((Figure(income(rows) / total(rows, "预计金额(元)")), Figure(average(each))))


@QUESTIONS.asks("XM230059这个项目最后中标多少钱，谁负责的？")
def one_deal(raw: Raw) -> Each:
    """Won value and owner of one opportunity."""
    row = next(row for row in deals(raw) if row["机会编号"] == "XM230059")
    return Each((Figure(number(row["中标金额(元)"])), Figure(row["负责人"])))
