"""Reads a file of stages and refuses one that can't be meant: unknown stages, absurd numbers, stages that act on each other in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tools.journey.errors import OriginUnknown, RelationsCircular, StageUnknown, TopicUnknown, WeightAbsurd, WeightsUnreadable
from tools.journey.weights import JourneyWeights

SHIPPED = Path(__file__).with_name("stages.yaml")
MOST_LOG_ODDS = 6.0
MOST_GAIN = 2.0
LONGEST_DAYS = 3_650


@cache
def shipped_weights() -> JourneyWeights:
    """The stages that come with the product."""
    return read_weights(SHIPPED.read_text("utf-8"))


def read_weights(text: str) -> JourneyWeights:
    """The stages that a YAML text tells. Raises the errors of :func:`checked`."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise WeightsUnreadable(place=f"{mark.line + 1}:{mark.column + 1}" if mark else "?", found=str(getattr(error, "problem", error))) from None
    return checked(raw)


def written(weights: JourneyWeights) -> str:
    """Stages as a YAML text, which :func:`read_weights` reads again."""
    content = weights.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=160)


def checked(raw: object) -> JourneyWeights:
    """A file's content in types. Raises WeightsUnreadable, StageUnknown, OriginUnknown, TopicUnknown, WeightAbsurd and RelationsCircular."""
    try:
        weights = JourneyWeights.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise WeightsUnreadable(place=".".join(map(str, first["loc"])) or "?", found=first["msg"]) from None
    _check_names(weights)
    _check_numbers(weights)
    order(weights)
    return weights


def order(weights: JourneyWeights) -> tuple[str, ...]:
    """The stages so that each comes after all that act on it. Raises RelationsCircular."""
    done: dict[str, None] = {}
    above = {stage: [each.source for each in weights.relations if each.target == stage] for stage in weights.stages}

    def visit(stage: str, path: tuple[str, ...]) -> None:
        if stage in path:
            raise RelationsCircular(circle=" → ".join((*path[path.index(stage) :], stage)))
        if stage not in done:
            for source in above[stage]:
                visit(source, (*path, stage))
            done[stage] = None

    for stage in weights.stages:
        visit(stage, ())
    return tuple(done)


def _check_names(weights: JourneyWeights) -> None:
    for key, evidence in weights.evidence.items():
        place = f"evidence.{key}"
        for origin in (evidence.origin, *(when.origin for when in evidence.when)):
            if origin is not None and origin not in weights.origins:
                raise OriginUnknown(origin=origin, place=place)
        for stage in evidence.stages:
            _check_stage(weights, stage, place)
        for topic in (topic for when in evidence.when for topic in when.topics):
            if topic not in weights.topics:
                raise TopicUnknown(topic=topic, place=place)
    for relation in weights.relations:
        for stage in (relation.source, relation.target):
            _check_stage(weights, stage, "relations")


def _check_stage(weights: JourneyWeights, stage: str, place: str) -> None:
    if stage not in weights.stages:
        raise StageUnknown(stage=stage, place=place)


def _check_numbers(weights: JourneyWeights) -> None:
    for key, stage in weights.stages.items():
        _within(f"stages.{key}.base", stage.base, -MOST_LOG_ODDS, MOST_LOG_ODDS)
        _within(f"stages.{key}.base_uncertainty", stage.base_uncertainty, 0.0, MOST_LOG_ODDS)
        _within(f"stages.{key}.half_life_days", stage.half_life_days, 1, LONGEST_DAYS)
        _within(f"stages.{key}.half_life_uncertainty", stage.half_life_uncertainty, 0.0, 1.0)
    for key, origin in weights.origins.items():
        for name, value in (("reliability", origin.reliability), ("uncertainty", origin.uncertainty), ("spread", origin.spread)):
            _within(f"origins.{key}.{name}", value, 0.0, 1.0)
    for key, evidence in weights.evidence.items():
        for stage_key, weight in evidence.stages.items():
            place = f"evidence.{key}.{stage_key}"
            _within(f"{place}.weight", weight.weight, -MOST_LOG_ODDS, MOST_LOG_ODDS)
            _within(f"{place}.uncertainty", weight.uncertainty, 0.0, MOST_LOG_ODDS)
            if weight.half_life_days is not None:
                _within(f"{place}.half_life_days", weight.half_life_days, 1, LONGEST_DAYS)
    for number, relation in enumerate(weights.relations, 1):
        _within(f"relations.{number}.gain", relation.gain, -MOST_GAIN, MOST_GAIN)


def _within(place: str, value: float, low: float, high: float) -> None:
    if not (isfinite(value) and low <= value <= high):
        raise WeightAbsurd(place=place, value=value, low=low, high=high)


def differences(before: JourneyWeights, after: JourneyWeights) -> tuple[tuple[str, str, str], ...]:
    """What differs, as ``(place, before, after)``; "" where there is nothing on that side."""
    old, new = (dict(_leaves(each.model_dump(mode="json"))) for each in (before, after))
    return tuple((place, old.get(place, ""), new.get(place, "")) for place in sorted({*old, *new}) if old.get(place) != new.get(place))


def _leaves(value: Any, place: str = "") -> list[tuple[str, str]]:  # noqa: ANN401 - JSON as it is
    if isinstance(value, Mapping):
        return [leaf for key, part in value.items() for leaf in _leaves(part, f"{place}.{key}" if place else str(key))]
    if isinstance(value, list):
        return [leaf for number, part in enumerate(value, 1) for leaf in _leaves(part, f"{place}.{number}")]
    return [] if value is None else [(place, str(value))]
