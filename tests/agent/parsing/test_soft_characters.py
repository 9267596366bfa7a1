"""A single unknown character is passed over only where the words of the plan hold it."""

from __future__ import annotations

import pytest

from agent.parsing.linking.items import Linked
from agent.parsing.linking.soft_characters import says, without_soft
from tests.agent.parsing.conftest import TODAY, Reader
from tools.crm.query import Compare, MeasureRef, Plan, Query
from tools.crm.semantic.model import base_model

WON = Plan(queries=(Query(entity="opportunity", measures=(MeasureRef(measure="won_value"),), where=Compare(path="source", values=("老客户介绍",))),))


@pytest.mark.parametrize(("character", "held"), [("额", True), ("介", True), ("港", False)])
def test_characters_of_measures_and_categories_are_held(character: str, held: bool) -> None:
    assert says(WON, (character,), base_model()) is held


@pytest.mark.parametrize(
    ("unknown", "soft"), [(("额",), ("额",)), (("额", "价"), ("额", "价")), (("没",), ()), (("保修",), ()), (("x",), ()), (("一", "二", "三"), ())]
)
def test_only_one_or_two_characters_that_turn_nothing_are_soft(unknown: tuple[str, ...], soft: tuple[str, ...]) -> None:
    linked, found = without_soft(Linked((), (), unknown, TODAY))
    assert found == soft
    assert linked.unknown == (() if soft else unknown)


def test_a_character_that_no_word_of_the_plan_holds_is_named(read: Reader) -> None:
    found = read("今年鳄赢了多少单？")
    assert found.plan is None
    assert "鳄" in found.not_understood
