"""Reads who stands in a clause: whose act it is, and to or with whom it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tools.journey.acts import Role, Side
from tools.journey.criteria.clause import Clause
from tools.journey.criteria.linking import Item
from tools.journey.criteria.phrases import sound
from tools.journey.criteria.schemas import Who


class People:
    """The items of one clause around the word for its act, and the clause that is made of them."""

    def __init__(self, items: Sequence[Item], at: int, clause: Clause) -> None:
        """``at`` is the place of the word for the act."""
        self.items, self.at, self.clause = items, at, clause
        self.open_whom = False

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
            elif (found and item.text.lower() in ("'s", "的") and at + 1 < end and self._is_people(at + 1)) or (
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

    def _is_people(self, at: int) -> bool:
        return self.items[at].is_("role", "person", "side") or self.items[at].kind == "roles"

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
