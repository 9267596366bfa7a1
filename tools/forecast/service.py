"""What the forecast room answers: whether the data carries a signal, and the chance of one deal with what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.forecast.errors import DealUnknown
from tools.forecast.history import UNKNOWN
from tools.forecast.knowing import RECENT, Known
from tools.forecast.rolling import Model, calibrated, scores
from tools.forecast.schemas import DealOutlook, DriverFound, Records, SignalFound, Summand
from tools.forecast.skill import Skill
from tools.forecast.study import Study, open_study
from tools.forecast.venn_abers import merged
from tools.trace.cells import Confidence
from tools.trace.intervals import newcombe, wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["assess", "deal_outlook", "open_study"]

CITED = 20
PLACES = Decimal("0.000001")
SCORE_LEVEL = Decimal("0.95")


def assess(study: Study) -> SignalFound:
    """Whether the data tells deals apart, by forecasts of past deals made without their future, and which groups are won more often.

    Raises NoOpeningDays.
    """
    history, skill = study.history, study.skill
    return SignalFound(
        claimed=skill.claimed,
        as_of=study.today,
        base_rate=wilson(int(history.won.sum()), study.decided),
        skill=_skill(skill),
        skill_over_stages=_skill(study.skill_over_stages) if "stage" in study.shots.known.words else None,
        origins=skill.origins,
        deals=skill.deals,
        drivers=tuple(
            DriverFound(
                feature=each.name,
                level=each.level,
                above=None if each.above is None else exact(each.above),
                rate=wilson(each.won, each.n),
                rest=wilson(each.rest_won, each.rest),
                difference=newcombe(each.won, each.n, each.rest_won, each.rest),
                records=records("opportunities", history.ids[list(each.deals)]),
            )
            for each in study.drivers
        ),
    )


def deal_outlook(study: Study, deal: int) -> DealOutlook:
    """The chance that the deal with this id in our store is won; of a decided one, as it was known the day before its end.

    Raises DealUnknown and NoOpeningDays.
    """
    import numpy as np

    history = study.history
    found = np.flatnonzero(history.ids == deal)
    if not len(found):
        raise DealUnknown(deal=deal)
    place = int(found[0])
    signal = assess(study)
    day = study.day if not history.decided[place] else int(max(history.closed[place] - 1, history.opened[place]))
    outcome = "open" if not history.decided[place] else "won" if history.won[place] else "lost"
    told = {"deal": deal, "name": history.names[place], "as_of": type(study.today).fromordinal(day), "outcome": outcome, "signal": signal}
    model = study.model
    if model is None:
        return DealOutlook(basis="base_rate", chance=signal.base_rate, **told)
    known = study.knowledge.at(found[:1], np.array([day]))
    start, summands = _summands(study, model, known, place, day)
    p0, p1 = calibrated(model, scores(model, known))
    chance = Confidence(
        level=SCORE_LEVEL,
        low=exact(float(p0[0])),
        point=exact(float(merged(p0, p1)[0])),
        high=exact(float(p1[0])),
        method="venn-abers",
        n=round(float(model.weights.sum())),
    )
    score = sum((each.log_odds for each in summands), start)
    return DealOutlook(basis="score", chance=chance, score=score, start=start, summands=summands, **told)


def records(table: str, ids: Ints | Sequence[int]) -> Records:
    """The latest twenty of the records, by their ids."""
    held = sorted({int(each) for each in ids})
    return Records(table=table, ids=tuple(held[-CITED:]), n=len(held))


def exact(value: float, places: Decimal = PLACES) -> Decimal:
    """A computed figure as a decimal of six places."""
    return Decimal(repr(float(value))).quantize(places)


def _skill(skill: Skill) -> Confidence | None:
    if not skill.clusters:
        return None
    return Confidence(
        level=Decimal("0.95"), low=exact(skill.low), point=exact(skill.point), high=exact(skill.high), method="cluster-bootstrap", n=skill.clusters
    )


def _summands(study: Study, model: Model, known: Known, place: int, day: int) -> tuple[Decimal, tuple[Summand, ...]]:
    """The intercept and what each feature adds to it, the strongest first; features that add nothing are left out."""
    import numpy as np

    row = model.encoding.matrix(known)[0]
    names = np.array([feature_of(column.name) for column in model.encoding.columns])
    found = []
    for name in dict.fromkeys(names.tolist()):
        own = np.flatnonzero(names == name)
        effect = exact(float(row[own] @ model.fit.beta[1:][own]))
        if effect:
            reach = 1.96 * float(np.sqrt(row[own] @ model.fit.covariance[np.ix_(own + 1, own + 1)] @ row[own]))
            low, high = exact(float(effect) - reach), exact(float(effect) + reach)
            value = _value(study, known, name, place)
            found.append(Summand(feature=name, value=value, log_odds=effect, low=low, high=high, records=_grounds(study, name, place, day)))
    return exact(float(model.fit.beta[0])), tuple(sorted(found, key=lambda each: -abs(each.log_odds)))


def feature_of(name: str) -> str:
    """The feature that a column belongs to: all that tells of stages is one."""
    return "stage" if name.startswith("stage") else name


def _value(study: Study, known: Known, name: str, place: int) -> str:
    """What is known of the deal, as a person would say it."""
    if name in known.words:
        code = int(known.words[name].codes[0])
        return known.words[name].levels[code] if code != UNKNOWN else ""
    group, _, kind = name.partition(":")
    if kind in {"record", "underway", "won", "lost"} and group in study.history.groups:
        coded = study.history.groups[group]
        code = int(coded.codes[place])
        level = coded.levels[code] if code != UNKNOWN else ""
        return study.history.labels.get(level, level)
    value = float(known.numbers[name][0])
    if value != value:
        return ""
    counted = name.startswith("deal:") and name != "deal:all"
    logged = name in {"age", "quiet", "deal:all"} or group == "account"
    return f"{value if counted else _unlogged(value, plus=1.0 if logged else 0.0):.0f}"


def _unlogged(value: float, plus: float) -> float:
    from math import exp

    return exp(value) - plus


def _grounds(study: Study, name: str, place: int, day: int) -> Records:
    """The records that a feature of a deal counts, up to the day."""
    import numpy as np

    history = study.history
    group, _, kind = name.partition(":")
    if name == "stage":
        moves = history.stage_moves
        return records("stage_history", moves.records[(moves.holder == place) & (moves.day <= day)])
    if group == "deal":
        chosen = history.deal_events.values() if kind == "all" else [history.deal_events[kind]]
        own = [events.records[(events.holder == place) & (events.day <= day)] for events in chosen]
        return records("interactions", np.concatenate(own))
    if group == "account" and kind in history.account_events:
        events = history.account_events[kind]
        account = history.groups["account"].codes[place]
        table = kind if kind in {"tickets", "contracts"} else "interactions"
        return records(table, events.records[(events.holder == account) & (events.day <= day) & (events.day > day - RECENT)])
    if kind and group in history.groups:
        codes = history.groups[group].codes
        same = (codes == codes[place]) & (codes != UNKNOWN)
        counted = history.closed <= day if kind != "underway" else (history.opened <= day) & (history.closed > day)
        return records("opportunities", history.ids[same & counted])
    return records("opportunities", history.ids[[place]])
