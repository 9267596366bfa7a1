"""Two columns of one record set against each other: which columns of a store belong together, and where a question says so."""

from agent.parsing.columns.found import Paired
from agent.parsing.columns.spans import find_pairs

__all__ = ["Paired", "find_pairs"]
