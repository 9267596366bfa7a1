"""Says whether a unit may call a capability at this moment and what money is left: decided on live facts, with nothing held and nothing recorded."""

from __future__ import annotations

from agent.composing.draft import Draft, slot
from agent.requests.outcome import Outcome
from agent.requests.telling import say_into
from agent.turn import Turn
from agent.units.explaining import said_call
from agent.units.request import UnitRequest
from agent.units.telling import money_of, name_of, own_cell, say_lines, unit_meant
from prompts.words import say
from tools.sandbox.calling.deciding import preview
from tools.sandbox.models import Capability
from tools.sandbox.units.schemas import Unit
from tools.trace.book import Book
from tools.trace.cells import CellType


def tell_means(request: UnitRequest, turn: Turn) -> Outcome:
    """The call, where one is asked about, then the money. Raises WhichUnit and UnitUnknown."""
    unit = unit_meant(request, turn)
    book = Book("s1")
    name = name_of(book, unit, turn)
    _, money = money_of(book, unit, turn)
    lines = _call(request, unit, book, turn) if request.capability is not None else ()

    def tell(draft: Draft) -> None:
        say_lines(draft, lines)
        say_into(draft, "talk_money", unit=slot(name), **{key: slot(address) for key, address in money.items()})
        for pool in unit.pools:
            say_into(draft, "talk_pool", kind=say(f"pool_{pool.kind}", draft.language), left=slot(f"s1.pool_{pool.kind}"))
        draft.notes.append(say("talk_live_note", draft.language))

    for pool in unit.pools:
        own_cell(book, turn, f"pool_{pool.kind}", pool.left, CellType.NUMBER, ("unit_resources", f"{unit.id}/{pool.kind}", "granted"), unit.version)
    return Outcome(tell, dict(book.cells), tuple(book.blocks), turn.asked_at)


def _call(request: UnitRequest, unit: Unit, book: Book, turn: Turn) -> tuple[str, ...]:
    """What would be decided now, and what would make it otherwise."""
    assert request.capability is not None  # noqa: S101 - the caller looked
    account = request.account if request.account is not None else unit.customers[0].account_id if len(unit.customers) == 1 else None
    decision = preview(turn.session, turn.principal, unit.id, request.capability, account)
    capability = turn.session.get_one(Capability, request.capability)
    own_cell(book, turn, "cost", capability.cost, CellType.MONEY, ("capabilities", capability.key, "cost"), capability.version, unit=capability.currency)
    return said_call(turn, decision, account, book)
