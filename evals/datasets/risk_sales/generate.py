"""Writes the export of an invented insurance broker for companies: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20251020
TODAY = date(2025, 10, 20)
START = date(2022, 10, 10)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

OFFICES = {
    "苏州营业部": ("SZ", ("苏州", "无锡", "常州")),
    "宁波营业部": ("NB", ("宁波", "绍兴", "台州")),
    "合肥营业部": ("HF", ("合肥", "芜湖", "滁州")),
    "青岛营业部": ("QD", ("青岛", "烟台", "潍坊")),
}
STAFF = (
    ("B001", "钟启明", "总部", "总经理", "2012.03.05", "", "", "在职"),
    ("B002", "沈国栋", "苏州营业部", "营业部经理", "2013.07.15", "B001", "320501017", "在职"),
    ("B003", "俞静波", "宁波营业部", "营业部经理", "2014.02.24", "B001", "330201022", "在职"),
    ("B004", "盛怀远", "合肥营业部", "营业部经理", "2015.09.01", "B001", "340101008", "在职"),
    ("B005", "隋文娟", "青岛营业部", "营业部经理", "2016.05.16", "B001", "370201013", "在职"),
    ("B006", "顾晓岚", "苏州营业部", "高级顾问", "2016.10.10", "B002", "320501049", "在职"),
    ("B007", "蒋思齐", "苏州营业部", "高级顾问", "2018.04.02", "B002", "320501063", "在职"),
    ("B008", "陆子墨", "苏州营业部", "顾问", "2021.06.21", "B002", "320501091", "在职"),
    ("B009", "沈佳怡", "宁波营业部", "高级顾问", "2017.08.14", "B003", "330201040", "在职"),
    ("B010", "励海峰", "宁波营业部", "顾问", "2020.03.09", "B003", "330201055", "在职"),
    ("B011", "竺雅楠", "宁波营业部", "顾问", "2022.02.07", "B003", "330201071", "产假"),
    ("B012", "鲍正阳", "合肥营业部", "高级顾问", "2017.11.20", "B004", "340101031", "在职"),
    ("B013", "汤慧敏", "合肥营业部", "顾问", "2019.05.06", "B004", "340101044", "在职"),
    ("B014", "方锐", "合肥营业部", "顾问", "2021.09.13", "B004", "340101052", "离职"),
    ("B015", "矫永刚", "青岛营业部", "高级顾问", "2018.12.03", "B005", "370201029", "在职"),
    ("B016", "曲悦", "青岛营业部", "顾问", "2020.07.27", "B005", "370201046", "在职"),
    ("B017", "邢家豪", "青岛营业部", "见习顾问", "2024.03.18", "B005", "", "在职"),
    ("B018", "秦朗", "总部", "理赔协办专员", "2017.06.05", "B001", "", "在职"),
    ("B019", "罗小曼", "总部", "理赔协办专员", "2019.10.21", "B001", "", "在职"),
    ("B020", "丁一凡", "总部", "理赔协办专员", "2022.08.08", "B001", "", "在职"),
)
LEFT, CAME = date(2024, 12, 31), date(2024, 3, 18)  # B014 has gone, B017 has come
SKILL = {"B006": 0.62, "B007": 0.55, "B008": 0.44, "B009": 0.6, "B010": 0.46, "B011": 0.5, "B012": 0.58, "B013": 0.52, "B014": 0.34}
SKILL |= {"B015": 0.64, "B016": 0.49, "B017": 0.37, "B002": 0.7}
TRADES = {
    "机械制造": (("精密机械有限公司", "重型装备有限公司"), "机械", 22),
    "化工材料": (("新材料有限公司", "精细化工有限公司"), "化工", 14),
    "电子电器": (("电子科技有限公司", "电器股份有限公司"), "电子", 18),
    "纺织服装": (("纺织有限公司", "服饰有限公司"), "纺织", 13),
    "仓储物流": (("冷链物流有限公司", "供应链有限公司"), "物流", 17),
    "食品加工": (("食品有限公司", "水产食品有限公司"), "食品", 14),
    "建筑施工": (("建设工程有限公司",), "建设", 12),
    "酒店餐饮": (("酒店管理有限公司", "餐饮连锁有限公司"), "酒店", 8),
}
STEMS = (
    *("砚川", "栎安", "苇航", "澄桥", "钧禾", "霁云", "沅科", "翊丰", "朔原", "樾舟", "棠汇", "泓屿", "陌野", "瑧和"),
    *("峄达", "淞屹", "朗砺", "钰恒", "芃泰", "霖拓", "旌锐", "煦宁", "昀驰", "蔚砼"),
)
LINES = {  # weight, premium in 万元 from and to, commission in percent, cover for one yuan of premium
    "企业财产险": (24, 4, 85, 15, 900),
    "雇主责任险": (22, 2, 32, 20, 260),
    "团体意外险": (15, 0.8, 14, 25, 420),
    "货物运输险": (13, 3, 46, 14, 650),
    "公众责任险": (10, 0.9, 9, 22, 330),
    "安全生产责任险": (10, 1.2, 13, 12, 210),
    "机器损坏险": (6, 4, 30, 16, 300),
}
INSURERS = {"华岳财险": 30, "东垣财险": 25, "瑞川财险": 20, "沧澜财险": 15, "明壤财险": 10}
RIVALS = {"砥行经纪": 34, "远笙经纪": 26, "鹿野经纪": 14, "保司直销": 26}
OPEN = {"需求收集": 26, "询价中": 30, "方案比选": 24, "待客户确认": 20}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马"
GIVEN = ("静", "建平", "雪梅", "志华", "晓东", "丽萍", "文斌", "海燕", "春生", "颖", "国庆", "倩", "立新", "玉兰")


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Monday after."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def yuan(amount: float) -> str:
    """An amount as in 1,234,567.00."""
    return f"{amount:,.2f}"


def plain(amount: str) -> float:
    """The number of an amount with separators."""
    return float(amount.replace(",", ""))


def write(name: str, rows: list[Row]) -> None:
    """One file of the export, with the mark that spreadsheets put before UTF-8; keys that begin with _ are left out."""
    names = [key for key in rows[0] if not key.startswith("_")]
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def sellers(office: str) -> list[str]:
    """Numbers of those who advise for an office."""
    return [row[0] for row in STAFF if row[2] == office and "顾问" in row[3]]


def at_work(dice: random.Random, who: str, day: date) -> str:
    """The person, or a colleague where the person was not there on that day."""
    if who == "B014" and day > LEFT:
        return dice.choice(("B012", "B013"))
    if who == "B017" and day < CAME:
        return dice.choice(("B015", "B016"))
    return who


def staff() -> list[Row]:
    """The roster."""
    names = ("工号", "姓名", "营业部", "职级", "入司日期", "上级工号", "执业证号", "人员状态")
    return [dict(zip(names, row, strict=True)) for row in STAFF]


def targets(dice: random.Random) -> list[Row]:
    """One row for a person and a quarter."""
    rows: list[Row] = []
    for number, _, _, rank, *_ in STAFF:
        if "顾问" not in rank:
            continue
        base = {"高级顾问": 47, "顾问": 31, "见习顾问": 14}[rank] * dice.uniform(0.85, 1.15)
        for year in (2023, 2024, 2025):
            for quarter in (1, 2, 3, 4):
                first = date(year, quarter * 3 - 2, 1)
                if (number == "B014" and first > LEFT) or (number == "B017" and first < CAME):
                    continue
                share = (0.22, 0.25, 0.24, 0.29)[quarter - 1] * 4 * (1 + 0.09 * (year - 2023))
                rows.append(
                    {
                        "年度": year,
                        "季度": f"第{'一二三四'[quarter - 1]}季度",
                        "工号": number,
                        "保费目标(万元)": round(base * share),
                        "新客户目标(家)": {"高级顾问": 2, "顾问": 2, "见习顾问": 1}[rank],
                        "走访目标(次)": dice.choice((3, 4, 6, 8)),
                    }
                )
    rows.sort(key=lambda row: (row["年度"], row["季度"] != "第一季度", "一二三四".index(row["季度"][1]), row["工号"]))
    return rows


def clients(dice: random.Random) -> list[Row]:
    """Insured companies; two share a short name on purpose."""
    plan = [("宁波营业部", "宁波", "澄桥", "冷链物流有限公司", "仓储物流"), ("合肥营业部", "合肥", "澄桥", "供应链有限公司", "仓储物流")]
    shorts = {"澄桥物流"}
    for trade, (endings, short, wanted) in TRADES.items():
        left = wanted - sum(item[4] == trade for item in plan)
        while left:
            office = dice.choices(list(OFFICES), (36, 26, 20, 18))[0]
            stem = dice.choice(STEMS)
            if stem + short in shorts:
                continue
            shorts.add(stem + short)
            plan.append((office, dice.choice(OFFICES[office][1]), stem, dice.choice(endings), trade))
            left -= 1
    dice.shuffle(plan)
    return [_client(dice, place, *item) for place, item in enumerate(plan, 1)]


def _client(dice: random.Random, place: int, office: str, city: str, stem: str, ending: str, trade: str) -> Row:
    grade = one_of(dice, {"A类": 16, "B类": 34, "C类": 50})
    heads = int(dice.lognormvariate({"A类": 6.6, "B类": 5.5, "C类": 4.6}[grade], 0.5))
    return {
        "企业编码": f"KH-{OFFICES[office][0]}-{place:04d}",
        "企业全称": f"{city}{stem}{ending}",
        "企业简称": stem + TRADES[trade][1],
        "所属行业": trade,
        "所在城市": city,
        "服务营业部": office,
        "客户分类": grade,
        "服务顾问工号": dice.choice(sellers(office)),
        "建档日期": dash(workday(date(2018, 1, 8) + timedelta(days=dice.randrange(2650)))),
        "职工人数": heads if dice.random() < 0.93 else "",
        "年营业收入(万元)": f"{int(heads * dice.uniform(45, 160)):,}" if dice.random() < 0.86 else "",
        "合作情况": "",
        "获客渠道": one_of(dice, {"老客转介": 32, "电话陌拜": 14, "园区推荐": 20, "银行推荐": 16, "招标平台": 18}) if dice.random() < 0.92 else "",
    }


def contacts(dice: random.Random, units: list[Row]) -> list[Row]:
    """People at the companies; the code and the number together are the key."""
    rows: list[Row] = []
    posts = {
        "拍板人": ("董事长", "总经理", "副总经理"),
        "经办人": ("行政主管", "人事经理", "采购经理"),
        "付款人": ("财务经理", "出纳"),
        "安全对接": ("安环部长", "设备科长"),
    }
    for unit in units:
        for place in range(1, dice.choices((1, 2, 3), (34, 44, 22))[0] + 1):
            role = one_of(dice, {"拍板人": 28, "经办人": 40, "付款人": 18, "安全对接": 14})
            rows.append(
                {
                    "企业编码": unit["企业编码"],
                    "联系人序号": place,
                    "联系人": dice.choice(SURNAMES) + dice.choice(GIVEN),
                    "职务": dice.choice(posts[role]),
                    "投保角色": role,
                    "手机号": f"1{dice.choice('3589')}{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.91 else "",
                    "已加微信": "是" if dice.random() < 0.63 else "否",
                    "关系热度": one_of(dice, {"热": 30, "温": 46, "冷": 24}) if dice.random() < 0.9 else "",
                }
            )
    return rows


def projects(dice: random.Random, units: list[Row]) -> list[Row]:
    """Rounds of quotations and tenders."""
    weights = [{"A类": 5.5, "B类": 2.8, "C类": 1.2}[unit["客户分类"]] for unit in units]
    days = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.88))) for _ in range(345))
    rows: list[Row] = []
    names: set[str] = set()
    for begun in (day for day in days if day < TODAY):
        rows.append(_project(dice, dice.choices(units, weights)[0], begun, len(rows) + 1, names))
    return rows


def _project(dice: random.Random, unit: Row, begun: date, place: int, names: set[str]) -> Row:
    line = one_of(dice, {name: found[0] for name, found in LINES.items()})
    way = one_of(dice, {"公开招标": 24, "邀请比价": 30, "顾问开发": 30, "老客转介": 16})
    name = f"{unit['企业简称']}{begun.year}年度{line}{'招标' if way == '公开招标' else '询价'}"
    if unit["企业简称"] == "澄桥物流":
        name = unit["所在城市"] + name
    base, turn = name, 2
    while name in names:
        name, turn = f"{base}（第{turn}轮）", turn + 1
    names.add(name)
    low, high = LINES[line][1:3]
    size = {"A类": 0.7, "B类": 0.45, "C类": 0.22}[unit["客户分类"]]
    worth = round(low + (high - low) * min(1, dice.betavariate(1.6, 3.2) * size * 2), 1)
    own = unit["服务顾问工号"] if dice.random() < 0.82 else dice.choice(sellers(unit["服务营业部"]))
    if unit["服务营业部"] == "苏州营业部" and dice.random() < 0.08:
        own = "B002"
    who = at_work(dice, own, begun)
    rival = one_of(dice, RIVALS) if dice.random() < (0.85 if way in ("公开招标", "邀请比价") else 0.4) else ""
    chance = SKILL[who] + {"公开招标": -0.14, "老客转介": 0.14}.get(way, 0) + {"砥行经纪": -0.1, "鹿野经纪": 0.1}.get(rival, 0)
    length = int(dice.gauss(62 if way == "公开招标" else 38, 15))
    ended = workday(begun + timedelta(days=max(6, length)))
    closed = ended < TODAY and dice.random() < 0.93
    won = closed and dice.random() < chance
    state = ("已出单" if won else one_of(dice, {"未中标": 68, "客户放弃": 32})) if closed else one_of(dice, OPEN)
    due = (
        workday(ended + timedelta(days=dice.randrange(-12, 20)))
        if closed
        else workday(max(ended, TODAY - timedelta(days=45)) + timedelta(days=dice.randrange(75)))
    )
    lost = state in ("未中标", "客户放弃")
    reasons = {"保费偏高": 36, "免赔条件不满意": 18, "服务承诺不足": 12, "老渠道关系": 22} if state == "未中标" else {"预算取消": 60, "暂不投保": 40}
    return {
        "项目号": f"XJ{begun:%y}-{place:03d}",
        "项目名称": name,
        "企业编码": unit["企业编码"],
        "险种": line,
        "项目来源": way,
        "经办顾问": who,
        "立项日期": dash(begun),
        "预计出单日": dash(due) if dice.random() < 0.94 else "",
        "项目进度": state,
        "预计保费(万元)": worth if state != "需求收集" or dice.random() < 0.6 else "",
        "询价保司数": dice.choice((2, 3, 3, 4, 5)) if state != "需求收集" else "",
        "竞争渠道": rival,
        "办结日期": dash(ended) if closed else "",
        "未成原因": one_of(dice, reasons) if lost and dice.random() < 0.93 else "",
        "_ended": ended,
        "_worth": worth,
    }


def policies(dice: random.Random, units: list[Row], rounds: list[Row]) -> list[Row]:
    """What was written: from won rounds, from before, and renewed year by year."""
    by_code = {unit["企业编码"]: unit for unit in units}
    rows: list[Row] = []
    for deal in (deal for deal in rounds if deal["项目进度"] == "已出单"):
        kind = "转保" if deal["竞争渠道"] and dice.random() < 0.4 else "新保"
        _chain(
            dice,
            rows,
            by_code[deal["企业编码"]],
            deal["_ended"],
            deal["险种"],
            kind,
            deal["经办顾问"],
            deal["_worth"] * dice.uniform(0.86, 1.06),
            deal["项目号"],
        )
    for _ in range(44):
        unit = dice.choices(units, [{"A类": 4, "B类": 2, "C类": 1}[unit["客户分类"]] for unit in units])[0]
        line = one_of(dice, {name: found[0] for name, found in LINES.items()})
        low, high = LINES[line][1:3]
        begun = workday(START + timedelta(days=dice.randrange(330)))
        worth = low + (high - low) * dice.betavariate(1.5, 4) * {"A类": 0.9, "B类": 0.6, "C类": 0.35}[unit["客户分类"]]
        _chain(dice, rows, unit, begun, line, "续保", at_work(dice, unit["服务顾问工号"], begun), worth, "")
    rows.sort(key=lambda row: (row["_issued"], row["_key"]))
    numbers: dict[int, str] = {}
    for place, row in enumerate(rows, 1):
        code = {"华岳财险": "HY", "东垣财险": "DY", "瑞川财险": "RC", "沧澜财险": "CL", "明壤财险": "MR"}[row["承保公司"]]
        row["保单号"] = numbers[row["_key"]] = f"{code}{row['_issued']:%Y}{place:05d}"
    for row in rows:
        row["上年保单号"] = numbers.get(row["_before"], "")
    return rows


def _chain(dice: random.Random, rows: list[Row], unit: Row, issued: date, line: str, kind: str, who: str, worth: float, source: str) -> None:
    insurer, before = one_of(dice, INSURERS), -1
    rate = LINES[line][3] + dice.choice((-2, -1, 0, 0, 1, 2.5))
    while True:
        begun = issued + timedelta(days=dice.randrange(1, 16))
        last = date(begun.year + 1, begun.month, min(begun.day, 28)) - timedelta(days=1)
        premium = round(worth * 10_000 / 10) * 10 + dice.choice((0, 0, 0, 0.5))
        quit_early = begun < TODAY - timedelta(days=60) and dice.random() < 0.035
        state = "已退保" if quit_early else "未起保" if begun > TODAY else "有效" if last >= TODAY else "已满期"
        rows.append(
            {
                "保单号": "",
                "投保企业编码": unit["企业编码"],
                "险种": line,
                "承保公司": insurer,
                "业务性质": kind,
                "出单顾问": who,
                "出单日期": dash(issued),
                "起保日期": dash(begun),
                "终保日期": dash(last),
                "保险金额(万元)": f"{round(worth * LINES[line][4] * dice.uniform(0.7, 1.3)):,}" if dice.random() < 0.96 else "",
                "签单保费(元)": yuan(premium),
                "佣金率(%)": rate,
                "应收佣金(元)": yuan(round(premium * rate / 100, 2)),
                "缴费方式": one_of(dice, {"趸缴": 56, "半年缴": 26, "季缴": 18}) if worth > 6 else "趸缴",
                "保单状态": state,
                "项目号": source,
                "上年保单号": "",
                "_key": len(rows),
                "_before": before,
                "_issued": issued,
                "_begun": begun,
                "_last": last,
            }
        )
        before, source, kind = len(rows) - 1, "", "续保"
        issued = workday(last - timedelta(days=dice.randrange(4, 26)))
        if quit_early or issued >= TODAY or dice.random() > {"A类": 0.88, "B类": 0.76, "C类": 0.62}[unit["客户分类"]]:
            return
        if dice.random() < 0.16:
            insurer = one_of(dice, INSURERS)
        who = at_work(dice, who, issued)
        worth *= dice.uniform(0.9, 1.12)


def claims(dice: random.Random, held: list[Row]) -> list[Row]:
    """Losses that the broker helped with, each under one policy."""
    causes = {
        "企业财产险": {"火灾": 22, "暴雨水淹": 34, "台风": 24, "管道爆裂": 20},
        "雇主责任险": {"机械伤害": 42, "高处坠落": 18, "上下班交通事故": 40},
        "团体意外险": {"上下班交通事故": 44, "意外摔伤": 56},
        "货物运输险": {"货物碰撞破损": 52, "货物湿损": 30, "货物被盗": 18},
        "公众责任险": {"顾客摔伤": 74, "火灾": 26},
        "安全生产责任险": {"机械伤害": 55, "高处坠落": 45},
        "机器损坏险": {"机器短路": 60, "操作失误": 40},
    }
    often = {"雇主责任险": 3.2, "团体意外险": 2.6, "货物运输险": 2.2, "企业财产险": 1.2}
    weights = [often.get(row["险种"], 0.7) * (0 if row["_begun"] > TODAY - timedelta(days=8) else 1) for row in held]
    rows: list[Row] = []
    for _ in range(185):
        policy = dice.choices(held, weights)[0]
        stop = min(policy["_last"], TODAY - timedelta(days=4))
        struck = policy["_begun"] + timedelta(days=dice.randrange(max(1, (stop - policy["_begun"]).days)))
        told = struck + timedelta(days=dice.choices((0, 1, 2, 3, 6, 11), (24, 32, 18, 12, 9, 5))[0])
        told = min(told, TODAY - timedelta(days=1))
        wait = max(7, int(dice.lognormvariate(3.7, 0.55)))
        ended = workday(told + timedelta(days=wait))
        done = ended < TODAY and dice.random() < 0.95
        state = one_of(dice, {"已结案": 88, "拒赔": 12}) if done else one_of(dice, {"现场查勘": 30, "单证补充": 42, "核赔中": 28})
        asked = round(min(dice.lognormvariate(1.0, 0.9), 60) * (2.4 if policy["险种"] in ("企业财产险", "机器损坏险") else 1), 2)
        rows.append(
            {
                "案件号": "",
                "保单号": policy["保单号"],
                "出险日期": slash(struck),
                "报案日期": slash(told),
                "出险原因": one_of(dice, causes[policy["险种"]]),
                "报损金额(万元)": asked,
                "案件状态": state,
                "结案日期": slash(ended) if done else "",
                "赔款金额(元)": yuan(round(asked * 10_000 * dice.uniform(0.42, 0.97))) if state == "已结案" else ("0.00" if state == "拒赔" else ""),
                "协办专员": dice.choices(("秦朗", "罗小曼", "丁一凡"), (46, 32, 22))[0],
                "客户满意度": dice.choices((5, 4, 3, 2, 1), (38, 32, 17, 8, 5))[0] if done and dice.random() < 0.68 else "",
                "_told": told,
            }
        )
    rows.sort(key=lambda row: row["_told"])
    for place, row in enumerate(rows, 1):
        row["案件号"] = f"LP{row['_told']:%y%m}-{place:03d}"
    return rows


def visits(dice: random.Random, units: list[Row]) -> list[Row]:
    """Calls on companies."""
    weights = [{"A类": 6, "B类": 3, "C类": 0.8}[unit["客户分类"]] for unit in units]
    notes = {
        "续保沟通": ("客户想压价", "等同行报价", "同意按原条件续", "要求增加营业中断附加险"),
        "新险种推介": ("介绍安责险新规", "对货运险预约保单有兴趣", "暂无预算"),
        "理赔回访": ("对赔付时效不满", "满意", "追问残值处理"),
        "风险查勘": ("消防通道堆货", "配电房未装烟感", "现场整改到位"),
        "催缴保费": ("答应下周付", "财务休假", "要求改季缴"),
        "日常维护": ("送保险知识手册", ""),
    }
    days = sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.8))) for _ in range(560))
    rows: list[Row] = []
    for day in (day for day in days if day < TODAY):
        unit = dice.choices(units, weights)[0]
        who = at_work(dice, unit["服务顾问工号"] if dice.random() < 0.83 else dice.choice(sellers(unit["服务营业部"])), day)
        if who == "B011" and day > date(2025, 6, 30):
            who = "B010"
        why = one_of(dice, {"续保沟通": 30, "新险种推介": 22, "理赔回访": 12, "风险查勘": 14, "催缴保费": 10, "日常维护": 12})
        way = "上门" if why == "风险查勘" else one_of(dice, {"上门": 52, "电话": 28, "腾讯会议": 8, "微信": 12})
        later = workday(day + timedelta(days=dice.randrange(7, 45)))
        rows.append(
            {
                "流水号": len(rows) + 1,
                "走访日期": slash(day),
                "企业编码": unit["企业编码"],
                "走访顾问": who,
                "方式": way.replace("腾讯会议", "视频会议"),
                "走访目的": why,
                "沟通要点": dice.choice(notes[why]),
                "客户意向": one_of(dice, {"强": 26, "中": 46, "弱": 28}) if dice.random() < 0.84 else "",
                "下次跟进日期": slash(later) if dice.random() < 0.5 else "",
            }
        )
    return rows


def instalments(dice: random.Random, held: list[Row]) -> list[Row]:
    """Premium that fell due and what came in; policy and turn together are the key."""
    rows: list[Row] = []
    for policy in held:
        turns, gap = {"趸缴": (1, 0), "半年缴": (2, 182), "季缴": (4, 91)}[policy["缴费方式"]]
        full = plain(policy["签单保费(元)"])
        for turn in range(1, turns + 1):
            due = workday(policy["_begun"] + timedelta(days=15 + gap * (turn - 1)))
            if due > TODAY + timedelta(days=100) or (policy["保单状态"] == "已退保" and turn > 1):
                continue
            amount = round(full / turns, 2)
            paid = workday(due + timedelta(days=int(dice.gauss(3, 14))))
            age = (TODAY - due).days
            came = paid < TODAY and dice.random() < (0.985 if age > 200 else 0.86)
            part = came and age < 500 and dice.random() < 0.05
            rows.append(
                {
                    "保单号": policy["保单号"],
                    "期次": turn,
                    "应缴日期": dash(due),
                    "应缴保费(元)": yuan(amount),
                    "到账日期": dash(paid) if came else "",
                    "到账保费(元)": yuan(round(amount * 0.5, 2) if part else amount) if came else "",
                    "缴费状态": "部分到账" if part else "已缴清" if came else "待缴",
                    "付款途径": one_of(dice, {"对公转账": 72, "银行承兑": 10, "支票": 8, "企业网银": 10}) if came else "",
                    "佣金结算": ("已结" if (TODAY - paid).days > 40 and dice.random() < 0.93 else "未结") if came else "",
                    "_due": due,
                }
            )
    rows.sort(key=lambda row: (row["_due"], row["保单号"]))
    return rows


def settle(units: list[Row], rounds: list[Row], held: list[Row]) -> None:
    """How things stand with each company follows from its policies; no file is opened after the first business."""
    first: dict[str, str] = {}
    for row in (
        *({"code": deal["企业编码"], "day": deal["立项日期"]} for deal in rounds),
        *({"code": one["投保企业编码"], "day": one["出单日期"]} for one in held),
    ):
        first[row["code"]] = min(row["day"], first.get(row["code"], "9999"))
    live = {one["投保企业编码"] for one in held if one["保单状态"] in ("有效", "未起保")}
    ever = {one["投保企业编码"] for one in held}
    for unit in units:
        code = unit["企业编码"]
        unit["合作情况"] = "在保客户" if code in live else "流失客户" if code in ever else "意向客户"
        unit["建档日期"] = min(unit["建档日期"], first.get(code, "9999"))


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    units = clients(dice)
    people = contacts(dice, units)
    rounds = projects(dice, units)
    held = policies(dice, units, rounds)
    settle(units, rounds, held)
    write("投保企业档案", units)
    write("企业联系人", people)
    write("经纪人员名册", staff())
    write("季度业绩目标", targets(dice))
    write("询价项目台账", rounds)
    write("保单台账", held)
    write("理赔协办案件", claims(dice, held))
    write("客户走访登记", visits(dice, units))
    write("保费分期到账", instalments(dice, held))


if __name__ == "__main__":
    main()
