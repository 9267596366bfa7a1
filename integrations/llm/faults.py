"""Says what kind of fault an error of the OpenAI client is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.live import FaultKind

OVERLOADED = 429
FIRST_OWN_FAULT = 500
FIRST_REFUSAL = 400


def kind_of(error: Exception) -> FaultKind:
    """The kind of an error that the client, or what it stands on, raised."""
    import httpx
    import openai

    causes = list(_causes(error))
    if any(isinstance(cause, (openai.APITimeoutError, httpx.TimeoutException)) for cause in causes):
        return "timed_out"
    for cause in causes:
        if isinstance(cause, openai.APIStatusError):
            return _of_status(cause.status_code)
    if any(isinstance(cause, httpx.RemoteProtocolError) for cause in causes):
        return "cut_short"
    if any(isinstance(cause, (openai.APIConnectionError, httpx.TransportError)) for cause in causes):
        return "unreachable"
    return "server_error" if type(error) is openai.APIError else "unreadable"


def _of_status(status: int) -> FaultKind:
    if status == OVERLOADED:
        return "overloaded"
    return "server_error" if status >= FIRST_OWN_FAULT else "refused" if status >= FIRST_REFUSAL else "unreadable"


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in found:
        found.append(here)
        here = here.__cause__ or here.__context__
    return found
