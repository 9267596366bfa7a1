"""How many pieces something was done to: 送了多少个 of a column 送货数(个), 拒收了几箱 of 拒收数(箱)."""

from __future__ import annotations

import re

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.semantic import FieldType

BESIDE_VERB = {"了", "过", "共", "总", "一"}
LONGEST_VERB = 3
_ASKED = re.compile(r"(?:多少|几)(?P<unit>[一-鿿]{1,2})$")
_UNIT = re.compile(r"(?P<name>[^（(]+)[（(](?P<unit>[^（）()]{1,4})[)）]$")


def done_pieces(reading: Reading, index: int) -> str | None:
    """The column that counts in the unit which is asked for, and is called after the verb right before; None where several are or none is."""
    item, tokens = reading.item(index), reading.signals.tokens
    asked = _ASKED.search(item.text) if "count" in item.cues else None
    if asked is None or (item.end < len(tokens) and tokens[item.end].kind == "han" and tokens[item.end].text not in {"了", "呢", "啊"}):
        return None
    at = item.start
    while at and tokens[at - 1].text in BESIDE_VERB:
        at -= 1
    verbs = {"".join(token.text for token in tokens[start:at]) for start in range(max(at - LONGEST_VERB, 0), at)}
    entity = reading.paths.model.entities[reading.entity]
    found = set()
    for field in entity.fields.values():
        if field.type not in {FieldType.COUNT, FieldType.NUMBER} or not reading.paths.vocabulary.content(reading.entity, field.key).count:
            continue
        for label in own_labels(field):
            told = _UNIT.match(label)
            if told is not None and told["unit"] == asked["unit"] and told["name"].startswith(tuple(verbs)):
                found.add(field.key)
    return found.pop() if len(found) == 1 else None
