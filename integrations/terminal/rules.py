"""``plumb rule``: trying a stage criterion on the records, saving it after it was shown back, and the rules that a person sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from integrations.terminal.reading import read_texts
from integrations.terminal.screen import inert
from prompts.words import say
from tools.access.principal import Principal
from tools.definitions.schemas import Level
from tools.journey.criteria.judging import Judgement
from tools.journey.criteria.saying import say_rule
from tools.journey.criteria.service import Criterion, RuleProposal, compile_for, propose_rule, rule_book, taught
from tools.sandbox.row_scope import PolicyScope

if TYPE_CHECKING:
    from integrations.settings import Settings
    from tools.crm.semantic import SemanticModel
    from tools.journey.criteria.lexicon import Language
    from tools.journey.criteria.ports import OtherCompiler
    from tools.journey.criteria.reading import Compiled

SHOWN = 20
"""Accounts and near misses that the terminal shows; ``--json`` gives all."""


def try_rule(engine: Engine, settings: Settings, principal: Principal, text: str, now: datetime, *, quiet: bool, language: str) -> dict[str, Any]:
    """What a criterion means and whom it finds now, in the form of ``plumb rule try --json``. Texts that were not read yet are read first."""
    from integrations.dictionary import CcCedict
    from integrations.embeddings import SentenceEncoder
    from tools.crm.semantic import load_model
    from tools.journey.criteria.judging import Judge
    from tools.journey.criteria.objects import Objects
    from tools.journey.criteria.record_events import RecordEvents
    from tools.journey.criteria.text_occurrences import TextOccurrences
    from tools.store.engine import open_sessions

    sessions, scope, dictionary = open_sessions(engine), PolicyScope(), CcCedict()
    with sessions() as session:
        model = load_model(session, settings.time_zone)
        day = current_day(session, model, settings)
        compiled = compile_for(session, principal, scope, text, day, dictionary, live_compiler(settings))
        if compiled.rule is None:
            return _outcome(compiled, Judgement(matches=(), near_misses=()))
    read_texts(engine, settings, now, quiet=quiet, language=language)
    with sessions() as session:
        sources = (RecordEvents(settings.time_zone), TextOccurrences(model, settings.time_zone))
        objects = Objects(dictionary, SentenceEncoder(), taught(session, "thing"))
        judge = Judge(session, principal, scope, sources, objects, day, rule_book(session, principal))
        return _outcome(compiled, judge.judge(compiled.rule, compiled.language))


def live_compiler(settings: Settings) -> OtherCompiler | None:
    """The configured live model as a compiler of criteria; None where no model is configured."""
    if not settings.llm_model:
        return None
    from agent.live_criteria.compiling import LiveCompiler
    from integrations.llm import live_model

    return LiveCompiler(live_model(settings), {})


def current_day(session: Session, model: SemanticModel, settings: Settings) -> date:
    """The day as of which rules are judged: the clock's, or that of the newest record where the data ended long before."""
    from agent.catalog import STALE_AFTER
    from tools.crm.service import newest_day

    today = settings.clock_today()
    newest = newest_day(session, model, today)
    return newest if newest is not None and today - newest > STALE_AFTER else today


def save_rule(session: Session, settings: Settings, principal: Principal, name: str, text: str, level: Level, now: datetime) -> RuleProposal:
    """Write down what a rule would mean, for somebody to say yes to."""
    from integrations.dictionary import CcCedict
    from tools.crm.semantic import load_model

    day = current_day(session, load_model(session, settings.time_zone), settings)
    return propose_rule(session, principal, PolicyScope(), name, text, day, now, level=level, dictionary=CcCedict(), other=live_compiler(settings))


def _outcome(compiled: Compiled, judgement: Judgement) -> dict[str, Any]:
    rule = compiled.rule
    languages: tuple[Language, Language] = ("zh", "en")
    return {
        "understood": rule is not None,
        "not_understood": list(compiled.not_understood),
        "said_back": {language: say_rule(rule, language) if rule is not None else "" for language in languages},
        "matches": [{"account": match.account, "records": [each.model_dump(mode="json") for each in match.records]} for match in judgement.matches],
        "near_misses": [{"account": miss.account, "why": miss.why} for miss in judgement.near_misses],
    }


def render_outcome(outcome: dict[str, Any], console: Console, language: str) -> None:
    """What was understood, then the accounts with their records, then those that almost fulfil it."""
    if not outcome["understood"]:
        console.print(inert(say("rule_not_understood", language, words=", ".join(f"“{each}”" for each in outcome["not_understood"]))))
        return
    console.print(inert(say("rule_means", language, said=outcome["said_back"][language])))
    matches, misses = outcome["matches"], outcome["near_misses"]
    console.print(inert(say("rule_found" if matches else "rule_found_none", language, n=len(matches))))
    if matches:
        table = Table(say("rule_account", language), say("rule_records", language), box=None, pad_edge=False)
        for match in matches[:SHOWN]:
            lines = [f"{each['day']} {each['table']} {each['id']}: {each['words']}" for each in match["records"]]
            table.add_row(inert(match["account"]), inert("\n".join(lines) or say("rule_by_absence", language)))
        console.print(table)
    if misses:
        console.print(inert(say("rule_near", language, n=len(misses))))
        near = Table(say("rule_account", language), say("rule_why", language), box=None, pad_edge=False)
        for miss in misses[:SHOWN]:
            near.add_row(inert(miss["account"]), inert(miss["why"]))
        console.print(near)
    if max(len(matches), len(misses)) > SHOWN:
        console.print(inert(say("rule_more", language, n=SHOWN)))


def as_row(criterion: Criterion) -> dict[str, Any]:
    """A rule as ``--json`` shows it."""
    return {
        "name": criterion.name,
        "version": criterion.version,
        "level": criterion.level,
        "by": criterion.owner_name,
        "text": criterion.text,
        "said_back": {"zh": criterion.said_zh, "en": criterion.said_en},
        "created_at": criterion.created_at.isoformat(),
        "ended_at": criterion.ended_at.isoformat() if criterion.ended_at else None,
        "rule": criterion.rule.model_dump(mode="json", exclude_defaults=True),
    }


def render_rules(found: Sequence[Criterion], console: Console, language: str) -> None:
    """Rules as a table."""
    if not found:
        console.print(say("rule_list_empty", language))
        return
    table = Table(*(say(f"rule_{column}", language) for column in ("name", "version", "text", "meaning", "level")))
    for each in found:
        said = each.said_zh if language == "zh" else each.said_en
        level = say(f"definition_level_{each.level}", language)
        table.add_row(*(inert(text) for text in (each.name, f"{each.version}{'' if each.ended_at is None else ' ✕'}", each.text, said, level)))
    console.print(table)


def confirmed(proposal: RuleProposal, console: Console, language: str, ask: Callable[[str], bool]) -> bool:
    """Shows back what a rule would mean, and asks."""
    said = proposal.said_zh if language == "zh" else proposal.said_en
    console.print(inert(say("rule_means", language, said=said)))
    if proposal.replaces is not None:
        console.print(inert(say("rule_replaces", language, name=proposal.name, said=proposal.replaces[0 if language == "zh" else 1])))
    return ask(say("rule_confirm", language, name=proposal.name))
