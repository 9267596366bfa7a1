"""Writes a trace for others: its own canonical JSON, and W3C PROV-JSON for tools that read provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tools.trace.cells import Cell, SourceRef
from tools.trace.citation import CitationTrace, SealedText
from tools.trace.commitment import canonical_json
from tools.trace.sealing import operand_names

if TYPE_CHECKING:
    from prov.model import ProvDocument

NAMESPACE = "urn:plumbline:citation-trace:1:"


def to_json(trace: CitationTrace) -> bytes:
    """The trace as canonical JSON (RFC 8785), as ``verify_trace`` reads it."""
    return canonical_json(trace.model_dump(mode="json"))


def to_prov(trace: CitationTrace) -> str:
    """The trace as W3C PROV-JSON.

    Cells, sources and evidence blocks are entities, derivations are activities, the answer is derived from the cells
    that it claims and attributed to the planner, which acts for the person who asked. What is withheld stays withheld.
    """
    return str(to_prov_document(trace).serialize(format="json", ensure_ascii=False))


def to_prov_document(trace: CitationTrace) -> ProvDocument:
    """The provenance graph, for further work with the package ``prov``."""
    from prov.model import PROV, ProvDocument

    document = ProvDocument()
    document.add_namespace("plumb", NAMESPACE)
    _add_agents(document, trace)
    answer = document.entity(_name("answer", trace.id), {"plumb:traceId": trace.id, "prov:generatedAtTime": trace.created_at})
    answer.add_attributes(_text(trace.answer))
    document.wasAttributedTo(answer, "plumb:planner")
    for block in trace.blocks:
        opening = block.content.opening
        facts: dict[str, Any] = {"prov:type": PROV["Collection"], "plumb:table": block.table, "plumb:commitment": block.content.commitment}
        document.entity(_name("block", block.id), facts | ({"plumb:records": opening.value.n} if opening else {}))
    known = {block.id for block in trace.blocks} | {cell.address for cell in trace.cells}
    blocks = {block.id for block in trace.blocks}
    sources: set[str] = set()
    for sealed in trace.cells:
        _add_cell(document, sealed.opened(), withheld=sealed.content.opening is None)
    for sealed in trace.cells:
        cell = sealed.opened()
        _add_sources(document, cell, sources)
        _add_derivation(document, cell, [_name("block" if name in blocks else "cell", name) for name in operand_names(cell, known)])
    for number, claim in enumerate(trace.claims, 1):
        claimed = document.entity(_name("claim", str(number)), {"plumb:type": claim.type.value})
        claimed.add_attributes(_text(claim.text))
        document.wasDerivedFrom(claimed, _name("cell", claim.cell))
        document.wasDerivedFrom(answer, claimed)
    return document


def _add_agents(document: ProvDocument, trace: CitationTrace) -> None:
    from prov.model import PROV

    planner = document.agent("plumb:planner", {"prov:type": PROV["SoftwareAgent"], "plumb:mode": trace.mode, "plumb:signingKey": trace.signature.key_id})
    opening = trace.principal.opening
    person = document.agent("plumb:principal", {"prov:type": PROV["Person"]})
    person.add_attributes({"plumb:role": opening.value.role, "plumb:name": opening.value.name} if opening else {"plumb:withheld": True})
    document.actedOnBehalfOf(planner, person)


def _add_cell(document: ProvDocument, cell: Cell, *, withheld: bool) -> None:
    facts: dict[str, Any] = {"plumb:type": cell.type.value}
    if cell.unit:
        facts["plumb:unit"] = cell.unit
    if withheld:
        facts["plumb:withheld"] = True
    elif cell.value is not None:
        facts["prov:value"] = cell.value
    if cell.label_en:
        facts["prov:label"] = cell.label_en
    document.entity(_name("cell", cell.address), facts)


def _add_sources(document: ProvDocument, cell: Cell, known: set[str]) -> None:
    for ref in cell.sources:
        name = _source_name(ref)
        if name not in known:
            known.add(name)
            facts: dict[str, Any] = {"plumb:system": ref.system, "plumb:table": ref.table, "plumb:record": ref.record, "plumb:version": ref.version}
            document.entity(name, facts | {"prov:generatedAtTime": ref.as_of})
        document.wasDerivedFrom(_name("cell", cell.address), name, other_attributes={"plumb:field": ref.field})


def _add_derivation(document: ProvDocument, cell: Cell, operands: list[str]) -> None:
    if cell.derivation is None:
        return
    activity = document.activity(_name("derivation", cell.address), other_attributes={"plumb:formula": cell.derivation.formula})
    for operand in operands:
        document.used(activity, operand)
        document.wasDerivedFrom(_name("cell", cell.address), operand, activity)
    document.wasGeneratedBy(_name("cell", cell.address), activity)


def _text(sealed: SealedText) -> dict[str, Any]:
    return {"prov:value": sealed.opening.value} if sealed.opening else {"plumb:withheld": True}


def _name(kind: str, name: str) -> str:
    return f"plumb:{kind}/{quote(name, safe='.')}"


def _source_name(ref: SourceRef) -> str:
    return _name("source", "/".join((ref.system, ref.table, ref.record, ref.version)))
