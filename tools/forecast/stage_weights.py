"""The sum that sales teams know: what is booked plus each open amount times the probability of its stage. Kept to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.forecast.history import NEVER, UNKNOWN
from tools.forecast.simulating import Period, started
from tools.forecast.study import Study

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

FEWEST = 3


def stage_weighted(study: Study, period: Period, inside: Flags | None = None) -> float | None:
    """Booked value plus stage-weighted open value, as of ``period.day``. None where neither stages nor amounts of open deals are known.

    Of the deals ``inside``, all where it is None.
    """
    import numpy as np

    found = stage_weights(study, period, inside)
    if found is None:
        return None
    history, (deals, weights) = study.history, found
    booked = (history.closed >= period.start) & (history.closed <= period.day) & history.won
    booked = booked if inside is None else booked & inside
    return float(np.nansum(history.amount[deals] * weights) + np.nansum(history.amount[booked]))


def stage_weights(study: Study, period: Period, inside: Flags | None = None) -> tuple[Ints, Floats] | None:
    """The open deals that count, by their places, and the probability of each by its stage (nan where none is known); None where nothing tells.

    A stage's probability is the median of those recorded with open deals in it, else the share won of past deals that stood there. Today only deals count that
    are planned to be decided by the end of the period, where plans are recorded; of past days no plans are known, so all open deals count.
    """
    import numpy as np

    history, day = study.history, period.day
    meant = started(history) if inside is None else started(history) & inside
    underway = np.flatnonzero(meant & (history.opened <= day) & (history.closed > day))
    if day == study.day and (history.planned[underway] < NEVER).any():
        underway = underway[history.planned[underway] <= period.end]
        stages = history.stage_now.codes[underway]
    else:
        known = study.knowledge.at(underway, np.full(len(underway), day)).words.get("stage")
        if known is None:
            return None
        stages = known.codes
    rates = _probabilities(study)
    weights = np.where(stages == UNKNOWN, np.nan, rates[np.maximum(stages, 0)]) if len(rates) else np.full(len(stages), np.nan)
    return None if len(underway) and np.isnan(history.amount[underway] * weights).all() else (underway, weights)


def _probabilities(study: Study) -> Floats:
    """The probability of each stage; nan where nothing tells."""
    import numpy as np

    history = study.history
    size = len(history.stage_now.levels)
    found = np.full(size, np.nan)
    stages = study.shots.known.words.get("stage")
    decided = history.decided[study.shots.known.deals]
    for stage in range(size):
        told = history.probability[(history.stage_now.codes == stage) & ~history.decided]
        told = told[~np.isnan(told)]
        if len(told) >= FEWEST:
            found[stage] = np.median(told)
        elif stages is not None and (past := decided & (stages.codes == stage)).any():
            found[stage] = history.won[study.shots.known.deals[past]].mean()
    return found
