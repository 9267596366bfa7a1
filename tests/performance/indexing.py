"""Times the first indexing of the texts in the store of the settings. Prints what was done as JSON."""

from __future__ import annotations

import app
from integrations.terminal.indexing import run_index


def main() -> None:
    """Index."""
    settings = app.settings_for()
    report = run_index(app.open_store(settings), settings, quiet=True, language="en")
    print(report.model_dump_json())


if __name__ == "__main__":
    main()
