"""A dictionary of Chinese and English, from a package that brings its words: nothing is sent or downloaded."""

from integrations.dictionary.cedict import CcCedict

__all__ = ["CcCedict"]
