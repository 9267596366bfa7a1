"""Questions to the maker of farm machinery about its dealers and farms, its people, and what they do in the country."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.farm_rows import DIARY, NOW, QUESTIONS, STAFF, UNITS, WISHES, Y2024, Y2025, amount, diary, named, sold
from evals.asked.raw import Raw, Row, day, total
from evals.asked.tallies import average, column, iso, per


def shows(raw: Raw, span: tuple[str, str]) -> list[Row]:
    """Shows in the field in a span."""
    return [row for row in diary(raw, span) if row["形式"] == "田间演示"]


@QUESTIONS.asks("档案里合作社、农场、大户、经销商这些类型各有多少家", "how many accounts of each 往来类型?")
def kinds(raw: Raw) -> Groups:
    """Units by kind."""
    return Groups(per(raw[UNITS], "往来类型", len))


@QUESTIONS.asks("金牌经销商数量，按片区")
def gold(raw: Raw) -> Groups:
    """Gold dealers by region."""
    return Groups(per((row for row in raw[UNITS] if row["代理等级"] == "金牌"), "片区", len))


@QUESTIONS.asks("没有服务站的经销商还有几家")
def without_station(raw: Raw) -> Figure:
    """Dealers with no station."""
    return Figure(sum(row["有无服务站"] == "无" for row in raw[UNITS]))


@QUESTIONS.asks("经营面积最大的农机合作社是谁，多少亩", "Largest 农机合作社 by acreage (经营面积)?")
def largest_coop(raw: Raw) -> Ranked:
    """Cooperatives by land."""
    rows = [row for row in raw[UNITS] if row["往来类型"] == "农机合作社" and row["经营面积(亩)"]]
    return Ranked({row["单位全称"]: amount(row, "经营面积(亩)") for row in rows})


@QUESTIONS.asks("number of 农机合作社 farming 10,000 mu or more")
def large_coops(raw: Raw) -> Figure:
    """Cooperatives with 10,000 mu and more."""
    return Figure(sum(row["往来类型"] == "农机合作社" and amount(row, "经营面积(亩)") >= 10_000 for row in raw[UNITS]))


@QUESTIONS.asks("停供和已清退的经销商名单")
def dropped(raw: Raw) -> Listed:
    """Dealers we no longer supply."""
    rows = [row for row in raw[UNITS] if row["往来状态"] in ("停供", "已清退")]
    return Listed(named(rows), count=len(rows))


@QUESTIONS.asks("average credit line of 银牌 dealers")
def credit(raw: Raw) -> AnyOf:
    """Mean credit of silver dealers."""
    found = average(column((row for row in raw[UNITS] if row["代理等级"] == "银牌"), "授信额度(万元)"))
    return AnyOf((Figure(found), Figure(found * 10_000)))


@QUESTIONS.asks("沙湾大垄农场 — our rep and their 负责人?")
def one_farm(raw: Raw) -> Each:
    """The seller and the boss of one farm."""
    row = next(row for row in raw[UNITS] if row["单位全称"] == "沙湾大垄农场")
    return Each((Figure(raw.by(STAFF, "工号")[row["业务员工号"]]["姓名"]), Figure(row["负责人"])))


@QUESTIONS.asks("accounts opened (建档) in 2023, how many?")
def opened(raw: Raw) -> Figure:
    """Units put on file in 2023."""
    return Figure(sum(iso(row["建档日"])[:4] == "2023" for row in raw[UNITS]))


@QUESTIONS.asks("没登记电话的往来单位几个")
def no_phone(raw: Raw) -> Figure:
    """Units without a phone number."""
    return Figure(sum(not row["电话"] for row in raw[UNITS]))


@QUESTIONS.asks("how many customers have 辛集金土地农机销售有限公司 as their 就近服务商?")
def served_by(raw: Raw) -> Figure:
    """Units that one dealer serves."""
    code = next(row["往来编码"] for row in raw[UNITS] if row["单位全称"] == "辛集金土地农机销售有限公司")
    return Figure(sum(row["就近服务商"] == code for row in raw[UNITS]))


@QUESTIONS.asks("建了档但从来没登记过购机意向也没下过单的有几家", "accounts with neither an intent nor an order on record: how many?")
def idle(raw: Raw) -> AnyOf:
    """Units with no wish and no order."""
    wished = named(raw[WISHES], "往来编码")
    options = (named(raw["整机订单明细"], "往来编码"), named(sold(raw), "往来编码"))
    return AnyOf(tuple(Figure(sum(row["往来编码"] not in wished | held for row in raw[UNITS])) for held in options))


@QUESTIONS.asks("目前在职的业务代表和大客户代表一共几人")
def at_work(raw: Raw) -> Figure:
    """Sellers who have not left."""
    return Figure(sum(row["岗位"] in ("业务代表", "大客户代表") and not row["离岗日"] for row in raw[STAFF]))


@QUESTIONS.asks("尤佳什么时候走的？")
def left(raw: Raw) -> Figure:
    """The last day of a person."""
    return Figure(day(next(row["离岗日"] for row in raw[STAFF] if row["姓名"] == "尤佳")))


@QUESTIONS.asks("古丽娜的上级是哪位")
def boss(raw: Raw) -> Figure:
    """The superior of a person."""
    people = raw.by(STAFF, "工号")
    return Figure(people[next(row["上级工号"] for row in raw[STAFF] if row["姓名"] == "古丽娜")]["姓名"])


@QUESTIONS.asks("earliest 到岗日 among the 业务代表")
def veteran(raw: Raw) -> Ranked:
    """Sellers by first day, earliest first."""
    return Ranked({row["姓名"]: found for row in raw[STAFF] if row["岗位"] == "业务代表" and (found := day(row["到岗日"]))}, lowest=True)


@QUESTIONS.asks("去年大家一共上门多少次，谁跑得最多？", "2025年上门谁最勤？总次数也顺便给一下")
def calls_last_year(raw: Raw) -> Each:
    """Calls on site in 2025: how many, and by person."""
    rows = [row for row in diary(raw, Y2025) if row["形式"] == "上门"]
    return Each((Figure(len(rows)), Ranked(per(rows, "谁", len))))


@QUESTIONS.asks("2025年搞了多少场田间演示，平均到场多少农户", "field demos (田间演示) in 2025: number and average attendance")
def demos(raw: Raw) -> Each:
    """Shows of 2025, and farmers who came."""
    rows = shows(raw, Y2025)
    return Each((Figure(len(rows)), Figure(average(column(rows, "到场农户")))))


@QUESTIONS.asks("演示会现场订机最多的机型是啥（历年合计）", "which demo model got the most on-the-spot orders overall?")
def demo_models(raw: Raw) -> AnyOf:
    """Pieces ordered at shows, by model."""
    models = raw.by("机型价目表", "机型代码")
    rows = [{**row, "品名": models[row["演示机型"]]["品名"]} for row in shows(raw, ("2000-01-01", NOW))]
    return AnyOf(tuple(Ranked(per(rows, name, lambda held: total(held, "现场订机(台)"))) for name in ("演示机型", "品名")))


@QUESTIONS.asks("2025 demos that sold nothing on the spot")
def fruitless(raw: Raw) -> Figure:
    """Shows of 2025 with nothing ordered."""
    return Figure(sum(row["现场订机(台)"] == "0" for row in shows(raw, Y2025)))


@QUESTIONS.asks("哪些国有农场90天以上没人联系过了？", "国有农场 with no diary entry in the last 90 days")
def forgotten(raw: Raw) -> Listed:
    """State farms without an entry since 19 February 2026."""
    seen = {row["对象编码"] for row in raw[DIARY] if row["日期"] >= "2026-02-19"}
    rows = [row for row in raw[UNITS] if row["往来类型"] == "国有农场" and row["往来编码"] not in seen]
    return Listed(named(rows), count=len(rows))


@QUESTIONS.asks("最近一次去监利黑土农机销售有限公司是啥时候，谁去的", "last contact with 监利黑土农机销售有限公司: date and person")
def last_contact(raw: Raw) -> Each:
    """The last entry about one dealer."""
    row = max((row for row in diary(raw) if row["单位全称"] == "监利黑土农机销售有限公司"), key=lambda row: row["日期"])
    return Each((Figure(day(row["日期"])), Figure(row["谁"])))


@QUESTIONS.asks("韩冬去年开车跑了多少公里")
def mileage(raw: Raw) -> Figure:
    """Kilometres of one seller in 2025."""
    return Figure(total((row for row in diary(raw, Y2025) if row["谁"] == "韩冬"), "行车里程(公里)"))


@QUESTIONS.asks("服务抱怨 contacts: 2024 vs 2025")
def complaints(raw: Raw) -> Compared:
    """Entries about complaints in two years."""
    found: dict[Label, int] = {}
    for year, span in (("2024", Y2024), ("2025", Y2025)):
        found[year] = sum(row["事由"] == "服务抱怨" for row in diary(raw, span))
    return Compared(found)


@QUESTIONS.asks("上周去过临泽沃野农机销售有限公司没有", "did anybody contact 临泽沃野农机销售有限公司 last week?")
def last_week(raw: Raw) -> YesNo:
    """Entries about one dealer from 11 to 17 May 2026."""
    found = sum(row["单位全称"] == "临泽沃野农机销售有限公司" for row in diary(raw, ("2026-05-11", "2026-05-17")))
    return YesNo(found > 0, found)


@QUESTIONS.asks("what percentage of diary entries are phone calls (电话)?")
def phone_share(raw: Raw) -> Figure:
    """Entries by phone, of all."""
    return Figure(Decimal(sum(row["形式"] == "电话" for row in raw[DIARY])) / len(raw[DIARY]))
