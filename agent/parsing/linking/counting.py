"""Numbers that only count the groups which the same question names: 四个大区, "the three test benches", A、B、C 三类."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from agent.parsing.language.lexicon import measure_words, stopwords
from agent.parsing.language.text import Token, has_han
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import FieldType

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item

LIMITS = {"top", "bottom", "most", "least", "latest", "earliest", "gt", "ge", "lt", "le", "eq", "between"}
RANKS = {"top", "bottom", "most", "least", "latest", "earliest"}
TOGETHER = {"sum", "average", "median", "compare"}
EACH = ("各", "分别", "each", "respectively")
FEWEST, MOST = 2, 60
_SORTS = re.compile(r"([两二三四五六七八九十])[种类]")


def cuts_count(tokens: tuple[Token, ...], item: Item) -> bool:
    """Whether a header that asks (寄了多少) ends within the number of records that is asked for: 寄了多少份样."""
    asks = bool(item.terms) and not item.cues and item.text.endswith(("多少", "几"))
    behind = tokens[item.end : item.end + 2]
    return asks and len(behind) == 2 and all(token.kind == "han" for token in behind) and behind[0].text in measure_words() and behind[1].text != "的"


def without_group_counts(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items with numbers that say how many groups there are anyway as words for grouping; any other number stays a limit or a bound.

    Where the groups are taken together (四个大区一共), or are listed by name, such a number says nothing.
    """
    apart = any({"group", "breakdown"} & set(item.cues) and item.text.casefold().startswith(EACH) for item in items)  # 三家仓库平均各要几天
    together = any(TOGETHER & set(item.cues) for item in items) and not apart
    compared = any("compare" in item.cues for item in items)  # "how do the five regions compare": side by side, and not taken together
    kept: list[Item] = []
    whole: Item | None = None
    for at, item in enumerate(items):
        if item is whole:
            continue
        counted = _counted(tokens, items, at, vocabulary)
        if counted is None:
            kept.append(item)
        elif counted == "named" and not together:
            kept.append(replace(item, cues=("group",), number=None))
        elif counted == "named" and not compared:
            whole = items[at + 1]
    return tuple(kept)


def _counted(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int, vocabulary: Vocabulary) -> Literal["listed", "named"] | None:
    """Whether a number counts names before it or the groups that the word behind it stands for."""
    item = items[at]
    if (said := _SORTS.fullmatch(item.text)) and item.is_only_cue and at + 1 < len(items) and item.end == items[at + 1].start:
        sorts = "零一二三四五六七八九十".index(said.group(1).replace("两", "二"))  # 三种付款方式
        return "named" if any(sorts in _groups(term, vocabulary) for term in items[at + 1].terms if term.what == "field") else None
    number = item.number
    if number is None or item.values or item.terms or item.period or item.length or item.currency or number.percent or number.money:
        return None
    if number.value % 1 or not FEWEST <= number.value <= MOST or (at and LIMITS & set(items[at - 1].cues)):
        return None
    if _listed(tokens, items, at) == number.value:
        return "listed"
    following = items[at + 1] if at + 1 < len(items) else None
    if any(RANKS & set(each.cues) for each in items) and not any("which" in each.cues for each in items[at + 1 :]):
        return None  # "the three reps with the most deals" are the first three, however many there are
    if following is None or not _is_quiet(tokens, item.end, following.start) or following.values:
        return None
    asked = any(_asks_which(each) for each in items[at + 2 :])
    people = asked and any(term.what == "field" and term.filled and _is_role(term, vocabulary) for term in following.terms)  # 三位专员谁结案最快
    return "named" if people or number.value in {size for term in following.terms for size in _groups(term, vocabulary)} else None


def _asks_which(item: Item) -> bool:
    return "which" in item.cues


def _is_role(term: Term, vocabulary: Vocabulary) -> bool:
    """Whether it names people by what they do for records."""
    return vocabulary.model.entities[term.entity].fields[term.key].to == "member"


def _listed(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int) -> int:
    """How many names of one kind stand before a number, as in 新建、技改、备件三类."""
    kind: set[tuple[str, str]] = set()
    size, end = 0, items[at].start
    for before in reversed(items[:at]):
        here = {(value.entity, value.field) for value in before.values}
        kind = here if not size else kind & here
        if not kind or not _is_quiet(tokens, before.end, end):
            break
        size, end = size + 1, before.start
    return size


def _groups(term: Term, vocabulary: Vocabulary) -> Iterator[int]:
    """How many there are of what a word names."""
    if term.what == "entity":
        yield vocabulary.rows(term.entity)
    if term.what == "field" and term.filled:
        target = vocabulary.model.entities[term.entity].fields[term.key].to
        yield vocabulary.rows(target) if target else len(vocabulary.content(term.entity, term.key).values)
        yield from _groups_called_alike(term, vocabulary) if not target else ()


def _groups_called_alike(term: Term, vocabulary: Vocabulary) -> Iterator[int]:
    """As in 四个营业部, where people are of a 营业部 and customers have a 服务营业部: how many there are by a header that ends so."""
    names = tuple(name for name in own_labels(vocabulary.model.entities[term.entity].fields[term.key]) if has_han(name))
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values() if names else ():
            content = vocabulary.content(entity.key, spec.key)
            if spec.type is FieldType.TEXT and content.count and any(label.endswith(names) for label in own_labels(spec)):
                yield len(content.values)


def _is_quiet(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    return all(token.kind == "mark" or token.stem in stopwords() for token in tokens[start:end]) and end - start <= 2
