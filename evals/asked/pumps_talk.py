"""Questions to the maker of pumps that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, Figure, Groups, Listed, Ranked
from evals.asked.pumps_rows import LOST, QUESTIONS, deals, income, per, rate, still_open, with_product, won
from evals.asked.raw import Raw, Row, quarter, total
from evals.asked.tallies import average, column, days, iso


@QUESTIONS.asks("王磊到现在一共中了几个标？", "How many deals has 王磊 won so far, all years?")
def which_wang(raw: Raw) -> Ambiguous:
    """Two people have this name."""
    rows = won(raw)
    return Ambiguous(tuple(Figure(sum(row["负责人工号"] == person for row in rows)) for person in ("P007", "P015")))


@QUESTIONS.asks("华阳化工一共跟我们做了多少项目？", "how many opportunities do we have with 华阳化工?")
def which_huayang(raw: Raw) -> Ambiguous:
    """Two customers have this short name."""
    names = ("山东华阳化工有限公司", "河北华阳化工股份有限公司")
    return Ambiguous(tuple(Figure(sum(row["客户名称"] == name for row in raw["项目机会"])) for name in names))


@QUESTIONS.asks("张工修了多少张工单？")
def which_zhang(raw: Raw) -> Ambiguous:
    """Two engineers are called 张."""
    return Ambiguous(tuple(Figure(sum(row["维修工程师"] == name for row in raw["维修工单"])) for name in ("张建军", "张晓东")))


@QUESTIONS.asks("那款不锈钢多级泵一共中标了多少台？")
def which_pump(raw: Raw) -> Ambiguous:
    """Two products are stainless multistage pumps."""
    return Ambiguous(tuple(Figure(total((row for row in won(raw) if row["物料号"] == product), "数量(台)")) for product in ("WL-1004", "WL-1005")))


QUESTIONS.unanswerable(
    ("泵的毛利率是多少？", "毛利率"),
    ("2021年中标了多少单？", "2021年"),
    ("What commission did 顾晓峰 earn last year?", "commission"),
    ("西北大区今年的中标额是多少？", "西北"),
    ("客户的NPS打了多少分？", "NPS"),
    ("孙立新手上有几个项目？", "孙立新"),
    ("How many deals are in the stage 试用评估?", "试用评估"),
    ("螺杆泵卖了多少台？", "螺杆泵"),
    ("山东华阳化工的开户银行账号是多少", "开户银行"),
    ("明年能中多少标？给个准数", "明年"),
    ("Which competitor has the best products?", "best products"),
    ("上海浦江水务的法人代表是谁？", "法人代表"),
    ("What was our won revenue in 2019?", "2019"),
    ("4号台做了多少次试验", "4号台"),
    ("试验时的噪声分贝平均多少？", "噪声"),
    ("钢材最近涨价了吗？", "钢材"),
    ("how many employees does 唐山燕山钢铁 have", "employees"),
    ("库存还有多少台潜水排污泵？", "库存"),
    ("跟青岛海信水务签了几份合同？", "青岛海信水务"),
    ("What is 林嘉怡's salary?", "salary"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def last_year(raw: Raw) -> list[Row]:
    """Won in 2024."""
    return won(raw, "2024-01-01", "2024-12-31")


QUESTIONS.thread(
    "regions",
    ("去年华东中标了多少单？", count(lambda raw: [row for row in last_year(raw) if row["销售大区"] == "华东"])),
    ("西南呢？", count(lambda raw: [row for row in last_year(raw) if row["销售大区"] == "西南"])),
    ("金额是多少", lambda raw: Figure(income(row for row in last_year(raw) if row["销售大区"] == "西南"))),
    ("按产品系列拆开看看", lambda raw: Groups(per((row for row in last_year(raw) if row["销售大区"] == "西南"), "产品系列", income))),
)
QUESTIONS.thread(
    "rate",
    ("What's the win rate for tenders (是否招标 = 是)?", lambda raw: Figure(rate(row for row in deals(raw) if row["是否招标"] == "是"))),
    ("and only in 2024?", lambda raw: Figure(rate(row for row in deals(raw) if row["是否招标"] == "是" and iso(row["结案日期"])[:4] == "2024"))),
    (
        "split that by region",
        lambda raw: Groups(per((row for row in deals(raw) if row["是否招标"] == "是" and iso(row["结案日期"])[:4] == "2024"), "销售大区", rate)),
    ),
)
QUESTIONS.thread(
    "orders",
    ("今年特急工单有多少？", lambda raw: Figure(len(urgent(raw)))),
    ("平均多久修好？", lambda raw: Figure(average(days(row, "报修日期", "完成日期") for row in urgent(raw)))),
    ("普通的呢", lambda raw: Figure(average(days(row, "报修日期", "完成日期") for row in this_year(raw) if row["紧急程度"] == "普通"))),
)
QUESTIONS.thread(
    "open",
    ("林嘉怡大区，也就是华南，还有多少未结案的项目", count(lambda raw: [row for row in still_open(raw) if row["销售大区"] == "华南"])),
    ("预计总金额？", lambda raw: Figure(total((row for row in still_open(raw) if row["销售大区"] == "华南"), "预计金额(元)"))),
    ("谁手里最多", lambda raw: Ranked(per((row for row in still_open(raw) if row["销售大区"] == "华南"), "负责人", lambda rows: total(rows, "预计金额(元)")))),
    (
        "只列商务谈判阶段的",
        lambda raw: Listed(frozenset(row["项目名称"] for row in still_open(raw) if row["销售大区"] == "华南" and row["项目阶段"] == "商务谈判")),
    ),
)
QUESTIONS.thread(
    "tests",
    ("How many factory tests were run in 2024?", count(lambda raw: tests(raw, "2024"))),
    ("how many of those were 让步接收?", count(lambda raw: [row for row in tests(raw, "2024") if row["试验结论"] == "让步接收"])),
    ("per quarter please, all tests of that year", lambda raw: Groups(per([{**row, "季": quarter(row["试验日期"])} for row in tests(raw, "2024")], "季", len))),
)
QUESTIONS.thread(
    "lost",
    ("今年丢了多少单", count(lambda raw: lost(raw, "2025"))),
    ("去年同期呢？", count(lambda raw: [row for row in lost(raw, "2024") if iso(row["结案日期"]) <= "2024-06-18"])),
    ("今年丢的主要是什么原因？", lambda raw: Ranked(per(lost(raw, "2025"), "丢单原因", len))),
    ("average estimated amount of the ones lost this year?", lambda raw: Figure(average(column(lost(raw, "2025"), "预计金额(元)")))),
)


def this_year(raw: Raw) -> list[Row]:
    """Work orders of 2025."""
    return [row for row in raw["维修工单"] if row["报修日期"] >= "2025-01-01"]


def urgent(raw: Raw) -> list[Row]:
    """Those of 2025 that are 特急."""
    return [row for row in this_year(raw) if row["紧急程度"] == "特急"]


def tests(raw: Raw, year: str) -> list[Row]:
    """Factory tests of a year."""
    return [row for row in with_product(raw, "出厂试验") if iso(row["试验日期"])[:4] == year]


def lost(raw: Raw, year: str) -> list[Row]:
    """Lost in a year."""
    return [row for row in deals(raw) if row["项目阶段"] == LOST and iso(row["结案日期"])[:4] == year]
