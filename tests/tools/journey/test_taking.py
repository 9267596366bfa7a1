from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.journey.made import NOW, add_account, event, memory, stage, state, stood
from tools.journey.models import JourneyEvent
from tools.journey.reading_weights import shipped_weights
from tools.journey.schemas import NewEvent
from tools.journey.summing import rebuild
from tools.journey.taking import settle, take, withdraw

WEIGHTS = shipped_weights()


def weight(session: Session, account: int = 1) -> float:
    return stage(stood(session, account)).weight


def test_event_sent_twice_counts_once(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event("a"), event("b", 3)], WEIGHTS, NOW)
        before = state(session)

        again = take(session, [event("b", 3), event("a"), event("a")], WEIGHTS, NOW + timedelta(days=1))

        assert (again.new, again.replaced, again.unchanged) == (0, 0, 3)
        assert state(session) == before


def test_late_event_counts_as_if_it_had_come_in_time(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        add_account(session, 2)
        for key, days in (("new", 1), ("old", 200), ("middle", 40)):
            take(session, [event(f"late {key}", days)], WEIGHTS, NOW)
        for key, days in (("old", 200), ("middle", 40), ("new", 1)):
            take(session, [event(f"ordered {key}", days, account=2)], WEIGHTS, NOW)

        assert state(session)[1] == state(session)[2]
        assert weight(session, 1) == weight(session, 2)


def test_event_of_the_future_counts_when_its_time_has_come(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        taken = take(session, [event("past", 1), event("future", -10)], WEIGHTS, NOW)
        before = stage(stood(session))
        due = stage(stood(session, at=NOW + timedelta(days=10)))

        assert (taken.new, taken.future, before.events, due.events) == (2, 1, 1, 2)
        assert settle(session, WEIGHTS, NOW) == 0
        assert settle(session, WEIGHTS, NOW + timedelta(days=10)) == 1
        assert settle(session, WEIGHTS, NOW + timedelta(days=10)) == 0
        assert stage(stood(session, at=NOW + timedelta(days=10))) == due
        assert stage(stood(session)) == before


def test_event_of_an_unknown_account_waits_until_the_account_is_there(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        waiting = [event("by id", 1, account=None, ref="C7"), event("by name", 2, account=None, ref="Seventh & Sons"), event("lost", account=None, ref="C9")]
        assert take(session, waiting, WEIGHTS, NOW).waiting == 3
        assert state(session) == {}

        add_account(session, 7, "Seventh & Sons")

        assert settle(session, WEIGHTS, NOW) == 2
        assert stage(stood(session, 7)).events == 2
        assert session.scalars(select(JourneyEvent.key).where(~JourneyEvent.summed)).all() == ["lost"]


def test_name_of_two_accounts_is_nobodys_until_it_is_clear(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1, "Twins")
        add_account(session, 2, "Twins")
        take(session, [event("whose", account=None, ref="Twins")], WEIGHTS, NOW)

        assert settle(session, WEIGHTS, NOW) == 0
        assert state(session) == {}


def test_corrected_record_replaces_its_event_and_an_older_reading_does_not(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        add_account(session, 2)
        take(session, [event("a", 5), event("b", 9)], WEIGHTS, NOW)
        later = NOW + timedelta(hours=1)

        moved = take(session, [event("a", 30, "declined", 2, read_at=later)], WEIGHTS, later)
        stale = take(session, [event("a", 5)], WEIGHTS, later)

        assert (moved.replaced, stale.unchanged) == (1, 1)
        take(session, [event("only b", 9, account=3), event("only a", 30, "declined", 4)], WEIGHTS, NOW)
        found = state(session)
        assert (found[1], found[2]) == (found[3], found[4])


def test_withdrawn_event_leaves_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)
        take(session, [event("a", 5), event("b", 9), event("c", -4)], WEIGHTS, NOW)

        assert withdraw(session, ["a", "b", "c", "never there"], WEIGHTS, NOW).withdrawn == 3
        assert state(session) == {}
        assert stage(stood(session)).log_odds == WEIGHTS.stages["technical_evaluation"].base


@pytest.mark.parametrize("counts", [0.0, -1.0, 1.5, 1e308, float("nan"), float("inf")])
def test_event_of_absurd_weight_is_refused(counts: float) -> None:
    with pytest.raises(ValidationError, match="counts"):
        event("absurd", counts=counts)


def test_event_of_a_kind_that_the_file_lost_is_kept_and_counts_for_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        add_account(session, 1)

        assert take(session, [event("odd", 1, "no longer known")], WEIGHTS, NOW).new == 1
        assert [each.log_odds for each in stood(session).stages][0] == next(iter(WEIGHTS.stages.values())).base


def test_replay_gives_the_sums_that_events_gave_one_by_one(engine: Engine) -> None:
    with Session(engine) as session:
        for number, key in enumerate(list(WEIGHTS.evidence) * 3):
            take(session, [event(str(number), number * 7.3, key, 1 + number % 3, counts=0.1 + number % 9 / 10)], WEIGHTS, NOW)
        before = state(session)

        rebuild(session, WEIGHTS, NOW)

        assert state(session) == before


made = st.builds(
    event,
    key=st.sampled_from([f"k{number}" for number in range(12)]),
    days_ago=st.floats(-30, 800).map(lambda days: round(days, 3)),
    evidence=st.sampled_from(list(WEIGHTS.evidence)),
    account=st.sampled_from([1, 2, None]),
    origin=st.sampled_from(list(WEIGHTS.origins)),
    counts=st.floats(0.01, 1.0),
    ref=st.sampled_from(["C1", "C2", "nobody"]),
    read_at=st.sampled_from([NOW, NOW - timedelta(days=1)]),
)


@settings(max_examples=40, deadline=None)
@given(events=st.lists(made, min_size=1, max_size=20), data=st.data())
def test_any_order_and_any_batches_with_repeats_give_the_same_state(events: list[NewEvent], data: st.DataObject) -> None:
    other = data.draw(st.permutations([*events, *events[: len(events) // 2]]))
    cuts = data.draw(st.sets(st.integers(1, len(other))).map(sorted))
    whole, parts = memory(), memory()

    with Session(whole) as session:
        add_account(session, 1)
        add_account(session, 2)
        take(session, events, WEIGHTS, NOW)
        settle(session, WEIGHTS, NOW)
        expected, weights = state(session), [each.log_odds for account in (1, 2) for each in stood(session, account).stages]
        rebuild(session, WEIGHTS, NOW)
        assert state(session) == expected

    with Session(parts) as session:
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(other)], strict=True)):
            take(session, other[start:end], WEIGHTS, NOW)
            if number % 2:
                settle(session, WEIGHTS, NOW)
        add_account(session, 1)
        add_account(session, 2)
        settle(session, WEIGHTS, NOW)
        assert state(session) == expected
        found = [each.log_odds for account in (1, 2) for each in stood(session, account).stages]
        assert max(abs(a - b) for a, b in zip(found, weights, strict=True)) <= 1e-12
