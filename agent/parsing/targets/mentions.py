"""What an item of a question mentions."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import names_kind
from agent.parsing.store_words.vocabulary import Term
from tools.crm.semantic import FieldType

_SIZE = re.compile(r"(?:larg|bigg|great|small|tini)est$|[大小]的?$", re.IGNORECASE)
_LARGEST = re.compile(r"(?:larg|bigg|great|small|tini)est$|最[大小]的?$", re.IGNORECASE)
_COPULAS = {"is", "was", "the", "by", "far", "是"}
LOOSE = 3
WHO = {"who", "whose", "whom", "谁", "哪位", "是谁", "是哪位"}
_key = lru_cache(maxsize=10_000)(term_key)
"""Every reading of a question asks for the same few words."""


def mentions_entity(reading: Reading, index: int) -> bool:
    """Whether the item names the entity of the reading: by its name, its plain count, or a value that says it too (战略客户)."""
    terms = reading.item(index).terms
    if named_by_value(reading, index):
        return True
    return any(term.entity == reading.entity and (term.what == "entity" or (term.what == "measure" and is_plain_count(reading, term))) for term in terms)


def plain_mentions(reading: Reading) -> list[int]:
    """Where the entity is named by words that say no more of the records; a value that names it too, as 验收款 of payments, is a condition yet to come."""
    return [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index) and not named_by_value(reading, index)]


def named_by_value(reading: Reading, index: int) -> bool:
    """Whether a value's words, or a kind of record, say what the record is: "strategic accounts", 战略客户, 拜访."""
    item = reading.item(index)
    if names_kind(item, reading.entity) and reading.paths.model.entities[reading.entity].kinds:
        return True
    if _is_title(reading, index):
        return True
    fields = reading.paths.model.entities[reading.entity].fields
    flags = any(term.what == "field" and term.entity == reading.entity and fields[term.key].type is FieldType.FLAG for term in item.terms)  # key accounts
    if not flags and not any(value.entity == reading.entity and not value.title for value in item.values):
        return False
    entity, said = reading.paths.model.entities[reading.entity], _key(item.text)
    return any(said != key and said.endswith(key) for key in map(_key, (*entity.words.en, *entity.words.zh)))


def _is_title(reading: Reading, index: int) -> bool:
    """As in 在职的业务员, where 业务员 is a title that some of the people have: the others are none."""
    item = reading.item(index)
    loose = all(term.rank >= LOOSE for term in item.terms if term.what == "entity" and term.entity == reading.entity)
    titled = any(value.entity == reading.entity and not value.title and _key(value.text) == _key(item.text) for value in item.values)
    return reading.entity == "member" and item.source == "exact" and loose and titled


def mentions_kind(reading: Reading, index: int) -> bool:
    """Whether the item names the entity of the reading itself."""
    return any(term.what == "entity" and term.entity == reading.entity for term in reading.item(index).terms)


def names_records(reading: Reading, index: int) -> bool:
    """Whether the item names a kind of record, of the reading or another, and is a word for no number of them."""
    terms = [term for term in reading.item(index).terms if term.filled]
    numbers = (reading.paths.model.entities[term.entity].fields[term.key].type.is_numeric for term in terms if term.what == "field")
    return any(term.what == "entity" for term in terms) and (mentions_kind(reading, index) or not any(numbers))


def asks_for_others(reading: Reading) -> bool:
    """As in "which key accounts filed a complaint", 有投诉的客户是哪几家: what is asked for are records of another kind, which these only belong to."""
    items = reading.signals.items
    for which in reading.signals.at.get("which", ()):
        behind = next((index for index in range(which + 1, len(items)) if not (items[index].values and not items[index].terms)), None)
        for index in (behind, which - 1):
            if index is None or index < 0 or reading.item(which).text.casefold() in WHO:
                continue
            named = {term.entity for term in items[index].terms if term.what == "entity" and term.filled and term.rank < LOOSE}
            after = items[index + 1] if index + 1 < len(items) else None
            compound = after is not None and after.start == items[index].end
            kinds = {value.entity for value in after.values} | {term.entity for term in after.terms} if after is not None else set()
            compound = compound and reading.entity in kinds
            if named and reading.entity not in named and not compound:
                return True
    return False


def is_plain_count(reading: Reading, term: Term) -> bool:
    """Whether the term is a measure that counts all records of its entity."""
    measure = reading.paths.model.measures[term.key]
    return measure.op == "count" and not measure.where


def is_numeric(reading: Reading, path: str) -> bool:
    """Whether a path ends in a number, which can be folded but not grouped by."""
    return reading.paths.field(reading.entity, path).type.is_numeric


def asks_who(reading: Reading) -> list[int]:
    """The words for who."""
    asking = [i for kind in ("which", "lookup") for i in reading.signals.at.get(kind, ()) if reading.item(i).text.casefold() in WHO]
    return [i for i in asking if not is_relative(reading, i)]


def is_relative(reading: Reading, index: int) -> bool:
    """As in "tickets whose response took long": it goes on about the records right before it, and asks for nobody."""
    item, before = reading.item(index), reading.item(index - 1) if index else None
    if item.text.casefold() not in {"whose", "whom"} or before is None or before.end != item.start:
        return False
    return any(term.what in {"entity", "kind", "measure"} for term in before.terms)


def sizes_records(reading: Reading) -> bool:
    """As in "the second-largest win", 第二大的赢单: an adjective of size right before the records ranks them, and not those who have most of them."""
    for index in reading.signals.superlative:
        behind = [near for near in range(index + 1, min(index + 3, len(reading.signals.items))) if near not in reading.signals.superlative][:1]
        if _SIZE.search(reading.item(index).text) and any(mentions_entity(reading, near) or _counts_own(reading, near) for near in behind):
            return True
        if _LARGEST.search(reading.item(index).text) and sized_before(reading, index):
            return True
    return False


def sized_before(reading: Reading, index: int) -> bool:
    """As in 谁的单子最大, "whose deal is the largest": the word for one of the records stands right before the adjective."""
    before = reading.signals.items[index - 1] if index else None
    if before is None or not (mentions_entity(reading, index - 1) or _counts_own(reading, index - 1)):
        return False
    noun = reading.signals.tokens[before.end - 1]
    several = noun.kind == "latin" and noun.norm != noun.stem and noun.norm.endswith("s")
    between = {token.norm for token in reading.signals.tokens[before.end : reading.item(index).start]}
    return not several and between <= _COPULAS


def _counts_own(reading: Reading, index: int) -> bool:
    measures = [reading.paths.model.measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    return any(measure.op == "count" for measure in measures)


def asks_which_one(reading: Reading) -> bool:
    """Whether one of several is asked for or all are set side by side; also as in 最长的是哪个渠道."""
    items = reading.signals.items
    told = (at for at in reading.signals.at.get("lookup", ()) if items[at].text.startswith("是哪") and at + 1 < len(items))
    return reading.signals.has("which", "group") or any(items[at + 1].start == items[at].end and items[at + 1].terms for at in told)
