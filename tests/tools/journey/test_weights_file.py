from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from prompts.words import say
from tools.journey.errors import OriginUnknown, RelationsCircular, StageUnknown, TopicUnknown, WeightAbsurd, WeightsUnreadable
from tools.journey.reading_weights import SHIPPED, differences, order, read_weights, shipped_weights
from tools.store.errors import PlumbError

File = dict[str, Any]


def changed(change: Callable[[File], object]) -> str:
    raw = yaml.safe_load(SHIPPED.read_text("utf-8"))
    change(raw)
    return yaml.safe_dump(raw, allow_unicode=True)


def relate(raw: File, *pairs: tuple[str, str]) -> None:
    raw["relations"] = [{"zh": "影响", "en": "acts on", "source": source, "target": target, "gain": 0.1} for source, target in pairs]


REFUSED: list[tuple[type[PlumbError], Callable[[File], object]]] = [
    (RelationsCircular, lambda raw: relate(raw, ("needs", "awareness"), ("awareness", "needs"))),
    (RelationsCircular, lambda raw: relate(raw, ("needs", "needs"))),
    (RelationsCircular, lambda raw: relate(raw, ("needs", "renewal"), ("renewal", "adoption"), ("adoption", "needs"))),
    (StageUnknown, lambda raw: relate(raw, ("needs", "closing"))),
    (StageUnknown, lambda raw: raw["evidence"]["tender"]["stages"].update(closing={"weight": 1, "uncertainty": 0.1})),
    (OriginUnknown, lambda raw: raw["evidence"]["tender"].update(origin="rumour")),
    (OriginUnknown, lambda raw: raw["evidence"]["tender"]["when"][0].update(origin="rumour")),
    (TopicUnknown, lambda raw: raw["evidence"]["tender"]["when"][0].update(topics=["weather"])),
    (WeightAbsurd, lambda raw: raw["evidence"]["tender"]["stages"]["needs"].update(weight=1e6)),
    (WeightAbsurd, lambda raw: raw["evidence"]["tender"]["stages"]["needs"].update(weight=float("nan"))),
    (WeightAbsurd, lambda raw: raw["evidence"]["tender"]["stages"]["needs"].update(uncertainty=-0.1)),
    (WeightAbsurd, lambda raw: raw["origins"]["logged"].update(reliability=1.2)),
    (WeightAbsurd, lambda raw: raw["stages"]["needs"].update(half_life_days=0)),
    (WeightAbsurd, lambda raw: raw["stages"]["needs"].update(base=float("inf"))),
    (WeightAbsurd, lambda raw: raw["relations"][0].update(gain=50)),
    (WeightsUnreadable, lambda raw: raw["stages"]["needs"].update(half_life_days="long")),
    (WeightsUnreadable, lambda raw: raw.update(surprise=1)),
    (WeightsUnreadable, lambda raw: raw.pop("stages")),
]


@pytest.mark.parametrize(("refusal", "change"), REFUSED)
def test_file_that_cannot_be_meant_is_refused_in_both_languages(refusal: type[PlumbError], change: Callable[[File], object]) -> None:
    with pytest.raises(refusal) as caught:
        read_weights(changed(change))

    for language in ("zh", "en"):
        sentence = say(caught.value.key, language, **caught.value.data)
        assert all(str(value) in sentence for value in caught.value.data.values())


def test_file_that_is_no_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(WeightsUnreadable) as caught:
        read_weights("stages: {needs: [")

    assert caught.value.data["place"] == "1:18"


def test_shipped_stages_come_after_those_that_act_on_them() -> None:
    weights = shipped_weights()
    found = order(weights)

    assert sorted(found) == sorted(weights.stages)
    assert all(found.index(each.source) < found.index(each.target) for each in weights.relations)


def test_differences_name_the_place_with_both_values() -> None:
    after = read_weights(changed(lambda raw: raw["evidence"]["tender"]["stages"]["needs"].update(weight=0.5)))

    assert differences(shipped_weights(), after) == (("evidence.tender.stages.needs.weight", "0.48", "0.5"),)


def test_file_without_relations_and_topics_is_read() -> None:
    minimal = """
stages: {talks: {zh: 沟通, en: Talks, base: -1, base_uncertainty: 0.2, half_life_days: 30, half_life_uncertainty: 0.1}}
origins: {logged: {zh: 登记, en: logged, reliability: 0.8}}
evidence: {talk: {zh: 沟通, en: a talk, origin: logged, when: [{record: interaction}], stages: {talks: {weight: 0.5, uncertainty: 0.1}}}}
"""
    assert read_weights(minimal).half_lives_s("talk") == (30 * 86_400,)
