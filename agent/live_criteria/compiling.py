"""Compiles criteria with a live model: it states a rule, takes the grammar's, or names what it can't state. What does not hold gives way to the grammar.

Told to it are the criterion's own words and what they were linked to, never a record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import BaseModel

from agent.asking_live import Asking, ask_live
from agent.authorising import NotAuthorised
from agent.briefing import plain_schema
from agent.live import FaultKind
from agent.live_criteria.building import build
from agent.live_criteria.form import DEEDS, CannotCompile, StateRule
from agent.live_criteria.found import Found, find
from agent.live_criteria.holding import check_held
from prompts.words import say
from tools.crm.tools import ChooseReading
from tools.journey.criteria.errors import CriterionCircular, CriterionContradicts, CriterionNotVisible, RuleUnknown
from tools.journey.criteria.ports import Asked
from tools.journey.criteria.reading import LONGEST, Compiled
from tools.journey.criteria.saying import say_rule
from tools.store.errors import PlumbError
from tools.trace.citation import Mode

_REFUSED: tuple[tuple[type[PlumbError], str, FaultKind], ...] = (
    (CriterionContradicts, "no account can ever fulfil this rule", "bad_arguments"),
    (CriterionCircular, "the rule depends on itself", "bad_arguments"),
    (RuleUnknown, "no saved rule has this name", "unknown_name"),
    (CriterionNotVisible, "the rule looks at what may not be seen", "bad_arguments"),
)


class LiveCompiler:
    """The other compiler beside the grammar. Each criterion is asked about once."""

    def __init__(self, live: BaseChatModel, timings: dict[str, float], spoke: Callable[[Mode], None] = lambda _: None) -> None:
        """``spoke`` is told after every criterion whether the model's word was taken; ``timings`` keep what it failed by."""
        self.live, self.timings, self.spoke = live, timings, spoke
        self._compiled: dict[str, tuple[Compiled, Mode]] = {}

    def __call__(self, asked: Asked) -> Compiled:
        """The model's reading where it holds, else the grammar's."""
        if len(asked.text) > LONGEST:
            return asked.embedded
        if asked.text not in self._compiled:
            made = self._ask(asked)
            self._compiled[asked.text] = (asked.embedded, "embedded_after_live") if made is None else (made, "live")
        compiled, mode = self._compiled[asked.text]
        self.spoke(mode)
        return compiled

    def _ask(self, asked: Asked) -> Compiled | None:
        found = find(asked.text, asked.today, asked.known)

        def take(name: str, args: dict[str, Any]) -> Compiled:
            return _settled(name, args, asked, found)

        return ask_live(self.live, _asking(asked, found), take, self.timings)


def _asking(asked: Asked, found: Found) -> Asking:
    language, rule = asked.embedded.language, asked.embedded.rule
    system = say(
        "criterion_system",
        language,
        today=asked.today.isoformat(),
        acts=", ".join(DEEDS),
        found="\n".join(found.lines()) or "-",
        unknown=", ".join(found.unknown()) or "-",
        reading=f"1. {say_rule(rule, language)}" if rule is not None else "-",
    )
    tools: dict[str, type[BaseModel]] = {"state_rule": StateRule, "cannot_compile": CannotCompile}
    if rule is not None:
        tools["choose_reading"] = ChooseReading
    return Asking((SystemMessage(system), HumanMessage(found.text)), [_tool(name, tool) for name, tool in tools.items()], language)


def _tool(name: str, tool: type[BaseModel]) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": (tool.__doc__ or "").strip(), "parameters": plain_schema(tool)}}


def _settled(name: str, args: dict[str, Any], asked: Asked, found: Found) -> Compiled:
    """A call as a compiled criterion. Raises NotAuthorised, and ValidationError for arguments of another type."""
    match name:
        case "state_rule":
            return _own_rule(StateRule.model_validate(args), asked, found)
        case "choose_reading":
            if ChooseReading.model_validate(args).number != 1 or asked.embedded.rule is None:
                raise NotAuthorised("no reading has this number")
            return asked.embedded
        case "cannot_compile":
            return _declined(CannotCompile.model_validate(args), asked, found)
    raise NotAuthorised(f"no tool is called {name[:40]}", "unknown_tool")


def _own_rule(written: StateRule, asked: Asked, found: Found) -> Compiled:
    """The rule that the model wrote, after all that any rule is checked for."""
    rule = build(written, found)
    check_held(rule, written, found)
    try:
        asked.check(rule)
    except PlumbError as error:
        reason, kind = next(((said, kind) for known, said, kind in _REFUSED if isinstance(error, known)), ("the rule does not hold", "bad_arguments"))
        raise NotAuthorised(reason, kind) from error
    return Compiled(text=asked.text, language=asked.embedded.language, rule=rule)


def _declined(refused: CannotCompile, asked: Asked, found: Found) -> Compiled:
    """Words of the criterion that are not understood, where the grammar does not understand it either."""
    if asked.embedded.rule is not None:
        raise NotAuthorised("the reading is the criterion's rule", "declined")
    places = [found.places(words) for words in refused.words]
    if not all(places):
        raise NotAuthorised("words that are not in the criterion", "not_in_question")
    return asked.embedded.model_copy(update={"not_understood": tuple(found.text[slice(*place[0])] for place in places)})
