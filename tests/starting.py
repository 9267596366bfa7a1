"""Two ways to start ``plumb`` in a process of its own: as people do, and as a child of a process that has read everything already.

A start reads some two thousand modules, which takes most of the time of a command. A child of such a process has all of them, and its own
environment, standard streams, exit code and way out of the interpreter; what it lacks is the start itself.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PLUMB = Path(sys.executable).with_name("plumb")
ROOT = Path(__file__).parents[1]
SECONDS = 240


def start(words: list[str], environment: dict[str, str], stdin: bytes | None) -> subprocess.CompletedProcess[bytes]:
    """The command as a person starts it."""
    given = subprocess.DEVNULL if stdin is None else None
    return subprocess.run([PLUMB, *words], capture_output=True, input=stdin, stdin=given, env=environment, timeout=SECONDS, check=False)


class Forker:
    """Starts commands as children of one process, made at the first of them."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[bytes] | None = None

    def start(self, words: list[str], environment: dict[str, str], stdin: bytes | None) -> subprocess.CompletedProcess[bytes]:
        """The same as :func:`start`, without the time that reading takes."""
        if self._parent is None:
            with tempfile.TemporaryDirectory() as nothing:
                bare = {name: value for name, value in environment.items() if not name.startswith("PLUMB_")} | {"PLUMB_DATA_DIR": nothing}
                self._parent = subprocess.Popen([sys.executable, "-m", "tests.starting"], cwd=ROOT, env=bare, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                self._answer(self._parent)
        with tempfile.TemporaryDirectory() as folder:
            given, out, err = (Path(folder, name) for name in ("in", "out", "err"))
            given.write_bytes(stdin or b"")
            streams = [os.devnull if stdin is None else str(given), str(out), str(err)]
            asked = {"words": words, "environment": environment, "folder": str(Path.cwd()), "streams": streams}
            assert self._parent.stdin is not None
            self._parent.stdin.write(json.dumps(asked).encode() + b"\n")
            self._parent.stdin.flush()
            code = self._answer(self._parent)
            return subprocess.CompletedProcess(words, code, out.read_bytes(), err.read_bytes())

    def _answer(self, parent: subprocess.Popen[bytes]) -> int:
        assert parent.stdout is not None
        line = parent.stdout.readline()
        assert line, f"the process that starts commands ended with {parent.wait()}"
        return int(line)


FORKER = Forker()
"""One for a whole process of tests. It ends with that process, whose end closes what it reads from."""


def _serve() -> None:
    """Read everything, by answering one question of an empty store, then fork for each line; only a child comes back from here."""
    from typer.testing import CliRunner

    from app import cli
    from integrations.dictionary import CcCedict
    from integrations.embeddings.sentences import SentenceEncoder

    warmed = CliRunner().invoke(cli, ["ask", "How many deals are there?", "--json"])
    assert warmed.exit_code == 0, warmed.output
    assert CcCedict().glosses("商机")
    SentenceEncoder().embed(["商机"])
    assert threading.active_count() == 1, "a child would lack the other threads"
    gc.collect()
    gc.freeze()
    print(warmed.exit_code, flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    sys.exit()


def _become(words: list[str], environment: dict[str, str], folder: str, streams: list[str]) -> None:
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115 - theirs to the end
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    signal.alarm(SECONDS)
    sys.argv = [str(PLUMB), *words]


if __name__ == "__main__":
    _serve()
    from app import main

    main()
