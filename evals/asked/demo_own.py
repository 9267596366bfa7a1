"""Questions about the demo company that the authors of the parser may look at: conversations, near misses and words with two readings."""

from decimal import Decimal

from evals.asked.demo_own_sales import NOVEMBER, OCTOBER, Q3, Q4, YEAR, by, decided, in_periods, money, more, rate, rows, share
from evals.asked.demo_own_service import QUESTIONS
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, number

__all__ = ["QUESTIONS"]
SEPTEMBER = ("2026-09-01", "2026-09-30")

# -- near misses ----------------------------------------------------------------------------------------------------

QUESTIONS.unanswerable(
    ("How much commission will 韩志雅 get for October?", "commission"),
    ("What's our Net Promoter Score in Europe?", "Net Promoter Score"),
    ("How many deals did we win in 2019?", "2019"),
    ("open pipeline in Latin America", "Latin America"),
    ("How many LedgerSpine Ultra licences have we sold?", "LedgerSpine Ultra"),
    ("What is Carla Quigley's salary?", "salary"),
    ("LinkedIn profile of Pellgate Networks Group's CTO", "LinkedIn"),
    ("How many tickets will be opened in January 2027?", "will"),
    ("Is Victor Yardley a better negotiator than Henry Underhill?", "negotiator"),
    ("How many deals did Robert Fielding win?", "Robert Fielding"),
    ("what's the shipping date of the EdgeBox order for Caldervale Machines Group", "shipping date"),
    ("Which marketing campaign generated the most leads?", "campaign"),
    ("accounts in the Aerospace sector", "Aerospace"),
    ("how many visitors did our website have last month?", "visitors"),
    ("What travel expenses did the Europe team claim this quarter?", "travel expenses"),
    ("Deals lost to Fabrikam", "Fabrikam"),
    ("credit rating of Norrwick Renewables Ltd?", "credit rating"),
    ("When is Ursula Ellison's birthday?", "birthday"),
    ("number of employees at Vantora", "employees at Vantora"),
    ("How many invoices were disputed by the customer?", "disputed"),
    ("Which warehouse holds the spare EdgeBox units?", "warehouse"),
    ("华中区今年赢了多少单？", "华中"),
    ("李国强手上有几个商机", "李国强"),
    ("何诺思这个季度的提成是多少", "提成"),
    ("2018年签了几份合同？", "2018年"),
    ("宁波卓源信息的纳税人识别号是多少", "纳税人识别号"),
    ("客户的净推荐值（NPS）是多少", "净推荐值"),
    ("GridPulse 还有多少库存？", "库存"),
    ("下个月大概会来多少条线索？", "下个月大概会来"),
    ("你觉得马强博适合带团队吗", "适合"),
    ("HealthMate 健康管家卖了几单", "HealthMate"),
    ("教育行业有多少家客户？", "教育行业"),
    ("袁天远今年请了几天假", "请了几天假"),
    ("合同 HT-009999 的金额是多少？", "HT-009999"),
    ("广州的客户今天天气怎么样", "天气"),
    ("每条线索的获客成本是多少", "获客成本"),
    ("哪些客户有未结清的罚款记录", "罚款"),
    ("微信公众号涨了多少粉丝？", "粉丝"),
    ("员工离职率是多少", "离职率"),
    ("通过抖音来的线索有几条", "抖音"),
)


# -- two readings ---------------------------------------------------------------------------------------------------


def contacts(raw: Raw, name: str, column: str) -> Ambiguous:
    """A column of each contact of that name."""
    return Ambiguous(tuple(Figure(row[column]) for row in rows(raw, "contacts", contact_name=name)))


@QUESTIONS.asks("What's the job title of 赵宇航?", "赵宇航是什么职务？")
def zhao(raw: Raw) -> Ambiguous:
    """Two contacts of that name."""
    return contacts(raw, "赵宇航", "title")


@QUESTIONS.asks("Ingrid Vogel's title?", "Ingrid Vogel 担任什么职位")
def vogel(raw: Raw) -> Ambiguous:
    """Three contacts of that name."""
    return contacts(raw, "Ingrid Vogel", "title")


@QUESTIONS.asks("which city is 胡梦琪 in?", "胡梦琪在哪个城市")
def hu(raw: Raw) -> Ambiguous:
    """Two contacts of that name."""
    return contacts(raw, "胡梦琪", "city")


@QUESTIONS.asks("e-mail address for Grace Whitfield please", "把 Grace Whitfield 的邮箱给我")
def whitfield(raw: Raw) -> Ambiguous:
    """Three contacts of that name."""
    return contacts(raw, "Grace Whitfield", "email")


@QUESTIONS.asks("How many deals did Zimmer win this year?", "Zimmer 今年赢了几单？")
def zimmer(raw: Raw) -> Ambiguous:
    """Xavier Zimmer or Zane Zimmer."""
    return Ambiguous(tuple(Figure(len(rows(raw, "opportunities", status="Won", rep=name, close_date=YEAR))) for name in ("Xavier Zimmer", "Zane Zimmer")))


@QUESTIONS.asks("How many employees does Alderfield have?", "Alderfield 有多少员工")
def alderfield(raw: Raw) -> Ambiguous:
    """Alderfield Medical Group or Alderfield Networks Group."""
    return Ambiguous(tuple(Figure(number(rows(raw, "accounts", account_name=f"Alderfield {kind} Group")[0]["employees"])) for kind in ("Medical", "Networks")))


@QUESTIONS.asks("In which city is Thornwell Components?", "Thornwell Components 在哪座城市")
def thornwell(raw: Raw) -> Ambiguous:
    """Thornwell Components Inc. or Thornwell Components Group."""
    return Ambiguous(tuple(Figure(rows(raw, "accounts", account_name=f"Thornwell Components {kind}")[0]["city"]) for kind in ("Inc.", "Group")))


@QUESTIONS.asks("LedgerSpine list price?", "LedgerSpine 的标价是多少？")
def ledgerspine(raw: Raw) -> Ambiguous:
    """The platform or the light edition."""
    return Ambiguous(tuple(money(rows(raw, "products", product_code=code), "list_price") for code in ("LS-100", "LS-020")))


@QUESTIONS.asks("revenue of Caldervale Machines Group?", "Caldervale Machines Group 的营收有多少")
def caldervale(raw: Raw) -> Ambiguous:
    """The revenue of the account, or what was won with it."""
    account = rows(raw, "accounts", account_name="Caldervale Machines Group")
    return Ambiguous((money(account, "revenue"), money(rows(raw, "opportunities", status="Won", account_name="Caldervale Machines Group"))))


@QUESTIONS.asks("How many opportunities in October 2026?", "2026年10月有多少商机？")
def october(raw: Raw) -> Ambiguous:
    """Opportunities created in October 2026, or with a close date in it."""
    return Ambiguous((Figure(len(rows(raw, "opportunities", created_date=OCTOBER))), Figure(len(rows(raw, "opportunities", close_date=OCTOBER)))))


# -- conversations --------------------------------------------------------------------------------------------------


def converted(raw: Raw) -> list[Row]:
    """Leads by referral that were converted."""
    return rows(raw, "leads", lead_source="Referral", lead_status="Converted")


def large(raw: Raw) -> list[Row]:
    """Won opportunities of North America in 2026 above 100000."""
    return rows(raw, "opportunities", status="Won", region="North America", close_date=YEAR, amount=more(100000))


def rep_rate(raw: Raw, name: str) -> Figure:
    """Win rate of a rep in 2026."""
    return Figure(rate(rows(raw, "opportunities", status=decided, rep=name, close_date=YEAR)))


def opened(raw: Raw) -> list[Row]:
    """Open opportunities of one account."""
    return rows(raw, "opportunities", status="Open", account_name="Caldervale Machines Group")


QUESTIONS.thread(
    "leads",
    ("How many leads came from events?", lambda raw: Figure(len(rows(raw, "leads", lead_source="Event")))),
    ("and referrals?", lambda raw: Figure(len(rows(raw, "leads", lead_source="Referral")))),
    ("how many of those were converted?", lambda raw: Figure(len(converted(raw)))),
    ("show them", lambda raw: Listed(frozenset(row["lead_name"] for row in converted(raw)), count=len(converted(raw)))),
    ("按区域分一下", lambda raw: Groups(by(converted(raw), "region"))),
)
QUESTIONS.thread(
    "contracts",
    ("上个月签了几份合同？", lambda raw: Figure(len(rows(raw, "contracts", signed_on=OCTOBER)))),
    ("那上个季度呢？", lambda raw: Figure(len(rows(raw, "contracts", signed_on=Q3)))),
    ("其中续签的有几份", lambda raw: Figure(len(rows(raw, "contracts", signed_on=Q3, contract_type="Renewal")))),
    ("换成按区域看", lambda raw: Groups(by(rows(raw, "contracts", signed_on=Q3, contract_type="Renewal"), "region"))),
    ("and the new ones?", lambda raw: Groups(by(rows(raw, "contracts", signed_on=Q3, contract_type="New"), "region"))),
)
QUESTIONS.thread(
    "america",
    ("What's the won value in Europe this year?", lambda raw: money(rows(raw, "opportunities", status="Won", region="Europe", close_date=YEAR))),
    ("and in North America?", lambda raw: money(rows(raw, "opportunities", status="Won", region="North America", close_date=YEAR))),
    ("How many deals is that?", lambda raw: Figure(len(rows(raw, "opportunities", status="Won", region="North America", close_date=YEAR)))),
    ("只看10万以上的", lambda raw: Figure(len(large(raw)))),
    ("who won the most of them?", lambda raw: Ranked(by(large(raw), "rep"))),
)
QUESTIONS.thread(
    "reps",
    ("何诺思今年赢了几单？", lambda raw: Figure(len(rows(raw, "opportunities", status="Won", rep="何诺思", close_date=YEAR)))),
    ("她丢了几单呢", lambda raw: Figure(len(rows(raw, "opportunities", status="Lost", rep="何诺思", close_date=YEAR)))),
    ("赢单率？", lambda raw: rep_rate(raw, "何诺思")),
    ("what about 韩志雅?", lambda raw: rep_rate(raw, "韩志雅")),
    ("他名下有几家客户？", lambda raw: Figure(len(rows(raw, "accounts", rep="韩志雅")))),
)
QUESTIONS.thread(
    "invoices",
    ("现在有几张逾期发票？", lambda raw: Figure(len(rows(raw, "invoices", invoice_status="Overdue")))),
    ("都列出来", lambda raw: Listed(frozenset(row["invoice_number"] for row in rows(raw, "invoices", invoice_status="Overdue")))),
    ("按区域统计一下", lambda raw: Groups(by(rows(raw, "invoices", invoice_status="Overdue"), "region"))),
    ("only Europe: what's the balance?", lambda raw: money(rows(raw, "invoices", invoice_status="Overdue", region="Europe"), "balance")),
)
QUESTIONS.thread(
    "tickets",
    ("top 3 products by number of tickets", lambda raw: Ranked(by(rows(raw, "tickets"), "product_name"), top=3)),
    ("no, only the high priority ones", lambda raw: Ranked(by(rows(raw, "tickets", priority="High"), "product_name"), top=3)),
    ("and this year only?", lambda raw: Ranked(by(rows(raw, "tickets", priority="High", opened_at=YEAR), "product_name"), top=3)),
)
QUESTIONS.thread(
    "one_account",
    ("Who owns Caldervale Machines Group?", lambda raw: Figure(rows(raw, "accounts", account_name="Caldervale Machines Group")[0]["rep"])),
    ("how many open deals does that account have?", lambda raw: Figure(len(opened(raw)))),
    ("what are they worth in total?", lambda raw: money(opened(raw))),
    ("列一下", lambda raw: Listed(frozenset(row["opportunity_name"] for row in opened(raw)))),
    ("它们都在什么阶段？", lambda raw: Groups(by(opened(raw), "stage"))),
)
QUESTIONS.thread(
    "interactions",
    ("上个月有多少次拜访？", lambda raw: Figure(len(rows(raw, "interactions", activity_type="visit", activity_date=OCTOBER)))),
    ("会议呢", lambda raw: Figure(len(rows(raw, "interactions", activity_type="meeting", activity_date=OCTOBER)))),
    ("9月份呢？", lambda raw: Figure(len(rows(raw, "interactions", activity_type="meeting", activity_date=SEPTEMBER)))),
    ("broken down by region", lambda raw: Groups(by(rows(raw, "interactions", activity_type="meeting", activity_date=SEPTEMBER), "region"))),
)
QUESTIONS.thread(
    "team_budget",
    ("How much budget did 华东一组 have in 2026-Q2?", lambda raw: money(rows(raw, "budgets", team_name="华东一组", period="2026-Q2"), "budget_amount")),
    ("how much of it was spent?", lambda raw: money(rows(raw, "budgets", team_name="华东一组", period="2026-Q2"), "spent")),
    ("那第三季度花了多少？", lambda raw: money(rows(raw, "budgets", team_name="华东一组", period="2026-Q3"), "spent")),
)


# -- more on sales --------------------------------------------------------------------------------------------------


@QUESTIONS.asks("Is Q4 ahead of Q3 in number of won deals?", "四季度到目前的赢单数跟三季度比怎么样")
def quarters(raw: Raw) -> Compared:
    """Opportunities won in the third and the fourth quarter of 2026."""
    return Compared({name: len(rows(raw, "opportunities", status="Won", close_date=span)) for name, span in (("2026-Q3", Q3), ("2026-Q4", Q4))})


@QUESTIONS.asks("won deals by tier and opportunity type this year", "今年按客户等级和商机类型统计赢单数")
def tier_type(raw: Raw) -> Groups:
    """Opportunities won in 2026 by tier of the account and type."""
    return Groups(by(rows(raw, "opportunities", status="Won", close_date=YEAR), "tier", "opportunity_type"))


@QUESTIONS.asks("what share of open deals sits in 华北?", "在跟商机里华北占几成")
def north_share(raw: Raw) -> Figure:
    """Open opportunities of 华北 over all open ones."""
    return share(len(rows(raw, "opportunities", status="Open", region="华北")), len(rows(raw, "opportunities", status="Open")))


@QUESTIONS.asks("do we have open deals over half a million dollars in North America?", "北美有没有50万美元以上的在跟商机？")
def big_america(raw: Raw) -> YesNo:
    """Whether North America has open opportunities above 500000."""
    found = len(rows(raw, "opportunities", status="Open", region="North America", amount=more(500000)))
    return YesNo(found > 0, found)


@QUESTIONS.asks("average quantity per won EdgeBox Pro deal", "EdgeBox Pro 网关每个赢单平均卖几台")
def edgebox_quantity(raw: Raw) -> Figure:
    """Average quantity of won opportunities with one product."""
    held = [number(row["quantity"]) or Decimal(0) for row in rows(raw, "opportunities", status="Won", product_id="P009")]
    return Figure(sum(held, Decimal(0)) / len(held))


@QUESTIONS.asks("new leads per month in 2026, pls", "2026年每月新增线索数")
def lead_months(raw: Raw) -> Groups:
    """Leads by month of creation in 2026."""
    return Groups(by(in_periods(rows(raw, "leads", created_date=YEAR), "created_date"), "month"))


@QUESTIONS.asks("How many tickets did we get so far this month?", "这个月到现在来了多少工单")
def tickets_month(raw: Raw) -> Figure:
    """Tickets opened in November 2026."""
    return Figure(len(rows(raw, "tickets", opened_at=NOVEMBER)))


@QUESTIONS.asks("How does the number of wins in Q3 compare with the same quarter a year ago?", "今年三季度赢单数同比去年三季度变化如何？")
def q3_growth(raw: Raw) -> AnyOf:
    """Opportunities won in the third quarters of 2025 and 2026, or the change as a fraction."""
    before, now = (len(rows(raw, "opportunities", status="Won", close_date=(f"{year}-07-01", f"{year}-09-30"))) for year in (2025, 2026))
    return AnyOf((Compared({"2025-Q3": before, "2026-Q3": now}), Figure(Decimal(now) / before - 1)))


@QUESTIONS.asks("Which sector is second by number of accounts?", "客户数排第二的行业是哪个")
def second_sector(raw: Raw) -> Ranked:
    """Sectors by accounts; the second."""
    return Ranked(by(rows(raw, "accounts"), "sector"), place=2)


@QUESTIONS.asks("open deals outside 华东, how many", "不在华东的在跟商机有几个？")
def not_east(raw: Raw) -> Figure:
    """Open opportunities of other regions than 华东."""
    return Figure(len(rows(raw, "opportunities", status="Open", region=lambda text: text != "华东")))


@QUESTIONS.asks("Win rates of the two reps who have the most open deals", "在跟商机最多的两个销售，各自赢单率如何")
def busiest(raw: Raw) -> Groups:
    """Win rate of the two owners with the most open opportunities."""
    held = by(rows(raw, "opportunities", status="Open"), "rep")
    top = sorted(held, key=lambda name: -held[name])[:2]
    return Groups({name: rate(rows(raw, "opportunities", status=decided, rep=str(name))) for name in top})


@QUESTIONS.asks("What's the latest USD to CNY exchange rate on file?", "系统里最新的美元兑人民币汇率是多少")
def dollar(raw: Raw) -> Figure:
    """The rate with the last day from which it is valid."""
    held = rows(raw, "exchange_rates", base="USD", quote="CNY")
    return Figure(number(max(held, key=lambda row: row["valid_from"])["exchange_rate"]))


@QUESTIONS.asks("number of OKRs per objective in 2026-Q4", "2026-Q4 各个目标（Objective）下有多少条 OKR？")
def objectives(raw: Raw) -> Groups:
    """OKRs of the fourth quarter of 2026 by objective."""
    return Groups(by(rows(raw, "okrs", period="2026-Q4"), "objective"))


@QUESTIONS.asks("wich accounts are dormant", "处于休眠（Dormant）状态的客户有哪些")
def dormant(raw: Raw) -> Listed:
    """Accounts with the status Dormant."""
    return Listed(frozenset(row["account_name"] for row in rows(raw, "accounts", account_status="Dormant")))


@QUESTIONS.asks("hey, who holds the risk model certificate (风控模型使用资质)?", "谁持有风控模型使用资质？")
def risk_certificate(raw: Raw) -> Listed:
    """Members with one certificate."""
    people = raw.by("members", "Member ID")
    held = rows(raw, "certificates", certificate="风控模型使用资质")
    return Listed(frozenset(people[row["member_id"]]["Name"] for row in held) | {row["certificate_id"] for row in held}, count=len(held))
