"""The proof of how often an open deal is won within a period: the draws in which it is, of all draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tools.forecast.looking import draws_of
from tools.forecast.proving_chance import ChanceProof
from tools.forecast.proving_period import period_cell
from tools.trace.cells import CellType


@dataclass(slots=True)
class WithinAt:
    """Addresses of the period, of the share of draws in which the deal is won in it, and of the number of draws."""

    period: str
    share: str
    n: str


def prove_within(proof: ChanceProof, start: date, end: date) -> WithinAt:
    """Write the draws of one open deal; their version is the seed. Raises what a forecast of the period raises."""
    import numpy as np

    ledger = proof.ledger
    period, drawn = draws_of(ledger.study, start, end)
    own = np.flatnonzero(ledger.history.ids[drawn.underway[drawn.deal]] == proof.deal)
    won = np.isin(np.arange(drawn.draws), drawn.open_draw[own]).astype(int).tolist()
    rows = [[at, ledger.study.seed, each] for at, each in enumerate(won, 1)]
    block = ledger.block("within", "forecast_draws", (("won", CellType.FLAG, 0),), rows, len(rows))
    k = ledger.derive("within.won", CellType.COUNT, "count", block, where=(("won", 1),))
    n = ledger.derive("within.n", CellType.COUNT, "count", block)
    return WithinAt(period_cell(ledger, "window.period", period), ledger.derive("within.share", CellType.RATE, "rate", k, n), n)
