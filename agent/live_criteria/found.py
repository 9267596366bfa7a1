"""What was found in a criterion, under the ids by which a live model may use it. Only the criterion's own words; no record is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from tools.journey.acts import Act, Status
from tools.journey.criteria.lexicon import DeedWord, lexicon
from tools.journey.criteria.linking import Item, Known, count_of, fold, language_of, link, span_of, window_of
from tools.journey.criteria.rewording import plainer
from tools.journey.criteria.schemas import AccountField, AccountIs, Count, DealWorth, Span, Window
from tools.journey.criteria.worth import find_worth

MARKS = '“”"「」『』《》‘’ '
_BOUNDS = {"最多": "at_most", "至多": "at_most", "不超过": "at_most", "恰好": "exactly", "正好": "exactly", "只": "exactly", "仅": "exactly", "仅仅": "exactly"}
RECEIVE = "receive"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundTime:
    """How often or when, as the criterion says it."""

    value: Count | Span | Window
    place: Place


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value that accounts have, as the criterion says it."""

    value: AccountIs
    place: Place


@dataclass(frozen=True, slots=True)
class FoundWorth:
    """What a deal is worth, as the criterion says it."""

    value: DealWorth
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """A criterion in its items, with ids for its times (``t1``), its accounts' values (``v1``) and its amounts (``w1``)."""

    text: str
    folded: str
    items: tuple[Item, ...]
    times: Mapping[str, FoundTime]
    values: Mapping[str, FoundValue]
    worths: Mapping[str, FoundWorth]

    def places(self, words: str) -> tuple[Place, ...]:
        """Where words stand in the criterion as they are, but for capital letters; Latin words whole."""
        wanted = fold(words.strip(MARKS))
        if not wanted:
            return ()
        before = r"(?<![a-z0-9])" if _latin(wanted[0]) else ""
        behind = r"(?![a-z0-9])" if _latin(wanted[-1]) else ""
        return tuple(match.span() for match in re.finditer(f"{before}{re.escape(wanted)}{behind}", self.folded))

    def inside(self, place: Place) -> tuple[Item, ...]:
        """The items that a stretch of the criterion touches."""
        return tuple(item for item in self.items if item.start < place[1] and place[0] < item.end)

    def unknown(self) -> tuple[str, ...]:
        """The runs of words of which nothing is known."""
        runs: list[Place] = []
        for item in self.items:
            if item.kind != "word":
                continue
            if runs and not self.text[runs[-1][1] : item.start].strip():
                runs[-1] = (runs[-1][0], item.end)
            else:
                runs.append((item.start, item.end))
        return tuple(self.text[start:end] for start, end in runs)

    def lines(self) -> Iterator[str]:
        """What a model is told of it, one thing a line."""
        for name, time in self.times.items():
            yield f"{name}: {self._quoted(time.place)} = {_said(time.value)}"
        for name, value in self.values.items():
            yield f"{name}: {self._quoted(value.place)} = {value.value.field} of the account"
        for name, worth in self.worths.items():
            yield f"{name}: {self._quoted(worth.place)} = deal worth {worth.value.model_dump_json(exclude_none=True, exclude={'kind'})}"
        for item in self.items:
            means = sorted(meanings_of(item))
            if item.is_("person"):
                yield f"{self._quoted((item.start, item.end))} = a person"
            elif means:
                yield f"{self._quoted((item.start, item.end))} = {', '.join(means)}"

    def _quoted(self, place: Place) -> str:
        return json.dumps(self.text[place[0] : place[1]], ensure_ascii=False)


def find(criterion: str, today: date, known: Known) -> Found:
    """Link a criterion's words and number what it names; a question around it ("which customers …") is taken off as for the grammar."""
    text = plainer(criterion, language_of(criterion)) or criterion
    linked = link(text, today, known)
    worths = {f"w{number}": each for number, each in enumerate(_apart(linked.folded), 1)}
    taken = [worth.place for worth in worths.values()]
    items = tuple(item for item in linked.items if not any(start <= item.start and item.end <= end for start, end in taken))
    times: dict[str, FoundTime] = {}
    values: dict[str, FoundValue] = {}
    for item in items:
        time = count_of(item) or span_of(item) or window_of(item)
        if time is not None:
            times[f"t{len(times) + 1}"] = FoundTime(time, (item.start, item.end))
        for test in _tests(item):
            values[f"v{len(values) + 1}"] = FoundValue(test, (item.start, item.end))
    return Found(text, linked.folded, items, times, values, worths)


def meanings_of(item: Item) -> frozenset[str]:
    """What a known word may stand for in a rule: acts, kinds of record, roles, how far it came, a denial, a choice, the act of another condition."""
    return frozenset(means for reading in readings_of(item) for means in (*reading.any_of, *reading.all_of))


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a word may stand for: in a rule that takes it so there is one of ``any_of``, where there are any, and each of ``all_of``."""

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()


def readings_of(item: Item) -> Iterator[Reading]:
    """What a known word may stand for, one reading after another; none for words that only hold others together."""
    count = count_of(item)
    if count is not None and (bound := bound_of(count)):
        yield Reading(all_of=bound)
    for each in item.meanings:
        match each.kind:
            case "deed":
                yield from _readings_of_deed(lexicon().deeds[each.value])
            case "side" if each.value not in ("customer", "us"):
                yield Reading(all_of=(each.value,))
            case "role":
                yield Reading(all_of=(each.value,))
            case "promised" | "planned" | "refused" | "possible" | "in_a_row" | "or":
                yield Reading(all_of=(each.kind,))
            case "bound" if item.text in _BOUNDS:
                yield Reading(all_of=(_BOUNDS[item.text],))
            case "before_before" | "before_behind":
                yield Reading(any_of=("before", "after"))
            case "not" | "nobody" | "without" | "non" | "undone":
                yield Reading(all_of=("not",))
            case "one_of":
                yield Reading(all_of=("or",))
            case "do_so":
                yield Reading(all_of=("same_act",))


def _readings_of_deed(deed: DeedWord) -> Iterator[Reading]:
    """A promise says no act, only that another word's is promised; what is received was sent, or paid where it is money."""
    record = [deed.record] if deed.record is not None else []
    status = [str(deed.status)] if deed.status is not Status.DONE else []
    acts = () if deed.id == "promise" else (*deed.acts, Act.PAY) if deed.id == RECEIVE else deed.acts
    yield Reading(tuple(map(str, acts)), (*record, *status))
    if deed.id == "agree":
        yield Reading(all_of=("promised",))


def bound_of(count: Count) -> tuple[str, ...]:
    """How a count is limited above."""
    return () if count.most is None else ("exactly" if count.least == count.most else "at_most",)


def _apart(folded: str) -> Iterator[FoundWorth]:
    """Amounts that do not overlap, the first reading of each."""
    taken: list[Place] = []
    for each in find_worth(folded):
        if not any(each.start < end and start < each.end for start, end in taken):
            taken.append((each.start, each.end))
            yield FoundWorth(each.value, (each.start, each.end))


def _tests(item: Item) -> Iterator[AccountIs]:
    for each in item.meanings:
        if each.kind == "value":
            name, _, value = each.value.partition("=")
            yield AccountIs(field=cast("AccountField", name), values=(value,))
        elif each.kind == "tier":
            yield AccountIs(field="tier", values=(each.value,))
        elif each.kind == "women_founded":
            yield AccountIs(field="women_founded", values=("true",))


def _said(value: Count | Span | Window) -> str:
    kind = {Count: "count", Span: "length", Window: "window"}[type(value)]
    return f"{kind} {value.model_dump_json(exclude_none=True)}"


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
