"""Questions to the maker of boxes about its quotations and orders; those about its other files lie in modules of their own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from evals.asked import boxes_clients, boxes_floor, boxes_money, boxes_talk
from evals.asked.boxes_rows import (
    NAMES,
    NOW,
    OFFERED,
    PEOPLE,
    QUESTIONS,
    gap,
    lines,
    listed,
    live,
    offers,
    papers,
    rates,
    taken,
    waiting,
    worth,
)
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Plain, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.tallies import average, per

__all__ = ["QUESTIONS", "boxes_clients", "boxes_floor", "boxes_money", "boxes_talk"]
Y2025 = ("2025-01-01", "2025-12-31")


@QUESTIONS.asks("今年开年到现在一共接了多少张订单？按订单号算，不要按项次", "How many orders (distinct 订单号) have come in since New Year?")
def orders_this_year(raw: Raw) -> AnyOf:
    """Orders of 2026."""
    return taken(raw, lambda rows: Figure(papers(rows)), "2026-01-01")


@QUESTIONS.asks("上个月接单总金额报一下", "四月份下的单加起来值多少钱")
def value_last_month(raw: Raw) -> AnyOf:
    """Value ordered in April 2026."""
    return taken(raw, lambda rows: Figure(worth(rows)), "2026-04-01", "2026-04-30")


@QUESTIONS.asks("2025年各品类接单金额，取消的不算", "2025 order value per 品类, leaving out anything cancelled")
def wares_2025(raw: Raw) -> Groups:
    """Value ordered in 2025 by ware."""
    return Groups(per(live(raw, *Y2025), "品类", worth))


@QUESTIONS.asks("今年业务员接单金额前三名，麻烦排一下", "top 3 salespeople by value of orders taken in 2026 so far")
def best_sellers(raw: Raw) -> AnyOf:
    """Value ordered in 2026 by the person who took it."""
    return taken(raw, lambda rows: Ranked(per(rows, "接单人", worth), top=3), "2026-01-01")


@QUESTIONS.asks("今年一月到现在每个月接单额是怎么走的", "Monthly order intake for 2026, in yuan")
def months(raw: Raw) -> AnyOf:
    """Value ordered in 2026 by month."""
    return taken(raw, lambda rows: Groups(per(rows, "月", worth)), "2026-01-01")


@QUESTIONS.asks("今年头四个月接单金额跟去年同期比，分别多少？", "Jan–Apr order value, this year against last year")
def same_months(raw: Raw) -> AnyOf:
    """Value ordered from January to April of 2026 and of 2025."""
    spans = {year: (f"{year}-01-01", f"{year}-04-30") for year in ("2026", "2025")}
    return AnyOf(tuple(Compared({year: worth(pick(raw, *span)) for year, span in spans.items()}) for pick in (live, lines)))


@QUESTIONS.asks("有史以来哪一行订单金额最大，是什么品名？", "Which single order line has the highest 订单金额 of all time?")
def biggest_line(raw: Raw) -> AnyOf:
    """Lines by value; named by ware or by order."""
    rows = sorted(lines(raw), key=lambda row: -(number(row["订单金额(元)"]) or 0))
    found: list[dict[Label, Decimal]] = [{}, {}]
    for row in rows:
        for held, name in zip(found, ("品名", "订单号"), strict=True):
            held.setdefault(row[name], number(row["订单金额(元)"]) or Decimal(0))
    return AnyOf((Ranked({**found[0]}), Ranked({**found[1]})))


@QUESTIONS.asks("DD26050341第一项要求哪天交货，现在做到哪一步了？", "Order DD26050341, item 1: what's the 要求交期 and where does it stand?")
def one_order(raw: Raw) -> Each:
    """The wanted day and the progress of one line."""
    row = next(row for row in lines(raw) if (row["订单号"], row["项次"]) == ("DD26050341", "1"))
    return Each((Figure(day(row["要求交期"])), Figure(row["进度"])))


@QUESTIONS.asks("被客户取消掉的订单行都有哪些", "list every order line that's marked 已取消")
def cancelled(raw: Raw) -> AnyOf:
    """Cancelled lines."""
    return listed([row for row in lines(raw) if row["进度"] == "已取消"], "订单号", "品名")


@QUESTIONS.asks(
    "还在厂里没送的（待排产、生产中、已入库待送）一共几行，金额多少",
    "order lines not shipped at all yet, i.e. 待排产/生产中/已入库待送: count and total value?",
)
def in_house(raw: Raw) -> Each:
    """Lines of which nothing has left."""
    rows = [row for row in lines(raw) if row["进度"] in ("待排产", "生产中", "已入库待送")]
    return Each((Figure(len(rows)), Figure(worth(rows))))


@QUESTIONS.asks("哪些单过了要求交期还挂着生产中？", "已经超交期但状态还是“生产中”的单，列给我")
def late_in_house(raw: Raw) -> AnyOf:
    """Lines in production whose day has passed."""
    return listed([row for row in lines(raw) if row["进度"] == "生产中" and gap(row["要求交期"], NOW) > 0], "订单号", "品名")


@QUESTIONS.asks("报价转成订单的比率整体是多少？", "What proportion of our quotations turn into orders?")
def turned(raw: Raw) -> AnyOf:
    """Quotations that became orders."""
    return AnyOf(tuple(Figure(value) for value in rates(offers(raw))))


def by_rate(rows: list[Row], name: str, build: Callable[[dict[Label, Decimal | int | float]], Ranked | Groups]) -> AnyOf:
    """The rate of a group, in each of its meanings."""
    found = {place: per(rows, name, lambda held, place=place: rates(held)[place]) for place in range(3)}  # type: ignore[misc]
    return AnyOf(tuple(build(values) for values in found.values()))


@QUESTIONS.asks("哪个业务员报价最容易成单？看转单率", "whose quotes convert best?")
def best_rate(raw: Raw) -> AnyOf:
    """Rate by the person who quoted."""
    return by_rate(offers(raw), "报价人", Ranked)


@QUESTIONS.asks(
    "手上还没结果的报价（待回复加打样中）有几份，总额多少？", "Quotes still pending — awaiting reply or sampling — how many and what are they worth together?"
)
def pending(raw: Raw) -> Each:
    """Quotations without a result."""
    return Each((Figure(len(waiting(raw))), Figure(total(waiting(raw), OFFERED))))


@QUESTIONS.asks("客户没采纳我们报价，最多是因为啥？", "most frequent 未采纳原因?")
def why_not(raw: Raw) -> Ranked:
    """Reasons of refusal."""
    return Ranked(per(offers(raw), "未采纳原因", len))


@QUESTIONS.asks("报出去超过90天、到现在都没结案的报价单有哪些？", "Which quotes went out more than 90 days ago and still have no outcome?")
def old_offers(raw: Raw) -> AnyOf:
    """Pending quotations that are older than 90 days."""
    return listed([row for row in waiting(raw) if gap(row["报价日期"], NOW) > 90], "报价单号", "品名")


@QUESTIONS.asks("成交的报价，从报价那天到结案平均几天？", "For quotes that became orders, average days between 报价日期 and 结案日期")
def days_to_order(raw: Raw) -> Figure:
    """Days from quotation to closing."""
    return Figure(average(gap(row["报价日期"], row["结案日期"]) for row in offers(raw) if row["结果"] == "已转单"))


@QUESTIONS.asks("光报价从来没转过单的客户有多少家？", "报过价、但一份都没转成订单的客户数")
def only_asked(raw: Raw) -> Figure:
    """Clients with quotations and none that became an order."""
    asked = {row["客户代号"] for row in offers(raw)}
    return Figure(len(asked - {row["客户代号"] for row in offers(raw) if row["结果"] == "已转单"}))


@QUESTIONS.asks("彩盒占去年接单金额的几成？", "share of 彩盒 in last year's order value")
def share_of_colour(raw: Raw) -> AnyOf:
    """Value of 彩盒 of all, in 2025."""
    return taken(raw, lambda rows: Figure(worth(row for row in rows if row["品类"] == "彩盒") / worth(rows)), *Y2025)


@QUESTIONS.asks("去年下单金额第二大的片区是哪个", "Which sales area came second in order value in 2025?")
def second_area(raw: Raw) -> AnyOf:
    """Value ordered in 2025 by area, the second."""
    return taken(raw, lambda rows: Ranked(per(rows, "片区", worth), place=2), *Y2025)


@QUESTIONS.asks(
    "对照2026年任务，谁完成得最好？按今年接单金额算完成率", "Who is closest to (or furthest beyond) the 2026 target, going by order value this year?"
)
def target(raw: Raw) -> AnyOf:
    """Value ordered in 2026 over the target."""
    goals = {row["姓名"]: number(row["2026年任务(千元)"]) for row in raw[PEOPLE]}

    def build(rows: list[Row]) -> Ranked:
        found: dict[Label, Decimal | int | float] = {}
        for name, goal in goals.items():
            if goal:
                found[name] = worth(row for row in rows if row["接单人"] == name) / goal / 1000
        return Ranked(found)

    return taken(raw, build, "2026-01-01")


@QUESTIONS.asks("骆家辉这个月开张了没有？", "Has 骆家辉 taken any order this month?")
def luo_this_month(raw: Raw) -> AnyOf:
    """Orders of one person in May 2026: of lines or of orders."""
    rows = [row for row in lines(raw, "2026-05-01") if row["接单人"] == "骆家辉"]
    return AnyOf((YesNo(bool(rows), papers(rows)), YesNo(bool(rows), len(rows))))


@QUESTIONS.asks("今年3月以来温雪梅接的单，前后几张、多少金额？", "温雪梅 since 1 March: number of orders and value")
def wen_since_march(raw: Raw) -> AnyOf:
    """Orders of one person since March 2026."""

    def build(rows: list[Row]) -> Each:
        held = [row for row in rows if row["接单人"] == "温雪梅"]
        return Each((Figure(papers(held)), Figure(worth(held))))

    return taken(raw, build, "2026-03-01")


@QUESTIONS.asks("去年分片区、分品类交叉看订单行数", "2025 order lines, 片区 by 品类 matrix")
def area_and_ware(raw: Raw) -> AnyOf:
    """Lines of 2025 by area and ware."""

    def build(rows: list[Row]) -> Groups:
        found: dict[Label, int] = {}
        for row in rows:
            key = (row["片区"], row["品类"])
            found[key] = found.get(key, 0) + 1
        return Groups({**found})

    return taken(raw, build, *Y2025)


@QUESTIONS.asks("哪些客户去年下过单、今年一张都没下？", "Customers that ordered in 2025 but have placed nothing in 2026")
def gone_quiet(raw: Raw) -> AnyOf:
    """Clients of 2025 without an order in 2026."""
    found: list[Plain | Each] = []
    for pick in (live, lines):
        now = {row["客户代号"] for row in pick(raw, "2026-01-01")}
        held = {row["客户代号"]: row for row in pick(raw, *Y2025) if row["客户代号"] not in now}
        found += [option for option in listed(list(held.values()), *NAMES).options]
    return AnyOf((*found,))
