"""Questions to the distributor of laboratory instruments that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, Figure, Groups, Listed, Ranked
from evals.asked.labs_rows import BUDGET, DUE, QUESTIONS, TEAMS, UNITS, budget, chances, overdue, per, services, signed, still_open, value, visits, wan
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column


@QUESTIONS.asks("小李今年签了多少合同额？")
def which_li(raw: Raw) -> Ambiguous:
    """Two who sell have this surname."""
    return Ambiguous(tuple(Figure(value(row for row in signed(raw, "2025-01-01") if row["员工"] == name)) for name in ("李思源", "李明哲")))


@QUESTIONS.asks("王工今年处理了几张服务单")
def which_wang(raw: Raw) -> Ambiguous:
    """Two engineers have this surname."""
    return Ambiguous(tuple(Figure(sum(row["员工"] == name for row in services(raw, "2025-01-01"))) for name in ("王海峰", "王立")))


@QUESTIONS.asks("沐桐大学在我们这儿一共立过几个商机？", "How many opportunities have we had with 沐桐大学?")
def which_mutong(raw: Raw) -> Ambiguous:
    """Two universities have this short name."""
    return Ambiguous(tuple(Figure(sum(row["客户全称"] == name for row in chances(raw))) for name in ("南京沐桐大学", "成都沐桐大学")))


@QUESTIONS.asks("屿安医院的合同额累计多少")
def which_yuan(raw: Raw) -> Ambiguous:
    """Two hospitals have this short name."""
    return Ambiguous(tuple(Figure(value(row for row in signed(raw) if row["客户全称"] == name)) for name in ("杭州屿安医院", "广州屿安医院")))


@QUESTIONS.asks("周泽宇是哪家单位的？")
def which_pi(raw: Raw) -> Ambiguous:
    """Two heads of groups have this name."""
    units = raw.by(UNITS, "客户编码")
    return Ambiguous(tuple(Figure(units[row["所属客户编码"]]["客户全称"]) for row in raw[TEAMS] if row["负责人(PI)"] == "周泽宇"))


QUESTIONS.unanswerable(
    ("今年仪器合同的毛利率是多少？", "毛利率"),
    ("液质联用仪现在库存还有几台", "库存"),
    ("2021年我们签了多少合同额？", "2021年"),
    ("2026年的销售任务定了多少", "2026年"),
    ("孟庆国今年业绩怎么样，签了多少钱？", "孟庆国"),
    ("各销售今年的差旅费报销多少", "差旅费"),
    ("东北大区今年合同额是多少？", "东北"),
    ("试剂过期报废了多少批次", "过期报废"),
    ("鲍晓雯去年拿了多少提成？", "提成"),
    ("南京沐桐大学的税号是什么", "税号"),
    ("合同HD2619-999什么时候到货？", "HD2619-999"),
    ("进口仪器的关税一共交了多少？", "关税"),
    ("每台仪器的序列号给我列一下", "序列号"),
    ("赛嘉科仪的平均报价是多少", "赛嘉科仪"),
    ("哪些课题组发过Nature？", "Nature"),
    ("今年参加展会花了多少钱", "展会"),
    ("王海峰平均多少分钟到现场？", "到现场"),
    ("What's our NPS among hospitals?", "NPS"),
    ("How much did we pay suppliers for Kelvara instruments in 2024?", "suppliers"),
    ("What did contracts bring in during 2020?", "2020"),
    ("Average age of our sales reps?", "age"),
    ("How many visits did Kevin Zhou make this year?", "Kevin Zhou"),
    ("What's the freight cost per delivery?", "freight"),
    ("Which leads came from our WeChat ad campaign?", "campaign"),
    ("What is 仇敏's monthly base pay?", "base pay"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def area(raw: Raw, name: str, year: str = "2025") -> list[Row]:
    """Contracts of a year in an area."""
    return [row for row in signed(raw, f"{year}-01-01", f"{year}-12-31") if row["大区"] == name]


def bidding(raw: Raw) -> list[Row]:
    """Open opportunities in tender."""
    return [row for row in still_open(raw) if row["当前阶段"] == "挂网招标"]


def hospital_debts(raw: Raw) -> list[Row]:
    """Overdue instalments of hospitals."""
    return [row for row in overdue(raw) if row["客户类型"] == "医院"]


def fixed(raw: Raw, year: str, inside: str = "") -> list[Row]:
    """Repairs of a year, in or out of warranty where that is given."""
    return [row for row in services(raw, f"{year}-01-01", f"{year}-12-31") if row["服务类型"] == "维修" and inside in row["保修"]]


def seen(raw: Raw, name: str, first: str, last: str = "2099-12-31") -> list[Row]:
    """Visits of a person in a span."""
    return [row for row in visits(raw, first, last) if row["员工"] == name]


def reagents(raw: Raw, year: str, kind: str = "") -> list[Row]:
    """Contracts for reagents of a year, of a kind of customers where one is given."""
    return [row for row in signed(raw, f"{year}-01-01", f"{year}-12-31") if row["合同类型"] == "试剂耗材" and kind in row["客户类型"]]


def graded(raw: Raw, grade: str) -> list[Row]:
    """Customers of a grade."""
    return [row for row in raw[UNITS] if row["客户等级"] == grade]


QUESTIONS.thread(
    "areas",
    ("华南今年签了多少钱？", lambda raw: Figure(value(area(raw, "华南")))),
    ("那华东呢？", lambda raw: Figure(value(area(raw, "华东")))),
    ("去年呢", lambda raw: Figure(value(area(raw, "华东", "2024")))),
    ("分合同类型看", lambda raw: Groups(per(area(raw, "华东", "2024"), "合同类型", value))),
)
QUESTIONS.thread(
    "bidding",
    ("挂网招标阶段的机会现在有几个", count(bidding)),
    ("预算加起来多少", lambda raw: wan(lambda by: Figure(total(bidding(raw), BUDGET) * by))),
    ("只看100万以上的，列出来", lambda raw: Listed(frozenset(row["机会名称"] for row in bidding(raw) if budget(row) > 100))),
)
QUESTIONS.thread(
    "debts",
    ("医院客户现在有多少逾期没到账的钱？", lambda raw: Figure(total(hospital_debts(raw), DUE))),
    ("一共几笔", count(hospital_debts)),
    ("哪家欠得最多？", lambda raw: Ranked(per(hospital_debts(raw), "客户全称", lambda rows: total(rows, DUE)))),
)
QUESTIONS.thread(
    "repairs",
    ("How many 维修 tickets did we get in 2024?", count(lambda raw: fixed(raw, "2024"))),
    ("and this year?", count(lambda raw: fixed(raw, "2025"))),
    ("how many of those were 保外?", count(lambda raw: fixed(raw, "2025", "保外"))),
)
QUESTIONS.thread(
    "person",
    ("祁瑞今年拜访了多少次客户？", count(lambda raw: seen(raw, "祁瑞", "2025-01-01"))),
    ("三季度的呢", count(lambda raw: seen(raw, "祁瑞", "2025-07-01", "2025-09-30"))),
    ("换成麦嘉豪", count(lambda raw: seen(raw, "麦嘉豪", "2025-07-01", "2025-09-30"))),
)
QUESTIONS.thread(
    "reagents",
    ("Total value of 试剂耗材 contracts in 2025?", lambda raw: Figure(value(reagents(raw, "2025")))),
    ("only 高校 please", lambda raw: Figure(value(reagents(raw, "2025", "高校")))),
    ("what was it in 2024", lambda raw: Figure(value(reagents(raw, "2024", "高校")))),
)
QUESTIONS.thread(
    "grades",
    ("How many A-grade customers do we have?", count(lambda raw: graded(raw, "A"))),
    ("break them down by 大区", lambda raw: Groups(per(graded(raw, "A"), "大区", len))),
    ("what about S?", lambda raw: Groups(per(graded(raw, "S"), "大区", len))),
)
QUESTIONS.thread(
    "teams",
    ("做代谢组学的课题组有多少个", count(lambda raw: [row for row in raw[TEAMS] if row["研究方向"] == "代谢组学"])),
    (
        "平均年试剂预算呢？",
        lambda raw: wan(lambda by: Figure(average(column((row for row in raw[TEAMS] if row["研究方向"] == "代谢组学"), "年试剂预算(万元)")) * by)),
    ),
)
