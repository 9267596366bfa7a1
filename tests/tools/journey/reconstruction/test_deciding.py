"""Proposals are applied once, by who may, as they were shown, and only while what they change is as it was."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.tools.journey.reconstruction.conftest import DIRECTOR, FAR_REP, LARGE, MANAGER, NOW, OTHER_REP, OWNER, REP, Company, principal
from tools.access.principal import Principal, Role
from tools.crm.models import Interaction, Okr, RowChange
from tools.journey.reconstruction.deciding import approve, refuse
from tools.journey.reconstruction.errors import AnotherWasApproved, MayNotDecide, ProposalExpired, ProposalOutdated, ProposalRefused, ProposalUnknown
from tools.journey.reconstruction.schemas import Proposal, ReweightingDiff
from tools.journey.service import standing, take_records
from tools.journey.summing import rebuild
from tools.journey.versions import weights_in_force
from tools.sandbox.row_scope import PolicyScope
from tools.store.errors import PlumbError

DIRECTING, MANAGING = principal(DIRECTOR, Role.DIRECTOR), principal(MANAGER, Role.MANAGER, REP)
SCOPE = PolicyScope()


def proposal(company: Company, kind: str) -> Proposal:
    run = company.start().run
    assert run is not None
    return next(each for each in run.proposals if each.kind == kind)


def say_yes(company: Company, who: Principal, to: Proposal, diff_hash: str = "", days: int = 0) -> Proposal:
    found = company.do(lambda session: approve(session, who, SCOPE, to.id, diff_hash or to.diff_hash, NOW + timedelta(days=days)))
    assert isinstance(found, Proposal)
    return found


def test_director_approves_and_the_weights_are_set_once(company: Company) -> None:
    to = proposal(company, "okr_weights")

    first, second = say_yes(company, DIRECTING, to), say_yes(company, OWNER, to)

    assert (first.status, first.decided_by) == ("applied", f"member:{DIRECTOR}")
    assert second == first
    weights = company.weights()
    assert [weights[REP, each] for each in ("续约", "New business", "Knowledge")] == [Decimal("0.4"), Decimal("0.4"), Decimal("0.2")]
    assert weights[FAR_REP, "续约"] == Decimal("0.3")
    lines = company.do(lambda session: list(session.scalars(select(RowChange).order_by(RowChange.id))))
    assert [(each.field, each.before, each.after) for each in lines[:2]] == [("weight", "0.3", "0.4"), ("weight", "0.5", "0.4")]
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("okr_weights", MANAGING),
        ("okr_weights", principal(REP, Role.REP)),
        ("reweighting", principal(REP, Role.REP)),
        ("talk_track", DIRECTING),
    ],
)
def test_who_may_not_decide_changes_nothing(company: Company, kind: str, who: Principal) -> None:
    before = company.weights()
    to = proposal(company, kind)

    for decide in (lambda: say_yes(company, who, to), lambda: company.do(lambda session: refuse(session, who, SCOPE, to.id, NOW))):
        with pytest.raises(MayNotDecide):
            decide()

    assert company.weights() == before


@pytest.mark.parametrize("who", [principal(FAR_REP, Role.REP), principal(99, Role.MANAGER)])
def test_proposal_out_of_reach_is_unknown(company: Company, who: Principal) -> None:
    to = proposal(company, "reweighting")

    with pytest.raises(ProposalUnknown):
        say_yes(company, who, to)
    with pytest.raises(ProposalUnknown):
        company.do(lambda session: approve(session, DIRECTING, SCOPE, "nothing", "", NOW))


def test_only_what_was_shown_is_approved(company: Company) -> None:
    to = proposal(company, "okr_weights")

    with pytest.raises(AnotherWasApproved):
        say_yes(company, DIRECTING, to, diff_hash="0" * 64)
    assert company.weights()[REP, "续约"] == Decimal("0.3")


def test_lapsed_proposal_is_not_applied(company: Company) -> None:
    to = proposal(company, "okr_weights")

    with pytest.raises(ProposalExpired):
        say_yes(company, DIRECTING, to, days=15)
    assert say_yes(company, DIRECTING, to, days=13).status == "applied"
    assert say_yes(company, DIRECTING, to, days=20).status == "applied", "what was applied in time stays applied"


@pytest.mark.parametrize("what", ["changed", "added", "gone"])
def test_weights_that_were_changed_meanwhile_are_left_alone(company: Company, what: str) -> None:
    to = proposal(company, "okr_weights")
    if what == "added":
        company.put(Okr, {"owner_id": OTHER_REP, "objective": "New", "weight": Decimal("0.1"), "start_on": NOW.date(), "end_on": NOW.date()})
        company.do(lambda session: session.execute(update(Okr).where(Okr.objective == "New").values(start_on=NOW.date().replace(month=10, day=1))))
    else:
        values = {"weight": Decimal("0.25"), "version": 2} if what == "changed" else {"gone_at": NOW}
        company.do(lambda session: session.execute(update(Okr).where(Okr.owner_id == REP, Okr.objective == "Knowledge").values(values)))
    before = company.weights()

    with pytest.raises(ProposalOutdated):
        say_yes(company, DIRECTING, to)

    assert company.weights() == before


def test_refused_proposal_stays_refused_and_applied_one_applied(company: Company) -> None:
    refused, applied = proposal(company, "okr_weights"), proposal(company, "reweighting")
    company.do(lambda session: refuse(session, DIRECTING, SCOPE, refused.id, NOW))
    say_yes(company, MANAGING, applied)

    with pytest.raises(ProposalRefused):
        say_yes(company, DIRECTING, refused)
    assert company.do(lambda session: refuse(session, DIRECTING, SCOPE, applied.id, NOW)).status == "applied"
    assert company.weights()[REP, "续约"] == Decimal("0.3")


def stages(session: Session) -> dict[str, Decimal]:
    return {each.stage: each.confidence.point for each in standing(session, OWNER, SCOPE, LARGE, NOW).stages}


def test_approved_reweighting_makes_the_stages_what_it_said(company: Company) -> None:
    to = proposal(company, "reweighting")
    assert isinstance(to.diff, ReweightingDiff)
    said = {each.stage: each.after for each in to.diff.stages}

    say_yes(company, MANAGING, to)
    say_yes(company, MANAGING, to)

    assert company.do(stages) == said


def test_reweighting_outlives_imports_and_replays(company: Company) -> None:
    to = proposal(company, "reweighting")
    say_yes(company, MANAGING, to)
    before = company.do(stages)

    company.do(lambda session: session.execute(update(Interaction).values(as_of=NOW, version_hash="again")))
    company.do(lambda session: take_records(session, NOW + timedelta(minutes=1)))
    imported = company.do(stages)
    company.do(lambda session: rebuild(session, weights_in_force(session)[1], NOW))

    assert imported == before
    assert company.do(stages) == before


def test_old_record_that_comes_late_counts_with_its_share(company: Company) -> None:
    to = proposal(company, "reweighting")
    say_yes(company, MANAGING, to)
    late = {"kind": "call", "direction": "Inbound", "subject": "技术问题", "account_id": LARGE, "occurred_at": NOW - timedelta(days=100)}
    company.put(Interaction, late)

    company.do(lambda session: take_records(session, NOW))

    found = company.do(lambda session: standing(session, OWNER, SCOPE, LARGE, NOW, top=None))
    same_age = [part for stage in found.stages for part in stage.contributions if part.at and (NOW - part.at).days == 100 and part.what == "event"]
    by_kind: dict[tuple[str, str], set[float]] = {}
    for stage in found.stages:
        for part in stage.contributions:
            if part in same_age:
                by_kind.setdefault((stage.stage, part.evidence), set()).add(round(part.log_odds, 12))
    assert by_kind
    assert {len(each) for each in by_kind.values()} == {1}


def test_events_that_changed_meanwhile_make_the_reweighting_outdated(company: Company) -> None:
    to = proposal(company, "reweighting")
    company.put(Interaction, {"kind": "call", "direction": "Inbound", "subject": "技术问题", "account_id": LARGE, "occurred_at": NOW - timedelta(days=90)})
    company.do(lambda session: take_records(session, NOW))

    with pytest.raises(ProposalOutdated):
        say_yes(company, DIRECTING, to)


def test_every_refusal_is_said_in_both_languages() -> None:
    from prompts.words import say

    data = {"account": 1, "id": "x", "day": "2026-12-04", "kind": "okr_weights"}
    for error in (AnotherWasApproved, MayNotDecide, ProposalExpired, ProposalOutdated, ProposalRefused, ProposalUnknown):
        assert issubclass(error, PlumbError)
        assert all(say(error.key, language, **data) for language in ("zh", "en"))
