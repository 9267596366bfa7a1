"""Follow-up questions: what a question takes from the one before it, and whether it takes anything at all."""

from agent.parsing.threads.asking import asks_how_big, asks_why
from agent.parsing.threads.continuing import continue_plan, is_of_two_unknown
from agent.parsing.threads.pronouns import PEOPLE, resolve_pronoun
from agent.parsing.threads.reasons import asks_for_reasons
from agent.parsing.threads.refused import asked_again, leans_on_nothing
from agent.parsing.threads.shown import Shown
from agent.parsing.threads.two_before import Earlier, nothing_earlier

__all__ = [
    "PEOPLE",
    "Earlier",
    "Shown",
    "asked_again",
    "asks_for_reasons",
    "asks_how_big",
    "asks_why",
    "continue_plan",
    "is_of_two_unknown",
    "leans_on_nothing",
    "nothing_earlier",
    "resolve_pronoun",
]
