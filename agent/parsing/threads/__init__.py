"""Follow-up questions: what a question takes from the one before it, and whether it takes anything at all."""

from agent.parsing.threads.asking import asks_how_big, asks_why
from agent.parsing.threads.continuing import continue_plan
from agent.parsing.threads.pronouns import PEOPLE, resolve_pronoun
from agent.parsing.threads.shown import Shown

__all__ = ["PEOPLE", "Shown", "asks_how_big", "asks_why", "continue_plan", "resolve_pronoun"]
