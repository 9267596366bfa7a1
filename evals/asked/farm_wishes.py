"""Questions to the maker of farm machinery about wishes to buy."""

from __future__ import annotations

import re
from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.farm_rows import GUESS, LOST, QUESTIONS, WON, Y2024, Y2025, Y2026, amount, closed, named, rate, still_open, wishes
from evals.asked.raw import Raw, Row, day, total
from evals.asked.tallies import average, column, days, iso, per, times, wan


def due(row: Row) -> str:
    """The month in which the machine shall be fetched, as in 2026-06; empty where it is not known."""
    found = re.fullmatch(r"(\d+)年(\d+)月", row["预计提机月"])
    return f"{found[1]}-{int(found[2]):02d}" if found else ""


@QUESTIONS.asks("没结案的购机意向还剩几单，预估总价合起来多少", "open purchase intents: how many and what are they worth?")
def open_now(raw: Raw) -> AnyOf:
    """Open wishes and their value."""
    rows = still_open(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, GUESS) * by))))


@QUESTIONS.asks("where do the unclosed intents sit? count per 当前节点")
def open_by_step(raw: Raw) -> Groups:
    """Open wishes by step."""
    return Groups(per(still_open(raw), "当前节点", len))


@QUESTIONS.asks("意向成交率整体有几个点？成交除以成交加战败", "overall conversion of closed intents (成交 over 成交+战败)")
def conversion(raw: Raw) -> Figure:
    """Won of won and lost."""
    return Figure(rate(wishes(raw)))


@QUESTIONS.asks("哪种线索来源的成交率最差", "worst converting lead source?")
def worst_source(raw: Raw) -> Ranked:
    """Rate by source, lowest first."""
    return Ranked(per(wishes(raw), "线索来源", rate), lowest=True)


@QUESTIONS.asks("按跟进人排一下意向成交率，前五名", "intent win rate per 跟进人, best five")
def best_sellers(raw: Raw) -> Ranked:
    """Rate by seller."""
    return Ranked(per(wishes(raw), "跟进人", rate), top=5)


@QUESTIONS.asks("去年战败的单子，主要输给谁了？", "Who did we lose most intents to in 2025?")
def rivals(raw: Raw) -> Ranked:
    """Lost in 2025, by rival."""
    return Ranked(per(closed(raw, LOST, Y2025), "战败竞品", len))


@QUESTIONS.asks("因为交货期长丢掉的意向，累计多少单")
def too_slow(raw: Raw) -> Figure:
    """Lost because delivery takes long."""
    return Figure(sum(row["战败原因"] == "交货期长" for row in closed(raw, LOST)))


@QUESTIONS.asks("停在交定金这一步的意向单是哪几张", "show me intents at 交定金")
def with_deposit(raw: Raw) -> Listed:
    """Open wishes with a deposit."""
    rows = [row for row in still_open(raw) if row["当前节点"] == "交定金"]
    return Listed(named(rows, "意向单号"), count=len(rows))


@QUESTIONS.asks("open intents expected to be picked up in June 2026 — count?")
def due_next_month(raw: Raw) -> Figure:
    """Open, due in June 2026."""
    return Figure(sum(due(row) == "2026-06" for row in still_open(raw)))


@QUESTIONS.asks("成交的意向从登记到结案平均磨了多少天", "average days from registration to close for won intents")
def cycle(raw: Raw) -> Figure:
    """Days from registration to closing of those won."""
    return Figure(average(days(row, "登记日期", "结案日期") for row in closed(raw, WON)))


@QUESTIONS.asks("登记超过一年还没结案的老意向有多少单？", "Unclosed intents registered more than a year ago: how many?")
def old_open(raw: Raw) -> Figure:
    """Open, registered before 20 May 2025."""
    return Figure(sum(iso(row["登记日期"]) < "2025-05-20" for row in still_open(raw)))


@QUESTIONS.asks("H级意向和C级意向，成交率差别多大？分别给个数")
def hot_and_cold(raw: Raw) -> Compared:
    """Rate of two levels."""
    found = per(wishes(raw), "意向级别", rate)
    return Compared({name: found[name] for name in ("H", "C")})


@QUESTIONS.asks("在谈的里头，预估总价最大的是哪一单、谁在跟？", "Largest open intent by estimate, and whose is it?")
def biggest_open(raw: Raw) -> AnyOf:
    """Open wishes by value, and who follows the first."""
    found = {row["意向单号"]: amount(row, GUESS) for row in still_open(raw)}
    first = max(still_open(raw), key=lambda row: amount(row, GUESS))
    return wan(lambda by: Each((Ranked({name: value * by for name, value in found.items()}), Figure(first["跟进人"]))))


@QUESTIONS.asks("今年新登记的意向里，要用补贴的占比")
def with_subsidy(raw: Raw) -> Figure:
    """With a subsidy, of those registered in 2026."""
    rows = [row for row in wishes(raw) if iso(row["登记日期"]) >= "2026-01-01"]
    return Figure(Decimal(sum(row["用补贴"] == "是" for row in rows)) / len(rows))


@QUESTIONS.asks("翟小娟手上没结案的意向值多少钱")
def zhai_open(raw: Raw) -> AnyOf:
    """Value of the open wishes of one seller."""
    return wan(lambda by: Figure(total((row for row in still_open(raw) if row["跟进人"] == "翟小娟"), GUESS) * by))


@QUESTIONS.asks("last month: intents won and intents lost")
def last_month(raw: Raw) -> Each:
    """Won and lost in April 2026."""
    span = ("2026-04-01", "2026-04-30")
    return Each((Figure(len(closed(raw, WON, span))), Figure(len(closed(raw, LOST, span)))))


@QUESTIONS.asks("Did any 抖音直播 lead close as won this year?")
def live_won(raw: Raw) -> YesNo:
    """Won in 2026 from live streams."""
    found = sum(row["线索来源"] == "抖音直播" for row in closed(raw, WON, Y2026))
    return YesNo(found > 0, found)


@QUESTIONS.asks("status and registration date of YX2602-369?")
def one_wish(raw: Raw) -> Each:
    """Step and day of one wish."""
    row = next(row for row in wishes(raw) if row["意向单号"] == "YX2602-369")
    return Each((Figure(row["当前节点"]), Figure(day(row["登记日期"]))))


@QUESTIONS.asks("国有农场的意向平均一单要几台？家庭农场呢？")
def size_by_kind(raw: Raw) -> Compared:
    """Mean pieces of wishes of two kinds of farm."""
    found = per(wishes(raw), "往来类型", lambda rows: average(column(rows, "意向台数")))
    return Compared({name: found[name] for name in ("国有农场", "家庭农场")})


@QUESTIONS.asks("2024年结案的意向，各片区成交率报一下", "win rate by region for intents closed in 2024")
def regions_2024(raw: Raw) -> Groups:
    """Rate of those closed in 2024, by region."""
    return Groups(per([*closed(raw, WON, Y2024), *closed(raw, LOST, Y2024)], "片区", rate))


@QUESTIONS.asks("three provinces with the most open intent value")
def open_provinces(raw: Raw) -> AnyOf:
    """Open value by province."""
    found = per(still_open(raw), "省", lambda rows: total(rows, GUESS))
    return wan(lambda by: Ranked(times(found, by), top=3))
