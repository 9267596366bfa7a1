"""The commands about sales units: who works for whom, and asking for changes; a change waits for those who have to agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from integrations.terminal.commands.house import at_work, changed
from integrations.terminal.ways_out import As, Json, print_json, user_language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.sandbox.approvals.schemas import Case

commands = typer.Typer(no_args_is_help=True, help="Sales units: people of several functions around a deal, with their own means and rules.")
Unit = Annotated[str, typer.Argument(help="Name or id of the unit.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the request.")]
Template = Literal["exploration", "assault", "delivery"]


@commands.command("list")
def list_units(context: typer.Context, member: As = None, as_json: Json = False) -> None:
    """List the units that you can see."""
    from tools.sandbox.units.reading import units_of
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        engine = house.open(house.settings())
        who = house.speaker(engine, member)
        with open_sessions(engine)() as session:
            found = units_of(session, who)
        if as_json:
            print_json({"units": [each.model_dump(mode="json") for each in found]})
            return
        from integrations.terminal.screen import console
        from integrations.terminal.units import render_units

        render_units(found, console(), user_language())


@commands.command("show")
def show(context: typer.Context, unit: Unit, member: As = None, as_json: Json = False) -> None:
    """Show a unit with its people, money and templates."""
    from tools.sandbox.budgets.ledger import balances
    from tools.sandbox.templates.schemas import TEMPLATES
    from tools.sandbox.units.reading import template_of, unit_of
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        engine = house.open(house.settings())
        who = house.speaker(engine, member)
        with open_sessions(engine)() as session:
            found = unit_of(session, who, unit)
            money = balances(session, found.id)
            templates = {key: template_of(session, found.id, key) for key in TEMPLATES}
        if as_json:
            rules = {key: each.model_dump(mode="json") for key, each in templates.items()}
            print_json({"unit": found.model_dump(mode="json"), "budget": money.model_dump(mode="json"), "templates": rules})
            return
        from integrations.terminal.screen import console
        from integrations.terminal.units import render_unit

        render_unit(found, money, console(), user_language())


@commands.command("form")
def form(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the unit is called.")],
    customer: Annotated[list[str], typer.Option("--customer", help="A customer that it works for; may be given again.")],
    lead: Annotated[str, typer.Option("--lead", help="Who leads it.")],
    value: Annotated[str, typer.Option("--value", help="What the customer gets from it.")],
    why: Why,
    join: Annotated[list[str] | None, typer.Option("--join", help="A further member; may be given again.")] = None,
    need: Annotated[list[str] | None, typer.Option("--need", help="A capability that somebody in it must have; may be given again.")] = None,
    template: Annotated[Template, typer.Option(help="The template that it begins with.")] = "exploration",
    budget: Annotated[str, typer.Option(help="Money to begin with.")] = "0",
    currency: Annotated[str, typer.Option(help="The currency of its budget.")] = "CNY",
    member: As = None,
    as_json: Json = False,
) -> None:
    """Ask for a new unit."""
    from tools.sandbox.units.proposing import Wish, propose_unit

    def change(session: Session, principal: Principal, now: datetime) -> Case:
        wish = Wish(
            name=name, customers=tuple(customer), members=tuple(join or ()), lead=lead, needs=tuple(need or ()), customer_value=value,
            template=template, currency=currency, budget=_amount(budget),
        )  # fmt: skip
        return propose_unit(session, principal, wish, why, now)

    _ask(context, change, member, as_json)


@commands.command("members")
def members(
    context: typer.Context,
    unit: Unit,
    why: Why,
    join: Annotated[list[str] | None, typer.Option("--join", help="Who comes; may be given again.")] = None,
    leave: Annotated[list[str] | None, typer.Option("--leave", help="Who goes; may be given again.")] = None,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Ask for people to come and go."""
    from tools.sandbox.units.proposing import propose_members

    _ask(context, lambda session, principal, now: propose_members(session, principal, unit, tuple(join or ()), tuple(leave or ()), why, now), member, as_json)


@commands.command("move")
def move(
    context: typer.Context,
    unit: Unit,
    to: Annotated[Template, typer.Argument(help="The template to move to.")],
    why: Why,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Ask for a unit to come under another of its templates."""
    from tools.sandbox.units.proposing import propose_move

    _ask(context, lambda session, principal, now: propose_move(session, principal, unit, to, why, now), member, as_json)


@commands.command("template")
def template(
    context: typer.Context,
    unit: Unit,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The whole template as it should be (YAML, as `plumb unit show --json` gives it).")],
    why: Why,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Ask for one of a unit's templates to say something else."""
    from tools.sandbox.templates.reading import read_template
    from tools.sandbox.units.proposing import propose_template

    def change(session: Session, principal: Principal, now: datetime) -> Case:
        return propose_template(session, principal, unit, read_template(file.read_text("utf-8", errors="replace")), why, now)

    _ask(context, change, member, as_json)


@commands.command("budget")
def budget(
    context: typer.Context,
    unit: Unit,
    amount: Annotated[str, typer.Argument(help="How much more, in the unit's currency.")],
    why: Why,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Ask for more money for a unit."""
    from tools.sandbox.units.proposing import propose_budget

    _ask(context, lambda session, principal, now: propose_budget(session, principal, unit, _amount(amount), why, now), member, as_json)


@commands.command("merge")
def merge(
    context: typer.Context,
    unit: Unit,
    gives: Annotated[str, typer.Argument(help="The unit that goes into it.")],
    why: Why,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Ask for one unit to go into another."""
    from tools.sandbox.units.proposing import propose_merge

    _ask(context, lambda session, principal, now: propose_merge(session, principal, unit, gives, why, now), member, as_json)


@commands.command("dissolve")
def dissolve(context: typer.Context, unit: Unit, why: Why, member: As = None, as_json: Json = False) -> None:
    """Ask for a unit to be dissolved."""
    from tools.sandbox.units.proposing import propose_end

    _ask(context, lambda session, principal, now: propose_end(session, principal, unit, why, now), member, as_json)


def _ask(context: typer.Context, change: Callable[[Session, Principal, datetime], Case], member: str | None, as_json: bool) -> None:
    """Ask, and show what was asked for."""
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        held = changed(house, member, change)
        if as_json:
            print_json({"request": held.model_dump(mode="json")})
            return
        from integrations.terminal.screen import console
        from integrations.terminal.units import render_case

        with open_sessions(house.open(house.settings()))() as session:
            render_case(session, held, console(), user_language())


def _amount(text: str) -> Decimal:
    """Raises AmountMalformed."""
    from tools.sandbox.units.amounts import read_amount

    return read_amount(text)
