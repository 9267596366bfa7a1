"""The proof of why a period brought more or less than another: the records of both, each factor's share, and its interval over accounts drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tools.forecast.decomposing import FACTORS, split_change
from tools.forecast.errors import NothingDecidedThen, PeriodsOverlap, PeriodUpsideDown
from tools.forecast.history import UNKNOWN, Coded
from tools.forecast.looking import EVERYTHING, Part, part_of, side_of
from tools.forecast.proving import CENTS, Ledger, cents
from tools.forecast.proving_period import span_key
from tools.forecast.schemas import Factor
from tools.forecast.study import Study
from tools.trace.book import Where
from tools.trace.cells import CellType, Formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

TELLING = ("product", "region", "owner")
"""What tells the mix apart where nothing is asked, the first that deals bear."""
MOST_DEALS = 5
Days = tuple[date, date]


@dataclass(slots=True)
class CauseAt:
    """Addresses of what one factor did to the value won, with its 95 % interval, and of the same figure before and after."""

    factor: Factor
    share: str
    low: str
    high: str
    before: str | None
    after: str | None


@dataclass(slots=True)
class WonAt:
    """Addresses of one of the largest wins of either period."""

    deal: int
    name: str
    amount: str
    late: bool


@dataclass(slots=True)
class ChangeProof:
    """Addresses of everything that is told of a change; ``by`` is what the mix is told by."""

    ledger: Ledger
    by: str
    periods: tuple[str, str]
    values: tuple[str, str]
    difference: str
    growth: str
    causes: list[CauseAt]
    largest: list[WonAt]
    clusters: str


def prove_change(study: Study, session: Session, before: Days, after: Days, by: str | None = None, part: Part = EVERYTHING, call: str = "f1") -> ChangeProof:
    """Why the value won differs between two periods, of all deals or a part. Raises what :func:`tools.forecast.causes.explain_change` raises."""
    chosen = by or next((each for each in TELLING if each not in part and _is_borne(study, each)), "owner")
    rows = [_within(study, days, part) for days in (before, after)]
    if (rows[0] & rows[1]).any() or (before[0] <= after[1] and after[0] <= before[1]):
        raise PeriodsOverlap(start=max(before[0], after[0]), end=min(before[1], after[1]))
    return _Prover(Ledger(study, session, call), rows[0], rows[1], chosen).prove(before, after)


def _is_borne(study: Study, by: str) -> bool:
    return by in study.history.sides and bool((study.history.sides[by].codes != UNKNOWN).any())


def _within(study: Study, days: Days, part: Part) -> Flags:
    """The deals decided in a period. Raises PeriodUpsideDown and NothingDecidedThen."""
    start, end = days
    if end < start:
        raise PeriodUpsideDown(start=start, end=end)
    closed = study.history.closed
    rows: Flags = part_of(study, part) & (closed >= start.toordinal()) & (closed <= min(end.toordinal(), study.day))
    if not rows.any():
        raise NothingDecidedThen(start=start, end=end)
    return rows


class _Prover:
    def __init__(self, ledger: Ledger, before: Flags, after: Flags, by: str) -> None:
        import numpy as np

        self.ledger, self.history, self.by = ledger, ledger.history, by
        self.side: Coded = side_of(ledger.study, by)
        self.before, self.after, self.places = before, after, np.flatnonzero(before | after)

    def prove(self, before: Days, after: Days) -> ChangeProof:
        ledger = self.ledger
        block = self._records()
        periods = (ledger.constant("window.before", span_key(*before), CellType.TEXT), ledger.constant("window.after", span_key(*after), CellType.TEXT))
        values = (self._won(block, "before", 0), self._won(block, "after", 1))
        difference = self._money("total.difference", "delta", values[1], values[0])
        growth = ledger.derive("total.growth", CellType.RATE, "growth", values[1], values[0])
        draws, clusters = self._draws()
        causes = self._causes(block, draws, difference)
        causes.sort(key=lambda each: -abs(ledger.number(each.share)))
        return ChangeProof(ledger, self.by, periods, values, difference, growth, causes, self._largest(block), clusters)

    def _records(self) -> str:
        """Every deal that was decided in either period, with what it brought."""
        history, places = self.history, self.places
        columns = (("after", CellType.FLAG, 0), ("group", CellType.TEXT, 0), ("won", CellType.FLAG, 0), ("value", CellType.MONEY, CENTS))
        groups = ["" if code == UNKNOWN else self.side.levels[code] for code in self.side.codes[places].tolist()]
        values = [cents(each) if each == each else 0 for each in history.amount[places].tolist()]
        return self.ledger.deals("decided", places, columns, self.after[places].astype(int).tolist(), groups, history.won[places].astype(int).tolist(), values)

    def _won(self, block: str, name: str, when: int) -> str:
        return self._money(f"total.{name}", "sum", f"{block}.value", where=(("after", when), ("won", 1)))

    def _draws(self) -> tuple[str, str]:
        """Shares over accounts drawn again; the last columns are in the order of the factors."""
        ledger = self.ledger
        split = split_change(self.history, self.before, self.after, self.side, ledger.study.rng(4))
        rows = [[at, ledger.study.seed, *(cents(each) for each in row)] for at, row in enumerate(split.drawn.tolist(), 1)]
        block = ledger.block("share_draws", "forecast_draws", [(factor, CellType.MONEY, CENTS) for factor in FACTORS], rows, len(rows), unit=ledger.unit)
        return block, ledger.constant("total.clusters", split.clusters, CellType.COUNT)

    def _causes(self, block: str, draws: str, difference: str) -> list[CauseAt]:
        """The last factor gets what rounding to cents leaves, so that all add up to the difference."""
        ledger, found = self.ledger, []
        levels = [ledger.constant(f"where.{end}", level, CellType.NUMBER) for end, level in (("low", "0.025"), ("high", "0.975"))]
        columns = tuple(f"{block}.{name}" for name in ("after", "group", "won", "value"))
        shares: list[str] = []
        for factor in FACTORS:
            if factor != FACTORS[-1]:
                word = ledger.constant(f"where.{factor}", factor, CellType.TEXT)
                share = self._money(f"{factor}.share", "change_share", *columns, word, places=CENTS)
                shares.append(share)
            else:
                share = self._money(f"{factor}.share", "delta", difference, self._money("total.others", "add", *shares))
            low, high = (
                self._money(f"{factor}.{end}_drawn", "quantile", f"{draws}.{factor}", level, places=CENTS)
                for end, level in zip(("low", "high"), levels, strict=True)
            )
            ends = self._money(f"{factor}.low", "smallest", share, low), self._money(f"{factor}.high", "largest", share, high)
            found.append(CauseAt(_factor(factor), share, *ends, *self._figures(block, factor)))
        return found

    def _figures(self, block: str, factor: str) -> tuple[str | None, str | None]:
        """The number decided, the win rate and the mean win before and after; of the mix no one figure tells."""
        if factor == "mix":
            return None, None
        found = []
        for name, when in (("before", 0), ("after", 1)):
            n = self._count(f"volume.{name}", block, (("after", when),))
            if factor == "volume":
                found.append(n)
                continue
            won = self._count(f"volume.{name}_won", block, (("after", when), ("won", 1)))
            if factor == "win_rate":
                found.append(self.ledger.derive(f"win_rate.{name}", CellType.RATE, "rate", won, n))
            else:
                found.append(self._money(f"deal_size.{name}", "ratio", f"{self.ledger.call}.total.{name}", won, places=CENTS))
        return found[0], found[1]

    def _largest(self, block: str) -> list[WonAt]:
        """The largest wins of both periods."""
        import numpy as np

        history = self.history
        won = self.places[history.won[self.places] & (history.amount[self.places] > 0)]
        most = won[np.argsort(-history.amount[won], kind="stable")[:MOST_DEALS]]
        found = []
        for at, place in enumerate(most.tolist(), 1):
            deal = int(history.ids[place])
            amount = self._money(f"won{at}.amount", "sum", f"{block}.value", where=(("record", deal),))
            found.append(WonAt(deal, self.ledger.deal_name(f"won{at}", deal), amount, bool(self.after[place])))
        return found

    def _count(self, name: str, block: str, where: Where) -> str:
        return self.ledger.derive(name, CellType.COUNT, "count", block, where=where)

    def _money(self, name: str, formula: Formula, *operands: str, where: Where = (), places: int = 6) -> str:
        return self.ledger.derive(name, CellType.MONEY, formula, *operands, where=where, places=places, unit=self.ledger.unit)


def _factor(name: str) -> Factor:
    found: dict[str, Factor] = {"volume": "volume", "mix": "mix", "win_rate": "win_rate", "deal_size": "deal_size"}
    return found[name]
