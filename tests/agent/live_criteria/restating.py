"""Writes a rule down in the flat form, as a model would that makes no mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agent.live_criteria.form import StateRule
from agent.live_criteria.found import Found
from tools.journey.criteria.schemas import All, Condition, Count, DealWorth, Happened, Not, Related, Rule, Saved, Span, Who, Window
from tools.journey.criteria.schemas import Any as AnyOf


class NotInIt(Exception):
    """The rule says something that no id of what was found stands for."""


def restated(rule: Rule, found: Found) -> StateRule:
    writer = _Writer(found)
    writer.write(rule.when)
    accounts = [
        {"values": [_id(found.values, value, lambda each: each.value.values[0], test.field) for value in test.values], "negated": test.negated}
        for test in rule.accounts
    ]
    return StateRule.model_validate({"conditions": writer.conditions, "joints": writer.joints, "accounts": accounts})


class _Writer:
    def __init__(self, found: Found) -> None:
        self.found, self.conditions, self.joints, self.number = found, list[dict[str, Any]](), list[dict[str, Any]](), 0

    def next(self) -> int:
        self.number += 1
        return self.number

    def write(self, condition: Condition) -> int:
        match condition:
            case Happened():
                return self.condition(self.happened(condition))
            case Saved(name=name):
                return self.condition({"saved": name})
            case DealWorth():
                return self.condition({"worth": _id(self.found.worths, condition, lambda each: each.value)})
            case Not(part=part):
                return self.joint("not", [self.write(part)])
            case All(parts=parts):
                return self.joint("all", [self.write(part) for part in parts])
            case AnyOf(parts=parts):
                return self.joint("any", [self.write(part) for part in parts])
            case Related():
                of = [self.write(condition.anchor), self.write(condition.then)]
                says = {"denied": condition.negated, "still": condition.still, "same": condition.same}
                return self.joint(condition.order, of, within=self.time(condition.within), **says)

    def condition(self, content: dict[str, Any]) -> int:
        self.conditions.append({"number": (number := self.next())} | content)
        return number

    def joint(self, how: str, of: list[int], **says: object) -> int:
        self.joints.append({"number": (number := self.next()), "how": how, "of": of} | says)
        return number

    def happened(self, it: Happened) -> dict[str, Any]:
        whom = it.whom or Who()
        return {
            "acts": it.acts, "status": it.status, "record": it.record, "objects": it.objects, "in_a_row": it.in_a_row,
            "side": it.who.side, "roles": it.who.roles, "persons": it.who.persons,
            "whom_side": whom.side, "whom_roles": whom.roles, "whom_persons": whom.persons,
            **self.count(it.count), "within": self.time(it.within), "window": self.time(it.window),
        }  # fmt: skip

    def count(self, count: Count) -> dict[str, Any]:
        if self.has(count):
            return {"count": self.time(count)}
        if count == Count():
            return {}
        return {"count": self.time(Count(least=count.most or 0)), "bound": "exactly" if count.least == count.most else "at_most"}

    def has(self, value: object) -> bool:
        return any(each.value == value for each in self.found.times.values())

    def time(self, value: Count | Span | Window | None) -> str | None:
        if value is None:
            return None
        if isinstance(value, Window) and value.last is not None and not self.has(value):
            value = value.last
        return _id(self.found.times, value, lambda each: each.value)


def _id(known: Any, value: object, of: Any, field: str | None = None) -> str:
    name = next(iter(_ids(known, value, of, field)), None)
    if name is None:
        raise NotInIt(str(value))
    return name


def _ids(known: Any, value: object, of: Any, field: str | None) -> Iterator[str]:
    return (name for name, each in known.items() if of(each) == value and (field is None or each.value.field == field))
