"""A model may reword around the slots; whatever it adds is dropped."""

from __future__ import annotations

import pytest

from tools.coaching.rewording import accepted

ORIGINAL = "You asked us on 16 Oct 2026: “Where is our data?”. That answer is overdue. You'll have it in writing today."
BOUND = ("16 Oct 2026", "Where is our data?")
FINE = "On 16 Oct 2026 you asked “Where is our data?”, and you should have heard from us. It will be with you in writing today."


def test_words_around_the_slots_may_change() -> None:
    assert accepted(ORIGINAL, BOUND, FINE) == FINE


@pytest.mark.parametrize(
    "added",
    [
        "We guarantee it stays in region.",
        "You get 15 % off.",
        "That's what Northwind did, too.",
        "Two weeks are enough.",
        "As you said, “we will sign”.",
        "See https://evil.example for more.",
        "我们保证三天内解决。",
        "现在下单打九折。",
    ],
)
def test_sentence_that_asserts_more_is_dropped(added: str) -> None:
    assert accepted(ORIGINAL, BOUND, f"{FINE} {added}", names=("Northwind",)) == FINE


@pytest.mark.parametrize("lost", ["You asked us something. It will be with you today.", "On 17 Oct 2026 you asked “Where is our data?”. Today.", ""])
def test_rewording_that_loses_or_changes_a_slot_is_refused(lost: str) -> None:
    assert accepted(ORIGINAL, BOUND, lost) is None


def test_name_of_another_customer_is_dropped_in_either_script() -> None:
    zh = "您 2026年10月16日提的“数据存放在哪里”，今天书面答复您。"

    assert accepted(zh, ("2026年10月16日", "数据存放在哪里"), f"{zh}恒源生物也是这样做的。", names=("恒源生物",)) == zh
