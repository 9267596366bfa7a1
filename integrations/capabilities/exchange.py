"""One attempt: a POST and its answer, or what kind of fault it was. An answer is one JSON object of reasonable size, in time."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from tools.sandbox.capabilities.schemas import Fault, Outgoing

if TYPE_CHECKING:
    import httpx
    from pydantic import SecretStr

MOST_BYTES = 256_000
MOST_SAID = 300
PASSING = frozenset({502, 503, 504})
OK, FIRST_REFUSAL, FIRST_OWN_FAULT = 200, 400, 500


class Attempt(Exception):
    """An attempt that brought no answer. ``passing``: the next may."""

    def __init__(self, fault: Fault, passing: bool = False, said: str = "") -> None:
        """``said`` is what the service said to a call that it turned down."""
        super().__init__(fault)
        self.fault, self.passing, self.said = fault, passing, said


def exchange(client: httpx.Client, call: Outgoing, token: SecretStr | None) -> dict[str, Any]:
    """Send one attempt and read its answer. Raises Attempt."""
    import httpx

    headers = {"Idempotency-Key": call.key, "Accept": "application/json", "Accept-Encoding": "identity"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token.get_secret_value()}"
    seconds = call.timeout_ms / 1000
    ends = time.monotonic() + seconds
    try:
        with client.stream("POST", call.url, json=call.body, headers=headers, timeout=seconds) as response:
            return _answer(response.status_code, _read(response, ends))
    except httpx.TimeoutException as error:
        raise Attempt("timed_out", passing=True) from error
    except httpx.TransportError as error:
        raise Attempt("unreachable", passing=True) from error
    except httpx.InvalidURL as error:
        raise Attempt("unreadable") from error


def _read(response: httpx.Response, ends: float) -> bytes:
    import httpx

    held = bytearray()
    for piece in response.iter_raw():
        held += piece
        if len(held) > MOST_BYTES:
            raise Attempt("unreadable")
        if time.monotonic() > ends:
            raise httpx.ReadTimeout("the answer takes too long")
    return bytes(held)


def _answer(status: int, body: bytes) -> dict[str, Any]:
    if status >= FIRST_OWN_FAULT:
        raise Attempt("faulty", passing=status in PASSING)
    content = _object(body)
    if status >= FIRST_REFUSAL:
        said = content.get("error") if content else None
        raise Attempt("turned_down", said=said[:MOST_SAID] if isinstance(said, str) and said.strip() else str(status))
    if status != OK or content is None:  # a redirect isn't followed: what is sent goes to the registered address alone
        raise Attempt("unreadable")
    return content


def _object(body: bytes) -> dict[str, Any] | None:
    """The JSON object that a body is; None where it is none, or holds numbers that JSON has no words for."""
    try:
        content = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _refuse(word: str) -> None:
    raise ValueError(word)
