"""One reading of the deals that a person may see, as of a day, with what was learnt from it; each part is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.forecast.drivers import CALENDAR, Driver, find_drivers
from tools.forecast.errors import NoCloseDays, NoOpeningDays, TooFewDecided
from tools.forecast.history import History
from tools.forecast.knowing import Knowledge
from tools.forecast.reading import Reader
from tools.forecast.rolling import Model, Rolled, Snapshots, calibrated, fit_model, roll, scores, snapshots
from tools.forecast.skill import Skill, brier_skill
from tools.forecast.venn_abers import merged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_DECIDED = 20
DATED = 0.5


class Study:
    """What the deals tell on ``day`` (the ordinal of ``today``). ``seed`` decides all draws, so that the same question gets the same answer."""

    def __init__(self, history: History, today: date, seed: int = 1) -> None:
        """Raises TooFewDecided."""
        self.history, self.today, self.day, self.seed = history, today, today.toordinal(), seed
        self.held: dict[Hashable, object] = {}
        """What was worked out for single questions, to be asked for again."""
        self.cost = 0.0
        """Seconds that learning it took so far."""
        self.decided = int(history.decided.sum())
        if self.decided < FEWEST_DECIDED:
            raise TooFewDecided(found=self.decided, needed=FEWEST_DECIDED)

    def rng(self, room: int) -> np.random.Generator:
        """The stream of draws for one purpose."""
        import numpy as np

        return np.random.default_rng([self.seed, room])

    @cached_property
    def knowledge(self) -> Knowledge:
        """What was known when. Raises NoOpeningDays."""
        opened = self.history.opened[self.history.decided] >= 0
        if opened.mean() < DATED:
            raise NoOpeningDays(found=int(opened.sum()), total=len(opened))
        return Knowledge(self.history)

    @cached_property
    def shots(self) -> Snapshots:
        """Every deal on every past origin."""
        return snapshots(self.history, self.knowledge, self.day)

    @cached_property
    def rolled(self) -> Rolled:
        """Forecasts made without the future."""
        began = perf_counter()
        found = roll(self.history, self.shots)
        self.cost += perf_counter() - began
        return found

    @cached_property
    def skill(self) -> Skill:
        """Their skill over the base rate."""
        return self._skill(self.rolled.base)

    @cached_property
    def skill_over_stages(self) -> Skill:
        """Their skill over the share won in the same stage."""
        return self._skill(self.rolled.stage)

    @cached_property
    def drivers(self) -> tuple[Driver, ...]:
        """Groups that are won more or less often."""
        return find_drivers(self.history, self.knowledge, self.shots)

    @property
    def seasonal(self) -> bool:
        """Whether the last month of a quarter was shown to differ."""
        return any(driver.name == CALENDAR for driver in self.drivers)

    @cached_property
    def model(self) -> Model | None:
        """The model of today; None where the data carries no signal, for then nothing may be told by it."""
        return fit_model(self.history, self.shots, self.day, self.rolled.choice) if self.skill.claimed else None

    @cached_property
    def chances(self) -> Floats | None:
        """The calibrated chance of every open deal (nan for the others) today; None where the data carries no signal."""
        import numpy as np

        if self.model is None:
            return None
        found = np.full(len(self.history.ids), np.nan)
        underway = np.flatnonzero(~self.history.decided)
        score = scores(self.model, self.knowledge.at(underway, np.full(len(underway), self.day)))
        found[underway] = merged(*calibrated(self.model, score))
        return found

    def _skill(self, reference: Floats) -> Skill:
        rolled = self.rolled
        clusters = self.history.accounts()[rolled.deals]
        return brier_skill(rolled.p, reference, rolled.won, clusters, rolled.deals, rolled.origin, self.rng(1))


def open_study(
    session: Session, principal: Principal, scope: RowScope, today: date, *, zone: str = "UTC", reporting: str | None = None, seed: int = 1
) -> Study:
    """Read the deals that ``principal`` may see as they stood at the end of ``today``, in the store's time ``zone`` and ``reporting`` currency.

    Raises TooFewDecided, and NoCloseDays where deals are decided but on no day that is told.
    """
    reader = Reader(session, principal, scope, today, zone, reporting)
    history = reader.history()
    if reader.undated and reader.undated > int(history.decided.sum()):
        raise NoCloseDays(found=reader.undated)
    return Study(history, today, seed)
