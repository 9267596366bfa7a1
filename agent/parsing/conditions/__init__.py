"""From linked items to the conditions of a query."""

from __future__ import annotations

from agent.parsing.conditions.bounds import add_bounds
from agent.parsing.conditions.coming import cut_expired, cut_to_come
from agent.parsing.conditions.contrasting import add_happened, add_pairs
from agent.parsing.conditions.currencies import add_currency
from agent.parsing.conditions.defined import add_defined
from agent.parsing.conditions.flags import add_flags
from agent.parsing.conditions.lasting import add_ages, add_spans
from agent.parsing.conditions.moves import add_moves
from agent.parsing.conditions.ordering import add_order, add_passed
from agent.parsing.conditions.outcomes import add_kinds, add_measure_conditions, add_statuses
from agent.parsing.conditions.overdue import add_expired, add_overdue, add_unpaid
from agent.parsing.conditions.own_states import add_own_states
from agent.parsing.conditions.receivable import with_amount_due
from agent.parsing.conditions.related import add_absences, add_filled, add_presence, add_topics
from agent.parsing.conditions.repeated import add_repeated
from agent.parsing.conditions.signing import add_signings
from agent.parsing.conditions.stated import add_stated
from agent.parsing.conditions.states import add_states
from agent.parsing.conditions.undone import lasting_still
from agent.parsing.conditions.units import add_lengths
from agent.parsing.conditions.unlike import add_unlike
from agent.parsing.conditions.valid import add_validity
from agent.parsing.conditions.values import add_values
from agent.parsing.conditions.windows import add_periods
from agent.parsing.reading.drafting import Reading


def add_conditions(reading: Reading) -> list[Reading]:
    """All ways in which the open items can become conditions; items that can't stay unused."""
    readings = [
        add_absences(
            add_topics(
                add_own_states(
                    add_defined(
                        add_filled(
                            add_signings(
                                add_moves(add_currency(add_spans(add_passed(add_order(add_pairs(add_stated(add_lengths(add_validity(add_unlike(reading))))))))))
                            )
                        )
                    )
                )
            )
        )
    ]
    readings = [each for one in readings for each in add_values(one)]
    readings = [add_kinds(add_statuses(add_states(add_measure_conditions(add_flags(each))))) for each in readings]
    readings = [add_bounds(add_unpaid(add_expired(add_overdue(each)))) for each in readings]
    readings = [add_happened(cut_expired(cut_to_come(add_periods(add_ages(each))))) for each in readings]
    return [lasting_still(add_repeated(with_amount_due(each))) for each in readings]


__all__ = ["add_conditions", "add_presence"]
