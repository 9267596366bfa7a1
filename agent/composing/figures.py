"""Answers of one figure: a count, a sum, a mean, a rate, and the same figure against an earlier period."""

from __future__ import annotations

from agent.composing.draft import slot
from agent.composing.phrases import Figure, counter
from agent.composing.telling import Telling
from agent.composing.typesetting import listed
from prompts.words import say
from tools.crm.query import Dimension
from tools.crm.results import ResultRow
from tools.crm.semantic import FieldType
from tools.trace.cells import Cell, CellType
from tools.trace.recompute import mismatches

DONE = {"won", "lost", "closed"}
WORTH = {"opportunity", "contract"}


def tell_figures(told: Telling) -> None:
    """One sentence for each measure."""
    rows = told.result.rows
    for index in range(len(told.query.measures)):
        if told.result.mixed_currencies and told.figure(index).op != "count" and rows:
            _Figure(told, rows[0], index).plain(listed([slot(row.cells[f"m{index}"].address) for row in rows], told.language))
            continue
        row = rows[0] if rows else None
        cell = row.cells.get(f"m{index}") if row else None
        if row is None or cell is None or cell.value is None:
            told.tell("figure_none", subject=told.the(index))
        elif told.query.compare is not None:
            _Figure(told, row, index).against()
        else:
            _Figure(told, row, index).tell()


class _Figure:
    """One measure of the only row."""

    def __init__(self, told: Telling, row: ResultRow, index: int) -> None:
        self.told, self.row, self.index = told, row, index
        self.what: Figure = told.figure(index)
        self.cell: Cell = row.cells[f"m{index}"]

    def tell(self) -> None:
        """The sentence for what the measure is."""
        derivation = self.cell.derivation
        if self.what.counts:
            self._count()
        elif f"m{self.index}_low" in self.row.cells and derivation is not None:
            self._rate() if self.what.key is not None else self._part()
        elif derivation is not None and derivation.formula == "rate":
            part, n = (slot(each) for each in derivation.operands)
            ref = self.told.query.measures[self.index]
            over = ref.over is not None or ref.of is not None or ref.against is not None
            self._say("figure_over" if over else "figure_quotient", value=slot(self.cell.address), part=part, n=n)
        elif derivation is not None and derivation.formula == "delta":
            own, other = (slot(each) for each in derivation.operands)
            self._say("figure_less", value=slot(self.cell.address), own=own, other=other)
        elif derivation is not None and derivation.formula == "ratio":
            n = derivation.operands[1]
            held = self._support(n)
            records = self.told.phrases.noun(self.told.is_one(held), self.what.state)
            per = self.told.query.measures[self.index].per
            if per is not None:
                group = self.told.phrases.group(Dimension(path=per), many=not self.told.is_one(held))
                self._say("figure_per", value=slot(self.cell.address), n=slot(n), groups=group, sum=slot(derivation.operands[0]))
                return
            self._say("figure_mean", value=slot(self.cell.address), n=slot(n), records=records, noun=records, counter=self.told.phrases.counter())
        else:
            self.plain(slot(self.cell.address))

    def plain(self, value: str) -> None:
        """A sum, an extreme, a median: the subject and its value."""
        phrases = self.told.phrases
        if self.what.op == "sum" and self.what.path is not None:
            field = phrases.field(self.what.path)
            if self._is_unrecorded():
                self.told.tell("sum_unrecorded", field=field.words.label(self.told.language), records=phrases.records(state=self.what.state))
                return
            if field.type is FieldType.MONEY and field.key == "amount" and self.told.query.entity in WORTH:
                self._worth(value)
                return
            if self.told.language == "en":
                self.told.tell("sum", field=field.words.label("en"), records=phrases.records(state=self.what.state), value=value)
                return
        self._say("figure", value=value)

    def against(self) -> None:
        """The figure, the earlier one, and the difference between them."""
        before, delta, growth = (self.row.cells.get(f"m{self.index}_{name}") for name in ("before", "delta", "growth"))
        phrases = self.told.phrases
        value, earlier = slot(self.cell.address), phrases.period(self.told.query.compare)
        if before is None or before.value is None or delta is None or delta.number is None:
            self._say("compare_alone", value=value, earlier=earlier)
        elif delta.number == 0:
            self._say("compare_level", value=value, earlier=earlier)
        else:
            values = {"value": value, "before": slot(before.address), "earlier": earlier}
            if before.number == 0 and delta.type is not CellType.RATE:
                self._say("compare_from_none", **values)
                return
            more = delta.number > 0
            if growth is None or growth.value is None:
                style = "points" if delta.type is CellType.RATE else self.told.exactness(self.cell, before)
                self._say("compare_up" if more else "compare_down", delta=slot(delta.address, style), **values)
            else:
                if self.told.plan.focus == "growth":
                    self._say("growth_more" if more else "growth_less", growth=slot(growth.address, "size"), **values)
                    return
                sizes = {"delta": slot(delta.address, self.told.exactness(self.cell, before)), "growth": slot(growth.address, "size")}
                self._say("compare_more" if more else "compare_less", **sizes, **values)

    def _is_unrecorded(self) -> bool:
        """Whether a sum of zero adds up nothing at all: no record holds a value."""
        derivation = self.cell.derivation
        if self.cell.number != 0 or derivation is None or derivation.formula != "sum":
            return False
        count = Cell(address="held", value="0", type=CellType.COUNT, derivation=derivation.model_copy(update={"formula": "count"}))
        blocks = {block.id: block for block in self.told.result.blocks}
        return not mismatches({count.address: count}, blocks)

    # -- counts and sums ------------------------------------------------------------------------------------------

    def _count(self) -> None:
        told, phrases, state = self.told, self.told.phrases, self.what.state
        number = slot(self.cell.address)
        value = slot(self.cell.address, "no") if told.language == "en" else number
        actor, others = phrases.actor()
        noun = told.counted(self.index, self.cell)
        rest = " ".join(each.phrase for each in others)
        period = phrases.period(told.query.window)
        words = {"value": value, "are": told.are(self.cell), "counter": phrases.counter()}
        if told.language == "zh":
            self._count_zh(actor, rest, period, words)
        elif state in DONE:
            bare = phrases.bare(told.is_one(self.cell))
            done = say(f"done_{state}", "en")
            if phrases.is_otherwise_dated() and not actor:
                told.tell("count_done_of", records=" ".join(filter(None, (phrases.bare(), rest, period))), were="were", done=done, **words | {"value": number})
            elif actor:
                told.tell("count_done_by", actor=actor, done=done, records=" ".join(filter(None, (bare, rest, period))), **words)
            else:
                records, were = " ".join(filter(None, (bare, rest))), "was" if told.is_one(self.cell) else "were"
                told.tell("count_done", records=records, were=were, done=done, period=f" {period}" if period else "", **words)
        elif actor:
            told.tell("count_held", actor=actor, has="has", records=" ".join(filter(None, (noun, rest, period))), **words)
        else:
            told.tell("count_plain", records=phrases.records(told.is_one(self.cell), state, noun if self.what.noun else ""), **words)

    def _count_zh(self, actor: str, rest: str, period: str, words: dict[str, str]) -> None:
        told, phrases, state = self.told, self.told.phrases, self.what.state
        others = phrases.conditions.others
        if state in DONE:
            subject = period + "、".join(each.phrase for each in others)
            if phrases.is_otherwise_dated() or (others and not all(each.short for each in others)):
                subject += f"的{phrases.bare()}"
            told.tell("count_done_of" if phrases.is_otherwise_dated() else "count_done", subject=subject, done=say(f"done_{state}", "zh"), **words)
        elif actor and not rest and not period:
            told.tell("count_held", actor=actor, records=told.counted(self.index, self.cell), **words)
        elif others or period:
            told.tell("count_filtered", records=phrases.records(state=state, noun=self.what.noun), **words)
        elif phrases.is_table():
            told.tell("count_table", noun=phrases.table(), **words)
        else:
            told.tell("count_plain", noun=told.counted(self.index, self.cell), **words)

    def _worth(self, value: str) -> None:
        told, phrases, state = self.told, self.told.phrases, self.what.state
        actor, others = phrases.actor()
        period = phrases.period(told.query.window)
        if told.language == "zh":
            told.tell("worth", subject=phrases.subject(self.index), value=value)
        elif state in {"won", "lost"} and actor:
            bare = phrases.bare()
            records = " ".join((bare, *(each.phrase for each in others)))
            told.tell("worth_done_by", actor=actor, done=say(f"done_{state}", "en"), records=records, value=value, period=f" {period}" if period else "")
        else:
            told.tell("worth", records=phrases.records(state=state), are="are", value=value)

    def _rate(self) -> None:
        told, derivation = self.told, self.cell.derivation
        assert derivation is not None  # noqa: S101 - the caller looked
        low, high = (slot(self.row.cells[f"m{self.index}_{end}"].address, "bound") for end in ("low", "high"))
        part, n = (slot(each) for each in derivation.operands)
        kind, whole = self._parts(self._support(derivation.operands[1]))
        self._say("figure_rate", value=slot(self.cell.address), low=low, high=high, part=part, n=n, kind=kind, whole=whole, counter=counter(told.query.entity))

    def _part(self) -> None:
        """The share of the records that fulfil a condition of its own."""
        derivation = self.cell.derivation
        assert derivation is not None  # noqa: S101 - the caller looked
        low, high = (slot(self.row.cells[f"m{self.index}_{end}"].address, "bound") for end in ("low", "high"))
        part, n = (slot(each) for each in derivation.operands)
        records = self.told.phrases.noun(self.told.is_one(self._support(derivation.operands[1])))
        self._say("figure_part", value=slot(self.cell.address), low=low, high=high, part=part, n=n, records=records, counter=counter(self.told.query.entity))

    def _parts(self, n: Cell | None) -> tuple[str, str]:
        """``won`` of ``closed deals``: what the two counts of a rate are called."""
        measure = self.told.model.measures[str(self.what.key)]
        part, whole = (self.told.model.measures[each].words.label(self.told.language) for each in measure.args)
        if self.told.language == "zh":
            return part.removesuffix("数"), whole.removesuffix("数")
        shared, words = whole.split()[-1], part.split()
        kind = " ".join(words[:-1]) if len(words) > 1 and words[-1] == shared else part
        return kind, whole.removesuffix("s") if self.told.is_one(n) else whole

    def _support(self, address: str) -> Cell | None:
        return self.told.draft.cells.get(address)

    def _say(self, key: str, **values: str) -> None:
        told = self.told
        told.tell(key, subject=told.the(self.index), **{"is": self._verb()}, **values)

    def _verb(self) -> str:
        over, many = self.told.phrases.is_over(), self.what.counts
        return ("were" if many else "was") if over else "are" if many else "is"
