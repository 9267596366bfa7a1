from __future__ import annotations

import pytest

from integrations.dictionary import CcCedict
from tools.journey.criteria.objects import Objects

OBJECTS = Objects(CcCedict())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("POC agreement", "POC同意书"),
        ("POC同意书", "PoC consent form"),
        ("contract", "service contract"),
        ("NDA", "保密协议"),
        ("budget", "2026年度预算"),
        ("POC agreement", "scan of the POC agreement"),
        ("二号产线", "production line 2"),
    ],
)
def test_one_thing_in_other_words_or_the_other_language_is_found(asked: str, found: str) -> None:
    assert OBJECTS.same(asked, found)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("POC agreement", "service agreement"),
        ("POC agreement", "POC report"),
        ("contract", "POC agreement"),
        ("contract", "NDA"),
        ("budget", "budget report"),
        ("POC agreement", "agreement"),
        ("deposit", "尾款"),
        ("年度计划", "年度预算"),
    ],
)
def test_another_thing_is_not_taken_for_it(asked: str, found: str) -> None:
    assert not OBJECTS.same(asked, found)


def test_a_heading_completes_a_fragment_and_nothing_else() -> None:
    assert OBJECTS.same("POC agreement", "agreement", "POC")
    assert not OBJECTS.same("POC agreement", "service agreement", "POC")
