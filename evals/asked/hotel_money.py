"""Questions to the hotel group's events office about contracts, deposits, targets, function spaces and what was said after events."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.hotel_rows import (
    DUE,
    NOW,
    PAID,
    QUESTIONS,
    VALUE,
    between,
    cases,
    gap,
    grand,
    income,
    instalments,
    iso,
    left,
    quarter,
    signed,
    when,
    won,
    worth,
)
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, column, per

SPACES = "function_spaces"


def active(raw: Raw) -> list[Row]:
    """Contracts that are active."""
    return [row for row in signed(raw) if row["Contract Status"] == "Active"]


def overdue(raw: Raw) -> list[Row]:
    """Instalments due before today that are not wholly paid."""
    return [row for row in instalments(raw) if iso(row["due_date"]) < NOW and worth(row, PAID) < worth(row, DUE)]


def unpaid(raw: Raw) -> list[Row]:
    """Instalments due before today for which nothing was paid."""
    return [row for row in overdue(raw) if not row["paid_date"]]


@QUESTIONS.asks("Contracts signed in 2025: how many and what total contract value?", "2025年签了多少份合同，合同总额多少？")
def signed_2025(raw: Raw) -> Each:
    """Count and value of contracts signed in 2025."""
    rows = signed(raw, "2025-01-01", "2025-12-31")
    return Each((Figure(len(rows)), Figure(total(rows, VALUE))))


@QUESTIONS.asks("How much contract value is Active right now?", "目前 Active 状态的合同总金额多少")
def active_value(raw: Raw) -> Figure:
    """Value of active contracts."""
    return Figure(total(active(raw), VALUE))


@QUESTIONS.asks("When's the cut-off date on C26-031, and who manages that contract?", "合同 C26-031 的 cut-off 日期是哪天？由谁负责？")
def one_contract(raw: Raw) -> Each:
    """Cut-off and person of one contract."""
    row = next(row for row in signed(raw) if row["Contract No"] == "C26-031")
    return Each((Figure(when(row["cut_off_date"])), Figure(row["Seller"])))


@QUESTIONS.asks("Contracts whose cut-off date falls in June, list them", "which contracts have a cut-off in June 2026?")
def june_cut_off(raw: Raw) -> Listed:
    """Contracts with a cut-off in June 2026."""
    rows = between(signed(raw), "cut_off_date", "2026-06-01", "2026-06-30")
    return Listed(frozenset(row["Contract No"] for row in rows), count=len(rows))


@QUESTIONS.asks("Which contracts are On Hold?", "On Hold 的合同有哪些？")
def on_hold(raw: Raw) -> Listed:
    """Contracts on hold."""
    rows = [row for row in signed(raw) if row["Contract Status"] == "On Hold"]
    return Listed(frozenset(row["Contract No"] for row in rows), count=len(rows))


@QUESTIONS.asks(
    "Carla needs the overdue instalments: how many are past due without any payment, and what amount is due on them?",
    "到期了一分钱都没付的分期款有几笔，应付金额一共多少？",
)
def past_due_amount(raw: Raw) -> Each:
    """Count and amount of instalments overdue and wholly unpaid."""
    rows = unpaid(raw)
    return Each((Figure(len(rows)), Figure(total(rows, DUE))))


@QUESTIONS.asks("Which client has the largest overdue balance?", "逾期没付的钱，哪家客户欠得最多")
def worst_debtor(raw: Raw) -> AnyOf:
    """What is overdue by client, with what is left of partly paid instalments or without."""
    return AnyOf(tuple(Ranked(per(rows, "Organisation", left)) for rows in (overdue(raw), unpaid(raw))))


@QUESTIONS.asks("How much money did clients actually pay us in 2025?", "2025年实际收到客户付款多少美元")
def paid_2025(raw: Raw) -> Figure:
    """Paid in 2025."""
    return Figure(total(between(instalments(raw), "paid_date", "2025-01-01", "2025-12-31"), PAID))


@QUESTIONS.asks("What amount falls due next month?", "下个月到期的分期款应付多少？")
def due_next_month(raw: Raw) -> AnyOf:
    """Due in June 2026, with what is paid ahead or without."""
    rows = between(instalments(raw), "due_date", "2026-06-01", "2026-06-30")
    return AnyOf((Figure(total(rows, DUE)), Figure(left(rows))))


@QUESTIONS.asks("Typical gap between due date and paid date, on average, in days?", "付款日期平均比到期日晚几天？")
def lateness(raw: Raw) -> Figure:
    """Mean days from due to paid."""
    return Figure(average(gap(row, "due_date", "paid_date") for row in instalments(raw)))


@QUESTIONS.asks("money received in 2025 by payment method", "2025年收到的款项按付款方式（Method）拆开")
def by_method(raw: Raw) -> Groups:
    """Paid in 2025 by method."""
    return Groups(per(between(instalments(raw), "paid_date", "2025-01-01", "2025-12-31"), "Method", lambda rows: total(rows, PAID)))


@QUESTIONS.asks("Number of First Deposit instalments not paid yet, whether due or not", "First Deposit 还没付款的有几笔（不管到没到期）")
def first_unpaid(raw: Raw) -> Figure:
    """First deposits without a payment."""
    return Figure(sum(row["Instalment Type"] == "First Deposit" and not row["paid_date"] for row in raw["deposit_schedule"]))


@QUESTIONS.asks("What's the biggest contract signed this year?", "今年签的最大一份合同是哪份")
def biggest_contract(raw: Raw) -> AnyOf:
    """Contracts signed in 2026 by value, by number or by event."""
    rows = signed(raw, "2026-01-01")
    return AnyOf(tuple(Ranked({row[name]: worth(row, VALUE) for row in rows}) for name in ("Contract No", "Event Name")))


@QUESTIONS.asks("Average contract value per client type", "各类客户（Client Type）平均每份合同多少钱？")
def contract_by_type(raw: Raw) -> Groups:
    """Mean value of contracts by type of client."""
    return Groups(per(signed(raw), "Client Type", lambda rows: average(column(rows, VALUE))))


@QUESTIONS.asks("Team target for this quarter, everyone added up?", "本季度全体销售目标合计多少？")
def team_target(raw: Raw) -> AnyOf:
    """Targets of the second quarter of 2026."""
    found = total((row for row in raw["quarterly_targets"] if (row["Year"], row["Quarter"]) == ("2026", "Q2")), "Target (USD k)")
    return grand(lambda by: Figure(found * by))


@QUESTIONS.asks("Vivian Zhang's target for 2025, all four quarters together", "Vivian Zhang 2025年全年目标是多少")
def vivian_target(raw: Raw) -> AnyOf:
    """Targets of one person in 2025."""
    found = total((row for row in raw["quarterly_targets"] if (row["Year"], row["staff_code"]) == ("2025", "S09")), "Target (USD k)")
    return grand(lambda by: Figure(found * by))


def attained(raw: Raw) -> dict[str, tuple[Decimal, Decimal]]:
    """Confirmed revenue decided in the first quarter of 2026, and the target, by person."""
    people = raw.by("sales_team", "staff_code")
    booked = per(won(raw, "2026-01-01", "2026-03-31"), "handled_by", income)
    rows = [row for row in raw["quarterly_targets"] if (row["Year"], row["Quarter"]) == ("2026", "Q1")]
    return {people[row["staff_code"]]["Full Name"]: (Decimal(booked.get(row["staff_code"], 0)), worth(row, "Target (USD k)") * 1000) for row in rows}


@QUESTIONS.asks("Who beat their target in Q1 2026, judged on confirmed revenue decided in the quarter?", "2026年一季度哪些销售的确认收入超过了目标？")
def beat_target(raw: Raw) -> Listed:
    """People whose confirmed revenue of the first quarter of 2026 lies above the target."""
    return Listed(frozenset(name for name, (booked, target) in attained(raw).items() if booked > target))


@QUESTIONS.asks("happiest guests: which property scores highest on average in the feedback forms?", "哪家酒店的活动评分平均最高？")
def best_score(raw: Raw) -> Ranked:
    """Mean score by property."""
    rows = [row for row in raw["post_event_feedback"] if row["Score (1-10)"]]
    return Ranked(per(rows, "Property", lambda held: average(column(held, "Score (1-10)"))))


@QUESTIONS.asks("complaints: which area do people complain about most?", "投诉最集中在哪个 Area？")
def sore_point(raw: Raw) -> Ranked:
    """Complaints by area."""
    return Ranked(per((row for row in raw["post_event_feedback"] if row["Kind"] == "Complaint"), "Area", len))


@QUESTIONS.asks("How many complaints are still not closed?", "还没关闭的投诉有几件")
def open_complaints(raw: Raw) -> Figure:
    """Complaints without a closing."""
    return Figure(sum(row["Kind"] == "Complaint" and not row["closed_at"] for row in raw["post_event_feedback"]))


@QUESTIONS.asks("On average how long do we take to close a Major case?", "Major 级别的案件平均多久能关闭？")
def major_time(raw: Raw) -> AnyOf:
    """Mean time from opening to closing of major cases: in days, in hours, or by days of the calendar."""
    rows = [row for row in raw["post_event_feedback"] if row["Severity"] == "Major" and row["closed_at"]]
    spans = [datetime.fromisoformat(row["closed_at"]) - datetime.fromisoformat(row["opened_at"]) for row in rows]
    hours = sum(span.total_seconds() for span in spans) / 3600 / len(spans)
    return AnyOf((Figure(hours / 24), Figure(hours), Figure(average(gap(row, "opened_at", "closed_at") for row in rows))))


@QUESTIONS.asks("goodwill paid out per property, cases opened in 2025", "2025年各酒店赔付的 Goodwill 金额")
def goodwill(raw: Raw) -> Groups:
    """Goodwill of cases opened in 2025 by property."""
    return Groups(per(between(raw["post_event_feedback"], "opened_at", "2025-01-01", "2025-12-31"), "Property", lambda rows: total(rows, "Goodwill (USD)")))


@QUESTIONS.asks("Which Key accounts filed a complaint in 2025?", "2025年有投诉的 Key 客户是哪几家")
def sore_keys(raw: Raw) -> Listed:
    """Key clients with a complaint opened in 2025."""
    rows = between(cases(raw), "opened_at", "2025-01-01", "2025-12-31")
    return Listed(frozenset(row["Organisation"] for row in rows if row["Kind"] == "Complaint" and row["Account Tier"] == "Key"))


@QUESTIONS.asks("function spaces with a theatre capacity of 300 or more, how many?", "剧院式能坐300人以上（含300）的场地有几个？")
def large(raw: Raw) -> Figure:
    """Rooms for at least 300."""
    return Figure(sum((number(row["Theatre Capacity"]) or 0) >= 300 for row in raw[SPACES]))


@QUESTIONS.asks("What's the average day rate for a function space at each property?", "各酒店场地的平均日租（Day Rate）")
def day_rates(raw: Raw) -> Groups:
    """Mean day rate by property."""
    return Groups(per(raw[SPACES], "Property", lambda rows: average(column(rows, "Day Rate (USD)"))))


@QUESTIONS.asks("How big is the Grand Ballroom at Juniper Court in square feet?", "Juniper Court 的 Grand Ballroom 面积多少平方英尺？")
def ballroom(raw: Raw) -> Figure:
    """The area of one room."""
    row = next(row for row in raw[SPACES] if (row["Property"], row["Space Name"]) == ("Juniper Court", "Grand Ballroom"))
    return Figure(number(row["Area (sq ft)"]))


@QUESTIONS.asks("Which room at Alder House has had the most definite bookings?", "Alder House 哪个场地敲定的活动最多？")
def busiest_room(raw: Raw) -> Ranked:
    """Definite bookings at one property by room."""
    names = {(row["Property"], row["space_no"]): row["Space Name"] for row in raw[SPACES]}
    rows = [row for row in won(raw) if row["Property"] == "Alder House" and row["space_no"]]
    return Ranked(per([{**row, "room": names["Alder House", row["space_no"]]} for row in rows], "room", len))


@QUESTIONS.asks("what's the average attrition on contracts that are Active", "Active 合同的平均 Attrition 是百分之几？")
def attrition(raw: Raw) -> AnyOf:
    """Mean attrition of active contracts that have one, written in percent."""
    found = average(column(active(raw), "Attrition (%)"))
    return AnyOf((Figure(found), Figure(found / 100)))


@QUESTIONS.asks("What percentage of paid Final Balance instalments came in after the due date?", "已付款的 Final Balance 里，晚于到期日才付的占多少")
def late_share(raw: Raw) -> Figure:
    """Final balances paid after they were due, of those paid."""
    found = [days for row in instalments(raw) if row["Instalment Type"] == "Final Balance" and (days := gap(row, "due_date", "paid_date")) is not None]
    return Figure(sum(days > 0 for days in found) / len(found))


@QUESTIONS.asks("Any Critical cases still not closed?", "Critical 级别的案件还有没关掉的吗？")
def open_critical(raw: Raw) -> YesNo:
    """Critical cases without a closing."""
    found = sum(row["Severity"] == "Critical" and not row["closed_at"] for row in raw["post_event_feedback"])
    return YesNo(found > 0, found)


@QUESTIONS.asks("incidents by quarter, 2025", "2025年每季度发生多少起 Incident？")
def incidents(raw: Raw) -> Groups:
    """Incidents opened in 2025 by quarter."""
    rows = between(raw["post_event_feedback"], "opened_at", "2025-01-01", "2025-12-31")
    return Groups(per([{**row, "q": quarter(row["opened_at"])} for row in rows if row["Kind"] == "Incident"], "q", len))


@QUESTIONS.asks("Who has owned the most complaints?", "投诉件数最多的 Owner 是谁")
def owners(raw: Raw) -> Ranked:
    """Complaints by owner."""
    return Ranked(per((row for row in raw["post_event_feedback"] if row["Kind"] == "Complaint"), "Owner", len))


@QUESTIONS.asks("rooms at Bayfront Pavilion with natural light", "Which Bayfront Pavilion function spaces have daylight, i.e. natural light?")
def daylight(raw: Raw) -> Listed:
    """Rooms at one property with natural light."""
    return Listed(frozenset(row["Space Name"] for row in raw[SPACES] if row["Property"] == "Bayfront Pavilion" and row["Natural Light"] == "Y"))


@QUESTIONS.asks("How much of the contract value signed in 2025 came through Vivian Zhang, as a percentage?", "2025年签的合同额里 Vivian Zhang 占百分之几？")
def vivian_share(raw: Raw) -> Figure:
    """Value of contracts signed in 2025 of one person, of all."""
    rows = signed(raw, "2025-01-01", "2025-12-31")
    return Figure(total((row for row in rows if row["Seller"] == "Vivian Zhang"), VALUE) / total(rows, VALUE))
