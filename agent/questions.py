"""What can be asked at all: text of a readable length. Anything else is refused before a turn begins, and leaves nothing behind."""

from __future__ import annotations

import re
from typing import ClassVar

from agent.parsing.language.incoming import clean
from agent.parsing.one_question import MAX_QUESTION
from tools.store.errors import PlumbError

_HALF_LETTERS = re.compile("[\ud800-\udfff]")


class QuestionEmpty(PlumbError):
    """There is no letter or digit in the question."""

    key: ClassVar[str] = "abstain_empty"


class QuestionTooLong(PlumbError):
    """The question has more letters than can be read reliably."""

    key: ClassVar[str] = "abstain_too_long"


def check_question(question: str) -> str:
    """The question with a sign in the place of halves of letters, which no store and no page can hold. Raises QuestionEmpty or QuestionTooLong."""
    whole = _HALF_LETTERS.sub("\ufffd", question)
    text = clean(whole)
    if not any(letter.isalnum() for letter in text):
        raise QuestionEmpty
    if len(text) > MAX_QUESTION:
        raise QuestionTooLong
    return whole
