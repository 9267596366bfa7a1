from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from math import exp, fsum

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.tools.journey.made import NOW, OWNER, SCOPE, add_account, event, stage, state, stood
from tools.access.principal import Principal, Role
from tools.crm.models import Member
from tools.journey.errors import StandingUnknown
from tools.journey.models import JourneyEvent
from tools.journey.reading_weights import shipped_weights
from tools.journey.schemas import Hypothesis
from tools.journey.service import changed, contributions_page, reweigh, stand_all, standing, what_if
from tools.journey.taking import take
from tools.store.classification import Classification

WEIGHTS = shipped_weights()


def busy(session: Session) -> None:
    """An account to which a little of everything happened."""
    add_account(session, 1)
    take(session, [event(f"{key}:{number}", 1 + 13 * number, key) for key in WEIGHTS.evidence for number in range(5)], WEIGHTS, NOW)


def test_contributions_add_up_to_the_log_odds_and_each_cites_its_event(engine: Engine) -> None:
    with Session(engine) as session:
        busy(session)

        for at in (NOW, NOW - timedelta(days=20)):
            for each in stood(session, at=at).stages:
                assert abs(fsum(part.log_odds for part in each.contributions) - each.log_odds) < 1e-9
                assert each.weight == pytest.approx(1 / (1 + exp(-each.log_odds)), abs=1e-12)
                assert all((part.source is not None and part.at is not None and part.at <= at) == (part.what == "event") for part in each.contributions)


def test_several_stages_hold_at_once_and_fall_again_without_evidence(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event(f"{key}{number}", number, key) for key in ("technical_question", "terms_discussed") for number in range(8)], WEIGHTS, NOW)

        now, later = stood(session), stood(session, at=NOW + timedelta(days=720))

        assert min(stage(now, key).weight for key in ("technical_evaluation", "legal_review")) > 0.55
        assert all(stage(later, key).weight < stage(now, key).weight for key in ("technical_evaluation", "legal_review"))


def test_rise_of_one_stage_is_a_contribution_of_its_own_to_another(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        without = stage(stood(session))
        take(session, [event("attention", 1, "competitor_attention", origin="external")], WEIGHTS, NOW)

        found = stage(stood(session))
        acting = next(part for part in found.contributions if part.what == "relation")
        rise = stage(stood(session), "competitive_awareness").weight - 1 / (1 + exp(-WEIGHTS.stages["competitive_awareness"].base))

        assert (without.events, found.events, acting.evidence) == (0, 0, "competitive_awareness")
        assert acting.log_odds == pytest.approx(next(each.gain for each in WEIGHTS.relations if each.target == "technical_evaluation") * rise, abs=1e-12)


def test_interval_holds_the_weight_and_widens_with_doubtful_evidence(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        add_account(session, 2)
        take(session, [event(f"sure{n}", n, "step_verified", origin="verified") for n in range(6)], WEIGHTS, NOW)
        take(session, [event(f"read{n}", n, "step_verified", 2, origin="read") for n in range(9)], WEIGHTS, NOW)

        sure, read = (stage(stood(session, account), "adoption").confidence for account in (1, 2))

        for each in (sure, read):
            assert each.low < each.point < each.high
            assert (each.level, each.method) == (Decimal("0.9"), "delta-method")
        assert read.high - read.low > sure.high - sure.low
        assert not sure.has_track_record


def test_standing_in_the_past_is_that_of_the_events_until_then(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event("old", 60), event("older", 90)], WEIGHTS, NOW)
        then = stage(stood(session, at=NOW - timedelta(days=30)))
        take(session, [event("new", 2)], WEIGHTS, NOW)

        assert stage(stood(session, at=NOW - timedelta(days=30))) == then


def test_pages_of_contributions_are_the_whole_list_strongest_first(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event(f"e{number}", number) for number in range(23)], WEIGHTS, NOW)

        pages = [contributions_page(session, OWNER, SCOPE, 1, "technical_evaluation", NOW, offset, 10) for offset in (0, 10, 20)]

        parts = [part for page, _ in pages for part in page]
        assert {total for _, total in pages} == {24}
        assert parts == list(stage(stood(session)).contributions)
        assert [abs(part.log_odds) for part in parts] == sorted((abs(part.log_odds) for part in parts), reverse=True)


def test_change_between_two_days_is_what_faded_what_arrived_and_what_acts(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event("old", 40), event("older", 90), event("new", 2), event("attention", 1, "competitor_attention")], WEIGHTS, NOW)

        moves = {move.stage: move for move in changed(session, OWNER, SCOPE, 1, NOW - timedelta(days=7), NOW)}

        move = moves["technical_evaluation"]
        assert next(iter(moves)) == "competitive_awareness"
        assert [part.event_key for part in move.arrived] == ["new"]
        assert move.faded < 0 < move.related
        assert move.after.log_odds - move.before.log_odds == pytest.approx(move.faded + move.related + sum(part.log_odds for part in move.arrived), abs=1e-12)
        assert move.faded == pytest.approx(-(0.29 * 0.8) * sum(2.0 ** (-(days - 7) / 180) - 2.0 ** (-days / 180) for days in (40, 90)), abs=1e-12)


def test_what_if_shows_the_other_course_and_keeps_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event("poc", 3, "trial_verified", origin="verified"), event("asked", 5)], WEIGHTS, NOW)
        session.commit()
        before, count = state(session), session.scalar(select(func.count()).select_from(JourneyEvent))

        slipped = what_if(session, OWNER, SCOPE, 1, NOW, [Hypothesis(event_key="poc", shift_days=14)])
        gone = what_if(session, OWNER, SCOPE, 1, NOW, [Hypothesis(event_key="poc")])
        more = what_if(session, OWNER, SCOPE, 1, NOW, [Hypothesis(evidence="technical_question", at=NOW - timedelta(days=1))])
        later = what_if(session, OWNER, SCOPE, 1, NOW + timedelta(days=30), [Hypothesis(event_key="poc", shift_days=14)])

        assert slipped.before.stages == stood(session, top=5).stages
        assert stage(slipped.after) == stage(gone.after)  # it then lies ahead of today
        assert stage(gone.after).weight < stage(gone.before).weight < stage(more.after).weight
        assert stage(later.after).weight > stage(later.before).weight  # it is fresher by then
        session.expire_all()
        assert not session.dirty
        assert not session.new
        assert (state(session), session.scalar(select(func.count()).select_from(JourneyEvent))) == (before, count)


def test_all_accounts_at_once_stand_as_each_alone(engine: Engine) -> None:
    with Session(engine) as session:
        busy(session)
        add_account(session, 2)
        take(session, [event("of two", 4, account=2), event("soon", -3, account=2)], WEIGHTS, NOW)
        later = NOW + timedelta(days=5)

        ids, found = stand_all(session, OWNER, SCOPE, later)
        again_ids, again = reweigh(session, later)

        for account, row, other in zip(ids, found.log_odds, [again.log_odds[again_ids.index(each)] for each in ids], strict=True):
            alone = [each.log_odds for each in stood(session, account, later).stages]
            assert row.tolist() == alone
            assert other.tolist() == alone


def test_rep_sees_own_accounts_alone(engine: Engine) -> None:
    with Session(engine) as session:
        about = {"source_system": "north", "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}}
        session.add_all(Member(id=number, name=f"Rep {number}", source_id=f"M{number}", **about) for number in (5, 6))
        session.flush()
        add_account(session, 1, owner_id=5)
        add_account(session, 2, owner_id=6)
        take(session, [event("a"), event("b", account=2)], WEIGHTS, NOW)
        rep = Principal(role=Role.REP, member_id=5, clearance=Classification.PERSONAL)

        assert standing(session, rep, SCOPE, 1, NOW).account_id == 1
        assert stand_all(session, rep, SCOPE, NOW)[0] == (1,)
        for ask in (
            lambda: standing(session, rep, SCOPE, 2, NOW),
            lambda: contributions_page(session, rep, SCOPE, 2, "needs", NOW),
            lambda: changed(session, rep, SCOPE, 2, NOW, NOW),
            lambda: what_if(session, rep, SCOPE, 2, NOW, []),
        ):
            with pytest.raises(StandingUnknown):
                ask()
