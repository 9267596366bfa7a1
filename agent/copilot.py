"""The copilot as surfaces see it: ask, stream, threads, evidence."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from sqlalchemy.orm import Session, sessionmaker

from agent.answer import Answer, Finished, StepStarted, TextDelta, TurnEvent
from agent.catalog import Catalogs
from agent.defining import known_to
from agent.evidence import CellEvidence, open_evidence
from agent.graph import Graph, build_graph
from agent.parsing.store_words.keeping import VocabularyFile
from agent.questions import check_question
from agent.sealing_proposals import ProposalSealer
from agent.starting import starters
from agent.tailoring import CoachedTracks
from agent.turn import Turn, TurnState
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.ports import Dictionary, Embedder, TextSearch
from tools.forecast.keeping import Studies
from tools.threads.service import ThreadSummary, check_thread, last_plan, new_thread_id, readable_traces, threads, turns
from tools.trace.citation import CitationTrace
from tools.trace.service import load
from tools.trace.signing import InstallationKey

CHUNK = 24


@dataclass(frozen=True, slots=True)
class CopilotParts:
    """What the composition root brings."""

    sessions: sessionmaker[Session]
    scope: RowScope
    key: InstallationKey
    clock_today: Callable[[], date]
    checkpointer: BaseCheckpointSaver[str] | None = None
    live: Callable[[], BaseChatModel] | None = None
    rewords: bool = False
    reporting_currency: str | None = None
    time_zone: str = "UTC"
    texts: TextSearch | None = None
    embedder: Embedder | None = None
    dictionary: Dictionary | None = None
    kept: Path | None = None
    learnt: Path | None = None


class Copilot:
    """Answers questions for principals."""

    def __init__(self, parts: CopilotParts) -> None:
        """The graph is built on the first question, so that starting costs nothing."""
        self.parts = parts
        self.catalogs = Catalogs(parts.clock_today, parts.time_zone, parts.embedder, VocabularyFile(parts.kept) if parts.kept else None, parts.dictionary)
        self.studies = Studies(parts.learnt)
        self._graph: Graph | None = None
        self._live: BaseChatModel | None = None

    def ask(self, question: str, principal: Principal, thread_id: str | None = None) -> Answer:
        """One turn, to its end. Costs less than as events, for which every step runs in a thread of its own.

        Raises QuestionEmpty and QuestionTooLong.
        """
        question = check_question(question)
        began = time.perf_counter()
        with self.parts.sessions() as session:
            turn = self._turn(session, principal, thread_id)
            self.graph.invoke(self._state(question, session, thread_id), _config(turn), context=turn, durability="exit")
            return _finish(turn, began)

    def stream(self, question: str, principal: Principal, thread_id: str | None = None) -> Iterator[TurnEvent]:
        """One turn as events; text comes only after it was verified and recorded. Closing the iterator stops the turn.

        Raises QuestionEmpty and QuestionTooLong.
        """
        question = check_question(question)
        began = time.perf_counter()
        with self.parts.sessions() as session:
            turn = self._turn(session, principal, thread_id)
            state = self._state(question, session, thread_id)
            for event in self.graph.stream(state, _config(turn), context=turn, stream_mode="custom", durability="exit"):
                if isinstance(event, StepStarted):
                    yield event
            answer = _finish(turn, began)
            for start in range(0, len(answer.answer), CHUNK):
                yield TextDelta(text=answer.answer[start : start + CHUNK])
            yield Finished(answer=answer)

    @property
    def graph(self) -> Graph:
        """The compiled graph."""
        if self._graph is None:
            self._graph = build_graph(self.parts.checkpointer)
        return self._graph

    def threads(self, principal: Principal) -> list[ThreadSummary]:
        """The principal's conversations, latest first."""
        with self.parts.sessions() as session:
            return threads(session, principal)

    def history(self, thread_id: str, principal: Principal) -> list[tuple[str, Answer]]:
        """Questions and answers of one conversation."""
        with self.parts.sessions() as session:
            return [(question, Answer.model_validate_json(json.dumps(answer))) for question, answer in turns(session, thread_id, principal)]

    def trace(self, trace_id: str, principal: Principal) -> CitationTrace:
        """A recorded trace, masked to what the principal may read. Raises TraceUnknown also for the trace of somebody else, and TraceIdAmbiguous."""
        with self.parts.sessions() as session:
            return _readable(session, trace_id, principal)

    def evidence(self, trace_id: str, cell: str, principal: Principal, offset: int = 0) -> CellEvidence:
        """What stands behind one cell of a trace; its records from ``offset`` on. Raises CellUnknown and what :meth:`trace` raises."""
        with self.parts.sessions() as session:
            trace = _readable(session, trace_id, principal)
            return open_evidence(session, trace, cell, self.catalogs.current(session).model, principal, self.parts.scope, offset)

    def starters(self, principal: Principal, language: str) -> tuple[str, ...]:
        """Three questions that this store can answer."""
        with self.parts.sessions() as session:
            return starters(self.catalogs.current(session), language)

    def today(self) -> date:
        """The day that relative dates count from."""
        with self.parts.sessions() as session:
            return self.catalogs.current(session).today(self.parts.clock_today())[0]

    def tracks(self) -> CoachedTracks:
        """Who writes talk tracks for changes at customers."""
        return CoachedTracks(lambda session: self.catalogs.current(session).model, self.parts.embedder)

    def sealer(self) -> ProposalSealer:
        """Who seals what proposals rest on."""
        return ProposalSealer(self.parts.key, lambda session: self.catalogs.current(session).model)

    def _state(self, question: str, session: Session, thread_id: str | None) -> TurnState:
        """What a turn starts from; a checkpoint brings the last plan by itself."""
        state: TurnState = {"question": question}
        if self.parts.checkpointer is None or thread_id is not None:
            state["previous"] = last_plan(session, thread_id) if thread_id is not None else None
        return state

    def _turn(self, session: Session, principal: Principal, thread_id: str | None) -> Turn:
        if thread_id is not None:
            check_thread(session, thread_id, principal)
        catalog = self.catalogs.current(session)
        today, from_data_end = catalog.today(self.parts.clock_today())
        return Turn(
            session=session,
            principal=principal,
            scope=self.parts.scope,
            catalog=known_to(session, catalog, principal, today),
            shared=catalog.vocabulary,
            key=self.parts.key,
            thread_id=thread_id or new_thread_id(),
            goes_on=thread_id is not None,
            asked_at=datetime.now(UTC),
            today=today,
            from_data_end=from_data_end,
            reporting_currency=self.parts.reporting_currency,
            texts=self.parts.texts,
            studies=self.studies,
            embedder=self.parts.embedder,
            dictionary=self.parts.dictionary,
            live=self._model(),
            rewords=self.parts.rewords,
        )

    def _model(self) -> BaseChatModel | None:
        if self._live is None and self.parts.live is not None:
            self._live = self.parts.live()
        return self._live


def _config(turn: Turn) -> RunnableConfig:
    return {"configurable": {"thread_id": turn.thread_id}}


def _readable(session: Session, trace_id: str, principal: Principal) -> CitationTrace:
    return load(session, trace_id, readable_traces(principal)).masked_for(principal.clearance)


def _finish(turn: Turn, began: float) -> Answer:
    turn.let_go()
    assert turn.answer is not None  # noqa: S101 - recorded by the last node
    total = round((time.perf_counter() - began) * 1000, 2)
    return turn.answer.model_copy(update={"timings_ms": {**turn.timings, "total": total}})
