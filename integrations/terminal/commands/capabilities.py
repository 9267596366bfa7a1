"""The commands about sensitive capabilities: registering one, calling it for a unit, and making a recorded decision again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from integrations.terminal.commands.house import at_work, changed
from integrations.terminal.ways_out import As, Json, print_json, user_language
from prompts.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.sandbox.capabilities.schemas import CapabilityKept

commands = typer.Typer(no_args_is_help=True, help="Sensitive capabilities: what they cost, what callers must hold, and calls under the sandbox.")
Level = Literal["public", "internal", "confidential", "personal", "sensitive"]


@commands.command("list")
def list_capabilities(context: typer.Context, as_json: Json = False) -> None:
    """List the capabilities that are registered."""
    from tools.sandbox.capabilities.registering import capabilities
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        with open_sessions(house.open(house.settings()))() as session:
            found = capabilities(session)
        if as_json:
            print_json({"capabilities": [each.model_dump(mode="json") for each in found]})
            return
        language = user_language()
        if not found:
            typer.echo(say("capability_none", language))
        for each in found:
            name = each.name_zh if language == "zh" else each.name_en
            line = say("capability_line", language, id=each.key, name=name, cost=f"{each.cost:,.2f}", currency=each.currency)
            typer.echo(line if each.active else f"{line} · {say('capability_is_off', language)}")


@commands.command("register")
def register(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Short name, as in risk-model.")],
    url: Annotated[str, typer.Option(help="Where it is called; https, or http on this machine.")],
    name_en: Annotated[str, typer.Option(help="What it is called in English.")],
    name_zh: Annotated[str, typer.Option(help="What it is called in Chinese.")],
    cost: Annotated[str, typer.Option(help="What one call costs at most.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept with the version.")],
    currency: Annotated[str, typer.Option(help="Currency of the cost.")] = "CNY",
    certificate: Annotated[str | None, typer.Option(help="The certificate that a caller must hold.")] = None,
    sends: Annotated[Level, typer.Option(help="The highest classification of what is sent.")] = "internal",
    purpose: Annotated[str | None, typer.Option(help="What the customer's consent must cover where personal data leaves.")] = None,
    timeout_ms: Annotated[int, typer.Option(help="Time of one attempt.")] = 2_000,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Register a capability."""
    from tools.sandbox.capabilities.registering import register as add
    from tools.sandbox.capabilities.schemas import CapabilityWish
    from tools.sandbox.units.amounts import read_amount
    from tools.store.classification import Classification

    def change(session: Session, principal: Principal, now: datetime) -> CapabilityKept:
        wish = CapabilityWish(
            name_en=name_en, name_zh=name_zh, cost=read_amount(cost), currency=currency, certificate=certificate, sends=Classification[sends.upper()],
            purpose=purpose, url=url, timeout_ms=timeout_ms,
        )  # fmt: skip
        return add(session, principal, key, wish, why, now)

    with at_work(context, as_json) as house:
        kept = changed(house, member, change)
        print_json({"capability": kept.model_dump(mode="json")}) if as_json else typer.echo(say("capability_registered", user_language(), id=kept.key))


@commands.command("call")
def call(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Short name of the capability.")],
    unit: Annotated[str, typer.Option(help="The unit that calls: name or id.")],
    customer: Annotated[str | None, typer.Option(help="The customer that it is about.")] = None,
    once: Annotated[str | None, typer.Option(help="A key of your own: a call under the same key is made and paid once.")] = None,
    member: As = None,
    as_json: Json = False,
) -> None:
    """Call a capability as a member of a unit."""
    import secrets

    from tools.sandbox.calling.explaining import explain, names_for
    from tools.sandbox.capabilities.ending import sweep
    from tools.sandbox.units.proposing import customer as customer_named
    from tools.sandbox.units.reading import unit_of
    from tools.store.engine import open_sessions
    from tools.store.writing import writing

    with at_work(context, as_json) as house:
        settings = house.settings()
        engine = house.open(settings)
        who = house.speaker(engine, member)
        with open_sessions(engine)() as session:
            account = customer_named(session, customer).account_id if customer else None
            unit_id = unit_of(session, who, unit).id
        with writing(open_sessions(engine)) as session:
            sweep(session, datetime.now(UTC))
        called = house.caller(settings, engine).call(who, unit_id, key, account, once or secrets.token_hex(8))
        if as_json:
            print_json(called.model_dump(mode="json"))
            return
        language = user_language()
        with open_sessions(engine)() as session:
            said = explain(called.decision, language, names_for(session, called.decision, account, language))
        if called.answer is None:
            typer.echo(said.text)
            return
        import json

        typer.echo(json.dumps(called.answer, ensure_ascii=False, indent=2))
        typer.echo(say("capability_paid", language, cost=f"{called.cost:,.2f}", currency=called.decision.facts.currency, sent=", ".join(called.sent)))


@commands.command("replay")
def replay(context: typer.Context, decision: Annotated[str, typer.Argument(help="Id of a recorded decision.")], as_json: Json = False) -> None:
    """Make a recorded decision again from its recorded facts; ends with 1 where it comes out otherwise or was tampered with."""
    from tools.sandbox.calling.recording import replay as again
    from tools.store.engine import open_sessions
    from tools.trace.signing import InstallationKey

    with at_work(context, as_json) as house:
        settings = house.settings()
        with open_sessions(house.open(settings))() as session:
            found = again(session, decision, InstallationKey.open(settings.data_dir).trusted())
        language = user_language()
        if as_json:
            print_json(found.model_dump(mode="json"))
        else:
            typer.echo(say("decision_holds" if not found.flaws else "decision_flawed", language, id=found.id, rules=", ".join(found.rules)))
        if found.flaws:
            raise typer.Exit(1)
