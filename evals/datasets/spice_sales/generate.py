"""Writes the export of an invented maker of seasonings, sauces and frozen dishes: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20260311
TODAY = date(2026, 3, 11)
LAST = TODAY - timedelta(days=1)
START = date(2024, 1, 4)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]
WON, LOST, PARKED = "成了", "黄了", "先放着"
OPEN_STEPS = ("摸底", "寄样", "试菜", "谈价")

CITIES = {
    "西南": ("成都", "重庆", "贵阳", "昆明"),
    "华东": ("上海", "杭州", "南京", "苏州"),
    "华南": ("广州", "深圳", "佛山", "厦门"),
    "华北": ("北京", "天津", "石家庄", "太原"),
    "华中": ("武汉", "长沙", "郑州", "南昌"),
}
# 工号, 姓名, 小组, 岗位, 进公司, 月任务, 组长, 在职, 常驻, 本事
PEOPLE = (
    ("S01", "贺明远", "总部", "销售总监", date(2016, 3, 1), None, "", "Y", "成都", 0.0),
    ("S02", "陈大伟", "连锁一组", "组长", date(2017, 5, 8), 300000, "贺明远", "Y", "成都", 0.08),
    ("S03", "何秀兰", "连锁二组", "组长", date(2018, 2, 26), 280000, "贺明远", "Y", "上海", 0.06),
    ("S04", "顾晓彤", "酒店组", "组长", date(2018, 9, 10), 200000, "贺明远", "Y", "杭州", 0.04),
    ("S05", "周国强", "工厂组", "组长", date(2016, 11, 14), 320000, "贺明远", "Y", "郑州", 0.1),
    ("S06", "马立群", "渠道组", "组长", date(2019, 4, 1), 220000, "贺明远", "Y", "广州", 0.02),
    ("S07", "陈思雨", "连锁一组", "业务员", date(2021, 7, 5), 180000, "陈大伟", "Y", "成都", 0.05),
    ("S08", "唐小满", "连锁一组", "业务员", date(2022, 3, 14), 150000, "陈大伟", "Y", "重庆", -0.04),
    ("S09", "冯凯", "连锁二组", "业务员", date(2020, 10, 19), 180000, "何秀兰", "Y", "北京", 0.0),
    ("S10", "白露", "连锁二组", "业务员", date(2023, 2, 13), 140000, "何秀兰", "Y", "上海", 0.12),
    ("S11", "尹浩", "酒店组", "业务员", date(2022, 8, 22), 120000, "顾晓彤", "Y", "深圳", -0.08),
    ("S12", "罗佳怡", "酒店组", "业务员", date(2023, 6, 26), 110000, "顾晓彤", "Y", "杭州", 0.03),
    ("S13", "魏东", "工厂组", "业务员", date(2019, 12, 2), 200000, "周国强", "Y", "郑州", 0.06),
    ("S14", "江雪梅", "工厂组", "业务员", date(2021, 4, 12), 170000, "周国强", "Y", "天津", -0.02),
    ("S15", "田野", "渠道组", "业务员", date(2022, 1, 10), 130000, "马立群", "Y", "长沙", -0.05),
    ("S16", "孔祥瑞", "渠道组", "业务员", date(2024, 5, 20), 100000, "马立群", "Y", "广州", -0.1),
    ("S17", "邵文博", "连锁二组", "业务员", date(2020, 6, 8), 160000, "何秀兰", "N", "北京", -0.06),
    ("S18", "苗青", "客服部", "客服", date(2019, 8, 5), None, "贺明远", "Y", "成都", 0.0),
    ("S19", "方圆", "客服部", "客服", date(2023, 3, 20), None, "贺明远", "Y", "成都", 0.0),
)
TEAMS = {"连锁餐饮": ("连锁一组", "连锁二组"), "酒店集团": ("酒店组",), "食品工厂": ("工厂组",), "经销商": ("渠道组",)}
# 货品, 大类, 单价(元/箱)
GOODS = (
    ("牛油火锅底料500g", "火锅底料", 368.0),
    ("清油火锅底料400g", "火锅底料", 312.0),
    ("番茄汤底1kg", "火锅底料", 246.0),
    ("麻婆豆腐料包", "复合调料", 188.0),
    ("藤椒鸡调料包", "复合调料", 216.0),
    ("酸菜鱼调料包", "复合调料", 224.0),
    ("黑椒酱1kg", "酱料", 198.0),
    ("蒜蓉辣酱3kg", "酱料", 162.0),
    ("红烧酱汁2kg", "酱料", 174.0),
    ("小酥肉1kg", "速冻半成品", 286.0),
    ("红糖糍粑800g", "速冻半成品", 154.0),
    ("免浆黑鱼片500g", "速冻半成品", 342.0),
    ("梅菜扣肉碗", "速冻半成品", 398.0),
    ("干碟辣椒面", "蘸料", 136.0),
    ("香油碟小包", "蘸料", 118.0),
)
KINDS = ("火锅底料", "复合调料", "酱料", "速冻半成品", "蘸料")
TASTE = {
    "连锁餐饮": (34, 22, 14, 22, 8),
    "酒店集团": (6, 24, 34, 34, 2),
    "食品工厂": (8, 46, 36, 4, 6),
    "经销商": (26, 16, 12, 34, 12),
}
EASE = {"火锅底料": 0.08, "复合调料": 0.0, "酱料": -0.03, "速冻半成品": -0.07, "蘸料": 0.05}
SIZE = {"连锁餐饮": 95000, "酒店集团": 62000, "食品工厂": 150000, "经销商": 78000}
STEMS_TEXT = {
    "连锁餐饮": (
        "渝香阁 椒麻记 川渔里 老灶台 沸腾山 红码头 牛掌柜 辣府 九宫汇 山城里 小竹签 渔火 柴门巷 粥语 面道 豆花记 饭小二 炉边 鲜粉哥 南城香里 大碗居 "
        "瓦罐里 湘灶 楚味 岭南渔 粤点 江南灶 西关里 津味 晋面坊 秦灶 徽厨 闽小吃 赣味 黔酸汤 滇菌 藏原 塞上 牧歌 丝路 胡同里 城南 青石街 一口鲜"
    ),
    "酒店集团": "云岫 澜悦 锦栖 松间 听澜 海逸 君禧 雅澜 和盛 望湖 星屿 璟庭 观山 棠里 鹭岛湾",
    "食品工厂": "丰谷 康禾 正源 嘉禾园 百味轩 鲜达 恒味 美厨 川聚 禾木 良厨 金灶 味丰源 庆和",
    "经销商": "顺合 联丰 冻品汇 食通 广食 汇鲜 聚鲜 万顺 宏发 德润 金桥 益民 兴隆 通达 永旺",
}
STEMS = {kind: text.split() for kind, text in STEMS_TEXT.items()}
SUFFIX = {
    "连锁餐饮": ("火锅", "餐饮", "小面", "烤鱼", "快餐"),
    "酒店集团": ("酒店集团", "酒店管理", "度假酒店"),
    "食品工厂": ("食品", "食品厂", "预制菜工厂"),
    "经销商": ("商贸", "冻品批发", "调味品经营部"),
}
CUISINES = ("川菜", "火锅", "湘菜", "粤菜", "西北菜", "小吃快餐")
SURNAMES = "王李张刘杨黄赵吴徐孙朱胡郭林高梁郑谢宋许邓曹彭曾萧蔡潘袁董余"
GIVEN = ("芳", "伟", "敏", "建国", "丽华", "志刚", "秀英", "晓燕", "海涛", "文静", "俊杰", "玉兰", "鹏飞", "婷婷", "国栋", "雪", "永康", "春梅", "少华", "立新")
JOBS = ("采购经理", "研发总监", "行政总厨", "老板", "品控经理", "运营总监")
RIVALS = ("味之岭", "海蜀", "圣川", "安记香", "本地小厂")
REASONS = ("价格谈不拢", "口味没过", "对手降价", "客户换菜单", "账期给不了", "没回音")
SOURCES = ("展会", "老客户介绍", "抖音私信", "陌拜", "电话开发", "招标网")
AIMS = ("换供应商", "新品", "年框", "门店试点", "定制开发", "补单")
FLAWS = ("胀袋", "漏袋", "口味不稳", "到货晚", "化冻", "少货", "异物")
TALKS = ("看后厨用量", "聊价格", "约试菜", "催样品反馈", "对账", "聊新品", "处理投诉", "谈账期", "了解换供应商的想法", "送年货")


def main() -> None:
    """Writes every file."""
    rng = random.Random(SEED)  # noqa: S311 - invented data
    customers = _customers(rng)
    deals = _deals(rng, customers)
    shipments = _shipments(rng, deals, customers)
    EXPORT.mkdir(exist_ok=True)
    _write("业务员", [_person(person) for person in PEOPLE])
    _write("客户列表", [_shown(row, "录进来的日子", "{0.year}年{0.month}月{0.day}日") for row in customers])
    _write("联系人", _contacts(rng, customers))
    _write("跟进单", [_deal(row) for row in deals])
    _write("试样记录", _samples(rng, deals))
    _write("拜访打卡", _visits(rng, deals, customers))
    _write("发货单", shipments)
    _write("投诉单", _complaints(rng, shipments))


def _person(person: tuple[Any, ...]) -> Row:
    heads = ("工号", "姓名", "小组", "岗位", "进公司日期", "月任务(元)", "组长", "还在职", "常驻城市")
    return {head: f"{value:%Y-%m-%d}" if isinstance(value, date) else ("" if value is None else value) for head, value in zip(heads, person[:9], strict=True)}


def _customers(rng: random.Random) -> list[Row]:
    """About a hundred and twenty, of four kinds."""
    found: list[Row] = []
    names: set[str] = set()
    kinds = rng.choices(tuple(TEAMS), (52, 20, 24, 24), k=118)
    for place, kind in enumerate(kinds):
        kind = kind if place else "连锁餐饮"
        name = rng.choice(STEMS[kind]) + rng.choice(SUFFIX[kind]) if place else "蜀巷火锅"
        while name in names:
            name = rng.choice(STEMS[kind]) + rng.choice(SUFFIX[kind])
        names.add(name)
        zone = rng.choices(tuple(CITIES), (34, 24, 18, 14, 16))[0]
        owner = rng.choice([person for person in PEOPLE if person[2] in TEAMS[kind] and person[7] == "Y"])
        found.append(
            {
                "客户号": f"K{1001 + place}",
                "客户名": name,
                "哪一类": kind,
                "级别": rng.choices("ABC", (22, 40, 38))[0] if rng.random() > 0.03 else "",
                "片区": zone,
                "城市": rng.choice(CITIES[zone]),
                "开了几家店": {"连锁餐饮": rng.randint(6, 420), "酒店集团": rng.randint(3, 70)}.get(kind, ""),
                "菜系": ("火锅" if name.endswith("火锅") else rng.choice(CUISINES)) if kind == "连锁餐饮" else "",
                "谁在管": owner[1],
                "录进来的日子": START - timedelta(days=400) + timedelta(days=rng.randint(0, 380) if rng.random() < 0.6 else rng.randint(380, 1120)),
                "账期(天)": rng.choice((0, 15, 30, 30, 45, 60, 90)) if rng.random() > 0.05 else "",
                "返点(%)": rng.choice((0, 0, 1, 1.5, 2, 3)) if kind == "经销商" else "",
                "要清真": rng.choices("YN", (12, 88))[0],
                "怎么认识的": rng.choice(SOURCES) if rng.random() > 0.06 else "",
                "停了没": rng.choices("YN", (11, 89))[0],
            }
        )
    return sorted([*found, *_namesakes(rng)], key=lambda row: row["客户号"])


def _namesakes(rng: random.Random) -> list[Row]:
    """A second customer whose name begins like that of the first, and two that have never had a deal."""
    rows = (
        ("K1201", "蜀巷食品", "食品工厂", "A", "西南", "成都", "周国强", date(2024, 2, 19), 45),
        ("K1202", "望江楼酒店集团", "酒店集团", "B", "西南", "成都", "罗佳怡", date(2026, 2, 26), 30),
        ("K1203", "金穗商贸", "经销商", "C", "华中", "武汉", "田野", date(2026, 3, 3), 0),
    )
    heads = ("客户号", "客户名", "哪一类", "级别", "片区", "城市", "谁在管", "录进来的日子", "账期(天)")
    order = ("客户号", "客户名", "哪一类", "级别", "片区", "城市", "开了几家店", "菜系", "谁在管", "录进来的日子")
    found = []
    for row in rows:
        named = dict(zip(heads, row, strict=True))
        own = {"开了几家店": "", "菜系": "", "返点(%)": "", "要清真": "N", "怎么认识的": rng.choice(SOURCES), "停了没": "N", **named}
        found.append({head: own[head] for head in (*order, "账期(天)", "返点(%)", "要清真", "怎么认识的", "停了没")})
    return found


def _contacts(rng: random.Random, customers: list[Row]) -> list[Row]:
    """One to three for most customers; two of them are called 王芳."""
    rows: list[Row] = []
    names: set[str] = {"王芳"}
    for place, customer in enumerate(customers):
        for job in rng.sample(JOBS, rng.choice((1, 2, 2, 3)) if rng.random() > 0.04 else 0):
            name = "王芳" if (place, len(rows)) in ((3, 0),) else rng.choice(SURNAMES) + rng.choice(GIVEN)
            while name in names:
                name = rng.choice(SURNAMES) + rng.choice(GIVEN)
            names.add(name)
            phone = f"1{rng.choice('3578')}{rng.randint(0, 9)}****{rng.randint(0, 9999):04d}" if rng.random() > 0.05 else ""
            rows.append(
                {
                    "联系人号": f"L{len(rows) + 1:04d}",
                    "客户号": customer["客户号"],
                    "姓名": name,
                    "干啥的": job,
                    "电话": phone,
                    "加微信没": rng.choices("YN", (72, 28))[0],
                    "能拍板": "Y" if job == "老板" else rng.choices("YN", (30, 70))[0],
                    "备注": rng.choice(("", "", "", "早上别打电话", "爱喝茶", "说话直", "只认微信")),
                }
            )
    for place, job in ((20, "采购经理"), (110, "行政总厨")):
        rows[place].update({"姓名": "王芳", "干啥的": job})
    return rows


def _deals(rng: random.Random, customers: list[Row]) -> list[Row]:
    """Opportunities, by opening date; customers buy again, the larger ones more often."""
    rows: list[Row] = []
    titles: set[str] = set()
    skill = {person[1]: person[9] for person in PEOPLE}
    mass = [{"A": 5.0, "B": 3.0, "C": 1.4}.get(row["级别"], 2.0) * (0.5 if row["停了没"] == "Y" else 1) for row in customers]
    span = (LAST - START).days
    while len(rows) < 478:
        customer = rng.choices(customers, mass)[0]
        opened = START + timedelta(days=int(span * rng.random() ** 0.9))
        if customer["客户号"] in ("K1202", "K1203") or opened <= customer["录进来的日子"]:
            continue
        kind = rng.choices(KINDS, TASTE[customer["哪一类"]])[0]
        owner = customer["谁在管"]
        if customer["哪一类"] == "连锁餐饮" and opened < date(2025, 3, 1) and rng.random() < 0.24:
            owner = "邵文博"
        elif rng.random() < 0.07:
            owner = rng.choice([person[1] for person in PEOPLE[1:16]])
        if owner == "孔祥瑞" and opened < date(2024, 6, 1):
            owner = "马立群"
        worth = round(SIZE[customer["哪一类"]] * rng.lognormvariate(0, 0.62) * {"A": 1.45, "C": 0.6}.get(customer["级别"], 1.0), -2)
        title = f"{customer['客户名']}{kind}{rng.choice(AIMS)}"
        extra = 2
        while title in titles:
            title = f"{title.rstrip('0123456789-')}-{extra}"
            extra += 1
        titles.add(title)
        tailored = rng.choices("YN", (30, 70))[0]
        keen = rng.choices("ABC", (28, 44, 28))[0]
        row: Row = {
            "单号": "",
            "事由": title,
            "客户号": customer["客户号"],
            "业务员": owner,
            "大类": kind,
            "走到哪步": "",
            "意向": keen if rng.random() > 0.03 else "",
            "估计能做(元)": worth,
            "实际做成(元)": None,
            "开单日": opened,
            "估摸哪天定": opened + timedelta(days=rng.randint(25, 110)),
            "了结日": None,
            "黄的原因": "",
            "跟谁抢": rng.choices((*RIVALS, ""), (22, 20, 12, 16, 10, 20))[0],
            "要定制": tailored,
            "月用量(公斤)": rng.randint(4, 160) * 25 if rng.random() > 0.08 else "",
        }
        rows.append(row)
        _close(rng, row, 0.54 + EASE[kind] + skill[owner] + {"A": 0.12, "C": -0.14}.get(keen, 0.0) + {"A": 0.05, "C": -0.04}.get(customer["级别"], 0.0))
    rows.sort(key=lambda row: row["开单日"])
    counts: dict[int, int] = {}
    for row in rows:
        year = row["开单日"].year
        counts[year] = counts.get(year, 0) + 1
        row["单号"] = f"GD{year % 100}{counts[year]:04d}"
    for row in (row for row in rows if row["走到哪步"] not in (WON, LOST)):
        if rng.random() < 0.04:
            row["估计能做(元)"] = None
    return rows


def _close(rng: random.Random, row: Row, chance: float) -> None:
    """Sets the step, and for closed ones the day, the amount and the reason."""
    closed = row["开单日"] + timedelta(days=int(rng.lognormvariate(4.2, 0.42)) + (14 if row["要定制"] == "Y" else 0))
    if closed > LAST or rng.random() < 0.06:
        row["走到哪步"] = PARKED if rng.random() < 0.14 else rng.choices(OPEN_STEPS, (20, 26, 26, 28))[0]
        if row["估摸哪天定"] < TODAY - timedelta(days=60):
            row["估摸哪天定"] = TODAY + timedelta(days=rng.randint(-30, 40))
        return
    row["了结日"] = closed
    if rng.random() < chance:
        row["走到哪步"] = WON
        row["实际做成(元)"] = round(row["估计能做(元)"] * rng.uniform(0.72, 1.12), -1)
    else:
        row["走到哪步"] = LOST
        row["黄的原因"] = rng.choices((*REASONS, ""), (30, 22, 15, 11, 9, 10, 3))[0]


def _deal(row: Row) -> Row:
    """As written: amounts with separators, days with hyphens."""
    shown = {key: f"{value:%Y-%m-%d}" if isinstance(value, date) else value for key, value in row.items()}
    for head in ("估计能做(元)", "实际做成(元)"):
        shown[head] = "" if row[head] is None else f"{row[head]:,.0f}"
    return {key: "" if value is None else value for key, value in shown.items()}


def _samples(rng: random.Random, deals: list[Row]) -> list[Row]:
    """Samples that were sent, most for an opportunity that came as far."""
    numbers = {person[1]: person[0] for person in PEOPLE}
    rows: list[Row] = []
    for deal in deals:
        if deal["走到哪步"] == "摸底" or rng.random() < 0.2:
            continue
        for turn in range(rng.choices((1, 2, 3), (72, 22, 6))[0]):
            sent = deal["开单日"] + timedelta(days=rng.randint(2, 12) + turn * rng.randint(10, 20))
            if sent > LAST:
                continue
            tried = sent + timedelta(days=rng.randint(3, 20))
            done = tried <= LAST and rng.random() > 0.06
            good = rng.random() < {WON: 0.8, LOST: 0.42}.get(deal["走到哪步"], 0.6)
            rows.append(
                {
                    "样单号": "",
                    "跟进单号": deal["单号"] if rng.random() > 0.04 else "",
                    "客户号": deal["客户号"],
                    "货品": rng.choice([item[0] for item in GOODS if item[1] == deal["大类"]]),
                    "寄了多少(公斤)": rng.choice((0.5, 1, 1, 2, 2, 3, 5)),
                    "哪天寄的": sent,
                    "哪天试的": f"{tried.year}-{tried.month}-{tried.day}" if done else "",
                    "试吃打分": (rng.randint(7, 10) if good else rng.randint(3, 7)) if done else "",
                    "过没过": ("Y" if good else "N") if done else "",
                    "嫌什么": rng.choice(("偏咸", "偏辣", "香味不足", "颜色深", "太贵")) if done and not good else "",
                    "快递费(元)": rng.randint(12, 68) + (40 if deal["大类"] == "速冻半成品" else 0),
                    "谁寄的": numbers[deal["业务员"]],
                }
            )
    rows.sort(key=lambda row: row["哪天寄的"])
    for place, row in enumerate(rows, 1):
        sent = row["哪天寄的"]
        row.update({"样单号": f"YP{place:05d}", "哪天寄的": f"{sent.year}-{sent.month}-{sent.day}"})
    return rows


def _visits(rng: random.Random, deals: list[Row], customers: list[Row]) -> list[Row]:
    """Contacts with customers, with the moment; some belong to an opportunity."""
    numbers = {person[1]: person[0] for person in PEOPLE}
    keepers = {row["客户号"]: row["谁在管"] for row in customers}
    held: list[tuple[date, str, str, str]] = []
    for deal in deals:
        last = min(deal["了结日"] or LAST, LAST)
        for _ in range(rng.choices((0, 1, 2, 3, 4), (8, 26, 34, 22, 10))[0]):
            when = deal["开单日"] + timedelta(days=rng.randint(0, max((last - deal["开单日"]).days, 1)))
            left = deal["业务员"] == "邵文博" and when > date(2025, 4, 30)
            held.append((min(when, LAST), keepers[deal["客户号"]] if left else deal["业务员"], deal["客户号"], deal["单号"]))
    for customer in customers:
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3)) if customer["停了没"] == "N" else 0):
            when = max(START, customer["录进来的日子"]) + timedelta(days=rng.randint(0, 700))
            if when <= LAST:
                held.append((when, customer["谁在管"], customer["客户号"], ""))
    rows: list[Row] = []
    for when, who, customer_number, deal_number in sorted(held):
        while when.weekday() > 5:
            when -= timedelta(days=1)
        how = rng.choices(("上门", "电话", "微信", "视频会", "展会"), (44, 24, 20, 8, 4))[0]
        moment = datetime(when.year, when.month, when.day, rng.randint(9, 17), rng.choice((0, 5, 10, 20, 30, 45)))
        again = when + timedelta(days=rng.randint(5, 30))
        rows.append(
            {
                "打卡号": "",
                "打卡时间": moment,
                "工号": numbers[who],
                "客户号": customer_number,
                "跟进单号": deal_number,
                "怎么见的": how,
                "聊了多久(分钟)": {"上门": rng.randint(25, 180), "微信": ""}.get(how, rng.randint(5, 60)),
                "聊的啥": rng.choice(TALKS),
                "客户态度": rng.choices(("热", "温", "冷", ""), (26, 44, 18, 12))[0],
                "约了下次": f"{again.year}/{again.month}/{again.day}" if rng.random() < 0.3 else "",
            }
        )
    rows.sort(key=lambda row: row["打卡时间"])
    for place, row in enumerate(rows, 1):
        moment = row["打卡时间"]
        row.update({"打卡号": f"DK{place:05d}", "打卡时间": f"{moment.year}/{moment.month}/{moment.day} {moment:%H:%M}"})
    return rows


def _shipments(rng: random.Random, deals: list[Row], customers: list[Row]) -> list[Row]:
    """Deliveries that follow won opportunities."""
    known = {row["客户号"]: row for row in customers}
    held: list[tuple[date, Row]] = []
    for deal in (deal for deal in deals if deal["走到哪步"] == WON):
        times = rng.choices((1, 2, 3, 4, 5, 6), (8, 16, 26, 24, 16, 10))[0]
        for turn in range(times):
            sent = deal["了结日"] + timedelta(days=rng.randint(4, 15) + turn * rng.randint(18, 34))
            if sent > LAST:
                break
            item = rng.choice([item for item in GOODS if item[1] == deal["大类"]])
            price = round(item[2] * rng.uniform(0.88, 1.04), 1)
            boxes = max(round(float(deal["实际做成(元)"]) / times / price * rng.uniform(0.6, 1.2)), 3)
            promised = sent + timedelta(days=rng.randint(2, 6))
            arrived = promised + timedelta(days=rng.choices((-2, -1, 0, 1, 2, 4, 6), (8, 22, 44, 12, 8, 4, 2))[0])
            arrived = max(arrived, sent + timedelta(days=1))
            customer = known[deal["客户号"]]
            paid = boxes * price
            rebate = paid * float(customer["返点(%)"] or 0) / 100
            settled = rng.random() < (0.97 if sent < date(2025, 10, 1) else 0.8 if sent < date(2026, 1, 1) else 0.35)
            held.append(
                (
                    sent,
                    {
                        "发货号": "",
                        "跟进单号": deal["单号"],
                        "客户号": deal["客户号"],
                        "货品": item[0],
                        "大类": deal["大类"],
                        "箱数": boxes,
                        "单价(元)": f"{price:.2f}",
                        "货款(元)": f"{paid:.2f}",
                        "发货日": f"{sent:%Y.%m.%d}",
                        "说好到货": f"{promised:%Y.%m.%d}",
                        "实际到货": f"{arrived:%Y.%m.%d}" if arrived <= LAST else "",
                        "怎么运": rng.choices(("冷链", "自提"), (92, 8))[0]
                        if deal["大类"] == "速冻半成品"
                        else rng.choices(("零担", "整车", "自提", "快递"), (56, 22, 10, 12))[0],
                        "返利(元)": f"{rebate:.2f}" if rebate else "",
                        "结清没": "Y" if settled else "N",
                    },
                )
            )
    rows = [row for _, row in sorted(held, key=lambda pair: pair[0])]
    for place, row in enumerate(rows, 1):
        row["发货号"] = f"FH{place:05d}"
    return rows


def _complaints(rng: random.Random, shipments: list[Row]) -> list[Row]:
    """Complaints about deliveries that arrived; frozen goods are complained about more."""
    held: list[tuple[datetime, Row]] = []
    for shipment in shipments:
        if not shipment["实际到货"] or rng.random() > (0.26 if shipment["大类"] == "速冻半成品" else 0.18):
            continue
        came = datetime.strptime(shipment["实际到货"], "%Y.%m.%d") + timedelta(days=rng.randint(0, 16), minutes=rng.randint(500, 1080))
        if came.date() > LAST:
            continue
        weights = (14, 16, 22, 18, 24, 10, 6) if shipment["大类"] == "速冻半成品" else (22, 26, 20, 16, 0, 14, 5)
        flaw = rng.choices(FLAWS, weights)[0]
        weight = "重" if flaw == "异物" else rng.choices(("轻", "中", "重"), (48, 40, 12))[0]
        done = came + timedelta(hours=rng.randint(3, 40) + {"轻": 0, "中": 70, "重": 160}[weight])
        closed = done.date() <= LAST and rng.random() > 0.04
        blame = "物流" if flaw in ("到货晚", "化冻") and rng.random() < 0.85 else rng.choices(("工厂", "物流", "客户自己"), (68, 18, 14))[0]
        paid = rng.randint(2, 60) * 50 * {"轻": 0, "中": 1, "重": 3}[weight] if blame != "客户自己" else 0
        held.append(
            (
                came,
                {
                    "投诉号": "",
                    "发货号": shipment["发货号"],
                    "客户号": shipment["客户号"],
                    "打来时间": f"{came:%Y-%m-%d %H:%M:%S}",
                    "什么毛病": flaw,
                    "轻重": weight,
                    "接单人": rng.choices(("苗青", "方圆"), (58, 42))[0],
                    "处理完时间": f"{done:%Y-%m-%d %H:%M:%S}" if closed else "",
                    "赔了(元)": paid if closed else "",
                    "怪谁": blame if closed else "",
                    "客户满意没": (rng.choices(("Y", "N", ""), (62, 24, 14))[0]) if closed else "",
                },
            )
        )
    rows = [row for _, row in sorted(held, key=lambda pair: pair[0])]
    for place, row in enumerate(rows, 1):
        row["投诉号"] = f"TS{place:04d}"
    return rows


def _shown(row: Row, head: str, form: str) -> Row:
    return {**row, head: form.format(row[head])}


def _write(name: str, rows: list[Row]) -> None:
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
