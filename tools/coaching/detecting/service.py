"""What the customer is waiting for after buying: tickets and milestones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from tools.coaching.finding import OLD_DAYS, Finding, waiting
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import is_state
from tools.crm.models import Milestone, Ticket
from tools.trace.cells import Cell

MOST_LINES = 2
KEPT_DAYS = 180
"""How long a missed milestone is spoken of."""


def open_tickets(sight: Sight) -> Iterator[Finding]:
    """Tickets that are not closed, those open longest first."""
    found = sight.rows(Ticket, Ticket.closed_at.is_(None), Ticket.opened_at.is_not(None), order=Ticket.opened_at)
    still_open = [ticket for ticket in found if not is_state(ticket.status, "settled")]
    for ticket in still_open[:MOST_LINES]:
        at = sight.place()
        day, on = sight.dated(f"{at}.day", ticket, "opened_at")
        if on > sight.today:
            continue
        slots = {"object": sight.named(f"{at}.object", ticket, "subject"), "day": day, "days": sight.days(f"{at}.days", sight.now(), day)}
        waited = (sight.today - on).days
        because = [("waiting", waiting(waited), slots["days"])]
        if ticket.first_response_at is None:
            because.append(("unheard", Decimal(1), day))
        if waited > OLD_DAYS:
            because.append(("old", Decimal(1), slots["days"]))
        template = "ticket_open" if ticket.first_response_at else "ticket_unheard"
        yield Finding(
            SituationKind.TICKET_OPEN, template, slots, on, slots["object"], tuple(because), contact_id=ticket.contact_id, duties=("technical", "user"),
            about=ticket.subject or "",
        )  # fmt: skip


def missed_milestones(sight: Sight) -> Iterator[Finding]:
    """Milestones whose day passed without being done; two of the same deal in a row weigh more."""
    due = sight.rows(Milestone, Milestone.due_on <= sight.today, order=Milestone.due_on.desc())
    runs: dict[int | None, list[Milestone]] = {}
    ended: set[int | None] = set()
    for milestone in due:  # newest first: a run ends with one that was kept
        if is_state(milestone.status, "missed") or (milestone.done_on is None and not is_state(milestone.status, "settled")):
            if milestone.opportunity_id not in ended and milestone.due_on is not None and milestone.due_on < sight.today:
                runs.setdefault(milestone.opportunity_id, []).append(milestone)
        else:
            ended.add(milestone.opportunity_id)
    recent = [run for run in runs.values() if run[0].due_on is not None and run[0].due_on >= sight.today - timedelta(days=KEPT_DAYS)]
    for run in sorted(recent, key=lambda each: (-len(each), each[0].due_on))[:MOST_LINES]:
        yield _run(sight, run)


def _run(sight: Sight, run: list[Milestone]) -> Finding:
    at, newest, oldest = sight.place(), run[0], run[-1]
    day, on = sight.dated(f"{at}.day", newest, "due_on")
    slots: dict[str, Cell] = {"object": sight.named(f"{at}.object", newest, "name"), "day": day, "days": sight.days(f"{at}.days", sight.now(), day)}
    because = [("waiting", waiting((sight.today - on).days), slots["days"])]
    template = "milestone_missed"
    if len(run) > 1:
        slots |= {
            "n": sight.count(f"{at}.n", run),
            "first": sight.dated(f"{at}.first", oldest, "due_on")[0],
            "earlier": sight.named(f"{at}.earlier", oldest, "name"),
        }
        because.append(("again", Decimal(len(run) - 1), slots["n"]))
        template = "milestone_missed_again"
    return Finding(
        SituationKind.MILESTONE_MISSED, template, slots, on, slots["object"], tuple(because), deal_id=newest.opportunity_id, duties=("technical", "decision"),
        about=newest.name,
    )  # fmt: skip
