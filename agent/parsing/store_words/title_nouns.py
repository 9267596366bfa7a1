"""What the noun in an export's header for the names of its records is in the other language: 活动 of deals whose names stand below "Event Name"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.lexicon import glossary
from agent.parsing.language.text import has_han, name_key, term_key
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.said_of import called_by_titles
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Entity

CALLED = 3  # the rank of such a noun, and the last one at which a shipped word keeps its own records


def translate_titles(found: Vocabulary) -> None:
    """Such words with these records, in place of a shipped kind of record that has the word among its remoter ones."""
    for entity, noun in called_by_titles(found):
        if not any(term.what == "entity" and term.entity == entity for term in found.terms.get(term_key(noun), ())):
            continue
        for word in glossary().get(name_key(noun), ()):
            held = found.terms[term_key(word)]
            if has_han(word) == has_han(noun) or any(term.rank <= CALLED for term in held):
                continue
            held[:] = [Term("entity", entity, entity, CALLED), *(term for term in held if term.what not in {"entity", "kind"})]
            for key, label in _headed(found.model.entities[entity], noun, word):
                named = found.terms[term_key(label)]
                if found.content(entity, key).count and not any((term.entity, term.key) == (entity, key) for term in named):
                    named[:] = [Term("field", entity, key, 1)]


def _headed(entity: Entity, noun: str, word: str) -> Iterator[tuple[str, str]]:
    """As in 活动类型, where the export has an "Event Type": the fields whose headers begin with the noun, by what they are called after it."""
    for spec in entity.fields.values():
        if any(label.casefold().startswith(f"{noun.casefold()} ") for label in own_labels(spec)):
            kinds = tuple(kind for kind in entity.words.zh if has_han(kind))
            for label in spec.words.zh if has_han(word) else ():
                own = next((kind for kind in kinds if label.startswith(kind) and label != kind), "")
                yield spec.key, word + label.removeprefix(own)
