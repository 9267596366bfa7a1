"""Puts the questions of a set to a copilot in this process, as the command line would without ``--as``, each case in a conversation of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

import app
from agent.answer import Answer
from agent.copilot import Copilot, CopilotParts
from agent.turn import Turn
from evals.asked import stores
from evals.asked.expecting import Case, Expected, QuestionSet, Truth
from evals.asked.raw import Raw
from evals.asked.switching import WHOLE, Switches, switch_off
from tools.access.principal import Principal

BROKE = "The copilot broke:"


@dataclass(frozen=True)
class Asked:
    """One case, what it should bring, and what came. ``chosen`` are the answers to its choices, where the copilot asked back.

    ``confidence``: how likely the copilot took its reading to be right, ``doubts`` the figures behind it. ``said_back``: the reading in canonical words.
    """

    case: Case
    expected: Expected
    answer: Answer
    chosen: tuple[Answer, ...] = ()
    confidence: float = 0.0
    doubts: Mapping[str, float] = field(default_factory=dict)
    said_back: str = ""
    not_understood: tuple[str, ...] = ()


class Asker:
    """One copilot on a copy of an imported export."""

    def __init__(self, copilot: Listened, raw: Raw) -> None:
        """``raw`` is what the truths are worked out from."""
        self._copilot, self._raw = copilot, raw
        self._principal = Principal.local_owner()
        self._truths: dict[Truth, Expected] = {}

    def ask(self, case: Case) -> Asked:
        """The turns before, the question, and each choice that is offered. A copilot that breaks has answered with its fault."""
        try:
            return self._ask(case)
        except Exception as error:
            fault = Answer(answer=f"{BROKE} {type(error).__name__}: {error}", language=case.language, mode="embedded")
            return Asked(case, self.truth(case), fault)

    def _ask(self, case: Case) -> Asked:
        thread: str | None = None
        for turn in case.before:
            thread = self._copilot.ask(turn.question, self._principal, thread).thread_id
        answer = self._copilot.ask(case.question, self._principal, thread)
        heard = self._copilot.heard
        plan, confidence = heard.plan if heard else None, heard.confidence if heard else 0.0
        figures = dict(heard.doubts) if heard else {}
        said = (plan.said_back_zh if answer.language == "zh" else plan.said_back_en) if plan else ""
        unknown = heard.not_understood if heard else ()
        chosen = tuple(self._copilot.ask(choice.ask, self._principal, answer.thread_id) for choice in answer.clarify)
        return Asked(case, self.truth(case), answer, chosen, confidence, figures, said, unknown)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """A turn in which nothing was asked yet, to look at questions with."""
        with self._copilot.parts.sessions() as session:
            yield self._copilot._turn(session, self._principal, None)

    def truth(self, case: Case) -> Expected:
        """What the truth of a case brings; worked out once."""
        if case.truth not in self._truths:
            try:
                self._truths[case.truth] = case.truth(self._raw)
            except Exception as error:
                error.add_note(f"in the truth of {case.id}")
                raise
        return self._truths[case.truth]


class Listened(Copilot):
    """A copilot of which the last turn stays open to view: the answer does not tell how sure it was of its reading."""

    heard: Turn | None = None

    def __init__(self, parts: CopilotParts, switches: Switches = WHOLE) -> None:
        """``switches`` take parts of its understanding away."""
        super().__init__(parts)
        self._switches = switches

    def _turn(self, session: Session, principal: Principal, thread_id: str | None) -> Turn:
        self.heard = super()._turn(session, principal, thread_id)
        switch_off(self.heard, self._switches)
        return self.heard


@contextmanager
def opened(data: str, today: date, switches: Switches = WHOLE) -> Iterator[Asker | None]:
    """An asker for the export called ``data``, on the day ``today``; None where the export is absent."""
    folder = stores.export(data)
    if folder is None:
        yield None
        return
    with opened_on(stores.imported(data, folder), Raw(folder), today, switches) as asker:
        yield asker


@contextmanager
def opened_on(imported: Path, raw: Raw, today: date, switches: Switches = WHOLE) -> Iterator[Asker]:
    """An asker on a copy of a data directory that holds the export ``raw``."""
    stores.BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".asked-", dir=stores.BUILD) as place:
        shutil.copytree(imported, place, dirs_exist_ok=True)
        settings = app.settings_for(today.isoformat()).model_copy(update={"data_dir": Path(place), "database_url": None, "llm_model": None})
        engine = app.open_store(settings)
        try:
            # The vocabulary is always read anew: a kept one would hide what was changed in the way it is made.
            parts = replace(app.build_copilot(settings, engine).parts, kept=None)
            yield Asker(Listened(parts, switches), raw)
        finally:
            engine.dispose()


def ask_set(questions: QuestionSet, cases: Iterable[Case], switches: Switches = WHOLE) -> Iterator[Asked]:
    """Each case asked; nothing where the export of the set is absent."""
    with opened(data_of(questions), questions.today, switches) as asker:
        if asker is not None:
            yield from map(asker.ask, cases)


def data_of(questions: QuestionSet) -> str:
    """The export that a set asks: the first word of its name."""
    return questions.name.split("_")[0]
