"""Words of one language that mean something in a store of the other."""

from __future__ import annotations

import pytest

from agent.parsing.language.word_forms import key_of


@pytest.mark.parametrize(("one", "other"), [("installed", "installation"), ("arrival", "arrived"), ("delivery", "delivered"), ("claims", "claim")])
def test_forms_of_one_word_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("carrier", "cargo"), ("claim", "climate"), ("bid", "bed")])
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)
