"""What is in the outbox is delivered once, also by several at once and after failures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.tools.journey.reconstruction.conftest import NOW, OTHER_REP, REP
from tools.journey.reconstruction.outbox import LEASE, deliver_due, notices_of, put
from tools.journey.reconstruction.schemas import Notice


@dataclass
class Phone:
    """A notifier that keeps what it was given, and fails for some."""

    fails: set[str] = field(default_factory=set)
    got: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def deliver(self, notice: Notice) -> None:
        with self.lock:
            if notice.key in self.fails:
                raise ConnectionError(notice.key)
            self.got.append(notice.key)


def notice(key: str, to: int = REP) -> Notice:
    return Notice(key=key, recipient_id=to, account_id=11, language="zh", text="您好", proposal_id="p")


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    made = sessionmaker(engine)
    with made() as session:
        for key in ("a", "b", "c", "a"):
            put(session, notice(key, OTHER_REP if key == "c" else REP), NOW)
        session.commit()
    return made


def test_notice_is_delivered_once_however_often_it_is_put(sessions: sessionmaker[Session]) -> None:
    phone = Phone()

    assert deliver_due(sessions, phone, NOW) == 3
    with sessions() as session:
        put(session, notice("b"), NOW)
        session.commit()
    assert deliver_due(sessions, phone, NOW + timedelta(days=1)) == 0

    assert phone.got == ["a", "b", "c"]


def test_several_at_once_deliver_each_notice_once(sessions: sessionmaker[Session]) -> None:
    phone = Phone()
    with ThreadPoolExecutor(4) as pool:
        delivered = list(pool.map(lambda _: deliver_due(sessions, phone, NOW), range(4)))

    assert sum(delivered) == 3
    assert sorted(phone.got) == ["a", "b", "c"]


def test_failure_keeps_its_notice_and_not_the_others_and_is_tried_again_later(sessions: sessionmaker[Session]) -> None:
    phone = Phone(fails={"a"})
    with pytest.raises(ConnectionError):
        deliver_due(sessions, phone, NOW)
    assert phone.got == ["b", "c"]
    phone.fails.clear()

    assert deliver_due(sessions, phone, NOW + LEASE / 2) == 0
    assert deliver_due(sessions, phone, NOW + LEASE) == 1
    assert phone.got == ["b", "c", "a"]


def test_member_finds_its_own_notices(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        assert [each.key for each in notices_of(session, REP)] == ["b", "a"]
