"""What speaks against a plan that the parser decided on: named figures, each the greater the more doubtful, for the confidence. Knows no weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from math import log
from typing import Literal, Protocol

from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.soft_characters import words_of_plan
from agent.parsing.ranking.features import Asked, Features, features, words_of
from agent.parsing.ranking.left_words import LEFT, Near, left_doubts
from agent.parsing.ranking.plan_doubts import plan_doubts
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel

Way = Literal["one step", "two steps", "thread", "overview", "again"]
CLOSE = 2.0
WIDEST = 8.0
MOST = 4
LONG = 30
MISFITS = (" none given", " none asked", "figure given", "count given", "records given", "all given")


class Believed(Protocol):
    """A reading with its score and its share of the belief."""

    @property
    def reading(self) -> Reading: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def share(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Decided:
    """A plan, said back, and what it came from. ``asked`` is the message as it was written, of which ``linked`` is what the plan was made of.

    ``ranked`` are the readings of a question in one step, best first; ``reading`` the outer one of two steps. Follow-ups have neither;
    theirs is the ``previous`` plan, whose shape is in doubt no more. ``left`` are words that nothing is made of, for which the question
    would be refused, ``near`` tells what they are near to.
    """

    asked: str
    linked: Linked
    plan: Plan
    model: SemanticModel
    way: Way
    ranked: Sequence[Believed] = ()
    reading: Reading | None = None
    asks_back: bool = False
    previous: Plan | None = None
    left: tuple[Item, ...] = ()
    near: Near | None = None


def doubts(decided: Decided) -> Features:
    """The figures of one question; those that are nought are left out."""
    found: Features = {"constant": 1.0}
    parts = chain(
        _question(decided),
        _words(decided),
        _choice(decided.ranked, decided),
        _shape(decided),
        _left(decided),
    )
    for name, value in parts:
        if value:
            found[name] = round(found.get(name, 0.0) + float(value), 6)
    return found


def _left(decided: Decided) -> Iterator[tuple[str, float]]:
    """How likely what is left out matters, in the language of the question."""
    plan = decided.plan
    said = plan.said_back_zh if plan.language == "zh" else plan.said_back_en
    yield from left_doubts(decided.asked, decided.linked, decided.left, said, words_of_plan(plan, decided.model), decided.near)


def _shape(decided: Decided) -> Iterator[tuple[str, float]]:
    """What in the plan gives cause for doubt; of a follow-up, what it adds to the plan before."""
    before = dict(plan_doubts(decided.previous, decided.model)) if decided.previous is not None else {}
    for name, value in plan_doubts(decided.plan, decided.model):
        yield name, max(0.0, value - before.get(name, 0.0))


def together(parts: Sequence[Features]) -> Features:
    """The figures of a message with several questions: the most doubtful of each."""
    found = reduce(lambda one, other: {name: max(one.get(name, 0.0), other.get(name, 0.0)) for name in {**one, **other}}, parts, {"constant": 1.0})
    return {**found, "several questions": 1.0}


def _question(decided: Decided) -> Iterator[tuple[str, float]]:
    tokens = decided.linked.tokens
    words = [token for token in tokens if token.kind != "mark"]
    yield decided.way, float(decided.way != "one step")
    yield "english", float(decided.plan.language == "en")
    yield "length", min(1.0, len(words) / LONG)
    yield "clauses", min(MOST, sum(token.text in {",", "，", ";", "；", "、", ".", "。", "(", "（", "—"} for token in tokens[:-1]))
    kept = sum(len(token.text) for token in words)
    written = sum(letter.isalnum() for letter in decided.asked)
    yield "set aside", max(0.0, 1.0 - kept / written) if written else 0.0
    yield "asks back", float(decided.asks_back)


def _words(decided: Decided) -> Iterator[tuple[str, float]]:
    """How the words were found, how many meanings they have, and which of them come back when the plan is said."""
    linked = decided.linked
    whole = sum(map(_weight, (token.text for token in linked.tokens if token.kind != "mark"))) or 1.0
    yield "letters unexplained", sum(_weight(item.text) for item in decided.left) / whole
    yield LEFT, min(MOST, len(decided.left))
    yield "refused", float(bool(decided.left))
    named = [item for item in linked.items if not item.is_only_cue]
    for source in ("typo", "part", "neighbour", "alias"):
        found = {source, "translated"} if source == "neighbour" else {source}
        yield f"found by {source}", min(MOST, sum(item.source in found for item in linked.items))
    yield "words of several meanings", min(MOST, sum(_meanings(item) > 1 for item in named))
    yield "names of several fields", min(MOST, sum(len({(value.entity, value.field) for value in item.values}) > 1 for item in named))
    yield "words of a value and a thing", min(MOST, sum(bool(item.values and item.terms) for item in named))
    yield "function words", min(8, sum(item.is_only_cue for item in linked.items)) / 8
    yield "words to understand", min(8, len(named)) / 8
    heard = frozenset[str]().union(*(words_of(item.text) for item in named))
    said = words_of(decided.plan.said_back_zh if decided.plan.language == "zh" else decided.plan.said_back_en)
    yield "not said back", len(heard - said) / len(heard) if heard else 0.0
    yield "not heard", len(said - heard) / len(said) if said else 0.0


def _weight(text: str) -> float:
    return float(sum(2 if has_han(letter) else 1 for letter in text if letter.isalnum()))


def _meanings(item: Item) -> int:
    return len({(term.what, term.entity, term.key) for term in item.terms if term.filled})


def _choice(ranked: Sequence[Believed], decided: Decided) -> Iterator[tuple[str, float]]:
    """How near other readings are, what the chosen one leaves out, and where it doesn't give what the function words ask for."""
    reading = ranked[0].reading if ranked else decided.reading
    if reading is None:
        return
    items = reading.signals.items
    left = [items[index] for index in reading.open_items()]
    yield "cost", reading.cost
    yield "no fit", -reading.fit
    if ranked:
        best = ranked[0]
        margin = min(WIDEST, best.score - ranked[1].score) if len(ranked) > 1 else WIDEST
        share = min(max(best.share, 1e-3), 1 - 1e-3)
        yield "nearness", 1.0 - margin / WIDEST
        yield "odds against", -log(share / (1 - share)) / 4
        yield "rivals", min(MOST, sum(best.score - other.score < CLOSE for other in ranked[1:]))
        yield "readings", min(12, len(ranked)) / 12
        yield "hand-set order differs", float(any(other.reading.fit - other.reading.cost > reading.fit - reading.cost + 1e-9 for other in ranked[1:]))
        yield "words left", min(MOST, sum(not item.is_only_cue for item in left))
        yield "function words left", min(MOST, sum(item.is_only_cue for item in left))
        figures = features(reading, Asked(reading.signals, decided.plan.language))
        yield "misfits", sum(value for name, value in figures.items() if name.endswith(MISFITS))
        for name in ("kind by default", "other kind named", "measure unnamed", "rank of measure", "choice of a name", "limit of its own"):
            yield name, figures.get(name, 0.0)
        yield "words unheard", 1.0 - figures.get("words heard", 0.0)
        yield "words unsaid", 1.0 - figures.get("words said", 0.0)
        yield "letters left", 1.0 - figures.get("covered", 0.0)
