"""Questions to the maker of boxes about its clients, its own people and their diary."""

from __future__ import annotations

from evals.asked.boxes_rows import CLIENTS, DIARY, NAMES, QUESTIONS, diary, lines, listed, live, named, unpaid
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Ranked
from evals.asked.raw import Raw, day, number, quarter
from evals.asked.tallies import iso, per


@QUESTIONS.asks("信用额度给到120万以上的是哪几家？（台账单位是千元）", "Which customers have a credit limit above 1.2 million yuan?")
def much_credit(raw: Raw) -> AnyOf:
    """Clients with a limit above 1,200 thousand."""
    return listed([row for row in raw[CLIENTS] if (number(row["信用额度(千元)"]) or 0) > 1200], *NAMES)


@QUESTIONS.asks("赖志斌人都走了，档案上还有几家客户写的是他？", "赖志斌 has left us. How many customers are still under his name?")
def left_behind(raw: Raw) -> Figure:
    """Clients of a person who has left."""
    return Figure(sum(row["业务员"] == "赖志斌" for row in raw[CLIENTS]))


@QUESTIONS.asks("2025年新建档的客户有多少", "How many new customers did we put on file in 2025?")
def new_2025(raw: Raw) -> Figure:
    """Clients since 2025."""
    return Figure(sum(iso(row["建档日期"])[:4] == "2025" for row in raw[CLIENTS]))


@QUESTIONS.asks("建了档却从没下过单的客户，有几家？", "Customers on file with no order at all, ever: how many?")
def never_ordered(raw: Raw) -> AnyOf:
    """Clients without any line of an order; a cancelled one may count or not."""
    held = ({row["客户代号"] for row in pick(raw)} for pick in (lines, live))
    return AnyOf(tuple(Figure(sum(row["客户代号"] not in codes for row in raw[CLIENTS])) for codes in held))


@QUESTIONS.asks("稻田里酒业是谁在跑，跟单又是哪位？", "Who's the salesperson and who's the 跟单 for 稻田里酒业?")
def who_answers(raw: Raw) -> Each:
    """The two people of one client."""
    row = next(row for row in raw[CLIENTS] if row["客户简称"] == "稻田里酒业")
    return Each((Figure(row["业务员"]), Figure(row["跟单"])))


@QUESTIONS.asks("送货跑得最远的是哪家客户，多少公里？", "哪家客户送货里程最长")
def farthest(raw: Raw) -> AnyOf:
    """Clients by distance."""
    return named(lambda name: Ranked({row[name]: found for row in raw[CLIENTS] if (found := number(row["送货里程(km)"])) is not None}))


@QUESTIONS.asks("东莞跟深圳，两边客户数差多少？各报一下", "东莞 vs 深圳, customer counts")
def two_cities(raw: Raw) -> Compared:
    """Clients in two cities."""
    found = per(raw[CLIENTS], "所在市", len)
    return Compared({name: found[name] for name in ("东莞", "深圳")})


@QUESTIONS.asks("不是“在做”状态的客户有哪些？", "列一下现状不为在做的客户")
def not_active(raw: Raw) -> AnyOf:
    """Clients whose state is another."""
    return listed([row for row in raw[CLIENTS] if row["现状"] != "在做"], *NAMES)


@QUESTIONS.asks("没设信用额度、但还欠着款的客户有几家？", "How many customers owe us money though no credit limit has been entered for them?")
def owing_without_limit(raw: Raw) -> Figure:
    """Clients without a limit that have a statement not paid in full."""
    held = {row["客户代号"] for row in unpaid(raw)}
    return Figure(sum(row["客户代号"] in held and not row["信用额度(千元)"] for row in raw[CLIENTS]))


@QUESTIONS.asks("上礼拜（5月11号到17号）业务日报记了几条？", "How many diary entries (业务日报) were made last week?")
def last_week(raw: Raw) -> Figure:
    """Entries from 11 to 17 May 2026."""
    return Figure(len(diary(raw, "2026-05-11", "2026-05-17")))


@QUESTIONS.asks("今年谁上门跑客户跑得最多？", "今年上门次数最多的业务员")
def most_on_site(raw: Raw) -> Ranked:
    """Entries of 2026 on site, by person."""
    rows = [row for row in raw[DIARY] if row["日期"] >= "2026-01-01" and row["方式"] == "上门"]
    return Ranked(per(rows, "业务员", len))


@QUESTIONS.asks("催货款的跟进，去年四个季度各多少次？", "2025 催货款 entries by quarter")
def chasing(raw: Raw) -> Groups:
    """Entries of 2025 about money, by quarter."""
    rows = [{**row, "季": quarter(row["日期"])} for row in raw[DIARY] if row["日期"][:4] == "2025" and row["事项"] == "催货款"]
    return Groups(per(rows, "季", len))


@QUESTIONS.asks("B级客户里头，近两个月（60天）没人跟过的是哪些", "B customers with no diary entry in the past 60 days")
def unseen(raw: Raw) -> AnyOf:
    """Clients of the grade B without an entry since 2026-03-19."""
    held = {row["客户"] for row in diary(raw, "2026-03-19")}
    return listed([row for row in raw[CLIENTS] if row["客户等级"] == "B" and row["客户简称"] not in held], *NAMES)


@QUESTIONS.asks("最后一次去跟凯峰食品是什么时候，谁去的？", "last contact with 凯峰食品: date and who?")
def last_seen(raw: Raw) -> Each:
    """The last entry about one client."""
    row = max((row for row in raw[DIARY] if row["客户"] == "凯峰食品"), key=lambda row: row["日期"])
    return Each((Figure(day(row["日期"])), Figure(row["业务员"])))
