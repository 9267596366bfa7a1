"""Exact decayed sums. Events may come in any order and in any batches, and be taken out again: the sums are the same to the last bit.

An event at ``t`` seconds after :data:`EPOCH` adds ``c * 2**(t / h)`` to a sum, kept as a whole number of ``2**-PLACES``; at time ``now`` the
sum is read times ``2**(-now / h)``. Whole numbers add up the same in every order, so that an update is O(1) however late an event is, and can
be taken back exactly. Knows neither accounts nor stages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
PLACES = 52
_ONE = float(1 << PLACES)
_STEPS = 64
_LN2 = 0.6931471805599453
_TAYLOR = tuple(_LN2**power / factorial for power, factorial in ((6, 720.0), (5, 120.0), (4, 24.0), (3, 6.0), (2, 2.0), (1, 1.0)))
CHUNK = 250_000


class Sums(NamedTuple):
    """The decayed sums of one kind of evidence at one half-life; whole numbers of ``2**(base - PLACES)`` grown since the epoch.

    ``mass`` sums ``c`` (what counts of each event, 0 to 1), ``moment`` sums ``c`` times the event's seconds since the epoch, ``square`` sums
    ``c**2`` (it decays twice as fast, in units of ``2**(2 * base - PLACES)``), ``n`` counts the events.
    """

    base: int = 0
    mass: int = 0
    moment: int = 0
    square: int = 0
    n: int = 0

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        if not (self.n or self.mass) or not (other.n or other.mass):
            return self if self.n or self.mass else other
        base = min(self.base, other.base)
        one, two = self._at(base), other._at(base)
        return Sums(base, one.mass + two.mass, one.moment + two.moment, one.square + two.square, one.n + two.n)

    def minus(self, other: Sums) -> Sums:
        """This without the other, which it holds."""
        return self.plus(other.negative())

    def negative(self) -> Sums:
        """What takes this out again where it is added."""
        return Sums(self.base, -self.mass, -self.moment, -self.square, -self.n)

    def exact(self) -> tuple[int, int, int, int]:
        """The sums on one base for all: equal sums are equal here, whatever was added and taken out to come to them."""
        return self._at(0)[1:]

    def _at(self, base: int) -> Sums:
        more = self.base - base
        return Sums(base, self.mass << more, self.moment << more, self.square << 2 * more, self.n)


class Decayed(NamedTuple):
    """Sums as they are read at one time: ``mass`` is the sum of ``c * d`` with ``d = 2**(-age / h)``, ``square`` of ``(c * d)**2``.

    ``age`` is the sum of ``c * d`` times the event's age in half-lives, by which the mass changes with the half-life.
    """

    mass: float
    square: float
    age: float
    n: int


def seconds(moment: datetime) -> int:
    """Whole seconds since the epoch; negative before it."""
    return (moment - EPOCH) // timedelta(seconds=1)


def moment_of(at: int) -> datetime:
    """The point in time of so many seconds since the epoch."""
    return EPOCH + timedelta(seconds=at)


def of_event(at: int, counts: float, half_life: int) -> Sums:
    """The sums of one event at ``at`` seconds, of which ``counts`` (0 to 1) counts, at a half-life in seconds."""
    whole, growth = _grown(at, half_life)
    grown = counts * growth
    mass, square = round(grown * _ONE), round(grown * grown * _ONE)
    if whole < 0:  # before the epoch bits are lost
        mass, square, whole = mass >> -whole, square >> -2 * whole, 0
    return Sums(whole, mass, mass * at, square, 1)


def fold(keys: NDArray[np.int64], at: NDArray[np.int64], counts: NDArray[np.float64], half_lives: NDArray[np.int64]) -> dict[int, Sums]:
    """The sums of many events by their key, to the last bit those that :func:`of_event` adds up to. The arrays are of one length."""
    import numpy as np

    found: dict[int, Sums] = {}
    order = np.argsort(keys, kind="stable")
    for start in range(0, len(keys), CHUNK):
        part = order[start : start + CHUNK]
        for key, sums in _fold_sorted(keys[part], at[part], counts[part], half_lives[part]):
            found[key] = found[key].plus(sums) if key in found else sums
    return found


def read(sums: Sums, now: int, half_life: int) -> Decayed:
    """The sums as they stand at ``now``; meant for sums of events that had happened by then."""
    return Decayed(*reader(now, half_life)(sums), sums.n)


def reader(now: int, half_life: int) -> Callable[[Sums], tuple[float, float, float]]:
    """Reads the mass, the square and the age of many sums at one time; see :class:`Decayed`."""
    whole, growth = _grown(now, half_life)
    full, twice = PLACES + whole, growth * growth

    def read_one(sums: Sums) -> tuple[float, float, float]:
        base, mass, moment, square, _ = sums
        places = full - base
        if places >= 0 and places + whole >= base:
            unit = 1 << places
            return mass / unit / growth, square / (1 << places + whole - base) / twice, (now * mass - moment) / unit / growth / half_life
        return (
            _quotient(mass, places) / growth,
            _quotient(square, places + whole - base) / twice,
            _quotient(now * mass - moment, places) / growth / half_life,
        )

    return read_one


def pack(sums: Sums) -> str:
    """Sums as a line of whole numbers, hexadecimal but for the first and the last."""
    return f"{sums.base} {sums.mass:x} {sums.moment:x} {sums.square:x} {sums.n}"


def unpack(packed: str) -> Sums:
    """What :func:`pack` wrote."""
    base, mass, moment, square, n = packed.split(" ")
    return Sums(int(base), int(mass, 16), int(moment, 16), int(square, 16), int(n))


def _fold_sorted(keys: NDArray[np.int64], at: NDArray[np.int64], counts: NDArray[np.float64], half_lives: NDArray[np.int64]) -> Iterator[tuple[int, Sums]]:
    import numpy as np

    whole, rest = np.divmod(at, half_lives)
    share = rest / half_lives
    step = (share * _STEPS).astype(np.int64)
    grown = counts * _growth(share, step, np.array(_roots())[step])
    mass, square = (np.rint(each * _ONE).astype(np.int64).astype(object) for each in (grown, grown * grown))
    for early in np.flatnonzero(whole < 0):  # before the epoch bits are lost, one by one as with single events
        mass[early], square[early] = mass[early] >> -int(whole[early]), square[early] >> -2 * int(whole[early])
    whole = np.maximum(whole, 0)
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    base = np.minimum.reduceat(whole, starts)
    places = whole - np.repeat(base, sizes)
    mass, square = mass << places.astype(object), square << (2 * places).astype(object)
    columns = (np.add.reduceat(each, starts).tolist() for each in (mass, mass * at.astype(object), square))
    return zip(keys[starts].tolist(), map(Sums, base.tolist(), *columns, sizes.tolist()), strict=True)


@overload
def _growth(share: float, step: int, root: float) -> float: ...


@overload
def _growth(share: NDArray[np.float64], step: NDArray[np.int64], root: NDArray[np.float64]) -> NDArray[np.float64]: ...


def _growth(share: Any, step: Any, root: Any) -> Any:
    """``2**share`` for a share from 0 to 1, of additions and products alone: IEEE 754 gives the same bits everywhere, which exp2 does not."""
    small = share - step / _STEPS
    series = _TAYLOR[0]
    for term in (*_TAYLOR[1:], 1.0):
        series = series * small + term
    return root * series


@lru_cache(maxsize=1_000)
def _grown(at: int, half_life: int) -> tuple[int, float]:
    """Whole half-lives until ``at``, and what the rest of the last one grows by."""
    whole, rest = divmod(at, half_life)
    share = rest / half_life
    step = int(share * _STEPS)
    return whole, _growth(share, step, _roots()[step])


@cache
def _roots() -> tuple[float, ...]:
    return tuple(float(Decimal(2) ** (Decimal(step) / _STEPS)) for step in range(_STEPS))


def _quotient(number: int, places: int) -> float:
    """The number over ``2**places``, rounded once."""
    return number / (1 << places) if places >= 0 else float(number << -places)
