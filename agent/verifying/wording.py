"""Whether a rewording says the same: no digit of its own, and the same negations, comparatives and superlatives."""

from __future__ import annotations

import re

from agent.composing.draft import SLOT

MEANING = re.compile(
    r"\b(no|not|never|none|without|except|neither|nor|least|lowest|fewest|smallest|worst|bottom|most|highest|largest|biggest|best|top|"
    r"more|less|fewer|higher|lower|greater|smaller|above|below|over|under|won|lost|open|increase\w*|decrease\w*|rose|fell|grew|declin\w*|"
    r"doubl\w*|half|percent|million|billion|thousand|up|down)\b|[没无非未不否]|除外|最[高低多少大小好差近早]|[高低多少]于|超过|以上|以下|赢单|输单|未结|增长|下降|上升|减少",
    re.IGNORECASE,
)
QUANTITY = re.compile(r"\d|[零一二两三四五六七八九十百千万亿]|[$¥€£%]|\b(one|two|three|four|five|six|seven|eight|nine|ten|dozen)\b", re.IGNORECASE)


def keeps_meaning(before: str, after: str) -> bool:
    """True when ``after`` adds no quantity outside slots and no word that turns the meaning."""
    plain_before, plain_after = SLOT.sub(" ", before), SLOT.sub(" ", after)
    if set(QUANTITY.findall(plain_after)) - set(QUANTITY.findall(plain_before)) or (QUANTITY.search(plain_after) and not QUANTITY.search(plain_before)):
        return False
    return sorted(m.group().lower() for m in MEANING.finditer(plain_before)) == sorted(m.group().lower() for m in MEANING.finditer(plain_after))
