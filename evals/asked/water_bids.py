"""Questions to the seller of water treatment about its tenders and quarterly targets."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, iso, per, times, wan
from evals.asked.water_rows import QUESTIONS, income, won

BIDS, GOALS = "投标登记", "季度销售指标"


def opened(raw: Raw, year: str) -> list[Row]:
    """Bids by the year in which they were opened."""
    return [row for row in raw[BIDS] if iso(row["开标日期"]).startswith(year)]


@QUESTIONS.asks("去年开标的标段里，我们中了几个，没中几个？", "Bids opened in 2025: how many did we win and how many went to others (未中标)?")
def bids_2025(raw: Raw) -> Each:
    """Won and lost bids of 2025."""
    states = [row["投标结果"] for row in opened(raw, "2025")]
    return Each((Figure(states.count("中标")), Figure(states.count("未中标"))))


@QUESTIONS.asks("公开招标、邀请招标和询比价，中标率各是多少（中标/(中标+未中标)）？", "bid success rate (中标 out of 中标 plus 未中标) for each 招标方式")
def bid_rates(raw: Raw) -> Groups:
    """Won of won and lost bids, by the kind of tender."""
    rows = [row for row in raw[BIDS] if row["投标结果"] in ("中标", "未中标")]
    return Groups(per(rows, "招标方式", lambda held: Decimal(sum(row["投标结果"] == "中标" for row in held)) / len(held)))


@QUESTIONS.asks("除了我们自己，抢标最多的是哪家单位？", "Which other company (中标单位) has won the most tenders we bid for?")
def other_winner(raw: Raw) -> Ranked:
    """Winners other than ourselves."""
    return Ranked(per((row for row in raw[BIDS] if row["中标单位"] != "本公司"), "中标单位", len))


@QUESTIONS.asks("已经出结果（中标、未中标、流标）但保证金还没退回来的，一共多少笔、多少钱？", "结果已出却没有保证金退回日期的标，笔数和投标保证金总额")
def deposits(raw: Raw) -> Each:
    """Decided bids without a date of return: count and sum."""
    rows = [row for row in raw[BIDS] if row["投标结果"] in ("中标", "未中标", "流标") and not row["保证金退回日期"]]
    return Each((Figure(len(rows)), Figure(total(rows, "投标保证金(元)"))))


@QUESTIONS.asks("技术分第一还没中的标有几个", "how many bids did we lose (未中标) although 技术分名次 was 1?")
def best_but_lost(raw: Raw) -> Figure:
    """Lost bids ranked first for their technique."""
    return Figure(sum(row["投标结果"] == "未中标" and row["技术分名次"] == "1" for row in raw[BIDS]))


@QUESTIONS.asks("未中标的标，我们的报价平均比中标价高出多少个百分点？", "on lost bids, how far above the winning price (中标价) were we on average, in %?")
def above(raw: Raw) -> AnyOf:
    """Our price over the winner's less one: mean of the bids, or of the sums."""
    rows = [row for row in raw[BIDS] if row["投标结果"] == "未中标" and row["中标价(万元)"] and row["我方报价(万元)"]]
    ours, theirs = total(rows, "我方报价(万元)"), total(rows, "中标价(万元)")
    each = [(number(row["我方报价(万元)"]) or Decimal(0)) / (number(row["中标价(万元)"]) or Decimal(1)) - 1 for row in rows]
    return AnyOf((Figure(average(each)), Figure(ours / theirs - 1)))


@QUESTIONS.asks("目前待开标的有哪些？给我招标编号", "Which tenders are still 待开标? Give the 招标编号")
def waiting(raw: Raw) -> Listed:
    """Bids that are not opened yet."""
    rows = [row for row in raw[BIDS] if row["投标结果"] == "待开标"]
    return Listed(frozenset(row["招标编号"] for row in rows), count=len(rows))


@QUESTIONS.asks("本季度全公司的新签指标加起来是多少？", "total 新签指标 for Q1 2026, everybody together")
def goal_now(raw: Raw) -> AnyOf:
    """Targets of the first quarter of 2026."""
    rows = [row for row in raw[GOALS] if (row["年度"], row["季度"]) == ("2026", "Q1")]
    return wan(lambda by: Figure(total(rows, "新签指标(万元)") * by))


@QUESTIONS.asks("2025年谁的全年新签指标定得最高", "Whose 新签指标 for the whole of 2025 was the biggest?")
def highest_goal(raw: Raw) -> AnyOf:
    """Targets of 2025 by person."""
    found = per((row for row in raw[GOALS] if row["年度"] == "2025"), "销售", lambda rows: total(rows, "新签指标(万元)"))
    return wan(lambda by: Ranked(times(found, by)))


@QUESTIONS.asks("拿2025年商机成交金额除以全年新签指标，每个销售完成了百分之多少？", "2025 attainment per salesperson: won amount divided by full-year 新签指标")
def attained(raw: Raw) -> Groups:
    """Value won in 2025 over targets of 2025, by person."""
    goals = per((row for row in raw[GOALS] if row["年度"] == "2025"), "销售", lambda rows: total(rows, "新签指标(万元)"))
    done = per(won(raw, "2025-01-01", "2025-12-31"), "跟进销售", income)
    return Groups({name: float(done.get(name, 0)) / float(goal) for name, goal in goals.items()})


@QUESTIONS.asks("华东区今年四个季度的回款指标分别多少万？", "华东区 2026 回款指标 by quarter")
def east_goals(raw: Raw) -> AnyOf:
    """Targets for receipts of one region in 2026, by quarter."""
    rows = [{**row, "季": f"2026-{row['季度']}"} for row in raw[GOALS] if row["年度"] == "2026" and row["大区"] == "华东区"]
    found = per(rows, "季", lambda held: total(held, "回款指标(万元)"))
    return wan(lambda by: Groups(times(found, by)))
