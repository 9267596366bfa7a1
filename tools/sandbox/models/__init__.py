"""Tables of the permission sandbox. Only this room writes them."""

from tools.sandbox.models.approvals import ApprovalCase, ApprovalVote, Delegation
from tools.sandbox.models.budgets import Reservation, Transfer, UnitBudget
from tools.sandbox.models.decisions import Capability, CapabilityCall, CapabilityVersion, DecisionRow, PolicyText
from tools.sandbox.models.units import (
    AccountProtection,
    MemberStanding,
    ResourceBooking,
    SalesUnit,
    UnitAccount,
    UnitMember,
    UnitResource,
    UnitStep,
    UnitTemplate,
    UnitTemplateVersion,
)

__all__ = [
    "AccountProtection",
    "ApprovalCase",
    "ApprovalVote",
    "Capability",
    "CapabilityCall",
    "CapabilityVersion",
    "DecisionRow",
    "Delegation",
    "MemberStanding",
    "PolicyText",
    "Reservation",
    "ResourceBooking",
    "SalesUnit",
    "Transfer",
    "UnitAccount",
    "UnitBudget",
    "UnitMember",
    "UnitResource",
    "UnitStep",
    "UnitTemplate",
    "UnitTemplateVersion",
]
