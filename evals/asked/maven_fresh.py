"""Questions by someone who has not seen the parser, to the Maven CRM export (hardware sales, 2016-2017), asked on 2017-12-31."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from statistics import mean, median

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, Row, number, numbers, total

TODAY = date(2017, 12, 31)
QUESTIONS = QuestionSet("maven_fresh", today=TODAY, written_by="fresh")


def iso(text: str) -> str:
    """A day as this export writes it (month/day/year) in ISO form; empty where there is none."""
    return datetime.strptime(text, "%m/%d/%Y").date().isoformat() if text else ""


def deals(raw: Raw, stages: str = "Won Lost Engaging Prospecting", **wanted: str) -> list[Row]:
    """Deals of the stages with what their rep, account and product bring; ``wanted`` are values of columns."""
    teams, accounts, products = raw.by("sales_teams", "sales_agent"), raw.by("accounts", "account"), raw.by("products", "product")
    found = []
    for row in raw["sales_pipeline"]:
        if row["deal_stage"] in stages.split():
            product = "GTX Pro" if row["product"] == "GTXPro" else row["product"]
            both = {**accounts.get(row["account"], {}), **products[product], **teams[row["sales_agent"]], **row, "product": product}
            both |= {"engaged": iso(row["engage_date"]), "closed": iso(row["close_date"])}
            found.append(both)
    return [row for row in found if all(row.get(column) == value for column, value in wanted.items())]


def closed(rows: list[Row], first: str, last: str) -> list[Row]:
    """Deals that closed between two days."""
    return [row for row in rows if first <= row["closed"] <= last]


def period(row: Row, per: str) -> str:
    """Month or quarter of the close date."""
    year_month = row["closed"][:7]
    return year_month if per == "month" else f"{year_month[:4]}-Q{(int(year_month[5:]) + 2) // 3}"


def per(rows: list[Row], key: Callable[[Row], Label], of: Callable[[list[Row]], Decimal]) -> dict[Label, Decimal]:
    """A value of each group of rows."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {label: of(members) for label, members in found.items()}


def size(rows: list[Row]) -> Decimal:
    """How many rows."""
    return Decimal(len(rows))


def value(rows: list[Row]) -> Decimal:
    """Sum of close values."""
    return total(rows, "close_value")


def rate(rows: list[Row]) -> Decimal:
    """Won of won and lost."""
    ends = [row["deal_stage"] for row in rows if row["deal_stage"] in ("Won", "Lost")]
    return Decimal(ends.count("Won")) / len(ends)


def days(rows: list[Row]) -> Decimal:
    """Mean days from engagement to close."""
    return Decimal(mean((date.fromisoformat(row["closed"]) - date.fromisoformat(row["engaged"])).days for row in rows))


def both_spellings(values: dict[Label, Decimal]) -> AnyOf:
    """Per product, where the export writes one of them in two ways."""
    other: dict[Label, Decimal] = {"GTXPro" if label == "GTX Pro" else label: worth for label, worth in values.items()}
    return AnyOf((Groups(values), Groups(other)))


Q3, Q4, H2 = ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"), ("2017-07-01", "2017-12-31")


@QUESTIONS.asks("How many deals did we close as won in Q3 2017?", "今年第三季度成交了多少单", "三季度赢单数是？")
def won_q3(raw: Raw) -> Figure:
    """Won deals by close date."""
    return Figure(len(closed(deals(raw, "Won"), *Q3)))


@QUESTIONS.asks("revenue booked so far this quarter", "本季度一共赢了多少钱？")
def value_this_quarter(raw: Raw) -> Figure:
    """Won value closed since 1 October."""
    return Figure(value(closed(deals(raw, "Won"), *Q4)))


@QUESTIONS.asks("What's our win rate in the Central office?", "Central 区域的赢单率有多高", "central win rate?")
def rate_central(raw: Raw) -> Figure:
    """Win rate of deals whose rep sits in Central."""
    return Figure(rate(deals(raw, regional_office="Central")))


@QUESTIONS.asks("Top 3 sales agents by won revenue, please", "业绩最好的三个销售是谁？按赢单金额", "top 3 reps $$ won", "麻烦列一下赢单额 top３ 的销售")
def best_three(raw: Raw) -> Ranked:
    """Reps by won value, three of them."""
    return Ranked(per(deals(raw, "Won"), lambda row: row["sales_agent"], value), top=3)


@QUESTIONS.asks("who has the second highest number of won deals?", "赢单数量排第二的销售是哪位", "runner-up by number of deals won")
def second_by_count(raw: Raw) -> Ranked:
    """Reps by number of won deals, second place."""
    return Ranked(per(deals(raw, "Won"), lambda row: row["sales_agent"], size), place=2)


@QUESTIONS.asks("Which rep has the worst win rate?", "赢率垫底的是谁？")
def worst_rate(raw: Raw) -> Ranked:
    """Reps by win rate, lowest first."""
    return Ranked(per(deals(raw, "Won Lost"), lambda row: row["sales_agent"], rate), lowest=True)


@QUESTIONS.asks(
    "Compare Cara Losch's team with Rocco Neubert's team on won revenue",
    "Cara Losch 和 Rocco Neubert 两个经理带的团队，谁的赢单金额高？",
    "Cara Losch vs Rocco Neubert: won revenue",
)
def two_managers(raw: Raw) -> Compared:
    """Won value of the reps of two managers."""
    found = per(deals(raw, "Won"), lambda row: row["manager"], value)
    return Compared({name: found[name] for name in ("Cara Losch", "Rocco Neubert")})


@QUESTIONS.asks("average size of a won deal, by regional office", "各大区赢单的平均金额分别是多少")
def mean_by_region(raw: Raw) -> Groups:
    """Mean close value of won deals per office."""
    return Groups(per(deals(raw, "Won"), lambda row: row["regional_office"], lambda rows: value(rows) / len(rows)))


@QUESTIONS.asks("What was the median value of the GTX Plus Pro deals we won?", "GTX Plus Pro 赢单金额的中位数")
def median_plus_pro(raw: Raw) -> Figure:
    """Median close value of won deals of one product."""
    return Figure(median(numbers(deals(raw, "Won", product="GTX Plus Pro"), "close_value")))


@QUESTIONS.asks("Show monthly won revenue for the second half of 2017", "下半年每个月的赢单金额走势", "7月到12月，按月列赢单金额")
def months_h2(raw: Raw) -> Groups:
    """Won value per month of closing, July to December."""
    return Groups(per(closed(deals(raw, "Won"), *H2), lambda row: period(row, "month"), value))


@QUESTIONS.asks("wins per quarter in 2017", "2017年按季度看，每季度赢了几单", "quarterly win count for this year pls")
def quarters(raw: Raw) -> Groups:
    """Won deals per quarter of closing."""
    return Groups(per(closed(deals(raw, "Won"), "2017-01-01", "2017-12-31"), lambda row: period(row, "quarter"), size))


@QUESTIONS.asks(
    "By what percentage did won revenue change from Q2 to Q3 2017?", "三季度的赢单金额比二季度变化了百分之几？", "Q3 vs Q2 2017 won revenue growth in %"
)
def change_q2_q3(raw: Raw) -> Figure:
    """Relative change of won value."""
    found = per(deals(raw, "Won"), lambda row: period(row, "quarter"), value)
    return Figure(found["2017-Q3"] / found["2017-Q2"] - 1)


@QUESTIONS.asks(
    "On average, how many days pass between the engage date and the close date of deals we won?",
    "赢下来的单子从接触到关单平均要几天？",
    "avg sales cycle for won deals, in days",
)
def days_to_win(raw: Raw) -> Figure:
    """Mean days from engagement to closing of won deals."""
    return Figure(days(deals(raw, "Won")))


@QUESTIONS.asks("Whose team wins fastest? I mean the manager with the shortest average engage-to-close time on won deals", "哪个经理的赢单平均成交周期最短")
def fastest_manager(raw: Raw) -> Ranked:
    """Managers by mean days of won deals, shortest first."""
    return Ranked(per(deals(raw, "Won"), lambda row: row["manager"], days), lowest=True)


@QUESTIONS.asks("how many open deals do we have right now, split by stage", "在手的未关单商机按阶段各有多少？", "pipeline count by stage")
def open_by_stage(raw: Raw) -> Groups:
    """Open deals per stage."""
    return Groups(per(deals(raw, "Engaging Prospecting"), lambda row: row["deal_stage"], size))


@QUESTIONS.asks("How many deals have no account assigned?", "没有填客户的单子有多少个")
def no_account(raw: Raw) -> Figure:
    """Deals without an account."""
    return Figure(len(deals(raw, account="")))


@QUESTIONS.asks("What share of won revenue comes from the GTK 500?", "GTK 500 占全部赢单金额的比例？", "GTK500 的赢单额占总额多少")
def share_gtk(raw: Raw) -> Figure:
    """Won value of one product of all won value."""
    return Figure(value(deals(raw, "Won", product="GTK 500")) / value(deals(raw, "Won")))


@QUESTIONS.asks("List every won deal worth more than 28,000", "金额超过２８０００的赢单有哪些？")
def large_wins(raw: Raw) -> Listed:
    """Won deals above a value."""
    return Listed(frozenset(row["opportunity_id"] for row in deals(raw, "Won") if Decimal(row["close_value"]) > 28000))


@QUESTIONS.asks("Which customers were established before 1983?", "1983年以前成立的客户有哪几家")
def old_accounts(raw: Raw) -> Listed:
    """Accounts by year established, 1983 not included."""
    return Listed(frozenset(row["account"] for row in raw["accounts"] if int(row["year_established"]) < 1983))


@QUESTIONS.asks("list the accounts whose office is not in the United States", "总部不在美国的客户都有谁", "non-US accounts?")
def abroad(raw: Raw) -> Listed:
    """Accounts with another office location."""
    return Listed(frozenset(row["account"] for row in raw["accounts"] if row["office_location"] != "United States"))


@QUESTIONS.asks("subsidiaries of Acme Corp?", "Acme Corporation 旗下有哪些子公司？")
def acme_children(raw: Raw) -> Listed:
    """Accounts that are a subsidiary of Acme Corporation."""
    return Listed(frozenset(row["account"] for row in raw["accounts"] if row["subsidiary_of"] == "Acme Corporation"))


@QUESTIONS.asks("Are there any sales agents without a single deal? Who?", "有没有一单都没跟过的销售，是谁", "reps with no deals at all")
def idle_reps(raw: Raw) -> Listed:
    """Reps of the teams without a deal of any stage."""
    busy = {row["sales_agent"] for row in raw["sales_pipeline"]}
    return Listed(frozenset(row["sales_agent"] for row in raw["sales_teams"] if row["sales_agent"] not in busy))


@QUESTIONS.asks("what does an MG Advanced cost", "MG Advanced 的标价多少钱？")
def price_mg(raw: Raw) -> Figure:
    """List price of one product."""
    return Figure(number(raw.by("products", "product")["MG Advanced"]["sales_price"]))


@QUESTIONS.asks("Who does Darcel Schlecht report to?", "Darcel 的经理是谁", "Who is Darcel Schlect's manager?")
def manager_darcel(raw: Raw) -> Figure:
    """Manager of one rep."""
    return Figure(raw.by("sales_teams", "sales_agent")["Darcel Schlecht"]["manager"])


@QUESTIONS.asks("headcount at Konex?", "请问 Konex 有多少员工？", "how many employes does konex have")
def staff_konex(raw: Raw) -> Figure:
    """Employees of one account."""
    return Figure(number(raw.by("accounts", "account")["Konex"]["employees"]))


@QUESTIONS.asks("Has Zane Levy ever sold a GTK 500?", "Zane Levy 卖出过 GTK 500 吗")
def zane_gtk(raw: Raw) -> YesNo:
    """Won deals of one rep and one product."""
    found = len(deals(raw, "Won", sales_agent="Zane Levy", product="GTK 500"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("Which sector do most of our accounts belong to?", "客户最集中的行业是哪个")
def top_sector(raw: Raw) -> Ranked:
    """Account records per sector."""
    return Ranked(per(raw["accounts"], lambda row: row["sector"], size))


@QUESTIONS.asks("What's the average number of employees at our finance accounts?", "金融行业客户平均员工人数是多少", tags=("sector",))
def staff_finance(raw: Raw) -> Figure:
    """Mean employees of accounts of one sector."""
    return Figure(mean(numbers((row for row in raw["accounts"] if row["sector"] == "finance"), "employees")))


@QUESTIONS.asks("Break down won revenue by regional office and product series", "按大区和产品系列交叉看一下赢单金额")
def region_series(raw: Raw) -> Groups:
    """Won value per office and series."""
    return Groups(per(deals(raw, "Won"), lambda row: (row["regional_office"], row["series"]), value))


@QUESTIONS.asks("number of deals lost per manager per quarter, 2017", "2017年每个经理每个季度丢了多少单")
def manager_quarter(raw: Raw) -> Groups:
    """Lost deals per manager and quarter of closing."""
    return Groups(per(deals(raw, "Lost"), lambda row: (row["manager"], period(row, "quarter")), size))


@QUESTIONS.asks("How many deals did the West lose in November?", "十一月西区输了几单？", "西区 11 月 lost 了多少单")
def lost_west(raw: Raw) -> Figure:
    """Lost deals of West closed in November 2017."""
    return Figure(len(closed(deals(raw, "Lost", regional_office="West"), "2017-11-01", "2017-11-30")))


@QUESTIONS.asks("win rate of MG Special vs GTX Basic", "MG Special 跟 GTX Basic 比，哪个赢率更高？")
def two_products(raw: Raw) -> Compared:
    """Win rates of two products."""
    return Compared({name: rate(deals(raw, product=name)) for name in ("MG Special", "GTX Basic")})


@QUESTIONS.asks("In which month was our won revenue the highest?", "赢单金额最高的是哪个月")
def best_month(raw: Raw) -> Ranked:
    """Won value per month of closing."""
    return Ranked(per(deals(raw, "Won"), lambda row: period(row, "month"), value))


@QUESTIONS.asks("Take the three reps with the most open deals: what is their win rate?", "手上未关商机最多的三名销售，赢率分别怎么样？")
def rate_of_busiest(raw: Raw) -> AnyOf:
    """Win rate of the three reps with the most open deals, each or together."""
    held = per(deals(raw, "Engaging Prospecting"), lambda row: row["sales_agent"], size)
    three = [str(name) for name in sorted(held, key=lambda name: -held[name])[:3]]
    each: dict[Label, Decimal] = {name: rate(deals(raw, sales_agent=name)) for name in three}
    return AnyOf((Groups(each), Compared(each), Ranked(each), Figure(rate([row for row in deals(raw) if row["sales_agent"] in three]))))


@QUESTIONS.asks(
    "How many deals has Vicki Laflamme won, and what were they worth in total?",
    "Vicki Laflamme 赢了多少单、总额多少？",
    "Vicki Laflamme: # deals won & total value",
)
def vicki(raw: Raw) -> Each:
    """Count and value of the won deals of one rep."""
    found = deals(raw, "Won", sales_agent="Vicki Laflamme")
    return Each((Figure(len(found)), Figure(value(found))))


@QUESTIONS.asks("won revenue excluding the East office", "除了东区以外，其他大区赢单金额合计", "East 之外的赢单额加起来多少")
def not_east(raw: Raw) -> Figure:
    """Won value of the other offices together."""
    return Figure(value([row for row in deals(raw, "Won") if row["regional_office"] != "East"]))


@QUESTIONS.asks("How many deals were first engaged in 2016?", "2016年开始接触的商机有几个")
def engaged_2016(raw: Raw) -> Figure:
    """Deals of any stage by engage date."""
    return Figure(sum(row["engaged"].startswith("2016") for row in deals(raw)))


@QUESTIONS.asks("count of won deals between 1,000 and 2,000 in value", "金额在1000到2000之间的赢单有多少")
def middle_wins(raw: Raw) -> Figure:
    """Won deals with a value from 1000 to 2000, both included."""
    return Figure(sum(1000 <= Decimal(row["close_value"]) <= 2000 for row in deals(raw, "Won")))


@QUESTIONS.asks("accounts where we've won at least 80 deals", "赢单数不少于80单的客户有哪些？")
def loyal(raw: Raw) -> Listed:
    """Accounts with 80 or more won deals."""
    return Listed(frozenset(str(name) for name, found in per(deals(raw, "Won"), lambda row: row["account"], size).items() if found >= 80))


@QUESTIONS.asks("What's the biggest single deal we ever won?", "历史上赢下的最大一单是哪单，多少钱？")
def largest_deal(raw: Raw) -> Ranked:
    """Won deals by value."""
    return Ranked({row["opportunity_id"]: Decimal(row["close_value"]) for row in deals(raw, "Won")})


@QUESTIONS.asks("Who is our biggest customer?", "最大的客户是谁", "which acount has brought in the most money", "贡献赢单金额第一的客户")
def biggest_customer(raw: Raw) -> Ranked:
    """Accounts by won value."""
    return Ranked(per(deals(raw, "Won"), lambda row: row["account"], value))


@QUESTIONS.asks("smallest account by headcount", "员工数最少的客户是哪家？")
def smallest_staff(raw: Raw) -> Ranked:
    """Accounts by employees, fewest first."""
    return Ranked({row["account"]: Decimal(row["employees"]) for row in raw["accounts"]}, lowest=True)


@QUESTIONS.asks("What was the total value won last month?", "上个月的赢单总额")
def last_month(raw: Raw) -> Figure:
    """Value of deals won in November 2017."""
    return Figure(value(closed(deals(raw, "Won"), "2017-11-01", "2017-11-30")))


@QUESTIONS.asks("deals closed last week, won or lost", "上周关掉的单子（输赢都算）有多少")
def last_week(raw: Raw) -> AnyOf:
    """Deals closed from Monday 18 to Sunday 24 December 2017, as a number, by outcome or as a list."""
    found = closed(deals(raw, "Won Lost"), "2017-12-18", "2017-12-24")
    names = frozenset(row["opportunity_id"] for row in found)
    return AnyOf((Figure(len(found)), Listed(names), Groups(per(found, lambda row: row["deal_stage"], size))))


@QUESTIONS.asks("How many engaging deals were engaged more than 300 days ago and are still not closed?", "还在 Engaging 阶段、接触超过300天的商机数")
def stale(raw: Raw) -> Figure:
    """Deals in stage Engaging with more than 300 days since engagement."""
    return Figure(sum((TODAY - date.fromisoformat(row["engaged"])).days > 300 for row in deals(raw, "Engaging")))


@QUESTIONS.asks("how many different customers bought a GTK 500?", "买过 GTK 500 的客户共几家")
def gtk_buyers(raw: Raw) -> Figure:
    """Accounts with a won deal of one product."""
    return Figure(len({row["account"] for row in deals(raw, "Won", product="GTK 500")}))


@QUESTIONS.asks("Give me won revenue per product", "各产品的赢单金额")
def value_by_product(raw: Raw) -> AnyOf:
    """Won value per product."""
    return both_spellings(per(deals(raw, "Won"), lambda row: row["product"], value))


@QUESTIONS.asks("how many of our technology companies have over 5,000 employees")
def large_technology(raw: Raw) -> Figure:
    """Accounts of a sector with more than 5000 employees."""
    return Figure(sum(row["sector"] == "technolgy" and int(row["employees"]) > 5000 for row in raw["accounts"]))


@QUESTIONS.asks("赢单金额超过10万的零售行业客户有几家？")
def large_retail(raw: Raw) -> AnyOf:
    """Retail accounts whose won deals add up to more than 100000, as a number or a list."""
    found = per(deals(raw, "Won", sector="retail"), lambda row: row["account"], value)
    names = frozenset(str(name) for name, worth in found.items() if worth > 100000)
    return AnyOf((Figure(len(names)), Listed(names)))
