"""Questions about the Maven CRM export that the authors of the parser may look at: accounts, people, products and questions in several steps."""

from datetime import date
from decimal import Decimal
from statistics import median

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.maven_own_deals import Q3, Q4, YEAR, by, days, deals, mean, rate, value
from evals.asked.maven_own_talk import QUESTIONS
from evals.asked.raw import Raw, number, numbers, total

__all__ = ["QUESTIONS"]

# -- accounts -------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("how many accounts are in the technology sector?", "科技行业（technology）一共多少家客户")
def technology(raw: Raw) -> Figure:
    """Accounts of the sector that the export spells technolgy."""
    return Figure(sum(row["sector"] == "technolgy" for row in raw["accounts"]))


@QUESTIONS.asks("Which accounts are based outside the United States?", "总部不在美国的客户有哪些？")
def abroad(raw: Raw) -> Listed:
    """Accounts whose office location is another country."""
    return Listed(frozenset(row["account"] for row in raw["accounts"] if row["office_location"] != "United States"))


@QUESTIONS.asks("What country is Sunnamplex's office in?", "Sunnamplex 的办公地点在哪个国家")
def sunnamplex(raw: Raw) -> Figure:
    """The office location of one account."""
    return Figure(raw.by("accounts", "account")["Sunnamplex"]["office_location"])


@QUESTIONS.asks("Subsidiaries of Acme Corporation?", "Acme Corporation 旗下有哪些子公司")
def acme(raw: Raw) -> Listed:
    """Accounts that are a subsidiary of Acme Corporation."""
    return Listed(frozenset(row["account"] for row in raw["accounts"] if row["subsidiary_of"] == "Acme Corporation"))


@QUESTIONS.asks("What company does Codehow belong to?", "Codehow 的母公司是谁？")
def codehow(_: Raw) -> Figure:
    """The parent of one account."""
    return Figure("Acme Corporation")


@QUESTIONS.asks("who's our customer with the biggest headcount", "员工最多的客户是哪家")
def headcount(raw: Raw) -> Ranked:
    """Accounts by employees."""
    return Ranked({row["account"]: int(row["employees"]) for row in raw["accounts"]})


@QUESTIONS.asks("average number of employees across medical accounts", "医疗客户(medical)平均有多少员工？")
def medical_staff(raw: Raw) -> Figure:
    """Average employees of medical accounts."""
    held = numbers([row for row in raw["accounts"] if row["sector"] == "medical"], "employees")
    return Figure(sum(held, Decimal(0)) / len(held))


@QUESTIONS.asks("accounts founded before 1983 - how many", "成立年份早于1983年的客户数")
def old_accounts(raw: Raw) -> Figure:
    """Accounts established before 1983."""
    return Figure(sum(int(row["year_established"]) < 1983 for row in raw["accounts"]))


@QUESTIONS.asks("In which year was Plexzap established?", "Plexzap 是哪一年成立的？")
def plexzap(raw: Raw) -> Figure:
    """The year in which one account was established."""
    return Figure(int(raw.by("accounts", "account")["Plexzap"]["year_established"]))


@QUESTIONS.asks("Number of accounts per sector", "每个行业各有几家客户")
def per_sector(raw: Raw) -> Groups:
    """Accounts by sector."""
    return Groups(by(raw["accounts"], "sector"))


@QUESTIONS.asks("Which accounts have purchased the GTK 500?", "买过GTK 500的客户有哪几家？")
def gtk_buyers(raw: Raw) -> Listed:
    """Accounts with a won GTK 500 deal."""
    return Listed(frozenset(row["account"] for row in deals(raw, "Won", product="GTK 500") if row["account"]))


# -- people and products --------------------------------------------------------------------------------------------


@QUESTIONS.asks("who manages Cassey Cress?", "Cassey Cress 的上级是谁")
def cassey(_: Raw) -> Figure:
    """The manager of one rep."""
    return Figure("Rocco Neubert")


@QUESTIONS.asks("List the reps who report to Celia Rouche", "Celia Rouche 手下有哪些销售？")
def celia(raw: Raw) -> Listed:
    """Reps of one manager."""
    return Listed(frozenset(row["sales_agent"] for row in raw["sales_teams"] if row["manager"] == "Celia Rouche"))


@QUESTIONS.asks("headcount of sales agents per regional office", "各区域办公室分别有几名销售")
def agents(raw: Raw) -> Groups:
    """Reps by regional office."""
    return Groups(by(raw["sales_teams"], "regional_office"))


@QUESTIONS.asks("which sales agents have no deals at all?", "哪些销售名下一个商机都没有？")
def idle(raw: Raw) -> Listed:
    """Reps without any deal."""
    busy = {row["sales_agent"] for row in raw["sales_pipeline"]}
    return Listed(frozenset(row["sales_agent"] for row in raw["sales_teams"] if row["sales_agent"] not in busy))


@QUESTIONS.asks("List price of MG Advanced?", "MG Advanced 标价多少钱")
def advanced_price(_: Raw) -> Figure:
    """Sales price of one product."""
    return Figure(3393)


@QUESTIONS.asks("cheapest product in the catalog", "目录价最便宜的产品是哪一个")
def cheapest(raw: Raw) -> Ranked:
    """Products by sales price, lowest first."""
    return Ranked({row["product"]: int(row["sales_price"]) for row in raw["products"]}, lowest=True)


@QUESTIONS.asks("products of the GTX series", "GTX 系列包含哪些产品？")
def gtx(raw: Raw) -> Listed:
    """Products of one series."""
    return Listed(frozenset(row["product"] for row in raw["products"] if row["series"] == "GTX"))


# -- several steps --------------------------------------------------------------------------------------------------


@QUESTIONS.asks("Win rates of the three reps with the most open deals?", "在跟单最多的三位销售，赢单率各是多少")
def busiest_rates(raw: Raw) -> Groups:
    """Win rate of the three reps with the most open deals."""
    held = by(deals(raw, "Open"), "sales_agent")
    top = sorted(held, key=lambda name: -held[name])[:3]
    return Groups({name: rate(deals(raw, "Closed", sales_agent=str(name))) for name in top})


@QUESTIONS.asks("How many did we win and how many did we lose in June 2017?", "2017年6月赢了几单、丢了几单？")
def june(raw: Raw) -> Each:
    """Won and lost deals that closed in June 2017."""
    return Each(tuple(Figure(len(deals(raw, stage, closed=("2017-06-01", "2017-06-30")))) for stage in ("Won", "Lost")))


@QUESTIONS.asks("What's Hayden Neloms' win rate, and who is the boss of Hayden?", "Hayden Neloms 的赢单率多少？直属经理又是谁？")
def hayden(raw: Raw) -> Each:
    """Win rate and manager of one rep."""
    return Each((Figure(rate(deals(raw, "Closed", sales_agent="Hayden Neloms"))), Figure("Celia Rouche")))


@QUESTIONS.asks("By what percentage did won revenue change from Q3 to Q4?", "四季度成交额环比三季度变动了百分之多少")
def q4_growth(raw: Raw) -> AnyOf:
    """Change of won value from the third to the fourth quarter, as a fraction, or both beside each other."""
    third, fourth = value(deals(raw, "Won", closed=Q3)), value(deals(raw, "Won", closed=Q4))
    return AnyOf((Figure(fourth / third - 1), Compared({"2017-Q3": third, "2017-Q4": fourth})))


@QUESTIONS.asks("Deals still engaging that we first engaged over 300 days ago: how many?", "接触超过300天、还停在 Engaging 的商机有几单")
def stale(raw: Raw) -> Figure:
    """Deals in Engaging whose engage date is more than 300 days before today."""
    return Figure(sum((QUESTIONS.today - date.fromisoformat(row["engaged"])).days > 300 for row in deals(raw, "Engaging")))


@QUESTIONS.asks("reps who won more than 170 deals", "赢单数超过１７０的销售有哪些")
def above_170(raw: Raw) -> Listed:
    """Reps with more than 170 won deals."""
    return Listed(frozenset(str(name) for name, many in by(deals(raw, "Won"), "sales_agent").items() if many > 170))


@QUESTIONS.asks("what fraction of the lost deals were lost by the Central office", "丢单当中 Central 占多大比例？")
def central_lost(raw: Raw) -> Figure:
    """Lost deals of Central over all lost deals."""
    return Figure(Decimal(len(deals(raw, "Lost", regional_office="Central"))) / len(deals(raw, "Lost")))


@QUESTIONS.asks("How many deals between 5,000 and 6,000 did we win in the East?", "East 赢下的单子里，金额在5000到6000之间的有多少")
def range_east(raw: Raw) -> Figure:
    """Won deals of the East with a close value from 5000 to 6000."""
    return Figure(sum(5000 <= (number(row["close_value"]) or 0) <= 6000 for row in deals(raw, "Won", regional_office="East")))


@QUESTIONS.asks("excluding MG Special, what's the average won deal?", "不算 MG Special，赢单平均金额是多少")
def without_special(raw: Raw) -> Figure:
    """Average close value of won deals of other products."""
    return Figure(mean([row for row in deals(raw, "Won") if row["product"] != "MG Special"]))


@QUESTIONS.asks("median days to close a lost deal", "丢单从接触到关闭的天数中位数")
def lost_days(raw: Raw) -> Figure:
    """Median days from engage to close date of lost deals."""
    return Figure(median((date.fromisoformat(row["closed"]) - date.fromisoformat(row["engaged"])).days for row in deals(raw, "Lost")))


@QUESTIONS.asks("which manager has the shortest sales cycle on won deals", "赢单周期最短的是哪位经理的团队？")
def quickest_manager(raw: Raw) -> Ranked:
    """Managers by average days from engage to close date of won deals, shortest first."""
    return Ranked(by(deals(raw, "Won"), "manager", of=days), lowest=True)


@QUESTIONS.asks("when was our latest win with Konex?", "最近一次赢下 Konex 的单是哪天")
def konex_latest(raw: Raw) -> Figure:
    """The last close date of a won deal with Konex."""
    return Figure(max(date.fromisoformat(row["closed"]) for row in deals(raw, "Won", account="Konex")))


@QUESTIONS.asks("Is there any rep with a win rate above 70%?", "有没有赢单率超过七成的销售？")
def above_70(raw: Raw) -> YesNo:
    """Whether a rep's win rate is above 0.7."""
    found = sum(each > Decimal("0.7") for each in by(deals(raw, "Closed"), "sales_agent", of=rate).values())
    return YesNo(found > 0, found)


@QUESTIONS.asks("Kary Hendrixson 的 won revenue in Q4 是多少", "pls show Kary Hendrixson Q4 成交额")
def kary_q4(raw: Raw) -> Figure:
    """Won value of one rep closed in the fourth quarter."""
    return Figure(value(deals(raw, "Won", sales_agent="Kary Hendrixson", closed=Q4)))


@QUESTIONS.asks("what did each sector bring in on average per won deal in 2017?", "2017年各行业赢单的平均金额")
def sector_mean(raw: Raw) -> Groups:
    """Average close value of won deals by sector."""
    return Groups(by(deals(raw, "Won", closed=YEAR), "sector", of=mean))


@QUESTIONS.asks("combined annual revenue of our finance accounts (company revenue, not our sales)", "金融行业客户自身年营收加起来是多少")
def finance_revenue(raw: Raw) -> Figure:
    """Revenue of the finance accounts as companies."""
    return Figure(total([row for row in raw["accounts"] if row["sector"] == "finance"], "revenue"))
