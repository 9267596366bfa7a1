"""What the documents say about the tree, the settings and the dependencies is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app import cli
from integrations.settings import Settings
from integrations.terminal.commands import traces
from tests.docs.documents import ROOT, documents, name_of, prose
from tests.docs.fields_table import fields_document
from tests.docs.settings_table import settings_document

LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<to>[^)#\s]+)")
CODE = re.compile(r"`([^`\n]+)`")
PLACES = ("agent/", "tools/", "integrations/", "prompts/", "evals/", "docs/", "tests/", "app.py", "pyproject.toml", "Makefile", "CHANGELOG.md")
EVERY = pytest.mark.parametrize("path", documents(), ids=name_of)


@EVERY
def test_link_leads_to_a_file(path: Path) -> None:
    assert [to for to in LINK.findall(path.read_text("utf-8")) if not (path.parent / to).exists()] == []


@EVERY
def test_named_place_of_the_tree_is_there(path: Path) -> None:
    named = [code for code in CODE.findall(prose(path)) if code.startswith(PLACES) and " " not in code]
    assert [code for code in named if not any(ROOT.glob(code.rstrip("/")))] == []


@EVERY
def test_named_command_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [target for target in re.findall(r"(?:^|`)make ([\w-]+)", text, re.MULTILINE) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
    commands = {command.name or getattr(command.callback, "__name__", "") for command in cli.registered_commands}
    commands |= {str(group.name) for group in cli.registered_groups}
    assert set(re.findall(r"(?:^|`|\$ )plumb (\w+)", text, re.MULTILINE)) <= commands
    steps = {command.name for command in traces.commands.registered_commands}
    assert set(re.findall(r"plumb trace (\w+)", text)) <= steps


@EVERY
def test_named_setting_is_there(path: Path) -> None:
    known = {f"PLUMB_{name}".upper() for name in Settings.model_fields}
    assert set(re.findall(r"\bPLUMB_\w+", path.read_text("utf-8"))) <= known


def test_settings_table_is_current() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == settings_document(), "run .venv/bin/python -m tests.docs"


def test_list_of_import_fields_is_current() -> None:
    assert (ROOT / "docs" / "import-fields.md").read_text("utf-8") == fields_document(), "run .venv/bin/python -m tests.docs"


def test_every_direct_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[\[<>=;~! ]", each)[0] for each in [*project["dependencies"], *project["optional-dependencies"]["dev"]]}
    lines = re.findall(r"^\| (\S+) \|(?: [^|]+ \|){5}$", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert set(lines) - {"package"} == wanted


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))


def test_the_page_for_contributors_stays_a_page() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 75
