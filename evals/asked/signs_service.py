"""Questions to the maker of packaging machines about complaints."""

from __future__ import annotations

from evals.asked.expecting import Each, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, month, total
from evals.asked.signs_rows import QUESTIONS, amount, cases, listed, pacts, per
from evals.asked.tallies import average, column, days


@QUESTIONS.asks("今年客诉多少起？", "complaints received this year, count")
def complaints_this_year(raw: Raw) -> Figure:
    """Complaints of 2025."""
    return Figure(len(cases(raw, "2025-01-01")))


@QUESTIONS.asks("还没结案的客诉有几单？列一下", "List the complaints that are still open")
def open_cases(raw: Raw) -> Listed:
    """Complaints without an end."""
    return listed((row for row in cases(raw) if not row["结案日期"]), "客诉单号")


@QUESTIONS.asks("客户投诉最集中的是哪类问题？", "what do customers complain about most?")
def top_problem(raw: Raw) -> Ranked:
    """Complaints by problem."""
    return Ranked(per(cases(raw), "问题类别"))


@QUESTIONS.asks("average days to close a complaint, by 严重等级")
def days_by_grade(raw: Raw) -> Groups:
    """Mean days to the end by grade."""
    rows = [row for row in cases(raw) if row["结案日期"]]
    return Groups(per(rows, "严重等级", lambda held: average(days(row, "受理日期", "结案日期") for row in held)))


@QUESTIONS.asks("哪个机型的客诉最多")
def by_machine(raw: Raw) -> Ranked:
    """Complaints by kind of machine."""
    return Ranked(per(cases(raw), "机型大类"))


@QUESTIONS.asks("今年索赔金额合计多少？", "Total claims (索赔金额) on complaints logged in 2025")
def claims(raw: Raw) -> Figure:
    """Claims of 2025."""
    return Figure(total(cases(raw, "2025-01-01"), "索赔金额(元)"))


@QUESTIONS.asks("牛家和处理了多少单客诉，其中客户不满意的有几单？", "牛家和: number of complaints handled, and how many of those were rated 不满意?")
def one_engineer(raw: Raw) -> Each:
    """Complaints of one engineer and those with a bad mark."""
    rows = [row for row in cases(raw) if row["责任工程师"] == "牛家和"]
    return Each((Figure(len(rows)), Figure(sum(row["客户评价"] == "不满意" for row in rows))))


@QUESTIONS.asks("of complaints with a 客户评价, what share is 满意?")
def content(raw: Raw) -> Figure:
    """Complaints with the mark 满意 of those with a mark."""
    rows = [row for row in cases(raw) if row["客户评价"]]
    return Figure(sum(row["客户评价"] == "满意" for row in rows) / len(rows))


@QUESTIONS.asks("有多少份已发货的合同从来没被投诉过？", "shipped contracts without a single complaint — how many?")
def quiet(raw: Raw) -> Figure:
    """Contracts that were sent and have no complaint."""
    held = {row["合同号"] for row in cases(raw)}
    return Figure(sum(bool(row["实际发货日"]) and row["合同号"] not in held for row in pacts(raw)))


@QUESTIONS.asks("近三个月每月客诉量：8月、9月、10月", "complaints per month, August to October 2025")
def three_months(raw: Raw) -> Groups:
    """Complaints from August to October 2025 by month."""
    return Groups(per([{**row, "月": month(row["受理日期"])} for row in cases(raw, "2025-08-01", "2025-10-31")], "月"))


@QUESTIONS.asks("单笔索赔最高的是哪张客诉单？")
def largest_claim(raw: Raw) -> Ranked:
    """Complaints by claim."""
    return Ranked({row["客诉单号"]: amount(row, "索赔金额(元)") for row in cases(raw) if row["索赔金额(元)"]})


@QUESTIONS.asks("who complains the most among our customers")
def noisiest(raw: Raw) -> Ranked:
    """Complaints by plant."""
    return Ranked(per(cases(raw), "客户全称"))


@QUESTIONS.asks("封口不良这类客诉，平均每笔索赔多少（没索赔的不算）")
def mean_claim(raw: Raw) -> Figure:
    """Mean claim about seals."""
    return Figure(average(column((row for row in cases(raw) if row["问题类别"] == "封口不良"), "索赔金额(元)")))
