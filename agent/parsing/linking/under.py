"""English "under" before what groups records, as in "products that fall under 集采", "the accounts under strategic": no bound."""

from __future__ import annotations

from agent.parsing.language.english import SIDEWAYS, sets_bound
from agent.parsing.language.text import Token
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import FieldType

FALLING = {"fall", "falls", "fell", "falling", "fallen", "come", "comes", "came", "coming"}
ARTICLES = {"the", "our", "a", "an"}
MOST = 8
GROUPING = {FieldType.FLAG, FieldType.TEXT, FieldType.STAGE, FieldType.NAME}


def is_sideways(tokens: tuple[Token, ...], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the word is such a preposition, or the verb before one."""
    if end - start != 1 or end >= len(tokens):
        return False
    if tokens[start].norm in FALLING:
        return tokens[end].norm == "under" and _names_group(tokens, end + 1, vocabulary)
    if tokens[start].norm not in SIDEWAYS:
        return False
    return not sets_bound(tokens, start, end) or (tokens[start].norm == "under" and _names_group(tokens, end, vocabulary))


def _names_group(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> bool:
    """Whether what begins there is a flag, a category or a name, and nothing that is counted; the longest phrase that means something tells."""
    while at < len(tokens) and tokens[at].norm in ARTICLES:
        at += 1
    for end in range(min(at + MOST, len(tokens)), at, -1):
        name, stem = ("".join(getattr(token, key) for token in tokens[at:end]) for key in ("norm", "stem"))
        terms = [term for term in (vocabulary.terms.get(stem) or vocabulary.label_parts.get(stem) or ()) if term.filled]
        if name in vocabulary.values and not name.isdigit():
            return True
        if terms:
            fields = vocabulary.model.entities
            return all(term.what == "field" and fields[term.entity].fields[term.key].type in GROUPING for term in terms)
    return False
