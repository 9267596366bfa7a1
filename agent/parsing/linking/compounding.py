"""Two words side by side that together name one field: "fault types", "estimated amount", 机构类型."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.language.text import Token
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Field, FieldType

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item

WHICH_KIND = {
    *("哪类", "哪种", "哪一类", "哪一种", "哪类型", "是哪类", "是哪种", "是哪一类", "是哪一种"),
    *("which type of", "which kind of", "which kinds of", "what type of", "what kind of", "what kinds of", "which sort of", "what sort of"),
}
KIND_FIELDS = ("kind", "category", "family", "sector")  # what says of what kind a record is, the most usual first
SEVERAL = 2
UNITS_OF_TIME = {
    "grain_year": ("annual", "yearly", "年度", "每年", "全年", "年"),
    "grain_quarter": ("quarterly", "季度", "每季", "季"),
    "grain_month": ("monthly", "月度", "每月", "月"),
}
_LATEST = re.compile(r"^(?:最近|上次|最后|末次|last|latest|most recent)", re.IGNORECASE)
CLASSIFYING = {FieldType.TEXT, FieldType.STAGE}
AMOUNTS = {"amount", "deal_value"}
OF_LABEL = 4  # the rank of a word that is only part of a header


def compounds(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with such words as one."""
    joined: list[Item] = []
    for item in items:
        before = joined[-1] if joined else None
        if before is not None and before.end == item.start and _is_plain(before) and _is_plain(item):
            latin = tokens[item.start].kind == "latin"
            terms = _both(before, item) or _of_kind(before, item, vocabulary) if latin else _of_amount(before, item, vocabulary)
            terms = terms or _of_records(before, item, vocabulary)
            terms = terms or _own_amount(before, item, vocabulary)
            if terms:
                joined[-1] = replace(item, start=before.start, text=f"{before.text}{' ' if latin else ''}{item.text}", terms=terms)
                continue
        if before is not None and before.end == item.start and "latest" in before.cues and before.is_only_cue and _is_latest_day(item, vocabulary):
            joined[-1] = replace(item, start=before.start, text=f"{before.text}{' ' if tokens[item.start].kind == 'latin' else ''}{item.text}")
            continue
        if before is not None and before.end == item.start and before.is_only_cue and _has_unit(before, item, vocabulary):
            joined[-1] = replace(item, start=before.start, text=f"{before.text}{' ' if tokens[item.start].kind == 'latin' else ''}{item.text}")
            continue
        kind = _kind_field(item, vocabulary) if before is not None and before.end == item.start and before.text.casefold() in WHICH_KIND else ()
        joined.append(replace(item, terms=kind) if kind else item)
    return tuple(joined)


def _kind_field(item: Item, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in 哪类机构, "which type of customer": the field that says of what kind the records are."""
    kinds = [term.entity for term in item.terms if term.what == "entity" and term.filled] if _is_plain(item) else []
    fields = [key for key in KIND_FIELDS if kinds and vocabulary.content(kinds[0], key).count] if len(set(kinds)) == 1 else []
    return (Term("field", kinds[0], fields[0], 0),) if fields else ()


def _has_unit(before: Item, item: Item, vocabulary: Vocabulary) -> bool:
    """As in "annual target" of a header 年指标: the unit of time is a part of its name, and nothing to be told apart by."""
    mark = next((marks for cue, marks in UNITS_OF_TIME.items() if cue in before.cues and before.text.casefold() in marks), ())
    fields = [_field(term, vocabulary) for term in item.terms if term.what == "field" and term.filled] if _is_plain(item) else []
    return bool(mark and fields) and any(label.casefold().startswith(mark) for field in fields for label in field.words.en[:1] if field.custom)


def _is_latest_day(item: Item, vocabulary: Vocabulary) -> bool:
    """Whether it is a day column that holds the latest of its kind by its own header: 上次保养 is the 最近保养日."""
    fields = [_field(term, vocabulary) for term in item.terms if term.what == "field" and term.filled]
    return bool(fields) and _is_plain(item) and all(field.type.is_time and any(_LATEST.search(word) for word in field.words.en[:1]) for field in fields)


def _is_plain(item: Item) -> bool:
    return bool(item.terms) and not (item.values or item.cues or item.means_more or item.topic)


def _of_records(before: Item, item: Item, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in 机构类型, "institution type": a word for one kind of record and then one that several kinds have a field for."""
    kinds = {term.entity for term in before.terms if term.what == "entity"}
    fields = [term for term in item.terms if term.what == "field" and term.filled]
    if len(fields) < SEVERAL or len(fields) < len([term for term in item.terms if term.filled]):
        return ()
    own = tuple(term for term in fields if term.entity in kinds and _field(term, vocabulary).type in CLASSIFYING)
    return own if len({(term.entity, term.key) for term in own}) == 1 and len({term.entity for term in fields}) > 1 else ()


def _both(before: Item, item: Item) -> tuple[Term, ...]:
    """As in "fault types": the fields that either word may name, where one of them says it more exactly than the other alone."""
    named = {(term.entity, term.key) for term in before.terms if term.what == "field"}
    same = tuple(term for term in item.terms if term.what == "field" and term.filled and (term.entity, term.key) in named)
    filled = [term for term in (*before.terms, *item.terms) if term.filled]
    return same if len(same) < len(filled) - len(same) else ()


def _of_kind(before: Item, item: Item, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in "estimated amount": of the fields whose headers have the first word, the one that is such a thing as the second names."""
    parts = [term for term in before.terms if term.what == "field" and term.filled]
    if not parts or any(term.rank < OF_LABEL for term in before.terms if term.filled):
        return ()
    head = min((term for term in item.terms if term.what == "field"), key=lambda term: term.rank, default=None)
    kind = _kind(_field(head, vocabulary)) if head is not None and head.rank < OF_LABEL else None
    fitting = tuple(term for term in parts if kind is not None and _kind(_field(term, vocabulary)) == kind)
    return fitting if len(fitting) == 1 else ()


def _of_amount(before: Item, item: Item, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in 估计金额 of a header 估计能做(元): behind a part of the header only what any amount is called, and no other amount such as 成本."""
    return _of_kind(before, item, vocabulary) if any(term.key in AMOUNTS and term.rank < 1 for term in item.terms) else ()


def _own_amount(before: Item, item: Item, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """As in 索赔金额, "claim amount": what the records of an export's own table come to, by the word for them and that for an amount."""
    from agent.parsing.reading.paths import Paths
    from agent.parsing.targets.sizing import whole_amount  # which read questions as wholes

    amounts = [term for term in item.terms if term.key in AMOUNTS]
    if not amounts or any(term.filled and term not in amounts for term in item.terms):
        return ()
    for entity in dict.fromkeys(term.entity for term in before.terms if term.what == "entity" and term.filled):
        path = whole_amount(entity, Paths(vocabulary)) or _first_known(entity, vocabulary)
        if vocabulary.model.entities[entity].custom_table is not None and path is not None:
            return (Term("field", entity, path, 1),)
    return ()


def _first_known(entity: str, vocabulary: Vocabulary) -> str | None:
    """The one amount that every record has, where what came of them later is another that some have not yet: claimed, and not paid."""
    fields = vocabulary.model.entities[entity].fields.values()
    held = {spec.key: vocabulary.content(entity, spec.key).count for spec in fields if spec.type is FieldType.MONEY}
    whole = [key for key, count in held.items() if count == vocabulary.rows(entity)]
    return whole[0] if len(whole) == 1 and any(0 < count < held[whole[0]] for count in held.values()) else None


def _field(term: Term, vocabulary: Vocabulary) -> Field:
    return vocabulary.model.entities[term.entity].fields[term.key]


def _kind(field: Field) -> str | None:
    return "money" if field.type is FieldType.MONEY else "time" if field.type.is_time else None
