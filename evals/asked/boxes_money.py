"""Questions to the maker of boxes about its monthly statements and what was paid."""

from __future__ import annotations

from evals.asked.boxes_rows import (
    BILLS,
    CLIENTS,
    NAMES,
    NOW,
    QUESTIONS,
    bills,
    debts,
    gap,
    listed,
    named,
    overdue,
    thousands,
    unpaid,
)
from evals.asked.expecting import AnyOf, Each, Figure, Groups, Ranked
from evals.asked.raw import Raw, number, total
from evals.asked.tallies import per, times

DUE, PAID = "应收(千元)", "实收(千元)"


@QUESTIONS.asks("外面还有多少货款没收回来？", "How much is still outstanding on our statements altogether?")
def outstanding(raw: Raw) -> AnyOf:
    """What is still to come."""
    return thousands(lambda by: Figure(debts(bills(raw)) * by))


@QUESTIONS.asks("已经过了到期日还没收齐的对账单几张，欠多少？", "overdue statements (past 到期日, not fully paid): how many, how much is missing")
def past_due(raw: Raw) -> AnyOf:
    """Overdue statements, and what is missing."""
    rows = overdue(raw)
    return thousands(lambda by: Each((Figure(len(rows)), Figure(debts(rows) * by))))


@QUESTIONS.asks("逾期欠款最多的前五家客户", "five customers with the largest overdue balance")
def worst_payers(raw: Raw) -> AnyOf:
    """Overdue by client."""
    options = [named(lambda name, by=by: Ranked(times(per(overdue(raw), name, debts), by), top=5)) for by in (1, 1000)]  # type: ignore[misc]
    return AnyOf(tuple(option for found in options for option in found.options))


@QUESTIONS.asks("去年每个月的应收对账金额", "statement amounts (应收) by 账单月份 in 2025")
def by_month(raw: Raw) -> AnyOf:
    """Statements of 2025 by month."""
    found = per((row for row in raw[BILLS] if row["账单月份"][:4] == "2025"), "账单月份", lambda rows: total(rows, DUE))
    return thousands(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("2025年账单的回款率是多少，实收除以应收", "collected as a percentage of billed, statements of 2025")
def collected(raw: Raw) -> Figure:
    """Paid of due, statements of 2025."""
    rows = [row for row in raw[BILLS] if row["账单月份"][:4] == "2025"]
    return Figure(total(rows, PAID) / total(rows, DUE))


@QUESTIONS.asks("结清的账单里，有多少张是拖过到期日才付的？", "of the statements 已结清, how many were paid after the 到期日?")
def paid_late(raw: Raw) -> Figure:
    """Paid in full after their day."""
    return Figure(sum(row["结清情况"] == "已结清" and row["最近收款日"] > row["到期日"] for row in raw[BILLS]))


@QUESTIONS.asks("逾期超过180天的是哪些客户？", "Customers more than 180 days overdue, list them")
def long_overdue(raw: Raw) -> AnyOf:
    """Clients with a statement overdue for more than 180 days."""
    rows = [row for row in overdue(raw) if gap(row["到期日"], NOW) > 180]
    held = list({row["客户代号"]: row for row in rows}.values())
    return AnyOf((*listed(held, *NAMES).options, *listed(rows, *NAMES).options))


@QUESTIONS.asks("这个月到现在收了多少货款？看最近收款日", "money received in May so far, going by 最近收款日")
def received_this_month(raw: Raw) -> AnyOf:
    """Paid in May 2026."""
    rows = [row for row in raw[BILLS] if row["最近收款日"][:7] == "2026-05"]
    return thousands(lambda by: Figure(total(rows, PAID) * by))


@QUESTIONS.asks("稻田里酒业2025年2月那张账单，应收多少，结清没有？", "the 2025-02 statement of 稻田里酒业: amount due and 结清情况?")
def one_bill(raw: Raw) -> AnyOf:
    """Amount and state of one statement."""
    row = next(row for row in bills(raw) if (row["客户简称"], row["账单月份"]) == ("稻田里酒业", "2025-02"))
    return thousands(lambda by: Each((Figure((number(row[DUE]) or 0) * by), Figure(row["结清情况"]))))


@QUESTIONS.asks("未来30天内要到期的未收账单，金额合计", "what falls due in the next 30 days among the statements not yet paid?")
def soon_due(raw: Raw) -> AnyOf:
    """To come, due from 18 May to 17 June 2026."""
    rows = [row for row in unpaid(raw) if NOW <= row["到期日"] <= "2026-06-17"]
    return thousands(lambda by: Figure(debts(rows) * by))


@QUESTIONS.asks("欠款已经超出信用额度的客户有吗，哪几家？", "Which customers owe more than their credit limit?")
def above_limit(raw: Raw) -> AnyOf:
    """Clients that owe more than their limit."""
    held = per(bills(raw), "客户代号", debts)
    rows = [row for row in raw[CLIENTS] if (limit := number(row["信用额度(千元)"])) and held.get(row["客户代号"], 0) > limit]
    return listed(rows, *NAMES)


@QUESTIONS.asks("哪个业务员名下客户逾期最多钱？", "Whose customers (业务员 in the customer file) have the largest overdue sum?")
def overdue_by_seller(raw: Raw) -> AnyOf:
    """Overdue by the person of the client."""
    return thousands(lambda by: Ranked(times(per(overdue(raw), "业务员", debts), by)))
