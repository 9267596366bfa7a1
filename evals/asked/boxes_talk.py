"""Questions to the maker of boxes that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.boxes_floor import late
from evals.asked.boxes_rows import (
    CLIENTS,
    NAMES,
    PEOPLE,
    QUESTIONS,
    TOOLS,
    claims,
    debts,
    diary,
    gap,
    listed,
    offers,
    overdue,
    sent,
    taken,
    thousands,
    worth,
)
from evals.asked.expecting import Ambiguous, AnyOf, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, per


@QUESTIONS.asks("老林前前后后报过多少份价？", "how many quotations has Lin (林) issued in all?")
def which_lin(raw: Raw) -> Ambiguous:
    """Two salespeople have this surname."""
    return Ambiguous(tuple(Figure(sum(row["报价人"] == name for row in offers(raw))) for name in ("林国栋", "林佩珊")))


@QUESTIONS.asks("姓林的那个业务员哪年哪月进厂的")
def which_lin_joined(raw: Raw) -> Ambiguous:
    """Two salespeople have this surname."""
    return Ambiguous(tuple(Figure(day(row["入厂日期"])) for row in raw[PEOPLE] if row["姓名"].startswith("林")))


@QUESTIONS.asks("青石巷是哪个业务员的客户？")
def which_lane(raw: Raw) -> Ambiguous:
    """Two clients begin like this."""
    return Ambiguous(tuple(Figure(row["业务员"]) for row in raw[CLIENTS] if row["客户简称"].startswith("青石巷")))


@QUESTIONS.asks("Quotes sent to 蓝屿 so far, how many?")
def which_island(raw: Raw) -> Ambiguous:
    """Two clients begin like this."""
    return Ambiguous(tuple(Figure(sum(row["客户简称"] == name for row in offers(raw))) for name in ("蓝屿电商", "蓝屿电器")))


@QUESTIONS.asks("白鹭洲送一趟货多少公里")
def which_heron(raw: Raw) -> Ambiguous:
    """Two clients begin like this."""
    return Ambiguous(tuple(Figure(number(row["送货里程(km)"])) for row in raw[CLIENTS] if row["客户简称"].startswith("白鹭洲")))


QUESTIONS.unanswerable(
    ("彩盒的毛利率大概多少？", "毛利率"),
    ("2021年接了多少张订单", "2021年"),
    ("温雪梅上个月提成拿了多少", "提成"),
    ("现在K纸进价多少钱一吨？", "进价"),
    ("仓库里原纸还剩几吨", "原纸"),
    ("华东片去年接单多少钱？", "华东片"),
    ("黄志强今年报了几份价？", "黄志强"),
    ("报价没成的那些，都被哪家同行抢走了？", "同行"),
    ("区永强2025年的任务完成了百分之几？", "2025年的任务"),
    ("印刷机上周开机几个小时", "开机"),
    ("送DD26040326那车货的司机叫什么名字？", "司机"),
    ("蜂窝纸板今年接了几单？", "蜂窝纸板"),
    ("打样平均要几天出样？", "出样"),
    ("客户满意度评分最低的是谁", "满意度评分"),
    ("这批刀模都是哪家刀模厂做的？", "刀模厂"),
    ("稻田里酒业的采购邮箱是多少", "邮箱"),
    ("A级客户的注册资本平均多少？", "注册资本"),
    ("今年送货油费花了多少钱？", "油费"),
    ("纸箱的抗压强度平均多少牛", "抗压强度"),
    ("What's our scrap rate in the die-cutting shop?", "scrap rate"),
    ("How many customers hold an FSC certificate?", "FSC"),
    ("What does 莫丽仪 earn a month?", "earn"),
    ("Invoice number of 凯峰食品's latest statement?", "Invoice number"),
    ("Total orders we took in 2022?", "2022"),
    ("How many quotations are at the stage 已报关?", "已报关"),
    ("Which exhibitions brought in our customers?", "exhibitions"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def area(raw: Raw, name: str) -> AnyOf:
    """Value ordered in 2025 from an area."""
    return taken(raw, lambda rows: Figure(worth(row for row in rows if row["片区"] == name)), "2025-01-01", "2025-12-31")


def foshan_by_ware(raw: Raw, ranked: bool) -> AnyOf:
    """Value ordered in 2025 from 广佛片, by ware."""

    def build(rows: list[Row]) -> Ranked | Groups:
        found = per((row for row in rows if row["片区"] == "广佛片"), "品类", worth)
        return Ranked(found) if ranked else Groups(found)

    return taken(raw, build, "2025-01-01", "2025-12-31")


def lin_quotes(raw: Raw, year: str) -> list[Row]:
    """Quotations of 林佩珊 of a year."""
    return [row for row in offers(raw, f"{year}-01-01", f"{year}-12-31") if row["报价人"] == "林佩珊"]


def quarter_sent(raw: Raw, year: str) -> list[Row]:
    """Deliveries of the first quarter of a year."""
    return sent(raw, f"{year}-01-01", f"{year}-03-31")


def both_for_2025(raw: Raw) -> AnyOf:
    """Pieces of the first quarter of 2025, with the deliveries or without."""
    rows = quarter_sent(raw, "2025")
    pieces = Figure(total(rows, "送货数(个)"))
    return AnyOf((pieces, Each((Figure(len(rows)), pieces))))


def overdue_a(raw: Raw) -> list[Row]:
    """Overdue statements of clients of the grade A."""
    return [row for row in overdue(raw) if row["客户等级"] == "A"]


def overdue_names(raw: Raw) -> AnyOf:
    """Their clients, as clients or as statements."""
    rows = overdue_a(raw)
    held = list({row["客户代号"]: row for row in rows}.values())
    return AnyOf((*listed(held, *NAMES).options, *listed(rows, *NAMES).options))


def severe(raw: Raw) -> list[Row]:
    """Severe complaints of 2025."""
    return [row for row in claims(raw, "2025-01-01", "2025-12-31") if row["程度"] == "严重"]


def plates(raw: Raw, **wanted: str) -> list[Row]:
    """Flexo plates with some values."""
    return [row for row in raw[TOOLS] if row["种类"] == "柔印版" and all(row[key] == value for key, value in wanted.items())]


def april_diary(raw: Raw, who: str) -> list[Row]:
    """Entries of one person in April 2026."""
    return [row for row in diary(raw, "2026-04-01", "2026-04-30") if row["业务员"] == who]


def best(raw: Raw) -> list[Row]:
    """Clients of the grade A."""
    return [row for row in raw[CLIENTS] if row["客户等级"] == "A"]


QUESTIONS.thread(
    "areas",
    ("莞深片去年接单金额一共多少？", lambda raw: area(raw, "莞深片")),
    ("那广佛片呢", lambda raw: area(raw, "广佛片")),
    ("按品类分开看", lambda raw: foshan_by_ware(raw, ranked=False)),
    ("哪个品类最多？", lambda raw: foshan_by_ware(raw, ranked=True)),
)
QUESTIONS.thread(
    "quotes",
    ("林佩珊今年报了几份价？", count(lambda raw: lin_quotes(raw, "2026"))),
    ("其中转了单的有几份", count(lambda raw: [row for row in lin_quotes(raw, "2026") if row["结果"] == "已转单"])),
    ("去年呢？", count(lambda raw: [row for row in lin_quotes(raw, "2025") if row["结果"] == "已转单"])),
)
QUESTIONS.thread(
    "deliveries",
    ("How many delivery notes did we write in Q1 2026?", count(lambda raw: quarter_sent(raw, "2026"))),
    ("and how many pieces was that?", lambda raw: Figure(total(quarter_sent(raw, "2026"), "送货数(个)"))),
    ("same for Q1 2025", both_for_2025),
)
QUESTIONS.thread(
    "debts",
    ("过了到期日没收齐的账单现在有几张？", count(overdue)),
    ("只看A级客户的", count(overdue_a)),
    ("总共欠多少钱", lambda raw: thousands(lambda by: Figure(debts(overdue_a(raw)) * by))),
    ("是哪几家，列出来", overdue_names),
)
QUESTIONS.thread(
    "complaints",
    ("2025年严重客诉多少起？", count(severe)),
    ("按问题分一下", lambda raw: Groups(per(severe(raw), "问题", len))),
    ("没结案的呢，列单号", lambda raw: Listed(frozenset(row["客诉编号"] for row in severe(raw) if not row["结案日"]))),
)
QUESTIONS.thread(
    "plates",
    ("How many 柔印版 do we have on the books?", count(plates)),
    ("only the ones on the rack (在架)", count(lambda raw: plates(raw, 版况="在架"))),
    ("of those, how many did we pay for ourselves (我厂付)?", count(lambda raw: plates(raw, 版况="在架", 费用归谁="我厂付"))),
)
QUESTIONS.thread(
    "entries",
    ("欧阳健上个月写了几条日报", count(lambda raw: april_diary(raw, "欧阳健"))),
    ("上门的有几条？", count(lambda raw: [row for row in april_diary(raw, "欧阳健") if row["方式"] == "上门"])),
    ("温雪梅呢", count(lambda raw: [row for row in april_diary(raw, "温雪梅") if row["方式"] == "上门"])),
)
QUESTIONS.thread(
    "grades",
    ("A级客户列个名单", lambda raw: listed(best(raw), *NAMES)),
    ("每个业务员各管几家？", lambda raw: Groups(per(best(raw), "业务员", len))),
    ("这些客户的信用额度合计", lambda raw: thousands(lambda by: Figure(total(best(raw), "信用额度(千元)") * by))),
)
QUESTIONS.thread(
    "delays",
    ("今年有几张送货单是迟送的（晚于要求交期）？", count(lambda raw: [row for row in sent(raw, "2026-01-01") if late(row)])),
    (
        "平均迟了几天",
        lambda raw: Figure(average(gap(row["要求交期"], row["送货日期"]) for row in sent(raw, "2026-01-01") if late(row))),
    ),
)
