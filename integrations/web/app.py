"""Puts the web chat together: the guard, the page, its files and its endpoints."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from integrations.settings import Settings
from integrations.web.guarding import HEADERS, Guard, check_listening
from integrations.web.page import HERE, page_routes
from integrations.web.ports import CopilotPort, SignalIntake
from integrations.web.routes import api_routes, spoken
from integrations.web.running import TurnRunner
from integrations.web.signals import signal_routes
from prompts.words import say
from tools.access.principal import Principal
from tools.store.errors import PlumbError

MAX_BODY = 1_000_000
NOT_FOUND = {"trace_unknown", "trace_id_ambiguous", "trace_cell_unknown", "thread_unknown", "chart_unknown"}
HTTP_SENTENCES = {404: "web_no_such_page", 405: "web_no_such_page", 413: "web_too_large"}
FORBIDDEN = {"thread_of_another"}
UNSIGNED = {"signal_signature_missing", "signal_signature_wrong", "signal_too_old"}


def create_app(copilot: CopilotPort, settings: Settings, principal: Principal | None = None, signals: SignalIntake | None = None) -> FastAPI:
    """The web chat for one speaker, the local owner by default. Where senders have a key, ``signals`` takes in what they saw. Raises WebHostNotLoopback."""
    check_listening(settings.host)
    runner = TurnRunner()
    speaker = principal or Principal.local_owner()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        runner.close()

    app = FastAPI(title="Plumbline", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, max_body_size=MAX_BODY)
    app.add_middleware(Guard)
    app.include_router(page_routes(copilot, speaker))
    app.include_router(api_routes(copilot, speaker, runner))
    if signals is not None and settings.signal_secret is not None:
        app.include_router(signal_routes(signals, settings.signal_secret.get_secret_value().encode()))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _answer_errors_in_sentences(app)
    return app


def _answer_errors_in_sentences(app: FastAPI) -> None:
    def sentence(request: Request, status: int, key: str, **data: object) -> JSONResponse:
        return JSONResponse({"error": say(key, spoken(request), **data)}, status)

    @app.exception_handler(PlumbError)
    def plumb_error(request: Request, error: PlumbError) -> JSONResponse:
        status = (
            404
            if error.key in NOT_FOUND
            else 403
            if error.key in FORBIDDEN
            else 401
            if error.key in UNSIGNED
            else 409
            if error.key == "signal_replayed"
            else 400
        )
        return sentence(request, status, error.key, **error.data)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, _: RequestValidationError) -> JSONResponse:
        return sentence(request, 422, "web_malformed")

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> JSONResponse:
        return sentence(request, error.status_code, HTTP_SENTENCES.get(error.status_code, "web_malformed"))

    @app.exception_handler(Exception)
    def unexpected(request: Request, _: Exception) -> JSONResponse:
        # This one is made outside the guard, so it brings the guard's headers itself.
        return JSONResponse({"error": say(PlumbError.key, spoken(request))}, 500, HEADERS)
