"""The circuit breaker by itself, its clock moved by hand."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.capabilities.breaker import Breaker, Failure
from tools.sandbox.capabilities.ports import Resting

BEGAN = datetime(2026, 3, 3, 9, tzinfo=UTC)
REST = timedelta(seconds=10)


class Clock:
    now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def passes(breaker: Breaker) -> None:
    with breaker.passing():
        pass


def fails(breaker: Breaker, error: type[BaseException] = Failure) -> None:
    with pytest.raises(error), breaker.passing():
        raise error


def opened(clock: Clock, failures: int = 2) -> Breaker:
    breaker = Breaker(failures, REST, clock)
    for _ in range(failures):
        fails(breaker)
    return breaker


def test_failures_in_a_row_open_it_and_one_that_comes_through_begins_anew() -> None:
    breaker = Breaker(2, REST, Clock())

    fails(breaker)
    passes(breaker)
    fails(breaker)
    assert breaker.state == "closed"

    fails(breaker)
    assert breaker.state == "open"


def test_open_circuit_lets_none_through_until_it_has_rested() -> None:
    breaker = opened(clock := Clock())

    clock.now += REST - timedelta(microseconds=1)
    with pytest.raises(Resting):
        passes(breaker)

    clock.now += timedelta(microseconds=1)
    assert (breaker.state, breaker.resting_until()) == ("half_open", None)


def test_of_many_at_once_only_one_tries_a_half_open_circuit() -> None:
    breaker = opened(clock := Clock())
    clock.now += REST
    gate, through, turned_away = threading.Barrier(8), [], []

    def call() -> None:
        gate.wait()
        try:
            with breaker.passing():
                through.append(1)
                while len(turned_away) < 7:
                    time.sleep(0.001)
        except Resting:
            turned_away.append(1)

    threads = [threading.Thread(target=call, daemon=True) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)

    assert (len(through), len(turned_away), breaker.state) == (1, 7, "closed")


def test_failed_try_opens_it_again_for_a_whole_rest() -> None:
    breaker = opened(clock := Clock())
    clock.now += REST

    fails(breaker)

    assert breaker.resting_until() == clock.now + REST


def test_try_that_never_came_back_is_followed_by_the_next_after_a_rest() -> None:
    breaker = opened(clock := Clock())
    clock.now += REST

    fails(breaker, KeyboardInterrupt)
    with pytest.raises(Resting):
        passes(breaker)

    clock.now += REST
    passes(breaker)
    assert breaker.state == "closed"


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 15)), max_size=40), st.integers(1, 4))
def test_it_is_open_exactly_after_that_many_failures_in_a_row(story: list[tuple[bool, int]], failures: int) -> None:
    clock = Clock()
    breaker, row, open_until = Breaker(failures, REST, clock), 0, None

    for succeeds, seconds in story:
        clock.now += timedelta(seconds=seconds)
        if open_until is not None and clock.now < open_until:
            with pytest.raises(Resting):
                passes(breaker)
            continue
        if succeeds:
            passes(breaker)
            row, open_until = 0, None
        else:
            fails(breaker)
            row += 1
            open_until = clock.now + REST if row >= failures else None
        assert breaker.resting_until() == open_until
