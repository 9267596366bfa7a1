"""Keeps the decayed sums of accounts in the store and reads them. Knows no kinds of record and no principals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from tools.journey.decaying import Sums, fold, of_event, pack, reader, unpack
from tools.journey.intensities import CellKey, DecayedSums
from tools.journey.models import JourneyEvent, JourneySums
from tools.journey.weights import JourneyWeights
from tools.store.collecting import uncollected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PART = 250_000
_LOCK = 0x6A6F7572

AccountSums = dict[CellKey, Sums]


class Moved(NamedTuple):
    """An event as the sums see it: ``sign`` is 1 where it is added, -1 where it is taken out."""

    account_id: int
    evidence: str
    origin: str
    at: int
    counts: float
    sign: int = 1


def hold(session: Session) -> None:
    """Let nobody else change events and sums until the transaction ends; who comes second waits."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    else:
        session.execute(update(JourneySums).where(JourneySums.account_id == -1).values(newest=0))  # a write takes SQLite's lock, whatever it finds


def add_up(moves: Iterable[Moved], weights: JourneyWeights) -> AccountSums:
    """The sums of a few events of one account."""
    found: AccountSums = {}
    for move in moves:
        for half_life in weights.half_lives_s(move.evidence):
            cell, one = CellKey(move.evidence, move.origin, half_life), of_event(move.at, move.counts, half_life)
            so_far = found.get(cell, Sums())
            found[cell] = so_far.plus(one if move.sign > 0 else one.negative())
    return found


def joined(sums: AccountSums, more: AccountSums) -> AccountSums:
    """Both together; a sum of nothing is left out."""
    found = dict(sums)
    for cell, each in more.items():
        found[cell] = found[cell].plus(each) if cell in found else each
    return {cell: each for cell, each in found.items() if each.n}


def move_sums(session: Session, moves: Sequence[Moved], weights: JourneyWeights, now: datetime) -> None:
    """Add events to the stored sums of their accounts, or take them out: O(1) for each, however many there are already. The caller holds the lock."""
    by_account: dict[int, list[Moved]] = defaultdict(list)
    for move in moves:
        by_account[move.account_id].append(move)
    held = {row.account_id: row for row in _rows(session, by_account)}
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for account_id, its in by_account.items():
        row = held.get(account_id)
        lines = dict(line.split(" ", 1) for line in row.sums.split("\n") if line) if row else {}  # what stays is not read
        for cell, change in add_up(its, weights).items():
            name = _named(cell)
            left = unpack(lines[name]).plus(change) if name in lines else change
            if left.n:
                lines[name] = pack(left)
            else:
                lines.pop(name, None)
        newest = max(*(move.at for move in its), row.newest if row else its[0].at)
        values = {"account_id": account_id, "sums": "\n".join(f"{name} {line}" for name, line in lines.items()), "newest": newest, "updated_at": now}
        (changed if row else fresh).append(values)
    if fresh:
        session.execute(insert(JourneySums), fresh)
    if changed:
        session.execute(update(JourneySums), changed)


def stored_sums(session: Session, account_ids: Iterable[int]) -> dict[int, tuple[AccountSums, int]]:
    """The stored sums of accounts with the time of the newest event in them."""
    return {row.account_id: (unpacked(row.sums), row.newest) for row in _rows(session, account_ids)}


def rebuild(session: Session, weights: JourneyWeights, now: datetime) -> dict[int, AccountSums]:
    """Replay every event that counts and store all sums anew. Gives them by account."""
    hold(session)
    session.execute(delete(JourneySums))
    found: dict[int, AccountSums] = defaultdict(dict)
    newest: dict[int, int] = {}
    with uncollected():
        for part in _counted(session):
            for account_id, cell, sums in fold_events(*part, weights, newest):
                of = found[account_id]
                of[cell] = of[cell].plus(sums) if cell in of else sums
        rows = [{"account_id": key, "sums": packed(sums), "newest": newest[key], "updated_at": now} for key, sums in found.items()]
    if rows:
        session.execute(insert(JourneySums), rows)
    return found


Columns = tuple[Sequence[int], Sequence[str], Sequence[str], Sequence[int], Sequence[float]]


def _counted(session: Session) -> Iterator[Columns]:
    """The columns of all events that the sums hold, in parts.

    Read by the driver alone, whole and in the order of the table: rows of SQLAlchemy's, and a condition for which SQLite would go by an index,
    each cost as much as the sums themselves.
    """
    columns = (JourneyEvent.account_id, JourneyEvent.evidence, JourneyEvent.origin, JourneyEvent.at, JourneyEvent.counts, JourneyEvent.summed)
    cursor = session.connection().connection.cursor()
    try:
        cursor.execute(str(select(*columns).compile(session.get_bind())))
        while rows := cursor.fetchmany(PART):
            kept = [row for row in rows if row[5]]
            if kept:
                accounts, evidence, origins, at, counts, _ = zip(*kept, strict=True)
                yield accounts, evidence, origins, at, counts
    finally:
        cursor.close()


def fold_events(
    accounts: Sequence[int],
    evidence: Sequence[str],
    origins: Sequence[str],
    at: Sequence[int],
    counts: Sequence[float],
    weights: JourneyWeights,
    newest: dict[int, int],
) -> Iterable[tuple[int, CellKey, Sums]]:
    """The sums of many events by account and cell; ``newest`` is brought up to date."""
    import numpy as np

    ids, account = np.unique(np.array(accounts, np.int64), return_inverse=True)
    moments, certain = np.array(at, np.int64), np.array(counts, np.float64)
    kinds = sorted(set(zip(evidence, origins, strict=True)))
    code = {kind: number for number, kind in enumerate(kinds)}
    kind = np.fromiter(map(code.__getitem__, zip(evidence, origins, strict=True)), np.int64, len(moments))
    _newest(ids, account, moments, newest)
    cells = [CellKey(*each, half_life) for each in kinds for half_life in weights.half_lives_s(each[0])]
    for turn in range(max((len(weights.half_lives_s(name)) for name, _ in kinds), default=0)):
        has = [number for number, (name, _) in enumerate(kinds) if len(weights.half_lives_s(name)) > turn]
        column, half_life = np.zeros(len(kinds), np.int64), np.ones(len(kinds), np.int64)
        for number in has:
            half_life[number] = weights.half_lives_s(kinds[number][0])[turn]
            column[number] = cells.index(CellKey(*kinds[number], int(half_life[number])))
        these = np.isin(kind, has)
        keys = account[these] * len(cells) + column[kind[these]]
        for key, sums in fold(keys, moments[these], certain[these], half_life[kind[these]]).items():
            yield int(ids[key // len(cells)]), cells[key % len(cells)], sums


def _newest(ids: NDArray[np.int64], account: NDArray[np.int64], moments: NDArray[np.int64], newest: dict[int, int]) -> None:
    import numpy as np

    latest = np.full(len(ids), np.iinfo(np.int64).min)
    np.maximum.at(latest, account, moments)
    for key, moment in zip(ids.tolist(), latest.tolist(), strict=True):
        newest[key] = max(newest.get(key, moment), moment)


def table_at(accounts: Sequence[AccountSums], now: int) -> DecayedSums:
    """The sums of accounts as they stand at ``now``, as arrays."""
    import numpy as np

    cells = tuple(sorted(set().union(*accounts)))
    place = {cell: (number, reader(now, cell.half_life)) for number, cell in enumerate(cells)}
    rows, columns, read_sums = [], [], []
    for number, sums in enumerate(accounts):
        for cell, each in sums.items():
            column, read_one = place[cell]
            rows.append(number)
            columns.append(column)
            read_sums.append(read_one(each))
    values = np.zeros((3, len(accounts), len(cells)))
    if rows:
        values[:, rows, columns] = np.array(read_sums).T
    return DecayedSums(cells, *values)


def packed(sums: AccountSums) -> str:
    """Sums as text, a line each."""
    return "\n".join(f"{_named(cell)} {pack(each)}" for cell, each in sums.items())


def unpacked(stored: str) -> AccountSums:
    """What :func:`packed` wrote."""
    return {_cell(name): unpack(each) for name, each in (line.split(" ", 1) for line in stored.split("\n") if line)}


@lru_cache(maxsize=100_000)
def _named(cell: CellKey) -> str:
    return f"{cell.evidence}|{cell.origin}|{cell.half_life}"


@lru_cache(maxsize=100_000)
def _cell(name: str) -> CellKey:
    evidence, origin, half_life = name.split("|")
    return CellKey(evidence, origin, int(half_life))


def _rows(session: Session, account_ids: Iterable[int]) -> Sequence[JourneySums]:
    wanted = sorted(set(account_ids))
    found: list[JourneySums] = []
    for start in range(0, len(wanted), 500):
        chosen = JourneySums.account_id.in_(wanted[start : start + 500])
        found += session.scalars(select(JourneySums).where(chosen).execution_options(populate_existing=True))
    return found


def waiting_until(session: Session, account_ids: Sequence[int], at: int) -> dict[int, list[Moved]]:
    """Events of accounts that have happened by ``at`` and are not in the sums yet."""
    found: dict[int, list[Moved]] = defaultdict(list)
    for start in range(0, len(account_ids), 500):
        which = (JourneyEvent.account_id.in_(account_ids[start : start + 500]), ~JourneyEvent.summed, JourneyEvent.at <= at)
        for row in session.execute(
            select(JourneyEvent.account_id, JourneyEvent.evidence, JourneyEvent.origin, JourneyEvent.at, JourneyEvent.counts).where(*which)
        ):
            found[row.account_id].append(Moved(row.account_id, row.evidence, row.origin, row.at, row.counts))
    return found


def count_events(session: Session) -> int:
    """How many events there are."""
    return session.scalar(select(func.count()).select_from(JourneyEvent)) or 0
