"""What a change says in plain words, in either language: its title, its lines, and what it means for what members see."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy.orm import Session

from prompts.words import say
from tools.crm.semantic import SemanticModel
from tools.sandbox.approvals.schemas import Case
from tools.sandbox.models import SalesUnit
from tools.sandbox.templates.schemas import NEVER, TemplateContent, TemplateKey
from tools.sandbox.units.effects import Effect, SeenField, effect_of
from tools.sandbox.units.moving import in_flight
from tools.sandbox.units.reading import template_of
from tools.sandbox.units.schemas import ChangeMembers, EditTemplate, FormUnit, GrantBudget, MergeUnits, MoveTemplate
from tools.store.classification import Classification

Language = Literal["zh", "en"]
MOST_FIELDS = 6


def said(session: Session, model: SemanticModel, held: Case, language: Language) -> tuple[str, ...]:
    """The lines of a case, the first one its title."""
    name = _unit_name(session, held.unit_id)
    match held.kind:
        case "form_unit":
            return tuple(_formed(FormUnit.model_validate(held.diff), language))
        case "change_members":
            return tuple(_members(ChangeMembers.model_validate(held.diff), name, language))
        case "move_template":
            return tuple(_moved(session, model, MoveTemplate.model_validate(held.diff), held, name, language))
        case "edit_template":
            return tuple(_edited(session, model, EditTemplate.model_validate(held.diff), name, language))
        case "grant_budget":
            grant = GrantBudget.model_validate(held.diff)
            return (say("case_grant", language, unit=name, amount=_money(grant.amount), currency=grant.currency),)
        case "merge_units":
            return (say("case_merge", language, unit=name, gives=_unit_name(session, MergeUnits.model_validate(held.diff).gives)),)
        case "dissolve_unit":
            return (say("case_dissolve", language, unit=name),)
        case _:
            return (say(f"case_kind_{held.kind}", language, unit=name),)


def _formed(diff: FormUnit, language: Language) -> Iterator[str]:
    yield say(
        "case_form",
        language,
        unit=diff.name,
        customers=_list((each.name for each in diff.customers), language),
        template=say(f"template_{diff.template}", language),
    )
    yield say("case_form_value", language, value=diff.customer_value)
    for each in diff.members:
        key = "case_form_lead" if each.member_id == diff.lead.member_id else "case_form_member"
        yield say(key, language, name=each.name, function=function_word(each.function, language))
    yield say("case_form_budget", language, amount=_money(diff.budget), currency=diff.currency)


def _members(diff: ChangeMembers, name: str, language: Language) -> Iterator[str]:
    yield say("case_members", language, unit=name)
    for each in diff.joins:
        yield say("case_joins", language, name=each.name, function=function_word(each.function, language))
    for each in diff.leaves:
        yield say("case_leaves", language, name=each.name)


def _moved(session: Session, model: SemanticModel, diff: MoveTemplate, held: Case, name: str, language: Language) -> Iterator[str]:
    yield from move_lines(session, model, diff.unit_id, name, diff.before, diff.after, language, held.id)


def move_lines(
    session: Session, model: SemanticModel, unit_id: str, name: str, was: TemplateKey, will: TemplateKey, language: Language, but: str = ""
) -> Iterator[str]:
    """What a move from one template to another means; ``but`` is the case that asks for it."""
    before, after = template_of(session, unit_id, was), template_of(session, unit_id, will)
    yield say("case_move", language, unit=name, before=say(f"template_{was}", language), after=say(f"template_{will}", language))
    yield from effect_lines(model, effect_of(session, model, unit_id, before, after), language)
    yield from _limits(before, after, language)
    flying = in_flight(session, unit_id, after, but)
    if flying.reservations:
        yield say("case_frees", language, n=len(flying.reservations))
    if flying.cases:
        yield say("case_anew", language, n=len(flying.cases))


def _edited(session: Session, model: SemanticModel, diff: EditTemplate, name: str, language: Language) -> Iterator[str]:
    yield say("case_edit", language, unit=name, template=say(f"template_{diff.after.key}", language))
    yield from effect_lines(model, effect_of(session, model, diff.unit_id, diff.before, diff.after), language)
    yield from _limits(diff.before, diff.after, language)


def effect_lines(model: SemanticModel, effect: Effect, language: Language) -> Iterator[str]:
    """What members newly see and no longer see, one line for each kind of record."""
    for key, fields in (("case_opens", effect.opens), ("case_closes", effect.closes)):
        by_kind: dict[str, list[SeenField]] = {}
        for each in fields:
            by_kind.setdefault(each.kind, []).append(each)
        for kind, seen in by_kind.items():
            entity = model.entities[kind]
            words = [entity.fields[each.field].words.label(language) for each in seen[:MOST_FIELDS]]
            more = say("case_more_fields", language, n=len(seen) - MOST_FIELDS) if len(seen) > MOST_FIELDS else ""
            records, customers = max(each.records for each in seen), max(each.customers for each in seen)
            yield say(key, language, fields=_list(words, language) + more, kind=entity.words.label(language), records=records, customers=customers)


def _limits(before: TemplateContent, after: TemplateContent, language: Language) -> Iterator[str]:
    for key, was, will in (
        ("case_budget_limit", _money(before.budget_limit), _money(after.budget_limit)),
        ("case_call_limit", _money(before.call_limit), _money(after.call_limit)),
        ("case_clearance", level_word(before.clearance, language), level_word(after.clearance, language)),
        ("case_masks_from", level_word(before.masks_from, language), level_word(after.masks_from, language)),
    ):
        if was != will:
            yield say(key, language, before=was, after=will)
    if before.rules != after.rules:
        yield say("case_flow", language, flow=flow_words(after, language))


def flow_words(template: TemplateContent, language: Language) -> str:
    """Who approves what, from the smallest amount on."""
    parts = [
        say("flow_over" if rule.over else "flow_any", language, over=_money(rule.over), steps=" → ".join(say(f"who_{who}", language) for who in rule.steps))
        for rule in sorted(template.rules, key=lambda each: each.over)
    ]
    return ("；" if language == "zh" else "; ").join(parts)


def level_word(level: int, language: Language) -> str:
    """A classification in words."""
    return say("level_never" if level == NEVER else f"level_{Classification(level).label}", language)


def function_word(function: str, language: Language) -> str:
    """A function in words; what a unit calls it where it is none of those that are known."""
    try:
        return say(f"function_{function}", language)
    except KeyError:
        return function


def _list(parts: Any, language: Language) -> str:  # noqa: ANN401 - any iterable of words
    return ("、" if language == "zh" else ", ").join(parts)


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _unit_name(session: Session, unit_id: str | None) -> str:
    unit = session.get(SalesUnit, unit_id) if unit_id else None
    return unit.name if unit else ""
