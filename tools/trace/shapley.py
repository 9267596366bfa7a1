"""Splits the change of a sum into what number, mix, rate and size did, exactly, from the single records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from tools.trace.arithmetic import quotient

FACTORS = ("volume", "mix", "win_rate", "deal_size")
Sums = tuple[Fraction, Fraction, Fraction]
"""Number of records, how many were won, and what these brought."""
_NOTHING: Sums = (Fraction(0), Fraction(0), Fraction(0))


def change_share(rows: Iterable[tuple[Decimal, str, Decimal, Decimal]], factor: str, places: int) -> Decimal | None:
    """The Shapley value of one factor in the change of the value won; rows are (after: 0 or 1, group, won: 0 or 1, value).

    The value is number of records x share of each group x its rate of winning x mean value of a win. What a group without records or wins would have
    brought is taken from the other period, then from all groups. None for a factor that is none of these four.
    """
    if factor not in FACTORS:
        return None
    held: dict[tuple[int, str], Sums] = defaultdict(lambda: _NOTHING)
    for after, group, won, value in rows:
        n, wins, brought = held[int(after), group]
        held[int(after), group] = (n + 1, wins + Fraction(won), brought + Fraction(value) * Fraction(won))
    groups = sorted({group for _, group in held})
    states = [_state(held, groups, when) for when in (0, 1)]
    place = FACTORS.index(factor)
    total, orders = Fraction(0), list(permutations(range(len(FACTORS))))
    for order in orders:
        earlier = set(order[: order.index(place)])
        without = [int(each in earlier) for each in range(len(FACTORS))]
        with_it = [int(each in earlier or each == place) for each in range(len(FACTORS))]
        total += _worth(states, with_it) - _worth(states, without)
    return quotient(Decimal(total.numerator), Decimal(total.denominator * len(orders)), places)


@dataclass(frozen=True, slots=True)
class _State:
    """One period: number of records, and for each group its share of them, its rate of winning and its mean win."""

    volume: Fraction
    mix: list[Fraction]
    rate: list[Fraction]
    mean: list[Fraction]


def _state(held: Mapping[tuple[int, str], Sums], groups: Sequence[str], when: int) -> _State:
    volumes = [sum((sums[0] for (each, _), sums in held.items() if each == period), Fraction(0)) for period in (0, 1)]
    everything = (*(sum((sums[part] for sums in held.values()), Fraction(0)) for part in range(3)),)
    found = _State(volumes[when], [], [], [])
    for group in groups:
        own, other = held.get((when, group), _NOTHING), held.get((1 - when, group), _NOTHING)
        found.mix.append(next((each[0] / volume for each, volume in ((own, volumes[when]), (other, volumes[1 - when])) if volume), Fraction(0)))
        found.rate.append(next((each[1] / each[0] for each in (own, other, everything) if each[0]), Fraction(0)))
        found.mean.append(next((each[2] / each[1] for each in (own, other, everything) if each[1]), Fraction(0)))
    return found


def _worth(states: Sequence[_State], chosen: Sequence[int]) -> Fraction:
    volume, mix, rate, mean = (states[when] for when in chosen)
    return volume.volume * sum((a * b * c for a, b, c in zip(mix.mix, rate.rate, mean.mean, strict=True)), Fraction(0))
