"""What tells a good reading of a question from a bad one: named figures of a finished reading. Knows no weights."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import log1p

from agent.answer import Language
from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import has_han, tokenise
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import FREE, Signals
from tools.crm.query import About, Between, Compare, Exists, Filter, MeasureRef
from tools.crm.semantic import FieldType

Features = dict[str, float]
TURNING = {"not", "without", "gt", "ge", "lt", "le", "between", "share", "average", "median", "distinct", "won", "lost", "open"}
MOST_RANK = 4


class Asked:
    """What all readings of one question share: its letters and the words that it is made of."""

    def __init__(self, signals: Signals, language: Language) -> None:
        """``language`` is the one of the question; readings are said back in it."""
        self.signals, self.language = signals, language
        self.letters = tuple(_letters(item) for item in signals.items)
        self.whole = sum(self.letters) or 1.0
        self.words = frozenset().union(*(words_of(item.text) for item in signals.items if not item.is_only_cue)) if signals.items else frozenset()
        self.entities = [{term.entity for term in item.terms if term.what in {"entity", "kind"}} for item in signals.items]
        self.named = [index for index, entities in enumerate(self.entities) if entities]


def features(reading: Reading, asked: Asked) -> Features:
    """The figures of one reading; those that are nought are left out."""
    found: Features = {"fit": reading.fit, "cost": reading.cost}
    found[f"is {reading.focus}"] = 1.0
    for name, value in (
        *_spans(reading, asked),
        *_asked_for(reading, asked.signals),
        *_shape(reading, asked),
        *_subject(reading, asked),
        *_similarity(reading, asked),
    ):
        if value:
            found[name] = found.get(name, 0.0) + value
    return found


BARE = {"多少", "有多少", "是多少"}  # 回款多少 asks for money as well


def _asked_for(reading: Reading, signals: Signals) -> Iterator[tuple[str, float]]:
    """Whether what comes out is what the function words ask for."""
    folds = {_fold(reading, ref) for ref in reading.measures}
    counts, records = bool(folds & {"count", "count_distinct"}), not reading.measures
    has = signals.has
    counted = any(signals.items[index].text not in BARE for index in signals.at.get("count", ()))
    yield "count asked, none given", float(counted and not counts)
    yield "count given, none asked", float(counts and not has("count"))
    yield "money asked, a count given", float(has("amount") and counts)
    yield "records asked, a figure given", float(has("list") and not records)
    yield "records given, none asked", float(records and reading.focus != "lookup" and not has("list", "which", "exists", "lookup"))
    yield "figure named, records given", float(records and any(_names_figure_only(reading, index) for index in reading.used))
    yield "groups asked, none given", float(has("group", "breakdown") and not reading.dimensions)
    yield (
        "groups given, none asked",
        float(bool(reading.dimensions) and not has("group", "breakdown", "which", "rank", "share", "compare") and not signals.superlative),
    )
    yield "order asked, none given", float(bool(signals.superlative) and not reading.order)
    yield "first few asked, all given", float(signals.top is not None and reading.limit != signals.top)
    yield "unit of time asked, none given", float(signals.grain is not None and all(each.grain is None for each in reading.dimensions))
    yield "mean asked, none given", float(has("average", "median") and not folds & {"avg", "median", "days", "rate"})
    yield "comparison asked, none given", float(has("compare", "change") and reading.compare is None and not reading.dimensions)
    yield "which asked, one figure given", float(has("which") and bool(reading.measures) and not reading.dimensions)


def _names_figure_only(reading: Reading, index: int) -> bool:
    """As 商机数, and unlike "deals", which are records as well."""
    own = {term.what for term in reading.item(index).terms if term.entity == reading.entity}
    return "measure" in own and not own & {"entity", "kind"}


def _fold(reading: Reading, ref: MeasureRef) -> str:
    return reading.paths.model.measures[ref.measure].op if ref.measure else str(ref.fold)


def _spans(reading: Reading, asked: Asked) -> Iterator[tuple[str, float]]:
    """How the words were found, and which of them nothing was made of."""
    covered = 0.0
    for index, item in enumerate(asked.signals.items):
        if index in reading.used:
            covered += asked.letters[index]
            if item.values and item.source != "exact":
                yield f"uses {item.source}", 1.0
            continue
        yield f"leaves {_kind(item)}", 1.0
    yield "covered", covered / asked.whole


def _kind(item: Item) -> str:
    if item.is_only_cue:
        return "turning word" if TURNING & set(item.cues) else "free word" if FREE & set(item.cues) else "function word"
    if item.values:
        return "value"
    if item.period is not None:
        return "period"
    if item.number is not None:
        return "number"
    return "topic" if item.topic else "term"


def _shape(reading: Reading, asked: Asked) -> Iterator[tuple[str, float]]:
    """How large the query is, and what it has that nobody asked for."""
    model = reading.paths.model
    yield "groups", float(len(reading.dimensions))
    yield "figures beyond one", float(max(0, len(reading.measures) - 1))
    yield "figures twice", float(len(reading.measures) - len(set(reading.measures)))
    yield "assumptions", float(len(reading.assumptions))
    yield "choice of a name", float(bool(reading.about))
    yield "limit of its own", float(reading.limit is not None and asked.signals.top is None)
    yield "period", float(reading.window is not None)
    yield "named day", float(reading.window is not None and reading.window.path is not None)
    yield "two periods", float(reading.compare is not None)
    yield "two periods of records", float(reading.compare is not None and not reading.measures)
    yield "bound on groups", float(len(reading.having))
    yield "kept groups", float(bool(reading.only))
    joins = [path.count(".") for path in (each.path for each in reading.dimensions)]
    yield "joins of groups", float(sum(joins))
    for part in reading.filters:
        yield from _condition(reading, part)
    ranks = [term.rank for ref in reading.measures for item in asked.signals.items for term in item.terms if term.what == "measure" and term.key == ref.measure]
    if reading.measures:
        yield "measure unnamed", float(not ranks)
        yield "rank of measure", min(min(ranks, default=0), MOST_RANK) / MOST_RANK
    for ref in reading.measures[:1]:
        named = model.measures[ref.measure] if ref.measure else None
        yield "measure with condition", float(bool(named and named.where))


def _condition(reading: Reading, part: Filter) -> Iterator[tuple[str, float]]:
    if isinstance(part, Exists):
        yield "absent records" if part.absent else "related records", 1.0
    elif isinstance(part, Between):
        yield "range", 1.0
    elif isinstance(part, About):
        yield "topic", 1.0
    elif isinstance(part, Compare):
        joins = part.path.count(".")
        field = reading.paths.field(reading.entity, part.path)
        yield "conditions", 1.0
        yield "joins of conditions", float(joins)
        if part.op == "eq":
            content = reading.paths.vocabulary.content(field.to if field.type is FieldType.REF and field.to else field.entity, field.key)
            yield "records of value", log1p(sum(content.values.get(text, 0) for text in part.values)) / 8
            yield "values beyond one", float(len(part.values) - 1)


def _subject(reading: Reading, asked: Asked) -> Iterator[tuple[str, float]]:
    """Whether the question names the kind of record, and where: Chinese ends with it, English begins."""
    named = [index for index in asked.named if reading.entity in asked.entities[index]]
    yield "kind named", float(bool(named))
    yield "kind by default", float(not asked.named and reading.entity == "opportunity")
    yield "other kind named", float(bool(asked.named) and not named)
    if named and len(asked.named) > 1:
        yield f"kind named first in {asked.language}", float(named[0] == asked.named[0])
        yield f"kind named last in {asked.language}", float(named[-1] == asked.named[-1])


def _similarity(reading: Reading, asked: Asked) -> Iterator[tuple[str, float]]:
    """How far the question and the reading, said back in canonical words, share their words."""
    said = frozenset().union(*(words_of(label) for label in _labels(reading, asked.language)))
    both = len(said & asked.words)
    yield "words said", both / len(said) if said else 0.0
    yield "words heard", both / len(asked.words) if asked.words else 0.0


def _labels(reading: Reading, language: Language) -> Iterator[str]:
    """The canonical words of what the query is made of."""
    model = reading.paths.model
    if not any(ref.measure for ref in reading.measures):
        yield model.entities[reading.entity].words.label(language)
    for ref in reading.measures:
        yield from _measure_labels(reading, ref, language)
    for path in (*(each.path for each in reading.dimensions), *(reading.select if reading.focus == "lookup" else ())):
        yield reading.paths.field(reading.entity, path).words.label(language)
    if not reading.measures:
        for order in reading.order:
            if order.path:
                yield reading.paths.field(reading.entity, order.path).words.label(language)
    for part in reading.filters:
        if isinstance(part, Compare | Between):
            field = reading.paths.field(reading.entity, part.path)
            values = part.values if isinstance(part, Compare) and part.op in {"eq", "ne"} else ()
            if not values:
                yield field.words.label(language)
            for value in values:
                yield field.values[value].label(language) if value in field.values else value
        elif isinstance(part, Exists):
            yield model.entities[part.entity].words.label(language)


def _measure_labels(reading: Reading, ref: MeasureRef, language: Language) -> Iterator[str]:
    if ref.measure:
        yield reading.paths.model.measures[ref.measure].words.label(language)
    elif ref.path:
        yield reading.paths.field(reading.entity, ref.path).words.label(language)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """English words without endings and pairs of Han characters (single ones where they stand alone), without those that say nothing."""
    tokens = [token for token in tokenise(text) if token.kind != "mark"]
    found = {token.stem for token in tokens if token.kind != "han" and token.stem not in stopwords()}
    if has_han(text):
        run = [token.norm if token.kind == "han" else " " for token in tokens]
        pairs = {one + other for one, other in pairwise(run) if " " not in (one, other)}
        found |= pairs or {letter for letter in run if letter != " "}
    return frozenset(found)


def _letters(item: Item) -> float:
    return float(sum(2 if has_han(letter) else 1 for letter in item.text if letter.isalnum()))
