"""What was known of a deal at the end of a day: every feature counts only what is dated up to that day, so that nothing of the future can leak in.

All of it is done for many (deal, day) pairs at once: events are sorted by holder and day, and a count up to a day is a difference of two positions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.forecast.history import NEVER, UNKNOWN, Coded, History

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

SPAN = NEVER + 1
RECENT = 30
COUNTED = 10
TRACKED = 8.0
"""How many decided deals the overall win rate counts for in the track record of an owner, account or product."""


@dataclass(frozen=True, slots=True)
class Known:
    """Features of (deal, day) pairs: ``numbers`` with nan where unknown, ``words`` as codes with UNKNOWN, and the pairs themselves."""

    deals: Ints
    days: Ints
    numbers: Mapping[str, Floats]
    words: Mapping[str, Coded]


class Knowledge:
    """Answers what was known when, for one history. The sorting is done once."""

    def __init__(self, history: History) -> None:
        """Sort the events of ``history``."""
        import numpy as np

        self.history = history
        places = np.arange(len(history.ids))
        self.moves = _Sorted(history.stage_moves.holder, history.stage_moves.day)
        self.said = {name: _Sorted(events.holder, events.day) for name, events in history.deal_events.items()}
        self.about = {name: _Sorted(events.holder, events.day) for name, events in history.account_events.items()}
        self.ends = {name: _Sorted(coded.codes, history.closed) for name, coded in history.groups.items()}
        self.starts = {name: _Sorted(coded.codes, np.where(history.opened < 0, NEVER, history.opened)) for name, coded in history.groups.items()}
        self.all_ends = _Sorted(np.zeros_like(places), history.closed)

    def at(self, deals: Ints, days: Ints) -> Known:
        """Features of each deal at the end of its day."""
        import numpy as np

        history, opened = self.history, self.history.opened[deals]
        numbers: dict[str, Floats] = {"age": np.where(opened < 0, np.nan, np.log1p(np.maximum(days - opened, 0)))}
        if history.amount_known_early:
            numbers["amount"] = _log(self._number("amount", history.amount, deals, days))
        numbers["price"] = _log(history.price[deals])
        for name, values in history.numbers.items():
            numbers[name] = _log(self._number(name, values, deals, days))
        words = {name: self._words(name, coded, deals, days) for name, coded in history.words.items()}
        for name, coded in history.groups.items():
            own = self._words(name, coded, deals, days)
            numbers |= self._track(name, own.codes, days)
            if name == "product":
                words[name] = own
        numbers |= self._counts(deals, days)
        stage, moved = self._stages(deals, days)
        if stage is not None:
            words["stage"] = stage
            numbers |= moved
        return Known(deals, days, numbers, words)

    def _counts(self, deals: Ints, days: Ints) -> dict[str, Floats]:
        """Interactions and other events up to the day: with the deal since ever, with its account lately, and how long ago the last was."""
        import numpy as np

        found: dict[str, Floats] = {}
        last = np.full(len(deals), -1, np.int64)
        for name, events in self.said.items():
            found[f"deal:{name}"] = np.minimum(events.upto(deals, days), COUNTED).astype(float)
            last = np.maximum(last, events.last(deals, days))
        if self.said:
            found["deal:all"] = np.log1p(sum((events.upto(deals, days) for events in self.said.values()), np.zeros(len(deals))))
            since = np.where(last < 0, np.maximum(self.history.opened[deals], 0), last)
            found["quiet"] = np.log1p(np.clip(days - since, 0, 3650))
        accounts = self.history.groups["account"].codes[deals]
        for name, events in self.about.items():
            recent = events.upto(accounts, days) - events.upto(accounts, days - RECENT)
            found[f"account:{name}"] = np.where(accounts == UNKNOWN, np.nan, np.log1p(recent))
        return found

    def _track(self, name: str, codes: Ints, days: Ints) -> dict[str, Floats]:
        """How often the owner's (account's, product's) deals decided by the day were won, against all: log-odds, shrunk; and for how many."""
        import numpy as np

        won = self.history.won.astype(float)
        wins, all_wins = self.ends[name].sums(won, codes, days), self.all_ends.sums(won, np.zeros_like(codes), days)
        n, all_n = self.ends[name].upto(codes, days), self.all_ends.upto(np.zeros_like(codes), days)
        base = (all_wins + 1) / (all_n + 2)
        own = (wins + TRACKED * base) / (n + TRACKED)
        lost = np.where(codes == UNKNOWN, np.nan, np.log(own / (1 - own)) - np.log(base / (1 - base)))
        found = {f"{name}:record": lost}
        if name != "product":
            underway = self.starts[name].upto(codes, days) - n
            found[f"{name}:underway"] = np.where(codes == UNKNOWN, np.nan, np.log1p(np.maximum(underway, 0)))
        if name == "account":
            found["account:won"] = np.where(codes == UNKNOWN, np.nan, np.log1p(wins))
            found["account:lost"] = np.where(codes == UNKNOWN, np.nan, np.log1p(n - wins))
        return found

    def _stages(self, deals: Ints, days: Ints) -> tuple[Coded | None, dict[str, Floats]]:
        """The stage as of the day, how often it moved and how long it has stood; None where no stage history tells."""
        import numpy as np

        if not len(self.moves.order):
            return None, {}
        count, place = self.moves.upto(deals, days), self.moves.last_place(deals, days)
        entered = np.where(place < 0, self.history.opened[deals], self.moves.days[place])
        codes = np.where(place < 0, UNKNOWN, self.history.stage_codes[self.moves.order[place]])
        standing = np.where(entered < 0, np.nan, np.log1p(np.clip(days - entered, 0, 3650)))
        age = np.where(self.history.opened[deals] < 0, np.nan, np.maximum(days - self.history.opened[deals], 0))
        moves = np.minimum(count, COUNTED).astype(float)
        return Coded(codes, self.history.stage_now.levels), {
            "stage:moves": moves,
            "stage:moves_by_age": moves * np.log1p(age),
            "stage:pace": moves * RECENT / np.maximum(age, 7),
            "stage:standing": standing,
        }

    def _words(self, name: str, coded: Coded, deals: Ints, days: Ints) -> Coded:
        codes = coded.codes[deals]
        return Coded(self._revised(name, codes.astype(float), deals, days).astype(codes.dtype), coded.levels)

    def _number(self, name: str, values: Floats, deals: Ints, days: Ints) -> Floats:
        return self._revised(name, values[deals], deals, days)

    def _revised(self, name: str, values: Floats, deals: Ints, days: Ints) -> Floats:
        """Undo what was changed after the day, the latest change first."""
        changes = self.history.revised.get(name, ())
        if changes:
            values = values.copy()
            for change in sorted(changes, key=lambda each: -each.day):
                values[(deals == change.deal) & (days < change.day)] = change.before
        return values


class _Sorted:
    """Dated things of holders, in order of holder and day."""

    def __init__(self, holder: Ints, day: Ints) -> None:
        import numpy as np

        keys = holder * SPAN + day
        self.order = np.argsort(keys, kind="stable")
        self.keys, self.days = keys[self.order], day[self.order]

    def upto(self, holder: Ints, day: Ints) -> Ints:
        """How many of the holder lie at or before the day."""
        first, after = self._between(holder, day)
        return after - first

    def sums(self, values: Floats, holder: Ints, day: Ints) -> Floats:
        """The sum of ``values`` over them."""
        import numpy as np

        running: Floats = np.concatenate([[0.0], np.cumsum(values[self.order])])
        first, after = self._between(holder, day)
        found: Floats = running[after] - running[first]
        return found

    def last_place(self, holder: Ints, day: Ints) -> Ints:
        """The place of the latest of them in this order; -1 where there is none."""
        import numpy as np

        first, after = self._between(holder, day)
        return np.where(after > first, after - 1, -1)

    def last(self, holder: Ints, day: Ints) -> Ints:
        """The day of the latest of them; -1 where there is none."""
        import numpy as np

        place = self.last_place(holder, day)
        return np.where(place < 0, -1, self.days[place]) if len(self.days) else place

    def _between(self, holder: Ints, day: Ints) -> tuple[Ints, Ints]:
        import numpy as np

        return np.searchsorted(self.keys, holder * SPAN, "left"), np.searchsorted(self.keys, holder * SPAN + day, "right")


def _log(values: Floats) -> Floats:
    import numpy as np

    return np.where(values > 0, np.log(np.maximum(values, 1e-9)), np.nan)
