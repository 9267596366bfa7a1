"""A word for owing beside a column of money whose records a flag tells paid: 欠我们货款 of 货款 and 结清没 is the 货款 of those that are not settled."""

from __future__ import annotations

from dataclasses import replace

from agent.parsing.columns.concepts import concepts
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from tools.crm.semantic import FieldType

OWING = {"owe", "owes", "owed", "owing", "欠款"}
OWED = "欠"
PAY = "pay"
WAITING = ("待", "未", "没")


def with_owed(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> tuple[tuple[Item, ...], list[int]]:
    """The items with the flag's value for such a word, and the unknown places without 欠; said besides what says so already it says nothing more."""
    places = [at for at in unknown if tokens[at].text == OWED]
    words = [item for item in items if item.text.casefold() in OWING and not item.values and not any(term.filled for term in item.terms)]
    if len(places) + len(words) != 1:
        return items, unknown
    if places and not words and _is_said(items, vocabulary):
        at = places[0]
        made = Item(at, at + 1, OWED, ("filler",))
        return tuple(sorted((*items, made), key=lambda item: item.start)), [at for at in unknown if at not in places]
    if places and any("unpaid" in item.cues for item in items):
        return items, [at for at in unknown if at not in places]  # 没付的钱，谁欠得最多
    flags = {flag for item in items for term in item.terms if term.what == "field" and term.filled for flag in _unpaid(term.entity, term.key, vocabulary)}
    if len(flags) != 1:
        return items, unknown
    flag = next(iter(flags))
    said = any("unpaid" in item.cues or any((value.entity, value.field) == (flag.entity, flag.field) for value in item.values) for item in items)
    meant = () if said else (flag,)
    left = [at for at in unknown if at not in places]
    if words:
        return tuple(replace(item, terms=(), values=meant, cues=("filler",) if said else ()) if item in words else item for item in items), left
    at = places[0]
    made = Item(at, at + 1, OWED, ("filler",) if said else (), values=meant)
    return tuple(sorted((*items, made), key=lambda item: item.start)), left


def _is_said(items: tuple[Item, ...], vocabulary: Vocabulary) -> bool:
    """As in 欠着待缴的租费: a state that waits, of records that have an amount due and one that came in."""
    from agent.parsing.columns.owing import owed_pair  # which reads columns by their parts

    waiting = {value.entity for item in items for value in item.values if not value.title and value.text.startswith(WAITING)}
    return any(owed_pair(entity, vocabulary.columns.amounts.get(entity, ())) is not None for entity in waiting)


def _unpaid(entity: str, key: str, vocabulary: Vocabulary) -> tuple[Value, ...]:
    """The denial of the one flag that tells whether the records of a column of money were paid."""
    from agent.parsing.reading.paths import Paths
    from agent.parsing.targets.sizing import worth_of  # which read questions as wholes

    fields = vocabulary.model.entities[entity].fields
    if not fields[key].custom or fields[key].type is not FieldType.MONEY or worth_of(entity, Paths(vocabulary)) != key:
        return ()  # rebates or prices of the same records are not what is owed
    flags = [field for field in fields.values() if field.type is FieldType.FLAG and any(PAY in concepts(label, "event") for label in own_labels(field))]
    counts = [(field, count) for field in flags if (count := vocabulary.content(entity, field.key).count)]
    return tuple(Value(entity, field.key, "false", count, False, field.classification) for field, count in counts) if len(counts) == 1 else ()
