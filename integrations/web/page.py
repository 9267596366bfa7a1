"""The one page of the chat, with its words in the reader's language."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from agent.answer import Language
from integrations.web.ports import CopilotPort
from integrations.web.routes import spoken
from integrations.web.speaking import COOKIE
from prompts.words import say
from tools.access.principal import Principal

HERE = Path(__file__).parent
REMEMBERED = timedelta(days=365)
SPOKEN_BY_SCRIPT = (
    *("waiting", "stopped", "ask_again", "failed", "offline", "loading", "no_threads", "you_asked", "answer", "today", "yesterday"),
    *("mark", "record", "records", "as_of", "open_records", "cell_hint", "proof", "open_proof"),
    *("value", "definition", "formula", "computed_from", "row", "version", "source", "shown_records", "more_records", "no_records", "withheld"),
    *("graph", "trace_json", "trace_prov", "show_rows", "hide_rows", "rows_of", "sort_by", "missing", "yes", "no", "day", "days"),
    *("serves", "precedents", "mode_embedded", "mode_live", "mode_embedded_after_live"),
)


def page_routes(copilot: CopilotPort, principal: Principal) -> APIRouter:
    """The page, with starters made from the speaker's own data."""
    router = APIRouter()
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    @router.get("/")
    def page(request: Request) -> HTMLResponse:
        language = spoken(request)
        content = environment.get_template("chat.html").render(
            language=language,
            other="en" if language == "zh" else "zh",
            say=lambda key: say(f"web_{key}", language),
            words=json.dumps({each: script_words(each) for each in get_args(Language)}, ensure_ascii=False),
            starters=copilot.starters(principal, language),
            speaker=principal.name,
        )
        response = HTMLResponse(content)
        response.headers["Vary"] = "Accept-Language, Cookie"
        if request.query_params.get("lang") == language:
            response.set_cookie(COOKIE, language, max_age=int(REMEMBERED.total_seconds()), samesite="strict", httponly=True)
        return response

    @router.get("/favicon.ico")
    def icon() -> FileResponse:
        return FileResponse(HERE / "static" / "plumb.svg", media_type="image/svg+xml")

    return router


def script_words(language: Language) -> dict[str, str]:
    """The texts that the page's script needs, by key."""
    return {key: template(f"web_{key}", language) for key in SPOKEN_BY_SCRIPT}


def template(key: str, language: Language) -> str:
    """A text whose placeholders the script fills: ``{n}`` stays ``{n}``."""
    return say(key, language, **{name: f"{{{name}}}" for name in ("n", "m", "day", "name", "text", "table")})
