"""Why one period brought more than another: an exact additive split of the difference into volume, mix, win rate and deal size. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from tools.forecast.history import UNKNOWN, Coded, History
from tools.forecast.skill import cluster_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

FACTORS = ("volume", "mix", "win_rate", "deal_size")
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Split:
    """The value won ``before`` and ``after``, and of each factor in the order of :data:`FACTORS` its share of the difference with a 95 % interval.

    The shares add up to the difference. ``low`` and ``high`` come from resampled accounts, ``drawn`` (draws, factors).
    """

    before: float
    after: float
    share: Floats
    low: Floats
    high: Floats
    drawn: Floats
    clusters: int


def split_change(history: History, before: Flags, after: Flags, by: Coded, rng: np.random.Generator) -> Split:
    """Split the difference of the value won between two sets of decided deals, with the groups ``by`` for the mix.

    The value is ``number of decided deals x share of each group x its win rate x its mean win``; each factor gets its Shapley value, the mean over all orders
    in which the factors can change one after the other (Shapley 1953; Shorrocks, "Decomposition procedures for distributional analysis", J. Econ. Inequality
    11
    (2013) 99-126). What a group without deals or wins would have brought is taken from the other period, then from all groups. A win without an amount counts
    as won and brings nothing.
    """
    import numpy as np

    used = before | after
    clusters, account = np.unique(history.accounts()[used], return_inverse=True)
    levels = len(by.levels) + 1
    group = np.where(by.codes[used] == UNKNOWN, levels - 1, by.codes[used])
    present, group = np.unique(group, return_inverse=True)
    cell = (account * 2 + after[used]) * len(present) + group
    shape = (len(clusters), 2 * len(present))
    size = shape[0] * shape[1]
    won = history.won[used].astype(float)
    counts = np.bincount(cell, minlength=size).reshape(shape).astype(float)
    wins = np.bincount(cell, weights=won, minlength=size).reshape(shape)
    value = np.bincount(cell, weights=won * np.nan_to_num(history.amount[used]), minlength=size).reshape(shape)
    point = _shares(*(each.sum(axis=0)[None] for each in (counts, wins, value)))[0]
    drawn = np.concatenate([_shares(weights @ counts, weights @ wins, weights @ value) for weights in cluster_weights(len(clusters), rng, DRAWS)])
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    sums = value.sum(axis=0).reshape(2, -1).sum(axis=1)
    return Split(float(sums[0]), float(sums[1]), point, low, high, drawn, len(clusters))


def _shares(counts: Floats, wins: Floats, value: Floats) -> Floats:
    """Shapley values (draws, factors) from sums by period and group (draws, 2 x groups)."""
    import numpy as np

    n, w, v = (each.reshape(len(each), 2, -1) for each in (counts, wins, value))
    volume = n.sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        mix = np.where(volume[:, :, None] > 0, n / volume[:, :, None], np.nan)
        mix = np.where(np.isnan(mix), np.flip(mix, axis=1), mix)
        rate, mean = _filled(w / n, w, n), _filled(v / w, v, w)
    mix = np.nan_to_num(mix)

    def worth(state: tuple[int, ...]) -> Floats:
        return volume[:, state[0]] * (mix[:, state[1]] * rate[:, state[2]] * mean[:, state[3]]).sum(axis=1)  # type: ignore[no-any-return]

    held: dict[tuple[int, ...], Floats] = {}
    found = np.zeros((len(n), len(FACTORS)))
    orders = list(permutations(range(len(FACTORS))))
    for order in orders:
        state = [0] * len(FACTORS)
        for factor in order:
            was = tuple(state)
            state[factor] = 1
            for each in (was, tuple(state)):
                if each not in held:
                    held[each] = worth(each)
            found[:, factor] += held[tuple(state)] - held[was]
    return found / len(orders)


def _filled(ratio: Floats, part: Floats, whole: Floats) -> Floats:
    """Ratios by period and group, those of empty groups from the other period, else from all groups of both."""
    import numpy as np

    other = np.flip(ratio, axis=1)
    overall = part.sum(axis=(1, 2)) / np.maximum(whole.sum(axis=(1, 2)), 1e-9)
    return np.where(~np.isnan(ratio), ratio, np.where(~np.isnan(other), other, overall[:, None, None]))
