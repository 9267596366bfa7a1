"""Chooses the word for the act that a clause is about, among those that are parts of names ("test report") or carry it ("gave approval")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.journey.criteria.guessing import Guesser
from tools.journey.criteria.lexicon import Meaning, lexicon
from tools.journey.criteria.linking import Item

BE = {"was", "were", "been", "is", "are", "be", "being", "got", "remains", "remained", "remain", "went", "stays", "stayed"}


MOST = 5


def heads(items: Sequence[Item]) -> list[tuple[int, float]]:
    """The words for acts that the clause may say, each with how much it looks like it; the others are parts of names ("test report") or carry it."""
    found = [(at, _score(items, at) - at * 0.01) for at, item in enumerate(items) if item.is_("deed")]
    if not found:
        found = [(at, 0.0) for at, item in enumerate(items) if item.is_("refused")][:1]
    return sorted(found, key=lambda each: -each[1])[:MOST]


DOUBT, SURE, SUBJECT = 2.0, 0.4, 1.0
"""What a guess costs, from which probability on it is one, and what it costs more with nobody before it."""
LONGEST_HAN, LONGEST = 3, 4


def guesses(items: Sequence[Item], guess: Guesser) -> list[tuple[list[Item], int, float]]:
    """Readings of words of which nothing is known as an act: the items with these words as one, where it stands, and what the doubt costs."""
    found = list(_stretches(items))
    made: list[tuple[list[Item], int, float]] = []
    for (own, at), told in zip(found, guess([own[at].text.lower() for own, at in found]), strict=True):
        word = own[at]
        single = len(word.text) == 1 and not (at + 1 < len(own) and own[at + 1].text in ("了", "过"))
        if told is None or told.chance < SURE or single:
            continue
        own[at] = Item("entry", word.text, word.start, word.end, (Meaning("deed", told.act.value, "zh" if word.is_han else "past"),))
        before = [each for each in own[:at] if not each.is_("filler") and each.kind != "time"]
        led = bool(before) and (
            before[-1].is_("side", "role", "person", "pronoun", "nobody", "anybody", "not", "aspect", "still") or before[-1].kind == "roles"
        )
        made.append((own, at, DOUBT * (1.0 - told.chance) + (0.0 if led else SUBJECT)))
    return made


def _stretches(items: Sequence[Item]) -> Iterator[tuple[list[Item], int]]:
    """The items with up to four neighbours as one word, or with a part of an unknown Chinese word apart."""
    for at, item in enumerate(items):
        if item.kind == "word" and item.is_han:
            for start in range(len(item.text)):
                for end in range(start + 1, min(len(item.text), start + LONGEST_HAN) + 1):
                    parts = [(0, start), (start, end), (end, len(item.text))]
                    words = [Item("word", item.text[low:high], item.start + low, item.start + high) for low, high in parts if low < high]
                    yield [*items[:at], *words, *items[at + 1 :]], at + (start > 0)
        if not _may_begin(item):
            continue
        for end in range(at + 1, min(len(items), at + LONGEST) + 1):
            if not all(_may_go_on(each) for each in items[at + 1 : end]):
                break
            text = "".join((" " if each.start > before.end else "") + each.text for before, each in zip((item, *items[at:]), items[at:end], strict=False))
            yield [*items[:at], Item("word", text.strip(), item.start, items[end - 1].end), *items[end:]], at


def _may_begin(item: Item) -> bool:
    return item.kind == "word" or item.is_("light", "deed")


def _may_go_on(item: Item) -> bool:
    return item.kind == "word" or item.is_("filler", "light", "deed", "toward", "agent")


def _score(items: Sequence[Item], at: int) -> float:
    item, score = items[at], 1.0
    form = item.form()
    before = items[at - 1] if at else None
    behind = items[at + 1] if at + 1 < len(items) else None
    if item.is_han:
        score += 0 if form == "zh_noun" else 1
        if before is not None:
            score += 3 if before.is_("not", "aspect", "promised", "planned", "refused", "possible", "still") else 0
            score += 2 if before.is_("side", "role", "person", "nobody") else 0
            score += 4 if before.is_("deed") and before.value("deed") == "agree" and form == "zh" else 0
            score -= 2 if before.text == "的" and form == "zh" else 0
        score += 2 if behind is not None and behind.text in ("了", "过", "完") else 0
        score -= (
            2.5 if item.is_("role") and any(each.is_("deed") for each in items[at + 1 :]) and not (behind is not None and behind.text in ("了", "过")) else 0
        )
        score -= 2 if form == "zh" and behind is not None and behind.is_("deed") and behind.form() == "zh" and behind.start == item.end else 0
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
