"""The turns about words instead of records: teaching one is shown back, a yes saves it, and every use is cited.

Nothing is written before the turn is recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from agent.answer import Language
from agent.catalog import Catalog
from agent.composing.draft import Draft, Sentence
from agent.composing.formatting import format_date
from agent.composing.typesetting import tidy
from agent.parsing import Parse, ParseContext, parse
from agent.parsing.conditions.defined import definitions_of, holds
from agent.parsing.language.incoming import clean
from agent.parsing.language.text import has_han, term_key
from agent.parsing.linking.items import Linked
from agent.parsing.linking.links import link
from agent.parsing.messages.teaching import Said, bodies, meaning_of, misses_count, read_reply, read_said
from agent.parsing.saying import say_back
from agent.parsing.store_words.overlaying import is_reserved, with_definitions
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.turn import Turn
from prompts.words import say
from tools.access.principal import Principal
from tools.crm.query import Assumption, Plan, Query
from tools.definitions.errors import MayNotSaveFor
from tools.definitions.ready_made import name_in, ready_made
from tools.definitions.relative import kept, resolved, rules
from tools.definitions.schemas import Definition, Level, Meaning, Proposal
from tools.definitions.service import (
    apply_proposal,
    check_endable,
    check_proposal,
    drop_proposal,
    history,
    keep_proposal,
    key_of,
    levels_of,
    new_farewell,
    new_proposal,
    open_proposal,
    visible,
)
from tools.store.errors import PlumbError


@dataclass(slots=True)
class Told:
    """What a turn about words says, and what it writes once it is recorded."""

    text: str
    language: Language
    proposals: tuple[str, ...] = ()
    next_steps: list[str] = field(default_factory=list)
    effect: Callable[[], None] | None = None

    def draft(self) -> Draft:
        """The text as it stands: it holds nothing from records, so there is nothing to hold to evidence."""
        draft = Draft(self.language)
        draft.sentences.append(Sentence(self.text.replace("{{", "{ {")))
        draft.next_steps = self.next_steps
        return draft


def known_to(session: Session, catalog: Catalog, principal: Principal, today: date) -> Catalog:
    """The catalog in which this person's words have their meaning."""
    held = catalog.vocabulary
    shipped = ready_made(lambda entity, key: held.content(entity, key).count > 0)
    return replace(catalog, vocabulary=with_definitions(held, (*visible(session, principal), *shipped), today))


def tell(question: str, turn: Turn) -> Told | None:
    """What a turn about words says; None for a question about records."""
    text = clean(question)
    waiting = open_proposal(turn.session, turn.principal, turn.thread_id)
    reply = read_reply(text) if waiting is not None else None
    try:
        if waiting is not None and reply is not None:
            return _reply(waiting, reply, turn)
        for said in read_said(text):
            told = _tell(said, text, turn)
            if told is not None:
                return told
    except PlumbError as error:
        language: Language = "zh" if has_han(text) else "en"
        return Told(say(error.key, language, **error.data), language)
    return None


def cited(parsed: Parse, linked: Callable[[], Linked], turn: Turn, previous: Plan | None) -> Parse:
    """The outcome with whose words it rests on; refused where a taught word is in the question and its meaning is not in the plan.

    ``linked`` gives the links of the question as it was asked.
    """
    vocabulary, model = turn.catalog.vocabulary, turn.catalog.model
    if parsed.plan is None or not vocabulary.defined:
        return parsed
    named = definitions_of(linked().items, vocabulary.defined)
    lost = next((each for each in named if not holds(parsed.plan, each, model)), None)
    if lost is not None:
        name = name_in(lost, has_han, parsed.language)
        example = f"{name}有多少？" if parsed.language == "zh" else f"how many {name} are there?"
        return Parse(language=parsed.language, not_understood=(name,), reason=say("definition_lost", parsed.language, name=name, example=example.rstrip("？?")))
    notes = [_citation(each, turn) for each in named]
    before = set(previous.assumptions) if previous is not None else set()
    carried = [
        note
        for each in (vocabulary.defined.values() if before else ())
        if each not in named and (note := _citation(each, turn)) in before and holds(parsed.plan, each, model)
    ]
    if not notes and not carried:
        return parsed
    return parsed.model_copy(
        update={"plan": parsed.plan.model_copy(update={"assumptions": tuple(dict.fromkeys((*parsed.plan.assumptions, *notes, *carried)))})}
    )


# -- what can be said --------------------------------------------------------------------------------------------------


def _tell(said: Said, text: str, turn: Turn) -> Told | None:
    match said.kind:
        case "teach":
            return _teach(said, text, turn)
        case "list":
            return _list(said.language, turn)
        case "explain":
            return _explain(said, turn)
        case "forget":
            return _forget(said, turn)
    return None


def _teach(said: Said, text: str, turn: Turn) -> Told | None:
    meaning = kept(lambda day: _read(said, turn, day), turn.today) if _read(said, turn, turn.today) is not None else None
    if meaning is None:
        return Told(say("definition_body_unread", said.language, name=said.name, body=said.body), said.language) if said.sure else None
    if not said.sure and _asks_figure(said.name, turn):
        return None  # "2024 revenue won: Ningbo against Felixstowe" is a question
    if is_reserved(said.name, _unlaid(turn)):
        if not said.sure:
            return None  # "Europe: total won value" is a question
        return Told(say("definition_reserved", said.language, name=said.name), said.language)
    proposal = new_proposal(said.name, text, meaning)
    levels = levels_of(turn.principal)
    others = say(f"definition_others_{levels[-1]}", said.language) if len(levels) > 1 else ""
    words = meaning_words(meaning, turn, said.language)
    shown = say("definition_proposed", said.language, name=said.name, meaning=words, others=others)
    earlier = next((each for each in visible(turn.session, turn.principal) if key_of(each.name) == key_of(said.name)), None)
    if earlier is not None:
        was = say("definition_replaces", said.language, name=said.name, meaning=meaning_words(earlier.meaning, turn, said.language))
        shown = f"{shown}\n{was}"
    return _proposed(proposal, shown, said.language, turn)


def _asks_figure(name: str, turn: Turn) -> bool:
    """Whether all of a name is known, and some of it is a period or a figure, or it sets two things against each other: nothing is called so."""
    linked = link(clean(name), _unlaid(turn), turn.today, turn.readable())
    figure = any(item.period is not None or any(term.what == "measure" for term in item.terms) for item in linked.items)
    compared = any("compare" in item.cues for item in linked.items) and sum(bool(item.values) for item in linked.items) > 1
    return (figure or compared) and not linked.unknown


def _read(said: Said, turn: Turn, day: date) -> Meaning | None:
    """What the body means when it is read on a day."""
    model, vocabulary = turn.catalog.model, turn.catalog.vocabulary
    context = ParseContext(today=day, speaker=None, readable=turn.readable())
    for body in bodies(said, model):
        plan = parse(body, model, _on(vocabulary, day, turn), context).plan
        if plan is not None and len(plan.queries) == 1 and not plan.left_out:
            meaning = meaning_of(plan.queries[0], model)
            if meaning is not None and not misses_count(said, meaning):
                return meaning
    return None


def _on(vocabulary: Vocabulary, day: date, turn: Turn) -> Vocabulary:
    """The vocabulary with its words as they mean on a day, for a word that is defined by another."""
    if day == turn.today or not vocabulary.defined:
        return vocabulary
    return known_to(turn.session, replace(turn.catalog, vocabulary=_unlaid(turn)), turn.principal, day).vocabulary


def _unlaid(turn: Turn) -> Vocabulary:
    return turn.shared if turn.shared is not None else turn.catalog.vocabulary


def _list(language: Language, turn: Turn) -> Told:
    own = visible(turn.session, turn.principal)
    lines = [say("definition_list", language), *(_line(each, language, turn) for each in own)] if own else [say("definition_list_empty", language)]
    shipped = [each for each in turn.catalog.vocabulary.defined.values() if each.level == "shipped"]
    if shipped:
        lines += [say("definition_list_ready", language), *(_line(each, language, turn) for each in shipped)]
    return Told("\n".join(lines), language)


def _line(definition: Definition, language: Language, turn: Turn) -> str:
    level = say(f"definition_level_{definition.level}", language)
    words = meaning_words(definition.general or definition.meaning, turn, language)
    name = name_in(definition, has_han, language)
    if definition.level == "shipped":
        return "- " + say("definition_explained", language, name=name, by=level, meaning=words)
    return "- " + say("definition_list_line", language, name=name, level=level, by=_by(definition, language), meaning=words)


def _explain(said: Said, turn: Turn) -> Told | None:
    definition = _named(said.name, turn)
    if definition is None:
        return None
    words = meaning_words(definition.general or definition.meaning, turn, said.language)
    text = say("definition_explained", said.language, name=said.name, by=_by(definition, said.language), meaning=words)
    if definition.version > 1:
        text = f"{text} {say('definition_history', said.language, version=definition.version)}"
    ask = f"{said.name}有多少？" if said.language == "zh" else f"How many {said.name} are there?"
    return Told(text, said.language, next_steps=[ask])


def _forget(said: Said, turn: Turn) -> Told | None:
    if not any(key_of(each.name) == key_of(said.name) for each in history(turn.session, turn.principal, said.name)):
        return None
    definition = check_endable(turn.session, turn.principal, said.name)
    level = say(f"definition_level_{definition.level}", said.language)
    words = meaning_words(definition.general or definition.meaning, turn, said.language)
    shown = say("definition_farewell", said.language, name=definition.name, meaning=words, level=level)
    return _proposed(new_farewell(definition), shown, said.language, turn)


def _proposed(proposal: Proposal, shown: str, language: Language, turn: Turn) -> Told:
    def keep() -> None:
        keep_proposal(turn.session, turn.principal, turn.thread_id, proposal, turn.asked_at)

    yes = ["确认", "取消"] if language == "zh" else ["Yes", "No"]
    return Told(shown, language, proposals=(shown,), next_steps=yes, effect=keep)


def _reply(proposal: Proposal, reply: Said, turn: Turn) -> Told:
    language = reply.language
    if reply.kind == "no":
        return Told(say("definition_dropped", language), language, effect=lambda: drop_proposal(turn.session, turn.principal, proposal, turn.asked_at))
    level: Level = reply.level or proposal.level
    try:
        check_proposal(turn.session, turn.principal, proposal, level)
    except MayNotSaveFor as error:  # shown back again, so that "for me" still counts
        again = proposal.model_copy(update={"id": new_proposal("", "", Meaning(entity="")).id})
        return _proposed(again, say(error.key, language, **error.data), language, turn)
    effect: Callable[[], None] = lambda: apply_proposal(turn.session, turn.principal, proposal, level, turn.asked_at)  # noqa: E731 - run when recorded
    if proposal.action == "forget" or proposal.meaning is None:
        return Told(say("definition_forgotten", language, name=proposal.name), language, effect=effect)
    versions = [each.version for each in history(turn.session, turn.principal, proposal.name) if each.level == level]
    text = say(
        "definition_saved",
        language,
        level=say(f"definition_level_{level}", language),
        name=proposal.name,
        meaning=meaning_words(proposal.meaning, turn, language),
        version=max(versions, default=0) + 1,
    )
    ask = f"{proposal.name}有多少？" if language == "zh" else f"How many {proposal.name} are there?"
    return Told(text, language, next_steps=[ask] if proposal.meaning.measure is None else [], effect=effect)


# -- in words ----------------------------------------------------------------------------------------------------------


def meaning_words(meaning: Meaning, turn: Turn, language: Language) -> str:
    """A meaning in canonical words, its days as they are today."""
    return said_meaning(meaning, turn.catalog, turn.today, language)


def said_meaning(meaning: Meaning, catalog: Catalog, today: date, language: Language) -> str:
    """A meaning in canonical words, its days as they are on a day."""
    today_form = resolved(meaning, today)
    query = Query(entity=meaning.entity, where=today_form.where, measures=(meaning.measure,) if meaning.measure else ())
    said = say_back(query, catalog.model, language)
    moving = say("join_comma", language).join(_rule(shift, grain, edge, language) for shift, grain, edge in rules(meaning))
    return say("definition_moving", language, meaning=said, rules=moving) if moving else said


def _rule(shift: int, grain: str, edge: str, language: Language) -> str:
    """How a day follows from today, in words: 30 days before today, the first day of this quarter."""
    if shift == 0 and grain == "day":
        return say("definition_today", language)
    unit = say(f"definition_{grain}" if abs(shift) == 1 else f"definition_{grain}s", language, n=abs(shift))
    day = say(
        "definition_this" if shift == 0 else "definition_ago" if shift < 0 else "definition_ahead", language, unit=unit, grain=say(f"grain_{grain}", language)
    )
    return day if edge == "day" else say(f"definition_{edge}_day", language, day=day)


def said_by(definition: Definition, language: Language) -> str:
    """Who defined a word, and when."""
    if definition.created_at is None:
        return say("definition_by_product", language)
    day = format_date(definition.created_at.date(), language)
    return say("definition_by", language, who=definition.owner_name, day=day) if definition.owner_name else say("definition_by_nobody", language, day=day)


def _by(definition: Definition, language: Language) -> str:
    return said_by(definition, language)


def _named(name: str, turn: Turn) -> Definition | None:
    key = term_key(name)
    return next((each for each in turn.catalog.vocabulary.defined.values() if key in map(term_key, (each.name, *each.names))), None)


def _citation(definition: Definition, turn: Turn) -> Assumption:
    return Assumption(en=_cite(definition, turn, "en"), zh=tidy(_cite(definition, turn, "zh")))


def _cite(definition: Definition, turn: Turn, language: Language) -> str:
    return say(
        "definition_cite",
        language,
        name=name_in(definition, has_han, language),
        by=_by(definition, language),
        meaning=meaning_words(definition.general or definition.meaning, turn, language),
    )
