"""Says what would become of a customer's stages if something came, stayed out or had not been: reckoned on a copy, proven like any standing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import ClassVar

from agent.answer import Language
from agent.requests.comparing import Wording, compare_standings
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.telling import end_of_day, uncapital
from agent.turn import Turn
from tools.journey.imagining import Imagined, Scenario, newest_of, read_scenario
from tools.journey.proving import StandingProof, prove_standing
from tools.journey.service import own_events, recogniser_of
from tools.store.errors import PlumbError

TOLD = 3
_HAN = re.compile(r"[\u3400-\u9fff（）()]*[\u3400-\u9fff]")


class NothingImagined(PlumbError):
    """The message names nothing that moves a stage, and no time that passes."""

    key: ClassVar[str] = "what_if_nothing"


class NeverHappened(PlumbError):
    """It is to be imagined away, and never was. Data: ``what``, what it is called in both languages."""

    key: ClassVar[str] = "what_if_never"


def tell_what_if(request: Request, turn: Turn) -> Outcome:
    """The stages as they are beside what they would be. Raises NothingImagined, NeverHappened, StandingUnknown."""
    recogniser = recogniser_of(turn.session)
    scenario = read_scenario(_words(request, turn), recogniser, turn.today, request.period.end if request.period else None)
    if scenario is None:
        raise NothingImagined()
    told = _Told(request, turn, scenario)
    if scenario.evidence is not None:
        kind = recogniser.weights.evidence[scenario.evidence]
        told.what = {"en": uncapital(kind.en), "zh": kind.zh}
    return {"comes": told.comes, "stays_out": told.stays_out, "had_not_been": told.had_not_been}[scenario.how]()


def _words(request: Request, turn: Turn) -> str:
    """The message; in an English one whatever stands in Han is a name."""
    return _HAN.sub(" the customer ", request.words) if turn.language == "en" else request.words


class _Told:
    def __init__(self, request: Request, turn: Turn, scenario: Scenario) -> None:
        self.request, self.turn, self.scenario = request, turn, scenario
        self.now = end_of_day(turn)
        self.today = datetime.combine(turn.today, time(), UTC)
        self.what: dict[Language, str] = {"en": "", "zh": ""}

    def comes(self) -> Outcome:
        """It comes today."""
        sides = [self._prove("j1", self.now), self._prove("j2", self.now, self._arriving())]
        return self._outcome(sides, "what_if_comes", ("now", "then"))

    def stays_out(self) -> Outcome:
        """It has not come by a day to come; beside it, where it is known what, how things would stand then had it come today."""
        until = datetime.combine(self.scenario.until, time.max, UTC).replace(microsecond=0)
        sides = [self._prove("j1", self.now), self._prove("j2", until)]
        if self.scenario.evidence is None:
            return self._outcome(sides, "what_if_nothing_new", ("now", "then"))
        return self._outcome([*sides, self._prove("j3", until, self._arriving())], "what_if_stays_out", ("now", "out", "come"))

    def had_not_been(self) -> Outcome:
        """The newest of its kind is taken out."""
        assert self.request.account is not None  # noqa: S101 - checked before it was run
        newest = newest_of(own_events(self.turn.session, self.request.account), str(self.scenario.evidence), self.now)
        real = self._prove("j1", self.now)
        if newest is None:
            raise NeverHappened(what=self.what[self.turn.language])
        return self._outcome([real, self._prove("j2", self.now, Imagined(without=frozenset({newest.key})))], "what_if_without", ("now", "then"))

    def _arriving(self) -> Imagined:
        return Imagined(come=(str(self.scenario.evidence), self.scenario.origin), at=self.today)

    def _prove(self, call: str, at: datetime, imagined: Imagined | None = None) -> StandingProof:
        assert self.request.account is not None  # noqa: S101 - checked before it was run
        return prove_standing(self.turn.session, self.turn.principal, self.turn.scope, self.request.account, at, call, imagined)

    def _outcome(self, sides: Sequence[StandingProof], key: str, columns: tuple[str, ...]) -> Outcome:
        return compare_standings(sides, columns, Wording(key, self.what, "what_if_note"), self.turn)
