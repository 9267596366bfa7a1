"""Checks what a model made of a line: it may reword around the slots, and whatever it asserts beyond them is dropped. Knows no model."""

from __future__ import annotations

import re
from collections.abc import Collection

SENTENCE = re.compile(r".+?(?:[。！？!?；;]+[”\"]?|\.(?=\s|$)|$)\s*", re.DOTALL)
NUMBER = re.compile(
    r"\d[\d.,]*|[零〇一二两三四五六七八九十百千万亿半几]+(?=\s*(?:[%％成倍折年月日天周个家次份张元块]|小时|分钟))"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|half|twice|double|triple)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|《[^》]*》")
LATIN_NAME = re.compile(r"(?<![.!?。！？“\"]\s)(?<!^)\b[A-Z][A-Za-z0-9&'-]+")
PROMISING = re.compile(
    r"保证|承诺|担保|免费|赠送|打折|折扣|降价|最低价|退款|赔|一定能|肯定能|百分之|第一|唯一"
    r"|\b(?:guarantee\w*|promise\w*|free|discount\w*|refund\w*|always|never|best|cheapest|proven|leading|certified)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"https?:|www\.|\[[^\]]*\]\(|[<>`]|\n\s*\n")


def accepted(original: str, bound: Collection[str], offered: str, names: Collection[str] = ()) -> str | None:
    """The sentences of ``offered`` that say nothing beyond ``original``; None where a slot's text got lost with the others.

    ``bound`` are the texts that slots hold, ``names`` further names of the store. A number, quote, name or promise that the original lacks
    is beyond it. What cannot be told apart by that is left to whoever reads the line: the words of the template stand beside it.
    """
    kept = [sentence for sentence in SENTENCE.findall(offered) if sentence.strip() and not _goes_beyond(sentence, original, bound, names)]
    text = "".join(kept).strip()
    wanted = [slot for slot in bound if slot in original]
    return text if text and len(text) <= 2 * len(original) + 40 and all(slot in text for slot in wanted) else None


def _goes_beyond(sentence: str, original: str, bound: Collection[str], names: Collection[str]) -> bool:
    said, had = sentence.strip(), original
    for slot in sorted(bound, key=len, reverse=True):  # what a slot holds is proven where the slot stands
        said, had = said.replace(slot, "“”"), had.replace(slot, "“”")
    if LINK.search(said) or any(name in said and name not in original for name in names):
        return True
    return any(
        {found.casefold() for found in pattern.findall(said)} - {found.casefold() for found in pattern.findall(had)} - {"“”"}
        for pattern in (NUMBER, QUOTED, LATIN_NAME, PROMISING)
    )
