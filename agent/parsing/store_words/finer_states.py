"""Words of the export for how a deal stands of which several come to one status, as 跟进中 and 搁置 are both open: each means its own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent.parsing.language.text import name_key, term_key
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.semantic import FieldType

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

DEALS = "opportunity"


class FinerStates(NamedTuple):
    """The own column that keeps the words as the export has them, and those of which several come to one status, as name keys."""

    column: str
    words: frozenset[str]


def read_finer_states(found: Vocabulary) -> FinerStates | None:
    """None where each word of the export stands for a status alone."""
    fields = found.model.entities[DEALS].fields
    texts = {text for several in fields["status"].written.values() for text in several}
    own = (spec.key for spec in fields.values() if spec.custom and spec.type is FieldType.TEXT)
    column = next((key for key in own if texts and texts <= found.content(DEALS, key).values.keys()), None)
    return FinerStates(column, frozenset(map(name_key, texts))) if column is not None else None


def cede_states(found: Vocabulary) -> None:
    """Figures that begin with such a word (跟进中的商机 for open deals) are none here: the word says more. So does the header over those words."""
    if found.finer_states is None:
        return
    for label in own_labels(found.model.entities[DEALS].fields[found.finer_states.column]):
        held = found.terms[term_key(label)]
        held[:] = [term for term in held if (term.what, term.entity, term.key) != ("field", DEALS, "status")]
    begun = tuple(map(term_key, found.finer_states.words))
    for word in [word for word in found.terms if word.startswith(begun)]:
        found.terms[word] = [term for term in found.terms[word] if (term.what, term.entity) != ("measure", DEALS)]
