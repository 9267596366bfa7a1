"""Says the events of a turn in AG-UI, the protocol that agent front ends speak, over server-sent events."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing

from ag_ui.core import (
    PROTOCOL_VERSION,
    BaseEvent,
    RunAgentInput,
    RunErrorEvent,
    RunFinishedEvent,
    RunStartedEvent,
    StateSnapshotEvent,
    StepFinishedEvent,
    StepStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
    TextPart,
    UserMessage,
)
from ag_ui.encoder import EventEncoder

from agent.answer import Answer, Finished, Language, StepStarted, TextDelta, TurnEvent
from integrations.web.running import TurnRunner
from prompts.words import say
from tools.store.errors import PlumbError

LOG = logging.getLogger(__name__)


def question_of(run: RunAgentInput) -> str:
    """The last thing that the person said; empty when there is none. What a client claims was answered before is ignored."""
    said = next((message for message in reversed(run.messages) if isinstance(message, UserMessage)), None)
    if said is None:
        return ""
    if isinstance(said.content, str):
        return said.content
    return "\n".join(part.text for part in said.content if isinstance(part, TextPart))


async def stream_run(run: RunAgentInput, language: Language, runner: TurnRunner, begin: Callable[[], Iterator[TurnEvent]]) -> AsyncIterator[str]:
    """Encoded events of one run, from RUN_STARTED to RUN_FINISHED or to RUN_ERROR with a sentence in ``language``."""
    encode = EventEncoder().encode
    spoken = _Spoken(run)
    yield encode(RunStartedEvent(thread_id=run.thread_id, run_id=run.run_id, protocol_version=PROTOCOL_VERSION))
    try:
        async with aclosing(runner.run(begin)) as events:
            async for event in events:
                for said in spoken.say(event):
                    yield encode(said)
    except PlumbError as error:
        yield encode(RunErrorEvent(message=say(error.key, language, **error.data), code=error.key))
        return
    except Exception:
        LOG.exception("a turn failed")
        yield encode(RunErrorEvent(message=say(PlumbError.key, language), code=PlumbError.key))
        return
    yield encode(RunFinishedEvent(thread_id=run.thread_id, run_id=run.run_id))


class _Spoken:
    """Translates events one by one. A step ends when the next one or the text begins."""

    def __init__(self, run: RunAgentInput) -> None:
        self.message_id = f"{run.run_id}-answer"
        self.step: str | None = None
        self.writing = False

    def say(self, event: TurnEvent) -> Iterator[BaseEvent]:
        if isinstance(event, StepStarted):
            yield from self._end_step()
            self.step = event.name
            yield StepStartedEvent(step_name=event.name, metadata={"plumbline": {"text": event.text}})
        elif isinstance(event, TextDelta):
            yield from self._end_step()
            if not self.writing:
                self.writing = True
                yield TextMessageStartEvent(message_id=self.message_id, role="assistant")
            if event.text:
                yield TextMessageContentEvent(message_id=self.message_id, delta=event.text)
        elif isinstance(event, Finished):
            yield from self._end_step()
            if self.writing:
                yield TextMessageEndEvent(message_id=self.message_id)
            yield StateSnapshotEvent(snapshot=snapshot(event.answer))

    def _end_step(self) -> Iterator[BaseEvent]:
        if self.step is not None:
            yield StepFinishedEvent(step_name=self.step)
            self.step = None


def snapshot(answer: Answer) -> dict[str, object]:
    """The state that a page keeps: the whole answer."""
    return {"answer": answer.model_dump(mode="json")}
