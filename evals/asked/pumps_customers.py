"""Questions to the maker of pumps about its customers, people, products and follow-ups."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.pumps_rows import QUESTIONS, called, deals, in_ten_thousands, income, per, rate, with_customer, won
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, column, iso, middle


@QUESTIONS.asks("我们台账里一共多少家客户？", "how many accounts are in the register")
def customers(raw: Raw) -> Figure:
    """All customers."""
    return Figure(len(raw["客户台账"]))


@QUESTIONS.asks("四川的客户有几家")
def sichuan(raw: Raw) -> Figure:
    """Customers of this province."""
    return Figure(sum(row["省份"] == "四川" for row in raw["客户台账"]))


@QUESTIONS.asks("customers by industry", "客户都分布在哪些行业，各多少家")
def trades(raw: Raw) -> Groups:
    """Customers by 所属行业."""
    return Groups(per(raw["客户台账"], "所属行业", len))


@QUESTIONS.asks("年框客户有多少家，占全部客户的百分之多少？")
def framework(raw: Raw) -> Each:
    """Customers with 年框客户 = 是, and their share."""
    found = sum(row["年框客户"] == "是" for row in raw["客户台账"])
    return Each((Figure(found), Figure(Decimal(found) / len(raw["客户台账"]))))


@QUESTIONS.asks("Do 年框客户 really have a better win rate than the others? Show me both.")
def framework_rate(raw: Raw) -> Groups:
    """Win rate by 年框客户."""
    return Groups(per(deals(raw), "年框客户", rate))


@QUESTIONS.asks("哪些客户还没有分配归属销售？", "Which accounts have no owner (归属销售)?")
def unowned(raw: Raw) -> Listed:
    """归属销售 is empty."""
    return Listed(frozenset(row["客户全称"] for row in raw["客户台账"] if not row["归属销售"]))


@QUESTIONS.asks("哪家客户的在役泵台数最多", "account with the biggest installed base of pumps (在役泵台数)")
def most_pumps(raw: Raw) -> Ranked:
    """Customers by 在役泵台数."""
    return Ranked({row["客户全称"]: value for row in raw["客户台账"] if (value := number(row["在役泵台数"])) is not None})


@QUESTIONS.asks("制药行业客户平均有多少台在役泵？")
def pumps_of_pharma(raw: Raw) -> Figure:
    """Mean of 在役泵台数, of those that have it."""
    return Figure(average(column((row for row in raw["客户台账"] if row["所属行业"] == "制药"), "在役泵台数")))


@QUESTIONS.asks("信用额度不低于350万的客户有哪些？")
def credit(raw: Raw) -> Listed:
    """信用额度(万元) of at least 350."""
    return Listed(frozenset(row["客户全称"] for row in raw["客户台账"] if (number(row["信用额度(万元)"]) or 0) >= 350))


@QUESTIONS.asks("唐山燕山钢铁的信用额度是多少？")
def credit_of_one(raw: Raw) -> AnyOf:
    """信用额度 of one customer."""
    return in_ten_thousands(raw.by("客户台账", "客户全称")["唐山燕山钢铁集团"]["信用额度(万元)"])


@QUESTIONS.asks("How did 重庆巴渝制药 find us — what's recorded as the source?")
def source_of_one(raw: Raw) -> Figure:
    """客户来源 of one customer."""
    return Figure(raw.by("客户台账", "客户全称")["重庆巴渝制药股份有限公司"]["客户来源"])


@QUESTIONS.asks("去年新建档的客户有多少家？", "how many new accounts were registered last year?")
def registered(raw: Raw) -> Figure:
    """建档日期 in 2024."""
    return Figure(sum(row["建档日期"][:4] == "2024" for row in raw["客户台账"]))


@QUESTIONS.asks("今年以来一次都没跟进过的A级客户有哪几家？")
def neglected(raw: Raw) -> Listed:
    """Customers of level A without a follow-up in 2025."""
    seen = {row["客户编码"] for row in raw["跟进日志"] if iso(row["跟进日期"]) >= "2025-01-01"}
    return Listed(frozenset(row["客户全称"] for row in raw["客户台账"] if row["客户等级"] == "A" and row["客户编码"] not in seen))


@QUESTIONS.asks("从没立过项目的客户有多少家", "How many accounts never had any opportunity?")
def without_deals(raw: Raw) -> Figure:
    """Customers without a row in 项目机会."""
    having = {row["客户名称"] for row in raw["项目机会"]}
    return Figure(sum(row["客户全称"] not in having for row in raw["客户台账"]))


@QUESTIONS.asks("主要介质为含固浆料的客户有几家？他们给我们带来多少中标额？")
def slurry(raw: Raw) -> Each:
    """Customers with this medium, and what was won from them."""
    return Each(
        (
            Figure(sum(row["主要介质"] == "含固浆料" for row in raw["客户台账"])),
            Figure(income(row for row in won(raw) if row["主要介质"] == "含固浆料")),
        )
    )


@QUESTIONS.asks("哪种客户来源带来的中标额最高？")
def best_source(raw: Raw) -> Ranked:
    """Won value by 客户来源."""
    return Ranked(per(won(raw), "客户来源", income))


@QUESTIONS.asks("顾晓峰名下挂着几家客户")
def accounts_of_gu(raw: Raw) -> Figure:
    """Customers whose 归属销售 is 顾晓峰."""
    return Figure(sum(row["归属销售"] == "顾晓峰" for row in raw["客户台账"]))


@QUESTIONS.asks("who's our biggest customer?", "头号大客户是谁？")
def biggest_customer(raw: Raw) -> Ranked:
    """Customers by won value."""
    return Ranked(per(won(raw), "客户名称", income))


@QUESTIONS.asks("We have how many 维修工程师?")
def engineers(raw: Raw) -> Figure:
    """People of this post."""
    return Figure(sum(row["岗位"] == "维修工程师" for row in raw["人员名册"]))


@QUESTIONS.asks("沈婉清带了几个人，都有谁？", "list everyone who reports to 沈婉清")
def team_of_shen(raw: Raw) -> Listed:
    """People whose 直属上级 is 沈婉清."""
    return Listed(frozenset(row["姓名"] for row in raw["人员名册"] if row["直属上级"] == "沈婉清"))


@QUESTIONS.asks("销售工程师里谁入职最晚？")
def newest_rep(raw: Raw) -> Ranked:
    """Sales engineers by 入职日期, the latest first."""
    return Ranked({called(row): found for row in raw["人员名册"] if row["岗位"] == "销售工程师" and (found := day(row["入职日期"]))})


@QUESTIONS.asks("赵铁柱的年度任务定了多少？")
def goal_of_zhao(raw: Raw) -> AnyOf:
    """年度任务 of one person."""
    return in_ten_thousands(raw.by("人员名册", "姓名")["赵铁柱"]["年度任务(万元)"])


@QUESTIONS.asks("what's the most expensive product on the price list?", "目录价最贵的是哪个产品")
def dearest(raw: Raw) -> Ranked:
    """Products by 目录价."""
    return Ranked({row["产品名称"]: number(row["目录价(元)"]) or 0 for row in raw["产品价目"]})


@QUESTIONS.asks("316L不锈钢材质的产品有几款？")
def steel(raw: Raw) -> Figure:
    """Products of this material."""
    return Figure(sum(row["主体材质"] == "316L不锈钢" for row in raw["产品价目"]))


@QUESTIONS.asks("锅炉给水泵DG85标准交期几天？", "standard lead time of the DG85?")
def lead_time(raw: Raw) -> Figure:
    """标准交期 of one product."""
    return Figure(number(raw.by("产品价目", "物料号")["WL-1006"]["标准交期(天)"]))


@QUESTIONS.asks("今年还没中过标的产品有哪些")
def unsold(raw: Raw) -> Listed:
    """Products without a deal won in 2025."""
    sold = {row["物料号"] for row in won(raw, "2025-01-01")}
    return Listed(frozenset(row["产品名称"] for row in raw["产品价目"] if row["物料号"] not in sold))


@QUESTIONS.asks("中标额第二高的产品？")
def second_product(raw: Raw) -> Ranked:
    """Products by won value, the second."""
    return Ranked(per(won(raw), "产品名称", income), place=2)


@QUESTIONS.asks("上周一共写了多少条跟进？", "How many follow-ups were logged last week?")
def last_week(raw: Raw) -> Figure:
    """From Monday 9 June to Sunday 15 June 2025."""
    return Figure(sum("2025-06-09" <= iso(row["跟进日期"]) <= "2025-06-15" for row in raw["跟进日志"]))


def visits(raw: Raw) -> list[Row]:
    """Follow-ups on site, with the name of who went."""
    people = raw.by("人员名册", "工号")
    return [{**row, "跟进人": called(people[row["跟进人工号"]])} for row in raw["跟进日志"] if row["跟进方式"] == "现场拜访"]


@QUESTIONS.asks("how many site visits (现场拜访) did we do in May 2025?", "5月份现场拜访了几次")
def visits_in_may(raw: Raw) -> Figure:
    """Follow-ups on site in May 2025."""
    return Figure(sum(iso(row["跟进日期"])[:7] == "2025-05" for row in visits(raw)))


@QUESTIONS.asks("各种跟进方式的次数分布")
def ways(raw: Raw) -> Groups:
    """Follow-ups by 跟进方式."""
    return Groups(per(raw["跟进日志"], "跟进方式", len))


@QUESTIONS.asks("今年谁跑客户的往返里程最多？")
def most_miles(raw: Raw) -> Ranked:
    """Sum of 往返里程 in 2025, by who followed up."""
    return Ranked(per((row for row in visits(raw) if iso(row["跟进日期"]) >= "2025-01-01"), "跟进人", lambda rows: total(rows, "往返里程(km)")))


@QUESTIONS.asks("average round-trip mileage (往返里程) per visit?")
def miles(raw: Raw) -> Figure:
    """Mean of 往返里程, where it is recorded."""
    return Figure(average(column(raw["跟进日志"], "往返里程(km)")))


@QUESTIONS.asks("客户态度冷淡的跟进占多大比例？")
def cold(raw: Raw) -> AnyOf:
    """Follow-ups with 冷淡, of all or of those where the attitude is recorded."""
    rows = raw["跟进日志"]
    found = Decimal(sum(row["客户态度"] == "冷淡" for row in rows))
    return AnyOf((Figure(found / len(rows)), Figure(found / sum(row["客户态度"] != "" for row in rows))))


@QUESTIONS.asks("打电话平均聊多少分钟，中位数呢？")
def calls(raw: Raw) -> Each:
    """Mean and median of 时长 of calls, where it is recorded."""
    held = column((row for row in raw["跟进日志"] if row["跟进方式"] == "电话"), "时长(分钟)")
    return Each((Figure(average(held)), Figure(middle(held))))


@QUESTIONS.asks("宁波甬港石化最近一次跟进是哪天？", "When did we last follow up with 宁波甬港石化?")
def last_seen(raw: Raw) -> Figure:
    """The latest follow-up of one customer."""
    found = [day(row["跟进日期"]) for row in with_customer(raw, "跟进日志") if row["客户全称"] == "宁波甬港石化有限公司"]
    return Figure(max(each for each in found if each))


@QUESTIONS.asks("跟进次数最多的五个客户")
def most_followed(raw: Raw) -> Ranked:
    """Customers by follow-ups."""
    return Ranked(Counter(row["客户全称"] for row in with_customer(raw, "跟进日志")), top=5)


@QUESTIONS.asks("has anyone had a 视频会议 with 佛山岭南饮料?")
def video(raw: Raw) -> YesNo:
    """Video meetings with one customer."""
    found = sum(row["客户全称"] == "佛山岭南饮料有限公司" and row["跟进方式"] == "视频会议" for row in with_customer(raw, "跟进日志"))
    return YesNo(found > 0, found)
