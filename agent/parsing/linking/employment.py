"""Who still works here and who has left, told by the day on which people left: 在职的业务员, "former reps", 尤佳什么时候走的."""

from __future__ import annotations

import re

from agent.parsing.columns.found import Paired, What
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary

PEOPLE, FLAG = "member", "active"
_LEAVING = re.compile(r"^(?:离[职岗任]|辞职|退[职出]|减员)|\b(?:leaving|left|leave|exit|termination|resignation|departure)\b", re.IGNORECASE)
_STAFF = r"(?=(?:sales )?(?:reps?|people|salespeople|employees|staff|colleagues|team members|sellers)\b)"
_STATES: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("empty", re.compile(r"(?:目前|现在)?(?:还|仍然?)?(?:在职|在岗)的?(?![日时年天率])|(?:还|尚)?(?:没有?|未)离[职岗]的?(?![日时])")),
    (
        "empty",
        re.compile(rf"\b(?:still|currently) (?:employed|working for us|with (?:us|the company))\b|\b(?:current|active) {_STAFF}", re.IGNORECASE),
    ),
    ("filled", re.compile(r"(?:已经?|都)?离[职岗](?:了|掉)?的?(?![日时年天率原])|(?:已经?)走(?:了|掉)的?")),
    ("filled", re.compile(r"离开(?:了|掉)?公司(?:了)?的?")),
    ("filled", re.compile(rf"\b(?:(?:have|has) )?(?:already )?(?:left (?:us|the (?:company|firm|business))|resigned)\b|\bformer {_STAFF}", re.IGNORECASE)),
    (
        "filled",
        re.compile(
            r"\b(?:(?:have|has|had)(?: already| since| meanwhile)?|who(?: already)?) left\b(?= *(?:[,;:.?!()]|$|and\b))"
            r"|\b(?:(?:is|are|was|were) )?no longer (?:with (?:us|the company)|employed|working (?:here|for us))\b",
            re.IGNORECASE,
        ),
    ),
)
_WENT = re.compile(r"(?:走|离[职岗开])(?:了|掉)?的?(?![一-鿿])|\b(?:leave|left|resign|quit|go)\b", re.IGNORECASE)


def with_employment(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary
) -> tuple[tuple[Item, ...], list[int]]:
    """The items with such words told by that day, where the export keeps one and no other column says who works here."""
    day = _leaving_day(vocabulary)
    if day is None:
        return items, unknown
    asked = any("when" in item.cues for item in items) and any(value.entity == PEOPLE and value.title for item in items for value in item.values)
    for match in _WENT.finditer(question) if asked else ():
        items, unknown = _told(match, tokens, items, unknown, (), (Term("field", PEOPLE, day, 1),))
    for what, pattern in _STATES:
        for match in pattern.finditer(question) if not asked else ():
            items, unknown = _told(match, tokens, items, unknown, (Paired(PEOPLE, what, day),), ())
    return items, unknown


def _told(
    match: re.Match[str], tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], pairs: tuple[Paired, ...], terms: tuple[Term, ...]
) -> tuple[tuple[Item, ...], list[int]]:
    places = [at for at, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end() and token.kind != "mark"]
    if not places:
        return items, unknown
    start, end = places[0], places[-1] + 1
    inside = [item for item in items if item.start < end and start < item.end]
    if any(item.start < start or item.end > end or item.values or item.pairs for item in inside):
        return items, unknown
    made = Item(start, end, match[0].strip(), terms=terms, pairs=pairs)
    kept = (item for item in items if item not in inside)
    return tuple(sorted((*kept, made), key=lambda item: item.start)), [at for at in unknown if not start <= at < end]


def _leaving_day(vocabulary: Vocabulary) -> str | None:
    """The one column of days on which people left."""
    if not vocabulary.rows(PEOPLE) or vocabulary.content(PEOPLE, FLAG).count:
        return None
    fields = vocabulary.model.entities[PEOPLE].fields.values()
    days = [spec.key for spec in fields if spec.type.is_time and vocabulary.content(PEOPLE, spec.key).count]
    found = [key for key in days if any(_LEAVING.search(label) for label in own_labels(vocabulary.model.entities[PEOPLE].fields[key]))]
    return found[0] if len(found) == 1 else None
