"""As in 做了样板间的, 没发货的: categories that say 已 or 未 of a verb, by the other ways in which people say that something is done or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.rated_flags import asked_by
from agent.parsing.silent_words import GRAMMATICAL
from agent.parsing.text import has_han
from tools.crm.semantic import Field

DONE, NOT_DONE = "已", "未"
NOT_YET = ("没", "还没", "没有", "还没有", "尚未", "未", "还未")
LONGEST, LONGEST_VERB = 4, 2
ASKING = re.compile(r"没有?$|[没不]")


def said_of_state(text: str, spec: Field) -> Iterator[str]:
    """Phrases for one category; a verb of one character is told apart from others of the kind by the column beside it."""
    verb, thing = text[1:], next(iter(spec.words.zh), "")
    if text[:1] not in {DONE, NOT_DONE} or not 1 <= len(verb) <= LONGEST or not all(map(has_han, verb)):
        return
    if len(verb) == 1:
        if not has_han(thing):
            return
        done = (f"{verb}了{thing}", f"{verb}过{thing}", f"{thing}{verb}了", f"{thing}{verb}过", f"{thing}已{verb}", f"已{verb}{thing}")
        undone = (f"没{verb}{thing}", f"{thing}没{verb}", f"{thing}还没{verb}", f"未{verb}{thing}", f"{thing}未{verb}", f"没有{verb}{thing}")
        yield from done if text[0] == DONE else undone
        return
    yield from (f"已经{verb}",) if text[0] == DONE else (f"没{verb}", f"还没{verb}", f"没有{verb}", f"还没有{verb}", f"尚未{verb}", f"还未{verb}")


def said_of_flag(spec: Field) -> Iterator[tuple[str, str]]:
    """Phrases for the yes and the no of a column that asks whether something was done: 停了的 and 没停 of 停了没, 加了微信 of 加微信没."""
    for label in spec.words.zh if spec.custom else ():
        core = asked_by(label)
        if core == label or not ASKING.search(label) or not all(map(has_han, core)) or (len(core) == 1 and core in GRAMMATICAL):
            continue
        yield from (("true", f"{done}{core}") for done in ("已", "已经"))
        if len(core) > LONGEST_VERB:
            yield from (("true", f"{lead}{core[0]}{aspect}{core[1:]}") for lead in ("", "已", "已经") for aspect in "了过")
        else:
            yield from (("true", f"{lead}{core}了{tail}") for lead in ("", "已", "已经") for tail in ("", "的"))
        yield from (("false", f"{undone}{core}") for undone in NOT_YET)
