"""Brings calls of capabilities to their services over HTTP: again where that may help, and not at all for a while where it never does."""

from integrations.capabilities.outlet import HttpOutlet

__all__ = ["HttpOutlet"]
