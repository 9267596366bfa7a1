"""The embedded planner's semantic parser: links spans, builds candidates under the types of the query language, ranks, decides."""

from agent.parsing.parsed import Choice, Parse, ParseContext
from agent.parsing.parser import parse
from agent.parsing.store_words.building import build_vocabulary
from agent.parsing.store_words.vocabulary import Vocabulary

__all__ = ["Choice", "Parse", "ParseContext", "Vocabulary", "build_vocabulary", "parse"]
