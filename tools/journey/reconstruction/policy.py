"""The file of responses in types: which accounts are large, which key results matter when, and the bounds of every move."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tools.journey.weights import Named, Words
from tools.trace.cells import Frozen

SHIPPED = Path(__file__).with_name("responses.yaml")
Topic = Literal["keep", "grow"]


class LargeAccounts(Frozen):
    """Tiers that are large, and the share of the last twelve months' won value from which on any account is."""

    tiers: tuple[str, ...]
    revenue_share: Decimal = Field(gt=0, le=1)


class Answer(Frozen):
    """What one direction asks for, and what the customer gets out of it."""

    key_results: Topic
    customer_value: Named


class Bounds(Frozen):
    """How far a proposal may go: percentage points of a key result, its least weight, and the least share that old evidence keeps."""

    largest_move: int = Field(ge=1, le=30)
    least_weight: int = Field(ge=0, le=50)
    least_kept: Decimal = Field(gt=0, le=1)


class Risks(Frozen):
    """Which stages endanger a relationship as they rise, from which rise on a rep is told, and for how many days what was seen outside is new."""

    stages: tuple[str, ...]
    least_rise: Decimal = Field(gt=0, lt=1)
    days: int = Field(ge=1, le=90)


class Policy(Frozen):
    """How the product answers a change at a large account."""

    large: LargeAccounts
    key_results: dict[Topic, Words]
    answers: dict[Literal["up", "down"], Answer]
    bounds: Bounds
    risks: Risks
    expires_after_days: int = Field(ge=1, le=120)


@cache
def shipped_policy() -> Policy:
    """The file as shipped."""
    import yaml

    return Policy.model_validate(yaml.safe_load(SHIPPED.read_text("utf-8")))
