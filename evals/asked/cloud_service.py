"""Questions to the provider of cloud services about its projects and its service requests."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.cloud_rows import FIRST, QUESTIONS, SOLVED, by_month, either, gone_by, in_minutes, listed, per, reached, with_customer
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, days, iso, middle

DONE = ("已上线", "已验收")


def projects(raw: Raw) -> list[Row]:
    """Projects with the columns of their customer."""
    return with_customer(raw, "实施项目")


def live(raw: Raw) -> list[Row]:
    """Projects that went live."""
    return [row for row in projects(raw) if row["实际上线"]]


def late(row: Row) -> bool:
    """Whether a project went live after the day that was planned."""
    return gone_by(row, "计划上线", "实际上线")


def punctual(rows: list[Row]) -> Decimal:
    """Projects that went live in time, of those that went live."""
    held = [row for row in rows if row["实际上线"]]
    return Decimal(sum(not late(row) for row in held)) / len(held)


def over(row: Row) -> bool:
    """Whether a project took more days of work than its budget."""
    return (number(row["已耗人天"]) or 0) > (number(row["预算人天"]) or 0)


def calls(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Service requests of a span with the columns of their customer."""
    return [row for row in with_customer(raw, "服务请求") if first <= iso(row["提交时间"]) <= last]


@QUESTIONS.asks("还没上线的实施项目有几个？", "How many implementation projects have not gone live yet?")
def not_live(raw: Raw) -> Figure:
    """Projects that are neither live nor accepted."""
    return Figure(sum(row["当前里程碑"] not in DONE for row in projects(raw)))


@QUESTIONS.asks("实施项目现在各停在哪个里程碑，分别几个", "projects by 当前里程碑")
def milestones(raw: Raw) -> Groups:
    """Projects by milestone."""
    return Groups(per(projects(raw), "当前里程碑", len))


@QUESTIONS.asks("哪个实施经理带的项目最多", "Which implementation manager has run the most projects?")
def busiest_builder(raw: Raw) -> Ranked:
    """Projects by manager."""
    return Ranked(per(projects(raw), "实施经理", len))


@QUESTIONS.asks("实际上线晚于计划上线的项目有多少个", "How many projects went live later than planned?")
def late_ones(raw: Raw) -> Figure:
    """Live after the planned day."""
    return Figure(sum(late(row) for row in projects(raw)))


@QUESTIONS.asks("已经上线的项目里，哪个实施经理按时上线率最低？", "哪位实施经理最容易拖期，看按时上线比例")
def least_punctual(raw: Raw) -> AnyOf:
    """Share of punctual projects by manager, lowest first; or that of late ones, highest first."""
    found = per(live(raw), "实施经理", punctual)
    return AnyOf((Ranked(found, lowest=True), Ranked({name: 1 - value for name, value in found.items()})))


@QUESTIONS.asks("晚上线的项目平均晚了几天？", "For the projects that went live late, what was the average delay in days?")
def delay(raw: Raw) -> Figure:
    """Days from 计划上线 to 实际上线 of late projects."""
    return Figure(average(days(row, "计划上线", "实际上线") for row in projects(raw) if late(row)))


@QUESTIONS.asks("人天超预算的项目有几个，就是已耗人天比预算人天多的", "how many projects burned more 人天 than budgeted")
def over_budget(raw: Raw) -> Figure:
    """More days of work than the budget."""
    return Figure(sum(over(row) for row in projects(raw)))


@QUESTIONS.asks("今年启动的项目预算人天总共多少、已耗人天多少", "For projects kicked off in 2025: total budgeted vs consumed 人天?")
def effort(raw: Raw) -> Each:
    """Days of work of projects that began in 2025: budget and used."""
    rows = [row for row in projects(raw) if iso(row["启动日"])[:4] == "2025"]
    return Each((Figure(total(rows, "预算人天")), Figure(total(rows, "已耗人天"))))


@QUESTIONS.asks("延期归因里最多的是什么", "most frequent 延期归因?")
def late_why(raw: Raw) -> Ranked:
    """Projects by reason of the delay."""
    return Ranked(per(projects(raw), "延期归因", len))


@QUESTIONS.asks("项目从启动到实际上线平均用多少天", "average days from kick-off to go-live")
def length(raw: Raw) -> Figure:
    """Days from 启动日 to 实际上线."""
    return Figure(average(days(row, "启动日", "实际上线") for row in live(raw)))


@QUESTIONS.asks("计划上线已经过了、到现在还没上线的项目有哪些？", "哪些项目 go-live 已经 overdue 了，计划日过了还没上")
def overdue_projects(raw: Raw) -> Listed:
    """Not live, planned before today."""
    return listed((row for row in projects(raw) if not row["实际上线"] and iso(row["计划上线"]) < "2025-10-22"), "项目号")


@QUESTIONS.asks("下个月计划上线的项目列一下", "projects planned to go live in November")
def next_lives(raw: Raw) -> Listed:
    """Planned for November 2025, and not live."""
    return listed((row for row in projects(raw) if iso(row["计划上线"])[:7] == "2025-11" and not row["实际上线"]), "项目号")


@QUESTIONS.asks("驻场、远程、混合三种实施方式，平均每个项目已耗多少人天", "average 已耗人天 per project by 实施方式")
def effort_by_way(raw: Raw) -> Groups:
    """Mean days of work by way of working."""
    return Groups(per(projects(raw), "实施方式", lambda rows: average(column(rows, "已耗人天"))))


@QUESTIONS.asks("上线到验收平均隔多久？", "How many days pass on average between go-live and acceptance (验收)?")
def acceptance(raw: Raw) -> Figure:
    """Days from 实际上线 to 验收日."""
    return Figure(average(days(row, "实际上线", "验收日") for row in projects(raw)))


@QUESTIONS.asks("IMP-2304-001的实施经理是谁，哪天验收的", "IMP-2304-001 — who was the implementation manager and when was it accepted?")
def one_project(raw: Raw) -> Each:
    """Manager and day of acceptance of one project."""
    row = raw.by("实施项目", "项目号")["IMP-2304-001"]
    return Each((Figure(row["实施经理"]), Figure(day(row["验收日"]))))


@QUESTIONS.asks("去年启动的项目实施费合计", "sum of 实施费 for projects started in 2024")
def fees(raw: Raw) -> Figure:
    """Fees of projects that began in 2024."""
    return Figure(total((row for row in projects(raw) if iso(row["启动日"])[:4] == "2024"), "实施费(元)"))


@QUESTIONS.asks("许诺手上还有没上线的项目吗？", "Does 许诺 still have projects that are not live?")
def xu_open(raw: Raw) -> YesNo:
    """Projects of 许诺 that are not live."""
    found = sum(row["实施经理"] == "许诺" and not row["实际上线"] for row in projects(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("这个月进来多少服务请求？", "How many service requests came in this month?")
def calls_this_month(raw: Raw) -> Figure:
    """Requests of October 2025."""
    return Figure(len(calls(raw, "2025-10-01")))


@QUESTIONS.asks("现在没关闭的工单还有几条，分别什么状态", "Service requests not yet 已关闭: how many in each 请求状态?")
def backlog(raw: Raw) -> Groups:
    """Requests that are not closed, by state."""
    return Groups(per((row for row in calls(raw) if row["请求状态"] != "已关闭"), "请求状态", len))


@QUESTIONS.asks("SLA整体达标率多少？", "overall SLA attainment rate")
def sla(raw: Raw) -> Figure:
    """Requests within the SLA."""
    return Figure(reached(calls(raw)))


@QUESTIONS.asks("哪个受理工程师的SLA达标率最低", "Which engineer has the worst SLA attainment?")
def worst_engineer(raw: Raw) -> Ranked:
    """Share within the SLA by engineer, lowest first."""
    return Ranked(per(calls(raw), "受理工程师", reached), lowest=True)


@QUESTIONS.asks("P1工单平均首响多少分钟？", "average first response time for P1 tickets, in minutes")
def urgent_reply(raw: Raw) -> AnyOf:
    """Minutes to the first response of P1."""
    return in_minutes(average(column((row for row in calls(raw) if row["优先级"] == "P1"), FIRST)))


@QUESTIONS.asks("P2的首响时长中位数是多少分钟", "P2 首响时长的 median 是多少")
def middle_reply(raw: Raw) -> AnyOf:
    """Median minutes to the first response of P2."""
    return in_minutes(middle(column((row for row in calls(raw) if row["优先级"] == "P2"), FIRST)))


@QUESTIONS.asks("上季度的服务请求按类别各多少条", "last quarter's service requests by 请求类别")
def calls_by_kind(raw: Raw) -> Groups:
    """Requests of the third quarter of 2025 by category."""
    return Groups(per(calls(raw, "2025-07-01", "2025-09-30"), "请求类别", len))


@QUESTIONS.asks("各优先级的平均解决时长是几个小时", "Average resolution time in hours per priority")
def solved(raw: Raw) -> AnyOf:
    """Mean hours to the solution by priority."""
    found = per(calls(raw), "优先级", lambda rows: average(column(rows, SOLVED)))
    return AnyOf((Groups(found), Groups({name: float(value) / 24 for name, value in found.items()})))


@QUESTIONS.asks("今年提工单最多的客户是哪家？", "今年哪个客户的 ticket 最多")
def noisiest(raw: Raw) -> Ranked:
    """Requests of 2025 by customer."""
    return Ranked(per(calls(raw, "2025-01-01"), "签约主体", len))


@QUESTIONS.asks("客户评分平均几分", "What's the average customer rating on service requests?")
def score(raw: Raw) -> Figure:
    """Mean of 客户评分."""
    return Figure(average(column(calls(raw), "客户评分")))


@QUESTIONS.asks("工程师里谁的客户评分最高，按平均分排", "engineers ranked by average 客户评分, best first")
def best_score(raw: Raw) -> Ranked:
    """Mean of 客户评分 by engineer."""
    return Ranked(per((row for row in calls(raw) if row["客户评分"]), "受理工程师", lambda rows: average(column(rows, "客户评分"))))


@QUESTIONS.asks("今年打了2分及以下的工单有几张？", "How many requests this year were rated 2 or lower?")
def low_scores(raw: Raw) -> Figure:
    """Requests of 2025 with at most two points."""
    return Figure(sum(bool(row["客户评分"]) and int(row["客户评分"]) <= 2 for row in calls(raw, "2025-01-01")))


@QUESTIONS.asks("今年各月工单量趋势", "monthly ticket volume in 2025")
def calls_by_month(raw: Raw) -> Groups:
    """Requests of 2025 by month."""
    return Groups(per(by_month(calls(raw, "2025-01-01"), "提交时间"), "月", len))


@QUESTIONS.asks("通过企微进来的请求占多大比例", "share of requests that arrive via 企微")
def by_chat(raw: Raw) -> Figure:
    """Requests by 企微, of all."""
    return Figure(Decimal(sum(row["受理渠道"] == "企微" for row in calls(raw))) / len(calls(raw)))


@QUESTIONS.asks("没有分配受理工程师的请求有几条？", "How many requests have no engineer assigned?")
def nobodys(raw: Raw) -> Figure:
    """Requests without an engineer."""
    return Figure(sum(not row["受理工程师"] for row in calls(raw)))


@QUESTIONS.asks("SLA超时的P1请求都有哪些", "list the P1 requests that breached SLA (超时)")
def urgent_and_late(raw: Raw) -> Listed:
    """P1 beyond the SLA."""
    return listed((row for row in calls(raw) if row["优先级"] == "P1" and row["SLA"] == "超时"), "请求编号")


@QUESTIONS.asks("哪个产品线的故障类请求最多", "Which 产品线 generates the most 故障 requests?")
def faults(raw: Raw) -> Ranked:
    """Requests about faults by product line."""
    return Ranked(per((row for row in calls(raw) if row["请求类别"] == "故障"), "产品线", len))


@QUESTIONS.asks("首响超过4小时的请求有多少条？", "requests whose first response took longer than 240 minutes: count")
def slow(raw: Raw) -> Figure:
    """First response after more than 240 minutes."""
    return Figure(sum((number(row[FIRST]) or 0) > 240 for row in calls(raw)))


@QUESTIONS.asks("袁芳和邓凯的平均首响时长差多少，各是多少分钟", "Compare the average first response of 袁芳 and 邓凯")
def two_engineers(raw: Raw) -> AnyOf:
    """Mean minutes to the first response of two engineers."""
    found = per(calls(raw), "受理工程师", lambda rows: average(column(rows, FIRST)))
    return AnyOf(tuple(Compared({name: float(found[name]) / part for name in ("袁芳", "邓凯")}) for part in (1, 1440)))


@QUESTIONS.asks("各产品线平均首响时长排名，最慢的是谁", "which product line gets the slowest first response on average")
def slowest_product(raw: Raw) -> AnyOf:
    """Mean minutes to the first response by product line."""
    return either(per(calls(raw), "产品线", lambda rows: average(column(rows, FIRST))), 1440)


@QUESTIONS.asks("杭州捷科精密制造今年提了多少工单，其中故障几条？", "杭州捷科精密制造 this year: requests in total, and how many were 故障?")
def jieke(raw: Raw) -> Each:
    """Requests of one customer in 2025, and those about faults."""
    rows = [row for row in calls(raw, "2025-01-01") if row["签约主体"] == "杭州捷科精密制造有限公司"]
    return Each((Figure(len(rows)), Figure(sum(row["请求类别"] == "故障" for row in rows))))
