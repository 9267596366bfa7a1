"""Whatever the grammar makes of a sentence a model can state as well, and it holds to that sentence; what strays from it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import get_args

import pytest
from pydantic import ValidationError

from agent.authorising import NotAuthorised
from agent.live_criteria.building import build
from agent.live_criteria.form import DEEDS, Joining, StateRule
from agent.live_criteria.found import Found, find
from agent.live_criteria.holding import check_held
from evals.journey_rules.facts import TODAY
from evals.journey_rules.own import OWN
from integrations.dictionary.cedict import CcCedict
from tests.agent.live_criteria.restating import NotInIt, restated
from tests.agent.live_criteria.straying import strayed
from tools.journey.acts import Role, Status
from tools.journey.criteria.linking import Known
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.schemas import Kind, Rule

KNOWN = Known(values={"region": ("华东", "华南")}, is_word=lambda word: bool(CcCedict().glosses(word)))
NEVER_PASSES = {"other act", "other role", "other denial", "other joint", "drop count", "drop within", "drop within of a joint", "drop accounts"}


def held(written: StateRule, found: Found) -> Rule:
    made = build(written, found)
    check_held(made, written, found)
    return made


def stated() -> Iterator[tuple[str, Rule, StateRule, Found]]:
    """Our own criteria whose rules rest on what the words say; some that the grammar reads out of them can only be chosen."""
    for criterion, _, _ in OWN:
        rule, found = compile_criterion(criterion, TODAY, KNOWN).rule, find(criterion, TODAY, KNOWN)
        assert rule is not None
        try:
            written = restated(rule, found)
            held(written, found)
        except (NotInIt, NotAuthorised):
            continue
        yield criterion, rule, written, found


def test_rules_of_our_own_criteria_can_be_stated_and_hold() -> None:
    all_of_them = list(stated())

    assert len(all_of_them) >= 0.95 * len(OWN)
    assert [criterion for criterion, rule, written, found in all_of_them if held(written, found) != rule] == []


def test_rules_that_stray_from_a_criterion_are_refused() -> None:
    tried, passed = Counter[str](), Counter[str]()
    for _, rule, written, found in stated():
        for how, form in strayed(written):
            tried[how] += 1
            with suppress(NotAuthorised, ValidationError):
                passed[how] += held(StateRule.model_validate(form), found) != rule

    assert tried.total() > 700
    assert {how: passed[how] for how in NEVER_PASSES if passed[how]} == {}
    assert passed.total() <= 0.05 * tried.total(), passed  # what is said once and meant of two conditions may be dropped from one


@pytest.mark.parametrize("words", [DEEDS, tuple(Joining)])
def test_names_of_meanings_are_not_shared(words: tuple[str, ...]) -> None:
    others = [*DEEDS, *Joining, *get_args(Role), *get_args(Kind), *Status]
    assert [word for word in words if others.count(word) != 1] == []
