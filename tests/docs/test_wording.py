"""The project speaks of itself alone: no machine's paths, no registries, no talk about how the work was organised, nothing left to do."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.documents import ROOT

PASSED_OVER = {".git", ".venv", "build", ".hypothesis", ".plumbline", "requirements.txt", "requirements-dev.txt"}
BEFORE_DOCSTRING = {tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.ENCODING}
TEXTS = {".md", ".toml", ".yaml", ".yml", ".sh", ".js", ".css", ".html", ".txt", ".mako", ""}
PLACES = {
    "a machine's path": re.compile(r"(?<![\w.])/(?:work|root|home|Users|tmp)/\w"),
    "a package registry": re.compile(r"\bpypi\.|pythonhosted|npmjs|(?:index|mirrors?|registry)\.[\w-]+\.\w{2,}|--index-url|--extra-index"),
}
TALK = {
    "talk of an issue": re.compile(r"\bissue ?#?\d|\bthis issue\b|(?<![\w&])#\d+\b", re.IGNORECASE),
    "talk of a session of work": re.compile(
        r"\b(?:previous|earlier|next|last|work(?:ing)?) session\b|\bsprint\b|\bas (?:discussed|requested|agreed)\b", re.IGNORECASE
    ),
    "something left to do": re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
}


def files(suffixes: set[str]) -> list[Path]:
    found = [path for path in ROOT.rglob("*") if path.suffix in suffixes and path.is_file()]
    return [path for path in found if not _is_passed_over(path.relative_to(ROOT).parts)]


def _is_passed_over(parts: tuple[str, ...]) -> bool:
    return any(part in PASSED_OVER or part.endswith((".egg-info", "_cache", "__pycache__")) for part in parts)


def said_in(path: Path) -> str:
    """Comments and docstrings of code, the whole of anything else."""
    return "\n".join(_spoken(path.read_text("utf-8"))) if path.suffix == ".py" else path.read_text("utf-8")


def _spoken(source: str) -> Iterator[str]:
    before = tokenize.INDENT
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and before in BEFORE_DOCSTRING):
            yield token.string
        before = token.type


def offences(text: str, patterns: dict[str, re.Pattern[str]]) -> list[str]:
    return [f"{what}: {found[0]}" for what, pattern in patterns.items() for found in pattern.finditer(text)]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {path.relative_to(ROOT).as_posix(): each for path in files(TEXTS | {".py"}) if (each := offences(said_in(path), PLACES))}
    assert found == {}


def test_no_lock_file_names_a_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert offences((ROOT / name).read_text("utf-8"), {"a registry": PLACES["a package registry"]}) == []


def test_no_document_or_comment_talks_of_how_the_work_was_done() -> None:
    found = {path.relative_to(ROOT).as_posix(): each for path in files({".md", ".py"}) if (each := offences(said_in(path), TALK))}
    assert found == {}


@pytest.mark.parametrize("text", ["# see issue 12", "# fixed in #34", "# TODO later", "# as discussed", "# in the last session"])
def test_talk_is_noticed(text: str) -> None:
    assert offences("\n".join(_spoken(f"{text}\nx = 1\n")), TALK)


@pytest.mark.parametrize("text", ["/ro" + "ot/x", "https://pypi" + ".org/simple", "/wo" + "rk/main"])
def test_place_is_noticed(text: str) -> None:
    assert offences(text, PLACES)


def test_names_in_code_are_not_talk() -> None:
    assert list(_spoken('issue = session.get("issue 1")\n')) == []
