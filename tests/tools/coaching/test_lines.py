"""No line without a value and a ground, whatever is tried; every template speaks both languages about the same things."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from prompts import words
from tools.coaching.finding import Finding, urgency_parts
from tools.coaching.schemas import Breadth, Line, SituationKind, Step, Unit
from tools.coaching.vocabulary import load_urgency
from tools.trace.cells import Cell, CellType, SourceRef

SOURCE = SourceRef(system="crm", table="requests", record="Q1", field="subject", version="h", as_of=datetime(2026, 1, 1, tzinfo=UTC))
CELL = Cell(address="k1.r1.object", value="Where is our data?", type=CellType.TEXT, sources=(SOURCE,))
TEXTS = yaml.safe_load((Path(words.__file__).parent / "talk_tracks.yaml").read_text("utf-8"))
TEMPLATES = sorted(key.removeprefix("talk_").removesuffix("_why") for key in TEXTS if key.endswith("_why"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def line(**changes: object) -> Line:
    parts = urgency_parts(Finding(SituationKind.REQUEST_UNANSWERED, "request_unanswered", {"object": CELL}, date(2026, 1, 1), CELL))
    fields: dict[str, object] = {
        "kind": SituationKind.REQUEST_UNANSWERED, "template": "request_unanswered", "slots": {"object": CELL}, "grounds": (SOURCE,),
        "urgency": sum((part.points for part in parts), Decimal(0)), "parts": parts, "customer_value": "The customer gets its answer",
    }  # fmt: skip
    return Line.model_validate(fields | changes)


@given(value=st.text(alphabet=" \t\n\r ", max_size=5))
def test_line_without_a_customer_value_cannot_exist(value: str) -> None:
    with pytest.raises(ValidationError):
        line(customer_value=value)


@given(missing=st.sampled_from(["grounds", "slots", "parts", "template"]))
def test_line_without_ground_slot_or_reason_cannot_exist(missing: str) -> None:
    with pytest.raises(ValidationError):
        line(**{missing: {} if missing == "slots" else "" if missing == "template" else ()})


@given(cell=st.sampled_from([CELL.model_copy(update={"sources": ()}), CELL.model_copy(update={"value": None})]))
def test_slot_that_proves_nothing_makes_no_line(cell: Cell) -> None:
    with pytest.raises(ValidationError):
        line(slots={"object": cell})


@given(off=st.decimals(min_value="-1000", max_value="1000", places=4).filter(bool))
def test_urgency_that_its_parts_do_not_make_is_refused(off: Decimal) -> None:
    with pytest.raises(ValidationError):
        line(urgency=line().urgency + off)


@given(
    kind=st.sampled_from(list(SituationKind)),
    because=st.lists(st.tuples(st.sampled_from(sorted(load_urgency().added)), st.decimals(min_value="-9", max_value="900", places=2)), max_size=8),
)
def test_parts_of_an_urgency_stay_within_their_points(kind: SituationKind, because: list[tuple[str, Decimal]]) -> None:
    finding = Finding(kind, "x", {"object": CELL}, date(2026, 1, 1), CELL, tuple((rule, units, CELL) for rule, units in because))

    parts, points = urgency_parts(finding), load_urgency()

    assert parts[0].points == points.base[kind]
    for part in parts[1:]:
        assert 0 < part.contribution.effect <= points.added[part.rule].most


@pytest.mark.parametrize("template", TEMPLATES)
def test_template_has_reason_words_and_value_over_the_same_slots_in_both_languages(template: str) -> None:
    slots = [set(PLACEHOLDER.findall(TEXTS[f"talk_{template}_why"][language])) for language in ("zh", "en")]

    assert slots[0] == slots[1]
    for part in ("say", "value"):
        texts = TEXTS[f"talk_{template}_{part}"]
        assert set(PLACEHOLDER.findall(texts["zh"])) | set(PLACEHOLDER.findall(texts["en"])) <= slots[0]
        assert all(texts[language].strip() for language in ("zh", "en"))
    assert PLACEHOLDER.search(TEXTS[f"talk_{template}_value"]["zh"]), "a value names what it is about"


def test_every_kind_step_and_breadth_has_its_words() -> None:
    assert set(load_urgency().base) == set(SituationKind)
    named = [f"talk_step_{step}" for step in get_args(Step)] + [f"talk_scope_{breadth}" for breadth in get_args(Breadth)]
    named += [f"talk_{word}_{unit}" for word in ("unit", "counter", "did") for unit in get_args(Unit)]
    assert [key for key in named if key not in TEXTS] == []
