"""Words that fields of many kinds of record are called by, as an export's own headers say them: type, amount, status."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.sizing import is_called_after

COMMON_WORDS = 3


def shared_words(reading: Reading, index: int) -> Iterator[tuple[float, str]]:
    """As in 索赔的类型, "status of the claim": a word for a field that many kinds of record have, where an own table's header says it in other words.

    A header that begins with the records' own name goes before others; of several that don't, none is meant.
    """
    entity = reading.paths.model.entities[reading.entity]
    if entity.custom_table is None:
        return
    named = [term for term in reading.item(index).terms if term.what == "field" and term.rank <= COMMON_WORDS]
    fields = [reading.paths.model.entities[term.entity].fields[term.key] for term in named if not reading.paths.model.entities[term.entity].custom_table]
    heads = {term_key(word) for field in fields for word in (*field.words.en[:COMMON_WORDS], *field.words.zh[:COMMON_WORDS]) if " " not in word}
    filled = [field for field in entity.fields.values() if field.custom and reading.paths.vocabulary.content(entity.key, field.key).count]
    found = [field for field in filled if any(_ends_with(label, heads) for label in (*field.words.en, *field.words.zh))]
    own = [field for field in found if is_called_after(field, entity)]
    if len(own or found) == 1:
        yield 0.2, (own or found)[0].key


def columns_named(reading: Reading, index: int, more: Iterator[tuple[float, str]] | None = None) -> list[tuple[float, str]]:
    """The columns that a word names, else what it or its head may mean: ``more`` and what the records' own headers end with.

    A word that would have to be looked for over a reference of the export's own means the records' own column first, where one can be meant.
    """
    named = reading.paths.dimension(reading.entity, reading.item(index).terms)
    if named and not reading.paths.through_own(reading.entity, named[0][1]):
        return named
    return [*(more or ()), *shared_words(reading, index)] or named


def _ends_with(label: str, heads: set[str]) -> bool:
    words = label.casefold().split()
    return (len(words) > 1 and term_key(words[-1]) in heads) or any(label.endswith(head) and label != head for head in heads if not head.isascii())
