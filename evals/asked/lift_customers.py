"""Questions to the company for lifts about its client units, their people, its own people and their visits."""

from __future__ import annotations

from evals.asked.expecting import AnyOf, Compared, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.lift_rows import QUESTIONS, income, with_staff, with_unit, won
from evals.asked.raw import Raw, Row, day, number, quarter, total
from evals.asked.tallies import average, column, iso, per, times, wan

UNITS, PEOPLE, VISITS, STAFF = "客户单位信息表", "客户联系人名录", "走访记录表", "营销人员花名册"


@QUESTIONS.asks("单位类别是医疗机构的客户有多少家？", "How many hospitals (医疗机构) are among our clients?")
def hospitals(raw: Raw) -> Figure:
    """Units of the kind 医疗机构."""
    return Figure(sum(row["单位类别"] == "医疗机构" for row in raw[UNITS]))


@QUESTIONS.asks("客户按单位类别的家数分布", "Break our clients down by type of organisation (单位类别)")
def by_kind(raw: Raw) -> Groups:
    """Units by kind."""
    return Groups(per(raw[UNITS], "单位类别", len))


@QUESTIONS.asks("各分公司各有几家战略客户？", "number of strategic clients in each branch")
def strategic_by_branch(raw: Raw) -> Groups:
    """Strategic units by branch."""
    return Groups(per((row for row in raw[UNITS] if row["重要程度"] == "战略"), "管辖分公司", len))


@QUESTIONS.asks("授信额度超过400万的客户有哪些？", "Which clients have a credit line above 4 million yuan?")
def much_credit(raw: Raw) -> Listed:
    """Units with a credit line above 4,000,000."""
    rows = [row for row in raw[UNITS] if (number(row["授信额度(万元)"]) or 0) > 400]
    return Listed(frozenset(row["单位名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("重点客户的平均授信额度是多少", "平均下来一家重点客户给了多少授信额度？")
def mean_credit(raw: Raw) -> AnyOf:
    """Mean credit line of units of the weight 重点."""
    rows = [row for row in raw[UNITS] if row["重要程度"] == "重点"]
    return wan(lambda by: Figure(average(column(rows, "授信额度(万元)")) * by))


@QUESTIONS.asks("首次合作日期没有填的客户有几家？", "有多少家客户缺首次合作日期")
def without_first_day(raw: Raw) -> Figure:
    """Units without 首次合作日期."""
    return Figure(sum(not row["首次合作日期"] for row in raw[UNITS]))


@QUESTIONS.asks("黄石江城置业有限公司归谁负责？", "Who looks after 黄石江城置业有限公司?")
def who_answers(raw: Raw) -> Figure:
    """The person of one unit."""
    row = next(row for row in with_staff(raw, UNITS, "归口责任人编号") if row["单位名称"] == "黄石江城置业有限公司")
    return Figure(row["责任人"])


@QUESTIONS.asks("累计给我们贡献签约金额最多的客户是哪家", "Which client has brought us the most signed value overall?")
def best_client(raw: Raw) -> AnyOf:
    """Signed value by unit."""
    found = per(won(raw), "单位名称", income)
    return wan(lambda by: Ranked(times(found, by)))


@QUESTIONS.asks("国有企业客户占全部客户的比例是多少？", "What percentage of our clients are state-owned enterprises?")
def state_owned(raw: Raw) -> Figure:
    """Units owned by the state of all."""
    return Figure(sum(row["所有制性质"] == "国有企业" for row in raw[UNITS]) / len(raw[UNITS]))


@QUESTIONS.asks("童志刚已经离职了，还有多少家客户挂在他名下？", "童志刚 has left; how many clients still have him as 归口责任人?")
def left_behind(raw: Raw) -> Figure:
    """Units of a person who has left."""
    return Figure(sum(row["责任人"] == "童志刚" for row in with_staff(raw, UNITS, "归口责任人编号")))


@QUESTIONS.asks("武汉和宜昌两地，哪边客户多，各多少家？", "clients located in 武汉 compared with 宜昌 (所在地市), how many each")
def two_cities(raw: Raw) -> Compared:
    """Units in two cities."""
    found = per(raw[UNITS], "所在地市", len)
    return Compared({name: found[name] for name in ("武汉", "宜昌")})


@QUESTIONS.asks("联系人里属于决策人的一共多少位？", "How many decision makers do we have among our contacts?")
def deciders(raw: Raw) -> Figure:
    """Contacts with the role 决策人."""
    return Figure(sum(row["决策角色"] == "决策人" for row in raw[PEOPLE]))


@QUESTIONS.asks("武汉江城置业有限公司那边有哪些联系人？", "List our contacts at 武汉江城置业有限公司")
def contacts_there(raw: Raw) -> Listed:
    """Contacts of one unit."""
    rows = [row for row in with_unit(raw, PEOPLE) if row["单位名称"] == "武汉江城置业有限公司"]
    return Listed(frozenset(row["联系人姓名"] for row in rows), count=len(rows))


@QUESTIONS.asks("哪些战略客户还没有决策人联系人？", "strategic clients for which no 决策人 contact is on file")
def without_decider(raw: Raw) -> Listed:
    """Strategic units without a contact who decides."""
    held = {row["单位代码"] for row in raw[PEOPLE] if row["决策角色"] == "决策人"}
    rows = [row for row in raw[UNITS] if row["重要程度"] == "战略" and row["单位代码"] not in held]
    return Listed(frozenset(row["单位名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("决策人当中熟悉程度还是陌生的有几位？", "决策角色为决策人、熟悉程度陌生的联系人数")
def strangers(raw: Raw) -> Figure:
    """Deciders who are still strangers."""
    return Figure(sum(row["决策角色"] == "决策人" and row["熟悉程度"] == "陌生" for row in raw[PEOPLE]))


@QUESTIONS.asks("没留移动电话的联系人有多少", "contacts without a mobile number, how many?")
def without_phone(raw: Raw) -> Figure:
    """Contacts without 移动电话."""
    return Figure(sum(not row["移动电话"] for row in raw[PEOPLE]))


@QUESTIONS.asks("花名册上在岗的有多少人？", "how many people in the roster are currently 在岗")
def at_work(raw: Raw) -> Figure:
    """People who are at work."""
    return Figure(sum(row["在岗状态"] == "在岗" for row in raw[STAFF]))


@QUESTIONS.asks("夏雨晴是哪天入职的？", "When did 夏雨晴 join the company?")
def joined(raw: Raw) -> Figure:
    """The first day of a person."""
    return Figure(day(next(row["入职时间"] for row in raw[STAFF] if row["姓名"] == "夏雨晴")))


@QUESTIONS.asks("各分公司的年度指标加起来分别是多少？", "total annual target per branch")
def targets(raw: Raw) -> AnyOf:
    """Yearly targets by branch."""
    found = per((row for row in raw[STAFF] if row["年度指标(万元)"]), "所属分公司", lambda rows: total(rows, "年度指标(万元)"))
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("花名册里谁入职最早", "Who has been with the company the longest?")
def longest(raw: Raw) -> Ranked:
    """People by first day, earliest first."""
    return Ranked({row["责任人"]: found for row in with_staff(raw, STAFF, "职工编号") if (found := day(row["入职时间"]))}, lowest=True)


def seen(raw: Raw, first: str, last: str = "2099-12-31") -> list[Row]:
    """Visits in a span, with the unit."""
    return [row for row in with_unit(raw, VISITS) if first <= row["走访日期"] <= last]


@QUESTIONS.asks("本月到现在走访了多少次客户？", "How many client visits have been logged this month?")
def visits_this_month(raw: Raw) -> Figure:
    """Visits in September 2025."""
    return Figure(len(seen(raw, "2025-09-01")))


@QUESTIONS.asks("去年的走访按形式分，上门、电话、视频、来访各多少次", "2024 visits split by 走访形式")
def visits_by_way(raw: Raw) -> Groups:
    """Visits of 2024 by way."""
    return Groups(per(seen(raw, "2024-01-01", "2024-12-31"), "走访形式", len))


@QUESTIONS.asks("今年谁走访客户最勤快？", "Who has logged the most client visits this year?")
def busiest(raw: Raw) -> Ranked:
    """Visits of 2025 by person."""
    return Ranked(per((row for row in with_staff(raw, VISITS, "走访人编号") if row["走访日期"] >= "2025-01-01"), "责任人", len))


@QUESTIONS.asks("哪些战略客户已经60天没人走访过了？", "Which strategic clients has nobody visited in the last 60 days?")
def unvisited(raw: Raw) -> Listed:
    """Strategic units without a visit since 2025-07-21."""
    held = {row["单位代码"] for row in seen(raw, "2025-07-21")}
    rows = [row for row in raw[UNITS] if row["重要程度"] == "战略" and row["单位代码"] not in held]
    return Listed(frozenset(row["单位名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("从来没有走访记录的客户有几家？", "How many clients have never been visited at all?")
def never(raw: Raw) -> Figure:
    """Units without any visit."""
    held = {row["单位代码"] for row in raw[VISITS]}
    return Figure(sum(row["单位代码"] not in held for row in raw[UNITS]))


@QUESTIONS.asks("上门走访平均一次多少分钟？", "average 历时 of a 上门走访, in minutes")
def how_long(raw: Raw) -> Figure:
    """Mean minutes of visits on site."""
    return Figure(average(column((row for row in raw[VISITS] if row["走访形式"] == "上门走访"), "历时(分钟)")))


@QUESTIONS.asks("今年二季度客户态度消极的走访有多少次", "visits in Q2 2025 where 客户态度 was 消极: how many")
def cool(raw: Raw) -> Figure:
    """Visits from April to June 2025 with a negative attitude."""
    return Figure(sum(row["客户态度"] == "消极" for row in seen(raw, "2025-04-01", "2025-06-30")))


@QUESTIONS.asks("今年每个季度因投诉处理去走访的次数", "投诉处理 visits per quarter in 2025")
def complaints(raw: Raw) -> Groups:
    """Visits of 2025 about complaints, by quarter."""
    rows = [{**row, "季": quarter(row["走访日期"])} for row in seen(raw, "2025-01-01") if row["走访事由"] == "投诉处理"]
    return Groups(per(rows, "季", len))


@QUESTIONS.asks("最近一次走访武汉汉阳滨江百货是哪一天？", "When was the most recent visit to 武汉汉阳滨江百货有限公司?")
def last_seen(raw: Raw) -> Figure:
    """The last visit to one unit."""
    return Figure(max(found for row in with_unit(raw, VISITS) if row["单位名称"] == "武汉汉阳滨江百货有限公司" and (found := day(row["走访日期"]))))


@QUESTIONS.asks("这周有人走访过咸宁华宇商业管理有限公司吗？", "has anyone visited 咸宁华宇商业管理有限公司 this week?")
def seen_this_week(raw: Raw) -> YesNo:
    """Visits to one unit since Monday, 15 September 2025."""
    found = sum(row["单位名称"] == "咸宁华宇商业管理有限公司" for row in seen(raw, "2025-09-15"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("首次合作在2020年以前的客户有多少家？", "clients we first worked with before 2020 — how many")
def old_friends(raw: Raw) -> Figure:
    """Units with a first day before 2020."""
    return Figure(sum("" < iso(row["首次合作日期"]) < "2020-01-01" for row in raw[UNITS]))
