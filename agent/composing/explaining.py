"""Explains the last answer: how the question was read, what was counted by which formula, over how many records of which source. Claims no cause."""

from __future__ import annotations

from agent.answer import Language
from agent.composing.draft import Draft, slot
from agent.composing.formatting import format_date
from agent.composing.telling import Telling
from agent.composing.typesetting import tidy
from prompts.words import say
from tools.crm.query import Plan
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.store.classification import Classification
from tools.trace.cells import Cell, CellType, Derivation

QUOTIENTS = {"rate", "ratio", "share"}


def explain(
    plan: Plan, results: tuple[ResultSet, ...], model: SemanticModel, language: Language, clearance: Classification, system: str | None = None
) -> Draft:
    """An account of how ``results`` came about, each number of it bound to a cell.

    ``plan`` is that of the answer to be explained and ``results`` its outcome; ``system`` is the name of the system that the
    records were imported from. What the reader may not see is left out, as in the answer itself.
    """
    draft = Draft(language)
    for result in results:
        draft.cells |= result.cells()
        told = Telling(plan, result, model, draft, clearance)
        draft.labels |= dict(told.labels())
        draft.own |= dict(told.own())
        told.tell("explain_reading", said=_reading(told))
        _definitions(told)
        _computation(told)
        draft.cells |= told.phrases.cells
        source = _source(told, system)
        if source is not None and source not in draft.notes:
            draft.notes.append(source)
    draft.notes.append(say("explain_no_cause", language))
    return draft


def _reading(told: Telling) -> str:
    """The query in words, its values as slots."""
    phrases, query = told.phrases, told.query
    subjects = [phrases.subject(index) for index in range(len(query.measures))] or [phrases.subject(None)]
    subject = told.text("join_comma").join(subjects)
    if not query.dimensions:
        return subject
    groups = told.text("join_comma").join(told.text(f"grain_{each.grain}") if each.grain else phrases.label(each.path) for each in query.dimensions)
    return told.text("explain_grouped", subject=subject, groups=groups)


def _definitions(told: Telling) -> None:
    """What the measures that are named mean in this store."""
    for ref in told.query.measures:
        measure = told.model.measures.get(ref.measure or "")
        if measure is not None:
            name = measure.words.label(told.language)
            told.tell("explain_define", name=name, define=measure.define.label(told.language))


def _computation(told: Telling) -> None:
    """The formula with its operands, and how many records took part."""
    result = told.result
    if not result.blocks or not result.n:
        told.tell("explain_nothing")
        return
    counted = _counted(told)
    words = {
        "count": slot(counted.address),
        "records": told.phrases.bare(told.is_one(counted)),
        "counter": told.phrases.counter(),
    }
    if not told.query.measures:
        told.tell("explain_list", **words)
        return
    cell = result.rows[0].cells.get("m0") if result.rows else None
    derivation = cell.derivation if cell is not None else None
    if cell is None or derivation is None:
        return
    formula = told.text(f"formula_{derivation.formula}")
    if told.query.dimensions:
        groups = told.count_cell("explained.groups", result.groups, Derivation(formula="constant"))
        told.tell("explain_groups", groups=slot(groups, "given"), formula=formula, **words)
    elif derivation.formula in QUOTIENTS and len(derivation.operands) > 1 and all(each in told.draft.cells for each in derivation.operands):
        part, whole = (slot(each) for each in derivation.operands[:2])
        told.tell("explain_quotient", value=slot(cell.address), part=part, whole=whole, **words)
    elif cell.value is not None:
        told.tell("explain_plain", value=slot(cell.address), formula=formula, **words)


def _counted(told: Telling) -> Cell:
    """How many records the evidence holds, as a count that can be made again from it."""
    address = f"{told.result.call}.total.count"
    if address not in told.draft.cells:
        block = told.result.blocks[0]
        derivation = Derivation(formula="count", operands=(block.id,))
        told.bind(Cell(address=address, value=str(block.n), type=CellType.COUNT, classification=block.classification, derivation=derivation))
    return told.draft.cells[address]


def _source(told: Telling, system: str | None) -> str | None:
    """Where the records come from and how fresh they are."""
    result = told.result
    named = system or next((cell.sources[0].system for cell in result.cells().values() if cell.sources), None)
    if named is None or result.as_of is None:
        return None
    table = told.model.entities[told.query.entity].words.label(told.language)
    text = say("explain_source", told.language, system=named, table=table, day=format_date(result.as_of.date(), told.language))
    return tidy(text) if told.language == "zh" else text
