"""Runs the console blocks of a document as a reader would, one after the other in one folder, and compares what they show.

A line beginning with ``$`` is a command, what follows is shown by it, in that order, other lines in between left out. ``…`` stands
for anything. Twelve hexadecimal digits are the id of a trace, new each time; the later commands get the real one.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

from typer.testing import CliRunner

from app import cli

TRACE_ID = re.compile(r"\b[0-9a-f]{12}\b")
ENDS_WITH_CODE = "; echo $?"


@dataclass(frozen=True, slots=True)
class Example:
    """One command and the lines that it is said to show."""

    command: str
    shown: tuple[str, ...]


@dataclass(slots=True)
class Terminal:
    """Where the examples of one document run."""

    locale: str
    ids: dict[str, str] = field(default_factory=dict)

    def run(self, example: Example) -> None:
        """Run a command and hold its output against the document. Raises AssertionError."""
        command = TRACE_ID.sub(lambda found: self.ids.get(found[0], found[0]), example.command)
        asks_code = command.endswith(ENDS_WITH_CODE)
        code, output = self._execute(command.removesuffix(ENDS_WITH_CODE))
        assert asks_code or code == 0, f"$ {command}\nended with {code}:\n{output}"
        self._compare(command, example.shown, f"{output}\n{code}" if asks_code else output)

    def _execute(self, command: str) -> tuple[int, str]:
        words = shlex.split(command)
        if words[0] != "plumb":
            done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr
        result = CliRunner().invoke(cli, words[1:], input="", env={"LC_ALL": self.locale, "COLUMNS": "400", "NO_COLOR": "1"})
        return result.exit_code, result.output

    def _compare(self, command: str, shown: tuple[str, ...], output: str) -> None:
        said, at = " ".join(output.split()), 0
        for line in shown:
            found = re.compile(_pattern(line)).search(said, at)
            assert found, f"$ {command}\ndoes not show, at its place:\n{line}\nbut:\n{output}"
            self.ids |= dict(zip(TRACE_ID.findall(line), found.groups(), strict=True))
            at = found.end()


def examples(text: str) -> Iterator[Example]:
    """The commands of a console block."""
    command, shown = "", list[str]()
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield Example(command, tuple(shown))
            command, shown = line.removeprefix("$ "), []
        elif line.strip() not in ("", "…"):
            shown.append(line.strip())
    if command:
        yield Example(command, tuple(shown))


def _pattern(line: str) -> str:
    pieces = [re.escape(piece).replace("…", ".*?") for piece in TRACE_ID.split(" ".join(line.split()))]
    return "([0-9a-f]{12})".join(pieces)
