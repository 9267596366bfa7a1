"""Reads what a criterion asks of the account itself: its tier, region, sector, or another value of the store. Knows nothing of acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.linking import Item
from tools.journey.criteria.schemas import AccountField, AccountIs

_BEHIND = {"where", "whose", "that", "which", "with", ":", "：", "的", "中", "里", "当中", "其中", "for which", "in which", ",", "，", "'s", "have", "has"}
_PLACES = {"in", "from", "of", "位于", "来自"}


def read_accounts(items: Sequence[Item]) -> tuple[tuple[AccountIs, ...], Sequence[Item]]:
    """The conditions at the head of a criterion, and the items behind them; nothing where it begins with what happened."""
    at, noun, tests = 0, False, list[AccountIs]()
    taken: list[Item] = []
    negated = False
    while at < len(items):
        item = items[at]
        test = _test(item, negated=negated)
        if test is not None and not (noun and not _after_place(items, at)):
            tests, negated = [*tests, test], False
        elif item.is_("account") and not noun and (tests or item.text.lower() not in ("客户", "account")):
            noun = True
        elif item.is_("non") and _leads_to_test(items, at):
            negated = True
        elif (
            tests
            and item.is_("or", "and")
            and item.text not in (",", "，", ";", "；")
            and at + 1 < len(items)
            and _test(items[at + 1], negated=False) is not None
        ):
            negated = tests[-1].negated
            taken.append(item)
            at += 1
            item = items[at]
            test = _test(item, negated=negated)
            assert test is not None  # noqa: S101 - looked just now
            tests, negated = [*tests, test], False
        elif (noun and item.text.lower() in _PLACES and at + 1 < len(items) and _test(items[at + 1], negated=False) is not None) or (
            not noun
            and (item.is_("all_of") or item.text in ("的",) or item.text.lower() in _PLACES or (item.is_("and") and tests and item.text in ("和", "、", "且")))
        ):
            pass
        else:
            break
        taken.append(item)
        at += 1
    if not noun or (not tests and not (at < len(items) and items[at].text.lower() in _BEHIND)):
        return (), items
    while at < len(items) and items[at].text.lower() in _BEHIND and not items[at].is_("deed"):
        taken.append(items[at])
        at += 1
    for item in taken:
        item.used = True
    return _merged(tests), items[at:]


def _leads_to_test(items: Sequence[Item], at: int) -> bool:
    ahead = [item for item in items[at + 1 : at + 3] if item.text.lower() not in _PLACES]
    return bool(ahead) and _test(ahead[0], negated=True) is not None


def _after_place(items: Sequence[Item], at: int) -> bool:
    return at > 0 and items[at - 1].text.lower() in _PLACES


def _test(item: Item, *, negated: bool) -> AccountIs | None:
    word = item.text.lower()
    if item.kind == "word" and word.startswith("non-"):
        tier = next((each.value for each in lexicon().entries.get(word[4:], ()) if each.kind == "tier"), None)
        return AccountIs(field="tier", values=(tier,), negated=True) if tier else None
    if item.is_("tier"):
        return AccountIs(field="tier", values=(item.value("tier"),), negated=negated)
    if item.is_("women_founded"):
        return AccountIs(field="women_founded", values=("true",), negated=negated)
    if item.is_("value"):
        name, _, value = item.value("value").partition("=")
        return AccountIs(field=cast("AccountField", name), values=(value,), negated=negated)
    return None


def _merged(tests: Sequence[AccountIs]) -> tuple[AccountIs, ...]:
    """Two values of one field mean either; in a fixed order, so that the same conditions are the same rule."""
    found: dict[tuple[str, bool], AccountIs] = {}
    for test in tests:
        key = (test.field, test.negated)
        found[key] = test.model_copy(update={"values": tuple(dict.fromkeys((*found[key].values, *test.values)))}) if key in found else test
    return tuple(sorted(found.values(), key=lambda each: (each.field, each.negated)))
