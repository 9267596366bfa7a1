"""Judges a condition on what happened at one account: whether it holds, and by which occurrences. Knows no tables and says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tools.journey.acts import Act, Role, Side, Status
from tools.journey.criteria.lexicon import WITHIN, kinds_in, lexicon
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.occurrences import Near, Occurrence, Person
from tools.journey.criteria.schemas import All, Any, Condition, DealWorth, Deed, Happened, Not, Related, Saved, Who, Window
from tools.journey.criteria.times import add_span, bounds

TOPICS = frozenset({Act.ASK, Act.OBJECT, Act.ANSWER, Act.MEET, Act.SHOW, Act.CONFIRM, Act.COMPARE})
"""Acts that are about a topic, which is said in many ways; others are done to a paper or a thing."""
SHARED = frozenset({Act.MEET})
"""Acts in which both sides take part."""
_NATURAL: dict[Deed, Side | None] = {}


@dataclass(frozen=True, slots=True)
class Witness:
    """One way in which a condition holds: by these occurrences, fulfilled with the last of them."""

    last: Occurrence
    cited: tuple[Occurrence, ...]

    @property
    def day(self) -> date:
        """The day from which on it holds."""
        return self.last.on


@dataclass(frozen=True, slots=True)
class Deal:
    """What a condition on amounts looks at."""

    amount: Decimal
    currency: str | None
    status: str | None
    record: Occurrence


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of one account: its occurrences in order of time, its deals, and which saved rules it fulfils."""

    told: Sequence[Occurrence]
    deals: Sequence[Deal] = ()
    fulfils: Callable[[str], Sequence[Occurrence] | None] = lambda name: None
    matched: dict[int, tuple[Happened, list[Occurrence]]] = field(default_factory=dict, compare=False, repr=False)
    """What was found to be what is asked for, kept while the account is judged: looking for near misses asks again."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Which parts of what is asked one occurrence fulfils."""

    status: bool
    record: bool
    who: bool
    whom: bool
    thing: bool
    window: bool

    @property
    def whole(self) -> bool:
        """Whether it is what is asked for."""
        return self.status and self.record and self.who and self.whom and self.thing and self.window

    def failing(self) -> tuple[str, ...]:
        """The parts that it does not fulfil."""
        return tuple(name for name in ("status", "record", "who", "whom", "thing", "window") if not getattr(self, name))


class Matching:
    """Judges conditions as of one day."""

    def __init__(self, objects: Objects, today: date) -> None:
        """``objects`` compares what things are called."""
        self.objects, self.today = objects, today
        self._bounds: Callable[[Window | None], tuple[date, date]] = lru_cache(maxsize=64)(
            lambda window: bounds(window, today) if window is not None else (date.min, date.max)
        )

    def holds(self, condition: Condition, account: Account) -> tuple[Occurrence, ...] | None:
        """The occurrences by which a condition holds (none for what rests on nothing having happened); None where it doesn't hold."""
        match condition:
            case Happened(count=count) if count.least == 0:
                found = occasions(self.matches(condition, account))
                return tuple(found) if count.most is None or len(found) <= count.most else None
            case Happened() | Related():
                best = self._latest(self.witnesses(condition, account))
                return best.cited if best is not None else None
            case Not(part=part):
                return () if self.holds(part, account) is None else None
            case All(parts=parts):
                cited: list[Occurrence] = []
                for part in parts:
                    told = self.holds(part, account)
                    if told is None:
                        return None
                    cited += told
                return tuple(cited)
            case Any(parts=parts):
                return next((told for told in (self.holds(part, account) for part in parts) if told is not None), None)
            case Saved(name=name):
                told_by = account.fulfils(name)
                return tuple(told_by) if told_by is not None else None
            case DealWorth():
                return next(((deal.record,) for deal in account.deals if _worth(condition, deal)), None)

    def _latest(self, witnesses: Sequence[Witness]) -> Witness | None:
        return max(witnesses, key=lambda each: (each.day, len(each.cited)), default=None)

    def matches(self, happened: Happened, account: Account) -> list[Occurrence]:
        """The occurrences that are what is asked for, in order."""
        kept = account.matched.get(id(happened))
        if kept is None:
            found = [each for each in account.told if each.act in happened.acts and each.status is happened.status and self.fit(happened, each).whole]
            kept = account.matched[id(happened)] = (happened, found)
        return kept[1]

    def near(self, asked: Sequence[Happened]) -> Near:
        """Tells what comes near enough to any of these to be a match or a near miss: at most one of status, role and thing is another."""

        @lru_cache(maxsize=65_536)
        def near(act: Deed, status: Status, role: Role | None, thing: str, heading: str) -> bool:
            return any(act in each.acts and (each.in_a_row or self._apart(each, act, status, role, thing, heading) < 2) for each in asked)

        return near

    def _apart(self, asked: Happened, act: Deed, status: Status, role: Role | None, thing: str, heading: str) -> int:
        apart = int(status is not asked.status)
        if act not in SHARED and asked.who.roles and not any(_in_role(role, each) for each in asked.who.roles):
            apart += 1
        return apart + (apart < 2 and not self.objects.any(asked.objects, thing, heading, topic=act in TOPICS))

    def fit(self, happened: Happened, each: Occurrence, *, same_as: Sequence[Occurrence] = ()) -> Fit:
        """How an occurrence of one of the acts compares with what is asked. ``same_as``: it must be about the same as one of these."""
        low, high = self._bounds(happened.window)
        topic = each.act in TOPICS
        thing = self.objects.any(happened.objects, each.object, each.context, topic=topic) or (
            each.table == "contracts" and any(self.objects.same(asked, "contract") for asked in happened.objects)
        )
        if same_as and not happened.objects and each.object:
            asked_about = [other.object for other in same_as if other.object]
            ours = (each.table, each.record)
            thing = (
                not asked_about
                or any((other.table, other.record) == ours for other in same_as)
                or self.objects.any(asked_about, each.object, each.context, topic=True)
                or any(self.objects.same(each.object, about, topic=True) for about in asked_about)
            )
        return Fit(
            status=each.status is happened.status,
            record=happened.record is None or happened.record in each.kinds or _said(happened, each),
            who=self._is(happened.who, each.actor, each) or (each.act in SHARED and self._is(happened.who, each.partner, each)),
            whom=happened.whom is None or self._whom(happened.whom, each),
            thing=thing,
            window=low <= each.on <= high and (each.on <= self.today or happened.status is not Status.DONE),
        )

    def _is(self, who: Who, person: Person, each: Occurrence) -> bool:
        side: Side = person.side
        if side == "unknown":
            side = natural_side(each.act) or "unknown"
        if who.side is not None and side not in (who.side, "unknown"):
            return False
        if who.roles and not any(_in_role(person.role, role) for role in who.roles):
            return False
        return not who.persons or (person.name is not None and any(_same_name(name, person.name) for name in who.persons))

    def _whom(self, whom: Who, each: Occurrence) -> bool:
        if each.act in SHARED:
            if not whom.roles and not whom.persons and whom.side in ("us", "customer"):
                return each.actor.side != "third"  # where the two sides met, each met the other
            return self._is(whom, each.partner, each) or self._is(whom, each.actor, each)
        if not whom.roles and not whom.persons:
            return each.actor.side != whom.side or whom.side is None
        return self._is(whom, each.partner, each)

    def witnesses(self, condition: Condition, account: Account) -> list[Witness]:
        """All ways in which a positive condition holds, in order of time."""
        match condition:
            case Happened():
                return self._runs(condition, self.matches(condition, account), account)
            case Related():
                return self._related(condition, account)
            case Any(parts=parts):
                return sorted((each for part in parts for each in self.witnesses(part, account)), key=lambda each: each.day)
            case All(parts=parts):
                return self._together(parts, account)
            case _:
                return []

    def _runs(self, happened: Happened, found: Sequence[Occurrence], account: Account) -> list[Witness]:
        distinct, n = occasions(found), max(happened.count.least, 1)
        if happened.count.most is not None and len(distinct) > happened.count.most:
            return []
        runs = []
        for at in range(len(distinct) - n + 1):
            run = tuple(distinct[at : at + n])
            if happened.within is not None and run[-1].on > add_span(run[0].on, happened.within):
                continue
            if happened.in_a_row and self._interrupted(happened, run, account):
                continue
            runs.append(Witness(run[-1], run))
        return runs

    def _interrupted(self, happened: Happened, run: Sequence[Occurrence], account: Account) -> bool:
        """Whether between the first and the last the same kind of thing went another way: kept a milestone between two that were missed."""
        opposite = Status.DONE if happened.status is not Status.DONE else None
        return opposite is not None and any(
            each.act in happened.acts
            and each.status is opposite
            and run[0].on < each.on < run[-1].on
            and (happened.record is None or happened.record in each.kinds)
            for each in account.told
        )

    def _together(self, parts: Sequence[Condition], account: Account) -> list[Witness]:
        """Where several hold together it is since the last of them."""
        ways: list[list[Witness]] = []
        for part in parts:
            found = self.witnesses(part, account)
            if found:
                ways.append(found)
            elif self.holds(part, account) is None:
                return []
        witnesses = []
        for own in ways:
            for each in own:
                others = [[other for other in way if other.day <= each.day] for way in ways if way is not own]
                if all(others):
                    witnesses.append(Witness(each.last, (*(occurrence for other in others for occurrence in other[-1].cited), *each.cited)))
        return sorted(witnesses, key=lambda each: each.day)

    def _related(self, related: Related, account: Account) -> list[Witness]:
        found = []
        for anchor in self.witnesses(related.anchor, account):
            then = self.within_time(related, anchor, account)
            if not related.negated:
                runs = self._runs(related.then, then, account)
                found += [Witness(run.last if related.order == "after" else anchor.last, (*anchor.cited, *run.cited)) for run in runs]
            elif len(occasions(then)) < max(related.then.count.least, 1) and self.passed(related, anchor):
                found.append(Witness(anchor.last, anchor.cited))
        return found

    def passed(self, related: Related, anchor: Witness) -> bool:
        """Whether the time in which it was not to happen is over."""
        return related.within is None or related.order == "before" or self.today > add_span(anchor.day, related.within)

    def within_time(self, related: Related, anchor: Witness, account: Account) -> list[Occurrence]:
        """What is asked of ``then`` and happened in the right relation to the anchor; at any time where nothing may have happened ``still``."""
        found = [
            each
            for each in account.told
            if each.act in related.then.acts
            and each.status is related.then.status
            and self.fit(related.then, each, same_as=anchor.cited if related.same else ()).whole
        ]
        if related.negated and related.still:
            return found
        return [each for each in found if self._in_relation(related, anchor, each)]

    def _in_relation(self, related: Related, anchor: Witness, each: Occurrence) -> bool:
        if each in anchor.cited:
            return False
        if related.order == "after":
            return each.follows(anchor.last) and (related.within is None or each.on <= add_span(anchor.day, related.within))
        first = anchor.cited[0]
        return first.follows(each) and (related.within is None or each.on >= add_span(first.on, related.within, -1))


def occasions(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Different occasions: what one record tells of one day is one, and so is what another tells of a day that either names itself."""
    kept: list[Occurrence] = []
    for each in found:
        twin = next(
            (other for other in kept if other.on == each.on and ((other.table, other.record) == (each.table, each.record) or other.stated or each.stated)), None
        )
        if twin is None:
            kept.append(each)
    return kept


def natural_side(act: Deed) -> Side | None:
    """Whose act it is where nobody says: the customer signs, we demonstrate."""
    if not _NATURAL:
        for deed in lexicon().deeds.values():
            for each in deed.acts:
                _NATURAL.setdefault(each, deed.side)
    return _NATURAL.get(act)


def _said(happened: Happened, each: Occurrence) -> bool:
    """Whether the words of a text speak of the occasion that is asked for."""
    return happened.record in ("visit", "meeting", "call", "mail", "demo", "training") and not each.kinds and happened.record in kinds_in(each.words)


def _in_role(found: str | None, asked: str) -> bool:
    return found is not None and (found == asked or found in WITHIN.get(asked, ()))


def _same_name(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _worth(asked: DealWorth, deal: Deal) -> bool:
    return (
        (asked.status is None or asked.status == deal.status)
        and (asked.currency is None or asked.currency == deal.currency)
        and (asked.least is None or deal.amount >= asked.least)
        and (asked.most is None or deal.amount <= asked.most)
    )


def failing_parts(parts: Sequence[Condition], held: Callable[[Condition], bool]) -> Iterator[Condition]:
    """Those of several conditions that don't hold."""
    return (part for part in parts if not held(part))
