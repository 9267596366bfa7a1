"""Which language the page's own words are in: what the reader chose, else what the browser prefers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.datastructures import Headers

from agent.answer import Language

COOKIE = "plumb_language"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_HAN = re.compile(r"[\u3400-\u9fff]")


def language_of(headers: Headers, cookies: Mapping[str, str], chosen: str | None = None) -> Language:
    """The first of: ``chosen``, the cookie, the browser's preferences; English where none of them is known."""
    preferred = [part.partition(";")[0].strip()[:2].lower() for part in headers.get("accept-language", "").split(",")]
    for wish in (chosen, cookies.get(COOKIE), *preferred):
        for language in LANGUAGES:
            if wish == language:
                return language
    return "en"


def language_of_text(text: str, otherwise: Language) -> Language:
    """Chinese when the text holds Han."""
    return "zh" if _HAN.search(text) else otherwise
