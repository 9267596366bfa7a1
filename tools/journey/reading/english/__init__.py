"""Reads the acts of English sentences by verb groups, voice and word order."""

from tools.journey.reading.english.sentence import EnglishClauses

__all__ = ["EnglishClauses"]
