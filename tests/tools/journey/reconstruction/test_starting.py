"""A change at a large account starts one run with three proposals that rest on it; the same change never starts another."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.tools.journey.reconstruction.conftest import (
    DIRECTOR,
    FAR_REP,
    LARGE,
    MANAGER,
    NOW,
    OTHER_REP,
    OWNER,
    REP,
    RICH,
    SMALL,
    TODAY,
    Company,
    FakeTracks,
    change,
    principal,
)
from tools.access.principal import Role
from tools.journey.reconstruction.errors import ReconstructionAccountUnknown
from tools.journey.reconstruction.models import NoticeRow, ReconstructionProposal, ReconstructionRun
from tools.journey.reconstruction.policy import shipped_policy
from tools.journey.reconstruction.reading import runs_of
from tools.journey.reconstruction.schemas import OkrDiff, ReweightingDiff, TalkTrackDiff
from tools.journey.reconstruction.service import reconstruct
from tools.journey.service import standing
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_engine


def counted(company: Company) -> tuple[int, int, int]:
    tables = (ReconstructionRun, ReconstructionProposal, NoticeRow)
    return tuple(company.do(lambda session: [session.scalar(select(func.count()).select_from(table)) for table in tables]))


def test_run_has_three_proposals_each_with_its_ground(company: Company) -> None:
    run = company.start().run

    assert run is not None
    assert [each.kind for each in run.proposals] == ["okr_weights", "reweighting", "talk_track"]
    assert run.absent == {}
    for proposal in run.proposals:
        suggestion = proposal.suggestion
        assert suggestion.score == sum(each.weight * each.effect for each in suggestion.contributions)
        assert suggestion.contributions
        assert suggestion.confidence.low <= suggestion.confidence.high
        assert suggestion.customer_value
        assert suggestion.proposal == proposal.id
        assert proposal.expires_at > NOW
    assert len({each.idempotency_key for each in run.proposals}) == 3
    assert (run.large.by, run.large.tier) == ("tier", "strategic")


def test_reweighting_shows_each_stage_before_and_after_and_adds_up(company: Company) -> None:
    run = company.start().run
    assert run is not None
    (proposal,) = [each for each in run.proposals if each.kind == "reweighting"]
    diff = proposal.diff
    assert isinstance(diff, ReweightingDiff)

    now = company.do(lambda session: standing(session, OWNER, PolicyScope(), LARGE, NOW))

    assert diff.keeps == Decimal("0.4")  # the interval's end that is nearer to no change
    assert {each.stage: each.before for each in diff.stages} == {each.stage: each.confidence.point for each in now.stages}
    moved = diff.stages[0]
    assert moved.after < moved.before
    log_odds = {each.stage: each.log_odds for each in now.stages}[moved.stage]
    again = Decimal(repr(log_odds)) + proposal.suggestion.score
    assert float(moved.after) == pytest.approx(float(1 / (1 + (-again).exp())), abs=2e-6)


def test_okr_weights_of_that_region_move_and_no_others(company: Company) -> None:
    run = company.start().run
    assert run is not None
    diff = next(each.diff for each in run.proposals if isinstance(each.diff, OkrDiff))

    assert {each.member_id for each in diff.moves} == {REP, OTHER_REP}
    assert all(sum(each.after for each in diff.moves if each.member_id == rep) == 1 for rep in (REP, OTHER_REP))
    assert [(each.objective, each.before, each.after) for each in diff.moves[:3]] == [
        ("续约", Decimal("0.3"), Decimal("0.4")),
        ("New business", Decimal("0.5"), Decimal("0.4")),
        ("Knowledge", Decimal("0.2"), Decimal("0.2")),
    ]
    gains = {each.member_id: (each.after or 0) - (each.before or 0) for each in diff.effects}
    assert gains == {REP: Decimal("0.05"), OTHER_REP: Decimal("-0.02")}
    assert company.weights()[REP, "续约"] == Decimal("0.3"), "nothing is applied before a director approves"


def test_talk_track_waits_in_the_outbox_for_the_rep(company: Company) -> None:
    run = company.start().run
    assert run is not None
    diff = next(each.diff for each in run.proposals if isinstance(each.diff, TalkTrackDiff))

    (row,) = company.do(lambda session: list(session.scalars(select(NoticeRow))))

    assert (diff.recipient_id, row.recipient_id, row.text) == (REP, REP, diff.text)
    assert row.delivered_at is None


def test_same_change_starts_no_second_run(company: Company) -> None:
    first = company.start()
    again = company.start()
    later = company.start(change(weeks=9))
    shifted = company.start(change(since=date(2026, 9, 7)))

    assert first.fired
    assert {each.fired for each in (again, later, shifted)} == {False}
    assert {each.run.id for each in (again, later, shifted) if each.run} == {first.run.id if first.run else ""}
    assert counted(company) == (1, 3, 1)


def test_other_direction_and_later_change_start_runs_of_their_own(company: Company) -> None:
    runs = [company.start(), company.start(change(direction="up")), company.start(change(since=date(2026, 11, 2), weeks=2))]

    assert [each.fired for each in runs] == [True] * 3
    assert counted(company) == (3, 9, 3)


def test_account_that_is_not_large_starts_nothing(company: Company) -> None:
    assert company.start(change(SMALL)).run is None
    assert counted(company) == (0, 0, 0)


def test_account_with_a_large_share_of_what_was_won_is_large(company: Company) -> None:
    run = company.start(change(RICH)).run

    assert run is not None
    assert (run.large.by, run.large.share, run.large.currency) == ("revenue", Decimal("0.9890"), "CNY")


def test_change_before_all_history_reweights_nothing(company: Company) -> None:
    run = company.start(change(since=date(2020, 1, 6))).run

    assert run is not None
    assert run.absent == {"reweighting": "no_history"}


def test_uncertain_change_reweights_nothing_and_moves_no_weights(company: Company) -> None:
    run = company.start(change(high="1.2")).run

    assert run is not None
    assert [each.kind for each in run.proposals] == ["talk_track"]
    assert run.absent == {"reweighting": "change_uncertain", "okr_weights": "change_uncertain"}


def test_talk_track_without_customer_value_is_not_sent(company: Company) -> None:
    run = company.start(tracks=FakeTracks(value=" ")).run

    assert run is not None
    assert run.absent == {"talk_track": "no_customer_value"}
    assert counted(company)[2] == 0


def test_account_out_of_reach_is_as_unknown_as_none(company: Company) -> None:
    for account in (LARGE, 999):
        with pytest.raises(ReconstructionAccountUnknown):
            company.start(change(account), principal(FAR_REP, Role.REP))


def test_weights_of_others_are_shown_to_directors_only(company: Company) -> None:
    company.start()

    def seen(who: int, role: Role, *reports: int) -> set[int]:
        runs = company.do(lambda session: runs_of(session, principal(who, role, *reports), PolicyScope()))
        return {move.member_id for run in runs for each in run.proposals if isinstance(each.diff, OkrDiff) for move in each.diff.moves}

    assert seen(DIRECTOR, Role.DIRECTOR) == {REP, OTHER_REP}
    assert seen(MANAGER, Role.MANAGER, REP) == {REP}
    assert seen(REP, Role.REP) == {REP}
    assert seen(FAR_REP, Role.REP) == set()


def start_in_a_process(url: str) -> bool:
    engine = open_engine(url)
    with Session(engine) as session:
        fired = reconstruct(session, OWNER, PolicyScope(), change(), FakeTracks(), shipped_policy(), TODAY, NOW, "zh").fired
        session.commit()
    engine.dispose()
    return fired


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_of_processes_that_both_saw_no_run_one_starts_it(company: Company, engine: Engine) -> None:
    """The second process finds no run, since the first has not committed; it waits at the key, and then finds the first one's run."""
    url = engine.url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")
    with Session(engine) as first, ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert reconstruct(first, OWNER, PolicyScope(), change(), FakeTracks(), shipped_policy(), TODAY, NOW, "zh").fired
        second = pool.submit(start_in_a_process, url)
        until_waiting(engine)
        assert not second.done()
        first.commit()
        assert second.result(timeout=60) is False
    assert counted(company) == (1, 3, 1)


def until_waiting(engine: Engine) -> None:
    """Until a connection of the database waits for another one's transaction."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(600):
            if connection.scalar(waiting):
                return
            time.sleep(0.1)
    raise AssertionError("nobody waits")


def test_threads_at_once_start_one_run(company: Company, engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        fired = list(pool.map(lambda _: company.start().fired, range(8)))

    assert sum(fired) == 1
    assert counted(company) == (1, 3, 1)
