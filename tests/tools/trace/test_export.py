"""What leaves the house: canonical JSON, PROV-JSON, a drawing, and the schema that describes the first."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from prov.model import ProvDocument

from tests.tools.trace.example import CELLS, OPEN, claim, draft, evidence
from tools.store.classification import Classification
from tools.trace.citation import CitationTrace
from tools.trace.commitment import canonical_json
from tools.trace.export import to_json, to_prov, to_prov_document
from tools.trace.schema import SCHEMA_FILE, published_schema
from tools.trace.sealing import seal_trace
from tools.trace.signing import InstallationKey
from tools.trace.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"
KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


@given(value=JSON)
def test_canonical_json_is_that_of_rfc_8785(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_exported_json_is_canonical(trace: CitationTrace) -> None:
    assert to_json(trace) == rfc8785.dumps(json.loads(to_json(trace)))


@pytest.mark.parametrize("clearance", list(Classification))
def test_exported_json_fulfils_the_published_schema(trace: CitationTrace, clearance: Classification) -> None:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(to_json(trace.masked_for(clearance))))


def test_published_schema_is_current() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == published_schema(), "run: python -m tools.trace.schema"


@pytest.mark.parametrize("clearance", list(Classification))
def test_prov_json_loads_back_as_the_same_document(trace: CitationTrace, clearance: Classification) -> None:
    masked = trace.masked_for(clearance)
    assert ProvDocument.deserialize(content=to_prov(masked), format="json") == to_prov_document(masked)


def test_prov_names_every_cell_and_what_it_was_derived_from(trace: CitationTrace) -> None:
    document = json.loads(to_prov(trace))
    assert {f"plumb:cell/{cell.address}" for cell in CELLS} <= set(document["entity"])
    pairs = {(each["prov:generatedEntity"], each["prov:usedEntity"]) for each in document["wasDerivedFrom"].values()}
    assert ("plumb:cell/q1.r1.share", "plumb:cell/q1.total.revenue") in pairs
    assert ("plumb:cell/q1.r1.revenue", "plumb:block/b1") in pairs
    assert document["agent"]["plumb:principal"]["plumb:role"] == "manager"


def texts(svg: str) -> str:
    return "\n".join(element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("clearance", list(Classification))
def test_svg_is_well_formed_and_refers_to_nothing_outside(trace: CitationTrace, clearance: Classification) -> None:
    svg = to_svg(trace.masked_for(clearance))
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in svg
    assert "<script" not in svg


def test_svg_shows_question_values_formulas_and_evidence(trace: CitationTrace) -> None:
    shown = texts(to_svg(trace)).replace("\N{NO-BREAK SPACE}", " ")
    for words in ("Which region won most", "12,500.50 EUR", "67.6 %", "share", "5 records of", "Buyer", "Zhang Wei"):
        assert words in shown


def test_svg_sums_up_long_evidence(key: InstallationKey) -> None:
    many = evidence().model_copy(update={"n": 4238})
    assert "4,238 records of" in texts(to_svg(seal_trace(draft(blocks=(many,)), key)))


def test_svg_of_a_masked_trace_says_what_is_withheld(trace: CitationTrace) -> None:
    assert "withheld" in texts(to_svg(trace.masked_for(OPEN)))


@pytest.mark.parametrize("hostile", ["</text><script>alert(1)</script>", "\x00\x1b]]>&amp;", "\ufffe'\"", "很长" * 400, ""])
def test_hostile_text_stays_text_in_the_drawing(key: InstallationKey, hostile: str) -> None:
    cell = CELLS[0].model_copy(update={"label_en": hostile, "value": hostile})
    svg = to_svg(seal_trace(draft(question=hostile, answer=hostile, cells=(cell, *CELLS[1:]), claims=(claim(hostile, cell),)), key))
    assert ElementTree.fromstring(svg).find(f".//{SVG}script") is None


def test_svg_of_a_trace_without_claims_or_cells_is_still_drawn(key: InstallationKey) -> None:
    assert "Answer" in texts(to_svg(seal_trace(draft(cells=(), claims=(), blocks=(), suggestions=(), queries=()), key)))
