"""One question: its linked words to a typed plan, a question back, or a plain statement of what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.answer import Language
from agent.parsing.conditions.windows import days_to_choose
from agent.parsing.language.incoming import clean, spoken_language
from agent.parsing.language.text import tokenise
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.places_meant import PLACES
from agent.parsing.linking.soft_characters import says, without_soft
from agent.parsing.messages.reached import followed
from agent.parsing.parsed import Parse, ParseContext
from agent.parsing.ranking import Decided, Ranked, Way, doubts
from agent.parsing.reading.candidates import readings, score
from agent.parsing.reading.differing import differs, told_once
from agent.parsing.reading.doubting import is_either
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.explaining import LEAST_SCORE, explaining_first, guessed, is_settled, unexplained
from agent.parsing.reading.halves import asked_kind_first, both_first
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import read_signals
from agent.parsing.reading.steps import read_steps
from agent.parsing.reading.wanting import wanting
from agent.parsing.refusing import Refusal, check_answerable, nearest_questions
from agent.parsing.said_back import choice_of, dated, said_back, to_plan
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.parsing.threads import PEOPLE, asks_for_reasons, asks_how_big, asks_why, continue_plan, is_of_two_unknown, resolve_pronoun
from agent.parsing.wording.rewording import reword
from tools.crm.query import Compare, Plan
from tools.crm.semantic import SemanticModel

MAX_QUESTION = 4000
MOST_CHOICES = 6
MOST_ITEMS = 60
MOST_TOKENS = 600


def is_too_long(text: str) -> bool:
    """Whether a message holds more letters, or once its ligatures are unfolded more words, than are read."""
    return len(text) > MAX_QUESTION or len(tokenise(text)) > MOST_TOKENS


def parse_one(question: str, model: SemanticModel, vocabulary: Vocabulary, context: ParseContext, asked: str = "") -> Parse:
    """Read one question; ``asked`` is the message that it was taken out of."""
    text = reword(clean(question))
    if not text.strip() or not any(letter.isalnum() for letter in text):
        return Parse(language=spoken_language(question, None), reason="empty")
    if is_too_long(text):
        return Parse(language=spoken_language(text[:500], None), reason="too_long")
    whole = context.linked(text, vocabulary)
    linked, soft = without_soft(whole)
    asking = Asking(linked, spoken_language(text, linked), model, vocabulary, context, asked or question)
    if context.ranker.guesses:
        return _parse_linked(replace(asking, unknown=(*linked.left, *(item for item in whole.items if item.text in soft))))
    found = _parse_linked(asking)
    plans = [found.plan] if found.plan is not None else [choice.plan for choice in found.clarify]
    if soft and not (plans and all(says(plan, soft, model) for plan in plans)):
        return refuse(Refusal("not_understood", soft), found.language, vocabulary, linked)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
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
        """Why this question has no answer."""
        return refuse(refusal, self.language, self.vocabulary, self.linked)


def _parse_linked(asking: Asking) -> Parse:
    linked, language, vocabulary, context = asking.linked, asking.language, asking.vocabulary, asking.context
    if len(linked.items) > MOST_ITEMS:
        return Parse(language=language, reason="too_long")
    paths = Paths(vocabulary)
    refusal = check_answerable(linked, vocabulary)
    if context.previous is not None:
        if asks_why(linked) and not asks_for_reasons(linked, context.previous, paths):
            again = planned("again", context.previous, asking)
            return again.model_copy(update={"explains": True}) if again.plan is not None else again
        continued = continue_plan(linked, paths, context.previous, context.shown, context.earlier)
        if continued is not None:
            plan = followed(continued, context.previous, vocabulary, lambda text: _alone(text, asking))
            if plan is None:
                return asking.refused(Refusal("not_understood", tuple(item.text for item in linked.items if not item.is_only_cue)[:1]))
            return planned("thread", plan, asking)
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
        return planned("two steps", plan, asking, stepped.reading)
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


def _alone(text: str, asking: Asking) -> Plan | None:
    """A question of ours, outside of the conversation."""
    return parse_one(text, asking.model, asking.vocabulary, replace(asking.context, previous=None)).plan


def planned(way: Way, plan: Plan, asking: Asking, reading: Reading | None = None) -> Parse:
    """A plan that was not chosen among others, if it can be trusted enough."""
    linked, certainty = asking.linked, asking.context.ranker.certainty
    said = said_back(plan, asking.model, asking.language)
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
    if at < len(linked.items) and linked.items[at].text.casefold() in PLACES:
        return any(item.values and not item.terms and not item.cues for item in linked.items[:at])
    if (people or linked.items[at].text.casefold() in {"their", "theirs", "they"}) and any("which" in item.cues for item in linked.items[:at]):
        return True  # "who wins the smallest share of their deals"
    named = [
        {*(value.entity for value in item.values), *(term.entity for term in item.terms if term.what in {"entity", "measure"})} for item in linked.items[:at]
    ]
    return any(entities & {"member", "contact", "lead"} if people else entities for entities in named)


def _decide(ranked: list[Ranked], asking: Asking) -> Parse:
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
    said = said_back(to_plan(best, language), model, language)
    over, near = asking.left_by(said, left), asking.vocabulary.nearby
    figures = doubts(Decided(asking.asked, asking.linked, said, model, "one step", ranked, asks_back=bool(rivals), left=over, near=near))
    confidence = context.ranker.certainty.chance(figures)
    if rivals:
        choices = tuple(choice_of(each.reading, model, language) for each in (ranked[0], *rivals[: MOST_CHOICES - 1]))
        return Parse(language=language, clarify=choices, margin=margin, confidence=confidence, doubts=figures)
    if confidence < context.ranker.certainty.answer_from:
        return asking.refused(Refusal("not_understood", guessed(best)))
    days = days_to_choose(best, context.today)
    if days:
        by_day = tuple(dated(choice_of(each, model, language), each, language) for each in days)
        return Parse(language=language, clarify=by_day, margin=margin, confidence=confidence, doubts=figures)
    return Parse(language=language, plan=said, margin=margin, confidence=confidence, doubts=figures)


def _outside(reading: Reading, vocabulary: Vocabulary, today: date) -> Refusal | None:
    """A period in which the store holds nothing at all of the kind that is asked for."""
    years = _years_outside(reading, vocabulary)
    if years:
        return Refusal("period_without_data", years)
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


def _years_outside(reading: Reading, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The years asked for of records that hold theirs in a column, where all of them are before the first or behind the last there."""
    fields = reading.paths.model.entities[reading.entity].fields
    for part in reading.filters:
        field = fields.get(part.path) if isinstance(part, Compare) and part.op == "eq" else None
        if not isinstance(part, Compare) or field is None or not field.tells_year:
            continue
        held, asked = vocabulary.content(reading.entity, field.key), [int(year) for year in part.values if year.isdigit()]
        if held.first is not None and held.last is not None and asked and (max(asked) < held.first.year or min(asked) > held.last.year):
            return part.values
    return ()


def refuse(refusal: Refusal, language: Language, vocabulary: Vocabulary, linked: Linked) -> Parse:
    """Why there is no answer, and the nearest questions that have one."""
    words = refusal.words
    if refusal.window is not None:
        words = (refusal.window.words_zh if language == "zh" else refusal.window.words_en,)
    return Parse(language=language, not_understood=words, reason=refusal.reason, nearest=nearest_questions(linked, vocabulary, language))
