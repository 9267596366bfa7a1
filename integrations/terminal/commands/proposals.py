"""The commands about changes at customers, and the proposals that wait because of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from integrations.terminal.commands.house import at_work
from integrations.terminal.ways_out import As, Json, Today, print_json, user_language
from prompts.words import say


def approve(
    context: typer.Context,
    proposal: Annotated[str | None, typer.Argument(help="Id of a proposal, or its beginning; without it all are listed.")] = None,
    confirm: Annotated[str | None, typer.Option(help="Approve what was shown: the letters that stand below it.")] = None,
    refuse: Annotated[bool, typer.Option("--refuse", help="Say no.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was applied.")] = False,
    member: As = None,
    as_json: Json = False,
) -> None:
    """List the proposals that wait, show one, approve, refuse or undo it."""
    from integrations.terminal.approving import as_row, decide, proposal_of, proposals, render_list, render_proposal
    from integrations.terminal.cases import decide_case
    from integrations.terminal.screen import console
    from integrations.terminal.units import render_case
    from tools.sandbox.approvals.errors import CaseUnknown
    from tools.sandbox.row_scope import PolicyScope
    from tools.sandbox.units.cases import case_for, cases_for
    from tools.store.engine import open_sessions

    with at_work(context, as_json) as house:
        settings, language, scope = house.settings(), user_language(), PolicyScope()
        engine = house.open(settings)
        who = house.speaker(engine, member)
        with open_sessions(engine)() as session:
            now = datetime.now(UTC)
            if proposal is None:
                found, waiting = proposals(session, who, scope), cases_for(session, who, now)
                if as_json:
                    print_json({"proposals": [as_row(each) for each in found], "requests": [each.model_dump(mode="json") for each in waiting]})
                    return
                for each in waiting:
                    render_case(session, each, console(), language, whole=False)
                if found or not waiting:
                    render_list(found, console(), language)
                return
            with suppress(CaseUnknown):
                decide_case(session, who, case_for(session, who, proposal, now), confirm, refuse, now, as_json, language)
                return
            if confirm is None and not refuse and not undo:
                one = proposal_of(session, who, scope, proposal)
                print_json(as_row(one)) if as_json else render_proposal(one, console(), language)
                return
            decision: Literal["approve", "refuse", "undo"] = "undo" if undo else "refuse" if refuse else "approve"
            settled = decide(session, who, scope, proposal, decision, confirm or "", house.lookout(settings, house.copilot(settings, engine)).now())
        key = {"approve": "approve_done", "refuse": "approve_was_refused", "undo": "approve_was_undone"}[decision]
        print_json(as_row(settled)) if as_json else typer.echo(say(key, language, id=settled.id))


def watch(context: typer.Context, today: Today = None, as_json: Json = False) -> None:
    """Look for changes at customers now; done by itself while the chat is served."""
    from integrations.logging import log_to_stderr

    with at_work(context, as_json) as house:
        log_to_stderr()
        settings = house.settings(today)
        engine = house.open(settings)
        runs = house.lookout(settings, house.copilot(settings, engine)).look()
        waiting = sum(each.status == "open" for run in runs for each in run.proposals)
        if as_json:
            print_json({"runs": [each.model_dump(mode="json") for each in runs]})
        else:
            typer.echo(say("watch_found", user_language(), runs=len(runs), proposals=waiting))
