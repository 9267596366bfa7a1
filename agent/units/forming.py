"""Proposes who could be in a new unit: for each need the member who has it, with the customer's complexity by stated factors. Nothing is formed here."""

from __future__ import annotations

from agent.composing.draft import Draft, slot
from agent.composing.typesetting import listed
from agent.requests.outcome import Outcome
from agent.requests.telling import say_into
from agent.turn import Turn
from agent.units.errors import NobodyHas
from agent.units.request import UnitRequest
from agent.units.telling import counted
from prompts.words import say
from tools.access.principal import Role
from tools.crm.models import Account, Member
from tools.sandbox.units.complexity import complexity_of
from tools.sandbox.units.errors import MayNotAsk
from tools.sandbox.units.saying import function_word
from tools.sandbox.units.staffing import staff
from tools.trace.book import Book


def tell_forming(request: UnitRequest, turn: Turn) -> Outcome:
    """Seats and what each rests on. Raises MayNotAsk for who may not ask for a unit, and NobodyHas where nothing that is asked for is on record."""
    if turn.principal.role is Role.REP:
        raise MayNotAsk
    account = turn.session.get(Account, request.account) if request.account is not None else None
    complexity = complexity_of(turn.session, turn.principal, turn.scope, account.id, turn.today) if account is not None else None
    needs = request.needs or (complexity.functions if complexity is not None else ())
    seats = staff(turn.session, tuple(needs), account.region if account else None, turn.today)
    if not any(each.place for each in seats):
        raise NobodyHas(needs=listed(list(needs), turn.language) or "-")
    book = Book("s1")
    counts = [counted(book, f"able{number}", "members", each.able) for number, each in enumerate(seats)]
    held_factors = [each for each in complexity.factors if each.holds] if complexity is not None else []
    factors = [(each.name, counted(book, f"factor_{each.name}", each.table, each.records)) for each in held_factors]

    def tell(draft: Draft) -> None:
        language = draft.language
        names = listed([each.place.name for each in seats if each.place], language)
        say_into(draft, "talk_form_for" if account else "talk_form", people=names, customer=account.name if account else "")
        for seat, had in zip(seats, counts, strict=True):
            if seat.place is None:
                say_into(draft, "talk_seat_empty", need=seat.need)
            else:
                member = turn.session.get_one(Member, seat.place.member_id)
                function = function_word(seat.place.function, language)
                say_into(draft, "talk_seat", need=seat.need, name=seat.place.name, title=member.title or function, had=slot(had))
        if factors:
            held = [say("talk_factor", language, what=say(f"factor_{name}", language), value=slot(at)) for name, at in factors]
            say_into(draft, "talk_factors", factors=listed(held, language))
        draft.notes.append(say("talk_form_note", language))

    return Outcome(tell, dict(book.cells), tuple(book.blocks), turn.asked_at)
