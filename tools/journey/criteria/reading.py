"""Compiles a criterion into a rule: divides it into clauses, reads each, and joins them by the words between. Knows no records.

Every word must have a part in the rule; where one has none, there is no rule but the words that were not understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from tools.journey.acts import Role, Side, Status
from tools.journey.criteria.accounts import read_accounts
from tools.journey.criteria.clause import Clause
from tools.journey.criteria.clauses import read_clause
from tools.journey.criteria.dividing import Node, divide
from tools.journey.criteria.joining import finish, join
from tools.journey.criteria.lexicon import Language, Meaning
from tools.journey.criteria.linking import Item, Known, language_of, link
from tools.journey.criteria.phrases import phrase, sound
from tools.journey.criteria.rewording import plainer
from tools.journey.criteria.schemas import Any, Condition, DealWorth, Not, Rule, Saved
from tools.journey.criteria.worth import find_worth
from tools.trace.cells import Frozen

LONGEST = 1_000


class Compiled(Frozen):
    """A criterion as it was understood; ``not_understood`` names the words that were not, and then there is no rule."""

    text: str
    language: Language
    rule: Rule | None = None
    not_understood: tuple[str, ...] = ()


def compile_criterion(text: str, today: date, known: Known | None = None) -> Compiled:
    """The rule of a sentence in Chinese or English. Days without a year are the last such days before ``today``."""
    plain = plainer(text, language_of(text)) if len(text) <= LONGEST else None
    if plain is not None and (made := _compiled(plain, today, known)).rule is not None:
        return made.model_copy(update={"text": text, "language": language_of(text)})
    return _compiled(text, today, known)


def _compiled(text: str, today: date, known: Known | None) -> Compiled:
    linked = link(text[:LONGEST], today, known or Known())
    if len(text) > LONGEST:
        return Compiled(text=text, language=linked.language, not_understood=(text[LONGEST:],))
    items = _with_worth(list(linked.items), linked.folded)
    accounts, rest = read_accounts(items)
    when = _expression(_with_roles(list(rest)))
    left = _left_over(items, text)
    if when is None or left:
        return Compiled(text=text, language=linked.language, not_understood=left or (text.strip(),))
    return Compiled(text=text, language=linked.language, rule=Rule(accounts=accounts, when=when))


def _with_worth(items: list[Item], folded: str) -> list[Item]:
    for found in find_worth(folded):
        inside = [item for item in items if found.start <= item.start and item.end <= found.end]
        if inside:
            at = items.index(inside[0])
            items[at : at + len(inside)] = [
                Item("worth", folded[found.start : found.end], found.start, found.end, (Meaning("worth", found.value.model_dump_json()),))
            ]
    return items


def _left_over(items: Sequence[Item], text: str) -> tuple[str, ...]:
    """The stretches of text that no part of the rule stands for."""
    left: list[tuple[int, int]] = []
    for item in items:
        if item.used or (item.kind == "mark" and item.text in "。.!！?？,，;；:：、()（）"):
            continue
        if left and not text[left[-1][1] : item.start].strip():
            left[-1] = (left[-1][0], item.end)
        else:
            left.append((item.start, item.end))
    return tuple(text[start:end] for start, end in left)


def _with_roles(items: list[Item]) -> list[Item]:
    """Roles joined by "and" or "or" are one item: "finance and legal", 法务或财务."""
    at = 0
    while at < len(items):
        if not _is_role(items[at]):
            at += 1
            continue
        groups, end = [[items[at].value("role")]], at + 1
        while True:
            nxt = end
            joint = items[nxt] if nxt < len(items) else None
            if (
                joint is None
                or not (joint.is_("and", "or") or joint.text in ("跟", "同", "加", "加上"))
                or joint.text in (";", "；", "while", "but", "但", "，")
            ):
                break
            either = joint.is_("or")
            nxt += 1
            while nxt < len(items) and (items[nxt].text.lower() in ("the", "their", "customer's", "'s", "的") or items[nxt].is_("side")):
                nxt += 1
            if nxt >= len(items) or not _is_role(items[nxt]) or _starts_clause(items, at, nxt):
                break
            if either:
                groups[-1].append(items[nxt].value("role"))
            else:
                groups.append([items[nxt].value("role")])
            for each in items[end:nxt]:
                each.used = True
            end = nxt + 1
        if end > at + 1:
            merged = Item("roles", "", items[at].start, items[end - 1].end, tuple(Meaning("roles", "|".join(group)) for group in groups))
            for each in items[at:end]:
                each.used = True
            items[at:end] = [merged]
        at += 1
    return items


def _is_role(item: Item) -> bool:
    return item.is_("role") and item.kind == "entry"


def _starts_clause(items: Sequence[Item], first: int, second: int) -> bool:
    """Whether the second role begins a clause of its own: "approved by finance and legal signed"."""
    before = items[first - 1] if first else None
    earlier = items[first - 2] if first > 1 else None
    agent = any(each is not None and each.is_("agent") for each in (before, earlier))
    behind = items[second + 1] if second + 1 < len(items) else None
    return agent and behind is not None and (behind.is_("deed", "aspect", "not")) and not behind.is_han


def _expression(items: Sequence[Item]) -> Condition | None:
    nodes, joints = divide(items, _expression)
    alternatives: list[list[tuple[str, Clause | Condition]]] = [[]]
    clauses = _clauses(nodes, joints)
    for joint, clause in clauses:
        if joint == "or" and alternatives[-1]:
            alternatives.append([])
        alternatives[-1].append(("and" if joint == "or" else joint, clause))
    found = [made for made in (join(chain) for chain in alternatives if chain) if made is not None]
    if not found or len(found) < len([chain for chain in alternatives if chain]):
        return None
    return found[0] if len(found) == 1 else Any(parts=tuple(found))


def _clauses(nodes: list[Node], joints: list[str]) -> list[tuple[str, Clause | Condition]]:
    """Reads the clauses in order, each with the joint before it; parts without an act go to the clause that they belong to."""
    joints = ["and", *joints]
    found: list[tuple[str, Clause | Condition]] = []
    waiting: list[Item] = []
    waiting_joint = ""
    objects: list[tuple[str, list[Item]]] = []
    for at, (joint, node) in enumerate(zip(joints, nodes, strict=True)):
        if not isinstance(node, list):
            found.append((joint, node))
            continue
        special = _special(node)
        if special is not None:
            found.append((joint, special))
            continue
        pieces = _parted([*waiting, *node], joint, at, nodes)
        last = at == len(nodes) - 1
        for number, piece in enumerate(pieces):
            own = waiting_joint or joint if number == 0 else "and"
            if waiting and not any(each.is_("deed", "refused") for each in waiting):
                own = waiting_joint or joint
            clause = read_clause(piece) if not _says_the_same(piece) else None
            if clause is None and found and isinstance(found[-1][1], Clause):
                clause = _same_again(found[-1][1], piece)
            if clause is not None:
                for kind, run in objects:
                    _more_objects(clause, run, kind, first=True)
                objects, waiting, waiting_joint = [], [], ""
                found.append((own, clause))
                continue
            previous = found[-1][1] if found else None
            words = _without_late_times(piece)
            if joint in ("and", "or") and isinstance(previous, Clause) and previous.objects and _only_words(words):
                _more_objects(previous, words, joint)
                _late_times(previous, piece[len(words) :])
            elif all(each.kind == "time" or each.is_("filler", "aspect", "still") for each in piece):
                if last and isinstance(previous, Clause):
                    _late_times(previous, piece)
                else:
                    waiting = [*piece]
                    waiting_joint = joint if piece else ""
                if not piece and joint in ("then", "after_before", "before_before") and last and isinstance(previous, Clause):
                    previous.negated = previous.negated != (found[-1][0] == "without")
                    found[-1] = ("then", previous)
            elif _only_words(piece) and not last:
                objects.append((joints[at + 1] if at + 1 < len(joints) else "and", piece))
    return found


def _says_the_same(piece: Sequence[Item]) -> bool:
    """Whether a clause says no act of its own: "but hasn't done so"."""
    return any(each.is_("do_so") for each in piece) and any(each.is_("not") for each in piece)


def _same_again(before: Clause, piece: Sequence[Item]) -> Clause | None:
    """In "the rival has given a demo and we haven't" the second clause says the act of the first, denied."""
    people = [each for each in piece if each.is_("side", "role", "pronoun") or each.kind == "roles"]
    known = all(
        each.is_("side", "role", "pronoun", "not", "aspect", "still", "filler", "do_so", "it", "agent") or each.kind in ("roles", "mark") for each in piece
    )
    if not known or before.deed.id == "promise" or sum(each.is_("not") for each in piece) != 1:
        return None
    for each in piece:
        each.used = True
    again = replace(before, negated=True, status=before.deed.status, count=None, within=None, lasting=None)
    if before.status in (Status.PROMISED, Status.PLANNED):
        again.status = Status.DONE
    sides = [each.value("side") for each in people if each.is_("side")]
    roles: list[tuple[Role, ...]] = [(cast("Role", each.value("role")),) for each in people if each.is_("role") and not each.is_("side")]
    if sides or roles:
        again.side, again.groups, again.persons = cast("Side", sides[0]) if sides else None, roles, []
    return again


def _special(node: list[Item]) -> Condition | None:
    """A deal's worth, or a rule that was saved."""
    solid = [item for item in node if not item.is_("filler", "aspect", "side", "account", "self") and item.kind != "mark"]
    negated = [item for item in solid if item.is_("not")]
    rest = [item for item in solid if not item.is_("not")]
    made: Condition | None = None
    if len(rest) == 1 and rest[0].kind == "worth":
        made = DealWorth.model_validate_json(rest[0].value("worth"))
    elif len(rest) == 2 and rest[0].is_("satisfies") and rest[1].kind == "quoted":
        made = Saved(name=rest[1].text)
    if made is None or len(negated) > 1:
        return None
    for item in node:
        item.used = True
    return Not(part=made) if negated else made


def _parted(items: list[Item], joint: str, at: int, nodes: list[Node]) -> list[list[Item]]:
    """Where "after the demo the customer signed" holds two clauses without a mark between them."""
    opens = joint in ("after_before", "before_before") and at == 1 and nodes[0] == []
    if not opens:
        return [items]
    first = next((place for place, item in enumerate(items) if item.is_("deed")), None)
    if first is None:
        return [items]
    for place in range(first + 1, len(items)):
        if items[place].is_("side", "role", "nobody", "anybody") and any(each.is_("deed") for each in items[place:]):
            start = place - 1 if items[place - 1].text.lower() == "the" else place
            return [items[:start], items[start:]]
    return [items]


def _without_late_times(piece: list[Item]) -> list[Item]:
    end = len(piece)
    while end and piece[end - 1].kind == "time":
        end -= 1
    return piece[:end]


def _only_words(piece: Sequence[Item]) -> bool:
    return bool(piece) and all(item.kind in ("word", "quoted", "value") or item.is_("filler", "deed", "role") for item in piece)


def _more_objects(clause: Clause, run: list[Item], joint: str, *, first: bool = False) -> None:
    extra = read_object(run)
    if extra is None:
        return
    clause.objects = [extra, *clause.objects] if first else [*clause.objects, extra]
    clause.any_object = joint == "or"


def read_object(run: Sequence[Item]) -> str | None:
    """What a run of words without an act names; None where it may not be a name."""
    words = [item for item in run if not (item.is_("filler") and item.text.lower() in ("the", "a", "an", "any", "of", "的"))]
    if not words or not sound(words):
        return None
    for item in run:
        item.used = True
    return phrase(words)


def _late_times(clause: Clause, piece: Sequence[Item]) -> None:
    for item in piece:
        if item.is_("filler", "aspect"):
            item.used = True
        elif item.is_("still"):
            clause.still = item.used = True
        elif item.time is not None:
            finish(clause, item)
