"""Writes the export of an invented distributor of laboratory instruments and reagents: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20251117
TODAY = date(2025, 11, 17)
START = date(2023, 1, 3)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

AREAS = {
    "华东": (("上海", "上海"), ("南京", "江苏"), ("苏州", "江苏"), ("杭州", "浙江"), ("合肥", "安徽")),
    "华南": (("广州", "广东"), ("深圳", "广东"), ("厦门", "福建"), ("南宁", "广西")),
    "华北": (("北京", "北京"), ("天津", "天津"), ("济南", "山东"), ("石家庄", "河北")),
    "西南": (("成都", "四川"), ("重庆", "重庆"), ("昆明", "云南"), ("贵阳", "贵州")),
}
CODE = {"华东": "HD", "华南": "HN", "华北": "HB", "西南": "XN"}
STAFF = (
    ("E001", "裴景山", "总经办", "总经理", "", "2006.05.08", "", "", "", ""),
    ("E002", "商若兰", "销售部", "销售总监", "", "2009.03.16", "", "", "", ""),
    ("E003", "仇敏", "销售部", "大区经理", "华东", "2011.07.04", "", "", "", ""),
    ("E004", "甘永强", "销售部", "大区经理", "华南", "2012.02.20", "", "", "", ""),
    ("E005", "佟丽", "销售部", "大区经理", "华北", "2013.09.09", "", "", "", ""),
    ("E006", "牟大川", "销售部", "大区经理", "西南", "2014.04.14", "", "", "", ""),
    ("E007", "李思源", "销售部", "资深销售", "华东", "2014.08.01", "", "900", "1000", "1100"),
    ("E008", "鲍晓雯", "销售部", "资深销售", "华东", "2016.03.07", "", "800", "950", "1000"),
    ("E009", "祁瑞", "销售部", "销售", "华东", "2019.06.17", "", "600", "650", "700"),
    ("E010", "聂小川", "销售部", "销售", "华东", "2021.10.11", "2025.02.28", "500", "550", ""),
    ("E011", "李明哲", "销售部", "资深销售", "华南", "2015.05.18", "", "750", "800", "880"),
    ("E012", "关静怡", "销售部", "销售", "华南", "2018.11.05", "", "550", "600", "680"),
    ("E013", "麦嘉豪", "销售部", "销售", "华南", "2022.03.01", "", "400", "480", "520"),
    ("E014", "岳鹏飞", "销售部", "资深销售", "华北", "2013.12.02", "", "850", "900", "950"),
    ("E015", "冷雪", "销售部", "销售", "华北", "2020.07.13", "", "500", "520", "600"),
    ("E016", "邢志明", "销售部", "销售", "华北", "2024.03.04", "", "", "350", "500"),
    ("E017", "樊婷婷", "销售部", "资深销售", "西南", "2017.01.09", "", "600", "650", "720"),
    ("E018", "阿木", "销售部", "销售", "西南", "2021.04.19", "", "400", "420", "450"),
    ("E019", "王海峰", "售后服务部", "高级工程师", "", "2012.10.15", "", "", "", ""),
    ("E020", "王立", "售后服务部", "工程师", "", "2019.02.25", "", "", "", ""),
    ("E021", "庞俊", "售后服务部", "工程师", "", "2020.05.06", "", "", "", ""),
    ("E022", "苗青", "售后服务部", "应用工程师", "", "2018.07.02", "", "", "", ""),
    ("E023", "莫小兰", "商务部", "商务助理", "", "2020.09.14", "", "", "", ""),
    ("E024", "钟玉琴", "财务部", "应收会计", "", "2015.11.23", "", "", "", ""),
)
SKILL = {"E007": 0.62, "E008": 0.68, "E009": 0.5, "E010": 0.38, "E011": 0.57, "E012": 0.52, "E013": 0.42, "E014": 0.6, "E015": 0.47, "E016": 0.36}
SKILL |= {"E017": 0.58, "E018": 0.44}
KINDS = {"高校": 30, "医院": 26, "第三方检测": 22, "科研院所": 14, "制药企业": 18, "疾控及海关": 10}
ENDINGS = {
    "高校": ("大学", "医学院", "师范学院"),
    "医院": ("医院", "妇儿医院", "肿瘤医院"),
    "第三方检测": ("检测技术有限公司", "环境检测有限公司"),
    "科研院所": ("生物研究所", "材料研究院"),
    "制药企业": ("制药有限公司", "生物医药有限公司"),
    "疾控及海关": ("疾控中心", "海关技术中心"),
}
STEMS = ("沐桐", "砚山", "望川", "谨禾", "知蔚", "景澜", "朔宁", "璟原", "芷汀", "屿安", "瀚笙", "澄荻", "穆棠", "枫栎", "霁远", "棠溪")
LINES = {
    "色谱质谱": (("液质联用仪", 185), ("气质联用仪", 92), ("高效液相色谱仪", 46), ("离子色谱仪", 38)),
    "分子诊断": (("荧光定量PCR仪", 34), ("数字PCR系统", 78), ("核酸提取仪", 16), ("基因测序仪", 148)),
    "显微成像": (("激光共聚焦显微镜", 210), ("倒置荧光显微镜", 36), ("扫描电镜", 168)),
    "样品前处理": (("微波消解仪", 21), ("固相萃取仪", 13), ("冷冻研磨仪", 9)),
    "通用设备": (("超低温冰箱", 7), ("生物安全柜", 6), ("高速离心机", 11), ("纯水机", 5)),
}
LIKES = {
    "高校": (26, 16, 28, 12, 18),
    "医院": (14, 48, 12, 6, 20),
    "第三方检测": (46, 10, 4, 26, 14),
    "科研院所": (24, 18, 34, 10, 14),
    "制药企业": (44, 16, 10, 14, 16),
    "疾控及海关": (36, 34, 4, 18, 8),
}
BRANDS = {"Kelvara": 34, "Orvixa": 28, "Tessanova": 20, "衡谱": 18}
RIVALS = ("赛嘉科仪", "北辰生命", "睿图仪器", "厂家直销")
OPEN = {"需求摸底": 28, "参数论证": 30, "挂网招标": 24, "商务谈判": 18}
SURNAMES = "周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    *("立群", "雅琴", "国栋", "梦洁", "永年", "心怡", "正平", "兆丰", "秋实", "婉清", "泽宇", "慧", "德馨", "若楠", "启明", "文博", "思齐", "锦程"),
    *("克俭", "丽华", "向东", "雪莹", "伯言", "晓彤", "志刚", "奕辰", "淑贞", "海涛", "子墨", "春梅", "维康", "佳琪", "少华", "宏远", "月娥", "景云"),
)
FIELDS = ("肿瘤免疫", "环境毒理", "代谢组学", "神经科学", "植物育种", "药物分析", "食品安全", "微生物", "材料表征", "生殖遗传")


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dots(day: date | None) -> str:
    """A day as in 2025.03.05."""
    return f"{day:%Y.%m.%d}" if day else ""


def cn(day: date | None) -> str:
    """A day as in 2025年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Monday after."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def money(value: float, step: int = 100) -> str:
    """Yuan with separators, as in 1,250,000.00."""
    return f"{round(value / step) * step:,.2f}"


def plain(text: str) -> float:
    """The number behind written yuan."""
    return float(text.replace(",", ""))


def write(name: str, rows: list[Row]) -> None:
    """One file of the export; keys that begin with a small letter are for the generator only."""
    names = [name for name in rows[0] if not name.isascii()]
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def sellers(area: str, on: date | None = None) -> list[str]:
    """Numbers of those who sell in an area on a day."""
    found = [row for row in STAFF if row[4] == area and row[3].endswith("销售")]
    if on:
        found = [row for row in found if row[5] <= dots(on) and (not row[6] or dots(on) <= row[6])]
    return [row[0] for row in found]


def staff() -> list[Row]:
    """The roster with a target for each year."""
    names = ("工号", "姓名", "部门", "职务", "大区", "入职日", "离职日", "2023年任务(万元)", "2024年任务(万元)", "2025年任务(万元)")
    return [dict(zip(names, row, strict=True)) for row in STAFF]


def clients(dice: random.Random) -> list[Row]:
    """End customers; two pairs share a short name on purpose."""
    plan = [("南京", "沐桐", "高校", "大学"), ("成都", "沐桐", "高校", "大学"), ("杭州", "屿安", "医院", "医院"), ("广州", "屿安", "医院", "医院")]
    kept = {(stem, ending) for _, stem, _, ending in plan}
    taken = set(kept)
    for kind, wanted in KINDS.items():
        while sum(item[2] == kind for item in plan) < wanted:
            area = dice.choices(list(AREAS), (40, 22, 22, 16))[0]
            city, stem, ending = dice.choice(AREAS[area])[0], dice.choice(STEMS), dice.choice(ENDINGS[kind])
            if (stem, ending) in taken:
                continue
            taken.add((stem, ending))
            plan.append((city, stem, kind, ending))
    dice.shuffle(plan)
    rows: list[Row] = []
    for place, (city, stem, kind, ending) in enumerate(plan, 1):
        area = next(name for name, cities in AREAS.items() if city in [item[0] for item in cities])
        grade = one_of(dice, {"S": 16, "A": 24, "B": 38, "C": 22})
        rows.append(
            {
                "客户编码": f"KH-{CODE[area]}-{place:03d}",
                "客户全称": f"{city}{stem}{ending}",
                "客户类型": kind,
                "大区": area,
                "省份": next(item[1] for item in AREAS[area] if item[0] == city),
                "城市": city,
                "客户等级": grade,
                "负责销售工号": dice.choice(sellers(area)),
                "建档日期": dash(workday(date(2014, 3, 3) + timedelta(days=dice.randrange(3200)))),
                "账期(天)": dice.choice((30, 45, 60, 90)) if dice.random() < 0.9 else "",
                "信用额度(万元)": {"S": 600, "A": 240, "B": 90, "C": 30}[grade] + 10 * dice.randrange(9) if dice.random() < 0.86 else "",
                "合作状态": one_of(dice, {"活跃": 76, "沉睡": 17, "暂停供货": 7}),
                "开发来源": one_of(dice, {"学术会议": 30, "老客户转介": 26, "招标网": 24, "厂家分配": 20}) if dice.random() < 0.92 else "",
            }
        )
    return rows


def groups(dice: random.Random, units: list[Row]) -> list[Row]:
    """Research groups and departments of the customers."""
    rows: list[Row] = []
    for unit in units:
        for _ in range(dice.choices((1, 2, 3, 4), (30, 38, 22, 10))[0]):
            who = dice.choice(SURNAMES) + dice.choice(GIVEN)
            field = dice.choice(FIELDS)
            rows.append(
                {
                    "课题组编号": f"KT{len(rows) + 1:04d}",
                    "所属客户编码": unit["客户编码"],
                    "负责人(PI)": who,
                    "研究方向": field,
                    "团队人数": dice.randrange(3, 41) if dice.random() < 0.9 else "",
                    "年试剂预算(万元)": dice.randrange(4, 120) if dice.random() < 0.82 else "",
                    "PI职称": one_of(dice, {"教授/主任": 44, "副教授/副主任": 36, "讲师/主治": 20}),
                    "联系手机": f"1{dice.choice('3578')}{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.88 else "",
                    "是否加微信": "是" if dice.random() < 0.63 else "否",
                }
            )
    return rows


def chances(dice: random.Random, units: list[Row]) -> list[Row]:
    """Opportunities for instruments."""
    weights = [{"S": 8, "A": 4.5, "B": 2, "C": 0.9}[unit["客户等级"]] for unit in units]
    begins = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.93))) for _ in range(455))
    rows: list[Row] = []
    names: dict[str, int] = {}
    for begun in (day for day in begins if day < TODAY):
        unit = dice.choices(units, weights)[0]
        line = dice.choices(list(LINES), LIKES[unit["客户类型"]])[0]
        tool, each = dice.choice(LINES[line])
        count = dice.choices((1, 2, 3, 5), (66, 20, 9, 5))[0] if each < 60 else 1
        budget = round(each * count * dice.uniform(0.88, 1.3), 1)
        active = sellers(unit["大区"], begun)
        who = unit["负责销售工号"] if unit["负责销售工号"] in active and dice.random() < 0.75 else dice.choice(active)
        way = one_of(dice, {"公开招标": 44, "竞争性磋商": 18, "询价采购": 24, "单一来源": 14})
        rival = "" if way == "单一来源" or dice.random() < 0.14 else dice.choices(RIVALS, (36, 28, 22, 14))[0]
        chance = SKILL[who] + {"单一来源": 0.22, "公开招标": -0.08}.get(way, 0) + {"赛嘉科仪": -0.13, "厂家直销": 0.12}.get(rival, 0)
        chance += {"显微成像": -0.07, "通用设备": 0.06}.get(line, 0)
        ended = workday(begun + timedelta(days=max(10, int(dice.gauss(120 if way == "公开招标" else 72, 36)))))
        closed = ended < TODAY and dice.random() < 0.94
        stage = one_of(dice, OPEN)
        if closed:
            stage = "废标" if way == "公开招标" and dice.random() < 0.07 else ("中标成交" if dice.random() < chance else "丢单")
        title = f"{unit['客户全称'].removesuffix('有限公司')}{tool}采购"
        names[title] = names.get(title, 0) + 1
        near = workday(max(ended, TODAY - timedelta(days=45)) + timedelta(days=dice.randrange(0, 80)))
        due = workday(ended + timedelta(days=dice.randrange(-20, 28))) if closed else near
        rows.append(
            {
                "机会编号": f"SJ{begun:%y}{len(rows) + 1:04d}",
                "机会名称": title if names[title] == 1 else f"{title}（{names[title]}）",
                "客户编码": unit["客户编码"],
                "跟单销售工号": who,
                "产品线": line,
                "仪器名称": tool,
                "品牌": one_of(dice, BRANDS),
                "台套数": count,
                "采购方式": way,
                "当前阶段": stage,
                "预算(万元)": budget if stage != "需求摸底" or dice.random() < 0.75 else "",
                "立项日": slash(begun),
                "预计定标日": slash(due) if dice.random() < 0.95 else "",
                "结案日": slash(ended) if closed else "",
                "丢单原因": one_of(dice, {"价格": 38, "参数不满足": 20, "交期太长": 12, "关系不到位": 19, "预算取消": 11}) if stage == "丢单" else "",
                "主要对手": rival,
                "unit": unit,
                "budget": budget,
                "begun": begun,
                "ended": ended,
            }
        )
    return rows


def quotes(dice: random.Random, deals: list[Row]) -> list[Row]:
    """Quotations; every version of one is a row."""
    rows: list[Row] = []
    number = 0
    for deal in deals:
        if deal["当前阶段"] == "需求摸底" or dice.random() < 0.3:
            continue
        number += 1
        listed, cut = deal["budget"] * 10_000 * dice.uniform(1.1, 1.35), dice.randrange(68, 92)
        made = workday(deal["begun"] + timedelta(days=dice.randrange(6, 30)))
        for version in range(1, 1 + dice.choices((1, 2, 3, 4), (52, 30, 13, 5))[0]):
            if made >= TODAY:
                break
            fresh = made > TODAY - timedelta(days=32) and dice.random() < 0.7
            rows.append(
                {
                    "报价单号": f"BJ-{deal['begun'].year}-{number:03d}",
                    "版本": f"V{version}",
                    "机会编号": deal["机会编号"],
                    "报价日期": dots(made),
                    "目录价(元)": money(listed),
                    "折扣(%)": cut,
                    "报价金额(元)": money(listed * cut / 100),
                    "报价有效期至": dots(made + timedelta(days=dice.choice((30, 60, 90)))),
                    "审批结果": "审批中" if fresh else one_of(dice, {"通过": 86, "驳回": 14}),
                    "制单人工号": "E023" if dice.random() < 0.55 else deal["跟单销售工号"],
                    "made": made,
                }
            )
            made, cut = workday(made + timedelta(days=dice.randrange(5, 25))), cut - dice.randrange(1, 5)
    rows.sort(key=lambda row: row["made"])
    return rows


def contracts(dice: random.Random, units: list[Row], deals: list[Row]) -> list[Row]:
    """Contracts: one for each won opportunity, and those for reagents and service, which have none."""
    rows: list[Row] = []
    for deal in (deal for deal in deals if deal["当前阶段"] == "中标成交"):
        signed = workday(deal["ended"] + timedelta(days=dice.randrange(2, 24)))
        if signed < TODAY:
            worth = deal["budget"] * 10_000 * dice.uniform(0.82, 0.99)
            rows.append(_contract(dice, deal["unit"], deal["跟单销售工号"], signed, "仪器", deal["产品线"], worth, deal["机会编号"]))
    for _ in range(170):
        unit = dice.choice([unit for unit in units if unit["合作状态"] != "暂停供货"])
        signed = workday(START + timedelta(days=dice.randrange((TODAY - START).days)))
        if signed >= TODAY:
            continue
        kind = one_of(dice, {"试剂耗材": 68, "维保服务": 32})
        worth = dice.lognormvariate(11.6, 0.7) if kind == "试剂耗材" else dice.lognormvariate(10.9, 0.5)
        active = sellers(unit["大区"], signed)
        who = unit["负责销售工号"] if unit["负责销售工号"] in active else dice.choice(active)
        rows.append(_contract(dice, unit, who, signed, kind, "", worth, ""))
    rows.sort(key=lambda row: row["签订日期"])
    for place, row in enumerate(rows, 1):
        row["合同号"] = f"{CODE[row['unit']['大区']]}{row['签订日期'][2:4]}{row['签订日期'][5:7]}-{place:03d}"
    return rows


def _contract(dice: random.Random, unit: Row, who: str, signed: date, kind: str, line: str, worth: float, source: str) -> Row:
    promised = came = passed = None
    state = "执行中"
    if kind != "维保服务":
        promised = workday(signed + timedelta(days=dice.randrange(30, 100) if kind == "仪器" else dice.randrange(7, 25)))
        came = workday(promised + timedelta(days=int(dice.gauss(2, 11))))
        came = max(came, workday(signed + timedelta(days=3)))
        passed = workday(came + timedelta(days=dice.randrange(6, 60) if kind == "仪器" else dice.randrange(0, 5)))
        state = "备货中" if came >= TODAY else ("到货待验收" if passed >= TODAY or dice.random() < 0.04 else "已验收")
        came = came if came < TODAY else None
        passed = passed if state == "已验收" else None
    elif signed < date(TODAY.year - 1, TODAY.month, TODAY.day):
        state = "服务期满"
    return {
        "合同号": "",
        "机会编号": source,
        "客户编码": unit["客户编码"],
        "签约销售工号": who,
        "合同类型": kind,
        "所属产品线": line,
        "合同额(元)": money(worth),
        "签订日期": dash(signed),
        "约定到货日": dash(promised),
        "实际到货日": dash(came),
        "验收日期": dash(passed),
        "质保期(月)": dice.choices((12, 24, 36), (56, 30, 14))[0] if kind == "仪器" else "",
        "履约状态": state,
        "unit": unit,
        "signed": signed,
        "came": came,
        "promised": promised,
    }


def dues(dice: random.Random, signed: list[Row]) -> list[Row]:
    """Instalments by contract and number: what is due and what came in."""
    rows: list[Row] = []
    for deal in signed:
        parts: tuple[tuple[str, float, int], ...] = (("合同款", 1.0, 45),)
        if deal["合同类型"] == "仪器":
            parts = dice.choice(((("预付款", 0.3, 15), ("到货款", 0.6, 95), ("质保金", 0.1, 430)), (("到货款", 0.9, 100), ("质保金", 0.1, 440))))
        rest, worth = plain(deal["合同额(元)"]), plain(deal["合同额(元)"])
        late = 34 if deal["unit"]["客户类型"] in ("医院", "高校") else 12
        for place, (kind, part, after) in enumerate(parts, 1):
            due = workday(deal["signed"] + timedelta(days=after + dice.randrange(10)))
            amount = rest if place == len(parts) else round(worth * part / 100) * 100
            rest -= amount
            paid = workday(due + timedelta(days=int(dice.gauss(late if kind != "预付款" else 5, 24))))
            came = deal["signed"] < paid < TODAY and dice.random() < 0.93
            rows.append(
                {
                    "合同号": deal["合同号"],
                    "期次": place,
                    "款项": kind,
                    "应收日期": slash(due),
                    "应收金额(元)": money(amount),
                    "到账日期": slash(paid) if came else "",
                    "到账金额(元)": money(amount) if came else "",
                    "开票": "已开" if came or (due < TODAY and dice.random() < 0.7) else "未开",
                    "付款方式": one_of(dice, {"对公转账": 70, "国库支付": 20, "承兑": 10}) if came else "",
                }
            )
    return rows


def services(dice: random.Random, units: list[Row], signed: list[Row]) -> list[Row]:
    """Service visits by engineers."""
    held: dict[str, list[Row]] = {}
    for deal in signed:
        if deal["合同类型"] == "仪器" and deal["came"]:
            held.setdefault(deal["客户编码"], []).append(deal)
    weights = [1 + 2.5 * len(held.get(unit["客户编码"], ())) for unit in units]
    begins = sorted(datetime(2023, 1, 4, 8) + timedelta(minutes=int(dice.random() ** 0.82 * 1046 * 1440)) for _ in range(470))
    rows: list[Row] = []
    for moment in begins:
        begun = datetime.combine(workday(moment.date()), moment.time()).replace(hour=8 + moment.hour % 10)
        if begun.date() >= TODAY:
            continue
        unit = dice.choices(units, weights)[0]
        kind = one_of(dice, {"维修": 44, "安装调试": 18, "校准": 14, "应用培训": 10, "巡检保养": 14})
        line = dice.choices(list(LINES), LIKES[unit["客户类型"]])[0]
        hours = dice.lognormvariate(3.9, 0.7) if kind == "维修" else dice.lognormvariate(2.9, 0.5)
        ended = begun + timedelta(hours=round(hours))
        still = ended.date() >= TODAY or (begun.date() > TODAY - timedelta(days=25) and dice.random() < 0.4)
        inside = kind in ("安装调试", "应用培训") or dice.random() < 0.58
        who = "E022" if kind == "应用培训" else dice.choices(("E019", "E020", "E021", "E022"), (36, 30, 24, 10))[0]
        rows.append(
            {
                "服务单号": f"FW{begun:%y%m}-{len(rows) + 1:03d}",
                "客户编码": unit["客户编码"],
                "服务类型": kind,
                "仪器产品线": line,
                "仪器名称": dice.choice(LINES[line])[0],
                "受理时间": f"{slash(begun.date())} {begun:%H:%M}",
                "完成时间": "" if still else f"{slash(ended.date())} {ended:%H:%M}",
                "工程师工号": who,
                "保修": "保内" if inside else "保外",
                "收费(元)": "" if inside else money(dice.uniform(600, 18_000), 50),
                "更换备件": "是" if kind == "维修" and dice.random() < 0.42 else "否",
                "客户评分": dice.choices((5, 4, 3, 2, 1), (46, 30, 14, 6, 4))[0] if not still and dice.random() < 0.72 else "",
                "day": begun.date(),
            }
        )
    return rows


def visits(dice: random.Random, units: list[Row], teams: list[Row]) -> list[Row]:
    """The sales people's log."""
    weights = [{"S": 7, "A": 4, "B": 1.8, "C": 0.8}[unit["客户等级"]] for unit in units]
    days = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.8))) for _ in range(598))
    rows: list[Row] = []
    for day in (day for day in days if day < TODAY):
        unit = dice.choices(units, weights)[0]
        active = sellers(unit["大区"], day)
        who = unit["负责销售工号"] if unit["负责销售工号"] in active and dice.random() < 0.82 else dice.choice(active)
        own = [team["课题组编号"] for team in teams if team["所属客户编码"] == unit["客户编码"]]
        way = one_of(dice, {"上门": 54, "电话": 22, "线上演示": 12, "学术会议": 12})
        rows.append(
            {
                "日志号": f"RZ{len(rows) + 1:04d}",
                "拜访日": cn(day),
                "销售工号": who,
                "客户编码": unit["客户编码"],
                "课题组编号": dice.choice(own) if dice.random() < 0.7 else "",
                "方式": way,
                "目的": one_of(dice, {"需求挖掘": 30, "方案讲解": 24, "催款": 13, "试剂补货": 19, "售后回访": 14}),
                "时长(分钟)": dice.randrange(1, 7) * 5 if way == "电话" else dice.randrange(3, 19) * 10,
                "day": day,
                "约定下次跟进": cn(workday(day + timedelta(days=dice.randrange(7, 45)))) if dice.random() < 0.55 else "",
            }
        )
    return rows


def filed(dice: random.Random, units: list[Row], seen: list[tuple[str, date]]) -> None:
    """Some customers came to the company only just before the first thing that is known of them."""
    first: dict[str, date] = {}
    for code, day in seen:
        first[code] = min(day, first.get(code, day))
    for unit in units:
        begun = first.get(unit["客户编码"])
        if begun and (begun > date(2024, 1, 1) or (begun > date(2023, 2, 20) and dice.random() < 0.3)):
            unit["建档日期"] = dash(workday(begun - timedelta(days=dice.randrange(3, 30))))


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    units = clients(dice)
    teams = groups(dice, units)
    deals = chances(dice, units)
    signed = contracts(dice, units, deals)
    tickets, log = services(dice, units, signed), visits(dice, units, teams)
    met = [(row["客户编码"], row["day"]) for row in (*tickets, *log)]
    known = [(row["客户编码"], row.get("begun") or row["signed"]) for row in (*deals, *signed)]
    filed(dice, units, met + known)
    write("员工与任务", staff())
    write("终端客户台账", units)
    write("课题组名录", teams)
    write("销售机会登记", deals)
    write("报价单汇总", quotes(dice, deals))
    write("合同订单表", signed)
    write("应收与到账", dues(dice, signed))
    write("售后服务单", tickets)
    write("拜访日志", log)


if __name__ == "__main__":
    main()
