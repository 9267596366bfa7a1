"""Questions to the seller of water treatment about its clients, its own people and what is measured on site."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import Worth, average, column, iso, per, summed, times, wan
from evals.asked.water_rows import QUESTIONS, failed, late, rounds, running, sent

UNITS, STAFF = "客户档案", "员工通讯录"


def active(raw: Raw, grade: str = "") -> list[Row]:
    """Clients that are 合作中, of a grade where one is given."""
    return [row for row in raw[UNITS] if row["合作状态"] == "合作中" and row["客户分级"].startswith(grade)]


@QUESTIONS.asks("客户档案里各行业多少家", "number of clients by industry")
def by_trade(raw: Raw) -> Groups:
    """Clients by trade."""
    return Groups(per(raw[UNITS], "所属行业", len))


@QUESTIONS.asks("还有哪些客户没配服务工程师？", "Which clients have no 服务工程师 assigned?")
def unserved(raw: Raw) -> Listed:
    """Clients without a service engineer."""
    rows = [row for row in raw[UNITS] if not row["服务工程师"]]
    return Listed(frozenset(row["客户名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("庞志远走了以后，名下的客户还有几家没转出去", "庞志远 left last year - how many clients still carry his name as 负责销售?")
def left_behind(raw: Raw) -> Figure:
    """Clients of one who has left."""
    return Figure(sum(row["负责销售"] == "庞志远" for row in raw[UNITS]))


@QUESTIONS.asks("账期给到120天的客户占多大比例？", "what percentage of clients have payment terms of 120 days")
def long_terms(raw: Raw) -> AnyOf:
    """Clients with terms of 120 days: of all, or of those with terms."""
    hits = sum(row["账期(天)"] == "120" for row in raw[UNITS])
    return AnyOf((Figure(hits / len(raw[UNITS])), Figure(hits / sum(bool(row["账期(天)"]) for row in raw[UNITS]))))


@QUESTIONS.asks("平均循环水量最大的是哪个行业？", "which industry has the highest mean 循环水量?")
def flow(raw: Raw) -> Ranked:
    """Mean circulation by trade."""
    return Ranked(per((row for row in raw[UNITS] if row["循环水量(m³/h)"]), "所属行业", lambda rows: average(column(rows, "循环水量(m³/h)"))))


@QUESTIONS.asks("A类客户的信用额度平均多少万？C类呢？", "mean credit line, A类 vs C类")
def credit(raw: Raw) -> AnyOf:
    """Mean credit lines of two grades."""
    found = per(raw[UNITS], "客户分级", lambda rows: average(column(rows, "信用额度(万元)")))
    return wan(lambda by: Compared({name: found[name] * by for name in ("A类", "C类")}))


@QUESTIONS.asks("已流失的客户有哪些？", "names of the clients marked 已流失")
def gone(raw: Raw) -> Listed:
    """Clients that were lost."""
    rows = [row for row in raw[UNITS] if row["合作状态"] == "已流失"]
    return Listed(frozenset(row["客户名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("新乡棠华新材料是谁负责的，服务工程师又是谁", "新乡棠华新材料有限公司: who sells to them and who services them?")
def who_serves(raw: Raw) -> Each:
    """Two people of one client."""
    row = next(row for row in raw[UNITS] if row["客户名称"] == "新乡棠华新材料有限公司")
    return Each((Figure(row["负责销售"]), Figure(row["服务工程师"])))


@QUESTIONS.asks("不在江苏的华东客户有多少家？", "clients in 华东区 other than those in 江苏: how many?")
def not_jiangsu(raw: Raw) -> Figure:
    """Clients of the east outside one province."""
    return Figure(sum(row["大区"] == "华东区" and row["省份"] != "江苏" for row in raw[UNITS]))


@QUESTIONS.asks("联系电话没登记的客户一共几家？", "how many client records lack a 联系电话")
def without_phone(raw: Raw) -> Figure:
    """Clients without a phone number."""
    return Figure(sum(not row["联系电话"] for row in raw[UNITS]))


@QUESTIONS.asks("2月份每个工程师各跑了几次巡检？", "site inspections in February 2026 by 巡检人")
def february(raw: Raw) -> Groups:
    """Inspections of February 2026 by person."""
    return Groups(per(rounds(raw, "2026-02-01", "2026-02-28"), "巡检人", len))


@QUESTIONS.asks("今年巡检水质超标的比例是多少", "so far this year, what share of inspections came back 超标?")
def failed_2026(raw: Raw) -> Figure:
    """Share of inspections of 2026 that failed."""
    return Figure(failed(rounds(raw, "2026-01-01")))


@QUESTIONS.asks("各行业客户的巡检超标率，从高到低排一下，第一是哪个行业", "Clients of which industry fail inspections most often, by share of 超标?")
def failed_by_trade(raw: Raw) -> Ranked:
    """Share of inspections that failed, by trade."""
    return Ranked(per(rounds(raw), "所属行业", failed))


@QUESTIONS.asks("今年pH值高于8.5的巡检单号给我", "Which inspections this year had a pH value above 8.5? 巡检单号 please")
def alkaline(raw: Raw) -> Listed:
    """Inspections of 2026 with a pH above 8.5."""
    rows = [row for row in rounds(raw, "2026-01-01") if (number(row["pH值"]) or 0) > Decimal("8.5")]
    return Listed(frozenset(row["巡检单号"] for row in rows), count=len(rows))


@QUESTIONS.asks("1#循环水的平均浊度，2025年和2024年对比", "mean turbidity (浊度) of 1#循环水, 2025 against 2024")
def mud(raw: Raw) -> Compared:
    """Mean turbidity of one system in two years."""
    found: dict[Label, Worth] = {}
    for year in ("2025", "2024"):
        rows = [row for row in rounds(raw, f"{year}-01-01", f"{year}-12-31") if row["水系统"] == "1#循环水"]
        found[year] = average(column(rows, "浊度(NTU)"))
    return Compared(found)


@QUESTIONS.asks("合作中的A类客户，哪些已经60天没有巡检了？", "A类 clients 合作中 without any inspection in the past 60 days")
def unseen(raw: Raw) -> Listed:
    """Large clients without an inspection since 15 January 2026."""
    held = {row["客户编码"] for row in rounds(raw, "2026-01-15")}
    rows = [row for row in active(raw, "A") if row["客户编码"] not in held]
    return Listed(frozenset(row["客户名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("合作中的客户里从来没巡检过的有多少家", "合作中却一次巡检记录都没有的客户数")
def never_seen(raw: Raw) -> Figure:
    """Active clients without any inspection."""
    held = {row["客户编码"] for row in raw["现场巡检记录"]}
    return Figure(sum(row["客户编码"] not in held for row in active(raw)))


@QUESTIONS.asks("南京朔原热电最近一次巡检是哪天？", "When was 南京朔原热电有限公司 last inspected?")
def last_round(raw: Raw) -> Figure:
    """The last inspection at one client."""
    return Figure(max(found for row in rounds(raw) if row["客户名称"] == "南京朔原热电有限公司" and (found := day(row["巡检日期"]))))


@QUESTIONS.asks("腐蚀速率测到过的最高值是多少？在哪家客户", "The worst 腐蚀速率 ever measured: how much, and at which client?")
def rust(raw: Raw) -> Each:
    """The highest rate of corrosion, and its client."""
    row = max(rounds(raw), key=lambda row: number(row["腐蚀速率(mm/a)"]) or 0)
    return Each((Figure(number(row["腐蚀速率(mm/a)"])), Figure(row["客户名称"])))


@QUESTIONS.asks("去年谁的现场工时最多，一共多少小时？", "who put in the most 现场工时 in 2025?")
def hours(raw: Raw) -> Ranked:
    """Hours on site in 2025 by person."""
    return Ranked(per(rounds(raw, "2025-01-01", "2025-12-31"), "巡检人", summed("现场工时(h)")))


@QUESTIONS.asks("今年的巡检单客户还没签字的有几张？", "inspection sheets of 2026 the client hasn't signed yet (未签)")
def unsigned(raw: Raw) -> Figure:
    """Inspections of 2026 that the client has not signed."""
    return Figure(sum(row["客户签字"] == "未签" for row in rounds(raw, "2026-01-01")))


@QUESTIONS.asks("2025年每个季度停车清洗预膜做了几次", "停车清洗预膜 per quarter, 2025")
def cleaned(raw: Raw) -> Groups:
    """Cleanings of 2025 by quarter."""
    rows = [row for row in rounds(raw, "2025-01-01", "2025-12-31") if row["处置措施"] == "停车清洗预膜"]
    return Groups(per([{**row, "季": f"2025-Q{(int(row['巡检日期'][5:7]) + 2) // 3}"} for row in rows], "季", len))


@QUESTIONS.asks("陆文博手下有几个人？", "how many people report to 陆文博")
def team(raw: Raw) -> Figure:
    """People below one manager."""
    return Figure(sum(row["直属上级"] == "陆文博" for row in raw[STAFF]))


@QUESTIONS.asks("最晚入职的员工是谁？哪天来的", "最新入职的同事，姓名和入职日期")
def newest(raw: Raw) -> Ranked:
    """People by their first day, latest first."""
    return Ranked({row["姓名"]: found for row in raw[STAFF] if (found := day(row["入职日期"]))})


@QUESTIONS.asks("A类客户中，名下有逾期未核销发票的是哪些？", "Which A类 clients have an overdue 未核销 invoice?")
def large_debtors(raw: Raw) -> Listed:
    """Large clients with an unpaid invoice that is due."""
    names = {row["客户名称"] for row in late(raw) if row["客户分级"] == "A类"}
    return Listed(frozenset(names), count=len(names))


@QUESTIONS.asks("有跟进中商机、但从没给他们发过货的客户有多少家？", "clients with an opportunity 跟进中 but never a single delivery: how many?")
def new_ground(raw: Raw) -> Figure:
    """Clients with a followed opportunity and without a delivery."""
    held = {row["客户编码"] for row in sent(raw)}
    return Figure(len({row["客户编码"] for row in running(raw)} - held))


@QUESTIONS.asks("今年有没有巡检去过银川的客户？几次", "any inspections in 银川 this year?")
def yinchuan(raw: Raw) -> YesNo:
    """Inspections of 2026 in one city."""
    found = sum(row["城市"] == "银川" for row in rounds(raw, "2026-01-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("按负责销售看，谁名下客户的信用额度总和最大？", "which salesperson (负责销售) has the largest total credit line across their clients?")
def most_credit(raw: Raw) -> AnyOf:
    """Credit lines by person."""
    found = per(raw[UNITS], "负责销售", lambda rows: total(rows, "信用额度(万元)"))
    return wan(lambda by: Ranked(times(found, by)))


@QUESTIONS.asks("2020年以前建档的客户几家？", "clients whose 建档日期 is before 2020")
def old_files(raw: Raw) -> Figure:
    """Clients with a file from before 2020."""
    return Figure(sum(iso(row["建档日期"]) < "2020-01-01" for row in raw[UNITS]))
