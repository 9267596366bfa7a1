"""The scorecard of the demo's risk service: points for what is known of a customer, added to 50 and kept within 0 and 100. Higher is riskier.

| code | when | points |
|---|---|---|
| ``FEW_EMPLOYEES`` | fewer than 10 employees | +10 |
| ``MANY_EMPLOYEES`` | 500 employees or more | −10 |
| ``NO_REVENUE`` | revenue of 0 | +15 |
| ``REVENUE`` | revenue above 0 | −5 |
| ``NEW_CUSTOMER`` | customer for less than a year | +10 |
| ``LONG_CUSTOMER`` | customer for five years or more | −15 |
| ``NOTHING_OVERDUE`` | no open invoice overdue | −10 |
| ``OVERDUE`` | one or two overdue | +10 |
| ``MUCH_OVERDUE`` | three or more overdue | +25 |

Below 40 the risk is low, from 65 on high. What was not sent has no points and is named as missing. The scorecard is made up: it shows how
a score comes with its reasons, and decides nothing about real companies.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

MODEL = "demo-scorecard/1"
BASE, LEAST, MOST = 50, 0, 100
LOW_BELOW, HIGH_FROM = 40, 65
THIN = 2
"""With fewer known fields than these an assessment is thin and costs half."""

Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000)]
Amount = Annotated[float, Field(strict=True, ge=0, le=1e15, allow_inf_nan=False)]
Years = Annotated[float, Field(strict=True, ge=0, le=500, allow_inf_nan=False)]
Name = Literal["employees", "revenue", "years_as_customer", "open_invoices_overdue"]


class Customer(BaseModel):
    """What may be known of a customer, all of it optional. Other fields are passed over."""

    model_config = ConfigDict(frozen=True)

    employees: Count | None = None
    revenue: Amount | None = None
    years_as_customer: Years | None = None
    open_invoices_overdue: Count | None = None


class Reason(BaseModel):
    """Why the score is what it is: ``points`` that a field gave."""

    code: str
    field: Name
    points: int


class Cost(BaseModel):
    """What the assessment costs."""

    amount: str
    currency: str


class Assessment(BaseModel):
    """A score with its reasons."""

    model: str = MODEL
    score: Annotated[int, Field(ge=LEAST, le=MOST)]
    level: Literal["low", "medium", "high"]
    reasons: tuple[Reason, ...]
    missing: tuple[Name, ...]
    cost: Cost


class _Rule(NamedTuple):
    code: str
    field: Name
    points: int
    holds: Callable[[float], bool]


RULES = (
    _Rule("FEW_EMPLOYEES", "employees", 10, lambda value: value < 10),
    _Rule("MANY_EMPLOYEES", "employees", -10, lambda value: value >= 500),
    _Rule("NO_REVENUE", "revenue", 15, lambda value: value == 0),
    _Rule("REVENUE", "revenue", -5, lambda value: value > 0),
    _Rule("NEW_CUSTOMER", "years_as_customer", 10, lambda value: value < 1),
    _Rule("LONG_CUSTOMER", "years_as_customer", -15, lambda value: value >= 5),
    _Rule("NOTHING_OVERDUE", "open_invoices_overdue", -10, lambda value: value == 0),
    _Rule("OVERDUE", "open_invoices_overdue", 10, lambda value: 1 <= value <= 2),
    _Rule("MUCH_OVERDUE", "open_invoices_overdue", 25, lambda value: value >= 3),
)


def assess(customer: Customer, price: Decimal, currency: str) -> Assessment:
    """The same customer always has the same score."""
    known: dict[Name, float] = {name: value for name in _NAMES if (value := getattr(customer, name)) is not None}
    reasons = [Reason(code=each.code, field=each.field, points=each.points) for each in RULES if each.field in known and each.holds(known[each.field])]
    score = min(MOST, max(LEAST, BASE + sum(each.points for each in reasons)))
    cost = price if len(known) >= THIN else price / 2
    return Assessment(
        score=score,
        level="low" if score < LOW_BELOW else "high" if score >= HIGH_FROM else "medium",
        reasons=tuple(reasons),
        missing=tuple(name for name in _NAMES if name not in known),
        cost=Cost(amount=f"{cost:.2f}", currency=currency),
    )


_NAMES: tuple[Name, ...] = ("employees", "revenue", "years_as_customer", "open_invoices_overdue")
