"""Whether a message is about a sales unit, and what it asks for: a small softmax regression like that which chooses an engine, with names put away."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from agent.requests.kinds import KindModel, features_of

if TYPE_CHECKING:
    from tools.crm.ports import Embedder

UnitKind = Literal["other", "unit_means", "why_refused", "who_approves", "form_unit", "unit_change", "unit_state"]
UNIT_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
LIKELY = 0.5
"""From this probability on a message is about a unit where it names one, or where nothing else can be made of it; from the trained one on, in any case."""
MODEL = Path(__file__).with_name("kinds.json")


@cache
def trained_unit_kinds() -> KindModel:
    """The weights that come with the program; made by ``python -m evals.units``."""
    return KindModel.model_validate_json(MODEL.read_text("utf-8"))


def unit_kind_of(message: str, embedder: Embedder) -> tuple[UnitKind, float]:
    """The kind that a message without names would most probably be, were it about a unit, and the probability that it is."""
    chances = trained_unit_kinds().probabilities(features_of([message], embedder))[0].tolist()
    best = max(range(1, len(UNIT_KINDS)), key=lambda kind: chances[kind])
    return UNIT_KINDS[best], 1.0 - chances[0]
