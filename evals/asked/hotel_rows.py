"""What the truths about the hotel group share: its set of questions, the joins between its files, its dates, and amounts in thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from evals.asked.expecting import AnyOf, Each, Plain, QuestionSet
from evals.asked.raw import Raw, Row, number, total

TODAY = date(2026, 5, 20)
NOW = TODAY.isoformat()
QUESTIONS = QuestionSet("hotel_own", today=TODAY, written_by="own")
WON, LOST = "Definite", "Lost"
GUESS, SURE = "Est. Revenue (USD)", "Confirmed Revenue (USD)"
DUE, PAID, VALUE = "Amount Due (USD)", "Amount Paid (USD)", "Contract Value (USD)"
Worth = Decimal | int | float


def when(text: str) -> date | None:
    """The day of a date as in 2025-03-05, 05-Mar-2025 or 3/5/2025, or of a moment."""
    for form in ("%Y-%m-%d", "%d-%b-%Y", "%m/%d/%Y"):
        try:
            return datetime.strptime(text.split(" ")[0], form).date()
        except ValueError:
            continue
    return None


def iso(text: str) -> str:
    """A day as written, in ISO; empty where there is none."""
    found = when(text)
    return found.isoformat() if found else ""


def between(rows: Iterable[Row], column: str, first: str, last: str = "2099-12-31") -> list[Row]:
    """Rows whose day lies in a span, both ends included."""
    return [row for row in rows if row[column] and first <= iso(row[column]) <= last]


def gap(row: Row, first: str, last: str) -> int | None:
    """Days between two dates of a row; None where one is missing."""
    begun, ended = when(row[first]), when(row[last])
    return (ended - begun).days if begun and ended else None


def quarter(text: str) -> str:
    """The quarter of a day, as in 2025-Q1."""
    found = when(text)
    return f"{found.year}-Q{(found.month + 2) // 3}" if found else ""


def joined(raw: Raw, name: str, person: str = "") -> list[Row]:
    """Rows of a file with the columns of the client; ``Seller`` is the name of the person in a column, where one is given."""
    clients, people = raw.by("client_organisations", "org_id"), raw.by("sales_team", "staff_code")
    found = [{**clients[row["org_id"]], **row} for row in raw[name]]
    return [{**row, "Seller": people[row[person]]["Full Name"]} for row in found] if person else found


def asked(raw: Raw) -> list[Row]:
    """Enquiries with their client and ``Seller``, who handles them."""
    return joined(raw, "enquiry_pipeline", "handled_by")


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Enquiries that became definite in a span."""
    return between((row for row in asked(raw) if row["Status"] == WON), "decided_on", first, last)


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Enquiries that were lost in a span."""
    return between((row for row in asked(raw) if row["Status"] == LOST), "decided_on", first, last)


def still_open(raw: Raw) -> list[Row]:
    """Enquiries that are neither definite nor lost."""
    return [row for row in asked(raw) if row["Status"] not in (WON, LOST)]


def rate(rows: Iterable[Row]) -> Decimal:
    """Definite of definite and lost."""
    stages = [row["Status"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def income(rows: Iterable[Row]) -> Decimal:
    """Confirmed revenue."""
    return total(rows, SURE)


def worth(row: Row, column: str = GUESS) -> Decimal:
    """The amount in a column; nothing where there is none."""
    return number(row[column]) or Decimal(0)


def signed(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Contracts that were signed in a span, with their client, ``Seller`` and event."""
    events = raw.by("enquiry_pipeline", "Enquiry Ref")
    rows = [{**events[row["Enquiry Ref"]], **row} for row in joined(raw, "event_contracts", "Managed By")]
    return between(rows, "signed_on", first, last)


def instalments(raw: Raw) -> list[Row]:
    """Instalments with the columns of their contract."""
    held = {row["Contract No"]: row for row in signed(raw)}
    return [{**held[row["Contract No"]], **row} for row in raw["deposit_schedule"]]


def left(rows: Iterable[Row]) -> Decimal:
    """What is due and not paid."""
    return sum((worth(row, DUE) - worth(row, PAID) for row in rows), Decimal(0))


def cases(raw: Raw) -> list[Row]:
    """Feedback and incidents, with the columns of their contract; ``Property`` is where they happened."""
    held = {row["Contract No"]: row for row in signed(raw)}
    return [{**held[row["Contract No"]], **row} for row in raw["post_event_feedback"]]


def grand(build: Callable[[int], Plain | Each]) -> AnyOf:
    """An expectation about amounts that are written in thousands, in either unit; ``build`` gets what to multiply by."""
    return AnyOf((build(1), build(1000)))
