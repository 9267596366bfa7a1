"""Who looks after one record, where it names one person only: "who is on T-12", 这张工单是谁的."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import asks_who

PEOPLE = {"account", "contact", "member", "lead"}


def sole_person(reading: Reading) -> Iterator[tuple[int, str]]:
    """The question word with the record's one reference to a colleague; records of people, or with other people in them, leave open who is meant."""
    entity = reading.paths.model.entities[reading.entity]
    filled = [field for field in entity.fields.values() if field.to in PEOPLE - {"account"} and reading.paths.vocabulary.content(entity.key, field.key).count]
    if reading.entity in PEOPLE or len(filled) != 1 or filled[0].to != "member":
        return
    for index in asks_who(reading):
        if _is_bare(reading, index):
            yield index, filled[0].key
            return


def _is_bare(reading: Reading, index: int) -> bool:
    """Whether no verb of another kind stands beside the word: 是谁的, "who is on it"."""
    item, tokens = reading.item(index), reading.signals.tokens
    after = tokens[item.end].text if item.end < len(tokens) else ""
    return item.text.startswith("是谁") and after in {"", "的", "，", ",", "？", "?", "、"}
