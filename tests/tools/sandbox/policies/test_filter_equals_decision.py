"""The condition that a query is limited by, against a decision about each row that is made from the rows in memory and not from the store."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role, UnitReach
from tools.crm.models import Account, Certificate, Contract, Interaction, Member, Opportunity, StageHistory, Team
from tools.sandbox.models import AccountProtection, SalesUnit, UnitAccount
from tools.sandbox.policies.sets import Entity, Ruling, entity, policies, ref
from tools.sandbox.row_scope import PolicyScope, member_entity
from tools.store.base import table_of
from tools.store.classification import Classification as C

SEED, PEOPLE, ACCOUNTS, DEALS, UNITS = 7, 24, 40, 60, 8
NOW = datetime(2026, 6, 1, tzinfo=UTC)
KINDS = {
    "account": Account, "opportunity": Opportunity, "stage_history": StageHistory, "contract": Contract, "interaction": Interaction,
    "certificate": Certificate, "team": Team,
}  # fmt: skip
NEVER = 5
PAIRS, SHARE_PERMITTED = 10_000, 0.3


@dataclass
class World:
    """Everything that is written into the store, as plain rows."""

    rows: dict[str, list[dict[str, int | None]]] = field(default_factory=dict)
    gone: set[tuple[str, int]] = field(default_factory=set)
    served: set[tuple[str, int]] = field(default_factory=set)
    masks: dict[int, int] = field(default_factory=dict)
    principals: list[Principal] = field(default_factory=list)


def invent() -> World:
    rng, world = Random(SEED), World()
    people, accounts, deals = range(1, PEOPLE + 1), range(1, ACCOUNTS + 1), range(1, DEALS + 1)

    def some(of: range, empty: float = 0.15) -> int | None:
        return None if rng.random() < empty else rng.choice(of)

    world.rows = {
        "team": [{"id": each} for each in range(1, 6)],
        "account": [{"id": each, "owner_id": some(people)} for each in accounts],
        "opportunity": [{"id": each, "owner_id": some(people), "account_id": some(accounts)} for each in deals],
        "stage_history": [{"id": each, "opportunity_id": some(deals)} for each in range(1, 61)],
        "contract": [{"id": each, "owner_id": some(people, 0.7), "account_id": some(accounts)} for each in range(1, 61)],
        "interaction": [{"id": each, "owner_id": some(people, 0.5), "account_id": some(accounts)} for each in range(1, 81)],
        "certificate": [{"id": each, "member_id": some(people)} for each in range(1, 31)],
    }
    world.gone = {("account", rng.choice(accounts)) for _ in range(3)} | {("opportunity", rng.choice(deals)) for _ in range(5)}
    world.served = {(f"u{rng.randint(1, UNITS)}", rng.choice(accounts)) for _ in range(30)}
    world.masks = {rng.choice(accounts): rng.randint(1, 4) for _ in range(12)}
    for number in people:
        role = (Role.OWNER, Role.DIRECTOR, Role.MANAGER, Role.REP, Role.REP, Role.REP)[number % 6]
        reports = tuple(sorted(rng.sample(people, 3))) if role is Role.MANAGER else ()
        units = tuple(
            UnitReach(unit_id=f"u{each}", kinds=frozenset(rng.sample(sorted(KINDS), 4)), clearance=C(rng.randint(1, 3)), masks_from=rng.randint(2, NEVER))
            for each in rng.sample(range(1, UNITS + 1), rng.randint(0, 3))
        )
        world.principals.append(
            Principal(role=role, member_id=number, name=f"m{number}", report_ids=reports, units=units, suspended=number % 11 == 0, clearance=C.PERSONAL)
        )
    return world


def write(session: Session, world: World) -> None:
    source = {"source_system": "t", "version": 1, "version_hash": "x", "as_of": NOW, "custom": {}}
    words = {"team": {"name": "t"}, "account": {"name": "a"}, "stage_history": {"stage": "s"}, "certificate": {"name": "c"}}
    session.execute(insert(Member), [source | {"id": each, "source_id": str(each), "name": f"m{each}"} for each in range(1, PEOPLE + 1)])
    for kind, rows in world.rows.items():
        for each in rows:
            gone = NOW if (kind, each["id"]) in world.gone else None
            session.execute(insert(KINDS[kind]).values(source | words.get(kind, {}) | each | {"source_id": str(each["id"]), "gone_at": gone}))
    for number in range(1, UNITS + 1):
        unit = {"name": "u", "status": "active", "template": "assault", "lead_id": 1, "customer_value": "v", "formed_at": NOW, "version": 1}
        session.execute(insert(SalesUnit).values(id=f"u{number}", **unit))
    session.flush()
    session.execute(insert(UnitAccount), [{"unit_id": unit, "account_id": account, "since": NOW} for unit, account in sorted(world.served)])
    session.execute(insert(UnitAccount).values(unit_id="u1", account_id=1, since=NOW, until=NOW))
    session.execute(insert(AccountProtection), [{"account_id": account, "masks_from": level, "version": 1} for account, level in world.masks.items()])
    session.commit()


def decide(world: World, principal: Principal, kind: str, row: dict[str, int | None]) -> Ruling:
    """What the policies say of one row, its facts put together here."""
    by_id = {each["id"]: each for each in world.rows["opportunity"]}
    if kind == "stage_history":
        deal = by_id.get(row["opportunity_id"], {})
        owner, account = deal.get("owner_id"), deal.get("account_id")
    else:
        owner, account = row.get("owner_id", row.get("member_id")), row["id"] if kind == "account" else row.get("account_id")
    referred = ({} if owner is None else {"owner": ref("Member", owner)}) | ({} if account is None else {"account": ref("Account", account)})
    others: tuple[Entity, ...] = ()
    if account is not None:
        owners = [each["owner_id"] for each in world.rows["account"] if each["id"] == account and ("account", account) not in world.gone]
        owners += [each["owner_id"] for each in by_id.values() if each["account_id"] == account and ("opportunity", each["id"]) not in world.gone]
        units = sorted(unit for unit, served in world.served if served == account)
        others = (
            entity(
                "Account", account, sellers=[ref("Member", each) for each in sorted({each for each in owners if each is not None})],
                units=[ref("Unit", each) for each in units], masks_from=world.masks.get(account, NEVER),
            ),
        )  # fmt: skip
    own = {"kind": kind, "level": int(principal.clearance)}
    scopes = [
        own | {"unit": {"id": ref("Unit", each.unit_id), "kinds": sorted(each.kinds), "clearance": int(each.clearance), "masks_from": each.masks_from}}
        for each in principal.units
    ]
    record = entity("Record", f"{kind}/{row['id']}", **referred)
    found = [policies("reading").rule(member_entity(principal), "Read", record, context, others) for context in (own, *scopes)]
    return next((each for each in found if each.allowed), found[0])


def pairs(world: World) -> list[tuple[Principal, str, dict[str, int | None]]]:
    """Every reader at every level with every row, mixed."""
    readers = [each.up_to(level) for each in world.principals for level in (C.INTERNAL, C.CONFIDENTIAL, C.PERSONAL)]
    found = [(reader, kind, row) for reader, kind in product(readers, KINDS) for row in world.rows[kind]]
    Random(SEED).shuffle(found)
    return found


def test_filter_and_single_decision_agree_for_ten_thousand_pairs(session_of_nobody: Session) -> None:
    world, session = invent(), session_of_nobody
    write(session, world)
    kept: dict[tuple[Principal, str], set[int]] = {}
    by_rule: Counter[str] = Counter()
    permitted = 0

    for reader, kind, row in pairs(world)[:PAIRS]:
        if (reader, kind) not in kept:
            table = table_of(KINDS[kind])
            limit = PolicyScope().limit(reader, kind, table)
            kept[reader, kind] = set(session.scalars(select(table.c.id) if limit is None else select(table.c.id).where(limit)))
        ruling = decide(world, reader, kind, row)
        permitted += ruling.allowed
        by_rule.update(ruling.rules)
        assert (row["id"] in kept[reader, kind]) == ruling.allowed, (reader, kind, row, ruling)

    assert permitted >= SHARE_PERMITTED * PAIRS
    assert min(by_rule[each] for each in policies("reading").ids) >= 10, by_rule


def test_decision_on_facts_from_the_store_is_the_same(session_of_nobody: Session) -> None:
    world, session = invent(), session_of_nobody
    write(session, world)

    for reader, kind, row in pairs(world)[:200]:
        found = PolicyScope().rule(session, reader, kind, table_of(KINDS[kind]), int(row["id"] or 0))
        assert found.allowed == decide(world, reader, kind, row).allowed
