"""What texts tell is kept per version of a record, and shown only to those who may read the text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from tools.access.principal import CLEARANCE, Principal, Role
from tools.crm.models import Account, Contact, CustomField, CustomRow, CustomTable, Interaction, Member
from tools.crm.semantic import load_model
from tools.journey.acts import Act, Status
from tools.journey.reading.filling import TextEventFiller
from tools.journey.reading.models import TextEventRow, TextReading
from tools.journey.reading.service import told_events
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.store.engine import open_sessions

OWNER = Principal.local_owner()
SCOPE = PolicyScope()


def sourced(name: str) -> dict[str, object]:
    return {"source_system": "test", "source_id": name, "version_hash": name, "as_of": datetime(2026, 3, 12, tzinfo=UTC)}


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    made = open_sessions(engine)
    with made() as session:
        session.add_all([Member(id=1, name="Tom Hale", **sourced("m1")), Member(id=2, name="王敏", **sourced("m2"))])
        session.flush()
        session.add_all([Account(id=1, name="Norrtek", owner_id=1, **sourced("a1")), Account(id=2, name="华夏机械", owner_id=2, **sourced("a2"))])
        session.flush()
        session.add(Contact(id=1, name="李雪", title="首席技术官", account_id=2, **sourced("c1")))
        session.flush()
        at = datetime(2026, 3, 12, 9, tzinfo=UTC)
        session.add_all(
            [
                Interaction(
                    id=1, kind="call", account_id=1, owner_id=1, occurred_at=at, body="Their CTO signed the POC agreement on 10 March.", **sourced("i1")
                ),
                Interaction(id=2, kind="visit", account_id=2, owner_id=2, contact_id=1, occurred_at=at, body="李总说合同还没签，下周三付款。", **sourced("i2")),
                Interaction(
                    id=3, kind="call", account_id=2, owner_id=2, occurred_at=at, body="The weather was fine and the coffee was good as always.", **sourced("i3")
                ),
            ]
        )
        session.commit()
    return made


def told(sessions: sessionmaker[Session], principal: Principal = OWNER, **asked: object):
    with sessions() as session:
        return list(told_events(session, load_model(session), principal, SCOPE, **asked))


def test_a_filled_store_tells_who_did_what_and_cites_the_words(sessions):
    report = TextEventFiller(sessions).run()
    (signed,) = told(sessions, acts=[Act.SIGN], statuses=[Status.DONE])
    assert report.texts == 3
    assert (signed.account_id, signed.event.actor.role, signed.event.object, signed.event.on) == (1, "cto", "POC agreement", date(2026, 3, 10))
    assert signed.event.on_stated
    source = signed.event.source
    assert "signed the POC agreement" in "Their CTO signed the POC agreement on 10 March."[source.start : source.end]
    assert 0 < signed.event.confidence < 1


def test_what_was_not_signed_is_never_told_as_signed(sessions):
    TextEventFiller(sessions).run()
    assert [each.event.status for each in told(sessions, acts=[Act.SIGN], accounts=[2])] == [Status.NOT_DONE]
    (pay,) = told(sessions, acts=[Act.PAY])
    assert (pay.event.status, pay.event.on) == (Status.PLANNED, date(2026, 3, 18))


def test_a_second_run_reads_nothing(sessions):
    TextEventFiller(sessions).run()
    before = told(sessions)
    assert TextEventFiller(sessions).run().texts == 0
    assert told(sessions) == before


def test_a_changed_record_is_read_again_and_its_old_events_are_gone(sessions):
    TextEventFiller(sessions).run()
    with sessions() as session:
        session.execute(update(Interaction).where(Interaction.id == 1).values(body="Their CTO refused to sign the POC agreement.", version=2))
        session.commit()
    assert told(sessions, acts=[Act.SIGN], statuses=[Status.DONE]) == []
    assert TextEventFiller(sessions).run().texts == 1
    assert [each.event.status for each in told(sessions, acts=[Act.SIGN], accounts=[1])] == [Status.REFUSED]


def test_a_record_that_is_gone_at_its_source_tells_nothing(sessions):
    TextEventFiller(sessions).run()
    with sessions() as session:
        session.execute(update(Interaction).where(Interaction.id == 1).values(gone_at=datetime(2026, 4, 1, tzinfo=UTC)))
        session.commit()
    assert told(sessions, accounts=[1]) == []
    assert TextEventFiller(sessions).run().removed == 1
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(TextEventRow).where(TextEventRow.record_id == 1)) == 0


def test_a_run_that_is_stopped_is_gone_on_with(sessions):
    TextEventFiller(sessions).run(stopped=lambda: True)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(TextReading)) == 0
    assert TextEventFiller(sessions).run().texts == 3


def test_a_rep_is_told_only_of_own_accounts(sessions):
    TextEventFiller(sessions).run()
    rep = Principal(role=Role.REP, member_id=1, name="Tom Hale", clearance=CLEARANCE[Role.REP])
    assert {each.account_id for each in told(sessions, rep)} == {1}


def test_a_reader_who_may_not_read_texts_is_told_nothing(sessions):
    TextEventFiller(sessions).run()
    assert told(sessions, OWNER.model_copy(update={"clearance": Classification.INTERNAL})) == []


def test_a_reader_who_may_not_see_persons_is_shown_no_name(sessions):
    TextEventFiller(sessions).run()
    shown = told(sessions, OWNER.model_copy(update={"clearance": Classification.CONFIDENTIAL}), accounts=[2])
    assert shown
    assert all("李" not in (each.event.actor.text + (each.event.actor.person or "")) for each in shown)


def test_texts_of_a_table_of_ones_own_are_read(sessions):
    with sessions() as session:
        session.add(CustomTable(id=1, source_system="test", key="diary", label="Diary"))
        session.add_all(
            [
                CustomField(entity="custom:diary", table_id=1, key="said", label="What was said", type="text", classification=int(Classification.CONFIDENTIAL)),
                CustomField(entity="custom:diary", table_id=1, key="day", label="Day", type="date", classification=int(Classification.INTERNAL)),
            ]
        )
        custom = {"said": "Their legal team has approved the data processing agreement.", "day": "2026-02-03"}
        session.add(CustomRow(table_id=1, account_id=1, custom=custom, **sourced("d1")))
        session.commit()
    TextEventFiller(sessions).run()
    (approved,) = told(sessions, acts=[Act.APPROVE])
    assert (approved.event.actor.role, approved.event.on, approved.source.field) == ("legal", date(2026, 2, 3), "said")
