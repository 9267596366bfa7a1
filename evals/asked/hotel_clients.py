"""Questions to the hotel group's events office about client organisations, contacts, touchpoints and the team."""

from __future__ import annotations

from evals.asked.expecting import AnyOf, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.hotel_rows import QUESTIONS, asked, between, grand, income, joined, quarter, when, won
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column, per

ORGS, PEOPLE, TEAM = "client_organisations", "org_contacts", "sales_team"


def clients(raw: Raw) -> list[Row]:
    """Client organisations with ``Seller``, who looks after them."""
    return joined(raw, ORGS, "account_manager")


def touches(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Touchpoints in a span, with the client and ``Seller``."""
    return between(joined(raw, "touchpoint_log", "staff_code"), "logged_on", first, last)


def listed(rows: list[Row], name: str = "Organisation") -> Listed:
    """Rows by name."""
    return Listed(frozenset(row[name] for row in rows), count=len(rows))


@QUESTIONS.asks("How many client organisations by client type?", "客户按 Client Type 分，各有多少家")
def by_type(raw: Raw) -> Groups:
    """Clients by type."""
    return Groups(per(raw[ORGS], "Client Type", len))


@QUESTIONS.asks("we have how many Key accounts?", "重点客户（Account Tier 为 Key）有几家？")
def keys(raw: Raw) -> Figure:
    """Key clients."""
    return Figure(sum(row["Account Tier"] == "Key" for row in raw[ORGS]))


@QUESTIONS.asks("上海沐川医疗器械有限公司 - account manager?", "上海沐川医疗器械这家是谁在管？")
def who(raw: Raw) -> Figure:
    """The person of one client."""
    return Figure(next(row["Seller"] for row in clients(raw) if row["Organisation"] == "上海沐川医疗器械有限公司"))


@QUESTIONS.asks("biggest client ever, going by confirmed revenue", "把历年确认收入加总，最大的金主是哪家客户？")
def best_client(raw: Raw) -> Ranked:
    """Confirmed revenue by client."""
    return Ranked(per(won(raw), "Organisation", income))


@QUESTIONS.asks("Which Key accounts have gone quiet, i.e. not one touchpoint logged in the past 60 days?", "近60天touchpoint一条都没有的Key客户，列出来")
def untouched(raw: Raw) -> Listed:
    """Key clients without a touchpoint since 2026-03-21."""
    held = {row["org_id"] for row in touches(raw, "2026-03-21")}
    return listed([row for row in raw[ORGS] if row["Account Tier"] == "Key" and row["org_id"] not in held])


@QUESTIONS.asks("who's flagged Do Not Contact?", "List every organisation marked do not contact")
def barred(raw: Raw) -> Listed:
    """Clients that must not be contacted."""
    return listed([row for row in raw[ORGS] if row["Do Not Contact"] == "Y"])


@QUESTIONS.asks("Total estimated annual spend across our Key accounts", "Key 客户的预计年消费加起来是多少")
def spend(raw: Raw) -> AnyOf:
    """Estimated spend of key clients, in thousands."""
    found = total((row for row in raw[ORGS] if row["Account Tier"] == "Key"), "Est. Annual Spend (USD k)")
    return grand(lambda by: Figure(found * by))


@QUESTIONS.asks("I need to send an invite to Brightwell Analytics. Which contacts do we hold there?", "Brightwell Analytics 那边有哪些联系人")
def contacts_there(raw: Raw) -> Listed:
    """Contacts at one client."""
    return listed([row for row in joined(raw, PEOPLE) if row["Organisation"] == "Brightwell Analytics"], "Contact Name")


@QUESTIONS.asks("What share of contacts have opted in to marketing?", "同意接收营销信息（opt-in）的联系人占多大比例？")
def opted(raw: Raw) -> Figure:
    """Contacts that opted in, of all."""
    return Figure(sum(row["Marketing Opt-in"] == "Yes" for row in raw[PEOPLE]) / len(raw[PEOPLE]))


@QUESTIONS.asks("For which Key organisations are we still missing a Signatory?", "哪些 Key 客户还没有 Signatory 联系人？")
def unsigned(raw: Raw) -> Listed:
    """Key clients without a contact who signs."""
    held = {row["org_id"] for row in raw[PEOPLE] if row["buying_role"] == "Signatory"}
    return listed([row for row in raw[ORGS] if row["Account Tier"] == "Key" and row["org_id"] not in held])


@QUESTIONS.asks("How many Site Inspections did we do per quarter in 2025?", "2025年每个季度做了几次 Site Inspection？")
def inspections(raw: Raw) -> Groups:
    """Site inspections of 2025 by quarter."""
    rows = [{**row, "q": quarter(row["logged_on"])} for row in touches(raw, "2025-01-01", "2025-12-31") if row["Touchpoint"] == "Site Inspection"]
    return Groups(per(rows, "q", len))


@QUESTIONS.asks("most active seller in 2026 by touchpoints logged", "touchpoint数量今年谁排第一？")
def busiest(raw: Raw) -> Ranked:
    """Touchpoints of 2026 by person."""
    return Ranked(per(touches(raw, "2026-01-01"), "Seller", len))


@QUESTIONS.asks("How many minutes does a Client Lunch take us, typically (mean)?", "average duration of a client lunch?")
def lunch(raw: Raw) -> Figure:
    """Mean minutes of lunches."""
    return Figure(average(column((row for row in raw["touchpoint_log"] if row["Touchpoint"] == "Client Lunch"), "Duration (min)")))


@QUESTIONS.asks("latest touchpoint with 深圳启澜科技有限公司, what date?", "深圳启澜科技有限公司最后一次touchpoint记录的日期")
def last_touch(raw: Raw) -> Figure:
    """The last touchpoint with one client."""
    return Figure(max(found for row in touches(raw) if row["Organisation"] == "深圳启澜科技有限公司" and (found := when(row["logged_on"]))))


@QUESTIONS.asks("How many touchpoints last year ended on a Cool mood?", "去年 Mood 是 Cool 的接触记录有几条")
def cool(raw: Raw) -> Figure:
    """Cool touchpoints of 2025."""
    return Figure(sum(row["Mood"] == "Cool" for row in touches(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("organisations with more than 8 enquiries, which ones", "提过8条以上（不含8条）询价的客户有哪些？")
def frequent(raw: Raw) -> Listed:
    """Clients with more than 8 enquiries."""
    return Listed(frozenset(str(name) for name, value in per(asked(raw), "Organisation", len).items() if value > 8))


@QUESTIONS.asks("How many organisations had a booking go definite in 2025 but none so far in 2026?", "2025年有敲定订单、今年还一单都没敲定的客户有多少家？")
def lapsed(raw: Raw) -> Figure:
    """Clients that decided for us in 2025 and not in 2026."""
    before, now = ({row["org_id"] for row in won(raw, first, last)} for first, last in (("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-12-31")))
    return Figure(len(before - now))


@QUESTIONS.asks("average credit terms in days by sector", "Credit terms: what's the mean number of days for each sector?")
def terms(raw: Raw) -> Groups:
    """Mean credit terms by sector."""
    return Groups(per(raw[ORGS], "sector", lambda rows: average(column(rows, "Credit Terms (days)"))))


@QUESTIONS.asks("who is on leave in the sales team?", "sales team 里 On Leave 的是谁？")
def on_leave(raw: Raw) -> AnyOf:
    """People who are on leave."""
    rows = [row for row in raw[TEAM] if row["Employment"] == "On Leave"]
    return AnyOf((listed(rows, "Full Name"), Figure(rows[0]["Full Name"])))


@QUESTIONS.asks("How many people report directly to Eleanor Whitcombe?", "直接向 Eleanor Whitcombe 汇报的有几个人")
def reports(raw: Raw) -> Figure:
    """People under one person."""
    return Figure(sum(row["reports_to"] == "S01" for row in raw[TEAM]))


@QUESTIONS.asks("does Tom Okonjo have anybody reporting to him", "Does anyone on the team report to Tom Okonjo?")
def under_tom(raw: Raw) -> YesNo:
    """People under one person, of whom there are none."""
    found = sum(row["reports_to"] == "S05" for row in raw[TEAM])
    return YesNo(found > 0, found)


@QUESTIONS.asks(
    "Organisations we did a Site Inspection with in 2025 that never had a definite booking at all: how many?",
    "2025年做过 Site Inspection、但至今一单都没敲定过的客户有几家？",
)
def shown_in_vain(raw: Raw) -> Figure:
    """Clients with a site inspection in 2025 and no definite enquiry ever."""
    booked = {row["org_id"] for row in won(raw)}
    return Figure(len({row["org_id"] for row in touches(raw, "2025-01-01", "2025-12-31") if row["Touchpoint"] == "Site Inspection"} - booked))


@QUESTIONS.asks("which city outside San Diego has the most client organisations?", "不算 San Diego，哪个城市的客户最多？")
def other_city(raw: Raw) -> Ranked:
    """Clients by city, without San Diego."""
    return Ranked(per((row for row in raw[ORGS] if row["City"] != "San Diego"), "City", len))
