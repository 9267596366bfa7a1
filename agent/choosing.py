"""Takes up a choice that the copilot offered: by its words, or by its place ("the second", 第一个). The readings are worked out again, not kept."""

from __future__ import annotations

import re

from agent.parsing import Parse
from agent.parsing.parser import Choice
from agent.planner import read_question
from agent.turn import Turn
from tools.crm.query import Plan
from tools.threads.service import last_turn

_PLACES = (
    re.compile(r"(?:the\s+)?(?:1|first|1st|former)(?:\s+one)?|第?一个?|前者|前一个", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(?:2|second|2nd|latter)(?:\s+one)?|第?二个?|后者|后一个", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(?:3|third|3rd)(?:\s+one)?|第?三个?", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(?:4|fourth|4th)(?:\s+one)?|第?四个?", re.IGNORECASE),
)


def chosen(question: str, turn: Turn, previous: Plan | None) -> Parse | None:
    """The reading that the question chooses among those offered just before; None where it chooses none."""
    if not turn.goes_on:
        return None
    last = last_turn(turn.session, turn.thread_id)
    offered = [str(choice["text"]) for choice in last[1].get("clarify") or ()] if last is not None else []
    if last is None or not offered:
        return None
    place = _place(question.strip().rstrip("。.!！?？"), offered)
    if place is None:
        return None
    parsed = read_question(last[0], turn, previous)
    by_words = {choice.said_back: choice for choice in parsed.clarify}
    choice: Choice | None = by_words.get(offered[place])
    if choice is None:
        return None
    return Parse(language=parsed.language, plan=choice.plan, margin=parsed.margin, confidence=1.0)


def _place(said: str, offered: list[str]) -> int | None:
    for place, text in enumerate(offered):
        if said.casefold() == text.rstrip("。.").casefold():
            return place
    return next((place for place, pattern in enumerate(_PLACES) if pattern.fullmatch(said) and place < len(offered)), None)
