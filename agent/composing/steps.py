"""Says what an inner query chose: as a condition of the outer question, and by name with the values that decided."""

from __future__ import annotations

from decimal import Decimal

from agent.answer import Language
from agent.composing.draft import Style, slot
from agent.composing.phrases import Phrases, counter
from agent.composing.telling import Telling
from agent.composing.typesetting import listed
from prompts.words import say
from tools.crm.query import Against, Among, Having
from tools.crm.results import ResultRow, ResultSet
from tools.crm.semantic import SemanticModel
from tools.trace.cells import Cell, CellType, Derivation

NAMED = 5
RANKED = {CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE, CellType.DURATION}


class StepPhrases:
    """Words for one inner query; constants in them are those of ``call`` (``q1s1``)."""

    def __init__(self, part: Among | Against, call: str, model: SemanticModel, language: Language) -> None:
        """``call`` is that of the inner query."""
        self.part, self.query, self.model, self.language = part, part.query, model, language
        self.phrases = Phrases(part.query, call, model, language)

    @property
    def cells(self) -> dict[str, Cell]:
        """The constants mentioned so far."""
        return self.phrases.cells

    def condition(self, field: str) -> str:
        """The condition that the outer records fulfil; ``field`` is what is compared with a figure."""
        part = self.part
        if isinstance(part, Against):
            return say("with_against", self.language, field=field, side=say(f"step_side_{part.op}", self.language), figure=self.phrases.subject(0))
        key = "with_among" if part.path else "with_among_own"
        if not self.query.limit:
            return say(f"{key}_bound", self.language, groups=self.groups(many=True), bound=self._bound(self.query.having[0]))
        return say(key if self.query.limit > 1 else f"{key}_one", self.language, **self._ranked())

    def chosen(self) -> str:
        """The groups themselves: ``the 3 sales reps with the highest win rate``."""
        if not self.query.limit:
            return say("step_chosen_bound", self.language, groups=self.groups(many=True), bound=self._bound(self.query.having[0]))
        return say("step_chosen" if self.query.limit > 1 else "step_chosen_one", self.language, **self._ranked())

    def groups(self, many: bool) -> str:
        """What is told apart: ``sales reps``."""
        return self.phrases.group(self.query.dimensions[0], many=many) if self.query.dimensions else self.phrases.records(not many)

    def measure(self) -> str:
        """What decides: ``won deals in 2017``, ``annual revenue``."""
        return self.phrases.subject(0) if self.query.measures else self.phrases.label(str(self.query.order[0].path))

    def _ranked(self) -> dict[str, str]:
        limit = self.query.limit or 1
        words = {"groups": self.groups(many=limit > 1), "measure": self.measure(), "extreme": self._extreme()}
        if limit > 1:
            words |= {"n": slot(self.phrases.reader.constant("where.first", str(limit), CellType.COUNT)), "counter": self._counter()}
        return words

    def _counter(self) -> str:
        if not self.query.dimensions:
            return counter(self.query.entity)
        field = self.phrases.field(self.query.dimensions[0].path)
        return counter(str(field.to)) if field.to else say("step_counter", "zh")

    def _extreme(self) -> str:
        kind = self._kind()
        group = "_count" if kind is CellType.COUNT else "_time" if kind is CellType.DURATION else "_date" if kind in {CellType.DATE, CellType.DATETIME} else ""
        extreme = say(f"step_extreme{group}_{'up' if self.query.order[0].descending else 'down'}", self.language)
        return say("step_place", self.language, place=say(f"place_{self.query.skip + 1}", self.language), extreme=extreme) if self.query.skip else extreme

    def _kind(self) -> CellType:
        if not self.query.measures:
            return self.phrases.field(str(self.query.order[0].path)).type.cell_type
        ref = self.query.measures[0]
        if ref.measure is not None:
            return self.model.measures[ref.measure].type
        counts = ref.path is None or ref.fold in {"count", "count_distinct"}
        return CellType.COUNT if counts else self.phrases.field(str(ref.path)).type.cell_type

    def _bound(self, bound: Having) -> str:
        """What is bounded and how: ``more than 10 tickets``, ``won value above ¥1 M``."""
        value = slot(self.phrases.reader.constant("where.bound", bound.value, self._kind()))
        counts = "_count" if self._kind() is CellType.COUNT else ""
        return say(f"step_bound{counts}_{bound.op}", self.language, value=value, measure=self.measure())


def tell_steps(told: Telling) -> None:
    """For each inner query a sentence: which groups were chosen, by which values; or what the figure was."""
    for number, (part, step) in enumerate(zip(_steps(told), told.result.steps, strict=False), 1):
        words = StepPhrases(part, step.call, told.model, told.language)
        if isinstance(part, Against):
            _figure(told, words, step)
        else:
            _groups(told, words, step, part)
            _prove_within(told, number)
        told.draft.cells |= words.cells


def _steps(told: Telling) -> list[Among | Against]:
    from agent.composing.conditions import step_parts

    return list(step_parts(told.query.where))


def _figure(told: Telling, words: StepPhrases, step: ResultSet) -> None:
    cell = step.rows[0].cells.get("m0") if step.rows else None
    subject = words.phrases.subject(0)
    if cell is None or cell.value is None:
        told.tell("step_figure_none", subject=subject)
    else:
        told.tell("step_figure", subject=subject, records=words.phrases.records(), value=slot(cell.address))


def _groups(told: Telling, words: StepPhrases, step: ResultSet, part: Among) -> None:
    rows = [row for row in step.rows if part.keys is None or set(row.held) <= set(part.keys)]
    if not rows:
        told.tell("step_none", chosen=words.chosen())
        return
    value = "m0" if step.query.measures else str(step.query.order[0].path).replace(".", "_")
    again = any(each.path == part.path for each in told.query.dimensions)  # the groups of the answer itself, which are named there
    style: Style = "given" if again else "value"
    names = [told.text("step_one", name=slot(_name(row).address, style), value=slot(row.cells[value].address)) for row in rows[:NAMED]]
    more = len(rows) > NAMED
    text = told.text("step_others", names=told.text("join_comma").join(names)) if more else listed(names, told.language)
    if part.query.limit == 1 and len(rows) > 1:
        told.tell("step_shared", chosen=words.chosen(), names=text)
    else:
        told.tell("step_groups" if len(rows) > 1 else "step_group", chosen=words.chosen(), names=text)
        if part.query.limit and len(rows) > part.query.limit:
            told.tell("step_tied")
    if step.query.limit:
        _bind_ranks(told, step, rows[:NAMED], value)


def _name(row: ResultRow) -> Cell:
    return next(iter(row.cells.values()))


def _bind_ranks(told: Telling, step: ResultSet, rows: list[ResultRow], value: str) -> None:
    """The places of those that are named, over all groups or records, recomputed from the evidence."""
    block, down = step.blocks[0], bool(step.query.order) and not step.query.order[0].descending
    if rows[0].cells[value].type not in RANKED or step.query.skip or step.converted_to:
        return
    numbers = [row.cells[value].number for row in step.rows]
    for row in rows:
        own = row.cells[value]
        if own.number is None:
            continue
        ahead = sum(1 for other in numbers if other is not None and (other < own.number if down else other > own.number))
        if step.query.measures:
            rank = Derivation(formula="group_rank_up" if down else "group_rank", operands=(own.address,), by=(f"{block.id}.d0",))
        else:
            rank = Derivation(formula="row_rank_up" if down else "row_rank", operands=(own.address, f"{block.id}.o0"))
        told.bind(Cell(address=f"{own.address}_rank", value=str(ahead + 1), type=CellType.COUNT, classification=own.classification, derivation=rank))


def _prove_within(told: Telling, number: int) -> None:
    """That nothing outside the chosen groups was counted goes into the trace with what it follows from."""
    call = told.result.call
    inside = [cell for cell in told.result.support if cell.address.startswith(f"{call}.within.") and cell.address.endswith("_all")]
    whole = next((cell for cell in told.result.support if cell.address == f"{call}.within.rows"), None)
    if whole is None or number > len(inside):
        return
    cell = inside[number - 1]
    outside = (whole.number or Decimal(0)) - (cell.number or Decimal(0))
    derivation = Derivation(formula="delta", operands=(whole.address, cell.address))
    told.bind(Cell(address=f"{call}.outside.{number}", value=f"{outside:f}", type=CellType.COUNT, derivation=derivation))
