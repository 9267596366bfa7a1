"""The proof of a deal's chance: what was known of it, the fitted model, the score that follows, and its calibration by counts of past deals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from sqlalchemy.orm import Session

from tools.forecast.encoding import WIDEST, Column
from tools.forecast.errors import DealUnknown
from tools.forecast.history import UNKNOWN
from tools.forecast.proving import CENTS, DEALS, SCALE, Ledger, RateAt, cents, scaled
from tools.forecast.proving_features import Features
from tools.forecast.proving_signal import SignalProof, prove_signal
from tools.forecast.rolling import Model, one_a_deal
from tools.forecast.service import feature_of
from tools.forecast.sourcing import classification_of, source_of
from tools.forecast.study import Study
from tools.store.classification import Classification
from tools.trace.cells import CellType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

SIMILAR, STRONGEST = 20, 5
PLACES, DEVIATIONS = 6, "1.96"
"""So many standard deviations hold 95 % of a normal distribution."""
_MODEL = (
    ("feature", CellType.TEXT, 0), ("level", CellType.TEXT, 0), ("paced", CellType.FLAG, 0),
    *((name, CellType.NUMBER, SCALE) for name in ("mean", "spread", "coefficient")),
)  # fmt: skip


@dataclass(slots=True)
class SummandAt:
    """Addresses of what one feature adds: in log-odds, and in points of the chance with its 95 % interval; ``fact`` is what is known of the deal."""

    feature: str
    effect: str
    points: str
    low: str
    high: str
    fact: str | None


@dataclass(slots=True)
class SimilarAt:
    """Addresses of a decided deal whose score lay near."""

    deal: int
    name: str
    won: bool
    closed: str


@dataclass(slots=True)
class ChanceProof:
    """Addresses of everything that is told of one deal. Without signal only its name, the day and the base rate."""

    ledger: Ledger
    deal: int
    name: str
    day: str
    outcome: Literal["open", "won", "lost"]
    signal: SignalProof
    closed: str | None = None
    chance: str | None = None
    low: str | None = None
    high: str | None = None
    start: str | None = None
    end: str | None = None
    similar: RateAt | None = None
    alike: list[SimilarAt] = field(default_factory=list)
    summands: list[SummandAt] = field(default_factory=list)
    bare: tuple[str, ...] = ()


def prove_chance(study: Study, session: Session, deal: int, call: str = "f1") -> ChanceProof:
    """The chance of the deal with this id; of a decided one as it was known the day before its end. Raises DealUnknown and NoOpeningDays."""
    import numpy as np

    found = np.flatnonzero(study.history.ids == deal)
    if not len(found):
        raise DealUnknown(deal=deal)
    ledger, place = Ledger(study, session, call), int(found[0])
    history = study.history
    over = bool(history.decided[place])
    day = int(max(history.closed[place] - 1, history.opened[place])) if over else study.day
    outcome: Literal["open", "won", "lost"] = "open" if not over else "won" if history.won[place] else "lost"
    name = ledger.deal_name("deal", deal)
    told = ledger.constant("deal.day", date.fromordinal(day).isoformat(), CellType.DATE)
    proof = ChanceProof(ledger, deal, name, told, outcome, prove_signal(ledger), closed=_closed(ledger, place) if over else None)
    if study.model is not None:
        _Prover(ledger, study.model, place, day).prove(proof)
    return proof


def _closed(ledger: Ledger, place: int) -> str:
    """The day on which a deal was decided, as its record tells it, or else as its last stage does."""
    row, told = ledger.sources.row(DEALS, int(ledger.history.ids[place])), date.fromordinal(int(ledger.history.closed[place])).isoformat()
    if row is None or row["close_on"] is None:
        return ledger.constant("deal.closed", told, CellType.DATE)
    return ledger.read("deal.closed", told, CellType.DATE, source_of(DEALS, row, "close_on"), classification_of(DEALS, "close_on"))


class Calibration:
    """The model and its calibration as evidence, to turn scores into chances with."""

    def __init__(self, ledger: Ledger, model: Model) -> None:
        """Writes the counts of past deals by their score, made by models that had not seen them."""
        import numpy as np

        self.ledger, self.model = ledger, model
        keys, back = np.unique(model.calibrating, return_inverse=True)
        won, n = (np.bincount(back, weights=each) for each in (model.weights * model.outcome, model.weights))
        rows = [
            [at, 1, round(score * 100), scaled(wins), scaled(count)]
            for at, (score, wins, count) in enumerate(zip(keys.tolist(), won.tolist(), n.tolist(), strict=True), 1)
        ]
        columns = (("score", CellType.NUMBER, 2), ("won", CellType.NUMBER, SCALE), ("n", CellType.NUMBER, SCALE))
        self.block = ledger.block("calibration", f"forecast_model {fingerprint(model)}", columns, rows, len(rows))

    def chance(self, row: str, score: str) -> tuple[str, str, str]:
        """The addresses of p0, p1 and the one probability between them."""
        ledger, counts = self.ledger, tuple(f"{self.block}.{name}" for name in ("score", "won", "n"))
        low = ledger.derive(f"{row}.p0", CellType.RATE, "venn_abers_low", *counts, score)
        high = ledger.derive(f"{row}.p1", CellType.RATE, "venn_abers_high", *counts, score)
        below = ledger.derive(f"{row}.regret", CellType.NUMBER, "delta", ledger.one, low)
        return low, high, ledger.derive(f"{row}.chance", CellType.RATE, "rate", high, ledger.derive(f"{row}.either", CellType.NUMBER, "add", below, high))


def fingerprint(model: Model) -> str:
    """What a fitted model is known by: its columns and every number in it."""
    import numpy as np

    held = sha256(repr(model.encoding.columns).encode())
    for each in (model.encoding.mean, model.encoding.spread, model.fit.beta, model.calibrating, model.outcome, model.weights):
        held.update(np.round(each, SCALE).tobytes())
    return held.hexdigest()[:16]


class _Prover:
    def __init__(self, ledger: Ledger, model: Model, place: int, day: int) -> None:
        import numpy as np

        self.ledger, self.model, self.place, self.day, self.history = ledger, model, place, day, ledger.history
        self.known = ledger.study.knowledge.at(np.array([place]), np.array([day]))
        self.row = model.encoding.matrix(self.known)[0]
        self.features = Features(ledger, self.known, place, day)
        self.limit = ledger.number_constant("where.limit", WIDEST)
        self.block = self._model()

    def prove(self, proof: ChanceProof) -> None:
        import numpy as np

        ledger = self.ledger
        names = np.array([feature_of(column.name) for column in self.model.encoding.columns])
        effects = {name: effect for name in dict.fromkeys(names.tolist()) if (effect := self._effect(name, np.flatnonzero(names == name))) is not None}
        start = ledger.number_constant("score.start", float(self.model.fit.beta[0]))
        score = ledger.derive("score.total", CellType.NUMBER, "add", start, *effects.values())
        proof.low, proof.high, proof.chance = Calibration(ledger, self.model).chance("deal", score)
        proof.start = ledger.derive("score.from", CellType.RATE, "logistic", start)
        proof.end = ledger.derive("score.to", CellType.RATE, "logistic", score)
        proof.summands = self._summands(names, effects, start, score, proof)
        proof.bare = tuple(self.features.bare)
        self._similar(proof, float(ledger.number(score)))

    def _model(self) -> str:
        columns, words = self.model.encoding.columns, self.known.words
        rows = []
        figures = zip(columns, self.model.encoding.mean.tolist(), self.model.encoding.spread.tolist(), self.model.fit.beta[1:].tolist(), strict=True)
        for at, (column, *numbers) in enumerate(figures, 1):
            level = "" if column.level is None else words[column.name].levels[column.level]
            rows.append([at, 1, column.name, level, int(column.paced), *(scaled(each) for each in numbers)])
        return self.ledger.block("model", f"forecast_model {fingerprint(self.model)}", _MODEL, rows, len(rows))

    # -- what each feature adds ------------------------------------------------------------------------------------------

    def _effect(self, name: str, own: Ints) -> str | None:
        """The address of what a feature adds to the score; None where that is nothing."""
        parts, said = [], set()
        for at in own.tolist():
            column = self.model.encoding.columns[at]
            if column.level is None:
                if self._is_known(column):
                    parts.append(self._linear(at, column))
            elif (column.name, column.paced) not in said and self._is_known(column):
                said.add((column.name, column.paced))
                parts.append(self._levels(column))
        parts = [part for part in parts if self.ledger.number(part) != 0]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else self.ledger.derive(f"effect.{len(self.ledger.cells)}", CellType.NUMBER, "add", *parts)

    def _is_known(self, column: Column) -> bool:
        if column.level is None:
            return bool(self.known.numbers[column.name][0] == self.known.numbers[column.name][0])
        aged = not column.paced or self.known.numbers["age"][0] == self.known.numbers["age"][0]
        return bool(aged and self.known.words[column.name].codes[0] != UNKNOWN)

    def _linear(self, at: int, column: Column) -> str:
        value = self.features.age() if column.name == "age" else self.features.number(column.name)
        where = (("record", at + 1),)
        return self.ledger.derive(f"effect.{at + 1}", CellType.NUMBER, "linear", value, *self._figures(), where=where)

    def _levels(self, column: Column) -> str:
        word = f"{self.ledger.call}.known.{column.name}_word"
        word = word if word in self.ledger.cells else self.features.word(column.name)
        unit = self.features.age() if column.paced else self.ledger.one
        where = (("feature", column.name), ("paced", int(column.paced)))
        place = self.model.encoding.columns.index(column) + 1
        operands = (word, unit, f"{self.block}.level", *self._figures())
        return self.ledger.derive(f"effect.{place}", CellType.NUMBER, "levels", *operands, where=where)

    def _figures(self) -> tuple[str, ...]:
        return (*(f"{self.block}.{name}" for name in ("coefficient", "mean", "spread")), self.limit)

    def _summands(self, names: NDArray[np.str_], effects: dict[str, str], start: str, score: str, proof: ChanceProof) -> list[SummandAt]:
        """The strongest, in points: log-odds stretched evenly, so that all together lead from the average deal's chance to this one's."""
        ledger = self.ledger
        moved = ledger.derive("score.moved", CellType.NUMBER, "delta", score, start)
        if ledger.number(moved) == 0:
            return []
        assert proof.start is not None  # noqa: S101 - both were written before
        assert proof.end is not None  # noqa: S101
        led = ledger.derive("score.led", CellType.RATE, "delta", proof.end, proof.start)
        rate = ledger.derive("score.rate", CellType.NUMBER, "ratio", led, moved, places=12)
        factor = ledger.constant("where.deviations", DEVIATIONS, CellType.NUMBER)
        strongest = sorted(effects, key=lambda name: -abs(ledger.number(effects[name])))[:STRONGEST]
        block = self._uncertain(names, strongest)
        found = []
        for at, name in enumerate(strongest, 1):
            effect = effects[name]
            reach = ledger.derive(f"share{at}.reach", CellType.NUMBER, "quadrature", f"{block}.move", factor, where=(("feature", name),))
            below = ledger.derive(f"share{at}.low_odds", CellType.NUMBER, "delta", effect, reach)
            above = ledger.derive(f"share{at}.high_odds", CellType.NUMBER, "add", effect, reach)
            points, low, high = (
                ledger.derive(f"share{at}.{end}", CellType.RATE, "weighted", rate, each) for end, each in (("points", effect), ("low", below), ("high", above))
            )
            found.append(SummandAt(name, effect, points, low, high, self.features.facts.get(name)))
        return found

    def _uncertain(self, names: NDArray[np.str_], strongest: list[str]) -> str:
        """How uncertain each feature's summand is: its deviations along independent directions, from the covariance of the coefficients."""
        import numpy as np

        rows: list[list[object]] = []
        for name in strongest:
            own = np.flatnonzero(names == name)
            spread = np.linalg.cholesky(self.model.fit.covariance[np.ix_(own + 1, own + 1)])
            rows += [[len(rows) + at, 1, name, scaled(each)] for at, each in enumerate((self.row[own] @ spread).tolist(), 1)]
        columns = (("feature", CellType.TEXT, 0), ("move", CellType.NUMBER, SCALE))
        return self.ledger.block("uncertain", f"forecast_model {fingerprint(self.model)}", columns, rows, len(rows))

    # -- deals like it ---------------------------------------------------------------------------------------------------

    def _similar(self, proof: ChanceProof, score: float) -> None:
        """The decided deals whose scores, by models that had not seen them, lay nearest."""
        import numpy as np

        history, model, ledger = self.history, self.model, self.ledger
        rows = np.flatnonzero(one_a_deal(model.deals) & (model.deals != self.place) & (history.closed[model.deals] <= self.day))
        order = np.lexsort((-history.closed[model.deals[rows]], np.abs(model.calibrating[rows] - score)))
        near = model.deals[rows[order[:SIMILAR]]]
        closed = [date.fromordinal(each).isoformat() for each in history.closed[near].tolist()]
        columns = (("won", CellType.FLAG, 0), ("closed", CellType.DATE, 0))
        block = ledger.deals("similar", near, columns, history.won[near].astype(int).tolist(), closed, classification=Classification.INTERNAL)
        k = ledger.derive("similar.won", CellType.COUNT, "count", block, where=(("won", 1),))
        proof.similar = ledger.rate("similar.rate", k, ledger.derive("similar.n", CellType.COUNT, "count", block))
        for at, place in enumerate(near[:STRONGEST].tolist(), 1):
            deal = int(history.ids[place])
            day = ledger.derive(f"similar{at}.closed", CellType.DATE, "max", f"{block}.closed", where=(("record", deal),))
            proof.alike.append(SimilarAt(deal, ledger.deal_name(f"similar{at}", deal), bool(history.won[place]), day))


@dataclass(slots=True)
class ListedChance:
    """Addresses of one open deal of several: its name, its amount (None where unknown) and its chance."""

    deal: int
    name: str
    amount: str | None
    chance: str
    low: str
    high: str


def prove_chances(study: Study, session: Session, places: Ints, most: int, call: str = "f1") -> tuple[Ledger, SignalProof, list[ListedChance], str]:
    """The likeliest of the open deals at these places; without signal none is told apart, and the list is empty. Comes with the address of their number.

    Raises NoOpeningDays.
    """
    import numpy as np

    ledger = Ledger(study, session, call)
    signal, model, history = prove_signal(ledger), study.model, study.history
    count = ledger.derive("open.n", CellType.COUNT, "count", ledger.deals("open", places))
    if model is None or study.chances is None or not len(places):
        return ledger, signal, [], count
    chosen = places[np.argsort(-study.chances[places], kind="stable")][:most]
    known = study.knowledge.at(chosen, np.full(len(chosen), study.day))
    matrix = model.encoding.matrix(known)
    names = [feature_of(column.name) for column in model.encoding.columns]
    effects = np.round(matrix * model.fit.beta[1:], PLACES)
    ids = history.ids[chosen].tolist()
    rows = [
        [deal, 1, names[at], scaled(effect)]
        for deal, own in zip(ids, effects.tolist(), strict=True)
        for at, effect in enumerate(own)
        if effect
    ]  # fmt: skip
    columns = (("feature", CellType.TEXT, 0), ("effect", CellType.NUMBER, SCALE))
    block = ledger.block("effects", f"forecast_model {fingerprint(model)}", columns, rows, len(rows))
    calibration, start = Calibration(ledger, model), ledger.number_constant("score.start", float(model.fit.beta[0]))
    told = [None if each != each else cents(each) for each in history.amount[chosen].tolist()]
    amounts = ledger.deals("amounts", chosen, (("amount", CellType.MONEY, CENTS),), told)
    found = []
    for at, deal in enumerate(ids, 1):
        row, where = f"deal{at}", (("record", deal),)
        effect = ledger.derive(f"{row}.effects", CellType.NUMBER, "sum", f"{block}.effect", where=where)
        low, high, chance = calibration.chance(row, ledger.derive(f"{row}.score", CellType.NUMBER, "add", start, effect))
        amount = None
        if history.amount[chosen[at - 1]] == history.amount[chosen[at - 1]]:
            amount = ledger.derive(f"{row}.amount", CellType.MONEY, "sum", f"{amounts}.amount", where=where, unit=ledger.unit)
        found.append(ListedChance(deal, ledger.deal_name(row, deal), amount, chance, low, high))
    return ledger, signal, found, count
