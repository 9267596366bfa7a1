"""Whether somebody made a quota that is a column of theirs, where no table of targets tells it: two questions, for what was won and for the quota."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item, Linked
from agent.parsing.store_words.vocabulary import Vocabulary

_QUOTA = re.compile(r"\b(?:quotas?|targets?|goals?)\b|指标|目标|配额|定额|任务", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:make|made|meet|met|hit|reach|reached|attain|attained|achieve|achieved|exceed|exceeded|beat|miss|missed) (?:his|her|their|the|its)\b"
    r"|(?:达到|达成|完成|超过|超了|够得上|没达到|没完成)了?",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^\s*(?:did|does|has|have)\b|(?:吗|没有?|了没)\s*[？?]?\s*$|是否|有没有", re.IGNORECASE)


def asked_in_two(text: str, vocabulary: Vocabulary, link: Callable[[str], Linked]) -> str:
    """The question as two, where it asks whether one person made the quota of theirs; else as it is."""
    if not (_ASKED.search(text) and _MADE.search(text) and _QUOTA.search(text)) or vocabulary.rows("target"):
        return text
    label = _label(vocabulary)
    items = link(text).items
    people = [item for item in items if any(value.entity == "member" and value.title for value in item.values)]
    periods = [item for item in items if item.period is not None]
    if label is None or len(people) != 1 or len(periods) > 1 or any(_says_more(item) for item in items if item not in (*people, *periods)):
        return text
    who, when = people[0].text, periods[0].text if periods else ""
    if has_han(text.replace(who, "")):
        return f"{who}{when}签单额是多少？{who}的{label}是多少？"
    return f"What is the won value of {who} {when}? What is the {label} of {who}?".replace("  ", " ").replace(" ?", "?")


def _label(vocabulary: Vocabulary) -> str | None:
    """The header of the one number of people that is a quota."""
    fields = vocabulary.model.entities["member"].fields.values()
    found = [field for field in fields if field.custom and field.type.is_numeric and vocabulary.content("member", field.key).count]
    labels = [field.words.en[0] for field in found if _QUOTA.search(field.words.en[0])]
    return labels[0] if len(labels) == 1 else None


def _says_more(item: Item) -> bool:
    """Whether an item limits what is asked in another way: a name, a category, a number."""
    return bool(item.values and not item.cues) or item.number is not None or item.length is not None
