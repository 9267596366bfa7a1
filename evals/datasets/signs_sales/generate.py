"""Writes the export of an invented maker of packaging machines: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20251110
TODAY = date(2025, 11, 10)
START = date(2023, 1, 4)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

OFFICES = {
    "华东办": {"上海": ("上海",), "江苏": ("南通", "盐城", "宿迁"), "浙江": ("湖州", "台州")},
    "华南办": {"广东": ("佛山", "中山", "汕头"), "福建": ("漳州", "莆田")},
    "华北办": {"山东": ("潍坊", "临沂"), "河北": ("沧州", "邢台"), "天津": ("天津",)},
    "西南办": {"四川": ("德阳", "眉山"), "重庆": ("重庆",), "云南": ("玉溪",)},
    "华中办": {"河南": ("漯河", "新乡"), "湖北": ("荆门",), "湖南": ("岳阳",)},
}
OFFICE_WEIGHTS = (34, 24, 20, 10, 12)
STAFF = (
    ("P001", "裴立群", "总部", "销售总监", "", "2009-03-16", "在职"),
    ("P002", "沈国栋", "华东办", "区域经理", "裴立群", "2011-07-04", "在职"),
    ("P003", "陆一鸣", "华南办", "区域经理", "裴立群", "2012-10-08", "在职"),
    ("P004", "戚广林", "华北办", "区域经理", "裴立群", "2010-05-17", "在职"),
    ("P005", "苗春燕", "西南办", "区域经理", "裴立群", "2015-02-25", "在职"),
    ("P006", "樊志勇", "华中办", "区域经理", "裴立群", "2014-08-11", "在职"),
    ("P007", "沈佳", "华东办", "业务员", "沈国栋", "2018-04-09", "在职"),
    ("P008", "丁亦凡", "华东办", "业务员", "沈国栋", "2016-09-19", "在职"),
    ("P009", "褚晓峰", "华东办", "业务员", "沈国栋", "2020-06-01", "在职"),
    ("P010", "温如玉", "华东办", "业务员", "沈国栋", "2021-11-15", "离职"),
    ("P011", "陆婷", "华南办", "业务员", "陆一鸣", "2017-03-06", "在职"),
    ("P012", "关海生", "华南办", "业务员", "陆一鸣", "2019-12-02", "在职"),
    ("P013", "麦嘉豪", "华南办", "业务员", "陆一鸣", "2023-03-13", "在职"),
    ("P014", "边志远", "华北办", "业务员", "戚广林", "2016-01-11", "在职"),
    ("P015", "鞠红", "华北办", "业务员", "戚广林", "2020-08-24", "在职"),
    ("P016", "殷小川", "西南办", "业务员", "苗春燕", "2019-05-20", "在职"),
    ("P017", "阮晴", "华中办", "业务员", "樊志勇", "2021-04-12", "在职"),
    ("P018", "谷雨桐", "华中办", "业务员", "樊志勇", "2022-09-05", "在职"),
    ("P019", "解永明", "总部", "售后主管", "裴立群", "2013-06-03", "在职"),
    ("P020", "尤美玲", "总部", "商务助理", "裴立群", "2018-11-26", "在职"),
)
SKILL = {"P007": 0.56, "P008": 0.68, "P009": 0.47, "P010": 0.4, "P011": 0.62, "P012": 0.52, "P013": 0.38}
SKILL |= {"P014": 0.6, "P015": 0.45, "P016": 0.5, "P017": 0.55, "P018": 0.42}
LEFT = date(2025, 3, 31)
TRADES = {
    "休闲食品": (("食品有限公司", "食品厂"), 40),
    "饮料乳品": (("饮品有限公司", "乳业有限公司"), 22),
    "调味品": (("调味品有限公司", "酿造有限公司"), 18),
    "精细化工": (("化工有限公司", "助剂有限公司"), 28),
    "农药化肥": (("农化有限公司", "肥业有限公司"), 16),
    "制药": (("制药有限公司", "药业有限公司"), 26),
}
STEMS = (
    *("禾粒香", "麦穗坊", "椒山里", "岭芽", "泽沛", "衡沅", "臻沁", "岱北", "庐川", "芸溪", "浦棠", "苇岸", "砚秋", "石门坎", "云杪", "稻渔"),
    *("沐禾", "青簏", "岚坞", "珩远", "赤岭", "潞泉", "鹤汀", "枫桥湾", "湛屿", "拓垚", "晟瑶", "朴谷"),
)
AGENTS = {
    "华东办": ("苏北联机商行", "浙南包装设备代理"),
    "华南办": ("潮汕鸿益机电", "闽南路桥包装代理"),
    "华北办": ("鲁中合力机械代理",),
    "西南办": ("川滇宏图设备代理", "渝东机电商行"),
    "华中办": ("豫南金诺机械代理",),
}
MACHINES = {"立式包装机": 24, "给袋式包装机": 42, "枕式包装机": 18, "灌装生产线": 165, "码垛机器人": 68, "吨袋包装机": 55, "泡罩包装机": 88}
LIKES = {
    "休闲食品": ("立式包装机", "给袋式包装机", "枕式包装机", "码垛机器人"),
    "饮料乳品": ("灌装生产线", "码垛机器人"),
    "调味品": ("灌装生产线", "给袋式包装机", "立式包装机"),
    "精细化工": ("吨袋包装机", "码垛机器人", "灌装生产线"),
    "农药化肥": ("吨袋包装机", "码垛机器人"),
    "制药": ("泡罩包装机", "枕式包装机"),
}
FAIRS = ("上海食品加工包装展", "广州国际包装展", "青岛包装机械展", "成都食机配套展")
RIVALS = {"铂锐自动化": 34, "高陵机械": 26, "意方 Pakotec": 18, "顺迈包装": 22}
STAGES = ("需求确认", "方案设计", "样机测试", "商务谈判")
ENGINEERS = ("牛家和", "葛新", "康伟力", "束志强", "宫平")
SURNAMES, GIVEN = "王李张刘杨黄赵吴周徐孙胡朱林何郭罗梁宋唐", ("建军", "雅琴", "思远", "海燕", "一凡", "国庆", "晓敏", "泽宇", "玉兰", "永强", "佩佩", "明")


def dash(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def slash(day: date | None) -> str:
    """A day as in 2025/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dots(day: date | None) -> str:
    """A day as in 2025.03.05."""
    return f"{day:%Y.%m.%d}" if day else ""


def money(value: float) -> str:
    """Yuan with separators."""
    return f"{value:,.0f}"


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Monday after."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def some_day(dice: random.Random, first: date, power: float = 1.0) -> date:
    """A working day from ``first`` until yesterday; a power below 1 makes late days likelier."""
    return min(workday(first + timedelta(days=int((TODAY - first).days * dice.random() ** power))), TODAY - timedelta(days=3))


def write(name: str, rows: list[Row]) -> None:
    """One file of the export, with the mark that spreadsheets put before UTF-8."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def reps(office: str, day: date) -> list[str]:
    """Numbers of those who sold for an office on a day."""
    return [row[0] for row in STAFF if row[2] == office and row[3] == "业务员" and date.fromisoformat(row[5]) <= day and (row[6] == "在职" or day < LEFT)]


def staff() -> list[Row]:
    """The roster."""
    return [dict(zip(("工号", "姓名", "所属办事处", "岗位", "汇报对象", "入职日期", "在职状态"), row, strict=True)) for row in STAFF]


def named(number: str) -> str:
    """The name of a person."""
    return next(row[1] for row in STAFF if row[0] == number)


def customers(dice: random.Random) -> list[Row]:
    """Plants; three short names occur in two cities each, on purpose."""
    plan = [
        *(("宿迁", "沐禾", "食品有限公司", "休闲食品"), ("漯河", "沐禾", "食品有限公司", "休闲食品")),
        *(("南通", "珩远", "制药有限公司", "制药"), ("临沂", "珩远", "制药有限公司", "制药")),
        *(("佛山", "泽沛", "化工有限公司", "精细化工"), ("沧州", "泽沛", "化工有限公司", "精细化工")),
    ]
    held = {(stem, ending) for _, stem, ending, _ in plan}
    for trade, (endings, wanted) in TRADES.items():
        while sum(item[3] == trade for item in plan) < wanted:
            office = dice.choices(list(OFFICES), OFFICE_WEIGHTS)[0]
            key = (dice.choice(STEMS), dice.choice(endings))
            city = dice.choice([city for cities in OFFICES[office].values() for city in cities])
            if key in held:
                if len({stem for stem, ending in held if ending in endings}) == len(STEMS) or dice.random() < 0.05:
                    break
                continue
            held.add(key)
            plan.append((city, *key, trade))
    dice.shuffle(plan)
    return [_customer(dice, place, *item) for place, item in enumerate(plan, 1)]


def _customer(dice: random.Random, place: int, city: str, stem: str, ending: str, trade: str) -> Row:
    office, province = next((office, province) for office, parts in OFFICES.items() for province, cities in parts.items() if city in cities)
    since = some_day(dice, date(2018, 1, 8), 0.9)
    way = "代理" if dice.random() < 0.28 else "直销"
    owner = dice.choice([rep for rep in reps(office, date(2024, 6, 1)) if rep != "P010" or dice.random() < 0.6])
    return {
        "客户编码": f"{office[:2]}-{place:03d}",
        "客户全称": f"{city}{stem}{ending}",
        "所属行业": trade,
        "省份": province,
        "城市": city,
        "归属办事处": office,
        "客户级别": one_of(dice, {"A": 18, "B": 34, "C": 48}),
        "成交渠道": way,
        "代理商": dice.choice(AGENTS[office]) if way == "代理" else "",
        "跟进业务员": named(owner),
        "主要联系人": dice.choice(SURNAMES) + dice.choice(GIVEN),
        "联系人职务": one_of(dice, {"设备部长": 30, "采购经理": 34, "生产副总": 20, "总经理": 16}) if dice.random() < 0.9 else "",
        "建档日期": dash(since),
        "信用账期(天)": dice.choice((0, 30, 45, 60, 90)) if dice.random() < 0.85 else "",
        "年产能(吨)": money(dice.randrange(8, 900) * 100) if dice.random() < 0.8 else "",
    }


def projects(dice: random.Random, plants: list[Row]) -> list[Row]:
    """Opportunities."""
    weights = [{"A": 6, "B": 3, "C": 1.3}[plant["客户级别"]] for plant in plants]
    days = sorted(some_day(dice, START, 0.85) for _ in range(300))
    rows: list[Row] = []
    names: set[str] = set()
    for place, begun in enumerate(days, 1):
        plant = dice.choices(plants, weights)[0]
        kind = dice.choice(LIKES[plant["所属行业"]])
        base = plant["客户全称"].removesuffix("有限公司")
        name = next(full for part in ("", "二期", "三期", "四期", "五期", "六期", "七期", "八期") if (full := f"{base}{kind}{part}") not in names)
        names.add(name)
        pool = reps(plant["归属办事处"], begun)
        owner = next((row[0] for row in STAFF if row[1] == plant["跟进业务员"] and row[0] in pool and dice.random() < 0.75), dice.choice(pool))
        pieces = dice.choices((1, 2, 3, 4, 6), (46, 26, 14, 9, 5))[0] if kind != "灌装生产线" else 1
        worth = round(MACHINES[kind] * pieces * dice.uniform(0.8, 1.3), 1)
        ended = workday(begun + timedelta(days=max(21, int(dice.gauss(105, 45)))))
        closed = ended < TODAY - timedelta(days=1) and dice.random() < 0.93
        if owner == "P010" and (ended > LEFT or not closed):
            owner = "P008"
        rival = one_of(dice, RIVALS) if dice.random() < 0.72 else ""
        chance = SKILL[owner] + {"意方 Pakotec": 0.1, "铂锐自动化": -0.12}.get(rival, 0) + {"泡罩包装机": -0.08, "给袋式包装机": 0.07}.get(kind, 0)
        roll = dice.random()
        result = ("已成交" if roll < chance else "已搁置" if roll > 0.93 else "已丢单") if closed else dice.choice(STAGES)
        due = workday(max(ended, TODAY - timedelta(days=60)) + timedelta(days=dice.randrange(80))) if not closed else ended
        chances = {"需求确认": (10, 20), "方案设计": (30, 40), "样机测试": (50, 60), "商务谈判": (70, 80, 90)}
        rows.append(
            {
                "项目号": f"PJ{begun:%y}{place:04d}",
                "项目名称": name,
                "客户编码": plant["客户编码"],
                "业务员工号": owner,
                "机型大类": kind,
                "数量(台)": pieces,
                "当前阶段": result,
                "预计金额(万元)": worth if result != "需求确认" or dice.random() < 0.75 else "",
                "把握度(%)": dice.choice(chances[result]) if result in chances else "",
                "立项日期": dash(begun),
                "预计成交月": f"{due:%Y-%m}" if not closed else "",
                "结案日期": dash(ended) if closed else "",
                "丢单原因": one_of(dice, {"价格高": 36, "交期长": 22, "方案不匹配": 17, "客户缓投": 14, "关系不到位": 11}) if result == "已丢单" else "",
                "主要对手": rival,
            }
        )
    return rows


def leads(dice: random.Random, deals: list[Row], plants: list[Row]) -> list[Row]:
    """What came in from fairs and elsewhere; some became projects."""
    rows: list[Row] = []
    by_code = {plant["客户编码"]: plant for plant in plants}
    for deal in deals:
        begun = date.fromisoformat(deal["立项日期"])
        came = workday(begun - timedelta(days=dice.randrange(4, 60)))
        if dice.random() < 0.3 and came >= START and came < begun:
            plant = by_code[deal["客户编码"]]
            rows.append(_lead(dice, came, plant["客户全称"], deal["业务员工号"], deal["机型大类"], "已立项", deal["项目号"]))
    ends = ("食品", "化工", "药业", "饮品", "日化", "饲料")
    for _ in range(230):
        came = some_day(dice, START, 0.8)
        office = dice.choices(list(OFFICES), OFFICE_WEIGHTS)[0]
        city = dice.choice([city for cities in OFFICES[office].values() for city in cities])
        late = came > TODAY - timedelta(days=75)
        state = one_of(dice, {"跟进中": 50, "无效": 20, "待联系": 30} if late else {"跟进中": 22, "无效": 68, "待联系": 10})
        company = f"{city}{dice.choice(STEMS)}{dice.choice(ends)}"
        rows.append(_lead(dice, came, company, dice.choice(reps(office, came)), dice.choice(list(MACHINES)), state, ""))
    rows.sort(key=lambda row: row["came"])
    for place, row in enumerate(rows, 1):
        row["线索号"] = f"XS-{row['came']:%y%m}-{place:03d}"
        del row["came"]
    return rows


def _lead(dice: random.Random, came: date, company: str, owner: str, kind: str, state: str, project: str) -> Row:
    source = one_of(dice, {"展会": 38, "官网询盘": 24, "代理商报备": 16, "老客户转介绍": 14, "电话来询": 8})
    return {
        "线索号": "",
        "登记日期": slash(came),
        "线索来源": source,
        "展会名称": dice.choices(FAIRS, (40, 28, 18, 14))[0] if source == "展会" else "",
        "询盘单位": company,
        "意向机型": kind,
        "分派业务员": named(owner),
        "处理结果": state,
        "转入项目号": project,
        "无效原因": one_of(dice, {"预算不足": 34, "同行打探": 16, "联系不上": 30, "产品不对口": 20}) if state == "无效" else "",
        "came": came,
    }


def quotations(dice: random.Random, deals: list[Row]) -> list[Row]:
    """Quotations; the number and the version together are the key."""
    rows: list[Row] = []
    for deal in deals:
        if deal["当前阶段"] == "需求确认" or not deal["预计金额(万元)"] or (deal["当前阶段"] == "已搁置" and dice.random() < 0.5):
            continue
        begun = date.fromisoformat(deal["立项日期"])
        ended = date.fromisoformat(deal["结案日期"]) if deal["结案日期"] else TODAY
        versions = dice.choices((1, 2, 3), (50, 34, 16))[0]
        span = max(3, (ended - begun).days - 2)
        days = sorted(workday(begun + timedelta(days=dice.randrange(1, span))) for _ in range(versions))
        value = deal["预计金额(万元)"] * 10_000 * dice.uniform(1.0, 1.12)
        for place, day in enumerate(days, 1):
            value *= 1 if place == 1 else dice.uniform(0.9, 0.98)
            valid = day + timedelta(days=dice.choice((30, 45, 60)))
            last = place == versions
            state = "已被新版替代" if not last else "客户已接受" if deal["当前阶段"] == "已成交" else "已失效" if deal["结案日期"] or valid < TODAY else "有效"
            rows.append(
                {
                    "报价单号": f"BJ-{deal['项目号'][2:]}",
                    "版本": f"V{place}",
                    "项目号": deal["项目号"],
                    "报价日期": dash(min(day, TODAY - timedelta(days=3))),
                    "含税报价(元)": money(round(value, -2)),
                    "让利比例(%)": dice.choice((0, 2, 3, 5, 8, 10, 12)) if place > 1 or dice.random() < 0.5 else "",
                    "报价有效期至": dash(valid),
                    "报价状态": state,
                    "制单人": "尤美玲" if dice.random() < 0.6 else named(deal["业务员工号"]),
                }
            )
    return rows


def contracts(dice: random.Random, deals: list[Row], quotes: list[Row]) -> list[Row]:
    """One contract for each project that was won."""
    final = {quote["项目号"]: float(quote["含税报价(元)"].replace(",", "")) for quote in quotes}
    rows: list[Row] = []
    won = sorted((deal for deal in deals if deal["当前阶段"] == "已成交"), key=lambda deal: deal["结案日期"])
    for place, deal in enumerate(won, 1):
        signed = date.fromisoformat(deal["结案日期"])
        due = workday(signed + timedelta(days={"灌装生产线": 120, "码垛机器人": 90}.get(deal["机型大类"], 60) + dice.randrange(0, 40)))
        sent = workday(due + timedelta(days=int(dice.gauss(5, 12))))
        passed = workday(sent + timedelta(days=dice.randrange(15, 75)))
        is_sent, is_passed = sent < TODAY, passed < TODAY and dice.random() < 0.95
        state = "已验收" if is_passed else dice.choice(("在途", "安装调试")) if is_sent else "生产中" if dice.random() < 0.85 else "暂停执行"
        rows.append(
            {
                "合同号": f"HT{signed:%Y%m}-{place:03d}",
                "项目号": deal["项目号"],
                "需方编码": deal["客户编码"],
                "签约业务员": named(deal["业务员工号"]),
                "签订日期": slash(signed),
                "合同总额(元)": money(final[deal["项目号"]]),
                "交货方式": one_of(dice, {"送货上门": 60, "客户自提": 14, "第三方物流": 26}),
                "约定交货日": slash(due),
                "实际发货日": slash(sent) if is_sent else "",
                "验收日": slash(passed) if is_passed else "",
                "质保期(月)": dice.choices((12, 18, 24), (64, 22, 14))[0],
                "执行状态": state,
            }
        )
    return rows


def instalments(dice: random.Random, deals: list[Row], pacts: list[Row]) -> list[Row]:
    """Instalments; the contract and the number of the instalment together are the key."""
    rows: list[Row] = []
    for pact in pacts:
        year, month, day = (int(part) for part in pact["签订日期"].split("/"))
        y, m, d = (int(part) for part in pact["约定交货日"].split("/"))
        signed, due = date(year, month, day), date(y, m, d)
        value = float(pact["合同总额(元)"].replace(",", ""))
        plan = (
            ("预付款", 0.3, signed + timedelta(days=10)),
            ("提货款", 0.4, due),
            ("验收款", 0.2, due + timedelta(days=60)),
            ("质保金", 0.1, due + timedelta(days=425)),
        )
        left = value
        for place, (kind, part, planned) in enumerate(plan, 1):
            amount = round(value * part) if place < 4 else round(left)
            left -= amount
            when = workday(planned)
            late = int(dice.gauss({"预付款": 3, "提货款": 6, "验收款": 24, "质保金": 30}[kind], 18))
            came = workday(max(signed, when + timedelta(days=late)))
            paid = came < TODAY and dice.random() < {"预付款": 0.99, "提货款": 0.97, "验收款": 0.86, "质保金": 0.75}[kind]
            rows.append(
                {
                    "合同号": pact["合同号"],
                    "期次": place,
                    "款项名称": kind,
                    "应收日期": dash(when),
                    "应收金额(元)": money(amount),
                    "到款日期": dash(came) if paid else "",
                    "到款金额(元)": money(amount) if paid else "",
                    "收款方式": one_of(dice, {"电汇": 62, "银行承兑": 30, "现金支票": 8}) if paid else "",
                    "发票号": f"{dice.randrange(10**7, 10**8)}" if paid and dice.random() < 0.92 else "",
                }
            )
    return rows


def complaints(dice: random.Random, deals: list[Row], pacts: list[Row]) -> list[Row]:
    """Complaints about machines that were sent."""
    sent = [pact for pact in pacts if pact["实际发货日"]]
    kinds = {deal["项目号"]: deal["机型大类"] for deal in deals}
    weights = [{"灌装生产线": 3.2, "泡罩包装机": 2.0}.get(kinds[pact["项目号"]], 1.0) * dice.uniform(0.4, 1.6) for pact in sent]
    rows: list[Row] = []
    found = []
    for _ in range(165):
        pact = dice.choices(sent, weights)[0]
        y, m, d = (int(part) for part in pact["实际发货日"].split("/"))
        came = some_day(dice, date(y, m, d), 1.3) + timedelta(days=1)
        if date(y, m, d) < came < TODAY:
            found.append((workday(came) if workday(came) < TODAY else came, pact))
    for place, (came, pact) in enumerate(sorted(found, key=lambda pair: pair[0]), 1):
        grade = one_of(dice, {"一级": 12, "二级": 36, "三级": 52})
        done = came + timedelta(days=max(1, int(dice.lognormvariate({"一级": 2.7, "二级": 2.3, "三级": 1.6}[grade], 0.6))))
        closed = done < TODAY and dice.random() < 0.95
        rows.append(
            {
                "客诉单号": f"KS{came:%Y}{place:03d}",
                "受理日期": slash(came),
                "合同号": pact["合同号"],
                "问题类别": one_of(dice, {"封口不良": 32, "计量偏差": 24, "电气故障": 20, "机械卡滞": 16, "随机附件缺失": 8}),
                "严重等级": grade,
                "责任工程师": dice.choices(ENGINEERS, (30, 24, 20, 15, 11))[0],
                "结案日期": slash(done) if closed else "",
                "索赔金额(元)": money(dice.randrange(2, 60) * 500) if dice.random() < (0.6 if grade == "一级" else 0.18) else "",
                "客户评价": one_of(dice, {"满意": 52, "基本满意": 32, "不满意": 16}) if closed and dice.random() < 0.8 else "",
            }
        )
    return rows


def visits(dice: random.Random, plants: list[Row]) -> list[Row]:
    """Visits to plants."""
    weights = [{"A": 6, "B": 2.6, "C": 0.8}[plant["客户级别"]] for plant in plants]
    rows: list[Row] = []
    for day in sorted(some_day(dice, START, 0.75) for _ in range(520)):
        plant = dice.choices(plants, weights)[0]
        pool = reps(plant["归属办事处"], day)
        owner = next((row[0] for row in STAFF if row[1] == plant["跟进业务员"] and row[0] in pool and dice.random() < 0.8), dice.choice(pool))
        manager = next(row[0] for row in STAFF if row[2] == plant["归属办事处"] and row[3] == "区域经理")
        who = manager if dice.random() < 0.1 else owner
        way = one_of(dice, {"上门": 56, "线上会议": 16, "电话": 20, "来厂参观": 8})
        later = day + timedelta(days=dice.randrange(7, 60))
        rows.append(
            {
                "流水号": len(rows) + 1,
                "拜访日期": dots(day),
                "客户编码": plant["客户编码"],
                "拜访人": named(who),
                "拜访形式": way,
                "拜访目的": one_of(dice, {"技术交流": 26, "报价跟进": 26, "催款": 14, "售后回访": 18, "新品推介": 16}),
                "差旅费(元)": money(dice.randrange(8, 240) * 10) if way == "上门" else "",
                "客户反馈": one_of(dice, {"积极": 36, "一般": 44, "冷淡": 20}) if dice.random() < 0.88 else "",
                "约定下次跟进": dots(later) if dice.random() < 0.55 else "",
            }
        )
    return rows


def quotas(dice: random.Random) -> list[Row]:
    """Quarterly quotas of those who sell, in 万元."""
    rows: list[Row] = []
    for year in (2023, 2024, 2025):
        for quarter in (1, 2, 3, 4):
            for number, _, office, post, _, since, state in STAFF:
                first = date(year, 3 * quarter - 2, 1)
                if post != "业务员" or date.fromisoformat(since) > first or (state == "离职" and first > LEFT):
                    continue
                base = {"华东办": 150, "华南办": 140, "华北办": 130, "西南办": 110, "华中办": 90}[office] * (1 + 0.08 * (year - 2023))
                signed = round(base * dice.uniform(0.8, 1.25) / 5) * 5
                rows.append({"考核季度": f"{year}Q{quarter}", "工号": number, "签约指标(万元)": signed, "回款指标(万元)": round(signed * 0.85 / 5) * 5})
    return rows


def main() -> None:
    """Writes every file."""
    EXPORT.mkdir(exist_ok=True)
    dice = random.Random(SEED)  # noqa: S311 - invented data
    plants = customers(dice)
    deals = projects(dice, plants)
    for plant in plants:
        plant["建档日期"] = min([plant["建档日期"], *(deal["立项日期"] for deal in deals if deal["客户编码"] == plant["客户编码"])])
    quotes = quotations(dice, deals)
    pacts = contracts(dice, deals, quotes)
    write("员工名册", staff())
    write("客户档案", plants)
    write("线索登记", leads(dice, deals, plants))
    write("项目跟踪表", deals)
    write("报价单", quotes)
    write("合同台账", pacts)
    write("分期收款表", instalments(dice, deals, pacts))
    write("客诉登记", complaints(dice, deals, pacts))
    write("拜访日志", visits(dice, plants))
    write("季度指标", quotas(dice))


if __name__ == "__main__":
    main()
