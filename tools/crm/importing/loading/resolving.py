"""Finds the record that a reference means: by id, by name, by a name that differs only in spelling; never by a guess between two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from tools.crm.importing.cleaning import company_name, plain_name

Means = Literal["id", "name", "spelling", "similar"]
SIMILAR, SIMILAR_HAN = 92.0, 95.0
SHORTEST, SHORTEST_WORD = 6, 4
CLEAR_LEAD = 4.0
_DIGITS = re.compile(r"\d+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that references may mean. ``owner`` is the account that it belongs to, ``here`` whether it comes from the same system."""

    id: int
    source_id: str
    name: str | None
    other_names: tuple[str, ...] = ()
    owner: int | None = None
    here: bool = True
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome for one reference: the record and how it was found, or several that it may mean, or nothing."""

    id: int | None = None
    means: Means | None = None
    name: str | None = None
    choices: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class NameIndex:
    """Records of one kind, by id and by every spelling of their names; those of ``companies`` also without their legal form."""

    companies: bool = False
    ids: dict[str, int] = field(default_factory=dict)
    names: tuple[dict[str, list[Candidate]], dict[str, list[Candidate]]] = field(default_factory=lambda: ({}, {}))
    plain: tuple[dict[str, list[Candidate]], dict[str, list[Candidate]]] = field(default_factory=lambda: ({}, {}))
    bare: tuple[dict[str, list[Candidate]], dict[str, list[Candidate]]] = field(default_factory=lambda: ({}, {}))
    _known: dict[str, Found] = field(default_factory=dict)

    def add(self, candidate: Candidate) -> None:
        """Take in one record. A record that comes twice (as it was and as it is now) is one as long as its id is the same."""
        level = 0 if candidate.here else 1
        if candidate.here:
            self.ids[candidate.source_id] = candidate.id
        for name in (candidate.name, *candidate.other_names):
            if name:
                _enter(self.names[level], name, candidate)
                _enter(self.plain[level], plain_name(name), candidate)
                if self.companies:
                    _enter(self.bare[level], company_name(name), candidate)

    def by_id(self, source_id: str) -> int | None:
        """The record of the same system with this id."""
        return self.ids.get(source_id)

    def by_name(self, name: str) -> Found:
        """The one record of that name. Exact before normalised before similar, the same system before others."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> Found:
        plain = plain_name(name)
        for level in (0, 1):
            for held, key, means in ((self.names[level], name, "name"), (self.plain[level], plain, "spelling")):
                candidates = _living(held.get(key, [])) if key else []
                if len(candidates) == 1:
                    one = candidates[0]
                    return Found(one.id, "name" if means == "name" else "spelling", _matched_name(one, name))
                if candidates:
                    return Found(choices=tuple(candidates))
        direct = self.ids.get(name)
        if direct is not None:
            return Found(direct, "id")
        return (self._without_form(name, plain) if self.companies else None) or self._similar(name, plain)

    def _without_form(self, name: str, plain: str) -> Found | None:
        """The company whose name differs only in that one of the two leaves out the legal form."""
        bare = company_name(name)
        for level in (0, 1):
            held = _living(self.bare[level].get(bare, []))
            candidates = [each for each in held if plain == bare or each.name is None or plain_name(each.name) == bare]
            if len(candidates) == 1 and candidates[0].name:
                return Found(candidates[0].id, "spelling", candidates[0].name)
            if candidates:
                return Found(choices=tuple(candidates))
        return None

    def _similar(self, name: str, plain: str) -> Found:
        """A name that differs by a slip of the pen, where only one record comes near and no number or short word differs."""
        if len(plain) < SHORTEST:
            return Found()
        least = SIMILAR_HAN if _HAN.search(plain) else SIMILAR
        near = process.extract(plain, self.plain[0].keys(), scorer=fuzz.ratio, score_cutoff=least - CLEAR_LEAD, limit=3)
        best = [match for match in near if match[1] >= least]
        if not best or (len(near) > 1 and near[1][1] > near[0][1] - CLEAR_LEAD):
            return Found()
        candidates = _living(self.plain[0][best[0][0]])
        if len(candidates) != 1:
            return Found()
        spelled = _matched_name(candidates[0], best[0][0])
        return Found(candidates[0].id, "similar", spelled) if _slip(name, spelled) else Found()


def choose(choices: Sequence[Candidate], owner: int | None) -> Candidate | None:
    """Of several records of one name the one that belongs to the row's own account, where exactly one does."""
    if owner is None:
        return None
    belonging = [candidate for candidate in choices if candidate.owner == owner]
    return belonging[0] if len(belonging) == 1 else None


def _enter(held: dict[str, list[Candidate]], key: str, candidate: Candidate) -> None:
    known = held.setdefault(key, [])
    if all(each.id != candidate.id for each in known):
        known.append(candidate)


def _living(candidates: list[Candidate]) -> list[Candidate]:
    return [each for each in candidates if not each.gone] or candidates


def _matched_name(candidate: Candidate, spelling: str) -> str:
    """Which of its names the record was found by."""
    wanted = plain_name(spelling)
    names = [name for name in (candidate.name, *candidate.other_names) if name]
    return next((name for name in names if plain_name(name) == wanted), names[0])


def _slip(written: str, meant: str) -> bool:
    """True where two spellings differ only as a slip would make them: the same numbers, and no short word exchanged for another."""
    if _DIGITS.findall(written) != _DIGITS.findall(meant):
        return False
    ours, theirs = _WORDS.findall(written.casefold()), _WORDS.findall(meant.casefold())
    if len(ours) != len(theirs):
        return Indel.distance(plain_name(written), plain_name(meant)) <= 1
    return all(one == other or (min(len(one), len(other)) >= SHORTEST_WORD and fuzz.ratio(one, other) >= 75) for one, other in zip(ours, theirs, strict=True))
