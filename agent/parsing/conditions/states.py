"""States that an export writes as done, where the question only names the deed: 流失的订阅 are those of the state 已流失."""

from __future__ import annotations

from agent.parsing.language.text import has_han
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import mentions_kind
from tools.crm.query import Compare

DONE, LEFT = "已", ("未", "待", "没")
PARTICLES = "了掉过的完"


def add_states(reading: Reading) -> Reading:
    """Deeds that the question names as conditions on the state of the records themselves; denied ones as the state to come, where there is one."""
    held = reading.paths.vocabulary.states.get(reading.entity, {})
    places = (*reading.signals.at.get("not", ()), *reading.signals.at.get("without", ()))
    for index in range(len(reading.signals.items)) if held else ():
        item = reading.item(index)
        denied = [place for place in places if place in {index - 1, index - 2} and place not in reading.used]
        deeds = [deed for deed in _deeds(reading, index, denied) if DONE + deed in held]
        if index in reading.used and not (deeds and _is_mentioned_besides(reading, index)):
            continue
        if (
            not deeds
            or _names_bound_column(reading, index)
            or item.period is not None
            or item.number is not None
            or any(value.entity == reading.entity for value in item.values)
        ):
            continue
        done = Compare(path=held[DONE + deeds[0]], op="ne" if denied else "eq", values=(DONE + deeds[0],))
        left = next((text for text in (sign + deeds[0] for sign in LEFT) if held.get(text) == done.path), None) if denied else None
        part = done.model_copy(update={"op": "eq", "values": (left,)}) if left is not None else done
        if any(isinstance(other, Compare) and other.path == part.path for other in reading.filters):
            continue
        reading = reading.using(index, *denied, filters=(*reading.filters, part), fit=reading.fit + 0.1)
    return reading


def _names_bound_column(reading: Reading, index: int) -> bool:
    """As in "quoted at 2 million or more": the word names the column that a figure behind it bounds."""
    fields, items = reading.paths.model.entities[reading.entity].fields, reading.signals.items
    named = any(term.what == "field" and term.entity == reading.entity and fields[term.key].type.is_numeric for term in items[index].terms)
    behind = next((item for item in items[index + 1 : index + 3] if not item.is_only_cue), None)
    return named and behind is not None and behind.number is not None and behind.period is None


def _is_mentioned_besides(reading: Reading, index: int) -> bool:
    """As in 续费了的订阅: the deed is also a word for the records, which another word names."""
    own = [at for at in range(len(reading.signals.items)) if mentions_kind(reading, at)]
    return index in own and len(own) > 1


def _deeds(reading: Reading, index: int, denied: list[int]) -> list[str]:
    """The deeds that an item may name, in the export's words: its own text, or what an English participle was found to mean."""
    item, tokens = reading.item(index), reading.signals.tokens
    if has_han(item.text[:1]):
        follows = tokens[item.end].text if item.end < len(tokens) else ""
        said = item.text.rstrip(PARTICLES)
        return [said] if said != item.text or follows in PARTICLES or item.is_only_cue or denied else []
    return [item.read_as] if item.text.casefold().endswith("ed") and item.read_as else []
