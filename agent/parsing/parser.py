"""From a question to a typed plan, to a question back, or to a plain statement of what was not understood."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.language.incoming import clean, spoken_language
from agent.parsing.linking.items import Linked
from agent.parsing.linking.quotas import QUOTA
from agent.parsing.messages.against_goals import Held, held_against
from agent.parsing.messages.attaining import asked_in_two
from agent.parsing.messages.growing import Grown, by_growth, grown, is_missed, risen, unsaid
from agent.parsing.messages.listed_events import events_apart
from agent.parsing.messages.overviews import read_overview
from agent.parsing.messages.reached import set_against
from agent.parsing.messages.splitting import Reader, asks_for_those_that_have, counts_part_behind, read_several, sums_behind
from agent.parsing.one_question import MAX_QUESTION, Asking, parse_one, planned, refuse
from agent.parsing.parsed import Parse, ParseContext
from agent.parsing.ranking import leaves_one_out, together
from agent.parsing.reading.halves import counts_and_adds
from agent.parsing.refusing import Refusal, tells_of_records
from agent.parsing.said_back import said_back
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.parsing.threads import asked_again, leans_on_nothing
from agent.parsing.wording.framing import question_within
from agent.parsing.wording.rewording import reword
from prompts.words import say
from tools.crm.query import And, Assumption, Exists, Plan, Query
from tools.crm.semantic import SemanticModel

_ASKING_WORD = re.compile(
    r"\b(?:how(?! about\b)|what(?! about\b)|what's|which|who|whose|when|where|why)\b|多少|多大|多高|多长|多久|几|哪|谁|什么|如何|怎么", re.IGNORECASE
)
_EACH_BEHIND = re.compile(r"[，,]\s*(?:各|分别|各自)(?:都)?(?:有|是|占|为)?(?:多少|几)[个家位笔单条份次张件台款]?\s*[？?。]?\s*$")
_OF_A_WHOLE = re.compile(r"(?:of|among|out of)\b[^,;?]{1,80},[^,;?]*\b(?:share|percentage|percent|proportion|fraction|part)\b", re.IGNORECASE)
"""Of closed complaints, what share …: what stands before the comma is no question of its own."""
_TURNING_BACK = re.compile(r"[，,]\s*(?![^，,]*(?:同期|比呢))[^，,]{1,12}呢\s*[？?]?\s*$")
_COUNTING = re.compile(r"\bhow (?:many|much|often)\b|(?:多少|(?<!第)几)[次单家个笔件台份张条套项场封通户名位批起票](?!月)", re.IGNORECASE)
MAX_FOLLOW_UP = 400
"""So long a message is no follow-up, nor gone on from by one that names another value alone."""
_WHO = re.compile(r"谁|\b(?:who|whose)\b", re.IGNORECASE)
MOST_SHOWN_OF_ONE, BOTH = 4, ("which", "whose")
PART_REASONS = {"not_understood", "not_in_data", "period_without_data"}


def parse(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse:
    """Read a message: one question, or several of which each reads by itself."""
    if context.unanswered and (gone_on := _after_no_answer(question, model, vocabulary, context)) is not None:
        return gone_on
    read = _parse(question, model, vocabulary, replace(context, ranker=context.ranker.without_guessing()))
    if read.plan is not None or read.clarify or context.whole:
        return read
    if context.ranker.guesses:
        return parse_one(question, model, vocabulary, context)
    return _without_a_word(read, question, model, vocabulary, context) or read


def _after_no_answer(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext) -> Parse | None:
    """A follow-up to questions without an answer: the last of them asked of another value, or that nothing is there to go on from; else None."""
    alone = replace(context, unanswered=())

    def linked(text: str) -> Linked:
        return context.linked(text, vocabulary)

    meant: str | None = None
    text = reword(clean(question))
    turns = [reword(clean(each)) for each in context.unanswered] + [text]
    if any(len(each) > MAX_FOLLOW_UP for each in turns):
        return None
    for turn in turns:
        heard = linked(turn)
        again = asked_again(meant, linked(meant), heard) if meant is not None else None
        meant = again if again is not None else turn if turn is text or not leans_on_nothing(heard) else None
    if meant is not None and meant != text:
        return parse(meant, model, vocabulary, alone)
    if context.previous is None and leans_on_nothing(linked(text)):
        return Parse(language=spoken_language(text, linked(text)), reason="nothing_before")
    return None


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
    text = reword(clean(question))
    if len(text) > MAX_QUESTION:
        return parse_one(text, model, vocabulary, context)

    def linked(words: str) -> Linked:
        return context.linked(words, vocabulary)

    text = question_within(text, lambda words: tells_of_records(linked(words)))
    text = events_apart(asked_in_two(text, vocabulary, linked), linked)
    heard: list[Parse] = []

    def alone(part: str, previous: Plan | None) -> Parse:
        heard.append(parse_one(part, model, vocabulary, replace(context, previous=previous)))
        return heard[-1]

    overview = read_overview(text, vocabulary, context.today, context.readable)
    if overview is not None:
        return planned("overview", overview, Asking(linked(text), spoken_language(text, linked(text)), model, vocabulary, context, question))
    if (held := held_against(text, clean(question), vocabulary, linked, context.today)) is not None:
        reached = _reached(held, model, vocabulary, context, question)
        if reached.plan is not None or QUOTA.search(text):
            return reached
    if (asked := grown(text, linked)) is not None:
        return _grown(asked, parse_one(asked.ranking, model, vocabulary, context, question), linked(asked.ranking), model, context)
    whole = parse_one(text, model, vocabulary, context, question)
    word = unsaid(text, linked, whole.plan) if whole.plan is not None else is_missed(text, linked, whole.not_understood)
    if word is not None:
        asked = by_growth(text, word, linked(text))
        return _grown(asked, parse_one(asked.ranking, model, vocabulary, context, question), linked(asked.ranking), model, context)
    if _asks_once(text):
        if whole.plan is not None or whole.clarify or _OF_A_WHOLE.match(text):
            return whole
    elif whole.plan is not None and _answers_each(text, whole.plan, model):
        return whole
    reader = Reader(
        plan=lambda part, previous: alone(part, previous).plan,
        link=lambda part: linked(reword(clean(part))),
        why=lambda part, previous: _why(alone(part, previous)),
        vocabulary=vocabulary,
    )
    several = read_several(text, reader, context.previous)
    if several is None:
        return refuse(Refusal("not_understood", ()), whole.language, vocabulary, linked(text)) if _asks_more(text, whole.plan) else whole
    language = spoken_language(text, linked(text))
    figures = together([each.doubts for each in _parts_of(several, heard)])
    confidence = context.ranker.certainty.chance(figures)
    if confidence < context.ranker.certainty.answer_from:
        return Parse(language=language, reason="not_understood")
    return Parse(language=language, plan=said_back(several, model, language), margin=1.0, confidence=confidence, doubts=figures)


def _grown(asked: Grown, ranking: Parse, linked: Linked, model: SemanticModel, context: ParseContext) -> Parse:
    """A ranking by how far a figure rose, made of the one by the figure."""
    plan = risen(ranking.plan, asked, linked, model, context.today) if ranking.plan is not None else None
    if plan is None:
        words = (asked.word,) if ranking.plan is not None or ranking.clarify else ranking.not_understood
        return Parse(language=ranking.language, reason="not_understood", not_understood=words or (asked.word,))
    return ranking.model_copy(update={"plan": said_back(plan, model, ranking.language)})


def _reached(held: Held, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext, question: str) -> Parse:
    """A figure held against goals, made of the question for the figure and the one for the goals."""
    alone = replace(context, previous=None)
    column = heard = parse_one(held.column, model, vocabulary, alone, question)
    for text in held.figures if column.plan is not None else ():
        heard = parse_one(text, model, vocabulary, alone, question)
        plan = set_against(heard.plan, column.plan, held, model) if heard.plan is not None and column.plan is not None else None
        if plan is not None:
            return heard.model_copy(update={"plan": said_back(plan, model, heard.language)})
    return Parse(language=heard.language, reason="not_understood", not_understood=heard.not_understood or (held.word,))


def _parts_of(several: Plan, heard: list[Parse]) -> list[Parse]:
    """For each query how its part was read; a period or a condition may have been carried over to it since."""
    read = [(query, parsed) for parsed in reversed(heard) if parsed.plan is not None for query in parsed.plan.queries]
    return [next((parsed for query, parsed in read if _asks_alike(query, each)), read[0][1]) for each in several.queries if read]


def _asks_alike(one: Query, other: Query) -> bool:
    return (one.entity, one.measures, one.dimensions) == (other.entity, other.measures, other.dimensions)


def _asks_once(text: str) -> bool:
    """Whether a message has at most one question word, so that commas in it only set its conditions apart."""
    if _TURNING_BACK.search(text) or sums_behind(text) or counts_part_behind(text):
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
    if _shows_whose_one_is(text, plan, model):
        return True
    return plan.focus == "lookup" and len(plan.queries) == 1 and len(plan.queries[0].select) - 1 >= max(len(_ASKING_WORD.findall(text)), 2)


def _shows_whose_one_is(text: str, plan: Plan, model: SemanticModel) -> bool:
    """As in 金额最大的商机是哪个，谁负责: the one record, with the colleague whom it belongs to and little besides."""
    query = plan.queries[0]
    if len(plan.queries) > 1 or plan.focus != "top" or query.measures or query.limit != 1 or len(query.select) > MOST_SHOWN_OF_ONE:
        return False
    asked = _ASKING_WORD.findall(text)
    people = [path for path in query.select if model.field(query.entity, path)[1].to == "member"]
    return len(people) == 1 and len(asked) == len(BOTH) and bool(_WHO.search(text))


def _are_of_deals(query: Query) -> bool:
    """Whether two figures read as well one by one: those that deals have names for."""
    return query.entity == "opportunity" and all(ref.measure for ref in query.measures)


def _why(parsed: Parse) -> tuple[str, str]:
    """Why a part has no answer: the key of a sentence and the words that it is about."""
    words = ", ".join(f"“{word}”" for word in parsed.not_understood)
    return "part_ambiguous" if parsed.clarify else f"part_{parsed.reason}" if words and parsed.reason in PART_REASONS else "part_unread", words
