"""The address at which other systems tell what they saw outside. Each body is signed (HMAC-SHA256, RFC 2104) over its time and its bytes."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import ClassVar, Literal

from fastapi import APIRouter, Request
from pydantic import ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool

from integrations.web.ports import SignalIntake
from tools.journey.schemas import ExternalSignal, Taken
from tools.store.errors import PlumbError
from tools.trace.cells import Frozen

SKEW_S = 300
TIMESTAMP, SIGNATURE, SCHEME = "x-plumbline-timestamp", "x-plumbline-signature", "v1="


class SignatureMissing(PlumbError):
    """The request has no time or no signature."""

    key: ClassVar[str] = "signal_signature_missing"


class SignatureWrong(PlumbError):
    """The signature is not that of this time and body."""

    key: ClassVar[str] = "signal_signature_wrong"


class SignatureTooOld(PlumbError):
    """The signature's time is too far from ours."""

    key: ClassVar[str] = "signal_too_old"


class SignalMalformed(PlumbError):
    """The body is no signal."""

    key: ClassVar[str] = "signal_malformed"


class SentSignal(ExternalSignal):
    """A signal as it is sent: nothing beyond what it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SignalTaken(Frozen):
    """What became of a signal: counted now, once its account is known, once its time comes; or it was here already, or tells of no stage."""

    became: Literal["counted", "waiting", "future", "known", "of_no_stage"]


def sign(secret: bytes, timestamp: int, body: bytes) -> str:
    """What stands in the signature's header."""
    return SCHEME + hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def signal_routes(intake: SignalIntake, secret: bytes, clock: Callable[[], float] = time.time) -> APIRouter:
    """``POST /api/signals`` for whoever holds the key."""
    router = APIRouter()

    @router.post("/api/signals")
    async def take(request: Request) -> SignalTaken:
        body = await request.body()
        _check(request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, ""), body, secret, clock())
        try:
            signal = SentSignal.model_validate_json(body)
        except ValidationError as error:
            raise SignalMalformed() from error
        return _became(await run_in_threadpool(intake.take, signal))

    return router


def _check(timestamp: str, signature: str, body: bytes, secret: bytes, now: float) -> None:
    """The signature first: whoever has no key learns nothing of our clock."""
    if not signature or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        raise SignatureMissing()
    if not hmac.compare_digest(sign(secret, int(timestamp), body).encode(), signature.encode()):
        raise SignatureWrong()
    if abs(now - int(timestamp)) > SKEW_S:
        raise SignatureTooOld()


def _became(taken: Taken) -> SignalTaken:
    if taken.waiting:
        return SignalTaken(became="waiting")
    if taken.future:
        return SignalTaken(became="future")
    if taken.new or taken.replaced:
        return SignalTaken(became="counted")
    return SignalTaken(became="known" if taken.unchanged else "of_no_stage")
