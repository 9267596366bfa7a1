"""Says what would change if a unit came under another template, or asks for more budget; nothing is asked for before the speaker says yes elsewhere."""

from __future__ import annotations

from agent.composing.draft import Draft, slot
from agent.requests.outcome import Outcome
from agent.requests.telling import say_into
from agent.turn import Turn
from agent.units.errors import WhichTemplate
from agent.units.request import UnitRequest
from agent.units.telling import money_of, name_of, say_lines, unit_meant
from prompts.words import say
from tools.sandbox.units.saying import move_lines
from tools.trace.book import Book


def tell_change(request: UnitRequest, turn: Turn) -> Outcome:
    """The effect of a move, line by line. Raises WhichUnit, UnitUnknown, and WhichTemplate where no template is named."""
    unit = unit_meant(request, turn)
    if request.template is None or request.template == unit.template:
        raise WhichTemplate
    to = request.template
    book = Book("s1")
    name = name_of(book, unit, turn)
    _, money = money_of(book, unit, turn)

    def tell(draft: Draft) -> None:
        lines = move_lines(turn.session, turn.catalog.model, unit.id, unit.name, unit.template, to, draft.language)
        say_lines(draft, lines)
        say_into(draft, "talk_change_money", unit=slot(name), granted=slot(money["granted"]))
        draft.notes.append(say("talk_change_note", draft.language, unit=unit.name, to=to))

    return Outcome(tell, dict(book.cells), (), turn.asked_at)
