"""Two things that a follow-up may be besides a changed question: "why?", and "only the big ones" without an amount."""

from __future__ import annotations

from agent.parsing.linking.items import Linked
from agent.parsing.threads.fragment import read_fragment
from tools.crm.query import Plan


def asks_why(linked: Linked) -> bool:
    """As in "why?", "how was that computed?", 怎么算的: asks about the last answer and says nothing else."""
    fragment = read_fragment(linked)
    return fragment.has("why") and not fragment.unknown and not any(not item.is_only_cue for item in fragment.items)


def asks_how_big(linked: Linked, previous: Plan) -> bool:
    """As in "only the big ones" after a list or a figure: which amount is meant has to be said."""
    fragment = read_fragment(linked)
    sized = any(item.number is not None for item in fragment.items)
    ranked = bool(fragment.signals.superlative)  # 其中最大的是哪单
    return fragment.has("big") and not ranked and fragment.has("only", "lead", "trail") and not sized and not fragment.unknown and len(previous.queries) == 1
