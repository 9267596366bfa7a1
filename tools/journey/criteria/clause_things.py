"""Reads what the act of a clause is done to, and tells the acts apart that only their objects tell apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.journey.acts import Status
from tools.journey.criteria.clause import Clause
from tools.journey.criteria.clause_people import People
from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.linking import Item
from tools.journey.criteria.phrases import LEADING, LEADING_HAN, names_people, phrase, sound, sound_part
from tools.journey.criteria.schemas import Who

DONE_BY_COMPLETING = {"show", "install", "try", "compare"}
"""Acts of which one says that they are completed: the training is done."""


class Things(People):
    """People and things of one clause. ``noun``: the act is said by a noun; ``chosen``: the items that name the thing."""

    def __init__(self, items: Sequence[Item], at: int, clause: Clause) -> None:
        """See :class:`People`."""
        super().__init__(items, at, clause)
        self.noun = False
        self.chosen: list[Item] = []

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
        named = phrase(chosen)
        if any(item.text == "在" for item in self.items[: self.at]):
            named = re.sub(r"(?<=..)[上里中]$", "", named)  # 在框架协议上盖了章
        if named.casefold() in lexicon().generic:  # a question, 问题: whatever it was about
            return
        clause.objects.append(named)
        if self.noun and chosen[-1].end + 1 >= head.start > chosen[-1].start and head.form() == "noun":
            clause.objects.append(f"{named} {head.text}")  # the vendor shortlist: of vendors, or called so
            clause.any_object = True

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
            meant = (lexicon().deeds[each.value] for each in chosen[0].meanings if each.kind == "deed")
            deed = next((each for each in meant if each.record in ("demo", "training", "meeting")), None)
            if deed is not None:
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
