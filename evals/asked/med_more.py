"""Questions to the distributor of medical equipment about its deliveries of consumables and its visits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.med_rows import NOW, QUESTIONS, TODAY, average, deals, in_span, iso, later, lost, per, rate, visits, when, with_both, won
from evals.asked.raw import Raw, Row, month, number, quarter, total
from evals.asked.tallies import column, days

GOODS = "货款(元)"


def sent(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Deliveries that were ordered in a span, with their hospital and article."""
    return in_span(with_both(raw, "耗材配送"), "下单时间", first, last)


@QUESTIONS.asks("2025年耗材货款总额多少？（按下单时间）", "total consumables value (货款) ordered in 2025")
def goods_2025(raw: Raw) -> Figure:
    """Value of deliveries ordered in 2025."""
    return Figure(total(sent(raw, "2025-01-01", "2025-12-31"), GOODS))


@QUESTIONS.asks("今年一到三月每月的耗材货款", "Monthly 货款 for January to March 2026, by order date")
def goods_months(raw: Raw) -> Groups:
    """Value by month of the order."""
    rows = [{**row, "月": month(row["下单时间"])} for row in sent(raw, "2026-01-01", "2026-03-31")]
    return Groups(per(rows, "月", lambda held: total(held, GOODS)))


@QUESTIONS.asks("已签收但货款还没结清的有多少单，金额合计？", "Deliveries signed for but not yet settled: how many and what amount?")
def unsettled(raw: Raw) -> Each:
    """Signed for and not settled."""
    rows = [row for row in raw["耗材配送"] if row["签收日"] and row["货款结清"] == "否"]
    return Each((Figure(len(rows)), Figure(total(rows, GOODS))))


@QUESTIONS.asks("耗材配送比承诺晚到的单数", "How many consumable deliveries arrived later than promised?")
def late_goods(raw: Raw) -> Figure:
    """Signed for after the promised day."""
    return Figure(sum(later(row, "承诺送达", "签收日") for row in raw["耗材配送"]))


@QUESTIONS.asks("晚到的配送平均晚几天？", "for the late deliveries, what's the average delay in days?")
def delay(raw: Raw) -> Figure:
    """Mean days after the promised day, of late ones."""
    return Figure(average(days(row, "承诺送达", "签收日") for row in raw["耗材配送"] if later(row, "承诺送达", "签收日")))


@QUESTIONS.asks("卖得最好的耗材是哪个（按货款）？", "best-selling consumable by value")
def best_goods(raw: Raw) -> Ranked:
    """Value by article."""
    return Ranked(per(sent(raw), "品名", lambda rows: total(rows, GOODS)))


@QUESTIONS.asks("需要冷链的配送有几单？", "How many deliveries needed the cold chain (冷链)?")
def cold(raw: Raw) -> Figure:
    """Cold ones."""
    return Figure(sum(row["冷链"] == "是" for row in raw["耗材配送"]))


@QUESTIONS.asks("一共拒收了多少盒", "total boxes rejected (拒收)")
def rejected(raw: Raw) -> Figure:
    """Rejected boxes."""
    return Figure(total(raw["耗材配送"], "拒收盒数"))


@QUESTIONS.asks("药物洗脱支架2025年二季度和三季度的平均结算单价各是多少？", "average 结算单价 of 药物洗脱支架 in Q2 2025 versus Q3 2025")
def stent_price(raw: Raw) -> Compared:
    """Mean price of one article in two quarters, by order."""
    rows = [row for row in sent(raw) if row["品名"] == "药物洗脱支架" and quarter(row["下单时间"]) in ("2025-Q2", "2025-Q3")]
    return Compared(per([{**row, "季": quarter(row["下单时间"])} for row in rows], "季", lambda held: average(column(held, "结算单价(元)"))))


@QUESTIONS.asks("2025年耗材拿货金额前三的医院", "Top 3 hospitals by consumables value in 2025")
def best_takers(raw: Raw) -> Ranked:
    """Value of 2025 by hospital."""
    return Ranked(per(sent(raw, "2025-01-01", "2025-12-31"), "医院名称", lambda rows: total(rows, GOODS)), top=3)


@QUESTIONS.asks("货已签收、发票还没开的有几单？", "signed-for deliveries with no invoice issued yet (未开)")
def no_invoice(raw: Raw) -> Figure:
    """Signed for, without an invoice."""
    return Figure(sum(bool(row["签收日"]) and row["发票"] == "未开" for row in raw["耗材配送"]))


@QUESTIONS.asks("去年拿过耗材、今年到现在一单都没有的医院有几家？", "Hospitals that ordered consumables in 2025 but nothing so far in 2026 — how many?")
def dropped(raw: Raw) -> Figure:
    """Hospitals with orders in 2025 and none in 2026."""
    return Figure(len({row["医院编号"] for row in sent(raw, "2025-01-01", "2025-12-31")} - {row["医院编号"] for row in sent(raw, "2026-01-01")}))


@QUESTIONS.asks("2025年各季度耗材发了多少盒", "boxes shipped per quarter in 2025, by order date")
def boxes(raw: Raw) -> Groups:
    """Boxes by quarter of the order."""
    rows = [{**row, "季": quarter(row["下单时间"])} for row in sent(raw, "2025-01-01", "2025-12-31")]
    return Groups(per(rows, "季", lambda held: total(held, "盒数")))


@QUESTIONS.asks("集采品种的货款在2025年占多大比例？", "what share of 2025 consumables value came from products under 集采?")
def bulk_share(raw: Raw) -> Figure:
    """Value of articles bid for in volume, of all of 2025."""
    rows = sent(raw, "2025-01-01", "2025-12-31")
    return Figure(total((row for row in rows if row["集采品种"] == "是"), GOODS) / total(rows, GOODS))


@QUESTIONS.asks("consumables value ordered in 2025 compared with 2024: growth in percent?")
def goods_growth(raw: Raw) -> Figure:
    """Value of a year over that of the year before, less one."""
    return Figure(total(sent(raw, "2025-01-01", "2025-12-31"), GOODS) / total(sent(raw, "2024-01-01", "2024-12-31"), GOODS) - 1)


@QUESTIONS.asks("平均每单配送货款多少？", "average value per consumables delivery")
def mean_goods(raw: Raw) -> Figure:
    """Mean value of a delivery."""
    return Figure(average(column(raw["耗材配送"], GOODS)))


@QUESTIONS.asks("苏北和皖赣两个片区，去年耗材货款谁多？", "苏北 vs 皖赣: which one took more consumables by value last year?")
def two_areas(raw: Raw) -> Compared:
    """Value of 2025 in two areas."""
    found = per(sent(raw, "2025-01-01", "2025-12-31"), "片区", lambda rows: total(rows, GOODS))
    return Compared({name: found[name] for name in ("苏北", "皖赣")})


@QUESTIONS.asks("which 片区 gets the largest share of its deliveries late?")
def latest_area(raw: Raw) -> Ranked:
    """Late deliveries of those that arrived, by area."""
    rows = [row for row in sent(raw) if row["签收日"]]
    return Ranked(per(rows, "片区", lambda held: Decimal(sum(later(row, "承诺送达", "签收日") for row in held)) / len(held)))


@QUESTIONS.asks("上周跑了多少次拜访？", "visits last week, how many", "How many visits were logged last week?")
def last_week(raw: Raw) -> Figure:
    """Visits from 6 to 12 April 2026."""
    return Figure(sum("2026-04-06" <= row["日"] <= "2026-04-12" for row in visits(raw)))


@QUESTIONS.asks("2025年各种拜访方式的次数", "2025 visits split by 方式")
def ways(raw: Raw) -> Groups:
    """Visits of 2025 by way."""
    return Groups(per((row for row in visits(raw) if row["日"][:4] == "2025"), "方式", len))


@QUESTIONS.asks("今年拜访次数最多的业务员", "Who has made the most visits so far this year?")
def busiest(raw: Raw) -> Ranked:
    """Visits of 2026 by who went."""
    return Ranked(per((row for row in visits(raw) if row["日"] >= "2026-01-01"), "拜访人", len))


@QUESTIONS.asks("60天内没有任何拜访的甲级客户有哪些？", "Which 甲 customers haven't had a single visit in the last 60 days?")
def neglected(raw: Raw) -> Listed:
    """Hospitals graded 甲 without a visit since 14 February 2026."""
    since = (TODAY - timedelta(60)).isoformat()
    seen = {row["医院编号"] for row in visits(raw) if row["日"] >= since}
    rows = [row for row in raw["医院档案"] if row["客户分级"] == "甲" and row["医院编号"] not in seen]
    return Listed(frozenset(row["医院名称"] for row in rows), count=len(rows))


@QUESTIONS.asks("2025年每个业务员的餐费合计，谁最高？", "Who spent most on meals (餐费) in 2025?")
def meals(raw: Raw) -> Ranked:
    """Meals of 2025 by who went."""
    return Ranked(per((row for row in visits(raw) if row["日"][:4] == "2025"), "拜访人", lambda rows: total(rows, "餐费(元)")))


@QUESTIONS.asks("登门拜访平均聊多久？", "average length of a 登门 visit in minutes")
def length(raw: Raw) -> Figure:
    """Mean minutes of one way."""
    return Figure(average(column((row for row in raw["拜访纪要"] if row["方式"] == "登门"), "时长(分钟)")))


@QUESTIONS.asks("三甲医院的拜访中，有竞品动向的占比多少？", "share of visits to 三甲 hospitals that reported competitor activity (竞品动向)")
def rivals_seen(raw: Raw) -> Figure:
    """Visits with a rival's move, of those to one level."""
    rows = [row for row in visits(raw) if row["等级"] == "三甲"]
    return Figure(Decimal(sum(row["竞品动向"] == "有" for row in rows)) / len(rows))


@QUESTIONS.asks("见到分管院长的拜访有多少次", "How many visits got us in front of a 分管院长?")
def deans(raw: Raw) -> Figure:
    """Visits that met one role."""
    return Figure(sum(row["见到谁"] == "分管院长" for row in raw["拜访纪要"]))


@QUESTIONS.asks("从来没有拜访记录的流失商机有几个？", "lost deals with no visit on record at all")
def lost_unvisited(raw: Raw) -> Figure:
    """Lost deals that no visit names."""
    seen = {row["商机号"] for row in raw["拜访纪要"]}
    return Figure(sum(row["商机号"] not in seen for row in lost(raw)))


@QUESTIONS.asks("每个成交单平均拜访几次（没拜访的算0）？", "average number of visits per won deal, counting those without any as zero")
def per_won(raw: Raw) -> Figure:
    """Visits that name a won deal, by won deal."""
    ids = {row["商机号"] for row in won(raw)}
    return Figure(Decimal(sum(row["商机号"] in ids for row in raw["拜访纪要"])) / len(ids))


@QUESTIONS.asks("本周约了下次的拜访有几个（约定下次落在4月13到19号）？", "How many follow-ups (约定下次) are due this week, Monday to Sunday?")
def due_this_week(raw: Raw) -> Figure:
    """Next contact from 13 to 19 April 2026."""
    return Figure(len(in_span(raw["拜访纪要"], "约定下次", "2026-04-13", "2026-04-19")))


@QUESTIONS.asks("今天有人跑拜访吗？", "Any visits logged today?")
def today(raw: Raw) -> YesNo:
    """Visits on 15 April 2026."""
    found = sum(row["日"] == NOW for row in visits(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("今年一季度每月拜访数", "visits per month, Jan through Mar 2026")
def visit_months(raw: Raw) -> Groups:
    """Visits by month."""
    rows = [{**row, "月": row["日"][:7]} for row in visits(raw) if "2026-01-01" <= row["日"] <= "2026-03-31"]
    return Groups(per(rows, "月", len))


@QUESTIONS.asks("意向为强的拜访里，哪个片区最多？", "Which 片区 has the most visits with 强 intent?")
def keen(raw: Raw) -> Ranked:
    """Keen visits by area."""
    return Ranked(per((row for row in visits(raw) if row["意向"] == "强"), "片区", len))


@QUESTIONS.asks("拜访次数最多的三家医院，它们的赢单率分别是？", "win rates at the three most visited hospitals")
def most_visited(raw: Raw) -> Groups:
    """Win rates of the three hospitals with most visits."""
    counts = per(visits(raw), "医院名称", len)
    first = sorted(counts, key=lambda name: -counts[name])[:3]
    return Groups(per((row for row in deals(raw) if row["医院名称"] in first), "医院名称", rate))


@QUESTIONS.asks("顾一鸣最近一次拜访是什么时候？", "when was 顾一鸣's latest visit")
def last_visit(raw: Raw) -> Figure:
    """The last day on which one rep went."""
    return Figure(when(max(row["日"] for row in visits(raw) if row["拜访人"] == "顾一鸣")))


@QUESTIONS.asks("BF00301这次拜访见的是谁、聊了多久？", "Visit BF00301: who did we meet and how many minutes did it take?")
def one_visit(raw: Raw) -> Each:
    """Two fields of one visit."""
    row = raw.by("拜访纪要", "拜访号")["BF00301"]
    return Each((Figure(row["见到谁"]), Figure(number(row["时长(分钟)"]))))


@QUESTIONS.asks("一次性吻合器的结算单价，2025年7月1日之前和之后的均价各是多少", "average unit price of 一次性吻合器 before vs since 1 July 2025")
def stapler(raw: Raw) -> Each:
    """Mean price of one article before and since a day."""
    rows = [row for row in sent(raw) if row["品名"] == "一次性吻合器"]
    old = [row for row in rows if iso(row["下单时间"]) < "2025-07-01"]
    new = [row for row in rows if iso(row["下单时间"]) >= "2025-07-01"]
    return Each(tuple(Figure(average(column(side, "结算单价(元)"))) for side in (old, new)))


@QUESTIONS.asks("效期在未来90天内的批次有多少单？", "How many delivered lots expire within the next 90 days?")
def expiring_lots(raw: Raw) -> AnyOf:
    """Expiry from today to 14 July 2026, the last day counted or not."""
    return AnyOf((Figure(len(in_span(raw["耗材配送"], "效期至", NOW, "2026-07-14"))), Figure(len(in_span(raw["耗材配送"], "效期至", NOW, "2026-07-13")))))
