"""Holds a live model's rule to the criterion: nothing in it that the words do not say, no word that has no part in it.

The grammar keeps both by itself; here they are looked up in the finished rule. Says nothing of who may see what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agent.authorising import NotAuthorised
from agent.live_criteria.form import StateRule
from agent.live_criteria.found import MARKS, RECEIVE, Found, Place, Reading, bound_of, meanings_of, readings_of
from tools.journey.acts import Act
from tools.journey.criteria.clause_reading import MONEY
from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.linking import Item
from tools.journey.criteria.schemas import All, Any, Condition, Not, Related, Rule, happenings

_FREE = {"customer", "us", "unknown", "done", "after", "same_act"}
"""What needs no word of its own: whose act it is follows from the act, done is what is neither promised nor planned, what is told later came after,
and an act may be said anew by its own word."""


def check_held(rule: Rule, written: StateRule, found: Found) -> None:
    """Raises NotAuthorised where the rule says more than the criterion, or less."""
    named = _Covered(found, tuple(_named(written)))
    read = _Covered(found, tuple(each.word for each in written.unknown_words))
    plain = [item for item in found.items if not named.holds(item) and not read.holds(item)]
    _check_read(written, found)
    said = Counter(means for item in plain for means in meanings_of(item))
    taken = Counter(str(means) for each in written.unknown_words for means in each.means)
    used = Counter(_used(rule))
    _check_nothing_added(used, said, taken)
    _check_received(rule, plain, taken)
    _check_nothing_left_out(plain, used, written, found)


class _Covered:
    """The letters of a criterion that stand in one of several phrases."""

    def __init__(self, found: Found, phrases: tuple[str, ...]) -> None:
        self.text = found.text
        self.letters = {at for phrase in phrases for place in found.places(phrase) for at in range(*place)}

    def holds(self, item: Item) -> bool:
        """Whether a phrase covers an item, quotation marks aside."""
        return all(at in self.letters or self.text[at] in MARKS for at in range(item.start, item.end))


def _named(written: StateRule) -> Iterator[str]:
    """The phrases of a form that name somebody or something."""
    for each in written.conditions:
        yield from (*each.objects, *each.persons, *each.whom_persons)
        yield from [each.saved] if each.saved is not None else []


def _check_read(written: StateRule, found: Found) -> None:
    """A word whose meaning the model gives stands in the criterion, and is not one whose meaning is known."""
    for each in written.unknown_words:
        touched = [item for place in found.places(each.word) for item in found.inside(place)]
        if not any(item.kind == "word" for item in touched):
            raise NotAuthorised(f"no unknown word of the criterion: {each.word[:40]}", "not_in_question")
        if any(item.kind in ("time", "quoted") or item.is_("value", "tier", "women_founded", "person", "not", "nobody") for item in touched):
            raise NotAuthorised(f"this holds words whose meaning is known: {each.word[:40]}", "not_in_question")


def _used(rule: Rule) -> Iterator[str]:
    """Each meaning that a rule makes use of, as often as it does."""
    for happened in happenings(rule.when):
        yield from map(str, happened.acts)
        yield from (*happened.who.roles, *((happened.whom.roles) if happened.whom is not None else ()))
        yield from (side for side in (happened.who.side, happened.whom.side if happened.whom is not None else None) if side is not None)
        yield from [happened.record] if happened.record is not None else []
        yield from ["in_a_row"] if happened.in_a_row else []
        yield str(happened.status)
        yield from bound_of(happened.count)
        several = (happened.who.roles, happened.who.persons, happened.objects, *((happened.whom.roles, happened.whom.persons) if happened.whom else ()))
        yield from ("or" for each in several if len(each) > 1)
    acts = Counter(act for happened in happenings(rule.when) for act in happened.acts)
    yield from ["same_act"] if any(times > 1 for times in acts.values()) else []
    yield from _joinings(rule.when)
    for test in rule.accounts:
        yield from ["not"] if test.negated else []
        yield from ["or"] if len(test.values) > 1 else []


def _joinings(condition: Condition) -> Iterator[str]:
    match condition:
        case Not(part=part):
            yield "not"
            yield from _joinings(part)
        case Related(anchor=anchor, order=order, negated=negated):
            yield order
            yield from ["not"] if negated else []
            yield from _joinings(anchor)
        case All(parts=parts):
            for part in parts:
                yield from _joinings(part)
        case Any(parts=parts):
            yield "or"
            for part in parts:
                yield from _joinings(part)


def _check_nothing_added(used: Counter[str], said: Counter[str], taken: Counter[str]) -> None:
    for means in used:
        if means not in _FREE and not said[means] and not taken[means]:
            raise NotAuthorised(f"no word of the criterion says {means}", "not_in_question")
    for means, times in taken.items():
        if used[means] < times + said[means]:
            raise NotAuthorised(f"an unknown word is said to mean {means}, which the rule does not say once more", "not_in_question")


def _check_received(rule: Rule, plain: list[Item], taken: Counter[str]) -> None:
    """What was received was paid only where it is money, unless another word says that it was paid."""
    if taken[Act.PAY] or any(Act.PAY in meanings_of(item) for item in plain if not (item.is_("deed") and item.value("deed") == RECEIVE)):
        return
    for happened in happenings(rule.when):
        if Act.PAY in happened.acts and not any(map(MONEY.search, happened.objects)):
            raise NotAuthorised("no word of the criterion says pay", "not_in_question")


def _check_nothing_left_out(plain: list[Item], used: Counter[str], written: StateRule, found: Found) -> None:
    places = set(_places(written, found))
    if used["not"] < sum("not" in meanings_of(item) for item in plain):
        raise NotAuthorised("the rule leaves out a denial of the criterion", "not_in_question")
    for item in plain:
        readings = tuple(readings_of(item))
        placed = item.kind == "time" or any(value.place == (item.start, item.end) for value in found.values.values())
        if item.kind in ("word", "quoted") or item.is_("person"):
            left_out = True
        elif placed:
            left_out = (item.start, item.end) not in places
        else:
            left_out = bool(readings) and not any(_is_taken(each, used) for each in readings) and not _is_grammar(item)
            left_out = left_out or _is_thing(item, plain, used)
        if left_out:
            raise NotAuthorised(f"the rule leaves out a part of the criterion: {item.text[:40]}", "not_in_question")
    for worth in found.worths.values():
        if worth.place not in places:
            raise NotAuthorised("the rule leaves out what a deal is worth", "not_in_question")


def _is_taken(reading: Reading, used: Counter[str]) -> bool:
    return (not reading.any_of or any(used[each] for each in reading.any_of)) and all(used[each] for each in reading.all_of)


def _is_thing(item: Item, plain: list[Item], used: Counter[str]) -> bool:
    """Whether a noun for an act names what the act was done to, as in "paid the deposit": a verb says the act already, and the rule no second one."""
    if item.form() not in ("noun", "zh_noun") or item.text.lower() in lexicon().generic:
        return False
    acts = lexicon().deeds[item.value("deed")].acts
    verbs = [each for each in plain if each.is_("deed") and each.form() not in ("noun", "zh_noun") and lexicon().deeds[each.value("deed")].acts == acts]
    if any(each.text.lower()[:4] == item.text.lower()[:4] for each in verbs):
        return False  # ordered an order: whatever was ordered
    return bool(verbs) and max(used[act] for act in acts) <= len(verbs)


def _places(written: StateRule, found: Found) -> Iterator[Place]:
    """Where the times, values and amounts stand that a form uses."""
    ids = [name for each in written.conditions for name in (each.count, each.within, each.window)]
    ids += [each.within for each in written.joints]
    for name in ids:
        if name is not None and name in found.times:
            yield found.times[name].place
    yield from (found.worths[each.worth].place for each in written.conditions if each.worth is not None and each.worth in found.worths)
    yield from (found.values[name].place for each in written.accounts for name in each.values if name in found.values)


def _is_grammar(item: Item) -> bool:
    """Whether a word may as well only hold the others together."""
    return item.is_("filler", "aspect", "light", "satisfies", "deal", "agent", "toward")
