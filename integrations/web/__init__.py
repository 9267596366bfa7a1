"""The web chat: a page, its streaming endpoint and the proof behind each number. It decides nothing and computes nothing."""

from integrations.web.app import create_app

__all__ = ["create_app"]
