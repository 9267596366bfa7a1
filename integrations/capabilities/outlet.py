"""Calls of any registered capability over HTTP: attempts with growing, jittered pauses under one idempotency key, and a circuit for each capability."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from integrations.capabilities.breaker import Breaker, Failure
from integrations.capabilities.exchange import Attempt, exchange
from integrations.settings import Settings
from tools.sandbox.capabilities.ports import NotBrought
from tools.sandbox.capabilities.schemas import Brought, Outgoing

if TYPE_CHECKING:
    import httpx
    from tenacity import Retrying

FIRST_PAUSE_S, LONGEST_PAUSE_S, JITTER_S = 0.1, 2.0, 0.1


class _Failed(Failure):
    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt


class HttpOutlet:
    """See :class:`tools.sandbox.capabilities.ports.Outlet`. Many threads may use one."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        """``clock`` and ``sleep`` are for tries."""
        self.settings, self.sleep = settings, sleep
        self.clock = clock or (lambda: datetime.now(UTC))
        self._tokens = settings.tokens_by_capability()
        self._breakers: dict[str, Breaker] = {}
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def resting_until(self, capability: str) -> datetime | None:
        """See :class:`tools.sandbox.capabilities.ports.Outlet`."""
        return self.breaker(capability).resting_until()

    def bring(self, call: Outgoing) -> Brought:
        """See :class:`tools.sandbox.capabilities.ports.Outlet`. Connection errors, time-outs, 502, 503 and 504 are tried again, nothing else."""
        retrying = self._retrying(call)
        if self.clock() >= call.ends_at:
            raise NotBrought("timed_out", 0)

        def attempts() -> int:
            return int(retrying.statistics.get("attempt_number", 0))

        try:
            with self.breaker(call.capability).passing():
                try:
                    return Brought(answer=retrying(self._attempt, call), attempts=attempts())
                except Attempt as failed:
                    if failed.fault == "turned_down":
                        raise
                    raise _Failed(failed) from failed
        except _Failed as failure:
            raise NotBrought(failure.attempt.fault, attempts()) from failure.attempt
        except Attempt as refused:
            raise NotBrought(refused.fault, attempts(), refused.said) from refused

    def breaker(self, capability: str) -> Breaker:
        """The circuit of a capability."""
        with self._lock:
            rest = timedelta(seconds=self.settings.capability_rest_s)
            return self._breakers.setdefault(capability, Breaker(self.settings.capability_failures, rest, self.clock))

    def close(self) -> None:
        """Close connections that are kept open."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _attempt(self, call: Outgoing) -> dict[str, Any]:
        if self.clock() >= call.ends_at:
            raise Attempt("timed_out")
        return exchange(self._open(), call, self._tokens.get(call.capability))

    def _retrying(self, call: Outgoing) -> Retrying:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

        return Retrying(
            sleep=self.sleep,
            stop=stop_after_attempt(self.settings.capability_attempts),
            wait=wait_exponential_jitter(multiplier=FIRST_PAUSE_S, max=LONGEST_PAUSE_S, jitter=JITTER_S),
            retry=retry_if_exception(lambda error: isinstance(error, Attempt) and error.passing and self.clock() < call.ends_at),
            reraise=True,
        )

    def _open(self) -> httpx.Client:
        import httpx

        with self._lock:
            if self._client is None:
                self._client = httpx.Client(follow_redirects=False)
            return self._client
