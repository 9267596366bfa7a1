"""Frees cell text from what nobody meant to write, and reduces names to what makes two spellings the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

# Control characters but tab and line ends, invisible joiners and marks, characters that turn the text around them, lone surrogates.
_UNMEANT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
# What says how a company is constituted, at the end of its name or, in Japanese, also at the beginning.
_FORMS = (
    r"gmbh(?: ?(?:&|und) ?co\.? ?kg(?:aa)?)?|g\.?m\.?b\.?h|ag(?: ?& ?co\.? ?kg(?:aa)?)?|kgaa|kg|ohg|gbr|ug|e\.? ?k|e\.? ?v|se|ltd|limited|llc|l\.l\.c|llp|lp|"
    r"inc|incorporated|corp|corporation|co|company|plc|sa|s\.a|sas|s\.a\.s|sarl|s\.a\.r\.l|srl|s\.r\.l|spa|s\.p\.a|sl|s\.l|ltda|bv|b\.v|nv|n\.v|"
    r"ab|as|asa|a/s|aps|oy|oyj|pty|pte|kk|k\.k|sp\.? ?z ?o\.? ?o"
)
_LEGAL_FORM = re.compile(
    rf"(?:[\s,]+(?:& ?)?(?:{_FORMS})\.?)+$|(?:股份|责任)?有限(?:责任)?公司$|^(?:株式会社|有限会社|合同会社)\s*|\s*(?:株式会社|有限会社|合同会社)$"
)
_NOT_WORD = re.compile(r"[\W_]+")


def clean(text: str) -> tuple[str, str | None]:
    """The text without unmeant characters and outer spaces, and the reason of the repair where one was made."""
    kept = _UNMEANT.sub("", text) if not text.isprintable() else text
    trimmed = kept.strip()
    if not trimmed:
        return "", None
    if kept != text:
        return trimmed, "control_characters_removed"
    return trimmed, None if trimmed == text else "spaces_trimmed"


@cache
def key_text(text: str) -> str:
    """A key whose case, width and inner spaces don't matter; punctuation does."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


@cache
def plain_name(text: str) -> str:
    """Letters and digits of a name alone: case, width, spaces and punctuation don't matter."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def company_name(text: str) -> str:
    """The :func:`plain_name` of a company without its legal form; the whole where nothing else is left."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return plain_name(_LEGAL_FORM.sub("", folded)) or plain_name(folded)


def joined(columns: Sequence[Sequence[str]]) -> list[str]:
    """The parts of a text side by side: with a space, but not between Han."""
    return [_join([clean(part)[0] for part in row]) for row in zip(*columns, strict=True)]


def _join(parts: list[str]) -> str:
    found = ""
    for part in filter(None, parts):
        found += part if not found or (_is_han(found[-1]) and _is_han(part[0])) else f" {part}"
    return found


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
