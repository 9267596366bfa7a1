"""The file of stages in types: which stages there are, what counts as evidence, how much, for how long and how reliably. Knows no store."""

from __future__ import annotations

from typing import Literal

from tools.trace.cells import Frozen

RecordKind = Literal["interaction", "ticket", "ticket_closed", "request", "signal", "contract", "milestone", "verified_event", "stage", "act"]
DAY_S = 86_400


class Named(Frozen):
    """What a thing is called in both languages."""

    zh: str
    en: str

    def label(self, language: str) -> str:
        """The name in one language."""
        return self.zh if language == "zh" else self.en


class Stage(Named):
    """A state of the relationship. ``base`` is its log-odds without any evidence; evidence loses half of its weight in ``half_life_days``.

    ``base_uncertainty`` is a standard deviation in log-odds, ``half_life_uncertainty`` one as a share of the half-life.
    """

    base: float
    base_uncertainty: float
    half_life_days: int
    half_life_uncertainty: float


class Origin(Named):
    """Where evidence comes from: ``reliability`` (0 to 1) is how much of its weight counts.

    ``uncertainty`` is the standard deviation of that reliability as a whole, ``spread`` how much single events differ in it.
    """

    reliability: float
    uncertainty: float = 0.0
    spread: float = 0.0


class Weight(Frozen):
    """What one event of a kind adds to the log-odds of a stage when it happens; ``uncertainty`` is the standard deviation of that.

    ``half_life_days`` replaces that of the stage.
    """

    weight: float
    uncertainty: float
    half_life_days: int | None = None


class Words(Frozen):
    """The words by which a topic is recognised; several for each language."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class When(Frozen):
    """A record that is evidence: all that is named here has to hold. ``topics``, ``channels`` and ``states``: one of them.

    ``competitor`` and ``person`` ask whether the record names a competitor of ours, or a person of the account. ``act`` is for acts read
    out of texts (:class:`tools.journey.acts.Act`), of which only those that were done count, unless ``states`` asks for others. ``origin`` replaces that of
    the kind.
    """

    record: RecordKind
    topics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    direction: Literal["inbound", "outbound", "unknown"] | None = None
    states: tuple[str, ...] = ()
    competitor: bool | None = None
    person: bool | None = None
    act: str | None = None
    side: Literal["customer", "us"] | None = None
    origin: str | None = None


class Evidence(Named):
    """A kind of evidence: by which records it is recognised, from which origin they count, and what it adds to which stages."""

    when: tuple[When, ...]
    origin: str
    stages: dict[str, Weight]


class Relation(Named):
    """A stage that acts on another: ``gain`` times its rise above its level without evidence is added to the other's log-odds."""

    source: str
    target: str
    gain: float


class JourneyWeights(Frozen):
    """The whole file. ``topics`` are words for what a record is about, by which kinds of evidence are recognised."""

    stages: dict[str, Stage]
    origins: dict[str, Origin]
    evidence: dict[str, Evidence]
    relations: tuple[Relation, ...] = ()
    topics: dict[str, Words] = {}

    def half_life_s(self, evidence: str, stage: str) -> int:
        """Seconds in which evidence of a kind loses half of its weight for a stage."""
        own = self.evidence[evidence].stages[stage].half_life_days
        return (own or self.stages[stage].half_life_days) * DAY_S

    def half_lives_s(self, evidence: str) -> tuple[int, ...]:
        """Every half-life in which evidence of a kind has to be summed, shortest first; none for a kind that the file does not know."""
        if evidence not in self.evidence:
            return ()
        return tuple(sorted({self.half_life_s(evidence, stage) for stage in self.evidence[evidence].stages}))
