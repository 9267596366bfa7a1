"""From linked items to the conditions of a query."""

from __future__ import annotations

from agent.parsing.conditions.bounds import add_bounds
from agent.parsing.conditions.coming import cut_expired, cut_to_come
from agent.parsing.conditions.contrasting import add_happened, add_pairs
from agent.parsing.conditions.currencies import add_currency
from agent.parsing.conditions.days_apart import add_days_apart
from agent.parsing.conditions.defined import add_defined
from agent.parsing.conditions.flags import add_flags
from agent.parsing.conditions.lapsed import add_lapsed
from agent.parsing.conditions.lasting import add_ages, add_spans
from agent.parsing.conditions.moves import add_moves
from agent.parsing.conditions.noted_only import add_noted_only
from agent.parsing.conditions.of_people import add_of_people
from agent.parsing.conditions.order_numbers import by_order_numbers
from agent.parsing.conditions.ordering import add_order, add_passed
from agent.parsing.conditions.outcomes import add_kinds, add_measure_conditions, add_statuses
from agent.parsing.conditions.overdue import add_expired, add_expiring_soon, add_overdue, add_unpaid
from agent.parsing.conditions.own_references import add_own_references
from agent.parsing.conditions.own_states import add_own_states
from agent.parsing.conditions.paid_in_part import add_paid_in_part
from agent.parsing.conditions.present import add_presence
from agent.parsing.conditions.receivable import add_received, with_amount_due, with_partly_paid
from agent.parsing.conditions.related import add_absences, add_filled, add_topics
from agent.parsing.conditions.repeated import add_repeated
from agent.parsing.conditions.signing import add_signings
from agent.parsing.conditions.stated import add_stated
from agent.parsing.conditions.states import add_states
from agent.parsing.conditions.undone import lasting_still
from agent.parsing.conditions.units import add_lengths
from agent.parsing.conditions.unlike import add_unlike
from agent.parsing.conditions.valid import add_validity
from agent.parsing.conditions.values import add_values
from agent.parsing.conditions.windows import add_periods, on_day_of_groups
from agent.parsing.reading.drafting import Reading

BEFORE_VALUES = (
    *(add_lapsed, add_unlike, add_validity, add_lengths, add_stated, add_pairs, add_days_apart, add_order, add_passed, add_spans),
    *(add_currency, add_own_references, add_moves, add_signings, add_filled, add_defined, add_own_states, add_topics, add_absences),
    add_of_people,
)
BEHIND_VALUES = (
    *(
        add_flags,
        add_measure_conditions,
        add_states,
        add_statuses,
        add_kinds,
        add_overdue,
        add_expired,
        add_expiring_soon,
        add_unpaid,
        add_paid_in_part,
        add_bounds,
    ),
    *(add_ages, add_periods, on_day_of_groups, cut_to_come, cut_expired, add_happened, add_received, with_amount_due, add_repeated),
    *(lasting_still, with_partly_paid, by_order_numbers, add_noted_only),
)


def add_conditions(reading: Reading) -> list[Reading]:
    """All ways in which the open items can become conditions, step by step; items that can't stay unused."""
    for step in BEFORE_VALUES:
        reading = step(reading)
    return [_after_values(each) for each in add_values(reading)]


def _after_values(reading: Reading) -> Reading:
    for step in BEHIND_VALUES:
        reading = step(reading)
    return reading


__all__ = ["add_conditions", "add_presence"]
