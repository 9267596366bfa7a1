"""Words for an event that only the column of the day planned for it was found by: "the decision" of decision_due is made on the day of decided_on."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.columns.concepts import concepts
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic.outlook import PLANNED

OF_PART = 4  # the rank of a word that is a part of a header
AROUND = 3


def with_actual_days(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with the day on which it happened, where nothing around says that the planned one is meant."""
    actual = {(entity, pair.planned.path): pair.actual.path for entity, pairs in vocabulary.columns.pairs.items() for pair in pairs}
    return tuple(_with_actual(item, tokens, actual) for item in items) if actual else items


def _with_actual(item: Item, tokens: tuple[Token, ...], actual: dict[tuple[str, str], str]) -> Item:
    fields = [term for term in item.terms if term.what == "field"]
    if item.values or item.means_more or item.cues or not fields or not all(_is_guess(term, item) or _has_both(term, item, actual) for term in fields):
        return item
    found = tuple(dict.fromkeys(_happened(term, actual) for term in item.terms))
    return item if found == item.terms or _speaks_of_plan(tokens, item) else replace(item, terms=found, read_as="")


def _is_guess(term: Term, item: Item) -> bool:
    """Whether a column was found by a part of its header, or by another word for it."""
    return bool(term.rank >= OF_PART or item.source in {"translated", "neighbour"})


def _has_both(term: Term, item: Item, actual: dict[tuple[str, str], str]) -> bool:
    """As 发车 of 要求发车日 and 实际发车日: the planned and the actual day are called by it alike."""
    keys = {each.key for each in item.terms if (each.what, each.entity) == ("field", term.entity)}
    return term.what == "field" and any(entity == term.entity and planned in keys and done in keys for (entity, planned), done in actual.items())


def _happened(term: Term, actual: dict[tuple[str, str], str]) -> Term:
    path = actual.get((term.entity, term.key)) if term.what == "field" else None
    return replace(term, key=path) if path is not None else term


def _speaks_of_plan(tokens: tuple[Token, ...], item: Item) -> bool:
    """As in "decisions expected in June", 预计六月定标: words for a plan, or for what has not come yet."""
    near = tokens[max(item.start - AROUND, 0) : item.end + AROUND]
    words = ("".join(f" {token.norm} " if token.kind == "latin" else token.norm for token in near), item.text.casefold())
    return any(PLANNED.search(word.strip()) or "planned" in concepts(word.strip(), "role") for word in (*words, *(token.norm for token in near)))
