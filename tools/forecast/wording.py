"""Says in both languages what was found about deals: whether the data carries a signal, which groups stand out, and what a feature is called."""

from __future__ import annotations

from decimal import Decimal
from math import exp

from prompts.words import say
from tools.forecast.drivers import CALENDAR, LENGTHY
from tools.forecast.schemas import DriverFound, SignalFound

LOGGED_PLUS_ONE = ("quiet", "deal:all")
SHOWN = 3


def say_signal(signal: SignalFound, language: str) -> str:
    """The verdict in one sentence, one for each of the three groups that stand out most, and what the figures of these are of."""
    base = signal.base_rate
    told: dict[str, object] = {"base": percent(base.point), "low": percent(base.low), "high": percent(base.high), "n": base.n, "deals": signal.deals}
    if signal.skill is None:
        first = say("forecast_signal_unchecked", language, **told)
    else:
        skill = signal.skill
        told |= {"skill": percent(skill.point, 1), "skill_low": percent(skill.low, 1), "skill_high": percent(skill.high, 1)}
        first = say("forecast_signal_found" if signal.claimed else "forecast_signal_none", language, **told)
    groups = [say_driver(driver, language) for driver in signal.drivers[:SHOWN]]
    return ("" if language == "zh" else " ").join([first, *groups, *([say("forecast_drivers_tested", language)] if groups else [])])


def say_driver(driver: DriverFound, language: str) -> str:
    """One group with its rate, that of the rest, and the difference with its interval."""
    difference = driver.difference
    more = difference.point > 0
    low, high = (difference.low, difference.high) if more else (-difference.high, -difference.low)
    return say(
        "forecast_driver_more" if more else "forecast_driver_less",
        language,
        group=say_group(driver, language),
        rate=percent(driver.rate.point),
        n=driver.rate.n,
        rest=percent(driver.rest.point),
        rest_n=driver.rest.n,
        difference=points(abs(difference.point)),
        low=points(low),
        high=points(high),
    )


def say_group(driver: DriverFound, language: str) -> str:
    """Which deals are meant."""
    name = driver.feature
    if name == CALENDAR:
        return say("forecast_group_quarter_end", language)
    if name == "competitor":
        return say(f"forecast_group_competitor_{driver.level}", language)
    above = "" if driver.above is None else _plain(name, driver.above)
    if name == LENGTHY:
        return say("forecast_group_life", language, above=above)
    key = "forecast_group_level" if driver.level is not None else "forecast_group_above"
    return say(key, language, feature=say_feature(name, language), level=driver.level, above=above)


def say_feature(name: str, language: str) -> str:
    """What a feature is called."""
    group, _, kind = name.partition(":")
    if group == "deal":
        return say("forecast_feature_deal_all", language) if kind == "all" else say("forecast_feature_deal_kind", language, kind=kind)
    if group == "stage" and kind:
        return say("forecast_feature_moves", language)
    if kind in {"record", "underway"}:
        return say(f"forecast_feature_{kind}", language, holder=say(f"forecast_holder_{group}", language))
    if group == "account" and kind.startswith("said "):
        return say("forecast_feature_said_kind", language, kind=kind.removeprefix("said "))
    return say(f"forecast_feature_{kind or group}", language)


def percent(value: Decimal, places: int = 0) -> str:
    """A fraction as a percentage."""
    return f"{value * 100:.{places}f}%"


def points(value: Decimal) -> str:
    """A difference of fractions in percentage points."""
    return f"{value * 100:.0f}"


def _plain(name: str, value: Decimal) -> str:
    """A border as a person would say it: most numbers are kept as logarithms."""
    if name.endswith(":record"):
        return f"{value:+.2f}"
    if name != "deal:all" and name.startswith((LENGTHY, "stage", "deal:")):
        return f"{value:.0f}"
    added = 1.0 if name in LOGGED_PLUS_ONE or name.startswith(("account:", "owner:")) else 0.0
    return f"{exp(float(value)) - added:,.0f}"
