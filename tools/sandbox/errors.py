"""What can go wrong in the sandbox."""

from __future__ import annotations

from tools.store.errors import PlumbError


class PoliciesDoNotFitSchema(PlumbError):
    """A set of policies is no Cedar, contradicts its schema, or has a policy without an ``@id`` of its own. Data: ``said``."""

    key = "sandbox_policies_unfit"


class UnitUnknown(PlumbError):
    """No such unit that the person may see. Data: ``unit``."""

    key = "sandbox_unit_unknown"


class CapabilityUnknown(PlumbError):
    """No such capability. Data: ``capability``."""

    key = "sandbox_capability_unknown"


class DecisionUnknown(PlumbError):
    """No such decision. Data: ``id``."""

    key = "sandbox_decision_unknown"


class NotAMember(PlumbError):
    """Whoever asks is no member on record, so no unit is theirs to call from."""

    key = "sandbox_not_a_member"


class ReservationUnknown(PlumbError):
    """No such reservation. Data: ``id``."""

    key = "sandbox_reservation_unknown"


class ReservationEnded(PlumbError):
    """The reservation was settled, released or expired before. Data: ``status``."""

    key = "sandbox_reservation_ended"


class SettledAboveReservation(PlumbError):
    """More would be settled than was held. Data: ``held``, ``asked``."""

    key = "sandbox_settled_above"


class KeyUsedForAnother(PlumbError):
    """An idempotency key comes back with something else. Data: ``key``."""

    key = "sandbox_key_reused"


class BudgetTooSmall(PlumbError):
    """The unit has not that much left. Data: ``asked``."""

    key = "sandbox_budget_too_small"


class PolicyNotTranslatable(PlumbError):
    """A policy about reading says something that no query can be limited by. Data: ``form``."""

    key = "sandbox_policy_untranslatable"


class UnitTooBusy(PlumbError):
    """Others moved the unit's money, or wrote to the store, all the while that the call waited to be decided; nothing was held. Data: ``unit``."""

    key = "sandbox_too_busy"
