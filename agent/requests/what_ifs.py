"""Says what would become of a customer's stages if something came, stayed out or had not been: reckoned on a copy, proven like any standing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import ClassVar

from agent.answer import Chart
from agent.composing.draft import Draft, slot
from agent.composing.typesetting import capital
from agent.requests.about import plan_about
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.telling import add_table, end_of_day, number_of, say_into, stage_label, uncapital
from agent.turn import Turn
from prompts.words import say
from tools.journey.imagining import Imagined, Scenario, newest_of, read_scenario
from tools.journey.proving import StageProof, StandingProof, prove_standing
from tools.journey.service import own_events, recogniser_of
from tools.store.errors import PlumbError
from tools.trace.cells import Cell, CellType, Derivation

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
        self.what = {"en": "", "zh": ""}

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
        first = sides[0]
        found: dict[str, Cell] = {}
        for side in sides:
            found |= side.found
        moved = _moved(sides, found)

        def tell(draft: Draft) -> None:
            figures = {"account": slot(first.name), "what": self.what[draft.language], "until": slot("j2.where.now", "day")}
            if not moved:
                say_into(draft, "what_if_unmoved", **figures)
            for number, (stages, points) in enumerate(moved[:TOLD]):
                way = "rose" if number_of(found, points) > 0 else "fell"
                values = {name: slot(each.weight) for name, each in zip(columns, stages, strict=True)}
                say_into(
                    draft,
                    f"{key}_{way}" if number == 0 else f"what_if_further_{way}",
                    **figures,
                    **_further(values),
                    stage=stage_label(stages[0], draft.language) if number == 0 else capital(stage_label(stages[0], draft.language)),
                    points=slot(points, "points"),
                )
            _table(draft, moved, columns)
            draft.notes.append(say("what_if_note", draft.language))
            draft.next_steps = [say(f"standing_next_{each}", draft.language, account=first.account) for each in ("stand", "talk")]

        blocks = tuple(block for side in sides for block in side.blocks)
        return Outcome(tell, found, blocks, first.as_of, about=plan_about("account", first.account, self.turn))


def _moved(sides: Sequence[StandingProof], found: dict[str, Cell]) -> list[tuple[list[StageProof], str]]:
    """Stages that differ between the two sides that are compared, which are the last two, with the address of the difference, the largest first."""
    before, after = (sides[0], sides[1]) if len(sides) == 2 else (sides[2], sides[1])
    moves = []
    for each in before.stages:
        other = after.stage(each.stage)
        points = Cell(
            address=f"{after.name.split('.')[0]}.{each.stage}.moved",
            value=f"{number_of(found, other.weight) - number_of(found, each.weight):f}",
            type=CellType.RATE,
            derivation=Derivation(formula="delta", operands=(other.weight, each.weight)),
        )
        if abs(number_of({points.address: points}, points.address)) * 1000 >= 1:
            found[points.address] = points
            moves.append(([side.stage(each.stage) for side in sides], points.address))
    return sorted(moves, key=lambda move: (-abs(number_of(found, move[1])), move[0][0].stage))


def _further(values: dict[str, str]) -> dict[str, str]:
    """The blanks of every sentence: what is compared with what, under the names that the texts know."""
    return {**values, "before": values.get("come", values["now"]), "after": values.get("out", values.get("then", ""))}


def _table(draft: Draft, moved: list[tuple[list[StageProof], str]], columns: tuple[str, ...]) -> None:
    if len(moved) < 2:
        return
    rows = []
    for stages, _ in moved:
        address = f"j1.{stages[0].stage}.name"
        label = capital(stage_label(stages[0], draft.language))
        draft.cells[address] = Cell(address=address, value=label, type=CellType.STAGE, derivation=Derivation(formula="constant"))
        rows.append([draft.cells[name] for name in (address, *(each.weight for each in stages))])
    titles = [say(f"what_if_column_{name}", draft.language) for name in ("stage", *columns)]
    add_table(draft, say("what_if_table", draft.language), titles, rows)
    way = "rose" if number_of(draft.cells, moved[0][1]) > 0 else "fell"
    title = say(f"what_if_chart_{way}", draft.language, stage=capital(stage_label(moved[0][0][0], draft.language)))
    before, after = (1, 2) if len(columns) == 2 else (3, 2)
    draft.charts.append(Chart(kind="moves", title=title, table=len(draft.tables) - 1, before=before, value=after))
