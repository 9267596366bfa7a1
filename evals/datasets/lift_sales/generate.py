"""Writes the export of an invented regional company for lifts and escalators: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20250919
TODAY = date(2025, 9, 19)
START = date(2023, 1, 3)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

BRANCHES = {
    "武汉分公司": ("武汉", "孝感", "咸宁"),
    "宜昌分公司": ("宜昌", "荆州", "恩施"),
    "襄阳分公司": ("襄阳", "十堰", "随州"),
    "黄石分公司": ("黄石", "鄂州", "黄冈"),
}
STAFF = (
    ("Y1001", "高建国", "男", "公司本部", "营销总监", "2008年7月1日", "", "", "在岗"),
    ("Y1002", "向明辉", "男", "武汉分公司", "分公司经理", "2011年3月14日", "高建国", "", "在岗"),
    ("Y1003", "覃海燕", "女", "宜昌分公司", "分公司经理", "2012年9月3日", "高建国", "", "在岗"),
    ("Y1004", "马振东", "男", "襄阳分公司", "分公司经理", "2010年4月6日", "高建国", "", "在岗"),
    ("Y1005", "柯玉芳", "女", "黄石分公司", "分公司经理", "2014年6月23日", "高建国", "", "在岗"),
    ("Y1006", "陈伟", "男", "武汉分公司", "高级营销员", "2015年5月11日", "向明辉", "1500", "在岗"),
    ("Y1007", "夏雨晴", "女", "武汉分公司", "高级营销员", "2016年8月1日", "向明辉", "1600", "在岗"),
    ("Y1008", "闵浩", "男", "武汉分公司", "营销员", "2019年2月18日", "向明辉", "1100", "在岗"),
    ("Y1009", "邹丽娟", "女", "武汉分公司", "营销员", "2020年10月12日", "向明辉", "1000", "在岗"),
    ("Y1010", "童志刚", "男", "武汉分公司", "营销员", "2021年3月1日", "向明辉", "900", "离职"),
    ("Y1011", "谭建平", "男", "宜昌分公司", "高级营销员", "2013年11月4日", "覃海燕", "900", "在岗"),
    ("Y1012", "冉秋月", "女", "宜昌分公司", "营销员", "2018年7月9日", "覃海燕", "800", "在岗"),
    ("Y1013", "田大勇", "男", "宜昌分公司", "营销员", "2022年5月16日", "覃海燕", "600", "在岗"),
    ("Y1014", "尹国强", "男", "襄阳分公司", "高级营销员", "2014年2月17日", "马振东", "950", "在岗"),
    ("Y1015", "付小燕", "女", "襄阳分公司", "营销员", "2019年9月2日", "马振东", "700", "休假"),
    ("Y1016", "陈伟", "男", "襄阳分公司", "营销员", "2021年12月6日", "马振东", "650", "在岗"),
    ("Y1017", "石玉梅", "女", "黄石分公司", "高级营销员", "2016年4月25日", "柯玉芳", "850", "在岗"),
    ("Y1018", "明轩", "男", "黄石分公司", "营销员", "2020年6月15日", "柯玉芳", "700", "在岗"),
    ("Y1019", "骆雪", "女", "黄石分公司", "营销员", "2024年7月1日", "柯玉芳", "400", "在岗"),
)
SKILL = {"Y1006": 0.58, "Y1007": 0.66, "Y1008": 0.47, "Y1009": 0.52, "Y1010": 0.35, "Y1011": 0.62, "Y1012": 0.5}
SKILL |= {"Y1013": 0.4, "Y1014": 0.55, "Y1015": 0.49, "Y1016": 0.44, "Y1017": 0.6, "Y1018": 0.46, "Y1019": 0.38}
KINDS = {
    "房地产开发": (("置业有限公司", "房地产开发有限公司", "地产集团有限公司"), 34),
    "物业服务": (("物业服务有限公司", "物业管理有限公司"), 26),
    "医疗机构": (("人民医院", "中医医院", "妇幼保健院"), 18),
    "轨道交通": (("轨道交通运营有限公司",), 3),
    "商业零售": (("商业管理有限公司", "百货有限公司"), 14),
    "机关学校": (("职业技术学院", "机关事务服务中心"), 10),
    "工业企业": (("汽车零部件有限公司", "医药物流有限公司"), 11),
}
STEMS = (
    *("江城", "楚韵", "东湖", "汉阳滨江", "鼎新", "金色", "长河", "南山", "恒昌", "绿洲", "福星", "百步", "碧云", "正荣", "星汉", "临江", "丹江"),
    *("古隆", "清江", "三峡湾", "夷陵", "隆中", "武当", "编钟", "磁湖", "西塞", "梁子", "遗爱", "龙泉", "锦绣", "兴龙", "安居", "华宇", "天顺"),
)
SITES = ("滨江苑", "御景园", "中央城", "春晓里", "云锦台", "科创园", "翰林府", "文昌苑", "和谐家园", "悦府", "时代广场", "学府花园", "荷塘月色", "公馆")
HOSPITAL_SITES = ("门诊楼", "住院部", "外科楼", "急诊综合楼", "康复楼", "儿科病房楼")
METRO_SITES = ("1号线", "2号线", "2号线延长线", "3号线", "机场线", "车辆段")
OTHER_SITES = {
    "商业零售": ("主楼", "北区", "南区", "购物中心", "旗舰店", "地下车库"),
    "机关学校": ("综合楼", "行政楼", "图书馆", "实训楼", "办公楼", "会议中心"),
    "工业企业": ("仓储中心", "一号厂房", "二号厂房", "研发楼", "综合楼", "倒班宿舍"),
}
WORKS = {"新梯销售": 46, "旧梯改造": 26, "加装电梯": 16, "大修更新": 12}
SHORT = {"新梯销售": "新梯采购", "旧梯改造": "旧梯改造", "加装电梯": "加装电梯", "大修更新": "大修更新"}
RIVALS = ("华升电梯", "楚峰机电", "恒速电梯", "江南快梯")
STAGES = ("信息跟踪", "方案交流", "投标报价", "合同谈判")
MODELS = {
    "乘客电梯": (("CT-3000", 1000, "1.75"), ("CT-5000", 1350, "2.5")),
    "医用电梯": (("YT-1600", 1600, "1.75"),),
    "载货电梯": (("HT-2000", 2000, "0.5"),),
    "自动扶梯": (("FT-800", "", "0.5"), ("FT-1000", "", "0.65")),
}
WORKERS = {
    "武汉分公司": ("武汉一班", "武汉二班"),
    "宜昌分公司": ("宜昌班",),
    "襄阳分公司": ("襄阳班",),
    "黄石分公司": ("黄石班",),
}
CREW = {
    "武汉一班": ("彭德胜", "余志高"),
    "武汉二班": ("蔡小军", "雷鸣"),
    "宜昌班": ("向阳", "郑海波"),
    "襄阳班": ("程立", "万里"),
    "黄石班": ("卢卫东", "祝平"),
}
SURNAMES, GIVEN = (
    "王李张刘杨黄赵吴周徐孙胡朱林何郭罗梁宋唐许韩邓冯曹",
    ("建华", "丽", "志远", "晓红", "国平", "文静", "伟民", "红霞", "刚", "秀英", "俊", "海涛"),
)


def cn(day: date | None) -> str:
    """A day as in 2025年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def clock(moment: datetime) -> str:
    """A moment as in 2025/3/5 14:02."""
    return f"{slash(moment.date())} {moment:%H:%M}"


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Monday after."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def write(name: str, rows: list[Row]) -> None:
    """One file of the export, with the mark that spreadsheets put before UTF-8."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def reps(branch: str) -> list[str]:
    """Numbers of those who sell for a branch."""
    return [row[0] for row in STAFF if row[3] == branch and "营销员" in row[4]]


def staff() -> list[Row]:
    """The roster."""
    names = ("职工编号", "姓名", "性别", "所属分公司", "岗位名称", "入职时间", "直接领导", "年度指标(万元)", "在岗状态")
    return [dict(zip(names, row, strict=True)) for row in STAFF]


def customers(dice: random.Random) -> list[Row]:
    """Client units; two share a short name on purpose."""
    rows: list[Row] = []
    names: set[str] = set()
    fixed = [
        ("武汉", "江城", "房地产开发", "置业有限公司"),
        ("黄石", "江城", "房地产开发", "置业有限公司"),
        ("武汉", "楚韵", "轨道交通", "轨道交通运营有限公司"),
    ]
    for kind, (endings, wanted) in KINDS.items():
        plan = [item for item in fixed if item[2] == kind]
        while len(plan) < wanted:
            branch = dice.choices(list(BRANCHES), (45, 22, 18, 15))[0]
            city = dice.choice(BRANCHES[branch]) if dice.random() < 0.6 and kind != "轨道交通" else BRANCHES[branch][0]
            stem = "" if kind == "轨道交通" else dice.choice(STEMS)
            ending = dice.choice(endings)
            short = (city, stem, ending)
            if (stem, ending) == ("江城", "置业有限公司") or any(short == (item[0], item[1], item[3]) for item in plan):
                continue
            if kind == "轨道交通" and any(item[0] == city for item in plan):
                continue
            plan.append((city, stem, kind, ending))
        for city, stem, _, ending in plan:
            name = f"{city}{stem}{ending}"
            if name not in names:
                names.add(name)
                rows.append({"name": name, "kind": kind, "city": city})
    dice.shuffle(rows)
    return [_customer(dice, place, row) for place, row in enumerate(rows, 1)]


def _customer(dice: random.Random, place: int, row: Row) -> Row:
    kind, city = row["kind"], row["city"]
    branch = next(name for name, cities in BRANCHES.items() if city in cities)
    owned = {"医疗机构": "事业单位", "机关学校": "事业单位", "轨道交通": "国有企业"}.get(kind) or one_of(dice, {"民营企业": 58, "国有企业": 32, "外资企业": 10})
    since = workday(date(2016, 1, 4) + timedelta(days=dice.randrange(3450)))
    weight = "战略" if kind == "轨道交通" else one_of(dice, {"战略": 10, "重点": 28, "一般": 62})
    state = one_of(dice, {"正常合作": 82, "潜在客户": 12, "暂停合作": 6})
    return {
        "单位代码": f"DW{place:04d}",
        "单位名称": row["name"],
        "单位类别": kind,
        "所有制性质": owned,
        "所在地市": city,
        "管辖分公司": branch,
        "重要程度": weight,
        "归口责任人编号": dice.choice(reps(branch)),
        "首次合作日期": dash(since) if dice.random() < 0.93 and state != "潜在客户" else "",
        "授信额度(万元)": {"战略": 800, "重点": 300, "一般": 80}[weight] + 20 * dice.randrange(6) if dice.random() < 0.88 else "",
        "自有电梯总数": dice.randrange(4, 90) if dice.random() < 0.85 else "",
        "合作状态": state,
        "客户来源": one_of(dice, {"招标平台": 34, "老客户介绍": 28, "主动拜访": 20, "政府推荐": 10, "展会": 8}) if dice.random() < 0.9 else "",
    }


def contacts(dice: random.Random, units: list[Row]) -> list[Row]:
    """People at the client units."""
    rows: list[Row] = []
    for unit in units:
        for _ in range(dice.choices((1, 2, 3), (40, 42, 18))[0]):
            role = one_of(dice, {"决策人": 26, "影响人": 30, "经办人": 32, "使用人": 12})
            post = {
                "决策人": ("总经理", "副院长", "分管副总"),
                "影响人": ("工程部经理", "总工程师"),
                "经办人": ("采购主管", "招标专员"),
                "使用人": ("设备主管", "安全管理员"),
            }
            rows.append(
                {
                    "序号": len(rows) + 1,
                    "联系人姓名": dice.choice(SURNAMES) + dice.choice(GIVEN),
                    "单位代码": unit["单位代码"],
                    "职务": dice.choice([name for name in post[role] if name != "副院长" or unit["单位类别"] == "医疗机构"]),
                    "决策角色": role,
                    "移动电话": f"1{dice.choice('3578')}{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.9 else "",
                    "熟悉程度": one_of(dice, {"熟悉": 38, "一般": 42, "陌生": 20}),
                    "是否关键人": "是" if role == "决策人" or dice.random() < 0.1 else "否",
                }
            )
    return rows


def projects(dice: random.Random, units: list[Row]) -> list[Row]:
    """Bids and direct sales."""
    busy = [unit for unit in units if unit["合作状态"] != "潜在客户" or dice.random() < 0.6]
    weights = [{"战略": 7, "重点": 4, "一般": 1.6}[unit["重要程度"]] for unit in busy]
    days = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.92))) for _ in range(430))
    names: set[str] = set()
    rows = []
    for place, begun in enumerate(day for day in days if day < TODAY):
        unit = dice.choices(busy, weights)[0]
        rows.append(_project(dice, unit, begun, place + 1, names))
    return rows


def _project(dice: random.Random, unit: Row, begun: date, place: int, names: set[str]) -> Row:
    kind = unit["单位类别"]
    work = one_of(dice, {**WORKS, "加装电梯": 3} if kind in ("轨道交通", "工业企业", "商业零售") else WORKS)
    sites = {"医疗机构": HOSPITAL_SITES, "轨道交通": METRO_SITES, "房地产开发": SITES, "物业服务": SITES}.get(kind) or OTHER_SITES[kind]
    lift = _lift(dice, kind, work)
    base = unit["单位名称"].removesuffix("有限公司").removesuffix("服务").removesuffix("运营").removesuffix("集团")
    name = f"{base}{dice.choice(sites)}{SHORT[work]}项目"
    while name in names:
        name = f"{base}{dice.choice(sites)}{dice.choice(('一期', '二期', '三期', 'A标段', 'B标段', '补充'))}{SHORT[work]}项目"
    names.add(name)
    count = dice.choices((1, 2, 3, 4, 5, 6, 8, 10), (18, 22, 15, 13, 10, 10, 7, 5))[0] + (3 if kind == "轨道交通" else 0)
    each = {"新梯销售": {"乘客电梯": 26.5, "医用电梯": 33, "载货电梯": 29, "自动扶梯": 37}[lift], "旧梯改造": 15.8, "加装电梯": 51, "大修更新": 6.4}[work]
    worth = round(count * each * dice.uniform(0.86, 1.2), 1)
    owner = unit["归口责任人编号"] if dice.random() < 0.72 else dice.choice(reps(unit["管辖分公司"]))
    if owner == "Y1010" and begun > date(2024, 11, 30):
        owner = dice.choice([rep for rep in reps("武汉分公司") if rep != "Y1010"])
    if owner == "Y1019" and begun < date(2024, 7, 1):
        owner = dice.choice(["Y1017", "Y1018"])
    way = one_of(dice, {"公开招标": 46, "邀请招标": 20, "竞争性谈判": 14, "直接委托": 20})
    rival = dice.choices(RIVALS, (38, 27, 20, 15))[0] if way != "直接委托" and dice.random() < 0.88 else ""
    chance = SKILL[owner] + {"直接委托": 0.2, "公开招标": -0.1}.get(way, 0) + {"旧梯改造": 0.06, "新梯销售": -0.03}.get(work, 0)
    chance += {"华升电梯": -0.12, "江南快梯": 0.1}.get(rival, 0)
    ended = workday(begun + timedelta(days=int(dice.gauss(118 if "招标" in way else 76, 38)) + 12))
    ended = max(ended, workday(begun + timedelta(days=9)))
    closed = ended < TODAY and dice.random() < 0.94
    won = closed and dice.random() < chance
    stage = ("已签约" if won else "已落标") if closed else dice.choices(STAGES, (30, 28, 26, 16))[0]
    due = (
        workday(ended + timedelta(days=dice.randrange(-18, 30)))
        if closed
        else workday(max(ended, TODAY - timedelta(days=40)) + timedelta(days=dice.randrange(0, 70)))
    )
    return {
        "项目编号": f"XM-{begun.year}-{place:03d}",
        "项目名称": name,
        "业主单位代码": unit["单位代码"],
        "责任人编号": owner,
        "业务类别": work,
        "承揽方式": way,
        "梯种": lift,
        "台数": count,
        "项目进展": stage,
        "预估金额(万元)": worth if stage != "信息跟踪" or dice.random() < 0.7 else "",
        "签约金额(万元)": round(worth * dice.uniform(0.87, 1.03), 2) if won else "",
        "登记日期": cn(begun),
        "预计签约日期": cn(due) if dice.random() < 0.95 else "",
        "办结日期": cn(ended) if closed else "",
        "落标原因": one_of(dice, {"报价偏高": 40, "技术参数不符": 17, "工期不满足": 14, "客情关系不足": 19, "业主取消": 10}) if closed and not won else "",
        "主要竞争单位": rival,
        "投标保证金(万元)": round(worth * 0.02, 1) if "招标" in way and stage not in ("信息跟踪", "方案交流") else "",
    }


def _lift(dice: random.Random, kind: str, work: str) -> str:
    if work == "加装电梯":
        return "乘客电梯"
    if kind == "医疗机构":
        return one_of(dice, {"医用电梯": 70, "乘客电梯": 22, "自动扶梯": 8})
    if kind == "轨道交通":
        return one_of(dice, {"自动扶梯": 78, "乘客电梯": 22})
    if kind == "商业零售":
        return one_of(dice, {"自动扶梯": 58, "乘客电梯": 32, "载货电梯": 10})
    return one_of(dice, {"载货电梯": 75, "乘客电梯": 25} if kind == "工业企业" else {"乘客电梯": 92, "载货电梯": 5, "自动扶梯": 3})


def visits(dice: random.Random, units: list[Row]) -> list[Row]:
    """Calls on client units."""
    weights = [{"战略": 8, "重点": 4, "一般": 1.3}[unit["重要程度"]] for unit in units]
    notes = {
        "项目跟进": ("了解招标进度", "沟通井道图纸", "业主要求压缩工期", "确认装潢方案"),
        "催收款项": ("业主承诺月底付款", "财务流程未走完", "对账完毕"),
        "维保续签": ("商谈续签价格", "业主要求改为全包", "同行报价较低"),
        "投诉处理": ("反映困人频繁", "反映到场慢", "反映轿厢异响"),
        "技术交流": ("介绍无机房方案", "介绍物联网监测", "介绍旧梯改造补贴政策"),
        "节日慰问": ("例行走访", ""),
    }
    days = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.75))) for _ in range(590))
    rows: list[Row] = []
    for day in (day for day in days if day < TODAY):
        unit = dice.choices(units, weights)[0]
        who = unit["归口责任人编号"] if dice.random() < 0.8 else dice.choice(reps(unit["管辖分公司"]))
        if (who == "Y1010" and day > date(2024, 11, 30)) or (who == "Y1019" and day < date(2024, 7, 1)):
            who = {"Y1010": "Y1007", "Y1019": "Y1017"}[who]
        way = one_of(dice, {"上门走访": 50, "电话联络": 28, "视频会议": 10, "来访接待": 12})
        why = one_of(dice, {"项目跟进": 42, "催收款项": 15, "维保续签": 16, "投诉处理": 9, "技术交流": 12, "节日慰问": 6})
        rows.append(
            {
                "走访编号": f"ZF{len(rows) + 1:05d}",
                "走访日期": dash(day),
                "单位代码": unit["单位代码"],
                "走访人编号": who,
                "走访形式": way,
                "走访事由": why,
                "历时(分钟)": dice.randrange(1, 6) * 5 if way == "电话联络" else dice.randrange(4, 25) * 10,
                "纪要": dice.choice(notes[why]),
                "客户态度": one_of(dice, {"积极": 34, "中立": 44, "消极": 12}) if dice.random() < 0.85 else "",
            }
        )
    return rows


def machines(dice: random.Random, units: list[Row], deals: list[Row]) -> list[Row]:
    """One row a lift: those of signed projects for new lifts, and those that others built."""
    by_code = {unit["单位代码"]: unit for unit in units}
    rows: list[Row] = []
    for deal in deals:
        if deal["项目进展"] != "已签约" or deal["业务类别"] not in ("新梯销售", "加装电梯"):
            continue
        signed = datetime.strptime(deal["办结日期"], "%Y年%m月%d日").date()
        done = workday(signed + timedelta(days=dice.randrange(120, 270)))
        for _ in range(deal["台数"]):
            if done < TODAY:
                rows.append(_machine(dice, by_code[deal["业主单位代码"]], deal["梯种"], done, deal["项目编号"], "自有品牌"))
    for _ in range(190):
        unit = dice.choice([unit for unit in units if unit["合作状态"] == "正常合作"])
        done = workday(date(2006, 3, 1) + timedelta(days=dice.randrange(6000)))
        rows.append(_machine(dice, unit, _lift(dice, unit["单位类别"], ""), done, "", one_of(dice, {"自有品牌": 45, "外品牌": 55})))
    rows.sort(key=lambda row: row["done"])
    for place, row in enumerate(rows, 1):
        row["设备编号"] = f"TD{place:04d}"
        del row["done"]
    return rows


def _machine(dice: random.Random, unit: Row, lift: str, done: date, source: str, make: str) -> Row:
    model, load, speed = dice.choice(MODELS[lift])
    state = "在用" if source or dice.random() < 0.8 else dice.choice(("停用", "报废", "改造中"))
    passed = done + timedelta(days=365 * ((TODAY - done).days // 365) + dice.randrange(-25, 60))
    return {
        "设备编号": "",
        "使用单位代码": unit["单位代码"],
        "设备类别": lift,
        "规格型号": model if make == "自有品牌" else "",
        "品牌归属": make,
        "额定载重(kg)": load,
        "运行速度(m/s)": speed,
        "层站数": "" if lift == "自动扶梯" else dice.randrange(3, 34),
        "竣工验收日期": slash(done),
        "质保截止日期": slash(done + timedelta(days=730)) if source else "",
        "下次检验日期": slash(passed + timedelta(days=365)) if state in ("在用", "停用") else "",
        "使用状态": state,
        "维保班组": dice.choice(WORKERS[unit["管辖分公司"]]),
        "来源项目编号": source,
        "done": done,
    }


def upkeep(dice: random.Random, units: list[Row], lifts: list[Row]) -> list[Row]:
    """Contracts for maintenance, a chain of years for each client unit that has lifts."""
    rows: list[Row] = []
    for unit in units:
        held = [lift for lift in lifts if lift["使用单位代码"] == unit["单位代码"] and lift["使用状态"] != "报废"]
        if not held or dice.random() < 0.12:
            continue
        begun = date(2023, 1, 1) + timedelta(days=dice.randrange(500))
        way = one_of(dice, {"清包": 52, "半包": 26, "全包": 22})
        each = {"清包": 3600, "半包": 5200, "全包": 8800}[way] * dice.uniform(0.85, 1.15)
        while begun < TODAY:
            years = dice.choices((1, 2, 3), (68, 24, 8))[0]
            last = date(begun.year + years, begun.month, min(begun.day, 28)) - timedelta(days=1)
            rows.append(_contract(dice, unit, held, begun, last, way, each))
            if last < TODAY and dice.random() < 0.2:
                break
            if last < TODAY:
                rows[-1]["履行状态"] = "到期已续"
            each *= dice.uniform(0.97, 1.06)
            begun = last + timedelta(days=1)
    rows.sort(key=lambda row: row["签订日期"])
    for place, row in enumerate(rows, 1):
        row["维保合同号"] = f"WB-{row['签订日期'][:4]}-{place:03d}"
    return rows


def _contract(dice: random.Random, unit: Row, held: list[Row], begun: date, last: date, way: str, each: float) -> Row:
    count = max(1, round(len(held) * dice.uniform(0.6, 1)))
    return {
        "维保合同号": "",
        "甲方单位代码": unit["单位代码"],
        "经办人编号": unit["归口责任人编号"],
        "签订日期": dash(workday(begun - timedelta(days=dice.randrange(3, 40)))),
        "起始日期": dash(begun),
        "终止日期": dash(last),
        "维保方式": way,
        "维保台量": count,
        "年维保费(元)": f"{round(each * count / 10) * 10:,}",
        "结算周期": one_of(dice, {"季付": 46, "半年付": 34, "年付": 20}),
        "履行状态": "履行中" if last >= TODAY and dice.random() < 0.96 else ("到期未续" if last < TODAY else "提前解除"),
    }


def calls(dice: random.Random, lifts: list[Row]) -> list[Row]:
    """Repair calls, each about one lift."""
    used = [lift for lift in lifts if lift["使用状态"] != "报废"]
    weights = [dice.uniform(0.2, 1) * (2.2 if lift["设备类别"] == "自动扶梯" else 1) * (0.7 if lift["来源项目编号"] else 1.4) for lift in used]
    rows: list[Row] = []
    moments = sorted(datetime(2023, 1, 3) + timedelta(minutes=int(dice.random() ** 0.8 * 60 * 24 * 988)) for _ in range(650))
    for begun in moments:
        lift = dice.choices(used, weights)[0]
        parts = [int(part) for part in lift["竣工验收日期"].split("/")]
        if date(parts[0], parts[1], parts[2]) > begun.date() or begun.date() >= TODAY:
            continue
        faults = {"门系统故障": 30, "困人": 12, "异响抖动": 17, "平层不准": 11, "控制柜故障": 13, "按钮失灵": 11}
        if lift["设备类别"] == "自动扶梯":
            faults = {"扶手带故障": 34, "梯级链故障": 26, "异响抖动": 22, "控制柜故障": 14}
        fault = one_of(dice, faults)
        arrived = max(8, int(dice.gauss(24 if fault == "困人" else 46, 12)))
        hours = round(max(0.5, dice.lognormvariate(1.5, 0.8)), 1)
        mended = begun + timedelta(minutes=arrived + int(hours * 60))
        open_still = begun.date() > TODAY - timedelta(days=30) and dice.random() < 0.55
        rows.append(
            {
                "急修单号": f"JX{begun:%y%m}{len(rows) + 1:04d}",
                "报修时间": clock(begun),
                "设备编号": lift["设备编号"],
                "故障类型": fault,
                "是否困人": "是" if fault == "困人" else "否",
                "到场用时(分钟)": arrived,
                "修复时间": "" if open_still else clock(mended),
                "停梯时长(小时)": "" if open_still else hours,
                "处理人": dice.choice(CREW[lift["维保班组"]]),
                "原因归属": one_of(dice, {"设备老化": 42, "使用不当": 27, "外部停电": 12, "零件质量": 19}),
                "配件费用(元)": dice.choice(("", 0, 120, 260, 480, 850, 1600, 3200, 5800)),
                "用户评分": dice.choices((5, 4, 3, 2, 1), (44, 30, 15, 7, 4))[0] if not open_still and dice.random() < 0.7 else "",
            }
        )
    return rows


def payments(dice: random.Random, deals: list[Row]) -> list[Row]:
    """Instalments of signed projects, what was planned and what came in."""
    rows: list[Row] = []
    for deal in (deal for deal in deals if deal["项目进展"] == "已签约"):
        signed = datetime.strptime(deal["办结日期"], "%Y年%m月%d日").date()
        for kind, part, after in (("预付款", 0.3, 14), ("发货款", 0.4, 95), ("验收款", 0.25, 210), ("质保金", 0.05, 940)):
            due = workday(signed + timedelta(days=after + dice.randrange(12)))
            if due > TODAY + timedelta(days=75):
                continue
            amount = round(deal["签约金额(万元)"] * part, 2)
            paid = workday(due + timedelta(days=int(dice.gauss(16 if kind != "预付款" else 4, 22))))
            came = paid < TODAY and dice.random() < 0.93
            rows.append(
                {
                    "due": due,
                    "回款编号": "",
                    "项目编号": deal["项目编号"],
                    "款项性质": kind,
                    "计划回款日期": cn(due),
                    "计划金额(万元)": amount,
                    "到账日期": cn(paid) if came else "",
                    "到账金额(万元)": (amount if dice.random() < 0.88 else round(amount * 0.6, 2)) if came else "",
                    "结算方式": one_of(dice, {"电汇": 55, "银行承兑汇票": 28, "转账支票": 10, "商业承兑汇票": 7}) if came else "",
                }
            )
    rows.sort(key=lambda row: row["due"])
    for place, row in enumerate(rows, 1):
        row["回款编号"] = f"HK{place:04d}"
        del row["due"]
    return rows


def correct(units: list[Row], deals: list[Row]) -> None:
    """Nobody signs before the first day of working together, and a unit that has signed is no longer a prospect."""
    signed: dict[str, date] = {}
    for deal in (deal for deal in deals if deal["项目进展"] == "已签约"):
        closed = datetime.strptime(deal["办结日期"], "%Y年%m月%d日").date()
        signed[deal["业主单位代码"]] = min(closed, signed.get(deal["业主单位代码"], closed))
    for unit in units:
        first = signed.get(unit["单位代码"])
        if first and unit["合作状态"] == "潜在客户":
            unit["合作状态"], unit["首次合作日期"] = "正常合作", dash(first)
        elif first and unit["首次合作日期"] > dash(first):
            unit["首次合作日期"] = dash(first)


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    units = customers(dice)
    deals = projects(dice, units)
    correct(units, deals)
    lifts = machines(dice, units, deals)
    made: tuple[tuple[str, Callable[[], list[Row]]], ...] = (
        ("营销人员花名册", staff),
        ("客户单位信息表", lambda: units),
        ("客户联系人名录", lambda: contacts(dice, units)),
        ("项目信息登记表", lambda: deals),
        ("走访记录表", lambda: visits(dice, units)),
        ("电扶梯设备台账", lambda: lifts),
        ("维保合同台账", lambda: upkeep(dice, units, lifts)),
        ("急修记录表", lambda: calls(dice, lifts)),
        ("项目回款明细", lambda: payments(dice, deals)),
    )
    for name, rows in made:
        write(name, rows())


if __name__ == "__main__":
    main()
