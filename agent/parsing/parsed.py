"""What the parser is given besides a question, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from agent.answer import Language
from agent.parsing.linking.items import Linked
from agent.parsing.linking.links import link
from agent.parsing.ranking import Ranker, trained_ranker
from agent.parsing.ranking.features import Features
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from agent.parsing.threads import Earlier, Shown, nothing_earlier
from tools.crm.query import Plan, Query
from tools.trace.cells import Frozen


def everything(_: Value) -> bool:
    """Every value may be understood."""
    return True


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What a question is read with besides its words. ``previous`` is the last plan of the conversation.

    ``readable`` tells whether the person may know of a value; others are like names that nobody has. ``ranker`` puts the readings in order.
    ``hollow`` are queries that nothing ever fits, which the question was read as before: it is read as something else, or not at all.
    ``shown`` gives what the last answer showed, for "her" after "who won most?"; without it such words are not understood.
    ``earlier`` gives the plan before the last, for "both of them".
    ``unanswered`` are the questions that got no answer since the last one that did, oldest first.
    ``whole``: the question is one of ours, to be shown where all of it is understood, so that no word is tried to be left out.
    """

    today: date
    speaker: str | None = None
    previous: Plan | None = None
    readable: Callable[[Value], bool] = everything
    shown: Shown | None = None
    hollow: tuple[Query, ...] = ()
    earlier: Earlier = nothing_earlier
    unanswered: tuple[str, ...] = ()
    ranker: Ranker = field(default_factory=trained_ranker)
    whole: bool = False
    heard: dict[str, Linked] = field(default_factory=dict, compare=False, repr=False)

    def linked(self, text: str, vocabulary: Vocabulary) -> Linked:
        """A text with its links, which several ways of reading a message ask for; ``heard`` remembers them, so that each is found once."""
        if text not in self.heard:
            self.heard[text] = link(text, vocabulary, self.today, self.readable)
        return self.heard[text]


class Choice(Frozen):
    """A reading offered when the parser asks back."""

    said_back: str
    plan: Plan


class Parse(Frozen):
    """The outcome: exactly one of a plan, readings to choose from, or a reason for neither.

    ``margin`` is how far the best reading is ahead of the next that means something else, ``confidence`` how likely it is the right one,
    ``doubts`` the figures that it comes from.
    ``explains`` says that not the plan's answer is asked for but how it came about: the plan is the last one, as it was.
    """

    language: Language
    plan: Plan | None = None
    clarify: tuple[Choice, ...] = ()
    not_understood: tuple[str, ...] = ()
    reason: str | None = None
    nearest: tuple[str, ...] = ()
    margin: float = 0.0
    confidence: float = 0.0
    doubts: Features = {}
    explains: bool = False
