"""Verbs before "by month", "by office", "by Ada": where a header of people is called "signed by", that is no more than verb and preposition there."""

from __future__ import annotations

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary

BY, PERSON = "by", "member"
LONGEST = 3


def is_told_behind(tokens: tuple[Token, ...], item: Item, vocabulary: Vocabulary) -> bool:
    """As "contracts signed by" in "contracts signed by month": a name for who did it, right before what is no word for people."""
    if item.end - item.start < 2 or tokens[item.end - 1].norm != BY or item.values or not item.terms:
        return False
    key = name = ""
    for token in tokens[item.end : item.end + LONGEST]:
        key, name = key + token.stem, name + token.norm
        if any(value.title and value.entity == PERSON for value, _ in vocabulary.values.get(name, ())):
            return True
        if any(cue.startswith("grain") for cue in cues().get(key, ())):
            return True
        if any(term.filled and not _is_person(term, vocabulary) for term in vocabulary.terms.get(key, ())):
            return True
    return False


def _is_person(term: Term, vocabulary: Vocabulary) -> bool:
    return term.entity == PERSON and term.what == "entity" if term.what != "field" else vocabulary.model.entities[term.entity].fields[term.key].to == PERSON
