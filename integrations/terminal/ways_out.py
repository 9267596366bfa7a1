"""How a command ends: one JSON object or words on standard output, and what goes wrong as one sentence with its exit code."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal

import typer

from prompts.words import say
from tools.store.errors import PlumbError

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON object.")]
As = Annotated[str | None, typer.Option("--as", help="Speak as this member: name, e-mail or id.")]
Today = Annotated[str | None, typer.Option("--today", help="Count relative dates from this day (YYYY-MM-DD).")]

OWN_FAULT, BAD_INPUT = 1, 2


def print_json(content: object) -> None:
    """Exactly one JSON object on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, default=_as_json) + "\n")


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def user_language() -> Literal["zh", "en"]:
    """Language of the person at the terminal, from the locale."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith("zh") else "en"


def language_for(text: str) -> str:
    """Language of a person who typed this text: Chinese where it holds a Chinese character, else that of the terminal."""
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else user_language()


@contextmanager
def sentences(as_json: bool, language: str | None = None) -> Iterator[None]:
    """Turn what goes wrong into one sentence: exit code 2 for bad input, 1 for a fault of ours, never a stack trace."""
    spoken = language or user_language()
    try:
        yield
    except PlumbError as error:
        _fail(say(error.key, spoken, **error.data), as_json, BAD_INPUT)
    except (typer.Exit, typer.Abort, KeyboardInterrupt):
        raise
    except Exception as error:
        if os.environ.get("PLUMBLINE_DEBUG"):
            raise
        _fail(say(_fault(error), spoken), as_json, OWN_FAULT)


def _fault(error: Exception) -> str:
    text = str(error).lower()
    full = (isinstance(error, OSError) and error.errno == 28) or "disk is full" in text or "disk full" in text
    return "error_disk_full" if full else "error_unexpected"


def _fail(sentence: str, as_json: bool, code: int) -> None:
    if as_json:
        print_json({"error": sentence})
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
