"""From a question to a typed plan, to a question back, or to a plain statement of what was not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.answer import Language
from agent.parsing.conditions.windows import days_to_choose
from agent.parsing.language.incoming import clean, spoken_language
from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.links import link
from agent.parsing.linking.soft_characters import says, without_soft
from agent.parsing.messages.attaining import asked_in_two
from agent.parsing.messages.listed_events import events_apart
from agent.parsing.messages.overviews import read_overview
from agent.parsing.messages.splitting import Reader, asks_for_those_that_have, read_several, sums_behind
from agent.parsing.parsed import Choice, Parse, ParseContext
from agent.parsing.ranking import Decided, Ranked, Way, doubts, leaves_one_out, together
from agent.parsing.reading.candidates import readings, score
from agent.parsing.reading.differing import differs, told_once
from agent.parsing.reading.doubting import is_either
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.explaining import LEAST_SCORE, explaining_first, guessed, is_settled, unexplained
from agent.parsing.reading.halves import asked_kind_first, both_first, counts_and_adds
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import read_signals
from agent.parsing.reading.steps import read_steps
from agent.parsing.reading.wanting import wanting
from agent.parsing.refusing import Refusal, check_answerable, nearest_questions, tells_of_records
from agent.parsing.saying import say_all
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.parsing.threads import PEOPLE, asks_how_big, asks_why, continue_plan, is_of_two_unknown, resolve_pronoun
from agent.parsing.wording.framing import question_within
from agent.parsing.wording.rewording import reword
from prompts.words import say
from tools.crm.query import And, Assumption, Exists, Plan, Query
from tools.crm.semantic import SemanticModel

MAX_QUESTION = 4000
_ASKING_WORD = re.compile(
    r"\b(?:how(?! about\b)|what(?! about\b)|what's|which|who|whose|when|where|why)\b|多少|多大|多高|多长|多久|几|哪|谁|什么|如何|怎么", re.IGNORECASE
)
_EACH_BEHIND = re.compile(r"[，,]\s*(?:各|分别|各自)(?:都)?(?:有|是|占|为)?(?:多少|几)[个家位笔单条份次张件台款]?\s*[？?。]?\s*$")
_OF_A_WHOLE = re.compile(r"(?:of|among|out of)\b[^,;?]{1,80},[^,;?]*\b(?:share|percentage|percent|proportion|fraction|part)\b", re.IGNORECASE)
"""Of closed complaints, what share …: what stands before the comma is no question of its own."""
_TURNING_BACK = re.compile(r"[，,]\s*(?![^，,]*(?:同期|比呢))[^，,]{1,12}呢\s*[？?]?\s*$")
_COUNTING = re.compile(r"\bhow (?:many|much|often)\b|(?:多少|(?<!第)几)[次单家个笔件台份张条套项场封通户名位批起票](?!月)", re.IGNORECASE)
MOST_CHOICES = 6
MOST_ITEMS = 60
MOST_TOKENS = 600
PART_REASONS = {"not_understood", "not_in_data", "period_without_data"}


def parse(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse:
    """Read a message: one question, or several of which each reads by itself."""
    read = _parse(question, model, vocabulary, replace(context, ranker=context.ranker.without_guessing()))
    if read.plan is not None or read.clarify:
        return read
    if context.ranker.guesses:
        return parse_one(question, model, vocabulary, context)
    return _without_a_word(read, question, model, vocabulary, context) or read


def _without_a_word(read: Parse, question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse | None:
    """The best reading of a question that is refused for a single word, where it is trusted without the word; the plan says that it leaves it out."""
    if read.reason != "not_understood" or len(read.not_understood) != 1 or not _asks_once(reword(clean(question))):
        return None
    found = parse_one(question, model, vocabulary, replace(context, ranker=context.ranker.leaving_out()))
    if found.plan is None or not leaves_one_out(found.doubts):
        return None
    word = read.not_understood[0]
    note = Assumption(en=say("word_left_out", "en", word=word), zh=say("word_left_out", "zh", word=word))
    return found.model_copy(update={"plan": found.plan.model_copy(update={"assumptions": (*found.plan.assumptions, note)})})


def _parse(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse:
    text = reword(re.sub(r"[^\S\n]+", " ", clean(question)))
    if len(text) <= MAX_QUESTION:
        text = question_within(text, lambda words: tells_of_records(link(words, vocabulary, context.today, context.readable)))
        text = asked_in_two(text, vocabulary, lambda words: link(words, vocabulary, context.today, context.readable))
        text = events_apart(text, lambda words: link(words, vocabulary, context.today, context.readable))

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
        return _planned("overview", overview, _Asking(linked, spoken_language(text, linked), model, vocabulary, context, question))
    if _asks_once(text):
        whole = parse_one(text, model, vocabulary, context, question)
        if whole.plan is not None or whole.clarify or _OF_A_WHOLE.match(text):
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
    whole = link(text, vocabulary, context.today, context.readable)
    linked, soft = without_soft(whole)
    asking = _Asking(linked, spoken_language(text, linked), model, vocabulary, context, asked or question)
    if context.ranker.guesses:
        return _parse_linked(replace(asking, unknown=(*linked.left, *(item for item in whole.items if item.text in soft))))
    found = _parse_linked(asking)
    plans = [found.plan] if found.plan is not None else [choice.plan for choice in found.clarify]
    if soft and not (plans and all(says(plan, soft, model) for plan in plans)):
        return _refuse(Refusal("not_understood", soft), found.language, vocabulary, linked)
    return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question as its words are linked. ``asked`` is the message that it was taken out of, ``unknown`` are words that nothing stands for, left out."""

    linked: Linked
    language: Language
    model: SemanticModel
    vocabulary: Vocabulary
    context: ParseContext
    asked: str
    unknown: tuple[Item, ...] = ()

    def left_by(self, plan: Plan, unexplained: Sequence[Item] = ()) -> tuple[Item, ...]:
        """What a plan leaves out of the question; not a single character that its own words hold."""
        over = {(item.start, item.end): item for item in (*self.unknown, *unexplained)}
        return tuple(item for item in over.values() if len(item.text) > 1 or not says(plan, (item.text,), self.model))

    def refused(self, refusal: Refusal) -> Parse:
        return _refuse(refusal, self.language, self.vocabulary, self.linked)


def _parse_linked(asking: _Asking) -> Parse:
    linked, language, vocabulary, context = asking.linked, asking.language, asking.vocabulary, asking.context
    if len(linked.items) > MOST_ITEMS:
        return Parse(language=language, reason="too_long")
    paths = Paths(vocabulary)
    refusal = check_answerable(linked, vocabulary)
    if context.previous is not None:
        if asks_why(linked):
            again = _planned("again", context.previous, asking)
            return again.model_copy(update={"explains": True}) if again.plan is not None else again
        continued = continue_plan(linked, paths, context.previous, context.shown, context.earlier)
        if continued is not None:
            return _planned("thread", continued, asking)
        if asks_how_big(linked, context.previous):
            return Parse(language=language, reason="which_amount")
        if is_of_two_unknown(linked, context.previous, context.earlier):
            pronouns = tuple(item.text for item in linked.items if "pronoun" in item.cues)
            return asking.refused(Refusal("not_understood", pronouns))
    if refusal is not None and linked.unknown and context.ranker.guesses:
        asking = replace(asking, linked=replace(linked, unknown=()))
        linked = asking.linked
        refusal = check_answerable(linked, vocabulary)
    if refusal is not None:
        return asking.refused(refusal)
    found = [each for each in readings(read_signals(linked), paths, context.speaker) if not (context.hollow and each.query() in context.hollow)]
    contrasted = bool(found) and any(found[0].item(index).pairs for index in found[0].used) and is_settled(found[0])
    stepped = None if contrasted else read_steps(linked, paths, context.speaker, is_settled)
    if stepped is not None and stepped.query in context.hollow:
        stepped = None
    if stepped is not None and (stepped.sure or not found or score(found[0]) < LEAST_SCORE or not is_settled(found[0])):
        plan = to_plan(stepped.reading, language).model_copy(update={"queries": (stepped.query,)})
        return _planned("two steps", plan, asking, stepped.reading)
    if not found or (score(found[0]) < LEAST_SCORE and not context.ranker.guesses):
        best = found[0] if found else None
        places = sorted({*wanting(best), *(at for at in best.open_items() if not best.item(at).is_only_cue)}) if best else ()
        words = tuple(best.item(at).text for at in places) if best else ()
        return asking.refused(Refusal("not_understood", words[:3]))
    referred = [each for one in found if (each := resolve_pronoun(one, context.previous)) is not None]
    if not referred and _refers_within(linked):
        referred = [one.using(*one.signals.at.get("pronoun", ())) for one in found]
    if not referred:
        pronouns = tuple(item.text for item in linked.items if "pronoun" in item.cues)
        return asking.refused(Refusal("not_understood", pronouns))
    if score(found[0]) < LEAST_SCORE:
        asking = replace(asking, unknown=(*asking.unknown, *unexplained(found[0])))
    return _decide(told_once(context.ranker.rank(referred, language), asking.model), asking)


def _planned(way: Way, plan: Plan, asking: _Asking, reading: Reading | None = None) -> Parse:
    """A plan that was not chosen among others, if it can be trusted enough."""
    linked, certainty = asking.linked, asking.context.ranker.certainty
    said = _said(plan, asking.model, asking.language)
    before = asking.context.previous if way in {"thread", "again"} else None
    over, near = asking.left_by(said), asking.vocabulary.nearby
    figures = doubts(Decided(asking.asked, linked, said, asking.model, way, reading=reading, previous=before, left=over, near=near))
    confidence = certainty.chance(figures)
    if confidence < certainty.answer_from:
        words = guessed(reading) if reading is not None else tuple(item.text for item in linked.items if not item.is_only_cue)[:3]
        return asking.refused(Refusal("not_understood", words))
    return Parse(language=asking.language, plan=said, margin=1.0, confidence=confidence, doubts=figures)


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


def _decide(ranked: list[Ranked], asking: _Asking) -> Parse:
    language, model, context = asking.language, asking.model, asking.context
    ranked = both_first(asked_kind_first(explaining_first(ranked), is_settled), is_settled)
    best = ranked[0].reading
    left = unexplained(best)
    if left and not context.ranker.guesses:
        terms = [term for item in left for term in item.terms]
        empty = bool(terms) and not any(term.filled for term in terms)
        return asking.refused(Refusal("not_in_data" if empty else "not_understood", tuple(item.text for item in left)))
    refusal = _outside(best, asking.vocabulary, context.today)
    if refusal is not None:
        return asking.refused(refusal)
    margin, within = ranked[0].ahead_of(ranked[1:2]), context.ranker.weights.decisions.ask_within
    rivals = [
        other
        for other in ranked[1:]
        if (ranked[0].ahead_of([other]) < within and differs(best, other.reading)) or (is_either(best, other.reading) and not unexplained(other.reading))
    ]
    said = _said(to_plan(best, language), model, language)
    over, near = asking.left_by(said, left), asking.vocabulary.nearby
    figures = doubts(Decided(asking.asked, asking.linked, said, model, "one step", ranked, asks_back=bool(rivals), left=over, near=near))
    confidence = context.ranker.certainty.chance(figures)
    if rivals:
        choices = tuple(_choice(each.reading, model, language) for each in (ranked[0], *rivals[: MOST_CHOICES - 1]))
        return Parse(language=language, clarify=choices, margin=margin, confidence=confidence, doubts=figures)
    if confidence < context.ranker.certainty.answer_from:
        return asking.refused(Refusal("not_understood", guessed(best)))
    days = days_to_choose(best, context.today)
    if days:
        dated = tuple(_dated(_choice(each, model, language), each, language) for each in days)
        return Parse(language=language, clarify=dated, margin=margin, confidence=confidence, doubts=figures)
    return Parse(language=language, plan=said, margin=margin, confidence=confidence, doubts=figures)


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
    return plan.model_copy(update={"language": language, "said_back_en": say_all(plan, model, "en"), "said_back_zh": say_all(plan, model, "zh")})


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
