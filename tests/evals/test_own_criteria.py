"""Our own criteria: enough of them in both languages, and what each is said back as means the same again."""

from __future__ import annotations

import pytest

from evals.journey_rules.facts import TODAY
from evals.journey_rules.own import OWN
from tools.journey.criteria.linking import Known, language_of
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.saying import say_rule

KNOWN = Known(values={"region": ("华东", "华南")})


def test_own_criteria_are_enough_and_half_of_them_in_each_language() -> None:
    chinese = sum(language_of(criterion) == "zh" for criterion, _, _ in OWN)
    assert len(OWN) >= 120
    assert abs(2 * chinese - len(OWN)) <= 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_own_criterion_said_back_compiles_to_the_same_rule(language: str) -> None:
    different = []
    for criterion, _, _ in OWN:
        rule = compile_criterion(criterion, TODAY, KNOWN).rule
        if rule is None or compile_criterion(say_rule(rule, language), TODAY, KNOWN).rule != rule:
            different.append(criterion)
    assert different == []
