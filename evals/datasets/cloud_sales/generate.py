"""Writes the export of an invented provider of cloud services and business software: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20251022
TODAY = date(2025, 10, 22)
START = date(2023, 1, 4)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

ZONES = {
    "华东": ("上海", "杭州", "苏州", "南京", "合肥"),
    "华北": ("北京", "天津", "济南", "青岛"),
    "华南": ("深圳", "广州", "佛山", "厦门"),
    "西部": ("成都", "重庆", "西安", "昆明"),
}
SELLERS = {
    "华东": ("周启航", "陈立", "何雨桐", "宋佳明"),
    "华北": ("孙楠", "马骁", "徐若溪"),
    "华南": ("陈佳怡", "吴泽宇", "唐可"),
    "西部": ("高远", "罗茜"),
}
SKILL = {
    "周启航": 0.14,
    "陈立": 0.03,
    "何雨桐": -0.05,
    "宋佳明": -0.14,
    "孙楠": 0.09,
    "马骁": -0.02,
    "徐若溪": 0.05,
    "陈佳怡": 0.11,
    "吴泽宇": -0.08,
    "唐可": -0.03,
    "高远": 0.06,
    "罗茜": -0.1,
}
KEEPERS = ("李婷婷", "方圆", "叶知秋", "曹一鸣", "丁晓雯")
BUILDERS = ("李强", "李国栋", "贾鹏", "许诺", "任重")
ENGINEERS = ("邓凯", "白晓燕", "侯磊", "金铭", "袁芳")
CALLERS = ("龚雪", "范小雨", "邱浩")
PRESALES = ("苏航", "汪洋", "贺兰")
STEMS = (
    *("启元", "明川", "蓝图", "众合", "鸿图", "新辰", "卓尔", "佳和", "优品", "万象", "铭泰", "天润", "德邻", "易通", "金桥", "宝捷"),
    *("云帆", "锐思", "星海", "青禾", "达观", "晨光", "瑞康", "禾木", "海岳", "正弘", "融创优", "捷科", "南粤", "北斗星", "长河", "松果"),
)
TRADES = {
    "智能制造": ("精密制造有限公司", "装备股份有限公司"),
    "金融保险": ("保险经纪有限公司", "融资租赁有限公司"),
    "零售电商": ("电子商务有限公司", "连锁商业有限公司"),
    "医疗健康": ("医疗科技有限公司", "医院管理有限公司"),
    "教育培训": ("教育科技有限公司", "职业学院"),
    "物流交通": ("供应链管理有限公司", "物流有限公司"),
    "互联网": ("网络科技有限公司", "信息技术有限公司"),
}
FIXED = (
    ("华信证券股份有限公司", "金融保险", "上海", "KA"),
    ("华信精密制造（苏州）有限公司", "智能制造", "苏州", "MM"),
    ("博联医疗科技有限公司", "医疗健康", "北京", "KA"),
    ("博联物流（广州）有限公司", "物流交通", "广州", "MM"),
    ("深圳湾区跨境电商有限公司", "零售电商", "深圳", "KA"),
    ("成都锦城大学", "教育培训", "成都", "MM"),
    ("重庆两江汽车零部件股份有限公司", "智能制造", "重庆", "KA"),
    ("杭州云栖小镇网络科技有限公司", "互联网", "杭州", "SMB"),
    ("青岛港通国际物流有限公司", "物流交通", "青岛", "KA"),
)
PRODUCTS = {"弹性云主机": 52000, "数据中台": 168000, "协同办公": 36000, "CRM云": 64000, "安全网关": 45000}
EDITIONS = {"Standard": 0.6, "Pro": 1.0, "Enterprise": 2.2}
SIZES = {"KA": 2.6, "MM": 1.1, "SMB": 0.45}
STAGES = ("初步接触", "需求确认", "方案演示", "POC测试", "商务报价", "合同流程")
REASONS = ("价格超预算", "功能不满足", "选择友商", "项目取消", "决策人变动")
RIVALS = ("钉云", "飞帆软件", "金蝶云", "用友", "自研")
CHURN = ("价格", "活跃低", "业务收缩", "换友商", "产品体验")
LATE = ("客户需求变更", "接口联调", "客户数据未备齐", "人员不足", "硬件到货晚")
EVENTS = ("云上增长沙龙", "上云公开课", "数字化转型大会", "伙伴开放日", "数据安全闭门会")
FORMS = {"云上增长沙龙": "线下沙龙", "上云公开课": "线上直播", "数字化转型大会": "展会", "伙伴开放日": "伙伴大会", "数据安全闭门会": "线下沙龙"}
TARGETS = {"P1": 15, "P2": 30, "P3": 120, "P4": 480}


def write(name: str, rows: list[Row]) -> None:
    """One file, without the columns that begin with an underline."""
    heads = [key for key in rows[0] if not key.startswith("_")]
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, heads, extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def styled(day: date | None, form: str) -> str:
    """A day as written in one of the files: with dashes, dots or slashes, with or without leading noughts, or in Chinese."""
    if day is None:
        return ""
    if form == "年":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.year}{form[0]}{day.month}{form[0]}{day.day}" if len(form) > 1 else f"{day.year}{form}{day.month:02d}{form}{day.day:02d}"


def working(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def customers(chance: random.Random) -> list[Row]:
    """The register; the day of the first signature and the health are filled in later."""
    names: list[tuple[str, str, str, str]] = list(FIXED)
    seen = {row[0] for row in FIXED}
    while len(names) < 124:
        zone = chance.choices(list(ZONES), (38, 25, 22, 15))[0]
        city, trade = chance.choice(ZONES[zone]), chance.choices(list(TRADES), (24, 13, 18, 12, 9, 11, 13))[0]
        name = f"{city}{chance.choice(STEMS)}{chance.choice(TRADES[trade])}"
        if name not in seen:
            seen.add(name)
            names.append((name, trade, city, chance.choices(("KA", "MM", "SMB"), (18, 42, 40))[0]))
    rows: list[Row] = []
    for place, (name, trade, city, tier) in enumerate(names, 1):
        zone = next(each for each, held in ZONES.items() if city in held)
        people = round({"KA": 2200, "MM": 420, "SMB": 70}[tier] * chance.lognormvariate(0, 0.45) / 10) * 10
        rows.append(
            {
                "客户ID": f"C{place + 1000}",
                "签约主体": name,
                "行业赛道": trade,
                "总部所在地": city,
                "战区": zone,
                "客户分层": tier,
                "人员规模": "" if chance.random() < 0.05 else people,
                "首签日期": "",
                "客户经理": chance.choices(SELLERS[zone], range(len(SELLERS[zone]) + 3, 3, -1))[0],
                "CSM": "",
                "健康分": "",
                "风险标记": "",
                "部署形态": chance.choices(("SaaS", "私有化", "混合云"), (62, 18, 20))[0],
                "渠道伙伴": "" if chance.random() < 0.7 else chance.choice(("联拓数科", "中软服务", "海智信息")),
                "_mood": chance.gauss(70, 16),
            }
        )
    return rows


def opportunities(chance: random.Random, register: list[Row]) -> list[Row]:
    """All opportunities, by the day on which they were entered."""
    weights = [{"KA": 3.4, "MM": 2.0, "SMB": 1.0}[str(row["客户分层"])] * chance.lognormvariate(0, 0.5) for row in register]
    days = sorted(START + timedelta(days=int((TODAY - START).days * chance.random() ** 0.8)) for _ in range(452))
    rows: list[Row] = []
    names: dict[str, int] = {}
    for place, day in enumerate(days, 1):
        created = min(working(day), TODAY - timedelta(days=2))
        customer = chance.choices(register, weights)[0]
        tier, zone = str(customer["客户分层"]), str(customer["战区"])
        seller = customer["客户经理"] if chance.random() < 0.9 else chance.choice(SELLERS[zone])
        product = chance.choices(list(PRODUCTS), (24, 18, 24, 20, 14))[0]
        edition = chance.choices(list(EDITIONS), {"KA": (10, 35, 55), "MM": (30, 50, 20), "SMB": (65, 30, 5)}[tier])[0]
        kind = chance.choices(("新购", "增购", "定制开发"), (58, 28, 14))[0]
        origin = (
            "老客增购" if kind == "增购" and chance.random() < 0.7 else chance.choices(("市场活动", "官网注册", "伙伴推荐", "电话外呼"), (44, 20, 20, 16))[0]
        )
        guess = round(PRODUCTS[product] * EDITIONS[edition] * SIZES[tier] * chance.lognormvariate(0, 0.35) / 100) * 100
        length = int(chance.gammavariate(3, {"KA": 30, "MM": 20, "SMB": 12}[tier])) + 6
        closed = working(created + timedelta(days=length))
        stage = ""
        if closed < TODAY and chance.random() > 0.05:
            odds = 0.45 + SKILL[str(seller)] + {"新购": -0.04, "增购": 0.16, "定制开发": 0.0}[kind] + {"伙伴推荐": 0.08, "电话外呼": -0.12}.get(origin, 0.0)
            stage = "赢单" if chance.random() < odds else "输单"
        done = stage != ""
        stage = stage or chance.choices(STAGES, (16, 20, 20, 16, 18, 10))[0]
        cut = chance.choice((100, 98, 95, 95, 92, 90, 88, 85, 80, 75))
        name = f"{short(customer)}{product}{kind}"
        names[name] = names.get(name, 0) + 1
        rows.append(
            {
                "商机号": f"OPP{created:%y}{place:04d}",
                "商机名": name + ("" if names[name] == 1 else f"{'一二三四五六七八九十'[min(names[name], 10) - 1]}期"),
                "客户ID": customer["客户ID"],
                "商机来源": origin,
                "方案类型": kind,
                "产品线": product,
                "版本": edition,
                "商机阶段": stage,
                "预估额(元)": "" if not done and chance.random() < 0.05 else guess,
                "合同额(元)": round(guess * cut / 1000) * 10 if stage == "赢单" else "",
                "折扣率": f"{cut}%" if stage == "赢单" else "",
                "建立日期": styled(created, "年"),
                "预计赢单日": styled(closed if done or closed > TODAY else TODAY + timedelta(days=chance.randint(-45, 80)), "年"),
                "赢单日期": styled(closed if stage == "赢单" else None, "年"),
                "输单日期": styled(closed if stage == "输单" else None, "年"),
                "输单归因": chance.choices((*REASONS, ""), (32, 19, 22, 13, 8, 6))[0] if stage == "输单" else "",
                "友商": chance.choice(RIVALS) if chance.random() < 0.62 else "",
                "销售": seller,
                "售前": "" if chance.random() < 0.12 else chance.choices(PRESALES, (42, 33, 25))[0],
                "_customer": customer,
                "_created": created,
                "_closed": closed,
                "_stage": stage,
            }
        )
    return rows


def short(customer: Row) -> str:
    """What people call a customer: its first four or so characters after the city."""
    name, city = str(customer["签约主体"]), str(customer["总部所在地"])
    return name.removeprefix(city)[:4] if int(customer["客户ID"][1:]) > 1009 else name[:4]


def sign(chance: random.Random, register: list[Row], deals: list[Row]) -> None:
    """Fills in what only customers have: first signature, success manager, health."""
    for customer in register:
        days = [deal["_closed"] for deal in deals if deal["_customer"] is customer and deal["_stage"] == "赢单"]
        customer["_since"] = min(days, default=None)
        if not days:
            continue
        score = max(22, min(98, round(customer["_mood"])))
        customer["首签日期"] = styled(min(days), "-")
        customer["CSM"] = "" if customer["客户分层"] == "SMB" and chance.random() < 0.3 else chance.choices(KEEPERS, (27, 23, 20, 17, 13))[0]
        customer["健康分"] = "" if chance.random() < 0.06 else score
        customer["风险标记"] = "绿" if score >= 75 else "黄" if score >= 55 else "红"


def subscriptions(chance: random.Random, deals: list[Row]) -> list[Row]:
    """One row for each term; a renewal names the term before it."""
    rows: list[Row] = []
    for deal in sorted((row for row in deals if row["_stage"] == "赢单" and row["方案类型"] != "定制开发"), key=lambda row: str(row["_closed"])):
        customer = deal["_customer"]
        years = chance.choices((1, 2, 3), (82, 12, 6))[0]
        fee = round(int(deal["合同额(元)"]) / years / 10) * 10
        seats = max(5, round({"KA": 380, "MM": 110, "SMB": 28}[customer["客户分层"]] * chance.lognormvariate(0, 0.5) / 5) * 5)
        begun, before = deal["_closed"] + timedelta(days=chance.randint(0, 15)), None
        while begun <= TODAY + timedelta(days=10):
            ended = date(begun.year + years, begun.month, min(begun.day, 28)) - timedelta(days=1)
            usage = min(0.99, max(0.05, chance.gauss(customer["_mood"] / 100, 0.13)))
            stays = chance.random() < 0.45 + usage * 0.52
            left = (ended - TODAY).days
            state = "生效中" if left > 60 else "待续费" if left >= 0 or (left > -40 and chance.random() < 0.6) else "已续费" if stays else "已流失"
            row = {
                "订阅号": "",
                "客户ID": customer["客户ID"],
                "商机号": deal["商机号"],
                "产品线": deal["产品线"],
                "版本": deal["版本"],
                "席位数": seats,
                "活跃席位": "" if chance.random() < 0.04 else round(seats * usage),
                "年费(元)": fee,
                "计费周期": chance.choices(("年付", "半年付", "季付"), (62, 20, 18))[0],
                "生效日": styled(begun, "."),
                "到期日": styled(ended, "."),
                "续费状态": state,
                "自动续费": chance.choices(("Y", "N"), (35, 65))[0],
                "流失原因": chance.choices((*CHURN, ""), (26, 25, 16, 18, 11, 4))[0] if state == "已流失" else "",
                "_begun": begun,
                "_ended": ended,
                "_customer": customer,
                "_before": before,
            }
            rows.append(row)
            if state != "已续费":
                break
            begun, before, years = ended + timedelta(days=1), row, 1
            fee, seats = (
                round(fee * chance.choice((0.85, 0.95, 1, 1, 1.05, 1.1, 1.25)) / 10) * 10,
                max(5, seats + chance.choice((-10, -5, 0, 0, 5, 10, 20, 40))),
            )
    rows.sort(key=lambda row: row["_begun"])
    for place, row in enumerate(rows, 1):
        row["订阅号"] = f"SUB{place:05d}"
    for row in rows:
        row["上期订阅号"] = row["_before"]["订阅号"] if row["_before"] else ""
    return rows


def rollouts(chance: random.Random, deals: list[Row]) -> list[Row]:
    """Projects of deals that need one."""
    rows: list[Row] = []
    for deal in sorted((row for row in deals if row["_stage"] == "赢单"), key=lambda row: str(row["_closed"])):
        if not (deal["方案类型"] == "定制开发" or deal["版本"] == "Enterprise" or chance.random() < 0.25):
            continue
        begun = working(deal["_closed"] + timedelta(days=chance.randint(5, 28)))
        if begun >= TODAY:
            continue
        effort = max(8, round(int(deal["合同额(元)"]) / 4200 * chance.lognormvariate(0, 0.35)))
        due = working(begun + timedelta(days=30 + round(effort * 0.9)))
        builder = chance.choices(BUILDERS, (28, 22, 20, 17, 13))[0]
        slip = int(chance.gauss({"李强": 3, "李国栋": 9, "贾鹏": 6, "许诺": 0, "任重": 16}[builder], 13))
        if (TODAY - due).days in range(1, 75) and chance.random() < 0.3:
            slip = 110
        live = working(due + timedelta(days=max(slip, -14)))
        taken = working(live + timedelta(days=chance.randint(10, 45)))
        done, passed = live < TODAY, taken < TODAY
        spent = effort * chance.uniform(0.78, 1.38) * (1 if done else min(1.0, max(0.1, (TODAY - begun).days / max(1, (live - begun).days))))
        rows.append(
            {
                "项目号": f"IMP-{begun:%y%m}-{len(rows) + 1:03d}",
                "商机号": deal["商机号"],
                "客户ID": deal["客户ID"],
                "实施经理": builder,
                "实施方式": chance.choices(("驻场", "远程", "混合"), (35, 40, 25))[0],
                "当前里程碑": "已验收" if passed else "已上线" if done else chance.choice(("启动", "蓝图设计", "配置开发", "UAT")),
                "启动日": styled(begun, "/"),
                "计划上线": styled(due, "/"),
                "实际上线": styled(live if done else None, "/"),
                "验收日": styled(taken if passed else None, "/"),
                "预算人天": effort,
                "已耗人天": "" if chance.random() < 0.03 else round(spent * 2) / 2,
                "实施费(元)": effort * 1800,
                "延期归因": chance.choices((*LATE, ""), (30, 24, 20, 12, 8, 6))[0] if (live - due).days > 5 and done else "",
                "_begun": begun,
                "_taken": taken if passed else None,
                "_customer": deal["_customer"],
            }
        )
    return rows


def invoices(chance: random.Random, subs: list[Row], projects: list[Row]) -> list[Row]:
    """What was invoiced, and what came in."""
    asked: list[tuple[date, Row, str, str, int]] = []
    for sub in subs:
        parts = {"年付": 1, "半年付": 2, "季付": 4}[sub["计费周期"]]
        for part in range(parts):
            day = sub["_begun"] + timedelta(days=round(365 / parts * part) + chance.randint(0, 12))
            asked.append((day, sub["_customer"], "订阅费", sub["订阅号"], round(sub["年费(元)"] / parts)))
    for project in projects:
        asked.append((project["_begun"] + timedelta(days=7), project["_customer"], "实施费", project["项目号"], round(project["实施费(元)"] * 0.4)))
        if project["_taken"]:
            asked.append((project["_taken"] + timedelta(days=5), project["_customer"], "实施费", project["项目号"], round(project["实施费(元)"] * 0.6)))
    for _ in range(40):
        sub = chance.choice(subs)
        day = sub["_begun"] + timedelta(days=chance.randint(20, 300))
        asked.append((day, sub["_customer"], "培训费", "", chance.choice((6000, 8000, 12000, 18000))))
    rows: list[Row] = []
    for day, customer, kind, number, amount in sorted(((working(each[0]), *each[1:]) for each in asked), key=lambda each: (each[0], each[3], each[4])):
        if day >= TODAY:
            continue
        term = {"KA": 60, "MM": 30, "SMB": 15}[customer["客户分层"]]
        due = day + timedelta(days=term)
        paid = working(day + timedelta(days=max(2, int(term + chance.gauss(2, 14)))))
        came = paid < TODAY and chance.random() < 0.95
        part = amount if chance.random() < 0.93 else round(amount * chance.choice((0.5, 0.6, 0.8)))
        rows.append(
            {
                "发票号": f"FP{day:%y}{len(rows) + 1:05d}",
                "客户ID": customer["客户ID"],
                "费用类别": kind,
                "关联单号": number,
                "开票日": styled(day, "-"),
                "价税合计(元)": f"{amount:,}.00",
                "税率": "6%",
                "票种": chance.choices(("专票", "普票"), (80, 20))[0],
                "应付款日": styled(due, "-"),
                "到账日": styled(paid if came else None, "-"),
                "到账额(元)": f"{part:,}.00" if came else "",
                "收款账户": chance.choice(("招行基本户", "招行基本户", "工行一般户")) if came else "",
            }
        )
    return rows


def requests(chance: random.Random, subs: list[Row]) -> list[Row]:
    """Service requests of customers with a subscription."""
    rows: list[Row] = []
    while len(rows) < 470:
        sub = chance.choice(subs)
        day = sub["_begun"] + timedelta(days=chance.randint(1, 360))
        if day >= TODAY or day > sub["_ended"]:
            continue
        stamp = datetime(day.year, day.month, day.day, chance.randint(8, 20), chance.randint(0, 59))
        urgency = chance.choices(list(TARGETS), (7, 22, 46, 25))[0]
        engineer = chance.choices((*ENGINEERS, ""), (27, 24, 20, 15, 11, 3))[0]
        slow = {"邓凯": 0.85, "袁芳": 1.5}.get(engineer, 1.0)
        first = max(1, round(TARGETS[urgency] * chance.lognormvariate(-0.75, 0.65) * slow))
        hours = round(chance.gammavariate(2, {"P1": 2.0, "P2": 5.0, "P3": 14.0, "P4": 30.0}[urgency]) + 0.3, 1)
        done = (TODAY - day).days > 6 or ((TODAY - day).days * 24 > hours + 24 and chance.random() < 0.6)
        state = "已关闭" if done and chance.random() < 0.97 else chance.choice(("处理中", "待客户反馈", "挂起"))
        rows.append(
            {
                "请求编号": "",
                "客户ID": sub["客户ID"],
                "产品线": sub["产品线"],
                "请求类别": chance.choices(("故障", "咨询", "需求", "权限开通", "账单"), (34, 30, 14, 14, 8))[0],
                "优先级": urgency,
                "提交时间": f"{stamp:%Y-%m-%d %H:%M}",
                "首响时长(分钟)": "" if chance.random() < 0.03 else first,
                "解决时长(小时)": hours if state == "已关闭" else "",
                "SLA": "达标" if first <= TARGETS[urgency] else "超时",
                "受理渠道": chance.choices(("企微", "电话", "邮件", "控制台"), (44, 20, 14, 22))[0],
                "受理工程师": engineer,
                "请求状态": state,
                "客户评分": chance.choices((5, 4, 3, 2, 1, ""), (36, 25, 10, 5, 3, 21))[0] if state == "已关闭" else "",
                "_stamp": stamp,
            }
        )
    rows.sort(key=lambda row: (row["_stamp"], row["客户ID"]))
    return [{**row, "请求编号": f"REQ{place:05d}"} for place, row in enumerate(rows, 1)]


def touches(chance: random.Random, register: list[Row]) -> list[Row]:
    """What the success managers did with their customers."""
    rows: list[Row] = []
    topics = ("续费沟通", "季度复盘QBR", "使用培训", "风险安抚", "增购挖掘")
    for customer in register:
        if not customer["_since"] or not customer["CSM"]:
            continue
        span = (TODAY - customer["_since"]).days
        for _ in range(min(14, round(span / 365 * {"KA": 6.5, "MM": 3.6, "SMB": 1.8}[customer["客户分层"]] * chance.uniform(0.4, 1.5)))):
            day = min(working(customer["_since"] + timedelta(days=chance.randint(3, max(4, span - 1)))), TODAY - timedelta(days=1))
            way = chance.choices(("上门拜访", "视频会议", "电话", "企微", "邮件"), (26, 22, 22, 20, 10))[0]
            mood = chance.gauss(customer["_mood"], 14)
            rows.append(
                {
                    "记录号": "",
                    "客户ID": customer["客户ID"],
                    "触达日": day,
                    "触达人": customer["CSM"] if chance.random() < 0.93 else chance.choice(KEEPERS),
                    "触达形式": way,
                    "主题": chance.choices(topics, (28, 20, 24, 12, 16))[0],
                    "沟通时长(分)": "" if way in ("企微", "邮件") else chance.randint(40, 180) if way == "上门拜访" else chance.randint(5, 75),
                    "NPS打分": max(0, min(10, round(mood / 9))) if chance.random() < 0.35 else "",
                    "客户情绪": "正向" if mood > 74 else "中性" if mood > 54 else "负向",
                    "下一步": chance.choice(("约下次会议", "发送方案", "等客户反馈", "提交产品需求", "")),
                }
            )
    rows.sort(key=lambda row: (row["触达日"], row["客户ID"]))
    return [{**row, "记录号": f"CS{place:05d}", "触达日": styled(row["触达日"], ". ")} for place, row in enumerate(rows, 1)]


def prospects(chance: random.Random, deals: list[Row]) -> list[Row]:
    """Leads from marketing: those that became opportunities, and those that didn't."""
    events: list[tuple[date, str, str]] = []
    day = date(2022, 11, 10)
    while day < TODAY - timedelta(days=4):
        kind, city = chance.choice(EVENTS), chance.choice(("上海", "杭州", "北京", "深圳", "成都"))
        form = FORMS[kind]
        events.append((day, f"{day:%y}年{day.month}月{kind}" + ("" if form == "线上直播" else f"·{city}站"), form))
        day = working(day + timedelta(days=chance.randint(22, 48)))
    rows: list[Row] = []
    for deal in deals:
        if deal["商机来源"] not in ("市场活动", "官网注册") or chance.random() < 0.12:
            continue
        created = deal["_created"]
        near = [event for event in events if 1 <= (created - event[0]).days <= 75]
        event = chance.choice(near) if near and deal["商机来源"] == "市场活动" else None
        got = event[0] + timedelta(days=chance.randint(0, 1)) if event else created - timedelta(days=chance.randint(3, 30))
        first = min(created, got + timedelta(days=min(chance.randint(0, 5), chance.randint(0, 9))))
        rows.append(lead(chance, (str(deal["_customer"]["签约主体"]), got, first), event, "已转商机", str(deal["商机号"])))
    for _ in range(215):
        event = chance.choice(events[2:]) if chance.random() < 0.85 else None
        got = event[0] + timedelta(days=chance.randint(0, 1)) if event else START + timedelta(days=chance.randint(0, (TODAY - START).days - 4))
        state = chance.choices(("未联系", "培育中", "无效"), (28, 38, 34) if (TODAY - got).days < 150 else (4, 34, 62))[0]
        reply = min(got + timedelta(days=int(chance.gammavariate(1.5, 2.6))), TODAY - timedelta(days=1))
        trade = chance.choice(list(TRADES))
        city = chance.choice(("上海", "杭州", "南京", "北京", "深圳", "广州", "成都", "武汉"))
        name = f"{city}{chance.choice(STEMS)}{chance.choice(('数智', '创新', '产业', '实业'))}{chance.choice(TRADES[trade])}"
        rows.append(lead(chance, (name, got, None if state == "未联系" else reply), event, state, ""))
    rows.sort(key=lambda row: (row["_got"], row["线索公司"]))
    return [{**row, "线索号": f"LD{place:05d}"} for place, row in enumerate(rows, 1)]


def lead(chance: random.Random, facts: tuple[str, date, date | None], event: tuple[date, str, str] | None, state: str, deal: str) -> Row:
    """One lead: its company, the days on which it came and was first called, its event, its state and its opportunity."""
    name, got, first = facts
    return {
        "线索号": "",
        "线索公司": name,
        "联系人职务": chance.choices(("IT经理", "CIO", "信息中心主任", "采购", "老板", ""), (30, 12, 18, 14, 16, 10))[0],
        "来源活动": event[1] if event else "",
        "活动形式": event[2] if event else "官网自助",
        "获取日期": styled(got, "/ "),
        "首次联系日": styled(first, "/ "),
        "线索评级": chance.choices(("A", "B", "C"), (45, 40, 15) if deal else (14, 40, 46))[0],
        "线索状态": state,
        "SDR": "" if state == "未联系" and chance.random() < 0.3 else chance.choices(CALLERS, (42, 33, 25))[0],
        "转化商机号": deal,
        "_got": got,
    }


def main() -> None:
    """Write all files."""
    chance = random.Random(SEED)  # noqa: S311
    EXPORT.mkdir(exist_ok=True)
    register = customers(chance)
    deals = opportunities(chance, register)
    sign(chance, register, deals)
    subs = subscriptions(chance, deals)
    projects = rollouts(chance, deals)
    write("客户主档", register)
    write("市场线索", prospects(chance, deals))
    write("商机台账", deals)
    write("订阅清单", subs)
    write("实施项目", projects)
    write("开票明细", invoices(chance, subs, projects))
    write("服务请求", requests(chance, subs))
    write("客户成功跟进", touches(chance, register))


if __name__ == "__main__":
    main()
