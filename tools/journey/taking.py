"""Takes events in: each counts once, whenever and however often it comes; what can't count yet is kept and counts when it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from tools.crm.models import Account
from tools.journey.decaying import seconds
from tools.journey.models import JourneyEvent
from tools.journey.schemas import NewEvent, Taken
from tools.journey.summing import Moved, hold, move_sums
from tools.journey.weights import JourneyWeights

Row = dict[str, Any]
PART = 500
TOLD = ("account_id", "account_ref", "evidence", "origin", "at", "counts", "source_version")


def take(session: Session, events: Iterable[NewEvent], weights: JourneyWeights, now: datetime) -> Taken:
    """Take events in, in the caller's transaction.

    Of several with one key the one whose source was read last counts, whatever the order in which they come; an older one changes nothing.
    """
    hold(session)
    rows: dict[str, Row] = {}
    unchanged = 0
    for row in map(_row, events):
        known = rows.get(row["key"])
        unchanged += known is not None
        if known is None or _rank(row) > _rank(known):
            rows[row["key"]] = row
    held = _held(session, list(rows))
    fresh = [row for key, row in rows.items() if key not in held]
    better = [row for key, row in rows.items() if key in held and _rank(row) > _rank(held[key]) and _told(row) != _told(held[key])]
    unchanged += len(rows) - len(fresh) - len(better)
    moves = [_moved(held[row["key"]], -1) for row in better if held[row["key"]]["summed"]]
    for row in (*fresh, *better):
        row["summed"] = row["account_id"] is not None and row["at"] <= seconds(now)
        if row["summed"]:
            moves.append(_moved(row))
    if fresh:
        session.execute(insert(JourneyEvent), fresh)
    if better:
        session.execute(update(JourneyEvent), [row | {"id": held[row["key"]]["id"]} for row in better])
    move_sums(session, moves, weights, now)
    kept = (*fresh, *better)
    waiting = sum(row["account_id"] is None for row in kept)
    return Taken(new=len(fresh), replaced=len(better), unchanged=unchanged, waiting=waiting, future=sum(row["at"] > seconds(now) for row in kept))


def withdraw(session: Session, keys: Sequence[str], weights: JourneyWeights, now: datetime) -> Taken:
    """Take events out again whose records are gone: the sums are then as if they had never come."""
    hold(session)
    held = _held(session, keys)
    for part in _parts(list(held)):
        session.execute(delete(JourneyEvent).where(JourneyEvent.key.in_(part)))
    move_sums(session, [_moved(row, -1) for row in held.values() if row["summed"]], weights, now)
    return Taken(withdrawn=len(held))


def settle(session: Session, weights: JourneyWeights, now: datetime) -> int:
    """Count the events whose time has come or whose account has appeared. Gives how many; to be called after imports and from time to time."""
    hold(session)
    _adopt(session)
    due = select(JourneyEvent).where(~JourneyEvent.summed, JourneyEvent.account_id.is_not(None), JourneyEvent.at <= seconds(now))
    rows = [_stored(event) for event in session.scalars(due)]
    for part in _parts([row["id"] for row in rows]):
        session.execute(update(JourneyEvent).where(JourneyEvent.id.in_(part)).values(summed=True))
    move_sums(session, [_moved(row) for row in rows], weights, now)
    return len(rows)


def account_of(session: Session, refs: Iterable[str]) -> dict[str, int]:
    """The accounts that references mean: by the id in their source, else by a name that only one has. Unknown and ambiguous ones are left out."""
    found: dict[str, int] = {}
    for part in _parts(sorted(set(refs))):
        for column in (Account.name, Account.source_id):
            ids: dict[str, list[int]] = {}
            for ref, account in session.execute(select(column, Account.id).where(column.in_(part), Account.gone_at.is_(None))):
                ids.setdefault(ref, []).append(account)
            found |= {ref: its[0] for ref, its in ids.items() if len(its) == 1}
    return found


def _adopt(session: Session) -> None:
    """Give waiting events their account, where it has appeared."""
    waiting = select(JourneyEvent.account_ref).where(JourneyEvent.account_id.is_(None), JourneyEvent.account_ref.is_not(None)).distinct()
    for ref, account in account_of(session, [ref for ref in session.scalars(waiting) if ref]).items():
        session.execute(update(JourneyEvent).where(JourneyEvent.account_id.is_(None), JourneyEvent.account_ref == ref).values(account_id=account))


def _held(session: Session, keys: Sequence[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for part in _parts(keys):
        rows = session.scalars(select(JourneyEvent).where(JourneyEvent.key.in_(part)).execution_options(populate_existing=True))
        found |= {event.key: _stored(event) for event in rows}
    return found


def _row(event: NewEvent) -> Row:
    source = event.source
    return {
        "key": event.key, "account_id": event.account_id, "account_ref": event.account_ref, "evidence": event.evidence, "origin": event.origin,
        "at": seconds(event.at), "counts": event.counts, "told_by": event.told_by, "summed": False, "source_system": source.system, "source_table": source.table,
        "source_record": source.record, "source_field": source.field, "source_version": source.version, "source_as_of": source.as_of,
    }  # fmt: skip


def _stored(event: JourneyEvent) -> Row:
    return {column.key: getattr(event, column.key) for column in JourneyEvent.__mapper__.column_attrs}


def _told(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in TOLD)


def _rank(row: Row) -> tuple[Any, ...]:
    """Which of two events with one key counts: the one read last; where that is the same, any, but always the same one."""
    return (row["source_as_of"], row["account_id"] is not None, *(str(row[name]) for name in TOLD))


def _moved(row: Row, sign: int = 1) -> Moved:
    return Moved(row["account_id"], row["evidence"], row["origin"], row["at"], row["counts"], sign)


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Slices short enough for the parameters of one statement."""
    return (items[start : start + PART] for start in range(0, len(items), PART))
