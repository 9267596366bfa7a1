"""Questions about the Maven CRM export that the authors of the parser may look at: won, lost and open deals."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import median

from evals.asked.expecting import Compared, Figure, Groups, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, Row, number, numbers, total

QUESTIONS = QuestionSet("maven_own", today=date(2017, 12, 31), written_by="own")
YEAR, Q2, Q3, Q4 = ("2017-01-01", "2017-12-31"), ("2017-04-01", "2017-06-30"), ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31")
OPEN = ("Engaging", "Prospecting")


def iso(text: str) -> str:
    """A day as the export writes it (3/1/2017), as 2017-03-01; a day that is already ISO as it is."""
    if "/" not in text:
        return text
    months, days, year = text.split("/")
    return f"{int(year)}-{int(months):02}-{int(days):02}"


def deals(raw: Raw, stage: str = "", **where: str | tuple[str, str]) -> list[Row]:
    """Deals beside their rep, account and product. ``stage``: Won, Lost, Open, Closed or one of the export; a pair of values is a range."""
    teams, accounts = raw.by("sales_teams", "sales_agent"), raw.by("accounts", "account")
    prices = {row["product"].replace(" ", ""): row for row in raw["products"]}
    stages = {"Open": OPEN, "Closed": ("Won", "Lost"), "": ("Won", "Lost", *OPEN)}.get(stage, (stage,))
    found = []
    for row in raw["sales_pipeline"]:
        if row["deal_stage"] not in stages:
            continue
        full = {**accounts.get(row["account"], {}), **teams[row["sales_agent"]], **prices[row["product"].replace(" ", "")], **row}
        full |= {"engaged": iso(row["engage_date"]), "closed": iso(row["close_date"])}
        if all(full.get(key, "") == want if isinstance(want, str) else want[0] <= full[key] <= want[1] for key, want in where.items()):
            found.append(full)
    return found


def by(rows: list[Row], *columns: str, of: Callable[[list[Row]], Decimal | int] = len) -> dict[str | tuple[str, ...], Decimal | int]:
    """A value for each group of rows; rows without a group are left out."""
    held: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row.get(column, "") for column in columns)
        if all(key):
            held.setdefault(key, []).append(row)
    return {key[0] if len(key) == 1 else key: of(each) for key, each in held.items()}


def value(rows: list[Row]) -> Decimal:
    """The close value of deals."""
    return total(rows, "close_value")


def mean(rows: list[Row]) -> Decimal:
    """The average close value of deals."""
    held = numbers(rows, "close_value")
    return sum(held, Decimal(0)) / len(held)


def rate(rows: list[Row]) -> Decimal:
    """Won of won and lost."""
    won, lost = (sum(row["deal_stage"] == stage for row in rows) for stage in ("Won", "Lost"))
    return Decimal(won) / (won + lost)


def days(rows: list[Row]) -> Decimal:
    """Average days from engage to close date."""
    spans = [(date.fromisoformat(row["closed"]) - date.fromisoformat(row["engaged"])).days for row in rows]
    return Decimal(sum(spans)) / len(spans)


def monthly(rows: list[Row], size: int = 7) -> list[Row]:
    """Deals with the month of their close date in ``month``, and the quarter in ``quarter``."""
    return [{**row, "month": row["closed"][:size], "quarter": f"{row['closed'][:4]}-Q{(int(row['closed'][5:7]) + 2) // 3}"} for row in rows]


# -- figures --------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("how many opportunities did we close as won over the course of 2017?", "今年到现在总共签下多少单")
def won_this_year(raw: Raw) -> Figure:
    """Won deals that closed in 2017."""
    return Figure(len(deals(raw, "Won", closed=YEAR)))


@QUESTIONS.asks("Total closed-won value for the East office in the third quarter", "东区(East)第三季度的成交额")
def east_q3(raw: Raw) -> Figure:
    """Won value of the East, closed July to September 2017."""
    return Figure(value(deals(raw, "Won", regional_office="East", closed=Q3)))


@QUESTIONS.asks("Darcel's win rate?", "想知道 Darcel Schlecht 的赢单率是多少")
def darcel_rate(raw: Raw) -> Figure:
    """Won of decided deals of Darcel Schlecht."""
    return Figure(rate(deals(raw, sales_agent="Darcel Schlecht")))


@QUESTIONS.asks("could you tell me the avg deal size of won GTX Plus Pro deals", "GTX Plus Pro 平均每单成交多少钱？")
def plus_pro_mean(raw: Raw) -> Figure:
    """Average close value of won GTX Plus Pro deals."""
    return Figure(mean(deals(raw, "Won", product="GTX Plus Pro")))


@QUESTIONS.asks("open deals right now, how many?", "目前还没有结果的商机有多少个")
def open_now(raw: Raw) -> Figure:
    """Deals neither won nor lost."""
    return Figure(len(deals(raw, "Open")))


@QUESTIONS.asks("how many deals are sitting in Prospecting", "Prospecting 阶段积压了多少单")
def prospecting(raw: Raw) -> Figure:
    """Deals in Prospecting."""
    return Figure(len(deals(raw, "Prospecting")))


@QUESTIONS.asks("处在 Engaging 阶段的商机有几个？", "# of deals still engaging")
def engaging(raw: Raw) -> Figure:
    """Deals in Engaging."""
    return Figure(len(deals(raw, "Engaging")))


@QUESTIONS.asks("Median value of the deals we won", "赢单金额的中位数是多少")
def median_won(raw: Raw) -> Figure:
    """Median close value of won deals."""
    return Figure(median(numbers(deals(raw, "Won"), "close_value")))


@QUESTIONS.asks("how much did Kan-code buy from us this quarter?", "Kan-code 本季度在我们这儿成交了多少")
def kan_code_now(raw: Raw) -> Figure:
    """Won value with Kan-code, closed October to December 2017."""
    return Figure(value(deals(raw, "Won", account="Kan-code", closed=Q4)))


@QUESTIONS.asks("lost deals last month", "帮忙查下，上个月丢了几单呀")
def lost_last_month(raw: Raw) -> Figure:
    """Lost deals that closed in November 2017."""
    return Figure(len(deals(raw, "Lost", closed=("2017-11-01", "2017-11-30"))))


@QUESTIONS.asks("What share of our won revenue comes from the GTK 500?", "GTK 500 占总成交额的百分之几")
def gtk_share(raw: Raw) -> Figure:
    """Won value of GTK 500 over all won value."""
    rows = deals(raw, "Won")
    return Figure(value([row for row in rows if row["product"] == "GTK 500"]) / value(rows))


@QUESTIONS.asks("On average, how many days from engage to close for a won deal?", "赢下来的单子，从接触到成交平均要多少天？")
def won_days(raw: Raw) -> Figure:
    """Average days from engage to close date of won deals."""
    return Figure(days(deals(raw, "Won")))


@QUESTIONS.asks("How many of the won deals were worth at least $10k?", "成交金额不少于1万的赢单有多少")
def big_won(raw: Raw) -> Figure:
    """Won deals with a close value of 10000 or more."""
    return Figure(sum((number(row["close_value"]) or 0) >= 10000 for row in deals(raw, "Won")))


@QUESTIONS.asks("What's the single largest deal value we've ever won?", "单笔成交金额最高是多少？")
def largest_value(raw: Raw) -> Figure:
    """The largest close value of a won deal."""
    return Figure(max(numbers(deals(raw, "Won"), "close_value")))


@QUESTIONS.asks("How many open deals have no account filled in?", "未填写客户的在跟商机有多少条")
def open_without_account(raw: Raw) -> Figure:
    """Open deals without an account."""
    return Figure(sum(not row["account"] for row in deals(raw, "Open")))


@QUESTIONS.asks("deals won last week", "上周成交了几单")
def won_last_week(raw: Raw) -> Figure:
    """Won deals that closed from Monday 18 to Sunday 24 December 2017."""
    return Figure(len(deals(raw, "Won", closed=("2017-12-18", "2017-12-24"))))


@QUESTIONS.asks("how many diffrent accounts bought something from us in Q4?", "第四季度有多少家不同的客户下了单")
def buyers_q4(raw: Raw) -> Figure:
    """Distinct accounts with a won deal closed in the fourth quarter."""
    return Figure(len({row["account"] for row in deals(raw, "Won", closed=Q4)} - {""}))


@QUESTIONS.asks("Vicki Laflame sold how many MG Advanced in 2017?", "Vicki Laflamme 今年卖出去几单 MG Advanced？")
def vicki_advanced(raw: Raw) -> Figure:
    """Won MG Advanced deals of Vicki Laflamme closed in 2017."""
    return Figure(len(deals(raw, "Won", sales_agent="Vicki Laflamme", product="MG Advanced", closed=YEAR)))


# -- rankings -------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("top 3 reps by won value", "成交额前三名的销售是谁？")
def top_reps(raw: Raw) -> Ranked:
    """Reps by won value."""
    return Ranked(by(deals(raw, "Won"), "sales_agent", of=value), top=3)


@QUESTIONS.asks("Which account has bought the most from us, in dollars?", "哪个客户贡献的成交金额最大")
def best_account(raw: Raw) -> Ranked:
    """Accounts by won value."""
    return Ranked(by(deals(raw, "Won"), "account", of=value))


@QUESTIONS.asks("who came second in number of deals won?", "按赢单数量排，第二名是哪位销售？")
def second_rep(raw: Raw) -> Ranked:
    """Reps by number of won deals; the second."""
    return Ranked(by(deals(raw, "Won"), "sales_agent"), place=2)


@QUESTIONS.asks("rep with the lowest win rate", "赢单率垫底的是哪个销售")
def worst_rate(raw: Raw) -> Ranked:
    """Reps by win rate, lowest first."""
    return Ranked(by(deals(raw, "Closed"), "sales_agent", of=rate), lowest=True)


@QUESTIONS.asks("In which month of 2017 did we bring in the most money?", "2017年哪个月的成交额最高？")
def best_month(raw: Raw) -> Ranked:
    """Close months by won value."""
    return Ranked(by(monthly(deals(raw, "Won", closed=YEAR)), "month", of=value))


@QUESTIONS.asks("which manager's team lost the most deals this year?", "今年哪个经理的团队丢单最多")
def manager_lost(raw: Raw) -> Ranked:
    """Managers by lost deals closed in 2017."""
    return Ranked(by(deals(raw, "Lost", closed=YEAR), "manager"))


@QUESTIONS.asks("bottom 3 products by number of won deals", "卖得最少的三个产品（按赢单数）")
def bottom_products(raw: Raw) -> Ranked:
    """Products by won deals, fewest first."""
    return Ranked(by(deals(raw, "Won"), "product"), top=3, lowest=True)


@QUESTIONS.asks("Which agent has the most open deals on their plate?", "手上在跟的单子最多的是谁")
def most_open(raw: Raw) -> Ranked:
    """Reps by open deals."""
    return Ranked(by(deals(raw, "Open"), "sales_agent"))


@QUESTIONS.asks("Which sector closes fastest on average when we win?", "哪个行业赢单的平均成交周期最短")
def fastest_sector(raw: Raw) -> Ranked:
    """Sectors by average days from engage to close of won deals, shortest first."""
    return Ranked(by(deals(raw, "Won"), "sector", of=days), lowest=True)


@QUESTIONS.asks("five best customers of the West office by revenue we won from them", "West 区成交额前五的客户")
def west_accounts(raw: Raw) -> Ranked:
    """Accounts by won value of reps of the West."""
    return Ranked(by(deals(raw, "Won", regional_office="West"), "account", of=value), top=5)


# -- groups ---------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("Won value per regional office", "各大区的成交金额分别是多少")
def region_value(raw: Raw) -> Groups:
    """Won value by regional office."""
    return Groups(by(deals(raw, "Won"), "regional_office", of=value))


@QUESTIONS.asks("win rate brokn down by product, please", "按产品看赢单率")
def product_rate(raw: Raw) -> Groups:
    """Win rate by product."""
    return Groups(by(deals(raw, "Closed"), "product", of=rate))


@QUESTIONS.asks("quarterly trend of won revenue in 2017", "2017年每个季度的成交额走势")
def quarter_value(raw: Raw) -> Groups:
    """Won value by quarter of closing."""
    return Groups(by(monthly(deals(raw, "Won", closed=YEAR)), "quarter", of=value))


@QUESTIONS.asks("month by month, how many deals did we lose in 2017", "2017年逐月的丢单数")
def month_lost(raw: Raw) -> Groups:
    """Lost deals by month of closing."""
    return Groups(by(monthly(deals(raw, "Lost", closed=YEAR)), "month"))


@QUESTIONS.asks("deals won by region and series", "按大区和产品系列交叉统计赢单数")
def region_series(raw: Raw) -> Groups:
    """Won deals by regional office and series."""
    return Groups(by(deals(raw, "Won"), "regional_office", "series"))


@QUESTIONS.asks("How are open deals split across the stages?", "没关单的商机在各阶段的数量")
def open_stages(raw: Raw) -> Groups:
    """Open deals by stage."""
    return Groups(by(deals(raw, "Open"), "deal_stage"))


# -- comparisons ----------------------------------------------------------------------------------------------------


@QUESTIONS.asks("Compare Q3 and Q4 sales for me", "三季度和四季度的销售额比一下")
def q3_q4(raw: Raw) -> Compared:
    """Won value closed in the third and the fourth quarter of 2017."""
    return Compared({"2017-Q3": value(deals(raw, "Won", closed=Q3)), "2017-Q4": value(deals(raw, "Won", closed=Q4))})


@QUESTIONS.asks("GTX Basic vs MG Special: which has the higher win rate?", "GTX Basic 和 MG Special 谁的赢单率更高")
def basic_special(raw: Raw) -> Compared:
    """Win rates of two products."""
    return Compared({name: rate(deals(raw, "Closed", product=name)) for name in ("GTX Basic", "MG Special")})


@QUESTIONS.asks("Rocco Neubert's team or Cara Losch's team, who won more revenue?", "Rocco Neubert 和 Cara Losch 两个团队的成交额对比")
def two_managers(raw: Raw) -> Compared:
    """Won value of two managers."""
    return Compared({name: value(deals(raw, "Won", manager=name)) for name in ("Rocco Neubert", "Cara Losch")})


# -- lists and yes or no --------------------------------------------------------------------------------------------


@QUESTIONS.asks("List the won deals above 29,000", "列出成交金额超过两万九的单子")
def above_29k(raw: Raw) -> Listed:
    """Won deals with a close value above 29000, by their id."""
    return Listed(frozenset(row["opportunity_id"] for row in deals(raw, "Won") if (number(row["close_value"]) or 0) > 29000))


@QUESTIONS.asks("did we win anything with GTK 500 in November 2017?", "11月份有没有赢下GTK 500的单？")
def gtk_november(raw: Raw) -> YesNo:
    """Whether a GTK 500 deal was won that closed in November 2017."""
    found = len(deals(raw, "Won", product="GTK 500", closed=("2017-11-01", "2017-11-30")))
    return YesNo(found > 0, found)


@QUESTIONS.asks("Has Garret Kinder got any open deals?", "Garret Kinder 手里还有没关的单吗？")
def garret_open(raw: Raw) -> YesNo:
    """Whether Garret Kinder has open deals."""
    found = len(deals(raw, "Open", sales_agent="Garret Kinder"))
    return YesNo(found > 0, found)
