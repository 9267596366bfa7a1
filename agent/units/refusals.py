"""Says why the last call or request of the speaker was refused, and what would make it allowed."""

from __future__ import annotations

from sqlalchemy import select

from agent.composing.draft import Draft, slot
from agent.requests.outcome import Outcome
from agent.requests.telling import say_into
from agent.turn import Turn
from agent.units.errors import NothingRefused
from agent.units.explaining import said_call
from agent.units.request import UnitRequest
from agent.units.telling import own_cell, say_lines
from prompts.words import say
from tools.crm.models import Member
from tools.sandbox.calling.deciding import last_refusal
from tools.sandbox.units.cases import cases_for
from tools.sandbox.units.saying import said
from tools.threads.service import speaker_of
from tools.trace.book import Book
from tools.trace.cells import CellType


def tell_refusal(request: UnitRequest, turn: Turn) -> Outcome:
    """The newer of the last refused call and the last refused request. Raises NothingRefused."""
    call = last_refusal(turn.session, turn.principal, request.capability)
    mine = [each for each in cases_for(turn.session, turn.principal, turn.asked_at) if each.status == "refused" and each.asked_by == speaker_of(turn.principal)]
    case = max(mine, key=lambda each: each.votes[-1].voted_at, default=None)
    book = Book("s1")
    if case is not None and (call is None or case.votes[-1].voted_at > call.facts.now):
        vote = case.votes[-1]
        title = said(turn.session, turn.catalog.model, case, turn.language)[0]
        when = own_cell(book, turn, "day", vote.voted_at.date().isoformat(), CellType.DATE, ("approval_votes", case.id, "voted_at"), case.round)
        voter = turn.session.scalar(select(Member.name).where(Member.id == vote.member_id)) or say("who_owner", turn.language)

        def tell_case(draft: Draft) -> None:
            say_into(draft, "talk_case_refused", title=title, name=voter, day=slot(when, "day"))
            if vote.note:
                say_into(draft, "talk_case_note", note=vote.note)
            say_into(draft, "talk_case_again")

        return Outcome(tell_case, dict(book.cells), (), turn.asked_at)
    if call is None:
        raise NothingRefused
    lines = said_call(turn, call, call.facts.customer.account_id if call.facts.customer else None, book)
    when = own_cell(book, turn, "day", call.facts.now.date().isoformat(), CellType.DATE, ("decisions", call.id, "decided_at"))

    def tell(draft: Draft) -> None:
        say_lines(draft, lines)
        say_into(draft, "talk_refused_on", day=slot(when, "day"))
        draft.notes.append(say("talk_recorded_note", draft.language, id=call.id))

    return Outcome(tell, dict(book.cells), (), turn.asked_at)
