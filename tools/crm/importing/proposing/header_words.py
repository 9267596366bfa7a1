"""Words that people write over columns beside those of the model; kept apart because nobody asks in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from tools.trace.cells import Frozen


class HeaderWords(Frozen):
    """What exports call records of one kind and their ids, what else their headers begin with, and the words over the columns of each field."""

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = {}


def header_words(entity: str) -> HeaderWords:
    """Those of one kind of record; none where the list has none."""
    return _all().get(entity, HeaderWords())


@cache
def _all() -> Mapping[str, HeaderWords]:
    raw = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {entity: HeaderWords.model_validate(words) for entity, words in raw.items()}
