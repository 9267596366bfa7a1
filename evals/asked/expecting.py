"""What a right answer must assert, and how questions are written down beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from evals.asked.raw import Raw

Worth = Decimal | int | float
Label = str | tuple[str, ...]
Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Figure:
    """One value is asserted first: a number (rates as fractions of 1, durations in days), a day, or a text. None: nothing is recorded.

    ``unit`` is the ISO currency of an amount, where the question makes it matter. ``also`` are further values that an answer
    may mention beside it, by a word for each.
    """

    value: Worth | date | str | None
    unit: str | None = None
    also: Mapping[str, Worth | date | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked:
    """The first of a ranking is asserted first, with its value; ``values`` holds every group, so that each further claim can be checked.

    ``top``: how many were asked for (None: any number may be shown). ``lowest``: the smallest value comes first. ``place``: which place
    was asked for, 2 for the second best. Equal values may come in any order.
    """

    values: Mapping[Label, Worth | date]
    top: int | None = None
    lowest: bool = False
    place: int = 1


@dataclass(frozen=True)
class Groups:
    """Every group with its value, in any order. Periods are labelled ``2017``, ``2017-Q3``, ``2017-03`` or ``2017-03-05``.

    A group that holds nothing may be left out of the answer, or shown with 0.
    """

    values: Mapping[Label, Worth]


@dataclass(frozen=True)
class Compared:
    """Two or more named values side by side, as groups or as periods."""

    values: Mapping[Label, Worth]


@dataclass(frozen=True)
class Listed:
    """Records by name (or number, where they have no name): how many there are, and all that are shown belong to them.

    ``first``: the record that must be shown first, where the question asks for an order. ``shown``: how many must be
    shown (a list may be cut after ten).
    """

    names: frozenset[str]
    first: str | None = None
    shown: int | None = None
    count: int | None = None  # where several records share a name


@dataclass(frozen=True)
class YesNo:
    """Whether there is any; ``count`` how many."""

    yes: bool
    count: int | None = None


Plain = Figure | Ranked | Groups | Compared | Listed | YesNo


@dataclass(frozen=True)
class AnyOf:
    """One of several expectations, where the words honestly allow each and a good answer says which one it took."""

    options: tuple[Plain | Each, ...]


@dataclass(frozen=True)
class Each:
    """Several questions in one: the answer holds all of them."""

    parts: tuple[Plain, ...]


@dataclass(frozen=True)
class Unanswerable:
    """The data can't answer this: the copilot must say so. ``about``: the words that are not in the data, in any case."""

    about: str


@dataclass(frozen=True)
class Ambiguous:
    """Two or more readings that differ in result: the copilot must ask back, and its choices must lead to all of ``readings``."""

    readings: tuple[Plain, ...]


Expected = Plain | AnyOf | Each | Unanswerable | Ambiguous
Truth = Callable[[Raw], Expected]


@dataclass(frozen=True)
class Turn:
    """One question of a conversation, and what it must bring."""

    question: str
    truth: Truth


@dataclass(frozen=True)
class Case:
    """One question with its truth, or a conversation: then ``before`` are the turns that come first (each is asked, and each counts)."""

    id: str
    question: str
    truth: Truth
    language: Language
    tags: tuple[str, ...] = ()
    before: tuple[Turn, ...] = ()


@dataclass
class QuestionSet:
    """Questions to one export. ``today`` is the day on which they are asked; ``written_by``: "own" or "fresh"."""

    name: str
    today: date
    written_by: Literal["own", "fresh"]
    cases: list[Case] = field(default_factory=list)

    def asks(self, *questions: str, tags: tuple[str, ...] = ()) -> Callable[[Truth], Truth]:
        """Decorates the truth of one or more phrasings of the same question, in either language; each is a case of its own."""

        def keep(truth: Truth) -> Truth:
            for place, question in enumerate(questions, 1):
                self.cases.append(Case(f"{self.name}.{truth.__name__}.{place}", question, truth, language_of(question), tags))
            return truth

        return keep

    def unanswerable(self, *questions: tuple[str, str], tags: tuple[str, ...] = ()) -> None:
        """Questions that the data can't answer, each with the words that it can't answer for."""
        for place, (question, about) in enumerate(questions, len(self.cases)):
            self.cases.append(Case(f"{self.name}.unanswerable.{place}", question, _refusal(about), language_of(question), ("unanswerable", *tags)))

    def thread(self, name: str, *turns: tuple[str, Truth], tags: tuple[str, ...] = ()) -> None:
        """A conversation: each turn with its truth. The turns after the first are follow-ups."""
        said = tuple(Turn(question, truth) for question, truth in turns)
        for place in range(len(said)):
            case = Case(f"{self.name}.{name}.{place}", said[place].question, said[place].truth, language_of(said[place].question))
            marks = ("followup", *tags) if place else ("opening", *tags)
            self.cases.append(Case(case.id, case.question, case.truth, case.language, marks, said[:place]))


def language_of(question: str) -> Language:
    """Chinese where at least as many Han characters as Latin words are written."""
    han, latin = len(re.findall(r"[\u4e00-\u9fff]", question)), len(re.findall(r"[A-Za-z]+", question))
    return "zh" if han >= latin else "en"


def _refusal(about: str) -> Truth:
    def truth(_: Raw) -> Expected:
        return Unanswerable(about)

    return truth
