"""Says a criterion in plainer words where it uses a construction that has a plainer one. Knows no meanings: what it makes is compiled like anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from tools.journey.criteria.lexicon import Language
from tools.journey.criteria.linking import QUOTED
from tools.journey.criteria.times import EN_LENGTH, ZH_LENGTH

_FIRST_PLACE = 0xE000
"""Private letters that stand for quoted text while the rest is reworded."""


def plainer(text: str, language: Language) -> str | None:
    """The text in plainer words; None where it uses none of the constructions."""
    quoted = [match[0] for match in QUOTED.finditer(text)]
    places = iter(range(_FIRST_PLACE, _FIRST_PLACE + len(quoted)))
    bare = QUOTED.sub(lambda match: chr(next(places)), text).replace("’", "'").strip().rstrip("。.!！?？")
    made = bare
    for pattern, plain in _constructions(language):
        made = pattern.sub(plain, made, count=1)
    if made == bare:
        return None
    for at, each in enumerate(quoted):
        made = made.replace(chr(_FIRST_PLACE + at), each)
    return re.sub(r"\s{2,}", " ", made).strip(" ，,")


@cache
def _constructions(language: Language) -> Sequence[tuple[re.Pattern[str], str]]:
    length = {"en": EN_LENGTH, "zh": ZH_LENGTH}[language]
    read = yaml.safe_load(Path(__file__).with_name("rewording.yaml").read_text("utf-8"))[language]
    return tuple((re.compile(written.replace("{n}", length), re.IGNORECASE), plain) for written, plain in read)
