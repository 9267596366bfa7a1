"""Conversations, questions that must be asked back and questions without an answer, to the demo company, by someone who has not seen the parser."""

from decimal import Decimal
from statistics import mean

from evals.asked.demo_fresh import Q4, TODAY, YEAR, gap, named, per, rate, rows, size, when
from evals.asked.expecting import Ambiguous, AnyOf, Figure, Groups, Listed, QuestionSet, Ranked
from evals.asked.raw import Raw, Row, day, number, numbers, total

QUESTIONS = QuestionSet("demo_fresh_talk", today=TODAY, written_by="fresh")


@QUESTIONS.asks("What's the job title of Grace Whitfield?", "Grace Whitfield 是什么职位？", tags=("ambiguous",))
def title_grace(raw: Raw) -> Ambiguous:
    """Three contacts of that name."""
    return Ambiguous(tuple(Figure(row["Title"]) for row in rows(raw, "contacts", Contact_name="Grace Whitfield")))


@QUESTIONS.asks("赵宇航的职位是什么", "what is 赵宇航's title?", tags=("ambiguous",))
def title_zhao(raw: Raw) -> Ambiguous:
    """Two contacts of that name."""
    return Ambiguous(tuple(Figure(row["Title"]) for row in rows(raw, "contacts", Contact_name="赵宇航")))


@QUESTIONS.asks("周子志这条线索现在什么状态？", "status of the lead 周子志", tags=("ambiguous",))
def status_zhou(raw: Raw) -> Ambiguous:
    """Two leads of that name."""
    return Ambiguous(tuple(Figure(row["Lead status"]) for row in rows(raw, "leads", Lead_name="周子志")))


@QUESTIONS.asks("Who owns the Pellgate account?", "Pellgate 是谁在跟？", tags=("ambiguous",))
def owner_pellgate(raw: Raw) -> Ambiguous:
    """Two accounts are called so."""
    return Ambiguous(tuple(Figure(row["Owner"]) for row in rows(raw, "accounts") if row["Account name"].startswith("Pellgate")))


@QUESTIONS.asks("which city is Emberwell in?", "Emberwell 在哪个城市", tags=("ambiguous",))
def city_emberwell(raw: Raw) -> Ambiguous:
    """Two accounts are called so."""
    return Ambiguous(tuple(Figure(row["City"]) for row in raw["accounts"] if row["Account name"].startswith("Emberwell")))


@QUESTIONS.asks("正域这家客户在哪个城市？", "Which city is 正域 located in?", tags=("ambiguous",))
def city_zhengyu(raw: Raw) -> Ambiguous:
    """Two accounts are called so."""
    return Ambiguous(tuple(Figure(row["City"]) for row in raw["accounts"] if row["Account name"].startswith("正域")))


@QUESTIONS.asks("How much is LedgerSpine?", "LedgerSpine 标价多少？", tags=("ambiguous",))
def price_ledgerspine(raw: Raw) -> Ambiguous:
    """Two products are called so."""
    return Ambiguous(tuple(Figure(number(row["List price"]), unit="CNY") for row in raw["products"] if row["Product name"].startswith("LedgerSpine")))


def leads_q4(raw: Raw) -> Figure:
    """Leads created this quarter."""
    return Figure(len(when(rows(raw, "leads"), "Created date", *Q4)))


def leads_q4_event(raw: Raw) -> Figure:
    """Of one source."""
    return Figure(len(when(rows(raw, "leads", Lead_source="Event"), "Created date", *Q4)))


def leads_q4_referral(raw: Raw) -> Figure:
    """Of another source."""
    return Figure(len(when(rows(raw, "leads", Lead_source="Referral"), "Created date", *Q4)))


def leads_q4_referral_region(raw: Raw) -> Groups:
    """Those per region."""
    return Groups(per(when(rows(raw, "leads", Lead_source="Referral"), "Created date", *Q4), lambda row: row["Region"], size))


def tickets_year(raw: Raw) -> Figure:
    """Tickets opened in 2026."""
    return Figure(len(when(rows(raw, "tickets"), "Opened at", *YEAR)))


def high(raw: Raw) -> list[Row]:
    """Those with high priority."""
    return when(rows(raw, "tickets", Priority="High"), "Opened at", *YEAR)


def tickets_high(raw: Raw) -> Figure:
    """Their number."""
    return Figure(len(high(raw)))


def tickets_high_category(raw: Raw) -> Groups:
    """Those per category."""
    return Groups(per(high(raw), lambda row: row["Category"], size))


def tickets_high_satisfaction(raw: Raw) -> AnyOf:
    """Mean satisfaction of those together, or still per category."""
    scored = [row for row in high(raw) if row["Satisfaction"]]
    each = per(scored, lambda row: row["Category"], lambda some: mean(numbers(some, "Satisfaction")))
    return AnyOf((Figure(mean(numbers(scored, "Satisfaction"))), Groups(each)))


def europe_rate(raw: Raw) -> Figure:
    """Win rate of a region."""
    return Figure(rate(rows(raw, "opportunities", Region="Europe")))


def europe_rate_reps(raw: Raw) -> Groups:
    """The same per owner."""
    return Groups(per((row for row in rows(raw, "opportunities", Region="Europe") if row["Status"] != "Open"), lambda row: row["Owner"], rate))


def america_rate_reps(raw: Raw) -> AnyOf:
    """The same of another region, per owner or as a whole."""
    found = [row for row in rows(raw, "opportunities", Region="North America") if row["Status"] != "Open"]
    return AnyOf((Groups(per(found, lambda row: row["Owner"], rate)), Figure(rate(found))))


def overdue(raw: Raw) -> list[Row]:
    """Overdue invoices in CNY."""
    return rows(raw, "invoices", Invoice_status="Overdue", Currency="CNY")


def overdue_count(raw: Raw) -> Figure:
    """Their number."""
    return Figure(len(overdue(raw)))


def overdue_balance(raw: Raw) -> Figure:
    """Their balance."""
    return Figure(total(overdue(raw), "Balance"), unit="CNY")


def overdue_accounts(raw: Raw) -> Ranked:
    """Their balance per account."""
    return Ranked(per(overdue(raw), lambda row: row["Account"], lambda some: total(some, "Balance")))


def han_won(raw: Raw) -> Figure:
    """Deals of one owner won in 2026."""
    return Figure(len(when(rows(raw, "opportunities", Owner="韩志雅", Status="Won"), "Close date", *YEAR)))


def han_lost(raw: Raw) -> Figure:
    """Deals of the owner lost in 2026."""
    return Figure(len(when(rows(raw, "opportunities", Owner="韩志雅", Status="Lost"), "Close date", *YEAR)))


def han_open(raw: Raw) -> Figure:
    """Open deals of the owner."""
    return Figure(len(rows(raw, "opportunities", Owner="韩志雅", Status="Open")))


def shen_open(raw: Raw) -> Figure:
    """Open deals of another owner."""
    return Figure(len(rows(raw, "opportunities", Owner="沈远怡", Status="Open")))


def halford_contacts(raw: Raw) -> AnyOf:
    """Contacts of one account, as a number or by name."""
    found = rows(raw, "contacts", Account="Halford Networks Group")
    return AnyOf((Figure(len(found)), Listed(named(found, "Contact name"))))


def halford_cto(raw: Raw) -> Figure:
    """Name of its CTO."""
    return Figure(rows(raw, "contacts", Account="Halford Networks Group", Title="CTO")[0]["Contact name"])


def halford_last(raw: Raw) -> Figure:
    """Day of the latest interaction with the account."""
    return Figure(max(found for row in rows(raw, "interactions", Account="Halford Networks Group") if (found := day(row["Activity date"]))))


def halford_open(raw: Raw) -> Figure:
    """Open deals of the account."""
    return Figure(len(rows(raw, "opportunities", Account="Halford Networks Group", Status="Open")))


def visits(raw: Raw) -> Figure:
    """Visits in October 2026."""
    return Figure(len(when(rows(raw, "interactions", Activity_type="visit"), "Activity date", "2026-10-01", "2026-10-31")))


def demos(raw: Raw) -> Figure:
    """Demos in October 2026."""
    return Figure(len(when(rows(raw, "interactions", Activity_type="demo"), "Activity date", "2026-10-01", "2026-10-31")))


def demos_rep(raw: Raw) -> Ranked:
    """Those per owner."""
    return Ranked(per(when(rows(raw, "interactions", Activity_type="demo"), "Activity date", "2026-10-01", "2026-10-31"), lambda row: row["Owner"], size))


def response(raw: Raw) -> Figure:
    """Mean days to the first response of tickets."""
    return Figure(Decimal(mean(gap(row, "Opened at", "First response") for row in raw["tickets"] if row["First response"])))


def response_priority(raw: Raw) -> Groups:
    """The same per priority."""
    answered = [row for row in raw["tickets"] if row["First response"]]
    return Groups(per(answered, lambda row: row["Priority"], lambda some: mean(gap(row, "Opened at", "First response") for row in some)))


def response_low_channel(raw: Raw) -> Groups:
    """The same of low-priority tickets per channel."""
    answered = [row for row in rows(raw, "tickets", Priority="Low") if row["First response"]]
    return Groups(per(answered, lambda row: row["Channel"], lambda some: mean(gap(row, "Opened at", "First response") for row in some)))


QUESTIONS.thread(
    "leads",
    ("How many leads came in this quarter?", leads_q4),
    ("only those from events", leads_q4_event),
    ("and referrals?", leads_q4_referral),
    ("split that by region", leads_q4_referral_region),
)
QUESTIONS.thread(
    "tickets",
    ("今年一共开了多少工单？", tickets_year),
    ("其中高优先级的呢", tickets_high),
    ("按类别分一下", tickets_high_category),
    ("它们的平均满意度是多少？", tickets_high_satisfaction),
)
QUESTIONS.thread("regions", ("What's the win rate in Europe?", europe_rate), ("by rep please", europe_rate_reps), ("same for North America", america_rate_reps))
QUESTIONS.thread("invoices", ("逾期的人民币发票有多少张？", overdue_count), ("余额合计多少", overdue_balance), ("欠得最多的是哪个客户？", overdue_accounts))
QUESTIONS.thread(
    "han",
    ("韩志雅今年赢了几单？", han_won),
    ("丢了几单呢", han_lost),
    ("她手上现在还有多少在谈的商机？", han_open),
    ("沈远怡呢？", shen_open),
)
QUESTIONS.thread(
    "halford",
    ("How many contacts do we have at Halford Networks Group?", halford_contacts),
    ("who is their CTO?", halford_cto),
    ("when did we last interact with them", halford_last),
    ("How many open deals do they have?", halford_open),
)
QUESTIONS.thread("visits", ("上个月拜访了多少次客户？", visits), ("演示呢？", demos), ("演示做得最多的是谁", demos_rep))
QUESTIONS.thread(
    "response",
    ("What is our average first response time on tickets?", response),
    ("break it down by priority", response_priority),
    ("just the low ones, by channel", response_low_channel),
)

QUESTIONS.unanswerable(
    ("What is the credit rating of Halford Networks Group?", "credit rating"),
    ("How much commission did Carla Quigley earn this quarter?", "commission"),
    ("NPS by region?", "NPS"),
    ("How many deals did Margaret Thornbury win this year?", "Margaret Thornbury"),
    ("win rate in South America", "South America"),
    ("list price of DataForge Studio", "DataForge Studio"),
    ("How many deals did we win in 2019?", "2019"),
    ("fax number of Pellgate Networks Group", "fax"),
    ("What's the birthday of Boris Ashdown?", "birthday"),
    ("What salary does Karen Engel get?", "salary"),
    ("Which ad campaign had the best click-through rate?", "click-through"),
    ("How many employees does our competitor Vantora have?", "Vantora"),
    ("what does Helixon charge for its platform", "Helixon"),
    ("shipping address for Emberwell Outfitters Group", "shipping address"),
    ("How many vacation days does Zane Zimmer have left?", "vacation"),
    ("VAT ID of Rosenforge Capital Ltd", "VAT"),
    ("How many website visitors did we have last month?", "website visitors"),
    ("What is the warranty period of EdgeBox Pro?", "warranty"),
    ("How many units of EdgeBox are in stock?", "stock"),
    ("Is Henry Underhill a pleasant person to work with?", "pleasant"),
    ("open tickets of Brightwater Dynamics", "Brightwater Dynamics"),
    ("蓝鲸数智这个客户有多少在手商机？", "蓝鲸数智"),
    ("东北大区的赢率是多少", "东北"),
    ("诸葛明亮今年赢了几单？", "诸葛明亮"),
    ("2018年的赢单数是多少？", "2018"),
    ("CloudNest 云巢平台卖了几套", "CloudNest"),
    ("唐晓哲的提成是多少", "提成"),
    ("沈远怡的绩效奖金有多少？", "奖金"),
    ("宁波卓源的纳税人识别号是多少", "纳税人识别号"),
    ("萧天浩的生日是哪天？", "生日"),
    ("客户的净推荐值（NPS）是多少", "净推荐值"),
    ("EdgeBox 网关还有多少库存？", "库存"),
    ("上个月员工的差旅费一共多少", "差旅费"),
    ("哪些客户退过货，退货率多少？", "退货"),
    ("我们在骨科耗材行业的市场份额是多少", "市场份额"),
    ("合同 HT-000001 盖的是哪枚公章？", "公章"),
    ("韩志雅的学历是什么", "学历"),
    ("云枢数科去年的营收多少？", "云枢数科"),
    ("官网上个月的访问量有多少", "访问量"),
    ("明天上海会下雨吗", "下雨"),
    ("恒源生物医药的开户银行账号是多少？", "银行账号"),
    ("李宇然的血型是什么", "血型"),
)
