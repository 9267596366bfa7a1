"""Which words may name a thing, and how a thing is called that several words name. Knows no acts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.journey.criteria.linking import Item

LEADING = {
    "the",
    "a",
    "an",
    "any",
    "some",
    "all",
    "its",
    "their",
    "our",
    "that",
    "about",
    "for",
    "on",
    "over",
    "regarding",
    "concerning",
    "to",
    "of",
    "with",
    "against",
}
LEADING_HAN = {"的", "任何", "对", "就", "关于", "把", "将", "于", "一份", "一个", "针对", "与", "和"}
INSIDE = {"of", "for", "on", "about", "to", "the", "and", "with", "a", "的", "和", "与", "'s", "对", "同"}
_LY_NOUNS = {"supply", "reply", "monthly", "weekly", "quarterly", "yearly", "assembly", "family", "daily", "anomaly", "early", "rally"}
_VAGUE = {
    "big",
    "large",
    "important",
    "significant",
    "serious",
    "major",
    "soon",
    "fast",
    "at",
    "via",
    "through",
    "using",
    "every",
    "each",
    "because",
    "if",
    "unless",
    "except",
    "despite",
    "until",
    "than",
    "more",
    "most",
    "when",
    "whether",
    "maybe",
    "perhaps",
    "in",
    "from",
    "into",
    "during",
    "often",
    "sometimes",
    "rarely",
    "recent",
    "personally",
    "again",
    "not",
    "instead",
    "together",
    "different",
    "real",
    "really",
    "very",
    "almost",
    "nearly",
    "about half",
    "half",
}
_VAGUE_HAN = (
    "马上",
    "立刻",
    "当场",
    "亲自",
    "重新",
    "一起",
    "期间",
    "因为",
    "由于",
    "如果",
    "除非",
    "否则",
    "尽管",
    "虽然",
    "很快",
    "尽快",
    "及时",
    "迅速",
    "匆忙",
    "勉强",
    "大概",
    "可能",
    "当面",
    "不情愿",
    "主动",
    "经常",
    "偶尔",
    "几乎",
    "差点",
    "部分",
    "一半",
    "分别",
    "以外",
)


_PEOPLE = frozenset({"buyer", "champion", "sponsor", "manager", "managers", "director", "stakeholder", "stakeholders", "decision-maker", "maker", "leader"})
_PEOPLE_HAN = ("关键人", "决策人", "联系人", "负责人", "领导", "决策者", "发起人", "支持者", "老板")


def names_people(run: Sequence[Item]) -> bool:
    """Whether the last word is one for somebody of whom no role is known, who is no thing."""
    last = run[-1] if run else None
    return last is not None and last.kind in ("word", "entry") and (last.text.lower() in _PEOPLE or last.text.endswith(_PEOPLE_HAN))


def sound_part(run: list[Item]) -> list[Item]:
    """The words up to the first that can't be a part of a name."""
    return run[: next((at for at in range(len(run)) if not sound(run[at : at + 1], first=at == 0)), len(run))]


def sound(run: Sequence[Item], *, first: bool = True) -> bool:
    """Whether words may name a thing; a word that says how, why or whether does not."""
    for item in run:
        if item.kind == "quoted":
            continue
        word = item.text.lower()
        if item.is_han and item.kind != "quoted" and item.text in ("前", "后", "时", "期间", "之前", "之后", "以前", "以后"):
            return False
        if word in _VAGUE or (word.endswith("ly") and word not in _LY_NOUNS and item.kind == "word"):
            return False
        if (
            item.is_han
            and item.kind == "word"
            and (any(each in word for each in _VAGUE_HAN) or word.startswith(("用", "以", "很", "不", "因", "若")) or word.endswith("地"))
        ):
            return False
        if item.kind == "entry" and item.is_("not", "still", "nobody", "satisfies", "in_a_row", "light") and not item.is_("deed"):
            return False
        if item.kind == "entry" and item.is_("promised", "planned", "refused", "possible") and ((first and item is run[0]) or not item.is_han):
            return False
    return True


def phrase(run: Sequence[Item]) -> str:
    """The words as they were written."""
    placed = len(run) > 1 and run[0].text == "在"
    run = run[1:] if placed else run
    text = ""
    for before, item in zip((None, *run), run, strict=False):
        gap = " " if before is not None and item.start > before.end else ""
        text += gap + item.text
    return re.sub(r"[上里中]$", "", text) if placed and len(text) > 1 else text
