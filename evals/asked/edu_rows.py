"""What the truths about the seller of learning software share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from evals.asked.expecting import Label, Listed, QuestionSet
from evals.asked.raw import Raw, Row, month, quarter, total

TODAY = date(2026, 3, 18)
NOW = "2026-03-18"
QUESTIONS = QuestionSet("edu_own", today=TODAY, written_by="own")
WON, LOST = "Closed Won", "Closed Lost"
VALUE = "Annual Value"
CLOUD, EXAM, TUTOR, STAFF, BOARD = "课堂云 Classroom Cloud", "ExamPro 考务系统", "TutorBot AI助教", "企业学院 StaffSkill", "校务数据驾驶舱"


def deals(raw: Raw) -> list[Row]:
    """Deals with the columns of their institution, the team of their owner, and the year, quarter and month of closing."""
    places, people = raw.by("institutions", "Institution ID"), raw.by("team", "Full Name")
    return [
        {
            **places[row["Institution ID"]],
            **row,
            "Team": people[row["Deal Owner"]]["Team"],
            "Year": row["Closed Date"][:4],
            "Quarter": quarter(row["Closed Date"]),
            "Month": month(row["Closed Date"]),
        }
        for row in raw["deals"]
    ]


def joined(raw: Raw, name: str) -> list[Row]:
    """Rows of a file with the columns of their institution."""
    places = raw.by("institutions", "Institution ID")
    return [{**places[row["Institution ID"]], **row} for row in raw[name]]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won deals that closed in a span."""
    return [row for row in deals(raw) if row["Deal Stage"] == WON and first <= row["Closed Date"] <= last]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lost deals that closed in a span."""
    return [row for row in deals(raw) if row["Deal Stage"] == LOST and first <= row["Closed Date"] <= last]


def still_open(raw: Raw) -> list[Row]:
    """Deals that are neither won nor lost."""
    return [row for row in deals(raw) if row["Deal Stage"] not in (WON, LOST)]


def in_year(raw: Raw, year: str) -> list[Row]:
    """Deals that closed in a year, won or lost."""
    return [row for row in deals(raw) if row["Year"] == year]


def active(raw: Raw) -> list[Row]:
    """Active subscriptions with their institution."""
    return [row for row in joined(raw, "subscriptions") if row["Status"] == "Active"]


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["Deal Stage"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def value(rows: Iterable[Row]) -> Decimal:
    """The sum of the annual values."""
    return total(rows, VALUE)


def fees(rows: Iterable[Row]) -> Decimal:
    """The sum of the annual fees."""
    return total(rows, "Annual Fee")


def took(row: Row, first: str, last: str) -> Decimal | None:
    """Days, with their fraction, between two moments of a row; None where one is missing."""
    if not row[first] or not row[last]:
        return None
    form = "%Y-%m-%d %H:%M"
    passed = datetime.strptime(row[last], form) - datetime.strptime(row[first], form)
    return Decimal(int(passed.total_seconds())) / 86400


def per(rows: Iterable[Row], name: str, worth: Callable[[list[Row]], Decimal | int | float]) -> dict[Label, Decimal | int | float]:
    """A value for each group of a column; rows without one are left out."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[name]:
            found.setdefault(row[name], []).append(row)
    return {key: worth(held) for key, held in found.items()}


def per_two(rows: Iterable[Row], one: str, two: str, worth: Callable[[list[Row]], Decimal | int | float]) -> dict[Label, Decimal | int | float]:
    """A value for each pair of two columns."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[one] and row[two]:
            found.setdefault((row[one], row[two]), []).append(row)
    return {key: worth(held) for key, held in found.items()}


def some(groups: dict[Label, Decimal | int | float], *names: str) -> dict[Label, Decimal | int | float]:
    """The groups of these names."""
    return {name: groups[name] for name in names}


def listed(rows: Iterable[Row], name: str = "Deal Name") -> Listed:
    """The rows by the names in a column."""
    held = list(rows)
    return Listed(frozenset(row[name] for row in held), count=len(held))


def last_touch(raw: Raw) -> dict[str, str]:
    """The day of the last activity of each institution that has one."""
    found: dict[str, str] = {}
    for row in raw["activities"]:
        found[row["Institution ID"]] = max(found.get(row["Institution ID"], ""), row["Activity Date"][:10])
    return found
