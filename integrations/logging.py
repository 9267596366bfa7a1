"""Sends logs to standard error: standard output belongs to answers."""

from __future__ import annotations

import sys


def log_to_stderr() -> None:
    """Set up structlog, unless whoever embeds the product has done so."""
    import structlog

    if not structlog.is_configured():
        structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
