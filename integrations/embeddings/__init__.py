"""Sentence vectors, made on this machine from weights that the package brings: nothing is sent or downloaded."""

from integrations.embeddings.sentences import SentenceEncoder

__all__ = ["SentenceEncoder"]
