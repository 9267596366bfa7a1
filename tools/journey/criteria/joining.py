"""Joins clauses into one condition: what follows what, what time is counted from, and who is meant where nobody is named again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from tools.journey.acts import Act, Side
from tools.journey.criteria.clause import Clause
from tools.journey.criteria.linking import Item, count_of, span_of, window_of
from tools.journey.criteria.schemas import All, Condition, Count, Happened, Not, Related, Who, Window, is_positive

Joined = tuple[str, "Clause | Condition"]


def join(chain: Sequence[Joined]) -> Condition | None:
    """The condition of clauses that are joined by anything but "or"; None where a time has nothing to be counted from."""
    ordered = _turned(chain)
    parts: list[Condition] = []
    before: Clause | None = None
    person: Clause | None = None
    for at, (joint, clause) in enumerate(ordered):
        if not isinstance(clause, Clause):
            made = _relate_condition(joint, parts, clause)
            if made is None:
                return None
            parts, before = made, None
            continue
        _inherit(clause, person if clause.follows and person is not None else before, joint)
        person = clause if clause.groups or clause.persons else person
        following = ordered[at + 1][1] if at + 1 < len(ordered) else None
        if clause.acts == (Act.SEND,) and not clause.has_who and isinstance(following, Clause) and following.side == "customer":
            clause.side = "us"  # the quote was sent, and the customer has not answered: we sent it
        made = _add(joint, parts, clause, before)
        if made is None:
            return None
        parts = made
        before = clause
        if clause.window_first and at == 0:
            for _, later in ordered[1:]:
                if isinstance(later, Clause) and not later.still and later.window is None and later.within is None and later.lasting is None:
                    later.window = clause.window
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(parts=tuple(parts))


def _turned(chain: Sequence[Joined]) -> list[Joined]:
    """Turns "B after A" and "after A, B" into A, then B."""
    found: list[Joined] = []
    at = 0
    items = list(chain)
    while at < len(items):
        joint, clause = items[at]
        turned = {"after_before": "after_behind", "before_before": "before_behind"}.get(joint)
        if turned is None:
            found.append((joint, clause))
        elif found:
            earlier_joint, earlier = found.pop()
            if isinstance(clause, Clause) and isinstance(earlier, Clause):
                _seen_from(earlier, clause)
            if isinstance(clause, Clause) and isinstance(earlier, Clause) and clause.within is not None and earlier.within is None and not clause.has_who:
                pass
            single = join([("and", clause), (turned, earlier)])
            if single is None:
                return []
            found.append((earlier_joint, single))
        elif at + 1 < len(items):
            single = join([("and", clause), (turned, items[at + 1][1])])
            if single is None:
                return []
            found.append(("and", single))
            at += 1
        else:
            return []
        at += 1
    return found


def _seen_from(main: Clause, time: Clause) -> None:
    """In "legal has not answered the draft within ten days of receiving it" the draft and who received it stand in the main clause."""
    if time.same and not time.objects and main.objects:
        time.objects, time.same = list(main.objects), False
        if main.acts == (Act.ANSWER,):
            main.objects, main.same = [], True
    if time.received:
        time.side = "customer" if main.side == "us" else "us"
        time.whom = Who(side=main.side or "customer", roles=main.groups[0] if main.groups else ()) if main.has_who else Who(side="customer")


def _relate_condition(joint: str, parts: list[Condition], condition: Condition) -> list[Condition] | None:
    if joint in ("and", "or") or not parts:
        return [*parts, condition]
    if joint == "without":
        return [*parts, Not(part=condition)]
    if isinstance(condition, Not) and isinstance(condition.part, Happened):
        return _related(joint, parts, Related(anchor=_anchor(parts), then=condition.part, negated=True))
    if isinstance(condition, Happened):
        return _related(joint, parts, Related(anchor=_anchor(parts), then=condition))
    return None


def _anchor(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else All(parts=tuple(parts))


def _related(joint: str, parts: list[Condition], related: Related) -> list[Condition] | None:
    if not is_positive(related.anchor):
        return None
    return [related.model_copy(update={"order": "before" if joint == "before_behind" else "after"})]


def _inherit(clause: Clause, before: Clause | None, joint: str) -> None:
    """Whoever is not named again is the one before, unless the act is the other side's to do."""
    if clause.fronted and clause.topical and not clause.follows:
        return
    if clause.received and before is not None and before.side in ("us", "customer") and not clause.has_who:
        clause.whom, clause.side = Who(side=before.side), "customer" if before.side == "us" else "us"  # and got no answer
        return
    if before is None or clause.has_who or ((clause.passive or before.agentive) and not clause.follows):
        return
    answers = clause.acts == (Act.ANSWER,)
    asked = any(act in (Act.ASK, Act.OBJECT) for act in before.acts)
    natural = clause.deed.side
    side = before.side or _side(before)
    same_side = natural is None or side is None or natural == side
    counted = joint == "after_behind" and clause.negated and clause.whom is not None and clause.whom.side == "us" and side == "customer"
    if (
        clause.follows
        or counted
        or (same_side and not (answers and asked) and not clause.record and not before.anybody and joint not in ("after_behind", "before_behind"))
    ):
        clause.groups, clause.side, clause.persons = list(before.groups), before.side, list(before.persons)


def _side(clause: Clause) -> Side | None:
    """Whose act it is where the side is not said: a role is the customer's, unless only we do such things."""
    if clause.side is not None or clause.anybody or clause.either:
        return clause.side
    if clause.groups and all(role == "sales" for group in clause.groups for role in group):
        return "us"
    if clause.groups or clause.persons:
        return "customer" if clause.deed.side != "us" and clause.acts != (Act.ANSWER,) else None
    return clause.deed.side


def _happenings(clause: Clause) -> list[Happened]:
    """One for each role and each thing that must be; several things joined by "or" are one."""
    groups = clause.groups or [()]
    objects: list[tuple[str, ...]] = [tuple(clause.objects)] if clause.any_object or not clause.objects else [(each,) for each in clause.objects]
    whole = clause.count or Count()
    whoms = [clause.whom, *(clause.whom.model_copy(update={"roles": roles}) for roles in clause.further if clause.whom is not None)]
    return [
        Happened(
            acts=clause.acts,
            status=clause.status,
            record=clause.record,
            who=Who(side=_side(clause), roles=group, persons=tuple(clause.persons)),
            whom=whom,
            objects=things,
            count=whole,
            in_a_row=clause.in_a_row,
            window=clause.window,
        )
        for group, things, whom in product(groups, objects, whoms)
    ]


def _add(joint: str, parts: list[Condition], clause: Clause, before: Clause | None) -> list[Condition] | None:
    if joint == "without":
        clause.negated = not clause.negated
    if clause.acts == (Act.ANSWER,) and clause.negated and clause.objects and clause.fronted and not parts and clause.side != "customer":
        clause.negated, clause.undone = False, True  # a question that was not answered was asked
    if clause.undone:
        return _undone(joint, parts, clause)
    if (
        joint == "and"
        and before is not None
        and not clause.objects
        and not clause.same
        and clause.acts == before.acts
        and (clause.negated or clause.status != before.status)
    ):
        clause.objects, clause.any_object = list(before.objects), before.any_object  # promised to sign X, but has not signed
    relation = joint in ("then", "after_behind", "before_behind")
    positive = bool(parts) and is_positive(_anchor(parts))
    repeated = (clause.count or Count()).least > 1
    if not (repeated and parts) or joint == "and":
        clause.within, clause.within_first = clause.within or clause.within_first, clause.within_first if clause.within else None
    answers = clause.acts == (Act.ANSWER,) and before is not None and not clause.objects and any(act in (Act.ASK, Act.OBJECT, Act.SEND) for act in before.acts)
    same = clause.same or answers
    if (not relation and parts and positive and not repeated and (clause.within is not None or clause.lasting is not None)) or (
        not relation and answers and positive
    ):
        relation = True
    if relation and not positive:
        return None
    if not relation:
        if clause.same:
            if before is None or not before.objects:
                return None
            clause.objects = list(before.objects)
        return [*parts, *_alone(clause, repeated=repeated)] if _alone(clause, repeated=repeated) else None
    span, still = clause.within_first or clause.within or clause.lasting, clause.still or clause.lasting is not None
    if clause.lasting is not None and not clause.negated:
        return None
    anchor = _anchor(parts)
    found: list[Condition] = []
    for happened in _happenings(clause):
        then, within = happened, span
        if repeated and clause.within is not None:
            then, within = happened.model_copy(update={"within": clause.within}), clause.within_first or clause.lasting
        order = "before" if joint == "before_behind" else "after"
        found.append(Related(anchor=anchor, then=then, order=order, within=within, negated=clause.negated, still=still and clause.negated, same=same))
    return found


def _undone(joint: str, parts: list[Condition], clause: Clause) -> list[Condition] | None:
    """A question that is unanswered was asked; anything else that is undone has just not been done."""
    if clause.negated or clause.deed.acts != (Act.ANSWER,):
        clause.undone, clause.negated = False, not clause.negated
        return _add(joint, parts, clause, None)
    span = clause.within_first or clause.within or clause.lasting
    asked = Happened(acts=(Act.ASK, Act.OBJECT), who=Who(side="customer"), objects=tuple(clause.objects), window=clause.window)
    return [
        *parts,
        Related(
            anchor=asked, then=Happened(acts=(Act.ANSWER,), who=Who(side=clause.side)), within=span, negated=True, still=clause.lasting is not None, same=True
        ),
    ]


def _alone(clause: Clause, *, repeated: bool) -> list[Condition]:
    """What a clause says on its own; nothing where a length of time has no sense there."""
    found: list[Condition] = []
    for happened in _happenings(clause):
        made: Happened = happened
        if clause.within is not None and repeated:
            made = made.model_copy(update={"within": clause.within})
        elif clause.within is not None or clause.lasting is not None:
            if made.window is not None or (clause.lasting is not None and not clause.negated):
                return []
            made = made.model_copy(update={"window": Window(last=clause.within or clause.lasting)})
        found.append(Not(part=made) if clause.negated else made)
    return found


def finish(clause: Clause, item: Item) -> None:
    """Give a clause a time that stands behind it, apart."""
    count, window, span = count_of(item), window_of(item), span_of(item)
    if count is not None and clause.count is None:
        clause.count, item.used = count, True
    elif window is not None and clause.window is None:
        clause.window, item.used = window, True
    elif span is not None and clause.within is None and clause.lasting is None and item.time is not None:
        if item.time.kind == "within":
            clause.within = span
        else:
            clause.lasting = span
        item.used = True
