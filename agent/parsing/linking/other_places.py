"""Places that are called alike and are not the same: 华南区 is no misspelt 华东区, however near the two are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from agent.parsing.language.text import has_han

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Value

FIELDS = {"region", "city", "country"}
_KIND = re.compile(r"(?:大区|片区|战区|地区|区域|市场|办事处|分公司|自治区|[区部片省市县办])$")


def is_other_place(said: str, values: Iterable[Value]) -> bool:
    """Whether a Chinese word for a place is another one than the place in the store that it was taken for."""
    places = [value.text for value in values if value.field in FIELDS]
    return bool(places) and has_han(said) and all(has_han(place) and not _same(said, place) for place in places)


def _same(said: str, place: str) -> bool:
    one, other = (_KIND.sub("", word) or word for word in (said, place))
    return one in other or other in one or set(one) == set(other)
