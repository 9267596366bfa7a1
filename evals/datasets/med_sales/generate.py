"""Writes the export of an invented distributor of medical equipment and consumables: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20260415
TODAY = date(2026, 4, 15)
START = date(2023, 1, 4)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

AREAS = {
    "苏南": ("江苏", "澄湖 锦溪 望亭 虞阳"),
    "苏北": ("江苏", "淮浦 沛阳 盐渎 骆州"),
    "浙江": ("浙江", "越溪 瓯海塘 钱浦 龙泉湾"),
    "皖赣": ("安徽", "皖城 颍川 徽溪"),
    "皖赣(赣)": ("江西", "饶浦 章水"),
}
PEOPLE = (
    ("E001", "范立群", "总经办", "总经理", "总部", "20090316", "", ""),
    ("E002", "孟昭华", "设备事业部", "事业部总监", "总部", "20120702", "范立群", "9800"),
    ("E003", "苗秀兰", "耗材事业部", "事业部总监", "总部", "20130415", "范立群", "3600"),
    ("E103", "顾一鸣", "设备事业部", "业务员", "苏南", "20160509", "孟昭华", "1600"),
    ("E104", "沈嘉怡", "设备事业部", "业务员", "苏南", "20200803", "孟昭华", "1150"),
    ("E105", "陈静", "耗材事业部", "业务员", "苏南", "20190218", "苗秀兰", "900"),
    ("E106", "徐大鹏", "设备事业部", "业务员", "苏北", "20171106", "孟昭华", "1300"),
    ("E107", "殷小曼", "设备事业部", "业务员", "苏北", "20220620", "孟昭华", "800"),
    ("E108", "葛锋", "耗材事业部", "业务员", "苏北", "20210412", "苗秀兰", "700"),
    ("E109", "陈静", "设备事业部", "业务员", "浙江", "20150921", "孟昭华", "1700"),
    ("E110", "楼国栋", "设备事业部", "业务员", "浙江", "20180305", "孟昭华", "1250"),
    ("E111", "包丽娜", "耗材事业部", "业务员", "浙江", "20200113", "苗秀兰", "950"),
    ("E112", "方志远", "设备事业部", "业务员", "皖赣", "20190708", "孟昭华", "1100"),
    ("E113", "程雨桐", "设备事业部", "业务员", "皖赣", "20230904", "孟昭华", "600"),
    ("E114", "万海波", "耗材事业部", "业务员", "皖赣", "20220214", "苗秀兰", "650"),
    ("E201", "侯建国", "售后工程部", "售后经理", "总部", "20110822", "范立群", ""),
    ("E202", "鲁斌", "售后工程部", "装机工程师", "苏南", "20150330", "侯建国", ""),
    ("E203", "汤文杰", "售后工程部", "装机工程师", "苏北", "20181015", "侯建国", ""),
    ("E204", "邵勇", "售后工程部", "装机工程师", "浙江", "20170619", "侯建国", ""),
    ("E205", "龚晓亮", "售后工程部", "装机工程师", "皖赣", "20240311", "侯建国", ""),
    ("E301", "卞思琪", "仓储物流部", "配送主管", "总部", "20140520", "苗秀兰", ""),
)
# code, name, line, brand, origin, class, licence, registration ends, list price (ten thousand yuan; consumables: yuan a box), warranty, bid for in volume
GOODS = (
    ("SB-CT64", "64排螺旋CT", "影像设备", "联脉", "国产", "Ⅲ类", "乙类", "20280630", 620, 3),
    ("SB-CT256", "256排能谱CT", "影像设备", "西曼", "进口", "Ⅲ类", "乙类", "20270315", 1580, 2),
    ("SB-MR15", "1.5T磁共振", "影像设备", "联脉", "国产", "Ⅲ类", "乙类", "20281120", 880, 3),
    ("SB-DR30", "悬吊式DR", "影像设备", "万影", "国产", "Ⅱ类", "不需要", "20261010", 92, 3),
    ("SB-US70", "全身彩超U70", "超声设备", "迈康", "国产", "Ⅱ类", "不需要", "20270801", 118, 2),
    ("SB-US90", "心脏彩超E90", "超声设备", "通杰", "进口", "Ⅲ类", "不需要", "20260520", 215, 1),
    ("SB-USP1", "便携超声P1", "超声设备", "迈康", "国产", "Ⅱ类", "不需要", "20290114", 26, 2),
    ("SB-EN29", "电子胃肠镜系统", "内镜设备", "奥林斯", "进口", "Ⅲ类", "不需要", "20260918", 268, 1),
    ("SB-EN40", "4K腹腔镜系统", "内镜设备", "开欧", "国产", "Ⅲ类", "不需要", "20271225", 156, 2),
    ("SB-OT08", "手术无影灯", "手术室设备", "明域", "国产", "Ⅱ类", "不需要", "20280305", 14.5, 3),
    ("SB-OT20", "电动液压手术床", "手术室设备", "明域", "国产", "Ⅱ类", "不需要", "20260731", 32, 3),
    ("SB-AN60", "高端麻醉机", "手术室设备", "德润", "进口", "Ⅲ类", "不需要", "20270610", 48, 1),
    ("SB-MO12", "重症监护仪", "监护设备", "迈康", "国产", "Ⅱ类", "不需要", "20280910", 5.8, 2),
    ("SB-VE80", "有创呼吸机", "监护设备", "德润", "进口", "Ⅲ类", "不需要", "20270422", 29, 1),
    ("SB-BC58", "五分类血球仪", "检验设备", "迈康", "国产", "Ⅱ类", "不需要", "20290228", 38, 2),
    ("SB-CL20", "化学发光流水线", "检验设备", "新业", "国产", "Ⅱ类", "不需要", "20271018", 245, 3),
    ("HC-GK01", "髋关节假体套装", "骨科耗材", "春合", "国产", "Ⅲ类", "不需要", "20270909", 7200, 0),
    ("HC-GK02", "脊柱内固定系统", "骨科耗材", "美敦", "进口", "Ⅲ类", "不需要", "20260630", 9800, 0),
    ("HC-JR01", "药物洗脱支架", "介入耗材", "乐谱", "国产", "Ⅲ类", "不需要", "20280117", 780, 0),
    ("HC-JR02", "造影导管", "介入耗材", "泰科", "进口", "Ⅲ类", "不需要", "20261130", 460, 0),
    ("HC-SJ01", "化学发光试剂盒", "检验试剂", "新业", "国产", "Ⅱ类", "不需要", "20270531", 1350, 0),
    ("HC-SJ02", "血球分析试剂", "检验试剂", "迈康", "国产", "Ⅱ类", "不需要", "20280802", 520, 0),
    ("HC-QX01", "一次性吻合器", "手术耗材", "派尔", "国产", "Ⅲ类", "不需要", "20270214", 1680, 0),
    ("HC-QX02", "超声刀头", "手术耗材", "强森", "进口", "Ⅲ类", "不需要", "20260815", 3900, 0),
)
BULK = {"HC-GK01", "HC-GK02", "HC-JR01", "HC-QX01"}
COLD = {"HC-SJ01", "HC-SJ02"}
DEPARTMENTS = {
    "影像设备": "放射科",
    "超声设备": "超声科",
    "内镜设备": "消化内科 普外科",
    "手术室设备": "手术室 麻醉科",
    "监护设备": "ICU 急诊科",
    "检验设备": "检验科",
    "骨科耗材": "骨科",
    "介入耗材": "心内科 导管室",
    "检验试剂": "检验科",
    "手术耗材": "普外科 手术室",
}
RIVALS = {
    "影像设备": "东明医疗 飞普 通杰直营",
    "超声设备": "飞普 开丽 通杰直营",
    "内镜设备": "富士达 澳华康",
    "手术室设备": "谊安康 迈瑞达",
    "监护设备": "谊安康 飞普",
    "检验设备": "安图康 雅培森",
    "骨科耗材": "威高盛 施乐辉",
    "介入耗材": "微创达 波科",
    "检验试剂": "安图康 雅培森",
    "手术耗材": "威高盛 天臣",
}
OPEN_STATES = ["线索核实", "科室认可", "参数论证", "院内立项", "挂网招标"]
LOST_WHY = ["价格不占优", "参数不符", "院内预算取消", "关系不到位", "集采未中选", "交期太长"]


def main() -> None:
    """Write every file."""
    rng = random.Random(SEED)  # noqa: S311 - invented data
    hospitals = hospitals_of(rng)
    deals = deals_of(rng, hospitals)
    tenders = tenders_of(rng, deals)
    contracts = contracts_of(rng, deals)
    installed = installed_of(rng, contracts, hospitals)
    write("医院档案", [{key: value for key, value in row.items() if key[0] != "_"} for row in hospitals])
    write("员工表", [dict(zip(["工号", "姓名", "部门", "职务", "驻地片区", "入职日", "直接主管", "年指标(万元)"], person, strict=True)) for person in PEOPLE])
    write("型号目录", [goods_row(item) for item in GOODS])
    write("商机台账", [{key: value for key, value in row.items() if key[0] != "_"} for row in deals])
    write("投标登记", tenders)
    write("合同清单", [{key: value for key, value in row.items() if key[0] != "_"} for row in contracts])
    write("装机验收", installed)
    write("耗材配送", deliveries_of(rng, hospitals))
    write("拜访纪要", visits_of(rng, hospitals, deals))


def goods_row(item: Sequence[Any]) -> Row:
    """One article of the catalogue."""
    code, name, line, brand, origin, kind, licence, ends, price, warranty = item
    device = code.startswith("SB")
    return {
        "型号编码": code,
        "品名": name,
        "产品线": line,
        "品牌": brand,
        "产地": origin,
        "管理类别": kind,
        "配置证": licence,
        "注册证到期": ends,
        "标准价(万元)": price if device else "",
        "盒单价(元)": "" if device else price,
        "原厂质保(年)": warranty if device else "",
        "集采品种": "是" if code in BULK else "否",
    }


def hospitals_of(rng: random.Random) -> list[Row]:
    """The hospitals, some without an owner or a number of beds."""
    rows: list[Row] = []
    for key, (province, cities) in AREAS.items():
        area = key[:2]
        reps = [person[0] for person in PEOPLE if person[3] == "业务员" and person[4] == area and person[2] == "设备事业部"]
        for city in cities.split():
            names = [f"{city}市第一人民医院", f"{city}市中医院", f"{city}市妇幼保健院", f"{city}市中心医院"]
            names += rng.sample([f"{city}市第二人民医院", f"{city}康宁骨科医院", f"{city}明睛眼科医院", f"{city}县人民医院", f"{city}慈安医院"], 3)
            if rng.random() < 0.35:
                names.append(f"{city}医学院附属医院")
            for name in names:
                public = not any(word in name for word in ("康宁", "明睛", "慈安"))
                high = any(word in name for word in ("第一", "中心", "附属"))
                level = rng.choice(["三甲", "三甲", "三乙"] if high else ["二甲", "二甲", "二乙", "三乙"]) if public else rng.choice(["二甲", "未定级"])
                beds = {"三甲": 1500, "三乙": 900, "二甲": 500, "二乙": 300, "未定级": 120}[level] + rng.randrange(-80, 700, 10)
                grade = rng.choice("甲甲乙" if level == "三甲" else "甲乙乙丙" if level[0] == "三" else "乙丙丙丙")
                rows.append(
                    {
                        "医院编号": f"YY{1001 + len(rows)}",
                        "医院名称": name,
                        "等级": level,
                        "性质": "公立" if public else "民营",
                        "省份": province,
                        "地市": f"{city}市",
                        "片区": area,
                        "客户分级": grade,
                        "核定床位": "" if rng.random() < 0.06 else beds,
                        "责任人工号": "" if rng.random() < 0.07 else rng.choice(reps),
                        "建档日": (date(2016, 1, 5) + timedelta(rng.randrange(3560))).isoformat(),
                        "账期(天)": rng.choice((60, 90, 90, 120, 180)) if public else rng.choice((30, 30, 60)),
                        "年采购预算(万元)": "" if rng.random() < 0.1 else round(beds * rng.uniform(0.8, 3.2)),
                        "医联体牵头": "是" if level == "三甲" and rng.random() < 0.6 else "否",
                        "DRG试点": rng.choice("是是否" if public else "否"),
                        "有无VPN远程": rng.choice("有无无"),
                        "_weight": {"甲": 4, "乙": 2, "丙": 1}[grade],
                    }
                )
    return rows


def deals_of(rng: random.Random, hospitals: list[Row]) -> list[Row]:
    """The deals; who wins depends on the grade, a trial, the rival and the rep."""
    skill = {person[0]: rng.uniform(-0.16, 0.16) for person in PEOPLE}
    rows: list[Row] = []
    seen: dict[str, int] = {}
    begun = sorted(START + timedelta(int(rng.triangular(-700, 1197, 1150))) for _ in range(640))
    begun = [start for start in begun if start >= START]
    for place, start in enumerate(begun):
        hospital = rng.choices(hospitals, [row["_weight"] for row in hospitals])[0]
        item = rng.choice(GOODS)
        line, device = item[2], item[0].startswith("SB")
        near = [person for person in PEOPLE if person[3] == "业务员" and person[4] == hospital["片区"]]
        owner = rng.choice([person[0] for person in near if (person[2] == "设备事业部") == device and person[5] <= f"{start:%Y%m%d}"] or ["E112"])
        pieces = rng.choice((1, 1, 1, 2)) if item[8] > 100 and device else rng.choice((1, 2, 3, 4, 6, 10)) if device else rng.randrange(40, 600, 20)
        base = item[8] * pieces if device else item[8] * pieces / 10_000
        budget = round(base * rng.uniform(0.92, 1.25), 1)
        quoted = round(base * rng.uniform(0.84, 1.02), 2)
        rival = rng.choice([*RIVALS[line].split(), *RIVALS[line].split(), ""])
        trial, tender = rng.random() < 0.38, (device and hospital["性质"] == "公立" and base > 20) or rng.random() < 0.15
        chance = 0.42 + skill[owner] + (0.16 if trial else -0.03) + {"甲": 0.1, "乙": 0, "丙": -0.08}[hospital["客户分级"]]
        chance += {"通杰直营": -0.16, "安图康": 0.08, "飞普": -0.04}.get(rival, 0)
        cycle = rng.randrange(60, 330) if device and base > 60 else rng.randrange(18, 170)
        due = start + timedelta(cycle + rng.randrange(-25, 30))
        ended = start + timedelta(cycle)
        state, why, paid = "", "", ""
        if ended <= TODAY:
            state = "已成交" if rng.random() < chance else "已流失"
            if rng.random() < 0.035:
                state = "搁置"
            why = rng.choice(LOST_WHY[:4] * 2 + LOST_WHY) if state == "已流失" and rng.random() > 0.08 else ""
            paid = f"{quoted * rng.uniform(0.86, 1.0):.2f}" if state == "已成交" else ""
        else:
            done = (TODAY - start).days / cycle
            state = OPEN_STATES[min(4, int(done * 5 * rng.uniform(0.7, 1.15)))]
            state = "院内立项" if state == "挂网招标" and not tender else state
            if due < TODAY and rng.random() < 0.5:
                due = TODAY + timedelta(rng.randrange(5, 90))
        early = state in ("线索核实", "科室认可")
        short = hospital["医院名称"].replace("人民医院", "院").replace("妇幼保健院", "妇幼").replace("市", "")
        title = f"{short}{item[1]}项目"
        seen[title] = seen.get(title, 0) + 1
        funds = rng.choice(["自筹", "自筹", "财政拨款", "专项债", "融资租赁"]) if device else ""
        rows.append(
            {
                "商机号": f"SJ{start:%y%m}{place + 1:04d}",
                "商机名称": title if seen[title] == 1 else f"{title}（{'一二三四五六'[seen[title] - 1]}期）",
                "医院编号": hospital["医院编号"],
                "跟单人工号": owner,
                "型号编码": item[0],
                "数量": pieces,
                "商机状态": state,
                "科室预算(万元)": "" if rng.random() < 0.05 else budget,
                "我方报价(万元)": "" if early and rng.random() < 0.8 else quoted,
                "成交价(万元)": paid,
                "立项日": slash(start),
                "预计成交日": slash(due),
                "结束日": slash(ended) if state in ("已成交", "已流失") else "",
                "流失原因": why,
                "对手": rival,
                "需求科室": rng.choice(DEPARTMENTS[line].split()),
                "走招标": "是" if tender else "否",
                "有无试用": "有" if trial else "无",
                "资金来源": funds,
                "把握": rng.choice("甲乙乙丙") if state in OPEN_STATES else "",
                "_ended": ended,
                "_start": start,
                "_area": hospital["片区"],
            }
        )
    return rows


def tenders_of(rng: random.Random, deals: list[Row]) -> list[Row]:
    """The tenders of deals that go through one, some of them repeated after too few bidders came."""
    rows: list[Row] = []
    agents = ["华采招标", "中信恒达", "省招中心", "国采咨询"]
    for deal in deals:
        if deal["走招标"] != "是" or deal["商机状态"] not in ("已成交", "已流失", "挂网招标"):
            continue
        if deal["流失原因"] in ("院内预算取消", "参数不符"):
            continue
        final = {"已成交": "中标", "已流失": "落标", "挂网招标": "待开标"}[deal["商机状态"]]
        opened = deal["_ended"] - timedelta(rng.randrange(6, 22)) if final != "待开标" else TODAY + timedelta(rng.randrange(2, 40))
        for result in ["流标", final] if rng.random() < 0.09 else [final]:
            when = opened - timedelta(rng.randrange(25, 50)) if result == "流标" and final != "流标" else opened
            bidders = rng.randrange(1, 3) if result == "流标" else rng.randrange(3, 8)
            top = float(deal["科室预算(万元)"] or deal["我方报价(万元)"]) * rng.uniform(0.97, 1.0)
            mine = float(deal["成交价(万元)"] or deal["我方报价(万元)"] or top * 0.93)
            deposit = round(min(80, top * 0.02), 1) * 10_000
            back = when + timedelta(rng.randrange(8, 70))
            rows.append(
                {
                    "标段号": f"ZB{when:%y}-{len(rows) + 1:03d}",
                    "商机号": deal["商机号"],
                    "代理机构": rng.choice(agents),
                    "开标日": han(when),
                    "最高限价(万元)": f"{max(top, mine * 1.01):.2f}",
                    "投标价(万元)": "" if result == "待开标" and rng.random() < 0.5 else f"{mine:.2f}",
                    "投标家数": "" if result == "待开标" else bidders,
                    "我司名次": {"中标": 1, "落标": rng.randrange(2, bidders + 1) if bidders > 2 else 2}.get(result, ""),
                    "综合得分": f"{rng.uniform(84, 97) if result == '中标' else rng.uniform(62, 90):.2f}" if result in ("中标", "落标") else "",
                    "投标结果": result,
                    "保证金(元)": f"{deposit:.0f}",
                    "保证金退回日": han(back) if result != "待开标" and back <= TODAY and rng.random() > 0.06 else "",
                    "有无质疑": "有" if result in ("中标", "落标") and rng.random() < 0.14 else "无",
                }
            )
    return sorted(rows, key=lambda row: row["标段号"])


def contracts_of(rng: random.Random, deals: list[Row]) -> list[Row]:
    """The contracts of most won deals."""
    rows: list[Row] = []
    for deal in sorted((row for row in deals if row["商机状态"] == "已成交"), key=lambda row: row["_ended"]):
        signed = deal["_ended"] + timedelta(rng.randrange(2, 26))
        if signed > TODAY or rng.random() < 0.04:
            continue
        value = round(float(deal["成交价(万元)"]) * 10_000 * rng.choice((1, 1, 1, 0.98, 1.03)))
        care = round(value * rng.choice((0, 0, 0.03, 0.05, 0.08)))
        due = signed + timedelta(rng.choice((30, 45, 60, 90)))
        came = due + timedelta(rng.choice((-9, -6, -3, -2, 0, 0, 4, 9, 17, 33)))
        checked = came + timedelta(rng.randrange(7, 50))
        state = "已验收" if checked <= TODAY else "履行中"
        settled = signed + timedelta(rng.randrange(100, 420))
        part = 1.0 if settled <= TODAY and state == "已验收" else rng.choice((0, 0.3, 0.3, 0.6, 0.9))
        if rng.random() < 0.025:
            state, came, checked, part = "已终止", date.max, date.max, 0.3
        elif part == 1.0:
            state = "已结清"
        rows.append(
            {
                "合同编号": f"HT{signed:%Y}-{len(rows) + 1:04d}",
                "商机号": deal["商机号"],
                "医院编号": deal["医院编号"],
                "签约日": dot(signed),
                "批复预算(元)": money(float(deal["科室预算(万元)"]) * 10_000) if deal["科室预算(万元)"] else "",
                "报价总额(元)": money(float(deal["我方报价(万元)"]) * 10_000),
                "签约金额(元)": money(value),
                "其中维保(元)": money(care),
                "累计到款(元)": money(round(value * part)),
                "约定到货日": dot(due),
                "实际到货日": dot(came) if came <= TODAY else "",
                "验收日": dot(checked) if checked <= TODAY else "",
                "履约状态": state,
                "付款条件": rng.choice(["三六一", "三六一", "验收后全款", "分期12个月", "货到60天"]),
                "质保(月)": rng.choice((12, 24, 24, 36)) if deal["型号编码"].startswith("SB") else "",
                "有无补充协议": rng.choice("有无无无无"),
                "_deal": deal,
                "_came": came,
                "_checked": checked,
            }
        )
    return rows


def installed_of(rng: random.Random, contracts: list[Row], hospitals: list[Row]) -> list[Row]:
    """The installed machines, of contracts and from before them."""
    lines = {item[0]: item[2] for item in GOODS}
    found: list[tuple[date, str, str, str, str]] = []
    for contract in contracts:
        deal = contract["_deal"]
        if deal["型号编码"].startswith("SB") and contract["_came"] <= TODAY - timedelta(8):
            for _ in range(min(4, deal["数量"])):
                when = contract["_came"] + timedelta(rng.randrange(1, 8))
                found.append((when, contract["合同编号"], deal["医院编号"], deal["型号编码"], deal["_area"]))
    for _ in range(95):
        hospital = rng.choices(hospitals, [row["_weight"] for row in hospitals])[0]
        item = rng.choice(GOODS[:16])
        found.append((date(2020, 3, 2) + timedelta(rng.randrange(1000)), "", hospital["医院编号"], item[0], hospital["片区"]))
    rows: list[Row] = []
    for when, contract_id, hospital_id, code, area in sorted(found):
        engineer = next(person[1] for person in PEOPLE if person[3] == "装机工程师" and person[4] == area) if rng.random() > 0.2 else "侯建国"
        engineer = "侯建国" if engineer == "龚晓亮" and when < date(2024, 3, 11) else engineer
        trained = when + timedelta(rng.randrange(2, 25))
        ends = when + timedelta(365 * rng.choice((1, 2, 2, 3)))
        last = TODAY - timedelta(rng.randrange(5, 260))
        state = (
            rng.choice(["在用", "在用", "在用", "在用", "在用", "在用", "在用", "维修中", "停机"])
            if when.year > 2021
            else rng.choice(["在用", "在用", "在用", "停机", "报废"])
        )
        rows.append(
            {
                "装机号": f"AZ{len(rows) + 1:05d}",
                "合同编号": contract_id,
                "医院编号": hospital_id,
                "型号编码": code,
                "序列号": f"{code[3:5]}{when:%y}{rng.randrange(10_000, 99_999)}",
                "安装科室": rng.choice(DEPARTMENTS[lines[code]].split()),
                "装机日": when.isoformat(),
                "装机工程师": engineer,
                "操作培训日": trained.isoformat() if trained <= TODAY and rng.random() > 0.12 else "",
                "参训人数": "",
                "培训评分": "",
                "保修截止": ends.isoformat(),
                "设备状态": state,
                "开机率(%)": f"{rng.uniform(71, 99.5):.1f}" if state == "在用" and rng.random() > 0.1 else "",
                "最近保养日": last.isoformat() if last > when and state != "报废" else "",
                "远程运维": rng.choice("有无"),
            }
        )
        if rows[-1]["操作培训日"]:
            rows[-1]["参训人数"] = rng.randrange(2, 19)
            rows[-1]["培训评分"] = rng.choice((3, 4, 4, 5, 5, "")) if rng.random() > 0.05 else 2
    return rows


def deliveries_of(rng: random.Random, hospitals: list[Row]) -> list[Row]:
    """Deliveries of consumables; a hospital buys the same few articles again and again."""
    goods = [item for item in GOODS if item[0].startswith("HC")]
    usual = {row["医院编号"]: rng.sample(goods, rng.randrange(2, 5)) for row in hospitals if row["_weight"] > 1 or rng.random() < 0.5}
    weights = {row["医院编号"]: row["_weight"] * rng.uniform(0.5, 1.5) for row in hospitals}
    buyers = sorted(usual)
    days = sorted(date(2024, 1, 3) + timedelta(int(832 * rng.random() ** 0.8)) for _ in range(840))
    rows: list[Row] = []
    for place, when in enumerate(days):
        who = rng.choices(buyers, [weights[key] for key in buyers])[0]
        item = rng.choice(usual[who])
        boxes = rng.randrange(5, 120, 5) if item[8] < 3000 else rng.randrange(2, 20)
        price = round(item[8] * (rng.uniform(0.88, 1.0) if item[0] not in BULK or when < date(2025, 7, 1) else rng.uniform(0.55, 0.62)), 1)
        promised = when + timedelta(rng.randrange(2, 8))
        arrived = promised + timedelta(rng.choice((-2, -1, -1, 0, 0, 0, 0, 1, 2, 5)))
        gone = arrived <= TODAY
        paid = gone and rng.random() < min(0.97, (TODAY - arrived).days / 170)
        hour = f"{rng.randrange(8, 18):02d}:{rng.randrange(60):02d}"
        rows.append(
            {
                "配送单号": f"PS{when:%y%m%d}{place % 100:02d}",
                "下单时间": f"{when.isoformat()} {hour}",
                "医院编号": who,
                "型号编码": item[0],
                "盒数": boxes,
                "结算单价(元)": price,
                "货款(元)": f"{boxes * price:.2f}",
                "承诺送达": promised.isoformat(),
                "签收日": arrived.isoformat() if gone else "",
                "批号": f"{rng.choice('ABCDX')}{when:%y%m}{rng.randrange(100, 999)}",
                "效期至": (when + timedelta(rng.randrange(150, 900))).isoformat(),
                "冷链": "是" if item[0] in COLD else "否",
                "拒收盒数": rng.choice((0,) * 9 + (1, 3)) if gone else "",
                "发票": "已开" if gone and rng.random() < 0.9 else "未开",
                "货款结清": "是" if paid else "否",
            }
        )
    return rows


def visits_of(rng: random.Random, hospitals: list[Row], deals: list[Row]) -> list[Row]:
    """Visits and calls, mostly about a deal while it is open."""
    texts = {
        "登门": "当面沟通参数 送彩页和报价 陪主任看样机 催收货款 回访使用情况",
        "电话": "电话问立项进度 确认开标时间 催收货款 约下周拜访",
        "微信": "微信发产品资料 确认到货时间 节日问候",
        "科室会": "科内产品宣讲 新技术分享",
        "学术会议": "展台接待 会上见主任",
    }
    names = {row["医院编号"]: row for row in hospitals}
    found: list[tuple[date, str, str, str]] = []
    for deal in deals:
        last = min(deal["_ended"], TODAY)
        for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
            when = deal["_start"] + timedelta(rng.randrange(0, max(1, (last - deal["_start"]).days + 1)))
            found.append((when, deal["医院编号"], deal["商机号"], deal["跟单人工号"]))
    for _ in range(110):
        hospital = rng.choices(hospitals, [row["_weight"] for row in hospitals])[0]
        reps = [person[0] for person in PEOPLE if person[3] == "业务员" and person[4] == hospital["片区"] and person[5] < "20230101"]
        found.append((START + timedelta(rng.randrange(1190)), hospital["医院编号"], "", rng.choice(reps)))
    rows: list[Row] = []
    for when, hospital_id, deal_id, who in sorted(row for row in found if row[0].weekday() < 6 or row[2] == ""):
        way = rng.choice(["登门", "登门", "登门", "电话", "电话", "微信", "科室会", "学术会议"])
        rows.append(
            {
                "拜访号": f"BF{len(rows) + 1:05d}",
                "拜访时间": f"{slash(when)} {rng.randrange(8, 18)}:{rng.randrange(0, 60, 5):02d}",
                "医院编号": hospital_id,
                "商机号": deal_id,
                "拜访人工号": who,
                "方式": way,
                "见到谁": rng.choice(["科室主任", "科室主任", "设备科", "采购办", "护士长", "分管院长"]),
                "时长(分钟)": "" if way == "微信" else rng.randrange(10, 95, 5),
                "纪要": rng.choice(texts[way].split()),
                "意向": rng.choice(["强", "中", "中", "弱"]) if rng.random() < 0.7 else "",
                "竞品动向": "有" if rng.random() < (0.25 if names[hospital_id]["等级"] == "三甲" else 0.12) else "无",
                "餐费(元)": rng.choice((0, 0, 0, 180, 260, 420, 680)) if way in ("登门", "科室会") else "",
                "约定下次": slash(when + timedelta(rng.randrange(3, 40))) if rng.random() < 0.35 else "",
            }
        )
    return rows


def slash(when: date) -> str:
    """A day as a spreadsheet shows it."""
    return f"{when.year}/{when.month}/{when.day}"


def dot(when: date) -> str:
    """A day with points."""
    return f"{when:%Y.%m.%d}"


def han(when: date) -> str:
    """A day in words."""
    return f"{when.year}年{when.month}月{when.day}日"


def money(value: float) -> str:
    """An amount with separators."""
    return f"{value:,.2f}"


def write(name: str, rows: list[Row]) -> None:
    """One file, as a spreadsheet writes it."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
