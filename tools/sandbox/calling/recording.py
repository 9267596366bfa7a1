"""Decisions on record: written with all that they followed from, signed, and made again later to the same result."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal
from weakref import WeakKeyDictionary

from pydantic import ValidationError
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from tools.sandbox.calling.facts import CallFacts
from tools.sandbox.calling.ruling import rule
from tools.sandbox.errors import DecisionUnknown
from tools.sandbox.models import DecisionRow, PolicyText
from tools.sandbox.policies.sets import Policies, Ruling, recorded_policies
from tools.store.base import table_of
from tools.trace.cells import Frozen
from tools.trace.signing import InstallationKey, TrustedKeys, is_signed_by

_CONTEXT = b"plumbline.decision/1\n"
Flaw = Literal["tampered", "unknown_policies", "decides_otherwise"]


class Replayed(Frozen):
    """A recorded decision made again. ``flaws`` is empty where it is what it was."""

    id: str
    allowed: bool
    rules: tuple[str, ...]
    flaws: tuple[Flaw, ...]


def decision_row(decision_id: str, action: str, facts: CallFacts, ruling: Ruling, policies: Policies, key: InstallationKey) -> dict[str, Any]:
    """A decision as a row, signed."""
    row: dict[str, Any] = {
        "id": decision_id, "member_id": facts.member_id, "unit_id": facts.unit_id, "action": action, "subject": facts.capability,
        "allowed": ruling.allowed, "rules": list(ruling.rules), "facts": facts.model_dump_json(), "policies": policies.hash, "decided_at": facts.now,
    }  # fmt: skip
    return row | {"signature": key.sign(_digest(row))}


def record(session: Session, rows: list[dict[str, Any]], policies: Policies, now: datetime) -> None:
    """Write decisions, and the words of their policies where these are new, in the caller's transaction."""
    keep_policies(session, policies, now)
    session.connection().execute(insert(table_of(DecisionRow)), rows)


_KEPT: WeakKeyDictionary[Engine, set[str]] = WeakKeyDictionary()
"""The hashes of policies that are known to be on record, by the engine of the store: at the same address another store may come to stand."""


def keep_policies(session: Session, policies: Policies, now: datetime) -> None:
    """Put a set of policies on record, once."""
    kept = _KEPT.setdefault(session.get_bind().engine, set())
    if policies.hash in kept:
        return
    if session.scalar(select(PolicyText.hash).where(PolicyText.hash == policies.hash)) is None:
        session.execute(insert(PolicyText).values(hash=policies.hash, policies=policies.text, schema=policies.schema, first_used_at=now))
    else:
        kept.add(policies.hash)


def replay(session: Session, decision_id: str, keys: TrustedKeys) -> Replayed:
    """Make a recorded decision again from what was recorded, whatever the facts are by now. Raises DecisionUnknown."""
    row = session.execute(select(DecisionRow.__table__).where(DecisionRow.id == decision_id)).mappings().first()
    if row is None:
        raise DecisionUnknown(id=decision_id)
    flaws: list[Flaw] = []
    if not _is_signed(dict(row), keys):
        flaws.append("tampered")
    words = session.get(PolicyText, row["policies"], populate_existing=True)
    if words is None or sha256(f"{words.policies}\0{words.schema}".encode()).hexdigest() != row["policies"]:
        return Replayed(id=decision_id, allowed=row["allowed"], rules=tuple(row["rules"]), flaws=(*flaws, "unknown_policies"))
    try:
        facts = CallFacts.model_validate_json(row["facts"])
    except ValidationError:  # never written so
        return Replayed(id=decision_id, allowed=row["allowed"], rules=tuple(row["rules"]), flaws=(*flaws, "decides_otherwise"))
    again = rule(facts, recorded_policies(words.policies, words.schema))
    if (again.allowed, list(again.rules)) != (row["allowed"], row["rules"]):
        flaws.append("decides_otherwise")
    return Replayed(id=decision_id, allowed=again.allowed, rules=again.rules, flaws=tuple(flaws))


def _digest(row: dict[str, Any]) -> str:
    """SHA-256 over everything but the signature."""
    held = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items() if name != "signature"}
    return sha256(_CONTEXT + json.dumps(held, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _is_signed(row: dict[str, Any], keys: TrustedKeys) -> bool:
    return any(is_signed_by(each, _digest(row), row["signature"]) for each in keys.values())
