"""Questions to the hotel group's events office that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, Figure, Groups, Label, Listed, Ranked
from evals.asked.hotel_clients import clients, touches
from evals.asked.hotel_money import active
from evals.asked.hotel_rows import GUESS, QUESTIONS, VALUE, Worth, asked, between, income, joined, lost, quarter, rate, signed, still_open, won, worth
from evals.asked.raw import Raw, Row, total
from evals.asked.tallies import average, column, per


def _each(who: tuple[str, ...], value: Callable[[str], int]) -> Ambiguous:
    return Ambiguous(tuple(Figure(value(name)) for name in who))


@QUESTIONS.asks("How many definite bookings has Chen made this year?", "今年 Chen 敲定了多少单？")
def which_chen(raw: Raw) -> Ambiguous:
    """Two people have this surname."""
    return _each(("Marcus Chen", "Grace Chen"), lambda name: sum(row["Seller"] == name for row in won(raw, "2026-01-01")))


@QUESTIONS.asks("how many organisations does Brooks look after")
def which_brooks(raw: Raw) -> Ambiguous:
    """Two people have this surname."""
    return _each(("Hannah Brooks", "Daniel Brooks"), lambda name: sum(row["Seller"] == name for row in clients(raw)))


@QUESTIONS.asks("How many enquiries have we had from Brightwell?")
def which_brightwell(raw: Raw) -> Ambiguous:
    """Two clients have this short name."""
    return _each(("Brightwell Analytics", "Brightwell Therapeutics"), lambda name: sum(row["Organisation"] == name for row in asked(raw)))


@QUESTIONS.asks("Northfold 的客户经理是谁？")
def which_northfold(raw: Raw) -> Ambiguous:
    """Two clients have this short name."""
    return Ambiguous(tuple(Figure(row["Seller"]) for row in clients(raw) if row["Organisation"].startswith("Northfold")))


@QUESTIONS.asks("What's Maya Patel's job title?")
def which_maya(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["Job Title"]) for row in joined(raw, "org_contacts") if row["Contact Name"] == "Maya Patel"))


@QUESTIONS.asks("顾嘉禾是哪家公司的联系人？")
def which_gu(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["Organisation"]) for row in joined(raw, "org_contacts") if row["Contact Name"] == "顾嘉禾"))


QUESTIONS.unanswerable(
    ("What was the gross margin on weddings last year?", "gross margin"),
    ("How much food waste did the Lakeside gala produce?", "food waste"),
    ("How many enquiries did we receive in 2021?", "2021"),
    ("What's our RevPAR at Juniper Court this month?", "RevPAR"),
    ("Which bookings did Oliver Stanton close this year?", "Oliver Stanton"),
    ("2022年的确认收入是多少？", "2022年"),
    ("What commission did Vivian Zhang earn in 2025?", "commission"),
    ("How many enquiries have the status Waitlisted?", "Waitlisted"),
    ("各酒店的客房入住率是多少？", "入住率"),
    ("Win rate at Harbor Point Inn?", "Harbor Point Inn"),
    ("How many vegetarian meals were ordered for the conferences in 2025?", "vegetarian"),
    ("What's Tom Okonjo's salary?", "salary"),
    ("What does Seacliff Resort charge for its ballroom?", "charge"),
    ("各场地的消防验收日期是哪天", "消防验收"),
    ("How many employees does Orrin Insurance have?", "employees"),
    ("上海沐川医疗器械有限公司的注册资本是多少？", "注册资本"),
    ("Which email campaign brought in the most enquiries?", "campaign"),
    ("When is Grace Chen's birthday?", "birthday"),
    ("How much did we spend on flowers this quarter?", "flowers"),
    ("What was the target for Ben Ashworth in 2023?", "2023"),
    ("How many enquiries came in through Instagram?", "Instagram"),
    ("Bar Mitzvah 类活动今年敲定了几场？", "Bar Mitzvah"),
    ("What's the wifi speed in the Terrace Room at Old Mill Quarter?", "wifi"),
    ("ENQ-27-004 这条询价现在谁在跟？", "ENQ-27-004"),
    ("How many parking bays does each property have?", "parking bays"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def at(raw: Raw, home: str, year: str) -> list[Row]:
    """Became definite at a property in a year."""
    return [row for row in won(raw, f"{year}-01-01", f"{year}-12-31") if row["Property"] == home]


def weddings(raw: Raw, year: str) -> list[Row]:
    """Weddings that were decided in a year, definite or lost."""
    return [row for row in [*won(raw, f"{year}-01-01", f"{year}-12-31"), *lost(raw, f"{year}-01-01", f"{year}-12-31")] if row["Event Type"] == "Wedding"]


def tentative(raw: Raw) -> list[Row]:
    """Open enquiries that are tentative."""
    return [row for row in still_open(raw) if row["Status"] == "Tentative"]


def calls(raw: Raw, year: str, kind: str) -> list[Row]:
    """Touchpoints of a kind in a year."""
    return [row for row in touches(raw, f"{year}-01-01", f"{year}-12-31") if row["Touchpoint"] == kind]


def complaints(raw: Raw, year: str, home: str = "") -> list[Row]:
    """Complaints opened in a year, at a property where one is given."""
    rows = between(raw["post_event_feedback"], "opened_at", f"{year}-01-01", f"{year}-12-31")
    return [row for row in rows if row["Kind"] == "Complaint" and home in row["Property"]]


def key_clients(raw: Raw, city: str = "") -> list[Row]:
    """Key clients, in a city where one is given."""
    return [row for row in clients(raw) if row["Account Tier"] == "Key" and city in row["City"]]


def by_quarter(raw: Raw, year: str) -> dict[Label, Worth]:
    """Value of contracts signed in a year, by quarter."""
    rows = [{**row, "q": quarter(row["signed_on"])} for row in signed(raw, f"{year}-01-01", f"{year}-12-31")]
    return per(rows, "q", lambda held: total(held, VALUE))


QUESTIONS.thread(
    "alder",
    ("How many definite bookings were decided at Alder House in 2025?", count(lambda raw: at(raw, "Alder House", "2025"))),
    ("and in 2024?", count(lambda raw: at(raw, "Alder House", "2024"))),
    ("confirmed revenue for those?", lambda raw: Figure(income(at(raw, "Alder House", "2024")))),
    ("break it down by event type", lambda raw: Groups(per(at(raw, "Alder House", "2024"), "Event Type", income))),
)
QUESTIONS.thread(
    "weddings",
    ("What was our win rate on weddings decided in 2025?", lambda raw: Figure(rate(weddings(raw, "2025")))),
    ("What about 2024?", lambda raw: Figure(rate(weddings(raw, "2024")))),
)
QUESTIONS.thread(
    "tentative",
    ("How many enquiries are Tentative at the moment?", count(tentative)),
    ("total estimated revenue?", lambda raw: Figure(total(tentative(raw), GUESS))),
    ("only the ones over $20,000, show them", lambda raw: Listed(frozenset(row["Event Name"] for row in tentative(raw) if worth(row) > 20_000))),
)
QUESTIONS.thread(
    "calls",
    ("2024年打了多少次 Phone Call？", count(lambda raw: calls(raw, "2024", "Phone Call"))),
    ("Site Inspection 呢？", count(lambda raw: calls(raw, "2024", "Site Inspection"))),
    ("谁做得最多", lambda raw: Ranked(per(calls(raw, "2024", "Site Inspection"), "Seller", len))),
    ("平均一次多少分钟？", lambda raw: Figure(average(column(calls(raw, "2024", "Site Inspection"), "Duration (min)")))),
)
QUESTIONS.thread(
    "complaints",
    ("How many complaints were opened in 2025?", count(lambda raw: complaints(raw, "2025"))),
    ("just Juniper Court", count(lambda raw: complaints(raw, "2025", "Juniper Court"))),
    ("by area, please", lambda raw: Groups(per(complaints(raw, "2025", "Juniper Court"), "Area", len))),
)
QUESTIONS.thread(
    "active",
    ("Active 的合同一共多少份？", count(active)),
    ("合同金额合计多少", lambda raw: Figure(total(active(raw), VALUE))),
    ("哪位销售手上的金额最大？", lambda raw: Ranked(per(active(raw), "Seller", lambda rows: total(rows, VALUE)))),
)
QUESTIONS.thread(
    "accounts",
    ("How many Key accounts do we have in San Diego?", count(lambda raw: key_clients(raw, "San Diego"))),
    ("And Portland?", count(lambda raw: key_clients(raw, "Portland"))),
    ("show them", lambda raw: Listed(frozenset(row["Organisation"] for row in key_clients(raw, "Portland")), count=len(key_clients(raw, "Portland")))),
)
QUESTIONS.thread(
    "contracts",
    ("Contract value signed per quarter in 2025?", lambda raw: Groups(by_quarter(raw, "2025"))),
    ("same thing for 2024", lambda raw: Groups(by_quarter(raw, "2024"))),
)
