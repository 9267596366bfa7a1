"""Answers of many small queries: what changed since a day, what is held about a record or at all, what can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from agent.answer import Table
from agent.composing.conditions import listed_or
from agent.composing.draft import scalar, slot
from agent.composing.phrases import Phrases
from agent.composing.records import tell_records
from agent.composing.telling import Telling
from agent.composing.typesetting import listed
from prompts.words import say
from tools.trace.cells import Cell, CellType, Derivation

TOLD = 6
OVERVIEWS = frozenset({"changes", "holdings", "askable"})


def tell_overview(focus: str, tellings: Sequence[Telling], questions: Sequence[str] = ()) -> None:
    """All results of an overview, most first; ``questions`` are such as this person can ask of this store."""
    if focus == "askable":
        _askable(tellings, questions)
        return
    counted = [told for told in tellings if told.query.measures]
    there = sorted((told for told in counted if _count(told).number), key=_size, reverse=True)
    missing = [told for told in counted if told not in there]
    if focus == "changes":
        _changes(there, missing)
    else:
        _holdings(there, missing)
    for told in tellings:
        if not told.query.measures:
            tell_records(told)
    if len(there) > 1:
        _table(focus, there)
    for told in tellings:
        told.draft.cells |= told.phrases.cells


def _count(told: Telling) -> Cell:
    """How many there are; amounts in several currencies split the records, and their numbers are added up again."""
    rows = told.result.rows
    if len(rows) == 1:
        return rows[0].cells["m0"]
    total = sum((row.cells["m0"].number or Decimal(0) for row in rows), Decimal(0))
    derivation = Derivation(formula="add", operands=tuple(row.cells["m0"].address for row in rows))
    cell = Cell(address=f"{told.result.call}.all.m0", value=f"{total:f}", type=CellType.COUNT, derivation=derivation)
    told.bind(cell)
    return cell


def _worths(told: Telling) -> list[Cell]:
    """The amounts of money, one for each currency."""
    cells = (row.cells.get("m1") for row in told.result.rows)
    return [cell for cell in cells if cell is not None and cell.type is CellType.MONEY and cell.number]


def _size(told: Telling) -> tuple[Decimal, Decimal]:
    """Money first, then numbers."""
    return max((cell.number or Decimal(0) for cell in _worths(told)), default=Decimal(0)), _count(told).number or Decimal(0)


# -- what changed -----------------------------------------------------------------------------------------------------


def _changes(there: list[Telling], missing: list[Telling]) -> None:
    for number, told in enumerate(there[:TOLD]):
        cell, worths = _count(told), _worths(told)
        worth = told.text("change_worth", value=listed([slot(each.address) for each in worths], told.language)) if worths else ""
        words = {"value": slot(cell.address), "records": _records(told, told.is_one(cell)), "done": _done(told), "counter": told.phrases.counter()}
        period = _period(told) if number == 0 else ""
        were = "was" if told.is_one(cell) else "were"
        told.tell("change", were=were, period=f" {period}" if period and told.language == "en" else period, worth=worth, **words)
    _others(there[TOLD:])
    if missing and there:
        missing[0].tell("change_none", what=listed_or(_unhappened(missing), missing[0].language))
    elif missing:
        missing[0].tell("change_nothing", period=_period(missing[0]))


def _others(told: Sequence[Telling]) -> None:
    """What is left, in one sentence."""
    if told:
        kinds = [each.text("overview_also", value=slot(_count(each).address), what=_kind(each), counter=each.phrases.counter()) for each in told]
        told[0].tell("overview_others", kinds=listed(kinds, told[0].language))


def _kind(told: Telling) -> str:
    """``deals won``, or the records alone where nothing happened to them."""
    records = told.phrases.bare(told.is_one(_count(told)))
    return told.text("change_kind", records=records, done=_done(told)) if told.query.window is not None else records


def _unhappened(missing: list[Telling]) -> list[str]:
    return list(dict.fromkeys(told.text("change_kind", records=told.phrases.bare(), done=_done(told)) for told in missing))


def _records(told: Telling, one: bool) -> str:
    """The records by their kind and conditions, without what the verb says."""
    others = [each.phrase for each in told.phrases.conditions.others]
    if told.language == "zh":
        return f"{'、'.join(others)}{'的' if others else ''}{told.phrases.bare()}"
    return " ".join((told.phrases.bare(one), *others))


def _done(told: Telling) -> str:
    """What happened to the records on the day that the period is about."""
    state = told.figure(0).state
    time = told.query.window.path if told.query.window is not None else None
    for key in (f"happened_{state}", f"happened_{told.query.entity}_{time}", f"happened_{time}"):
        try:
            return told.text(key)
        except KeyError:
            continue
    return told.text("happened_any", field=told.phrases.label(str(time)))


def _period(told: Telling) -> str:
    """The period without naming the day that it is about: the verb says that."""
    window = told.query.window
    if window is None:
        return ""
    plain = told.query.model_copy(update={"window": window.model_copy(update={"path": None})})
    phrases = Phrases(plain, told.result.call, told.model, told.language)
    period = phrases.period(plain.window)
    told.draft.cells |= phrases.cells
    return period


# -- what is held -----------------------------------------------------------------------------------------------------


def _holdings(there: list[Telling], missing: list[Telling]) -> None:
    for told in there[:TOLD]:
        cell = _count(told)
        days = [each for row in told.result.rows for key, each in row.cells.items() if key in {"m1", "m2"} and each.value is not None]
        records = told.phrases.records(told.is_one(cell))
        words = {"value": slot(cell.address), "records": records, "are": told.are(cell), "counter": told.phrases.counter()}
        if len(days) == 2:
            told.tell("held_between", first=slot(days[0].address), last=slot(days[1].address), **words)
        elif days:
            told.tell("held_newest", last=slot(days[0].address), **words)
        else:
            told.tell("held", **words)
    _others(there[TOLD:])
    if missing:
        names = listed_or([told.phrases.bare() for told in missing], missing[0].language)
        missing[0].tell("held_none", what=names)


# -- what can be asked ------------------------------------------------------------------------------------------------


def _askable(tellings: Sequence[Telling], questions: Sequence[str]) -> None:
    there = [told for told in tellings if _count(told).number]
    if not there:
        return
    first = there[0]
    kinds = [
        told.text("askable_kind", value=slot(_count(told).address), records=told.phrases.records(told.is_one(_count(told))), counter=told.phrases.counter())
        for told in there
    ]
    first.tell("askable", kinds=listed(kinds, first.language))
    if questions:
        first.tell("askable_questions", questions=say("askable_join", first.language).join(f"“{each}”" for each in questions))


# -- the table --------------------------------------------------------------------------------------------------------


def _table(focus: str, there: list[Telling]) -> None:
    """One row for each kind: what it is, how many, and how much money or which days."""
    first = there[0]
    rows: list[list[Cell]] = []
    for told in there:
        label = _done(told) if focus == "changes" else ""
        name = told.text("change_kind", records=told.phrases.bare(), done=label) if label else told.phrases.bare()
        address = told.phrases.reader.constant("where.kind", name, CellType.TEXT)
        told.draft.cells |= told.phrases.cells
        held = [each for row in told.result.rows[:1] for key, each in row.cells.items() if key in {"m1", "m2"}]
        rows.append([told.draft.cells[address], _count(told), *held])
    width = max(len(row) for row in rows)
    rows = [row + [_nothing(told, row[1])] * (width - len(row)) for told, row in zip(there, rows, strict=True)]
    titles = [first.text("overview_what"), first.text("overview_number"), *(first.text(f"overview_{focus}_{at}_{width}") for at in range(2, width))]
    first.draft.tables.append(
        Table(
            name=first.text(f"overview_{focus}"),
            columns=tuple(titles),
            rows=tuple(tuple(scalar(cell) for cell in row) for row in rows),
            types=tuple(cell.type for cell in max(rows, key=lambda row: sum(cell.value is not None for cell in row))),
            units=tuple(_unit([row[at] for row in rows]) for at in range(width)),
            cells=tuple(tuple(cell.address for cell in row) for row in rows),
            total_rows=len(rows),
        )
    )


def _nothing(told: Telling, beside: Cell) -> Cell:
    """An empty place in the table: this kind of record has no such day or amount."""
    cell = Cell(address=f"{told.result.call}.where.nothing", value=None, type=beside.type, derivation=Derivation(formula="constant"))
    told.bind(cell)
    return cell


def _unit(cells: Sequence[Cell]) -> str | None:
    units = {cell.unit for cell in cells if cell.value is not None}
    return next(iter(units)) if len(units) == 1 else None
