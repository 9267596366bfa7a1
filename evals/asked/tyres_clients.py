"""Questions to the wholesaler of truck tyres about its customers, their people, its own people and their visits."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day, number, quarter, total
from evals.asked.tallies import average, iso, per, summed, times, wan
from evals.asked.tyres_rows import QUESTIONS, called, find, joined, overdue, visits, worth

CLIENTS, PEOPLE, STAFF, CREDIT = "客户档案", "客户联系人", "业务人员", "信用额度(万元)"


@QUESTIONS.asks("咱们客户里经销商、修理厂、车队分别有多少家（按客户类型）", "customer count by 客户类型")
def by_kind(raw: Raw) -> Groups:
    """Customers by type."""
    return Groups(per(raw[CLIENTS], "客户类型", len))


@QUESTIONS.asks("休眠客户占客户总数的百分之多少", "What share of our customers has gone dormant (休眠)?")
def dormant(raw: Raw) -> Figure:
    """Dormant customers of all."""
    return Figure(Decimal(sum(row["合作状态"] == "休眠" for row in raw[CLIENTS])) / len(raw[CLIENTS]))


@QUESTIONS.asks("没给信用额度的客户有几家？就是那栏空着的", "customers whose credit limit is blank: how many?")
def without_credit(raw: Raw) -> Figure:
    """Customers without a credit limit."""
    return Figure(sum(not row[CREDIT] for row in raw[CLIENTS]))


@QUESTIONS.asks("B类客户平均信用额度多少", "Average credit limit for B-grade customers?")
def mean_credit(raw: Raw) -> AnyOf:
    """Mean credit limit of grade B."""
    value = average(number(row[CREDIT]) for row in raw[CLIENTS] if row["客户等级"] == "B")
    return wan(lambda by: Figure(value * by))


@QUESTIONS.asks("信用额度在130万以上（含）的客户名单", "Customers with a credit limit of at least 1.3 million yuan")
def much_credit(raw: Raw) -> Listed:
    """Customers with a limit from 1,300,000."""
    rows = [row for row in raw[CLIENTS] if worth(row, CREDIT) >= 130]
    return Listed(frozenset(row["客户名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("车最多的车队客户是哪家？", "which fleet customer runs the most vehicles?")
def largest_fleet(raw: Raw) -> Ranked:
    """Customers by vehicles."""
    return Ranked({row["客户名称"]: worth(row, "自有车辆数") for row in raw[CLIENTS] if row["自有车辆数"]})


@QUESTIONS.asks("各大区的客户加起来有多少台车？", "total vehicles (自有车辆数) of our customers per 大区")
def vehicles(raw: Raw) -> Groups:
    """Vehicles by region."""
    return Groups(per(raw[CLIENTS], "大区", summed("自有车辆数")))


@QUESTIONS.asks("60天没有任何拜访记录的A类客户，名单拉一下", "Which A-grade customers have gone 60 days without any visit on record?")
def unvisited(raw: Raw) -> Listed:
    """Customers of grade A without a call since 2026-01-15."""
    seen = {row["客户编码"] for row in visits(raw, "2026-01-15")}
    rows = [row for row in raw[CLIENTS] if row["客户等级"] == "A" and row["客户编码"] not in seen]
    return Listed(frozenset(row["客户名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("一次都没拜访过的客户有几家", "How many customers have we never visited, not even once?")
def never_visited(raw: Raw) -> Figure:
    """Customers without a call."""
    seen = {row["客户编码"] for row in visits(raw)}
    return Figure(sum(row["客户编码"] not in seen for row in raw[CLIENTS]))


@QUESTIONS.asks("2023年谁跑客户跑得最勤？只算上门的", "most on-site visits (方式=上门) in 2023, by whom?")
def busiest(raw: Raw) -> Ranked:
    """Calls on site in 2023 by person."""
    return Ranked(per((row for row in visits(raw, "2023-01-01", "2023-12-31") if row["方式"] == "上门"), "谁", len))


@QUESTIONS.asks("去年催款对账的拜访每个季度有多少次？", "催款对账 visits by quarter, 2025")
def dunning(raw: Raw) -> Groups:
    """Calls of 2025 about debts, by quarter."""
    rows = [{**row, "季": quarter(row["拜访日期"])} for row in visits(raw, "2025-01-01", "2025-12-31") if row["目的"] == "催款对账"]
    return Groups(per(rows, "季", len))


@QUESTIONS.asks("上门拜访平均要花多少分钟，打电话呢？", "average length in minutes of 上门 visits, and of 电话 ones")
def minutes(raw: Raw) -> Each:
    """Mean minutes of calls on site and by telephone."""
    found = per(visits(raw), "方式", lambda rows: average(number(row["时长(分钟)"]) for row in rows))
    return Each((Figure(found["上门"]), Figure(found["电话"])))


@QUESTIONS.asks("哪些客户的维护人其实已经离职了？", "Customers whose account owner (维护人) has already left, please list")
def left_behind(raw: Raw) -> Listed:
    """Customers of people who have left."""
    people = raw.by(STAFF, "工号")
    rows = [row for row in raw[CLIENTS] if people[row["维护人工号"]]["离职日期"]]
    return Listed(frozenset(row["客户名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("身份是老板、还没加上微信的联系人有多少个？", "bosses (老板) among our contacts that nobody has added on WeChat yet, count")
def bosses(raw: Raw) -> Figure:
    """Owners without WeChat."""
    return Figure(sum(row["身份"] == "老板" and row["已加微信"] == "否" for row in raw[PEOPLE]))


@QUESTIONS.asks("沧州腾跃物流归谁维护，账期几天？", "沧州腾跃物流有限公司: who looks after it and what payment term does it have?")
def one_client(raw: Raw) -> Each:
    """The person and the term of one customer."""
    row = find(joined(raw, CLIENTS, "维护人工号"), "客户名称", "沧州腾跃物流有限公司")
    return Each((Figure(row["谁"]), Figure(number(row["账期(天)"]))))


@QUESTIONS.asks("去年各大区分别新开了几家户？", "new accounts opened in 2025, per 大区")
def new_accounts(raw: Raw) -> Groups:
    """Customers opened in 2025 by region."""
    return Groups(per((row for row in raw[CLIENTS] if row["开户日期"][:4] == "2025"), "大区", len))


@QUESTIONS.asks("业务员里资格最老的是谁，按入职日期", "Among the 业务员, who joined the company first?")
def longest(raw: Raw) -> Ranked:
    """Sellers by first day, earliest first."""
    return Ranked({called(row): found for row in raw[STAFF] if row["岗位"] == "业务员" and (found := day(row["入职日期"]))}, lowest=True)


@QUESTIONS.asks("鲍小雨啥时候入职的？", "鲍小雨的入职日期")
def one_person(raw: Raw) -> Figure:
    """The first day of one person."""
    return Figure(day(find(raw[STAFF], "姓名", "鲍小雨")["入职日期"]))


@QUESTIONS.asks("停供的客户里有没有欠着逾期款没付的？", "Are there any 停供 customers with overdue unpaid receivables?")
def stopped_and_owing(raw: Raw) -> YesNo:
    """Customers that are no longer supplied, and owe."""
    found = len({row["客户编码"] for row in overdue(raw) if row["合作状态"] == "停供"})
    return YesNo(found > 0, found)


@QUESTIONS.asks("各门店的客户信用额度总和排一排，最高的是哪家店？", "Which 所属门店 has granted the most credit in total?")
def credit_by_store(raw: Raw) -> AnyOf:
    """Credit limits by store."""
    found = per(raw[CLIENTS], "所属门店", summed(CREDIT))
    return wan(lambda by: Ranked(times(found, by)))


@QUESTIONS.asks("现款客户（账期为0）有多少家？", "how many customers pay cash, i.e. 账期 0")
def cash_clients(raw: Raw) -> Figure:
    """Customers without a term."""
    return Figure(sum(row["账期(天)"] == "0" for row in raw[CLIENTS]))


@QUESTIONS.asks("推新品的拜访，当场下单的比例有多高", "What fraction of 推新品 visits ended in 当场下单?")
def on_the_spot(raw: Raw) -> AnyOf:
    """Calls for new products that led to an order: of all, or of those with an outcome."""
    rows = [row for row in visits(raw) if row["目的"] == "推新品"]
    ordered = Decimal(sum(row["结果"] == "当场下单" for row in rows))
    return AnyOf((Figure(ordered / len(rows)), Figure(ordered / sum(bool(row["结果"]) for row in rows))))


@QUESTIONS.asks("最近一次拜访衡水鑫路汽修服务中心是哪天", "date of our last visit to 衡水鑫路汽修服务中心?")
def last_visit(raw: Raw) -> Figure:
    """The last call on one customer."""
    return Figure(max(found for row in visits(raw) if row["客户名称"] == "衡水鑫路汽修服务中心" and (found := day(row["拜访日期"]))))


@QUESTIONS.asks("3月份到昨天为止拜访了几次客户", "visits so far in March")
def visits_this_month(raw: Raw) -> Figure:
    """Calls since 2026-03-01."""
    return Figure(sum(iso(row["拜访日期"]) <= "2026-03-15" for row in visits(raw, "2026-03-01")))


@QUESTIONS.asks("靠老客转介绍来的客户中，A类的占几成？", "of the customers that came via 老客转介绍, what percent are grade A")
def referred(raw: Raw) -> Figure:
    """Grade A of those who were referred."""
    rows = [row for row in raw[CLIENTS] if row["获客渠道"] == "老客转介绍"]
    return Figure(Decimal(sum(row["客户等级"] == "A" for row in rows)) / len(rows))


@QUESTIONS.asks("河北大区A类客户的信用额度一共多少", "total credit limit of A-grade customers in 河北大区")
def credit_hebei(raw: Raw) -> AnyOf:
    """Credit limits of grade A in one region."""
    value = total((row for row in raw[CLIENTS] if row["大区"] == "河北大区" and row["客户等级"] == "A"), CREDIT)
    return wan(lambda by: Figure(value * by))
