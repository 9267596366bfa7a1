"""Conversations, questions that must be asked back and questions without an answer, to the Maven CRM export, by someone who has not seen the parser."""

from decimal import Decimal

from evals.asked.expecting import Ambiguous, Figure, Groups, QuestionSet, Ranked
from evals.asked.maven_fresh import Q4, TODAY, closed, deals, per, period, rate, size, value
from evals.asked.raw import Raw, number

QUESTIONS = QuestionSet("maven_fresh_talk", today=TODAY, written_by="fresh")


@QUESTIONS.asks("What is the revenue of Hottechi?", "Hottechi的营收是多少", tags=("ambiguous",))
def revenue_hottechi(raw: Raw) -> Ambiguous:
    """What the company turns over, or what we won from it."""
    return Ambiguous((Figure(number(raw.by("accounts", "account")["Hottechi"]["revenue"])), Figure(value(deals(raw, "Won", account="Hottechi")))))


@QUESTIONS.asks("what's the price of the GTX Plus?", "GTX Plus 卖多少钱", tags=("ambiguous",))
def price_plus(raw: Raw) -> Ambiguous:
    """Two products are called so."""
    products = raw.by("products", "product")
    return Ambiguous(tuple(Figure(number(products[name]["sales_price"])) for name in ("GTX Plus Pro", "GTX Plus Basic")))


@QUESTIONS.asks("price of MG?", "MG 的单价是多少？", tags=("ambiguous",))
def price_either_mg(raw: Raw) -> Ambiguous:
    """Two products of one series."""
    products = raw.by("products", "product")
    return Ambiguous(tuple(Figure(number(products[name]["sales_price"])) for name in ("MG Special", "MG Advanced")))


@QUESTIONS.asks("how many people work at Xx?", "Xx 那家客户有多少员工？", tags=("ambiguous",))
def staff_xx(raw: Raw) -> Ambiguous:
    """Two accounts begin so."""
    accounts = raw.by("accounts", "account")
    return Ambiguous(tuple(Figure(number(accounts[name]["employees"])) for name in ("Xx-holding", "Xx-zobam")))


def gtx_pro_rate(raw: Raw) -> Figure:
    """Win rate of one product."""
    return Figure(rate(deals(raw, product="GTX Pro")))


def gtx_pro_rate_west(raw: Raw) -> Figure:
    """The same in one office."""
    return Figure(rate(deals(raw, product="GTX Pro", regional_office="West")))


def gtx_pro_rate_by_manager(raw: Raw) -> Groups:
    """The same in the office, per manager."""
    return Groups(per(deals(raw, "Won Lost", product="GTX Pro", regional_office="West"), lambda row: row["manager"], rate))


def won_december(raw: Raw) -> Figure:
    """Deals won this month."""
    return Figure(len(closed(deals(raw, "Won"), "2017-12-01", "2017-12-31")))


def won_november(raw: Raw) -> Figure:
    """Deals won in the month before."""
    return Figure(len(closed(deals(raw, "Won"), "2017-11-01", "2017-11-30")))


def won_november_value(raw: Raw) -> Figure:
    """What they were worth."""
    return Figure(value(closed(deals(raw, "Won"), "2017-11-01", "2017-11-30")))


def won_november_value_kami(raw: Raw) -> Figure:
    """Of one rep."""
    return Figure(value(closed(deals(raw, "Won", sales_agent="Kami Bicknell"), "2017-11-01", "2017-11-30")))


def medical_accounts(raw: Raw) -> Figure:
    """Accounts of one sector."""
    return Figure(sum(row["sector"] == "medical" for row in raw["accounts"]))


def medical_largest_staff(raw: Raw) -> Ranked:
    """Those accounts by employees."""
    return Ranked({row["account"]: Decimal(row["employees"]) for row in raw["accounts"] if row["sector"] == "medical"})


def medical_won(raw: Raw) -> Figure:
    """Won value of those accounts."""
    return Figure(value(deals(raw, "Won", sector="medical")))


def software_won(raw: Raw) -> Figure:
    """Won value of another sector."""
    return Figure(value(deals(raw, "Won", sector="software")))


def rep_ranking(raw: Raw) -> Ranked:
    """Reps by won value in the East."""
    return Ranked(per(deals(raw, "Won", regional_office="East"), lambda row: row["sales_agent"], value))


def rep_ranking_lowest(raw: Raw) -> Ranked:
    """The same, lowest first."""
    return Ranked(per(deals(raw, "Won", regional_office="East"), lambda row: row["sales_agent"], value), lowest=True)


def rep_ranking_q4(raw: Raw) -> Ranked:
    """The same (either end may be kept), in the fourth quarter."""
    return Ranked(per(closed(deals(raw, "Won", regional_office="East"), *Q4), lambda row: row["sales_agent"], value))


def lost_total(raw: Raw) -> Figure:
    """Lost deals."""
    return Figure(len(deals(raw, "Lost")))


def lost_by_office(raw: Raw) -> Groups:
    """Lost deals per office."""
    return Groups(per(deals(raw, "Lost"), lambda row: row["regional_office"], size))


def lost_by_quarter(raw: Raw) -> Groups:
    """Lost deals per quarter."""
    return Groups(per(deals(raw, "Lost"), lambda row: period(row, "quarter"), size))


def isdom_open(raw: Raw) -> Figure:
    """Open deals of one account."""
    return Figure(len(deals(raw, "Engaging Prospecting", account="Isdom")))


def isdom_won(raw: Raw) -> Figure:
    """Won deals of the account."""
    return Figure(len(deals(raw, "Won", account="Isdom")))


def cancity_won(raw: Raw) -> Figure:
    """Won deals of another account."""
    return Figure(len(deals(raw, "Won", account="Cancity")))


QUESTIONS.thread(
    "gtx_pro", ("What's the win rate for GTX Pro?", gtx_pro_rate), ("and in the West?", gtx_pro_rate_west), ("per manager", gtx_pro_rate_by_manager)
)
QUESTIONS.thread(
    "months",
    ("这个月赢了几单？", won_december),
    ("上个月呢", won_november),
    ("一共多少钱？", won_november_value),
    ("只看 Kami Bicknell 的", won_november_value_kami),
)
QUESTIONS.thread(
    "medical",
    ("我们有多少医疗行业客户？", medical_accounts),
    ("其中员工最多的是哪家？", medical_largest_staff),
    ("医疗客户的赢单金额合计是多少", medical_won),
    ("software 行业的呢", software_won),
)
QUESTIONS.thread(
    "east_reps",
    ("Who is the best seller in the East by revenue?", rep_ranking),
    ("And the worst?", rep_ranking_lowest),
    ("best one in Q4 2017 only", rep_ranking_q4),
)
QUESTIONS.thread("lost", ("总共丢了多少单？", lost_total), ("分大区看", lost_by_office), ("换成按季度", lost_by_quarter))
QUESTIONS.thread(
    "isdom", ("How many open deals do we have with Isdom?", isdom_open), ("how many did they buy?", isdom_won), ("What about Cancity?", cancity_won)
)

QUESTIONS.unanswerable(
    ("What's the profit margin on GTX Pro?", "profit margin"),
    ("What commission did Darcel Schlecht earn in 2017?", "commission"),
    ("How many calls did Anna Snelling make last week?", "calls"),
    ("Which competitor did we lose to most often?", "competitor"),
    ("most frequent loss reason in the East?", "loss reason"),
    ("phone number of Cancity please", "phone number"),
    ("who is the CEO of Konex?", "CEO"),
    ("How many deals did Gerald Whitcombe win?", "Gerald Whitcombe"),
    ("win rate in the South office", "South"),
    ("revenue from the GTX Ultra in Q3", "GTX Ultra"),
    ("How many deals did we win in 2014?", "2014"),
    ("What's our NPS with retail customers?", "NPS"),
    ("How many invoices are overdue?", "invoices"),
    ("Quota attainment of Kary Hendrixson this year?", "quota"),
    ("Which lead source brings the most won deals?", "lead source"),
    ("What is the stock price of Umbrella Corporation?", "stock price"),
    ("Is Hayden Neloms a nice colleague?", "nice"),
    ("what discount approval level does Cara Losch have", "approval"),
    ("How many units of GTX Basic are left in the warehouse?", "warehouse"),
    ("contract end date for Betatech", "contract"),
    ("2015年赢了多少单？", "2015"),
    ("GTX Pro 的毛利率是多少", "毛利率"),
    ("Melvin Marxen 的工资多少", "工资"),
    ("张伟今年的赢单金额是多少？", "张伟"),
    ("北区的赢率", "北区"),
    ("Hottechi 的联系人邮箱是什么", "邮箱"),
    ("客户满意度最高的是哪家", "满意度"),
    ("这些单子输给了哪个竞争对手？", "竞争对手"),
    ("有多少未处理的工单", "工单"),
    ("GTX 900 卖了几台？", "GTX 900"),
    ("Bluewhale 公司在谈的商机有哪些", "Bluewhale"),
    ("各销售的提成排名", "提成"),
    ("Zencorporation 的合同什么时候到期？", "合同"),
    ("我们的市场占有率有多高", "市场占有率"),
    ("Vicki Laflamme 上周拜访了几次客户？", "拜访"),
    ("今年的退货率是多少", "退货"),
    ("哪个渠道来的线索最多？", "线索"),
    ("上海今天天气怎么样", "天气"),
    ("2019年的销售额同比增长多少", "2019"),
)
