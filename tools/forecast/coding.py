"""Turns rows of the store into the arrays of a history, and decides which fields were there before the end of a deal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tools.forecast.history import NEVER, UNKNOWN, Coded, Events

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

Row = Mapping[str, Any]
ENDS = ("won", "lost")
EARLY, FEWEST_OPEN, RARE = 0.7, 10, -13.8
"""What open deals bear less than 0.7 times as often as decided ones is filled in at the end, no forerunner of it. RARE is the log of one in a million."""


def opening_day(row: Row, moves: Mapping[int, Sequence[Row]]) -> int:
    """The day a deal was opened, or else entered its first stage; UNKNOWN without either."""
    first = row["opened_on"] or next((move["entered_on"] for move in moves.get(row["id"], ())), None)
    return UNKNOWN if first is None else int(first.toordinal())


def closing_day(row: Row, moves: Mapping[int, Sequence[Row]], today: int) -> int | None:
    """The day a deal was decided, NEVER while it is open, None where it was decided on a day that nothing tells."""
    if row["status"] not in ENDS:
        return NEVER
    last = row["close_on"] or next((move["entered_on"] for move in reversed(moves.get(row["id"], ()))), None)
    return None if last is None else int(last.toordinal()) if last.toordinal() <= today else NEVER


def planned_day(row: Row) -> int:
    """The day on which an open deal is expected to be decided; NEVER where none is planned."""
    return int(row["close_on"].toordinal()) if row["status"] not in ENDS and row["close_on"] is not None else NEVER


def money(amount: Decimal | None, factor: float | None) -> float:
    """An amount in the one currency; nan where it is none, nothing, or not convertible."""
    return float(amount) * factor if amount is not None and amount > 0 and factor is not None else float("nan")


def price_of(product: Row | None, factors: Mapping[str | None, float]) -> float:
    """The list price of a product likewise; without a currency it is taken to be in that of the deals."""
    if product is None:
        return float("nan")
    return money(product["list_price"], factors.get(product["currency"], 1.0 if product["currency"] is None else None))


def product_name(products: Mapping[int, Row], product: int | None, told: str | None) -> str | None:
    """What a deal's product is called."""
    return products[product]["name"] if product is not None and product in products else told


def number(value: Decimal | int | str | None) -> float:
    """A number of any column; nan where there is none."""
    return float("nan") if value is None else float(value)


def coded(values: Sequence[Hashable]) -> Coded:
    """Words as codes; record ids become ``#id``."""
    import numpy as np

    told = [None if each is None or each == "" else f"#{each}" if isinstance(each, int) else str(each) for each in values]
    levels = tuple(sorted({each for each in told if each is not None}))
    place = {level: at for at, level in enumerate(levels)}
    return Coded(np.array([UNKNOWN if each is None else place[each] for each in told], np.int64), levels)


def events_of(rows: Sequence[tuple[int, int, int]]) -> Events:
    """Events from rows of holder, day and record."""
    import numpy as np

    table = np.array(rows, np.int64).reshape(-1, 3)
    return Events(table[:, 0], table[:, 1], table[:, 2])


def known_early(filled: Flags, closed: Ints) -> bool:
    """Whether open deals bear a field about as often as decided ones. With fewer than ten open ones nothing tells, and it is taken not to be."""
    still = closed == NEVER
    if still.sum() < FEWEST_OPEN or still.all():
        return False
    return bool(filled[still].mean() >= EARLY * filled[~still].mean())


def early_words(name: str, coded: Coded, closed: Ints, won: Flags) -> bool:
    """Whether words may serve to foretell: filled in early, and not written by the end itself."""
    filled = coded.codes == coded.levels.index("yes") if name == "competitor" and "yes" in coded.levels else coded.codes != UNKNOWN
    return len(coded.levels) > 1 and known_early(filled, closed) and not tells_the_end(coded, closed, won)


def tells_the_end(coded: Coded, closed: Ints, won: Flags) -> bool:
    """Whether a word is too good to have been there before the end: all deals that bear it were won, or all lost, and chance gives that once in a million."""
    import numpy as np

    decided = (closed < NEVER) & (coded.codes != UNKNOWN)
    n = np.bincount(coded.codes[decided], minlength=len(coded.levels))
    wins = np.bincount(coded.codes[decided], weights=won[decided], minlength=len(coded.levels))
    rate = (won[decided].sum() + 1) / (decided.sum() + 2)
    return bool((((wins == 0) & (n * np.log(1 - rate) < RARE)) | ((wins == n) & (n * np.log(rate) < RARE))).any())


def as_often(filled: Flags, won: Flags, closed: Ints) -> bool:
    """Whether lost deals bear a field as often as won ones."""
    lost = (closed < NEVER) & ~won
    return not lost.any() or not won.any() or bool(filled[lost].mean() >= EARLY * filled[won].mean())
