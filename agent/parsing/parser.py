"""From a question to a typed plan, to a question back, or to a plain statement of what was not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from agent.answer import Language
from agent.parsing.conditions.windows import days_to_choose
from agent.parsing.language.lexicon import english_function_words
from agent.parsing.language.text import has_han, tokenise
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.links import link
from agent.parsing.linking.soft_characters import says, without_soft
from agent.parsing.messages.attaining import asked_in_two
from agent.parsing.messages.overviews import read_overview
from agent.parsing.messages.splitting import Reader, asks_for_those_that_have, read_several, sums_behind
from agent.parsing.ranking import Decided, Ranked, Ranker, Way, doubts, together, trained_ranker
from agent.parsing.ranking.features import Features
from agent.parsing.ranking.model import believed
from agent.parsing.reading.candidates import is_own_mention, readings, score
from agent.parsing.reading.doubting import is_either, is_own_and_won
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.halves import both_first, counts_and_adds
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import FREE, read_signals
from agent.parsing.reading.steps import read_steps
from agent.parsing.reading.wanting import asks_which_ones, is_measured, wanting
from agent.parsing.refusing import Refusal, check_answerable, nearest_questions, tells_of_records
from agent.parsing.saying import say_back
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from agent.parsing.threads import PEOPLE, Shown, asks_how_big, asks_why, continue_plan, resolve_pronoun
from agent.parsing.wording.framing import question_within
from agent.parsing.wording.rewording import reword
from prompts.words import say
from tools.crm.query import And, Exists, MeasureRef, Plan, Query
from tools.crm.semantic import SemanticModel
from tools.trace.cells import Frozen

MAX_QUESTION = 4000
_ASKING_WORD = re.compile(
    r"\b(?:how(?! about\b)|what(?! about\b)|what's|which|who|whose|when|where|why)\b|多少|多大|多高|多长|多久|几|哪|谁|什么|如何|怎么", re.IGNORECASE
)
_EACH_BEHIND = re.compile(r"[，,]\s*(?:各|分别|各自)(?:都)?(?:有|是|占|为)?(?:多少|几)[个家位笔单条份次张件台款]?\s*[？?。]?\s*$")
_TURNING_BACK = re.compile(r"[，,]\s*(?![^，,]*(?:同期|比呢))[^，,]{1,12}呢\s*[？?]?\s*$")
_COUNTING = re.compile(r"\bhow (?:many|much|often)\b|(?:多少|(?<!第)几)[次单家个笔件台份张条套项场封通户名位批起票](?!月)", re.IGNORECASE)
_PLAIN_COUNT = re.compile(r"counts?|how many|number(?: of)?|个数|单数|几[个单家笔]|多少[个单家笔]", re.IGNORECASE)
LEAST_SCORE = -1.2
MOST_CHOICES = 6
MOST_ITEMS = 60
MOST_TOKENS = 600
PART_REASONS = {"not_understood", "not_in_data", "period_without_data"}
TURNING = {
    "not",
    "unlike",
    "without",
    "gt",
    "ge",
    "lt",
    "le",
    "between",
    "share",
    "recorded_only",
    "previous",
    "yearago",
    "average",
    "median",
    "distinct",
    "duration",
    "pronoun",
    "won",
    "lost",
    "open",
    "overdue",
    "aged",
    "waiting",
    "overspent",
    "paid",
    "punctual",
    "unpaid",
    "why",
    "responded",
    "fast",
    "slow",
    "place_2",
    "place_3",
    "place_4",
    "place_5",
    "placing",
    "valid",
    "lapsed",
    "expiring",
}
ENDING = {"end", "ends", "ended", "ending"}
LASTING = ("duration", "aged", "average", "median", "most", "least", "slow", "latest", "earliest")


def everything(_: Value) -> bool:
    """Every value may be understood."""
    return True


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What a question is read with besides its words. ``previous`` is the last plan of the conversation.

    ``readable`` tells whether the person may know of a value; others are like names that nobody has. ``ranker`` puts the readings in order.
    ``hollow`` are queries that nothing ever fits, which the question was read as before: it is read as something else, or not at all.
    ``shown`` gives what the last answer showed, for "her" after "who won most?"; without it such words are not understood.
    """

    today: date
    speaker: str | None = None
    previous: Plan | None = None
    readable: Callable[[Value], bool] = everything
    shown: Shown | None = None
    hollow: tuple[Query, ...] = ()
    ranker: Ranker = field(default_factory=trained_ranker)


class Choice(Frozen):
    """A reading offered when the parser asks back."""

    said_back: str
    plan: Plan


class Parse(Frozen):
    """The outcome: exactly one of a plan, readings to choose from, or a reason for neither.

    ``margin`` is how far the best reading is ahead of the next that means something else, ``confidence`` how likely it is the right one,
    ``doubts`` the figures that it comes from.
    ``explains`` says that not the plan's answer is asked for but how it came about: the plan is the last one, as it was.
    """

    language: Language
    plan: Plan | None = None
    clarify: tuple[Choice, ...] = ()
    not_understood: tuple[str, ...] = ()
    reason: str | None = None
    nearest: tuple[str, ...] = ()
    margin: float = 0.0
    confidence: float = 0.0
    doubts: Features = {}
    explains: bool = False


def parse(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse:
    """Read a message: one question, or several of which each reads by itself."""
    read = _parse(question, model, vocabulary, replace(context, ranker=context.ranker.without_guessing()))
    return read if read.plan is not None or read.clarify or not context.ranker.guesses else parse_one(question, model, vocabulary, context)


def _parse(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse:
    text = reword(re.sub(r"[^\S\n]+", " ", clean(question)))
    if len(text) <= MAX_QUESTION:
        text = question_within(text, lambda words: tells_of_records(link(words, vocabulary, context.today, context.readable)))
        text = asked_in_two(text, vocabulary, lambda words: link(words, vocabulary, context.today, context.readable))

    heard: list[Parse] = []

    def alone(part: str, previous: Plan | None) -> Parse:
        heard.append(parse_one(part, model, vocabulary, replace(context, previous=previous)))
        return heard[-1]

    reader = Reader(
        plan=lambda part, previous: alone(part, previous).plan,
        link=lambda part: link(reword(clean(part)), vocabulary, context.today, context.readable),
        why=lambda part, previous: _why(alone(part, previous)),
        model=model,
    )
    overview = read_overview(text, vocabulary, context.today, context.readable) if len(text) <= MAX_QUESTION else None
    if overview is not None:
        linked = link(text, vocabulary, context.today, context.readable)
        return _planned("overview", overview, linked, spoken_language(text, linked), vocabulary, context, question)
    if _asks_once(text):
        whole = parse_one(text, model, vocabulary, context, question)
        if whole.plan is not None or whole.clarify:
            return whole
    elif (
        len(text) <= MAX_QUESTION
        and (whole := parse_one(text, model, vocabulary, context, question)).plan is not None
        and _answers_each(text, whole.plan, model)
    ):
        return whole
    several = read_several(text, reader, context.previous) if len(text) <= MAX_QUESTION else None
    if several is None and _asks_more(text, (whole := parse_one(text, model, vocabulary, context, question)).plan):
        return _refuse(Refusal("not_understood", ()), whole.language, vocabulary, link(text, vocabulary, context.today, context.readable))
    if several is None:
        return parse_one(text, model, vocabulary, context, question)
    language = spoken_language(text, link(text, vocabulary, context.today, context.readable))
    figures = together([each.doubts for each in _parts_of(several, heard)])
    confidence = context.ranker.certainty.chance(figures)
    if confidence < context.ranker.certainty.answer_from:
        return Parse(language=language, reason="not_understood")
    return Parse(language=language, plan=_said(several, model, language), margin=1.0, confidence=confidence, doubts=figures)


def _parts_of(several: Plan, heard: list[Parse]) -> list[Parse]:
    """For each query how its part was read; a period or a condition may have been carried over to it since."""
    read = [(query, parsed) for parsed in reversed(heard) if parsed.plan is not None for query in parsed.plan.queries]
    return [next((parsed for query, parsed in read if _asks_alike(query, each)), read[0][1]) for each in several.queries if read]


def _asks_alike(one: Query, other: Query) -> bool:
    return (one.entity, one.measures, one.dimensions) == (other.entity, other.measures, other.dimensions)


def _asks_once(text: str) -> bool:
    """Whether a message has at most one question word, so that commas in it only set its conditions apart."""
    if _TURNING_BACK.search(text) or sums_behind(text):
        return False
    text = _EACH_BEHIND.sub("", text)
    return len(_ASKING_WORD.findall(text)) <= 1 and len(re.findall(r"[?？]", text)) <= 1 and "\n" not in text and not re.search(r"[;；。]\s*\S", text)


def _asks_more(text: str, plan: Plan | None) -> bool:
    """As in 碰过多少次，赢了几次, read as one figure: two clauses each count something, and what one of them counts would go unanswered."""
    if plan is None or len(plan.queries) != 1 or plan.queries[0].dimensions or plan.queries[0].having or plan.focus not in {"figure", "list", "top", "exists"}:
        return False
    query = plan.queries[0]
    counting = sum(bool(_COUNTING.search(clause)) for clause in re.split(r"[,，;；?？]|\band\b", text))
    return counting > 1 and len(query.measures) < counting and query.compare is None


def _answers_each(text: str, plan: Plan, model: SemanticModel) -> bool:
    """As in "which hospital is HT-12 with, and for how much": one record, and a field of it for each question word; or how many and how much."""
    if len(plan.queries) == 1 and counts_and_adds(plan.queries[0], model) and not (sums_behind(text) and _are_of_deals(plan.queries[0])):
        return len(_ASKING_WORD.findall(text)) <= len(plan.queries[0].measures)
    if asks_for_those_that_have(text) and len(plan.queries) == 1:
        where = plan.queries[0].where
        return plan.focus == "list" and any(isinstance(part, Exists) for part in (where.parts if isinstance(where, And) else (where,)))
    return plan.focus == "lookup" and len(plan.queries) == 1 and len(plan.queries[0].select) - 1 >= max(len(_ASKING_WORD.findall(text)), 2)


def _are_of_deals(query: Query) -> bool:
    """Whether two figures read as well one by one: those that deals have names for."""
    return query.entity == "opportunity" and all(ref.measure for ref in query.measures)


def _why(parsed: Parse) -> tuple[str, str]:
    """Why a part has no answer: the key of a sentence and the words that it is about."""
    words = ", ".join(f"“{word}”" for word in parsed.not_understood)
    return "part_ambiguous" if parsed.clarify else f"part_{parsed.reason}" if words and parsed.reason in PART_REASONS else "part_unread", words


def parse_one(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext, asked: str = "") -> Parse:
    """Read one question; ``asked`` is the message that it was taken out of."""
    text = reword(clean(question))
    if not text.strip() or not any(letter.isalnum() for letter in text):
        return Parse(language=spoken_language(question, None), reason="empty")
    if len(text) > MAX_QUESTION:
        return Parse(language=spoken_language(text[:500], None), reason="too_long")
    if len(tokenise(text)) > MOST_TOKENS:
        return Parse(language=spoken_language(text[:500], None), reason="too_long")
    linked, soft = without_soft(link(text, vocabulary, context.today, context.readable))
    found = _parse_linked(linked, text, model, vocabulary, context, asked or question)
    if context.ranker.guesses:
        return found
    plans = [found.plan] if found.plan is not None else [choice.plan for choice in found.clarify]
    if soft and not (plans and all(says(plan, soft, model) for plan in plans)):
        return _refuse(Refusal("not_understood", soft), found.language, vocabulary, linked)
    return found


def _parse_linked(linked: Linked, text: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext, asked: str) -> Parse:
    language = spoken_language(text, linked)
    if len(linked.items) > MOST_ITEMS:
        return Parse(language=language, reason="too_long")
    paths = Paths(vocabulary)
    refusal = check_answerable(linked, vocabulary)
    if context.previous is not None:
        if asks_why(linked):
            again = _planned("again", context.previous, linked, language, vocabulary, context, asked)
            return again.model_copy(update={"explains": True}) if again.plan is not None else again
        continued = continue_plan(linked, vocabulary, paths, context.previous, context.today, context.shown)
        if continued is not None:
            return _planned("thread", continued, linked, language, vocabulary, context, asked)
        if asks_how_big(linked, context.previous):
            return Parse(language=language, reason="which_amount")
    left: tuple[str, ...] = ()
    if refusal is not None and linked.unknown and context.ranker.guesses:
        left, linked = linked.unknown, replace(linked, unknown=())
        refusal = check_answerable(linked, vocabulary)
    if refusal is not None:
        return _refuse(refusal, language, vocabulary, linked)
    found = [each for each in readings(read_signals(linked), paths, context.speaker) if not (context.hollow and each.query() in context.hollow)]
    contrasted = bool(found) and any(found[0].item(index).pairs for index in found[0].used) and _is_settled(found[0])
    stepped = None if contrasted else read_steps(linked, paths, context.speaker, _is_settled)
    if stepped is not None and stepped.query in context.hollow:
        stepped = None
    if stepped is not None and (stepped.sure or not found or score(found[0]) < LEAST_SCORE or not _is_settled(found[0])):
        plan = to_plan(stepped.reading, language).model_copy(update={"queries": (stepped.query,)})
        return _planned("two steps", plan, linked, language, vocabulary, context, asked, stepped.reading, left)
    if not found or (score(found[0]) < LEAST_SCORE and not context.ranker.guesses):
        best = found[0] if found else None
        places = sorted({*wanting(best), *(at for at in best.open_items() if not best.item(at).is_only_cue)}) if best else ()
        words = tuple(best.item(at).text for at in places) if best else ()
        return _refuse(Refusal("not_understood", words[:3]), language, vocabulary, linked)
    referred = [each for one in found if (each := resolve_pronoun(one, context.previous)) is not None]
    if not referred and _refers_within(linked):
        referred = [one.using(*one.signals.at.get("pronoun", ())) for one in found]
    if not referred:
        pronouns = tuple(item.text for item in linked.items if "pronoun" in item.cues)
        return _refuse(Refusal("not_understood", pronouns), language, vocabulary, linked)
    if score(found[0]) < LEAST_SCORE:
        left = (*left, *(item.text for item in unexplained(found[0])))
    return _decide(_told_once(context.ranker.rank(referred, language), model), language, model, vocabulary, linked, context, asked, left)


def _planned(
    way: Way,
    plan: Plan,
    linked: Linked,
    language: Language,
    vocabulary: Vocabulary,
    context: ParseContext,
    asked: str,
    reading: Reading | None = None,
    unexplained: tuple[str, ...] = (),
) -> Parse:
    """A plan that was not chosen among others, if it can be trusted enough."""
    said = _said(plan, vocabulary.model, language)
    before = context.previous if way in {"thread", "again"} else None
    figures = doubts(Decided(asked, linked, said, vocabulary.model, way, reading=reading, previous=before, unexplained=unexplained))
    confidence = context.ranker.certainty.chance(figures)
    if confidence < context.ranker.certainty.answer_from:
        words = guessed(reading) if reading is not None else tuple(item.text for item in linked.items if not item.is_only_cue)[:3]
        return _refuse(Refusal("not_understood", words), language, vocabulary, linked)
    return Parse(language=language, plan=said, margin=1.0, confidence=confidence, doubts=figures)


def _refers_within(linked: Linked) -> bool:
    """As in "the best customers of West by what we won from them": the pronoun means what the same question has named before it."""
    at = next((place for place, item in enumerate(linked.items) if "pronoun" in item.cues), 0)
    people = linked.items[at].text.casefold() in PEOPLE if at < len(linked.items) else False
    if (people or linked.items[at].text.casefold() in {"their", "theirs", "they"}) and any("which" in item.cues for item in linked.items[:at]):
        return True  # "who wins the smallest share of their deals"
    named = [
        {*(value.entity for value in item.values), *(term.entity for term in item.terms if term.what in {"entity", "measure"})} for item in linked.items[:at]
    ]
    return any(entities & {"member", "contact", "lead"} if people else entities for entities in named)


def _told_once(ranked: list[Ranked], model: SemanticModel) -> list[Ranked]:
    """Readings that are said back in the same words, such as a region reached over the deal or over its account, are one: the first of them stands.

    So are a list and the count of the same records, and a named sum and the bare sum of its field.
    """
    said: dict[str, Ranked] = {}
    for each in ranked:
        plain = each.query.model_copy(update={"measures": tuple(_unnamed(ref, model) for ref in each.query.measures)})
        words = _say_all(Plan(queries=(plain,), focus=each.reading.focus), model, "en")
        if words not in said or _lists_those(each.reading, said[words].reading):
            said[words] = each
    told = [*said.values()]
    kept = [each for each in told if each is told[0] or not _counts_the_same(told[0].reading, each.reading)]
    return believed([(each.reading, each.query, each.score) for each in kept])


def _lists_those(listing: Reading, counting: Reading) -> bool:
    """As in "unresolved tickets, which ones", 有没有未结商机: the records that the other reading only counts, which their number alone does not answer."""
    if counting.focus != "figure" or counting.signals.has("count"):
        return False
    return (listing.focus == "exists" and counting.signals.has("exists")) or (listing.focus == "list" and bool(asks_which_ones(counting)))


def _unnamed(ref: MeasureRef, model: SemanticModel) -> MeasureRef:
    """A named sum of a field, without conditions and by the usual day, as the sum of that field."""
    measure = model.measures[ref.measure] if ref.measure is not None and ref.fold is None else None
    if measure is None or measure.op not in {"sum", "avg"} or measure.where or measure.time not in {None, model.entities[measure.entity].time}:
        return ref
    return ref.model_copy(update={"measure": None, "fold": measure.op, "path": measure.args[0]})


def _decide(
    ranked: list[Ranked],
    language: Language,
    model: SemanticModel,
    vocabulary: Vocabulary,
    linked: Linked,
    context: ParseContext,
    asked: str,
    unknown: tuple[str, ...],
) -> Parse:
    ranked = both_first(_explaining_first(ranked), _is_settled)
    best = ranked[0].reading
    left = unexplained(best)
    if left and not context.ranker.guesses:
        terms = [term for item in left for term in item.terms]
        empty = bool(terms) and not any(term.filled for term in terms)
        return _refuse(Refusal("not_in_data" if empty else "not_understood", tuple(item.text for item in left)), language, vocabulary, linked)
    refusal = _outside(best, vocabulary, context.today)
    if refusal is not None:
        return _refuse(refusal, language, vocabulary, linked)
    margin, within = ranked[0].ahead_of(ranked[1:2]), context.ranker.weights.decisions.ask_within
    rivals = [
        other
        for other in ranked[1:]
        if (ranked[0].ahead_of([other]) < within and _differs(best, other.reading)) or (is_either(best, other.reading) and not unexplained(other.reading))
    ]
    said = _said(to_plan(best, language), model, language)
    refused = tuple(dict.fromkeys((*unknown, *(item.text for item in left))))
    figures = doubts(Decided(asked, linked, said, model, "one step", ranked, asks_back=bool(rivals), unexplained=refused))
    confidence = context.ranker.certainty.chance(figures)
    if rivals:
        choices = tuple(_choice(each.reading, model, language) for each in (ranked[0], *rivals[: MOST_CHOICES - 1]))
        return Parse(language=language, clarify=choices, margin=margin, confidence=confidence, doubts=figures)
    if confidence < context.ranker.certainty.answer_from:
        return _refuse(Refusal("not_understood", guessed(best)), language, vocabulary, linked)
    days = days_to_choose(best, context.today)
    if days:
        dated = tuple(_dated(_choice(each, model, language), each, language) for each in days)
        return Parse(language=language, clarify=dated, margin=margin, confidence=confidence, doubts=figures)
    return Parse(language=language, plan=said, margin=margin, confidence=confidence, doubts=figures)


def _explaining_first(ranked: list[Ranked]) -> list[Ranked]:
    """Where the first reading leaves words unexplained, those that leave none go before it, first of all one that sets two columns against each other."""
    if not unexplained(ranked[0].reading):
        return ranked
    whole = [each for each in ranked if not unexplained(each.reading) and score(each.reading) >= LEAST_SCORE and not _leaves_a_count(each.reading)]
    compared = [each for each in whole if any(each.reading.item(index).pairs for index in each.reading.used)]
    first = compared or whole[:1]
    return [*first, *(each for each in ranked if each not in first)]


def _leaves_a_count(reading: Reading) -> bool:
    """As in "count and estimated value, please", of which the value alone is told."""
    return any(_PLAIN_COUNT.fullmatch(reading.item(index).text) for index in reading.open_items())


def unexplained(reading: Reading) -> list[Item]:
    """Words that matter and that a reading makes nothing of."""
    wanted = wanting(reading)
    return [reading.item(index) for index in sorted({*wanted, *(index for index in reading.open_items() if _matters(reading, index))})]


def guessed(reading: Reading) -> tuple[str, ...]:
    """Words that were not found as they stand, else all that the reading is made of: what to name where it is too doubtful to answer."""
    used = [reading.item(index) for index in sorted(reading.used)]
    return tuple(item.text for item in used if item.source not in {"exact", "alias"}) or tuple(item.text for item in used if not item.is_only_cue)[:3]


def _differs(best: Reading, other: Reading) -> bool:
    """Whether two readings are two meanings of the same words: another record of that name, another field or measure of that name."""
    if best.about and other.about:
        return True
    if any(_matters(other, index) for index in other.open_items()):
        return False
    if is_own_and_won(best, other):
        return True
    if _nearer(best, other) or _counts_what_is_summed(best, other):
        return False
    same_kind = best.focus == other.focus and bool(best.measures) == bool(other.measures)
    meant = (best.measures, best.dimensions, best.order) != (other.measures, other.dimensions, other.order)
    same_words = best.used == other.used or (best.notes.get("measure_item") == other.notes.get("measure_item") is not None and best.measures != other.measures)
    return same_kind and meant and same_words and len(best.dimensions) == len(other.dimensions)


def _counts_the_same(best: Reading, other: Reading) -> bool:
    """As in "in how many hospitals are machines installed": those that have any, or the different ones that these are of."""
    for whole, part in ((best, other), (other, best)):
        distinct = [ref.path for ref in part.measures if ref.fold == "count_distinct"]
        if distinct and any(isinstance(each, Exists) and (each.entity, each.via) == (part.entity, distinct[0]) for each in whole.filters):
            return True
    return False


def _counts_what_is_summed(best: Reading, other: Reading) -> bool:
    """As in "payments by customer": a word that names an amount asks for it, unless something says that the records are to be counted."""
    measures = best.paths.model.measures
    named = [measures[ref.measure] for reading in (best, other) for ref in reading.measures[:1] if ref.measure]
    if len(named) < 2 or best.signals.has("count") or best.notes.get("measure_item") != other.notes.get("measure_item"):
        return False
    summed, counted = named
    return (summed.op, counted.op) == ("sum", "count") and summed.entity == counted.entity and not counted.where


def _nearer(best: Reading, other: Reading) -> bool:
    """Whether only the groups differ, and the first reading groups by a field of the records themselves, the other by one of records that they refer to."""
    if len(best.dimensions) != 1 or len(other.dimensions) != 1 or best.entity != other.entity or best.measures != other.measures:
        return False
    return "." not in best.dimensions[0].path and "." in other.dimensions[0].path


def _matters(reading: Reading, index: int) -> bool:
    item = reading.item(index)
    if item.is_only_cue:
        if item.cues == ("waiting",) and not reading.signals.has(*LASTING) and not any(each.length for each in reading.signals.items):
            return False  # 现在挂着几个商机: they are there, for however long
        if item.cues == ("expiring",) and item.text.casefold() in ENDING:
            return False  # "ended in a win"
        return bool(TURNING & set(item.cues)) and not FREE & set(item.cues) and not is_measured(reading, item)
    if item.cues and set(item.cues) <= FREE and not item.values and not any(term.entity == reading.entity for term in item.terms):
        return False  # "no account assigned": just a function word, though another kind of record has a field of that name
    return not is_own_mention(reading, item)


def _is_settled(reading: Reading) -> bool:
    """Whether a reading explains every word that matters."""
    return score(reading) >= LEAST_SCORE and not unexplained(reading)


def _outside(reading: Reading, vocabulary: Vocabulary, today: date) -> Refusal | None:
    """A period in which the store holds nothing at all of the kind that is asked for."""
    window = reading.window
    if window is None or (window.start is None and window.end is None):
        return None
    times = [window.path] if window.path else [m.time for ref in reading.measures if ref.measure and (m := vocabulary.model.measures[ref.measure]).time]
    path = next((time for time in times if time), vocabulary.model.entities[reading.entity].time)
    span = vocabulary.span(reading.entity, path) if path else None
    if span is None:
        return None
    wheres = [vocabulary.model.measures[ref.measure].where for ref in reading.measures if ref.measure]
    if window.start is not None and window.start > today and any({"won", "lost"} & set(where.get("status", ())) for where in wheres):
        return Refusal("period_without_data", (window.words_en,), window)  # nothing is won yet in the future
    before = window.end is not None and window.end < span[0]
    after = window.start is not None and window.start > span[1]
    return Refusal("period_without_data", (window.words_en,), window) if before or after else None


def to_plan(reading: Reading, language: Language) -> Plan:
    """The plan of a reading."""
    return Plan(queries=(reading.query(),), focus=reading.focus, language=language, assumptions=reading.assumptions)


def _said(plan: Plan, model: SemanticModel, language: Language) -> Plan:
    return plan.model_copy(update={"language": language, "said_back_en": _say_all(plan, model, "en"), "said_back_zh": _say_all(plan, model, "zh")})


def _say_all(plan: Plan, model: SemanticModel, language: Language) -> str:
    lookup = plan.focus == "lookup"
    return ("；" if language == "zh" else "; ").join(say_back(query, model, language, lookup) for query in plan.queries)


def _choice(reading: Reading, model: SemanticModel, language: Language) -> Choice:
    plan = _said(to_plan(reading, language), model, language)
    return Choice(said_back=plan.said_back_zh if language == "zh" else plan.said_back_en, plan=plan)


def _dated(choice: Choice, reading: Reading, language: Language) -> Choice:
    """A choice with the day by which its period selects."""
    path = reading.window.path if reading.window is not None else None
    field = reading.paths.field(reading.entity, str(path)).words.label(language)
    return choice.model_copy(update={"said_back": say("said_dated", language, text=choice.said_back, field=field)})


def _refuse(refusal: Refusal, language: Language, vocabulary: Vocabulary, linked: Linked) -> Parse:
    words = refusal.words
    if refusal.window is not None:
        words = (refusal.window.words_zh if language == "zh" else refusal.window.words_en,)
    return Parse(language=language, not_understood=words, reason=refusal.reason, nearest=nearest_questions(linked, vocabulary, language))


def clean(question: str) -> str:
    """The question without control characters."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+", " ", question).strip()


def spoken_language(question: str, linked: Linked | None) -> Language:
    """The language of the question's function words; names and terms of the data don't count."""
    tokens = linked.tokens if linked is not None else tokenise(question)
    named: set[int] = set()
    if linked is not None:
        for item in linked.items:
            if item.values and not item.cues:
                named |= set(range(item.start, item.end))
    votes: Counter[str] = Counter()
    words = english_function_words()
    for index, token in enumerate(tokens):
        if index in named:
            continue
        if token.kind == "han":
            votes["zh"] += 1
        elif token.kind == "latin" and token.norm in words:
            votes["en"] += 2
    if not votes:
        return "zh" if has_han(question) else "en"
    return "zh" if votes["zh"] >= votes["en"] else "en"
