"""What is said around a question to have it answered in some way: 麻烦排一下, 两边各报一下, "the boss wants a figure:". Saying it twice changes nothing."""

from __future__ import annotations

import re

from agent.parsing.language.text import has_han

_LEAST_LEFT = 5
_DO_IT = re.compile(
    r"[，,。；;？?]\s*(?:麻烦|劳烦|请|帮忙?|帮我|给我|顺便)?(?:你|您)?(?:给我|帮我)?(?:排|拉|报|算|查|统计|整理|汇总)(?:一下|下|个|出来)(?:给我|吧|呗|啊|看看)?\s*[。.!！]?\s*$"
    r"|[，,。；;]\s*(?:麻烦|请|帮我)?(?:都|全)?(?:列|发|报|拉)(?:给|给了)我(?:吧|看看|一下)?\s*[。.!！]?\s*$"
)
_EACH_TOLD = re.compile(r"(?<=[？?。，,；;])\s*各(?:自|家)?报(?:一?下|个数|一遍)?\s*[。.!！]?\s*$")
_BOTH_SIDES = re.compile(r"(?<=[，,？?])\s*(?:这|那)?两边(?:儿)?(?:的)?(?=[一-鿿])")
_WEEK = re.compile(r"(?<=[上下这本每个几一两二三四五六七八九十\d])(?:礼拜)(?!堂)")
_DAY_TO_DAY = re.compile(r"(?P<month>(?<![\d.])\d{1,2}月)(?P<first>\d{1,2})[号日](?P<to>到|至|-|–|—|~)(?P<last>\d{1,2})[号日]")
_WANTED = re.compile(
    r"^\s*(?:(?:my|our|the)\s+)?(?:boss|ceo|cfo|coo|owner|director|chief|management|finance|head office)"
    r"\s+(?:wants|needs|asks for|asked for|is asking for|would like)"
    r"\s+(?:a|the|one|this|some)?\s*(?:single |quick |rough )?(?:figures?|numbers?|answers?|lists?|overviews?|totals?)\s*[:;,–—-]+\s*(?=\S)",
    re.IGNORECASE,
)
_NEW_YEAR = re.compile(r"\bsince (?:the )?new year(?:['’]s(?: day)?)?\b(?! \d)", re.IGNORECASE)


def without_requests(text: str) -> str:
    """The question alone, where enough of one remains."""
    text = _NEW_YEAR.sub("since the start of this year", _without(_WANTED, text))
    if not has_han(text):
        return text
    text = _WEEK.sub("周", text)
    text = _DAY_TO_DAY.sub(lambda m: f"{m['month']}{m['first']}日{m['to']}{m['month']}{m['last']}日", text)
    for pattern in (_DO_IT, _EACH_TOLD):
        text = _without(pattern, text)
    return _BOTH_SIDES.sub("", text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    rest = pattern.sub("", text, count=1)
    return rest if len(rest.strip()) >= _LEAST_LEFT else text
