"""Chooses the word for the act that a clause is about, among those that are parts of names ("test report") or carry it ("gave approval")."""

from __future__ import annotations

from collections.abc import Sequence

from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.linking import Item

BE = {"was", "were", "been", "is", "are", "be", "being", "got", "remains", "remained", "remain", "went", "stays", "stayed"}


MOST = 5


def heads(items: Sequence[Item]) -> list[tuple[int, float]]:
    """The words for acts that the clause may say, each with how much it looks like it; the others are parts of names ("test report") or carry it."""
    found = [(at, _score(items, at) - at * 0.01) for at, item in enumerate(items) if item.is_("deed")]
    if not found:
        found = [(at, 0.0) for at, item in enumerate(items) if item.is_("refused")][:1]
    return sorted(found, key=lambda each: -each[1])[:MOST]


def is_told(items: Sequence[Item], at: int) -> bool:
    """Whether the Chinese verb at a place is said to have been done: 选了, 签过."""
    item, behind = items[at], items[at + 1] if at + 1 < len(items) else None
    return item.is_("deed") and item.form() == "zh" and (item.text[-1] in "了过" or (behind is not None and behind.text in ("了", "过")))


def _score(items: Sequence[Item], at: int) -> float:
    item, score = items[at], 1.0
    form = item.form()
    before = items[at - 1] if at else None
    behind = items[at + 1] if at + 1 < len(items) else None
    if item.is_han:
        score += 0 if form == "zh_noun" else 1
        if before is not None:
            score += 3 if before.text not in ("了", "过", "完") and before.is_("not", "aspect", "promised", "planned", "refused", "possible", "still") else 0
            score += 2 if before.is_("side", "role", "person", "nobody") else 0
            score += 4 if before.is_("deed") and before.value("deed") == "agree" and form == "zh" else 0
            score -= 2 if before.text == "的" and form == "zh" else 0
        score += 2 if behind is not None and behind.text in ("了", "过", "完") else 0
        score -= (
            2.5 if item.is_("role") and any(each.is_("deed") for each in items[at + 1 :]) and not (behind is not None and behind.text in ("了", "过")) else 0
        )
        score -= 2 if form == "zh" and behind is not None and behind.start == item.end and is_told(items, at + 1) else 0
        named = any(items[place].is_("deed") and items[place + 1].kind == "word" for place in range(at - 1))
        score += 0.5 if behind is None and named else 0
        return score
    near = [each for each in items[max(0, at - 3) : at] if not (each.is_("still") or each.text.lower() in ("already", "also", "both", "just", "ever"))]
    last = near[-1] if near else None
    if form in ("past", "part"):
        score += 3
        if last is not None and (
            last.is_("side", "role", "person", "nobody", "pronoun", "anybody")
            or last.text.lower() in BE | {"has", "have", "had", "not", "never", "'s"}
            or last.is_("not")
        ):
            score += 2
        if last is not None and last.text.lower() in ("the", "a", "an", "its", "their", "our", "of", "no"):
            score -= 3
    elif form == "base":
        if last is not None and (
            last.is_("not", "promised", "planned", "refused", "possible", "side", "role", "nobody") or last.text.lower() in ("did", "does", "do", "to")
        ):
            score += 2.5
        if last is not None and last.is_("deed") and item.is_("deed") and lexicon().deeds[last.value("deed")].id == "agree":
            score += 3
    elif form == "ing":
        score += 0.5
    if behind is not None and behind.kind == "word" and form in ("base", "noun", "ing") and score < 3:
        score -= 0.8
    return score
