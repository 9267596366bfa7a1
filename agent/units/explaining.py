"""A decision in sentences whose figures are cells: what the rules said, and what would make it otherwise."""

from __future__ import annotations

from decimal import Decimal

from agent.composing.draft import slot
from agent.turn import Turn
from agent.units.telling import own_cell
from tools.sandbox.calling.deciding import Decision
from tools.sandbox.calling.explaining import explain, names_for
from tools.store.classification import Classification
from tools.trace.book import Book
from tools.trace.cells import CellType


def said_call(turn: Turn, decision: Decision, account: int | None, book: Book) -> tuple[str, ...]:
    """The headline, then for each rule that says no what would have to be different."""
    facts = decision.facts
    table, record = ("decisions", decision.id) if decision.id else ("unit_budgets", facts.unit_id)
    version = facts.versions.get("budget", 0)
    figures = {"available": facts.available, "limit": facts.call_limit}
    if facts.cost is not None:
        figures |= {"cost": facts.cost, "missing": max(facts.cost - facts.available, Decimal(0))}
    words = {
        name: slot(own_cell(book, turn, f"call_{name}", value, CellType.MONEY, (table, record, name), version, Classification.CONFIDENTIAL, facts.currency))
        for name, value in figures.items()
    }
    if facts.certificate is not None:
        day = facts.certificate.begins if facts.certificate.begins > facts.today else facts.certificate.ends
        at = ("certificates", str(facts.member_id), "valid_to")
        words["day"] = slot(own_cell(book, turn, "call_day", day.isoformat(), CellType.DATE, at, facts.certificate.version), "day")
    said = explain(decision, turn.language, names_for(turn.session, decision, account, turn.language), words)
    return (said.headline, *(each.otherwise for each in said.rules if each.otherwise))
