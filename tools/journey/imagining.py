"""What would be if: reads what a person imagines as evidence that comes, stays out or had not been, and puts it into a copy of the events.

Nothing here is ever stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tools.journey.criteria.schemas import Span
from tools.journey.criteria.times import add_span, number, unit
from tools.journey.decaying import seconds
from tools.journey.models import JourneyEvent
from tools.journey.reading.actors import Note
from tools.journey.reading.reader import read_text
from tools.journey.recognising import Recogniser, channel_of
from tools.journey.weights import Evidence, JourneyWeights, When

IMAGINED = "imagined"
"""What stands in place of the table of an imagined event."""
How = Literal["comes", "stays_out", "had_not_been"]

_LENGTH = re.compile(
    r"(?P<n>\d{1,3}|[a-z-]{1,12})[ -](?:more |further |extra )?(?P<u>working days?|business days?|days?|weeks?|months?|quarters?|years?)\b"
    r"|(?P<zn>\d{1,3}|[零一二两三四五六七八九十百]{1,4})(?P<zu>个工作日|工作日|天|日(?!期)|周|个星期|星期|个月|个季度|季度|年)"
    r"|(?P<half>半个月|half a month|a fortnight)"
)
_HAD_NOT_BEEN = re.compile(
    r"\b(?:hadn't|had not|had never|never had|hadn’t|never been|as if|pretend|without (?:the|that|those|our|their))\b"
    r"|没发生过|没有发生过|从没|从未|当没|当作没|没有?(?:过|那|这)"
)
_LATE = re.compile(
    r"\b(?:slip\w*|delay\w*|postpon\w*|late|later|push\w*|drag\w*|stall\w*|takes? (?:another|longer)|moves? out|sit tight)\b"
    r"|推迟|延期|延后|延迟|拖|晚|滑|顺延|耽搁|往后|搁置"
)
_NOT = re.compile(r"\b(?:not|no|nothing|nobody|never|fails?|failed|skip\w*|don't|doesn't|won't|isn't|without)\b|n['’]t\b|不|没|未|别|无")
_USUAL = Span(n=30, unit="day")


@dataclass(frozen=True, slots=True)
class Imagined:
    """Evidence that comes at ``at`` (``come``: its kind and origin), or events of the store that had not been (``without``: their keys).

    Events ``older_than`` a moment count only the share that it ``keeps`` of them.
    """

    come: tuple[str, str] | None = None
    at: datetime | None = None
    without: frozenset[str] = frozenset()
    older_than: datetime | None = None
    keeps: float = 1.0

    def events(self, own: Sequence[JourneyEvent], account_id: int, weights: JourneyWeights) -> list[JourneyEvent]:
        """A copy of the events of an account with what is imagined; not to be written into any session."""
        found = [self._kept(event) for event in own if event.key not in self.without]
        if self.come is not None and self.at is not None and self.come[0] in weights.evidence:
            evidence, origin = self.come
            found.append(
                JourneyEvent(
                    key=IMAGINED, account_id=account_id, evidence=evidence, origin=origin, at=seconds(self.at), counts=1.0,
                    source_system=IMAGINED, source_table=IMAGINED, source_record=IMAGINED, source_field="", source_version="", source_as_of=self.at,
                )
            )  # fmt: skip
        return found

    def _kept(self, event: JourneyEvent) -> JourneyEvent:
        if self.older_than is None or event.at >= seconds(self.older_than):
            return event
        values = {column.key: getattr(event, column.key) for column in JourneyEvent.__mapper__.column_attrs}
        return JourneyEvent(**values | {"counts": event.counts * self.keeps})


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is imagined: which kind of evidence (None: none in particular), how, and until when where it stays out."""

    how: How
    evidence: str | None
    origin: str
    until: date


def read_scenario(text: str, recogniser: Recogniser, today: date, period_end: date | None = None) -> Scenario | None:
    """What a message imagines; None where it names nothing that moves a stage and no time that passes.

    What stays out does so for the length of time that is named, else until ``period_end``, else for 30 days.
    """
    folded = text.casefold()
    best = max(_candidates(text, recogniser, today), default=None)
    span = _length(folded)
    until = add_span(today, span) if span else period_end if period_end and period_end > today else add_span(today, _USUAL)
    evidence, origin = (best[2], best[3]) if best else (None, "")
    if evidence is not None and _HAD_NOT_BEEN.search(folded):
        return Scenario("had_not_been", evidence, origin, today)
    if _LATE.search(folded) or (_NOT.search(folded) and (best is None or not best[1])):
        return Scenario("stays_out", evidence, origin, until)
    if evidence is not None:
        return Scenario("comes", evidence, origin, today)
    return Scenario("stays_out", None, "", until) if span else None


def newest_of(events: Sequence[JourneyEvent], evidence: str, before: datetime) -> JourneyEvent | None:
    """The newest event of a kind that had happened."""
    had = [event for event in events if event.evidence == evidence and event.at <= seconds(before)]
    return max(had, key=lambda event: (event.at, event.key), default=None)


def _candidates(text: str, recogniser: Recogniser, today: date) -> Iterator[tuple[float, bool, str, str]]:
    """Kinds of evidence that the words may mean: how well, whether their denial is part of it (an act of refusing), the kind and its origin."""
    topics = set(recogniser.topics_of(text))
    acts = {found.act.value: found for found in read_text(text, Note(day=today))}
    channel = channel_of(text)
    for key, evidence in recogniser.weights.evidence.items():
        for when in evidence.when:
            score = _score(when, evidence, topics, acts, channel)
            if score:
                refusing = when.act == "cancel" or "refusal" in when.topics
                yield score, refusing, key, when.origin or evidence.origin


def _score(when: When, evidence: Evidence, topics: set[str], acts: Mapping[str, object], channel: str | None) -> float:
    reach = max(abs(weight.weight) for weight in evidence.stages.values()) / 100
    on_topic = bool(topics & set(when.topics))
    if when.topics and not on_topic:
        return 0.0
    if when.act:
        return (3.0 + on_topic + reach) if when.act in acts else 0.0
    if on_topic:
        return {"verified_event": 3.2, "stage": 1.5}.get(when.record, 2.0) + reach
    return 1.0 + reach if channel is not None and channel in when.channels else 0.0


def _length(folded: str) -> Span | None:
    for match in _LENGTH.finditer(folded):
        if match["half"]:
            return Span(n=14 if "fortnight" in match["half"] else 15, unit="day")
        n, named = (number(match["n"]), match["u"]) if match["n"] else (number(match["zn"]), match["zu"])
        if n:
            return Span(n=n, unit=unit(named))
    return None
