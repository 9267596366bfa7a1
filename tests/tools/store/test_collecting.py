"""When the cyclic garbage collector looks, and at what."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tools.store.collecting import settle, uncollected


class Ring:
    """An object that refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _nothing_left_out() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_nothing_is_collected_within_and_again_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_error_within_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="inside"), uncollected():
        raise ValueError("inside")
    assert gc.isenabled()


def test_settled_objects_are_left_out_of_collections() -> None:
    seen = weakref.ref(Ring())
    settle()
    gc.collect()
    assert seen() is not None


def test_replacing_lets_go_of_what_had_settled() -> None:
    seen = weakref.ref(Ring())
    settle()
    settle(replacing=True)
    assert seen() is None
