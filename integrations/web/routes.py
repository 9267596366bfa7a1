"""The addresses under /api: run a turn, list and reopen conversations, open the proof of an answer."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from ag_ui.core import RunAgentInput
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from agent.answer import Answer, Language
from agent.evidence import CellEvidence
from integrations.charts import Theme
from integrations.web.guarding import CONTENT_SECURITY_POLICY
from integrations.web.ports import CopilotPort
from integrations.web.running import TurnRunner
from integrations.web.speaking import language_of, language_of_text
from integrations.web.wire import question_of, stream_run
from prompts.words import say
from tools.access.principal import Principal
from tools.store.errors import PlumbError
from tools.threads.service import ThreadUnknown
from tools.trace.cells import Frozen

ThreadId = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]
TraceId = Annotated[str, Path(pattern=r"^[0-9a-f]{8,64}$")]
_THREAD = re.compile(r"[A-Za-z0-9-]{1,64}")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class ThreadInList(Frozen):
    """A conversation in the list."""

    id: str
    title: str
    updated_at: datetime


class PastTurn(Frozen):
    """One question with its answer."""

    question: str
    answer: Answer


class OpenedCell(Frozen):
    """The evidence of a cell, with its formula and definition in the reader's words."""

    evidence: CellEvidence
    formula: str | None


class ChartUnknown(PlumbError):
    """An answer has no such chart."""

    key: ClassVar[str] = "chart_unknown"


class Health(Frozen):
    """Whether the chat is up."""

    status: Literal["ok"] = "ok"


def api_routes(copilot: CopilotPort, principal: Principal, runner: TurnRunner) -> APIRouter:
    """Everything that the page's script calls, for one speaker."""
    router = APIRouter()

    @router.get("/healthz")
    def healthz() -> Health:
        return Health()

    @router.post("/api/agent")
    async def run_agent(run: RunAgentInput, request: Request) -> StreamingResponse:
        if not _THREAD.fullmatch(run.thread_id):
            raise ThreadUnknown()
        question = question_of(run)
        language = language_of_text(question, spoken(request))
        events = stream_run(run, language, runner, lambda: copilot.stream(question, principal, run.thread_id))
        return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    @router.get("/api/threads")
    def threads() -> list[ThreadInList]:
        return [ThreadInList(id=each.id, title=each.title, updated_at=each.updated_at) for each in copilot.threads(principal)]

    @router.get("/api/threads/{thread_id}")
    def thread(thread_id: ThreadId) -> list[PastTurn]:
        past = copilot.history(thread_id, principal)
        if not past:
            raise ThreadUnknown()
        return [PastTurn(question=question, answer=answer) for question, answer in past]

    @router.get("/api/threads/{thread_id}/{trace_id}/charts/{number}.svg")
    def chart(
        thread_id: ThreadId,
        trace_id: TraceId,
        number: Annotated[int, Path(ge=0, le=9)],
        theme: Theme = "light",
        width: Annotated[int, Query(ge=280, le=1200)] = 620,
    ) -> Response:
        from integrations.charts import to_svg

        answer = next((answer for _, answer in copilot.history(thread_id, principal) if answer.trace_id == trace_id), None)
        if answer is None or number >= len(answer.charts):
            raise ChartUnknown()
        return Response(to_svg(answer, answer.charts[number], theme, width), media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"})

    @router.get("/api/traces/{trace_id}.svg")
    def trace_drawing(trace_id: TraceId) -> Response:
        from tools.trace.svg import to_svg

        drawing = to_svg(copilot.trace(trace_id, principal))
        return Response(drawing, media_type="image/svg+xml", headers={"Content-Security-Policy": _drawing_policy(drawing)})

    @router.get("/api/traces/{trace_id}")
    def trace(trace_id: TraceId, format: Literal["json", "prov"] = "json") -> Response:
        from tools.trace.export import to_json, to_prov

        found = copilot.trace(trace_id, principal)
        name = f"plumbline-{found.id[:12]}.{'prov.json' if format == 'prov' else 'json'}"
        content = to_prov(found) if format == "prov" else to_json(found)
        return Response(content, media_type="application/json", headers={"Content-Disposition": f'inline; filename="{name}"'})

    @router.get("/api/traces/{trace_id}/cells/{address}")
    def cell(trace_id: TraceId, address: str, request: Request, offset: Annotated[int, Query(ge=0)] = 0) -> OpenedCell:
        evidence = copilot.evidence(trace_id, address, principal, offset)
        return OpenedCell(evidence=evidence, formula=say(f"trace_formula_{evidence.formula}", spoken(request)) if evidence.formula else None)

    return router


def spoken(request: Request) -> Language:
    """The language of the page's own words."""
    return language_of(request.headers, request.cookies, request.query_params.get("lang"))


def _drawing_policy(drawing: str) -> str:
    """The policy for a drawing: its one style sheet, known by its hash, and nothing else."""
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in _STYLE.findall(drawing)]
    allowed = " ".join(f"'sha256-{each}'" for each in hashes) or "'none'"
    return CONTENT_SECURITY_POLICY.replace("style-src 'self'", f"style-src {allowed}").replace("script-src 'self'", "script-src 'none'")
