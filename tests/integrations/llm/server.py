"""A real HTTP server that speaks the chat-completions protocol, streaming and not, and can do it wrong in every way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Payload = dict[str, Any]
USAGE = {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10}


@dataclass(frozen=True)
class Calls:
    """Tool calls; arguments that are text are sent as they are."""

    calls: tuple[tuple[str, dict | str], ...]
    finish: str | None = "tool_calls"


@dataclass(frozen=True)
class Says:
    """A text."""

    text: str
    finish: str | None = "stop"


@dataclass(frozen=True)
class Raw:
    """Bytes of any kind, whatever was asked for; ``pieces`` may wait between them, or never end."""

    pieces: Iterable[bytes]
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


Reply = Calls | Says | Raw


def call(name: str, **args: Any) -> Calls:
    return Calls(((name, args),))


@dataclass
class ChatServer:
    """The server's script and what it was asked."""

    script: Callable[[Payload], Reply]
    url: str = ""
    requests: list[Payload] = field(default_factory=list)

    @property
    def planning(self) -> list[Payload]:
        """Requests that offered tools."""
        return [each for each in self.requests if each.get("tools")]


@contextmanager
def chat_server(script: Callable[[Payload], Reply]) -> Iterator[ChatServer]:
    server = ChatServer(script)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(body)
            if self.path != "/v1/chat/completions":
                return self._send(Raw([b"not here"], 404, "text/plain"))
            reply = server.script(body)
            if isinstance(reply, Raw):
                return self._send(reply)
            if body.get("stream"):
                return self._send(Raw(_events(reply), kind="text/event-stream"))
            return self._send(Raw([json.dumps(_whole(reply)).encode()]))

        def _send(self, reply: Raw) -> None:
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.kind)
                self.send_header("Connection", "close")
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in reply.pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                pass  # the client gave up, as some tests want

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{listener.server_port}/v1"
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()


def event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    """One chunk of a stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _data({"choices": [choice]})


def _data(content: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "tiny"} | content).encode() + b"\n\n"


def call_event(index: int, name: str | None, args: str) -> bytes:
    function = {"arguments": args} | ({"name": name} if name else {})
    return event({"tool_calls": [{"index": index, "function": function} | ({"id": f"t{index}", "type": "function"} if name else {})]})


def every(seconds: float, piece: bytes, times: int = 10_000) -> Iterator[bytes]:
    """The same bytes again and again."""
    for _ in range(times):
        time.sleep(seconds)
        yield piece


def _events(reply: Calls | Says) -> Iterator[bytes]:
    yield event({"role": "assistant", "content": ""})
    if isinstance(reply, Says):
        step = max(7, len(reply.text) // 50)
        for start in range(0, len(reply.text), step):
            yield event({"content": reply.text[start : start + step]})
    else:
        for index, (name, args) in enumerate(reply.calls):
            text = args if isinstance(args, str) else json.dumps(args, ensure_ascii=False)
            yield call_event(index, name, "")
            for start in range(0, len(text), 9):
                yield call_event(index, None, text[start : start + 9])
    if reply.finish:
        yield event({}, reply.finish)
        usage = {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10}
        yield (
            b"data: "
            + json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "tiny", "choices": [], "usage": usage}).encode()
            + b"\n\n"
        )
        yield b"data: [DONE]\n\n"


def _whole(reply: Calls | Says) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text if isinstance(reply, Says) else None}
    if isinstance(reply, Calls):
        message["tool_calls"] = [
            {"id": f"t{index}", "type": "function", "function": {"name": name, "arguments": args if isinstance(args, str) else json.dumps(args)}}
            for index, (name, args) in enumerate(reply.calls)
        ]
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [choice], "usage": USAGE}
