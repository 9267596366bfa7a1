"""The service's addresses: ``POST /assess`` and ``GET /health``. Whatever goes wrong is one JSON sentence under ``error``."""

from __future__ import annotations

import json
import secrets
import time
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from integrations.risk_service.faults import Faults
from integrations.risk_service.keeping import KeptAnswers, KeyUsedForAnother
from integrations.risk_service.scoring import Customer, assess
from prompts.words import say

MAX_BODY, MOST_KEY = 64_000, 200


class Asked(BaseModel):
    """The body of ``POST /assess``. What else it holds is passed over."""

    customer: Customer


class Refused(Exception):
    """A request that gets a sentence instead of an answer."""

    def __init__(self, status: int, key: str) -> None:
        """``key`` names the sentence."""
        super().__init__(key)
        self.status, self.key = status, key


async def _body(request: Request) -> bytes:
    """What was sent, while it is no larger than it may be."""
    held = bytearray()
    async for piece in request.stream():
        held += piece
        if len(held) > MAX_BODY:
            raise Refused(413, "risk_too_large")
    return bytes(held)


def _meaning(body: bytes) -> bytes:
    """Everything that was sent, however it was spaced and ordered: what a key stands for."""
    return json.dumps(json.loads(body), sort_keys=True).encode()


def create_risk_service(kept: KeptAnswers, token: str, faults: Faults | None = None, price: Decimal = Decimal(10), currency: str = "CNY") -> FastAPI:
    """The service. Callers present ``token`` as bearer; an assessment costs ``price``, a thin one half."""
    wrong = faults or Faults()
    app = FastAPI(title="Risk service", docs_url=None, redoc_url=None, openapi_url=None)

    def checked(authorization: Annotated[str, Header()] = "") -> None:
        scheme, _, presented = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(presented.strip().encode(), token.encode()):
            raise Refused(401, "risk_token_wrong")

    @app.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "assessments": kept.count()}

    @app.post("/assess", dependencies=[Depends(checked)])
    def assessment(body: Annotated[bytes, Depends(_body)], idempotency_key: Annotated[str, Header()] = "") -> Response:
        if not 1 <= len(idempotency_key) <= MOST_KEY:
            raise Refused(400, "risk_key_missing")
        asked = Asked.model_validate_json(body)
        time.sleep(wrong.delay_s)
        if wrong.fails():
            raise Refused(503, "risk_away")
        answer = kept.answer(idempotency_key, _meaning(body), lambda: assess(asked.customer, price, currency).model_dump_json())
        if wrong.loses():
            raise Refused(503, "risk_away")
        return Response(answer, media_type="application/json")

    _answer_in_sentences(app)
    return app


def _answer_in_sentences(app: FastAPI) -> None:
    def sentence(request: Request, status: int, key: str, **data: object) -> JSONResponse:
        language = "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
        return JSONResponse({"error": say(key, language, **data)}, status)

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> JSONResponse:
        return sentence(request, error.status, error.key)

    @app.exception_handler(KeyUsedForAnother)
    def another(request: Request, _: KeyUsedForAnother) -> JSONResponse:
        return sentence(request, 409, "risk_key_reused")

    @app.exception_handler(ValidationError)
    def malformed(request: Request, error: ValidationError) -> JSONResponse:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        return sentence(request, 422, "risk_field_unfit" if "." in field else "risk_malformed", field=field)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> JSONResponse:
        return sentence(request, error.status_code, "risk_no_such_address")

    @app.exception_handler(Exception)
    def unexpected(request: Request, _: Exception) -> JSONResponse:
        return sentence(request, 500, "risk_fault")
