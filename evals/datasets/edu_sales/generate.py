"""Writes the invented CRM export of a company in Suzhou that sells learning software and trainings to schools, universities and companies.

Every name is made up. The same seed always writes the same files: ``python evals/datasets/edu_sales/generate.py``.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

Row = dict[str, str]
HERE = Path(__file__).parent / "export"
TODAY = date(2026, 3, 18)
FIRST = date(2023, 1, 9)
PICK = Random(20260318)  # noqa: S311  # invented data, nothing secret
OPEN = ("Qualified", "Demo Scheduled", "Trial Running", "Proposal Sent", "Contract Review", "On Hold")
CHANCE = {
    "Qualified": 10,
    "Demo Scheduled": 25,
    "Trial Running": 45,
    "Proposal Sent": 60,
    "Contract Review": 85,
    "On Hold": 5,
    "Closed Won": 100,
    "Closed Lost": 0,
}

FORECAST = {"Closed Won": "Closed", "Closed Lost": "Omitted", "Contract Review": "Commit", "Proposal Sent": "Best Case"}
# id, full name, English name, job role, team, office, manager, start date, annual quota, status
TEAM = [
    ("XQ001", "陆正明", "Leo Lu", "Sales Director", "Management", "苏州", "", "2016-05-03", "", "Active"),
    ("XQ004", "顾雨晴", "Grace Gu", "Sales Manager", "School Team", "苏州", "陆正明", "2017-09-11", "1,500,000", "Active"),
    ("XQ007", "周恺", "Kevin Zhou", "Account Executive", "School Team", "苏州", "顾雨晴", "2019-03-18", "2,000,000", "Active"),
    ("XQ011", "沈佳怡", "Joyce Shen", "Account Executive", "School Team", "上海", "顾雨晴", "2020-07-06", "2,000,000", "Active"),
    ("XQ015", "马天宇", "Tony Ma", "Account Executive", "School Team", "成都", "顾雨晴", "2021-04-12", "1,600,000", "Active"),
    ("XQ023", "程诺", "Nora Cheng", "Account Executive", "School Team", "苏州", "顾雨晴", "2024-02-26", "1,200,000", "Active"),
    ("XQ005", "韩立群", "Henry Han", "Sales Manager", "Higher-Ed Team", "上海", "陆正明", "2018-01-15", "1,800,000", "Active"),
    ("XQ009", "吴凯文", "Kevin Wu", "Account Executive", "Higher-Ed Team", "上海", "韩立群", "2019-10-21", "2,400,000", "Active"),
    ("XQ013", "林晓棠", "Cherry Lin", "Account Executive", "Higher-Ed Team", "苏州", "韩立群", "2020-11-02", "2,200,000", "Active"),
    ("XQ018", "罗一鸣", "Eric Luo", "Account Executive", "Higher-Ed Team", "深圳", "韩立群", "2022-06-20", "1,800,000", "Left"),
    ("XQ006", "方婷", "Tina Fang", "Sales Manager", "Corporate Team", "苏州", "陆正明", "2018-08-27", "1,500,000", "Active"),
    ("XQ012", "蒋博文", "Bowen Jiang", "Account Executive", "Corporate Team", "苏州", "方婷", "2020-09-14", "1,800,000", "Active"),
    ("XQ020", "贺思远", "Sean He", "Account Executive", "Corporate Team", "深圳", "方婷", "2023-03-06", "1,500,000", "Active"),
    ("XQ008", "许文静", "Wendy Xu", "CS Manager", "Customer Success", "苏州", "陆正明", "2019-06-03", "", "Active"),
    ("XQ014", "苗圃", "Mia Miao", "Customer Success Manager", "Customer Success", "苏州", "许文静", "2021-01-11", "", "Active"),
    ("XQ017", "郑可欣", "Coco Zheng", "Customer Success Manager", "Customer Success", "上海", "许文静", "2022-03-14", "", "Active"),
    ("XQ024", "田野", "Tim Tian", "Customer Success Manager", "Customer Success", "苏州", "许文静", "2024-05-20", "", "Active"),
    ("XQ010", "范志强", "Frank Fan", "Support Lead", "Support", "苏州", "许文静", "2020-02-17", "", "Active"),
    ("XQ016", "邱月", "Yuki Qiu", "Support Engineer", "Support", "苏州", "范志强", "2021-08-30", "", "Active"),
    ("XQ019", "毛晨", "Mao Chen", "Support Engineer", "Support", "成都", "范志强", "2022-10-10", "", "Active"),
    ("XQ025", "董小雨", "Rainy Dong", "Support Engineer", "Support", "苏州", "范志强", "2025-01-06", "", "Active"),
    ("XQ021", "裴安", "Ann Pei", "Presales Consultant", "Presales", "苏州", "陆正明", "2023-05-08", "", "Active"),
]
SELLERS = {
    "School Team": (("周恺", 5), ("沈佳怡", 4), ("马天宇", 3), ("程诺", 2), ("顾雨晴", 1)),
    "Higher-Ed Team": (("吴凯文", 4), ("林晓棠", 5), ("罗一鸣", 2), ("韩立群", 1)),
    "Corporate Team": (("蒋博文", 4), ("贺思远", 3), ("方婷", 1)),
}
SKILL = {"周恺": 0.06, "沈佳怡": 0.02, "马天宇": -0.09, "程诺": -0.03, "林晓棠": 0.11, "吴凯文": -0.02, "罗一鸣": -0.13, "蒋博文": 0.04, "贺思远": -0.05}
CARERS = ("苗圃", "郑可欣", "田野")
AGENTS = ("范志强", "邱月", "邱月", "毛晨", "毛晨", "董小雨")
TYPES = {"Public School": "School Team", "Private School": "School Team", "Education Bureau": "School Team", "University": "Higher-Ed Team"}
TYPES |= {"Vocational College": "Higher-Ed Team", "Company": "Corporate Team"}
PLACES = (
    ("江苏", ("苏州", "苏州", "南京", "无锡", "常州", "南通")),
    ("上海", ("上海",)),
    ("浙江", ("杭州", "宁波", "嘉兴")),
    ("广东", ("深圳", "广州", "东莞")),
    ("四川", ("成都", "绵阳")),
    ("安徽", ("合肥", "芜湖")),
    ("山东", ("青岛", "济南")),
)
# name, line, list price of a seat per year, the institution types that buy it
PRODUCTS = {
    "课堂云 Classroom Cloud": ("Software", 62, ("Public School", "Private School", "Education Bureau")),
    "ExamPro 考务系统": ("Software", 38, ("University", "Vocational College", "Public School")),
    "TutorBot AI助教": ("Software", 85, ("Private School", "University", "Vocational College", "Public School")),
    "企业学院 StaffSkill": ("Software", 210, ("Company",)),
    "校务数据驾驶舱": ("Software", 0, ("Education Bureau", "University", "Vocational College")),
    "教师数字素养培训": ("Training", 0, ("Public School", "Private School", "Education Bureau", "Vocational College")),
    "Manager Bootcamp": ("Training", 0, ("Company",)),
    "AI应用工作坊": ("Training", 0, ("Company", "University")),
}
SHORT = {"课堂云 Classroom Cloud": "课堂云", "ExamPro 考务系统": "ExamPro", "TutorBot AI助教": "TutorBot", "企业学院 StaffSkill": "StaffSkill"}
WORDS = [
    "青禾",
    "博雅",
    "枫林",
    "明德",
    "启航",
    "文澜",
    "星河",
    "致远",
    "白鹭",
    "望亭",
    "崇文",
    "金穗",
    "育才",
    "长洲",
    "思贤",
    "海棠",
    "云麓",
    "松泉",
    "景行",
    "润德",
    "同泽",
    "敬业",
    "立新",
    "蓝湾",
    "芳华",
    "知行",
]
FIRMS = [
    "恒越精密",
    "澜创电子",
    "德铭医疗器械",
    "禾木家居",
    "远景半导体",
    "捷力物流",
    "云脉生物",
    "博川机电",
    "嘉瑞食品",
    "新翼汽车零部件",
    "天启软件",
    "普安保险经纪",
    "华屿酒店管理",
    "万汇零售",
]
FOREIGN: tuple[tuple[str, str, str, str], ...] = (
    ("Maple Bridge International School", "Private School", "江苏", "苏州"),
    ("Harbour Lane Bilingual School", "Private School", "上海", "上海"),
)
FOREIGN += (("BlueRiver Components (China)", "Company", "江苏", "苏州"), ("Nordvik Medical Suzhou", "Company", "江苏", "苏州"))
FOREIGN += (("Westfield Academy Shenzhen", "Private School", "广东", "深圳"), ("Helio Robotics", "Company", "上海", "上海"))
ENDINGS: dict[str, tuple[str, ...]] = {
    "Public School": ("中学", "小学", "高级中学", "实验小学"),
    "Private School": ("外国语学校", "国际学校", "双语学校", "实验学校"),
}
ENDINGS |= {"University": ("大学", "理工大学", "师范大学", "财经大学"), "Vocational College": ("职业技术学院", "高等专科学校", "工业职业学院")}
LOSS = ("预算被砍", "价格太高", "选了竞品", "项目延期", "功能不匹配", "对接人离职", "招标未中")
RIVALS = ("希沃", "超星", "钉钉教育", "Moodle", "云学堂", "智慧树", "学堂在线")
SOURCES = ("官网注册", "教育装备展", "Referral", "电话开发", "渠道伙伴", "Webinar")
ROUTES = ("公开招标", "竞争性磋商", "单一来源", "Direct Purchase")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马梁宋唐许邓冯曹彭曾肖田"
GIVEN = [
    "芳",
    "伟",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "洋",
    "艳",
    "勇",
    "军",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "霞",
    "平",
    "刚",
    "建华",
    "文博",
    "雪梅",
    "子涵",
    "国栋",
    "志远",
    "晓燕",
    "海燕",
    "玉兰",
    "振宇",
]
TITLES = {
    "School Team": ("校长", "副校长", "信息中心主任", "教务主任", "电教组长", "总务主任"),
    "Higher-Ed Team": ("教务处处长", "信息化办公室主任", "实验室主任"),
}
TITLES["Higher-Ed Team"] += ("资产处科长", "二级学院院长")
TITLES["Corporate Team"] = ("HRD", "培训经理", "Learning & Development Manager", "IT 经理", "采购主管", "总经理")
SUBJECTS = {
    "Call": ("回访试用情况", "确认预算进度", "约演示时间", "催合同盖章", "价格沟通"),
    "Email": ("发送报价单", "发送方案 PPT", "Follow-up after demo", "发票信息确认", "Renewal reminder"),
    "Meeting": ("线上方案沟通会", "季度复盘", "合同条款讨论", "Kick-off"),
    "On-site Visit": ("到校拜访校长", "上门调研需求", "现场培训", "节前走访"),
    "Demo": ("产品演示", "AI助教功能演示", "给教研组演示"),
    "WeChat": ("微信跟进", "发朋友案例", "确认上线时间", "节日问候"),
}
TROUBLES = {
    "登录与账号": ("老师无法登录", "批量开通账号", "忘记管理员密码", "SSO 登录报错"),
    "数据导入": ("学生名单导入失败", "成绩表格式不对", "Import stuck at 80%"),
    "视频与直播": ("直播卡顿", "录播无法回放", "App 没有声音"),
    "账单与发票": ("发票抬头修改", "续费金额有疑问"),
    "功能建议": ("希望增加家长端", "Export to Excel", "自定义报表"),
    "系统故障": ("页面打不开", "考试中途掉线", "AI助教没有响应"),
}


def main() -> None:
    """Writes all files."""
    places = institutions()
    contacts = people(places)
    deals, subscriptions = selling(places, contacts)
    tickets = support(places, subscriptions)
    activities = work(places, contacts, deals, subscriptions)
    settle(places, deals, subscriptions)
    HERE.mkdir(exist_ok=True)
    save("institutions", places)
    save("contacts", contacts)
    save("deals", deals)
    save("subscriptions", subscriptions)
    save("support_tickets", tickets)
    save("activities", activities)
    heads = ("Employee ID", "Full Name", "English Name", "Job Role", "Team", "Office", "Manager", "Start Date", "Annual Quota", "Status")
    save("team", [dict(zip(heads, person, strict=True)) for person in TEAM])


def save(name: str, rows: list[Row]) -> None:
    """Writes one file as the CRM does: UTF-8 with a mark, helper columns (they begin with _) left out."""
    with (HERE / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [column for column in rows[0] if not column.startswith("_")], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def institutions() -> list[Row]:
    """The accounts."""
    found: dict[str, tuple[str, str, str]] = {name: (kind, province, city) for name, kind, province, city in FOREIGN}
    found["南京博雅中学"], found["南京博雅实验学校"] = ("Public School", "江苏", "南京"), ("Private School", "江苏", "南京")
    for name in FIRMS:
        province, city = place()
        found[f"{city}{name}有限公司"] = ("Company", province, city)
    for city in ("苏州市吴楚区", "无锡市滨河区", "嘉兴市南溪区", "绵阳市涪东区", "芜湖市镜湖湾区", "青岛市海岬区", "东莞市松岭镇"):
        province = next(name for name, cities in PLACES if city[:2] in cities)
        found[f"{city}教育局"] = ("Education Bureau", province, city[:2])
    while len(found) < 146:
        kind = PICK.choices(list(ENDINGS), (48, 26, 20, 22))[0]
        province, city = place()
        found.setdefault(f"{city}{PICK.choice(WORDS)}{PICK.choice(ENDINGS[kind])}", (kind, province, city))
    rows: list[Row] = []
    for name, (kind, province, city) in sorted(found.items(), key=lambda _: PICK.random()):
        students = {"Public School": (600, 3200), "Private School": (400, 2400), "University": (9000, 32000), "Vocational College": (4000, 14000)}.get(kind)
        tier = PICK.choices(("Key", "Standard", "Small"), (5, 10, 7) if kind not in ("University", "Education Bureau") else (6, 5, 1))[0]
        rows.append(
            {
                "Institution ID": str(40018200 + len(rows) * 17 + PICK.randrange(9)),
                "Institution Name": name,
                "Institution Type": kind,
                "Province": province,
                "City": city,
                "Number of Students": str(PICK.randrange(*students) // 10 * 10) if students and PICK.random() < 0.93 else "",
                "Account Tier": tier,
                "Lifecycle Stage": "",
                "Account Owner": seller(TYPES[kind]),
                "Sales Channel": PICK.choices(("Direct", "渠道代理"), (7, 3))[0],
                "Health Score": "",
                "Last Business Review": "",
                "Created Date": "",
            }
        )
    return rows


def place() -> tuple[str, str]:
    """A province and one of its cities."""
    province, cities = PICK.choices(PLACES, (40, 16, 14, 10, 8, 7, 6))[0]
    return province, PICK.choice(cities)


def seller(team: str) -> str:
    """One who sells in a team."""
    names, weights = zip(*SELLERS[team], strict=True)
    return str(PICK.choices(names, weights)[0])


def people(places: list[Row]) -> list[Row]:
    """The contacts, two to four of each institution; some share a name."""
    rows: list[Row] = []
    for at in places:
        for _ in range(PICK.choice((1, 2, 2, 3, 3))):
            name = PICK.choice(SURNAMES) + PICK.choice(GIVEN)
            rows.append(
                {
                    "Contact ID": str(701220015 + len(rows) * 31 + PICK.randrange(20)),
                    "Full Name": name,
                    "Job Title": PICK.choice(TITLES[TYPES[at["Institution Type"]]]),
                    "Institution ID": at["Institution ID"],
                    "Institution Name": at["Institution Name"],
                    "Buying Role": PICK.choices(("Decision Maker", "Influencer", "End User", "Gatekeeper", ""), (4, 5, 4, 2, 1))[0],
                    "Email": f"user{PICK.randrange(1000, 9999)}@edu{len(rows) % 87}.example" if PICK.random() < 0.8 else "",
                    "Mobile": f"13{PICK.randrange(10**8, 10**9)}" if PICK.random() < 0.9 else "",
                    "WeChat Added": PICK.choices(("Yes", "No"), (7, 3))[0],
                    "Email Opt-Out": PICK.choices(("No", "Yes"), (9, 1))[0],
                    "Last Contacted": "",
                    "Created Date": workday(TODAY - timedelta(days=PICK.randrange(5, 1250))).isoformat(),
                }
            )
    return rows


def selling(places: list[Row], contacts: list[Row]) -> tuple[list[Row], list[Row]]:
    """Deals, and the subscriptions that come of them and are renewed by further deals."""
    deals: list[Row] = []
    subscriptions: list[Row] = []
    favour = [PICK.choice((1, 2, 2, 3, 5)) for _ in places]
    days = sorted(int((PICK.random() ** 0.8) * (TODAY - FIRST).days) for _ in range(430))
    for begun in (FIRST + timedelta(days=gone) for gone in days):
        at = PICK.choices(places, favour)[0]
        begun += timedelta(days=(7 - begun.weekday()) if begun.weekday() > 4 else 0)
        if begun >= TODAY:
            continue
        product = PICK.choice([name for name, (_, _, kinds) in PRODUCTS.items() if at["Institution Type"] in kinds])
        if product.startswith("TutorBot") and begun < date(2024, 6, 3):
            product = "课堂云 Classroom Cloud" if TYPES[at["Institution Type"]] == "School Team" else "ExamPro 考务系统"
        owned = any(sub["Institution ID"] == at["Institution ID"] and sub["_start"] < begun.isoformat() for sub in subscriptions)
        kind = "Expansion" if owned and PICK.random() < 0.7 else "New Business"
        deal(at, contacts, deals, subscriptions, product, kind, begun, None)
    deals.sort(key=lambda row: row["Created Date"])
    subscriptions.sort(key=lambda row: row["_start"])
    for place, row in enumerate(deals):
        row["Deal ID"] = str(1384720417 + place * 913 + PICK.randrange(600))
    for place, row in enumerate(subscriptions):
        row["Subscription ID"] = f"SUB-{row['_start'][:4]}-{place + 101:04d}"
    seen: dict[str, int] = {}
    for row in deals:
        name = row["Deal Name"]
        seen[name] = seen.get(name, 0) + 1
        row["Deal Name"] = f"{name} ({seen[name]})" if seen[name] > 1 else name
    for sub in subscriptions:
        sub["Deal ID"] = next(row["Deal ID"] for row in deals if row["_key"] == sub["_deal"])
    return deals, subscriptions


def deal(at: Row, contacts: list[Row], deals: list[Row], subs: list[Row], product: str, kind: str, begun: date, before: Row | None) -> None:
    """One deal with all that follows from it."""
    line, price, _ = PRODUCTS[product]
    team = TYPES[at["Institution Type"]]
    owner = at["Account Owner"] if PICK.random() < 0.85 else seller(team)
    if owner == "程诺" and begun < date(2024, 3, 1):
        owner = "周恺"
    if owner == "贺思远" and begun < date(2023, 3, 6):
        owner = "蒋博文"
    if owner == "罗一鸣" and begun > date(2025, 11, 28):
        owner = "吴凯文"
    chance = 0.46 + SKILL.get(owner, 0) + (0.38 if kind == "Renewal" else 0.14 if kind == "Expansion" else 0)
    chance += {"Education Bureau": -0.12, "University": -0.06, "Company": 0.05, "Private School": 0.08}.get(at["Institution Type"], 0)
    length = int(PICK.gauss(75, 30)) if kind == "Renewal" else int(PICK.lognormvariate(4.5, 0.5))
    length = max(9, length + (45 if at["Institution Type"] in ("University", "Education Bureau") and kind != "Renewal" else 0))
    promised = begun + timedelta(days=max(14, int(length * PICK.uniform(0.7, 1.3)) // 5 * 5))
    closed = begun + timedelta(days=length)
    closed -= timedelta(days=max(0, closed.weekday() - 4))
    done = closed <= TODAY and PICK.random() < 0.965
    won = done and PICK.random() < chance
    stage = "Closed Won" if won else "Closed Lost" if done else PICK.choices(OPEN, (5, 5, 5, 6, 4, 2))[0]
    seats = PICK.choice((100, 150, 200, 300, 300, 500, 600, 800, 1000, 1200, 1500)) if price else 0
    if team == "Corporate Team" and price:
        seats = PICK.choice((50, 80, 100, 150, 200, 300, 400))
    if team == "Higher-Ed Team" and price:
        seats *= 3
    discount = PICK.choices((0, 5, 10, 15, 20, 30), (4, 4, 5, 3, 3, 1))[0]
    value = seats * price * (100 - discount) / 100 if price else PICK.randrange(30, 320) * (1000 if line == "Software" else 500)
    if before:
        seats = int(int(before["Seats"]) * PICK.choice((0.8, 1, 1, 1, 1.1, 1.25, 1.5))) if before["Seats"] else 0
        value = float(before["Annual Fee"]) * (seats / int(before["Seats"]) if seats else PICK.choice((0.95, 1, 1.05)))
    value = max(3000, round(value / 50) * 50)
    months = PICK.choices((12, 24, 36), (7, 2, 1))[0] if line == "Software" else None
    main_contact = PICK.choice([row["Contact ID"] for row in contacts if row["Institution ID"] == at["Institution ID"]])
    lost = stage == "Closed Lost"
    reason = PICK.choices(LOSS, (5, 4, 5, 3, 2, 2, 2))[0] if lost and PICK.random() < 0.93 else ""
    name = f"{at['Institution Name'].removesuffix('有限公司')} {SHORT.get(product, product)} {'续约 ' if kind == 'Renewal' else ''}{begun.year}"
    row = {
        "Deal ID": "",
        "Deal Name": name,
        "Institution ID": at["Institution ID"],
        "Institution Name": at["Institution Name"],
        "Deal Stage": stage,
        "Deal Type": kind,
        "Product": product,
        "Product Line": line,
        "Seats": str(seats or ""),
        "Annual Value": "" if stage in ("Qualified", "On Hold") and PICK.random() < 0.2 else f"{value:,.2f}",
        "Discount (%)": "" if before or not price else str(discount),
        "Contract Term (Months)": str(months or ""),
        "Win Probability": f"{CHANCE[stage]}%",
        "Forecast Category": FORECAST.get(stage, "Pipeline"),
        "Deal Owner": owner,
        "Main Contact ID": main_contact if PICK.random() < 0.92 else "",
        "Lead Source": "" if before else PICK.choice(SOURCES),
        "Purchase Route": PICK.choices(ROUTES, (1, 1, 1, 7) if team == "Corporate Team" else (6, 4, 3, 4))[0],
        "Budget Approved": "Yes" if won or PICK.random() < 0.4 else "No",
        "Competitor": PICK.choice(RIVALS) if reason == "选了竞品" or PICK.random() < 0.5 else "",
        "Loss Reason": reason,
        "Created Date": begun.isoformat(),
        "Expected Signing": promised.isoformat() if done or PICK.random() < 0.3 else (TODAY + timedelta(days=PICK.randrange(-25, 130))).isoformat(),
        "Closed Date": closed.isoformat() if done else "",
        "_key": str(len(deals)),
    }
    deals.append(row)
    if not won or months is None:
        return
    start = date.fromisoformat(before["_end"]) + timedelta(days=1) if before else closed + timedelta(days=PICK.randrange(5, 40))
    end = later(start, months)
    subscribe(at, contacts, deals, subs, row, start, end, seats, value)


def subscribe(at: Row, contacts: list[Row], deals: list[Row], subs: list[Row], row: Row, start: date, end: date, seats: int, value: float) -> None:
    """The subscription that a won deal begins, and its renewal."""
    cancelled = start + timedelta(days=PICK.randrange(60, 300)) if PICK.random() < 0.06 else None
    cancelled = cancelled if cancelled and cancelled < min(TODAY, end) else None
    status = "Cancelled" if cancelled else "Pending Start" if start > TODAY else "Expired" if end < TODAY else "Active"
    used = int(seats * min(1.18, max(0.12, PICK.gauss(0.72, 0.24)))) if seats and start <= TODAY and PICK.random() < 0.95 else None
    sub = {
        "Subscription ID": "",
        "Institution ID": at["Institution ID"],
        "Institution Name": at["Institution Name"],
        "Deal ID": "",
        "Product": row["Product"],
        "Start Date": slashed(start),
        "End Date": slashed(end),
        "Seats": str(seats or ""),
        "Active Seats": "" if used is None else str(used),
        "Annual Fee": str(int(value)),
        "Status": status,
        "Auto-Renewal": PICK.choices(("Yes", "No"), (4, 6))[0],
        "Cancelled On": slashed(cancelled) if cancelled else "",
        "Cancel Reason": PICK.choice(("使用率低", "预算收紧", "换用竞品", "服务不满意")) if cancelled else "",
        "Customer Success Manager": CARERS[int(at["Institution ID"]) % 3] if PICK.random() < 0.93 else "",
        "_deal": row["_key"],
        "_start": start.isoformat(),
        "_end": end.isoformat(),
    }
    subs.append(sub)
    begun = end - timedelta(days=PICK.randrange(50, 100))
    if not cancelled and begun < TODAY and PICK.random() < 0.9:
        deal(at, contacts, deals, subs, row["Product"], "Renewal", begun, sub)


def later(start: date, months: int) -> date:
    """The last day of a span of months."""
    place = start.month - 1 + months
    return date(start.year + place // 12, place % 12 + 1, min(start.day, 28)) - timedelta(days=1)


def slashed(day: date) -> str:
    """A day as spreadsheets show it."""
    return f"{day.year}/{day.month}/{day.day}"


def minute(day: date, hour: int | None = None) -> datetime:
    """A moment in the working hours of a day."""
    return datetime(day.year, day.month, day.day, PICK.randrange(8, 18) if hour is None else hour, PICK.randrange(60))


def support(places: list[Row], subs: list[Row]) -> list[Row]:
    """The tickets of customers while they subscribe."""
    moments: list[tuple[datetime, Row]] = []
    for sub in subs:
        start, end = date.fromisoformat(sub["_start"]), min(date.fromisoformat(sub["_end"]), TODAY)
        for _ in range(PICK.choice((0, 1, 2, 3, 4, 5, 7)) if start < end else 0):
            moments.append((minute(start + timedelta(days=PICK.randrange((end - start).days))), sub))
    rows: list[Row] = []
    for opened, sub in sorted(moments, key=lambda held: held[0]):
        category = PICK.choices(list(TROUBLES), (6, 4, 4, 2, 3, 3))[0]
        priority = PICK.choices(("Urgent", "High", "Normal", "Low"), (6, 4, 3, 0) if category == "系统故障" else (1, 3, 8, 4))[0]
        agent = PICK.choice([name for name in AGENTS if name != "董小雨" or opened.year > 2024])
        hours = {"Urgent": 1.1, "High": 3.5, "Normal": 9.0, "Low": 22.0}[priority] * PICK.lognormvariate(0, 0.8) * (1.5 if agent == "毛晨" else 1)
        replied = opened + timedelta(minutes=int(hours * 60) + 2)
        solved = replied + timedelta(minutes=int(hours * PICK.uniform(0.5, 12) * 60) + 15)
        now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0)
        age = (now - opened).days
        status = "Closed" if age > 45 or PICK.random() < 0.2 else "Solved" if PICK.random() < 0.6 else PICK.choice(("Open", "Waiting on Customer"))
        status = PICK.choice(("Open", "Waiting on Customer")) if solved > now else status
        done = status in ("Closed", "Solved")
        score = PICK.choices((5, 4, 3, 2, 1), (10, 8, 4, 2, 1) if hours < 10 else (4, 6, 6, 4, 3))[0]
        rows.append(
            {
                "Ticket ID": f"T-{10233 + len(rows)}",
                "Institution ID": sub["Institution ID"],
                "Institution Name": sub["Institution Name"],
                "Subscription ID": sub["Subscription ID"],
                "Product": sub["Product"],
                "Subject": PICK.choice(TROUBLES[category]),
                "Category": category,
                "Priority": priority,
                "Channel": PICK.choice(("微信", "Phone", "Email", "In-App")),
                "Support Agent": agent,
                "Ticket Status": status,
                "Opened At": f"{opened:%Y-%m-%d %H:%M}",
                "First Reply At": f"{replied:%Y-%m-%d %H:%M}" if replied <= now and (done or status != "Open" or PICK.random() < 0.5) else "",
                "Solved At": f"{solved:%Y-%m-%d %H:%M}" if done else "",
                "Times Reopened": str(PICK.choices((0, 1, 2), (85, 12, 3))[0]) if done else "0",
                "Satisfaction Score": str(score) if done and PICK.random() < 0.55 else "",
            }
        )
    return rows


def work(places: list[Row], contacts: list[Row], deals: list[Row], subs: list[Row]) -> list[Row]:
    """What was done with the institutions."""
    planned: list[tuple[datetime, str, str, str, str]] = []
    for row in deals:
        begun = date.fromisoformat(row["Created Date"])
        last = date.fromisoformat(row["Closed Date"]) if row["Closed Date"] else TODAY - timedelta(days=PICK.choice((1, 4, 12, 30, 55)))
        for _ in range(PICK.choice((0, 1, 2, 3, 4, 5))):
            day = begun + timedelta(days=PICK.randrange(max(1, (last - begun).days)))
            kind = PICK.choices(list(SUBJECTS), (7, 5, 4, 4, 3, 5))[0]
            planned.append((minute(workday(day)), row["Institution ID"], row["Deal ID"], row["Deal Owner"], kind))
    for sub in subs:
        start, end = date.fromisoformat(sub["_start"]), min(date.fromisoformat(sub["_end"]), TODAY - timedelta(days=1))
        for _ in range(PICK.choice((0, 1, 2, 3)) if start < end else 0):
            day = start + timedelta(days=PICK.randrange((end - start).days))
            kind = PICK.choices(list(SUBJECTS), (4, 4, 4, 2, 0, 5))[0]
            planned.append((minute(workday(day)), sub["Institution ID"], "", sub["Customer Success Manager"] or "许文静", kind))
    rows: list[Row] = []
    for moment, at, number, owner, kind in sorted(planned):
        met = PICK.choice([row for row in contacts if row["Institution ID"] == at])
        span = {"Call": (3, 30), "Meeting": (30, 90), "On-site Visit": (60, 240), "Demo": (30, 90)}.get(kind)
        result = PICK.choices(("Connected", "No Answer", "Left Message"), (6, 3, 1))[0] if kind == "Call" else ""
        result = PICK.choices(("Positive", "Neutral", "Negative"), (5, 4, 1))[0] if kind in ("Meeting", "On-site Visit", "Demo") else result
        ahead = workday(moment.date() + timedelta(days=PICK.randrange(3, 22)))
        rows.append(
            {
                "Activity ID": str(6620014 + len(rows) * 7 + PICK.randrange(6)),
                "Activity Type": kind,
                "Activity Date": f"{moment:%Y-%m-%d %H:%M}",
                "Institution ID": at,
                "Deal ID": number,
                "Contact ID": met["Contact ID"] if PICK.random() < 0.85 else "",
                "Done By": owner,
                "Subject": PICK.choice(SUBJECTS[kind]),
                "Duration (Minutes)": str(PICK.randrange(*span)) if span and result != "No Answer" else "",
                "Outcome": result,
                "Next Step Due": ahead.isoformat() if PICK.random() < 0.4 else "",
            }
        )
        if rows[-1]["Contact ID"]:
            met["Last Contacted"] = moment.date().isoformat()
    return rows


def workday(day: date) -> date:
    """The day, or the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def settle(places: list[Row], deals: list[Row], subs: list[Row]) -> None:
    """What follows for the institutions and contacts: lifecycle, health, dates."""
    for at in places:
        mine = [row for row in deals if row["Institution ID"] == at["Institution ID"]]
        states = [sub["Status"] for sub in subs if sub["Institution ID"] == at["Institution ID"]]
        recent = any(row["Deal Stage"] == "Closed Won" and row["Closed Date"] > "2025-03-18" for row in mine)
        bought = any(row["Deal Stage"] == "Closed Won" for row in mine)
        at["Lifecycle Stage"] = "Customer" if "Active" in states or "Pending Start" in states or recent else "Former Customer" if bought else "Prospect"
        begun = min([date.fromisoformat(row["Created Date"]) for row in mine] + [date(2025, 6, 2)])
        at["Created Date"] = (begun - timedelta(days=PICK.randrange(1, 120))).isoformat()
        if at["Lifecycle Stage"] == "Customer":
            at["Health Score"] = str(min(98, max(21, int(PICK.gauss(71, 17)))))
            if PICK.random() < 0.6:
                at["Last Business Review"] = workday(TODAY - timedelta(days=PICK.randrange(8, 330))).isoformat()


if __name__ == "__main__":
    main()
