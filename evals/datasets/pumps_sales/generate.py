"""Writes the export of an invented maker of pumps and valves: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20250618
TODAY = date(2025, 6, 18)
START = date(2023, 1, 3)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

REGIONS = {"华东": ("江苏", "浙江", "上海", "山东"), "华北": ("河北", "天津", "山西"), "西南": ("四川", "重庆", "云南"), "华南": ("广东", "福建", "广西")}
CITIES = {
    "江苏": ("苏州", "无锡", "盐城"),
    "浙江": ("宁波", "绍兴"),
    "上海": ("上海",),
    "山东": ("淄博", "烟台", "东营"),
    "河北": ("唐山", "沧州"),
    "天津": ("天津",),
    "山西": ("太原", "大同"),
    "四川": ("成都", "绵阳"),
    "重庆": ("重庆",),
    "云南": ("昆明",),
    "广东": ("佛山", "惠州", "湛江"),
    "福建": ("泉州", "厦门"),
    "广西": ("柳州",),
}
PEOPLE = (
    ("P001", "郑国梁", "销售管理部", "销售总监", "总部", "2012-03-01", "", ""),
    ("P002", "沈婉清", "华东大区", "大区经理", "华东", "2014-07-15", "郑国梁", "2600"),
    ("P003", "韩立新", "华北大区", "大区经理", "华北", "2015-09-01", "郑国梁", "1800"),
    ("P004", "罗启明", "西南大区", "大区经理", "西南", "2016-04-11", "郑国梁", "1500"),
    ("P005", "林嘉怡", "华南大区", "大区经理", "华南", "2017-02-20", "郑国梁", "1900"),
    ("P006", "顾晓峰", "华东大区", "销售工程师", "华东", "2018-05-07", "沈婉清", "1200"),
    ("P007", "王磊", "华东大区", "销售工程师", "华东", "2019-03-18", "沈婉清", "950"),
    ("P008", "钱思远", "华东大区", "销售工程师", "华东", "2020-08-03", "沈婉清", "900"),
    ("P009", "陆佩佩", "华东大区", "销售工程师", "华东", "2022-06-27", "沈婉清", "700"),
    ("P010", "赵铁柱", "华北大区", "销售工程师", "华北", "2017-11-13", "韩立新", "1000"),
    ("P011", "冯雅楠", "华北大区", "销售工程师", "华北", "2021-04-06", "韩立新", "750"),
    ("P012", "石浩然", "华北大区", "销售工程师", "华北", "2023-02-13", "韩立新", "500"),
    ("P013", "蒋小川", "西南大区", "销售工程师", "西南", "2019-10-08", "罗启明", "800"),
    ("P014", "杜鹃", "西南大区", "销售工程师", "西南", "2021-09-22", "罗启明", "650"),
    ("P015", "王磊", "西南大区", "销售工程师", "西南", "2022-11-01", "罗启明", "600"),
    ("P016", "黄志强", "华南大区", "销售工程师", "华南", "2018-01-08", "林嘉怡", "1100"),
    ("P017", "欧阳雪", "华南大区", "销售工程师", "华南", "2020-05-25", "林嘉怡", "850"),
    ("P018", "梁家豪", "华南大区", "销售工程师", "华南", "2024-03-04", "林嘉怡", "400"),
    ("P019", "张建军", "售后服务部", "维修工程师", "总部", "2013-06-17", "潘永福", ""),
    ("P020", "张晓东", "售后服务部", "维修工程师", "总部", "2019-07-01", "潘永福", ""),
    ("P021", "何文斌", "售后服务部", "维修工程师", "总部", "2020-12-14", "潘永福", ""),
    ("P022", "潘永福", "售后服务部", "售后主管", "总部", "2011-10-10", "郑国梁", ""),
    ("P023", "谢丹丹", "质检中心", "试验员", "总部", "2016-08-29", "郑国梁", ""),
    ("P024", "吕方", "质检中心", "试验员", "总部", "2021-01-11", "谢丹丹", ""),
)
PRODUCTS = (
    ("WL-1001", "单级离心泵 IS80", "离心泵", "铸铁", 8600, 20, 60, 32),
    ("WL-1002", "单级离心泵 IS125", "离心泵", "铸铁", 14800, 25, 160, 38),
    ("WL-1003", "双吸中开泵 SH300", "离心泵", "球墨铸铁", 96000, 60, 790, 45),
    ("WL-1004", "立式不锈钢多级泵 VMS32", "多级泵", "304不锈钢", 27500, 30, 32, 120),
    ("WL-1005", "卧式不锈钢多级泵 HMS20", "多级泵", "304不锈钢", 23800, 30, 20, 95),
    ("WL-1006", "锅炉给水泵 DG85", "多级泵", "铸钢", 168000, 75, 85, 480),
    ("WL-2001", "化工流程泵 CZ65", "化工泵", "316L不锈钢", 58000, 45, 65, 60),
    ("WL-2002", "磁力驱动泵 CQB50", "化工泵", "316L不锈钢", 41000, 40, 25, 32),
    ("WL-2003", "氟塑料泵 FSB40", "化工泵", "氟塑料", 19500, 28, 15, 25),
    ("WL-3001", "潜水排污泵 WQ150", "排污泵", "铸铁", 17600, 18, 180, 22),
    ("WL-3002", "渣浆泵 ZJ200", "排污泵", "高铬合金", 124000, 55, 450, 50),
    ("WL-3003", "自吸泵 ZX100", "排污泵", "铸铁", 12400, 22, 100, 20),
    ("WL-4001", "电动蝶阀 D971-300", "阀门", "球墨铸铁", 9800, 15, 0, 0),
    ("WL-4002", "气动调节阀 ZJHP-80", "阀门", "铸钢", 21500, 35, 0, 0),
    ("WL-4003", "衬氟球阀 Q41F-50", "阀门", "氟塑料", 3600, 12, 0, 0),
    ("WL-5001", "智能供水机组 BWS-3", "成套设备", "304不锈钢", 215000, 50, 96, 80),
    ("WL-5002", "一体化预制泵站 YTB-2", "成套设备", "玻璃钢", 480000, 90, 300, 18),
    ("WL-5003", "消防泵组 XBD-40", "成套设备", "铸铁", 88000, 35, 144, 90),
)
STEMS = (
    "恒源",
    "金泰",
    "润泽",
    "鼎盛",
    "海川",
    "东岳",
    "宏达",
    "瑞丰",
    "天河",
    "永兴",
    "博远",
    "盛华",
    "龙腾",
    "嘉禾",
    "新源",
    "国晟",
    "泰和",
    "云峰",
    "长青",
    "远东",
    "锦江",
    "凯盛",
    "兴业",
    "中凯",
    "安泰",
    "弘毅",
    "万邦",
    "九州",
    "齐鲁",
    "碧水",
    "清源",
    "振华",
    "汇丰源",
    "同德",
    "四海",
    "百川",
)
TRADES = {
    "石油化工": ("石化", "化工"),
    "市政水务": ("水务", "排水"),
    "电力能源": ("热电", "能源"),
    "制药": ("药业", "制药"),
    "食品饮料": ("食品", "饮料"),
    "矿山冶金": ("矿业", "钢铁"),
}
MEDIA = {"石油化工": "腐蚀性液体", "市政水务": "清水", "电力能源": "高温热水", "制药": "洁净流体", "食品饮料": "洁净流体", "矿山冶金": "含固浆料"}
LIKED = {
    "石油化工": ("化工泵", "阀门"),
    "市政水务": ("成套设备", "排污泵"),
    "电力能源": ("多级泵", "阀门"),
    "制药": ("多级泵", "化工泵"),
    "食品饮料": ("多级泵", "离心泵"),
    "矿山冶金": ("排污泵", "离心泵"),
}
FIXED = (
    ("山东华阳化工有限公司", "石油化工", "山东", "淄博"),
    ("河北华阳化工股份有限公司", "石油化工", "河北", "沧州"),
    ("上海浦江水务集团", "市政水务", "上海", "上海"),
    ("成都蓉城排水有限公司", "市政水务", "四川", "成都"),
    ("宁波甬港石化有限公司", "石油化工", "浙江", "宁波"),
    ("唐山燕山钢铁集团", "矿山冶金", "河北", "唐山"),
    ("佛山岭南饮料有限公司", "食品饮料", "广东", "佛山"),
    ("重庆巴渝制药股份有限公司", "制药", "重庆", "重庆"),
)
STAGES = ("需求登记", "选型计算", "技术澄清", "报价投标", "商务谈判", "项目暂停")
SKILL = {
    "P006": 0.16,
    "P007": 0.02,
    "P008": -0.06,
    "P009": -0.1,
    "P010": 0.08,
    "P011": 0.0,
    "P012": -0.14,
    "P013": 0.1,
    "P014": -0.03,
    "P015": -0.12,
    "P016": 0.12,
    "P017": 0.05,
    "P018": -0.15,
}
RIVALS = ("格兰福", "威乐", "南方泵业", "凯泉", "东方泵业")
REASONS = ("价格偏高", "交期太长", "技术参数不符", "客户项目取消", "竞品关系深")
TALKS = {
    "电话": ("电话沟通选型参数", "回访报价情况", "催促付款进度"),
    "现场拜访": ("现场测绘管路", "拜访设备科", "与设计院碰方案"),
    "微信": ("微信发送样本", "微信确认交期"),
    "邮件": ("邮件发送报价单", "邮件回复技术偏差表"),
    "视频会议": ("视频讲解方案", "线上技术澄清会"),
}
FAULTS = ("机械密封泄漏", "轴承异响", "电机过热", "流量不足", "控制柜报警", "阀门内漏")


def chinese(day: date | None) -> str:
    """The day as 2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def slashed(day: date | None) -> str:
    """The day as 2024/3/5."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def dotted(day: date | None) -> str:
    """The day as 2024.03.05."""
    return f"{day:%Y.%m.%d}" if day else ""


def working(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def write(name: str, rows: list[Row]) -> None:
    """One table, without the keys that start with an underscore."""
    columns = [key for key in rows[0] if not key.startswith("_")]
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def customers(chance: random.Random) -> list[Row]:
    """The register of customers."""
    rows: list[Row] = []
    names: set[str] = set()
    places = [(region, province) for region, provinces in REGIONS.items() for province in provinces]
    while len(rows) < 126:
        if len(rows) < len(FIXED):
            name, trade, province, city = FIXED[len(rows)]
        else:
            _, province = chance.choice(places)
            city = chance.choice(CITIES[province])
            trade = chance.choices(list(TRADES), (30, 26, 14, 12, 10, 14))[0]
            name = f"{city}{chance.choice(STEMS)}{chance.choice(TRADES[trade])}{chance.choice(('有限公司', '股份有限公司', '集团', '有限责任公司'))}"
        if name[:6] in names:
            continue
        names.add(name[:6])
        region = next(key for key, provinces in REGIONS.items() if province in provinces)
        owners = [each for each in PEOPLE if each[4] == region and each[3] == "销售工程师" and each[1] != "王磊"]
        level = chance.choices("ABC", (22, 43, 35))[0]
        opened = START + timedelta(days=int(chance.triangular(-700, 780, 60)))
        rows.append(
            {
                "客户编码": f"KH{len(rows) + 1:04d}",
                "客户全称": name,
                "所属行业": trade,
                "省份": province,
                "城市": city,
                "销售大区": region,
                "客户等级": level,
                "归属销售": "" if chance.random() < 0.04 else chance.choice(owners)[1],
                "建档日期": f"{working(opened):%Y-%m-%d}",
                "信用额度(万元)": "" if chance.random() < 0.12 else {"A": 300, "B": 120, "C": 40}[level] + 10 * chance.randint(-3, 12),
                "在役泵台数": "" if chance.random() < 0.08 else int(chance.lognormvariate({"A": 4.4, "B": 3.7, "C": 2.9}[level], 0.5)),
                "主要介质": MEDIA[trade] if chance.random() < 0.8 else chance.choice(sorted(set(MEDIA.values()))),
                "年框客户": "是" if chance.random() < {"A": 0.6, "B": 0.25, "C": 0.06}[level] else "否",
                "客户来源": chance.choices(("展会", "老客户转介绍", "设计院推荐", "官网询价", "陌生拜访", ""), (18, 27, 22, 17, 12, 4))[0],
                "_region": region,
                "_level": level,
                "_opened": opened,
            }
        )
    return rows


def projects(chance: random.Random, register: list[Row]) -> list[Row]:
    """Opportunities, some of them won, lost or still open."""
    rows: list[Row] = []
    weights = [{"A": 6, "B": 3, "C": 1.4}[str(row["_level"])] for row in register[:112]]  # the last customers have none
    for place in range(560):
        customer = chance.choices(register[:112], weights)[0]
        sellers = [each for each in PEOPLE if each[4] == customer["_region"] and each[3] == "销售工程师"]
        owner = next((each for each in sellers if each[1] == customer["归属销售"]), None)
        created = START + timedelta(days=int((TODAY - START).days * (chance.random() ** 0.85)) - 2)
        if owner is None or chance.random() < 0.3:
            owner = chance.choice([each for each in sellers if date.fromisoformat(each[5]) <= created] or sellers[:1])
        if date.fromisoformat(owner[5]) > created:
            owner = sellers[0]
        trade = str(customer["所属行业"])
        series = chance.choice(LIKED[trade]) if chance.random() < 0.75 else chance.choice(PRODUCTS)[2]
        product = chance.choice([each for each in PRODUCTS if each[2] == series])
        pieces = max(1, int(chance.lognormvariate(1.1 if product[4] > 80000 else 2.1, 0.6)))
        guess = round(product[4] * pieces * chance.uniform(0.85, 1.1) / 100) * 100
        kind = chance.choices(("新建项目", "技改项目", "备件替换"), (40, 35, 25))[0]
        tender = (guess > 300000 and chance.random() < 0.8) or chance.random() < 0.15
        length = int(chance.gammavariate(4, 24 if tender else 15)) + 8
        closed = working(created + timedelta(days=length))
        stage, got, reason, rival = "", "", "", chance.choice(RIVALS) if chance.random() < 0.6 else ""
        if closed < TODAY:
            rate = 0.46 + SKILL[owner[0]] + {"新建项目": -0.06, "技改项目": 0.0, "备件替换": 0.14}[kind] + (0.1 if customer["年框客户"] == "是" else -0.03)
            won = chance.random() < rate
            stage = "已中标" if won else "未中标"
            got = str(round(guess * chance.uniform(0.86, 1.02) / 10) * 10) if won else ""
            reason = "" if won or chance.random() < 0.1 else chance.choices(REASONS, (34, 18, 17, 16, 15))[0]
        if closed >= TODAY or chance.random() < 0.1:
            stage, got, reason = chance.choices(STAGES, (18, 22, 20, 22, 12, 6))[0], "", ""
        done = stage in ("已中标", "未中标")
        rows.append(
            {
                "机会编号": f"XM{created:%y}{place + 1:04d}",
                "项目名称": f"{str(customer['客户全称'])[2:6]}{kind[:2]}{product[2]}{created:%y%m}",
                "客户名称": customer["客户全称"],
                "负责人工号": owner[0],
                "物料号": product[0],
                "数量(台)": pieces,
                "项目阶段": stage,
                "预计金额(元)": "" if not done and chance.random() < 0.04 else guess,
                "中标金额(元)": got,
                "立项日期": chinese(created),
                "预计签约日期": chinese(closed if done or closed > TODAY else TODAY + timedelta(days=chance.randint(-40, 90))),
                "结案日期": chinese(closed if done else None),
                "丢单原因": reason,
                "主要竞品": rival,
                "项目性质": kind,
                "是否招标": "是" if tender else "否",
                "设计院": "" if chance.random() < 0.55 else chance.choice(("华东院", "中石化宁波院", "成都院", "北方院")),
                "_customer": customer,
                "_product": product,
                "_created": created,
                "_closed": closed,
                "_won": stage == "已中标",
                "_done": done,
                "_owner": owner,
            }
        )
    return rows


def diary(chance: random.Random, deals: list[Row], register: list[Row]) -> list[Row]:
    """Follow-ups of deals, and some of customers without one."""
    rows: list[Row] = []
    for deal in deals:
        last = deal["_closed"] if deal["_done"] else TODAY - timedelta(days=chance.randint(0, 50))
        created = deal["_created"]
        owner = deal["_owner"]
        for _ in range(chance.choices(range(7), (4, 12, 22, 25, 18, 12, 7))[0]):
            day = working(created + timedelta(days=chance.randint(0, max(1, (last - created).days))))
            rows.append({"_day": min(day, TODAY - timedelta(days=1)), "_customer": deal["_customer"], "机会编号": deal["机会编号"], "_who": owner[0]})
    for customer in register[:118]:
        for _ in range(chance.randint(0, 2)):
            day = working(START + timedelta(days=chance.randint(0, (TODAY - START).days - 4)))
            who = next((each[0] for each in PEOPLE if each[1] == customer["归属销售"] and date.fromisoformat(each[5]) <= day), "")
            rows.append(
                {
                    "_day": day,
                    "_customer": customer,
                    "机会编号": "",
                    "_who": who or {"华东": "P002", "华北": "P003", "西南": "P004", "华南": "P005"}[str(customer["_region"])],
                }
            )
    rows.sort(key=lambda row: str(row["_day"]))
    found: list[Row] = []
    for place, row in enumerate(rows, 1):
        way = chance.choices(list(TALKS), (38, 22, 20, 12, 8))[0]
        customer, day = row["_customer"], row["_day"]
        found.append(
            {
                "日志编号": f"GJ{place:05d}",
                "跟进日期": slashed(day),
                "客户编码": customer["客户编码"],
                "机会编号": row["机会编号"],
                "跟进人工号": row["_who"],
                "跟进方式": way,
                "时长(分钟)": "" if way in ("微信", "邮件") or chance.random() < 0.05 else chance.randint(3, 30) if way == "电话" else chance.randint(30, 200),
                "跟进内容": chance.choice(TALKS[way]),
                "客户态度": chance.choices(("积极", "一般", "冷淡", ""), (32, 40, 18, 10))[0],
                "往返里程(km)": chance.randint(12, 620) if way == "现场拜访" and chance.random() < 0.93 else "",
            }
        )
    return found


def contracts(chance: random.Random, deals: list[Row]) -> list[Row]:
    """One for most won deals."""
    rows: list[Row] = []
    for deal in sorted((row for row in deals if row["_won"]), key=lambda row: str(row["_closed"])):
        closed, product = deal["_closed"], deal["_product"]
        signed = working(closed + timedelta(days=chance.randint(3, 30)))
        if signed >= TODAY or chance.random() < 0.03:
            continue
        due = signed + timedelta(days=int(product[5]) + chance.randint(0, 15))
        shipped = working(due + timedelta(days=int(chance.gauss(1, 8))))
        state = "已完结" if (TODAY - signed).days > 420 and chance.random() < 0.85 else "已终止" if chance.random() < 0.03 else "执行中"
        amount = round(int(str(deal["中标金额(元)"])) * chance.choice((1, 1, 1, 1, 0.98, 1.05)))
        rows.append(
            {
                "合同号": f"HT-{signed:%Y%m}-{len(rows) + 1:03d}",
                "机会编号": deal["机会编号"],
                "客户名称": deal["客户名称"],
                "合同金额(元)": f"{amount:,}",
                "签订日期": dotted(signed),
                "约定交货日": dotted(due),
                "实际发货日": dotted(shipped if shipped < TODAY and state != "已终止" else None),
                "合同状态": state,
                "质保期(月)": chance.choices((12, 18, 24, 36), (40, 35, 20, 5))[0],
                "预付比例(%)": chance.choice((0, 20, 30, 30, 50)),
                "违约金条款": chance.choice(("有", "有", "无")),
                "_signed": signed,
                "_due": due,
                "_shipped": shipped,
                "_amount": amount,
                "_deal": deal,
                "_state": state,
            }
        )
    return rows


def payments(chance: random.Random, signed: list[Row]) -> list[Row]:
    """What is due and what came in."""
    rows: list[Row] = []
    for contract in signed:
        first, shipped, amount, ahead = contract["_signed"], contract["_shipped"], contract["_amount"], contract["预付比例(%)"]
        if contract["_state"] == "已终止":
            continue
        parts = [
            ("预付款", ahead, first + timedelta(days=10)),
            ("发货款", 60 - ahead, shipped),
            ("验收款", 30, shipped + timedelta(days=60)),
            ("质保金", 10, shipped + timedelta(days=365)),
        ]
        for name, share, due in parts:
            if share <= 0 or due > TODAY + timedelta(days=45):
                continue
            asked = round(amount * share / 100)
            paid = working(due + timedelta(days=int(chance.gauss(14, 22))))
            came = paid < TODAY and chance.random() < 0.93
            part = asked if not came or chance.random() < 0.9 else round(asked * chance.choice((0.5, 0.7, 0.8)))
            rows.append(
                {
                    "收款单号": "",
                    "合同号": contract["合同号"],
                    "款项类型": name,
                    "应收日期": slashed(due),
                    "应收金额(元)": asked,
                    "实收日期": slashed(paid if came else None),
                    "实收金额(元)": part if came else "",
                    "付款方式": chance.choice(("电汇", "电汇", "银行承兑", "商业承兑")) if came else "",
                    "_due": due,
                }
            )
    rows.sort(key=lambda row: str(row["_due"]))
    return [{**row, "收款单号": f"SK{place:04d}"} for place, row in enumerate(rows, 1)]


def repairs(chance: random.Random, signed: list[Row]) -> list[Row]:
    """Work orders of the service department."""
    rows: list[Row] = []
    for place in range(280):
        contract = chance.choice(signed)
        deal, shipped = contract["_deal"], contract["_shipped"]
        span = (TODAY - shipped).days - 3
        if span < 10:
            continue
        day = shipped + timedelta(days=chance.randint(5, span))
        urgent = chance.choices(("特急", "紧急", "普通"), (12, 33, 55))[0]
        done = day + timedelta(days=int(chance.gammavariate(2, {"特急": 1.2, "紧急": 2.5, "普通": 5}[urgent])))
        ready = done < TODAY and chance.random() < 0.95
        product = deal["_product"]
        valve = product[2] == "阀门"
        engineer = chance.choices(("张建军", "张晓东", "何文斌", "潘永福", ""), (34, 28, 26, 8, 4))[0]
        rows.append(
            {
                "工单号": f"WX{place + 1:04d}",
                "客户编码": deal["_customer"]["客户编码"],
                "物料号": product[0],
                "报修日期": f"{day:%Y-%m-%d}",
                "完成日期": f"{done:%Y-%m-%d}" if ready else "",
                "故障类型": chance.choices(FAULTS, (2, 1, 1, 1, 10, 40) if valve else (40, 22, 14, 14, 9, 1))[0],
                "紧急程度": urgent,
                "维修工程师": engineer,
                "工单状态": "已关闭" if ready else chance.choice(("处理中", "待备件")),
                "是否保内": "是" if (day - shipped).days < 365 else "否",
                "维修费用(元)": chance.randint(3, 90) * 100 if (day - shipped).days >= 365 else 0,
                "满意度": chance.choices((5, 4, 3, 2, 1, ""), (38, 28, 12, 6, 3, 13))[0] if ready else "",
                "现场停机(小时)": chance.randint(1, 72) if chance.random() < 0.8 else "",
                "_day": day,
            }
        )
    rows.sort(key=lambda row: str(row["_day"]))
    return rows


def trials(chance: random.Random, signed: list[Row]) -> list[Row]:
    """The bench tests of pumps before they leave the factory."""
    rows: list[Row] = []
    for contract in signed:
        deal, shipped = contract["_deal"], contract["_shipped"]
        product = deal["_product"]
        for _ in range(chance.randint(1, 3)):
            day = working(shipped - timedelta(days=chance.randint(2, 9)))
            if product[2] == "阀门" or day >= TODAY:
                continue
            shake = round(chance.lognormvariate(0.75, 0.35), 1)
            verdict = "不合格" if shake > 4.0 or chance.random() < 0.03 else "让步接收" if shake > 3.3 else "合格"
            rows.append(
                {
                    "试验编号": "",
                    "合同号": contract["合同号"],
                    "物料号": product[0],
                    "试验日期": day,
                    "试验台": chance.choices(("1号台", "2号台", "3号大流量台"), (40, 35, 25))[0],
                    "试验员": chance.choice(("谢丹丹", "谢丹丹", "吕方")),
                    "实测流量(m³/h)": round(product[6] * chance.uniform(0.93, 1.08), 1),
                    "实测扬程(m)": round(product[7] * chance.uniform(0.95, 1.06), 1),
                    "实测效率(%)": round(chance.gauss(71, 5), 1),
                    "振动值(mm/s)": shake if chance.random() < 0.96 else "",
                    "试验结论": verdict,
                    "返工工时": chance.randint(2, 26) if verdict == "不合格" else "",
                }
            )
    rows.sort(key=lambda row: str(row["试验日期"]))
    for place, row in enumerate(rows, 1):
        day = row["试验日期"]
        row.update({"试验编号": f"SY{place:04d}", "试验日期": f"{day:%Y/%m/%d}"})
    return rows


def main() -> None:
    """Write all files."""
    chance = random.Random(SEED)  # noqa: S311
    EXPORT.mkdir(exist_ok=True)
    register = customers(chance)
    deals = projects(chance, register)
    signed = contracts(chance, deals)
    write("人员名册", [dict(zip(("工号", "姓名", "部门", "岗位", "大区", "入职日期", "直属上级", "年度任务(万元)"), each, strict=True)) for each in PEOPLE])
    write("产品价目", [dict(zip(("物料号", "产品名称", "产品系列", "主体材质", "目录价(元)", "标准交期(天)"), each[:6], strict=True)) for each in PRODUCTS])
    write("客户台账", register)
    write("项目机会", sorted(deals, key=lambda row: str(row["_created"])))
    write("跟进日志", diary(chance, deals, register))
    write("合同登记", signed)
    write("收款记录", payments(chance, signed))
    write("维修工单", repairs(chance, signed))
    write("出厂试验", trials(chance, signed))


if __name__ == "__main__":
    main()
