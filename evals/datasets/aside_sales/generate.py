"""Writes the export of an invented maker of packaging machines: nine Chinese files, the same bytes on each run.

Run it as ``python evals/datasets/aside_sales/generate.py``; everything lands in ``export/`` beside it.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

Cell = str | int
Record = dict[str, Cell]

EXPORT = Path(__file__).parent / "export"
TODAY = date(2026, 6, 18)
FIRST = date(2023, 7, 3)
R = Random(618_2026)  # noqa: S311

OFFICES = {
    "苏州总部": ("江苏", "浙江", "上海", "安徽"),
    "广州办": ("广东", "福建", "广西"),
    "天津办": ("天津", "河北", "山东", "内蒙古"),
    "成都办": ("四川", "重庆", "云南"),
    "武汉办": ("湖北", "湖南", "河南"),
}
CITIES = {
    "江苏": ("苏州", "无锡", "南通", "盐城"),
    "浙江": ("杭州", "宁波", "嘉兴"),
    "上海": ("上海",),
    "安徽": ("合肥", "芜湖"),
    "广东": ("广州", "佛山", "东莞", "汕头"),
    "福建": ("厦门", "漳州"),
    "广西": ("南宁",),
    "天津": ("天津",),
    "河北": ("石家庄", "保定"),
    "山东": ("青岛", "潍坊", "济南"),
    "内蒙古": ("呼和浩特",),
    "四川": ("成都", "绵阳"),
    "重庆": ("重庆",),
    "云南": ("昆明",),
    "湖北": ("武汉", "宜昌"),
    "湖南": ("长沙",),
    "河南": ("郑州", "漯河"),
}
STAFF = [  # name, post, office, superior, target in 万元, state, skill
    ("沈国梁", "销售总监", "苏州总部", "", 0, "在职", 0.0),
    ("周敏芝", "区域经理", "苏州总部", "沈国梁", 900, "在职", 1.15),
    ("郑海涛", "区域经理", "广州办", "沈国梁", 760, "在职", 1.05),
    ("孟繁星", "区域经理", "天津办", "沈国梁", 680, "在职", 1.0),
    ("罗晓琴", "区域经理", "成都办", "沈国梁", 520, "在职", 0.95),
    ("汤一鸣", "区域经理", "武汉办", "沈国梁", 560, "在职", 0.9),
    ("顾佳妮", "销售工程师", "苏州总部", "周敏芝", 480, "在职", 1.25),
    ("陆承宇", "销售工程师", "苏州总部", "周敏芝", 450, "在职", 0.85),
    ("钱思远", "销售工程师", "苏州总部", "周敏芝", 420, "在职", 1.0),
    ("俞文博", "销售工程师", "苏州总部", "周敏芝", 300, "离职", 0.7),
    ("刘洋", "销售工程师", "广州办", "郑海涛", 400, "在职", 1.1),
    ("黄丽珊", "销售工程师", "广州办", "郑海涛", 430, "在职", 1.2),
    ("陈泽林", "销售工程师", "广州办", "郑海涛", 380, "在职", 0.8),
    ("崔建军", "销售工程师", "天津办", "孟繁星", 410, "在职", 0.95),
    ("韩雪莹", "销售工程师", "天津办", "孟繁星", 390, "在职", 1.15),
    ("石磊", "销售工程师", "天津办", "孟繁星", 0, "离职", 0.75),
    ("唐甜", "销售工程师", "成都办", "罗晓琴", 360, "在职", 1.05),
    ("何川", "销售工程师", "成都办", "罗晓琴", 340, "在职", 0.9),
    ("熊立新", "销售工程师", "武汉办", "汤一鸣", 350, "在职", 1.0),
    ("万芳", "销售工程师", "武汉办", "汤一鸣", 330, "在职", 0.85),
    ("曹志刚", "服务工程师", "苏州总部", "贾永平", 0, "在职", 0.0),
    ("刘洋", "服务工程师", "武汉办", "贾永平", 0, "在职", 0.0),
    ("梁振华", "服务工程师", "广州办", "贾永平", 0, "在职", 0.0),
    ("魏东来", "服务工程师", "天津办", "贾永平", 0, "在职", 0.0),
    ("蒲小军", "服务工程师", "成都办", "贾永平", 0, "在职", 0.0),
    ("贾永平", "服务主管", "苏州总部", "沈国梁", 0, "在职", 0.0),
    ("夏荷", "商务专员", "苏州总部", "沈国梁", 0, "在职", 0.0),
]
PRODUCTS = [  # model, name, line, price, lead time, launch, state, packs a minute
    ("VB-260", "小立袋装机", "立式包装", 118000, 30, "2017-03-20", "在售", 60),
    ("VB-420", "标准立袋装机", "立式包装", 186000, 35, "2018-09-10", "在售", 75),
    ("VB-720", "大袋立包机", "立式包装", 268000, 45, "2020-05-18", "在售", 45),
    ("VB-420T", "双联立袋装机", "立式包装", 356000, 50, "2024-02-26", "在售", 140),
    ("FL-350", "单膜枕包机", "枕式包装", 96000, 25, "2016-06-01", "在售", 180),
    ("FL-590", "高速枕包机", "枕式包装", 228000, 40, "2019-11-11", "在售", 320),
    ("FL-600S", "伺服理料枕包线", "枕式包装", 548000, 70, "2022-08-15", "在售", 450),
    ("RP-8", "八工位给袋机", "给袋包装", 298000, 45, "2018-04-12", "在售", 50),
    ("RP-10D", "十工位给袋机", "给袋包装", 436000, 60, "2021-10-20", "在售", 90),
    ("RP-V", "真空给袋机", "给袋包装", 615000, 75, "2023-03-06", "在售", 65),
    ("CT-90", "连续式装盒机", "装盒码垛", 465000, 65, "2020-12-01", "在售", 120),
    ("CT-30", "间歇式装盒机", "装盒码垛", 215000, 45, "2017-08-08", "停产", 35),
    ("PL-4", "四轴码垛机器人", "装盒码垛", 386000, 60, "2021-05-25", "在售", 15),
    ("PL-G", "高位码垛机", "装盒码垛", 820000, 90, "2025-01-13", "在售", 30),
    ("WX-14", "十四头组合秤", "称重检测", 132000, 28, "2018-01-15", "在售", 120),
    ("JX-50", "X光异物检测机", "称重检测", 245000, 40, "2022-03-22", "在售", 100),
    ("DW-6", "动态检重机", "称重检测", 78000, 20, "2016-10-10", "在售", 150),
    ("MJ-1", "手动封口台", "称重检测", 21000, 10, "2012-05-05", "停产", 10),
]
TRADES = {  # trade: (endings of names, share, favour of winning)
    "休闲食品": (("食品", "休闲食品"), 28, 1.1),
    "乳制品": (("乳业",), 12, 0.95),
    "调味品": (("调味品", "酱业"), 14, 1.0),
    "宠物食品": (("宠物食品", "宠物用品"), 12, 1.25),
    "日化": (("日化", "洗涤用品"), 12, 0.85),
    "医药": (("药业", "医疗用品"), 14, 0.75),
    "茶叶饮品": (("茶业", "饮品"), 8, 1.05),
    "五金配件": (("五金", "紧固件"), 8, 0.9),
}
PAIRS = [
    ("苏州", "绿源", "食品", "休闲食品"),
    ("南宁", "绿源", "食品", "休闲食品"),
    ("呼和浩特", "天禾", "乳业", "乳制品"),
    ("石家庄", "天禾", "乳业", "乳制品"),
]
HEADS, TAILS = "瑞恒嘉旺盈鼎睿沃兴隆宏泓誉景穗汇岭溪桐柏", "味达航晟捷诺川园品泰朗和美锦佰棠岳扬铭舟"
STEPS = ("初步接触", "打样试机", "方案报价", "商务谈判")
REASONS = (("价格高", 34), ("交期太长", 18), ("选了进口设备", 14), ("项目取消", 16), ("打样效果不达标", 12), ("关系没做到位", 6))
RIVALS = (("海博", 30), ("永创达", 24), ("松崎", 16), ("德玛克", 12), ("本地小厂", 18))
NOTES = (
    "介绍新机型参数，客户要资料",
    "客户嫌价格偏高，希望再让两个点",
    "现场测量场地，空间够用",
    "确认打样物料，下周寄样",
    "设备科与生产科意见不一，需再沟通",
    "对比竞品，客户关心换膜时间",
    "谈付款节点，客户希望提高验收款比例",
    "回访使用情况，封口温度偶有波动",
    "客户扩产计划推迟到下半年",
    "催收发货款，财务答应月底安排",
    "价格基本谈妥，等总经理签字",
    "约厂长来厂参观",
)


def pick(pairs: tuple[tuple[str, int], ...]) -> str:
    """One of the words, by its weight."""
    return R.choices([word for word, _ in pairs], [weight for _, weight in pairs])[0]


def later(start: date, low: int, high: int) -> date:
    """A day so many days on."""
    return start + timedelta(days=R.randint(low, high))


def workday(moment: date) -> date:
    """The Friday before, where the day is a Saturday or a Sunday."""
    return moment - timedelta(days=max(0, moment.weekday() - 4))


def slashed(moment: date) -> str:
    """A day as 2024/3/5."""
    return f"{moment.year}/{moment.month}/{moment.day}"


def written_out(moment: date) -> str:
    """A day as 2024年3月5日."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def dotted(moment: date | None) -> str:
    """A day as 2024.03.05; empty without one."""
    return f"{moment:%Y.%m.%d}" if moment else ""


def save(name: str, rows: list[Record]) -> None:
    """One file of the export, with the mark that Excel likes."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def staff() -> list[Record]:
    """The people; 直属上级 is a name, everybody else is called by number."""
    rows: list[Record] = []
    for place, (name, post, office, superior, target, state, _) in enumerate(STAFF, 1):
        joined = later(date(2011, 3, 1), 0, 900) if place == 1 else later(date(2013, 2, 1), 0, 3500)
        rows.append(
            {
                "工号": f"BZ{place:03d}",
                "姓名": name,
                "岗位": post,
                "办事处": office,
                "直属上级": superior,
                "入职日期": workday(joined).isoformat(),
                "本年指标（万元）": target or "",
                "状态": state,
            }
        )
    return rows


def products() -> list[Record]:
    """The price list."""
    heads = ("产品型号", "产品名称", "产品线", "标准价（元）", "标准交期（天）", "上市日期", "状态", "最高速度（包/分钟）")
    return [dict(zip(heads, row, strict=True)) for row in PRODUCTS]


def office_of(province: str) -> str:
    """The office that looks after a province."""
    return next(office for office, held in OFFICES.items() if province in held)


def sellers(office: str) -> list[tuple[str, float]]:
    """Numbers and skills of those who sell from an office."""
    return [(f"BZ{place:03d}", row[6]) for place, row in enumerate(STAFF, 1) if row[2] == office and row[6]]


def customers() -> list[Record]:
    """The customers; each brand once, but for two pairs that share theirs."""
    brands = [head + tail for head in HEADS for tail in TAILS]
    R.shuffle(brands)
    towns = [(town, province) for province, held in CITIES.items() for town in held]
    weights = [3 if province in ("江苏", "浙江", "广东") else 2 if province in ("山东", "四川", "湖北") else 1 for _, province in towns]
    chosen: list[tuple[str, str, str, str, str]] = []
    for town, brand, ending, trade in PAIRS:
        chosen.append((town, next(province for place, province in towns if place == town), brand, ending, trade))
    while len(chosen) < 132:
        town, province = R.choices(towns, weights)[0]
        trade = R.choices(list(TRADES), [share for _, share, _ in TRADES.values()])[0]
        chosen.append((town, province, brands[len(chosen)], R.choice(TRADES[trade][0]), trade))
    R.shuffle(chosen)
    rows: list[Record] = []
    for place, (town, province, brand, ending, trade) in enumerate(chosen, 1):
        level = R.choices("ABC", (20, 45, 35))[0]
        lines = max(1, round(R.gauss({"A": 14, "B": 7, "C": 3}[level], 2.2)))
        rows.append(
            {
                "客户编号": f"KH{place:04d}",
                "客户名称": f"{town}{brand}{ending}有限公司",
                "行业": trade,
                "客户等级": level,
                "省份": province,
                "城市": town,
                "负责销售工号": R.choice(sellers(office_of(province)))[0],
                "建档日期": slashed(workday(later(date(2019, 1, 7), 0, 2500))),
                "来源渠道": pick((("展会", 30), ("老客户介绍", 26), ("官网询盘", 20), ("电话陌拜", 14), ("代理商", 10))),
                "联系人": R.choice("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许") + R.choice(("经理", "工", "总", "主任", "厂长")) if R.random() > 0.08 else "",
                "产线数量": lines if R.random() > 0.07 else "",
                "体系认证": pick((("ISO22000", 30), ("BRC", 14), ("GMP", 16), ("HACCP", 22))) if R.random() > 0.25 else "",
            }
        )
    return rows


def chances(held: list[Record], people: list[Record]) -> list[Record]:
    """The opportunities, by name of the customer and by number of the rep."""
    gone = {str(row["工号"]) for row in people if row["状态"] == "离职"}
    skill = {f"BZ{place:03d}": row[6] for place, row in enumerate(STAFF, 1)}
    rows: list[Record] = []
    seen: dict[str, int] = {}
    span = (TODAY - FIRST).days
    starts = sorted(workday(FIRST + timedelta(days=int(span * R.random() ** 0.88))) for _ in range(684))
    for start in starts:
        who = R.choices(held, [{"A": 5, "B": 3, "C": 1}[str(row["客户等级"])] for row in held])[0]
        rep = str(who["负责销售工号"])
        if R.random() < 0.12 or (rep in gone and start > date(2025, 3, 1)):
            rep = R.choice([number for number, _ in sellers(office_of(str(who["省份"]))) if number not in gone])
        launched = [row for row in PRODUCTS if row[6] == "在售" and date.fromisoformat(row[5]) < start]
        model, name, _, price, *_ = R.choice(launched)
        units = R.choices((1, 2, 3, 4), (62, 24, 9, 5))[0]
        worth = round(price * units * R.uniform(0.92, 1.25) / 1000) * 1000
        days = max(12, round(R.lognormvariate(4.4, 0.55) * (0.8 + worth / 2_500_000)))
        trial = R.random() < 0.46
        rival = pick(RIVALS) if R.random() < 0.62 else ""
        end = workday(start + timedelta(days=days))
        closed = end <= TODAY - timedelta(days=1)
        odds = 0.42 * skill[rep] * TRADES[str(who["行业"])][2] * (1.25 if trial else 0.86) * (0.82 if rival else 1.15)
        won = closed and R.random() < odds
        step = "已签单" if won else "已丢单" if closed else STEPS[min(3, int(4 * (TODAY - start).days / days * R.uniform(0.7, 1.1)))]
        title = f"{str(who['客户名称']).removesuffix('有限公司')}-{name}"
        seen[title] = seen.get(title, 0) + 1
        title += "" if seen[title] == 1 else f"（第{seen[title]}次）"
        rows.append(
            {
                "机会编号": f"JH{start:%y%m}{len(rows) + 1:04d}",
                "机会名称": title,
                "客户名称": who["客户名称"],
                "产品型号": model,
                "台数": units,
                "负责人工号": rep,
                "阶段": step,
                "预计金额（元）": worth if won or R.random() > 0.03 else "",
                "成交金额（元）": round(worth * R.uniform(0.84, 1.01) / 100) * 100 if won else "",
                "创建日期": start.isoformat(),
                "预计成交日期": workday(later(end, -20, 30)).isoformat(),
                "结单日期": end.isoformat() if closed else "",
                "丢单原因": pick(REASONS) if closed and not won and R.random() > 0.1 else "",
                "竞争品牌": rival,
                "是否打样": "是" if trial else "否",
            }
        )
    return rows


def visits(held: list[Record], people: list[Record]) -> list[Record]:
    """Visits and calls, by name of the customer and by number of the visitor."""
    engineers = {str(row["办事处"]): str(row["工号"]) for row in people if row["岗位"] == "服务工程师"}
    gone = {str(row["工号"]) for row in people if row["状态"] == "离职"}
    span = (TODAY - FIRST).days
    rows: list[Record] = []
    silent = {str(row["客户名称"]) for row in R.sample(held, 6)}
    for moment in sorted(workday(FIRST + timedelta(days=R.randrange(span))) for _ in range(1480)):
        who = R.choices(held, [{"A": 6, "B": 3, "C": 1}[str(row["客户等级"])] for row in held])[0]
        if who["客户名称"] in silent:
            continue
        office = office_of(str(who["省份"]))
        goer = str(who["负责销售工号"])
        if goer in gone and moment > date(2025, 3, 1):
            goer = R.choice([number for number, _ in sellers(office) if number not in gone])
        if R.random() < 0.14:
            goer = engineers[office]
        way = pick((("上门", 52), ("电话", 24), ("视频会议", 12), ("来厂参观", 7), ("展会面谈", 5)))
        length = {"上门": (40, 180), "电话": (5, 35), "视频会议": (20, 75), "来厂参观": (90, 300), "展会面谈": (10, 45)}[way]
        rows.append(
            {
                "拜访编号": f"BF{len(rows) + 1:05d}",
                "拜访日期": written_out(moment),
                "客户名称": who["客户名称"],
                "拜访人工号": goer,
                "拜访方式": way,
                "时长（分钟）": R.randint(*length) if R.random() > 0.05 else "",
                "沟通纪要": R.choice(NOTES) if R.random() > 0.04 else "",
                "是否见到决策人": "是" if R.random() < (0.38 if way in ("上门", "来厂参观") else 0.15) else "否",
            }
        )
    return rows


def contracts(held: list[Record], won: list[Record], people: list[Record]) -> tuple[list[Record], list[Record]]:
    """Contracts by number of the customer, and what was paid on each by number of the contract."""
    numbers = {str(row["客户名称"]): str(row["客户编号"]) for row in held}
    names = {str(row["工号"]): str(row["姓名"]) for row in people}
    lead = {row[0]: row[4] for row in PRODUCTS}
    papers: list[tuple[date, Record]] = []
    for chance in won:
        signed = workday(later(date.fromisoformat(str(chance["结单日期"])), 0, 12))
        if signed > TODAY or R.random() < 0.03:
            continue
        due = workday(signed + timedelta(days=lead[str(chance["产品型号"])] + R.randint(0, 10)))
        came: date | None = workday(later(due, -6, 24)) if R.random() < 0.6 else workday(later(due, -8, 0))
        broken = R.random() < 0.04
        if broken or (came and came > TODAY):
            came = None
        worth = int(str(chance["成交金额（元）"]))
        worth += R.choice((0, 0, 0, 0, 0, 0, -2000, 5600, 12800))
        signer = names[str(chance["负责人工号"])]
        papers.append(
            (
                signed,
                {
                    "合同编号": "",
                    "机会编号": chance["机会编号"],
                    "客户编号": numbers[str(chance["客户名称"])],
                    "签约代表": "郑海涛" if signer == "刘洋" else signer,
                    "合同金额（元）": f"{worth:,}",
                    "签订日期": dotted(signed),
                    "约定交货日期": dotted(due),
                    "实际交货日期": dotted(came),
                    "合同状态": "已终止" if broken else "执行中",
                    "质保月数": R.choices((12, 18, 24, 36), (60, 18, 17, 5))[0],
                    "付款方式": pick((("3-6-1", 58), ("3-3-3-1", 24), ("全款提货", 18))),
                },
            )
        )
    papers.sort(key=lambda pair: pair[0])
    money: list[tuple[date, Record]] = []
    for place, (signed, paper) in enumerate(papers, 1):
        paper["合同编号"] = f"HT{signed:%Y}-{place:03d}"
        money += paid(paper, signed)
    money.sort(key=lambda pair: pair[0])
    for place, (_, row) in enumerate(money, 1):
        row["回款单号"] = f"HK{place:04d}"
    return [paper for _, paper in papers], [row for _, row in money]


def paid(paper: Record, signed: date) -> list[tuple[date, Record]]:
    """The instalments of a contract that have come in; a contract that is paid in full is closed."""
    worth = int(str(paper["合同金额（元）"]).replace(",", ""))
    shipped = date(*(int(part) for part in str(paper["实际交货日期"]).split("."))) if paper["实际交货日期"] else None
    plan: list[tuple[str, float, date | None]] = [("预付款", 0.3, signed + timedelta(days=7))]
    if paper["付款方式"] == "全款提货":
        plan.append(("发货款", 0.7, shipped))
    elif paper["付款方式"] == "3-6-1":
        plan += [("发货款", 0.6, shipped), ("质保金", 0.1, shipped + timedelta(days=365) if shipped else None)]
    else:
        plan += [("发货款", 0.3, shipped), ("验收款", 0.3, shipped + timedelta(days=30) if shipped else None)]
        plan.append(("质保金", 0.1, shipped + timedelta(days=365) if shipped else None))
    rows: list[tuple[date, Record]] = []
    left = worth
    for kind, share, due in plan:
        if due is None or (paper["合同状态"] == "已终止" and kind != "预付款"):
            break
        came = workday(later(due, -5, 6) if R.random() < 0.55 else later(due, 5, 70))
        if came > TODAY:
            break
        sum_ = left if kind == plan[-1][0] else round(worth * share)
        left -= sum_
        rows.append(
            (
                came,
                {
                    "回款单号": "",
                    "合同编号": paper["合同编号"],
                    "款项类型": kind,
                    "应收日期": f"{due:%Y/%m/%d}",
                    "回款日期": f"{came:%Y/%m/%d}",
                    "回款金额（元）": sum_,
                    "回款方式": pick((("电汇", 66), ("承兑汇票", 28), ("现金", 6))),
                },
            )
        )
    if not left and paper["合同状态"] == "执行中":
        paper["合同状态"] = "已完结"
    return rows


def tickets(held: list[Record], people: list[Record]) -> list[Record]:
    """Calls for service, by number of the customer, the product and the engineer."""
    engineers = {str(row["办事处"]): str(row["工号"]) for row in people if row["岗位"] == "服务工程师"}
    span = (TODAY - FIRST).days
    rows: list[Record] = []
    for moment in sorted(FIRST + timedelta(days=int(span * R.random() ** 0.8)) for _ in range(436)):
        who = R.choices(held, [{"A": 5, "B": 3, "C": 1}[str(row["客户等级"])] for row in held])[0]
        kind = pick((("封口不良", 28), ("计量偏差", 20), ("电气故障", 18), ("机械卡滞", 16), ("走膜跑偏", 12), ("操作咨询", 6)))
        hurry = R.choices(("特急", "紧急", "一般"), (12, 30, 58))[0]
        days = round(R.lognormvariate({"特急": 0.4, "紧急": 1.1, "一般": 1.7}[hurry], 0.7))
        done = moment + timedelta(days=days)
        closed = done < TODAY and R.random() > 0.015
        rows.append(
            {
                "工单号": f"GD{moment:%y%m%d}{len(rows) % 97:02d}",
                "客户编号": who["客户编号"],
                "产品型号": R.choice([row[0] for row in PRODUCTS if date.fromisoformat(row[5]) < moment]),
                "受理时间": f"{moment.isoformat()} {R.randint(8, 12):02d}:{R.randrange(60):02d}",
                "关闭时间": f"{done.isoformat()} {R.randint(13, 18):02d}:{R.randrange(60):02d}" if closed else "",
                "故障类型": kind,
                "紧急程度": hurry,
                "处理工程师工号": engineers[office_of(str(who["省份"]))] if R.random() > 0.15 else engineers["苏州总部"],
                "工单状态": "已关闭" if closed else R.choice(("处理中", "处理中", "待配件")),
                "满意度": R.choices((1, 2, 3, 4, 5), (3, 6, 18, 40, 33))[0] if closed and R.random() < 0.62 else "",
                "停机小时": "" if kind == "操作咨询" or R.random() < 0.1 else round(R.lognormvariate(1.6, 0.9) + 0.5),
                "是否保内": "是" if R.random() < 0.57 else "否",
            }
        )
    return rows


def loans(held: list[Record], people: list[Record]) -> list[Record]:
    """Machines lent for a try, the company's own book, by names of the customer and of the borrower."""
    names = {str(row["工号"]): str(row["姓名"]) for row in people}
    rows: list[Record] = []
    shown = [row for row in PRODUCTS if row[3] < 470_000 and row[6] == "在售" and row[5] < "2023-07"]
    for moment in sorted(workday(later(FIRST, 0, (TODAY - FIRST).days - 2)) for _ in range(148)):
        who = R.choice(held)
        rep = names[str(who["负责销售工号"])]
        model, _, _, price, *_ = R.choice(shown)
        due = workday(moment + timedelta(days=R.choice((15, 21, 30, 30, 45))))
        sold = R.random() < 0.27
        back: date | None = workday(later(due, -9, 2) if R.random() < 0.6 else later(due, 2, 40))
        if back and back > TODAY:
            back, sold = None, False
        kept = back is None or sold
        rows.append(
            {
                "借用单号": f"YJ{len(rows) + 1:03d}",
                "样机编号": f"{model}-{R.choice('甲乙丙')}",
                "产品型号": model,
                "客户名称": who["客户名称"],
                "借用人": "黄丽珊" if rep == "刘洋" else rep,
                "借出日期": moment.isoformat(),
                "约定归还日期": due.isoformat(),
                "实际归还日期": "" if kept or back is None else back.isoformat(),
                "押金（元）": round(price * R.choice((0.05, 0.08, 0.1)) / 500) * 500 if R.random() > 0.2 else "",
                "归还成色": "" if kept else pick((("完好", 60), ("轻微磨损", 28), ("需大修", 12))),
                "日均运行小时": "" if R.random() < 0.12 else str(round(R.uniform(1, 14), 1)),
                "是否转销售": "是" if sold else "否",
            }
        )
    return rows


def main() -> None:
    """The whole export."""
    EXPORT.mkdir(exist_ok=True)
    people, held = staff(), customers()
    deals = chances(held, people)
    papers, money = contracts(held, [row for row in deals if row["阶段"] == "已签单"], people)
    files = {"员工": people, "产品": products(), "客户资料": held, "销售机会": deals, "合同台账": papers, "回款明细": money}
    files |= {"拜访记录": visits(held, people), "售后工单": tickets(held, people), "样机借用": loans(held, people)}
    for name, rows in files.items():
        save(name, rows)


if __name__ == "__main__":
    main()
