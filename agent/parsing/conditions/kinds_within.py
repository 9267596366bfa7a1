"""As in "call duration", 通话时长: the name of a length of time that says as well of what kind the records are."""

from __future__ import annotations

from agent.parsing.language.text import term_key, tokenise
from agent.parsing.reading.drafting import Reading
from tools.crm.semantic import FieldType

MOST_LETTERS = 3


def kinds_within(reading: Reading) -> dict[int, list[str]]:
    """The kinds by the places of such names; only kinds that the store has beside others."""
    held = reading.paths.vocabulary.content(reading.entity, "kind").values
    lengths = {field.key for field in reading.paths.model.entities[reading.entity].fields.values() if field.type is FieldType.DURATION_MINUTES}
    found = {}
    for index, item in enumerate(reading.signals.items):
        if item.source == "exact" and any(term.entity == reading.entity and term.key in lengths for term in item.terms) and not item.values:
            terms = [term for part in _parts(item.text) for term in reading.paths.vocabulary.terms.get(term_key(part), ())]
            kinds = [term.key for term in terms if term.what == "kind" and term.entity == reading.entity and held.get(term.key)]
            if kinds:
                found[index] = list(dict.fromkeys(kinds))
    return found if len(held) > 1 else {}


def _parts(text: str) -> list[str]:
    """The English words of a name, or what a Chinese one may begin with."""
    words = [token.text for token in tokenise(text) if token.kind == "latin"]
    return words if len(words) > 1 else [text[:size] for size in range(2, min(MOST_LETTERS + 1, len(text)))] if not words else []
