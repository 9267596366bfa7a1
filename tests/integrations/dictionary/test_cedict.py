"""The dictionary that comes with its package."""

from __future__ import annotations

import pytest

from integrations.dictionary import CcCedict


@pytest.mark.parametrize(
    ("word", "gloss"),
    [("承运人", "carrier"), ("投标", "to bid"), ("保修", "guarantee"), ("發票", "invoice"), ("发票", "invoice")],
)
def test_word_of_either_script_has_its_meanings(word: str, gloss: str) -> None:
    assert gloss in CcCedict().glosses(word)


@pytest.mark.parametrize("word", ["", "承运人承运人", "carrier", "票张"])
def test_what_is_no_word_has_no_meaning(word: str) -> None:
    assert CcCedict().glosses(word) == ()


def test_notes_and_measure_words_are_no_meanings() -> None:
    glosses = CcCedict().glosses("工程师")
    assert glosses == ("engineer",)
