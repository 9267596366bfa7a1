"""Follow-up questions: what a question takes from the one before it, and whether it takes anything at all."""

from agent.parsing.threads.asking import asks_how_big, asks_why
from agent.parsing.threads.continuing import continue_plan, is_of_two_unknown
from agent.parsing.threads.pronouns import PEOPLE, resolve_pronoun
from agent.parsing.threads.reasons import asks_for_reasons
from agent.parsing.threads.shown import Shown
from agent.parsing.threads.two_before import Earlier, nothing_earlier

__all__ = [
    "PEOPLE",
    "Earlier",
    "Shown",
    "asks_for_reasons",
    "asks_how_big",
    "asks_why",
    "continue_plan",
    "is_of_two_unknown",
    "nothing_earlier",
    "resolve_pronoun",
]
