"""Proves a standing cell by cell: what each stage's log-odds add up from, down to the records, so that anyone can compute the weight again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import NormalDist
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from prompts.words import say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.journey.decaying import moment_of, seconds
from tools.journey.imagining import IMAGINED, Imagined
from tools.journey.intensities import LEVEL, Intensities, intensities
from tools.journey.models import JourneyEvent
from tools.journey.reading_weights import order
from tools.journey.service import own_events, visible_account
from tools.journey.standing import source_of, sums_of
from tools.journey.summing import table_at
from tools.journey.versions import weights_in_force
from tools.journey.weights import DAY_S, JourneyWeights, Named, Stage
from tools.store.base import Base
from tools.store.classification import Classification
from tools.trace.arithmetic import EXACT, canonical, decay, quadrature, rounded
from tools.trace.arithmetic import logistic as exact_logistic
from tools.trace.cells import BlockColumn, Cell, CellType, Derivation, EvidenceBlock, SourceRef

PLACES, SCALE, TOP = 6, 9, 5
NAMED = frozenset({"base", "log_odds", "margin", "log_low", "log_high", "level", "rise", "gain", "age", "half_life", "effect", "rest", "without", "factor"})


@dataclass(slots=True)
class StageProof:
    """The addresses of one stage's cells, and of its strongest events, strongest first."""

    stage: str
    name: Stage
    weight: str
    low: str
    high: str
    events: str
    n: int
    strongest: list[EventProof] = field(default_factory=list)


@dataclass(slots=True)
class EventProof:
    """The addresses of one event's cells: when it was, what it adds to the log-odds, and how many points the weight would lose without it."""

    evidence: str
    at: str
    effect: str
    points: str
    source: SourceRef
    up: bool


@dataclass(slots=True)
class StandingProof:
    """Where an account stands at ``at``, with everything that it follows from."""

    account_id: int
    account: str
    name: str
    """Address of the account's name."""
    at: datetime
    version: int
    stages: list[StageProof] = field(default_factory=list)
    found: dict[str, Cell] = field(default_factory=dict)
    blocks: list[EvidenceBlock] = field(default_factory=list)
    as_of: datetime | None = None

    def stage(self, key: str) -> StageProof:
        """The proof of one stage. Raises KeyError."""
        return next(each for each in self.stages if each.stage == key)


def prove_standing(
    session: Session, principal: Principal, scope: RowScope, account_id: int, now: datetime, call: str = "j1", imagined: Imagined | None = None
) -> StandingProof:
    """Where an account stands, every stage of it, the heaviest first; where something is imagined, where it would stand then. Raises StandingUnknown."""
    account = visible_account(session, principal, scope, account_id)
    version, weights = weights_in_force(session)
    own = own_events(session, account_id)
    events = [event for event in (own if imagined is None else imagined.events(own, account_id, weights)) if event.at <= seconds(now)]
    found = intensities(weights, table_at([sums_of(events, weights)], seconds(now)))
    return _Prover(session, call, weights, events, found, now).prove(account_id, account, version)


class _Prover:
    def __init__(self, session: Session, call: str, weights: JourneyWeights, events: Sequence[JourneyEvent], found: Intensities, now: datetime) -> None:
        self.session, self.call, self.weights, self.events, self.found, self.now = session, call, weights, events, found, now
        self.cells: dict[str, Cell] = {}
        self.blocks: list[EvidenceBlock] = []
        self.ids = {table: _ids(session, table, its) for table, its in _by_table(events).items()}

    def prove(self, account_id: int, account: str, version: int) -> StandingProof:
        name = self._cell("account.name", account, CellType.NAME, Derivation(formula="constant"))
        self._cell("where.now", self.now.isoformat(), CellType.DATETIME, Derivation(formula="constant"))
        self._cell("where.factor", canonical(_factor()), CellType.NUMBER, Derivation(formula="constant"))
        proofs = {key: self._stage(key, number) for number, key in enumerate(self.found.stages)}
        for key in order(self.weights):
            self._weigh(proofs[key])
        heaviest = sorted(proofs.values(), key=lambda each: (-self._number(each.weight), each.stage))
        as_of = max((event.source_as_of for event in self.events), default=None)
        return StandingProof(account_id, account, name, self.now, version, heaviest, self.cells, self.blocks, as_of)

    # -- one stage -------------------------------------------------------------------------------------------------------

    def _stage(self, key: str, number: int) -> StageProof:
        """The evidence of a stage: a block of records for each table, their decayed sums, and how uncertain it all is."""
        spec = self.weights.stages[key]
        self._cell(f"{key}.base", canonical(_decimal(spec.base)), CellType.NUMBER, Derivation(formula="constant"))
        counts = []
        its = [event for event in self.events if key in self._spec(event)]
        for table, part in _by_table(its).items():
            block = self._block(key, table, part)
            columns = tuple(f"{block.id}.{name}" for name in ("weight", "age", "half_life"))
            total = EXACT.create_decimal(0)
            for event in part:
                total = EXACT.add(total, decay(*self._parts(event, key)))
            self._cell(
                f"{key}.{table}",
                canonical(rounded(total, SCALE)),
                CellType.NUMBER,
                Derivation(formula="decayed_sum", operands=columns, places=SCALE),
                _called("sum", table),
            )
            counts.append(self._cell(f"{key}.{table}_n", str(len(part)), CellType.COUNT, Derivation(formula="count", operands=(block.id,))))
        events = self._cell(f"{key}.events", str(len(its)), CellType.COUNT, Derivation(formula="add", operands=tuple(counts)) if counts else _NONE)
        self._uncertainty(key, number)
        at = f"{self.call}.{key}"
        return StageProof(key, spec, f"{at}.weight", f"{at}.low", f"{at}.high", events, len(its))

    def _weigh(self, proof: StageProof) -> None:
        """Log-odds, weight and interval; the stages that act on this one were weighed before."""
        key = proof.stage
        summands = [f"{key}.base", *(f"{key}.{table}" for table in _by_table(event for event in self.events if key in self._spec(event)))]
        for relation in self.weights.relations:
            if relation.target == key and (rise := self._rise(relation.source)) is not None:
                gain = self._cell(f"{key}.gain_{relation.source}", canonical(_decimal(relation.gain)), CellType.NUMBER, Derivation(formula="constant"))
                value = self._number(gain) * self._number(rise)
                self._cell(f"{key}.by_{relation.source}", canonical(value), CellType.NUMBER, Derivation(formula="weighted", operands=(gain, rise)), relation)
                summands.append(f"{key}.by_{relation.source}")
        operands = tuple(f"{self.call}.{each}" for each in summands)
        total = sum((self._number(each) for each in operands), Decimal(0))
        log_odds = self._cell(f"{key}.log_odds", canonical(total), CellType.NUMBER, Derivation(formula="add", operands=operands))
        self._logistic(f"{key}.weight", log_odds)
        margin = f"{self.call}.{key}.margin"
        low = self._cell(f"{key}.log_low", canonical(total - self._number(margin)), CellType.NUMBER, Derivation(formula="delta", operands=(log_odds, margin)))
        high = self._cell(f"{key}.log_high", canonical(total + self._number(margin)), CellType.NUMBER, Derivation(formula="add", operands=(log_odds, margin)))
        self._logistic(f"{key}.low", low)
        self._logistic(f"{key}.high", high)
        proof.strongest = self._strongest(proof, log_odds)

    def _rise(self, source: str) -> str | None:
        """How far a stage stands above its level without evidence; None where it does not."""
        level = f"{self.call}.{source}.level"
        if level not in self.cells:
            self._logistic(f"{source}.level", f"{self.call}.{source}.base")
        above = self._number(f"{self.call}.{source}.weight") - self._number(level)
        if above <= 0:
            return None
        return self._cell(f"{source}.rise", canonical(above), CellType.RATE, Derivation(formula="delta", operands=(f"{self.call}.{source}.weight", level)))

    def _strongest(self, proof: StageProof, log_odds: str) -> list[EventProof]:
        key = proof.stage
        its = [event for event in self.events if key in self._spec(event)]
        its.sort(key=lambda event: (-abs(decay(*self._parts(event, key))), event.key))
        return [self._event(f"{key}_{number}", event, key, log_odds) for number, event in enumerate(its[:TOP], 1)]

    def _event(self, row: str, event: JourneyEvent, stage: str, log_odds: str) -> EventProof:
        """One event by itself: its moment as the record tells it, its age, its weight, and what it comes to by now."""
        source, moment = source_of(event), moment_of(event.at).isoformat()
        if event.source_table == IMAGINED:
            at = self._cell(f"{row}.at", moment, CellType.DATETIME, Derivation(formula="constant"))
        else:
            at = self._read(f"{row}.at", moment, CellType.DATETIME, source)
        weight, age, half_life = self._parts(event, stage)
        parts = [
            self._cell(f"{row}.weight", canonical(weight), CellType.NUMBER, Derivation(formula="constant")),
            self._cell(f"{row}.counts", "1", CellType.NUMBER, Derivation(formula="constant")),
            self._cell(f"{row}.age", canonical(age), CellType.DURATION, Derivation(formula="elapsed", operands=(f"{self.call}.where.now", at), places=SCALE)),
            self._cell(f"{row}.half_life", canonical(half_life), CellType.DURATION, Derivation(formula="constant")),
        ]
        value = rounded(decay(weight, age, half_life), SCALE)
        effect = self._cell(f"{row}.effect", canonical(value), CellType.NUMBER, Derivation(formula="decayed", operands=tuple(parts), places=SCALE))
        rest = self._cell(f"{row}.rest", canonical(self._number(log_odds) - value), CellType.NUMBER, Derivation(formula="delta", operands=(log_odds, effect)))
        self._logistic(f"{row}.without", rest)
        whole, without = f"{self.call}.{stage}.weight", f"{self.call}.{row}.without"
        points = self._number(whole) - self._number(without)
        moved = self._cell(f"{row}.points", canonical(points), CellType.RATE, Derivation(formula="delta", operands=(whole, without)))
        return EventProof(event.evidence, at, effect, moved, source, value >= 0)

    # -- blocks ----------------------------------------------------------------------------------------------------------

    def _block(self, stage: str, table: str, events: Sequence[JourneyEvent]) -> EvidenceBlock:
        rows = []
        for event in events:
            record, version = self.ids[table].get((event.source_system, event.source_record), (0, 1))
            weight, age, half_life = self._parts(event, stage)
            rows.append([record, version, event.evidence, *(int(each.scaleb(SCALE)) for each in (weight, age)), int(half_life)])
        columns = (("kind", CellType.TEXT, 0), ("weight", CellType.NUMBER, SCALE), ("age", CellType.DURATION, SCALE), ("half_life", CellType.DURATION, 0))
        return self._keep(f"{stage}_{table}", table, columns, rows, None if table == IMAGINED else max(event.source_as_of for event in events))

    def _uncertainty(self, stage: str, number: int) -> None:
        """What is uncertain about a stage, source by source, and how far that reaches together."""
        names = [*self.found.stages, *self.weights.origins]
        moves = [(name, round(float(move) * 10**SCALE)) for name, move in zip(names, self.found.moves[0, number], strict=True)]
        rows = [[at, 1, name, move] for at, (name, move) in enumerate(moves, 1) if move]
        block = self._keep(f"{stage}_uncertainty", "journey_weights", (("source", CellType.TEXT, 0), ("move", CellType.NUMBER, SCALE)), rows, None)
        factor = f"{self.call}.where.factor"
        margin = quadrature(self._number(factor), [Decimal(move).scaleb(-SCALE) for _, move in moves if move], SCALE)
        operands = (f"{block.id}.move", factor)
        self._cell(f"{stage}.margin", canonical(margin), CellType.NUMBER, Derivation(formula="quadrature", operands=operands, places=SCALE))

    def _keep(self, name: str, table: str, columns: Iterable[tuple[str, CellType, int]], rows: list[list[object]], as_of: datetime | None) -> EvidenceBlock:
        heads = (("record", CellType.TEXT, 0), ("version", CellType.COUNT, 0), *columns)
        block = EvidenceBlock(
            id=f"{self.call}_{name}", table=table, columns=tuple(BlockColumn(name=head, type=kind, scale=scale) for head, kind, scale in heads),
            rows_json=json.dumps(rows, ensure_ascii=False, separators=(",", ":")), n=len(rows), classification=Classification.INTERNAL, as_of=as_of,
        )  # fmt: skip
        self.blocks.append(block)
        return block

    # -- cells -----------------------------------------------------------------------------------------------------------

    def _spec(self, event: JourneyEvent) -> Iterable[str]:
        kind = self.weights.evidence.get(event.evidence)
        return kind.stages if kind is not None and event.origin in self.weights.origins else ()

    def _parts(self, event: JourneyEvent, stage: str) -> tuple[Decimal, Decimal, Decimal]:
        """Weight times reliability times what of the event counts; age and half-life in days."""
        spec = self.weights.evidence[event.evidence].stages[stage]
        weight = _decimal(spec.weight) * _decimal(self.weights.origins[event.origin].reliability) * _decimal(event.counts)
        age = EXACT.divide(Decimal(seconds(self.now) - event.at), Decimal(DAY_S))
        return rounded(weight, SCALE), rounded(age, SCALE), Decimal(self.weights.half_life_s(event.evidence, stage) // DAY_S)

    def _logistic(self, name: str, log_odds: str) -> str:
        value = exact_logistic(self._number(log_odds), PLACES)
        return self._cell(name, canonical(value), CellType.RATE, Derivation(formula="logistic", operands=(log_odds,), places=PLACES))

    def _number(self, address: str) -> Decimal:
        return Decimal(str(self.cells[address].value))

    def _cell(self, name: str, value: str | None, kind: CellType, derivation: Derivation, label: Named | None = None) -> str:
        address = f"{self.call}.{name}"
        label = label or _called(name.rsplit(".", 1)[-1])
        self.cells[address] = Cell(address=address, value=value, type=kind, derivation=derivation, label_en=label.en, label_zh=label.zh)
        return address

    def _read(self, name: str, value: str, kind: CellType, source: SourceRef) -> str:
        address = f"{self.call}.{name}"
        self.cells[address] = Cell(address=address, value=value, type=kind, sources=(source,))
        return address


_NONE = Derivation(formula="add")


def _by_table(events: Iterable[JourneyEvent]) -> dict[str, list[JourneyEvent]]:
    found: dict[str, list[JourneyEvent]] = defaultdict(list)
    for event in events:
        found[event.source_table].append(event)
    return dict(sorted(found.items()))


def _ids(session: Session, table: str, events: Sequence[JourneyEvent]) -> dict[tuple[str, str], tuple[int, int]]:
    """Our id and version of each record, by system and id there; nothing for what the CRM does not hold."""
    held = Base.metadata.tables.get(table)
    if not isinstance(held, Table) or "source_id" not in held.c:
        return {}
    wanted = sorted({event.source_record for event in events})
    rows: list[Any] = []
    for start in range(0, len(wanted), 500):
        query = select(held.c.source_system, held.c.source_id, held.c.id, held.c.version).where(held.c.source_id.in_(wanted[start : start + 500]))
        rows += session.execute(query).all()
    return {(row.source_system, row.source_id): (row.id, row.version) for row in rows}


def _factor() -> Decimal:
    """How many standard deviations the interval reaches to either side."""
    return Decimal(f"{NormalDist().inv_cdf(0.5 + LEVEL / 2):.9f}")


def _called(part: str, table: str = "") -> Named:
    """What a cell is called where it is shown beside others; nothing for what needs no name."""
    if part not in NAMED and part != "sum":
        return Named(zh="", en="")
    return Named(zh=say(f"standing_cell_{part}", "zh", table=table), en=say(f"standing_cell_{part}", "en", table=table))


def _decimal(number: float) -> Decimal:
    return Decimal(repr(float(number)))
