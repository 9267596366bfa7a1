"""Units as they stand, and the typed changes of a unit that people approve."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.sandbox.templates.schemas import TemplateContent, TemplateKey
from tools.trace.cells import Frozen

UnitStatus = Literal["active", "merged", "split", "dissolved"]
ResourceKind = Literal["people_days", "test_environment", "expert_hours"]
RESOURCES: tuple[ResourceKind, ...] = ("people_days", "test_environment", "expert_hours")


class Place(Frozen):
    """One member in one function: one of :mod:`tools.sandbox.units.functions`, or what the unit calls it."""

    member_id: int
    name: str
    function: str


class Customer(Frozen):
    """A customer that a unit works for."""

    account_id: int
    name: str


class Pool(Frozen):
    """A unit's resource: what there is and what of it is taken (people-days, days of test environments, hours of experts)."""

    kind: ResourceKind
    granted: Decimal
    booked: Decimal

    @property
    def left(self) -> Decimal:
        """What can still be booked."""
        return self.granted - self.booked


class Unit(Frozen):
    """A unit as it stands."""

    id: str
    name: str
    status: UnitStatus
    template: TemplateKey
    lead_id: int
    lead: str
    opportunity_id: int | None
    customer_value: str
    members: tuple[Place, ...]
    customers: tuple[Customer, ...]
    pools: tuple[Pool, ...]
    formed_at: datetime
    ended_at: datetime | None
    version: int


class FormUnit(Frozen):
    """A new unit. ``needs`` are the capabilities that the customer's work asks for; somebody among the members has each of them."""

    unit_id: str
    name: str = Field(min_length=1, max_length=120)
    template: TemplateKey
    lead: Place
    members: tuple[Place, ...]
    customers: tuple[Customer, ...]
    opportunity_id: int | None
    needs: tuple[str, ...]
    customer_value: str = Field(min_length=1)
    currency: str
    budget: Decimal = Field(ge=0)
    pools: dict[ResourceKind, Decimal] = {}


class ChangeMembers(Frozen):
    """Who comes and who goes. ``lead`` is the new lead, None where it stays."""

    unit_id: str
    joins: tuple[Place, ...] = ()
    leaves: tuple[Place, ...] = ()
    lead: Place | None = None


class MoveTemplate(Frozen):
    """From one template to another, and what that means: what members newly see, what they no longer see, what is in flight and no longer fits."""

    unit_id: str
    before: TemplateKey
    after: TemplateKey


class EditTemplate(Frozen):
    """One of a unit's templates, said anew."""

    unit_id: str
    before: TemplateContent
    after: TemplateContent


class GrantBudget(Frozen):
    """More money for a unit, or less."""

    unit_id: str
    amount: Decimal
    currency: str


class MergeUnits(Frozen):
    """``gives`` goes into ``takes``: members, customers, what is left of money and resources, and what is held."""

    unit_id: str
    gives: str


class SplitUnit(Frozen):
    """A part of a unit goes its own way, with some of the money and resources."""

    unit_id: str
    new_unit_id: str
    name: str = Field(min_length=1, max_length=120)
    lead: Place
    members: tuple[Place, ...]
    customers: tuple[Customer, ...]
    budget: Decimal = Field(ge=0)
    pools: dict[ResourceKind, Decimal] = {}


class DissolveUnit(Frozen):
    """The end of a unit. What is left of its money goes back."""

    unit_id: str
