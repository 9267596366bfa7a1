"""Ends a response that goes on for too long or grows too large, whoever still waits for it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

MOST_BYTES = 4_000_000


class LimitedStream(httpx.SyncByteStream):
    """A response's bytes until a point in time, and up to a size."""

    def __init__(self, stream: httpx.SyncByteStream, seconds: float) -> None:
        """``seconds`` count from now."""
        self._stream, self._ends = stream, time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise httpx.ReadError("the response is too large")
            if time.monotonic() > self._ends:
                raise httpx.ReadTimeout("the response takes too long")
            yield piece

    def close(self) -> None:
        """Close the connection's stream."""
        self._stream.close()


def limited_client(seconds: float) -> httpx.Client:
    """An HTTP client whose responses end in time. Proxies of the environment are used as always."""

    def limit(response: httpx.Response) -> None:
        assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101 - the client is synchronous
        response.stream = LimitedStream(response.stream, seconds)

    return httpx.Client(timeout=seconds, follow_redirects=True, event_hooks={"response": [limit]})
