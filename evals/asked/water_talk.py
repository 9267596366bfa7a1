"""Questions to the seller of water treatment that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, AnyOf, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, column, iso, per, summed, wan
from evals.asked.water_papers import BILLED, SENT, WORTH, in_force
from evals.asked.water_rows import LOST, QUESTIONS, closed, deals, failed, income, late, papers, rate, rounds, running, sent, won, worth


@QUESTIONS.asks("沈工一共丢过多少单？")
def which_shen(raw: Raw) -> Ambiguous:
    """Two people sell under this surname."""
    return Ambiguous(tuple(Figure(sum(row["跟进销售"] == name for row in closed(raw, LOST))) for name in ("沈国栋", "沈雪梅")))


@QUESTIONS.asks("王工去年跑了多少次巡检")
def which_wang(raw: Raw) -> Ambiguous:
    """Two engineers have this surname."""
    rows = rounds(raw, "2025-01-01", "2025-12-31")
    return Ambiguous(tuple(Figure(sum(row["巡检人"] == name for row in rows)) for name in ("王立新", "王海波")))


@QUESTIONS.asks("澜庭热电的服务工程师是谁？")
def which_lanting(raw: Raw) -> Ambiguous:
    """Two clients have this short name."""
    return Ambiguous(tuple(Figure(row["服务工程师"]) for row in raw["客户档案"] if row["客户名称"].endswith("澜庭热电有限公司")))


@QUESTIONS.asks("What is the 循环水量 of 砺石印染?")
def which_lishi(raw: Raw) -> Ambiguous:
    """Two clients have this short name."""
    return Ambiguous(tuple(Figure(number(row["循环水量(m³/h)"])) for row in raw["客户档案"] if row["客户名称"].endswith("砺石印染有限公司")))


@QUESTIONS.asks("联系人张伟是哪家客户的？")
def which_zhang(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["客户名称"]) for row in raw["客户档案"] if row["主要联系人"] == "张伟"))


@QUESTIONS.asks("which company does the contact 孙敏 work for?")
def which_sun(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["客户名称"]) for row in raw["客户档案"] if row["主要联系人"] == "孙敏"))


QUESTIONS.unanswerable(
    ("缓蚀阻垢剂的毛利率有多高？", "毛利率"),
    ("2021年成交了几单？", "2021年"),
    ("肖建军手里跟着几条商机？", "肖建军"),
    ("华南区去年成交多少万", "华南区"),
    ("巡检的COD平均值多少？", "COD"),
    ("仓库里非氧化杀菌剂还剩几吨？", "仓库"),
    ("上季度费扬实际拜访了客户多少次", "实际拜访"),
    ("阴离子聚丙烯酰胺今年发了多少吨？", "阴离子聚丙烯酰胺"),
    ("清澜化学一年营收多少？", "营收"),
    ("How much freight did we pay to 中安物流 last year?", "freight"),
    ("处在中试放大阶段的商机有几条？", "中试放大"),
    ("2027年一季度新签指标多少", "2027年"),
    ("广东的客户有几家？", "广东"),
    ("沈雪梅去年拿了多少提成？", "提成"),
    ("average customer satisfaction score by region?", "satisfaction"),
    ("执行中的包干合同里驻厂人员一共派了几个人？", "驻厂人员"),
    ("新乡棠华新材料的税号是多少", "税号"),
    ("What is 姜海涛's base salary?", "salary"),
    ("How many site inspections did we do in 2022?", "2022"),
    ("What's the email address of our contact at 南京朔原热电有限公司?", "email"),
    ("How much did we spend on travel last year?", "travel"),
    ("Which carrier driver had the most accidents?", "driver"),
    ("What was the average hardness (硬度) of 软水站 in 2025?", "hardness"),
    ("How many employees does 新乡桐溪印染有限公司 have?", "employees"),
    ("List the tenders opened in 2020", "2020"),
    ("What was the cost per lead of our trade shows in 2025?", "cost per lead"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def either(rows: list[Row], name: str) -> AnyOf:
    """How many rows there are, or which."""
    return AnyOf((Figure(len(rows)), Listed(frozenset(row[name] for row in rows), count=len(rows))))


def region_won(raw: Raw, region: str, year: str) -> list[Row]:
    """Won in a year in a region."""
    return [row for row in won(raw, f"{year}-01-01", f"{year}-12-31") if row["大区"] == region]


def miao_open(raw: Raw) -> list[Row]:
    """What one person follows."""
    return [row for row in running(raw) if row["跟进销售"] == "苗芳"]


def miao_big(raw: Raw) -> list[Row]:
    """What one person follows, above 800,000 yuan."""
    return [row for row in miao_open(raw) if worth(row) > 80]


def of_line(raw: Raw, line: str, year: str = "") -> list[Row]:
    """Opportunities of a line of business, closed in a year where one is given."""
    return [row for row in deals(raw) if row["业务类型"] == line and iso(row["结案日期"]).startswith(year)]


def year_rounds(raw: Raw, year: str, region: str = "") -> list[Row]:
    """Inspections of a year, in a region where one is given."""
    return [row for row in rounds(raw, f"{year}-01-01", f"{year}-12-31") if row["大区"].startswith(region)]


def resin(raw: Raw, first: str, last: str) -> list[Row]:
    """Lines of one chemical in a span."""
    return [row for row in sent(raw, first, last) if row["品名"] == "反渗透阻垢剂"]


def lump(raw: Raw, resident: bool = False) -> list[Row]:
    """Lump-sum contracts in force, with people on site where that is asked."""
    return [row for row in in_force(raw) if row["合同类别"] == "包干合同" and (row["是否含驻厂"] == "是" or not resident)]


def late_in(raw: Raw, region: str) -> list[Row]:
    """Unpaid and due in a region."""
    return [row for row in late(raw) if row["大区"] == region]


def hao_lost(raw: Raw) -> list[Row]:
    """What one person lost in 2025."""
    return [row for row in closed(raw, LOST, "2025-01-01", "2025-12-31") if row["跟进销售"] == "郝丽娜"]


def frameworks(raw: Raw) -> list[Row]:
    """Framework contracts signed in 2025."""
    return [row for row in papers(raw) if iso(row["签订日期"]).startswith("2025") and row["合同类别"] == "框架协议"]


QUESTIONS.thread(
    "regions",
    ("华北区2025年成交几单？", count(lambda raw: region_won(raw, "华北区", "2025"))),
    ("那华东呢？", count(lambda raw: region_won(raw, "华东区", "2025"))),
    ("金额呢", lambda raw: wan(lambda by: Figure(income(region_won(raw, "华东区", "2025")) * by))),
    ("换成2024年的", lambda raw: wan(lambda by: Figure(income(region_won(raw, "华东区", "2024")) * by))),
)
QUESTIONS.thread(
    "miao",
    ("苗芳现在跟进中的商机有多少条", count(miao_open)),
    (
        "只看预计金额超过80万的",
        lambda raw: either(miao_big(raw), "商机名称"),
    ),
    ("把它们列出来", lambda raw: Listed(frozenset(row["商机名称"] for row in miao_big(raw)), count=len(miao_big(raw)))),
)
QUESTIONS.thread(
    "lines",
    ("win rate for 药剂框架供应?", lambda raw: Figure(rate(of_line(raw, "药剂框架供应")))),
    ("and in 2024?", lambda raw: Figure(rate(of_line(raw, "药剂框架供应", "2024")))),
    ("same for 设备销售", lambda raw: Figure(rate(of_line(raw, "设备销售", "2024")))),
)
QUESTIONS.thread(
    "rounds",
    ("2025年一共巡检了多少次？", count(lambda raw: year_rounds(raw, "2025"))),
    ("其中超标的占多少", lambda raw: Figure(failed(year_rounds(raw, "2025")))),
    ("西北区的呢", lambda raw: Figure(failed(year_rounds(raw, "2025", "西北区")))),
)
QUESTIONS.thread(
    "membrane",
    ("反渗透阻垢剂去年发了多少吨", lambda raw: Figure(total(resin(raw, "2025-01-01", "2025-12-31"), "数量"))),
    ("今年到现在呢？", lambda raw: Figure(total(resin(raw, "2026-01-01", "2099-12-31"), "数量"))),
    ("发货金额是多少", lambda raw: Figure(total(resin(raw, "2026-01-01", "2099-12-31"), SENT))),
    ("哪家客户拿得最多", lambda raw: AnyOf(tuple(Ranked(per(resin(raw, "2026-01-01", "2099-12-31"), "客户名称", summed(name))) for name in (SENT, "数量")))),
)
QUESTIONS.thread(
    "lump",
    ("How many 包干合同 are in force (执行中)?", count(lump)),
    (
        "only those with people on site (含驻厂)",
        lambda raw: either(lump(raw, resident=True), "合同号"),
    ),
    ("show them", lambda raw: Listed(frozenset(row["合同号"] for row in lump(raw, resident=True)), count=len(lump(raw, resident=True)))),
)
QUESTIONS.thread(
    "late",
    ("鲁豫区已过应收到期日还未核销的发票多少张？", count(lambda raw: late_in(raw, "鲁豫区"))),
    ("合计金额", lambda raw: Figure(total(late_in(raw, "鲁豫区"), BILLED))),
    ("按客户拆一下", lambda raw: Groups(per(late_in(raw, "鲁豫区"), "客户名称", summed(BILLED)))),
)
QUESTIONS.thread(
    "lost",
    ("郝丽娜去年丢了几单？", count(hao_lost)),
    ("都是什么原因，各几单", lambda raw: Groups(per(hao_lost(raw), "丢单原因", len))),
)
QUESTIONS.thread(
    "frameworks",
    ("2025年签的框架协议总金额多少？", lambda raw: Figure(total(frameworks(raw), WORTH))),
    ("平均一份呢？", lambda raw: Figure(average(column(frameworks(raw), WORTH)))),
    ("by 签约人, how many each?", lambda raw: Groups(per(frameworks(raw), "签约人", len))),
)
