"""Chinese words for a customer, whatever a trade calls its own: 客户, 甲方, 业主, 委托方. From the thesaurus, read when the first of them may be said."""

from __future__ import annotations

import re
from functools import cache

from agent.parsing.language.text import has_han
from tools.crm.semantic.thesaurus import concepts, words_of


def customer_at(text: str, at: int) -> str:
    """The word for a customer that begins at a place of a text, the longest; empty where none does, or 流失 says more of it."""
    found = _customers().match(text, at)
    return found.group() if found else ""


@cache
def _customers() -> re.Pattern[str]:
    words = {word for concept in concepts("client") | concepts("customer") for word in words_of(concept) if has_han(word)}
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!流)")
