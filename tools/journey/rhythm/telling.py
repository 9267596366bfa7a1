"""Says an alert in a sentence of either language, from the texts in ``prompts/rhythm.yaml``."""

from __future__ import annotations

from decimal import Decimal

from prompts.words import said_day, say
from tools.journey.rhythm.schemas import RhythmAlert


def tell(alert: RhythmAlert, language: str) -> str:
    """What changed, since when, on how many records against how many expected, and how often such an alert is false."""
    what = say(f"rhythm_of_{'one_' if alert.count == 1 else ''}{alert.counted}", language)
    said = say(
        f"rhythm_{alert.series}_{alert.direction}",
        language,
        account=alert.account,
        what=what,
        since=said_day(alert.changed, language),
        weeks=_weeks(len(alert.weeks), language),
        count=alert.count,
        expected=_number(alert.expected),
        usual=_number(alert.past.a_week),
        past_weeks=_weeks(alert.past.weeks, language),
        past_count=alert.past.count,
    )
    return (
        said
        + " " * (language == "en")
        + say("rhythm_false_alarms", language, rate=_number(alert.false_alarms_a_year), years=_number(1 / alert.false_alarms_a_year))
    )


def tell_weeks(alert: RhythmAlert, language: str) -> tuple[str, ...]:
    """Each cited week: its Monday, what was counted, what was expected, and whether holidays made it a quiet one."""
    return tuple(
        say("rhythm_quiet_week" if week.busyness < Decimal("0.8") else "rhythm_week", language, monday=said_day(week.monday, language), count=week.count,
            expected=_number(week.expected))
        for week in alert.weeks
    )  # fmt: skip


def _weeks(n: int, language: str) -> str:
    return say("rhythm_one_week" if n == 1 else "rhythm_weeks", language, n=n)


def _number(value: Decimal) -> str:
    places = Decimal("0.1") if value >= 1 else Decimal("0.01")
    return f"{value.quantize(places).normalize():f}"
