"""Writes the export of an invented maker of windows and curtain walls: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20250820
TODAY = date(2025, 8, 20)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

CITIES = {
    "沪苏区": ("上海", "苏州", "无锡", "南京", "南通"),
    "浙皖区": ("杭州", "宁波", "合肥", "芜湖"),
    "华南区": ("广州", "佛山", "东莞", "厦门"),
    "华中区": ("武汉", "长沙", "郑州"),
    "西南区": ("成都", "重庆", "昆明"),
}
PEOPLE = (
    ("YW001", "贺振东", "总部", "营销总监", "2011-04-18", "", "41000", "在职"),
    ("YW002", "吴静怡", "沪苏区", "片区经理", "2014-03-10", "贺振东", "11500", "在职"),
    ("YW003", "邵国平", "浙皖区", "片区经理", "2013-08-26", "贺振东", "9100", "在职"),
    ("YW004", "林伟雄", "华南区", "片区经理", "2016-05-09", "贺振东", "9400", "在职"),
    ("YW005", "袁立群", "华中区", "片区经理", "2017-02-13", "贺振东", "6000", "在职"),
    ("YW006", "龚志远", "西南区", "片区经理", "2015-11-02", "贺振东", "3800", "在职"),
    ("YW007", "刘洋", "沪苏区", "业务员", "2017-06-19", "吴静怡", "4500", "在职"),
    ("YW008", "徐梦婷", "沪苏区", "业务员", "2020-03-23", "吴静怡", "4000", "在职"),
    ("YW009", "高俊峰", "沪苏区", "业务员", "2022-09-05", "吴静怡", "3000", "在职"),
    ("YW010", "章小峰", "浙皖区", "业务员", "2018-10-15", "邵国平", "5200", "在职"),
    ("YW011", "俞佳慧", "浙皖区", "业务员", "2021-07-12", "邵国平", "3900", "在职"),
    ("YW012", "麦浩然", "华南区", "业务员", "2016-12-05", "林伟雄", "4400", "在职"),
    ("YW013", "何晓彤", "华南区", "业务员", "2019-09-16", "林伟雄", "2800", "在职"),
    ("YW014", "刘佳怡", "华南区", "业务员", "2022-11-21", "林伟雄", "2200", "在职"),
    ("YW015", "汪海涛", "华中区", "业务员", "2018-04-02", "袁立群", "3400", "在职"),
    ("YW016", "熊倩", "华中区", "业务员", "2022-02-21", "袁立群", "2600", "在职"),
    ("YW017", "唐光明", "西南区", "业务员", "2019-01-07", "龚志远", "3600", "在职"),
    ("YW018", "秦雨桐", "西南区", "业务员", "2021-03-15", "龚志远", "", "离职"),
    ("JS001", "贾明哲", "总部", "深化设计师", "2015-07-06", "贺振东", "", "在职"),
    ("JS002", "程思敏", "总部", "深化设计师", "2019-07-08", "贺振东", "", "在职"),
    ("JS003", "顾一凡", "总部", "深化设计师", "2022-07-04", "贺振东", "", "在职"),
    ("SH001", "钟国强", "总部", "售后专员", "2014-09-01", "贺振东", "", "在职"),
    ("SH002", "田丽", "总部", "售后专员", "2020-06-01", "贺振东", "", "在职"),
    ("SH003", "马超群", "总部", "售后专员", "2023-02-06", "贺振东", "", "在职"),
)
SELLERS = {
    "沪苏区": (("刘洋", 5), ("徐梦婷", 4), ("高俊峰", 3)),
    "浙皖区": (("章小峰", 5), ("俞佳慧", 4)),
    "华南区": (("麦浩然", 4), ("何晓彤", 3), ("刘佳怡", 2)),
    "华中区": (("汪海涛", 4), ("熊倩", 3)),
    "西南区": (("唐光明", 5), ("秦雨桐", 2)),
}
SKILL = {
    "刘洋": 0.08,
    "徐梦婷": 0.02,
    "高俊峰": -0.06,
    "章小峰": 0.10,
    "俞佳慧": 0.0,
    "麦浩然": 0.06,
    "何晓彤": -0.02,
    "刘佳怡": -0.10,
    "汪海涛": 0.03,
    "熊倩": -0.05,
    "唐光明": 0.0,
    "秦雨桐": -0.12,
}
LEFT = date(2024, 10, 31)  # the day on which 秦雨桐 left
STEMS = [
    "星澜",
    "恒筑",
    "启元",
    "碧澜",
    "和悦",
    "锦耀",
    "泓景",
    "铭筑",
    "天澈",
    "昱辰",
    "朗庭",
    "卓屿",
    "安澜",
    "弘泽",
    "华樾",
    "嘉屿",
    "景曜",
    "君澜",
    "凯屿",
    "隆晟",
    "明樾",
    "宁筑",
    "鹏屿",
    "清樾",
    "荣澜",
    "瑞屿",
    "尚筑",
    "盛屿",
    "泰澜",
    "旺筑",
    "熙樾",
    "祥屿",
    "雅澜",
    "亿筑",
    "元屿",
]
HOMES = [
    "云栖里",
    "江澜府",
    "翡翠湾",
    "东方里",
    "滨江壹号",
    "观山悦",
    "湖畔雅苑",
    "春晓园",
    "梧桐府",
    "锦绣里",
    "星河湾",
    "天玺台",
    "和光里",
    "竹海园",
    "麓山里",
    "望江台",
    "桃源里",
    "晴川苑",
    "半岛府",
    "紫金台",
    "荷塘苑",
    "书香里",
]
PUBLIC = {
    "商办": ("国际中心", "金融广场", "创智大厦", "科创园", "时代广场"),
    "酒店": ("温泉酒店", "会展酒店", "湖景酒店"),
    "学校": ("实验小学", "外国语学校", "职教园区"),
    "医院": ("妇幼保健院", "第二人民医院", "中医院新院区"),
    "厂房": ("智造产业园", "光伏厂房", "物流仓储园"),
}
LINES = {
    "断桥铝门窗": (620, 0.05),
    "系统门窗": (1150, 0.02),
    "单元式幕墙": (1680, -0.05),
    "构件式幕墙": (1050, 0.0),
    "铝板石材": (780, -0.02),
    "栏杆百叶": (340, 0.12),
}
RIVALS = ("皇铝", "江宸幕墙", "远铝", "方舟门窗", "金拓幕墙", "本地小厂")
REASONS = (("报价偏高", 10), ("关系户中标", 6), ("业绩资质不足", 4), ("供货周期长", 4), ("图纸深化慢", 3), ("样板间未过", 3), ("垫资要求接受不了", 3))
WAYS = (("上门", 8), ("工地走访", 6), ("电话", 7), ("微信", 6), ("来厂考察", 2), ("展会面谈", 1))
TALKS = (
    "催定标进度，说还在走流程",
    "送样品和色卡",
    "核对门窗表数量",
    "沟通五金品牌替换",
    "对方嫌单价高，要求再让两个点",
    "确认玻璃配置",
    "催进度款",
    "约看样板间",
    "了解竞品报价",
    "讨论付款节点",
    "图纸有改动，需重新深化",
    "对接成本部，问抵房比例",
    "确认首批到货时间",
    "新地块摸排",
    "节前走动",
)


class Maker:
    """Makes the tables one after the other, each from those before."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)  # noqa: S311
        self.clients: list[Row] = []
        self.deals: list[Row] = []
        self.contracts: list[Row] = []
        self.arrivals: list[Row] = []
        self.receipts: list[Row] = []
        self.visits: list[Row] = []
        self.complaints: list[Row] = []

    def pick(self, weighted: tuple[tuple[str, int], ...]) -> str:
        """One of several values by weight."""
        return self.dice.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]

    def later(self, start: date, least: int, most: int) -> date:
        """A day some days after another."""
        return start + timedelta(self.dice.randint(least, most))

    def make_clients(self) -> None:
        """Developers, contractors, dealers and owners."""
        regions = [(name, weight) for name, weight in (("沪苏区", 34), ("浙皖区", 27), ("华南区", 27), ("华中区", 20), ("西南区", 16))]
        used: set[str] = set()
        fixed = [("沪苏区", "苏州", "开发商", "中岚置业（苏州）有限公司"), ("沪苏区", "无锡", "开发商", "中岚置业（无锡）有限公司")]
        fixed += [("华中区", "武汉", "总包单位", "楚恒建工第一工程公司"), ("华中区", "武汉", "总包单位", "楚恒建工第三工程公司")]
        fixed += [("浙皖区", "杭州", "开发商", "杭州滨筑房地产开发有限公司"), ("华南区", "佛山", "经销商", "佛山顺屿门窗经营部")]
        for region, weight in regions:
            for _ in range(weight - sum(item[0] == region for item in fixed)):
                kind = self.pick((("开发商", 46), ("总包单位", 26), ("经销商", 18), ("业主单位", 10)))
                city = self.dice.choice(CITIES[region])
                name = ""
                while not name or name in used:
                    stem = self.dice.choice(STEMS)
                    name = {
                        "开发商": f"{city}{stem}{self.dice.choice(('置业有限公司', '房地产开发有限公司', '城市发展有限公司'))}",
                        "总包单位": f"{city}{stem}{self.dice.choice(('建工集团有限公司', '建设工程有限公司'))}",
                        "经销商": f"{city}{stem}{self.dice.choice(('门窗经营部', '建材商行', '装饰材料有限公司'))}",
                        "业主单位": f"{city}{stem}{self.dice.choice(('教育投资有限公司', '医疗投资有限公司', '文旅发展有限公司'))}",
                    }[kind]
                used.add(name)
                fixed.append((region, city, kind, name))
        self.dice.shuffle(fixed)
        for place, (region, city, kind, name) in enumerate(fixed, 1):
            seller = self.pick(SELLERS[region])
            level = self.pick((("核心", 2), ("重点", 5), ("普通", 9))) if kind != "经销商" else self.pick((("重点", 1), ("普通", 3)))
            self.clients.append(
                {
                    "甲方代码": f"JF{place:03d}",
                    "甲方名称": name,
                    "甲方类型": kind,
                    "区域": region,
                    "所在城市": city,
                    "客情分级": level,
                    "归属业务员": "唐光明" if seller == "秦雨桐" else seller,
                    "建档日期": self.later(date(2019, 3, 1), 0, 2200).isoformat(),
                    "授信额度(万元)": {"核心": 800, "重点": 300, "普通": 100}[level] + 50 * self.dice.randint(0, 6) if self.dice.random() > 0.1 else "",
                    "账期(天)": self.dice.choice((30, 45, 60, 90)) if kind != "经销商" else self.dice.choice((0, 15, 30)),
                    "战略集采": "是" if level == "核心" and self.dice.random() < 0.6 else "否",
                    "对接人": self.dice.choice("赵钱孙李周郑冯陈蒋沈韩杨朱许吕孔曹严金魏陶姜戚谢邹柏窦苏潘葛范彭鲁韦")
                    + self.dice.choice(("老板", "总") if kind == "经销商" else ("工", "经理", "总")),
                    "对接部门": self.dice.choice(("成本部", "工程部", "采购部", "设计部", "")),
                    "获客渠道": self.pick((("老客户介绍", 6), ("招标网", 5), ("设计院推荐", 4), ("建博会", 2), ("陌拜", 3))),
                    "_原业务员": seller,
                }
            )

    def make_deals(self) -> None:
        """Quoted projects of the clients."""
        weights = [{"核心": 6, "重点": 3.5, "普通": 1.6}[row["客情分级"]] * (0.6 + self.dice.random()) for row in self.clients]
        weights = [0.0 if place % 17 == 5 else weight for place, weight in enumerate(weights)]  # some clients never asked for a price
        days = sorted(
            [self.later(date(2023, 1, 4), 0, 360) for _ in range(150)]
            + [self.later(date(2024, 1, 2), 0, 362) for _ in range(178)]
            + [self.later(date(2025, 1, 2), 0, 225) for _ in range(132)]
        )
        names: set[str] = set()
        for day in days:
            client = self.dice.choices(self.clients, weights)[0]
            if day < date.fromisoformat(client["建档日期"]):
                client["建档日期"] = (day - timedelta(self.dice.randint(3, 60))).isoformat()
            self.deals.append(self.deal(day, client, names))
        for year in ("23", "24", "25"):
            for place, row in enumerate([row for row in self.deals if row["_登记"].strftime("%y") == year], 1):
                row["报价单号"] = f"BJ{year}-{place:03d}"

    def deal(self, day: date, client: Row, names: set[str]) -> Row:
        """One quoted project."""
        dice = self.dice
        seller = client["_原业务员"] if day < LEFT - timedelta(20) else client["归属业务员"]
        use = {"业主单位": dice.choice(("学校", "医院", "酒店", "商办"))}.get(
            client["甲方类型"], self.pick((("住宅", 12), ("商办", 5), ("酒店", 2), ("学校", 2), ("医院", 1), ("厂房", 2)))
        )
        line = (
            self.pick((("断桥铝门窗", 8), ("系统门窗", 6), ("栏杆百叶", 3)))
            if use == "住宅"
            else self.pick((("单元式幕墙", 4), ("构件式幕墙", 5), ("铝板石材", 3), ("断桥铝门窗", 3), ("系统门窗", 1)))
        )
        name = ""
        while not name or name in names:
            if use == "住宅":
                name = f"{client['所在城市']}{dice.choice(HOMES)}{dice.choice(('一期', '二期', '三期', 'A地块', 'B地块'))}"
            else:
                name = f"{client['所在城市']}{dice.choice(STEMS)}{dice.choice(PUBLIC[use])}"
        if dice.random() > 0.04:
            names.add(name)
        area = round(dice.lognormvariate(8.7, 0.75) / 10) * 10
        if client["甲方类型"] == "经销商":
            area = max(120, area // 60 * 10)
        price, ease = LINES[line]
        quote = round(area * price * dice.uniform(0.88, 1.15) / 10_000, 1)
        way = "集采" if client["战略集采"] == "是" and dice.random() < 0.7 else self.pick((("公开招标", 4), ("邀标", 5), ("议标", 3)))
        sample = self.pick((("已做", 4), ("未做", 4), ("不需要", 3)))
        points = min(100, max(55, round(dice.gauss(82, 9))))
        chance = 0.43 + ease + SKILL[seller] + {"集采": 0.12, "议标": 0.08, "邀标": 0.0, "公开招标": -0.12}[way]
        chance += {"核心": 0.10, "重点": 0.0, "普通": -0.05}[client["客情分级"]] + ((points - 82) / 80 if sample == "已做" else 0)
        drawn = self.later(day, 3, 36) if line != "栏杆百叶" or dice.random() < 0.3 else None
        quoted = self.later(drawn or day, 2, 24)
        due = self.later(quoted, 25, 130)
        decided = due + timedelta(dice.choice((-9, -4, 0, 0, 3, 8, 15, 26)))
        never = dice.random() < 0.06
        if decided < TODAY and not never:
            state = "中标" if dice.random() < chance else "落标"
        elif never or quoted < TODAY - timedelta(12):
            state = dice.choice(("已报价", "已报价", "议价"))
        elif drawn and drawn < TODAY:
            state = "图纸深化"
        else:
            state = "接洽"
        done = state in ("中标", "落标")
        has_quote = state not in ("接洽", "图纸深化")
        return {
            "报价单号": "",
            "楼盘": name,
            "甲方代码": client["甲方代码"],
            "业务员": seller,
            "产品线": line,
            "业态": use,
            "面积(㎡)": area,
            "报价(万元)": quote if has_quote else "",
            "进展": state,
            "登记日期": slashed(day),
            "报价日期": slashed(quoted) if has_quote else "",
            "预计定标日": slashed(due) if has_quote or dice.random() < 0.5 else "",
            "定标日期": slashed(decided) if done else "",
            "中标价(万元)": round(quote * dice.choice((1, 0.98, 0.97, 0.95, 0.93, 0.9)), 1) if state == "中标" else "",
            "落标原因": (self.pick(REASONS) if dice.random() > 0.08 else "") if state == "落标" else "",
            "主要对手": dice.choices(RIVALS, (6, 4, 5, 3, 3, 4))[0] if dice.random() > 0.2 else "",
            "招采方式": way,
            "深化设计师": dice.choice(("贾明哲", "程思敏", "程思敏", "顾一凡")) if drawn else "",
            "深化出图日": slashed(drawn) if drawn and state != "接洽" and drawn < TODAY else "",
            "样板间": sample,
            "样板间评分": points if sample == "已做" else "",
            "预估毛利率(%)": round(dice.gauss(18, 4.5), 1) if has_quote and dice.random() > 0.07 else "",
            "_登记": day,
            "_定标": decided if done else None,
            "_甲方": client,
        }

    def make_contracts(self) -> None:
        """Signed contracts of most won projects, with their deliveries and payments."""
        won = sorted((row for row in self.deals if row["进展"] == "中标"), key=lambda row: str(row["_定标"]))
        for row in won:
            signed = self.later(row["_定标"], 5, 48)
            if signed >= TODAY or self.dice.random() < 0.05:
                continue
            self.contract(row, signed)
        for year in ("23", "24", "25"):
            rows = sorted((row for row in self.contracts if row["签约日期"][2:4] == year), key=lambda row: str(row["签约日期"]))
            for place, row in enumerate(rows, 1):
                row["合同号"] = f"XS{year}{place:03d}"
        self.contracts.sort(key=lambda row: str(row["合同号"]))
        for contract in self.contracts:
            self.deliver(contract)
            self.collect(contract)
        self.arrivals.sort(key=lambda row: str(row["_日"]))
        self.receipts.sort(key=lambda row: str(row["_日"]))
        for place, row in enumerate(self.arrivals, 1):
            row["送货单号"] = f"SH{place:05d}"
        for place, row in enumerate(self.receipts, 1):
            row["回款编号"] = f"HK{place:04d}"

    def contract(self, deal: Row, signed: date) -> None:
        """One contract."""
        dice = self.dice
        promised = self.later(signed, 45, 170)
        finished = promised + timedelta(dice.choice((-12, -5, -2, 0, 3, 9, 17, 31)))
        state = "已完工" if finished < TODAY else "供货中" if signed < TODAY - timedelta(40) else "待排产"
        if state == "已完工" and finished < TODAY - timedelta(150):
            state = dice.choice(("已结算", "已结算", "已完工"))
        price = round(deal["中标价(万元)"] * 10_000 * dice.choice((1, 1, 0.99, 1.015)))
        self.contracts.append(
            {
                "合同号": "",
                "报价单号": deal["报价单号"],
                "甲方名称": deal["_甲方"]["甲方名称"],
                "签约日期": signed.isoformat(),
                "合同价(元)": price,
                "预付比例(%)": dice.choice((0, 10, 15, 20, 30)),
                "约定供货完成日": promised.isoformat(),
                "实际供货完成日": finished.isoformat() if finished < TODAY else "",
                "合同进度": state,
                "质保金比例(%)": dice.choice((3, 3, 5)),
                "质保截止日": (finished + timedelta(730)).isoformat() if finished < TODAY else "",
                "结算价(元)": round(price * dice.uniform(0.95, 1.09)) if state == "已结算" else "",
                "调价条款": dice.choice(("有", "无", "无")),
                "_甲方": deal["_甲方"],
                "_面积": deal["面积(㎡)"],
            }
        )

    def deliver(self, contract: Row) -> None:
        """The batches of a contract that were sent or are planned."""
        dice = self.dice
        signed, promised = date.fromisoformat(contract["签约日期"]), date.fromisoformat(contract["约定供货完成日"])
        ended = date.fromisoformat(contract["实际供货完成日"]) if contract["实际供货完成日"] else None
        batches = max(1, min(7, round(contract["_面积"] / 2200)))
        for batch in range(1, batches + 1):
            planned = signed + (promised - signed) * batch // batches
            carrier = dice.choice(("顺捷物流", "顺捷物流", "安达货运", "本厂车队"))
            came = planned + timedelta(dice.choice((-3, -1, 0, 0, 1, 2, 5, 9)) + (4 if carrier == "安达货运" else 0))
            came = ended if ended and (batch == batches or came > ended) else came
            there = came < TODAY
            self.arrivals.append(
                {
                    "送货单号": "",
                    "合同号": contract["合同号"],
                    "批次": batch,
                    "计划到货日": slashed(planned),
                    "实际到货日": slashed(came) if there else "",
                    "到货面积(㎡)": round(contract["_面积"] / batches * dice.uniform(0.9, 1.1)) if there else "",
                    "承运单位": carrier,
                    "破损(樘)": dice.choices((0, 1, 2, 3, 6), (10, 3, 2, 1, 1 + 2 * (carrier == "安达货运")))[0] if there else "",
                    "签收人": dice.choice(("李工", "老周", "王队", "材料员小陈", "监理张工")) if there else "",
                    "_日": planned,
                }
            )

    def collect(self, contract: Row) -> None:
        """The payments due under a contract."""
        dice = self.dice
        signed, promised = date.fromisoformat(contract["签约日期"]), date.fromisoformat(contract["约定供货完成日"])
        ended = date.fromisoformat(contract["实际供货完成日"]) if contract["实际供货完成日"] else promised
        ahead, kept = contract["预付比例(%)"] / 100, contract["质保金比例(%)"] / 100
        steps = [("预付款", signed + timedelta(10), ahead), ("进度款", signed + (ended - signed) * 2 // 3, 0.8 - ahead)]
        steps += [("结算款", ended + timedelta(90), 0.2 - kept), ("质保金", ended + timedelta(730), kept)]
        for name, due, share in steps:
            if share <= 0 or due > TODAY + timedelta(75):
                continue
            amount = round(contract["合同价(元)"] * share)
            slow = {"开发商": 38, "总包单位": 26, "经销商": 6, "业主单位": 15}[contract["_甲方"]["甲方类型"]]
            paid = due + timedelta(max(-6, round(dice.expovariate(1 / slow)) - 6))
            there = paid < TODAY and dice.random() > (0.07 if name != "质保金" else 0.3)
            part = dice.choice((1, 1, 1, 1, 1, 0.8, 0.6)) if name in ("进度款", "结算款") else 1
            form = self.pick((("电汇", 10), ("银承", 4), ("商票", 3), ("工抵房", 2 if contract["_甲方"]["甲方类型"] == "开发商" else 0)))
            self.receipts.append(
                {
                    "回款编号": "",
                    "合同号": contract["合同号"],
                    "款项": name,
                    "应回日期": due.isoformat(),
                    "应回金额(元)": amount,
                    "到账日期": paid.isoformat() if there else "",
                    "到账金额(元)": round(amount * part) if there else "",
                    "回款形式": form if there else "",
                    "_日": due,
                }
            )

    def make_visits(self) -> None:
        """What the sellers noted about their visits and calls."""
        dice = self.dice
        weights = [{"核心": 5, "重点": 3, "普通": 1.2}[row["客情分级"]] for row in self.clients]
        weights = [weight if place % 11 else 0.15 for place, weight in enumerate(weights)]
        for day in sorted(self.later(date(2024, 1, 2), 0, 594) for _ in range(980)):
            if day.weekday() == 6:
                continue
            client = dice.choices(self.clients, weights)[0]
            if day < date.fromisoformat(client["建档日期"]):
                continue
            about = [row for row in self.deals if row["_甲方"] is client and row["_登记"] <= day <= (row["_定标"] or TODAY)]
            way = self.pick(WAYS)
            self.visits.append(
                {
                    "纪要编号": "",
                    "拜访日": slashed(day),
                    "甲方代码": client["甲方代码"],
                    "报价单号": dice.choice(about)["报价单号"] if about and dice.random() < 0.8 else "",
                    "拜访人": client["_原业务员"] if day < LEFT else client["归属业务员"],
                    "方式": way,
                    "谈话要点": dice.choice(TALKS),
                    "对方态度": self.pick((("积极", 4), ("一般", 5), ("冷淡", 2))) if dice.random() > 0.15 else "",
                    "招待费(元)": dice.choice((0, 0, 0, 180, 320, 560, 880, 1500)) if way in ("上门", "工地走访", "来厂考察") else "",
                }
            )
        for place, row in enumerate(self.visits, 1):
            row["纪要编号"] = f"JY{place:04d}"

    def make_complaints(self) -> None:
        """Complaints under contracts that were delivered, at least in part."""
        dice = self.dice
        for contract in self.contracts:
            arrived = [row["_日"] for row in self.arrivals if row["合同号"] == contract["合同号"] and row["实际到货日"]]
            for _ in range(dice.choice((0, 1, 1, 2, 3)) if arrived else 0):
                day = self.later(min(arrived), 4, 300)
                if day >= TODAY:
                    continue
                kind = self.pick((("渗漏水", 7), ("到货延误", 5), ("玻璃自爆", 3), ("五金异响", 5), ("型材色差", 2), ("尺寸偏差", 4), ("表面划伤", 4)))
                grave = self.pick((("一般", 6), ("严重", 3), ("重大", 1)))
                ended = self.later(day, 1, {"一般": 20, "严重": 35, "重大": 60}[grave])
                over = ended < TODAY and dice.random() > 0.06
                self.complaints.append(
                    {
                        "投诉单号": "",
                        "登记日": day.isoformat(),
                        "甲方代码": contract["_甲方"]["甲方代码"],
                        "合同号": contract["合同号"],
                        "投诉类别": kind,
                        "严重度": grave,
                        "责任方": {"到货延误": "物流", "表面划伤": "物流", "渗漏水": "安装队", "五金异响": "供应商"}.get(kind, dice.choice(("工厂", "设计"))),
                        "经办人": self.pick((("钟国强", 4), ("田丽", 4), ("马超群", 3))),
                        "办结日": ended.isoformat() if over else "",
                        "赔付(元)": (dice.choice((0, 0, 500, 1200, 3000)) * {"一般": 1, "严重": 4, "重大": 12}[grave]) if over else "",
                        "回访评分": dice.choices((1, 2, 3, 4, 5), (1, 2, 4, 7, 5))[0] if over and dice.random() > 0.2 else "",
                    }
                )
        self.complaints.sort(key=lambda row: str(row["登记日"]))
        for place, row in enumerate(self.complaints, 1):
            row["投诉单号"] = f"TS{place:04d}"


def slashed(value: date) -> str:
    """A day as 2025/3/7."""
    return f"{value.year}/{value.month}/{value.day}"


def write(name: str, rows: list[Row]) -> None:
    """One file, without the columns that only the generator uses."""
    kept = [{key: value for key, value in row.items() if not key.startswith("_")} for row in rows]
    EXPORT.mkdir(exist_ok=True)
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def main() -> None:
    """Makes and writes every file."""
    maker = Maker()
    maker.make_clients()
    maker.make_deals()
    maker.make_contracts()
    maker.make_visits()
    maker.make_complaints()
    titles = ("工号", "姓名", "片区", "职务", "入职日期", "直属领导", "年度指标(万元)", "在职情况")
    write("花名册", [dict(zip(titles, person, strict=True)) for person in PEOPLE])
    write("甲方名录", maker.clients)
    write("报价项目", maker.deals)
    write("签约合同", maker.contracts)
    write("到货记录", maker.arrivals)
    write("回款台账", maker.receipts)
    write("拜访纪要", maker.visits)
    write("投诉登记", maker.complaints)


if __name__ == "__main__":
    main()
