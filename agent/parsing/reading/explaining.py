"""Which words of a question a reading leaves unexplained, and which of them matter."""

from __future__ import annotations

import re

from agent.parsing.linking.items import STANDING_IN, Item
from agent.parsing.ranking import Ranked
from agent.parsing.reading.candidates import score
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.mentioned_again import is_own_mention
from agent.parsing.reading.signals import FREE
from agent.parsing.reading.wanting import is_measured, wanting

_PLAIN_COUNT = re.compile(r"counts?|how many|number(?: of)?|个数|单数|几[个单家笔]|多少[个单家笔]", re.IGNORECASE)
LEAST_SCORE = -1.2
TURNING = {
    "not",
    "unlike",
    "without",
    "gt",
    "ge",
    "lt",
    "le",
    "between",
    "share",
    "recorded_only",
    "previous",
    "yearago",
    "average",
    "median",
    "distinct",
    "duration",
    "pronoun",
    "won",
    "lost",
    "open",
    "overdue",
    "aged",
    "waiting",
    "overspent",
    "paid",
    "punctual",
    "unpaid",
    "why",
    "responded",
    "fast",
    "slow",
    "place_2",
    "place_3",
    "place_4",
    "place_5",
    "placing",
    "valid",
    "lapsed",
    "expiring",
}
ENDING = {"end", "ends", "ended", "ending"}
LASTING = ("duration", "aged", "average", "median", "most", "least", "slow", "latest", "earliest")


def unexplained(reading: Reading) -> list[Item]:
    """Words that matter and that a reading makes nothing of."""
    wanted = wanting(reading)
    return [reading.item(index) for index in sorted({*wanted, *(index for index in reading.open_items() if matters(reading, index))})]


def matters(reading: Reading, index: int) -> bool:
    """Whether an item would change what is asked for, so that a reading has to make something of it."""
    item = reading.item(index)
    if item.is_only_cue:
        if item.cues == ("waiting",) and not reading.signals.has(*LASTING) and not any(each.length for each in reading.signals.items):
            return False  # 现在挂着几个商机: they are there, for however long
        if item.cues == ("expiring",) and item.text.casefold() in ENDING:
            return False  # "ended in a win"
        if {"average", "group"} <= set(item.cues):
            return True  # 平均每个战略客户有几个联系人 asks for no sum of all
        return bool(TURNING & set(item.cues)) and not FREE & set(item.cues) and not is_measured(reading, item)
    if item.cues and set(item.cues) <= FREE and not item.values and not any(term.entity == reading.entity for term in item.terms):
        return False  # "no account assigned": just a function word, though another kind of record has a field of that name
    return not is_own_mention(reading, item)


def is_settled(reading: Reading) -> bool:
    """Whether a reading explains every word that matters."""
    return score(reading) >= LEAST_SCORE and not unexplained(reading)


def explaining_first(ranked: list[Ranked]) -> list[Ranked]:
    """Where the first reading leaves words unexplained, those that leave none go before it, first of all one that sets two columns against each other."""
    if not unexplained(ranked[0].reading):
        return ranked
    whole = [each for each in ranked if not unexplained(each.reading) and score(each.reading) >= LEAST_SCORE and not _leaves_a_count(each.reading)]
    compared = [each for each in whole if any(each.reading.item(index).pairs for index in each.reading.used)]
    first = compared or whole[:1]
    return [*first, *(each for each in ranked if each not in first)]


def _leaves_a_count(reading: Reading) -> bool:
    """As in "count and estimated value, please", of which the value alone is told."""
    return any(_PLAIN_COUNT.fullmatch(reading.item(index).text) for index in reading.open_items())


def guessed(reading: Reading) -> tuple[str, ...]:
    """Words that were not found as they stand, else all that the reading is made of: what to name where it is too doubtful to answer."""
    used = [reading.item(index) for index in sorted(reading.used) if reading.item(index).text != STANDING_IN]  # which nobody wrote
    return tuple(item.text for item in used if item.source not in {"exact", "alias"}) or tuple(item.text for item in used if not item.is_only_cue)[:3]
