"""``plumb approve`` for requests about units: one as it stands, a yes to exactly that, a no, or taking it back."""

from __future__ import annotations

from datetime import datetime

import typer
from sqlalchemy.orm import Session

from agent.answer import Language
from integrations.terminal.screen import console
from integrations.terminal.units import render_case
from integrations.terminal.ways_out import print_json
from prompts.words import say
from tools.access.principal import Principal
from tools.sandbox.approvals.errors import AnotherWasShown
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.approvals.service import vote, withdraw
from tools.sandbox.units.changing import changes
from tools.threads.service import speaker_of

LEAST_HASH = 8


def decide_case(session: Session, who: Principal, held: Case, confirm: str | None, refuse: bool, now: datetime, as_json: bool, language: Language) -> None:
    """Show a case, or settle the step that waits; who asked for it takes it back by refusing. Raises what voting and withdrawing raise."""
    if confirm is None and not refuse:
        print_json({"request": held.model_dump(mode="json")}) if as_json else render_case(session, held, console(), language)
        return
    if refuse and held.asked_by == speaker_of(who):
        held = withdraw(session, who, held.id, now)
    elif refuse:
        held = vote(session, who, held.id, "no", held.diff_hash, changes(), now)
    else:
        if len(confirm or "") < LEAST_HASH or not held.diff_hash.startswith(confirm or ""):
            raise AnotherWasShown
        held = vote(session, who, held.id, "yes", held.diff_hash, changes(), now)
    session.commit()
    if as_json:
        print_json({"request": held.model_dump(mode="json")})
        return
    key = {"open": "case_voted_on", "applied": "case_applied", "refused": "case_was_refused", "withdrawn": "case_was_withdrawn"}[held.status]
    typer.echo(say(key, language, id=held.id, who=say(f"who_{held.waits_for}", language) if held.waits_for else ""))
