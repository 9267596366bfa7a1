"""Columns that are asked for beside a list of records: "open deals with their close dates", 列出未结商机及其报价日期."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.targets.columns import SHOWN_COLUMNS
from agent.parsing.targets.mentions import mentions_entity

REACHED = {"phone", "mobile", "email"}
HOW_MUCH = {"是多少", "多少", "是什么", "有吗"}
TOLD, FARTHEST = 0.9, 1.0
OWN = r"(?: the)?(?: (?:their|its|his|her|respective))"
_BESIDE = re.compile(
    rf"\b(?:with|including|plus|and|showing){OWN}$|(?:及其|以及其|连同|附上|附带|并附|带上|并列出|并给出|注明|标明|写明)(?:各自的?|它们的|对应的|相应的)?$"
)
_BEHIND = re.compile(r"\b(?:(?:give|show|tell|send) (?:me|us)|list|i need|i want)(?: the| their| its)$|(?:给我|列出|报一?下|列一?下)$")
_COLON = {":", "："}  # the biggest open deal: customer, amount and stage
_STATE = re.compile(r"(?:current )?(?:status|state)|(?:当前|目前|现在的?)?(?:状态|进度)", re.IGNORECASE)
_HEADED_STATE = re.compile(r"(?:状态|进度|进展)$|(?:^|\b|_)(?:status|state)$", re.IGNORECASE)
_AND = {"and", ",", "，", "、", "和", "及", "与", "以及", "the", "their", "its", "plus"}


def with_asked_columns(reading: Reading) -> Reading:
    """The same list with those columns behind what names the records."""
    if not reading.select or reading.measures or reading.focus not in {"list", "top"}:
        return reading
    found = dict(_asked(reading))
    if not found:
        return reading
    kept = tuple(path for path in reading.select if path not in found.values())
    select = (*kept[:1], *dict.fromkeys(found.values()), *kept[1:])[:SHOWN_COLUMNS]
    return reading.using(*found, select=select, fit=reading.fit + TOLD)


def _asked(reading: Reading) -> Iterator[tuple[int, str]]:
    """The places of such words and the columns that they name; more of them follow one another with "and"."""
    tokens, items = reading.signals.tokens, reading.signals.items
    following = False
    for index, item in enumerate(items):
        path = _column(reading, index) if _is_bare(items, index) or _reaches(reading, index) else None
        if path is None:
            following = False
            continue
        between = [token.norm for token in tokens[items[index - 1].end if index else 0 : item.start]]
        before = _said(reading, item)
        numeric = reading.paths.field(reading.entity, path).type.is_numeric
        named = any(mentions_entity(reading, at) or _counts_them(reading, at) for at in range(index))
        following = named and (
            (following and bool(between) and {*between} <= _AND)
            or bool(_BESIDE.search(before))
            or (not numeric and bool(_BEHIND.search(before)))
            or (bool(reading.signals.superlative) and bool(_COLON & {*between[:1]}))
        )
        if _reaches(reading, index):
            following = True
            yield from ((at, path) for at in (index, index + 1) if at == index or (at < len(items) and items[at].text in HOW_MUCH))
        elif following and index not in reading.used:
            yield index, path


def _reaches(reading: Reading, index: int) -> bool:
    """As in 某公司联系人的电话, 某公司的电话是多少: by which number or address the people are reached that a list is of."""
    item = reading.item(index)
    own = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled]
    only = len({(term.entity, term.key) for term in item.terms}) == len(own) == 1 and not (item.values or item.cues)
    behind = reading.signals.items[index + 1 : index + 2]
    asked = not behind or not (set(behind[0].cues) - {"filler"} or behind[0].number or behind[0].period) or behind[0].text in HOW_MUCH
    return reading.entity == "contact" and only and own[0].key in REACHED and asked and reading.focus == "list"


def _counts_them(reading: Reading, index: int) -> bool:
    """As "open deals", which is the name of a count of such records."""
    return any(term.what == "measure" and term.entity == reading.entity for term in reading.item(index).terms)


def _said(reading: Reading, item: Item) -> str:
    """The words before an item, from the last few tokens."""
    near = reading.signals.tokens[max(item.start - 6, 0) : item.start]
    return "".join(token.text if token.kind == "han" else f" {token.norm}" for token in near)


def _is_bare(items: tuple[Item, ...], index: int) -> bool:
    """Whether no bound, number or value beside the word makes it a condition."""
    beside = items[index + 1] if index + 1 < len(items) else None
    return not items[index].values and (beside is None or not (beside.number or beside.values or beside.period or set(beside.cues) - {"filler"}))


def _column(reading: Reading, index: int) -> str | None:
    terms = tuple(term for term in reading.item(index).terms if term.what == "field")
    found = [path for cost, path in sorted(reading.paths.dimension(reading.entity, terms)) if cost < FARTHEST]
    return found[0] if found else _own_state(reading, index)


def _own_state(reading: Reading, index: int) -> str | None:
    """As "status", where the one such column of an own table is called 案件状态."""
    kind = reading.paths.model.entities[reading.entity]
    if kind.custom_table is None or not _STATE.fullmatch(reading.item(index).text):
        return None
    filled = [spec for spec in kind.fields.values() if reading.paths.vocabulary.content(kind.key, spec.key).count]
    states = [spec.key for spec in filled if any(_HEADED_STATE.search(label) for label in own_labels(spec))]
    return states[0] if len(states) == 1 else None
