"""Plans with their questions said back, alone or as choices to ask back with."""

from __future__ import annotations

from agent.answer import Language
from agent.parsing.parsed import Choice
from agent.parsing.reading.drafting import Reading
from agent.parsing.saying import say_all
from prompts.words import say
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel


def to_plan(reading: Reading, language: Language) -> Plan:
    """The plan of a reading."""
    return Plan(queries=(reading.query(),), focus=reading.focus, language=language, assumptions=reading.assumptions)


def said_back(plan: Plan, model: SemanticModel, language: Language) -> Plan:
    """The plan with its question in words, in both languages."""
    return plan.model_copy(update={"language": language, "said_back_en": say_all(plan, model, "en"), "said_back_zh": say_all(plan, model, "zh")})


def choice_of(reading: Reading, model: SemanticModel, language: Language) -> Choice:
    """A reading as one of those to choose from."""
    plan = said_back(to_plan(reading, language), model, language)
    return Choice(said_back=plan.said_back_zh if language == "zh" else plan.said_back_en, plan=plan)


def dated(choice: Choice, reading: Reading, language: Language) -> Choice:
    """A choice with the day by which its period selects."""
    path = reading.window.path if reading.window is not None else None
    field = reading.paths.field(reading.entity, str(path)).words.label(language)
    return choice.model_copy(update={"said_back": say("said_dated", language, text=choice.said_back, field=field)})
