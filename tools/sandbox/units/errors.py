"""What can go wrong when units are formed and changed. Nothing is changed in any of these cases."""

from __future__ import annotations

from tools.store.errors import PlumbError


class NameTaken(PlumbError):
    """An active unit has that name. Data: ``name``."""

    key = "unit_name_taken"


class UnitEnded(PlumbError):
    """The unit was merged, split up or dissolved. Data: ``unit``."""

    key = "unit_ended"


class UnitUnfit(PlumbError):
    """A customer of high potential needs what nobody in the unit has. Data: ``customer``, ``lacks``, ``alternatives``, in words."""

    key = "unit_unfit"


class NoCustomerValue(PlumbError):
    """A unit is formed without saying what the customer gets from it."""

    key = "unit_no_value"


class BudgetAboveLimit(PlumbError):
    """The template allows less. Data: ``limit``, ``asked``, ``currency``."""

    key = "unit_budget_above_limit"


class MemberUnavailable(PlumbError):
    """Somebody is gone or suspended. Data: ``name``."""

    key = "unit_member_unavailable"


class MoneyInFlight(PlumbError):
    """A unit that still holds money for calls can't end. Data: ``unit``."""

    key = "unit_money_in_flight"


class PoolTooSmall(PlumbError):
    """Less is left of a resource than is asked for. Data: ``kind``, ``left``, ``asked``."""

    key = "unit_pool_too_small"


class NothingWouldChange(PlumbError):
    """What was asked for is how it is already."""

    key = "unit_nothing_changes"


class MayNotAsk(PlumbError):
    """Changes of units are asked for by their lead, by managers, directors and the owner."""

    key = "unit_may_not_ask"


class CustomerUnknown(PlumbError):
    """No customer of that name, or several. Data: ``name``."""

    key = "unit_customer_unknown"


class AmountMalformed(PlumbError):
    """What should be an amount of money is none. Data: ``amount``."""

    key = "unit_amount_malformed"
