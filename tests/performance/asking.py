"""One warm process that answers questions and runs the bare loop in turns. Prints the times as JSON; run in a process of its own for its memory."""

from __future__ import annotations

import json
import sys
import time
from itertools import islice
from pathlib import Path

import app
from tests.performance.bare_graph import bare_loop
from tests.performance.questions import questions

WARM_UP = 12


def main(export: Path, turns: int) -> None:
    """Ask ``turns`` questions on the store of the settings, after a few that don't count."""
    settings = app.settings_for()
    engine = app.open_store(settings)
    copilot = app.build_copilot(settings, engine)
    principal = app.speaker(engine, None)
    checkpointer = copilot.parts.checkpointer
    assert checkpointer is not None
    run_bare = bare_loop(checkpointer)
    asked: list[float] = []
    bare: list[float] = []
    slow: list[tuple[float, str, dict[str, float]]] = []
    answered = 0
    for number, question in enumerate(islice(questions(export), turns + WARM_UP)):
        began = time.perf_counter()
        run_bare(question)
        between = time.perf_counter()
        answer = copilot.ask(question, principal)
        ended = time.perf_counter()
        assert answer.trace_id, question
        if number >= WARM_UP:
            bare.append((between - began) * 1000)
            asked.append((ended - between) * 1000)
            answered += bool(answer.claims)
            slow.append((asked[-1], question, answer.timings_ms))
    slow.sort(key=lambda each: -each[0])
    print(json.dumps({"asked_ms": asked, "bare_ms": bare, "answered": answered, "rss_mb": resident_mb(), "slowest": slow[:8]}, ensure_ascii=False))


def resident_mb() -> float:
    """Memory of this process that is in use, in MB; its peak where the system doesn't say."""
    try:
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
