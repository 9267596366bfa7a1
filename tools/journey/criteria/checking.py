"""Refuses rules that no account can ever fulfil, and rules that depend on themselves. Looks at the rule alone, at no record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tools.journey.criteria.errors import CriterionCircular, CriterionContradicts, RuleUnknown
from tools.journey.criteria.lexicon import Language
from tools.journey.criteria.saying import say_condition
from tools.journey.criteria.schemas import AccountIs, All, Any, Condition, DealWorth, Happened, Not, Related, Rule, Saved, named

RuleBook = Callable[[str], Rule | None]


def check_rule(rule: Rule, language: Language = "en") -> None:
    """Raises CriterionContradicts."""
    for one in rule.accounts:
        for other in rule.accounts:
            if one.field == other.field and one.negated and not other.negated and set(other.values) <= set(one.values):
                raise CriterionContradicts(part=_values(one))
    for part in _contradictions(rule.when):
        raise CriterionContradicts(part=say_condition(part, language))


def check_references(name: str, rule: Rule, saved: RuleBook, key: Callable[[str], str]) -> None:
    """Raises RuleUnknown for a rule that is named and not there, and CriterionCircular where one leads back to ``name``."""
    _follow(name, rule, saved, key, ())


def _follow(name: str, rule: Rule, saved: RuleBook, key: Callable[[str], str], through: tuple[str, ...]) -> None:
    for other in named(rule.when):
        if key(other) == key(name) or key(other) in map(key, through):
            raise CriterionCircular(name=name, through=" → ".join(f"“{each}”" for each in (*through, other)))
        found = saved(other)
        if found is None:
            raise RuleUnknown(name=other)
        _follow(name, found, saved, key, (*through, other))


def _contradictions(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Happened():
            if _impossible(condition):
                yield condition
        case Related():
            yield from _contradictions(condition.anchor)
            if _impossible(condition.then):
                yield condition.then
            elif condition.negated and condition.still and _covers(condition.then, condition.anchor):
                yield condition
        case Not(part=part):
            inner = part.parts if isinstance(part, Any) else (part,)
            if any(isinstance(each, Not) for each in inner) and isinstance(part, Any) and _all_kinds(part):
                yield condition
        case All(parts=parts):
            for part in parts:
                yield from _contradictions(part)
            if _opposed(parts):
                yield condition
        case Any(parts=parts):
            found = [list(_contradictions(part)) for part in parts]
            if all(found):
                yield found[0][0]
        case _:
            return


def _impossible(happened: Happened) -> bool:
    window, count = happened.window, happened.count
    reversed_days = window is not None and window.start is not None and window.end is not None and window.start > window.end
    return reversed_days or (count.most is not None and count.most < count.least)


def _opposed(parts: tuple[Condition, ...]) -> bool:
    """Whether something is asked for and denied, or two counts or two worths exclude each other."""
    for one in parts:
        denied = one.part if isinstance(one, Not) else None
        for other in parts:
            if denied is not None and (denied == other or (isinstance(denied, Happened) and _covers(denied, other))):
                return True
            if (
                isinstance(one, Happened)
                and isinstance(other, Happened)
                and one.model_copy(update={"count": other.count}) == other
                and one.count.most is not None
                and other.count.least > one.count.most
            ):
                return True
            if isinstance(one, DealWorth) and isinstance(other, DealWorth) and one != other:
                continue
    return False


def _covers(denied: Happened, other: Condition) -> bool:
    """Whether whatever fulfils ``other`` is an instance of what is denied."""
    match other:
        case Happened():
            return (
                set(other.acts) <= set(denied.acts)
                and denied.status == other.status
                and denied.record in (None, other.record)
                and (denied.who.side is None or denied.who.side == other.who.side)
                and (not denied.who.roles or (bool(other.who.roles) and set(other.who.roles) <= set(denied.who.roles)))
                and (not denied.who.persons or set(other.who.persons) == set(denied.who.persons))
                and denied.whom in (None, other.whom)
                and (not denied.objects or (bool(other.objects) and set(other.objects) <= set(denied.objects)))
                and denied.window in (None, other.window)
                and denied.within is None
                and denied.count.least <= max(other.count.least, 1)
                and denied.count.most is None
                and other.count.least > 0
            )
        case Related(negated=False):
            return _covers(denied, other.anchor) or _covers(denied, other.then)
        case All(parts=parts):
            return any(_covers(denied, part) for part in parts)
        case _:
            return False


def _all_kinds(condition: Any) -> bool:
    """Whether "this or not this" is what is denied."""
    parts = condition.parts
    return any(isinstance(one, Not) and one.part in parts for one in parts)


def _values(test: AccountIs) -> str:
    return f"{test.field} = {' / '.join(test.values)}"


__all__ = ["RuleBook", "Saved", "check_references", "check_rule"]
