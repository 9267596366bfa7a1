"""Writes the export of an invented hotel group's events sales office: ``python generate.py``. The same seed gives the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20260520
TODAY = date(2026, 5, 20)
START = date(2023, 2, 1)
EXPORT = Path(__file__).parent / "export"
Row = dict[str, Any]

PROPERTIES = {
    "Bayfront Pavilion": "San Diego",
    "Alder House": "Portland",
    "Copper Ridge Lodge": "Tahoe City",
    "Juniper Court": "Sacramento",
    "Old Mill Quarter": "Oakland",
}
TEAM = (
    ("S01", "Eleanor Whitcombe", "Director of Sales", "Group Office", "2014-09-02", "", "Active"),
    ("S02", "Marcus Chen", "Senior Sales Manager", "Bayfront Pavilion", "2016-04-18", "S01", "Active"),
    ("S03", "Grace Chen", "Sales Manager", "Alder House", "2019-06-10", "S01", "Active"),
    ("S04", "Priya Raman", "Senior Sales Manager", "Juniper Court", "2015-11-30", "S01", "Active"),
    ("S05", "Tom Okonjo", "Sales Manager", "Bayfront Pavilion", "2020-02-03", "S02", "Active"),
    ("S06", "Hannah Brooks", "Wedding Specialist", "Copper Ridge Lodge", "2018-01-15", "S01", "Active"),
    ("S07", "Daniel Brooks", "Sales Manager", "Old Mill Quarter", "2021-08-23", "S04", "Active"),
    ("S08", "Lucia Ferrer", "Wedding Specialist", "Alder House", "2022-03-07", "S03", "Active"),
    ("S09", "Vivian Zhang", "Key Account Manager", "Group Office", "2017-05-22", "S01", "Active"),
    ("S10", "Peter Halloran", "Sales Manager", "Copper Ridge Lodge", "2019-10-14", "S06", "Left"),
    ("S11", "Naomi Castellanos", "Sales Manager", "Juniper Court", "2021-01-11", "S04", "On Leave"),
    ("S12", "Ben Ashworth", "Sales Executive", "Old Mill Quarter", "2025-03-03", "S07", "Active"),
    ("S13", "Julia Stein", "Groups Coordinator", "Group Office", "2022-09-19", "S01", "Active"),
    ("S14", "Omar Haddad", "Event Operations Manager", "Group Office", "2018-07-02", "S01", "Active"),
    ("S15", "Carla Nunes", "Credit Controller", "Group Office", "2020-11-16", "S01", "Active"),
)
NAMES = {row[0]: row[1] for row in TEAM}
SELLERS = tuple(row[0] for row in TEAM[1:12])
SKILL = {"S02": 0.58, "S03": 0.47, "S04": 0.63, "S05": 0.42, "S06": 0.6, "S07": 0.5, "S08": 0.54, "S09": 0.66, "S10": 0.36, "S11": 0.45, "S12": 0.38}
LEFT = date(2024, 11, 29)  # the last day of S10
SECTORS = {"Technology": 20, "Life Sciences": 14, "Insurance": 10, "Professional Services": 16, "Education": 10, "Government": 7, "Trade Association": 13}
STEMS = (
    *("Brightwell", "Northfold", "Tessaly", "Corvane", "Halden", "Merrowick", "Quillstone", "Sablecrest", "Orrin", "Fenwarren", "Lumadyne", "Pellstone"),
    *("Ashcombe", "Driftmark", "Vantry", "Kestrelway", "Ostrander Vale", "Thornbury", "Calloway Reach", "Ivermont", "Granholt", "Wexcombe", "Larkhollow"),
    *("Solvane", "Bexmoor", "Dunmarrow", "Emberley", "Rookfield", "Stavenger", "Tollgate"),
)
ENDINGS = {
    "Technology": ("Analytics", "Systems", "Cloudworks", "Robotics"),
    "Life Sciences": ("Biotech", "Diagnostics", "Therapeutics"),
    "Insurance": ("Insurance", "Mutual"),
    "Professional Services": ("Advisory", "Partners LLP", "Architects"),
    "Education": ("College", "Learning Trust"),
    "Government": ("County Office", "Water District"),
    "Trade Association": ("Growers Association", "Dental Society", "Builders Guild"),
}
CHINESE = (
    ("深圳启澜科技有限公司", "Technology"),
    ("上海沐川医疗器械有限公司", "Life Sciences"),
    ("杭州青禾电子商务有限公司", "Technology"),
    ("北京远岫文化传媒有限公司", "Professional Services"),
    ("苏州衡石精密仪器有限公司", "Life Sciences"),
    ("广州云栈国际旅行社", "Travel Agency"),
)
AGENCIES = ("Waypost Meetings", "Blue Lantern Events", "Gather & Rove", "Meridian Row Travel")
COUPLES = ("Alvarez", "Kim", "Osei", "Novak", "Lindqvist", "Moreau", "Tanaka", "Byrne", "Haddon", "Petrov", "Silva", "Nguyen", "Fraser", "Iyer")
CITIES = {"San Diego": 22, "Portland": 20, "Sacramento": 18, "Oakland": 14, "San Jose": 12, "Seattle": 9, "Reno": 6, "Los Angeles": 11}
TYPES = {"Conference": 26, "Training Day": 22, "Corporate Room Block": 20, "Gala Dinner": 14, "Product Launch": 8}
CHANNELS = {"Website Form": 30, "Repeat Client": 26, "Agency": 14, "Referral": 13, "Phone": 11, "Trade Show": 6}
REASONS = {"Price": 34, "Dates Not Available": 24, "Chose Competitor": 18, "Event Cancelled": 12, "No Response": 14, "Space Too Small": 6}
RIVALS = ("Harrow Hotel", "The Pemberly", "Seacliff Resort", "City Convention Center")
SPACES = ("Grand Ballroom", "Terrace Room", "Library", "Boardroom One", "Boardroom Two", "Garden Marquee", "Gallery", "Cellar")
JOBS = ("Event Planner", "Executive Assistant", "HR Director", "Marketing Manager", "Procurement Lead", "Office Manager", "Chief of Staff")
FIRST = ("Amelia", "Noah", "Sofia", "Ethan", "Maya", "Lucas", "Ingrid", "Samuel", "Leila", "Victor", "Rosa", "Dominic", "Yara", "Felix", "Joan", "Curtis")
LAST = ("Harper", "Delgado", "Whitlow", "Nakamura", "Bennett", "Castle", "Rourke", "Mensah", "Adler", "Quigley", "Sorensen", "Patel", "Voss", "Larkin")
REMARKS = (
    "Asked for day delegate rate",
    "Wants late checkout",
    "客户希望安排中文接待",
    "Budget approval pending",
    "预算未定，下周再联系",
    "Loved the terrace",
    "",
    "",
)


def iso(day: date | None) -> str:
    """A day as in 2025-03-05."""
    return day.isoformat() if day else ""


def dmy(day: date | None) -> str:
    """A day as in 05-Mar-2025."""
    return f"{day:%d-%b-%Y}" if day else ""


def mdy(day: date | None) -> str:
    """A day as in 3/5/2025."""
    return f"{day.month}/{day.day}/{day.year}" if day else ""


def one_of(dice: random.Random, weights: dict[str, int]) -> str:
    """A key, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def workday(day: date) -> date:
    """The day itself, or the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def write(name: str, rows: list[Row]) -> None:
    """One file of the export, with the mark that spreadsheets put before UTF-8."""
    with (EXPORT / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def team() -> list[Row]:
    """Those who work in the office."""
    heads = ("staff_code", "Full Name", "Role", "Home Property", "joined_on", "reports_to", "Employment")
    return [dict(zip(heads, row, strict=True)) for row in TEAM]


def targets(dice: random.Random) -> list[Row]:
    """What each seller has to book in each quarter, in thousands."""
    rows = []
    for code in SELLERS:
        base = dice.choice((140, 160, 180, 200)) + (60 if "Senior" in TEAM[int(code[1:]) - 1][2] or code == "S09" else 0)
        for year in (2024, 2025, 2026):
            for place, weight in enumerate((0.9, 1.05, 1.0, 1.1), 1):
                opens = date(year, place * 3 - 2, 1)
                if (code == "S10" and opens > LEFT) or (code == "S12" and opens < date(2025, 4, 1)):
                    continue
                value = round(base * weight * (1 + (year - 2024) * 0.06) / 5) * 5
                rows.append({"staff_code": code, "Year": year, "Quarter": f"Q{place}", "Target (USD k)": value, "Stretch (USD k)": round(value * 1.15)})
    return rows


def spaces(dice: random.Random) -> list[Row]:
    """Function rooms of each property; the number counts within the property."""
    rows = []
    for home, city in PROPERTIES.items():
        for place in range(1, 9 if home == "Bayfront Pavilion" else dice.randint(5, 8)):
            area = {1: dice.randint(48, 92) * 100}.get(place, dice.randint(4, 34) * 100 + dice.randint(0, 9) * 10)
            theatre = area // 10
            status = "Under Renovation" if (home, place) in (("Juniper Court", 3), ("Old Mill Quarter", 2)) else "In Service"
            rows.append(
                {
                    "Property": home,
                    "space_no": f"{place:02}",
                    "Space Name": SPACES[place - 1],
                    "City": city,
                    "Area (sq ft)": f"{area:,}",
                    "Theatre Capacity": theatre,
                    "Banquet Capacity": theatre * 6 // 10 if place not in (4, 5) else "",
                    "Day Rate (USD)": f"{round(area * 0.62 / 50) * 50:,}",
                    "Natural Light": dice.choice(("Y", "Y", "N")),
                    "last_refurbished": dice.choice(("2017", "2019", "2021", "2022", "2024", "")),
                    "Space Status": status,
                }
            )
    return rows


def organisations(dice: random.Random) -> list[Row]:
    """Clients: firms, agencies and couples."""
    names: list[tuple[str, str, str]] = [("Northfold Insurance", "Insurance", "Corporate"), ("Northfold Analytics", "Technology", "Corporate")]
    while len(names) < 84:
        sector = one_of(dice, SECTORS)
        name = f"{dice.choice(STEMS)} {dice.choice(ENDINGS[sector])}"
        kind = {"Government": "Government", "Trade Association": "Association"}.get(sector, "Corporate")
        if name not in {held[0] for held in names} and not name.startswith(("Northfold", "Brightwell")):
            names.append((name, sector, kind))
    names += [("Brightwell Analytics", "Technology", "Corporate"), ("Brightwell Therapeutics", "Life Sciences", "Corporate")]
    names += [(name, "Travel Agency", "Agency") for name in AGENCIES]
    names += [(name, sector, "Agency" if sector == "Travel Agency" else "Corporate") for name, sector in CHINESE]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < 38:
        one, other = dice.sample(COUPLES, 2)
        if (other, one) not in pairs:
            pairs.add((one, other))
    names += [(f"{one} & {other} Wedding", "", "Private") for one, other in sorted(pairs)]
    dice.shuffle(names)
    rows = []
    for place, (name, sector, kind) in enumerate(names, 1001):
        private = kind == "Private"
        owner = dice.choice(("S06", "S08")) if private else dice.choice([code for code in SELLERS if code not in ("S06", "S08")])
        if name in dict(CHINESE):
            owner = "S09"
        rows.append(
            {
                "org_id": f"ORG-{place}",
                "Organisation": name,
                "Client Type": kind,
                "sector": sector,
                "City": "" if name in dict(CHINESE) else one_of(dice, CITIES),
                "Account Tier": "" if private else one_of(dice, {"Key": 18, "Core": 40, "Occasional": 42}),
                "account_manager": owner,
                "client_since": "" if private or dice.random() < 0.1 else iso(date(dice.randint(2014, 2025), dice.randint(1, 12), dice.randint(1, 28))),
                "Est. Annual Spend (USD k)": ""
                if private or dice.random() < 0.12
                else f"{dice.choice((12, 18, 25, 40, 60, 85, 120, 180, 260)) + dice.randint(0, 9)}",
                "Credit Terms (days)": "" if private else dice.choice((14, 30, 30, 45, 60)),
                "Lead Source": one_of(dice, CHANNELS),
                "Do Not Contact": "Y" if dice.random() < 0.05 else "N",
                "notes": "中文合同，需双语菜单" if name in dict(CHINESE) and dice.random() < 0.6 else "",
            }
        )
    return rows


def contacts(dice: random.Random, clients: list[Row]) -> list[Row]:
    """People at the clients."""
    rows: list[Row] = []
    for client in clients:
        private = client["Client Type"] == "Private"
        for nth in range(dice.choice((1, 2)) if private else dice.choice((1, 1, 2, 2, 3))):
            name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
            while name in {row["Contact Name"] for row in rows} and name != "Maya Patel":
                name = f"{dice.choice(FIRST)} {dice.choice(LAST)}" if len(rows) < 190 else f"{dice.choice(FIRST)}-Ann {dice.choice(LAST)}"
            if client["Organisation"] in dict(CHINESE):
                name = dice.choice("林顾沈陆程") + dice.choice(("思远", "雨桐", "嘉禾", "知微", "景行"))
            rows.append(
                {
                    "contact_id": f"CT{len(rows) + 1:04}",
                    "Contact Name": name,
                    "org_id": client["org_id"],
                    "Job Title": dice.choice(("Bride", "Groom", "Parent")) if private else dice.choice(JOBS),
                    "buying_role": dice.choice(("Signatory", "Planner")) if private or not nth else dice.choice(("Planner", "Influencer", "Gatekeeper")),
                    "Email": "" if dice.random() < 0.08 else f"contact{len(rows) + 1:04}@example.com",
                    "Mobile": "" if dice.random() < 0.3 else f"+1 555 01{dice.randint(10, 99)} {dice.randint(100, 999)}",
                    "Marketing Opt-in": dice.choice(("Yes", "No", "No")),
                    "last_updated": iso(START + timedelta(days=dice.randint(0, (TODAY - START).days))),
                }
            )
    return rows


def priced(dice: random.Random, kind: str) -> tuple[int, int, int]:
    """Guests, room nights and revenue of an event of a kind."""
    if kind == "Corporate Room Block":
        nights = dice.randint(20, 260)
        return dice.randint(10, 90), nights, round(nights * dice.randint(165, 245) / 100) * 100
    low, high, price = {
        "Conference": (60, 380, 185),
        "Wedding": (60, 210, 195),
        "Gala Dinner": (80, 320, 130),
        "Product Launch": (50, 180, 170),
        "Training Day": (12, 60, 105),
    }[kind]
    guests = dice.randint(low, high)
    nights = guests * dice.choice((0, 0, 1, 1, 2)) // 2 if kind in ("Conference", "Wedding") else 0
    return guests, nights, round((guests * price * dice.uniform(0.8, 1.25) + nights * 150) / 100) * 100


def seller_of(dice: random.Random, client: Row, day: date) -> str:
    """Who handles an enquiry: mostly who looks after the client, if there at that time."""
    code = client["account_manager"] if dice.random() < 0.75 else dice.choice(SELLERS)
    while (code == "S10" and day > LEFT - timedelta(days=60)) or (code == "S12" and day < date(2025, 3, 10)):
        code = dice.choice(SELLERS)
    return str(code)


def enquiries(dice: random.Random, clients: list[Row], rooms: list[Row]) -> list[Row]:
    """What was asked for, and what became of it."""
    span = (TODAY - START).days
    days = sorted(workday(START + timedelta(days=int(span * dice.random() ** 0.9))) for _ in range(486))
    private, firms = ([row for row in clients if (row["Client Type"] == "Private") == wanted] for wanted in (True, False))
    weights = [4 if row["Account Tier"] == "Key" else 2 if row["Account Tier"] == "Core" else 1 for row in firms]
    rows: list[Row] = []
    counts: dict[int, int] = {}
    asked: dict[str, int] = {}
    for day in days:
        client = dice.choice(private) if dice.random() < 0.14 else dice.choices(firms, weights)[0]
        if client["Client Type"] == "Private":
            if asked.get(client["org_id"], 0) >= 2:
                client = dice.choices(firms, weights)[0]
            asked[client["org_id"]] = asked.get(client["org_id"], 0) + 1
        kind = "Wedding" if client["Client Type"] == "Private" else one_of(dice, TYPES)
        code = seller_of(dice, client, day)
        home = TEAM[int(code[1:]) - 1][3]
        home = home if home in PROPERTIES and dice.random() < 0.7 else dice.choice(list(PROPERTIES))
        counts[day.year] = counts.get(day.year, 0) + 1
        guests, nights, worth = priced(dice, kind)
        decided: date | None = workday(day + timedelta(days=dice.randint(9, 80)))
        won = dice.random() < SKILL[code] + (0.06 if client["Account Tier"] == "Key" else -0.02)
        if (decided and decided >= TODAY) or dice.random() < 0.025:
            decided = None
        waited = (TODAY - day).days
        stage = (
            "Definite"
            if decided and won
            else "Lost"
            if decided
            else "New"
            if waited < 12
            else dice.choice(("Proposal Sent", "Proposal Sent", "Tentative", "Verbal Yes"))
        )
        reason = one_of(dice, REASONS) if stage == "Lost" else ""
        room = dice.choice([row for row in rooms if row["Property"] == home])
        event = day + timedelta(days=dice.randint(95, 330))
        rows.append(
            {
                "Enquiry Ref": f"ENQ-{day:%y}-{counts[day.year]:03}",
                "Event Name": "",
                "org_id": client["org_id"],
                "Property": home,
                "space_no": "" if kind == "Corporate Room Block" else room["space_no"],
                "Event Type": kind,
                "handled_by": code,
                "Status": stage,
                "received_on": dmy(day),
                "event_date": dmy(event),
                "Guests": guests,
                "Room Nights": nights or "",
                "Est. Revenue (USD)": "" if stage == "New" and dice.random() < 0.5 else f"{worth:,}",
                "Confirmed Revenue (USD)": f"{round(worth * dice.uniform(0.86, 1.1)):,}" if stage == "Definite" else "",
                "decision_due": dmy(day + timedelta(days=dice.randint(30, 90))),
                "decided_on": dmy(decided),
                "Lost Reason": reason,
                "Lost To": dice.choice(RIVALS) if reason in ("Price", "Chose Competitor") and dice.random() < 0.75 else "",
                "Channel": "Repeat Client" if client["Account Tier"] == "Key" and dice.random() < 0.5 else one_of(dice, CHANNELS),
            }
        )
    return name_events(rows, {row["org_id"]: row for row in clients})


def name_events(rows: list[Row], clients: dict[str, Row]) -> list[Row]:
    """Gives each enquiry a name of its own, from client, kind and year of the event."""
    held: dict[str, int] = {}
    for row in rows:
        client = clients[row["org_id"]]["Organisation"]
        base = client if row["Event Type"] == "Wedding" else f"{client} {row['Event Type']}"
        base = f"{base} {row['event_date'][-4:]}"
        held[base] = held.get(base, 0) + 1
        row["Event Name"] = base if held[base] == 1 else f"{base} #{held[base]}"
    return rows


def parsed(text: str) -> date:
    """The day of a text as in 05-Mar-2025."""
    return datetime.strptime(text, "%d-%b-%Y").date()


def contracts(dice: random.Random, asked: list[Row]) -> list[Row]:
    """One contract for each definite booking."""
    rows: list[Row] = []
    counts: dict[int, int] = {}
    for row in sorted((row for row in asked if row["Status"] == "Definite"), key=lambda row: parsed(row["decided_on"])):
        signed = min(TODAY - timedelta(days=1), parsed(row["decided_on"]) + timedelta(days=dice.randint(0, 12)))
        event = parsed(row["event_date"])
        counts[signed.year] = counts.get(signed.year, 0) + 1
        rows.append(
            {
                "Contract No": f"C{signed:%y}-{counts[signed.year]:03}",
                "Enquiry Ref": row["Enquiry Ref"],
                "org_id": row["org_id"],
                "Managed By": row["handled_by"],
                "signed_on": iso(signed),
                "Contract Value (USD)": row["Confirmed Revenue (USD)"],
                "Minimum Spend (USD)": f"{round(int(row['Confirmed Revenue (USD)'].replace(',', '')) * 0.008) * 100:,}",
                "Attrition (%)": dice.choice((10, 15, 20, 25)) if row["Room Nights"] else "",
                "cut_off_date": iso(event - timedelta(days=dice.choice((21, 30, 45)))),
                "Contract Status": "Completed" if event < TODAY else "On Hold" if dice.random() < 0.12 else "Active",
                "Payment Terms": dice.choice(("30/70", "25/25/50", "50/50")),
            }
        )
    return rows


def deposits(dice: random.Random, signed: list[Row], asked: dict[str, Row]) -> list[Row]:
    """Instalments due under each contract; keyed by contract and number."""
    rows = []
    for deal in signed:
        event = parsed(asked[deal["Enquiry Ref"]]["event_date"])
        value = int(deal["Contract Value (USD)"].replace(",", ""))
        shares = [int(part) for part in deal["Payment Terms"].split("/")]
        first = date.fromisoformat(deal["signed_on"]) + timedelta(days=10)
        dues = [
            first,
            *([max(first + timedelta(days=5), event - timedelta(days=60))] if len(shares) == 3 else []),
            max(first + timedelta(days=9), event - timedelta(days=14)),
        ]
        names = ("First Deposit", "Second Deposit", "Final Balance") if len(shares) == 3 else ("First Deposit", "Final Balance")
        for nth, (due, share, name) in enumerate(zip(dues, shares, names, strict=True), 1):
            amount = round(value * share / 100)
            late = (TODAY - due).days
            paid: date | None = due + timedelta(days=dice.choice((-6, -3, -1, 0, 0, 2, 4, 9, 17, 26)))
            if late < -10 or (paid and paid >= TODAY) or dice.random() < (0.4 if 0 < late < 90 else 0.012):
                paid = None
            part = paid is not None and dice.random() < 0.02
            rows.append(
                {
                    "Contract No": deal["Contract No"],
                    "instalment": nth,
                    "Instalment Type": name,
                    "due_date": mdy(due),
                    "Amount Due (USD)": f"{amount:,}",
                    "paid_date": mdy(paid),
                    "Amount Paid (USD)": f"{amount // 2 if part else amount:,}" if paid else "",
                    "Method": dice.choice(("Wire", "Wire", "Card", "Check")) if paid else "",
                }
            )
    return rows


def touchpoints(dice: random.Random, clients: list[Row], asked: list[Row]) -> list[Row]:
    """Site inspections, calls and lunches."""
    span = (TODAY - START).days
    days = sorted(workday(START + timedelta(days=int(span * dice.random() ** 0.9))) for _ in range(540))
    quiet = {row["org_id"] for row in clients if row["Client Type"] != "Private" and dice.random() < 0.07}
    fair = [row for row in clients if row["org_id"] not in quiet]
    weights = [5 if row["Account Tier"] == "Key" else 2 for row in fair]
    by_client: dict[str, list[Row]] = {}
    for row in asked:
        by_client.setdefault(row["org_id"], []).append(row)
    rows = []
    for nth, day in enumerate(days, 1):
        client = dice.choices(fair, weights)[0]
        near = [row for row in by_client.get(client["org_id"], []) if abs((parsed(row["received_on"]) - day).days) < 90]
        kind = one_of(dice, {"Phone Call": 38, "Site Inspection": 24, "Video Call": 18, "Client Lunch": 13, "Trade Show Meeting": 7})
        low, high = {"Phone Call": (5, 35), "Site Inspection": (45, 150), "Video Call": (20, 60), "Client Lunch": (60, 120), "Trade Show Meeting": (10, 30)}[
            kind
        ]
        rows.append(
            {
                "log_no": f"TP-{nth:05}",
                "logged_on": iso(day),
                "org_id": client["org_id"],
                "staff_code": seller_of(dice, client, day),
                "Touchpoint": kind,
                "Purpose": dice.choice(("Proposal Follow-up", "Relationship", "Menu Tasting", "Contract Negotiation", "Post-event Review")),
                "Duration (min)": dice.randint(low, high),
                "Mood": dice.choices(("Warm", "Neutral", "Cool"), (46, 38, 16))[0],
                "Enquiry Ref": dice.choice(near)["Enquiry Ref"] if near and dice.random() < 0.7 else "",
                "remarks": dice.choice(REMARKS),
            }
        )
    return rows


def feedback(dice: random.Random, signed: list[Row], asked: dict[str, Row]) -> list[Row]:
    """What was said or went wrong at events that took place."""
    rows: list[Row] = []
    done = [(parsed(asked[row["Enquiry Ref"]]["event_date"]), row) for row in signed if row["Contract Status"] == "Completed"]
    found = []
    for event, deal in done:
        for _ in range(dice.choice((0, 1, 1, 2, 2))):
            found.append((datetime.combine(event, datetime.min.time()) + timedelta(days=dice.randint(0, 3), minutes=dice.randint(480, 1320)), deal))
    for nth, (opened, deal) in enumerate(sorted(((at, row) for at, row in found if at.date() < TODAY), key=lambda pair: pair[0]), 1):
        kind = one_of(dice, {"Complaint": 30, "Incident": 16, "Feedback Form": 40, "Compliment": 14})
        bad = kind in ("Complaint", "Incident")
        severity = dice.choices(("Minor", "Major", "Critical"), (55, 35, 10))[0] if bad else ""
        hours = {"Minor": 30, "Major": 90, "Critical": 160}.get(severity, 0) * dice.uniform(0.3, 2.4)
        closed = opened + timedelta(hours=hours) if bad else None
        if closed and (closed.date() >= TODAY or dice.random() < (0.5 if (TODAY - opened.date()).days < 60 else 0.03)):
            closed = None
        rows.append(
            {
                "case_ref": f"FB-{nth:04}",
                "opened_at": f"{opened:%Y-%m-%d %H:%M}",
                "Contract No": deal["Contract No"],
                "Property": asked[deal["Enquiry Ref"]]["Property"],
                "Kind": kind,
                "Area": one_of(dice, {"Catering": 30, "Audio-visual": 22, "Guest Rooms": 18, "Billing": 14, "Service": 12, "Parking": 6}),
                "Severity": severity,
                "Owner": dice.choice(("Omar Haddad", "Omar Haddad", "Julia Stein", NAMES[deal["Managed By"]])) if bad else "",
                "closed_at": f"{closed:%Y-%m-%d %H:%M}" if closed else "",
                "Goodwill (USD)": dice.choice((100, 150, 250, 400, 600, 1200)) + dice.randint(0, 9) * 5 if severity in ("Major", "Critical") and closed else "",
                "Score (1-10)": min(10, max(3, round(dice.gauss(8 if deal["Managed By"] in ("S04", "S06", "S09") else 7.4, 1.4))))
                if kind == "Feedback Form"
                else "",
            }
        )
    return rows


def main() -> None:
    """All files."""
    dice = random.Random(SEED)  # noqa: S311 - invented data
    EXPORT.mkdir(exist_ok=True)
    rooms, clients = spaces(dice), organisations(dice)
    people, asked = contacts(dice, clients), enquiries(dice, clients, rooms)
    signed = contracts(dice, asked)
    held = {row["Enquiry Ref"]: row for row in asked}
    write("sales_team", team())
    write("quarterly_targets", targets(dice))
    write("function_spaces", rooms)
    write("client_organisations", clients)
    write("org_contacts", people)
    write("enquiry_pipeline", asked)
    write("event_contracts", signed)
    write("deposit_schedule", deposits(dice, signed, held))
    write("touchpoint_log", touchpoints(dice, clients, asked))
    write("post_event_feedback", feedback(dice, signed, held))


if __name__ == "__main__":
    main()
