"""What the truths about the freight and warehousing company share: its set of questions, and the joins between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from evals.asked.expecting import AnyOf, Figure, Groups, Label, Listed, QuestionSet, Ranked, Worth
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import per

TODAY = date(2025, 10, 22)
QUESTIONS = QuestionSet("freight_own", today=TODAY, written_by="own")
WON, LOST = "WON", "LST"
FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d-%b-%Y", "%d/%m/%Y", "%Y%m%d")


def on(text: str) -> date | None:
    """The day of a date in any of the styles of these files; None where there is none."""
    for form in FORMS:
        try:
            return datetime.strptime(text.split(" ")[0], form).date()
        except ValueError:
            continue
    return None


def iso(text: str) -> str:
    """A day as written, in ISO; empty where there is none."""
    found = on(text)
    return found.isoformat() if found else ""


def ago(days: int) -> str:
    """The day so many days before today, in ISO."""
    return (TODAY - timedelta(days=days)).isoformat()


def quarter_of(text: str) -> str:
    """As in ``2025-Q3``; empty where there is no day."""
    found = on(text)
    return f"{found.year}-Q{(found.month + 2) // 3}" if found else ""


def called(person: Row) -> str:
    """The name of a person, with the number where two share the name."""
    return f"{person['FullName']}({person['emp_no']})" if person["FullName"] == "James Porter" else person["FullName"]


def customers(raw: Raw) -> list[Row]:
    """Customers with the name of their account manager as ``rep``."""
    people = raw.by("Staff", "emp_no")
    return [{**row, "rep": called(people[row["acct_mgr"]])} for row in raw["Customer_Master"]]


def deals(raw: Raw) -> list[Row]:
    """Deals with the columns of their customer and owner; the owner's name is ``rep``."""
    held, people = raw.by("Customer_Master", "cust_no"), raw.by("Staff", "emp_no")
    return [{**held[row["cust_no"]], **people[row["acct_mgr"]], **row, "rep": called(people[row["acct_mgr"]])} for row in raw["DealRegister"]]


def won(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Won deals that closed in a span."""
    return [row for row in deals(raw) if row["deal_sts"] == WON and first <= iso(row["dt_closed"]) <= last]


def lost(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Lost deals that closed in a span."""
    return [row for row in deals(raw) if row["deal_sts"] == LOST and first <= iso(row["dt_closed"]) <= last]


def still_open(raw: Raw) -> list[Row]:
    """Deals that are neither won nor lost."""
    return [row for row in deals(raw) if row["deal_sts"] not in (WON, LOST)]


def shipments(raw: Raw) -> list[Row]:
    """Shipments with the columns of their customer."""
    held = raw.by("Customer_Master", "cust_no")
    return [{**held[row["cust_no"]], **row} for row in raw["shipments"]]


def late(row: Row) -> bool:
    """Whether a shipment arrived after the day that was promised."""
    return iso(row["ATA"]) > iso(row["ETA_promised"])


def arrived(raw: Raw) -> list[Row]:
    """Shipments that have an arrival."""
    return [row for row in shipments(raw) if row["ATA"]]


def unpaid(raw: Raw) -> list[Row]:
    """Shipments whose invoice was due before today and that have no payment."""
    return [row for row in shipments(raw) if row["dt_inv_due"] and not row["dt_paid"] and iso(row["dt_inv_due"]) < TODAY.isoformat()]


def claims(raw: Raw) -> list[Row]:
    """Claims with the columns of their customer and shipment; the handler's name is ``who``."""
    held, moved, people = raw.by("Customer_Master", "cust_no"), raw.by("shipments", "ShpNo"), raw.by("Staff", "emp_no")
    return [{**held[row["cust_no"]], **moved[row["ShpNo"]], **row, "who": called(people[row["Handler"]])} for row in raw["Claims"]]


def surveys(raw: Raw) -> list[Row]:
    """Site surveys with the columns of their customer; the surveyor's name is ``who``."""
    held, people = raw.by("Customer_Master", "cust_no"), raw.by("Staff", "emp_no")
    return [{**held[row["cust_no"]], **row, "who": called(people[row["Surveyor"]])} for row in raw["SiteSurveys"]]


def talks(raw: Raw) -> list[Row]:
    """Logged contacts with the columns of the customer; who had the contact is ``rep``."""
    held, people = raw.by("Customer_Master", "cust_no"), raw.by("Staff", "emp_no")
    return [{**held[row["cust_no"]], **row, "rep": called(people[row["emp_no"]])} for row in raw["Contact Log"]]


def last_talk(raw: Raw, channel: str = "") -> dict[str, str]:
    """The last contact with each customer, in ISO, by its number; through one channel, where it is named."""
    found: dict[str, str] = {}
    for row in raw["Contact Log"]:
        if channel in ("", row["Chan"]):
            found[row["cust_no"]] = max(found.get(row["cust_no"], ""), iso(row["dt_contact"]))
    return found


def rate(rows: Iterable[Row]) -> Decimal:
    """Won of won and lost."""
    stages = [row["deal_sts"] for row in rows]
    return Decimal(stages.count(WON)) / (stages.count(WON) + stages.count(LOST))


def income(rows: Iterable[Row]) -> Decimal:
    """The value of won deals."""
    return total(rows, "rev_actual")


def estimate(rows: Iterable[Row]) -> Decimal:
    """The estimated revenue of deals."""
    return total(rows, "rev_est")


def money(row: Row, name: str) -> Decimal:
    """One amount of a row; nothing counts as 0."""
    return number(row[name]) or Decimal(0)


def days(row: Row, first: str, last: str) -> int | None:
    """Days between two dates of a row; None where one is missing."""
    begun, ended = on(row[first]), on(row[last])
    return (ended - begun).days if begun and ended else None


def per_both(rows: Iterable[Row], first: str, second: str, value: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each pair of two columns."""
    found: dict[Label, list[Row]] = {}
    for row in rows:
        if row[first] and row[second]:
            found.setdefault((row[first], row[second]), []).append(row)
    return {key: value(held) for key, held in found.items()}


def per_time(rows: Iterable[Row], name: str, step: Callable[[str], str], value: Callable[[list[Row]], Worth]) -> dict[Label, Worth]:
    """A value for each period of a day."""
    return per([{**row, "period": step(row[name])} for row in rows], "period", value)


def month_of(text: str) -> str:
    """As in ``2025-03``; empty where there is no day."""
    return iso(text)[:7]


def meanings(raw: Raw, kind: str, values: Mapping[Label, Worth]) -> dict[Label, Worth]:
    """The same values under the descriptions of their codes."""
    named = {row["code"]: row["Descr"] for row in raw["Codes"] if row["code_type"] == kind}
    return {named[str(code)]: value for code, value in values.items()}


def ranked(raw: Raw, kind: str, values: Mapping[Label, Worth], lowest: bool = False, top: int | None = None) -> AnyOf:
    """A ranking of codes, shown as they are or by their descriptions."""
    return AnyOf((Ranked(values, top=top, lowest=lowest), Ranked(meanings(raw, kind, values), top=top, lowest=lowest)))


def grouped(raw: Raw, kind: str, values: Mapping[Label, Worth]) -> AnyOf:
    """Groups of codes, shown as they are or by their descriptions."""
    return AnyOf((Groups(values), Groups(meanings(raw, kind, values))))


def meaning(raw: Raw, kind: str, code: str) -> AnyOf:
    """One code, as it is or by its description."""
    return AnyOf((Figure(code), Figure(next(row["Descr"] for row in raw["Codes"] if (row["code_type"], row["code"]) == (kind, code)))))


def listed(rows: Iterable[Row], name: str) -> Listed:
    """Records by one column."""
    held = list(rows)
    return Listed(frozenset(row[name] for row in held), count=len(held))


def thousands(value: Worth) -> AnyOf:
    """An amount that is kept in thousands, in either unit."""
    return AnyOf((Figure(value), Figure(value * 1000)))
