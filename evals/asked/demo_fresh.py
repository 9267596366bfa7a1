"""Questions by someone who has not seen the parser, to the demo company's deals, leads, accounts, contacts and people, asked on 2026-11-20."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from statistics import mean, median

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, month, number, numbers, quarter, total, within

TODAY = date(2026, 11, 20)
QUESTIONS = QuestionSet("demo_fresh", today=TODAY, written_by="fresh")


def rows(raw: Raw, name: str, **wanted: str) -> list[Row]:
    """Rows of a file with the names of owner, account, product and team beside their ids; ``wanted``: columns (blanks as _) and values."""
    names = {
        "Owner": ("Owner ID", raw.by("members", "Member ID"), "Name"),
        "Account": ("Account ID", raw.by("accounts", "Account ID"), "Account name"),
        "Product": ("Product ID", raw.by("products", "Product ID"), "Product name"),
        "Team": ("Team ID", raw.by("teams", "Team ID"), "Team name"),
    }
    found = []
    for row in raw[name]:
        extra = {label: table[row[key]][column] for label, (key, table, column) in names.items() if row.get(key)}
        found.append({**extra, **row})
    return [row for row in found if all(row.get(column.replace("_", " ")) == value for column, value in wanted.items())]


def when(some: Iterable[Row], column: str, first: str, last: str) -> list[Row]:
    """Rows whose day lies between two, both included."""
    return [row for row in some if within(row[column], first, last)]


def per(some: Iterable[Row], key: Callable[[Row], Label], of: Callable[[list[Row]], Decimal]) -> dict[Label, Decimal]:
    """A value of each group of rows."""
    found: dict[Label, list[Row]] = {}
    for row in some:
        found.setdefault(key(row), []).append(row)
    return {label: of(members) for label, members in found.items()}


def size(some: list[Row]) -> Decimal:
    """How many rows."""
    return Decimal(len(some))


def rate(some: list[Row]) -> Decimal:
    """Won of won and lost deals."""
    ends = [row["Status"] for row in some if row["Status"] in ("Won", "Lost")]
    return Decimal(ends.count("Won")) / len(ends)


def gap(row: Row, first: str, last: str) -> Decimal:
    """Days between two moments of a row."""
    start, end = (datetime.fromisoformat(row[column]) for column in (first, last))
    return Decimal((end - start).total_seconds()) / 86400


def cycle(some: list[Row]) -> Decimal:
    """Mean days from creation to closing of deals."""
    return mean(gap(row, "Created date", "Close date") for row in some)


def named(some: Iterable[Row], column: str) -> frozenset[str]:
    """Values of a column."""
    return frozenset(row[column] for row in some)


YEAR, Q3, Q4 = ("2026-01-01", "2026-12-31"), ("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31")
LAST_YEAR, LAST_MONTH = ("2025-01-01", "2025-12-31"), ("2026-10-01", "2026-10-31")


@QUESTIONS.asks("How many leads did the website bring in this year?", "今年官网来的线索有多少条", "leads from website, 2026 YTD")
def website_leads(raw: Raw) -> Figure:
    """Leads of one source created in 2026."""
    return Figure(len(when(rows(raw, "leads", Lead_source="Website"), "Created date", *YEAR)))


@QUESTIONS.asks("leads nobody has responded to yet - how many?", "至今没有首次响应的线索有几条？")
def silent_leads(raw: Raw) -> AnyOf:
    """Leads without a first response, as a number or by name."""
    found = [row for row in raw["leads"] if not row["First response"]]
    return AnyOf((Figure(len(found)), Listed(named(found, "Lead name"), count=len(found))))


@QUESTIONS.asks("Lead conversion rate by source, please", "不同来源的线索转化率各是多少？")
def conversion(raw: Raw) -> Groups:
    """Converted leads of all leads per source."""
    return Groups(per(raw["leads"], lambda row: row["Lead source"], lambda some: Decimal(sum(row["Lead status"] == "Converted" for row in some)) / len(some)))


@QUESTIONS.asks("On average how long does it take us to first respond to a lead?", "线索从创建到首次响应平均多久")
def first_response(raw: Raw) -> Figure:
    """Mean days from creation to first response of leads that have one."""
    return Figure(mean(gap(row, "Created date", "First response") for row in raw["leads"] if row["First response"]))


@QUESTIONS.asks("number of hot leads in 华南", "华南有多少条 Hot 线索？", "华南 hot leads 数量")
def hot_south(raw: Raw) -> Figure:
    """Leads by rating and region."""
    return Figure(len(rows(raw, "leads", Rating="Hot", Region="华南")))


@QUESTIONS.asks("which lead source generated the most leads last quarter", "上季度哪个来源带来的线索最多？")
def best_source(raw: Raw) -> Ranked:
    """Leads created in the third quarter per source."""
    return Ranked(per(when(raw["leads"], "Created date", *Q3), lambda row: row["Lead source"], size))


@QUESTIONS.asks("What did Europe win this quarter, in euros?", "欧洲（Europe）本季度赢单金额多少欧元", "Europe 这个季度 won 了多少钱 (EUR)")
def europe_won(raw: Raw) -> Figure:
    """Won amount of a region closed since 1 October."""
    return Figure(total(when(rows(raw, "opportunities", Region="Europe", Status="Won"), "Close date", *Q4), "Amount"), unit="EUR")


@QUESTIONS.asks("how many deals did 华东 win in Q3?", "华东三季度赢了多少单？")
def east_q3(raw: Raw) -> Figure:
    """Won deals of a region by close date."""
    return Figure(len(when(rows(raw, "opportunities", Region="华东", Status="Won"), "Close date", *Q3)))


@QUESTIONS.asks("Win rate per lead source for our deals", "各线索来源的商机赢率对比")
def rate_by_source(raw: Raw) -> Groups:
    """Win rate of deals per lead source."""
    return Groups(per((row for row in raw["opportunities"] if row["Status"] != "Open"), lambda row: row["Lead source"], rate))


@QUESTIONS.asks("Top 3 products by number of deals won in 2026", "今年赢单数最多的前三个产品", "麻烦看下今年卖得最好的３个产品，按赢单数")
def best_products(raw: Raw) -> Ranked:
    """Won deals closed in 2026 per product, three of them."""
    return Ranked(per(when(rows(raw, "opportunities", Status="Won"), "Close date", *YEAR), lambda row: row["Product"], size), top=3)


@QUESTIONS.asks("most common reason we lose deals?", "丢单最常见的原因是什么", "why do we lose deals - top lost reason")
def lost_reason(raw: Raw) -> Ranked:
    """Lost deals per lost reason."""
    return Ranked(per((row for row in rows(raw, "opportunities", Status="Lost") if row["Lost reason"]), lambda row: row["Lost reason"], size))


@QUESTIONS.asks("second most common lost reason", "丢单原因里排第二的是？")
def second_reason(raw: Raw) -> Ranked:
    """Lost deals per lost reason, second place."""
    return Ranked(per((row for row in rows(raw, "opportunities", Status="Lost") if row["Lost reason"]), lambda row: row["Lost reason"], size), place=2)


@QUESTIONS.asks(
    "How many deals have we lost where Vantora was the competitor?", "有 Vantora 参与竞争的单子我们丢了几个", "输掉的单子里，竞争对手是 Vantora 的有多少？"
)
def lost_vantora(raw: Raw) -> Figure:
    """Lost deals with one competitor."""
    return Figure(len(rows(raw, "opportunities", Status="Lost", Competitor="Vantora")))


@QUESTIONS.asks("avg won deal size in North America (USD)", "North America 赢单平均金额，美元")
def mean_america(raw: Raw) -> Figure:
    """Mean amount of won deals of a region."""
    return Figure(mean(numbers(rows(raw, "opportunities", Region="North America", Status="Won"), "Amount")), unit="USD")


@QUESTIONS.asks("What is the median amount of lost deals in Europe?", "Europe 丢掉的商机，金额中位数是多少")
def median_lost(raw: Raw) -> Figure:
    """Median amount of lost deals of a region."""
    return Figure(median(numbers(rows(raw, "opportunities", Region="Europe", Status="Lost"), "Amount")), unit="EUR")


@QUESTIONS.asks("open opportunities in 华北 by stage", "华北在手商机按阶段分布")
def north_stages(raw: Raw) -> Groups:
    """Open deals of a region per stage."""
    return Groups(per(rows(raw, "opportunities", Region="华北", Status="Open"), lambda row: row["Stage"], size))


@QUESTIONS.asks(
    "How many open deals are already past their close date?",
    "预计成交日已过却还没关的商机有多少？",
    "oportunities still open although the close date has passed: count?",
)
def overdue_deals(raw: Raw) -> AnyOf:
    """Open deals with a close date before today, as a number or by name."""
    found = [row for row in rows(raw, "opportunities", Status="Open") if within(row["Close date"], "2000-01-01", "2026-11-19")]
    return AnyOf((Figure(len(found)), Listed(named(found, "Opportunity name"))))


@QUESTIONS.asks("open deals without a next step, how many", "没有写下一步的在手商机有几个")
def no_step(raw: Raw) -> AnyOf:
    """Open deals without a next step, as a number or by name."""
    found = [row for row in rows(raw, "opportunities", Status="Open") if not row["Next step"]]
    return AnyOf((Figure(len(found)), Listed(named(found, "Opportunity name"))))


@QUESTIONS.asks("Which open deal in Europe is the biggest?", "Europe 最大的在谈商机是哪一个？")
def largest_open(raw: Raw) -> Ranked:
    """Open deals of a region by amount."""
    return Ranked({row["Opportunity name"]: Decimal(row["Amount"]) for row in rows(raw, "opportunities", Region="Europe", Status="Open")})


@QUESTIONS.asks("who has the lowest win rate in 西南?", "西南赢率最低的销售是谁", "西南谁的 win rate 垫底")
def weakest_southwest(raw: Raw) -> Ranked:
    """Owners of deals of a region by win rate, lowest first."""
    return Ranked(per((row for row in rows(raw, "opportunities", Region="西南") if row["Status"] != "Open"), lambda row: row["Owner"], rate), lowest=True)


@QUESTIONS.asks("trend of deals won per month in 2026", "2026年逐月赢单数", "今年以来每月赢单数的趋势")
def wins_by_month(raw: Raw) -> Groups:
    """Won deals per month of closing."""
    return Groups(per(when(rows(raw, "opportunities", Status="Won"), "Close date", *YEAR), lambda row: month(row["Close date"]), size))


@QUESTIONS.asks("How much has the number of won deals grown in Q3 2026 vs Q3 2025?", "今年三季度赢单数同比增长多少？", "yoy growth of wins, Q3")
def growth_q3(raw: Raw) -> AnyOf:
    """Relative change of won deals of the third quarters, or both side by side."""
    found = per(rows(raw, "opportunities", Status="Won"), lambda row: quarter(row["Close date"]), size)
    two: dict[Label, Decimal] = {label: found[label] for label in ("2025-Q3", "2026-Q3")}
    return AnyOf((Figure(found["2026-Q3"] / found["2025-Q3"] - 1), Compared(two)))


@QUESTIONS.asks("Average days from creation to close for won deals: new business vs expansion", "新客户和扩容两类商机，赢单平均周期分别多少天")
def cycles(raw: Raw) -> Compared:
    """Mean days of won deals per type."""
    return Compared(per(rows(raw, "opportunities", Status="Won"), lambda row: row["Opportunity type"], cycle))


@QUESTIONS.asks("pipeline in Europe by stage, EUR", "Europe 的 pipeline 各阶段金额")
def europe_pipeline(raw: Raw) -> Groups:
    """Amount of open deals of a region per stage."""
    return Groups(per(rows(raw, "opportunities", Region="Europe", Status="Open"), lambda row: row["Stage"], lambda some: total(some, "Amount")))


@QUESTIONS.asks("Sum of Commit deals in CNY?", "Commit 类商机的人民币金额合计")
def commit(raw: Raw) -> Figure:
    """Amount of deals of one forecast category in one currency."""
    return Figure(total(rows(raw, "opportunities", Forecast_category="Commit", Currency="CNY"), "Amount"), unit="CNY")


@QUESTIONS.asks("wins this year by region and opportunity type", "今年的赢单数，按大区和商机类型两个维度拆开看")
def region_type(raw: Raw) -> Groups:
    """Won deals closed in 2026 per region and type."""
    return Groups(per(when(rows(raw, "opportunities", Status="Won"), "Close date", *YEAR), lambda row: (row["Region"], row["Opportunity type"]), size))


@QUESTIONS.asks("Win rate of the two reps who hold the most open deals?", "在手商机最多的两个销售，赢率分别多少")
def rate_of_busiest(raw: Raw) -> AnyOf:
    """Win rate of the two owners with the most open deals, each or together."""
    held = per(rows(raw, "opportunities", Status="Open"), lambda row: row["Owner"], size)
    two = sorted(held, key=lambda name: -held[name])[:2]
    some = [row for row in rows(raw, "opportunities") if row["Owner"] in two and row["Status"] != "Open"]
    each = per(some, lambda row: row["Owner"], rate)
    return AnyOf((Groups(each), Compared(each), Ranked(each), Figure(rate(some))))


@QUESTIONS.asks("How many deals did 韩志雅 win in 2025 and what is her overall win rate?", "韩志雅2025年赢了几单，整体赢率又是多少？")
def two_facts(raw: Raw) -> Each:
    """Won deals of one owner in a year, and the owner's win rate (of that year or of all years)."""
    found = rows(raw, "opportunities", Owner="韩志雅")
    return Each((Figure(len(when((row for row in found if row["Status"] == "Won"), "Close date", *LAST_YEAR))), Figure(rate(found))))


@QUESTIONS.asks("how many times did a deal enter Negotiation last month?", "上个月有多少商机进入 Negotiation 阶段", "10月份新进 Negotiation 的次数")
def entered(raw: Raw) -> Figure:
    """Stage changes to one stage in October 2026."""
    return Figure(len(when(rows(raw, "stage_history", To_stage="Negotiation"), "Entered on", *LAST_MONTH)))


@QUESTIONS.asks("Count stage changes that went back from Proposal to Needs analysis", "从 Proposal 退回到 Needs analysis 的阶段变更有几次？")
def backwards(raw: Raw) -> Figure:
    """Stage changes from one stage back to an earlier one."""
    return Figure(len(rows(raw, "stage_history", From_stage="Proposal", To_stage="Needs analysis")))


@QUESTIONS.asks("How many strategic accounts do we have in 华南?", "华南的战略客户有多少家")
def strategic_south(raw: Raw) -> Figure:
    """Accounts by tier and region."""
    return Figure(len(rows(raw, "accounts", Tier="strategic", Region="华南")))


@QUESTIONS.asks("share of accounts founded by women", "女性创办的客户占比", "what percentage of our accounts are women-founded?")
def women(raw: Raw) -> Figure:
    """Women-founded accounts of all accounts."""
    return Figure(Decimal(len(rows(raw, "accounts", Women_founded="Yes"))) / len(raw["accounts"]))


@QUESTIONS.asks("Is there any dormant account?", "有没有休眠（Dormant）的客户？")
def dormant(raw: Raw) -> YesNo:
    """Accounts of one status."""
    found = rows(raw, "accounts", Account_status="Dormant")
    return YesNo(bool(found), len(found))


@QUESTIONS.asks("which accounts belong to 昆明广合融资租赁 as parent?", "昆明广合融资租赁股份有限公司有哪些下属子公司")
def children(raw: Raw) -> Listed:
    """Accounts whose parent is one account."""
    return Listed(named(rows(raw, "accounts", Parent_account_ID="A00003"), "Account name"))


@QUESTIONS.asks("Who is the account owner of Halford Networks?", "Halford Networks Group 这个客户归谁负责？", "Halford Networks 谁在负责")
def owner_halford(raw: Raw) -> Figure:
    """Owner of one account."""
    return Figure(rows(raw, "accounts", Account_name="Halford Networks Group")[0]["Owner"])


@QUESTIONS.asks("number of prospects per region", "每个区域的潜在客户（Prospect）数")
def prospects(raw: Raw) -> Groups:
    """Accounts of one type per region."""
    return Groups(per(rows(raw, "accounts", Account_type="Prospect"), lambda row: row["Region"], size))


@QUESTIONS.asks("What is the average headcount of our medical accounts?", "医疗行业客户平均有多少员工")
def medical_staff(raw: Raw) -> Figure:
    """Mean employees of accounts of one sector."""
    return Figure(mean(numbers(rows(raw, "accounts", Sector="医疗"), "Employees")))


@QUESTIONS.asks("Accounts that have never had an opportunity?", "哪些客户从来没有过商机？")
def no_deal(raw: Raw) -> Listed:
    """Accounts without a deal."""
    with_deal = named(raw["opportunities"], "Account ID")
    return Listed(named((row for row in raw["accounts"] if row["Account ID"] not in with_deal), "Account name"))


@QUESTIONS.asks("how many contacts in Shanghai (上海) are CTOs?", "在上海的联系人里 CTO 有几位")
def cto_shanghai(raw: Raw) -> Figure:
    """Contacts by title and city."""
    return Figure(len(rows(raw, "contacts", Title="CTO", City="上海")))


@QUESTIONS.asks(
    "Who's the purchasing director at Halford Networks Group?",
    "Halford Networks Group 的采购总监叫什么名字？",
    "name of the Purchasing Director at Halford Networks pls",
)
def buyer_halford(raw: Raw) -> Figure:
    """Name of the contact of one account with one title."""
    return Figure(rows(raw, "contacts", Account="Halford Networks Group", Title="Purchasing Director")[0]["Contact name"])


@QUESTIONS.asks("email address of 萧天浩", "萧天浩的邮箱发我一下")
def email(raw: Raw) -> Figure:
    """E-mail of one contact."""
    return Figure(rows(raw, "contacts", Contact_name="萧天浩")[0]["Email"])


@QUESTIONS.asks("How many contacts per role do we have?", "联系人按角色各有多少")
def roles(raw: Raw) -> Groups:
    """Contacts per role."""
    return Groups(per(raw["contacts"], lambda row: row["Role"], size))


@QUESTIONS.asks("what's the list price of RiskLens?", "RiskLens 风控引擎标价多少", "RiskLens 单价？")
def risklens(raw: Raw) -> Figure:
    """List price of one product."""
    return Figure(number(rows(raw, "products", Product_code="RL-400")[0]["List price"]), unit="CNY")


@QUESTIONS.asks("cheapest product in the catalogue", "价格最低的产品是哪个？")
def cheapest(raw: Raw) -> Ranked:
    """Products by list price, lowest first."""
    return Ranked({row["Product name"]: Decimal(row["List price"]) for row in raw["products"]}, lowest=True)


@QUESTIONS.asks("List the products in the 行业方案 family", "行业方案系列都有哪些产品")
def family(raw: Raw) -> Listed:
    """Products of one family."""
    return Listed(named(rows(raw, "products", Product_family="行业方案"), "Product name"))


@QUESTIONS.asks("who does 唐晓哲 report to", "唐晓哲的直属经理是？")
def boss(raw: Raw) -> Figure:
    """Manager of one member."""
    member = rows(raw, "members", Name="唐晓哲")[0]
    return Figure(raw.by("members", "Member ID")[member["Manager ID"]]["Name"])


@QUESTIONS.asks("How many people work in Legal?", "法务（Legal）部门有几个人")
def legal(raw: Raw) -> Figure:
    """Members of one department."""
    return Figure(len(rows(raw, "members", Department="Legal")))


@QUESTIONS.asks("which team members were hired in 2024?", "2024年入职的同事有谁？", "who joined us in 2024")
def hired(raw: Raw) -> Listed:
    """Members by hire date."""
    return Listed(named(when(raw["members"], "Hire date", "2024-01-01", "2024-12-31"), "Name"))


@QUESTIONS.asks("Who has been with us the longest?", "入职时间最早的员工是哪位？")
def veteran(raw: Raw) -> Ranked:
    """Members by hire date, earliest first."""
    return Ranked({row["Name"]: found for row in raw["members"] if (found := day(row["Hire date"]))}, lowest=True)


@QUESTIONS.asks("who leads Europe Team 1?")
def lead_europe(raw: Raw) -> Figure:
    """Lead of one team."""
    return Figure(raw.by("teams", "Team name")["Europe Team 1"]["Team lead"])


@QUESTIONS.asks("华东二组的组长是谁")
def lead_east(raw: Raw) -> Figure:
    """Lead of another team."""
    return Figure(raw.by("teams", "Team name")["华东二组"]["Team lead"])
