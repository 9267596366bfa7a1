"""Rules of stage criteria: compiled and shown back first, saved by a yes and in versions, found by name, undone."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.ports import Dictionary
from tools.definitions.errors import MayNotSaveFor
from tools.definitions.schemas import Level
from tools.definitions.service import check_level, key_of, levels_of, seen_by
from tools.journey.criteria.checking import check_references, check_rule
from tools.journey.criteria.errors import CriterionNotUnderstood, MayNotSaveRule, NothingToConfirm, NothingToUndo, RuleInUse, RuleOfAnother, RuleUnknown
from tools.journey.criteria.judging import RuleBook, check_visible
from tools.journey.criteria.lexicon import Language
from tools.journey.criteria.models import CriterionProposal, CriterionVersion
from tools.journey.criteria.ports import Asked, OtherCompiler
from tools.journey.criteria.reading import Compiled, compile_criterion
from tools.journey.criteria.saying import say_rule
from tools.journey.criteria.schemas import Rule, named
from tools.journey.criteria.teaching import taught, teach
from tools.journey.criteria.vocabulary import known_words
from tools.threads.service import speaker_of
from tools.trace.cells import Frozen

MOST_OPEN = 20
"""Proposals of one person, the newest, among which that of a conversation is looked for."""
NEAREST: tuple[Level, ...] = ("own", "team", "company")


class Criterion(Frozen):
    """A rule under its name, in one version, with the words in which it was said and those in which it is said back."""

    id: int
    name: str
    level: Level
    owner_name: str
    text: str
    rule: Rule
    said_zh: str
    said_en: str
    version: int
    created_at: datetime
    ended_at: datetime | None = None


class RuleProposal(Frozen):
    """A rule that was compiled and shown back, and is not saved before it is confirmed. ``replaces`` is what the name means so far, said back."""

    id: str
    name: str
    level: Level
    text: str
    rule: Rule
    said_zh: str
    said_en: str
    replaces: tuple[str, str] | None = None
    thread: str | None = None
    """The conversation in which it was said, whose next yes is meant for it."""


def compile_for(
    session: Session,
    principal: Principal,
    scope: RowScope,
    text: str,
    today: date,
    dictionary: Dictionary | None = None,
    other: OtherCompiler | None = None,
    name: str = "",
) -> Compiled:
    """The rule of a sentence, with the words of the store and those that the company taught.

    ``other`` is asked beside the grammar; what it gives was checked as a rule of the person's, to be saved under ``name``.
    """
    known = known_words(session, principal, scope, dictionary=dictionary, roles=taught(session, "role"))
    compiled = compile_criterion(text, today, known)
    if other is None:
        return compiled
    return other(Asked(text, today, known, compiled, lambda rule: _check(session, principal, name, rule, compiled.language)))


def propose_rule(
    session: Session,
    principal: Principal,
    scope: RowScope,
    name: str,
    text: str,
    today: date,
    now: datetime,
    *,
    level: Level = "own",
    dictionary: Dictionary | None = None,
    thread: str | None = None,
    other: OtherCompiler | None = None,
) -> RuleProposal:
    """Compile, check and write down a rule that waits for a yes.

    Raises CriterionNotUnderstood, CriterionContradicts, CriterionCircular, RuleUnknown, CriterionNotVisible, MayNotSaveRule.
    """
    _may_save(principal, level)
    compiled = compile_for(session, principal, scope, text, today, dictionary, other, name)
    if compiled.rule is None:
        raise CriterionNotUnderstood(words=", ".join(f"“{each}”" for each in compiled.not_understood))
    _check(session, principal, name, compiled.rule, compiled.language)
    before = _now(session, principal, name)
    proposal = RuleProposal(
        id=secrets.token_hex(8),
        name=name,
        level=level,
        text=text,
        rule=compiled.rule,
        said_zh=say_rule(compiled.rule, "zh"),
        said_en=say_rule(compiled.rule, "en"),
        replaces=(before.said_zh, before.said_en) if before is not None else None,
        thread=thread,
    )
    session.execute(insert(CriterionProposal).values(id=proposal.id, speaker=speaker_of(principal), content=proposal.model_dump(mode="json"), proposed_at=now))
    return proposal


def open_rule(session: Session, principal: Principal, thread: str) -> RuleProposal | None:
    """What was shown back last in a conversation and waits for a yes; None where nothing does."""
    own = select(CriterionProposal.content).where(CriterionProposal.speaker == speaker_of(principal), CriterionProposal.settled_at.is_(None))
    newest = session.scalars(own.order_by(CriterionProposal.proposed_at.desc()).limit(MOST_OPEN))
    return next((found for content in newest if (found := RuleProposal.model_validate(content)).thread == thread), None)


def drop_rule(session: Session, principal: Principal, proposal_id: str, now: datetime) -> None:
    """Settle a proposal without saving it."""
    own = and_(CriterionProposal.id == proposal_id, CriterionProposal.speaker == speaker_of(principal), CriterionProposal.settled_at.is_(None))
    session.execute(update(CriterionProposal).where(own).values(settled_at=now))


def confirm_rule(session: Session, principal: Principal, proposal_id: str, now: datetime) -> Criterion:
    """Save a proposal once, as the next version of its name. Raises NothingToConfirm, and what has come in its way since it was proposed."""
    own = and_(CriterionProposal.id == proposal_id, CriterionProposal.speaker == speaker_of(principal), CriterionProposal.settled_at.is_(None))
    content = session.scalar(update(CriterionProposal).where(own).values(settled_at=now).returning(CriterionProposal.content))
    if content is None:
        raise NothingToConfirm()
    proposal = RuleProposal.model_validate(content)
    _may_save(principal, proposal.level)
    check_references(proposal.name, proposal.rule, rule_book(session, principal), key_of)
    return _save(session, principal, proposal.name, proposal.level, proposal.text, proposal.rule, now)


def rules(session: Session, principal: Principal) -> tuple[Criterion, ...]:
    """The rules that count for a person now, the nearest first."""
    rows = session.scalars(
        select(CriterionVersion).where(CriterionVersion.ended_at.is_(None), seen_by(session, principal, CriterionVersion)).order_by(CriterionVersion.id)
    )
    return tuple(sorted(map(_criterion, rows), key=lambda each: NEAREST.index(each.level)))


def show_rule(session: Session, principal: Principal, name: str) -> Criterion:
    """The rule that counts under a name. Raises RuleUnknown."""
    found = _now(session, principal, name)
    if found is None:
        raise RuleUnknown(name=name)
    return found


def rule_history(session: Session, principal: Principal, name: str) -> tuple[Criterion, ...]:
    """Every version that the person may see, ended ones too, oldest first. Raises RuleUnknown."""
    rows = session.scalars(
        select(CriterionVersion).where(CriterionVersion.name_key == key_of(name), seen_by(session, principal, CriterionVersion)).order_by(CriterionVersion.id)
    )
    found = tuple(map(_criterion, rows))
    if not found:
        raise RuleUnknown(name=name)
    return found


def undo_rule(session: Session, principal: Principal, name: str, now: datetime) -> Criterion:
    """Go back to the version before, as a new one. Raises RuleUnknown, RuleOfAnother, NothingToUndo, CriterionCircular."""
    current = _endable(session, principal, name)
    series = [each for each in rule_history(session, principal, name) if each.level == current.level and each.version < current.version]
    if not series:
        raise NothingToUndo(name=current.name)
    before = series[-1]
    check_references(before.name, before.rule, rule_book(session, principal), key_of)
    return _save(session, principal, before.name, before.level, before.text, before.rule, now)


def forget_rule(session: Session, principal: Principal, name: str, now: datetime) -> Criterion:
    """End a rule; its history stays. Raises RuleUnknown, RuleOfAnother, and RuleInUse where others name it."""
    current = _endable(session, principal, name)
    users = [each.name for each in rules(session, principal) if each.id != current.id and key_of(name) in map(key_of, named(each.rule.when))]
    if users and sum(key_of(each.name) == key_of(name) for each in rules(session, principal)) == 1:
        raise RuleInUse(name=current.name, others=", ".join(f"“{each}”" for each in users))
    _end(session, principal, CriterionVersion.id == current.id, now)
    return current


def rule_book(session: Session, principal: Principal) -> RuleBook:
    """Finds the rules that rules name, as they count for the person."""
    found: dict[str, Rule] = {}
    for each in reversed(rules(session, principal)):
        found[key_of(each.name)] = each.rule
    return lambda name: found.get(key_of(name))


def level_named(word: str) -> Level:
    """For whom a rule is saved, as the command line says it. Raises MayNotSaveRule for any other word."""
    found = next((level for level in NEAREST if level == word), None)
    if found is None:
        raise MayNotSaveRule(audience=word)
    return found


def _check(session: Session, principal: Principal, name: str, rule: Rule, language: Language) -> None:
    """Whether a rule can be fulfilled, leads to rules that are there and not back to ``name``, and looks only at what the person may see."""
    book = rule_book(session, principal)
    check_rule(rule, language)
    check_references(name, rule, book, key_of)
    check_visible(rule, principal, book)


def _may_save(principal: Principal, level: Level) -> None:
    try:
        check_level(principal, level)
    except MayNotSaveFor as error:
        raise MayNotSaveRule(audience=level) from error


def _now(session: Session, principal: Principal, name: str) -> Criterion | None:
    return next((each for each in rules(session, principal) if key_of(each.name) == key_of(name)), None)


def _endable(session: Session, principal: Principal, name: str) -> Criterion:
    current = show_rule(session, principal, name)
    owner = session.scalar(select(CriterionVersion.owner).where(CriterionVersion.id == current.id))
    if owner != speaker_of(principal) and not (current.level == "company" and "company" in levels_of(principal)):
        raise RuleOfAnother(name=current.name, owner=current.owner_name)
    return current


def _save(session: Session, principal: Principal, name: str, level: Level, text: str, rule: Rule, now: datetime) -> Criterion:
    series: ColumnElement[bool] = and_(CriterionVersion.name_key == key_of(name), CriterionVersion.level == level)
    if level != "company":
        series = and_(series, CriterionVersion.owner == speaker_of(principal))
    newest = session.scalar(select(func.max(CriterionVersion.version)).where(series)) or 0
    _end(session, principal, series, now)
    made = session.scalars(
        insert(CriterionVersion)
        .values(
            name=name,
            name_key=key_of(name),
            level=level,
            owner=speaker_of(principal),
            owner_name=principal.name,
            text=text,
            rule=rule.model_dump(mode="json"),
            version=newest + 1,
            created_at=now,
        )
        .returning(CriterionVersion)
    ).one()
    return _criterion(made)


def _end(session: Session, principal: Principal, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(update(CriterionVersion).where(which, CriterionVersion.ended_at.is_(None)).values(ended_at=now, ended_by=speaker_of(principal)))


def _criterion(row: CriterionVersion) -> Criterion:
    rule = Rule.model_validate(row.rule)
    return Criterion(
        id=row.id,
        name=row.name,
        level=row.level,
        owner_name=row.owner_name,
        text=row.text,
        rule=rule,
        said_zh=say_rule(rule, "zh"),
        said_en=say_rule(rule, "en"),
        version=row.version,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


__all__ = [
    "Criterion",
    "RuleProposal",
    "compile_for",
    "confirm_rule",
    "drop_rule",
    "forget_rule",
    "level_named",
    "open_rule",
    "propose_rule",
    "rule_book",
    "rule_history",
    "rules",
    "show_rule",
    "taught",
    "teach",
    "undo_rule",
]
