"""What telling one result needs: its words, the draft that grows, and the ways to add a sentence or a proven cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal

from agent.answer import Language
from agent.composing.draft import Draft, Sentence, slot
from agent.composing.phrases import Figure, Phrases
from agent.composing.typesetting import capital, plural, tidy
from prompts.words import say
from tools.crm.query import Against, Among, And, Beside, Between, Compare, Exists, Filter, Lasted, Not, Or, Plan, Query, Unlike
from tools.crm.results import ResultRow, ResultSet
from tools.crm.semantic import Field, SemanticModel, Words
from tools.crm.semantic.model import RECORD_ID
from tools.store.classification import Classification
from tools.trace.cells import Cell, CellType, Derivation, SourceRef

Direction = Literal["up", "down", "none"]
ONE = "1"
NUMBER = "no"


class Telling:
    """One result being told."""

    def __init__(self, plan: Plan, result: ResultSet, model: SemanticModel, draft: Draft, clearance: Classification) -> None:
        """``draft`` grows; ``clearance`` is the reader's."""
        self.plan, self.result, self.model, self.draft, self.clearance = plan, result, model, draft, clearance
        self.query: Query = result.query
        self.language: Language = draft.language
        self.phrases = Phrases(result.query, result.call, model, draft.language)
        asked = result.query.select if plan.focus == "lookup" else ()
        self.terms = tuple(dict.fromkeys(_terms(result.query, self.phrases.conditions.kind, asked, model, draft.language)))

    def labels(self) -> Iterator[tuple[str, str]]:
        """What people call the values of closed fields in the rows, by address."""
        paths = [each.path for each in self.query.dimensions if not each.grain] + list(self.query.select)
        for path in paths:
            words = self.phrases.reader.values(self.query.entity, path)
            for row in self.result.rows if words else ():
                cell = row.cells.get(path.replace(".", "_"))
                if cell is not None and cell.value is not None and cell.value in words:
                    yield cell.address, words[cell.value].label(self.language)

    def own(self) -> Iterator[tuple[str, str]]:
        """What the export itself calls the values of fields that an import reads as closed ones, by address: 电话 for a call."""
        for path in [each.path for each in self.query.dimensions if not each.grain] + list(self.query.select):
            words = self.phrases.reader.own_values(self.query.entity, path)
            for row in self.result.rows if words else ():
                cell = row.cells.get(path.replace(".", "_"))
                if cell is not None and cell.value is not None and cell.value in words:
                    yield cell.address, words[cell.value]

    def text(self, key: str, **values: str) -> str:
        """A piece of a sentence."""
        return say(key, self.language, **values)

    def tell(self, key: str, direction: Direction = "none", /, **values: str) -> None:
        """Add a sentence."""
        template = self.text(key, **values)
        template = tidy(template) if self.language == "zh" else capital(template)
        self.draft.sentences.append(Sentence(template, direction, self.result.call, self.terms))

    def bind(self, cell: Cell) -> str:
        """Add a cell that follows from others, and give its address."""
        self.draft.cells[cell.address] = cell
        return cell.address

    def count_cell(self, name: str, value: int, derivation: Derivation) -> str:
        """Address of a new count."""
        return self.bind(Cell(address=f"{self.result.call}.{name}", value=str(value), type=CellType.COUNT, derivation=derivation))

    def is_one(self, cell: Cell | None) -> bool:
        """Whether the noun after this value is singular."""
        return cell is not None and cell.value == ONE

    def are(self, cell: Cell | None) -> str:
        """``is`` or ``are`` for so many."""
        return "is" if self.is_one(cell) else "are"

    def exactness(self, a: Cell, b: Cell) -> Literal["rough", "size"]:
        """How a difference of two amounts is written: no more exactly than they are."""
        return "rough" if max(abs(each.number or Decimal(0)) for each in (a, b)) >= 1_000_000 and a.type is CellType.MONEY else "size"

    def figure(self, index: int = 0) -> Figure:
        """What a measure is."""
        return self.phrases.figure(self.query.measures[index])

    def the(self, index: int) -> str:
        """The subject of a sentence: ``the win rate in 2017``, but ``won deals in 2017``."""
        subject = self.phrases.subject(index)
        return subject if self.language == "zh" or self.figure(index).counts else f"the {subject}"

    def counted(self, index: int, cell: Cell | None) -> str:
        """The noun of a count, for so many of them: ``won deals``."""
        figure = self.figure(index)
        if figure.noun:
            return figure.noun.removesuffix("s") if self.language == "en" and self.is_one(cell) else figure.noun
        return self.phrases.noun(self.is_one(cell), figure.state)

    # -- rows of groups -------------------------------------------------------------------------------------------

    def name_cell(self, row: ResultRow) -> Cell:
        """What names a group first."""
        first = next(column for column in self.result.columns if column.role == "dimension")
        return row.cells[first.key]

    def name(self, row: ResultRow, style: Literal["value", "given"] = "value") -> str:
        """A group's name: all its dimensions, without the currency that amounts are kept apart by."""
        parts = []
        columns = (column for column in self.result.columns if column.role == "dimension")
        for column, dimension in zip(columns, self.query.dimensions, strict=False):
            cell = row.cells[column.key]
            empty = self.text("none_group", field=column.words.label(self.language))
            name = empty if cell.value is None else slot(cell.address, "period" if dimension.grain else style)
            number = None if dimension.grain or not self.is_shared(cell) else self.number_cell(cell)
            parts.append(name if number is None else self.text("told_apart", name=name, apart=slot(number.address, "given")))
        return " / ".join(parts)

    def number_title(self, numbers: tuple[Cell, ...]) -> str:
        """What the numbers of records are called."""
        field = next((found for cell in numbers if cell.sources and (found := self._number_of(cell.sources[0])) is not None), None)
        return field.words.label(self.language) if field is not None else ""

    def _number_of(self, source: SourceRef) -> Field | None:
        return next((entity.fields.get(RECORD_ID) for entity in self.model.entities.values() if entity.table == source.table), None)

    @cached_property
    def _chosen(self) -> frozenset[str]:
        """Names of which the query means one of several bearers."""
        return frozenset(_chosen(self.query.where))

    def is_shared(self, cell: Cell) -> bool:
        """Whether several records bear the name, so that it alone does not say which one is meant."""
        return cell.value in self.result.shared or cell.value in self._chosen or (bool(self.query.only_records) and cell.value in self.query.only)

    def number_cell(self, cell: Cell) -> Cell | None:
        """The number of the record that a name is cited from, as a cell that cites it too; None where the reader may not see it."""
        source = cell.sources[0] if len(cell.sources) == 1 else None
        field = self._number_of(source) if source is not None else None
        if source is None or field is None or field.classification > self.clearance:
            return None
        cited = source.model_copy(update={"field": RECORD_ID})
        found = Cell(address=f"{cell.address}_{NUMBER}", value=source.record, type=CellType.TEXT, classification=field.classification, sources=(cited,))
        self.bind(found)
        return found

    def value_within(self, row: ResultRow, measure: str = "m0") -> str:
        """A value with its interval, to stand in brackets."""
        low, high = (row.cells.get(f"{measure}_{end}") for end in ("low", "high"))
        if low is None or high is None or low.value is None:
            return slot(row.cells[measure].address)
        return self.text("value_within", value=slot(row.cells[measure].address), low=slot(low.address, "bound"), high=slot(high.address, "bound"))

    def value(self, row: ResultRow, measure: str = "m0") -> str:
        """A value with its interval or share where there is one."""
        text = slot(row.cells[measure].address)
        low, high, share = (row.cells.get(f"{measure}_{end}") for end in ("low", "high", "share"))
        zh = self.language == "zh"
        if low is not None and high is not None and low.value is not None:
            bounds = slot(low.address, "bound"), slot(high.address, "bound")
            text += "（{} 至 {}）".format(*bounds) if zh else " ({} to {})".format(*bounds)
        elif share is not None and share.value is not None:
            label = self.text("column_share")
            text += f"（{label} {slot(share.address)}）" if zh else f" ({label} {slot(share.address)})"
        return text


def _terms(query: Query, kind: str, asked: tuple[str, ...], model: SemanticModel, language: Language) -> Iterator[tuple[str, ...]]:
    """Sets of words for the same thing, for each thing that a query is about; ``asked`` are the fields that were looked up."""
    found = [model.entities[each].words for each in (query.entity, *_entities(query.where))]
    if kind:
        found.append(model.entities[query.entity].kinds[kind])
    found += _closed(query.where, query.entity, model)
    found += [model.measures[ref.measure].words for ref in query.measures if ref.measure is not None]
    paths = [*_paths(query.where), *(each.path for each in query.dimensions), *asked, *(each.path for each in query.order if each.path)]
    for path in [*paths, *(path for each in query.measures for path in (each.path, each.since, each.over, each.less, each.of, *_paths(each.part)) if path)]:
        try:
            walked, field = model.field(query.entity, path)
        except KeyError:
            continue
        found.append(field.words)
        found += [model.entities[str(each.to)].words for each in (*walked, field) if each.to]
    for words in found:
        known = [word.lower() for word in (words.zh if language == "zh" else words.en)]
        yield tuple(known + [plural(word) for word in known if language == "en"])


def _chosen(where: Filter | None) -> Iterator[str]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _chosen(part)
        case Compare():
            yield from (value for value, record in zip(where.values, where.records, strict=False) if record)


def _closed(where: Filter | None, entity: str, model: SemanticModel) -> Iterator[Words]:
    """The words for the values of closed fields that a filter names."""
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _closed(part, entity, model)
        case Not():
            yield from _closed(where.part, entity, model)
        case Exists():
            yield from _closed(where.where, where.entity, model)
        case Compare():
            known = model.field(entity, where.path)[1].values
            yield from (known[each] for each in where.values if each in known)


def _entities(where: Filter | None) -> Iterator[str]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _entities(part)
        case Not():
            yield from _entities(where.part)
        case Exists():
            yield where.entity
            yield from _entities(where.where)
        case Among() | Against():
            yield where.query.entity
            yield from _entities(where.query.where)


def _paths(where: Filter | None) -> Iterator[str]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _paths(part)
        case Not():
            yield from _paths(where.part)
        case Compare() | Between():
            yield where.path
        case Lasted():
            yield from (where.path, where.since)
        case Beside() | Unlike():
            yield from (where.path, where.other)
