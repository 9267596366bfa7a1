"""Sets text as it is printed: gaps between Han and Latin or digits, dates without gaps, English plurals and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.answer import Language
from prompts.words import say

HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = r"A-Za-z0-9%$€£¥₹₩\]"
_BEFORE = re.compile(rf"([\u3400-\u9fff])(?=[A-Za-z0-9$€£¥₹₩{chr(0x2212)}+])")
_AFTER = re.compile(rf"([{_LATIN}])(?=[\u3400-\u9fff])")
_IN_DATE = re.compile(r"(?<=\d) +(?=[年月日])|(?<=[年月]) +(?=\d)")
_IRREGULAR = {"person": "people", "child": "children", "man": "men", "woman": "women"}


def tidy(text: str) -> str:
    """A gap between Han and Latin or digits, as Chinese is typeset; dates stay closed up (2026年3月3日)."""
    text = re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "", text)
    return re.sub(r" *([，。；：、（）“”？]) *", r"\1", close_dates(_AFTER.sub(r"\1 ", _BEFORE.sub(r"\1 ", text))))


def close_dates(text: str) -> str:
    """``2017 年 3 月`` -> ``2017年3月``."""
    return _IN_DATE.sub("", re.sub(r"(?<=\d)(?<!\]) (?=[年月日])", "", text))


def gap(before: str, after: str) -> str:
    """What stands between two pieces of a Chinese sentence: a gap where Han meets Latin or digits."""
    if not before or not after:
        return ""
    pair = before[-1] + after[0]
    if re.fullmatch(r"\d[年月日]", pair) or re.fullmatch(r"[年月]\d", pair):
        return "" if pair[1] in "年月日" else " "
    return " " if _AFTER.match(pair) or _BEFORE.match(pair) else ""


def plural(noun: str) -> str:
    """English plural of a label; its last word takes it."""
    head, _, last = noun.rpartition(" ")
    if last in _IRREGULAR:
        return f"{head} {_IRREGULAR[last]}".strip()
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def listed(parts: Sequence[str], language: Language) -> str:
    """``A, B and C``; ``A、B、C``."""
    if language == "zh" or len(parts) < 2:
        return say("join_comma", language).join(parts)
    return f"{', '.join(parts[:-1])}{say('join_and', language)}{parts[-1]}"


def an(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def capital(text: str) -> str:
    """First letter large, unless the text begins with a slot."""
    return text[:1].upper() + text[1:]
