"""Units and the cases about them as lines for a terminal."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from agent.answer import Language
from prompts.words import said_day, say
from tools.crm.models import Member
from tools.crm.semantic import load_model
from tools.sandbox.approvals.deciders import deciders
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.budgets.ledger import Balances
from tools.sandbox.units.saying import function_word, said
from tools.sandbox.units.schemas import Unit

SHOWN_HASH, MOST_NAMES = 12, 5


def render_units(found: tuple[Unit, ...], console: Console, language: Language) -> None:
    """One line for each."""
    if not found:
        console.print(say("unit_none", language))
    for each in found:
        customers = ("、" if language == "zh" else ", ").join(one.name for one in each.customers)
        line = say("unit_line", language, name=each.name, template=say(f"template_{each.template}", language), members=len(each.members), customers=customers)
        console.print(line if each.status == "active" else f"{line} · {say(f'unit_status_{each.status}', language)}", highlight=False)


def render_unit(unit: Unit, money: Balances, console: Console, language: Language) -> None:
    """A unit with its people, its money and its resources."""
    render_units((unit,), console, language)
    console.print(say("case_form_value", language, value=unit.customer_value), highlight=False)
    table = Table(say("unit_column_member", language), say("unit_column_function", language))
    for each in unit.members:
        table.add_row(each.name, function_word(each.function, language))
    console.print(table)
    amounts = {name: f"{getattr(money, name):,.2f}" for name in ("granted", "available", "reserved", "spent", "profit")}
    console.print(say("unit_money", language, currency=money.currency, **amounts), highlight=False)
    for pool in unit.pools:
        console.print(say("unit_pool", language, kind=say(f"pool_{pool.kind}", language), left=f"{pool.left:f}", granted=f"{pool.granted:f}"), highlight=False)


def render_case(session: Session, held: Case, console: Console, language: Language, whole: bool = True) -> None:
    """A case: its title, and with ``whole`` everything that it says and how to approve exactly that."""
    title, *lines = said(session, load_model(session), held, language)
    console.print(f"{held.id} · {say(f'case_status_{held.status}', language)}", style="bold", highlight=False, soft_wrap=True)
    console.print(title, highlight=False)
    if not whole:
        return
    for line in (*lines, say("case_why", language, why=held.why)):
        console.print(f"  {line}", highlight=False)
    for vote in held.votes:
        console.print("  " + say(f"case_{vote.verdict}", language, name=_voter(session, vote.member_id, language), day=_day(vote.voted_at, language)))
    if held.waits_for is not None:
        console.print(waiting(session, held, language), highlight=False)
        console.print(say("approve_how", language, id=held.id, hash=held.diff_hash[:SHOWN_HASH]), highlight=False, soft_wrap=True)


def waiting(session: Session, held: Case, language: Language) -> str:
    """Whom a case waits for, by office and by name."""
    assert held.waits_for is not None  # noqa: S101 - the caller looked
    names = [each.name for each in deciders(session, held.waits_for, held.unit_id) if each.id != held.asked_by_id]
    who, day = say(f"who_{held.waits_for}", language), _day(held.expires_at, language)
    if not names:
        return say("case_waits_nobody", language, who=who, day=day)
    return say("case_waits", language, who=who, names=("、" if language == "zh" else ", ").join(names[:MOST_NAMES]), day=day)


def _voter(session: Session, member_id: int | None, language: Language) -> str:
    member = session.get(Member, member_id) if member_id is not None else None
    return member.name if member else say("who_owner", language)


def _day(moment: datetime, language: Language) -> str:
    return said_day(moment.date(), language)
