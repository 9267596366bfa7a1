"""Reads one clause around one word for its act: who, to what, how often and when. What it can't use stays marked as unused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from tools.journey.acts import Side, Status
from tools.journey.criteria.clause import Clause
from tools.journey.criteria.clause_things import Things
from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.linking import Item, count_of, span_of, window_of
from tools.journey.criteria.phrases import INSIDE
from tools.journey.criteria.predicates import BE, is_told
from tools.journey.criteria.schemas import Count, Who

_STATUSES = {"promised": Status.PROMISED, "planned": Status.PLANNED, "refused": Status.REFUSED, "possible": Status.POSSIBLE}
_SINGLE = {"sign", "approve", "agree", "reject", "ask", "raise", "object", "answer", "cancel", "renew"}
"""Acts that are done to one thing at a time, so that several things are several occasions."""
_OWNERS = {"our", "their", "its", "his", "her"}
MONEY = re.compile(r"款|费|金$|钱|deposit|payment|money|cash|fee", re.IGNORECASE)
WITH_PARTNERS = {"meet", "show", "send", "answer", "ask"}


class Reading(Things):
    """Reads the clause that the word at ``at`` says."""

    def __init__(self, items: Sequence[Item], at: int) -> None:
        """Takes the word at ``at`` for the act."""
        head = items[at]
        deed = lexicon().deeds[head.value("deed")] if head.is_("deed") else lexicon().deeds["reject"]
        super().__init__(items, at, Clause(deed, deed.acts, deed.record, deed.status))
        self.noun = head.form() in ("noun", "zh_noun") or (head.form() == "base" and not self._is_verb())
        left = [item.text.lower() for item in items[:at]]
        if head.form() == "ing" and any(each.form == "noun" for each in head.meanings) and not any(word in BE for word in left):
            self.noun = True
        named = any(item.is_("side", "role", "person", "nobody", "anybody", "pronoun", "either") or item.kind == "roles" for item in items[:at])
        participle = head.form() in ("part", "past")
        self.clause.passive = head.is_("undone") or (participle and (any(word in BE for word in left) or (not named and at > 0)))
        if head.is_("undone"):
            self.clause.undone = True
        self.received = False
        head.used = True

    def read(self) -> Clause:
        """The clause, with its items marked as used."""
        before = self._left()
        behind = self._right()
        self._objects(before, behind)
        self._refine()
        self._turn()
        return self.clause

    def _turn(self) -> None:
        """Who received is whom it came to; who does a thing to us is the customer, and the other way about."""
        clause = self.clause
        clause.in_a_row = clause.in_a_row and not clause.negated  # none in a row is none
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
        clause.received = clause.received or (self.received and not clause.has_who and clause.whom is None)
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
            elif (
                not run and item.is_("deed") and item.is_han and item.form() == "zh" and item.end == self.items[self.at].start and is_told(self.items, self.at)
            ):
                self._skip(item)  # 拍板选了: the second says what was done
                position += 1
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
            if clause.negated or not (left or self.noun):
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
        if item.text.lower() == "from" and not self.noun and not clause.passive and not self.received and (taken := self._people(position + 1, end)):
            for each in self.items[position : position + 1 + taken]:
                each.used = True  # ordered from us: it says no more
            return taken + 1
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
            clause.agentive = clause.agentive or (before is not None and before.is_("light") and (item.is_han or before.is_han))
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
        behind = self.items[position + 1] if position + 1 < end else None
        return behind is not None and self._is_noun(behind) and (behind.is_han or not behind.is_("filler"))

    def _is_noun(self, item: Item) -> bool:
        return item.kind in ("word", "quoted", "value") or item.is_("deed", "filler")

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
