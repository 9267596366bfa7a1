"""Contracts of an export that keeps none beside its deals, but calls what these came to 合同额: its won deals are its contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.lexicon import synonyms
from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Measure

_VALUES = (("contract_value", "won_value"), ("contract_average", "average_won_value"))
CONTRACT, DEAL = "contract", "opportunity"
_SIGNED = re.compile(r"合同|签|contract|sign", re.IGNORECASE)
_NAMED = re.compile(r"合同|\bcontract", re.IGNORECASE)


def contracted(found: Vocabulary) -> Iterator[tuple[str, Term]]:
    """The words for contracts and their figures, each for what it is of won deals."""
    entities = found.model.entities
    amount = entities[DEAL].fields["amount"]
    if found.rows(CONTRACT) or not found.content(DEAL, "amount").count or not any(_NAMED.search(label) for label in own_labels(amount)):
        return
    won = {(each.op, each.args): each.key for each in found.model.measures.values() if each.entity == DEAL and each.where == {"status": ("won",)}}
    for rank, word in enumerate((*entities[CONTRACT].words.en, *entities[CONTRACT].words.zh)):
        yield term_key(word), Term("measure", DEAL, won["count", ()], min(rank, 3))
    for word in (*entities[CONTRACT].fields["amount"].words.en, *entities[CONTRACT].fields["amount"].words.zh):
        if _SIGNED.search(word):
            yield term_key(word), Term("measure", DEAL, won["sum", ("amount",)], 3)
    for measure in found.model.measures.values():
        key = won.get((measure.op, measure.args)) if measure.entity == CONTRACT else None
        if key is None:
            continue
        for rank, word in enumerate(_words(measure)):
            yield term_key(word), Term("measure", DEAL, key, min(rank, 3))
            if not has_han(word):
                yield term_key(f"{word} of won deals"), Term("measure", DEAL, key, 3)


def _words(measure: Measure) -> tuple[str, ...]:
    return (*measure.words.en, *measure.words.zh)


def contract_value_words(vocabulary: Vocabulary) -> Iterator[tuple[str, str, int]]:
    """As in 合同额, "contract value" where no contracts are held: what the won deals come to, unless a column is called so."""
    if vocabulary.rows("contract"):
        return
    kinds = vocabulary.model.entities.values()
    own = {term_key(label) for kind in kinds for field in kind.fields.values() if vocabulary.content(kind.key, field.key).count for label in own_labels(field)}
    for contracts, deals in _VALUES:
        words, more = vocabulary.model.measures[contracts].words, synonyms()["measures"].get(contracts, {})
        for word in (*words.en, *words.zh, *more.get("en", ()), *more.get("zh", ())):
            if _SIGNED.search(word) and term_key(word) not in own:
                yield term_key(word), deals, 0
