"""Exact decayed sums. Events may come in any order and in any batches, and be taken out again: the sums are the same to the last bit.

An event at ``t`` seconds after :data:`EPOCH` adds ``c * 2**(t / h)`` to a sum, kept as a whole number of ``2**-PLACES``; at time ``now`` the
sum is read times ``2**(-now / h)``. Whole numbers add up the same in every order, so that an update is O(1) however late an event is, and can
be taken back exactly. Knows neither accounts nor stages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

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
    """The decayed sums of one kind of evidence at one half-life; whole numbers of ``2**-PLACES`` grown since the epoch.

    ``mass`` sums ``c`` (what counts of each event, 0 to 1), ``moment`` sums ``c`` times the event's seconds since the epoch, ``square`` sums
    ``c**2`` (it decays twice as fast), ``n`` counts the events.
    """

    mass: int = 0
    moment: int = 0
    square: int = 0
    n: int = 0

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        return Sums(self.mass + other.mass, self.moment + other.moment, self.square + other.square, self.n + other.n)

    def minus(self, other: Sums) -> Sums:
        """This without the other."""
        return Sums(self.mass - other.mass, self.moment - other.moment, self.square - other.square, self.n - other.n)


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
    whole, rest = divmod(at, half_life)
    step = int(rest / half_life * _STEPS)
    grown = counts * _growth(rest / half_life, step, _roots()[step])
    mass = _shifted(round(grown * _ONE), whole)
    return Sums(mass, mass * at, _shifted(round(grown * grown * _ONE), 2 * whole), 1)


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
    whole, rest = divmod(now, half_life)
    step = int(rest / half_life * _STEPS)
    growth = _growth(rest / half_life, step, _roots()[step])
    mass = _quotient(sums.mass, PLACES + whole) / growth
    age = _quotient(now * sums.mass - sums.moment, PLACES + whole) / growth / half_life
    return Decayed(mass, _quotient(sums.square, PLACES + 2 * whole) / (growth * growth), age, sums.n)


def pack(sums: Sums) -> list[str | int]:
    """Sums as text that JSON keeps exactly: hexadecimal, trailing zeros counted."""
    return [_packed(sums.mass), _packed(sums.moment), _packed(sums.square), sums.n]


def unpack(packed: list[str | int]) -> Sums:
    """What :func:`pack` wrote."""
    mass, moment, square, n = packed
    return Sums(_unpacked(str(mass)), _unpacked(str(moment)), _unpacked(str(square)), int(n))


def _fold_sorted(keys: NDArray[np.int64], at: NDArray[np.int64], counts: NDArray[np.float64], half_lives: NDArray[np.int64]) -> Iterator[tuple[int, Sums]]:
    import numpy as np

    whole, rest = np.divmod(at, half_lives)
    share = rest / half_lives
    step = (share * _STEPS).astype(np.int64)
    grown = counts * _growth(share, step, np.array(_roots())[step])
    mass, square = (np.rint(each * _ONE).astype(np.int64).astype(object) for each in (grown, grown * grown))
    for early in np.flatnonzero(whole < 0):  # before the epoch bits are lost, one by one as with single events
        mass[early], square[early] = _shifted(mass[early], int(whole[early])), _shifted(square[early], 2 * int(whole[early]))
    whole = np.maximum(whole, 0)
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    base = np.minimum.reduceat(whole, starts)
    places = whole - np.repeat(base, sizes)
    mass, square = mass << places.astype(object), square << (2 * places).astype(object)
    columns = (np.add.reduceat(each, starts).tolist() for each in (mass, mass * at.astype(object), square))
    for key, grew, m, s1, s2, n in zip(keys[starts].tolist(), base.tolist(), *columns, sizes.tolist(), strict=True):
        yield key, Sums(m << grew, s1 << grew, s2 << 2 * grew, n)


def _growth(share, step, root):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - one formula for floats and arrays, whose bits agree
    """``2**share`` for a share from 0 to 1, of additions and products alone: IEEE 754 gives the same bits everywhere, which exp2 does not."""
    small = share - step / _STEPS
    series = _TAYLOR[0]
    for term in (*_TAYLOR[1:], 1.0):
        series = series * small + term
    return root * series


@cache
def _roots() -> tuple[float, ...]:
    return tuple(float(Decimal(2) ** (Decimal(step) / _STEPS)) for step in range(_STEPS))


def _shifted(number: int, places: int) -> int:
    return number << places if places >= 0 else number >> -places


def _quotient(number: int, places: int) -> float:
    """The number over ``2**places``, rounded once."""
    return number / (1 << places) if places >= 0 else float(number << -places)


def _packed(number: int) -> str:
    zeros = ((number & -number).bit_length() - 1) // 4 if number else 0
    return f"{number >> 4 * zeros:x}~{zeros}" if zeros > 3 else f"{number:x}"


def _unpacked(text: str) -> int:
    digits, _, zeros = text.partition("~")
    return int(digits, 16) << 4 * int(zeros) if zeros else int(digits, 16)
