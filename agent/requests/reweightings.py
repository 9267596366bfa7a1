"""Says how a customer's stages would stand were its history weighed anew after a change, and proposes that where a run has it: nothing is applied here."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal

from agent.composing.draft import Draft, slot
from agent.requests.about import plan_about
from agent.requests.comparing import Wording, compare_standings
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.telling import end_of_day, say_into
from agent.turn import Turn
from prompts.words import said_day, say
from tools.crm.models import Account
from tools.journey.imagining import Imagined
from tools.journey.proving import prove_standing
from tools.journey.reconstruction.changes import change_of, sure_factor
from tools.journey.reconstruction.policy import shipped_policy
from tools.journey.reconstruction.reading import runs_of
from tools.journey.reconstruction.risks import risk_changes
from tools.journey.reconstruction.schemas import Change, Proposal, ReweightingDiff
from tools.journey.rhythm.service import rhythm_report
from tools.trace.book import Book
from tools.trace.cells import CellType

PLACES = Decimal("0.0001")


def tell_reweighting(request: Request, turn: Turn) -> Outcome:
    """The proposal that waits, else what the latest change would come to; or that nothing calls for it."""
    assert request.account is not None  # noqa: S101 - checked before it was run
    account = turn.session.get_one(Account, request.account)
    proposal = _waiting(account.id, turn)
    if proposal is not None and isinstance(proposal.diff, ReweightingDiff):
        return _compared(account, proposal.diff.before, proposal.diff.keeps, proposal.id, turn)
    change = _change(account.id, turn)
    if change is None:
        return _unchanged(account, turn)
    keeps = max(shipped_policy().bounds.least_kept, (1 / sure_factor(change)).quantize(PLACES))
    return _compared(account, datetime.combine(change.since, time(), UTC), keeps, None, turn)


def _waiting(account_id: int, turn: Turn) -> Proposal | None:
    """The newest reweighting of the customer that waits for a yes."""
    found = (each for run in runs_of(turn.session, turn.principal, turn.scope, account_id) for each in run.proposals)
    return next((each for each in found if each.kind == "reweighting" and each.status == "open" and each.expires_at > turn.asked_at), None)


def _change(account_id: int, turn: Turn) -> Change | None:
    """The change that is surest, if any is sure."""
    report = rhythm_report(turn.session, turn.principal, turn.scope, turn.today, turn.catalog.model.time_zone)
    changes = [change_of(each) for each in report.alerts if each.account_id == account_id]
    changes += [each for each in risk_changes(turn.session, turn.principal, turn.scope, shipped_policy(), end_of_day(turn)) if each.account_id == account_id]
    sure = [each for each in changes if sure_factor(each) > 1]
    return max(sure, key=sure_factor, default=None)


def _compared(account: Account, older_than: datetime, keeps: Decimal, proposal: str | None, turn: Turn) -> Outcome:
    now = end_of_day(turn)
    sides = [
        prove_standing(turn.session, turn.principal, turn.scope, account.id, now, "j1"),
        prove_standing(turn.session, turn.principal, turn.scope, account.id, now, "j2", Imagined(older_than=older_than, keeps=float(keeps))),
    ]
    book = Book("j3")
    share = book.constant("history.keeps", keeps, CellType.RATE)
    since = book.constant("where.since", older_than.date().isoformat(), CellType.DATE)
    outcome = compare_standings(
        sides, ("now", "then"), Wording("reweighting", {"en": "", "zh": ""}, "reweighting_note", {"keeps": slot(share), "since": slot(since, "day")}), turn
    )
    outcome.found |= book.cells
    tell_stages = outcome.tell

    def tell(draft: Draft) -> None:
        tell_stages(draft)
        if proposal is not None:
            draft.notes.append(say("reweighting_waits", draft.language, id=proposal))

    outcome.tell = tell
    outcome.proposals = (proposal,) if proposal is not None else ()
    return outcome


def _unchanged(account: Account, turn: Turn) -> Outcome:
    book = Book("j1")
    name = book.constant("account.name", account.name, CellType.NAME)

    def tell(draft: Draft) -> None:
        say_into(draft, "reweighting_uncalled", account=slot(name))
        draft.notes.append(say("reweighting_looked", draft.language, day=said_day(turn.today, draft.language)))
        draft.next_steps = [say(f"standing_next_{each}", draft.language, account=account.name) for each in ("stand", "talk")]

    return Outcome(tell, dict(book.cells), about=plan_about("account", account.name, turn))
