"""Questions to the maker of packaging machines about plants, leads, visits and its own people."""

from __future__ import annotations

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day, number, quarter, total
from evals.asked.signs_rows import QUESTIONS, amount, came_in, listed, pacts, per, seen, value
from evals.asked.tallies import average, column, days, iso

PLANTS, STAFF = "客户档案", "员工名册"


@QUESTIONS.asks("number of pharma customers (制药) on file")
def pharma(raw: Raw) -> Figure:
    """Plants of the trade 制药."""
    return Figure(sum(row["所属行业"] == "制药" for row in raw[PLANTS]))


@QUESTIONS.asks("客户按行业各有几家，帮我数一下")
def by_trade(raw: Raw) -> Groups:
    """Plants by trade."""
    return Groups(per(raw[PLANTS], "所属行业"))


@QUESTIONS.asks("A级客户里一份合同都没签过的有哪些？")
def without_contract(raw: Raw) -> Listed:
    """Plants of class A without any contract."""
    held = {row["需方编码"] for row in raw["合同台账"]}
    return listed((row for row in raw[PLANTS] if row["客户级别"] == "A" and row["客户编码"] not in held), "客户全称")


@QUESTIONS.asks("哪个省的客户最多", "Which province has most of our customers?")
def top_province(raw: Raw) -> Ranked:
    """Plants by province."""
    return Ranked(per(raw[PLANTS], "省份"))


@QUESTIONS.asks("鞠红名下跟着多少家客户？", "how many accounts does 鞠红 look after")
def accounts_of_one(raw: Raw) -> Figure:
    """Plants of one person."""
    return Figure(sum(row["跟进业务员"] == "鞠红" for row in raw[PLANTS]))


@QUESTIONS.asks("温如玉走了以后，名下的客户还没交接的有几家？就是档案上还写着他的", "温如玉 has left. How many customers are still in that name?")
def left_behind(raw: Raw) -> Figure:
    """Plants of one who has left."""
    return Figure(sum(row["跟进业务员"] == "温如玉" for row in raw[PLANTS]))


@QUESTIONS.asks("江苏和广东两个省客户家数对比")
def two_provinces(raw: Raw) -> Compared:
    """Plants in two provinces."""
    found = per(raw[PLANTS], "省份")
    return Compared({name: found[name] for name in ("江苏", "广东")})


@QUESTIONS.asks("汕头沐禾助剂的信用账期多少天，谁在跟？")
def credit(raw: Raw) -> Each:
    """The credit term and the person of one plant."""
    row = next(row for row in raw[PLANTS] if row["客户全称"] == "汕头沐禾助剂有限公司")
    return Each((Figure(number(row["信用账期(天)"])), Figure(row["跟进业务员"])))


@QUESTIONS.asks("how many customers enjoy 90 days of credit?")
def long_credit(raw: Raw) -> Figure:
    """Plants with 90 days."""
    return Figure(sum(row["信用账期(天)"] == "90" for row in raw[PLANTS]))


@QUESTIONS.asks("哪家代理商名下的客户最多？")
def best_agent(raw: Raw) -> Ranked:
    """Plants by agent."""
    return Ranked(per(raw[PLANTS], "代理商"))


@QUESTIONS.asks("累计合同额最高的前五家客户", "our five biggest customers by total contract value")
def five_biggest(raw: Raw) -> Ranked:
    """Value of contracts by plant."""
    return Ranked(per(pacts(raw), "客户全称", value), top=5)


@QUESTIONS.asks("签过两份以上（含两份）合同的客户有多少家？")
def repeaters(raw: Raw) -> Figure:
    """Plants with two or more contracts."""
    return Figure(sum(held > 1 for held in per(raw["合同台账"], "需方编码").values()))


@QUESTIONS.asks("2025年新建档的客户几家？", "new customers added to the files in 2025")
def new_plants(raw: Raw) -> Figure:
    """Plants recorded in 2025."""
    return Figure(sum(row["建档日期"] >= "2025-01-01" for row in raw[PLANTS]))


@QUESTIONS.asks("Leads logged this year?")
def leads_this_year(raw: Raw) -> Figure:
    """Leads of 2025."""
    return Figure(len(came_in(raw, "2025-01-01")))


@QUESTIONS.asks("线索按来源各多少条", "leads by source, all years")
def leads_by_source(raw: Raw) -> Groups:
    """Leads by source."""
    return Groups(per(raw["线索登记"], "线索来源"))


@QUESTIONS.asks("哪个展会带来的线索最多？", "Which trade fair got us the most leads?")
def best_fair(raw: Raw) -> Ranked:
    """Leads by fair."""
    return Ranked(per(raw["线索登记"], "展会名称"))


@QUESTIONS.asks("展会来的线索有百分之多少转成了项目（已立项）？")
def fair_conversion(raw: Raw) -> Figure:
    """Leads from fairs that became projects."""
    rows = [row for row in raw["线索登记"] if row["线索来源"] == "展会"]
    return Figure(sum(row["处理结果"] == "已立项" for row in rows) / len(rows))


@QUESTIONS.asks("待联系的线索谁手里最多")
def untouched(raw: Raw) -> Ranked:
    """Leads that wait, by person."""
    return Ranked(per((row for row in raw["线索登记"] if row["处理结果"] == "待联系"), "分派业务员"))


@QUESTIONS.asks("most common reason leads get written off")
def invalid_why(raw: Raw) -> Ranked:
    """Invalid leads by reason."""
    return Ranked(per(raw["线索登记"], "无效原因"))


@QUESTIONS.asks("上周拜访了几次客户？", "how many customer visits last week?")
def visits_last_week(raw: Raw) -> Figure:
    """Visits from 3 to 9 November 2025."""
    return Figure(len(seen(raw, "2025-11-03", "2025-11-09")))


@QUESTIONS.asks("今年谁跑客户跑得最多？光算上门的", "who made the most on-site visits (上门) this year?")
def busiest(raw: Raw) -> Ranked:
    """Visits on site of 2025 by person."""
    return Ranked(per((row for row in seen(raw, "2025-01-01") if row["拜访形式"] == "上门"), "拜访人"))


@QUESTIONS.asks("A级客户中最近60天没人拜访的都有谁", "A-class customers with no visit in the past 60 days")
def unvisited(raw: Raw) -> Listed:
    """Plants of class A without a visit since 2025-09-11."""
    held = {row["客户编码"] for row in seen(raw, "2025-09-11")}
    return listed((row for row in raw[PLANTS] if row["客户级别"] == "A" and row["客户编码"] not in held), "客户全称")


@QUESTIONS.asks("Customers we've never paid a visit to: how many?")
def never(raw: Raw) -> Figure:
    """Plants without any visit."""
    held = {row["客户编码"] for row in raw["拜访日志"]}
    return Figure(sum(row["客户编码"] not in held for row in raw[PLANTS]))


@QUESTIONS.asks("今年差旅费花了多少，按办事处列")
def travel(raw: Raw) -> Groups:
    """Travel costs of 2025 by office."""
    return Groups(per(seen(raw, "2025-01-01"), "归属办事处", lambda rows: total(rows, "差旅费(元)")))


@QUESTIONS.asks("上门一趟平均差旅费多少？", "average 差旅费 per on-site visit")
def mean_travel(raw: Raw) -> Figure:
    """Mean travel cost of a visit on site."""
    return Figure(average(column((row for row in raw["拜访日志"] if row["拜访形式"] == "上门"), "差旅费(元)")))


@QUESTIONS.asks("最近一次去新乡臻沁助剂是什么时候", "When were we last in touch with 新乡臻沁助剂有限公司 according to the visit log?")
def last_seen(raw: Raw) -> AnyOf:
    """The last visit to one plant, of any form or on site."""
    rows = [row for row in seen(raw) if row["客户全称"] == "新乡臻沁助剂有限公司"]
    there = [row for row in rows if row["拜访形式"] == "上门"]
    return AnyOf(tuple(Figure(max(found for row in held if (found := day(row["拜访日期"])))) for held in (rows, there)))


@QUESTIONS.asks("10月份客户反馈冷淡的拜访有没有？几次")
def cool(raw: Raw) -> YesNo:
    """Visits of October 2025 with a cool answer."""
    found = sum(row["客户反馈"] == "冷淡" for row in seen(raw, "2025-10-01", "2025-10-31"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("催款 visits per quarter this year")
def dunning(raw: Raw) -> Groups:
    """Visits of 2025 about money by quarter."""
    return Groups(per([{**row, "季": quarter(row["拜访日期"])} for row in seen(raw, "2025-01-01") if row["拜访目的"] == "催款"], "季"))


@QUESTIONS.asks("在职的业务员有几位？", "how many 业务员 are currently employed")
def sellers(raw: Raw) -> Figure:
    """People who sell and are still there."""
    return Figure(sum(row["岗位"] == "业务员" and row["在职状态"] == "在职" for row in raw[STAFF]))


@QUESTIONS.asks("麦嘉豪哪天来公司的，他领导是谁？", "麦嘉豪: start date and boss?")
def newcomer(raw: Raw) -> Each:
    """The first day and the superior of one person."""
    row = next(row for row in raw[STAFF] if row["姓名"] == "麦嘉豪")
    return Each((Figure(day(row["入职日期"])), Figure(row["汇报对象"])))


@QUESTIONS.asks("年产能超过8万吨的客户是哪些")
def large(raw: Raw) -> Listed:
    """Plants above 80,000 tons."""
    return listed((row for row in raw[PLANTS] if amount(row, "年产能(吨)") > 80_000), "客户全称")


@QUESTIONS.asks("已立项的线索，从登记到立项平均多少天", "从线索登记日期到对应项目立项日期，平均间隔几天？")
def lead_time(raw: Raw) -> Figure:
    """Mean days from lead to project."""
    begun = {row["项目号"]: row["立项日期"] for row in raw["项目跟踪表"]}
    rows = [{**row, "立项": begun[row["转入项目号"]]} for row in raw["线索登记"] if row["转入项目号"]]
    return Figure(average(days(row, "登记日期", "立项") for row in rows))


@QUESTIONS.asks("leads from 2023 that went to the 华南办 people")
def leads_south(raw: Raw) -> Figure:
    """Leads of 2023 of one office."""
    return Figure(sum(row["办事处"] == "华南办" and iso(row["登记日期"]) < "2024-01-01" for row in came_in(raw, "2023-01-01")))


@QUESTIONS.asks("累计签约额第一的客户，我们最近一次联系拜访是哪天？", "last visit date for the customer with the highest total contract value")
def last_to_best(raw: Raw) -> Figure:
    """The last visit to the plant with the largest contracts."""
    held = per(pacts(raw), "客户全称", value)
    best = max(held, key=lambda name: held[name])
    return Figure(max(found for row in seen(raw) if row["客户全称"] == best and (found := day(row["拜访日期"]))))


@QUESTIONS.asks("沈佳今年的拜访里有几次是去催款的？", "沈佳's visits in 2025 about 催款, number of")
def dunning_of_one(raw: Raw) -> Figure:
    """Visits of one person in 2025 about money."""
    return Figure(sum(row["拜访人"] == "沈佳" and row["拜访目的"] == "催款" for row in seen(raw, "2025-01-01")))


@QUESTIONS.asks("今年签了合同、可今年一次拜访记录都没有的客户有几家")
def signed_unseen(raw: Raw) -> Figure:
    """Plants with a contract of 2025 and no visit in 2025."""
    held = {row["客户编码"] for row in seen(raw, "2025-01-01")}
    return Figure(len({row["需方编码"] for row in pacts(raw, "2025-01-01")} - held))
