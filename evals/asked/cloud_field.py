"""Questions to the provider of cloud services about its customers, the work of its success managers, and its leads."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.cloud_rows import QUESTIONS, by_month, income, listed, per, with_customer, won
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number
from evals.asked.tallies import average, column, days, iso


def signed(raw: Raw) -> list[Row]:
    """Customers that signed at least once."""
    return [row for row in raw["客户主档"] if row["首签日期"]]


def touches(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """The diary of the success managers in a span, with the columns of the customer."""
    return [row for row in with_customer(raw, "客户成功跟进") if first <= iso(row["触达日"]) <= last]


def leads(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Leads of a span."""
    return [row for row in raw["市场线索"] if first <= iso(row["获取日期"]) <= last]


def turned(rows: list[Row]) -> Decimal:
    """Leads that became opportunities, of all."""
    return Decimal(sum(row["线索状态"] == "已转商机" for row in rows)) / len(rows)


@QUESTIONS.asks("每个战区各有多少客户？", "How many accounts do we have per 战区?")
def by_zone(raw: Raw) -> Groups:
    """Customers by zone."""
    return Groups(per(raw["客户主档"], "战区", len))


@QUESTIONS.asks("今年新签的客户有几家（看首签日期）", "number of new logos this year, by 首签日期")
def new_ones(raw: Raw) -> Figure:
    """First signed in 2025."""
    return Figure(sum(iso(row["首签日期"])[:4] == "2025" for row in raw["客户主档"]))


@QUESTIONS.asks("风险标记为红的客户有哪些", "List the customers with a 红 risk flag")
def red(raw: Raw) -> Listed:
    """Customers whose flag is red."""
    return listed((row for row in raw["客户主档"] if row["风险标记"] == "红"), "签约主体")


@QUESTIONS.asks("哪个CSM名下客户的平均健康分最低？", "Which CSM's customers have the lowest average health score?")
def least_healthy(raw: Raw) -> Ranked:
    """Mean 健康分 by success manager, lowest first."""
    return Ranked(per(raw["客户主档"], "CSM", lambda rows: average(column(rows, "健康分"))), lowest=True)


@QUESTIONS.asks("签过约但没有CSM的客户有几家？", "signed customers without a CSM, how many")
def without_keeper(raw: Raw) -> Figure:
    """Signed, without a success manager."""
    return Figure(sum(not row["CSM"] for row in signed(raw)))


@QUESTIONS.asks("青岛港通国际物流的CSM是谁，健康分多少", "Who's the CSM of 青岛港通国际物流有限公司 and what's its 健康分?")
def gangtong(raw: Raw) -> Each:
    """Success manager and health of one customer."""
    row = raw.by("客户主档", "签约主体")["青岛港通国际物流有限公司"]
    return Each((Figure(row["CSM"]), Figure(number(row["健康分"]))))


@QUESTIONS.asks("从来没签过单的KA客户有哪些？", "which KA accounts have never signed (no 首签日期)")
def virgin_keys(raw: Raw) -> Listed:
    """Key accounts without a first signature."""
    return listed((row for row in raw["客户主档"] if row["客户分层"] == "KA" and not row["首签日期"]), "签约主体")


@QUESTIONS.asks("三种部署形态各占客户总数的多少", "share of customers by 部署形态")
def deployed(raw: Raw) -> AnyOf:
    """Share of customers by kind of deployment; or their number."""
    found = per(raw["客户主档"], "部署形态", len)
    return AnyOf((Groups({name: Decimal(count) / len(raw["客户主档"]) for name, count in found.items()}), Groups(found)))


@QUESTIONS.asks("通过渠道伙伴来的客户多少家，各伙伴分别几家", "Customers per channel partner (渠道伙伴)")
def partners(raw: Raw) -> Groups:
    """Customers by partner."""
    return Groups(per(raw["客户主档"], "渠道伙伴", len))


@QUESTIONS.asks("健康分低于60的客户一共有几家？", "How many customers have a health score below 60?")
def weak(raw: Raw) -> Figure:
    """Health below 60."""
    return Figure(sum((number(row["健康分"]) or 100) < 60 for row in raw["客户主档"]))


@QUESTIONS.asks("华东的KA客户由哪几个客户经理管，各管几家", "华东战区 KA accounts, count per 客户经理")
def eastern_keys(raw: Raw) -> Groups:
    """Key accounts of the east by account manager."""
    return Groups(per((row for row in raw["客户主档"] if row["战区"] == "华东" and row["客户分层"] == "KA"), "客户经理", len))


@QUESTIONS.asks("上个季度上门拜访了多少次客户？", "on-site visits (上门拜访) last quarter")
def visits(raw: Raw) -> Figure:
    """Visits in the third quarter of 2025."""
    return Figure(sum(row["触达形式"] == "上门拜访" for row in touches(raw, "2025-07-01", "2025-09-30")))


@QUESTIONS.asks("今年每位触达人做了多少次客户触达", "How many touches did each 触达人 log this year?")
def touches_by_person(raw: Raw) -> Groups:
    """Diary of 2025 by person."""
    return Groups(per(touches(raw, "2025-01-01"), "触达人", len))


@QUESTIONS.asks("60天没人上门拜访过的、签过约的KA客户有哪些？", "签约的KA客户里，哪些已经60天没有上门拜访了")
def unvisited_keys(raw: Raw) -> Listed:
    """Signed key accounts without a visit in the last 60 days."""
    seen = {row["客户ID"] for row in touches(raw, "2025-08-23") if row["触达形式"] == "上门拜访"}
    return listed((row for row in signed(raw) if row["客户分层"] == "KA" and row["客户ID"] not in seen), "签约主体")


@QUESTIONS.asks("签过约、但最近90天没有任何跟进记录的客户有几家", "How many signed customers (with 首签日期) have had no touch at all in the last 90 days?")
def untouched(raw: Raw) -> AnyOf:
    """Signed customers without any record in the last 90 days; the first of those days is counted, or not."""
    found = []
    for first in ("2025-07-24", "2025-07-25"):
        seen = {row["客户ID"] for row in touches(raw, first)}
        found.append(Figure(sum(row["客户ID"] not in seen for row in signed(raw))))
    return AnyOf(tuple(found))


@QUESTIONS.asks("今年客户情绪是负向的跟进有几条？", "count of 负向 touches in 2025")
def unhappy(raw: Raw) -> Figure:
    """Diary of 2025 with a negative mood."""
    return Figure(sum(row["客户情绪"] == "负向" for row in touches(raw, "2025-01-01")))


@QUESTIONS.asks("NPS打分平均多少分", "average NPS打分 across all touches")
def nps(raw: Raw) -> Figure:
    """Mean of NPS打分."""
    return Figure(average(column(touches(raw), "NPS打分")))


@QUESTIONS.asks("KA、MM、SMB客户的NPS打分均值分别是多少", "mean NPS score by customer tier")
def nps_by_tier(raw: Raw) -> Groups:
    """Mean of NPS打分 by tier."""
    return Groups(per((row for row in touches(raw) if row["NPS打分"]), "客户分层", lambda rows: average(column(rows, "NPS打分"))))


@QUESTIONS.asks("上门拜访平均一次聊多少分钟？", "How many minutes does a 上门拜访 take on average?")
def visit_length(raw: Raw) -> AnyOf:
    """Mean minutes of a visit."""
    value = average(column((row for row in touches(raw) if row["触达形式"] == "上门拜访"), "沟通时长(分)"))
    return AnyOf((Figure(value), Figure(value / 1440)))


@QUESTIONS.asks("最近一次跟进青岛港通国际物流是哪天", "When was 青岛港通国际物流 last contacted by customer success?")
def last_touch(raw: Raw) -> Figure:
    """The latest record of one customer."""
    return Figure(max(found for row in touches(raw) if row["签约主体"] == "青岛港通国际物流有限公司" and (found := day(row["触达日"]))))


@QUESTIONS.asks("丁晓雯今年有没有做过季度复盘QBR？", "Did 丁晓雯 run any 季度复盘QBR in 2025?")
def ding_reviews(raw: Raw) -> YesNo:
    """Quarterly reviews by 丁晓雯 in 2025."""
    found = sum(row["触达人"] == "丁晓雯" and row["主题"] == "季度复盘QBR" for row in touches(raw, "2025-01-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("各触达形式的次数，多的排前面", "rank 触达形式 by number of touches")
def ways(raw: Raw) -> Ranked:
    """Diary by way."""
    return Ranked(per(touches(raw), "触达形式", len))


@QUESTIONS.asks("今年拿到多少条线索？", "How many leads have we generated this year?")
def leads_this_year(raw: Raw) -> Figure:
    """Leads of 2025."""
    return Figure(len(leads(raw, "2025-01-01")))


@QUESTIONS.asks("线索转商机的转化率是多少", "lead-to-opportunity conversion rate overall")
def conversion(raw: Raw) -> Figure:
    """Leads that became opportunities, of all."""
    return Figure(turned(leads(raw)))


@QUESTIONS.asks("带来线索最多的是哪场活动？", "Which 来源活动 generated the most leads?")
def best_event(raw: Raw) -> Ranked:
    """Leads by event."""
    return Ranked(per(leads(raw), "来源活动", len))


@QUESTIONS.asks("线下沙龙和线上直播的线索转化率比较一下", "线下沙龙 vs 线上直播: which converts leads into opportunities better?")
def two_forms(raw: Raw) -> Compared:
    """Conversion of two forms of events."""
    found = per(leads(raw), "活动形式", turned)
    return Compared({name: found[name] for name in ("线下沙龙", "线上直播")})


@QUESTIONS.asks("线索从获取到首次联系平均要几天", "average days between getting a lead and first contacting it")
def first_contact(raw: Raw) -> Figure:
    """Days from 获取日期 to 首次联系日."""
    return Figure(average(days(row, "获取日期", "首次联系日") for row in leads(raw)))


@QUESTIONS.asks("几个SDR里谁首次联系线索最慢？", "which SDR is slowest to first contact, on average")
def slowest_caller(raw: Raw) -> Ranked:
    """Mean days to the first contact by caller."""
    return Ranked(per((row for row in leads(raw) if row["首次联系日"]), "SDR", lambda rows: average(days(row, "获取日期", "首次联系日") for row in rows)))


@QUESTIONS.asks("还没联系过的线索有几条", "leads still 未联系 — how many?")
def uncalled(raw: Raw) -> Figure:
    """Leads in the state 未联系."""
    return Figure(sum(row["线索状态"] == "未联系" for row in leads(raw)))


@QUESTIONS.asks("拿到线索后过了5天以上才首次联系的有多少条？", "How many leads were first contacted more than 5 days after we got them?")
def called_late(raw: Raw) -> AnyOf:
    """First contact after more than five days; or after five or more."""
    waits = [days(row, "获取日期", "首次联系日") or 0 for row in leads(raw)]
    return AnyOf((Figure(sum(wait > 5 for wait in waits)), Figure(sum(wait >= 5 for wait in waits))))


@QUESTIONS.asks("A级线索占全部线索多少", "what share of leads is rated A")
def share_of_a(raw: Raw) -> Figure:
    """Leads rated A, of all."""
    return Figure(Decimal(sum(row["线索评级"] == "A" for row in leads(raw))) / len(leads(raw)))


@QUESTIONS.asks("今年每季度新增线索数", "new leads per quarter in 2025")
def leads_by_quarter(raw: Raw) -> Groups:
    """Leads of 2025 by quarter."""
    return Groups(per(by_month(leads(raw, "2025-01-01"), "获取日期"), "季", len))


@QUESTIONS.asks("联系人职务是CIO的线索里，转成商机的有几条？", "Leads whose contact is a CIO: how many became opportunities?")
def chiefs(raw: Raw) -> Figure:
    """Leads with a CIO that became opportunities."""
    return Figure(sum(row["联系人职务"] == "CIO" and row["线索状态"] == "已转商机" for row in leads(raw)))


@QUESTIONS.asks("市场线索转出来的商机，最后赢单的合同额合计多少？", "由线索转化来的商机，won 合同额一共多少")
def income_of_leads(raw: Raw) -> Figure:
    """Won value of opportunities that came from a lead."""
    known = {row["转化商机号"] for row in leads(raw) if row["转化商机号"]}
    return Figure(income(row for row in won(raw) if row["商机号"] in known))


@QUESTIONS.asks("我们最大的客户是哪个CSM在服务，风险标记什么颜色", "Who is the CSM of our biggest customer, and what is that account's 风险标记?")
def keeper_of_largest(raw: Raw) -> Each:
    """Success manager and flag of the customer with the highest won value."""
    values = per(won(raw), "签约主体", income)
    row = raw.by("客户主档", "签约主体")[str(max(values, key=lambda name: values[name]))]
    return Each((Figure(row["CSM"]), Figure(row["风险标记"])))
