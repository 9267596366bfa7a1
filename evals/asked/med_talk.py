"""What the distributor of medical equipment can't answer from its files, what it must ask back about, and conversations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from evals.asked.expecting import Ambiguous, AnyOf, Compared, Figure, Groups, Listed, Ranked
from evals.asked.med_rows import (
    QUESTIONS,
    deals,
    either,
    in_span,
    income,
    iso,
    per,
    rate,
    still_open,
    times,
    visits,
    when,
    with_both,
    won,
)
from evals.asked.raw import Raw, Row, day, total

QUESTIONS.unanswerable(
    ("各产品线的毛利率是多少？", "毛利"),
    ("2021年成交了几单？", "2021"),
    ("赵明轩去年的成交额是多少？", "赵明轩"),
    ("客户的NPS分数最近怎么样？", "NPS"),
    ("业务员的提成一共发了多少？", "提成"),
    ("哪家医院的投诉最多？", "投诉"),
    ("各医院的院长姓名和手机号列一下", "手机号"),
    ("广东片区去年成交多少？", "广东"),
    ("明和市第一人民医院有几个商机？", "明和市第一人民医院"),
    ("2022年耗材货款合计多少？", "2022"),
    ("库存里还有多少盒造影导管？", "库存"),
    ("每台设备的维修费用平均多少？", "维修费"),
    ("投标文件的制作成本是多少？", "制作成本"),
    ("各业务员的差旅费排名", "差旅费"),
    ("员工的学历分布怎么样？", "学历"),
    ("康复设备产品线赢单率多少？", "康复设备"),
    ("客户的微信公众号粉丝数", "粉丝数"),
    ("耗材配送的运费一共花了多少？", "运费"),
    ("What is our gross margin on imaging deals?", "margin"),
    ("How many deals did Kevin Zhao win last year?", "Kevin Zhao"),
    ("total won value in 2020", "2020"),
    ("How many patients does each hospital treat per year?", "patients"),
    ("What does it cost us to acquire a new hospital?", "acquire"),
    ("list the email addresses of department heads", "email"),
    ("Which marketing campaign brought in the most deals?", "campaign"),
    ("How many surgeries were done with the 4K腹腔镜系统?", "surgeries"),
    ("average salary of the 装机工程师", "salary"),
    ("deals in the dental equipment (口腔设备) line", "口腔设备"),
    ("What's the warehouse stock level of 超声刀头?", "stock"),
    ("How much revenue came from Shandong (山东) hospitals?", "山东"),
    ("status of contract HT2025-0999?", "HT2025-0999"),
    ("How satisfied are customers with our deliveries?", "satisf"),
    ("What exchange rate did we pay for the imported CTs?", "exchange rate"),
    ("How many service tickets did 邵勇 close last month?", "tickets"),
    ("average energy consumption of the installed MRI machines", "energy"),
)


@QUESTIONS.asks("陈静今年成交了几单？", tags=("ambiguous",))
def chen_won(raw: Raw) -> Ambiguous:
    """Two people of this name: deals won in 2026."""
    return Ambiguous(tuple(Figure(sum(row["跟单人工号"] == who for row in won(raw, "2026-01-01"))) for who in ("E105", "E109")))


@QUESTIONS.asks("How many visits did 陈静 make in 2025?", tags=("ambiguous",))
def chen_visits(raw: Raw) -> Ambiguous:
    """Two people of this name: visits of 2025."""
    return Ambiguous(tuple(Figure(sum(row["拜访人工号"] == who and row["日"][:4] == "2025" for row in visits(raw))) for who in ("E105", "E109")))


@QUESTIONS.asks("when did 陈静 join the company?", tags=("ambiguous",))
def chen_joined(raw: Raw) -> Ambiguous:
    """Two people of this name: the day they came."""
    people = raw.by("员工表", "工号")
    return Ambiguous(tuple(Figure(when(people[who]["入职日"])) for who in ("E105", "E109")))


@QUESTIONS.asks("明睛眼科医院的建档日是哪天？", tags=("ambiguous",))
def eye_hospital(raw: Raw) -> Ambiguous:
    """Several hospitals of this name, in different towns."""
    return Ambiguous(tuple(Figure(day(row["建档日"])) for row in raw["医院档案"] if row["医院名称"].endswith("明睛眼科医院")))


@QUESTIONS.asks("血球那个产品的注册证什么时候到期？", tags=("ambiguous",))
def blood(raw: Raw) -> Ambiguous:
    """An analyser and a reagent."""
    return Ambiguous(tuple(Figure(when(row["注册证到期"])) for row in raw["型号目录"] if "血球" in row["品名"]))


@QUESTIONS.asks("registration expiry date of the 化学发光 product?", tags=("ambiguous",))
def luminescence(raw: Raw) -> Ambiguous:
    """A line of machines and a reagent."""
    return Ambiguous(tuple(Figure(when(row["注册证到期"])) for row in raw["型号目录"] if "化学发光" in row["品名"]))


def _last_year_money(raw: Raw) -> AnyOf:
    value = income(won(raw, "2025-01-01", "2025-12-31"))
    return either(lambda k: Figure(value * k))


def _areas_of(year: str) -> Callable[[Raw], AnyOf]:
    def truth(raw: Raw) -> AnyOf:
        values = per(won(raw, f"{year}-01-01", f"{year}-12-31"), "片区", income)
        return either(lambda k: Groups(times(values, k)))

    return truth


QUESTIONS.thread(
    "won_year",
    ("2025年成交了几单？", lambda raw: Figure(len(won(raw, "2025-01-01", "2025-12-31")))),
    ("金额呢？", _last_year_money),
    ("按片区拆开看看", _areas_of("2025")),
    ("2024年的呢", _areas_of("2024")),
)


def _rate_of(raw: Raw, name: str, year: str = "") -> Decimal:
    return rate(row for row in deals(raw) if row["跟单人"] == name and iso(row["结束日"]).startswith(year))


QUESTIONS.thread(
    "rates",
    ("what's 顾一鸣's win rate?", lambda raw: Figure(_rate_of(raw, "顾一鸣"))),
    ("and 沈嘉怡?", lambda raw: Figure(_rate_of(raw, "沈嘉怡"))),
    ("just for 2025", lambda raw: AnyOf((Figure(_rate_of(raw, "沈嘉怡", "2025")), _both_rates(raw)))),
    ("how many open deals does 沈嘉怡 have?", lambda raw: Figure(sum(row["跟单人"] == "沈嘉怡" for row in still_open(raw)))),
)


def _both_rates(raw: Raw) -> Compared:
    return Compared({name: _rate_of(raw, name, "2025") for name in ("顾一鸣", "沈嘉怡")})


def _unsettled(raw: Raw) -> list[Row]:
    return [row for row in with_both(raw, "耗材配送") if row["签收日"] and row["货款结清"] == "否"]


def _debts(raw: Raw) -> Ranked:
    return Ranked(per(_unsettled(raw), "医院名称", lambda rows: total(rows, "货款(元)")))


def _debtor(raw: Raw) -> Row:
    found = _debts(raw).values
    return raw.by("医院档案", "医院名称")[str(max(found, key=lambda name: Decimal(str(found[name]))))]


QUESTIONS.thread(
    "debts",
    ("已经签收、货款没结清的耗材一共多少钱？", lambda raw: Figure(total(_unsettled(raw), "货款(元)"))),
    ("哪家医院欠得最多？", _debts),
    ("这家医院的账期是几天", lambda raw: Figure(Decimal(_debtor(raw)["账期(天)"]))),
    ("责任人是谁？", lambda raw: Figure(raw.by("员工表", "工号")[_debtor(raw)["责任人工号"]]["姓名"])),
)


def _machines(raw: Raw, state: str) -> list[Row]:
    return [row for row in with_both(raw, "装机验收") if row["设备状态"] == state]


QUESTIONS.thread(
    "talk_down",
    ("How many machines are 停机 right now?", lambda raw: Figure(len(_machines(raw, "停机")))),
    ("which 片区 has the most of them?", lambda raw: Ranked(per(_machines(raw, "停机"), "片区", len))),
    ("and the ones 维修中?", lambda raw: AnyOf((Ranked(per(_machines(raw, "维修中"), "片区", len)), Figure(len(_machines(raw, "维修中")))))),
)


def _neglected(raw: Raw, area: str = "") -> Listed:
    seen = {row["医院编号"] for row in visits(raw) if row["日"] >= "2026-02-14"}
    rows = [row for row in raw["医院档案"] if row["客户分级"] == "甲" and row["医院编号"] not in seen and row["片区"].startswith(area)]
    return Listed(frozenset(row["医院名称"] for row in rows), count=len(rows))


QUESTIONS.thread(
    "talk_neglected",
    ("最近60天一次都没拜访过的甲级客户有几家？", lambda raw: Figure(len(_neglected(raw).names))),
    ("列出来", _neglected),
    ("其中苏北片区的是哪几家？", lambda raw: _neglected(raw, "苏北")),
)


def _signed(raw: Raw, year: str) -> list[Row]:
    return in_span(raw["合同清单"], "签约日", f"{year}-01-01", f"{year}-03-31")


def _signed_value(raw: Raw, year: str) -> Decimal:
    return total(_signed(raw, year), "签约金额(元)")


QUESTIONS.thread(
    "signed",
    ("How many contracts did we sign in Q1 2026?", lambda raw: Figure(len(_signed(raw, "2026")))),
    ("total signed amount?", lambda raw: Figure(_signed_value(raw, "2026"))),
    ("same thing for Q1 2025", lambda raw: Figure(_signed_value(raw, "2025"))),
    ("so how much did it grow or shrink, in percent?", lambda raw: Figure(_signed_value(raw, "2026") / _signed_value(raw, "2025") - 1)),
)
