"""Questions to the distributor of medical equipment about its hospitals, people, catalogue and installed machines."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, Worth
from evals.asked.med_rows import NOW, QUESTIONS, average, either, in_span, iso, per, times, with_both, worth
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import column, days


def hospitals_named(rows: list[Row]) -> Listed:
    """Hospitals by name."""
    return Listed(frozenset(row["医院名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("咱们建档的医院，各等级分别有多少家？", "How many hospitals do we have of each 等级?")
def levels(raw: Raw) -> Groups:
    """Hospitals by level."""
    return Groups(per(raw["医院档案"], "等级", len))


@QUESTIONS.asks("浙江片区的甲级客户有哪些医院", "List the 甲 customers in Zhejiang (浙江).")
def best_in_zhejiang(raw: Raw) -> Listed:
    """Hospitals graded 甲 of one area."""
    return hospitals_named([row for row in raw["医院档案"] if row["片区"] == "浙江" and row["客户分级"] == "甲"])


@QUESTIONS.asks("三甲医院平均核定床位多少张？", "average bed count (核定床位) of 三甲 hospitals")
def beds(raw: Raw) -> Figure:
    """Mean number of beds of one level."""
    return Figure(average(number(row["核定床位"]) for row in raw["医院档案"] if row["等级"] == "三甲"))


@QUESTIONS.asks("没有责任人的医院有几家？", "How many hospitals have no responsible rep assigned?")
def unowned(raw: Raw) -> Figure:
    """Hospitals without an owner."""
    return Figure(sum(not row["责任人工号"] for row in raw["医院档案"]))


@QUESTIONS.asks("年采购预算最高的医院是哪家？", "hospital with the largest annual purchasing budget?")
def richest(raw: Raw) -> AnyOf:
    """Hospitals by budget."""
    values: dict[Label, Worth] = {row["医院名称"]: worth(row, "年采购预算(万元)") for row in raw["医院档案"] if row["年采购预算(万元)"]}
    return either(lambda k: Ranked(times(values, k)))


@QUESTIONS.asks("账期180天的医院占比", "share of hospitals on 180-day payment terms")
def slow_payers(raw: Raw) -> Figure:
    """Hospitals with terms of 180 days, of all."""
    return Figure(Decimal(sum(row["账期(天)"] == "180" for row in raw["医院档案"])) / len(raw["医院档案"]))


@QUESTIONS.asks("2025年新建档的医院多少家？", "How many hospitals were newly filed (建档) in 2025?")
def filed_2025(raw: Raw) -> Figure:
    """Hospitals filed in 2025."""
    return Figure(len(in_span(raw["医院档案"], "建档日", "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("非DRG试点的公立医院有几家？", "public hospitals that are NOT in the DRG pilot: how many?")
def no_drg(raw: Raw) -> Figure:
    """Public ones outside the pilot."""
    return Figure(sum(row["性质"] == "公立" and row["DRG试点"] == "否" for row in raw["医院档案"]))


@QUESTIONS.asks("望亭市中心医院的责任人是谁、账期几天？", "Who is responsible for 望亭市中心医院 and what payment terms in days does it have?")
def one_hospital(raw: Raw) -> Each:
    """Two fields of one hospital."""
    row = raw.by("医院档案", "医院名称")["望亭市中心医院"]
    return Each((Figure(raw.by("员工表", "工号")[row["责任人工号"]]["姓名"]), Figure(number(row["账期(天)"]))))


@QUESTIONS.asks("医联体牵头单位在江苏的有几家", "In Jiangsu (江苏), how many hospitals lead a 医联体?")
def leaders(raw: Raw) -> Figure:
    """Leading hospitals of one province."""
    return Figure(sum(row["医联体牵头"] == "是" and row["省份"] == "江苏" for row in raw["医院档案"]))


@QUESTIONS.asks("各部门有多少人？", "headcount by department")
def staff(raw: Raw) -> Groups:
    """People by department."""
    return Groups(per(raw["员工表"], "部门", len))


@QUESTIONS.asks("业务员里谁入职最晚？", "Which 业务员 joined most recently?")
def newest(raw: Raw) -> Figure:
    """The sales rep who joined last."""
    return Figure(max((row for row in raw["员工表"] if row["职务"] == "业务员"), key=lambda row: row["入职日"])["姓名"])


@QUESTIONS.asks("侯建国手下有哪些人", "who reports to 侯建国?")
def reports(raw: Raw) -> Listed:
    """People under one head."""
    names = [row["姓名"] for row in raw["员工表"] if row["直接主管"] == "侯建国"]
    return Listed(frozenset(names), count=len(names))


@QUESTIONS.asks("设备事业部业务员的年指标加起来是多少？", "sum of annual targets of the 业务员 in 设备事业部")
def targets(raw: Raw) -> AnyOf:
    """Targets of the reps of one department."""
    value = total((row for row in raw["员工表"] if row["部门"] == "设备事业部" and row["职务"] == "业务员"), "年指标(万元)")
    return either(lambda k: Figure(value * k))


@QUESTIONS.asks("进口产品有几个型号？", "how many imported models are in the catalogue")
def imported(raw: Raw) -> Figure:
    """Articles from abroad."""
    return Figure(sum(row["产地"] == "进口" for row in raw["型号目录"]))


@QUESTIONS.asks("今年年内注册证要到期的产品有哪些？", "Which products' registration certificates (注册证) expire before the end of 2026?")
def expiring(raw: Raw) -> Listed:
    """Registration ends from today to the end of 2026 (none ended earlier this year)."""
    names = [row["品名"] for row in in_span(raw["型号目录"], "注册证到期", "2026-01-01", "2026-12-31")]
    return Listed(frozenset(names), count=len(names))


@QUESTIONS.asks("心脏彩超E90的标准价是多少？", "list price (标准价) of the 心脏彩超E90?")
def price(raw: Raw) -> AnyOf:
    """Price of one article."""
    value = worth(raw.by("型号目录", "品名")["心脏彩超E90"], "标准价(万元)")
    return either(lambda k: Figure(value * k))


@QUESTIONS.asks("需要乙类配置证的型号有几个", "models that need a 乙类 licence (配置证) — how many?")
def licensed(raw: Raw) -> Figure:
    """Articles with this licence."""
    return Figure(sum(row["配置证"] == "乙类" for row in raw["型号目录"]))


@QUESTIONS.asks("集采品种是哪几个？", "which products fall under volume-based procurement (集采品种)?")
def in_bulk(raw: Raw) -> Listed:
    """Articles bid for in volume."""
    names = [row["品名"] for row in raw["型号目录"] if row["集采品种"] == "是"]
    return Listed(frozenset(names), count=len(names))


@QUESTIONS.asks("2025年一共装了多少台设备？", "install count for last year", "How many machines were installed in 2025?")
def installed_2025(raw: Raw) -> Figure:
    """Installed in 2025."""
    return Figure(len(in_span(raw["装机验收"], "装机日", "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("哪个工程师装的机器最多？", "Which engineer has installed the most machines?")
def best_engineer(raw: Raw) -> Ranked:
    """Machines by engineer."""
    return Ranked(per(raw["装机验收"], "装机工程师", len))


@QUESTIONS.asks("现在停机和维修中的设备各有几台？", "machines currently 停机 vs 维修中")
def down(raw: Raw) -> Compared:
    """Machines in two states."""
    found = per(raw["装机验收"], "设备状态", len)
    return Compared({name: found[name] for name in ("停机", "维修中")})


@QUESTIONS.asks("哪个品牌的设备平均开机率最低", "Which brand has the lowest average uptime (开机率)?")
def worst_brand(raw: Raw) -> AnyOf:
    """Mean uptime by brand, lowest first, as written or as a fraction."""
    values = per((row for row in with_both(raw, "装机验收") if row["开机率(%)"]), "品牌", lambda rows: average(column(rows, "开机率(%)")))
    return AnyOf(tuple(Ranked(times(values, k), lowest=True) for k in (Decimal(1), Decimal("0.01"))))


@QUESTIONS.asks("在用设备里已经过保的有多少台？", "How many machines in use are out of warranty?")
def out_of_warranty(raw: Raw) -> Figure:
    """In use, warranty ended before today."""
    return Figure(sum(row["设备状态"] == "在用" and iso(row["保修截止"]) < NOW for row in raw["装机验收"]))


@QUESTIONS.asks("未来90天内保修到期的设备有几台？", "number of machines whose warranty ends within the next 90 days")
def warranty_soon(raw: Raw) -> Figure:
    """Warranty ends from today to 14 July 2026."""
    return Figure(len(in_span(raw["装机验收"], "保修截止", NOW, "2026-07-14")))


@QUESTIONS.asks("还没做过操作培训的装机有多少台", "installations without any operator training so far")
def untrained(raw: Raw) -> Figure:
    """Without a day of training."""
    return Figure(sum(not row["操作培训日"] for row in raw["装机验收"]))


@QUESTIONS.asks("每场操作培训平均几个人参加？", "average attendance per training session")
def attendance(raw: Raw) -> Figure:
    """Mean number of people trained."""
    return Figure(average(column(raw["装机验收"], "参训人数")))


@QUESTIONS.asks("各工程师的培训评分均值", "mean training score by engineer")
def training_scores(raw: Raw) -> Groups:
    """Mean score by engineer."""
    rows = [row for row in raw["装机验收"] if row["培训评分"]]
    return Groups(per(rows, "装机工程师", lambda held: average(column(held, "培训评分"))))


@QUESTIONS.asks("在用设备里，上次保养到现在超过180天的有多少台？", "machines in use whose last maintenance was more than 180 days ago")
def unserviced(raw: Raw) -> Figure:
    """In use, last serviced before 17 October 2025."""
    return Figure(sum(row["设备状态"] == "在用" and "" < iso(row["最近保养日"]) < "2025-10-17" for row in raw["装机验收"]))


@QUESTIONS.asks("装机量最大的两个品名", "top 2 products by number of installed units")
def most_installed(raw: Raw) -> Ranked:
    """Machines by article."""
    return Ranked(per(with_both(raw, "装机验收"), "品名", len), top=2)


@QUESTIONS.asks("装了我们设备的医院有多少家？", "In how many different hospitals do we have machines installed?")
def hospitals_with_machines(raw: Raw) -> Figure:
    """Hospitals with a machine."""
    return Figure(len({row["医院编号"] for row in raw["装机验收"]}))


@QUESTIONS.asks("哪些医院一台设备都没装过？给个数就行", "How many hospitals have never had a machine installed?")
def hospitals_without(raw: Raw) -> Figure:
    """Hospitals without a machine."""
    have = {row["医院编号"] for row in raw["装机验收"]}
    return Figure(sum(row["医院编号"] not in have for row in raw["医院档案"]))


@QUESTIONS.asks("开机率低于75%的设备几台", "How many machines run below 75% uptime?")
def idle(raw: Raw) -> Figure:
    """Uptime below 75."""
    return Figure(sum(bool(row["开机率(%)"]) and worth(row, "开机率(%)") < 75 for row in raw["装机验收"]))


@QUESTIONS.asks("从装机到操作培训平均隔了多少天？", "avg. gap in days from installation to training")
def to_training(raw: Raw) -> Figure:
    """Days from installation to training."""
    return Figure(average(days(row, "装机日", "操作培训日") for row in raw["装机验收"]))


@QUESTIONS.asks("装机号AZ00200是哪天装的，谁装的？", "AZ00200 - when was it installed and by whom?")
def one_machine(raw: Raw) -> Each:
    """Two fields of one machine."""
    row = raw.by("装机验收", "装机号")["AZ00200"]
    return Each((Figure(day(row["装机日"])), Figure(row["装机工程师"])))


@QUESTIONS.asks("没有合同编号的装机（老设备）里，还在用的占几成？", "Of the installed machines without a contract number, what share is still in use (在用)?")
def old_in_use(raw: Raw) -> Figure:
    """In use, of machines without a contract."""
    rows = [row for row in raw["装机验收"] if not row["合同编号"]]
    return Figure(Decimal(sum(row["设备状态"] == "在用" for row in rows)) / len(rows))


@QUESTIONS.asks("number of installed ultrasound machines (超声设备) per 片区")
def ultrasound(raw: Raw) -> Groups:
    """Machines of one line by area."""
    return Groups(per((row for row in with_both(raw, "装机验收") if row["产品线"] == "超声设备"), "片区", len))
