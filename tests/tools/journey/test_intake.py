from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from prompts.words import say
from tests.tools.journey.made import NOW, add_account, stage, stood
from tools.crm.models import Account, Interaction, Milestone, Opportunity
from tools.journey.acts import Act, Actor, Status, TextEvent, TextRef
from tools.journey.errors import SignalUnreadable
from tools.journey.models import JourneyEvent
from tools.journey.schemas import ExternalSignal
from tools.journey.service import take_acts, take_records, take_signal

ABOUT = {"source_system": "north", "version": 1, "version_hash": "1", "as_of": NOW, "custom": {}}
SIGNAL = ExternalSignal(
    id="n-1", sender="watch", account="Company 1", kind="Public activity", headline="Purchasing director shared the news of Aurora",
    person="Li", competitor="Aurora", observed_at=NOW - timedelta(days=1),
)  # fmt: skip


def add_note(session: Session, number: int = 1, **values: object) -> Interaction:
    row = Interaction(id=number, source_id=f"X{number}", occurred_at=NOW - timedelta(days=3), **{"account_id": 1, "account_ref": "C1"} | ABOUT | values)
    session.add(row)
    session.flush()
    return row


def keys(session: Session) -> set[tuple[str, str]]:
    return {(event.source_record, event.evidence) for event in session.scalars(select(JourneyEvent))}


def test_changed_record_moves_its_events_and_a_gone_one_takes_them_along(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        first, second = add_note(session, 1, subject="报价", kind="拜访"), add_note(session, 2, subject="接口限流", direction="来电")
        take_records(session, NOW)
        assert keys(session) == {("X1", "price_discussed"), ("X1", "face_to_face"), ("X2", "technical_question"), ("X2", "reply")}

        first.subject, first.version_hash, first.as_of = "需求调研", "2", NOW + timedelta(days=1)
        second.gone_at = NOW + timedelta(days=1)
        session.flush()
        taken = take_records(session, NOW + timedelta(days=1))

        assert keys(session) == {("X1", "needs_discussed"), ("X1", "face_to_face")}
        assert (taken.new, taken.withdrawn) == (1, 3)
        assert stage(stood(session)).events == 0


def test_record_of_an_account_that_comes_later_counts_from_then_on(engine: Engine) -> None:
    with Session(engine) as session:
        note = add_note(session, subject="API limits", direction="Inbound", account_id=None, account_ref="C1")
        assert take_records(session, NOW).waiting == 2

        add_account(session, 1)
        note.account_id, note.as_of = 1, NOW + timedelta(hours=1)
        session.flush()
        take_records(session, NOW + timedelta(hours=1))

        assert stage(stood(session)).events == 1


def test_milestone_is_missed_until_it_is_done(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        step = Milestone(id=1, source_id="N1", account_id=1, name="Go-live", due_on=date(2026, 5, 20), **ABOUT)
        later = Milestone(id=2, source_id="N2", account_id=1, name="Review", due_on=date(2026, 8, 20), **ABOUT)
        session.add_all([step, later])
        session.flush()
        take_records(session, NOW)
        assert keys(session) == {("N1", "milestone_missed")}

        step.done_on, step.as_of = date(2026, 5, 30), NOW + timedelta(hours=1)
        session.flush()
        take_records(session, NOW + timedelta(hours=1))

        assert keys(session) == {("N1", "milestone_done")}


def test_deal_without_history_counts_when_it_is_decided(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        session.add(Opportunity(id=1, source_id="D1", account_id=1, status="won", close_on=date(2026, 5, 1), **ABOUT))
        session.add(Opportunity(id=2, source_id="D2", account_id=1, status="open", close_on=date(2026, 7, 1), **ABOUT))
        session.flush()
        take_records(session, NOW)

        assert keys(session) == {("D1", "pipeline_won")}


def read_act(status: Status, confidence: str = "0.9", side: str = "customer", act: Act = Act.SIGN) -> TextEvent:
    source = TextRef(table="interactions", record_id=1, field="body", version=1, start=0, end=12)
    return TextEvent(
        act=act, status=status, actor=Actor(side=side), object="POC同意书", on=date(2026, 5, 30), on_stated=True, source=source, confidence=Decimal(confidence)
    )


def test_act_that_was_done_counts_as_far_as_it_was_read_for_sure(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        add_note(session, body="客户CTO已签署POC同意书")

        taken = take_acts(session, [read_act(Status.DONE)], NOW)
        again = take_acts(session, [read_act(Status.DONE)], NOW)

        part = next(part for part in stage(stood(session)).contributions if part.what == "event")
        assert (taken.new, again.new, part.evidence) == (1, 0, "trial_run")
        assert part.log_odds == pytest.approx(0.5 * 0.65 * 0.9 * 2.0 ** (-2 / 180))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DONE])
def test_act_that_was_not_done_moves_nothing(engine: Engine, status: Status) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        add_note(session, body="客户CTO口头答应签POC同意书")

        assert take_acts(session, [read_act(status)], NOW).new == 0


def test_acts_survive_when_records_are_taken_in_again(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        add_note(session, body="客户CTO已签署POC同意书")
        take_acts(session, [read_act(Status.DONE)], NOW)

        assert take_records(session, NOW).withdrawn == 0
        assert any(evidence == "trial_run" for _, evidence in keys(session))


def test_signal_sent_twice_counts_once_and_is_cited(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)

        taken = [take_signal(session, SIGNAL, NOW + timedelta(minutes=number)) for number in range(2)]

        part = next(part for part in stage(stood(session), "competitive_awareness").contributions if part.what == "event")
        assert ([each.new for each in taken], part.evidence) == ([1, 0], "competitor_attention")
        assert part.source is not None
        assert (part.source.system, part.source.table, part.source.record) == ("watch", "journey_signals", "watch:n-1")


def test_signal_of_an_unknown_account_is_kept_and_counts_when_the_account_comes(engine: Engine) -> None:
    with Session(engine) as session:
        assert take_signal(session, SIGNAL, NOW).waiting == 1

        session.add(Account(id=1, name="Company 1", source_id="C1", **ABOUT))
        session.flush()
        take_records(session, NOW)

        assert stage(stood(session), "competitive_awareness").events == 1


@pytest.mark.parametrize("change", [{"id": " "}, {"account": ""}, {"headline": ""}, {"sender": ""}, {"observed_at": NOW.replace(tzinfo=None)}])
def test_signal_that_lacks_something_is_refused_in_both_languages(engine: Engine, change: dict[str, object]) -> None:
    with Session(engine) as session, pytest.raises(SignalUnreadable) as caught:
        take_signal(session, SIGNAL.model_copy(update=change), NOW)

    assert all(str(caught.value.data["field"]) in say(caught.value.key, language, **caught.value.data) for language in ("zh", "en"))
