"""The words by which the event of a day column is said to have happened: 定标 of 定标日期, 供完货 of 实际供货完成日."""

from __future__ import annotations

import re

from agent.parsing.language.text import has_han

LONGEST = 5
_DONE = re.compile(r"^([\u4e00-\u9fff])([\u4e00-\u9fff])?(?:完成|完毕|结束|完)$")


def state_words(rest: str) -> tuple[tuple[str, str], ...]:
    """Verbs with the event that they tell of, by what is left of a header without the words for days: a verb and its object split around 完."""
    if not (2 <= len(rest) <= LONGEST and all(map(has_han, rest))):
        return ()
    done = _DONE.match(rest)
    if done is None:
        return ((rest, rest),)
    verb, thing = done.group(1), done.group(2) or ""
    words = (rest, f"{verb}{thing}完", f"{verb}完{thing}", f"{verb}完", f"完成{verb}{thing}", f"{verb}{thing}完成", f"{verb}齐")
    return tuple((word, rest) for word in dict.fromkeys(words))


def done_of(event: str) -> str:
    """What is done, without the word for its end: 供货 of 供货完成."""
    done = _DONE.match(event)
    return f"{done.group(1)}{done.group(2) or ''}" if done else event
