"""Fields of one record that a name or a number stands for: what was asked of it is found by the words, else by the type of what answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.contents import NUMBERED
from agent.parsing.store_words.unit_names import time_unit
from agent.parsing.targets.answering import answering_fields
from agent.parsing.targets.columns import shown_columns
from agent.parsing.targets.mentions import is_numeric
from agent.parsing.targets.own_headers import columns_named
from agent.parsing.targets.sizing import worth_field
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID

LOOSE = 2  # the place of a synonym that says little by itself
_SHORT_NAME = re.compile(r"简称$")
GUESSED = {"neighbour", "typo"}


def lookups(reading: Reading, mentions: list[int]) -> Iterator[Reading]:
    """Fields of the record that a name stands for: "list price of GTX Basic", "who is the manager of …"."""
    entity = reading.paths.model.entities[reading.entity]
    called = dict(_called(reading))
    if not called:
        return
    name = next(iter(called.values()))
    wanted: list[tuple[float, int, str]] = []
    for index in range(len(reading.signals.items)):
        if index in called or index in reading.signals.superlative:
            continue
        options = columns_named(reading, index, _summed(reading, index))
        options = [(cost, path) for cost, path in options if path not in {name, entity.title} and not _is_guess(reading, index, path)]
        if options and not _means_empty_field(reading, index):
            wanted.append((options[0][0], index, _own_price(reading, index, options[0][1])))
    besides = [each for each in wanted if each[1] not in mentions]
    wanted = besides or wanted
    answering = list(answering_fields(reading, [path for _, _, path in wanted]))
    used = [index for _, index, _ in wanted] + [index for index, _ in answering]
    paths = dict.fromkeys(_as_kept(reading, path) for _, path in sorted([(index, path) for _, index, path in wanted] + answering))
    if not paths:
        if reading.signals.has("lookup", "list", "which") or len(reading.signals.items) == 1:
            made = reading.using(*mentions[:1], select=shown_columns(reading), focus="lookup", fit=reading.fit + 0.1)
            yield made.paying(0.3)
        return
    if any(_SHORT_NAME.search(label) for label in entity.fields[name].words.zh) and entity.title is not None:
        paths = {entity.title: None, **paths}  # several may be called so
    fit = 0.5 + (0.25 if reading.signals.has("lookup", "which", "when", "where", "count", "amount", "duration") else 0.0)
    if reading.signals.has("performing") and len(called) > 1:
        fit -= 1.0  # 甲和乙谁卖得好 asks for what was sold of them
    if all(entity.fields[each].type is FieldType.TEXT for each in called.values()):
        fit += 0.5  # what is called by its number is one record, of which nothing is to be counted or added up
    cost = sum(each for each, _, _ in wanted)
    counting = reading.signals.at.get("count", []) if any(is_numeric(reading, path) for path in paths) else []
    if any(_is_length(reading, path) for path in paths):
        counting = [*counting, *reading.signals.at.get("duration", ())]  # 标准交期几天
    yield reading.using(*used, *counting, *[i for i in mentions[:1] if i not in used], select=(name, *paths), focus="lookup", fit=reading.fit + fit).paying(
        cost
    )


def _as_kept(reading: Reading, path: str) -> str:
    """As in "status of DL-12": where a deal stands is the stage that the export has, rather than whether it is open that is made of it."""
    held = reading.paths.vocabulary.content
    return (
        "stage" if (reading.entity, path) == ("opportunity", "status") and held("opportunity", "stage").count >= held("opportunity", "status").count else path
    )


def _called(reading: Reading) -> Iterator[tuple[int, str]]:
    """Items that name records of the reading, with the field that they are called by: a number that the export gives rather than the id made of it."""
    entity = reading.paths.model.entities[reading.entity]
    for index, item in enumerate(reading.signals.items):
        own = [value for value in item.values if value.entity == reading.entity]
        if not own:
            continue
        shorts = {key for key, field in entity.fields.items() if any(_SHORT_NAME.search(label) for label in field.words.zh)}
        codes = {value.field for value in own if reading.paths.vocabulary.content(entity.key, value.field).holds_codes()}
        held = [value.field for value in own if value.title or value.field in shorts | codes]
        named = [key for key in held if key in {entity.title, RECORD_ID, *NUMBERED} or entity.fields[key].type is FieldType.TEXT]
        if named:
            yield index, min(named, key=lambda key: (key != entity.title, key == RECORD_ID))


def _own_price(reading: Reading, index: int, path: str) -> str:
    """As in "final price of the deal": a word that any amount may be called by asks for the record's own, not for that of what it refers to."""
    own, ranks = worth_field(reading), [term.rank for term in reading.item(index).terms if term.what == "field" and term.filled]
    loose = "." in path and reading.paths.field(reading.entity, path).type is FieldType.MONEY and min(ranks, default=0) >= LOOSE
    return own if loose and own is not None else path


def _summed(reading: Reading, index: int) -> Iterator[tuple[float, str]]:
    """As in 这单实际收入多少: what is added up over many records is, of one, its own amount."""
    measures = [reading.paths.model.measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    yield from ((0.15, measure.args[0]) for measure in measures if measure.op == "sum")


def _is_guess(reading: Reading, index: int, path: str) -> bool:
    """Whether a word that the store doesn't have is only near to the name of one of several days, or of several amounts: which one it means is open."""
    item, field = reading.item(index), reading.paths.field(reading.entity, path)
    if item.source not in GUESSED or not (field.type.is_time or field.type is FieldType.MONEY):
        return False
    others = reading.paths.model.entities[field.entity].fields.values()
    return any(other.type is field.type and other.key != field.key and reading.paths.vocabulary.content(field.entity, other.key).count for other in others)


def _is_length(reading: Reading, path: str) -> bool:
    field = reading.paths.field(reading.entity, path)
    return field.type is FieldType.DURATION_MINUTES or time_unit(field) is not None


def _means_empty_field(reading: Reading, index: int) -> bool:
    """As in "how many employees does Acme have" where none are noted: the word is no other one for who looks after Acme."""
    own = [term for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity]
    others = [term.rank for term in reading.item(index).terms if term.filled]
    return bool(own) and not any(term.filled for term in own) and min(term.rank for term in own) < min(others, default=99)
