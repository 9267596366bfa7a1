"""What the forecast room hands out: frozen, every figure with its interval, every cause with the records that it rests on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.trace.cells import Confidence, Frozen

Factor = Literal["volume", "mix", "win_rate", "deal_size"]
Basis = Literal["score", "base_rate"]


class Records(Frozen):
    """Records of one table that something rests on: the ``ids`` of the latest twenty in our store, of ``n``."""

    table: str
    ids: tuple[int, ...]
    n: int


class DriverFound(Frozen):
    """A group of deals that is won more or less often than the rest: ``rate`` (Wilson) against ``rest`` and their ``difference`` (Newcombe).

    ``feature`` is what was looked at, with the ``level`` of words or the number ``above`` which a deal is in the group. All figures are of later deals than
    those that the group was found on.
    """

    feature: str
    level: str | None
    above: Decimal | None
    rate: Confidence
    rest: Confidence
    difference: Confidence
    records: Records


class SignalFound(Frozen):
    """Whether the data tells deals apart. ``claimed`` is true exactly where the interval of ``skill`` (Brier skill over the base rate) lies above zero.

    ``skill`` is None where no forecast could be made of a past deal without its future; ``origins`` are the past days on which forecasts were made of
    ``deals``.
    """

    claimed: bool
    as_of: date
    base_rate: Confidence
    skill: Confidence | None
    skill_over_stages: Confidence | None
    origins: int
    deals: int
    drivers: tuple[DriverFound, ...]


class Summand(Frozen):
    """What one feature adds to a deal's score, in log-odds against the average deal, with a 95 % interval. ``value`` is what is known of the deal."""

    feature: str
    value: str
    log_odds: Decimal
    low: Decimal
    high: Decimal
    records: Records


class DealOutlook(Frozen):
    """The chance that a deal is won, as known on ``as_of``.

    With ``basis`` "score" the chance is a Venn-Abers pair ``[low, high]`` = [p0, p1], and ``start`` plus the summands is exactly ``score``. With "base_rate"
    the data carries no signal: the chance is that of all decided deals, and there is no score.
    """

    deal: int
    name: str
    as_of: date
    basis: Basis
    chance: Confidence
    score: Decimal | None = None
    start: Decimal | None = None
    summands: tuple[Summand, ...] = ()
    outcome: Literal["open", "won", "lost"]
    signal: SignalFound


class Bracket(Frozen):
    """What one region, team, owner … brings in a period. ``name`` is None for deals that name none."""

    name: str | None
    booked: Decimal
    total: Confidence


class PastPeriod(Frozen):
    """A forecast of the same kind made on a past day with what was known then, and what came."""

    as_of: date
    low: Decimal
    point: Decimal
    high: Decimal
    actual: Decimal
    held: bool


class ExpectedDeal(Frozen):
    """What an open deal brings to the period on average over all draws."""

    deal: int
    name: str
    amount: Decimal | None
    expected: Decimal


class PeriodForecast(Frozen):
    """The value won from ``start`` to ``end`` as seen at the end of ``as_of``: ``total`` with a 90 % interval, in ``unit`` (None where the export names none).

    ``booked`` is won already, ``from_open`` and ``from_new`` the means of what open deals and deals not created yet add; ``stage_weighted`` is booked plus
    amounts times stage probabilities. ``coverage`` is the share of ``past`` periods, looked at in the same way, whose value lay within the interval as
    stretched by ``widening``; ``error`` and ``stage_weighted_error`` are mean absolute errors over them (None without stages). Looks overlap, so the coverage
    is less certain than its interval says. ``left_out`` deals have an amount in a currency without a rate, or no day.
    """

    start: date
    end: date
    as_of: date
    unit: str | None
    basis: Basis
    booked: Decimal
    from_open: Decimal
    from_new: Decimal
    total: Confidence
    stage_weighted: Decimal | None
    coverage: Confidence
    widening: Decimal
    error: Decimal | None
    stage_weighted_error: Decimal | None
    past: tuple[PastPeriod, ...]
    brackets: tuple[Bracket, ...]
    deals: tuple[ExpectedDeal, ...]
    booked_records: Records
    left_out: int


class Cause(Frozen):
    """How much of a difference one factor explains, with a 95 % interval over accounts, and the wins and losses that it rests on."""

    factor: Factor
    share: Confidence
    records: Records


class ChangeExplained(Frozen):
    """Why the value won went from ``before`` to ``after``: ``causes`` add up to the difference (Shapley values), with the mix told by ``by``."""

    before_start: date
    before_end: date
    after_start: date
    after_end: date
    unit: str | None
    before: Decimal
    after: Decimal
    by: str
    causes: tuple[Cause, ...]


class Attainment(Frozen):
    """How a target stands: ``booked`` so far, the ``total`` expected at its end with a 90 % interval, and in which share of draws it is reached."""

    target: int
    holder: str | None
    metric: str | None
    start: date
    end: date
    amount: Decimal
    unit: str | None
    booked: Decimal
    total: Confidence
    chance: Decimal
