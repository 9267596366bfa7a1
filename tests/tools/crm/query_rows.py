"""A small company with everything that is awkward: both scripts, empty fields, gone rows, texts instead of records, four currencies."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tools.crm import models

Row = dict[str, Any]
AS_OF = datetime(2024, 6, 1, 8, tzinfo=UTC)
GONE = datetime(2024, 5, 1, tzinfo=UTC)
FIRST = date(2023, 1, 1)
MANAGER_WITHOUT_ROW = "Rocco Neubert"
ENTITIES = {
    "member": models.Member,
    "product": models.Product,
    "account": models.Account,
    "contact": models.Contact,
    "opportunity": models.Opportunity,
    "stage_history": models.StageHistory,
    "interaction": models.Interaction,
    "ticket": models.Ticket,
    "budget": models.Budget,
    "custom:visits": models.CustomRow,
}


PLATES = ("沪A-7", "MX 12", None)
OWN_REFERENCES = (
    ("ticket", "deal", "opportunity", "source_id"),
    ("opportunity", "helper", "member", "name"),
    ("account", "ally", "contact", "name"),
    ("custom:visits", "car", "custom:other", "plate_no"),
)


def company() -> dict[str, list[Row]]:
    """All rows by entity, the same at every call."""
    chance = random.Random(20240601)

    def maybe(*values: Any) -> Any:
        return chance.choice(values)

    def day() -> date | None:
        # often a border of a week, month, quarter or year
        borders = [date(2023, 1, 1), date(2023, 3, 31), date(2023, 4, 1), date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 4, 7)]
        return maybe(None, chance.choice(borders), FIRST + timedelta(days=chance.randrange(500)), FIRST + timedelta(days=chance.randrange(500)))

    def moment() -> datetime | None:
        at = day()
        # close to midnight in UTC, Shanghai and New York, in summer and in winter
        clock = maybe((0, 0, 0), (23, 59, 59), (15, 59, 59), (16, 0, 0), (4, 30, 0), (3, 59, 0), (chance.randrange(24), 17, chance.randrange(60)))
        return None if at is None else datetime(at.year, at.month, at.day, *clock, tzinfo=UTC)

    def money() -> Decimal | None:
        return maybe(None, Decimal(0), Decimal(chance.randrange(1, 40)) * 500, Decimal(chance.randrange(10**7)).scaleb(-2), Decimal(10000))

    def currency() -> str | None:
        return maybe("USD", "USD", "USD", "EUR", "CNY", "CNY", None, "")

    members = [
        {"name": "林静", "access_role": "director", "region": "华东"},
        {"name": "Maya Chen", "manager_id": 1, "manager_ref": "林静", "region": "East"},
        {"name": "王磊", "manager_id": 2, "manager_ref": "Maya Chen", "region": "华东"},
        {"name": "Sam O'Neil", "manager_id": 2, "manager_ref": "Maya Chen", "region": "East", "access_role": "rep"},
        {"name": "Ädel Öberg", "manager_ref": MANAGER_WITHOUT_ROW, "region": "éast"},
        {"name": "Lee 100%_Li", "manager_ref": MANAGER_WITHOUT_ROW, "region": None},
        {"name": "赵敏", "manager_id": 3, "manager_ref": "王磊", "region": ""},
        {"name": "Left Long-Ago", "gone_at": GONE, "region": "East"},
        {"name": "Ivo Zabel", "region": "East"},
        {"name": "周航", "manager_id": 5, "manager_ref": "Ädel Öberg", "region": "华东"},
    ]
    people = [*range(1, len(members) + 1), None]

    def owner() -> Row:
        who = maybe(*people)
        return {"owner_id": who, "owner_ref": members[who - 1]["name"] if who else maybe(None, "", "Somebody Else")}

    products = [
        {"name": "PlumbTek Pro", "family": "PlumbTek", "list_price": Decimal("550.5"), "currency": "USD", "active": True},
        {"name": "水平仪", "family": "水准", "list_price": None, "active": False},
        {"name": "Beam", "family": None, "list_price": Decimal(12), "currency": "EUR"},
    ]
    names = [
        "华为技术",
        "Acme Corp",
        "acme corp",
        "Zürich AG",
        "百度_在线",
        "100% Cotton",
        "Über GmbH",
        "北京银行",
        "Ohm\\Volt",
        "Finch",
        "Éclair",
        "Same Name",
        "Same Name",
    ]
    accounts: list[Row] = []
    for number, name in enumerate(names, 1):
        parent = maybe(None, chance.randrange(1, number)) if number > 1 else None
        accounts.append(
            {
                "name": name,
                "sector": maybe("retail", "制造", None, "", "Retail"),
                "region": maybe("East", "华东", "éast", None),
                "currency": currency(),
                "revenue": money(),
                "employees": maybe(None, 0, 12, 12, 4000),
                "founded_year": maybe(None, 1987, 1999, 2010),
                "created_on": day(),
                "women_founded": maybe(None, True, False),
                "parent_id": parent,
                "parent_ref": names[parent - 1] if parent else maybe(None, "Holding 集团"),
                "gone_at": GONE if name == "Finch" else None,
                **owner(),
                "custom": maybe(
                    {},
                    {"nps": chance.randrange(-50, 90) * 5000, "renewal": str(day() or ""), "vip": maybe(True, False), "note": maybe("好", "Good_1", "")},
                    {"nps": 15000, "vip": True, "note": None, "spend": 1234500},
                    {"vip": False, "spend": -5000, "renewal": "2024-01-01"},
                ),
            }
        )

    def account() -> Row:
        which = maybe(*range(1, len(names) + 1), None)
        return {"account_id": which, "account_ref": names[which - 1] if which else maybe(None, "Unknown Ltd", "未知公司")}

    contacts = [
        {"name": f"{maybe('李', 'Ann ', 'Özil ')}{i}", "title": maybe("CEO", "采购经理", None), "email": f"c{i}@example.com", **account(), **owner()}
        for i in range(8)
    ]
    opportunities: list[Row] = []
    for number in range(60):
        product = maybe(1, 2, 3, None)
        opened = day()
        opportunities.append(
            {
                "name": f"Deal {number}",
                "status": maybe("won", "lost", "open", "won", None),
                "stage": maybe("Won", "赢单", "Prospecting", None, ""),
                "amount": money(),
                "currency": currency(),
                "quantity": maybe(None, Decimal("1.5"), Decimal(3)),
                "probability": maybe(None, Decimal("0.25"), Decimal("0.9")),
                "region": maybe("East", "华东", None),
                "opened_on": opened,
                "close_on": maybe(None, (opened or FIRST) + timedelta(days=chance.randrange(-3, 200))),
                "description": maybe(None, "secret plan", "竞品报价更低"),
                "product_id": product,
                "product_ref": products[product - 1]["name"] if product else maybe(None, "Old thing"),
                "gone_at": maybe(None, None, None, None, None, None, GONE),
                **account(),
                **owner(),
            }
        )
    history = [
        {"opportunity_id": maybe(None, *range(1, 61)), "opportunity_ref": "?", "stage": maybe("A", "乙"), "from_stage": maybe(None, "A"), "entered_on": day()}
        for _ in range(20)
    ]
    interactions = [
        {
            "kind": maybe("call", "email", "拜访", None),
            "occurred_at": moment(),
            "duration_minutes": maybe(None, 0, 15, 90),
            "subject": maybe(None, "Hi", "报价"),
            "body": maybe(None, "price is 50% too high", "价格太高"),
            **account(),
            **owner(),
        }
        for _ in range(90)
    ]
    tickets = [
        {
            "subject": f"Ticket {i}",
            "category": maybe("bug", "故障", None),
            "status": maybe("open", "closed"),
            "opened_at": moment(),
            "first_response_at": moment(),
            "closed_at": moment(),
            "satisfaction": maybe(None, Decimal("4.5"), Decimal(3)),
            **account(),
            **owner(),
        }
        for i in range(40)
    ]
    budgets = [
        {
            "name": f"Budget {i}",
            "amount": money(),
            "spent": money(),
            "currency": maybe("USD", "EUR"),
            "period": maybe("2024Q1", None),
            "start_on": day(),
            **account(),
        }
        for i in range(8)
    ]
    visits = [
        {
            "table_id": 1,
            "custom": {
                "km": maybe(None, 125000, 5000),
                "when": maybe("2024-01-01", "2023-12-31", None),
                "mood": maybe("好", "ok", ""),
                "paid": maybe(True, False),
            },
            **account(),
            **owner(),
        }
        for _ in range(20)
    ]
    visits += [{"table_id": 2, "custom": {"km": 990000, "plate_no": plate}, **owner()} for plate in PLATES]
    referred = (("product", products, "name"), ("contact", contacts, "name"), ("opportunity", opportunities, "name"), ("ticket", tickets, "subject"))
    for visit in visits:
        for name, held, title in referred:
            which = maybe(*range(1, len(held) + 1), None)
            visit |= {f"{name}_id": which, f"{name}_ref": held[which - 1][title] if which else maybe(None, "Old thing")}
    found = dict(zip(ENTITIES, (members, products, accounts, contacts, opportunities, history, interactions, tickets, budgets, visits), strict=True))
    for entity, rows in found.items():
        for number, row in enumerate(rows, 1):
            common = {
                "id": number,
                "source_system": "crm",
                "source_id": f"{entity[:2].upper()}{number}",
                "version": 1 + number % 3,
                "version_hash": f"h{number}",
            }
            row.update(common | {"as_of": AS_OF - timedelta(days=number % 4)} | {"custom": row.get("custom", {}), "gone_at": row.get("gone_at")})
    found["custom:other"] = visits
    _refer(found)
    return found


def _refer(found: dict[str, list[Row]]) -> None:
    """References in columns of the export's own: by name, by id, to nobody that is there, to nothing."""
    chance = random.Random(7)
    for entity, key, to, title in OWN_REFERENCES:
        targets = [row for row in found[to] if to != "custom:other" or row["table_id"] == 2]
        for row in found[entity]:
            target = chance.choice([*targets, *targets, None, None])
            said = chance.choice([None, "Old thing", ""]) if target is None else target["custom"][title] if to == "custom:other" else target[title]
            if entity != "custom:visits" or row["table_id"] == 1:
                row["custom"] = row["custom"] | ({f"{key}#id": target["id"]} if target else {}) | ({} if said is None else {key: said})


def fill(session: Session) -> None:
    """Write the company, its custom fields and a custom table into an empty store."""
    tables = [{"id": 1, "source_system": "crm", "key": "visits", "label": "Visits"}, {"id": 2, "source_system": "crm", "key": "other", "label": "Other"}]
    session.execute(insert(models.CustomTable), tables)
    custom = [
        ("account", "nps", "number", 1),
        ("account", "renewal", "date", 1),
        ("account", "vip", "flag", 1),
        ("account", "note", "text", 2),
        ("account", "spend", "money", 2),
        ("custom:visits", "km", "number", 1),
        ("custom:visits", "when", "date", 1),
        ("custom:visits", "mood", "text", 1),
        ("custom:visits", "paid", "flag", 1),
        ("custom:other", "plate_no", "text", 1),
    ]
    fields = [{"entity": e, "key": k, "label": k.title(), "type": t, "unit": None, "classification": c} for e, k, t, c in custom]
    levels = {"opportunity": 1, "member": 1, "contact": 3, "custom:other": 2}
    fields += [{"entity": e, "key": k, "label": k.title(), "type": "ref", "unit": to, "classification": levels[to]} for e, k, to, _ in OWN_REFERENCES]
    session.execute(insert(models.CustomField), fields)
    for entity, model in ENTITIES.items():
        rows, table = company()[entity], model.__table__
        names = {name for row in rows for name in row}
        session.execute(insert(table), [{name: row.get(name) for name in names} for row in rows])
    session.commit()
