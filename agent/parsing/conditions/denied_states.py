"""What has not been done, where a column without blanks says so by a state of its own: 客户还没签字 of 客户签字 with 已签 and 未签."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.query import Compare
from tools.crm.semantic import FieldType

NOT, DONE = ("未", "没", "尚未", "待"), "已"


def not_yet(reading: Reading, path: str) -> Compare | None:
    """The state that something has not been done, beside the one that it has, of a column that every record holds."""
    field = reading.paths.field(reading.entity, path)
    content = reading.paths.vocabulary.content(reading.entity, path) if "." not in path else None
    if content is None or field.type is not FieldType.TEXT or content.count < reading.paths.vocabulary.rows(reading.entity):
        return None
    done = {text.removeprefix(DONE) for text in content.values if text.startswith(DONE)}
    denied = [text for text in content.values for word in NOT if text.startswith(word) and text.removeprefix(word) in done]
    return Compare(path=path, values=(denied[0],)) if len(denied) == 1 else None


def begun_before(reading: Reading, path: str, place: int, index: int) -> tuple[int, ...]:
    """As in 客户还没签字 of 客户签字: the beginning of the header, before the word that denies the rest of it."""
    if place < 1 or index != place + 1 or reading.item(place - 1).end != reading.item(place).start or reading.item(place - 1).values:
        return ()
    whole = reading.item(place - 1).text + reading.item(index).text
    return (place - 1,) if whole in own_labels(reading.paths.field(reading.entity, path)) else ()
