"""Reads the acts of Chinese sentences, English words within them included, by aspect, cues and word order."""

from tools.journey.reading.chinese.clause import ChineseClauses

__all__ = ["ChineseClauses"]
