"""Writes the export of an invented wholesaler of truck tyres that also serves fleets: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20260316
TODAY = date(2026, 3, 16)
START = date(2023, 2, 6)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

STORES = {
    "临沂总店": ("山东大区", "SD", ("临沂", "日照", "枣庄")),
    "济南店": ("山东大区", "SD", ("济南", "德州", "聊城")),
    "潍坊店": ("山东大区", "SD", ("潍坊", "青岛", "烟台")),
    "徐州店": ("苏皖大区", "SW", ("徐州", "宿迁", "连云港")),
    "合肥店": ("苏皖大区", "SW", ("合肥", "蚌埠", "六安")),
    "郑州店": ("河南大区", "HN", ("郑州", "新乡", "洛阳")),
    "商丘店": ("河南大区", "HN", ("商丘", "周口")),
    "石家庄店": ("河北大区", "HB", ("石家庄", "邢台", "邯郸")),
    "沧州店": ("河北大区", "HB", ("沧州", "衡水")),
}
STAFF = (
    ("SL001", "孟庆河", "总部", "", "销售总监", "2011-04-18", "", ""),
    ("SL002", "国敬业", "山东大区", "临沂总店", "大区经理", "2012-03-05", "", "孟庆河"),
    ("SL003", "戚春梅", "苏皖大区", "徐州店", "大区经理", "2014-08-11", "", "孟庆河"),
    ("SL004", "侯占军", "河南大区", "郑州店", "大区经理", "2013-02-25", "", "孟庆河"),
    ("SL005", "齐海滨", "河北大区", "石家庄店", "大区经理", "2016-05-09", "", "孟庆河"),
    ("SL006", "李军", "山东大区", "临沂总店", "业务员", "2015-07-06", "", "国敬业"),
    ("SL007", "相如意", "山东大区", "临沂总店", "业务员", "2017-03-13", "", "国敬业"),
    ("SL008", "邵明强", "山东大区", "济南店", "业务员", "2018-10-08", "", "国敬业"),
    ("SL009", "路晓彤", "山东大区", "济南店", "业务员", "2021-06-01", "", "国敬业"),
    ("SL010", "臧文博", "山东大区", "潍坊店", "业务员", "2016-09-19", "", "国敬业"),
    ("SL011", "辛月娥", "山东大区", "潍坊店", "业务员", "2022-02-21", "", "国敬业"),
    ("SL012", "周建新", "苏皖大区", "徐州店", "业务员", "2015-11-02", "", "戚春梅"),
    ("SL013", "周倩", "苏皖大区", "徐州店", "业务员", "2020-04-20", "", "戚春梅"),
    ("SL014", "费立国", "苏皖大区", "合肥店", "业务员", "2019-05-27", "", "戚春梅"),
    ("SL015", "鲍小雨", "苏皖大区", "合肥店", "业务员", "2024-03-04", "", "戚春梅"),
    ("SL016", "李军", "河南大区", "郑州店", "业务员", "2019-08-26", "", "侯占军"),
    ("SL017", "禹大鹏", "河南大区", "郑州店", "业务员", "2014-06-16", "", "侯占军"),
    ("SL018", "司马超", "河南大区", "商丘店", "业务员", "2018-01-15", "", "侯占军"),
    ("SL019", "樊丽霞", "河南大区", "商丘店", "业务员", "2021-11-08", "2025-05-30", "侯占军"),
    ("SL020", "井志伟", "河北大区", "石家庄店", "业务员", "2017-12-04", "", "齐海滨"),
    ("SL021", "谷雪梅", "河北大区", "石家庄店", "业务员", "2022-07-18", "", "齐海滨"),
    ("SL022", "卢少东", "河北大区", "沧州店", "业务员", "2016-04-11", "", "齐海滨"),
    ("SL023", "景瑞", "河北大区", "沧州店", "业务员", "2023-02-13", "2024-08-31", "齐海滨"),
    ("SL024", "温玉兰", "总部", "", "销售内勤", "2018-06-25", "", "孟庆河"),
    ("SL025", "车佳琪", "总部", "", "销售内勤", "2023-09-04", "", "孟庆河"),
)
SKILL = {"SL006": 0.5, "SL007": 0.64, "SL008": 0.55, "SL009": 0.42, "SL010": 0.6, "SL011": 0.38, "SL012": 0.57, "SL013": 0.46, "SL014": 0.52}
SKILL |= {"SL015": 0.4, "SL016": 0.44, "SL017": 0.68, "SL018": 0.5, "SL019": 0.33, "SL020": 0.54, "SL021": 0.45, "SL022": 0.62, "SL023": 0.3}
STAND_IN = {"SL019": "SL018", "SL023": "SL022", "SL015": "SL014"}
KINDS = {
    "经销商": (("轮胎商行", "轮胎经营部", "汽配有限公司"), 58),
    "修理厂": (("汽车修理厂", "汽修服务中心"), 34),
    "物流车队": (("物流有限公司", "运输有限公司", "快运有限公司"), 56),
    "工程车队": (("渣土运输有限公司", "砼运输有限公司"), 16),
}
STEMS = (
    *("顺途", "宏顺", "鑫路", "金旺", "众友", "大洋河", "聚源", "恒昌盛", "兴旺达", "路路发", "平安顺", "万里行", "沂蒙", "泰和", "腾跃", "百川"),
    *("惠通", "永固", "三合", "凯旋", "利丰", "迅达来", "中原情", "古运河", "双河", "昌隆", "福满路", "长风", "正道", "诚信达", "九州行", "天龙"),
)
FIXED = (
    ("临沂", "顺途", "物流车队", "物流有限公司"),
    ("郑州", "顺途", "物流车队", "物流有限公司"),
    ("济南", "金旺", "经销商", "轮胎商行"),
    ("济南", "金旺", "经销商", "轮胎经营部"),
    ("徐州", "古运河", "物流车队", "运输有限公司"),
    ("石家庄", "昌隆", "经销商", "汽配有限公司"),
    ("临沂", "沂蒙", "经销商", "轮胎商行"),
)
BRANDS = {"驰岳": 34, "铁犀": 26, "远峻": 20, "霸原": 13, "科洛斯": 7}
PRICE = {"驰岳": 1380, "铁犀": 1210, "远峻": 1090, "霸原": 960, "科洛斯": 2350}
SIZES = {"12R22.5": 30, "295/80R22.5": 24, "11R22.5": 16, "315/80R22.5": 14, "385/65R22.5": 10, "12.00R20": 6}
TREADS = {"驱动轮": 38, "导向轮": 24, "挂车轮": 26, "混合路面": 12}
RIVALS = ("恒虎", "朗途", "北翔", "赛鹿")
OPEN_STAGES = ("需求摸底", "已报价", "样胎试装", "价格谈判")
DEPOTS = {"山东大区": "临沂中心仓", "苏皖大区": "徐州仓", "河南大区": "郑州仓", "河北大区": "沧州仓"}
JUDGES = ("郝师傅", "路长青", "马德福", "简志成")
SURNAMES = "王张刘陈杨赵黄吴徐孙胡朱高林何郭罗梁宋郑"
GIVEN = ("建国", "丽娜", "志强", "红梅", "德海", "文斌", "桂英", "国庆", "刚", "秀兰", "玉龙", "海燕", "长江", "敏")


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


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
    """The day itself, or the Monday after a Sunday: the stores work on Saturdays."""
    return day + timedelta(days=1) if day.weekday() == 6 else day


def spread(dice: random.Random, count: int, bend: float) -> list[date]:
    """Sorted days up to yesterday, denser towards the end where ``bend`` is below 1."""
    span = (TODAY - START).days
    return [day for day in sorted(workday(START + timedelta(days=int(span * dice.random() ** bend))) for _ in range(count)) if day < TODAY]


def write(name: str, rows: list[Row]) -> None:
    """One file of the export, with the mark that spreadsheets put before UTF-8."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def reps(store: str) -> list[str]:
    """Numbers of those who sell in a store."""
    return [row[0] for row in STAFF if row[3] == store and row[4] == "业务员"]


def there(person: str, day: date) -> str:
    """The person, or who stands in on days before the first or after the last one."""
    row = next(row for row in STAFF if row[0] == person)
    return person if row[5] <= day.isoformat() and (not row[6] or day.isoformat() <= row[6]) else STAND_IN[person]


def customers(dice: random.Random) -> list[Row]:
    """Dealers, repair shops and fleets; some share a short name on purpose."""
    cities = {city: store for store, (_, _, held) in STORES.items() for city in held}
    plans = [item for item in FIXED]
    names = {f"{city}{stem}{ending}" for city, stem, _, ending in plans}
    for kind, (endings, wanted) in KINDS.items():
        while sum(item[2] == kind for item in plans) < wanted:
            store = dice.choices(list(STORES), (20, 13, 11, 13, 9, 13, 7, 8, 6))[0]
            city, stem, ending = dice.choices(STORES[store][2], (60, 25, 15)[: len(STORES[store][2])])[0], dice.choice(STEMS), dice.choice(endings)
            name = f"{city}{stem}{ending}"
            if name in names or stem in ("顺途", "金旺") or any(item[0] == city and item[1] == stem for item in plans):
                continue
            names.add(name)
            plans.append((city, stem, kind, ending))
    dice.shuffle(plans)
    rows = []
    for place, (city, stem, kind, ending) in enumerate(plans, 1):
        store = cities[city]
        region, code, _ = STORES[store]
        fleet = kind.endswith("车队")
        grade = one_of(dice, {"A": 16, "B": 34, "C": 50})
        opened = workday(date(2015, 3, 2) + timedelta(days=int(3950 * dice.random() ** 0.8)))
        rows.append(
            {
                "客户编码": f"{code}-{place:04d}",
                "客户名称": f"{city}{stem}{ending}",
                "客户类型": kind,
                "大区": region,
                "所属门店": store,
                "城市": city,
                "客户等级": grade,
                "维护人工号": dice.choice(reps(store)) if store == "商丘店" else there(dice.choice(reps(store)), date(2026, 3, 1)),
                "开户日期": dash(opened) if dice.random() < 0.95 else "",
                "账期(天)": 0 if grade == "C" and dice.random() < 0.7 else dice.choice((30, 45, 60, 90) if fleet else (15, 30, 30, 45)),
                "信用额度(万元)": {"A": 80, "B": 30, "C": 8}[grade] + dice.randrange(9) * {"A": 10, "B": 3, "C": 1}[grade] if dice.random() < 0.88 else "",
                "自有车辆数": dice.randrange(8, 90) + (dice.randrange(160) if grade == "A" else 0) if fleet and dice.random() < 0.92 else "",
                "合作状态": one_of(dice, {"活跃": 76, "休眠": 18, "停供": 6}),
                "获客渠道": one_of(dice, {"老客转介绍": 36, "扫街": 28, "线上询价": 16, "展会": 12, "厂家推荐": 8}) if dice.random() < 0.9 else "",
            }
        )
    return rows


def contacts(dice: random.Random, clients: list[Row]) -> list[Row]:
    """People at the customers."""
    rows: list[Row] = []
    for client in clients:
        roles = {"老板": 40, "采购": 24, "车队长": 22, "会计": 14} if client["客户类型"].endswith("车队") else {"老板": 56, "店长": 20, "仓管": 12, "会计": 12}
        for _ in range(dice.choices((1, 2, 3), (52, 36, 12))[0]):
            rows.append(
                {
                    "联系人编号": f"LX{len(rows) + 1:04d}",
                    "客户编码": client["客户编码"],
                    "联系人": dice.choice(SURNAMES) + dice.choice(GIVEN),
                    "身份": one_of(dice, roles),
                    "手机": f"1{dice.choice('3578')}{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.91 else "",
                    "已加微信": one_of(dice, {"是": 68, "否": 32}),
                    "话事人": one_of(dice, {"Y": 45, "N": 55}),
                }
            )
    return rows


def deals(dice: random.Random, clients: list[Row]) -> list[Row]:
    """Opportunities, quoted and decided."""
    weights = [{"A": 6, "B": 3, "C": 1.2}[row["客户等级"]] * (1.6 if row["客户类型"].endswith("车队") else 1) for row in clients]
    rows = []
    for place, begun in enumerate(spread(dice, 400, 0.85), 1):
        client = dice.choices(clients, weights)[0]
        fleet = client["客户类型"].endswith("车队")
        kind = one_of(dice, {"框架招标": 26, "批量采购": 34, "轮胎管家": 24, "车队换装": 16} if fleet else {"批量采购": 52, "铺货代理": 34, "促销囤货": 14})
        brand = one_of(dice, BRANDS)
        count = dice.choice((24, 36, 48, 60, 80, 100, 120, 160, 200)) * (3 if kind == "框架招标" else 1)
        quote = round(count * PRICE[brand] * dice.uniform(0.92, 1.08) / 10) * 10
        owner = there(client["维护人工号"] if dice.random() < 0.78 else dice.choice(reps(client["所属门店"])), begun)
        rival = dice.choices(RIVALS, (40, 28, 20, 12))[0] if dice.random() < 0.72 else ""
        chance = SKILL[owner] + {"轮胎管家": 0.08, "框架招标": -0.12, "铺货代理": 0.04}.get(kind, 0) + {"恒虎": -0.1, "赛鹿": 0.12}.get(rival, 0)
        ended = workday(begun + timedelta(days=max(4, int(dice.gauss(92 if kind == "框架招标" else 48, 24)))))
        owner = owner if owner not in STAND_IN or ended.isoformat() <= (next(row for row in STAFF if row[0] == owner)[6] or "9999") else STAND_IN[owner]
        closed = ended < TODAY and dice.random() < 0.93
        won = closed and dice.random() < chance
        stage = ("成交" if won else "丢单") if closed else one_of(dice, dict(zip(OPEN_STAGES, (28, 34, 16, 22), strict=True)))
        due = (
            max(begun + timedelta(days=6), ended + timedelta(days=dice.randrange(-15, 25)))
            if closed
            else max(ended, TODAY - timedelta(days=45)) + timedelta(days=dice.randrange(75))
        )
        reasons = {"价格没谈拢": 38, "账期不接受": 22, "客户选了老供应商": 17, "缺货": 13, "试装效果不好": 10}
        rows.append(
            {
                "商机号": f"SJ{begun:%y%m}-{place:03d}",
                "客户编码": client["客户编码"],
                "跟单人工号": owner,
                "商机类型": kind,
                "主推品牌": brand,
                "预计条数": count if dice.random() < 0.95 else "",
                "报价(元)": f"{quote:,}" if stage != "需求摸底" else "",
                "成交价(元)": f"{round(quote * dice.uniform(0.86, 1.01)):,}" if won else "",
                "当前进度": stage,
                "建档日期": slash(begun),
                "预计成交日": slash(due) if dice.random() < 0.94 else "",
                "结案日期": slash(ended) if closed else "",
                "丢单原因": one_of(dice, reasons) if closed and not won and dice.random() < 0.96 else "",
                "竞品": rival,
            }
        )
    return rows


def frames(dice: random.Random, clients: list[Row]) -> list[Row]:
    """Yearly supply agreements."""
    rows: list[Row] = []
    for client in clients:
        if client["客户等级"] == "C" or dice.random() < 0.36:
            continue
        begun = date(2023, 2, 1) + timedelta(days=dice.randrange(700))
        if client["开户日期"] > begun.isoformat():
            begun = date.fromisoformat(client["开户日期"]) + timedelta(days=40)
        if begun > TODAY:
            continue
        yearly = dice.choice((200, 300, 400, 500, 600, 800, 1000, 1200)) * (2 if client["客户等级"] == "A" else 1)
        each = dice.randrange(1020, 1420)
        while begun <= TODAY:
            last = date(begun.year + 1, begun.month, min(begun.day, 28)) - timedelta(days=1)
            signed = workday(begun - timedelta(days=dice.randrange(4, 32)))
            rows.append(
                {
                    "signed": signed,
                    "begun": begun,
                    "last": last,
                    "协议编号": "",
                    "客户编码": client["客户编码"],
                    "签约人工号": there(client["维护人工号"], signed),
                    "签订日期": cn(signed),
                    "生效日期": cn(begun),
                    "到期日期": cn(last),
                    "年度约定量(条)": yearly,
                    "协议总额(万元)": round(yearly * each / 10000, 2),
                    "返利点数(%)": dice.choice((1, 1.5, 2, 2.5, 3, 4, "")),
                    "结算方式": one_of(dice, {"月结": 58, "款到发货": 18, "季结": 24}),
                    "协议状态": "执行中" if last >= TODAY else "到期未续",
                }
            )
            if last >= TODAY and dice.random() < 0.08:
                rows[-1]["协议状态"] = "提前终止"
            if last >= TODAY or dice.random() < 0.26:
                break
            rows[-1]["协议状态"] = "到期已续"
            begun, yearly, each = last + timedelta(days=1), int(yearly * dice.choice((0.8, 1, 1, 1.25))), each + dice.randrange(-30, 60)
            if begun > TODAY:
                rows[-1]["协议状态"] = "到期未续"
    rows.sort(key=lambda row: row["signed"])
    for place, row in enumerate(rows, 1):
        row["协议编号"] = f"KJ-{row['signed']:%Y}-{place:03d}"
    return rows


def orders(dice: random.Random, clients: list[Row], agreed: list[Row]) -> list[Row]:
    """Orders, each of one size, with their way out of the depot."""
    weights = [{"A": 7, "B": 3, "C": 1.1}[row["客户等级"]] * {"活跃": 1, "休眠": 0.35, "停供": 0.25}[row["合作状态"]] for row in clients]
    rows = []
    for place, day in enumerate(spread(dice, 560, 0.8), 1):
        client = dice.choices(clients, weights)[0]
        if client["开户日期"] and client["开户日期"] > day.isoformat():
            client = next(row for row in clients if row["所属门店"] == client["所属门店"] and "" < row["开户日期"] <= "2022-12-31")
        held = [row for row in agreed if row["客户编码"] == client["客户编码"] and row["begun"] <= day <= row["last"]]
        framed = bool(held) and dice.random() < 0.72
        brand = one_of(dice, BRANDS)
        count = dice.choice((4, 8, 12, 16, 20, 24, 30, 40, 60, 80, 100, 120)) * (2 if client["客户等级"] == "A" else 1)
        price = round(PRICE[brand] * dice.uniform(0.93, 1.09) / 5) * 5
        gone = workday(day + timedelta(days=dice.choices((0, 1, 2, 3, 5, 9), (22, 36, 20, 10, 8, 4))[0]))
        if day > TODAY - timedelta(days=26) and dice.random() < 0.42:
            gone = TODAY
        here = (
            TODAY
            if day > TODAY - timedelta(days=18) and dice.random() < 0.5
            else workday(gone + timedelta(days=dice.choices((1, 2, 3, 4, 6), (34, 32, 18, 10, 6))[0]))
        )
        state = "已取消" if dice.random() < 0.05 else "待出库" if gone >= TODAY else "在途" if here >= TODAY else "已签收"
        out = state in ("在途", "已签收")
        rows.append(
            {
                "date": day,
                "gone": gone if out else None,
                "term": int(client["账期(天)"]),
                "订单号": f"DD{day:%y%m%d}{place:03d}",
                "客户编码": client["客户编码"],
                "业务员工号": there(client["维护人工号"], day),
                "下单日期": dash(day),
                "订单性质": "框架执行" if framed else one_of(dice, {"现货零单": 72, "促销订单": 28}),
                "协议编号": held[0]["协议编号"] if framed else "",
                "品牌": brand,
                "规格": one_of(dice, SIZES),
                "花纹": one_of(dice, TREADS),
                "条数": count,
                "单价(元/条)": price,
                "订单金额(元)": f"{count * price:,}",
                "出库仓": DEPOTS[client["大区"]] if dice.random() < 0.86 else "临沂中心仓",
                "出库日期": dash(gone) if out else "",
                "签收日期": dash(here) if state == "已签收" else "",
                "订单状态": state,
            }
        )
    return rows


def receipts(dice: random.Random, sold: list[Row]) -> list[Row]:
    """What falls due for orders that left the depot, and what came in."""
    rows: list[Row] = []
    for order in (order for order in sold if order["gone"]):
        amount = int(order["订单金额(元)"].replace(",", ""))
        parts = (("全款", amount),) if amount < 60000 or dice.random() < 0.4 else (("首款", amount // 2), ("尾款", amount - amount // 2))
        for place, (name, part) in enumerate(parts):
            due = workday(order["gone"] + timedelta(days=order["term"] + 30 * place))
            paid = workday(due + timedelta(days=max(-5, int(dice.gauss(7, 13)))))
            came = paid < TODAY and dice.random() < 0.935
            short = came and dice.random() < 0.05
            rows.append(
                {
                    "due": due,
                    "回款流水号": "",
                    "订单号": order["订单号"],
                    "款项": name,
                    "应收日期": slash(due),
                    "应收金额(元)": f"{part:,}",
                    "实收日期": slash(paid) if came else "",
                    "实收金额(元)": f"{round(part * 0.7) if short else part:,}" if came else "",
                    "收款方式": one_of(dice, {"对公转账": 52, "微信收款": 20, "银行承兑": 18, "现金": 10}) if came else "",
                }
            )
    rows.sort(key=lambda row: row["due"])
    for place, row in enumerate(rows, 1):
        row["回款流水号"] = f"HK-{place:05d}"
    return rows


def claims(dice: random.Random, sold: list[Row]) -> list[Row]:
    """Claims about broken tyres, each about one order or, for older tyres, none."""
    gone = [order for order in sold if order["订单状态"] == "已签收" and order["date"] < date(2026, 1, 20)]
    weights = [{"霸原": 3.2, "远峻": 1.7, "铁犀": 1.2}.get(order["品牌"], 1.0) for order in gone]
    rows: list[Row] = []
    for order in dice.choices(gone, weights, k=190):
        came = order["date"] + timedelta(days=dice.randrange(25, 300))
        if came >= TODAY:
            continue
        moment = datetime(came.year, came.month, came.day, dice.randrange(8, 18), dice.randrange(60))
        ended = workday(came + timedelta(days=max(1, int(dice.gauss(17, 9)))))
        state = dice.choices(("已赔付", "拒赔"), (66, 34))[0] if ended < TODAY and dice.random() < 0.95 else dice.choice(("待鉴定", "鉴定中"))
        pieces = dice.choices((1, 2, 3, 4, 6), (56, 24, 10, 7, 3))[0]
        way = one_of(dice, {"折价补偿": 52, "换新胎": 34, "冲抵货款": 14}) if state == "已赔付" else ""
        rows.append(
            {
                "came": moment,
                "理赔单号": "",
                "客户编码": order["客户编码"],
                "原订单号": order["订单号"] if dice.random() < 0.86 else "",
                "受理时间": f"{slash(came)} {moment:%H:%M}",
                "品牌": order["品牌"],
                "规格": order["规格"],
                "损坏现象": one_of(dice, {"鼓包": 34, "脱层": 24, "趾口裂": 18, "偏磨": 15, "冠裂": 9}),
                "行驶里程(公里)": dice.randrange(30, 900) * 100 if dice.random() < 0.85 else "",
                "索赔条数": pieces,
                "责任判定": {"已赔付": "制造原因", "拒赔": "使用不当"}.get(state, ""),
                "赔付方式": way,
                "赔付金额(元)": round(pieces * PRICE[order["品牌"]] * dice.uniform(0.35, 0.95)) if state == "已赔付" else "",
                "理赔进度": state,
                "结案日期": slash(ended) if state in ("已赔付", "拒赔") else "",
                "鉴定员": dice.choice(JUDGES) if state != "待鉴定" else "",
            }
        )
    rows.sort(key=lambda row: row["came"])
    for place, row in enumerate(rows, 1):
        row["理赔单号"] = f"LP{row['came']:%Y}-{place:03d}"
    return rows


def visits(dice: random.Random, clients: list[Row]) -> list[Row]:
    """Calls on customers; the file has no number of its own."""
    weights = [{"A": 6, "B": 3, "C": 1}[row["客户等级"]] * {"活跃": 1, "休眠": 0.5, "停供": 0.2}[row["合作状态"]] for row in clients]
    rows = []
    for day in spread(dice, 600, 0.7):
        client = dice.choices(clients, weights)[0]
        who = there(client["维护人工号"] if dice.random() < 0.85 else dice.choice(reps(client["所属门店"])), day)
        way = one_of(dice, {"上门": 54, "电话": 26, "微信": 12, "客户到店": 8})
        rows.append(
            {
                "拜访日期": dots(day),
                "客户编码": client["客户编码"],
                "拜访人工号": who,
                "方式": way,
                "目的": one_of(dice, {"推新品": 30, "催款对账": 20, "轮胎巡检": 22, "理赔沟通": 10, "续签协议": 8, "日常维护": 10}),
                "时长(分钟)": dice.randrange(3, 26) if way in ("电话", "微信") else dice.randrange(4, 19) * 10,
                "结果": one_of(dice, {"当场下单": 16, "有意向": 34, "待跟进": 36, "无意向": 14}) if dice.random() < 0.92 else "",
                "备注": dice.choice(("", "", "", "库位紧，月底补货", "问返利政策", "嫌价格高", "要求延长账期", "在用竞品", "老板不在")),
            }
        )
    return rows


def tasks(dice: random.Random) -> list[Row]:
    """What each seller has to reach in a year."""
    rows: list[Row] = []
    for year in (2023, 2024, 2025, 2026):
        for row in STAFF:
            if row[4] == "业务员" and int(row[5][:4]) <= year and (not row[6] or int(row[6][:4]) >= year):
                goal = round((30 + 100 * SKILL[row[0]]) * (1 + 0.12 * (year - 2023)) / 5) * 5 + dice.choice((-5, 0, 5))
                rows.append({"年度": year, "工号": row[0], "销售任务(万元)": goal, "任务条数": goal * 8, "新开户任务(家)": dice.randrange(2, 8)})
    return rows


def tidy(rows: list[Row]) -> list[Row]:
    """Rows without the columns that are only for making them."""
    return [{key: value for key, value in row.items() if not key.isascii()} for row in rows]


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    names = ("工号", "姓名", "大区", "门店", "岗位", "入职日期", "离职日期", "上级")
    clients = customers(dice)
    agreed = frames(dice, clients)
    sold = orders(dice, clients, agreed)
    write("业务人员", [dict(zip(names, row, strict=True)) for row in STAFF])
    write("客户档案", clients)
    write("客户联系人", contacts(dice, clients))
    write("商机台账", deals(dice, clients))
    write("框架协议", tidy(agreed))
    write("销售订单", tidy(sold))
    write("回款登记", tidy(receipts(dice, sold)))
    write("理赔单", tidy(claims(dice, sold)))
    write("拜访记录", visits(dice, clients))
    write("年度任务", tasks(dice))


if __name__ == "__main__":
    main()
