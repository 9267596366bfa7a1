"""How far what was read may be trusted: the share of events read by the same means that a person had read too, as measured on labelled notes."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from tools.journey.acts import Status

MEASURED = Path(__file__).parent / "confidence.yaml"
FEWEST = 10
PLACES = Decimal("0.001")


def kind_of(means: str, status: Status) -> str:
    """What is measured together: a means of reading, and whether the act was taken for done."""
    return f"{means} {'done' if status is Status.DONE else 'other'}"


@cache
def _measured() -> dict[str, tuple[int, int]]:
    raw = yaml.safe_load(MEASURED.read_text("utf-8"))
    return {kind: (int(right), int(n)) for kind, (right, n) in raw["kinds"].items()}


def confidence_of(means: str, status: Status) -> Decimal:
    """The measured share right, between 0 and 1; that of all events together where fewer than ten were read by these means."""
    kinds = _measured()
    right, n = kinds.get(kind_of(means, status), (0, 0))
    if n < FEWEST:
        right, n = (sum(column) for column in zip(*kinds.values(), strict=True))
    return (Decimal(right) / Decimal(max(1, n))).quantize(PLACES)
