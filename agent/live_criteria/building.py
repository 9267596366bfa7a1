"""Makes the typed rule of a flat form: ids become what was found, numbers become conditions, phrases are spelt as the criterion has them.

Nothing that the criterion does not hold can come in here; whether all of it came in is for others to say.
"""

from __future__ import annotations

from typing import Literal, TypeVar

from agent.authorising import NotAuthorised
from agent.live_criteria.form import LiveAccount, LiveCondition, LiveJoint, StateRule
from agent.live_criteria.found import Found
from tools.journey.acts import Role, Side
from tools.journey.criteria.linking import Item
from tools.journey.criteria.phrases import sound
from tools.journey.criteria.schemas import (
    AccountField,
    AccountIs,
    All,
    Any,
    Condition,
    Count,
    DealWorth,
    Happened,
    Not,
    Related,
    Rule,
    Saved,
    Span,
    Who,
    Window,
    is_positive,
)

Value = TypeVar("Value", Count, Span, Window)


def build(written: StateRule, found: Found) -> Rule:
    """The rule. Raises NotAuthorised for what is not in the criterion or does not fit, and ValidationError for what is out of range."""
    builder = _Builder(written, found)
    return Rule(accounts=_accounts(written.accounts, found), when=builder.root())


class _Builder:
    def __init__(self, written: StateRule, found: Found) -> None:
        self.written, self.found = written, found
        self.forms = {each.number: each for each in written.conditions}
        self.made: dict[int, Condition] = {}
        self.unused = [*(each.number for each in written.conditions), *(each.number for each in written.joints)]
        if len(set(self.unused)) < len(self.unused):
            raise NotAuthorised("two conditions or joints have the same number")

    def root(self) -> Condition:
        for form in self.written.conditions:
            self.made[form.number] = self._condition(form)
        for joint in self.written.joints:
            self.made[joint.number] = self._joint(joint)
        if len(self.unused) != 1:
            raise NotAuthorised("the last joint does not join all conditions")
        return self.made[self.unused[0]]

    # -- conditions ---------------------------------------------------------------------------------------------------

    def _condition(self, form: LiveCondition) -> Condition:
        if sum((bool(form.acts), form.saved is not None, form.worth is not None)) != 1:
            raise NotAuthorised(f"condition {form.number} has either acts, or saved, or worth")
        if form.saved is not None:
            return Saved(name=self._spelt(form.saved))
        if form.worth is not None:
            return self._worth(form.worth)
        return self._happened(form)

    def _worth(self, name: str) -> DealWorth:
        if name not in self.found.worths:
            raise NotAuthorised(f"no amount {name} was found in the criterion", "not_in_question")
        return self.found.worths[name].value

    def _happened(self, form: LiveCondition, *, related: bool = False) -> Happened:
        """What happened. A length of time without a repetition is a window back from today, or in a relation that relation's."""
        count = self._count(form)
        within = self._time(form.within, Span)
        window = None if form.window is None else self._window(form.window)
        if within is not None and count.least < 2:
            if window is not None:
                raise NotAuthorised(f"condition {form.number} has two stretches of time for one occasion")
            window, within = None if related else Window(last=within), None
        return Happened(
            acts=form.acts,
            status=form.status,
            record=form.record,
            who=self._who(form.side, form.roles, form.persons),
            whom=self._whom(form),
            objects=tuple(map(self._object, form.objects)),
            count=count,
            in_a_row=form.in_a_row,
            within=within,
            window=window,
        )

    def _count(self, form: LiveCondition) -> Count:
        count = self._time(form.count, Count) or Count()
        if form.bound is None:
            return count
        return Count(least=0 if form.bound == "at_most" else count.least, most=count.least)

    def _whom(self, form: LiveCondition) -> Who | None:
        who = self._who(form.whom_side, form.whom_roles, form.whom_persons)
        return None if who == Who() else who

    def _who(self, side: Side | None, roles: tuple[Role, ...], persons: tuple[str, ...]) -> Who:
        return Who(side=side, roles=roles, persons=tuple(map(self._spelt, persons)))

    def _window(self, name: str) -> Window:
        """A window; a length of time there counts back from today."""
        if name in self.found.times and isinstance(span := self.found.times[name].value, Span):
            return Window(last=span)
        window = self._time(name, Window)
        assert window is not None  # noqa: S101 - it has a name
        return window

    def _time(self, name: str | None, kind: type[Value]) -> Value | None:
        if name is None:
            return None
        if name not in self.found.times:
            raise NotAuthorised(f"no time {name} was found in the criterion", "not_in_question")
        value = self.found.times[name].value
        if not isinstance(value, kind):
            raise NotAuthorised(f"{name} is no {kind.__name__.lower()}")
        return value

    def _spelt(self, words: str) -> str:
        """A phrase in the criterion's own spelling."""
        places = self.found.places(words)
        if not places:
            raise NotAuthorised(f"these words are not in the criterion: {words[:40]}", "not_in_question")
        return self.found.text[slice(*places[0])]

    def _object(self, words: str) -> str:
        spelt = self._spelt(words)
        if not any(_names_a_thing(self.found.inside(place)) for place in self.found.places(words)):
            raise NotAuthorised(f"this is more than the name of a thing: {words[:40]}")
        return spelt

    # -- joints -------------------------------------------------------------------------------------------------------

    def _joint(self, joint: LiveJoint) -> Condition:
        for number in joint.of:
            if number not in self.made or number == joint.number:
                raise NotAuthorised(f"joint {joint.number} names {number}, which is no condition and no joint further up")
            if number in self.unused:
                self.unused.remove(number)
        parts = tuple(self.made[number] for number in joint.of)
        if joint.how in ("after", "before"):
            return self._related(joint, "after" if joint.how == "after" else "before")
        if joint.within is not None or joint.denied or joint.still or joint.same:
            raise NotAuthorised(f"joint {joint.number} says what only after and before can")
        if joint.how == "not":
            if len(parts) != 1:
                raise NotAuthorised(f"joint {joint.number} denies more than one condition")
            if _denies(parts[0]):
                raise NotAuthorised(f"joint {joint.number} denies what is denied already")
            return Not(part=parts[0])
        return All(parts=parts) if joint.how == "all" else Any(parts=parts)

    def _related(self, joint: LiveJoint, order: Literal["after", "before"]) -> Related:
        form = self.forms.get(joint.of[-1])
        if len(joint.of) != 2 or form is None or not form.acts:
            raise NotAuthorised(f"joint {joint.number} takes two conditions, of which the second has acts")
        anchor = self.made[joint.of[0]]
        if not is_positive(anchor):
            raise NotAuthorised(f"joint {joint.number} counts from what did not happen")
        then, within = self._happened(form, related=True), self._time(joint.within, Span)
        if form.within is not None and then.within is None:
            within = self._time(form.within, Span) if within is None else within
        if joint.still and not joint.denied:
            raise NotAuthorised(f"joint {joint.number} is still so without being denied")
        return Related(anchor=anchor, then=then, order=order, within=within, negated=joint.denied, still=joint.still, same=joint.same)


def _denies(condition: Condition) -> bool:
    match condition:
        case Not():
            return True
        case Related(anchor=anchor, negated=negated):
            return negated or _denies(anchor)
        case All(parts=parts) | Any(parts=parts):
            return any(map(_denies, parts))
        case _:
            return False


def _names_a_thing(items: tuple[Item, ...]) -> bool:
    """Whether words may be the name of a thing: they say neither when nor whether."""
    if any(item.kind == "time" and item.time is not None and not item.time.bare for item in items):
        return False
    grammar = (item for item in items if item.is_("aspect") and not item.is_("deed", "filler") and not item.is_han)
    return sound(items) and next(grammar, None) is None


def _accounts(written: tuple[LiveAccount, ...], found: Found) -> tuple[AccountIs, ...]:
    """Two values of one field mean either; in a fixed order, so that the same conditions are the same rule."""
    values: dict[tuple[AccountField, bool], tuple[str, ...]] = {}
    for test in written:
        known = [_value(name, found) for name in test.values]
        if len({each.field for each in known}) != 1:
            raise NotAuthorised("the values of one condition on accounts are of several fields")
        key = (known[0].field, test.negated)
        values[key] = tuple(dict.fromkeys((*values.get(key, ()), *(value for each in known for value in each.values))))
    return tuple(AccountIs(field=field, values=values[field, negated], negated=negated) for field, negated in sorted(values))


def _value(name: str, found: Found) -> AccountIs:
    if name not in found.values:
        raise NotAuthorised(f"no value {name} was found in the criterion", "not_in_question")
    return found.values[name].value
