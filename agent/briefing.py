"""What a live model is told before it chooses a tool: readings, what was found in the question, and what can be asked here.

Text of records never gets here: names of the data come in only where the question's own words were linked to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel

from agent.grounding import Named, named_in
from agent.live_query import Found, LiveQuery
from agent.parsing import Parse
from agent.parsing.language.incoming import clean
from agent.parsing.linking.items import Linked
from agent.parsing.linking.links import link
from agent.turn import Turn
from prompts.words import say
from tools.crm.query import Plan, Window
from tools.crm.semantic import Entity
from tools.crm.tools import AskBack, CannotAnswer, ChooseReading

MOST_OF_MODEL = 6000  # letters; about 2,000 tokens
MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is told, and what the ids in it stand for."""

    messages: tuple[BaseMessage, ...]
    tools: tuple[dict[str, Any], ...]
    readings: tuple[Plan, ...]
    linked: Linked
    found: Found
    named: Named
    earlier: tuple[Plan, ...]


def brief(question: str, turn: Turn, parsed: Parse, previous: Plan | None) -> Briefing:
    """Put together what a live model is told about one question."""
    text = clean(question)
    linked = link(text, turn.catalog.vocabulary, turn.today, turn.readable())
    offered = readings(parsed)
    found, listed = _found(linked)
    earlier = (*offered, *(() if previous is None else (previous,)))
    system = say(
        "plan_system",
        turn.language,
        today=turn.today.isoformat(),
        model="\n".join(_model_lines(turn, linked, earlier)),
        found="\n".join(listed) or "-",
        unknown=", ".join(linked.unknown) or "-",
        previous=_said(previous, turn.language) if previous is not None else "-",
        readings="\n".join(f"{number}. {_said(plan, turn.language)}" for number, plan in enumerate(offered, 1)) or "-",
    )
    messages = (SystemMessage(system), HumanMessage(text))
    return Briefing(messages, tuple(tool_definitions(len(offered))), offered, linked, found, named_in(linked, earlier), earlier)


def readings(parsed: Parse) -> tuple[Plan, ...]:
    """The parser's readings, best first."""
    if parsed.plan is not None:
        return (parsed.plan,)
    return tuple(reading.plan for reading in parsed.clarify)


def tool_definitions(offered: int) -> list[dict[str, Any]]:
    """The tools that make sense with so many readings, in the form that OpenAI-compatible endpoints take."""
    tools: dict[str, type[BaseModel]] = {"query_records": LiveQuery, "cannot_answer": CannotAnswer}
    if offered:
        tools["choose_reading"] = ChooseReading
    if offered > 1:
        tools["ask_back"] = AskBack
    return [
        {"type": "function", "function": {"name": name, "description": (tool.__doc__ or "").strip(), "parameters": plain_schema(tool)}}
        for name, tool in tools.items()
    ]


def plain_schema(tool: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema with references resolved and without titles and null branches, which small models and servers stumble over."""
    schema = tool.model_json_schema()
    known = schema.pop("$defs", {})

    def plain(part: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(part, list):
            return [plain(each) for each in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return plain(known[part["$ref"].rsplit("/", 1)[-1]])
        kept = {name: plain(value) for name, value in part.items() if name not in {"title", "default"} or isinstance(value, dict)}
        branches = [each for each in kept.get("anyOf", ()) if each.get("type") != "null"]
        return {name: value for name, value in kept.items() if name != "anyOf"} | branches[0] if len(branches) == 1 else kept

    made: dict[str, Any] = plain({name: value for name, value in schema.items() if name != "description"})
    return made


def _found(linked: Linked) -> tuple[Found, list[str]]:
    """Ids for the values and periods of the question, and the lines that say what they are."""
    found = Found()
    lines: list[str] = []
    for item in linked.items:
        for value in item.values if len(found.values) < MOST_VALUES else ():
            name = f"v{len(found.values) + 1}"
            found.values[name] = value.text
            lines.append(f"{name}: {json.dumps(item.text, ensure_ascii=False)} = {value.entity}.{value.field}")
        if item.period is not None:
            name = f"p{len(found.periods) + 1}"
            period = item.period
            found.periods[name] = Window(start=period.start, end=period.end, words_en=period.en, words_zh=period.zh)
            lines.append(f"{name}: {json.dumps(item.text, ensure_ascii=False)} = {period.start or '…'} to {period.end or '…'}")
    return found, lines


def _said(plan: Plan, language: str) -> str:
    return plan.said_back_zh if language == "zh" else plan.said_back_en


def _model_lines(turn: Turn, linked: Linked, plans: tuple[Plan, ...]) -> Iterator[str]:
    """What is filled in this store and may be read, what the question is about first, until the budget is spent."""
    vocabulary, left = turn.catalog.vocabulary, MOST_OF_MODEL
    about = [query.entity for plan in plans for query in plan.queries]
    about += [term.entity for item in linked.items for term in item.terms] + [value.entity for item in linked.items for value in item.values]
    filled = sorted((key for key in vocabulary.model.entities if vocabulary.rows(key)), key=lambda key: -vocabulary.rows(key))
    for key in dict.fromkeys([each for each in about if each in filled] + filled):
        for line in _entity_lines(vocabulary.model.entities[key], turn):
            left -= len(line)
            if left < 0:
                return
            yield line


def _entity_lines(entity: Entity, turn: Turn) -> Iterator[str]:
    vocabulary, language = turn.catalog.vocabulary, turn.language
    fields = [
        f"{spec.key}:{'→' + spec.to if spec.to else spec.type.value}"
        for spec in entity.fields.values()
        if vocabulary.content(entity.key, spec.key).count and spec.classification <= turn.principal.clearance
    ]
    yield f"{entity.key} ({entity.words.label(language)}): {', '.join(fields)}"
    for measure in vocabulary.model.measures.values():
        if measure.entity == entity.key and all(vocabulary.content(entity.key, arg).count for arg in measure.args if arg in entity.fields):
            yield f"  measure {measure.key}: {measure.define.label(language)}"
