"""Questions about the demo company that the authors of the parser may look at: opportunities, accounts, leads, contacts and products."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import median

from evals.asked.expecting import Compared, Figure, Groups, Listed, QuestionSet, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, month, number, numbers, quarter

QUESTIONS = QuestionSet("demo_own", today=date(2026, 11, 20), written_by="own")
Q3, Q4 = ("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31")
OCTOBER, NOVEMBER, YEAR = ("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-30"), ("2026-01-01", "2026-12-31")
Wanted = str | tuple[str, str] | Callable[[str], bool]


def rows(raw: Raw, table: str, **where: Wanted) -> list[Row]:
    """Rows of a file beside their account, owner, team and product; a column called "Close date" is ``close_date``, a pair of days is a range."""
    found = []
    accounts, members, products, teams = (
        raw.by(name, key) for name, key in (("accounts", "Account ID"), ("members", "Member ID"), ("products", "Product ID"), ("teams", "Team ID"))
    )
    for row in raw[table]:
        member = members.get(row.get("Owner ID", ""), {})
        beside = {"rep": member.get("Name", ""), "team_name": teams.get(member.get("Team ID", row.get("Team ID", "")), {}).get("Team name", "")}
        account, product = accounts.get(row.get("Account ID", ""), {}), products.get(row.get("Product ID", ""), {})
        full = {key.lower().replace(" ", "_"): text for of in (account, product, row) for key, text in of.items()} | beside
        if all(_meets(full[key], want) for key, want in where.items()):
            found.append(full)
    return found


def _meets(text: str, want: Wanted) -> bool:
    if isinstance(want, str):
        return text == want
    if isinstance(want, tuple):
        return want[0] <= text[:10] <= want[1]
    return want(text)


def more(limit: int) -> Callable[[str], bool]:
    """Whether a number is above a limit."""
    return lambda text: (number(text) or Decimal(0)) > limit


def by(held: list[Row], *columns: str, of: Callable[[list[Row]], Decimal | int] = len) -> dict[str | tuple[str, ...], Decimal | int]:
    """A value for each group; rows without a group are left out."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in held:
        key = tuple(row[column] for column in columns)
        if all(key):
            found.setdefault(key, []).append(row)
    return {key[0] if len(key) == 1 else key: of(each) for key, each in found.items()}


def in_periods(held: list[Row], column: str) -> list[Row]:
    """Rows with the month and the quarter of a day."""
    return [{**row, "month": month(row[column]), "quarter": quarter(row[column])} for row in held]


def summed(column: str = "amount") -> Callable[[list[Row]], Decimal]:
    """The sum of a column, over rows of one currency."""

    def of(held: list[Row]) -> Decimal:
        if len({row["currency"] for row in held}) > 1:
            raise ValueError("several currencies")
        return sum(numbers(held, column), Decimal(0))

    return of


def money(held: list[Row], column: str = "amount") -> Figure:
    """The sum of a column with its currency."""
    return Figure(summed(column)(held), unit=held[0]["currency"])


def rate(held: list[Row]) -> Decimal:
    """Won of won and lost."""
    won, lost = (sum(row["status"] == status for row in held) for status in ("Won", "Lost"))
    return Decimal(won) / (won + lost)


def share(part: int, whole: int) -> Figure:
    """A part as a fraction."""
    return Figure(Decimal(part) / whole)


def average(held: list[Row], column: str) -> Decimal:
    """The mean of the numbers of a column."""
    found = numbers(held, column)
    return sum(found, Decimal(0)) / len(found)


def days(row: Row, first: str, last: str) -> int | None:
    """Whole days from one day to another."""
    start, end = day(row[first]), day(row[last])
    return (end - start).days if start and end else None


def decided(text: str) -> bool:
    """Whether a status is won or lost."""
    return text in {"Won", "Lost"}


# -- opportunities --------------------------------------------------------------------------------------------------


@QUESTIONS.asks("How many deals did we win last month?", "帮我看看上个月咱们一共赢了多少单呗")
def won_october(raw: Raw) -> Figure:
    """Opportunities won that closed in October 2026."""
    return Figure(len(rows(raw, "opportunities", status="Won", close_date=OCTOBER)))


@QUESTIONS.asks("Europe: total won value in Q3 2026", "欧洲区（Europe）今年三季度赢单总额是多少")
def europe_q3(raw: Raw) -> Figure:
    """Won amount of Europe that closed July to September 2026."""
    return money(rows(raw, "opportunities", status="Won", region="Europe", close_date=Q3))


@QUESTIONS.asks("what's the win rate in 华东 this year?", "华东今年的赢单率")
def east_rate(raw: Raw) -> Figure:
    """Won of decided opportunities of 华东 that closed in 2026."""
    return Figure(rate(rows(raw, "opportunities", region="华东", status=decided, close_date=YEAR)))


@QUESTIONS.asks("how many opps are in negotiaton at the moment", "现在处于谈判阶段的商机有几个？")
def negotiating(raw: Raw) -> Figure:
    """Open opportunities in Negotiation."""
    return Figure(len(rows(raw, "opportunities", stage="Negotiation")))


@QUESTIONS.asks("Open pipeline of Carla Quigley, how much is it worth?", "Carla Quigley 手上在跟的商机总金额")
def carla_pipeline(raw: Raw) -> Figure:
    """Open amount of Carla Quigley."""
    return money(rows(raw, "opportunities", status="Open", rep="Carla Quigley"))


@QUESTIONS.asks("most common reason we lose deals", "我们丢单最主要的原因是什么？")
def lost_reason(raw: Raw) -> Ranked:
    """Lost reasons by lost opportunities."""
    return Ranked(by(rows(raw, "opportunities", status="Lost"), "lost_reason"))


@QUESTIONS.asks("Which competitor shows up most in the deals we lost this year?", "今年输掉的商机里，碰到最多的竞争对手是哪家")
def rival(raw: Raw) -> Ranked:
    """Competitors by lost opportunities that closed in 2026."""
    return Ranked(by(rows(raw, "opportunities", status="Lost", close_date=YEAR), "competitor"))


@QUESTIONS.asks("win rate by lead source", "不同线索来源的商机赢单率各是多少")
def source_rate(raw: Raw) -> Groups:
    """Win rate of opportunities by lead source."""
    return Groups(by(rows(raw, "opportunities", status=decided), "lead_source", of=rate))


@QUESTIONS.asks("Top 3 sales reps by number of deals won in 2026", "2026年赢单数前三的销售")
def top_reps(raw: Raw) -> Ranked:
    """Owners by opportunities won that closed in 2026."""
    return Ranked(by(rows(raw, "opportunities", status="Won", close_date=YEAR), "rep"), top=3)


@QUESTIONS.asks("how many deals do we have open per region?", "各区域在手商机数")
def open_by_region(raw: Raw) -> Groups:
    """Open opportunities by region."""
    return Groups(by(rows(raw, "opportunities", status="Open"), "region"))


@QUESTIONS.asks("Monthly count of won deals this year", "今年每个月赢了几单")
def won_months(raw: Raw) -> Groups:
    """Won opportunities by close month of 2026."""
    return Groups(by(in_periods(rows(raw, "opportunities", status="Won", close_date=YEAR), "close_date"), "month"))


@QUESTIONS.asks("open opportunities in Europe above 400k, list them", "列出欧洲区金额超过40万的在跟商机")
def big_europe(raw: Raw) -> Listed:
    """Open opportunities of Europe with an amount above 400000."""
    return Listed(frozenset(row["opportunity_name"] for row in rows(raw, "opportunities", status="Open", region="Europe", amount=more(400000))))


@QUESTIONS.asks("new business or expansion, which of the two has the better win rate", "新签和增购，哪个赢单率高？")
def type_rate(raw: Raw) -> Compared:
    """Win rates of the two types of opportunity."""
    return Compared({kind: rate(rows(raw, "opportunities", status=decided, opportunity_type=kind)) for kind in ("New business", "Expansion")})


@QUESTIONS.asks("How many open opportunities have no next step?", "在跟商机中没填下一步计划的有多少？")
def no_next_step(raw: Raw) -> Figure:
    """Open opportunities without a next step."""
    return Figure(len(rows(raw, "opportunities", status="Open", next_step="")))


@QUESTIONS.asks("average number of days from creation to close for won opportunities", "赢单从创建到关闭平均花多少天")
def won_days(raw: Raw) -> Figure:
    """Average days from created to close date of won opportunities."""
    spans = [span for row in rows(raw, "opportunities", status="Won") if (span := days(row, "created_date", "close_date")) is not None]
    return Figure(Decimal(sum(spans)) / len(spans))


# -- accounts, contacts and products --------------------------------------------------------------------------------


@QUESTIONS.asks("how many strategic accounts do we have", "我们有多少家战略客户？")
def strategic(raw: Raw) -> Figure:
    """Accounts of the strategic tier."""
    return Figure(len(rows(raw, "accounts", tier="strategic")))


@QUESTIONS.asks("number of women-founded accounts in the healthcare sector", "医疗行业里女性创办的客户有多少")
def women_medical(raw: Raw) -> Figure:
    """Accounts of the sector 医疗 that women founded."""
    return Figure(len(rows(raw, "accounts", sector="医疗", women_founded="Yes")))


@QUESTIONS.asks("accounts per sector", "按行业统计客户数")
def accounts_sector(raw: Raw) -> Groups:
    """Accounts by sector."""
    return Groups(by(rows(raw, "accounts"), "sector"))


@QUESTIONS.asks("List our strategic accounts located in Ningbo (宁波)", "宁波的战略客户都有哪些")
def ningbo_strategic(raw: Raw) -> Listed:
    """Strategic accounts whose city is 宁波."""
    return Listed(frozenset(row["account_name"] for row in rows(raw, "accounts", tier="strategic", city="宁波")))


@QUESTIONS.asks("Who owns the account Pellgate Networks Group?", "Pellgate Networks Group 是谁在负责")
def pellgate_owner(raw: Raw) -> Figure:
    """The owner of one account."""
    return Figure(rows(raw, "accounts", account_name="Pellgate Networks Group")[0]["rep"])


@QUESTIONS.asks("How many contacts hold the title CTO?", "联系人里职务是CTO的有多少个")
def ctos(raw: Raw) -> Figure:
    """Contacts with the title CTO."""
    return Figure(len(rows(raw, "contacts", title="CTO")))


@QUESTIONS.asks("How many contacts does 宁波卓源信息 have?", "宁波卓源信息有几个联系人？")
def zhuoyuan_contacts(raw: Raw) -> Figure:
    """Contacts of one account, named in part."""
    return Figure(len(rows(raw, "contacts", account_name="宁波卓源信息股份有限公司")))


@QUESTIONS.asks("list price of RiskLens?", "RiskLens 风控引擎的标价是多少")
def risklens_price(raw: Raw) -> Figure:
    """List price of one product."""
    return money(rows(raw, "products", product_code="RL-400"), "list_price")


@QUESTIONS.asks("what is our most expensive product", "标价最高的产品是哪个？")
def dearest(raw: Raw) -> Ranked:
    """Products by list price."""
    return Ranked(by(rows(raw, "products"), "product_name", of=summed("list_price")))


@QUESTIONS.asks("how many products are there in each family?", "每个产品族有几个产品")
def families(raw: Raw) -> Groups:
    """Products by family."""
    return Groups(by(rows(raw, "products"), "product_family"))


# -- leads ----------------------------------------------------------------------------------------------------------


@QUESTIONS.asks("how many leads came in this month?", "本月新进了多少条线索")
def leads_month(raw: Raw) -> Figure:
    """Leads created in November 2026."""
    return Figure(len(rows(raw, "leads", created_date=NOVEMBER)))


@QUESTIONS.asks("What percentage of leads has been converted?", "线索的转化比例是多少？")
def lead_conversion(raw: Raw) -> Figure:
    """Leads that are converted over all leads."""
    held = rows(raw, "leads")
    return share(sum(row["lead_status"] == "Converted" for row in held), len(held))


@QUESTIONS.asks("hot leads nobody has answered yet - any?", "有没有还没首次响应的热线索（Hot）？")
def hot_unanswered(raw: Raw) -> YesNo:
    """Whether there are hot leads without a first response."""
    found = len(rows(raw, "leads", rating="Hot", first_response=""))
    return YesNo(found > 0, found)


@QUESTIONS.asks("leads by source", "线索来源分布")
def lead_sources(raw: Raw) -> Groups:
    """Leads by source."""
    return Groups(by(rows(raw, "leads"), "lead_source"))


@QUESTIONS.asks("which sector brings the fewest leads", "哪个行业过来的线索最少啊")
def fewest_leads(raw: Raw) -> Ranked:
    """Sectors by leads, fewest first."""
    return Ranked(by(rows(raw, "leads"), "sector"), lowest=True)


@QUESTIONS.asks("Median amount of won deals in North America?", "北美区赢单金额中位数")
def america_median(raw: Raw) -> Figure:
    """Median amount of won opportunities of North America."""
    return Figure(median(numbers(rows(raw, "opportunities", status="Won", region="North America"), "amount")), unit="USD")
