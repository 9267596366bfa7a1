from __future__ import annotations

from math import fsum
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.journey.decaying import Sums, fold, of_event, pack, read, unpack

DAY = 86_400
TODAY = 833_000_000
times = st.integers(min_value=-3_000_000_000, max_value=TODAY)
event_lists = st.lists(st.tuples(times, st.floats(min_value=1e-9, max_value=1.0)), min_size=1, max_size=40)
half_lives = st.sampled_from([DAY, 14 * DAY, 90 * DAY, 3_650 * DAY])


def added(events: list[tuple[int, float]], half_life: int) -> Sums:
    found = Sums()
    for at, counts in events:
        found = found.plus(of_event(at, counts, half_life))
    return found


@given(event_lists, half_lives, st.randoms(use_true_random=False))
def test_events_in_any_order_sum_to_the_same_bits(events: list[tuple[int, float]], half_life: int, random: Random) -> None:
    shuffled = random.sample(events, len(events))

    assert added(events, half_life).exact() == added(shuffled, half_life).exact()
    assert read(added(events, half_life), TODAY, half_life) == read(added(shuffled, half_life), TODAY, half_life)


@given(event_lists, half_lives, st.integers(0, 40))
def test_events_in_batches_sum_to_the_same_bits_as_one_by_one(events: list[tuple[int, float]], half_life: int, cut: int) -> None:
    parts = [part for part in (events[:cut], events[cut:]) if part]

    found = Sums()
    for part in parts:
        at, counts = np.array([each[0] for each in part]), np.array([each[1] for each in part])
        found = found.plus(fold(np.zeros(len(part), np.int64), at, counts, np.full(len(part), half_life))[0])

    assert found.exact() == added(events, half_life).exact()


@given(event_lists, event_lists, half_lives)
def test_events_taken_out_leave_what_was_there_before(kept: list[tuple[int, float]], gone: list[tuple[int, float]], half_life: int) -> None:
    assert added([*kept, *gone], half_life).minus(added(gone, half_life)).exact() == added(kept, half_life).exact()


@given(event_lists, half_lives)
def test_sums_read_as_the_formula_says(events: list[tuple[int, float]], half_life: int) -> None:
    decays = [(counts * 2.0 ** (-(TODAY - at) / half_life), (TODAY - at) / half_life) for at, counts in events]

    found = read(added(events, half_life), TODAY, half_life)

    for value, expected in (
        (found.mass, fsum(decay for decay, _ in decays)),
        (found.square, fsum(decay**2 for decay, _ in decays)),
        (found.age, fsum(decay * age for decay, age in decays)),
    ):
        assert abs(value - expected) <= 1e-12 * max(1.0, expected)
    assert found.n == len(events)


@given(event_lists, half_lives)
def test_written_sums_are_read_back_as_they_were(events: list[tuple[int, float]], half_life: int) -> None:
    assert unpack(pack(added(events, half_life))) == added(events, half_life)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_keys_are_summed_apart(seed: int) -> None:
    rng = np.random.default_rng(seed)
    keys, at, counts = rng.integers(0, 5, 200), rng.integers(0, TODAY, 200), rng.uniform(0.01, 1.0, 200)

    found = fold(keys, at, counts, np.full(200, 30 * DAY))

    for key in set(keys.tolist()):
        own = [(int(a), float(c)) for k, a, c in zip(keys, at, counts, strict=True) if k == key]
        assert found[key].exact() == added(own, 30 * DAY).exact()
