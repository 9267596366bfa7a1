"""Writes the export of an invented maker of cardboard boxes and printed packaging: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20260518
TODAY = date(2026, 5, 18)
START = date(2023, 6, 1)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

STAFF = (
    ("001", "邱国荣", "厂部", "总经理", "2009.3.2", "", "在职"),
    ("006", "莫丽仪", "业务部", "业务经理", "2012.6.18", "", "在职"),
    ("011", "林国栋", "业务部", "业务员", "2014.2.24", "1,300", "在职"),
    ("012", "林佩珊", "业务部", "业务员", "2017.8.7", "900", "在职"),
    ("015", "欧阳健", "业务部", "业务员", "2018.3.19", "1,600", "在职"),
    ("018", "区永强", "业务部", "业务员", "2019.10.14", "1,500", "在职"),
    ("021", "温雪梅", "业务部", "业务员", "2020.5.6", "1,100", "在职"),
    ("023", "赖志斌", "业务部", "业务员", "2021.9.1", "", "离职"),
    ("027", "甘小敏", "业务部", "业务员", "2022.11.21", "1,250", "在职"),
    ("031", "骆家辉", "业务部", "业务员", "2025.3.3", "600", "在职"),
    ("013", "陶春燕", "跟单组", "跟单员", "2016.4.11", "", "在职"),
    ("019", "黎婉婷", "跟单组", "跟单员", "2019.12.2", "", "在职"),
    ("025", "卓晓琳", "跟单组", "跟单员", "2022.2.14", "", "在职"),
    ("014", "谭锦明", "品管部", "品管主管", "2015.7.20", "", "在职"),
    ("026", "姚伟杰", "品管部", "品管员", "2022.6.6", "", "在职"),
    ("008", "冼玉珍", "财务部", "应收会计", "2013.9.9", "", "在职"),
)
NUMBER = {row[1]: row[0] for row in STAFF}
REPS = {"林国栋": 0.6, "林佩珊": 0.55, "欧阳健": 0.5, "区永强": 0.46, "温雪梅": 0.58, "赖志斌": 0.33, "甘小敏": 0.42, "骆家辉": 0.38}
CLERKS = ("陶春燕", "黎婉婷", "卓晓琳")
AREAS = {"莞深片": ("东莞", "深圳", "惠州"), "广佛片": ("广州", "佛山"), "珠西片": ("中山", "江门", "珠海"), "省外": ("长沙", "赣州", "南宁")}
LETTER = {"莞深片": "GS", "广佛片": "GF", "珠西片": "ZX", "省外": "SW"}
HOME = {"莞深片": ("林国栋", "欧阳健", "甘小敏", "赖志斌"), "广佛片": ("林佩珊", "温雪梅"), "珠西片": ("区永强", "骆家辉"), "省外": ("温雪梅", "欧阳健")}
TRADES = {
    "食品饮料": ("食品", "饮品"),
    "小家电": ("电器",),
    "日化洗护": ("日化",),
    "酒水": ("酒业",),
    "五金灯饰": ("五金", "灯饰"),
    "服装鞋帽": ("服饰",),
    "电商快递": ("电商",),
}
STEMS = (
    *("禾味", "佳穗", "橙果", "云帆", "锐科", "朗霁", "柏川", "沐森", "晴和", "麦丘", "稻田里", "白鹭洲", "小满", "榕下"),
    *("青石巷", "蓝屿", "拓原", "微澜", "九顷", "南枝", "月牙泉", "盛湾", "顺鹏", "嘉岭", "铭硕", "凯峰", "乐禾"),
)
GRADES = {"A": 16, "B": 34, "C": 38, "D": 12}
TERMS = {"月结30天": 40, "月结60天": 28, "月结90天": 10, "款到发货": 22}
WARES = {
    "五层纸箱": ("K=K", "K=A", "A=B", 4.6),
    "三层纸箱": ("KA", "AA", "AB", 1.9),
    "彩盒": ("300g白卡", "350g灰底白", "E坑裱白", 1.25),
    "礼盒": ("灰板裱铜版", "灰板裱特种纸", "灰板裱金卡", 9.8),
    "手提袋": ("200g白牛皮", "250g白卡", "157g铜版", 2.6),
    "刀卡内衬": ("B坑", "E坑", "珍珠棉", 0.72),
}
LIKES = {
    "食品饮料": {"五层纸箱": 20, "三层纸箱": 40, "彩盒": 30, "手提袋": 10},
    "小家电": {"五层纸箱": 45, "彩盒": 35, "刀卡内衬": 20},
    "日化洗护": {"三层纸箱": 30, "彩盒": 55, "手提袋": 15},
    "酒水": {"礼盒": 50, "五层纸箱": 30, "手提袋": 20},
    "五金灯饰": {"五层纸箱": 40, "三层纸箱": 40, "刀卡内衬": 20},
    "服装鞋帽": {"三层纸箱": 40, "手提袋": 45, "彩盒": 15},
    "电商快递": {"三层纸箱": 80, "刀卡内衬": 20},
}
USES = {"五层纸箱": "外箱", "三层纸箱": "周转箱", "彩盒": "单品盒", "礼盒": "天地盖礼盒", "手提袋": "手挽袋", "刀卡内衬": "井字格"}
SURNAMES, GIVEN = "陈李黄何梁罗郑谢叶钟邓曾彭苏蔡潘", ("小姐", "生")
DRIVERS = ("粤S·D3817", "粤S·K9026", "粤S·B5512", "粤S·M7748")


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dot(day: date) -> str:
    """A day as in 2025.3.5."""
    return f"{day.year}.{day.month}.{day.day}"


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Monday after a Sunday (Saturdays are worked)."""
    return day + timedelta(days=1) if day.weekday() == 6 else day


def write(name: str, rows: list[Row]) -> None:
    """One file of the export; names that begin with an underscore are left out."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [key for key in rows[0] if not key.startswith("_")], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def staff() -> list[Row]:
    """The people."""
    return [dict(zip(("工号", "姓名", "部门", "职务", "入厂日期", "2026年任务(千元)", "在职情况"), row, strict=True)) for row in STAFF]


def clients(dice: random.Random) -> list[Row]:
    """Clients with the people there in the same row; some share a stem."""
    rows: list[Row] = []
    taken: set[str] = set()
    count = dict.fromkeys(AREAS, 0)
    while len(rows) < 82:
        trade = dice.choices(list(TRADES), (24, 18, 14, 9, 16, 10, 9))[0]
        short = dice.choice(STEMS) + dice.choice(TRADES[trade])
        if short in taken:
            continue
        taken.add(short)
        area = dice.choices(list(AREAS), (42, 28, 20, 10))[0]
        count[area] += 1
        city = dice.choice(AREAS[area])
        grade = one_of(dice, GRADES)
        since = workday(date(2018, 1, 5) + timedelta(days=dice.randrange(1950) if dice.random() < 0.72 else 1978 + dice.randrange(1000)))
        buyer = dice.choice(SURNAMES) + dice.choice(GIVEN)
        rows.append(
            {
                "客户代号": f"{LETTER[area]}{count[area]:03d}",
                "客户简称": short,
                "客户全称": f"{city}市{short}有限公司",
                "行业": trade,
                "片区": area,
                "所在市": city,
                "客户等级": grade,
                "业务员": dice.choices(HOME[area], [REPS[name] for name in HOME[area]])[0],
                "跟单": dice.choice(CLERKS),
                "结算方式": one_of(dice, TERMS),
                "信用额度(千元)": "" if dice.random() < 0.15 else f"{ {'A': 1200, 'B': 500, 'C': 180, 'D': 60}[grade] + 20 * dice.randrange(12):,}",
                "建档日期": slash(since),
                "采购联系人": buyer,
                "采购电话": f"13{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.86 else "",
                "财务联系人": dice.choice(SURNAMES) + dice.choice(GIVEN) if dice.random() < 0.6 else "",
                "送货里程(km)": {"莞深片": 12, "广佛片": 65, "珠西片": 98, "省外": 420}[area] + dice.randrange(60) if dice.random() < 0.93 else "",
                "现状": one_of(dice, {"在做": 74, "试样": 9, "停单": 22, "黑名单": 4}),
                "_since": since,
            }
        )
    return sorted(rows, key=lambda row: row["客户代号"])


def quotes(dice: random.Random, units: list[Row]) -> list[Row]:
    """Quotations, each for one ware."""
    weights = [{"A": 8, "B": 4, "C": 2, "D": 1}[unit["客户等级"]] for unit in units]
    rows: list[Row] = []
    for begun in sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.9))) for _ in range(470)):
        unit = dice.choices(units, weights)[0]
        if begun >= TODAY or begun < unit["_since"]:
            continue
        rows.append(_quote(dice, unit, begun, len(rows) + 1))
    return rows


def _quote(dice: random.Random, unit: Row, begun: date, place: int) -> Row:
    ware = one_of(dice, LIKES[unit["行业"]])
    *papers, price = WARES[ware]
    who = unit["业务员"] if dice.random() < 0.85 else dice.choice(list(REPS))
    if (who == "赖志斌" and begun > date(2025, 2, 28)) or (who == "骆家辉" and begun < date(2025, 3, 3)):
        who = "林国栋" if who == "赖志斌" else "区永强"
    size = (dice.randrange(12, 62) * 10, dice.randrange(10, 45) * 10, dice.randrange(6, 42) * 10)
    each = round(price * dice.uniform(0.6, 1.5), 3)
    count = dice.choice((1000, 2000, 3000, 5000, 8000, 10000, 15000, 20000, 30000, 50000) if ware != "礼盒" else (500, 1000, 2000, 3000, 5000, 8000))
    rounds = dice.choices((1, 2, 3, 4), (55, 28, 12, 5))[0]
    ended = workday(begun + timedelta(days=2 + int(dice.expovariate(1 / 17)) + 3 * rounds))
    closed = ended < TODAY and dice.random() < 0.93
    won = closed and dice.random() < REPS[who] + {"A": 0.12, "B": 0.04, "C": -0.04, "D": -0.15}[unit["客户等级"]]
    result = "已转单" if won else one_of(dice, {"未采纳": 82, "过期作废": 18}) if closed else one_of(dice, {"待客户回复": 55, "打样中": 45})
    return {
        "报价单号": f"BJ{begun:%y%m}-{place:03d}",
        "报价日期": dash(begun),
        "客户代号": unit["客户代号"],
        "报价人": who,
        "品类": ware,
        "品名": f"{unit['客户简称']}{USES[ware]}{size[0]}×{size[1]}×{size[2]}",
        "用料": dice.choice(papers),
        "报价数量(个)": f"{count:,}",
        "单价(元/个)": f"{each:.3f}",
        "报价金额(元)": f"{each * count:,.2f}",
        "改价次数": rounds - 1,
        "打样费(元)": dice.choice((0, 0, 200, 300, 500)) if ware in ("彩盒", "礼盒", "手提袋") else "",
        "结果": result,
        "结案日期": dash(ended) if closed else "",
        "未采纳原因": one_of(dice, {"价格高": 46, "交期长": 17, "打样不合格": 14, "客户改方案": 15, "账期谈不拢": 8}) if result == "未采纳" else "",
        "转单号": "",
        "_unit": unit,
        "_each": each,
        "_count": count,
        "_ended": ended,
    }


def orders(dice: random.Random, offers: list[Row]) -> list[Row]:
    """Lines of orders; an order has up to three."""
    wishes: list[tuple[date, list[Row], bool]] = []
    won = [offer for offer in offers if offer["结果"] == "已转单"]
    for offer in won:
        wishes.append((offer["_ended"], [offer], True))
        again = offer["_ended"]
        while dice.random() < 0.52:
            again = workday(again + timedelta(days=dice.randrange(25, 190)))
            if again < TODAY:
                held = [one for one in won if one["客户代号"] == offer["客户代号"] and one is not offer and one["_ended"] < again]
                wishes.append((again, [offer, *dice.sample(held, min(len(held), dice.choice((0, 0, 1, 2))))], False))
    rows: list[Row] = []
    for place, (begun, held, first) in enumerate(sorted(wishes, key=lambda wish: (wish[0], wish[1][0]["报价单号"])), 1):
        name = f"DD{begun:%y%m}{place:04d}"
        if first:
            held[0]["转单号"] = name
        rush = dice.random() < 0.16
        due = workday(begun + timedelta(days=dice.randrange(3, 6) if rush else dice.randrange(8, 19)))
        who = held[0]["报价人"] if held[0]["报价人"] != "赖志斌" or begun < date(2025, 3, 1) else "林国栋"
        for line, offer in enumerate(held, 1):
            each = offer["_each"] if first else round(offer["_each"] * dice.uniform(0.95, 1.06), 3)
            count = offer["_count"] if first else dice.choice((offer["_count"], offer["_count"] * 2, max(300, offer["_count"] // 2)))
            rows.append(
                {
                    "订单号": name,
                    "项次": line,
                    "下单日期": slash(begun),
                    "客户代号": offer["客户代号"],
                    "业务员工号": NUMBER[who],
                    "品类": offer["品类"],
                    "品名": offer["品名"],
                    "订购数(个)": f"{count:,}",
                    "单价(元/个)": f"{each:.3f}",
                    "订单金额(元)": f"{each * count:,.2f}",
                    "急单": "急" if rush else "",
                    "要求交期": slash(due),
                    "进度": "已取消" if dice.random() < 0.03 else "",
                    "客户PO号": f"PO-{dice.randrange(10000, 99999)}" if dice.random() < 0.7 else "",
                    "_begun": begun,
                    "_due": due,
                    "_each": each,
                    "_count": count,
                    "_unit": offer["_unit"],
                }
            )
    return rows


def shipments(dice: random.Random, lines: list[Row]) -> list[Row]:
    """Deliveries; they also settle how far each line has come."""
    rows: list[Row] = []
    for line in lines:
        if line["进度"]:
            continue
        sent = workday(line["_due"] + timedelta(days=int(dice.gauss(-0.6, 2.4))))
        sent = max(sent, workday(line["_begun"] + timedelta(days=2)))
        parts = [line["_count"]] if dice.random() < 0.8 else [line["_count"] // 2, line["_count"] - line["_count"] // 2]
        done = 0
        for part in parts:
            if sent < TODAY:
                refused = int(part * dice.choice((0.01, 0.02, 0.05))) if dice.random() < 0.09 else 0
                rows.append({"_sent": sent, "_line": line, "送货数(个)": part, "拒收数(个)": refused or ""})
                done += part
            sent = workday(sent + timedelta(days=dice.randrange(2, 9)))
        if not done:
            line["进度"] = "待排产" if (TODAY - line["_begun"]).days < 5 else dice.choice(("生产中", "生产中", "已入库待送"))
        else:
            line["进度"] = "已送完" if done == line["_count"] else "部分送货"
    rows.sort(key=lambda row: (row["_sent"], row["_line"]["订单号"], row["_line"]["项次"]))
    return [
        {
            "送货单号": f"SH{row['_sent']:%Y}{place:04d}",
            "送货日期": dot(row["_sent"]),
            "订单号": row["_line"]["订单号"],
            "项次": row["_line"]["项次"],
            "送货数(个)": row["送货数(个)"],
            "拒收数(个)": row["拒收数(个)"],
            "车牌": dice.choices(DRIVERS, (40, 28, 20, 12))[0] if dice.random() < 0.9 else "客户自提",
            "回单": "已回" if ((TODAY - row["_sent"]).days > 20 and dice.random() < 0.97) or dice.random() < 0.4 else "未回",
            **{"_sent": row["_sent"], "_line": row["_line"]},
        }
        for place, row in enumerate(rows, 1)
    ]


def statements(dice: random.Random, sent: list[Row]) -> list[Row]:
    """What each client owes for the deliveries of a month; the key is client and month."""
    held: dict[tuple[str, str], float] = {}
    units: dict[str, Row] = {}
    for row in sent:
        unit, each = row["_line"]["_unit"], row["_line"]["_each"]
        key = (f"{row['_sent']:%Y-%m}", unit["客户代号"])
        units[unit["客户代号"]] = unit
        held[key] = held.get(key, 0) + (row["送货数(个)"] - (row["拒收数(个)"] or 0)) * each
    rows: list[Row] = []
    for (month, code), amount in sorted(held.items()):
        if month >= f"{TODAY:%Y-%m}":
            continue
        year, number = int(month[:4]), int(month[5:])
        billed = workday(date(year + number // 12, number % 12 + 1, dice.randrange(3, 15)))
        way = units[code]["结算方式"]
        due = billed + timedelta(days=0 if way == "款到发货" else int(way[2:4]))
        late = dice.gauss(4, 14) + {"A": -4, "B": 0, "C": 4, "D": 12}[units[code]["客户等级"]]
        paid = workday(max(billed, due + timedelta(days=int(late))))
        came = paid < TODAY and dice.random() < 0.95
        worth = round(amount / 1000, 2)
        part = came and dice.random() < 0.06
        rows.append(
            {
                "账单月份": month,
                "客户代号": code,
                "应收(千元)": f"{worth:,.2f}",
                "开票日期": dash(billed),
                "到期日": dash(due),
                "实收(千元)": (f"{round(worth * 0.6, 2):,.2f}" if part else f"{worth:,.2f}") if came else "",
                "最近收款日": dash(paid) if came else "",
                "收款方式": one_of(dice, {"转账": 68, "承兑": 22, "支票": 10}) if came else "",
                "结清情况": ("部分收" if part else "已结清") if came else "未收",
            }
        )
    return rows


def complaints(dice: random.Random, sent: list[Row]) -> list[Row]:
    """Complaints about lines that were delivered."""
    weights = [2.2 if row["_line"]["品类"] in ("彩盒", "礼盒") else 1 for row in sent]
    picked: dict[int, Row] = {}
    while len(picked) < 128:
        place = dice.choices(range(len(sent)), weights)[0]
        picked[place] = sent[place]
    told = sorted((workday(row["_sent"] + timedelta(days=dice.randrange(1, 25))), place) for place, row in picked.items())
    rows: list[Row] = []
    for begun, place in told:
        if begun >= TODAY:
            continue
        row = picked[place]
        printed = row["_line"]["品类"] in ("彩盒", "礼盒", "手提袋")
        kinds = (
            {"色差": 36, "脱胶开口": 18, "爆线": 14, "刮花": 16, "少数": 10}
            if printed
            else {"耐破不够": 26, "开槽偏位": 20, "受潮变软": 22, "少数": 16, "印错字": 8}
        )
        what = one_of(dice, kinds)
        grade = one_of(dice, {"轻微": 46, "一般": 38, "严重": 16})
        cure = one_of(dice, {"补数": 30, "退换": 24, "扣款": 26, "让步接收": 20})
        closed = workday(begun + timedelta(days=2 + int(dice.expovariate(1 / 9))))
        done = closed < TODAY and dice.random() < 0.93
        bad = int(row["送货数(个)"] * dice.uniform(0.01, 0.2)) + 1
        where = {
            "色差": "印刷",
            "印错字": "印刷",
            "刮花": "印刷",
            "脱胶开口": "粘箱",
            "爆线": "模切",
            "开槽偏位": "模切",
            "耐破不够": "来料",
            "受潮变软": "仓储",
            "少数": "打包",
        }
        rows.append(
            {
                "客诉编号": f"KS-{begun.year}-{len(rows) + 1:03d}",
                "投诉日": slash(begun),
                "订单号": row["订单号"],
                "项次": row["项次"],
                "问题": what,
                "责任工序": where[what] if dice.random() < 0.92 else "",
                "程度": grade,
                "不良数(个)": bad,
                "处理办法": cure if done or dice.random() < 0.4 else "",
                "扣款(元)": f"{max(50, round(bad * row['_line']['_each'] * dice.uniform(0.8, 2.5))):,}" if done and cure == "扣款" else "",
                "经手人": dice.choices(("谭锦明", "姚伟杰"), (38, 62))[0],
                "结案日": slash(closed) if done else "",
            }
        )
    return rows


def tools(dice: random.Random, offers: list[Row]) -> list[Row]:
    """Cutting dies and printing plates, each made for a client."""
    rows: list[Row] = []
    for offer in (offer for offer in offers if offer["结果"] == "已转单"):
        kinds = ["刀模"] if offer["品类"] not in ("三层纸箱", "五层纸箱") else ["柔印版"]
        kinds += ["胶印版"] if offer["品类"] in ("彩盒", "礼盒", "手提袋") and dice.random() < 0.7 else []
        kinds += ["烫金版"] if offer["品类"] == "礼盒" and dice.random() < 0.7 else []
        for kind in kinds:
            life = {"刀模": 80000, "柔印版": 300000, "胶印版": 100000, "烫金版": 50000}[kind]
            used = int(life * min(1.12, dice.uniform(0.1, 1.9) * (TODAY - offer["_ended"]).days / 900))
            state = "报废" if used > life else one_of(dice, {"在架": 82, "维修": 6, "退客户": 6, "报废": 6})
            rows.append(
                {
                    "版模编号": f"{ {'刀模': 'D', '柔印版': 'R', '胶印版': 'J', '烫金版': 'T'}[kind] }{len(rows) + 1:04d}",
                    "种类": kind,
                    "客户代号": offer["客户代号"],
                    "对应报价单": offer["报价单号"],
                    "开版日期": dash(workday(offer["_ended"] + timedelta(days=dice.randrange(1, 6)))),
                    "开版费(元)": int({"刀模": 420, "柔印版": 650, "胶印版": 880, "烫金版": 300}[kind] * dice.uniform(0.7, 1.8)),
                    "费用归谁": one_of(dice, {"客户付": 52, "我厂付": 30, "各半": 18}),
                    "累计用次": used,
                    "寿命次数": life,
                    "货架位": f"{dice.choice('ABCD')}{dice.randrange(1, 9)}-{dice.randrange(1, 30):02d}" if state in ("在架", "维修") else "",
                    "版况": state,
                    "_made": offer["_ended"],
                }
            )
    return [row for row in rows if row["开版日期"] < dash(TODAY)]


def diary(dice: random.Random, units: list[Row]) -> list[Row]:
    """What the salespeople did each day; it names the client as they call it and has no number of its own."""
    weights = [{"A": 8, "B": 4, "C": 2, "D": 1}[unit["客户等级"]] * (0.4 if unit["现状"] == "黑名单" else 1) for unit in units]
    notes = {
        "催货款": ("说下周安排", "财务不在", "月底前付一半"),
        "送样": ("样品已签收", "颜色要改深", "等老板定"),
        "谈新单": ("要求降价5%", "旺季要加量", "先看打样"),
        "处理客诉": ("现场挑货", "拍照取证", ""),
        "回访": ("", "反映交期偏慢", "满意"),
    }
    rows: list[Row] = []
    for day in sorted(workday(START + timedelta(days=int((TODAY - START).days * dice.random() ** 0.8))) for _ in range(590)):
        unit = dice.choices(units, weights)[0]
        if day >= TODAY or day < unit["_since"]:
            continue
        who = unit["业务员"]
        if (who == "赖志斌" and day > date(2025, 2, 28)) or (who == "骆家辉" and day < date(2025, 3, 3)):
            who = "甘小敏" if who == "赖志斌" else "区永强"
        why = one_of(dice, {"催货款": 20, "送样": 22, "谈新单": 30, "处理客诉": 10, "回访": 18})
        way = one_of(dice, {"上门": 42, "电话": 24, "微信": 24, "来厂": 10})
        rows.append(
            {
                "日期": dash(day),
                "业务员": who,
                "客户": unit["客户简称"],
                "方式": way,
                "事项": why,
                "用时(小时)": "" if way == "微信" else dice.choice((0.5, 1, 1.5, 2, 3, 4)) if way != "电话" else dice.choice((0.2, 0.3, 0.5)),
                "情况": dice.choice(notes[why]),
                "下次跟进": dash(workday(day + timedelta(days=dice.randrange(5, 45)))) if dice.random() < 0.7 else "",
            }
        )
    return rows


def correct(units: Iterable[Row], lines: list[Row]) -> None:
    """Who has ordered is no longer at the stage of samples."""
    bought = {line["客户代号"] for line in lines}
    for unit in units:
        if unit["现状"] == "试样" and unit["客户代号"] in bought:
            unit["现状"] = "在做"


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    units = clients(dice)
    offers = quotes(dice, units)
    lines = orders(dice, offers)
    sent = shipments(dice, lines)
    correct(units, lines)
    write("人员表", staff())
    write("客户档案", units)
    write("报价登记", offers)
    write("订单明细", lines)
    write("送货记录", sent)
    write("月结对账单", statements(dice, sent))
    write("客诉处理单", complaints(dice, sent))
    write("刀版台账", tools(dice, offers))
    write("业务日报", diary(dice, units))


if __name__ == "__main__":
    main()
