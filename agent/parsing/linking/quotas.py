"""What somebody has won of a quota that is a column of theirs: 指标完成率, "target attainment", "what share of his quota did he reach"."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.semantic import Field

QUOTA = re.compile(r"\b(?:quotas?|targets?|tgt|goals?)\b|指标|目标|配额|定额|任务", re.IGNORECASE)
REACHED = re.compile(r"完成|达成|达到|达标|实现|\b(?:reach|hit|achiev|attain|complet|met\b|meet\b|made\b|make\b|along\b)", re.IGNORECASE)
_RATE = re.compile(
    r"(?:完成|达成|达标|实现)的?(?:率|比例|比率|进度|百分比)|(?:指标|目标|任务|业绩)率"
    r"|\b(?:attainment|achievement|completion)(?: rate| percentage| ratio)?\b|\b(?:percentage|percent|ratio|rate)\b(?= of (?:\w+ )?(?:quota|target|goal))",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?:[_ ]k|千)\W*$|thousand", re.IGNORECASE)
GRAINS = {"grain_year", "grain_quarter", "grain_month"}
BINDING = {"gt", "not", "group", "won", "resolved", "sold", "compare", "pronoun", "filler", "signed", "eq", "count", "amount", *GRAINS}
_AGAINST = re.compile(r"\b(?:against|towards?|versus|vs|relative to|compared (?:to|with))\b|相对|对比", re.IGNORECASE)
OF_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def with_attainment(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary
) -> tuple[tuple[Item, ...], list[int]]:
    """The items with one for the attainment of a quota in place of the words that ask for it, and the places that stay unknown.

    The words of its formula (按中标额除以指标) say it once more and are left out. Nothing changes where people have no such column.
    """
    quotas = quota_fields(vocabulary)
    if not quotas or not QUOTA.search(question + "".join(quotas)) or not (REACHED.search(question) or _is_formula(items, quotas)):
        return items, unknown
    named = [index for index, item in enumerate(items) if _names_quota(item, quotas)]
    spans = [match.span() for match in _RATE.finditer(question)]
    of_rate = {at for at, token in enumerate(tokens) if any(start <= token.start and token.end <= end for start, end in spans)}
    rates = [at for at in unknown if at in of_rate]
    within = [index for index, item in enumerate(items) if of_rate >= {*range(item.start, item.end)} and not item.period]
    shares = [index for index, item in enumerate(items) if item.is_only_cue and "share" in item.cues]
    ranked = any({"most", "least"} & set(item.cues) for item in items) and bool(_AGAINST.search(question))
    if not (rates or within or shares or ranked) or not (named or ((rates or within) and len(quotas) == 1)):
        return items, unknown
    money = [index for index, item in enumerate(items) if _is_won_money(item)]
    first = min([*named, *within]) if named or within else _place_of(items, rates[0])
    absorbed = {*named, *within, *shares, *money}
    for index in reversed(range(len(items))):  # "over annual target": each may bind to what follows it
        absorbed |= {index} if index not in absorbed and _binds(items, index, absorbed, rates) else set()
    terms = tuple(dict.fromkeys(term for index in named for term in items[index].terms if term.key in quotas and term.entity == "member"))
    terms = terms or tuple(Term("field", "member", key, 0) for key in quotas)
    made = [
        replace(item, cues=("attained",), values=(), terms=terms, source="exact", read_as="")
        if index == first
        else replace(item, cues=("filler",), values=(), terms=(), source="exact", read_as="")
        if index in absorbed and item.period is None
        else item
        for index, item in enumerate(items)
    ]
    if not (named or within):
        at = rates[0]
        made.insert(first, Item(at, at + 1, tokens[at].text, ("attained",), (), terms))
    return tuple(made), [at for at in unknown if at not in rates]


def quota_fields(vocabulary: Vocabulary) -> dict[str, Field]:
    """The numbers of people that are a quota, by their keys; none that are kept in thousands, as what was won is not."""
    fields = vocabulary.model.entities["member"].fields.values()
    held = (field for field in fields if field.custom and field.type.is_numeric and vocabulary.content("member", field.key).count)
    return {
        field.key: field
        for field in held
        if not any(map(_THOUSANDS.search, (*field.words.en, *field.words.zh)))
        and any(QUOTA.search(word.replace("_", " ")) for word in (*field.words.en, *field.words.zh))
    }


def _names_quota(item: Item, quotas: dict[str, Field]) -> bool:
    """Whether an item is the column, or a word for such a thing that nothing else is meant by."""
    if not item.values and any(term.what == "field" and term.entity == "member" and term.key in quotas for term in item.terms):
        return True
    return bool(item.terms) and bool(QUOTA.search(item.text)) and not any(term.filled for term in item.terms)


def _is_won_money(item: Item) -> bool:
    return not item.values and any((term.what, term.key) in {("measure", "won_value"), ("field", "amount")} for term in item.terms)


def _is_formula(items: tuple[Item, ...], quotas: dict[str, Field]) -> bool:
    return any(_is_won_money(item) for item in items) and any(_names_quota(item, quotas) for item in items)


def _binds(items: tuple[Item, ...], index: int, absorbed: set[int], rates: list[int]) -> bool:
    """As 按, 除(以), over, with, his: a function word right before what is absorbed, or right before the rate."""
    item = items[index]
    if not item.is_only_cue or not set(item.cues) <= BINDING:
        return False
    before_rate = any(item.end <= at <= item.end + 1 for at in rates)
    follows = index + 1 in absorbed and (items[index + 1].start - item.end <= 1)
    between = index - 1 in absorbed and index + 1 in absorbed
    return before_rate or between or (follows and set(item.cues) & {"gt", "not", "group", "pronoun", "compare", "signed", *GRAINS} != set())


def _place_of(items: tuple[Item, ...], at: int) -> int:
    return sum(item.start < at for item in items)
