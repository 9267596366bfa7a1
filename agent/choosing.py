"""Takes up a choice that the copilot offered: by its words, by its place ("the second", 第一个), or by what sets it apart ("the one in Rotterdam").

The readings are worked out again, not kept.
"""

from __future__ import annotations

import re

from agent.namesakes import tell_apart
from agent.parsing import Parse
from agent.planner import read_question
from agent.turn import Turn
from tools.crm.query import Plan
from tools.threads.service import turns_back

MOST_BACK = 5
_PLACES = (
    re.compile(r"(?:the\s+)?(?:1|first|1st|former)(?:\s+one)?|第?一个?|前者|前一个", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(?:2|second|2nd|latter)(?:\s+one)?|第?二个?|后者|后一个", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(?:3|third|3rd)(?:\s+one)?|第?三个?", re.IGNORECASE),
    re.compile(r"(?:the\s+)?(?:4|fourth|4th)(?:\s+one)?|第?四个?", re.IGNORECASE),
)

_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_AROUND = re.compile(
    r"^(?:i mean |我(?:是|指|说)的?(?:是)?)?(?:the )?(?:one )?(?:(?:in|from|of|at|with) )?(?:the )?|(?:的?那(?:一)?[个位家])$|的$|(?:的)?(?: one)$",
    re.IGNORECASE,
)


def chosen(question: str, turn: Turn, previous: Plan | None) -> Parse | None:
    """The reading that the question chooses among those offered before; None where it chooses none. By place only right after they were offered."""
    del previous  # the readings are those of the question that was asked back about
    if not turn.goes_on:
        return None
    said = question.strip().rstrip("。.!！?？")
    for back, (asked, answer, before) in enumerate(turns_back(turn.session, turn.thread_id, MOST_BACK)):
        offered = [str(choice["text"]) for choice in answer.get("clarify") or ()]
        place = _place(said, offered, by_place=back == 0)
        if place is not None:
            parsed = tell_apart(read_question(asked, turn, Plan.model_validate(before) if before else None, back + 1), asked, turn)
            choice = next((each for each in parsed.clarify if each.said_back == offered[place]), None)
            return None if choice is None else Parse(language=parsed.language, plan=choice.plan, margin=parsed.margin, confidence=1.0)
    return None


def _place(said: str, offered: list[str], by_place: bool) -> int | None:
    for place, text in enumerate(offered):
        if said.casefold() == text.rstrip("。.").casefold():
            return place
    if not by_place:
        return None
    marked = [place for place, text in enumerate(offered) if _bare(said) in _marks(text)]
    if len(marked) == 1:
        return marked[0]
    return next((place for place, pattern in enumerate(_PLACES) if pattern.fullmatch(said) and place < len(offered)), None)


def _bare(said: str) -> str:
    """What is said of the one that is meant, without the words around it."""
    return _AROUND.sub("", said).strip().casefold()


def _marks(text: str) -> set[str]:
    """What sets a choice apart: the words in its brackets, and each of them."""
    inside = [each.casefold() for each in _BRACKETS.findall(text)]
    return {part.strip() for each in inside for part in (each, *re.split(r"[,，、]", each)) if part.strip()}
