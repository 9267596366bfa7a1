"""What can be asked at all: text of a readable length. Anything else is refused before a turn begins, and leaves nothing behind."""

from __future__ import annotations

from typing import ClassVar

from agent.parsing.parser import MAX_QUESTION, clean
from tools.store.errors import PlumbError


class QuestionEmpty(PlumbError):
    """There is no letter or digit in the question."""

    key: ClassVar[str] = "abstain_empty"


class QuestionTooLong(PlumbError):
    """The question has more letters than can be read reliably."""

    key: ClassVar[str] = "abstain_too_long"


def check_question(question: str) -> None:
    """Raises QuestionEmpty or QuestionTooLong."""
    text = clean(question)
    if not any(letter.isalnum() for letter in text):
        raise QuestionEmpty
    if len(text) > MAX_QUESTION:
        raise QuestionTooLong
