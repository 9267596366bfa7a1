"""The semiconductor story, from the rows of an export to the weights that a rep is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.tools.journey.made import OWNER, SCOPE, stage
from tests.tools.journey.story import NOW, load_story
from tools.crm.models import Account, Signal
from tools.journey.schemas import AccountStanding
from tools.journey.service import changed, standing, take_records
from tools.store.engine import open_engine


class Story:
    """The account of the story in a store of its own, with the day on which the public activity was seen."""

    def __init__(self, session: Session, account: int, seen: datetime) -> None:
        self.session, self.account, self.seen = session, account, seen

    def at(self, moment: datetime) -> AccountStanding:
        return standing(self.session, OWNER, SCOPE, self.account, moment, top=None)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("story")
    (folder / "plumbline.db").write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{folder / 'plumbline.db'}")
    account_id = load_story(folder, engine)
    with Session(engine) as session:
        take_records(session, NOW)
        account = session.scalar(select(Account.id).where(Account.source_id == account_id))
        seen = session.scalar(select(Signal.observed_at).where(Signal.account_id == account, Signal.contact_id.is_not(None)))
        assert account is not None
        assert seen is not None
        yield Story(session, account, seen)
    engine.dispose()


def percent(found: AccountStanding, key: str) -> int:
    return round(100 * stage(found, key).weight)


def test_technical_evaluation_stays_at_65_while_competitive_awareness_rises_to_42(story: Story) -> None:
    before, after, today = story.at(story.seen - timedelta(minutes=1)), story.at(story.seen), story.at(NOW)

    assert [percent(each, "technical_evaluation") for each in (before, after, today)] == [65, 65, 65]
    assert percent(before, "competitive_awareness") < 20
    assert [percent(each, "competitive_awareness") for each in (after, today)] == [42, 42]


def test_each_figure_cites_the_records_it_rests_on(story: Story) -> None:
    found = story.at(NOW)

    rival, evaluation = stage(found, "competitive_awareness"), stage(found)
    strongest = next(part for part in rival.contributions if part.what == "event")
    assert strongest.evidence == "competitor_attention"
    assert strongest.source is not None
    assert (strongest.source.table, strongest.at) == ("signals", story.seen)
    assert sum(part.evidence == "technical_question" for part in evaluation.contributions) >= 9
    assert all(part.source is not None and part.source.record for part in evaluation.contributions if part.what == "event")


def test_what_changed_is_the_public_activity(story: Story) -> None:
    moves = changed(story.session, OWNER, SCOPE, story.account, story.seen - timedelta(minutes=1), story.seen)

    assert moves[0].stage == "competitive_awareness"
    assert [part.evidence for part in moves[0].arrived] == ["competitor_attention"]
    assert all(not move.arrived for move in moves[1:])


def test_records_taken_in_again_change_nothing(story: Story) -> None:
    again = take_records(story.session, NOW)

    assert (again.new, again.replaced, again.withdrawn) == (0, 0, 0)
