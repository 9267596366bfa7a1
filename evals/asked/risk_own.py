"""Questions to the insurance broker about its rounds of quotations; those about its other files lie in modules of their own."""

from __future__ import annotations

from decimal import Decimal

from evals.asked import risk_claims, risk_clients, risk_policies, risk_talk
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, month, total
from evals.asked.risk_rows import GUESS, LOST, NOW, QUESTIONS, WON, amount, closed, listed, rate, rounds, running
from evals.asked.tallies import Worth, average, column, days, per, times, wan

__all__ = ["QUESTIONS", "risk_claims", "risk_clients", "risk_policies", "risk_talk"]


@QUESTIONS.asks("手上还没办结的询价项目有几个？预计保费加起来多少", "morning! how many quotation projects still open, and total expected premium?")
def open_rounds(raw: Raw) -> AnyOf:
    """Count and expected premium of what is not closed."""
    rows = running(raw)
    return wan(lambda by: Each((Figure(len(rows)), Figure(total(rows, GUESS) * by))))


@QUESTIONS.asks("在谈的项目现在都卡在哪一步，每步几个")
def open_by_step(raw: Raw) -> Groups:
    """Open projects by progress."""
    return Groups(per(running(raw), "项目进度", len))


@QUESTIONS.asks("今年办结的项目，最后真正出单的占几成？", "Of the projects we closed this year, what percentage ended in 已出单?")
def rate_this_year(raw: Raw) -> Figure:
    """Written of those closed in 2025."""
    return Figure(rate(closed(raw, "2025-01-01")))


@QUESTIONS.asks("按已经办结的算，哪种项目来源出单率最高", "Which 项目来源 converts best, counting only closed projects?")
def best_source(raw: Raw) -> Ranked:
    """Written of closed, by source."""
    return Ranked(per(closed(raw), "项目来源", rate))


@QUESTIONS.asks("24年没谈成的项目，主要死在什么原因上？", "Why did we mostly lose projects in 2024? top reason only")
def why_2024(raw: Raw) -> AnyOf:
    """Reasons of those closed in 2024 without a policy; of the lost tenders alone, the same comes first."""
    rows = [row for row in closed(raw, "2024-01-01", "2024-12-31") if row["项目进度"] != WON]
    return AnyOf((Ranked(per(rows, "未成原因", len)), Ranked(per((row for row in rows if row["项目进度"] == LOST), "未成原因", len))))


@QUESTIONS.asks("预计出单日都过了、到今天还没办结的项目，拉个清单", "list every open project whose 预计出单日 is already behind us")
def late_rounds(raw: Raw) -> Listed:
    """Open, expected before today."""
    return listed((row for row in running(raw) if "" < row["预计出单日"] < NOW), "项目名称")


@QUESTIONS.asks("从立项到办结，公开招标平均花多少天，邀请比价又是多少天？", "Average days from 立项 to 办结: 公开招标 against 邀请比价")
def lengths(raw: Raw) -> Compared:
    """Mean days of two sources."""
    found = per(closed(raw), "项目来源", lambda rows: average(days(row, "立项日期", "办结日期") for row in rows))
    return Compared({name: found[name] for name in ("公开招标", "邀请比价")})


@QUESTIONS.asks("new projects opened per month in 2025 so far")
def opened_by_month(raw: Raw) -> Groups:
    """Projects of 2025 by month of opening."""
    return Groups(per([{**row, "月": month(row["立项日期"])} for row in rounds(raw) if row["立项日期"] >= "2025-01-01"], "月", len))


@QUESTIONS.asks("没办结的里头预计保费20万以上的大单有哪些", "Which open projects carry an expected premium above 200k yuan?")
def large_open(raw: Raw) -> Listed:
    """Open, above 200,000 (none is exactly that)."""
    return listed((row for row in running(raw) if amount(row, GUESS) > 20), "项目名称")


@QUESTIONS.asks("XJ25-335: which client, what stage, who's on it?")
def one_round(raw: Raw) -> Each:
    """Company, progress and person of one project."""
    row = next(row for row in rounds(raw) if row["项目号"] == "XJ25-335")
    return Each((Figure(row["企业全称"]), Figure(row["项目进度"]), Figure(row["人"])))


@QUESTIONS.asks("今年未中标项目最多的顾问是谁？", "Who has racked up the most 未中标 projects this year?")
def most_lost(raw: Raw) -> Ranked:
    """Lost projects closed in 2025 by person."""
    return Ranked(per((row for row in closed(raw, "2025-01-01") if row["项目进度"] == LOST), "人", len))


@QUESTIONS.asks("对手是砥行经纪 vs 鹿野经纪，办结项目里的出单占比分别多少")
def two_rivals(raw: Raw) -> Compared:
    """Written of closed, against two rivals."""
    found = per(closed(raw), "竞争渠道", rate)
    return Compared({name: found[name] for name in ("鹿野经纪", "砥行经纪")})


@QUESTIONS.asks("九月份新立的项目有哪些啊")
def opened_in_september(raw: Raw) -> Listed:
    """Projects opened in September 2025."""
    return listed((row for row in rounds(raw) if row["立项日期"][:7] == "2025-09"), "项目名称")


@QUESTIONS.asks("平均下来，各险种一个项目要问几家保险公司")
def asked_by_line(raw: Raw) -> Groups:
    """Mean number of insurers asked, by line."""
    return Groups(per((row for row in rounds(raw) if row["询价保司数"]), "险种", lambda rows: average(column(rows, "询价保司数"))))


@QUESTIONS.asks("Is there anything open at 青岛棠汇食品有限公司 at the moment?")
def tanghui_open(raw: Raw) -> AnyOf:
    """Open projects of one company."""
    rows = [row for row in running(raw) if row["企业全称"] == "青岛棠汇食品有限公司"]
    return AnyOf((YesNo(bool(rows), len(rows)), listed(rows, "项目名称")))


@QUESTIONS.asks("今年上半年立项数跟去年上半年比怎么样", "Projects opened in H1 this year vs H1 last year")
def halves(raw: Raw) -> AnyOf:
    """Projects opened from January to June of two years."""
    found: dict[Label, Worth] = {year: sum(f"{year}-01-01" <= row["立项日期"] <= f"{year}-06-30" for row in rounds(raw)) for year in ("2025", "2024")}
    return AnyOf((Compared(found), Figure(Decimal(found["2025"]) / Decimal(found["2024"]) - 1)))


@QUESTIONS.asks("Top 5 open projects by expected premium")
def five_open(raw: Raw) -> AnyOf:
    """Open projects by expected premium, the first five."""
    found = per((row for row in running(raw) if row[GUESS]), "项目名称", lambda rows: total(rows, GUESS))
    return wan(lambda by: Ranked(times(found, by), top=5))


@QUESTIONS.asks("除了公开招标，其它来源的项目今年办结出单的有多少个", "projects written (已出单) this year, leaving 公开招标 out")
def written_without_tender(raw: Raw) -> Figure:
    """Written in 2025, not by public tender."""
    return Figure(sum(row["项目进度"] == WON and row["项目来源"] != "公开招标" for row in closed(raw, "2025-01-01")))
