"""What the data of the provider of cloud services can't answer, what has two readings, and conversations."""

from __future__ import annotations

from evals.asked.cloud_books import bills, due
from evals.asked.cloud_rows import BILLED, QUESTIONS, closed, deals, listed, per, rate, reached, still_open, won
from evals.asked.cloud_service import calls, late, projects
from evals.asked.expecting import Ambiguous, AnyOf, Compared, Figure, Groups, Listed, Ranked, Truth
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import iso

QUESTIONS.unanswerable(
    ("2021年我们赢单额是多少？", "2021"),
    ("How many deals did we win in 2019?", "2019"),
    ("2022年一共开了多少钱的发票", "2022"),
    ("数据中台的毛利率是多少？", "毛利率"),
    ("周启航去年的提成拿了多少", "提成"),
    ("刘建国今年赢了几单？", "刘建国"),
    ("What does Sarah Lin have in her open pipeline?", "Sarah Lin"),
    ("25年7月伙伴开放日·北京站这场活动花了多少钱", "花"),
    ("给渠道伙伴的返点比例平均是多少？", "返点"),
    ("弹性云主机去年宕机了多少小时", "宕机"),
    ("average CPU utilisation of 弹性云主机 customers", "CPU utilisation"),
    ("客户的注册资本哪家最高？", "注册资本"),
    ("云数据库这条产品线的赢单率怎么样", "云数据库"),
    ("西北战区今年签了多少合同额？", "西北"),
    ("How many P0 tickets do we have?", "P0"),
    ("Ultimate版的平均年费多少", "Ultimate"),
    ("实施顾问的日报提交率是多少？", "日报"),
    ("What is our customer acquisition cost this year?", "acquisition cost"),
    ("陈立今年的业绩目标完成率到多少了", "目标"),
    ("华为技术有限公司今年续费了吗？", "华为"),
    ("友商的报价平均比我们低多少？", "报价平均比我们低"),
    ("工单被重新打开过几次，平均？", "重新打开"),
    ("延期项目赔了多少违约金", "违约金"),
    ("What was the email open rate of our last campaign?", "open rate"),
    ("How many leads came from LinkedIn ads?", "LinkedIn"),
    ("今年实施项目的差旅费总共多少？", "差旅费"),
    ("青岛港通国际物流的税号是多少", "税号"),
    ("把A级线索的联系人手机号发我一份", "手机号"),
    ("销售团队今年的离职率", "离职率"),
    ("Which customers have the most API calls per month?", "API calls"),
)


def by_name(raw: Raw, part: str) -> Ambiguous:
    """The number of opportunities of each customer whose name holds ``part``."""
    held = [row["签约主体"] for row in deals(raw) if part in row["签约主体"]]
    return Ambiguous(tuple(Figure(held.count(name)) for name in sorted(set(held))))


@QUESTIONS.asks("博联一共有过多少个商机？")
def bolian(raw: Raw) -> Ambiguous:
    """Opportunities of the maker of medical devices, or of the carrier."""
    return by_name(raw, "博联")


@QUESTIONS.asks("How many opportunities have we had with 海岳医院管理?")
def haiyue(raw: Raw) -> Ambiguous:
    """Opportunities of the customer of this name in Jinan, or of that in Xiamen."""
    return by_name(raw, "海岳医院管理")


@QUESTIONS.asks("小陈今年赢了几单？")
def little_chen(raw: Raw) -> Ambiguous:
    """Deals won in 2025 by 陈立, or by 陈佳怡."""
    found = per(won(raw, "2025-01-01"), "销售", len)
    return Ambiguous((Figure(found["陈立"]), Figure(found["陈佳怡"])))


@QUESTIONS.asks("实施那边李经理带过多少个项目")
def manager_li(raw: Raw) -> Ambiguous:
    """Projects of 李强, or of 李国栋."""
    found = per(projects(raw), "实施经理", len)
    return Ambiguous((Figure(found["李强"]), Figure(found["李国栋"])))


@QUESTIONS.asks("华信有多少人，人员规模多大？")
def huaxin(raw: Raw) -> Ambiguous:
    """People of the one customer of this name, or of the other one."""
    return Ambiguous(tuple(Figure(number(row["人员规模"])) for row in raw["客户主档"] if row["签约主体"].startswith("华信")))


@QUESTIONS.asks("what's the 健康分 of 云帆电子商务?")
def cloud_sail(raw: Raw) -> Ambiguous:
    """Health of the customer of this name in Shanghai, or of that in Xiamen."""
    return Ambiguous(tuple(Figure(number(row["健康分"])) for row in raw["客户主档"] if row["签约主体"].endswith("云帆电子商务有限公司")))


def won_in(first: str, last: str) -> Truth:
    """Deals won in a span."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(won(raw, first, last)))

    return truth


def zones(raw: Raw) -> Groups:
    """Deals won in 2025 by zone."""
    return Groups(per(won(raw, "2025-01-01"), "战区", len))


def eastern_sellers(raw: Raw) -> Ranked:
    """Deals won in 2025 in the east by seller."""
    return Ranked(per((row for row in won(raw, "2025-01-01") if row["战区"] == "华东"), "销售", len))


def eastern_value(raw: Raw) -> Figure:
    """Value of what the first of them won in the east; all of it in 2025."""
    rows = [row for row in won(raw, "2025-01-01") if row["战区"] == "华东"]
    found = per(rows, "销售", len)
    first = max(found, key=lambda name: found[name])
    return Figure(total((row for row in rows if row["销售"] == first), "合同额(元)"))


QUESTIONS.thread(
    "sales",
    ("今年赢了多少单？", won_in("2025-01-01", "2025-12-31")),
    ("按战区拆开看看", zones),
    ("华东里面哪个销售赢的单最多", eastern_sellers),
    ("他这些单合同额合计多少", eastern_value),
)


def september(raw: Raw) -> list[Row]:
    """Requests of September 2025."""
    return calls(raw, "2025-09-01", "2025-09-30")


def breached(raw: Raw) -> list[Row]:
    """Those beyond the SLA."""
    return [row for row in september(raw) if row["SLA"] == "超时"]


QUESTIONS.thread(
    "requests",
    ("How many service requests came in last month?", lambda raw: Figure(len(september(raw)))),
    ("And how many of those breached the SLA?", lambda raw: Figure(len(breached(raw)))),
    ("split the breached ones by priority", lambda raw: Groups(per(breached(raw), "优先级", len))),
)


def november(raw: Raw) -> list[Row]:
    """Subscriptions that expire in November 2025."""
    return due(raw, "2025-11-01", "2025-11-30")


def november_keys(raw: Raw) -> list[Row]:
    """Those of key accounts."""
    return [row for row in november(raw) if row["客户分层"] == "KA"]


def list_november(raw: Raw) -> Listed:
    """The subscriptions of key accounts that expire in November 2025."""
    return listed(november_keys(raw), "订阅号")


QUESTIONS.thread(
    "renewals",
    ("下个月到期的订阅有多少个？", lambda raw: Figure(len(november(raw)))),
    ("其中KA客户的有几个", lambda raw: Figure(len(november_keys(raw)))),
    ("列出来给我", list_november),
    ("年费一共多少？", lambda raw: Figure(total(november_keys(raw), "年费(元)"))),
)


def of_builder(raw: Raw, name: str) -> list[Row]:
    """Projects of one manager."""
    return [row for row in projects(raw) if row["实施经理"] == name]


QUESTIONS.thread(
    "projects",
    ("李强一共带过多少个实施项目", lambda raw: Figure(len(of_builder(raw, "李强")))),
    ("任重呢？", lambda raw: Figure(len(of_builder(raw, "任重")))),
    ("他有几个是晚于计划上线的", lambda raw: Figure(sum(late(row) for row in of_builder(raw, "任重")))),
)


def billed(year: int) -> Truth:
    """Invoiced in one year."""

    def truth(raw: Raw) -> Figure:
        return Figure(total(bills(raw, f"{year}-01-01", f"{year}-12-31"), BILLED))

    return truth


def projects_billed(raw: Raw) -> AnyOf:
    """Invoiced in 2025 for projects, as an amount or as a share."""
    rows = bills(raw, "2025-01-01")
    value = total((row for row in rows if row["费用类别"] == "实施费"), BILLED)
    return AnyOf((Figure(value), Figure(value / total(rows, BILLED))))


QUESTIONS.thread(
    "invoices",
    ("2024 total invoiced amount (价税合计)?", billed(2024)),
    ("今年到现在呢", billed(2025)),
    ("其中实施费是多少", projects_billed),
)


def rate_of(product: str, first: str = "2000-01-01", last: str = "2099-12-31") -> Truth:
    """Win rate of a product line in a span."""

    def truth(raw: Raw) -> Figure:
        return Figure(rate(row for row in closed(raw, first, last) if row["产品线"] == product))

    return truth


def open_crm(raw: Raw) -> Figure:
    """Open opportunities for one product line."""
    return Figure(sum(row["产品线"] == "CRM云" for row in still_open(raw)))


QUESTIONS.thread(
    "products",
    ("What's the win rate for 数据中台?", rate_of("数据中台")),
    ("and CRM云?", rate_of("CRM云")),
    ("only deals closed in 2024", rate_of("CRM云", "2024-01-01", "2024-12-31")),
    ("how many CRM云 opportunities are still open right now?", open_crm),
)


@QUESTIONS.asks("九月和八月比，SLA达标率是涨了还是跌了？", "SLA attainment September vs August 2025")
def two_months(raw: Raw) -> Compared:
    """Share within the SLA in two months."""
    return Compared({"2025-09": reached(september(raw)), "2025-08": reached(calls(raw, "2025-08-01", "2025-08-31"))})


@QUESTIONS.asks("本季度到今天为止赢单额是多少", "本季度 to date 赢了多少钱")
def this_quarter(raw: Raw) -> Figure:
    """Won value since the first of October 2025."""
    return Figure(total(won(raw, "2025-10-01"), "合同额(元)"))


@QUESTIONS.asks("上半年签的单子里，有多少是今年才建的商机？", "deals won in H1 2025 that were also created in 2025, how many")
def young(raw: Raw) -> Figure:
    """Won in the first half of 2025, created in 2025."""
    return Figure(sum(iso(row["建立日期"])[:4] == "2025" for row in won(raw, "2025-01-01", "2025-06-30")))
