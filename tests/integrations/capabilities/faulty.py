"""A real HTTP server that answers by a script, and can do it wrong in every way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """A status with bytes; ``after_s`` seconds of silence come first, ``pause_s`` between the pieces."""

    status: int = 200
    pieces: Iterable[bytes] = (b'{"score": 1}',)
    after_s: float = 0
    pause_s: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False


@dataclass
class FaultyServer:
    """The next replies in order, the last one again and again; and what was asked."""

    replies: list[Reply]
    url: str = ""
    asked: list[tuple[dict[str, str], dict]] = field(default_factory=list)

    def take(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def faulty_server(*replies: Reply) -> Iterator[FaultyServer]:
    server = FaultyServer(list(replies))
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(({name.lower(): value for name, value in self.headers.items()}, body))
            reply = server.take()
            over.wait(reply.after_s)
            if reply.hangs_up:
                self.close_connection = True
                return
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in reply.pieces:
                    self.wfile.write(piece)
                    time.sleep(reply.pause_s)
            except OSError:
                pass  # the client gave up, as some tests want

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    server.url = f"http://127.0.0.1:{listener.server_port}/assess"
    try:
        yield server
    finally:
        over.set()
        listener.shutdown()
        listener.server_close()
