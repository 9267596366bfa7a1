"""What was applied is taken back once, by who may, and only while it is as it was left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.tools.journey.reconstruction.conftest import LARGE, NOW, OWNER, REP, Company, principal
from tests.tools.journey.reconstruction.test_deciding import DIRECTING, MANAGING, SCOPE, proposal, say_yes
from tools.access.principal import Principal, Role
from tools.crm.models import Okr
from tools.journey.models import JourneyEvent
from tools.journey.reconstruction.deciding import undo
from tools.journey.reconstruction.errors import MayNotDecide, NothingToUndo, ProposalOutdated
from tools.journey.reconstruction.schemas import Proposal
from tools.journey.service import standing, take_records
from tools.journey.summing import rebuild
from tools.journey.versions import weights_in_force


def take_back(company: Company, who: Principal, which: Proposal) -> Proposal:
    found = company.do(lambda session: undo(session, who, SCOPE, which.id, NOW))
    assert isinstance(found, Proposal)
    return found


def weights(session: Session) -> dict[str, float]:
    return {each.stage: each.weight for each in standing(session, OWNER, SCOPE, LARGE, NOW).stages}


def counts(session: Session) -> list[float]:
    return [round(each, 12) for each in session.scalars(select(JourneyEvent.counts).order_by(JourneyEvent.key))]


def test_reweighting_taken_back_counts_everything_as_before(company: Company) -> None:
    which = proposal(company, "reweighting")
    before, counted = company.do(weights), company.do(counts)
    say_yes(company, MANAGING, which)
    assert company.do(weights) != pytest.approx(before, abs=1e-6)

    first, again = take_back(company, MANAGING, which), take_back(company, DIRECTING, which)

    assert (first.status, again.status) == ("undone", "undone")
    assert company.do(weights) == pytest.approx(before, abs=1e-12)
    assert company.do(counts) == counted
    assert company.do(lambda session: take_records(session, NOW)).replaced == 0
    replayed = company.do(lambda session: (rebuild(session, weights_in_force(session)[1], NOW), weights(session))[1])
    assert replayed == pytest.approx(before, abs=1e-12)


def test_okr_weights_taken_back_are_those_of_before(company: Company) -> None:
    which, before = proposal(company, "okr_weights"), company.weights()
    say_yes(company, DIRECTING, which)

    take_back(company, DIRECTING, which)

    assert company.weights() == before


def test_okr_weights_that_somebody_changed_since_stay(company: Company) -> None:
    which = proposal(company, "okr_weights")
    say_yes(company, DIRECTING, which)
    company.do(lambda session: session.execute(update(Okr).where(Okr.owner_id == REP, Okr.objective == "续约").values(weight=Decimal("0.6"))))
    left = company.weights()

    with pytest.raises(ProposalOutdated):
        take_back(company, DIRECTING, which)

    assert company.weights() == left


@pytest.mark.parametrize(("kind", "who"), [("okr_weights", MANAGING), ("reweighting", principal(REP, Role.REP))])
def test_who_may_not_decide_may_not_undo(company: Company, kind: str, who: Principal) -> None:
    which = proposal(company, kind)
    say_yes(company, DIRECTING, which)
    with pytest.raises(MayNotDecide):
        take_back(company, who, which)


def test_what_waits_cannot_be_undone(company: Company) -> None:
    with pytest.raises(NothingToUndo):
        take_back(company, DIRECTING, proposal(company, "reweighting"))
