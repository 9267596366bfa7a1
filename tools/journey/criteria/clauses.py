"""Reads one clause: the word for the act, who stands around it, what it is done to, how often and when. What it can't use stays marked as unused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from tools.journey.acts import Role, Side, Status
from tools.journey.criteria.guessing import Guesser
from tools.journey.criteria.lexicon import DeedWord, lexicon
from tools.journey.criteria.linking import Item, count_of, span_of, window_of
from tools.journey.criteria.phrases import INSIDE, LEADING, LEADING_HAN, names_people, phrase, sound, sound_part
from tools.journey.criteria.predicates import BE, guesses, heads
from tools.journey.criteria.schemas import Count, Deed, Kind, Span, Who, Window

_STATUSES = {"promised": Status.PROMISED, "planned": Status.PLANNED, "refused": Status.REFUSED, "possible": Status.POSSIBLE}
_SINGLE = {"sign", "approve", "agree", "reject", "ask", "raise", "object", "answer", "cancel", "renew"}
"""Acts that are done to one thing at a time, so that several things are several occasions."""
_OWNERS = {"our", "their", "its", "his", "her"}
DONE_BY_COMPLETING = {"show", "install", "try", "compare"}
"""Acts of which one says that they are completed: the training is done."""
MONEY = re.compile(r"款|费|金$|钱|deposit|payment|money|cash|fee", re.IGNORECASE)
WITH_PARTNERS = {"meet", "show", "send", "answer", "ask"}


@dataclass(slots=True)
class Clause:
    """What one clause says, before it is known what the clause before it says."""

    deed: DeedWord
    acts: tuple[Deed, ...]
    record: Kind | None
    status: Status
    groups: list[tuple[Role, ...]] = field(default_factory=list)
    side: Side | None = None
    persons: list[str] = field(default_factory=list)
    whom: Who | None = None
    further: tuple[tuple[Role, ...], ...] = ()
    """The roles of others whom it was done to as well: visited the CTO and the CFO."""
    objects: list[str] = field(default_factory=list)
    any_object: bool = False
    negated: bool = False
    still: bool = False
    anybody: bool = False
    follows: bool = False
    passive: bool = False
    undone: bool = False
    fronted: bool = False
    topical: bool = False
    """A Chinese clause that begins with what is done to, and names nobody: 设备尚未安装."""
    received: bool = False
    """It was received by somebody who is not named."""
    agentive: bool = False
    either: bool = False
    bound: str = ""
    same: bool = False
    in_a_row: bool = False
    count: Count | None = None
    within: Span | None = None
    within_first: Span | None = None
    lasting: Span | None = None
    window: Window | None = None
    window_first: bool = False

    @property
    def has_who(self) -> bool:
        """Whether it names anybody."""
        return bool(self.groups or self.persons or self.side or self.anybody)


def read_clause(items: Sequence[Item], guess: Guesser | None = None) -> Clause | None:
    """The clause in these items; None where there is no word for an act. What it can't use stays unused.

    Each word for an act is tried as the one that the clause says; the reading that leaves least unsaid is taken. Where each leaves something,
    words of which nothing is known are tried as well, as the act that they most probably tell.
    """
    best = min(
        (_tried(variant, at, likely - 0.5 * number) for number, variant in enumerate(_variants(items)) for at, likely in heads(variant)),
        key=lambda each: each[0],
        default=None,
    )
    if guess is not None and (best is None or any(not item.used for item in best[2] if item.kind != "mark")):
        for own, at, doubt in guesses(items, guess):
            tried = _tried(own, at, 0.0)
            if best is None or tried[0] + doubt < best[0]:
                best = (tried[0] + doubt, *tried[1:])
    if best is None:
        return None
    for item in items:
        item.used = all(read.used for read in best[2] if read.start < item.end and item.start < read.end)
    return best[1]


def _variants(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items as they are, and with the roles as plain words that stand right before a noun: 用户培训 and "the security whitepaper" are things."""
    yield items
    changed = [
        Item("word", item.text, item.start, item.end)
        if (item.is_("role") and item.kind == "entry" and at + 1 < len(items) and (items[at + 1].kind == "word" or items[at + 1].is_("deed")) and at > 0)
        or (item.is_("role") and item.is_han and at + 1 < len(items) and items[at + 1].is_("deed"))
        else item
        for at, item in enumerate(items)
    ]
    if any(one is not other for one, other in zip(items, changed, strict=True)):
        yield changed


def _tried(items: Sequence[Item], at: int, likely: float) -> tuple[float, Clause, list[Item]]:
    """What a reading costs that takes one word for the act, with the clause and its items."""
    own = [replace(item) for item in items]
    reading = _Reading(own, at)
    clause = reading.read()
    return _cost(own, reading) - LIKELY * likely, clause, own


LIKELY = 0.6
"""How much the look of a word for an act counts against what a reading leaves out."""


def _cost(items: Sequence[Item], reading: _Reading) -> float:
    """What a reading leaves out, and what stands in the name of a thing that seldom stands there."""
    left = sum(2.0 for item in items if not item.used and item.kind != "mark")
    for item in reading.chosen:
        if item.kind == "entry":
            left += 2.0 * item.is_("not", "nobody", "pronoun", "light") + 1.0 * (item.is_("deed") and item.form() in ("past", "part", "zh"))
            left += 1.0 * item.is_("role", "side")
    clause = reading.clause
    if clause.side == "us" and any(role not in ("sales", "technical", "project") for group in clause.groups for role in group):
        left += 1.5
    return left + 0.3 * max(0, len(reading.chosen) - 5)


class _Reading:
    def __init__(self, items: Sequence[Item], at: int) -> None:
        self.items, self.at = items, at
        head = items[at]
        deed = lexicon().deeds[head.value("deed")] if head.is_("deed") else lexicon().deeds["reject"]
        self.clause = Clause(deed, deed.acts, deed.record, deed.status)
        self.noun = head.form() in ("noun", "zh_noun") or (head.form() == "base" and not self._is_verb())
        left = [item.text.lower() for item in items[:at]]
        self.clause.passive = (
            head.is_("undone")
            or (head.form() in ("part", "past") and any(word in BE for word in left))
            or (
                head.form() in ("part", "past")
                and not any(item.is_("side", "role", "person", "nobody", "anybody", "pronoun") for item in items[:at])
                and at > 0
            )
        )
        if head.is_("undone"):
            self.clause.undone = True
        self.received = self.open_whom = False
        self.chosen: list[Item] = []
        head.used = True

    def read(self) -> Clause:
        before = self._left()
        behind = self._right()
        self._objects(before, behind)
        self._refine()
        self._turn()
        return self.clause

    def _turn(self) -> None:
        """Who received is whom it came to; who does a thing to us is the customer, and the other way about."""
        clause = self.clause
        for item in self.items:
            if item.is_("one_of"):
                item.used = True
                clause.groups = [tuple(role for group in clause.groups for role in group)] if clause.groups else []
        if clause.deed.id == "receive" and clause.whom is None:
            clause.received = not clause.has_who
            asked, given = ("us", "customer") if clause.side in ("us", None) and not clause.groups else ("customer", "us")
            clause.whom = Who(side=cast("Side", asked), roles=clause.groups[0] if clause.groups else (), persons=tuple(clause.persons))
            clause.side, clause.groups, clause.persons = cast("Side", given), [], []
            paid = any(MONEY.search(each) for each in clause.objects)
            clause.deed = lexicon().deeds["pay" if paid else "send"]
            clause.acts = clause.deed.acts
        handed = clause.passive and clause.acts[0] in ("send", "show") and bool(clause.objects) and not clause.fronted
        if handed and clause.has_who and clause.whom is None and not clause.agentive:
            self.received = True  # was sent the quote: it was sent to them
        if self.received and clause.has_who and clause.whom is None and not clause.agentive:
            clause.whom = Who(side=clause.side, roles=clause.groups[0] if clause.groups else (), persons=tuple(clause.persons))
            clause.side, clause.groups, clause.persons = None, [], []
        whom = clause.whom
        if whom is not None and whom.side is None and (whom.roles or whom.persons) and not self.open_whom:
            clause.whom = whom.model_copy(update={"side": "customer"})
        if clause.whom is not None and clause.whom.side in ("us", "customer") and not clause.has_who:
            clause.side = "customer" if clause.whom.side == "us" else "us"
        if clause.bound and clause.count is not None:
            n = clause.count.least
            low = clause.bound in ("至少", "不少于", "总共", "累计", "一共")
            clause.count = Count(least=n) if low else Count(least=0 if clause.bound in ("最多", "至多", "不超过") else n, most=n)

    def _is_verb(self) -> bool:
        before = next((item for item in reversed(self.items[: self.at]) if not item.is_("still")), None)
        if before is None:
            return False
        return (
            before.is_("not", "side", "role", "person", "nobody", "pronoun", "promised", "planned", "refused", "possible")
            and before.text.lower() not in ("no", "our", "their")
        ) or (before.is_("aspect") and before.text.lower() in ("did", "does", "do"))

    def _left(self) -> list[list[Item]]:
        runs: list[list[Item]] = []
        run: list[Item] = []
        position = 0
        while position < self.at:
            item = self.items[position]
            step = self._shared(position, self.at, left=True)
            if step:
                if run:
                    runs.append(run)
                    run = []
                position += step
            elif item.kind in ("word", "quoted", "value", "entry"):
                if (not (item.is_("filler") and not run) and not item.is_("aspect", "light", "filler")) or (
                    item.is_("filler") and run and self._continues(position, self.at)
                ):
                    run.append(item)
                else:
                    self._skip(item)
                    if run:
                        runs.append(run)
                        run = []
                position += 1
            else:
                position += 1
        return [*runs, run] if run else runs

    def _right(self) -> list[list[Item]]:
        runs: list[list[Item]] = []
        run: list[Item] = []
        position, end = self.at + 1, len(self.items)
        while position < end:
            item = self.items[position]
            step = self._shared(position, end, left=False, run=bool(run))
            if step:
                if run:
                    runs.append(run)
                    run = []
                position += step
                continue
            if item.kind == "mark":
                position += 1
            elif item.is_("filler", "aspect") and (not run or not self._continues(position, end)):
                self._skip(item)
                position += 1
            else:
                run.append(item)
                position += 1
        return [*runs, run] if run else runs

    def _continues(self, position: int, end: int) -> bool:
        return position + 1 < end and self.items[position + 1].kind in ("word", "quoted", "entry", "value") and self.items[position].text.lower() in INSIDE

    def _skip(self, item: Item) -> None:
        """Words of grammar hold no meaning of their own."""
        item.used = True

    def _shared(self, position: int, end: int, *, left: bool, run: bool = False) -> int:
        """Takes what means the same on both sides of the act; how many items it took, 0 for none."""
        item, clause = self.items[position], self.clause
        if item.kind == "time":
            return self._time(item, position, left=left)
        if item.is_("in_a_row"):
            clause.in_a_row = item.used = True
            return 1
        if item.is_("nobody") and left:
            clause.negated = clause.anybody = item.used = True
            clause.still = clause.still or item.is_("still")
            return 1
        if item.is_("not"):
            if not left or clause.negated:
                return 0
            clause.negated = item.used = True
            clause.still = clause.still or item.is_("still")
            return 1
        if item.is_("still"):
            clause.still = item.used = True
            return 1
        if item.is_("anybody") and left:
            clause.anybody = item.used = True
            return 1
        status = next((kind for kind in _STATUSES if item.is_(kind)), None)
        if (
            left
            and (status is not None or (item.is_("deed") and item.value("deed") == "agree" and self.clause.deed.id != "agree"))
            and self._before_act(position)
        ):
            clause.status = _STATUSES[status or "promised"]
            item.used = True
            return 1
        if item.is_("pronoun") and left:
            clause.follows = item.used = True
            return 1
        if item.text.lower() in ("them", "him", "her") and clause.deed.acts[0] in WITH_PARTNERS:
            item.used = True
            return 1
        if left and item.text.lower() in _OWNERS and position + 1 < end and self.items[position + 1].kind in ("word", "quoted"):
            item.used = True  # our price was accepted: not by us
            return 1
        if item.is_("it") and not run and not self._noun_follows(position, end):
            clause.same = item.used = True
            return 1
        if item.is_("self"):
            item.used = True
            return 1
        if item.is_("agent") and (taken := self._people(position + 1, end)):
            item.used = clause.agentive = True
            if self.received and clause.side == "us":
                clause.side = None
            self._actor(position + 1, taken)
            return taken + 1
        if item.is_("toward") and not (not item.is_han and left and not self.noun) and (taken := self._people(position + 1, end)):
            if left and item.text == "对" and self.clause.deed.acts[0] not in WITH_PARTNERS:
                return 0
            item.used = True
            self._partner(position + 1, taken)
            return taken + 1
        if item.is_("bound") and left and any(count_of(each) for each in self.items[self.at :]):
            clause.bound, item.used = item.value("bound"), True
            return 1
        if item.is_("deal") and clause.record == "deal" and not run:
            item.used = True
            return 1
        if item.is_("light") and (left or (self.noun and not run)):
            item.used = True
            self.received = self.received or item.text.lower() in ("收到", "获得", "得到", "received", "receive", "got", "get")
            return 1
        taken = self._people(position, end)
        if not taken or run:
            return 0
        if left:
            before = self.items[position - 1] if position else None
            clause.agentive = clause.agentive or (before is not None and before.is_("light") and item.is_han)
            self._actor(position, taken)
            return taken
        follower = self.items[position + taken] if position + taken < end else None
        rival = any(each.is_("side") and each.value("side") == "third" for each in self.items[position : position + taken])
        owner = not (rival and clause.deed.id not in WITH_PARTNERS) and all(
            each.is_("side", "filler", "aspect") for each in self.items[position : position + taken]
        )
        bare = follower is None or not self._is_noun(follower) or owner or (follower.is_("filler") and follower.text.lower() in ("the", "a", "an", "about"))
        if not bare:
            return 0
        owned = follower is not None and follower.text == "的"
        if owner and (self.items[position].text.lower() in ("their", "our", "its") or owned):
            for each in self.items[position : position + taken]:
                each.used = True
            return taken
        self._partner(position, taken)
        return taken

    def _before_act(self, position: int) -> bool:
        between = self.items[position + 1 : self.at]
        return all(each.is_("filler", "aspect", "still") or each.kind == "time" for each in between)

    def _noun_follows(self, position: int, end: int) -> bool:
        return position + 1 < end and self._is_noun(self.items[position + 1])

    def _is_noun(self, item: Item) -> bool:
        return item.kind in ("word", "quoted", "value") or item.is_("deed", "filler")

    def _people(self, position: int, end: int) -> int:
        """How many items from here on name people; 0 where none do."""
        at, found = position, False
        while at < end:
            item = self.items[at]
            if item.is_("side", "role", "person", "either") or item.kind == "roles":
                if found and (item.is_("role", "side", "person") or item.kind == "roles") and not self._joins(at):
                    break
                nouns = self.items[at + 1] if at + 1 < end else None
                if (
                    item.is_("side")
                    and not item.is_han
                    and nouns is not None
                    and item.text.lower() in ("customer", "client")
                    and (nouns.kind == "word" or nouns.form() == "noun")
                    and at + 1 < self.at
                ):
                    break
                named = nouns is not None and not nouns.is_han and (nouns.kind == "word" or (nouns.form() in ("noun", "base") and self.clause.passive))
                if item.is_("role") and not item.is_("side") and named and at + 1 < self.at:
                    break
                found = True
                at += 1
            elif (found and item.text.lower() in ("'s", "的") and at + 1 < end and self.items[at + 1].is_("role", "person", "side")) or (
                found and item.text.lower() == "of" and at + 1 < end and self._side_at(at + 1, end)
            ):
                at += 1
            elif found and item.text.lower() == "'s" and at + 1 < end:
                at += 1
                break
            elif not found and item.text.lower() in ("the", "a", "an"):
                at += 1
            elif not found and position == 0 and (owned := self._owner(at, end)):
                at += owned
            else:
                break
        return at - position if found else 0

    def _owner(self, at: int, end: int) -> int:
        """How many unknown words tell whose a person is ("the brewery's quality lady", 酒店总经理); 0 where no role follows them."""
        behind = at
        while behind < end and self.items[behind].kind == "word" and behind - at < 2 and sound(self.items[behind : behind + 1]):
            behind += 1
        if behind == at:
            return 0
        marked = behind < end and self.items[behind].text.lower() in ("'s", "的", "那边的", "那边")
        behind += marked
        return behind - at if behind < end and self.items[behind].is_("role") and self.items[behind].kind == "entry" else 0

    def _side_at(self, at: int, end: int) -> bool:
        return self.items[at].is_("side") or (self.items[at].is_("filler") and at + 1 < end and self.items[at + 1].is_("side"))

    def _joins(self, at: int) -> bool:
        """A role behind a side (客户CTO, the customer's CTO), or a side behind "of"."""
        before = self.items[at - 1]
        earlier = self.items[at - 2] if at > 1 else before
        item = self.items[at]
        if item.is_("role", "person") or item.kind == "roles":
            return before.is_("side", "either") or (before.text.lower() in ("'s", "的") and earlier.is_("side", "either"))
        return before.text.lower() in ("of", "the")

    def _gather(self, position: int, taken: int) -> tuple[Side | None, list[tuple[Role, ...]], list[str]]:
        side: Side | None = None
        groups: list[tuple[Role, ...]] = []
        persons: list[str] = []
        for item in self.items[position : position + taken]:
            item.used = True
            if item.kind == "roles":
                groups += [cast("tuple[Role, ...]", tuple(each.value.split("|"))) for each in item.meanings if each.kind == "roles"]
            elif item.is_("person"):
                persons.append(item.value("person"))
            elif item.is_("role") and not (item.is_("side") and side is None and position + taken > 1):
                groups.append((cast("Role", item.value("role")),))
            elif item.is_("either"):
                pass
            elif item.is_("side"):
                side = cast("Side", item.value("side"))
        return side, groups, persons

    def _actor(self, position: int, taken: int) -> None:
        side, groups, persons = self._gather(position, taken)
        if (groups and self.clause.groups) or (side and self.clause.side and side != self.clause.side):
            if side and not groups and not persons and not self.clause.passive and self.clause.whom is None:
                self.clause.whom = Who(side=side)
                return
            for item in self.items[position : position + taken]:
                item.used = False
            return
        self.clause.either = self.clause.either or any(item.is_("either") for item in self.items[position : position + taken])
        self.clause.side = side or self.clause.side
        self.clause.groups += groups
        self.clause.persons += persons

    def _partner(self, position: int, taken: int) -> None:
        side, groups, persons = self._gather(position, taken)
        if self.clause.whom is not None and side in ("us", "customer") and not groups and not persons:
            return
        if self.clause.whom is not None:
            for item in self.items[position : position + taken]:
                item.used = False
            return
        self.open_whom = any(item.is_("either") for item in self.items[position : position + taken])
        self.clause.whom = Who(side=side, roles=groups[0] if groups else (), persons=tuple(persons))
        self.clause.further = tuple(groups[1:])

    def _time(self, item: Item, position: int, *, left: bool) -> int:
        clause = self.clause
        if (count := count_of(item)) is not None:
            if clause.count is not None or (item.time is not None and item.time.bare and not self._counts(position)):
                return 1
            clause.count = count
        elif (window := window_of(item)) is not None:
            if clause.window is not None:
                return 1
            clause.window, clause.window_first = window, left and not clause.has_who
        elif (span := span_of(item)) is not None:
            timed = item.time
            assert timed is not None  # noqa: S101 - a span comes from a time
            if timed.kind == "lasting" and clause.lasting is None:
                clause.lasting = span
            elif timed.kind == "within" and left and not clause.has_who and clause.within_first is None:
                clause.within_first = span
            elif timed.kind == "within" and clause.within is None:
                clause.within = span
            else:
                return 1
        item.used = True
        return 1

    def _counts(self, position: int) -> bool:
        """Whether a number alone counts what is done, not the things that it is done to."""
        following = next((each for each in self.items[position + 1 :] if not each.is_("filler")), None)
        if following is None or following.kind == "mark":
            return False
        if following.is_("deed") or any(self.noun and each is self.items[self.at] for each in self.items[position + 1 : position + 4]):
            return True
        return self.clause.deed.id in _SINGLE

    def _objects(self, before: list[list[Item]], behind: list[list[Item]]) -> None:
        clause = self.clause
        head = self.items[self.at]
        behind = [run for run in map(self._trimmed, behind) if run]
        before = [run for run in map(self._trimmed, before) if run]
        if head.is_han and len(before) > 1:
            before = [run for run in before if sound(run)] if len([run for run in before if sound(run)]) == 1 else before
        chosen = behind[0] if behind else None
        if chosen is None and len(before) == 1 and (self.noun or clause.passive or head.is_han):
            chosen = before[0]
            clause.fronted = clause.passive or head.is_han
            clause.topical = head.is_han and not clause.passive
        chosen = sound_part(chosen) if chosen else None
        if not chosen or names_people(chosen):
            return
        if (
            clause.acts == ("ask",)
            and len(chosen) > 1
            and chosen[0].is_("deed")
            and chosen[0].value("deed") == "send"
            and chosen[0].form() == "base"
            and not head.is_han
        ):
            chosen[0].used = True  # asked us to send the quote: the quote is what was asked for
            chosen = self._trimmed(chosen[1:])
        for item in chosen:
            item.used = True
        self.chosen = chosen
        if len(chosen) == 1 and chosen[0].is_("deed") and (chosen[0].text.lower()[:4] == head.text.lower()[:4] or chosen[0].text == "订单"):
            return  # ordered an order: whatever was ordered
        last = chosen[-1]
        if clause.deed.id == "complete" and last.is_("deed") and lexicon().deeds[last.value("deed")].acts[0] in DONE_BY_COMPLETING:
            clause.deed = lexicon().deeds[last.value("deed")]
            clause.acts, clause.record = clause.deed.acts, clause.deed.record
            chosen = chosen[:-1]
            if not chosen:
                return
        if phrase(chosen).casefold() not in lexicon().generic:  # a question, 问题: whatever it was about
            clause.objects.append(phrase(chosen))

    def _trimmed(self, run: list[Item]) -> list[Item]:
        while run and run[0].kind != "quoted" and (run[0].text.lower() in LEADING or run[0].text in LEADING_HAN or run[0].is_("filler")):
            run[0].used = True
            run = run[1:]
        while run and run[-1].kind != "quoted" and run[-1].is_("filler"):
            run[-1].used = True
            run = run[:-1]
        return run

    def _refine(self) -> None:
        """Tells that "raised an objection to the price" is an objection, and "raised a ticket" a ticket."""
        clause, chosen = self.clause, self.chosen
        if len(chosen) == 1 and clause.deed.id in ("meet", "join") and chosen[0].is_("deed"):
            deed = lexicon().deeds[chosen[0].value("deed")]
            if deed.record in ("demo", "training", "meeting"):
                clause.deed, clause.acts, clause.record, clause.objects = deed, deed.acts, deed.record, []
                if clause.has_who and clause.whom is None:
                    clause.whom = Who(side=clause.side, roles=clause.groups[0] if clause.groups else (), persons=tuple(clause.persons))
                    clause.further = tuple(clause.groups[1:])
                    clause.side, clause.groups, clause.persons = None, [], []
                return
        if not chosen or clause.deed.id not in ("raise", "send", "object") or clause.status is not Status.DONE:
            return
        for item in (chosen[0], chosen[-1]):
            if (
                not item.is_("deed")
                or item.form() not in ("noun", "zh_noun", "zh")
                or lexicon().deeds[item.value("deed")].id not in ("object", "ticket", "request", "ask")
            ):
                continue
            deed = lexicon().deeds[item.value("deed")]
            rest = self._trimmed([each for each in chosen if each is not item])
            if deed.id == "ask" and (rest and not item.is_han):
                continue
            clause.deed, clause.acts, clause.record = deed, deed.acts, deed.record
            clause.objects = [phrase(rest)] if rest else []
            return
