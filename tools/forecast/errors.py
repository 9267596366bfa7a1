"""What stands in the way of a forecast."""

from __future__ import annotations

from tools.store.errors import PlumbError


class TooFewDecided(PlumbError):
    """Too few deals were won or lost to say anything of the future. Data: ``found``, ``needed``."""

    key = "forecast_too_few"


class NoCloseDays(PlumbError):
    """Deals were won and lost, but no day tells when. Data: ``found``."""

    key = "forecast_no_close_days"


class NoOpeningDays(PlumbError):
    """Hardly a deal tells when it was opened, so nothing can be said about what was known before its end. Data: ``found``, ``total``."""

    key = "forecast_no_opening_days"


class NoAmountsWon(PlumbError):
    """No won deal bears an amount, so a value can't be forecast."""

    key = "forecast_no_amounts"


class DealUnknown(PlumbError):
    """There is no such deal among those that the person may see. Data: ``deal``."""

    key = "forecast_deal_unknown"


class PeriodIsOver(PlumbError):
    """The period has ended; what it brought is a fact to be counted. Data: ``end``, ``today``."""

    key = "forecast_period_over"


class PeriodIsTooFar(PlumbError):
    """The period ends further ahead than the history reaches back. Data: ``end``, ``weeks``."""

    key = "forecast_period_far"


class PeriodUpsideDown(PlumbError):
    """The period ends before it starts. Data: ``start``, ``end``."""

    key = "forecast_period_upside_down"


class PeriodsOverlap(PlumbError):
    """Two periods that are to be compared share days. Data: ``start``, ``end`` of what they share."""

    key = "forecast_periods_overlap"


class SideUnknown(PlumbError):
    """Deals can't be told apart by that. Data: ``by``, ``known``."""

    key = "forecast_side_unknown"


class NothingDecidedThen(PlumbError):
    """In a period that is to be explained no deal was won or lost. Data: ``start``, ``end``."""

    key = "forecast_nothing_decided"


class NoTargets(PlumbError):
    """No target of an amount for that period is among those that the person may see. Data: ``start``, ``end``."""

    key = "forecast_no_targets"


class TargetsElsewhere(PlumbError):
    """There are targets, but none for that period and holder. Data: ``start``, ``end``, ``n`` of targets, ``spans`` of days that have some."""

    key = "forecast_targets_elsewhere"
