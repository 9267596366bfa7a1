"""Writes what a turn said and why, in one transaction: the signed trace and the run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from agent.answer import Answer, Source
from agent.composing.charting import described
from agent.composing.draft import Draft, Rendered
from agent.composing.formatting import format_date
from agent.composing.typesetting import listed
from agent.detailing import in_detail
from agent.parsing.saying import say_back
from agent.turn import Turn
from prompts.words import say
from tools.crm.results import ResultSet
from tools.store.classification import Classification
from tools.threads.service import record_turn
from tools.trace.cells import Cell, EvidenceBlock
from tools.trace.citation import Speaker
from tools.trace.sealing import ClaimDraft, QueryDraft, TraceDraft, seal_trace
from tools.trace.service import record as record_trace


def record(question: str, turn: Turn) -> Answer:
    """Seal and store the trace, store the run, and give the finished answer."""
    draft, rendered = turn.draft, turn.rendered
    assert draft is not None  # noqa: S101 - composed before
    assert rendered is not None  # noqa: S101 - verified before
    text = _text(draft, rendered)
    cells = _needed(draft)
    blocks = tuple(block for proof in turn.proofs() for block in proof.blocks) if not draft.abstained else ()
    suggestions = turn.outcome.suggestions if turn.outcome is not None and not draft.abstained else ()
    trace = seal_trace(
        TraceDraft(
            created_at=datetime.now(UTC),
            language=turn.language,
            mode=turn.mode,
            today=turn.today,
            as_of=_as_of(turn),
            semantic_version=turn.catalog.model.version,
            speaker=Speaker(role=turn.principal.role, member_id=turn.principal.member_id, name=turn.principal.name),
            question=question,
            answer=text,
            assumptions=tuple(draft.notes),
            queries=_queries(turn),
            claims=tuple(
                ClaimDraft(text=claim.text, value=draft.cells[claim.cell].value, type=claim.type, unit=claim.unit, cell=claim.cell) for claim in rendered.claims
            ),
            cells=tuple(cells.values()),
            blocks=blocks,
            suggestions=suggestions,
        ),
        turn.key,
    )
    record_trace(turn.session, trace)
    answer = Answer(
        answer=text,
        language=turn.language,
        mode=turn.mode,
        abstained=draft.abstained,
        clarify=turn.readings if turn.plan is None else (),
        claims=tuple(rendered.claims),
        tables=tuple(draft.tables),
        charts=tuple(each.model_copy(update={"alt": described(each, draft.tables[each.table], draft.language)}) for each in draft.charts),
        sources=_sources(rendered, draft, turn),
        next_steps=tuple(draft.next_steps),
        suggestions=suggestions,
        proposals=_proposals(turn),
        thread_id=turn.thread_id,
        trace_id=trace.id,
        timings_ms=dict(turn.timings),
    )
    about = turn.plan if turn.outcome is None else turn.outcome.about
    plan = about.model_dump(mode="json", exclude_none=True) if about and not draft.abstained else None
    for each in (turn.told, turn.outcome):
        if each is not None and each.effect is not None:
            each.effect()
    record_turn(turn.session, turn.thread_id, turn.principal, turn.asked_at, question, plan, answer.model_dump(mode="json"))
    turn.session.commit()
    return answer


def _proposals(turn: Turn) -> tuple[str, ...]:
    if turn.outcome is not None:
        return turn.outcome.proposals
    return turn.told.proposals if turn.told else ()


def _text(draft: Draft, rendered: Rendered) -> str:
    """The answer first, then what was assumed."""
    notes = (" " if draft.language == "en" else "").join(draft.notes)
    return f"{rendered.text}\n\n{notes}" if notes else rendered.text


def _needed(draft: Draft) -> dict[str, Cell]:
    return {} if draft.abstained else draft.cells


def _queries(turn: Turn) -> tuple[QueryDraft, ...]:
    if turn.plan is None:
        return ()
    said = turn.plan.said_back_zh if turn.language == "zh" else turn.plan.said_back_en
    model, own = turn.catalog.model, len(turn.plan.queries)
    asked = [(f"q{i}", query, said) for i, query in enumerate(turn.plan.queries, 1)]
    asked += [(f"q{i}", query, say_back(query, model, turn.language)) for i, query in enumerate(in_detail(turn.plan, model).queries[own:], own + 1)]
    asked += [(step.call, step.query, say_back(step.query, model, turn.language)) for result in turn.results for step in _steps(result)]
    return tuple(
        QueryDraft(call=call, plan=query.model_dump(mode="json", exclude_none=True), said_back=words, classification=Classification.INTERNAL)
        for call, query, words in asked
    )


def _steps(result: ResultSet) -> Iterator[ResultSet]:
    """The inner queries that a result rests on, those of these too."""
    for step in result.steps:
        yield step
        yield from _steps(step)


def _as_of(turn: Turn) -> datetime | None:
    return max((proof.as_of for proof in turn.proofs() if proof.as_of), default=None)


def _sources(rendered: Rendered, draft: Draft, turn: Turn) -> tuple[Source, ...]:
    """What stands behind each mark, in words."""
    found = []
    for claim in rendered.claims:
        if claim.mark:
            cell = draft.cells[claim.cell]
            text, records = _origin(cell, draft, turn)
            as_of = max((source.as_of for source in cell.sources), default=None)
            found.append(Source(mark=claim.mark, cell=claim.cell, text=text, records=records, as_of=as_of.date().isoformat() if as_of else None))
    return tuple(found)


def _origin(cell: Cell, draft: Draft, turn: Turn) -> tuple[str, int]:
    language = draft.language
    if cell.sources:
        source = cell.sources[0]
        day = format_date(source.as_of.date(), language)
        return say("source_record", language, system=source.system, table=source.table, record=source.record, field=source.field, day=day), len(cell.sources)
    derivation = cell.derivation
    if derivation is None or derivation.formula == "constant":
        return say("source_plan" if turn.outcome is None else "source_engine", language), 0
    blocks = {block.id: block for proof in turn.proofs() for block in proof.blocks}
    block = blocks.get(derivation.operands[0].split(".")[0]) if derivation.operands else None
    formula = say(f"formula_{derivation.formula}", language)
    if block is not None:
        return say("source_fold", language, formula=formula, table=block.table, count=f"{block.n:,}"), block.n
    below = _below(cell, draft, blocks) if turn.outcome is not None else []
    if not below:
        return formula, 0
    tables = listed(sorted({each.table for each in below}), language)
    records = len({(each.table, row[0]) for each in below for row in json.loads(each.rows_json)})
    return say("source_rests", language, formula=formula, tables=tables, count=f"{records:,}"), records


def _below(cell: Cell, draft: Draft, blocks: Mapping[str, EvidenceBlock]) -> list[EvidenceBlock]:
    """The blocks of records that a computed cell rests on, however many steps lie between."""
    found: dict[str, EvidenceBlock] = {}
    seen: set[str] = set()
    todo = [cell.address]
    while todo:
        address = todo.pop()
        each = draft.cells.get(address)
        if each is None or each.derivation is None or address in seen:
            continue
        seen.add(address)
        for operand in each.derivation.operands:
            block = blocks.get(operand.split(".")[0])
            if block is None:
                todo.append(operand)
            elif block.as_of is not None:  # parameters are no records
                found[block.id] = block
    return list(found.values())
