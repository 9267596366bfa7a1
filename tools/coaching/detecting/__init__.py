"""Detectors: each finds one kind of situation of one account by one bounded query, or from the acts that its texts tell."""

from tools.coaching.detecting.all import find_all

__all__ = ["find_all"]
