"""What a template says, as it crosses doors and as it is kept."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, PlainSerializer

from tools.sandbox.approvals.schemas import Rule
from tools.store.classification import Classification
from tools.trace.cells import Frozen

TemplateKey = Literal["exploration", "assault", "delivery"]
TEMPLATES: tuple[TemplateKey, ...] = ("exploration", "assault", "delivery")
EVERY_CAPABILITY = "*"
NEVER = 5
SHIPPED = Path(__file__).with_name("shipped.yaml")


def _level(value: Any) -> Any:  # noqa: ANN401 - what a file holds
    """A level by its name; ``never`` is above all."""
    if isinstance(value, str):
        return NEVER if value.casefold() == "never" else int(Classification[value.upper()])
    return value


def _named(value: int) -> str:
    return "never" if value == NEVER else Classification(value).label


Level = Annotated[int, BeforeValidator(_level), Field(ge=0, le=4), PlainSerializer(_named)]
MasksFrom = Annotated[int, BeforeValidator(_level), Field(ge=0, le=NEVER), PlainSerializer(_named)]


class TemplateContent(Frozen):
    """Data scope, approval flow and money limits. ``rules`` hold the approval flow by amount, one of them from zero on.

    ``capabilities`` are keys, or ``*`` for every one there is. Fields up to ``clearance`` are open, none at or above ``masks_from``.
    """

    key: TemplateKey
    kinds: tuple[str, ...]
    clearance: Level
    masks_from: MasksFrom
    capabilities: tuple[str, ...]
    budget_limit: Decimal = Field(ge=0)
    call_limit: Decimal = Field(ge=0)
    rules: tuple[Rule, ...] = Field(min_length=1)


@cache
def shipped_templates() -> dict[TemplateKey, TemplateContent]:
    """The three that a new unit starts with."""
    held = yaml.safe_load(SHIPPED.read_text("utf-8"))
    return {key: TemplateContent.model_validate({"key": key, **held[key]}) for key in TEMPLATES}
