"""Says how stages differ between a customer's standing and an imagined one, both proven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.answer import Chart, Language
from agent.composing.draft import Draft, slot
from agent.composing.typesetting import capital
from agent.requests.about import plan_about
from agent.requests.outcome import Outcome
from agent.requests.telling import add_table, difference_of, number_of, say_into, stage_label
from agent.turn import Turn
from prompts.words import say
from tools.journey.proving import StageProof, StandingProof
from tools.trace.cells import Cell, CellType, Derivation

TOLD = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of the first sentence (for a rise ``…_rose``, for a fall ``…_fell``), what is imagined in both languages, the note, and further blanks."""

    key: str
    what: Mapping[Language, str]
    note: str
    blanks: Mapping[str, str] = field(default_factory=dict)


def compare_standings(sides: Sequence[StandingProof], columns: tuple[str, ...], wording: Wording, turn: Turn) -> Outcome:
    """What differs between the last two sides (of two, the first is the one as it is; of three, the last is what the second is held against)."""
    first = sides[0]
    found: dict[str, Cell] = {}
    for side in sides:
        found |= side.found
    moved = _moved(sides, found)

    def tell(draft: Draft) -> None:
        figures = {"account": slot(first.name), "what": wording.what[draft.language], "until": slot("j2.where.now", "day"), **wording.blanks}
        if not moved:
            say_into(draft, "what_if_unmoved", **figures)
        for number, (stages, points) in enumerate(moved[:TOLD]):
            way = "rose" if number_of(found, points) > 0 else "fell"
            values = {name: slot(each.weight) for name, each in zip(columns, stages, strict=True)}
            stage = stage_label(stages[0], draft.language)
            say_into(
                draft,
                f"{wording.key}_{way}" if number == 0 else f"what_if_further_{way}",
                **figures,
                **_further(values),
                stage=stage if number == 0 else capital(stage),
                points=slot(points, "points"),
            )
        _table(draft, moved, columns)
        draft.notes.append(say(wording.note, draft.language))
        draft.next_steps = [say(f"standing_next_{each}", draft.language, account=first.account) for each in ("stand", "talk")]

    blocks = tuple(block for side in sides for block in side.blocks)
    return Outcome(tell, found, blocks, first.as_of, about=plan_about("account", first.account, turn))


def _moved(sides: Sequence[StandingProof], found: dict[str, Cell]) -> list[tuple[list[StageProof], str]]:
    """Stages that differ between the two sides that are compared, which are the last two, with the address of the difference, the largest first."""
    before, after = (sides[0], sides[1]) if len(sides) == 2 else (sides[2], sides[1])
    moves = []
    for each in before.stages:
        other = after.stage(each.stage)
        points = difference_of(each.weight, other.weight, f"{after.name.split('.')[0]}.{each.stage}.moved", found)
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
