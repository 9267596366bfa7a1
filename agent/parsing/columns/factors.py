"""How large a part of an amount is said: 八成, 80 %, half, twice."""

from __future__ import annotations

from collections.abc import Sequence

from agent.parsing.columns.segments import Segment

NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
WORDS = {"half": "0.5", "twice": "2", "double": "2", "一半": "0.5", "两倍": "2"}


def factor_said(found: Sequence[Segment], at: int) -> tuple[int, str | None]:
    """80 %, "half", before the amount that it is of."""
    if at < len(found) and found[at].text in WORDS:
        return at + 1, WORDS[found[at].text]
    if at + 1 < len(found) and found[at].text.replace(".", "", 1).isdigit() and found[at + 1].text in {"%", "percent"}:
        return at + 2, _percent(found[at].text)
    return at, None


def factor_behind(found: Sequence[Segment], at: int) -> tuple[int, str | None]:
    """八成, 的80%, 一半, behind the amount that it is of."""
    place = at + 1 if at < len(found) and found[at].text == "的" else at
    if place + 1 < len(found) and found[place + 1].text == "成":
        tenths = NUMERALS.get(found[place].text) or (int(found[place].text) if found[place].text.isdigit() else None)
        if tenths is not None and 0 < tenths < 10:
            return place + 2, f"0.{tenths}"
    if place + 1 < len(found) and found[place].text + found[place + 1].text in WORDS:
        return place + 2, WORDS[found[place].text + found[place + 1].text]
    end, factor = factor_said(found, place)
    return (end, factor) if factor is not None else (at, None)


def _percent(text: str) -> str:
    from decimal import Decimal

    return format((Decimal(text) / 100).normalize(), "f")
