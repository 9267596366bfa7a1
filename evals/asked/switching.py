"""Takes parts of the copilot's understanding away, to measure what each of them is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from agent.parsing.language.text import term_key
from agent.parsing.linking.neighbours import Neighbours
from agent.parsing.ranking import Ranker, hand_set_ranker
from agent.turn import Turn
from tools.crm.semantic import SemanticModel
from tools.crm.semantic.model import base_model


@dataclass(frozen=True)
class Switches:
    """``without_vectors``: no word is found by the nearness of sentence vectors, nor by the dictionary; ``without_dictionary``: not by the latter.

    ``without_ranker``: candidates keep the order of the plain score.

    ``without_own_vocabulary``: what only this store has is unknown: its values, its own columns, and its names for the shipped ones.
    ``without_refusal``: it answers by its best reading, whatever that leaves unexplained and however little it trusts it.
    """

    without_vectors: bool = False
    without_dictionary: bool = False
    without_ranker: bool = False
    without_own_vocabulary: bool = False
    without_refusal: bool = False


WHOLE = Switches()
RANKER = "ranker"


def can_do_without_ranker() -> bool:
    """Whether a turn brings the ranker that its questions are read with."""
    return any(each.name == RANKER for each in fields(Turn))


def switch_off(turn: Turn, switches: Switches) -> None:
    """Take away what the switches say; nothing happens where it is gone already."""
    catalog = turn.catalog
    vocabulary = catalog.vocabulary
    if switches.without_ranker and can_do_without_ranker():
        setattr(turn, RANKER, hand_set_ranker())
    if switches.without_refusal:
        turn.ranker = Ranker(turn.ranker.weights, turn.ranker.certainty.model_copy(update={"answer_from": 0.0}), guesses=True)
    if switches.without_vectors:
        vocabulary.nearby = None
    if switches.without_dictionary and isinstance(vocabulary.nearby, Neighbours) and vocabulary.nearby.translates:
        vocabulary.nearby = Neighbours(vocabulary, vocabulary.nearby.embedder)
    if switches.without_own_vocabulary and vocabulary.values:
        vocabulary.values.clear()
        shipped, known = set(_words(base_model())), set(_words(catalog.model))
        own = known - shipped
        keys = {(entity, key) for entity, key, _ in shipped}
        for word, held in list(vocabulary.terms.items()):
            vocabulary.terms[word] = [term for term in held if (term.entity, term.key) in keys and (term.entity, term.key, word) not in own]
            if not vocabulary.terms[word]:
                del vocabulary.terms[word]
        for name in ("names", "latin_names", "_sorted_names", "han_names", "term_keys"):
            vocabulary.__dict__.pop(name, None)


def _words(model: SemanticModel) -> Iterator[tuple[str, str, str]]:
    """Every word of a model with the entity and the thing that it is for."""
    for entity in model.entities.values():
        things = [(entity.key, entity.words), *entity.kinds.items(), *((key, field.words) for key, field in entity.fields.items())]
        things += [(key, field.inverse) for key, field in entity.fields.items() if field.inverse]
        yield from ((entity.key, key, term_key(word)) for key, words in things for word in (*words.en, *words.zh))
    for measure in model.measures.values():
        yield from ((measure.entity, measure.key, term_key(word)) for word in (*measure.words.en, *measure.words.zh))
