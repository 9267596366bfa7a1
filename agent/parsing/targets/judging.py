"""The best and the worst of people, where nothing says by what: each figure puts somebody else first."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading

JUDGED = "judged"
"""The note of a reading that judges by one of several figures: which."""

_QUALITY = ("best", "worst", "最好", "最差", "最棒", "最佳", "最优秀", "最强", "最出色")
_PEOPLE = {"member"}


def judges_people(reading: Reading) -> bool:
    """As in "who is our best rep?", 哪个业务员表现最好: one of the people, and no word for money, a number or an outcome."""
    signals = reading.signals
    quality = [index for index in signals.superlative if signals.items[index].text.casefold().removesuffix("的") in _QUALITY]
    if not quality or signals.has("won", "lost", "open", "closed", "sells", "amount", "sum", "average", "sold") or signals.place > 1:
        return False
    if any("sell" in item.text.casefold() or "卖" in item.text or item.number is not None for item in signals.items):
        return False
    named = [item for item in signals.items if item.terms]
    others = any(term.what == "measure" and term.entity not in _PEOPLE for item in named for term in item.terms)
    return not others and len(named) == 1 and any(term.what == "entity" and term.entity in _PEOPLE for item in named for term in item.terms)
