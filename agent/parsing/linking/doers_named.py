"""Who did it, said by a verb that the header of their column begins with: 龚敏催的款 of 催款人, 苗青接的投诉 of 接单人. The name is one of that column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token
from agent.parsing.linking.items import QUALITY, Item, item_of, weigh
from agent.parsing.store_words.own_headers import own_labels

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

PEOPLE = ("人", "员", "师", "者", "师傅")
BEFORE_VERBS = ("负责", "经手", "来", "去", "亲自", "所")
BEHIND_VERBS = {"的", "了", "过"}
LONGEST = 2


def doers_named(tokens: tuple[Token, ...], items: Iterable[Item], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """Such a name together with its verb, as a value of the columns that are called so."""
    for item in items:
        labels = {value: _labels(vocabulary, value.entity, value.field) for value in item.values}
        if item.terms or not any(labels.values()):
            continue
        for start in _verb_places(tokens, item.end):
            for end in range(min(start + LONGEST, len(tokens) - 1), start, -1):
                verb = "".join(token.text for token in tokens[start:end])
                meant = tuple(value for value, said in labels.items() if any(label.startswith(verb) for label in said))
                if meant and tokens[end].text in BEHIND_VERBS:
                    yield weigh(tokens, item.start, end, QUALITY["exact"]), item_of(tokens, item.start, end, values=meant, source="exact")
                    break


def _verb_places(tokens: tuple[Token, ...], at: int) -> Iterator[int]:
    """Where the verb may begin: right behind the name, or behind a word such as 负责."""
    yield at
    behind = "".join(token.text for token in tokens[at : at + LONGEST])
    yield from (at + len(word) for word in BEFORE_VERBS if behind.startswith(word))


def _labels(vocabulary: Vocabulary, entity: str, field: str) -> tuple[str, ...]:
    spec = vocabulary.model.entities[entity].fields.get(field)
    return tuple(label for label in own_labels(spec) if label.endswith(PEOPLE)) if spec is not None and spec.custom else ()
