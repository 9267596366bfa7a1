"""Questions to the wholesaler of truck tyres about its opportunities; those about its other files lie in modules of their own."""

from __future__ import annotations

from evals.asked import tyres_clients, tyres_money, tyres_orders, tyres_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked
from evals.asked.raw import Raw, number, total
from evals.asked.tallies import Worth, average, days, iso, per, summed
from evals.asked.tyres_rows import LOST, NOW, PRICE, QUESTIONS, QUOTE, WON, deals, find, lost, monthly, pending, rate, won, worth

__all__ = ["QUESTIONS", "tyres_clients", "tyres_money", "tyres_orders", "tyres_talk"]


@QUESTIONS.asks("今年到现在咱们谈成了几单商机？", "How many opportunities have we won so far this year?")
def won_this_year(raw: Raw) -> Figure:
    """Won in 2026, by closing date."""
    return Figure(len(won(raw, "2026-01-01")))


@QUESTIONS.asks("去年成交的商机，成交价加一块儿是多少钱", "Total 成交价 of the opportunities won in 2025?")
def won_value(raw: Raw) -> Figure:
    """Price of what was won in 2025."""
    return Figure(total(won(raw, "2025-01-01", "2025-12-31"), PRICE))


@QUESTIONS.asks("手头还没结案的商机一共几个？报价合计多少？", "open 商机: number of them, and total quoted amount")
def still_open(raw: Raw) -> Each:
    """Count and quotes of what is open."""
    return Each((Figure(len(pending(raw))), Figure(total(pending(raw), QUOTE))))


@QUESTIONS.asks("没结案的商机现在都卡在哪一步，各几个", "Break the open opportunities down by 当前进度")
def open_by_stage(raw: Raw) -> Groups:
    """Open by stage."""
    return Groups(per(pending(raw), "当前进度", len))


@QUESTIONS.asks("商机成单率按商机类型看分别是多少？", "win rate for each 商机类型 pls")
def rate_by_kind(raw: Raw) -> Groups:
    """Won of won and lost by kind."""
    return Groups(per(deals(raw), "商机类型", rate))


@QUESTIONS.asks("去年丢单，排第一的原因是啥？", "What was the number one reason for losing deals in 2025?")
def why_lost(raw: Raw) -> Ranked:
    """Lost in 2025 by reason."""
    return Ranked(per(lost(raw, "2025-01-01", "2025-12-31"), "丢单原因", len))


@QUESTIONS.asks("碰上哪个竞品咱们最容易赢？", "Up against which competitor do we have the best win rate?")
def easiest_rival(raw: Raw) -> Ranked:
    """Win rate by rival."""
    return Ranked(per(deals(raw), "竞品", rate))


@QUESTIONS.asks("2025年丢给恒虎的单子有几个", "有恒虎参与竞争、最后在2025年丢掉的商机，一共几条？")
def lost_to_henghu(raw: Raw) -> Figure:
    """Lost in 2025 with this rival."""
    return Figure(sum(row["竞品"] == "恒虎" for row in lost(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("按成交价算，去年业绩第二的跟单人是哪位？", "Second-best rep of 2025 by value of deals won?")
def second_rep(raw: Raw) -> Ranked:
    """Won in 2025 by person, the second."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "谁", summed(PRICE)), place=2)


@QUESTIONS.asks("2025年每个月成交了几个商机，拉个走势", "deals won per month in 2025")
def won_by_month(raw: Raw) -> Groups:
    """Won by month of closing."""
    return Groups(monthly(won(raw, "2025-01-01", "2025-12-31"), "结案日期", len))


@QUESTIONS.asks("成交额去年比前年涨了还是跌了，百分之几？（看商机成交价）", "商机成交价合计，2025年较2024年的增长率")
def growth(raw: Raw) -> Figure:
    """Price of what was won in 2025 over that of 2024, less one."""
    return Figure(total(won(raw, "2025-01-01", "2025-12-31"), PRICE) / total(won(raw, "2024-01-01", "2024-12-31"), PRICE) - 1)


@QUESTIONS.asks("成交的商机和丢掉的商机，从建档到结案平均各花几天？", "Do we lose faster than we win? Average days from 建档 to 结案, won vs lost")
def how_long(raw: Raw) -> Compared:
    """Mean days from beginning to closing."""
    held: dict[Label, Worth] = {name: average(days(row, "建档日期", "结案日期") for row in rows) for name, rows in ((WON, won(raw)), (LOST, lost(raw)))}
    return Compared(held)


@QUESTIONS.asks("预计成交日已经过了、还没结案的商机有几个？", "How many open opportunities have slipped past their expected close date?")
def slipped(raw: Raw) -> Figure:
    """Open, expected before today."""
    return Figure(sum("" < iso(row["预计成交日"]) < NOW for row in pending(raw)))


@QUESTIONS.asks("报价20万以上还在跟的商机，把商机号列给我", "List open opportunities quoted at more than 200,000 yuan")
def large_open(raw: Raw) -> Listed:
    """Open, quoted above 200,000."""
    rows = [row for row in pending(raw) if worth(row, QUOTE) > 200_000]
    return Listed(frozenset(row["商机号"] for row in rows), count=len(rows))


@QUESTIONS.asks("成交价平均能做到报价的几成？", "For won deals, what fraction of the quote do we end up getting as 成交价?")
def kept(raw: Raw) -> AnyOf:
    """Price of the quote: of the summed, or the mean of the shares."""
    rows = won(raw)
    each = [worth(row, PRICE) / worth(row, QUOTE) for row in rows]
    return AnyOf((Figure(total(rows, PRICE) / total(rows, QUOTE)), Figure(sum(each) / len(each))))


@QUESTIONS.asks("去年的成交额里，轮胎管家业务占了多大比例", "轮胎管家's share of 2025 won value")
def share_of_care(raw: Raw) -> Figure:
    """Price of one kind of all that was won in 2025."""
    rows = won(raw, "2025-01-01", "2025-12-31")
    return Figure(total((row for row in rows if row["商机类型"] == "轮胎管家"), PRICE) / total(rows, PRICE))


@QUESTIONS.asks("物流车队和经销商，平均每单成交价分别是多少？", "average 成交价 per won deal: 物流车队 against 经销商")
def two_kinds(raw: Raw) -> Compared:
    """Mean price of what was won with two types of customers."""
    found = per(won(raw), "客户类型", lambda rows: average(number(row[PRICE]) for row in rows))
    return Compared({name: found[name] for name in ("物流车队", "经销商")})


@QUESTIONS.asks("SJ2504-268这单现在谈到哪一步了，谁在跟？", "Opportunity SJ2504-268: what stage is it at and who is on it?")
def one_deal(raw: Raw) -> Each:
    """Stage and person of one opportunity."""
    row = find(deals(raw), "商机号", "SJ2504-268")
    return Each((Figure(row["当前进度"]), Figure(row["谁"])))


@QUESTIONS.asks("建档时间在2025年之前、拖到今天还没结案的商机有多少个？", "How many opportunities opened before 2025 are still not closed?")
def old_open(raw: Raw) -> Figure:
    """Open, begun before 2025."""
    return Figure(sum(iso(row["建档日期"]) < "2025-01-01" for row in pending(raw)))


@QUESTIONS.asks("成交商机数，按大区和商机类型做个交叉表", "won deals, 大区 by 商机类型, as a cross table")
def region_and_kind(raw: Raw) -> Groups:
    """Won by region and kind."""
    found: dict[Label, int] = {}
    for row in won(raw):
        key = (row["大区"], row["商机类型"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("已经离职的业务员，名下还挂着几个没结案的商机？", "open opportunities still assigned to reps who have left the company: how many")
def orphaned(raw: Raw) -> Figure:
    """Open, of people who have left."""
    people = raw.by("业务人员", "工号")
    return Figure(sum(bool(people[row["跟单人工号"]]["离职日期"]) for row in pending(raw)))


@QUESTIONS.asks("谁手上在跟商机的报价总额最高？", "Which rep is sitting on the largest open quote total?")
def largest_pipeline(raw: Raw) -> Ranked:
    """Open quotes by person."""
    return Ranked(per(pending(raw), "谁", summed(QUOTE)))


@QUESTIONS.asks("去年10月以来新建档的商机有多少条？", "new opportunities created since October 2025: how many")
def created_since(raw: Raw) -> Figure:
    """Begun since 2025-10-01."""
    return Figure(sum(iso(row["建档日期"]) >= "2025-10-01" for row in deals(raw)))


@QUESTIONS.asks("在职业务员里，今年还没开张的是哪几个（一个商机都没成交）", "Current 业务员 without a single won opportunity in 2026 — names please")
def without_win(raw: Raw) -> Listed:
    """Sellers who are here and have won nothing in 2026."""
    seen = {row["跟单人工号"] for row in won(raw, "2026-01-01")}
    rows = [row for row in raw["业务人员"] if row["岗位"] == "业务员" and not row["离职日期"] and row["工号"] not in seen]
    return Listed(frozenset(row["姓名"] for row in rows), count=len(rows))


@QUESTIONS.asks("除了山东大区，其他大区去年一共丢了几单？", "deals lost in 2025 outside 山东大区")
def lost_elsewhere(raw: Raw) -> Figure:
    """Lost in 2025, not in one region."""
    return Figure(sum(row["大区"] != "山东大区" for row in lost(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("去年四季度跟三季度的成单率对比一下", "win rate Q3 2025 vs Q4 2025")
def two_quarters(raw: Raw) -> Compared:
    """Won of won and lost in two quarters of closing."""
    spans = {"2025-Q3": ("2025-07-01", "2025-09-30"), "2025-Q4": ("2025-10-01", "2025-12-31")}
    return Compared({name: rate([*won(raw, *span), *lost(raw, *span)]) for name, span in spans.items()})
