"""Shipped headers of yes-or-no columns that an export has not, which hide a state of other records: "is active" of people beside contracts that are Active."""

from __future__ import annotations

from agent.parsing.language.text import name_key, term_key
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.semantic import FieldType

BEING = "is "


def uncover_states(found: Vocabulary) -> None:
    """Without such headers, so that the verb and the state are read as two words."""
    for entity in found.model.entities.values():
        for spec in entity.fields.values():
            unkept = spec.type is FieldType.FLAG and not found.content(entity.key, spec.key).count
            for word in spec.words.en if unkept else ():
                held = found.terms.get(term_key(word), [])
                states = found.values.get(name_key(word.removeprefix(BEING)), ())
                if word.startswith(BEING) and any(not value.title for value, _ in states) and not any(term.filled for term in held):
                    held.clear()
