"""Questions about the Maven CRM export that the authors of the parser may look at: conversations, near misses and words with two readings."""

from decimal import Decimal

from evals.asked.expecting import Ambiguous, Compared, Figure, Groups, Listed, Ranked
from evals.asked.maven_own_deals import Q2, Q3, Q4, QUESTIONS, YEAR, by, days, deals, mean, rate, value
from evals.asked.raw import Raw, Row, number, total

__all__ = ["QUESTIONS"]

# -- near misses ----------------------------------------------------------------------------------------------------

QUESTIONS.unanswerable(
    ("What was the gross margin on GTX Pro deals?", "gross margin"),
    ("How much commission did Darcel Schlecht earn in Q3?", "commission"),
    ("How many deals did we win in 2015?", "2015"),
    ("What's the e-mail address of Vicki Laflamme?", "e-mail address"),
    ("win rate in the North region", "North"),
    ("How many GTX Ultra did we sell?", "GTX Ultra"),
    ("Which rep will win the most deals next quarter?", "next quarter"),
    ("Which lost reason was recorded for the Hottechi deals?", "lost reason"),
    ("Which competitor did we lose to most often?", "competitor"),
    ("What's the NPS of our retail accounts?", "NPS"),
    ("How many calls did Anna Snelling make last month?", "calls"),
    ("discount given on MG Advanced, on average", "discount"),
    ("Do you think Zane Levy is a good salesperson?", "good"),
    ("What payment terms did we agree with Konex?", "payment terms"),
    ("Who is the purchasing contact at Isdom?", "contact"),
    ("How many deals did Brenda Foster close?", "Brenda Foster"),
    ("deals won from the website lead source", "lead source"),
    ("When was Kami Bicknell hired?", "hired"),
    ("What quota does Summer Sewald's team have for 2017?", "quota"),
    ("Sales in the automotive sector, please", "automotive"),
    ("GTX Pro 的毛利率是多少？", "毛利率"),
    ("2018年第一季度赢了多少单", "2018年"),
    ("Kan-code 的联系电话是什么", "联系电话"),
    ("南区（South）今年的成交额", "South"),
    ("GTK 900 卖了几单？", "GTK 900"),
    ("Darcel Schlecht 今年拿了多少提成？", "提成"),
    ("登记的丢单原因里哪一条最多？", "丢单原因"),
    ("客户满意度最高的是哪家", "满意度"),
    ("明年一月预计能赢多少单？", "预计"),
    ("Corliss Cosme 多大年纪", "年纪"),
    ("哪些发票还没收到款？", "发票"),
    ("上个月开了多少次客户会议", "会议"),
    ("Konex 的合同什么时候到期？", "合同"),
    ("你觉得我们该不该放弃 MG Special", "该不该"),
    ("王小明赢了几单？", "王小明"),
    ("在跟商机的预估金额一共多少", "预估金额"),
    ("Melvin Marxen 团队的差旅费花了多少", "差旅费"),
    ("GTX Basic 的库存还有多少台", "库存"),
)


# -- two readings ---------------------------------------------------------------------------------------------------


def names(raw: Raw, *accounts: str) -> list[list[Row]]:
    """Won deals of each account."""
    return [deals(raw, "Won", account=name) for name in accounts]


@QUESTIONS.asks("What's the revenue of Kan-code?", "Kan-code 的收入是多少？")
def kan_code_revenue(raw: Raw) -> Ambiguous:
    """The revenue of the account, or what was won with it."""
    account = raw.by("accounts", "account")["Kan-code"]
    return Ambiguous((Figure(number(account["revenue"])), Figure(value(deals(raw, "Won", account="Kan-code")))))


@QUESTIONS.asks("revenue by sector", "各行业的营收合计")
def sector_revenue(raw: Raw) -> Ambiguous:
    """The revenue of the accounts of a sector, or what was won with them."""
    return Ambiguous((Groups(by(raw["accounts"], "sector", of=lambda held: total(held, "revenue"))), Groups(by(deals(raw, "Won"), "sector", of=value))))


@QUESTIONS.asks("How many deals did we win with Beta?", "Beta 那家客户赢了几单？")
def beta(raw: Raw) -> Ambiguous:
    """Betasoloin or Betatech."""
    return Ambiguous(tuple(Figure(len(held)) for held in names(raw, "Betasoloin", "Betatech")))


@QUESTIONS.asks("won value at Xx", "Xx 的成交额有多少")
def xx(raw: Raw) -> Ambiguous:
    """Xx-holding or Xx-zobam."""
    return Ambiguous(tuple(Figure(value(held)) for held in names(raw, "Xx-holding", "Xx-zobam")))


@QUESTIONS.asks("Total won with Scot so far?", "Scot 到现在一共成交了多少钱")
def scot(raw: Raw) -> Ambiguous:
    """Scotfind or Scottech."""
    return Ambiguous(tuple(Figure(value(held)) for held in names(raw, "Scotfind", "Scottech")))


@QUESTIONS.asks("win rate of the Basic", "Basic 这款产品的赢单率怎么样？")
def basic(raw: Raw) -> Ambiguous:
    """GTX Basic or GTX Plus Basic."""
    return Ambiguous(tuple(Figure(rate(deals(raw, "Closed", product=name))) for name in ("GTX Basic", "GTX Plus Basic")))


@QUESTIONS.asks("GTX Plus 今年赢了多少单")
def plus(raw: Raw) -> Ambiguous:
    """GTX Plus Basic or GTX Plus Pro."""
    return Ambiguous(tuple(Figure(len(deals(raw, "Won", product=name, closed=YEAR))) for name in ("GTX Plus Basic", "GTX Plus Pro")))


@QUESTIONS.asks("How many GTX Plus did we sell this quarter?")
def plus_quarter(raw: Raw) -> Ambiguous:
    """GTX Plus Basic or GTX Plus Pro, won deals that closed in the fourth quarter."""
    return Ambiguous(tuple(Figure(len(deals(raw, "Won", product=name, closed=Q4))) for name in ("GTX Plus Basic", "GTX Plus Pro")))


@QUESTIONS.asks("How many deals were there in July 2017?", "2017年7月有多少个商机？")
def july(raw: Raw) -> Ambiguous:
    """Deals engaged in July 2017, or closed then."""
    return Ambiguous(tuple(Figure(len(deals(raw, "", **{column: ("2017-07-01", "2017-07-31")}))) for column in ("engaged", "closed")))


@QUESTIONS.asks("Zoom: how many lost deals?", "Zoom 丢了多少单？")
def zoom(raw: Raw) -> Ambiguous:
    """Domzoom, Gogozoom or Zoomit."""
    return Ambiguous(tuple(Figure(len(deals(raw, "Lost", account=name))) for name in ("Domzoom", "Gogozoom", "Zoomit")))


# -- conversations --------------------------------------------------------------------------------------------------


def largest(raw: Raw, low: int, **where: str | tuple[str, str]) -> list[Row]:
    """Won deals above a value, the largest first."""
    held = [row for row in deals(raw, "Won", **where) if (number(row["close_value"]) or 0) > low]
    return sorted(held, key=lambda row: -(number(row["close_value"]) or 0))


def listed(held: list[Row], first: bool = False) -> Listed:
    """Deals by their id."""
    return Listed(frozenset(row["opportunity_id"] for row in held), first=held[0]["opportunity_id"] if first else None)


def employs(raw: Raw, sector: str, more_than: int = 0) -> list[Row]:
    """Accounts of a sector with more employees than that."""
    return [row for row in raw["accounts"] if row["sector"] == sector and int(row["employees"]) > more_than]


QUESTIONS.thread(
    "regions",
    ("What's the win rate out West?", lambda raw: Figure(rate(deals(raw, "Closed", regional_office="West")))),
    ("and in the East?", lambda raw: Figure(rate(deals(raw, "Closed", regional_office="East")))),
    ("Central, but only Q4?", lambda raw: Figure(rate(deals(raw, "Closed", regional_office="Central", closed=Q4)))),
    ("那丢了多少单？", lambda raw: Figure(len(deals(raw, "Lost", regional_office="Central", closed=Q4)))),
)
QUESTIONS.thread(
    "quarters",
    ("2017年三季度赢了几单？", lambda raw: Figure(len(deals(raw, "Won", closed=Q3)))),
    ("那二季度呢？", lambda raw: Figure(len(deals(raw, "Won", closed=Q2)))),
    ("金额是多少", lambda raw: Figure(value(deals(raw, "Won", closed=Q2)))),
    ("按产品拆开看看", lambda raw: Groups(by(deals(raw, "Won", closed=Q2), "product", of=value))),
    ("now by manager instead", lambda raw: Groups(by(deals(raw, "Won", closed=Q2), "manager", of=value))),
)
QUESTIONS.thread(
    "largest",
    ("List the won deals over 28,000, largest first", lambda raw: listed(largest(raw, 28000), first=True)),
    ("who sold the first one?", lambda raw: Figure(largest(raw, 28000)[0]["sales_agent"])),
    ("how many did she lose?", lambda raw: Figure(len(deals(raw, "Lost", sales_agent=largest(raw, 28000)[0]["sales_agent"])))),
    ("and her win rate?", lambda raw: Figure(rate(deals(raw, "Closed", sales_agent=largest(raw, 28000)[0]["sales_agent"])))),
)
QUESTIONS.thread(
    "one_rep",
    ("Darcel Schlecht 手上还有几单没关？", lambda raw: Figure(len(deals(raw, "Open", sales_agent="Darcel Schlecht")))),
    ("他今年丢了多少单", lambda raw: Figure(len(deals(raw, "Lost", sales_agent="Darcel Schlecht", closed=YEAR)))),
    ("换成 Anna Snelling 呢？", lambda raw: Figure(len(deals(raw, "Lost", sales_agent="Anna Snelling", closed=YEAR)))),
    ("who is her manager?", lambda _: Figure("Dustin Brinkmann")),
)
QUESTIONS.thread(
    "accounts",
    ("top five accounts by number of won deals", lambda raw: Ranked(by(deals(raw, "Won"), "account"), top=5)),
    ("no, by value", lambda raw: Ranked(by(deals(raw, "Won"), "account", of=value), top=5)),
    ("just Q4 please", lambda raw: Ranked(by(deals(raw, "Won", closed=Q4), "account", of=value), top=5)),
    ("only retail ones", lambda raw: Ranked(by(deals(raw, "Won", closed=Q4, sector="retail"), "account", of=value), top=5)),
)
QUESTIONS.thread(
    "sectors",
    ("零售行业(retail)有多少家客户？", lambda raw: Figure(len(employs(raw, "retail")))),
    ("软件行业(software)呢", lambda raw: Figure(len(employs(raw, "software")))),
    ("其中员工数超过一万的有几家？", lambda raw: Figure(len(employs(raw, "software", 10000)))),
    ("列出来看看", lambda raw: Listed(frozenset(row["account"] for row in employs(raw, "software", 10000)))),
)
QUESTIONS.thread(
    "managers",
    (
        "Compare the won revenue of Melvin Marxen and Summer Sewald",
        lambda raw: Compared({name: value(deals(raw, "Won", manager=name)) for name in ("Melvin Marxen", "Summer Sewald")}),
    ),
    ("and their win rates?", lambda raw: Compared({name: rate(deals(raw, "Closed", manager=name)) for name in ("Melvin Marxen", "Summer Sewald")})),
    ("What about Rocco Neubert?", lambda raw: Figure(rate(deals(raw, "Closed", manager="Rocco Neubert")))),
)
QUESTIONS.thread(
    "gtk",
    ("How many GTK 500 deals have we won?", lambda raw: Figure(len(deals(raw, "Won", product="GTK 500")))),
    ("都列出来", lambda raw: listed(deals(raw, "Won", product="GTK 500"))),
    ("平均金额是多少？", lambda raw: Figure(mean(deals(raw, "Won", product="GTK 500")))),
    ("and how many days did they take on average?", lambda raw: Figure(days(deals(raw, "Won", product="GTK 500")))),
    ("only the ones above 27k, how many?", lambda raw: Figure(len(largest(raw, 27000, product="GTK 500")))),
)
QUESTIONS.thread(
    "shares",
    ("上个月的赢单里 GTX Basic 有几单", lambda raw: Figure(len(deals(raw, "Won", product="GTX Basic", closed=("2017-11-01", "2017-11-30"))))),
    (
        "占当月赢单的比例呢？",
        lambda raw: Figure(
            Decimal(len(deals(raw, "Won", product="GTX Basic", closed=("2017-11-01", "2017-11-30"))))
            / len(deals(raw, "Won", closed=("2017-11-01", "2017-11-30")))
        ),
    ),
    ("这些单分别是哪些大区的？", lambda raw: Groups(by(deals(raw, "Won", product="GTX Basic", closed=("2017-11-01", "2017-11-30")), "regional_office"))),
)
