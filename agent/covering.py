"""Whether a live model's query leaves out or turns round something that the question says."""

from __future__ import annotations

from collections.abc import Iterable

from agent.authorising import NotAuthorised
from agent.grounding import conditions
from agent.live_query import LiveWord
from agent.parsing.linking.items import Item, Linked
from agent.parsing.reading.signals import read_signals
from agent.parsing.store_words.vocabulary import Vocabulary
from prompts.words import say
from tools.crm.query import Assumption, Between, Compare, Exists, Plan, Query
from tools.crm.semantic import SemanticModel

OUTCOMES = ("won", "lost", "open")
BEYOND = ("share", "about", "mine", "yearago", "previous", "distinct")  # what the flat query has no words for
FOLDS = {"average": ("avg", "days"), "median": ("median",)}


def check_covered(plan: Plan, linked: Linked, words: tuple[LiveWord, ...], vocabulary: Vocabulary, earlier: tuple[Plan, ...] = ()) -> Plan:
    """The plan with a note for each unknown word that it reads somehow. Raises NotAuthorised when it leaves something out.

    ``earlier`` are the readings and the plan of the question before: what they are about needs no words of its own.
    """
    query = plan.queries[0]
    uses = _Uses(query, vocabulary.model)
    for item in linked.items:
        if not uses.item(item):
            raise NotAuthorised(f"the query leaves out a part of the question: {item.text[:40]}", "not_in_question")
    _check_cues(uses, linked)
    known = {query.entity for each in earlier for query in each.queries}
    known |= {ref.measure for each in earlier for query in each.queries for ref in query.measures if ref.measure is not None}
    _check_asked_for(uses, linked, known | {each.means for each in words})
    return plan.model_copy(update={"assumptions": tuple(_read_as(run, words, uses, linked) for run in linked.unknown)})


class _Uses:
    """What a query uses: fields and kinds of record that it touches, values, outcomes."""

    def __init__(self, query: Query, model: SemanticModel) -> None:
        self.query, self.model = query, model
        self.measures = [model.measures[ref.measure] for ref in query.measures if ref.measure is not None]
        self.parts = list(conditions(query.where))
        self.fields: set[tuple[str, str]] = set()
        self.entities = {query.entity}
        refs = [path for ref in query.measures if (path := ref.path) is not None]
        filtered = [part.path for part in self.parts if not isinstance(part, Exists)]
        for path in (*query.select, *refs, *filtered, *(each.path for each in query.dimensions), *(each.path for each in query.order if each.path)):
            self._touch(path)
        for part in self.parts:
            if isinstance(part, Exists):
                self.entities.add(part.entity)
                self.fields.add((part.entity, part.via))
        for measure in self.measures:
            self.fields |= {(measure.entity, arg) for arg in measure.args} | {(measure.entity, key) for key in measure.where}

    def _touch(self, path: str) -> None:
        try:
            walked, field = self.model.field(self.query.entity, path)
        except KeyError:
            return  # of a related kind of record
        for each in (*walked, field):
            self.fields.add((each.entity, each.key))
            if each.to is not None:
                self.entities.add(each.to)

    @property
    def values(self) -> set[str]:
        """Texts and numbers that the conditions name."""
        found = {value for part in self.parts if isinstance(part, Compare) for value in part.values}
        found |= {value for part in self.parts if isinstance(part, Between) for value in (part.low, part.high) if value is not None}
        return found | {bound.value for bound in self.query.having} | ({str(self.query.limit)} if self.query.limit else set())

    @property
    def outcomes(self) -> set[str]:
        """How the deals that count ended."""
        found = {value for measure in self.measures for value in measure.where.get("status", ())}
        for measure in self.measures:
            for arg in measure.args if measure.op == "rate" else ():
                found |= set(self.model.measures[arg].where.get("status", ()))
        return found | {value for part in self.parts if isinstance(part, Compare) and part.path == "status" for value in part.values}

    def item(self, item: Item) -> bool:
        """Whether something of the query stands for these words."""
        if item.cues and not (item.values or item.period or item.number):
            return True
        if item.period is not None:
            windows = [window for window in (self.query.window, self.query.compare) if window is not None]
            days = {str(day) for day in (item.period.start, item.period.end)} | ({str(item.period.start.year)} if item.period.start else set())
            return any((window.start, window.end) == (item.period.start, item.period.end) for window in windows) or bool(days & self.values)
        if any(value.text in self.values | self.outcomes for value in item.values):
            return True
        if item.number is not None and not item.values:
            return any(_same_number(value, item) for value in self.values)
        return any(self.term(term.what, term.entity, term.key) for term in item.terms)

    def term(self, what: str, entity: str, key: str) -> bool:
        """Whether the query uses a word of the semantic model."""
        if what == "measure":
            return any(measure.key == key for measure in self.measures)
        if what == "entity":
            return entity in self.entities
        if what == "kind":
            return key in self.values
        return (entity, key) in self.fields


def _same_number(value: str, item: Item) -> bool:
    assert item.number is not None  # noqa: S101 - the caller looked
    try:
        return float(value) in {float(item.number.value), float(item.number.value) / 100}
    except ValueError:
        return False


def _check_cues(uses: _Uses, linked: Linked) -> None:
    """Function words that turn the meaning: outcome, negation, direction, kind of average, grain of time."""
    query, signals = uses.query, read_signals(linked)
    if signals.has(*BEYOND):
        raise NotAuthorised("the query has no words for a part of the question", "not_in_question")
    said = {cue for item in linked.items for cue in item.cues if cue in OUTCOMES and not item.period}
    if said and query.entity == "opportunity" and not said <= uses.outcomes:
        raise NotAuthorised(f"the question says {', '.join(sorted(said))}", "not_in_question")
    negated = any((isinstance(part, Compare) and part.op in {"ne", "is_null"}) or (isinstance(part, Exists) and part.absent) for part in uses.parts)
    if signals.has("not", "without") is not negated:
        raise NotAuthorised("a negation was left out, or put in", "not_in_question")
    if signals.superlative and query.order and query.order[0].descending is not signals.descending:
        raise NotAuthorised("the order is turned round", "not_in_question")
    for cue, folds in FOLDS.items():
        if signals.has(cue) and not any(measure.op in folds for measure in uses.measures) and not any(ref.fold in folds for ref in query.measures):
            raise NotAuthorised(f"the question asks for the {cue}", "not_in_question")
    if signals.grain is not None and signals.grain not in {each.grain for each in query.dimensions}:
        raise NotAuthorised(f"the question asks by {signals.grain}", "not_in_question")


def _check_asked_for(uses: _Uses, linked: Linked, meant: set[str]) -> None:
    """Nothing is counted, summed or required that no word of the question stands for."""
    said = {cue for item in linked.items for cue in item.cues} | {value.text for item in linked.items for value in item.values}
    said |= {"won", "lost"} if "closed" in said else set()
    keys = {term.key for item in linked.items for term in item.terms} | meant
    subjects = {term.entity for item in linked.items for term in item.terms} | {value.entity for item in linked.items for value in item.values} | meant
    if uses.query.entity not in subjects and not (uses.query.entity == "opportunity" and said & set(OUTCOMES)):
        raise NotAuthorised("a kind of record that the question does not ask about", "not_in_question")
    counts = any("count" in item.cues for item in linked.items)
    for ref in uses.query.measures:
        measure = uses.model.measures.get(ref.measure or "")
        named = measure is not None and measure.key in keys
        outcomes = set(measure.where.get("status", ())) if measure is not None else set()
        folded = {arg.rpartition(".")[2] for arg in (measure.args if measure is not None else (ref.path or "",)) if arg}
        fold = measure.op if measure is not None else ref.fold
        asked = named or (outcomes <= said and fold in {"count", "count_distinct"}) or (outcomes <= said and bool(folded & keys))
        if not asked or (counts and not named and fold != "count" and not folded & keys):
            raise NotAuthorised("a measure that the question does not ask for", "not_in_question")
    for part in uses.parts:
        if isinstance(part, Compare) and part.op in {"is_null", "not_null"} and part.path.rpartition(".")[2] not in keys:
            raise NotAuthorised("a condition that the question does not name", "not_in_question")


def _read_as(run: str, words: Iterable[LiveWord], uses: _Uses, linked: Linked) -> Assumption:
    """How an unknown word was taken. It may stand for what the query uses and no other word of the question says; never for a name."""
    if _may_be_a_name(run, linked) or any(letter.isdigit() or letter in "{}" for letter in run):
        raise NotAuthorised(f"unknown to the data: {run[:40]}", "unknown_name")
    found = next((each for each in words if each.word.casefold() == run.casefold()), None)
    if found is None:
        raise NotAuthorised(f"the query leaves out a part of the question: {run[:40]}", "not_in_question")
    labels = _labels(found.means, uses, linked)
    return Assumption(en=say("read_as", "en", word=run, meaning=labels[0]), zh=say("read_as", "zh", word=run, meaning=labels[1]))


def _may_be_a_name(run: str, linked: Linked) -> bool:
    first = linked.tokens[0].text if linked.tokens else ""
    return any(word[:1].isupper() and word != first for word in run.split())


def _labels(means: str, uses: _Uses, linked: Linked) -> tuple[str, str]:
    model, query = uses.model, uses.query
    if means in model.measures and uses.term("measure", query.entity, means):
        measure = model.measures[means]
        outcomes = set(measure.where.get("status", ()))
        said = any(term.key == means for item in linked.items for term in item.terms) or any(outcomes & set(item.cues) for item in linked.items)
        words = measure.words
    elif means in model.entities and means in uses.entities:
        said = any(term.what in {"entity", "measure"} and term.entity == means for item in linked.items for term in item.terms)
        words = model.entities[means].words
    else:
        try:
            field = model.field(query.entity, means)[1]
        except KeyError as error:
            raise NotAuthorised("a word is read as something that the query does not use", "unknown_name") from error
        said = (field.entity, field.key) not in uses.fields or any(term.key == field.key for item in linked.items for term in item.terms)
        words = field.words
    if said:
        raise NotAuthorised("a word is read as something that another word says already", "not_in_question")
    return words.label("en"), words.label("zh")
