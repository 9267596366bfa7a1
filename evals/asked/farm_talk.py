"""Questions to the maker of farm machinery that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from evals.asked.expecting import Ambiguous, AnyOf, Expected, Figure, Groups, Listed, Ranked
from evals.asked.farm_country import shows
from evals.asked.farm_rows import (
    GUESS,
    QUESTIONS,
    UNITS,
    WON,
    Y2024,
    Y2025,
    Y2026,
    amount,
    closed,
    either,
    income,
    jobs,
    named,
    overdue,
    pieces,
    rate,
    sold,
    still_open,
    wishes,
)
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column, iso, per, wan


@QUESTIONS.asks("小韩今年成交了几单意向？", "How many intents did Han (韩) win this year?")
def which_han(raw: Raw) -> Ambiguous:
    """Two sellers have this surname."""
    rows = closed(raw, WON, Y2026)
    return Ambiguous(tuple(Figure(sum(row["跟进人"] == name for row in rows)) for name in ("韩冬", "韩雪飞")))


def _pieces(raw: Raw, *names: str) -> Ambiguous:
    return Ambiguous(tuple(Figure(pieces(row for row in sold(raw) if row["单位全称"] == name)) for name in names))


@QUESTIONS.asks("榆树宏远累计从我们这订了多少台")
def which_hongyuan(raw: Raw) -> Ambiguous:
    """A dealer and a cooperative have this short name."""
    return _pieces(raw, "榆树宏远农机销售有限公司", "榆树宏远农机服务专业合作社")


@QUESTIONS.asks("金穗农机销售公司一共订过几台车？取消的不算")
def which_jinsui(raw: Raw) -> Ambiguous:
    """Two dealers have this short name."""
    return _pieces(raw, "齐河金穗农机销售有限公司", "监利金穗农机销售有限公司")


@QUESTIONS.asks("what's the acreage of the 丰源 cooperative (合作社)?")
def which_fengyuan(raw: Raw) -> Ambiguous:
    """Two cooperatives have this short name."""
    rows = [row for row in raw[UNITS] if row["单位全称"].endswith("丰源农机服务专业合作社")]
    return Ambiguous(tuple(Figure(amount(row, "经营面积(亩)")) for row in rows))


@QUESTIONS.asks("负责人是林金山的那家单位，电话多少？")
def which_lin(raw: Raw) -> Ambiguous:
    """Two units have a boss of this name."""
    return Ambiguous(tuple(Figure(row["电话"] or None) for row in raw[UNITS] if row["负责人"] == "林金山"))


QUESTIONS.unanswerable(
    ("TN1604单台毛利有多少？", "毛利"),
    ("2020年一共卖了多少台拖拉机？", "2020年"),
    ("what was the gross margin on 直销 orders last year?", "gross margin"),
    ("华南片区今年的任务额是多少", "华南片区"),
    ("孟庆海手里还有几单意向没结？", "孟庆海"),
    ("甘蔗收获机去年订了几台", "甘蔗收获机"),
    ("工厂库存里现在还有几台YS6现车？", "库存"),
    ("How many units are sitting in dealer stock right now?", "dealer stock"),
    ("翟小娟去年拿了多少提成", "提成"),
    ("各合作社2025年的粮食亩产是多少？", "亩产"),
    ("TN2404百公里油耗多少", "油耗"),
    ("Which serial numbers (出厂编号) were shipped on order DD25-0246?", "serial numbers"),
    ("按揭的客户平均利率多高？", "利率"),
    ("补贴款什么时候到农户账上，平均要等几天？", "补贴款到账"),
    ("What is the average age of our 种植大户 customers?", "age"),
    ("东耀农机去年市场占有率多少", "市场占有率"),
    ("What did 2021 look like in order value?", "2021"),
    ("海南省的经销商有几家欠款逾期？", "海南省"),
    ("三包工单是哪个维修师傅修的，谁修得最多？", "维修师傅"),
    ("how many field demos were cancelled because of rain?", "cancelled because of rain"),
    ("展销会投了多少广告费", "广告费"),
    ("TN3004的指导价是多少？", "TN3004"),
    ("How many tickets did the Mudanjiang (牡丹江) service station handle?", "Mudanjiang"),
    ("有多少合作社的驾驶员持证上岗？", "持证"),
    ("客户微信加了好友的比例有多高", "微信好友"),
    ("What's the contract expiry date of dealer 公主岭谷丰农机销售有限公司?", "contract expiry"),
)


def figure(pick: Callable[[Raw], list[Row]], value: Callable[[list[Row]], Decimal | int | float] = len) -> Callable[[Raw], Figure]:
    """One figure over rows."""

    def truth(raw: Raw) -> Figure:
        return Figure(value(pick(raw)))

    return truth


def ordered(span: tuple[str, str], value: Callable[[list[Row]], Decimal], **only: str) -> Callable[[Raw], Expected]:
    """A figure over lines of a span that have some values, with or without those cancelled."""

    def truth(raw: Raw) -> AnyOf:
        return either(raw, span, lambda rows: Figure(value([row for row in rows if all(row[name] == wanted for name, wanted in only.items())])))

    return truth


def northeast(raw: Raw) -> list[Row]:
    """Open wishes of the north-east."""
    return [row for row in still_open(raw) if row["片区"] == "东北片区"]


def large_debts(raw: Raw) -> list[Row]:
    """Overdue by more than 500,000 an instalment."""
    return [row for row in overdue(raw) if Decimal(row["欠"]) > 500_000]


def fixed(raw: Raw, kind: str, year: tuple[str, str]) -> list[Row]:
    """Jobs of a year on a kind of machine."""
    return [row for row in jobs(raw, year) if row["大类"] == kind]


def dealer_wishes(raw: Raw, year: str = "") -> list[Row]:
    """Wishes that dealers recommended, of a year of registration where one is given."""
    return [row for row in wishes(raw) if row["线索来源"] == "经销商推荐" and iso(row["登记日期"]).startswith(year)]


QUESTIONS.thread(
    "two_regions",
    ("黄淮海片区2025年订了多少台？", ordered(Y2025, pieces, 片区="黄淮海片区")),
    ("那西北呢？", ordered(Y2025, pieces, 片区="西北片区")),
    ("金额呢", ordered(Y2025, income, 片区="西北片区")),
    ("换成前年", ordered(Y2024, income, 片区="西北片区")),
)
QUESTIONS.thread(
    "northeast",
    ("东北片区没结案的意向有几单", figure(northeast)),
    ("一共值多少", lambda raw: wan(lambda by: Figure(total(northeast(raw), GUESS) * by))),
    ("只要交定金的，列给我", lambda raw: Listed(named((row for row in northeast(raw) if row["当前节点"] == "交定金"), "意向单号"))),
)
QUESTIONS.thread(
    "debts",
    ("单笔逾期欠款超过50万的有几笔？", figure(large_debts)),
    ("合计欠多少钱", figure(large_debts, lambda rows: total(rows, "欠"))),
    ("涉及哪些客户？", lambda raw: Listed(named(large_debts(raw)))),
)
QUESTIONS.thread(
    "repairs",
    ("How many service tickets were there on 玉米收获机 in 2025?", figure(lambda raw: fixed(raw, "玉米收获机", Y2025))),
    ("and in 2024?", figure(lambda raw: fixed(raw, "玉米收获机", Y2024))),
    ("break that down by 故障部位", lambda raw: Groups(per(fixed(raw, "玉米收获机", Y2024), "故障部位", len))),
)
QUESTIONS.thread(
    "recommended",
    ("经销商推荐的线索，成交率怎么样？", figure(dealer_wishes, rate)),
    ("只看2025年登记的", figure(lambda raw: dealer_wishes(raw, "2025"), rate)),
    ("分片区说", lambda raw: Groups(per(dealer_wishes(raw, "2025"), "片区", rate))),
)
QUESTIONS.thread(
    "field_shows",
    ("今年到现在办了几场田间演示？", figure(lambda raw: shows(raw, Y2026))),
    ("现场一共订了几台", figure(lambda raw: shows(raw, Y2026), lambda rows: total(rows, "现场订机(台)"))),
    ("去年同期呢？", figure(lambda raw: shows(raw, ("2025-01-01", "2025-05-20")), lambda rows: total(rows, "现场订机(台)"))),
)
QUESTIONS.thread(
    "tractors",
    ("What was our 拖拉机 order value in 2025?", ordered(Y2025, income, 大类="拖拉机")),
    ("only the direct channel", ordered(Y2025, income, 大类="拖拉机", 销售渠道="直销")),
    (
        "who sold the most of that?",
        lambda raw: either(
            raw, Y2025, lambda rows: Ranked(per((row for row in rows if row["大类"] == "拖拉机" and row["销售渠道"] == "直销"), "业务员", income))
        ),
    ),
)
QUESTIONS.thread(
    "how_soon",
    (
        "打捆机报修平均多少小时到场？",
        figure(lambda raw: [row for row in jobs(raw) if row["大类"] == "打捆机"], lambda rows: average(column(rows, "到场(小时)"))),
    ),
    ("插秧机呢", figure(lambda raw: [row for row in jobs(raw) if row["大类"] == "插秧机"], lambda rows: average(column(rows, "到场(小时)")))),
)
