"""Keeps other sites out. There is no login: whoever reaches the page is the owner of the machine, so nobody else may reach it."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.web.speaking import language_of
from prompts.words import say
from tools.store.errors import PlumbError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
READING = frozenset({"GET", "HEAD"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class WebHostNotLoopback(PlumbError):
    """The chat was told to listen where others could reach it. Data: ``host``."""

    key: ClassVar[str] = "web_host_not_loopback"


def check_listening(host: str) -> None:
    """Raises WebHostNotLoopback unless only this machine can reach ``host``."""
    if host not in LOOPBACK:
        raise WebHostNotLoopback(host=host)


class Guard:
    """Refuses requests that were not made by the page itself, and puts strict headers on every response.

    The Host header must name this machine (against DNS rebinding), the Origin must be the page's own (against forged
    requests), and what changes something must be JSON, which no form of another site can send.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = _refusal(scope["method"], headers)
        if refusal is None:
            await self.app(scope, receive, send_guarded)
            return
        status, key = refusal
        await JSONResponse({"error": say(key, language_of(headers, {}))}, status)(scope, receive, send_guarded)


def _refusal(method: str, headers: Headers) -> tuple[int, str] | None:
    host = headers.get("host", "")
    if _name_of(host) not in LOOPBACK:
        return 421, "web_foreign_host"
    if not _is_own(headers, host):
        return 403, "web_foreign_origin"
    if method in READING:
        return None
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return 415, "web_not_json"
    return None


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_own(headers: Headers, host: str) -> bool:
    """Browsers state the origin of whatever isn't a plain navigation; other programs on this machine state none."""
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return False
    return headers.get("sec-fetch-site", "none") in {"same-origin", "none"} or headers.get("sec-fetch-mode") == "navigate"
