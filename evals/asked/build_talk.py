"""Conversations with the maker of windows and curtain walls, questions that its files can't answer, and ambiguous ones."""

from __future__ import annotations

from evals.asked.build_books import PAID, PRICE
from evals.asked.build_rows import (
    NOW,
    QUESTIONS,
    clients,
    contracts,
    deals,
    decided,
    income,
    listed,
    lost,
    money,
    per,
    quoted,
    rate,
    signed,
    spanning,
    still_open,
    times,
    wan,
    with_client,
    won,
)
from evals.asked.expecting import Ambiguous, Figure, Groups, Ranked
from evals.asked.raw import Raw, Row, number, total

QUESTIONS.unanswerable(
    ("各项目的传热系数K值是多少？", "传热系数"),
    ("2022年的中标额是多少", "2022"),
    ("张伟今年中了几个标？", "张伟"),
    ("业务员的提成今年发了多少", "提成"),
    ("甲方的邮箱地址给我列一下", "邮箱"),
    ("仓库里铝型材还有多少库存？", "库存"),
    ("东北区去年中标多少", "东北"),
    ("阳光房这条产品线的中标率", "阳光房"),
    ("今年开了多少增值税发票，票面总额？", "发票"),
    ("安装队的人工工资一平米多少钱", "工资"),
    ("各甲方的注册资本分别是多少", "注册资本"),
    ("我们给总包开了几份履约保函？", "保函"),
    ("车间每天能产多少平米，产能利用率多高", "产能"),
    ("送货司机的电话是多少？", "司机"),
    ("哪批玻璃的厚度是8毫米", "厚度"),
    ("对接人生日在这个月的有谁", "生日"),
    ("每个项目的实际成本是多少", "实际成本"),
    ("拜访来回跑了多少公里？", "公里"),
    ("What is our NPS among developers?", "NPS"),
    ("How many visitors came to our website last month?", "website"),
    ("Show me the commission paid to 刘洋 this year.", "commission"),
    ("What did we export overseas in 2024?", "export"),
    ("average discount approval time by manager", "approval"),
    ("How many windows failed the 抗风压 test?", "抗风压"),
    ("Which deals did Kevin Zhao close this quarter?", "Kevin Zhao"),
    ("churn rate of our subscription customers", "subscription"),
    ("How many sick days did 熊倩 take in 2025?", "sick days"),
    ("各片区的广告投放 budget 花了多少", "广告"),
    ("won value for 2021, by 区域", "2021"),
    ("供应商的型材采购单价今年涨了多少", "采购单价"),
)


def _count(rows: list[Row], name: str, value: str) -> Figure:
    return Figure(sum(row[name] == value for row in rows))


@QUESTIONS.asks("小刘今年中了几个标", "How many bids did 小刘 win this year?")
def little_liu(raw: Raw) -> Ambiguous:
    """Two sellers are called Liu."""
    rows = won(raw, "2025-01-01")
    return Ambiguous((_count(rows, "业务员", "刘洋"), _count(rows, "业务员", "刘佳怡")))


@QUESTIONS.asks("楚恒建工跟我们签了几份合同？", "number of contracts with 楚恒建工")
def chuheng(raw: Raw) -> Ambiguous:
    """Two companies are called so."""
    rows = contracts(raw)
    return Ambiguous((_count(rows, "甲方名称", "楚恒建工第一工程公司"), _count(rows, "甲方名称", "楚恒建工第三工程公司")))


@QUESTIONS.asks("中岚置业那家公司我们丢过几个标？", "how many bids have we lost at 中岚置业")
def zhonglan(raw: Raw) -> Ambiguous:
    """Two companies are called so."""
    rows = lost(raw)
    return Ambiguous((_count(rows, "甲方名称", "中岚置业（苏州）有限公司"), _count(rows, "甲方名称", "中岚置业（无锡）有限公司")))


@QUESTIONS.asks("成都恒筑这个甲方一共找我们报了多少个项目", "成都恒筑 - how many quoted projects do we have with them?")
def hengzhu(raw: Raw) -> Ambiguous:
    """Two companies are called so."""
    rows = deals(raw)
    return Ambiguous((_count(rows, "甲方名称", "成都恒筑置业有限公司"), _count(rows, "甲方名称", "成都恒筑房地产开发有限公司")))


@QUESTIONS.asks("厦门翡翠湾那个楼盘面积多大？", "What's the area of the 厦门翡翠湾 project?")
def jade_bay(raw: Raw) -> Ambiguous:
    """Two estates are called so."""
    return Ambiguous(tuple(Figure(number(row["面积(㎡)"])) for row in deals(raw) if row["楼盘"].startswith("厦门翡翠湾")))


@QUESTIONS.asks("宁波朗庭的对接人是谁？", "Who's the contact (对接人) at 宁波朗庭?")
def langting(raw: Raw) -> Ambiguous:
    """Two companies are called so."""
    return Ambiguous(tuple(Figure(row["对接人"]) for row in clients(raw) if row["甲方名称"].startswith("宁波朗庭")))


def _won_2024_lines(raw: Raw) -> Ranked:
    return Ranked(per(won(raw, "2024-01-01", "2024-12-31"), "产品线", len))


def _east(raw: Raw, first: str, last: str) -> list[Row]:
    return [row for row in won(raw, first, last) if row["区域"] == "浙皖区"]


QUESTIONS.thread(
    "zhewan",
    ("浙皖区今年中了几个标？", lambda raw: Figure(len(_east(raw, "2025-01-01", NOW)))),
    ("去年同期呢", lambda raw: Figure(len(_east(raw, "2024-01-01", "2024-08-20")))),
    ("那今年这些按业务员分一下", lambda raw: Groups(per(_east(raw, "2025-01-01", NOW), "业务员", len))),
    ("换成中标额看", lambda raw: wan(lambda factor: Groups(times(per(_east(raw, "2025-01-01", NOW), "业务员", income), factor)))),
)


def _curtain(raw: Raw, stage: str = "") -> list[Row]:
    return [row for row in still_open(raw) if row["产品线"] == "单元式幕墙" and row["进展"] in (stage or row["进展"])]


QUESTIONS.thread(
    "curtain",
    ("How many open projects do we have in 单元式幕墙?", lambda raw: Figure(len(_curtain(raw)))),
    ("and only those in 已报价?", lambda raw: Figure(len(_curtain(raw, "已报价")))),
    ("what are they worth in total", lambda raw: money(quoted(_curtain(raw, "已报价")))),
    ("list them", lambda raw: listed(_curtain(raw, "已报价"), "楼盘")),
)


def _mai(raw: Raw, name: str) -> list[Row]:
    return [row for row in decided(raw) if row["业务员"] == name]


QUESTIONS.thread(
    "mai",
    ("麦浩然的中标率多少？", lambda raw: Figure(rate(_mai(raw, "麦浩然")))),
    ("唐光明呢？", lambda raw: Figure(rate(_mai(raw, "唐光明")))),
    ("他手上没定标的还有几个", lambda raw: _count(still_open(raw), "业务员", "唐光明")),
)


def _leaks(raw: Raw, year: str) -> list[Row]:
    rows = spanning(with_client(raw, "投诉登记"), "登记日", f"{year}-01-01", f"{year}-12-31")
    return [row for row in rows if row["投诉类别"] == "渗漏水"]


QUESTIONS.thread(
    "leaking",
    ("今年渗漏水的投诉有几起", lambda raw: Figure(len(_leaks(raw, "2025")))),
    ("去年呢？", lambda raw: Figure(len(_leaks(raw, "2024")))),
    ("按区域拆开看去年的", lambda raw: Groups(per(_leaks(raw, "2024"), "区域", len))),
)

QUESTIONS.thread(
    "signed",
    ("今年二季度签约额多少", lambda raw: Figure(total(signed(raw, "2025-04-01", "2025-06-30"), PRICE))),
    ("一季度呢", lambda raw: Figure(total(signed(raw, "2025-01-01", "2025-03-31"), PRICE))),
    ("一季度签了几份合同？", lambda raw: Figure(len(signed(raw, "2025-01-01", "2025-03-31")))),
)


def _paid(raw: Raw, form: str) -> list[Row]:
    return [row for row in spanning(raw["回款台账"], "到账日期", "2025-01-01", NOW) if row["回款形式"] == form]


QUESTIONS.thread(
    "paid",
    ("How much did we receive by 银承 in 2025?", lambda raw: Figure(total(_paid(raw, "银承"), PAID))),
    ("and 商票?", lambda raw: Figure(total(_paid(raw, "商票"), PAID))),
    ("how many payments was that", lambda raw: Figure(len(_paid(raw, "商票")))),
)
