"""Rolling-origin evaluation: at each past day a model is fitted to what was decided by then and asked about the deals that were open.

Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16 (2000) 437-450. Knows no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.forecast.encoding import Column, Encoding, candidates, fit_encoding, raw_matrix, standardised
from tools.forecast.history import NEVER, History
from tools.forecast.knowing import Knowledge, Known
from tools.forecast.logistic import Fit, curvature, fit_path, fit_ridge
from tools.forecast.venn_abers import merged, venn_abers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

STEPS, MOST_SNAPSHOTS = (30, 45, 60, 90), 15_000
FEWEST_DECIDED, FEWEST_EITHER = 60, 10
PENALTIES = tuple((own, own * more) for own in (30.0, 100.0, 300.0) for more in (1.0, 6.0))
"""Ridges tried: on what happens with a deal (its age, stages, talks) and on what it is (whose, where, what product)."""
CAUTIOUS, FOLDS = 3, 5
INTERCEPT, NONE = Column(""), (0.0,) * len(PENALTIES)


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Every deal on every origin on which it was open; ``origins`` in order, ``origin`` the place of each pair's day among them."""

    origins: Ints
    origin: Ints
    known: Known


@dataclass(frozen=True, slots=True)
class Rolled:
    """Forecasts made without the future.

    For pairs ``rows`` of the snapshots: the log-odds ``score``, calibrated ``[p0, p1]`` and ``p``, and the ``base`` rate
    and ``stage`` rate known on that day; ``deals`` and ``won`` are whom it was about and how it ended.

    ``choice`` is the place of the penalties that did best so far.
    """

    rows: Ints
    score: Floats
    p0: Floats
    p1: Floats
    p: Floats
    base: Floats
    stage: Floats
    deals: Ints
    won: Floats
    origin: Ints
    choice: int


@dataclass(frozen=True, slots=True)
class Model:
    """A model fitted to all that was decided by a day.

    With it come the scores of the same snapshots by models that did not see them, their deals, outcomes and weights (a deal's add up to one), to calibrate
    with.
    """

    encoding: Encoding
    fit: Fit
    calibrating: Floats
    deals: Ints
    outcome: Floats
    weights: Floats


def snapshots(history: History, knowledge: Knowledge, until: int) -> Snapshots:
    """Snapshots every month back from ``until`` (day number, included) to the first deal that was opened; less often where that makes too many."""
    import numpy as np

    dated = history.opened >= 0
    first = int(history.opened[dated].min()) if dated.any() else until + 1
    for step in STEPS:
        origins = np.arange(until, first - 1, -step, dtype=np.int64)[::-1]
        origin, deal = np.nonzero(dated & (history.opened <= origins[:, None]) & (history.closed > origins[:, None]))
        if len(deal) <= MOST_SNAPSHOTS:
            break
    return Snapshots(origins, origin, knowledge.at(deal, origins[origin]))


def roll(history: History, shots: Snapshots) -> Rolled:
    """Forecast every snapshot of a deal whose outcome is known, from what was decided before it.

    Penalties are chosen at each origin by the log loss of the forecasts made before, of deals decided since (prequential validation, Dawid, JRSS A 147 (1984)
    278-292). Calibration is cross Venn-Abers: what was decided is scored by models that were fitted without its accounts.
    """
    import numpy as np

    deals = shots.known.deals
    won, closed = history.won[deals].astype(float), history.closed[deals]
    tried = np.full((len(PENALTIES), len(deals)), np.nan)
    score, p0, p1, base, stage = (np.full(len(deals), np.nan) for _ in range(5))
    columns = candidates(shots.known)
    raw = raw_matrix(shots.known, columns)
    beta: dict[Column, Floats] = {}
    choice = CAUTIOUS
    for place, day in enumerate(shots.origins.tolist()):
        asked = np.flatnonzero((shots.origin == place) & (closed < NEVER))
        rows = np.flatnonzero(closed <= day)
        if not len(asked) or not _enough(history, deals[rows]):
            continue
        encoding, kept = fit_encoding(columns, raw[rows])
        x = standardised(raw[np.ix_(rows, kept)], encoding.mean, encoding.spread)
        scales = _scales(encoding)
        start = np.array([beta.get(each, NONE) for each in (INTERCEPT, *encoding.columns)])
        path = fit_path(x, won[rows], _weights(deals[rows]), scales, start)
        beta = dict(zip((INTERCEPT, *encoding.columns), path, strict=True))
        tried[:, asked] = (path[0] + standardised(raw[np.ix_(asked, kept)], encoding.mean, encoding.spread) @ path[1:]).T
        past = np.flatnonzero((shots.origin < place) & (closed <= day) & ~np.isnan(tried[0]))
        if len(past):
            choice = int(np.argmin(np.logaddexp(0.0, (1 - 2 * won[past]) * tried[:, past]).sum(axis=1)))
        score[asked] = rounded(tried[choice, asked])
        learnt = history.closed <= day
        base[asked] = (history.won[learnt].sum() + 1) / (learnt.sum() + 2)
        stage[asked] = _stage_rates(history, shots, day, asked)
        crossed = cross_scores(x, won[rows], deals[rows], history.accounts()[deals[rows]], scales[:, [choice]], path[:, [choice]])
        p0[asked], p1[asked] = venn_abers(crossed, won[rows], score[asked], _weights(deals[rows]))
    rows = np.flatnonzero(~np.isnan(p0))
    pair = p0[rows], p1[rows]
    return Rolled(rows, score[rows], *pair, merged(*pair), base[rows], stage[rows], deals[rows], won[rows], shots.origin[rows], choice)


def cross_scores(x: Floats, won: Floats, deals: Ints, accounts: Ints, penalty: Floats, start: Floats) -> Floats:
    """Log-odds of each row by a model that was fitted without its account; ``penalty`` and ``start`` are one column each."""
    import numpy as np

    _, fold = np.unique(accounts, return_inverse=True)
    weights = _weights(deals)
    found = np.zeros(len(x))
    parts = [np.flatnonzero(fold % FOLDS == at) for at in range(FOLDS)]
    bounds = [curvature(x[own], weights[own]) for own in parts]
    for at, own in enumerate(parts):
        if 0 < len(own) < len(x):
            others = np.sort(np.concatenate(parts[:at] + parts[at + 1 :]))
            beta = fit_path(x[others], won[others], weights[others], penalty, start, sum(bounds[:at] + bounds[at + 1 :], np.zeros_like(bounds[at])))[:, 0]
            found[own] = beta[0] + x[own] @ beta[1:]
    return rounded(found)


def fit_model(history: History, shots: Snapshots, day: int, choice: int) -> Model | None:
    """A model of what was decided by ``day``: each deal weighs one, spread over its snapshots. None with fewer than sixty decided or ten of either outcome."""
    import numpy as np

    deals = shots.known.deals
    rows = np.flatnonzero(history.closed[deals] <= day)
    if not _enough(history, deals[rows]):
        return None
    columns = candidates(shots.known)
    raw = raw_matrix(shots.known, columns)[rows]
    encoding, kept = fit_encoding(columns, raw)
    x = standardised(raw[:, kept], encoding.mean, encoding.spread)
    won, penalty = history.won[deals[rows]].astype(float), _scales(encoding)[:, choice]
    weights = _weights(deals[rows])
    fit = fit_ridge(x, won, weights, penalty)
    crossed = cross_scores(x, won, deals[rows], history.accounts()[deals[rows]], penalty[:, None], fit.beta[:, None])
    return Model(encoding, fit, crossed, deals[rows], won, weights)


def calibrated(model: Model, score: Floats) -> tuple[Floats, Floats]:
    """``(p0, p1)`` of scores of the model."""
    return venn_abers(model.calibrating, model.outcome, score, model.weights)


def scores(model: Model, known: Known) -> Floats:
    """Log-odds of winning for each pair."""
    found: Floats = model.fit.beta[0] + model.encoding.matrix(known) @ model.fit.beta[1:]
    return found


def rounded(score: Floats) -> Floats:
    """Scores to a fiftieth of a log-odd, at most half a percentage point: what calibration tells apart."""
    import numpy as np

    return np.round(score * 50) / 50


def _scales(encoding: Encoding) -> Floats:
    """The ridge of each column (rows, the intercept first) under each choice."""
    import numpy as np

    deeds = np.array([_deed(column) for column in encoding.columns], bool)
    return np.array([[1e-9, *np.where(deeds, *pair)] for pair in PENALTIES]).T


def _deed(column: Column) -> bool:
    """Whether a column tells what happened with the deal."""
    return column.name == "age" or column.name.startswith(("stage", "deal:"))


def _enough(history: History, deals: Ints) -> bool:
    import numpy as np

    used = np.unique(deals)
    wins = int(history.won[used].sum())
    return len(used) >= FEWEST_DECIDED and min(wins, len(used) - wins) >= FEWEST_EITHER


def _weights(deals: Ints) -> Floats:
    """Each deal weighs one."""
    import numpy as np

    _, back, counts = np.unique(deals, return_inverse=True, return_counts=True)
    return 1.0 / counts[back]


def one_a_deal(deals: Ints) -> Flags:
    """Marks one snapshot of each deal: the middle one."""
    import numpy as np

    found = np.zeros(len(deals), bool)
    order = np.argsort(deals, kind="stable")
    _, first, counts = np.unique(deals[order], return_index=True, return_counts=True)
    found[order[first + counts // 2]] = True
    return found


def _stage_rates(history: History, shots: Snapshots, day: int, asked: Ints) -> Floats:
    """The share won of the decided snapshots in the same stage, shrunk to the base rate by two deals; the base rate where no stage is known."""
    import numpy as np

    learnt = history.closed[shots.known.deals] <= day
    won = history.won[shots.known.deals[learnt]].astype(float)
    base = (won.sum() + 1) / (len(won) + 2)
    stages = shots.known.words.get("stage")
    if stages is None:
        return np.full(len(asked), base)
    size = len(stages.levels)
    seen = np.where(stages.codes < 0, size, stages.codes)
    n = np.bincount(seen[learnt], minlength=size + 1)
    wins = np.bincount(seen[learnt], weights=won, minlength=size + 1)
    return ((wins + 2 * base) / (n + 2))[seen[asked]]  # type: ignore[no-any-return]
