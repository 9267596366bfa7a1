"""Puts an account's stages together: weight, interval, and the contributions that add up to the log-odds, each with the event it cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tools.journey.decaying import moment_of
from tools.journey.intensities import LEVEL, Intensities, intensities
from tools.journey.models import JourneyEvent
from tools.journey.schemas import StageContribution, StageStanding
from tools.journey.summing import AccountSums, Moved, add_up, table_at
from tools.journey.weights import JourneyWeights, Named
from tools.trace.cells import Confidence, SourceRef

PLACES = Decimal("0.000001")


def stand(weights: JourneyWeights, sums: AccountSums, events: Sequence[JourneyEvent], now: int, top: int | None) -> tuple[StageStanding, ...]:
    """Every stage at ``now`` seconds, of the sums and the events that make them up; ``top`` contributions of each, or all."""
    found = intensities(weights, table_at([sums], now))
    w, (low, high) = found.weights(), found.interval()
    standings = []
    for number, (key, stage) in enumerate(weights.stages.items()):
        parts = contributions(weights, key, events, now, found)
        confidence = Confidence(
            level=Decimal(str(LEVEL)), low=_round(low[0, number]), point=_round(w[0, number]), high=_round(high[0, number]), method="delta-method",
            n=sum(part.what == "event" for part in parts),
        )  # fmt: skip
        standings.append(
            StageStanding(
                stage=key,
                label=Named(zh=stage.zh, en=stage.en),
                weight=float(w[0, number]),
                log_odds=float(found.log_odds[0, number]),
                confidence=confidence,
                events=confidence.n,
                contributions=tuple(parts if top is None else parts[:top]),
            )  # fmt: skip
        )
    return tuple(standings)


def contributions(weights: JourneyWeights, stage: str, events: Iterable[JourneyEvent], now: int, found: Intensities) -> list[StageContribution]:
    """The summands of a stage's log-odds, the strongest first. ``events`` are those that had happened by ``now``."""
    spec = weights.stages[stage]
    parts = [StageContribution(what="base", evidence=stage, label=Named(zh=spec.zh, en=spec.en), log_odds=spec.base)]
    for event in events:
        kind = weights.evidence.get(event.evidence)
        weight, origin = (kind.stages.get(stage) if kind else None), weights.origins.get(event.origin)
        if kind is not None and weight is not None and origin is not None:
            decay = 2.0 ** (-(now - event.at) / weights.half_life_s(event.evidence, stage))
            parts.append(
                StageContribution(
                    what="event",
                    evidence=event.evidence,
                    label=Named(zh=kind.zh, en=kind.en),
                    log_odds=weight.weight * origin.reliability * event.counts * decay,
                    event_key=event.key,
                    at=moment_of(event.at),
                    source=source_of(event),
                )  # fmt: skip
            )
    for number, relation in enumerate(weights.relations):
        if relation.target == stage and (effect := float(found.related[0, number])):
            parts.append(StageContribution(what="relation", evidence=relation.source, label=Named(zh=relation.zh, en=relation.en), log_odds=effect))
    return sorted(parts, key=lambda part: (-abs(part.log_odds), part.event_key or ""))


def sums_of(events: Iterable[JourneyEvent], weights: JourneyWeights) -> AccountSums:
    """The sums of an account's events, replayed."""
    return add_up((Moved(event.account_id or 0, event.evidence, event.origin, event.at, event.counts) for event in events), weights)


def source_of(event: JourneyEvent) -> SourceRef:
    """The field that tells an event."""
    return SourceRef(
        system=event.source_system, table=event.source_table, record=event.source_record, field=event.source_field,
        version=event.source_version, as_of=event.source_as_of,
    )  # fmt: skip


def _round(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(PLACES)
