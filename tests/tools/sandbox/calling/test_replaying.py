"""Recorded decisions are made again to the same result whatever changed since, and whoever changed the record is found out."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from tests.tools.sandbox.calls import CAPABILITY, NOW, UNIT, caller, change, change_one, desk_at, fill, put
from tools.crm.models import Account, Certificate, Member
from tools.sandbox.calling.facts import CallFacts, CustomerFacts
from tools.sandbox.calling.recording import decision_row, record, replay
from tools.sandbox.calling.ruling import rule
from tools.sandbox.errors import DecisionUnknown
from tools.sandbox.models import AccountProtection, Capability, DecisionRow, MemberStanding, PolicyText, SalesUnit, UnitAccount, UnitMember, UnitTemplate
from tools.sandbox.policies.sets import policies
from tools.store.base import table_of
from tools.store.engine import open_engine
from tools.trace.signing import InstallationKey

DECISIONS = {"sqlite": 1000, "postgresql": 200}


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return fill(engine)


@pytest.fixture
def key(tmp_path: Path) -> InstallationKey:
    return InstallationKey.open(tmp_path)


def test_decisions_are_made_again_alike_after_every_fact_changed(engine: Engine, sessions: sessionmaker[Session], key: InstallationKey, tmp_path: Path) -> None:
    asked = [desk_at(sessions, tmp_path).decide(caller(1 + at % 6), UNIT, CAPABILITY, 1 + at % 5, f"key {at}") for at in range(30)]
    rng = Random(1)
    facts = [_varied(asked[at % 30].facts, rng) for at in range(DECISIONS[engine.dialect.name] - len(asked))]
    with sessions.begin() as session:
        rulings = [rule(each, policies("calling")) for each in facts]
        rows = [decision_row(f"made {at}", "Call", each, ruled, policies("calling"), key) for at, (each, ruled) in enumerate(zip(facts, rulings, strict=True))]
        record(session, rows, policies("calling"), NOW)
    decided = {f"made {at}": (ruled.allowed, ruled.rules) for at, ruled in enumerate(rulings)} | {each.id: (each.allowed, each.rules) for each in asked}

    _change_everything(sessions)

    with sessions() as session:
        again = [replay(session, each, key.trusted()) for each in decided]
    assert {each.id: (each.allowed, each.rules) for each in again} == decided
    assert [each.id for each in again if each.flaws] == []
    assert len(decided) == DECISIONS[engine.dialect.name]
    assert len(set(decided.values())) > 30


def _varied(facts: CallFacts, rng: Random) -> CallFacts:
    """These facts, with some of them different."""
    others = {
        "suspended": rng.random() < 0.1, "in_unit": rng.random() < 0.9, "unit_active": rng.random() < 0.9, "active": rng.random() < 0.9,
        "available": Decimal(rng.randrange(40)), "call_limit": Decimal(rng.randrange(40)), "cost": rng.choice([None, *map(Decimal, range(30))]),
        "sends": rng.randrange(5), "clearance": rng.randrange(2, 5), "masks_from": rng.randrange(2, 6),
        "today": date(2019, 12, 1) + timedelta(rng.randrange(60)),
        "customer": rng.choice([
            None, CustomerFacts(account_id=1, of_unit=rng.random() < 0.9, masks_from=rng.randrange(6), consents=rng.random() < 0.5, version=1),
        ]),
    }  # fmt: skip
    return facts.model_copy(update={name: value for name, value in others.items() if rng.random() < 0.4})


def _change_everything(sessions: sessionmaker[Session]) -> None:
    change(sessions, Member, active=False)
    change(sessions, Account, gone_at=NOW)
    change(sessions, Certificate, name="Export", valid_to=date(2021, 1, 1))
    change(sessions, SalesUnit, status="dissolved", template="rescue")
    change(sessions, UnitMember, left_at=NOW)
    change(sessions, UnitAccount, until=NOW)
    change(sessions, UnitTemplate, capabilities=[], clearance=0, masks_from=0, call_limit=Decimal(0))
    change(sessions, Capability, active=False, cost=Decimal(9999), currency="XXX", sends=4, certificate="None")
    put(sessions, MemberStanding, *({"member_id": each, "suspended": True, "time_zone": "Asia/Tokyo"} for each in range(1, 7)))
    put(sessions, AccountProtection, *({"account_id": each, "masks_from": 0} for each in range(1, 7)))


TAMPERED: dict[str, tuple[object, tuple[str, ...]]] = {
    "id": ("another", ("tampered",)),
    "member_id": (2, ("tampered",)),
    "unit_id": ("u2", ("tampered",)),
    "action": ("Read", ("tampered",)),
    "subject": ("other", ("tampered",)),
    "allowed": (False, ("tampered", "decides_otherwise")),
    "rules": (["budget-too-small"], ("tampered", "decides_otherwise")),
    "facts": ("{}", ("tampered", "decides_otherwise")),
    "policies": ("0" * 64, ("tampered", "unknown_policies")),
    "decided_at": (NOW + timedelta(seconds=1), ("tampered",)),
    "signature": ("00" * 64, ("tampered",)),
}


def test_one_tampered_column_of_a_decision_is_found(sessions: sessionmaker[Session], key: InstallationKey, tmp_path: Path) -> None:
    assert TAMPERED.keys() == set(table_of(DecisionRow).c.keys())
    found = {}
    for at, (column, (value, _)) in enumerate(TAMPERED.items()):
        decided = desk_at(sessions, tmp_path).decide(caller(), UNIT, CAPABILITY, 1, f"key {at}")
        assert decided.allowed
        with sessions() as session:
            assert replay(session, decided.id, key.trusted()).flaws == ()
        change_one(sessions, DecisionRow, decided.id, **{column: value})
        with sessions() as session:
            found[column] = replay(session, str(value) if column == "id" else decided.id, key.trusted()).flaws
    assert found == {column: flaws for column, (_, flaws) in TAMPERED.items()}


@pytest.mark.parametrize("fact", sorted(CallFacts.model_fields))
def test_one_tampered_fact_is_found(fact: str, tmp_path: Path, sqlite_template: bytes) -> None:
    (tmp_path / "store.db").write_bytes(sqlite_template)
    engine, key = open_engine(f"sqlite:///{tmp_path / 'store.db'}"), InstallationKey.open(tmp_path)
    sessions = fill(engine)
    decided = desk_at(sessions, tmp_path).decide(caller(), UNIT, CAPABILITY, 1, "key")
    facts = json.loads(decided.facts.model_dump_json())
    was = facts[fact]
    other = not was if isinstance(was, bool) else was + 1 if isinstance(was, int) else None if was is not None else "something"
    change_one(sessions, DecisionRow, decided.id, facts=json.dumps(facts | {fact: other}))
    with sessions() as session:
        assert "tampered" in replay(session, decided.id, key.trusted()).flaws
    engine.dispose()


def test_tampered_words_of_the_policies_are_found(sessions: sessionmaker[Session], key: InstallationKey, tmp_path: Path) -> None:
    decided = desk_at(sessions, tmp_path).decide(caller(), UNIT, CAPABILITY, 1, "key")
    with sessions() as session:
        words = session.scalars(select(PolicyText)).one()
        assert replay(session, decided.id, key.trusted()).flaws == ()
        for column, before in {"policies": words.policies, "schema": words.schema}.items():
            change_one(sessions, PolicyText, words.hash, **{column: before + " "})
            assert replay(session, decided.id, key.trusted()).flaws == ("unknown_policies",)
            change_one(sessions, PolicyText, words.hash, **{column: before})
            session.rollback()
            assert replay(session, decided.id, key.trusted()).flaws == ()


def test_other_policies_put_in_place_of_the_recorded_ones_are_found(sessions: sessionmaker[Session], key: InstallationKey, tmp_path: Path) -> None:
    """Their hash is right, and the decision follows from them; only nobody signed that."""
    decided = desk_at(sessions, tmp_path).decide(caller(), UNIT, CAPABILITY, 1, "key")
    other = policies("reading")
    calling = policies("calling")
    softened = type(calling).read(calling.text.replace('@id("budget-too-small")', '@id("budget-small")'), calling.schema)
    assert softened.hash not in {calling.hash, other.hash}
    with sessions.begin() as session:
        session.execute(insert(PolicyText).values(hash=softened.hash, policies=softened.text, schema=softened.schema, first_used_at=NOW))
        session.execute(update(DecisionRow).values(policies=softened.hash))
    with sessions() as session:
        assert replay(session, decided.id, key.trusted()).flaws == ("tampered",)
    with sessions.begin() as session:
        session.execute(delete(PolicyText))
    with sessions() as session:
        assert replay(session, decided.id, key.trusted()).flaws == ("tampered", "unknown_policies")


def test_a_decision_of_another_installation_is_none_of_ours(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    decided = desk_at(sessions, tmp_path / "theirs").decide(caller(), UNIT, CAPABILITY, 1, "key")
    with sessions() as session:
        assert replay(session, decided.id, InstallationKey.open(tmp_path / "ours").trusted()).flaws == ("tampered",)
        with pytest.raises(DecisionUnknown):
            replay(session, "none", InstallationKey.open(tmp_path / "ours").trusted())


def test_a_decision_by_a_clock_in_another_zone_is_made_again(sessions: sessionmaker[Session], key: InstallationKey, tmp_path: Path) -> None:
    late = datetime(2026, 7, 1, 7, tzinfo=ZoneInfo("Asia/Shanghai"))
    decided = desk_at(sessions, tmp_path, late).decide(caller(), UNIT, CAPABILITY, 1, "key")
    with sessions() as session:
        assert replay(session, decided.id, key.trusted()).flaws == ()


def test_a_store_made_anew_at_the_same_place_has_the_policies_on_record(tmp_path: Path, sqlite_template: bytes) -> None:
    for _ in range(2):
        (tmp_path / "store.db").write_bytes(sqlite_template)
        engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
        sessions = fill(engine)
        for at in range(3):
            desk_at(sessions, tmp_path).decide(caller(), UNIT, CAPABILITY, 1, f"key {at}")
        with sessions() as session:
            assert session.scalar(select(func.count()).select_from(PolicyText)) == 1
        engine.dispose()
        for path in tmp_path.glob("store.db*"):
            path.unlink()
