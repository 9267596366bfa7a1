"""Writes the export of an invented maker of farm machinery: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20260520
TODAY = date(2026, 5, 20)
START = date(2023, 1, 4)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

REGIONS = {
    "东北片区": {"黑龙江": ("富锦", "五常", "讷河", "海伦"), "吉林": ("榆树", "公主岭", "梨树"), "辽宁": ("昌图", "开原")},
    "黄淮海片区": {"山东": ("齐河", "高密", "汶上"), "河南": ("滑县", "西华", "邓州"), "河北": ("宁晋", "辛集")},
    "西北片区": {"新疆": ("昌吉", "奇台", "沙湾"), "甘肃": ("民乐", "临泽"), "内蒙古": ("五原", "磴口")},
    "长江片区": {"安徽": ("凤台", "怀远"), "江苏": ("兴化", "射阳"), "湖北": ("监利", "沙洋"), "湖南": ("桃源",)},
}
STAFF = (
    ("A01", "贺长河", "营销公司总部", "营销总经理", "2009-03-02", "", ""),
    ("A02", "龚敏", "营销公司总部", "销售内勤", "2018-06-11", "", "A01"),
    ("A03", "席玉兰", "营销公司总部", "销售内勤", "2021-09-01", "", "A01"),
    ("A04", "庞立新", "营销公司总部", "三包服务主管", "2013-04-15", "", "A01"),
    ("B01", "宋国栋", "东北片区", "片区经理", "2011-05-09", "", "A01"),
    ("B02", "鲁光明", "黄淮海片区", "片区经理", "2012-02-20", "", "A01"),
    ("B03", "白玛措", "西北片区", "片区经理", "2016-07-04", "", "A01"),
    ("B04", "余秋生", "长江片区", "片区经理", "2014-10-13", "", "A01"),
    ("C01", "韩冬", "东北片区", "业务代表", "2015-03-16", "", "B01"),
    ("C02", "佟丽娜", "东北片区", "业务代表", "2019-08-05", "", "B01"),
    ("C03", "关海峰", "东北片区", "大客户代表", "2017-01-09", "", "B01"),
    ("C04", "韩雪飞", "黄淮海片区", "业务代表", "2018-04-23", "", "B02"),
    ("C05", "褚卫东", "黄淮海片区", "业务代表", "2020-03-02", "", "B02"),
    ("C06", "翟小娟", "黄淮海片区", "大客户代表", "2016-11-21", "", "B02"),
    ("C07", "蔺志强", "西北片区", "业务代表", "2019-05-13", "", "B03"),
    ("C08", "古丽娜", "西北片区", "业务代表", "2021-06-07", "", "B03"),
    ("C09", "阮文斌", "长江片区", "业务代表", "2017-09-18", "", "B04"),
    ("C10", "尤佳", "长江片区", "业务代表", "2022-02-14", "2025-07-31", "B04"),
    ("C11", "柏晓东", "长江片区", "业务代表", "2025-03-03", "", "B04"),
)
NAMES = {row[0]: row[1] for row in STAFF}
SKILL = {"C01": 0.52, "C02": 0.61, "C03": 0.55, "C04": 0.47, "C05": 0.4, "C06": 0.64, "C07": 0.5, "C08": 0.57, "C09": 0.49, "C10": 0.36, "C11": 0.43}
MODELS = (
    ("TN504", "TN504轮式拖拉机", "拖拉机", 50, 78000, 15600, 2016, "停产", 12),
    ("TN904", "TN904轮式拖拉机", "拖拉机", 90, 116000, 24200, 2018, "在产", 12),
    ("TN1204", "TN1204轮式拖拉机", "拖拉机", 120, 158000, 31500, 2019, "在产", 12),
    ("TN1604", "TN1604轮式拖拉机", "拖拉机", 160, 219000, 44800, 2021, "在产", 12),
    ("TN2004", "TN2004动力换挡拖拉机", "拖拉机", 200, 368000, 69000, 2023, "在产", 18),
    ("TN2404", "TN2404无级变速拖拉机", "拖拉机", 240, 586000, 98000, 2025, "试销", 18),
    ("LC70", "履创70履带拖拉机", "拖拉机", 70, 92000, 18900, 2020, "在产", 12),
    ("MS6", "麦收6号纵轴流收割机", "谷物收获机", 140, 148000, 28600, 2017, "停产", 12),
    ("MS8", "麦收8号纵轴流收割机", "谷物收获机", 175, 186000, 36000, 2020, "在产", 12),
    ("MS10", "麦收10号大喂入收割机", "谷物收获机", 220, 268000, 50000, 2023, "在产", 12),
    ("DS4", "稻收4号履带收割机", "谷物收获机", 102, 132000, 27500, 2019, "在产", 12),
    ("DS6", "稻收6号履带收割机", "谷物收获机", 125, 169000, 33800, 2022, "在产", 12),
    ("YS4", "玉收4行收获机", "玉米收获机", 160, 228000, 45000, 2018, "在产", 12),
    ("YS6", "玉收6行籽粒收获机", "玉米收获机", 240, 396000, 72000, 2022, "在产", 12),
    ("BJ4", "精播4行免耕播种机", "播种机", "", 26800, 6100, 2017, "在产", 12),
    ("BJ6", "精播6行气吸播种机", "播种机", "", 48500, 11200, 2020, "在产", 12),
    ("BJ12", "精播12行气吸播种机", "播种机", "", 96000, 21000, 2024, "试销", 12),
    ("CY6", "插秧王6行高速插秧机", "插秧机", 21, 72000, 16500, 2018, "在产", 12),
    ("CY8", "插秧王8行高速插秧机", "插秧机", 25, 98000, 22800, 2022, "在产", 12),
    ("ZB700", "自走700升喷杆喷雾机", "植保机", 36, 88000, 17000, 2019, "在产", 12),
    ("ZB1200", "自走1200升喷杆喷雾机", "植保机", 75, 176000, 33000, 2023, "在产", 12),
    ("DK22", "捡拾2.2方捆打捆机", "打捆机", "", 118000, 23500, 2021, "在产", 12),
    ("HT200", "还田200秸秆还田机", "耕整机具", "", 12800, 2400, 2016, "在产", 6),
    ("XG300", "旋耕300联合整地机", "耕整机具", "", 18600, 3500, 2018, "在产", 6),
)
LIKED = {
    "东北片区": {"拖拉机": 34, "玉米收获机": 20, "谷物收获机": 11, "播种机": 14, "插秧机": 9, "植保机": 6, "打捆机": 4, "耕整机具": 2},
    "黄淮海片区": {"拖拉机": 28, "玉米收获机": 16, "谷物收获机": 26, "播种机": 12, "植保机": 8, "打捆机": 4, "耕整机具": 6},
    "西北片区": {"拖拉机": 36, "玉米收获机": 12, "谷物收获机": 14, "播种机": 14, "植保机": 8, "打捆机": 13, "耕整机具": 3},
    "长江片区": {"拖拉机": 22, "谷物收获机": 30, "播种机": 4, "插秧机": 27, "植保机": 10, "耕整机具": 7},
}
STEMS = (
    *("金穗", "丰源", "沃野", "黑土", "禾兴", "田园", "谷丰", "惠农", "盛禾", "北大田", "绿原", "兴垦", "祥和", "广田", "五谷", "众志", "春雨"),
    *("耕耘", "宏远", "利民", "秋实", "富民", "瑞丰", "永兴", "德农", "万亩", "同心", "东升", "金土地", "福田里", "龙泉", "大垄", "新希田"),
)
SURNAMES, GIVEN = (
    "王李张刘杨赵吴周徐孙马胡郭林何高罗郑梁谢",
    ("长贵", "建军", "福林", "秀兰", "德才", "庆", "玉柱", "桂芝", "永胜", "满仓", "金山", "海霞", "树林", "喜"),
)
RIVALS = {"东耀农机": 36, "金麟重工": 27, "沃丰机械": 21, "外资品牌": 16}
FAULTS = {
    "拖拉机": {"发动机": 22, "变速箱": 28, "液压系统": 30, "电器": 20},
    "播种机": {"排种器": 62, "传动": 38},
    "插秧机": {"栽植臂": 48, "电器": 18, "发动机": 34},
    "植保机": {"喷杆": 44, "液压系统": 30, "电器": 26},
    "打捆机": {"打结器": 68, "传动": 32},
    "耕整机具": {"传动": 100},
}
HARVEST = {"割台": 36, "脱粒滚筒": 26, "发动机": 14, "电器": 12, "液压系统": 12}


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def in_season(dice: random.Random) -> date:
    """A day between the start and yesterday; spring and late summer are busy."""
    weights = (4, 7, 12, 11, 8, 7, 6, 9, 10, 6, 4, 3)
    while True:
        day = START + timedelta(days=dice.randrange((TODAY - START).days))
        if dice.random() < weights[day.month - 1] / 12 * (0.7 + 0.15 * (day.year - 2023)) and day.weekday() < 6:
            return day


def write(name: str, rows: list[Row]) -> None:
    """One file of the export."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def reps(region: str, day: date) -> list[str]:
    """Numbers of those who sell in a region on a day."""
    return [row[0] for row in STAFF if row[2] == region and row[0].startswith("C") and row[4] <= dash(day) and (not row[5] or dash(day) <= row[5])]


def rep_on(dice: random.Random, unit: Row, day: date) -> str:
    """Who works for a unit on a day: mostly the one in its file."""
    there = reps(unit["片区"], day)
    return unit["业务员工号"] if unit["业务员工号"] in there and dice.random() < 0.8 else dice.choice(there)


def units(dice: random.Random) -> list[Row]:
    """Dealers and farms."""
    fixed = [("农机合作社", "东北片区", "黑龙江", "富锦", "丰源"), ("农机合作社", "黄淮海片区", "河南", "滑县", "丰源")]
    fixed += [("经销商", "黄淮海片区", "山东", "齐河", "金穗"), ("经销商", "长江片区", "湖北", "监利", "金穗")]
    fixed += [("经销商", "东北片区", "吉林", "榆树", "宏远"), ("农机合作社", "东北片区", "吉林", "榆树", "宏远")]
    plan, names = list(fixed), {(item[0], item[4]) for item in fixed}
    for kind, wanted in {"经销商": 42, "农机合作社": 52, "家庭农场": 27, "国有农场": 9, "种植大户": 18}.items():
        stems = [stem for stem in STEMS if (kind, stem) not in names and stem != "宏远"]
        dice.shuffle(stems)
        pairs = [(stem, 1) for stem in stems] + [(stem, 2) for stem in stems]
        regions = {"东北片区": 34, "黄淮海片区": 30, "西北片区": 17, "长江片区": 19}
        for stem, _ in pairs[:wanted]:
            region = one_of(dice, regions)
            province = dice.choice(list(REGIONS[region]))
            plan.append((kind, region, province, dice.choice(REGIONS[region][province]), stem))
    rows: list[Row] = []
    counts: dict[str, int] = {}
    used: set[str] = set()
    for kind, region, province, county, stem in plan:
        boss = dice.choice(SURNAMES) + dice.choice(GIVEN)
        ending = {"经销商": "农机销售有限公司", "农机合作社": "农机服务专业合作社", "家庭农场": "家庭农场", "国有农场": "农场"}.get(kind, "")
        name = f"{county}{stem}{ending}" if ending else f"{boss}（{county}大户）"
        if name in used:
            continue
        used.add(name)
        mark = {"经销商": "J", "农机合作社": "H", "家庭农场": "T", "国有农场": "G", "种植大户": "D"}[kind]
        counts[mark] = counts.get(mark, 0) + 1
        since = date(2014, 3, 1) + timedelta(days=dice.randrange(4100))
        state = one_of(dice, {"合作中": 80, "待开发": 10, "停供": 6, "已清退": 4}) if kind == "经销商" else one_of(dice, {"合作中": 84, "待开发": 16})
        grade = one_of(dice, {"金牌": 20, "银牌": 38, "普通": 42}) if kind == "经销商" else ""
        land = {"农机合作社": (2000, 28000), "家庭农场": (300, 2500), "国有农场": (40000, 190000), "种植大户": (400, 3000)}.get(kind)
        rows.append(
            {
                "往来编码": f"{mark}{counts[mark]:03d}",
                "单位全称": name,
                "往来类型": kind,
                "片区": region,
                "省": province,
                "县市": county,
                "负责人": boss,
                "电话": f"1{dice.choice('3589')}{dice.randrange(10)}****{dice.randrange(10000):04d}" if dice.random() < 0.92 else "",
                "建档日": slash(since),
                "业务员工号": dice.choice(reps(region, date(2024, 6, 3) if dice.random() < 0.75 else TODAY)),
                "代理等级": grade,
                "经营面积(亩)": f"{dice.randrange(land[0], land[1], 10):,}" if land and dice.random() < 0.9 else "",
                "授信额度(万元)": {"金牌": 500, "银牌": 260, "普通": 90}.get(grade, 0) + 10 * dice.randrange(8) or "" if kind == "经销商" else "",
                "有无服务站": dice.choice(("有", "有", "无")) if kind == "经销商" else "",
                "就近服务商": "",
                "往来状态": state,
            }
        )
    shops = [row for row in rows if row["有无服务站"] == "有"]
    for row in rows:
        near = [shop for shop in shops if shop["省"] == row["省"]] or [shop for shop in shops if shop["片区"] == row["片区"]]
        row["就近服务商"] = dice.choice(near)["往来编码"] if row["往来类型"] != "经销商" else ""
    return rows


def model_for(dice: random.Random, unit: Row, day: date) -> tuple[Any, ...]:
    """A model that sells in the region and was on sale that day."""
    kind = one_of(dice, LIKED[unit["片区"]])
    there = [m for m in MODELS if m[2] == kind and m[6] <= day.year and not (m[7] == "停产" and day.year > 2024)]
    small = unit["往来类型"] in ("家庭农场", "种植大户")
    weights = [1 / (m[4] / 100000 + 0.3) if small else 1.0 + (0.6 if m[4] > 150000 else 0) for m in there]
    return dice.choices(there, weights)[0]


def leads(dice: random.Random, held: list[Row]) -> list[Row]:
    """Wishes to buy, mostly of farms."""
    rows = []
    weights = [{"国有农场": 6, "农机合作社": 3.4, "经销商": 1.5}.get(row["往来类型"], 1.3) * (0.5 if row["往来状态"] != "合作中" else 1) for row in held]
    for place, day in enumerate(sorted(in_season(dice) for _ in range(420)), 1):
        unit = dice.choices(held, weights)[0]
        who = rep_on(dice, unit, day)
        model = model_for(dice, unit, day)
        most = {"国有农场": 12, "农机合作社": 6, "经销商": 8}.get(unit["往来类型"], 2)
        count = dice.randrange(1, most + 1)
        source = one_of(dice, {"经销商推荐": 32, "田间演示会": 22, "老客户转介绍": 24, "抖音直播": 13, "农机展": 9})
        rival = one_of(dice, RIVALS) if dice.random() < 0.75 else ""
        chance = SKILL[who] + {"老客户转介绍": 0.12, "抖音直播": -0.14, "田间演示会": 0.06}.get(source, 0) + {"金麟重工": -0.1, "沃丰机械": 0.07}.get(rival, 0)
        ended = day + timedelta(days=max(4, int(dice.gauss(46, 24))))
        closed = ended < TODAY and dice.random() < 0.93
        won = closed and dice.random() < chance
        due = (ended if closed else max(ended, TODAY - timedelta(days=45)) + timedelta(days=dice.randrange(0, 90))) + timedelta(days=dice.randrange(0, 30))
        step = ("成交" if won else "战败") if closed else one_of(dice, {"摸底": 30, "看机试机": 28, "谈价": 26, "交定金": 16})
        rows.append(
            {
                "意向单号": f"YX{day:%y%m}-{place:03d}",
                "登记日期": slash(day),
                "往来编码": unit["往来编码"],
                "跟进人": NAMES[who],
                "意向机型": model[0],
                "意向台数": count,
                "预估总价(万元)": round(count * model[4] * dice.uniform(0.9, 1.02) / 10000, 1) if step != "摸底" or dice.random() < 0.6 else "",
                "意向级别": one_of(dice, {"H": 20, "A": 34, "B": 30, "C": 16}),
                "当前节点": step,
                "预计提机月": f"{due.year}年{due.month}月" if dice.random() < 0.95 else "",
                "结案日期": slash(ended) if closed else "",
                "战败竞品": rival if closed and not won else "",
                "战败原因": one_of(dice, {"价格高": 34, "补贴额低": 22, "交货期长": 17, "服务网点远": 15, "暂缓购机": 12}) if closed and not won else "",
                "线索来源": source,
                "用补贴": "是" if dice.random() < 0.72 else "否",
                "转订单号": "",
                "_who": who,
                "_model": model,
                "_ended": ended,
                "_unit": unit,
            }
        )
    return rows


def orders(dice: random.Random, held: list[Row], wishes: list[Row]) -> list[Row]:
    """Lines of orders: of wishes that came true, and what dealers order for stock."""
    heads: list[tuple[date, Row, str, list[tuple[tuple[Any, ...], int]], Row | None]] = []
    for wish in wishes:
        if wish["当前节点"] == "成交":
            heads.append((wish["_ended"], wish["_unit"], wish["_who"], [(wish["_model"], wish["意向台数"])], wish))
    shops = [row for row in held if row["往来类型"] == "经销商" and row["往来状态"] != "待开发"]
    weights = [{"金牌": 5, "银牌": 2.4, "普通": 1}[row["代理等级"]] * (0.4 if row["往来状态"] != "合作中" else 1) for row in shops]
    for _ in range(112):
        day, unit = in_season(dice), dice.choices(shops, weights)[0]
        wanted = {model_for(dice, unit, day): dice.randrange(2, 11) for _ in range(dice.choices((1, 2, 3), (40, 38, 22))[0])}
        heads.append((day, unit, rep_on(dice, unit, day), list(wanted.items()), None))
    heads.sort(key=lambda head: head[0])
    rows: list[Row] = []
    for place, (day, unit, who, lines, source) in enumerate(heads, 1):
        code = f"DD{day:%y}-{place:04d}"
        direct = unit["往来类型"] != "经销商"
        pay = one_of(dice, {"全款": 42, "按揭": 30, "融资租赁": 28} if direct else {"全款": 40, "铺货": 38, "银行承兑": 22})
        if source is not None:
            source["转订单号"] = code
        dropped = dice.random() < 0.06
        for line, (model, count) in enumerate(lines, 1):
            price = round(model[4] * (dice.uniform(0.93, 1.0) if direct else dice.uniform(0.82, 0.9)) / 100) * 100
            due = day + timedelta(days=dice.randrange(10, 45))
            sent = due + timedelta(days=int(dice.gauss(1, 7)))
            sent = max(sent, day + timedelta(days=2))
            gone = not dropped and sent < TODAY
            state = "已取消" if dropped else ("已发车" if gone else dice.choice(("待排产", "待发车")))
            rows.append(
                {
                    "订单号": code,
                    "行": line,
                    "下单日": dash(day),
                    "往来编码": unit["往来编码"],
                    "业务员工号": who,
                    "销售渠道": "直销" if direct else "经销",
                    "机型代码": model[0],
                    "台数": count,
                    "结算单价(元)": f"{price:,}",
                    "金额(元)": f"{price * count:,}",
                    "付款方式": pay,
                    "要求发车日": dash(due),
                    "实际发车日": dash(sent) if gone else "",
                    "运费(元)": f"{dice.randrange(600, 6500, 50):,}" if gone and dice.random() < 0.85 else "",
                    "行状态": state,
                }
            )
    return rows


def owed(dice: random.Random, lines: list[Row]) -> list[Row]:
    """What is owed for orders, by instalment."""
    sums: dict[str, int] = {}
    first: dict[str, Row] = {}
    for line in lines:
        if line["行状态"] != "已取消":
            sums[line["订单号"]] = sums.get(line["订单号"], 0) + int(line["金额(元)"].replace(",", ""))
            first.setdefault(line["订单号"], line)
    rows: list[Row] = []
    for code, amount in sums.items():
        day, pay = date.fromisoformat(first[code]["下单日"]), first[code]["付款方式"]
        plan = {"全款": (("提车款", 1.0, 20),), "铺货": (("铺货款", 1.0, 120),), "银行承兑": (("定金", 0.3, 5), ("尾款", 0.7, 90))}
        for kind, part, after in plan.get(pay, (("首付款", 0.3, 10), ("放款", 0.7, 45))):
            due = day + timedelta(days=after + dice.randrange(8))
            worth = round(amount * part)
            paid = due + timedelta(days=int(dice.gauss(18 if kind in ("铺货款", "尾款") else 3, 14)))
            paid = max(paid, day + timedelta(days=1))
            came = paid < TODAY and dice.random() < 0.92
            some = came and dice.random() < 0.1
            rows.append(
                {
                    "订单号": code,
                    "款项": kind,
                    "应收(元)": f"{worth:,}",
                    "到期日": slash(due),
                    "实收(元)": f"{round(worth * 0.6) if some else worth:,}" if came else "",
                    "最近到账日": slash(paid) if came else "",
                    "核销情况": ("部分核销" if some else "已核销") if came else "未核销",
                    "催款人": dice.choice(("龚敏", "席玉兰")) if not came or some else "",
                }
            )
    return rows


def service(dice: random.Random, held: list[Row], lines: list[Row]) -> list[Row]:
    """Jobs under the warranty law, and after it."""
    by_code = {row["往来编码"]: row for row in held}
    kinds = {m[0]: m for m in MODELS}
    sent = [line for line in lines if line["实际发车日"]]
    shops = [row for row in held if row["有无服务站"] == "有"]
    rows = []
    jobs = []
    for _ in range(520):
        line = dice.choices(sent, [line["台数"] * (1.7 if line["机型代码"] in ("YS6", "DK22", "MS10") else 1) for line in sent])[0]
        begun = date.fromisoformat(line["实际发车日"]) + timedelta(days=dice.randrange(15, 620))
        if begun < TODAY:
            jobs.append((begun, line))
    jobs.sort(key=lambda job: job[0])
    for place, (begun, line) in enumerate(jobs, 1):
        unit, model = by_code[line["往来编码"]], kinds[line["机型代码"]]
        near = unit["就近服务商"] or (
            unit["往来编码"] if unit["有无服务站"] == "有" else dice.choice([s for s in shops if s["片区"] == unit["片区"]])["往来编码"]
        )
        age = (begun - date.fromisoformat(line["实际发车日"])).days
        took = max(0, int(dice.lognormvariate(1.2, 0.8)))
        ended = begun + timedelta(days=took)
        done = ended < TODAY and (begun < date(2026, 4, 10) or dice.random() < 0.5)
        inside = age <= model[8] * 30
        progress = "已关单" if done else dice.choice(("待派工", "修理中", "等配件"))
        rows.append(
            {
                "工单号": f"SB-{begun:%Y%m}-{place:03d}",
                "报修日": slash(begun),
                "机主编码": line["往来编码"],
                "关联订单": line["订单号"],
                "机型代码": line["机型代码"],
                "故障部位": one_of(dice, FAULTS.get(model[2], HARVEST)),
                "小时表读数": dice.randrange(10, 200) + age * 2 if dice.random() < 0.86 else "",
                "三包判定": ("三包内" if inside else "三包外") if dice.random() < 0.96 else "待判定",
                "派工服务站": near,
                "到场(小时)": round(max(1.0, dice.gauss(11, 6)), 1) if progress != "待派工" and dice.random() < 0.95 else "",
                "完工日": slash(ended) if done else "",
                "进度": progress,
                "配件费(元)": f"{dice.randrange(80, 9000, 10):,}" if done and dice.random() < 0.85 else "",
                "工时费(元)": dice.choice((120, 200, 300, 450, 600)) if done else "",
                "回访评价": one_of(dice, {"满意": 58, "基本满意": 28, "不满意": 14}) if done and dice.random() < 0.75 else "",
            }
        )
    return rows


def diary(dice: random.Random, held: list[Row]) -> list[Row]:
    """Days in the country: calls on dealers and farms, and shows in the field."""
    weights = [{"国有农场": 5, "经销商": 3.6, "农机合作社": 2}.get(row["往来类型"], 1) * (0.6 if row["往来状态"] != "合作中" else 1) for row in held]
    why = {"压货": 18, "催款": 16, "意向跟进": 34, "服务抱怨": 10, "政策宣贯": 12, "盘库": 10}
    rows: list[Row] = []
    seen: dict[tuple[date, str], int] = {}
    for day in sorted(in_season(dice) for _ in range(560)):
        unit = dice.choices(held, weights)[0]
        who = rep_on(dice, unit, day)
        seen[day, who] = seen.get((day, who), 0) + 1
        form = one_of(dice, {"上门": 46, "电话": 24, "微信视频": 12, "田间演示": 18})
        show = form == "田间演示"
        aim = "现场演示" if show else one_of(dice, why if unit["往来类型"] == "经销商" else {"意向跟进": 56, "服务抱怨": 18, "政策宣贯": 16, "催款": 10})
        rows.append(
            {
                "日期": dash(day),
                "工号": who,
                "当日序": seen[day, who],
                "对象编码": unit["往来编码"],
                "形式": form,
                "事由": aim,
                "演示机型": model_for(dice, unit, day)[0] if show else "",
                "到场农户": dice.randrange(12, 160) if show else "",
                "现场订机(台)": dice.choices((0, 1, 2, 3, 4, 6), (30, 24, 20, 14, 8, 4))[0] if show else "",
                "行车里程(公里)": dice.randrange(20, 460) if form in ("上门", "田间演示") else "",
                "下次约访": dash(day + timedelta(days=dice.randrange(5, 60))) if dice.random() < 0.45 else "",
            }
        )
    return rows


def correct(held: list[Row], wishes: list[Row], lines: list[Row], days: list[Row]) -> None:
    """A unit is on file before anything else happens to it, and is no prospect once it has bought."""
    bought = {line["往来编码"] for line in lines if line["行状态"] != "已取消"}
    first: dict[str, date] = {}
    seen = [(row["往来编码"], row["登记日期"].replace("/", "-")) for row in wishes] + [(row["对象编码"], row["日期"]) for row in days]
    for code, text in [*seen, *((line["往来编码"], line["下单日"]) for line in lines)]:
        year, month, day = (int(part) for part in text.split("-"))
        first[code] = min(date(year, month, day), first.get(code, TODAY))
    for row in held:
        year, month, day = (int(part) for part in row["建档日"].split("/"))
        row["建档日"] = slash(min(date(year, month, day), first.get(row["往来编码"], TODAY)))
        if row["往来编码"] in bought and row["往来状态"] == "待开发":
            row["往来状态"] = "合作中"


def quotas(dice: random.Random) -> list[Row]:
    """What each seller shall sell in a quarter."""
    rows = []
    for year in range(2023, 2027):
        for place, part in enumerate(("一季度", "二季度", "三季度", "四季度")):
            first = date(year, place * 3 + 1, 1)
            if first > TODAY:
                break
            for row in STAFF:
                if row[0].startswith("C") and row[4] <= dash(first + timedelta(days=70)) and (not row[5] or dash(first) < row[5]):
                    pieces = round((16, 18, 14, 6)[place] * dice.uniform(0.7, 1.3) * (1.4 if row[3] == "大客户代表" else 1))
                    rows.append(
                        {
                            "年度": year,
                            "季度": part,
                            "业务员工号": row[0],
                            "任务台数": pieces,
                            "任务额(万元)": round(pieces * dice.uniform(13, 18)),
                            "下达日期": slash(first - timedelta(days=10)),
                        }
                    )
    return rows


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    held = units(dice)
    wishes = leads(dice, held)
    lines = orders(dice, held, wishes)
    jobs, money, days = service(dice, held, lines), owed(dice, lines), diary(dice, held)
    correct(held, wishes, lines, days)
    write("往来单位档案", held)
    write("营销人员名单", [dict(zip(("工号", "姓名", "片区", "岗位", "到岗日", "离岗日", "上级工号"), row, strict=True)) for row in STAFF])
    names = ("机型代码", "品名", "大类", "马力", "指导价(元)", "国补额(元/台)", "上市年份", "产销状态", "三包期(月)")
    write("机型价目表", [dict(zip(names, (*m[:4], f"{m[4]:,}", f"{m[5]:,}", *m[6:]), strict=True)) for m in MODELS])
    write("购机意向登记", [{key: value for key, value in row.items() if not key.startswith("_")} for row in wishes])
    write("整机订单明细", lines)
    write("应收核销台账", money)
    write("三包服务工单", jobs)
    write("下乡日志", days)
    write("季度任务分解", quotas(dice))


if __name__ == "__main__":
    main()
