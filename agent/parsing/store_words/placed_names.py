"""Names that differ in the place before them alone: 云帆电子商务 is as short for 厦门云帆电子商务有限公司 as for 上海云帆电子商务有限公司."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.parsing.language.text import has_han, name_key
from agent.parsing.store_words.naming import core_of_name

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

_PLACES = (2, 3)
_LEAST = 3


def share_short_forms(found: Vocabulary) -> None:
    """Where a name without its place is already short for one record, it is short for the others of that name, too."""
    titles = [value for held in found.values.values() for value, source in held if source == "exact" and value.title and has_han(value.text)]
    for value in titles:
        core = core_of_name(value.text)
        for size in _PLACES:
            held = found.values.get(name_key(core[size:])) if len(core) >= size + _LEAST else None
            short = held is not None and any((each.entity, each.field, source) == (value.entity, value.field, "alias") for each, source in held)
            if held is not None and short and not any(each == value for each, _ in held):
                held.append((value, "alias"))
