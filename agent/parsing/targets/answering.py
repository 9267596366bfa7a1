"""The field of a record that answers a question word: where it is, when it ends, who looks after it, how much it is, how long it took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.conditions.named_times import named_by, times_of
from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.unit_names import time_unit
from agent.parsing.targets.mentions import asks_who
from agent.parsing.targets.reporting import own_references, reports_to
from agent.parsing.targets.sizing import worth_field
from agent.parsing.targets.sole_person import sole_person
from tools.crm.semantic import FieldType

PLACE = re.compile(r"名次|排名|位次|\b(?:rank|ranking|place|position)\b", re.IGNORECASE)
PERSON = ("谁", "人", "员", "者")
EMPLOYEES, PEOPLE = "employees", {"people", "persons", "person", "人", "employees", "staff", "员工"}
PLACES = ("country", "city", "region", "address")
LIGHT = {"的", "是", "了", "到", "过", "都", "有"}


def answering_fields(reading: Reading, named: list[str]) -> Iterator[tuple[int, str]]:
    """The question words with the fields that answer them; ``named`` are the fields that the words of the question name already."""
    placed = any(path.rpartition(".")[2] in PLACES for path in named)
    found = {index: path for index, path in _cue_fields(reading) if not (placed and path in PLACES)}  # 在哪座城市 asks for the city alone
    types = {reading.paths.field(reading.entity, path).type for path in named}
    known = {*named, *found.values()}
    if not types & {FieldType.MONEY, FieldType.NUMBER, FieldType.COUNT} or not any(
        _asks_with(reading, index) for index in reading.signals.at.get("amount", ())
    ):
        for index, path in _worth(reading, types):
            found.setdefault(index, path)
    for index, path in (*_length(reading), *_staff(reading), *_of_verb(reading), *_place(reading), *sole_person(reading)):
        if path not in known:
            found.setdefault(index, path)
    yield from found.items()


def _asks_with(reading: Reading, index: int) -> bool:
    """Whether a word right beside says of what."""
    return any(reading.item(near).terms for near in (index - 1, index + 1) if 0 <= near < len(reading.signals.items))


def _worth(reading: Reading, named: set[FieldType]) -> Iterator[tuple[int, str]]:
    """As in "and for how much", 多少钱: the money of the record, where no amount is named."""
    path = worth_field(reading)
    for index in reading.signals.at.get("amount", ()) if path is not None and FieldType.MONEY not in named else ():
        if reading.item(index).is_only_cue:
            yield index, str(path)
            return


def _length(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in 聊了多久, "how long was it": the one field of the record that holds a length of time."""
    entity = reading.paths.model.entities[reading.entity]
    filled = [field for field in entity.fields.values() if reading.paths.vocabulary.content(entity.key, field.key).count]
    lengths = [field.key for field in filled if field.type is FieldType.DURATION_MINUTES or time_unit(field)]
    for index in reading.signals.at.get("duration", ())[:1]:
        if len(lengths) == 1 and reading.item(index).is_only_cue:
            yield index, lengths[0]


def _staff(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in 华信有多少人, "how many people work at Acme": of a customer that is named, how many it employs."""
    if counts_staff(reading):
        yield from ((index, EMPLOYEES) for index in reading.signals.at.get("count", ()))


def counts_staff(reading: Reading) -> bool:
    """Whether people are counted of customers that are named, where the export says how many each employs and no word means other people."""
    if reading.entity != "account" or not reading.paths.vocabulary.content(reading.entity, EMPLOYEES).count:
        return False
    items, cue = reading.signals.items, [reading.item(index) for index in reading.signals.at.get("count", ())]
    named = [value for item in items for value in item.values if value.title]
    counted = {tokens[0].norm if (tokens := reading.signals.tokens[item.end : item.end + 1]) else "" for item in cue}
    other = {term.entity for item in items for term in item.terms if term.filled and (term.what != "field" or term.key != EMPLOYEES)} - {"account"}
    people = any(item.text.endswith("人") for item in cue) or bool(counted & PEOPLE)
    return people and not other and any(value.entity == "account" for value in named)


def _place(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in 第几名, "what rank": the one field of the record that holds a place in an order."""
    filled = [
        field for field in reading.paths.model.entities[reading.entity].fields.values() if reading.paths.vocabulary.content(reading.entity, field.key).count
    ]
    places = [field.key for field in filled if field.type.is_numeric and any(PLACE.search(label) for label in (*field.words.en, *field.words.zh))]
    yield from ((index, places[0]) for index in reading.signals.at.get("placing", ())[:1] if len(places) == 1)


def _of_verb(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in 见的是谁, 谁处理的: the person that a header names by the same verb, 见到谁 or 处理人."""
    entity, tokens = reading.paths.model.entities[reading.entity], reading.signals.tokens
    filled = [field for field in entity.fields.values() if reading.paths.vocabulary.content(entity.key, field.key).count]
    people = [(field, label) for field in filled for label in field.words.zh if label.endswith(PERSON) and field.type in {FieldType.TEXT, FieldType.REF}]
    fused = [index for index in reading.signals.at.get("sold", ()) if reading.item(index).text.startswith("谁")]
    for index in fused:
        named = [field.key for field, label in people if label.startswith(reading.item(index).text[1:].rstrip("的"))]
        if named:
            yield index, named[0]
            return
    for index in asks_who(reading):
        item = reading.item(index)
        before = next((token.text for token in reversed(tokens[: item.start]) if token.text not in LIGHT), "")
        after = next((token.text for token in tokens[item.end :] if token.text not in LIGHT), "")
        for verb in (before, after):
            found = [field.key for field, label in people if verb and label.startswith(verb)]
            if found:
                yield index, found[0]
                return


def _cue_fields(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "where is …", "when was … founded": the field that answers, where the record has one filled."""
    entity = reading.paths.model.entities[reading.entity]
    for index in reading.signals.at.get("where", ()):
        for word in PLACES:
            if word in entity.fields and reading.paths.vocabulary.content(entity.key, word).count:
                yield index, word
                break
    yield from ((index, own_references(reading)[0].key) for index in asks_who(reading) if reports_to(reading, index) and own_references(reading))
    yield from _by_verb(reading)
    yield from _of_table(reading)
    yield from _day_of(reading)
    yield from _belongs(reading)
    for index in reading.signals.at.get("founded", ()):
        if reading.item(index).is_only_cue:
            years = [f.key for f in entity.fields.values() if f.type is FieldType.YEAR and reading.paths.vocabulary.content(entity.key, f.key).count]
            if years:
                yield index, years[0]


def _day_of(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "when does X end", X 哪天到期: the day that a verb names."""
    if not reading.signals.has("when"):
        return
    for index, item in enumerate(reading.signals.items):
        own = (each for each in item.pairs if each.entity == reading.entity and each.what in {"day", "filled"})
        yield from ((index, each.path) for each in own if reading.paths.field(reading.entity, each.path).type.is_time)
    for kind in ("expiring", "signed", "opened", "resolved", "closed"):
        for index in reading.signals.at.get(kind, ()):
            day = next((field.key for field in times_of(reading) if named_by(field, kind)), None)
            if day is None and kind == "closed":
                day = next((field.key for field in times_of(reading) if named_by(field, "expiring")), None)
            if day is not None and reading.item(index).is_only_cue:
                yield index, day
                return


def _of_table(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in 哪天装的，谁装的, "installed by whom": the day of an own table's record and its one person, where the verb is that of the table."""
    entity = reading.paths.model.entities[reading.entity]
    if entity.custom_table is None:
        return
    people = [f.key for f in entity.fields.values() if f.to == "member" and reading.paths.vocabulary.content(entity.key, f.key).count]
    verbs = [index for index, item in enumerate(reading.signals.items) if len(item.text) == 1 and any(term.entity == entity.key for term in item.terms)]
    happened = [index for index, item in enumerate(reading.signals.items) if any(each.entity == entity.key for each in item.pairs)]
    for index in asks_who(reading):
        if len(people) == 1 and (index + 1 in verbs or ({index - 1, index - 2} & set(happened) and reading.item(index).text.isascii())):
            yield index, people[0]
    for index in reading.signals.at.get("when", ()):
        if index + 1 in verbs and entity.time is not None and reading.paths.vocabulary.filled(entity.key, entity.time):
            yield index, entity.time


def _belongs(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "what company does X belong to": the reference to another record of the same kind."""
    entity = reading.paths.model.entities[reading.entity]
    own = next((f.key for f in entity.fields.values() if f.to == entity.key and reading.paths.vocabulary.content(entity.key, f.key).count), None)
    for index in reading.signals.at.get("sold", ()):
        if own is not None and reading.item(index).text.casefold() in {"belong to", "belonging to", "belongs to", "属于", "隶属", "归属"}:
            yield index, own


def _by_verb(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "who manages X", X 归谁管: the reference to a person whose name the verb is part of, else the one responsible."""
    entity = reading.paths.model.entities[reading.entity]
    verbs = [index for index in reading.signals.at.get("sold", ()) if asks_who(reading) or "谁" in reading.item(index).text]  # 谁负责, 归谁 are one word
    people = [f for f in entity.fields.values() if f.to == "member" and reading.paths.vocabulary.content(entity.key, f.key).count]
    for index in verbs:
        verb = term_key(reading.item(index).text)[:5]
        named = [f for f in people if any(term_key(word).startswith(verb) for word in f.words.en)]
        if named or (len(people) == 1 and reading.item(index).is_only_cue):
            yield index, (named or people)[0].key
            return
