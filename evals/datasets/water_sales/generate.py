"""Writes the export of an invented seller of water-treatment chemicals and equipment: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20260316
TODAY = date(2026, 3, 16)
START = date(2023, 3, 1)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

REGIONS = {
    "华东区": {"江苏": ("南京", "常州", "徐州"), "浙江": ("宁波", "嘉兴")},
    "鲁豫区": {"山东": ("淄博", "潍坊", "临沂"), "河南": ("洛阳", "新乡")},
    "华北区": {"河北": ("唐山", "沧州"), "天津": ("天津",), "山西": ("长治",)},
    "西北区": {"陕西": ("咸阳", "榆林"), "宁夏": ("银川",)},
}
STAFF = (
    ("WT001", "贺立群", "总部", "销售总监", "2009-05-04", "", "在职", ""),
    ("WT004", "陆文博", "华东区", "大区经理", "2012-03-12", "贺立群", "在职", ""),
    ("WT005", "孔德胜", "鲁豫区", "大区经理", "2011-08-22", "贺立群", "在职", ""),
    ("WT009", "冀长河", "华北区", "大区经理", "2013-02-25", "贺立群", "在职", ""),
    ("WT012", "马存义", "西北区", "大区经理", "2015-06-01", "贺立群", "在职", ""),
    ("WT015", "沈国栋", "华东区", "销售工程师", "2014-07-14", "陆文博", "在职", ""),
    ("WT018", "沈雪梅", "华东区", "销售工程师", "2017-04-10", "陆文博", "在职", ""),
    ("WT021", "费扬", "华东区", "销售工程师", "2020-09-01", "陆文博", "在职", ""),
    ("WT023", "姜海涛", "鲁豫区", "销售工程师", "2016-11-07", "孔德胜", "在职", ""),
    ("WT026", "苗芳", "鲁豫区", "销售工程师", "2019-03-18", "孔德胜", "在职", ""),
    ("WT027", "庞志远", "鲁豫区", "销售工程师", "2021-05-06", "孔德胜", "离职", "2025-06-30"),
    ("WT030", "白晓东", "华北区", "销售工程师", "2015-10-19", "冀长河", "在职", ""),
    ("WT033", "郝丽娜", "华北区", "销售工程师", "2018-08-13", "冀长河", "在职", ""),
    ("WT052", "郭子轩", "华北区", "销售工程师", "2025-10-09", "冀长河", "试用期", ""),
    ("WT036", "雷小军", "西北区", "销售工程师", "2018-01-15", "马存义", "在职", ""),
    ("WT041", "安静怡", "西北区", "销售工程师", "2022-02-21", "马存义", "在职", ""),
    ("WT016", "王立新", "华东区", "现场服务工程师", "2014-09-01", "陆文博", "在职", ""),
    ("WT029", "顾春明", "华东区", "现场服务工程师", "2019-06-10", "陆文博", "在职", ""),
    ("WT024", "王海波", "鲁豫区", "现场服务工程师", "2017-02-13", "孔德胜", "在职", ""),
    ("WT038", "曲向东", "鲁豫区", "现场服务工程师", "2021-07-05", "孔德胜", "在职", ""),
    ("WT031", "温国华", "华北区", "现场服务工程师", "2016-05-16", "冀长河", "在职", ""),
    ("WT044", "岳鹏", "华北区", "现场服务工程师", "2022-11-01", "冀长河", "病假", ""),
    ("WT037", "党卫国", "西北区", "现场服务工程师", "2018-03-26", "马存义", "在职", ""),
    ("WT046", "海兰", "西北区", "现场服务工程师", "2023-04-03", "马存义", "在职", ""),
    ("WT007", "蒋莉", "总部", "商务内勤", "2012-10-08", "贺立群", "在职", ""),
    ("WT048", "钟慧", "总部", "商务内勤", "2023-09-11", "贺立群", "在职", ""),
)
SKILL = {"沈国栋": 0.62, "沈雪梅": 0.53, "费扬": 0.44, "姜海涛": 0.58, "苗芳": 0.5, "庞志远": 0.36, "白晓东": 0.55, "郝丽娜": 0.47, "雷小军": 0.51}
SKILL |= {"安静怡": 0.42, "郭子轩": 0.3}
QUOTA = {"沈国栋": 190, "沈雪梅": 150, "费扬": 110, "姜海涛": 170, "苗芳": 130, "庞志远": 90, "白晓东": 160, "郝丽娜": 120, "雷小军": 130, "安静怡": 80}
QUOTA |= {"郭子轩": 40}
TRADES = {
    "热电": (("热电有限公司", "热力有限公司"), 22),
    "石油化工": (("石化有限公司", "化工股份有限公司", "新材料有限公司"), 26),
    "钢铁冶金": (("钢铁有限公司", "特钢有限公司"), 14),
    "造纸印染": (("纸业有限公司", "印染有限公司"), 18),
    "市政污水": (("污水处理有限公司", "水务有限公司"), 20),
    "食品饮料": (("食品有限公司", "酒业有限公司", "乳业有限公司"), 17),
    "电子半导体": (("电子有限公司", "微电子科技有限公司"), 11),
    "制药": (("制药有限公司", "生物药业有限公司"), 10),
}
STEMS = (
    *("岚泽", "沐禾", "晟岭", "钧泰", "柏川", "澜庭", "钰丰", "铭渠", "昱海", "砺石", "朔原"),
    *("槐里", "桐溪", "崧岳", "璟田", "棠华", "沣南", "垚鑫", "渭泉", "豫峰", "淇澳", "陌阳"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何梁郑"
GIVEN = ("建国", "丽", "志强", "敏", "国平", "伟", "红霞", "刚", "秀英", "俊峰", "海涛", "文静")
POSTS = ("设备动力部部长", "水处理车间主任", "采购部经理", "环保科科长", "生产副总", "总工程师")
LINES = {"药剂框架供应": 42, "水处理包干": 22, "设备销售": 20, "系统改造": 10, "托管运营": 6}
STEPS = (("初步接洽", "10%"), ("取样化验", "30%"), ("现场试用", "50%"), ("报价投标", "70%"), ("商务谈判", "90%"))
RIVALS = ("清澜化学", "北净环境", "蓝朔科技", "艾洁特")
SPOKEN = {
    "清澜化学": ("报价比我们低一成左右", "承诺免费加药装置", "驻厂服务人员少"),
    "北净环境": ("与客户设计院关系好", "近期交货不及时"),
    "蓝朔科技": ("主打在线监测打包", "技术方案抄袭我方"),
    "艾洁特": ("外资品牌，价格高两成", "产品数据漂亮，服务响应慢"),
}
GOODS = {
    "WT-208": ("缓蚀阻垢剂", 10800, "25kg桶", 24),
    "WT-305": ("非氧化杀菌剂", 16200, "200kg桶", 13),
    "WT-310": ("氧化性杀菌剂", 8300, "200kg桶", 12),
    "PC-10": ("聚合氯化铝", 1950, "吨袋", 18),
    "PM-C4": ("阳离子聚丙烯酰胺", 14600, "25kg袋", 12),
    "RO-120": ("反渗透阻垢剂", 21500, "25kg桶", 10),
    "XP-60": ("消泡剂", 11700, "200kg桶", 6),
    "BL-15": ("锅炉除氧剂", 9400, "25kg桶", 5),
}
MACHINES = {
    "EQ-01": ("自动加药装置", 86000, "撬装", 40),
    "EQ-02": ("反渗透膜组", 315000, "40支", 18),
    "EQ-03": ("在线监测仪", 46500, "壁挂", 28),
    "EQ-04": ("旁滤装置", 128000, "DN150", 14),
}
SYSTEMS = {
    "热电": ("1#循环水", "2#循环水", "锅炉给水"),
    "石油化工": ("1#循环水", "2#循环水", "3#循环水", "中水回用"),
    "钢铁冶金": ("净环水", "浊环水", "软水站"),
    "造纸印染": ("污水站", "中水回用"),
    "市政污水": ("生化池", "高密池", "污泥脱水"),
    "食品饮料": ("循环冷却水", "污水站"),
    "电子半导体": ("反渗透", "循环冷却水"),
    "制药": ("循环冷却水", "纯水站"),
}
CARRIERS = ("顺达危运", "中安物流", "公司自有车")
SLOW = {"造纸印染": 26, "钢铁冶金": 22, "市政污水": 34}


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dot(day: date | None) -> str:
    """A day as in 2025.03.05."""
    return f"{day:%Y.%m.%d}" if day else ""


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def money(value: float) -> str:
    """Yuan with separators."""
    return f"{value:,.2f}"


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Monday after."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def write(name: str, rows: list[Row]) -> None:
    """One file of the export; fields that begin with an underscore are left out."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [key for key in rows[0] if not key.startswith("_")], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def people(region: str, post: str) -> list[str]:
    """Names of those who hold a post in a region."""
    return [row[1] for row in STAFF if row[2] == region and row[3] == post]


def seller(dice: random.Random, name: str, region: str, begun: date) -> str:
    """Who sells on a day: those who have left or had not come yet are replaced."""
    if name == "庞志远" and begun > date(2025, 6, 20):
        return dice.choice(("姜海涛", "苗芳"))
    if name == "郭子轩" and begun < date(2025, 10, 9):
        return dice.choice(("白晓东", "郝丽娜"))
    return name or dice.choice(people(region, "销售工程师"))


def customers(dice: random.Random) -> list[Row]:
    """Client plants; two share a short name on purpose."""
    rows: list[Row] = []
    names: set[str] = set()
    for trade, (endings, wanted) in TRADES.items():
        plan = [("淄博", "澜庭", "热电有限公司"), ("唐山", "澜庭", "热电有限公司")] if trade == "热电" else []
        plan += [("宁波", "砺石", "印染有限公司"), ("常州", "砺石", "印染有限公司")] if trade == "造纸印染" else []
        while len(plan) < wanted:
            region = dice.choices(list(REGIONS), (34, 30, 21, 15))[0]
            city = dice.choice([city for cities in REGIONS[region].values() for city in cities])
            stem, ending = dice.choice(STEMS), dice.choice(endings)
            if any(item[1:] == (stem, ending) for item in plan) or f"{stem}{ending}" in names:
                continue
            plan.append((city, stem, ending))
        for city, stem, ending in plan:
            names.add(f"{stem}{ending}")
            region, province = next((r, p) for r, found in REGIONS.items() for p, cities in found.items() if city in cities)
            rows.append({"name": f"{city}{stem}{ending}", "trade": trade, "city": city, "province": province, "region": region})
    dice.shuffle(rows)
    return [_customer(dice, place, row) for place, row in enumerate(rows, 1)]


def _customer(dice: random.Random, place: int, row: Row) -> Row:
    grade = one_of(dice, {"A类": 16, "B类": 36, "C类": 48})
    since = workday(date(2014, 3, 3) + timedelta(days=int(4350 * dice.random() ** 0.7)))
    state = one_of(dice, {"合作中": 70, "开发中": 20, "已流失": 8, "停供": 2})
    flow = {"A类": 9000, "B类": 4200, "C类": 1300}[grade] * dice.uniform(0.5, 1.6)
    return {
        "客户编码": f"{row['region'][:2].translate(str.maketrans('华东鲁豫北西', 'HDLYBX'))}{place:04d}",
        "客户名称": row["name"],
        "所属行业": row["trade"],
        "省份": row["province"],
        "城市": row["city"],
        "大区": row["region"],
        "客户分级": grade,
        "负责销售": dice.choice([name for name in people(row["region"], "销售工程师") if name != "郭子轩" or dice.random() < 0.3]),
        "服务工程师": dice.choice(people(row["region"], "现场服务工程师")) if dice.random() < 0.95 else "",
        "建档日期": slash(since),
        "主要联系人": "张伟" if place in (17, 92) else dice.choice(SURNAMES) + dice.choice(GIVEN[:5] + GIVEN[6:]),
        "联系人职务": dice.choice(POSTS),
        "联系电话": f"1{dice.choice('3578')}{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.88 else "",
        "循环水量(m³/h)": round(flow / 50) * 50 if dice.random() < 0.82 else "",
        "账期(天)": dice.choice((30, 60, 60, 90, 90, 120)) if state != "开发中" else "",
        "信用额度(万元)": {"A类": 300, "B类": 120, "C类": 40}[grade] + 10 * dice.randrange(9) if state != "开发中" and dice.random() < 0.9 else "",
        "合作状态": state,
        "_since": since,
    }


def deals(dice: random.Random, units: list[Row]) -> list[Row]:
    """The ledger of sales opportunities."""
    weights = [{"A类": 5, "B类": 2.6, "C类": 1.2}[unit["客户分级"]] for unit in units]
    begun = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.9))) for _ in range(370))
    rows: list[Row] = []
    names: set[str] = set()
    for day in (day for day in begun if day < TODAY):
        rows.append(_deal(dice, dice.choices(units, weights)[0], day, len(rows) + 1, names))
    return rows


def _deal(dice: random.Random, unit: Row, begun: date, place: int, names: set[str]) -> Row:
    line = one_of(dice, LINES)
    base = unit["客户名称"].removesuffix("有限公司").removesuffix("股份").removesuffix("科技")
    system = dice.choice(SYSTEMS[unit["所属行业"]])
    what = {"药剂框架供应": "药剂年度供应", "水处理包干": "包干服务", "设备销售": "加药设备", "系统改造": "系统改造", "托管运营": "托管运营"}[line]
    name = f"{base}{system}{what}"
    while name in names:
        name = f"{name}({begun.year}年)" if f"{name}({begun.year}年)" not in names else f"{name}补"
    names.add(name)
    who = seller(dice, unit["负责销售"] if dice.random() < 0.75 else "", unit["大区"], begun)
    who = seller(dice, who, unit["大区"], begun)
    size = {"药剂框架供应": 46, "水处理包干": 78, "设备销售": 38, "系统改造": 135, "托管运营": 210}[line]
    worth = round(size * {"A类": 1.5, "B类": 1.0, "C类": 0.62}[unit["客户分级"]] * dice.lognormvariate(0, 0.38), 1)
    rival = dice.choices(RIVALS, (38, 26, 20, 16))[0] if dice.random() < 0.72 else ""
    chance = SKILL[who] + {"清澜化学": -0.14, "艾洁特": 0.12}.get(rival, 0) + {"系统改造": -0.08, "药剂框架供应": 0.07}.get(line, 0)
    ended = workday(begun + timedelta(days=max(14, int(dice.gauss(125 if line in ("系统改造", "托管运营") else 88, 36)))))
    closed = ended < TODAY and dice.random() < 0.93
    state = ("已成交" if dice.random() < chance else one_of(dice, {"已丢单": 82, "搁置": 18})) if closed else "跟进中"
    step, odds = {"已成交": ("签约落单", "100%"), "已丢单": ("丢单关闭", "0%")}.get(state) or dice.choices(STEPS, (22, 22, 20, 22, 14))[0]
    due = ended + timedelta(days=dice.randrange(-25, 40)) if closed else max(ended, TODAY - timedelta(days=70)) + timedelta(days=dice.randrange(0, 110))
    return {
        "商机编号": f"SJ{begun:%y%m}-{place:03d}",
        "商机名称": name,
        "客户编码": unit["客户编码"],
        "跟进销售": who,
        "业务类型": line,
        "立项日期": slash(begun),
        "推进阶段": step,
        "成单概率": odds,
        "商机状态": state,
        "预计金额(万元)": worth if step != "初步接洽" or dice.random() < 0.65 else "",
        "成交金额(万元)": round(worth * dice.uniform(0.82, 1.04), 2) if state == "已成交" else "",
        "预计落单月份": f"{due:%Y-%m}",
        "结案日期": slash(ended) if closed and state != "搁置" else "",
        "商机来源": one_of(dice, {"老客户转介绍": 30, "招标网": 26, "陌拜": 20, "行业展会": 12, "设计院推荐": 12}) if dice.random() < 0.93 else "",
        "竞争对手": rival,
        "对手动态": dice.choice(SPOKEN[rival]) if rival and dice.random() < 0.45 else "",
        "丢单原因": one_of(dice, {"价格高": 38, "试用效果不达标": 16, "客情不到位": 22, "账期谈不拢": 14, "业主停产": 10}) if state == "已丢单" else "",
        "_begun": begun,
        "_ended": ended,
        "_unit": unit,
        "_system": system,
    }


def tenders(dice: random.Random, ledger: list[Row]) -> list[Row]:
    """Tenders in which a bid was made; one opportunity may have two lots."""
    rows: list[Row] = []
    for deal in ledger:
        if deal["推进阶段"] not in ("报价投标", "商务谈判", "签约落单", "丢单关闭") or dice.random() > 0.42:
            continue
        for lot in range(1, 3 if dice.random() < 0.12 else 2):
            running = deal["商机状态"] in ("跟进中", "搁置")
            opened = workday(TODAY + timedelta(days=dice.randrange(-20, 32))) if running else workday(deal["_ended"] - timedelta(days=dice.randrange(8, 30)))
            opened = max(opened, workday(deal["_begun"] + timedelta(days=5)))
            result = {"已成交": "中标", "已丢单": "未中标"}.get(deal["商机状态"], "待开标" if opened >= TODAY else "评标中")
            result = "流标" if result == "未中标" and dice.random() < 0.14 else result
            price = round((deal["预计金额(万元)"] or 60) * dice.uniform(0.88, 1.08) / (2 if lot == 2 else 1), 2)
            won = {"中标": "本公司", "未中标": deal["竞争对手"] or dice.choice(RIVALS)}.get(result, "")
            back = workday(opened + timedelta(days=dice.randrange(18, 90)))
            rows.append(
                {
                    "_opened": opened,
                    "招标编号": "",
                    "标段": f"{lot}标段",
                    "商机编号": deal["商机编号"],
                    "招标方式": one_of(dice, {"公开招标": 52, "邀请招标": 30, "询比价": 18}),
                    "开标日期": dot(opened),
                    "我方报价(万元)": price if result != "待开标" or dice.random() < 0.5 else "",
                    "中标价(万元)": price
                    if result == "中标"
                    else (round(price * dice.uniform(0.8, 0.98), 2) if result == "未中标" and dice.random() < 0.85 else ""),
                    "中标单位": won,
                    "技术分名次": dice.choices((1, 2, 3, 4), (55, 28, 12, 5) if result == "中标" else (15, 35, 30, 20))[0]
                    if result in ("中标", "未中标") and dice.random() < 0.9
                    else "",
                    "投标保证金(元)": money(max(5000, round(price * 200 / 1000) * 1000)),
                    "保证金退回日期": dot(back) if back < TODAY and result not in ("待开标", "评标中") and dice.random() < 0.86 else "",
                    "投标结果": result,
                }
            )
    rows.sort(key=lambda row: (row["_opened"], row["商机编号"], row["标段"]))
    codes: dict[str, str] = {}
    for row in rows:
        row["招标编号"] = codes.setdefault(row["商机编号"], f"ZB-{row['_opened']:%Y}-{len(codes) + 1:03d}")
    return rows


def contracts(dice: random.Random, units: list[Row], ledger: list[Row]) -> list[Row]:
    """Contracts: those of opportunities that were won, and yearly renewals of old ones that never were in the ledger."""
    rows: list[Row] = []
    kinds = {"药剂框架供应": "框架协议", "水处理包干": "包干合同", "设备销售": "设备合同", "系统改造": "工程合同", "托管运营": "运营合同"}
    for deal in (deal for deal in ledger if deal["商机状态"] == "已成交"):
        signed = workday(deal["_ended"] + timedelta(days=dice.randrange(0, 9)))
        if signed < TODAY:
            rows.append(_contract(dice, deal["_unit"], kinds[deal["业务类型"]], signed, deal["成交金额(万元)"] * 10000, deal["商机编号"], deal["跟进销售"]))
    for unit in units:
        if unit["合作状态"] not in ("合作中", "停供") or dice.random() < 0.66:
            continue
        signed, kind = workday(date(2023, 3, 6) + timedelta(days=dice.randrange(330))), dice.choice(("框架协议", "框架协议", "包干合同"))
        worth = {"A类": 66, "B类": 38, "C类": 19}[unit["客户分级"]] * dice.uniform(0.6, 1.5)
        while signed < TODAY:
            rows.append(_contract(dice, unit, kind, signed, round(worth, 1) * 10000, "", seller(dice, unit["负责销售"], unit["大区"], signed)))
            if dice.random() < 0.2:
                break
            worth *= dice.uniform(0.92, 1.1)
            signed = workday(signed + timedelta(days=dice.randrange(352, 372)))
    rows.sort(key=lambda row: (row["_signed"], row["客户编码"], row["合同金额(元)"]))
    for place, row in enumerate(rows, 1):
        row["合同号"] = f"HT-{row['_signed']:%Y}-{row['合同类别'][0]}{place:03d}"
    return rows


def _contract(dice: random.Random, unit: Row, kind: str, signed: date, worth: float, source: str, who: str) -> Row:
    begun = signed + timedelta(days=dice.randrange(1, 16))
    span = {"运营合同": 1095, "工程合同": 240, "设备合同": 150}.get(kind) or dice.choice((365, 365, 365, 730))
    last = begun + timedelta(days=span - 1)
    state = "已到期" if last < TODAY else ("提前终止" if dice.random() < 0.05 else ("未生效" if begun > TODAY else "执行中"))
    return {
        "合同号": "",
        "客户编码": unit["客户编码"],
        "签约人": who,
        "合同类别": kind,
        "签订日期": dot(signed),
        "生效日": dot(begun),
        "截止日": dot(last),
        "合同金额(元)": money(worth),
        "结算方式": one_of(
            dice, {"月结": 46, "季结": 20, "货到付款": 12, "预付30%": 22} if kind not in ("设备合同", "工程合同") else {"预付30%": 70, "货到付款": 30}
        ),
        "质保金比例": dice.choice(("5%", "10%")) if kind in ("设备合同", "工程合同") else "",
        "是否含驻厂": one_of(dice, {"是": 45, "否": 55}) if kind in ("包干合同", "运营合同") else "否",
        "来源商机": source,
        "合同状态": state,
        "_signed": signed,
        "_begun": begun,
        "_last": last,
        "_worth": worth,
        "_unit": unit,
    }


def deliveries(dice: random.Random, papers: list[Row]) -> list[Row]:
    """Deliveries; a note may have two lines."""
    rows: list[Row] = []
    for paper in papers:
        if paper["合同类别"] not in ("框架协议", "设备合同", "包干合同") or paper["合同状态"] == "未生效":
            continue
        goods = GOODS if paper["合同类别"] != "设备合同" else MACHINES
        picked = dice.choices(list(goods), [held[3] for held in goods.values()], k=2)
        count = dice.randrange(2, 5) if goods is GOODS else 1
        if paper["合同类别"] == "包干合同" and dice.random() < 0.4:
            continue
        for turn in range(count):
            sent = workday(paper["_begun"] + timedelta(days=int((paper["_last"] - paper["_begun"]).days * (turn + dice.random()) / count)))
            if sent >= TODAY or (paper["合同状态"] == "提前终止" and turn > 1):
                continue
            head = {"sent": sent, "paper": paper["合同号"]}
            for line in range(1, 3 if picked[0] != picked[1] and dice.random() < 0.35 else 2):
                rows.append({**head, "line": line, **_line(dice, picked[line - 1], sent, paper["_worth"] / count / 2.4)})
    rows.sort(key=lambda row: (row["sent"], row["paper"], row["line"]))
    notes: dict[tuple[date, str], str] = {}
    ends: dict[str, Row] = {}
    found = []
    for row in rows:
        note = notes.setdefault((row["sent"], row["paper"]), f"FH{row['sent']:%y%m%d}{len(notes) % 90 + 10}")
        ends[note] = ends.get(note) or _arrival(dice, row["sent"])
        head = {"发货单号": note, "行号": row["line"], "合同号": row["paper"], "发货日期": dash(row["sent"])}
        found.append({**head, **{key: row[key] for key in row if key not in ("sent", "paper", "line")}, **ends[note]})
    return found


def _arrival(dice: random.Random, sent: date) -> Row:
    came = workday(sent + timedelta(days=dice.randrange(1, 7) + (5 if sent > date(2026, 3, 1) else 0)))
    signed = came < TODAY and dice.random() < 0.97
    state = "拒收退回" if signed and dice.random() < 0.03 else "已签收" if signed or sent < date(2026, 2, 20) else "在途"
    return {"承运方": dice.choices(CARRIERS, (45, 33, 22))[0], "签收日期": dash(came) if signed else "", "签收状态": state}


def _line(dice: random.Random, code: str, sent: date, worth: float) -> Row:
    name, listed, pack, _ = GOODS.get(code) or MACHINES[code]
    price = round(listed * dice.uniform(0.93, 1.08) * (1 + 0.03 * (sent.year - 2023)), -1)
    count: float = max(1, round(worth / price)) if code in MACHINES else max(0.5, round(worth / price * 2) / 2)
    count = min(count, 60 if code == "PC-10" else 24)
    unit = "套" if code in MACHINES else "吨"
    return {
        "物料编码": code,
        "品名": name,
        "包装规格": pack,
        "数量": count,
        "计量单位": unit,
        "含税单价(元)": money(price),
        "发货金额(元)": money(price * count),
    }


def rounds(dice: random.Random, units: list[Row]) -> list[Row]:
    """Inspections on site, with what was measured."""
    served = [unit for unit in units if unit["合作状态"] in ("合作中", "停供") and unit["服务工程师"]]
    weights = [{"A类": 6, "B类": 3, "C类": 1.2}[unit["客户分级"]] * dice.uniform(0.5, 1.4) for unit in served]
    begun = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.8))) for _ in range(590))
    rows: list[Row] = []
    for day in (day for day in begun if day < TODAY):
        unit = dice.choices(served, weights)[0]
        who = unit["服务工程师"] if dice.random() < 0.85 else dice.choice(people(unit["大区"], "现场服务工程师"))
        if (who == "海兰" and day < date(2023, 4, 3)) or (who == "岳鹏" and day > date(2026, 1, 20)):
            who = {"海兰": "党卫国", "岳鹏": "温国华"}[who]
        acid, salt = round(dice.gauss(8.25, 0.38), 2), int(max(300, dice.gauss(2100, 620)))
        mud, rust = round(max(0.4, dice.gauss(9, 4.6)), 1), round(max(0.008, dice.lognormvariate(-3.15, 0.5)), 3)
        bad = (acid > 9.0 or acid < 7.4) + (mud > 18) + (rust > 0.075) + (salt > 3300)
        verdict = "超标" if bad else ("预警" if mud > 13 or rust > 0.06 or acid > 8.75 else "达标")
        acts = {"超标": ("加大排污", "冲击性杀菌", "停车清洗预膜"), "预警": ("调整加药量", "加大排污", ""), "达标": ("",)}[verdict]
        rows.append(
            {
                "巡检单号": f"XJ{day:%y%m%d}-{len(rows) % 99 + 1:02d}",
                "巡检日期": dash(day),
                "客户编码": unit["客户编码"],
                "水系统": dice.choice(SYSTEMS[unit["所属行业"]]),
                "巡检人": who,
                "pH值": acid if dice.random() < 0.97 else "",
                "电导率(μS/cm)": salt if dice.random() < 0.95 else "",
                "浊度(NTU)": mud,
                "余氯(mg/L)": round(max(0.02, dice.gauss(0.42, 0.18)), 2) if dice.random() < 0.8 else "",
                "腐蚀速率(mm/a)": rust if dice.random() < 0.7 or rust > 0.06 else "",
                "水质判定": verdict,
                "处置措施": dice.choice(acts),
                "现场工时(h)": dice.choice((1.5, 2, 2.5, 3, 3.5, 4, 6, 8)),
                "客户签字": "已签" if dice.random() < 0.9 else "未签",
            }
        )
    return rows


def invoices(dice: random.Random, papers: list[Row]) -> list[Row]:
    """Invoices and what came in for them."""
    rows: list[Row] = []
    for paper in papers:
        if paper["合同状态"] == "未生效":
            continue
        parts = (0.3, 0.6, 0.1) if paper["结算方式"] == "预付30%" else (0.25, 0.25, 0.25, 0.25)
        for place, part in enumerate(parts):
            billed = workday(paper["_begun"] + timedelta(days=12 + int((paper["_last"] - paper["_begun"]).days * place / len(parts))))
            if billed >= TODAY or (len(parts) == 4 and dice.random() < 0.22):
                continue
            due = billed + timedelta(days=int(paper["_unit"]["账期(天)"] or 30))
            worth = round(paper["_worth"] * part * dice.uniform(0.9, 1.02), 2) if len(parts) == 4 else round(paper["_worth"] * part, 2)
            paid = workday(due + timedelta(days=max(-50, int(dice.gauss(4 + SLOW.get(paper["_unit"]["所属行业"], 0), 20)))))
            came = billed <= paid < TODAY and dice.random() < (0.97 if due < date(2025, 9, 1) else 0.9)
            full = dice.random() < 0.86
            rows.append(
                {
                    "_billed": billed,
                    "发票号码": f"{dice.randrange(10000000, 99999999)}",
                    "合同号": paper["合同号"],
                    "开票日期": slash(billed),
                    "开票金额(元)": money(worth),
                    "税率": "6%" if paper["合同类别"] == "运营合同" else "13%",
                    "应收到期日": slash(due),
                    "到账日期": slash(paid) if came else "",
                    "到账金额(元)": money(worth if full else round(worth * dice.choice((0.5, 0.7, 0.8)), 2)) if came else "",
                    "收款方式": one_of(dice, {"电汇": 56, "银行承兑": 32, "商业承兑": 8, "抵账": 4}) if came else "",
                    "核销状态": ("已核销" if full else "部分核销") if came else "未核销",
                }
            )
    rows.sort(key=lambda row: (row["_billed"], row["发票号码"]))
    return rows


def quotas(dice: random.Random) -> list[Row]:
    """Quarterly targets of those who sell."""
    rows: list[Row] = []
    for year in (2023, 2024, 2025, 2026):
        for quarter in (1, 2, 3, 4):
            for row in STAFF:
                name = row[1]
                gone = name == "庞志远" and (year, quarter) > (2025, 2)
                if name not in QUOTA or gone or (name == "郭子轩" and (year, quarter) < (2025, 4)) or (year, quarter) < (2023, 2):
                    continue
                base = QUOTA[name] / 4 * (1 + 0.08 * (year - 2023)) * (0.85, 1.05, 1.0, 1.1)[quarter - 1]
                rows.append(
                    {
                        "年度": year,
                        "季度": f"Q{quarter}",
                        "销售": name,
                        "大区": row[2],
                        "新签指标(万元)": round(base * dice.uniform(0.97, 1.03), 1),
                        "回款指标(万元)": round(base * 1.5 * dice.uniform(0.97, 1.03), 1) if name != "郭子轩" else "",
                        "拜访指标(次)": 24 if name != "郭子轩" else 36,
                    }
                )
    return rows


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    units = customers(dice)
    ledger = deals(dice, units)
    papers = contracts(dice, units, ledger)
    started = {deal["_unit"]["客户编码"] for deal in ledger if deal["商机状态"] == "已成交"}
    for unit in units:
        if unit["客户编码"] in started and unit["合作状态"] == "开发中":
            unit |= {"合作状态": "合作中", "账期(天)": 60}
        first = min((deal["_begun"] for deal in ledger if deal["_unit"] is unit), default=TODAY)
        unit["建档日期"] = slash(min(first, unit["_since"]))
    opened = tenders(dice, ledger)
    write("员工通讯录", [dict(zip(("工号", "姓名", "大区", "岗位", "入职日期", "直属上级", "人员状态", "离职日期"), row, strict=True)) for row in STAFF])
    write("客户档案", units)
    write("商机跟踪台账", ledger)
    write("投标登记", opened)
    write("销售合同台账", papers)
    write("发货明细", deliveries(dice, papers))
    write("现场巡检记录", rounds(dice, units))
    write("开票回款台账", invoices(dice, papers))
    write("季度销售指标", quotas(dice))


if __name__ == "__main__":
    main()
