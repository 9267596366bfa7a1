"""What the maker of seasonings can't be answered, what must be asked back, and conversations."""

from __future__ import annotations

from evals.asked.expecting import Ambiguous, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, number, total
from evals.asked.spice_rows import MADE, QUESTIONS, WORTH, complaints, deals, income, per, rates, samples, still_open, won, worth

QUESTIONS.unanswerable(
    ("各大类的毛利率分别是多少？", "毛利率"),
    ("2022年做成了多少钱", "2022"),
    ("马腾飞去年成了几单？", "马腾飞"),
    ("牛油火锅底料现在库存还有多少箱", "库存"),
    ("哪批货快过保质期了？", "保质期"),
    ("业务员去年的提成一共发了多少", "提成"),
    ("客户的单店日均营业额哪家最高？", "营业额"),
    ("联系人里下个月过生日的有哪些", "生日"),
    ("投诉的产品是哪条生产线做的？", "生产线"),
    ("海蜀给客户的报价是多少", "报价"),
    ("上门拜访一共跑了多少公里？", "公里"),
    ("客户的注册资本超过1000万的有几家", "注册资本"),
    ("What's the gross profit on frozen products in 2025?", "gross profit"),
    ("Show me won revenue for 2019", "2019"),
    ("How many deals did Kevin Zhao close last year?", "Kevin Zhao"),
    ("What's our NPS across hotel groups?", "NPS"),
    ("marketing spend per new customer in 2025?", "marketing spend"),
    ("哪些发货单还没开invoice？", "invoice"),
    ("连锁餐饮客户的contract expiry date哪家最早", "contract expiry"),
    ("How many email opens did we get from 经销商 last month?", "email opens"),
)


@QUESTIONS.asks("蜀巷一共跟我们做成了多少钱？", "How much won revenue came from 蜀巷?")
def shu(_raw: Raw) -> Ambiguous:
    """Two customers begin with these characters."""
    found = per(won(_raw), "客户名", income)
    return Ambiguous(tuple(Figure(found[name]) for name in ("蜀巷火锅", "蜀巷食品")))


@QUESTIONS.asks("王芳是干啥的？", "What's 王芳's role?")
def wang_fang(raw: Raw) -> Ambiguous:
    """Two contacts share this name."""
    return Ambiguous(tuple(Figure(row["干啥的"]) for row in raw["联系人"] if row["姓名"] == "王芳"))


@QUESTIONS.asks("A类的跟进单有几张？", "how many class A deals do we have?")
def class_a(raw: Raw) -> Ambiguous:
    """The level of the customer, or how keen it is."""
    return Ambiguous(tuple(Figure(sum(row[column] == "A" for row in deals(raw))) for column in ("级别", "意向")))


@QUESTIONS.asks("小陈手上还有几张没了结的单？", "How many open deals does Chen (陈) have?")
def little_chen(raw: Raw) -> Ambiguous:
    """Two salespeople have this surname."""
    return Ambiguous(tuple(Figure(sum(row["业务员"] == name for row in still_open(raw))) for name in ("陈大伟", "陈思雨")))


@QUESTIONS.asks("哪个业务员表现最好？", "Who is the best rep?")
def best_of_all(raw: Raw) -> Ambiguous:
    """By won value, number won, or win rate."""
    return Ambiguous((Ranked(per(won(raw), "业务员", income)), Ranked(per(won(raw), "业务员", len)), Ranked(rates(deals(raw), "业务员"))))


def _made_2025(raw: Raw) -> Figure:
    return Figure(income(won(raw, "2025-01-01", "2025-12-31")))


def _made_2024(raw: Raw) -> Figure:
    return Figure(income(won(raw, "2024-01-01", "2024-12-31")))


def _teams_2024(raw: Raw) -> Groups:
    return Groups(per(won(raw, "2024-01-01", "2024-12-31"), "小组", income))


def _chain_2024(raw: Raw) -> Figure:
    return Figure(income(row for row in won(raw, "2024-01-01", "2024-12-31") if row["小组"] == "连锁一组"))


QUESTIONS.thread(
    "made",
    ("去年做成了多少钱？", _made_2025),
    ("那前年呢", _made_2024),
    ("前年的按小组拆开看看", _teams_2024),
    ("连锁一组单独是多少？", _chain_2024),
)


def _zone(name: str, level: str, raw: Raw) -> Figure:
    return Figure(sum(row["片区"] == name and level in ("", row["级别"]) for row in raw["客户列表"]))


QUESTIONS.thread(
    "zones",
    ("华东片区有多少客户？", lambda raw: _zone("华东", "", raw)),
    ("其中B级的有几家", lambda raw: _zone("华东", "B", raw)),
    ("华南的B级呢？", lambda raw: _zone("华南", "B", raw)),
)


def _chen(raw: Raw) -> list[dict[str, str]]:
    return [row for row in still_open(raw) if row["业务员"] == "陈思雨"]


QUESTIONS.thread(
    "chen",
    ("陈思雨还有几单没了结？", lambda raw: Figure(len(_chen(raw)))),
    ("这些估计一共能做多少钱", lambda raw: Figure(worth(_chen(raw)))),
    ("哪张最大？", lambda raw: Ranked({row["事由"]: number(row[WORTH]) or 0 for row in _chen(raw)})),
    ("what about 白露, how many open deals?", lambda raw: Figure(sum(row["业务员"] == "白露" for row in still_open(raw)))),
)


def _heavy(raw: Raw) -> list[dict[str, str]]:
    return [row for row in complaints(raw, "2025-01-01", "2025-12-31") if row["轻重"] == "重"]


QUESTIONS.thread(
    "heavy",
    ("How many complaints did we get in 2025?", lambda raw: Figure(len(complaints(raw, "2025-01-01", "2025-12-31")))),
    ("and how many of those were 重?", lambda raw: Figure(len(_heavy(raw)))),
    ("How much did we pay out for the 重 ones in total?", lambda raw: Figure(total(_heavy(raw), "赔了(元)"))),
)


def _tried(first: str, last: str, raw: Raw) -> Each:
    rows = samples(raw, first, last)
    return Each((Figure(len(rows)), Figure(sum(row["过没过"] == "Y" for row in rows))))


def _lianfeng(raw: Raw) -> list[dict[str, str]]:
    return [row for row in won(raw) if row["客户名"] == "联丰冻品批发"]


QUESTIONS.thread(
    "lianfeng",
    ("联丰冻品批发一共成了几单？", lambda raw: Figure(len(_lianfeng(raw)))),
    ("total won amount?", lambda raw: Figure(total(_lianfeng(raw), MADE))),
    ("列一下是哪些单", lambda raw: Listed(frozenset(row["事由"] for row in _lianfeng(raw)), count=len(_lianfeng(raw)))),
)


@QUESTIONS.asks("1月份寄的样有多少份，其中过了几份？", "Samples sent in January 2026: how many, and how many of them passed?")
def tried_january(raw: Raw) -> Each:
    """Samples sent in January 2026, and those that passed."""
    return _tried("2026-01-01", "2026-01-31", raw)
