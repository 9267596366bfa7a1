"""The best and the worst of people, where nothing says by what: each figure puts somebody else first."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.mentions import WHO

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
    if (
        not named
        and signals.has("performing")
        and any(signals.items[at].text.casefold() in WHO for kind in ("which", "lookup") for at in signals.at.get(kind, ()))
    ):
        return True  # 谁做得最好
    return not others and len(named) == 1 and any(_is_of_people(term, reading) for item in named for term in item.terms)


def _is_of_people(term: Term, reading: Reading) -> bool:
    """Whether a word names people, or the column that says whose a record is: 业务员 where that is a post of theirs, too."""
    if term.what == "entity":
        return term.entity in _PEOPLE
    return term.what == "field" and reading.paths.model.entities[term.entity].fields[term.key].to in _PEOPLE
