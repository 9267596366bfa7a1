"""Questions to the maker of packaging machines that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from evals.asked.expecting import Ambiguous, AnyOf, Figure, Groups, Ranked
from evals.asked.raw import Raw, Row, number, total
from evals.asked.signs_rows import (
    CAME,
    DUE,
    QUESTIONS,
    WON,
    amount,
    came_in,
    cases,
    count,
    deals,
    guess,
    listed,
    overdue,
    pacts,
    per,
    rate,
    rate_of_all,
    receipts,
    seen,
    still_open,
    value,
)
from evals.asked.tallies import average, days, iso, times, wan


@QUESTIONS.asks("老沈今年拜访了客户多少次？")
def which_shen(raw: Raw) -> Ambiguous:
    """Two people have this surname."""
    return Ambiguous(tuple(Figure(sum(row["拜访人"] == name for row in seen(raw, "2025-01-01"))) for name in ("沈国栋", "沈佳")))


@QUESTIONS.asks("how many visits has our colleague 陆 logged in total?")
def which_lu(raw: Raw) -> Ambiguous:
    """Two people have this surname."""
    return Ambiguous(tuple(Figure(sum(row["拜访人"] == name for row in seen(raw))) for name in ("陆一鸣", "陆婷")))


def _owners(raw: Raw, *names: str) -> Ambiguous:
    return Ambiguous(tuple(Figure(row["跟进业务员"]) for row in raw["客户档案"] if row["客户全称"] in names))


@QUESTIONS.asks("沐禾食品是谁在跟进？")
def which_muhe(raw: Raw) -> Ambiguous:
    """Two plants have this short name."""
    return _owners(raw, "宿迁沐禾食品有限公司", "漯河沐禾食品有限公司")


@QUESTIONS.asks("Who is the rep in charge of 珩远制药?")
def which_hengyuan(raw: Raw) -> Ambiguous:
    """Two plants have this short name."""
    return _owners(raw, "南通珩远制药有限公司", "临沂珩远制药有限公司")


@QUESTIONS.asks("泽沛化工给的信用账期是几天？")
def which_zepei(raw: Raw) -> Ambiguous:
    """Two plants have this short name."""
    return Ambiguous(tuple(Figure(number(row["信用账期(天)"])) for row in raw["客户档案"] if row["客户全称"].endswith("泽沛化工有限公司")))


@QUESTIONS.asks("朱建军是哪家厂的联系人？")
def which_zhu(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["客户全称"]) for row in raw["客户档案"] if row["主要联系人"] == "朱建军"))


QUESTIONS.unanswerable(
    ("灌装生产线的毛利有多少？", "毛利"),
    ("2021年签了几份合同？", "2021年"),
    ("边志远今年提成拿了多少", "提成"),
    ("东北办今年签约额多少？", "东北办"),
    ("霍启明手里有几个项目？", "霍启明"),
    ("哪台机器的故障停机小时数最长？", "停机小时"),
    ("真空包装机卖了多少台？", "真空包装机"),
    ("参加广州国际包装展花了多少展位费？", "展位费"),
    ("代理商的返佣一共付了多少？", "返佣"),
    ("客户那边设备部长的手机号缺了几个？", "手机号"),
    ("备件销售额今年多少？", "备件"),
    ("HT202507-098这份合同的制造成本是多少", "制造成本"),
    ("宁波那家客户叫什么？", "宁波"),
    ("售后工程师每月加班多少小时？", "加班"),
    ("2027年一季度的签约指标是多少", "2027年"),
    ("What's the exchange rate on our euro quotations?", "exchange rate"),
    ("How many employees does 新乡臻沁助剂有限公司 have?", "employees"),
    ("Show me the contract HT202501-999", "HT202501-999"),
    ("Net promoter score by region?", "promoter score"),
    ("What was total contract value in 2020?", "2020"),
    ("How many of our customer contacts have a WeChat account on file?", "WeChat"),
    ("What salary does 陆婷 get?", "salary"),
    ("how many projects are in the stage 招标公示?", "招标公示"),
    ("stock level of 立式包装机 in the warehouse", "stock"),
    ("铂锐自动化去年的销售收入是多少？", "销售收入"),
)


def office_year(raw: Raw, office: str, year: str) -> list[Row]:
    """Contracts of a year with plants of an office."""
    return [row for row in pacts(raw, f"{year}-01-01", f"{year}-12-31") if row["归属办事处"] == office]


def hard(raw: Raw, year: str = "2025") -> list[Row]:
    """Complaints of the highest grade in a year."""
    return [row for row in cases(raw, f"{year}-01-01", f"{year}-12-31") if row["严重等级"] == "一级"]


def east_open(raw: Raw) -> list[Row]:
    """Open projects of the office in the east."""
    return [row for row in still_open(raw) if row["归属办事处"] == "华东办"]


def fairs(raw: Raw, year: str) -> list[Row]:
    """Leads from fairs in a year."""
    return [row for row in came_in(raw, f"{year}-01-01", f"{year}-12-31") if row["线索来源"] == "展会"]


def chemical(raw: Raw, year: str = "") -> list[Row]:
    """Projects with makers of chemicals, of a year of closing where one is given."""
    return [row for row in deals(raw) if row["所属行业"] == "精细化工" and iso(row["结案日期"]).startswith(year)]


QUESTIONS.thread(
    "offices",
    ("华南办今年签了几份合同？", count(lambda raw: office_year(raw, "华南办", "2025"))),
    ("那华东呢？", count(lambda raw: office_year(raw, "华东办", "2025"))),
    ("金额多少", lambda raw: Figure(value(office_year(raw, "华东办", "2025")))),
    ("去年的呢", lambda raw: Figure(value(office_year(raw, "华东办", "2024")))),
)
QUESTIONS.thread(
    "east",
    ("华东办现在还有几个没结案的项目", count(east_open)),
    ("预计金额加起来？", lambda raw: wan(lambda by: Figure(guess(east_open(raw)) * by))),
    ("只看150万以上的，有哪些", lambda raw: listed((row for row in east_open(raw) if amount(row, "预计金额(万元)") > 150), "项目名称")),
)
QUESTIONS.thread(
    "debts",
    ("How much money is overdue in 华北办?", lambda raw: Figure(total((row for row in overdue(raw) if row["归属办事处"] == "华北办"), DUE))),
    ("and in 华中办?", lambda raw: Figure(total((row for row in overdue(raw) if row["归属办事处"] == "华中办"), DUE))),
    (
        "which customer there owes the most?",
        lambda raw: Ranked(per((row for row in overdue(raw) if row["归属办事处"] == "华中办"), "客户全称", lambda rows: total(rows, DUE))),
    ),
)
QUESTIONS.thread(
    "gravest",
    ("今年一级客诉有几起？", count(hard)),
    ("平均几天结案？", lambda raw: Figure(average(days(row, "受理日期", "结案日期") for row in hard(raw)))),
    ("把单子列出来", lambda raw: listed(hard(raw), "客诉单号")),
)
QUESTIONS.thread(
    "fairs",
    ("how many leads did we get from fairs (展会) in 2024?", count(lambda raw: fairs(raw, "2024"))),
    ("and in 2025?", count(lambda raw: fairs(raw, "2025"))),
    ("split those by fair", lambda raw: Groups(per(fairs(raw, "2025"), "展会名称"))),
)
QUESTIONS.thread(
    "chemicals",
    ("精细化工客户的项目成交了几个？", count(lambda raw: [row for row in chemical(raw) if row["当前阶段"] == WON])),
    ("今年的有几个", count(lambda raw: [row for row in chemical(raw, "2025") if row["当前阶段"] == WON])),
    ("赢单率呢？", lambda raw: AnyOf((Figure(rate(chemical(raw, "2025"))), Figure(rate_of_all(chemical(raw, "2025")))))),
)
QUESTIONS.thread(
    "cash",
    ("10月份回款多少？", lambda raw: Figure(total(receipts(raw, "2025-10-01", "2025-10-31"), CAME))),
    ("9月呢", lambda raw: Figure(total(receipts(raw, "2025-09-01", "2025-09-30"), CAME))),
)
QUESTIONS.thread(
    "reps",
    ("Which rep signed the most contracts in 2024, by count?", lambda raw: Ranked(per(pacts(raw, "2024-01-01", "2024-12-31"), "签约业务员"))),
    ("and by value?", lambda raw: Ranked(per(pacts(raw, "2024-01-01", "2024-12-31"), "签约业务员", value))),
    ("open pipeline by rep", lambda raw: wan(lambda by: Groups(times(per(still_open(raw), "业务员", guess), by)))),
)
