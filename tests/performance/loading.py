"""Times one whole import into the empty store of the settings: reading, mapping, storing, committing. Prints rows and seconds as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import app
from integrations.terminal.importing import run_import


def main(export: Path) -> None:
    """Import ``export``."""
    settings = app.settings_for()
    engine = app.open_store(settings)
    began = time.perf_counter()
    report = run_import(engine, settings, export, None, None, yes=True, system=None, quiet=True, language="en")
    seconds = time.perf_counter() - began
    assert report is not None
    assert report.total("new") > 0
    print(json.dumps({"rows": report.total("read"), "seconds": seconds, "storing_s": report.seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
