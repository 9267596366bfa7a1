"""The examples of the documents run, and show what the documents say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, blocks, documents, name_of
from tests.docs.running import Terminal, examples
from tools.trace.signing import InstallationKey

AUDITOR = ROOT / "docs" / "citation-trace.md"
WITH_EXAMPLES = [path for path in documents() if any(block.kind == "console" for block in blocks(path))]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=name_of)
def test_example_shows_what_the_document_says(path: Path, reader_folder: Path) -> None:
    terminal = Terminal("zh_CN.UTF-8" if ".zh-" in path.name else "en_US.UTF-8")
    for block in blocks(path):
        if block.kind == "console":
            for example in examples(block.text):
                terminal.run(example)
        elif block.kind == "csv" and block.names:
            (reader_folder / block.names[0]).write_text(block.text, "utf-8")


@pytest.fixture
def proof(reader_folder: Path) -> Path:
    """The file that the auditor's page makes, with the public key beside it."""
    terminal = Terminal("en_US.UTF-8")
    for block in blocks(AUDITOR):
        for example in examples(block.text) if block.kind == "console" else ():
            terminal.run(example)
    (reader_folder / "plumb-public.pem").write_text(InstallationKey.open(reader_folder / ".plumbline").public_pem(), "ascii")
    return reader_folder / "proof.json"


def verify_by_hand() -> subprocess.CompletedProcess[str]:
    (program,) = (block.text for block in blocks(AUDITOR) if block.kind == "python")
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_verification_by_hand_finds_the_numbers_of_the_answer(proof: Path) -> None:
    assert proof.exists()
    done = verify_by_hand()
    assert done.stdout.strip() == "4 won of 9", done.stderr
    assert "`4 won of 9`" in AUDITOR.read_text("utf-8")


def test_verification_by_hand_refuses_another_value(proof: Path) -> None:
    proof.write_text(re.sub(r'"value": ?"0\.444444"', '"value":"0.544444"', proof.read_text("utf-8")), "utf-8")
    assert "AssertionError: q1.r1.m0" in verify_by_hand().stderr


@pytest.mark.parametrize("text", ["$ plumb trace --help\nHow to bake bread", "$ plumb trace bake", "$ plumb trace --help; echo $?\n1"])
def test_example_that_does_not_hold_is_noticed(reader_folder: Path, text: str) -> None:
    (example,) = examples(text)
    with pytest.raises(AssertionError):
        Terminal("en_US.UTF-8").run(example)


def test_every_language_of_the_readme_has_the_same_sections() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", chinese, re.MULTILINE))
    assert [block.kind for block in blocks(ROOT / "README.md")] == [block.kind for block in blocks(ROOT / "README.zh-CN.md")]
