"""Questions to the distributor of laboratory instruments about its customers, their research groups, its own people and their visits."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Figure, Groups, Listed, Ranked
from evals.asked.labs_rows import QUESTIONS, STAFF, TEAMS, UNITS, months, per, signed, times, visits, wan, with_person
from evals.asked.raw import Raw, day, number, total
from evals.asked.tallies import average, column, iso


@QUESTIONS.asks("客户类型分布，各有几家？", "customer base by 客户类型, just the counts")
def by_kind(raw: Raw) -> Groups:
    """Customers by kind."""
    return Groups(per(raw[UNITS], "客户类型", len))


@QUESTIONS.asks("S级客户里60天没去拜访过的有谁", "Which S-grade customers haven't had a visit in the past 60 days?")
def unvisited(raw: Raw) -> AnyOf:
    """Customers of grade S without a visit since 2025-09-18; the day itself may count or not."""
    options = []
    for first in ("2025-09-18", "2025-09-19"):
        held = {row["客户编码"] for row in visits(raw, first)}
        options.append(Listed(frozenset(row["客户全称"] for row in raw[UNITS] if row["客户等级"] == "S" and row["客户编码"] not in held)))
    return AnyOf(tuple(options))


@QUESTIONS.asks("建了档但从没签过合同的客户有多少家？", "customers on file who never signed a contract: how many?")
def never(raw: Raw) -> Figure:
    """Customers without a contract."""
    held = {row["客户编码"] for row in signed(raw)}
    return Figure(sum(row["客户编码"] not in held for row in raw[UNITS]))


@QUESTIONS.asks("信用额度500万以上的客户名单", "List customers with a credit limit above 5 million yuan")
def much_credit(raw: Raw) -> Listed:
    """Customers with more than 5,000,000 yuan."""
    rows = [row for row in raw[UNITS] if (number(row["信用额度(万元)"]) or 0) > 500]
    return Listed(frozenset(row["客户全称"] for row in rows), count=len(rows))


@QUESTIONS.asks("沉睡客户占比")
def asleep(raw: Raw) -> Figure:
    """Customers asleep of all."""
    return Figure(Decimal(sum(row["合作状态"] == "沉睡" for row in raw[UNITS])) / len(raw[UNITS]))


@QUESTIONS.asks("客户最多的省份是哪个？", "which province has the most customers")
def province(raw: Raw) -> Ranked:
    """Customers by province."""
    return Ranked(per(raw[UNITS], "省份", len))


@QUESTIONS.asks("杭州朔宁生物医药有限公司归哪个销售管", "Who's the rep in charge of 杭州朔宁生物医药有限公司?")
def in_charge(raw: Raw) -> Figure:
    """The person of one customer."""
    return Figure(next(row["员工"] for row in with_person(raw, raw[UNITS], "负责销售工号") if row["客户全称"] == "杭州朔宁生物医药有限公司"))


@QUESTIONS.asks("没填账期的客户数", "How many customers have no payment term on record?")
def without_term(raw: Raw) -> Figure:
    """Customers without 账期."""
    return Figure(sum(not row["账期(天)"] for row in raw[UNITS]))


@QUESTIONS.asks("聂小川走了以后，还有哪些客户挂着他的名字没转出去？")
def left_behind(raw: Raw) -> Listed:
    """Customers of a person who has left."""
    rows = [row for row in with_person(raw, raw[UNITS], "负责销售工号") if row["员工"] == "聂小川"]
    return Listed(frozenset(row["客户全称"] for row in rows), count=len(rows))


@QUESTIONS.asks("课题组最集中的研究方向，前三个是啥？", "top three 研究方向 by number of research groups")
def fields(raw: Raw) -> Ranked:
    """Research groups by field."""
    return Ranked(per(raw[TEAMS], "研究方向", len), top=3)


@QUESTIONS.asks("教授/主任级别的PI，年试剂预算平均多少万", "average 年试剂预算 for groups whose PI is 教授/主任")
def professors(raw: Raw) -> AnyOf:
    """Mean budget for reagents of groups led by professors."""
    found = average(column((row for row in raw[TEAMS] if row["PI职称"] == "教授/主任"), "年试剂预算(万元)"))
    return wan(lambda by: Figure(found * by))


@QUESTIONS.asks("年试剂预算不低于100万的课题组有多少个", "research groups whose yearly reagent budget is at least 1 million yuan, how many?")
def rich(raw: Raw) -> Figure:
    """Groups with 1,000,000 yuan or more."""
    return Figure(sum((number(row["年试剂预算(万元)"]) or 0) >= 100 for row in raw[TEAMS]))


@QUESTIONS.asks("还有多少PI没加上微信？", "How many PIs have we not connected with on WeChat?")
def without_wechat(raw: Raw) -> Figure:
    """Groups without WeChat."""
    return Figure(sum(row["是否加微信"] == "否" for row in raw[TEAMS]))


@QUESTIONS.asks("上周大家一共跑了多少次客户？")
def last_week(raw: Raw) -> AnyOf:
    """Visits from Monday 10 to Sunday 16 November 2025, of any way or only those on site."""
    rows = visits(raw, "2025-11-10", "2025-11-16")
    return AnyOf((Figure(len(rows)), Figure(sum(row["方式"] == "上门" for row in rows))))


@QUESTIONS.asks("今年谁跑得最勤（拜访次数）", "Who has logged the most visits in 2025?")
def busiest(raw: Raw) -> Ranked:
    """Visits of 2025 by person."""
    return Ranked(per(visits(raw, "2025-01-01"), "员工", len))


@QUESTIONS.asks("三季度的拜访都是去干嘛的？按目的统计下次数", "Q3 visits by purpose")
def purposes(raw: Raw) -> Groups:
    """Visits from July to September 2025 by purpose."""
    return Groups(per(visits(raw, "2025-07-01", "2025-09-30"), "目的", len))


@QUESTIONS.asks("最近一次去杭州朔宁生物医药是哪天？", "date of our latest visit to 杭州朔宁生物医药有限公司")
def last_seen(raw: Raw) -> Figure:
    """The last visit to one customer."""
    return Figure(max(found for row in visits(raw) if row["客户全称"] == "杭州朔宁生物医药有限公司" and (found := day(row["拜访日"]))))


@QUESTIONS.asks("上门拜访一次平均待多久（分钟）", "How long does a 上门 visit last on average, in minutes?")
def how_long(raw: Raw) -> Figure:
    """Mean minutes of visits on site."""
    return Figure(average(column((row for row in visits(raw) if row["方式"] == "上门"), "时长(分钟)")))


@QUESTIONS.asks("今年催款拜访每月各多少次？", "monthly count of 催款 visits in 2025")
def chasing(raw: Raw) -> Groups:
    """Visits of 2025 about money, by month."""
    return Groups(per(months((row for row in visits(raw, "2025-01-01") if row["目的"] == "催款"), "拜访日"), "月", len))


@QUESTIONS.asks("樊婷婷和阿木，今年谁的拜访多？", "visits this year: 樊婷婷 against 阿木")
def two_people(raw: Raw) -> Compared:
    """Visits of 2025 of two people."""
    found = per(visits(raw, "2025-01-01"), "员工", len)
    return Compared({name: found[name] for name in ("樊婷婷", "阿木")})


@QUESTIONS.asks("四个大区2025年的任务额各是多少", "2025 sales target by region")
def targets(raw: Raw) -> AnyOf:
    """Targets of 2025 by area."""
    found = per((row for row in raw[STAFF] if row["2025年任务(万元)"]), "大区", lambda rows: total(rows, "2025年任务(万元)"))
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("公司里资历最老的员工是哪位（看入职日）", "Who joined the company first?")
def longest(raw: Raw) -> Ranked:
    """People by first day, earliest first."""
    return Ranked({row["姓名"]: found for row in raw[STAFF] if (found := day(row["入职日"]))}, lowest=True)


@QUESTIONS.asks("售后服务部现在几个人？", "headcount of 售后服务部")
def service_staff(raw: Raw) -> Figure:
    """People of one department."""
    return Figure(sum(row["部门"] == "售后服务部" and not row["离职日"] for row in raw[STAFF]))


@QUESTIONS.asks("去年新建档的客户有几家", "new customers put on file in 2024")
def filed(raw: Raw) -> Figure:
    """Customers filed in 2024."""
    return Figure(sum(iso(row["建档日期"]).startswith("2024") for row in raw[UNITS]))
