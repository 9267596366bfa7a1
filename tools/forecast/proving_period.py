"""The proof of a period's total: what is won, the draws, past looks and the stage-weighted sum as evidence, and every figure as a formula over them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tools.forecast.backtesting import HIGH, LOW, NARROWEST, TRUSTED, USUAL, WIDEST, Interval, Past, own_share, square_off, stretched
from tools.forecast.history import UNKNOWN
from tools.forecast.looking import EVERYTHING, Look, Part, look, part_of, segments_of
from tools.forecast.proving import CENTS, SCALE, Ledger, RateAt, cents, scaled
from tools.forecast.proving_signal import SignalProof, prove_signal
from tools.forecast.simulating import Period
from tools.forecast.stage_weights import stage_weighted, stage_weights
from tools.forecast.study import Study
from tools.trace.book import Where
from tools.trace.cells import CellType, Formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SHOWN, MOST_SIDES = 5, 12
_DRAWN = tuple((name, CellType.MONEY, CENTS) for name in ("open", "created", "total"))
_LOOKED = (
    ("period", CellType.TEXT, 0), *((name, CellType.MONEY, CENTS) for name in ("low", "point", "high", "actual", "off", "weighted", "weighted_off")),
    ("far", CellType.NUMBER, SCALE), ("held", CellType.COUNT, 0),
)  # fmt: skip


@dataclass(slots=True)
class SpanAt:
    """Addresses of an expected value (the median) and the ends of its 90 % interval."""

    point: str
    low: str
    high: str


@dataclass(slots=True)
class RowAt:
    """Addresses of one row: what it is of, and its figures; those that nothing tells are None."""

    name: str
    span: SpanAt
    booked: str | None = None
    weighted: str | None = None
    actual: str | None = None
    level: str | None = None


@dataclass(slots=True)
class DealAt:
    """Addresses of an open deal: its name, its amount (None where it has none) and what it brings on average."""

    deal: int
    name: str
    amount: str | None
    expected: str


@dataclass(slots=True)
class PeriodProof:
    """Addresses of everything that is told of a period."""

    ledger: Ledger
    seen: Look
    signal: SignalProof
    period: str
    span: SpanAt
    booked: str
    booked_n: str
    open: str
    created: str
    factor: str
    weighted: str | None = None
    coverage: RateAt | None = None
    error: str | None = None
    weighted_error: str | None = None
    past: list[RowAt] = field(default_factory=list)
    sides: list[RowAt] = field(default_factory=list)
    deals: list[DealAt] = field(default_factory=list)


def prove_period(
    study: Study,
    session: Session,
    start: date,
    end: date,
    by: str | None = None,
    part: Part = EVERYTHING,
    levels: frozenset[str] | None = None,
    call: str = "f1",
) -> PeriodProof:
    """What the period from ``start`` to ``end`` brings, and told apart ``by`` a side its ``levels``, the largest where none are named.

    Raises what :func:`tools.forecast.looking.look` raises. Proofs are kept with the study.
    """
    key = ("period", start, end, by, tuple(sorted((name, tuple(sorted(held))) for name, held in part.items())), levels, call)
    found = study.held.get(key)
    if not isinstance(found, PeriodProof):
        found = study.held[key] = _Prover(Ledger(study, session, call), look(study, start, end, by, part), levels).prove()
    return replace(found, ledger=found.ledger.on(session))


@dataclass(slots=True)
class WonAt:
    """Addresses of what a period that is over brought."""

    ledger: Ledger
    name: str
    booked: str
    n: str


def prove_won(study: Study, session: Session, start: date, end: date, part: Part = EVERYTHING, call: str = "f0") -> WonAt:
    """What was won from ``start`` to ``end`` by a part of the deals: a fact, not a forecast."""
    import numpy as np

    ledger, history = Ledger(study, session, call), study.history
    inside = part_of(ledger.study, part) & history.won & (history.closed >= start.toordinal()) & (history.closed <= end.toordinal())
    places = np.flatnonzero(inside)
    amounts = (cents(each) for each in np.nan_to_num(history.amount[places]).tolist())
    block = ledger.deals("over", places, (("amount", CellType.MONEY, CENTS),), amounts)
    booked = ledger.derive("over.booked", CellType.MONEY, "sum", f"{block}.amount", unit=ledger.unit)
    return WonAt(ledger, ledger.constant("window.over", span_key(start, end), CellType.TEXT), booked, ledger.derive("over.n", CellType.COUNT, "count", block))


def span_key(start: date, end: date) -> str:
    """How a period is written in a cell: a year, quarter or month by its name, anything else by its two days."""
    after = date.fromordinal(end.toordinal() + 1)
    if start.day == 1 and after.day == 1:
        months = (after.year - start.year) * 12 + after.month - start.month
        if months == 12 and start.month == 1:
            return f"{start.year}"
        if months == 3 and start.month % 3 == 1:
            return f"{start.year}-Q{start.month // 3 + 1}"
        if months == 1:
            return f"{start.year}-{start.month:02d}"
    return f"{start.isoformat()}/{end.isoformat()}"


def period_cell(ledger: Ledger, name: str, period: Period) -> str:
    """The address of a period, written as people call it."""
    return ledger.constant(name, span_key(date.fromordinal(period.start), date.fromordinal(period.end)), CellType.TEXT)


class _Prover:
    def __init__(self, ledger: Ledger, seen: Look, levels: frozenset[str] | None) -> None:
        self.levels = levels
        self.ledger, self.seen, self.study, self.history = ledger, seen, ledger.study, ledger.history
        self.half = ledger.constant("where.half", "0.5", CellType.NUMBER)
        self.low_level = ledger.constant("where.low", f"{LOW}", CellType.NUMBER)
        self.high_level = ledger.constant("where.high", f"{HIGH}", CellType.NUMBER)

    def prove(self) -> PeriodProof:
        import numpy as np

        ledger, seen, history, period = self.ledger, self.seen, self.history, self.seen.period
        before = np.flatnonzero(seen.inside & history.won & (history.closed >= period.start) & (history.closed <= period.day))
        amounts = (cents(each) for each in np.nan_to_num(history.amount[before]).tolist())
        columns = (("amount", CellType.MONEY, CENTS), ("side", CellType.TEXT, 0))
        won = ledger.deals("won", before, columns, amounts, self._levels(before))
        booked = self._money("total.booked", "sum", f"{won}.amount")
        booked_n = ledger.derive("total.booked_n", CellType.COUNT, "count", won)
        looks = self._looks()
        factor = self._factor(looks)
        place = None if seen.side is not None else 0
        drawn = self._draws("draws", place)
        proof = PeriodProof(
            ledger, seen, prove_signal(ledger), period_cell(ledger, "window.period", period),
            self._span("total", f"{drawn}.total", factor, booked), booked, booked_n,
            self._money("total.open", "mean", f"{drawn}.open", places=CENTS), self._money("total.created", "mean", f"{drawn}.created", places=CENTS), factor,
        )  # fmt: skip
        proof.weighted = self._weighted(booked)
        if looks is not None:
            self._hindsight(proof, looks)
        if seen.side is not None:
            proof.sides = self._sides(factor)
        proof.deals = self._expected()
        return proof

    # -- the total -------------------------------------------------------------------------------------------------------

    def _draws(self, name: str, place: int | None) -> str:
        """The draws kept: what open deals and new ones bring in each, and the total with what is won. Their version is the seed."""
        outlook = self.seen.outlook
        parts = [each.sum(axis=1) if place is None else each[:, place] for each in (outlook.open, outlook.created)]
        booked = cents(self.seen.booked(place))
        rows = [
            [at, self.study.seed, opened := cents(a), new := cents(b), booked + opened + new]
            for at, (a, b) in enumerate(zip(*(each.tolist() for each in parts), strict=True), 1)
        ]
        return self.ledger.block(name, "forecast_draws", _DRAWN, rows, len(rows), unit=self.ledger.unit)

    def _span(self, row: str, draws: str, factor: str, booked: str) -> SpanAt:
        """The median, and the quantiles stretched around it; never below what is won."""
        point, low, high = (
            self._money(f"{row}.{name}", "quantile", draws, level, places=CENTS)
            for name, level in (("point", self.half), ("drawn_low", self.low_level), ("drawn_high", self.high_level))
        )
        down = self._money(f"{row}.down", "weighted", factor, self._money(f"{row}.below", "delta", point, low))
        up = self._money(f"{row}.up", "weighted", factor, self._money(f"{row}.above", "delta", high, point))
        bottom = self._money(f"{row}.low", "largest", self._money(f"{row}.bottom", "delta", point, down), booked)
        return SpanAt(point, bottom, self._money(f"{row}.high", "add", point, up))

    def _factor(self, looks: str | None) -> str:
        """By how much the interval is stretched: a mean square of past misses, shrunk, its root within bounds."""
        ledger, horizon = self.ledger, self.seen.period.end - self.seen.period.day
        if looks is None:
            return ledger.constant("total.factor", 1, CellType.NUMBER)
        parts = {"trusted": TRUSTED, "usual": USUAL, "narrowest": NARROWEST, "widest": WIDEST, "own": own_share(horizon)}
        held = {name: ledger.number_constant(f"where.{name}", value) for name, value in parts.items()}
        n = ledger.derive("looks.n", CellType.COUNT, "count", looks)
        weight = self._number("looks.weight", "weighted", n, held["own"])
        mean = self._number("looks.mean_square", "ratio", self._number("looks.mean_far", "mean", f"{looks}.far", places=SCALE), held["usual"], places=SCALE)
        above = self._number("looks.above", "add", held["trusted"], self._number("looks.weighed", "weighted", weight, mean))
        square = self._number("looks.square", "ratio", above, self._number("looks.below", "add", held["trusted"], weight), places=SCALE)
        root = self._number("looks.root", "root", square)
        return self._number("total.factor", "largest", self._number("looks.capped", "smallest", root, held["widest"]), held["narrowest"])

    def _weighted(self, booked: str) -> str | None:
        """What is won plus each open amount times the probability of its stage."""
        import numpy as np

        found = stage_weights(self.study, self.seen.period, self.seen.inside)
        if found is None:
            return None
        deals, weights = found
        known = ~np.isnan(weights) & ~np.isnan(self.history.amount[deals])
        amounts = (cents(each) for each in self.history.amount[deals[known]].tolist())
        chances = (scaled(each) for each in weights[known].tolist())
        columns = (("amount", CellType.MONEY, CENTS), ("probability", CellType.RATE, SCALE))
        block = self.ledger.deals("pipeline", deals[known], columns, amounts, chances)
        return self._money("total.weighted", "add", booked, self._money("total.pipeline", "weighted_sum", f"{block}.amount", f"{block}.probability"))

    # -- looking back ----------------------------------------------------------------------------------------------------

    def _looks(self) -> str | None:
        """The same look on past days: what was forecast then, stretched as today's is, and what came."""
        if not self.seen.pasts:
            return None
        rows = [[at, 1, *self._past(past)] for at, past in enumerate(self.seen.pasts, 1)]
        return self.ledger.block("looks", "forecast_looks", _LOOKED, rows, len(rows), unit=self.ledger.unit)

    def _past(self, past: Past) -> list[object]:
        period = self._period_of(past)
        wide = stretched(Interval(past.low, past.point, past.high), self.seen.factor, 0.0)
        weighted = stage_weighted(self.study, period, self.seen.inside)
        held = wide.low <= past.actual <= wide.high
        money = (
            wide.low,
            wide.point,
            wide.high,
            past.actual,
            abs(past.actual - past.point),
            weighted,
            None if weighted is None else abs(weighted - past.actual),
        )
        key = span_key(date.fromordinal(period.start), date.fromordinal(period.end))
        return [key, *(None if each is None else cents(each) for each in money), scaled(square_off(past)), int(held)]

    def _period_of(self, past: Past) -> Period:
        return self.seen.period.earlier(self.seen.period.day - past.day)

    def _hindsight(self, proof: PeriodProof, looks: str) -> None:
        ledger = self.ledger
        k = ledger.derive("looks.held", CellType.COUNT, "count", looks, where=(("held", 1),))
        proof.coverage = ledger.rate("looks.coverage", k, f"{ledger.call}.looks.n")
        proof.error = self._money("looks.error", "mean", f"{looks}.off", places=CENTS)
        if proof.weighted is not None:
            proof.weighted_error = self._money("looks.weighted_error", "mean", f"{looks}.weighted_off", places=CENTS)
            proof.weighted_error = proof.weighted_error if ledger.cells[proof.weighted_error].value is not None else None
        for at, past in enumerate(self.seen.pasts, 1):
            row, period = f"past{at}", self._period_of(past)
            name = period_cell(ledger, f"{row}.period", period)
            low, point, high, actual, weighted = (
                self._money(f"{row}.{column}", "sum", f"{looks}.{column}", where=(("record", at),)) for column in ("low", "point", "high", "actual", "weighted")
            )
            told = stage_weighted(self.study, period, self.seen.inside) is not None
            proof.past.append(RowAt(name, SpanAt(point, low, high), weighted=weighted if told else None, actual=actual))

    # -- by side and by deal ---------------------------------------------------------------------------------------------

    def _sides(self, factor: str) -> list[RowAt]:
        import numpy as np

        side, found = self.seen.side, []
        assert side is not None  # noqa: S101 - asked for before
        places = [place for place in np.unique(segments_of(side)).tolist() if self.seen.interval(place).high > 0]
        places.sort(key=lambda place: -self.seen.interval(place).point)
        named = [place for place in places if place < len(side.levels) and side.levels[place] in (self.levels or ())]
        for at, place in enumerate(places[:MOST_SIDES] if self.levels is None else named, 1):
            level = side.levels[place] if place < len(side.levels) else None
            name = self.ledger.side_name(f"side{at}.name", level)
            booked = self._money(f"side{at}.booked", "sum", f"{self.ledger.call}_won.amount", where=(("side", level or ""),))
            drawn = self._draws(f"draws_{at}", place)
            found.append(RowAt(name, self._span(f"side{at}", f"{drawn}.total", factor, booked), booked=booked, level=level))
        return found

    def _levels(self, deals: Ints) -> list[str]:
        """What each deal bears of the side that tells them apart."""
        side = self.seen.side
        return [""] * len(deals) if side is None else [side.levels[code] if code != UNKNOWN else "" for code in side.codes[deals].tolist()]

    def _expected(self) -> list[DealAt]:
        """The open deals that bring most on average."""
        import numpy as np

        outlook, history = self.seen.outlook, self.history
        inside = np.flatnonzero(self.seen.inside[outlook.underway] & (outlook.expected > 0))
        most = inside[np.argsort(-outlook.expected[inside], kind="stable")][:SHOWN]
        deals = outlook.underway[most]
        if not len(deals):
            return []
        told = [None if each != each else cents(each) for each in history.amount[deals].tolist()]
        columns = (("amount", CellType.MONEY, CENTS), ("expected", CellType.MONEY, CENTS))
        block = self.ledger.deals("expected", deals, columns, told, (cents(each) for each in outlook.expected[most].tolist()))
        found = []
        for at, (deal, amount) in enumerate(zip(history.ids[deals].tolist(), told, strict=True), 1):
            row, where = f"deal{at}", (("record", deal),)
            name = self.ledger.deal_name(row, deal)
            held = None if amount is None else self._money(f"{row}.amount", "sum", f"{block}.amount", where=where)
            found.append(DealAt(deal, name, held, self._money(f"{row}.expected", "sum", f"{block}.expected", where=where)))
        return found

    # -- cells -----------------------------------------------------------------------------------------------------------

    def _money(self, name: str, formula: Formula, *operands: str, where: Where = (), places: int = 6) -> str:
        return self.ledger.derive(name, CellType.MONEY, formula, *operands, where=where, places=places, unit=self.ledger.unit)

    def _number(self, name: str, formula: Formula, *operands: str, places: int = 6) -> str:
        return self.ledger.derive(name, CellType.NUMBER, formula, *operands, places=places)
