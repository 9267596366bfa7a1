"""Says who decides next about the requests that wait, by office and by name, and since when."""

from __future__ import annotations

from agent.composing.draft import Draft, slot
from agent.composing.typesetting import listed
from agent.requests.outcome import Outcome
from agent.requests.telling import say_into
from agent.turn import Turn
from agent.units.errors import NothingWaits
from agent.units.request import UnitRequest
from agent.units.telling import own_cell
from prompts.words import say
from tools.sandbox.approvals.deciders import deciders
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.units.cases import cases_for
from tools.sandbox.units.saying import said
from tools.trace.book import Book
from tools.trace.cells import CellType

MOST = 5


def tell_approvers(request: UnitRequest, turn: Turn) -> Outcome:
    """The requests that wait, of the unit that is named where one is, the newest first. Raises NothingWaits."""
    waiting = [each for each in cases_for(turn.session, turn.principal, turn.asked_at) if each.waits_for is not None]
    of_unit = [each for each in waiting if each.unit_id == request.unit]
    found = (of_unit or waiting)[:MOST]
    if not found:
        raise NothingWaits
    book = Book("s1")
    days = [
        own_cell(book, turn, f"day{number}", each.expires_at.date().isoformat(), CellType.DATE, ("approval_cases", each.id, "expires_at"), each.round)
        for number, each in enumerate(found)
    ]

    def tell(draft: Draft) -> None:
        for each, day in zip(found, days, strict=True):
            title = said(turn.session, turn.catalog.model, each, draft.language)[0]
            say_into(draft, "talk_waits", title=title, who=_who(each, turn, draft), day=slot(day, "day"))
            later = each.rule.steps[each.step + 1 :]
            if later:
                say_into(draft, "talk_waits_then", who=listed([say(f"who_{who}", draft.language) for who in later], draft.language))
        draft.notes.append(say("talk_approve_note", draft.language))

    return Outcome(tell, dict(book.cells), (), turn.asked_at)


def _who(held: Case, turn: Turn, draft: Draft) -> str:
    assert held.waits_for is not None  # noqa: S101 - only waiting ones are told
    office = say(f"who_{held.waits_for}", draft.language)
    names = [each.name for each in deciders(turn.session, held.waits_for, held.unit_id) if each.id != held.asked_by_id]
    return say("talk_who_named", draft.language, who=office, names=listed(names[:MOST], draft.language)) if names else office
