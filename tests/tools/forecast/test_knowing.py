"""What was known of a deal on a day holds nothing of the days after."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.tools.forecast.deals import DAY, history
from tools.forecast.history import NEVER, Events, History, Revision
from tools.forecast.knowing import Knowledge, Known
from tools.forecast.rolling import roll, snapshots

SEEN = DAY - 200


def known(of: History, day: int = SEEN) -> Known:
    rows = np.flatnonzero((of.opened <= day) & (of.closed > day))
    return Knowledge(of).at(rows, np.full(len(rows), day))


def same(one: Known, other: Known) -> bool:
    numbers = all(np.array_equal(one.numbers[name], other.numbers[name], equal_nan=True) for name in one.numbers | other.numbers)
    return np.array_equal(one.deals, other.deals) and numbers and all(np.array_equal(one.words[name].codes, other.words[name].codes) for name in one.words)


def shifted(events: Events, by: int) -> Events:
    """The same events, those after SEEN so many days later and belonging to others."""
    late = events.day > SEEN
    return replace(events, day=np.where(late, events.day + by, events.day), holder=np.where(late, events.holder[::-1], events.holder))


@pytest.mark.parametrize("seed", range(5))
def test_another_future_leaves_every_feature_the_same_bits(seed: int) -> None:
    past = history(seed=seed)
    rng = np.random.default_rng(seed)
    late = past.closed > SEEN
    future = replace(
        past,
        closed=np.where(late, np.where(rng.random(len(late)) < 0.5, NEVER, SEEN + rng.integers(1, 300, len(late))), past.closed),
        won=np.where(late, rng.random(len(late)) < 0.5, past.won),
        stage_moves=shifted(past.stage_moves, 30),
        deal_events={name: shifted(events, 17) for name, events in past.deal_events.items()},
        account_events={name: shifted(events, 17) for name, events in past.account_events.items()},
    )
    assert same(known(past), known(future))


def test_another_past_changes_them() -> None:
    past = history()
    earlier = past.closed <= SEEN
    assert not same(known(past), known(replace(past, won=np.where(earlier, ~past.won, past.won))))
    talks = past.deal_events["call"]
    assert not same(known(past), known(replace(past, deal_events={"call": replace(talks, day=talks.day + 400)})))


def test_what_was_changed_later_is_undone() -> None:
    before = history()
    deal = int(known(before).deals[0])
    amount = before.amount.copy()
    amount[deal] = 9.0
    changes = {"amount": (Revision(deal, SEEN + 3, float(before.amount[deal])),), "source": (Revision(deal, SEEN - 3, 2.0),)}
    now = replace(before, amount=amount, revised=changes)
    assert same(known(before), known(now))
    row = np.array([deal])
    assert Knowledge(now).at(row, row * 0 + SEEN + 2).numbers["amount"][0] == Knowledge(before).at(row, row * 0 + SEEN).numbers["amount"][0]
    assert Knowledge(now).at(row, row * 0 + SEEN + 3).numbers["amount"][0] == np.log(9.0)


def test_the_end_of_a_deal_is_not_known_on_the_day_before() -> None:
    past = history()
    deal = int(np.flatnonzero(past.won)[10])
    day = int(past.closed[deal]) - 1
    other = past.won.copy()
    other[deal] = False
    rows, days = np.array([deal]), np.array([day])
    assert same(Knowledge(past).at(rows, days), Knowledge(replace(past, won=other)).at(rows, days))


def test_a_count_is_of_events_up_to_the_day() -> None:
    past = history()
    found = known(past)
    talks = past.deal_events["call"]
    for row, deal in enumerate(found.deals[:20].tolist()):
        assert found.numbers["deal:call"][row] == ((talks.holder == deal) & (talks.day <= SEEN)).sum()


def test_forecasts_of_a_past_day_do_not_move_with_what_came_after() -> None:
    past = history(strength=1.0)
    day = int(snapshots(past, Knowledge(past), DAY).origins[-6])
    later = past.closed > day
    won = np.where(later, ~past.won & past.decided, past.won)
    before, after = (roll(each, snapshots(each, Knowledge(each), DAY)) for each in (past, past.with_outcomes(won)))
    upto = snapshots(past, Knowledge(past), DAY).origins[before.origin] <= day
    assert upto.sum() > 50
    assert np.array_equal(before.score[upto], after.score[upto])
    assert np.array_equal(before.p[upto], after.p[upto])
    assert not np.array_equal(before.won[upto], after.won[upto])
