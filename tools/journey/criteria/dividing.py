"""Divides a criterion at the words that join its clauses: and, or, after, without. Knows nothing of what a clause says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.journey.criteria.linking import Item
from tools.journey.criteria.schemas import Condition, Not

_CONNECTIVES = ("or", "then", "after_before", "before_before", "after_behind", "before_behind", "without", "and")
_STRONGER = {kind: at for at, kind in enumerate(_CONNECTIVES)}

ADVERBS = {"同时", "却", "则", "而", "又", "也", "但", "倒是"}
ALSO_NOT = {"也没有", "也没", "也未", "也不", "都没有"}
Node = list[Item] | Condition


def divide(items: Sequence[Item], read: Callable[[Sequence[Item]], Condition | None]) -> tuple[list[Node], list[str]]:
    """Clauses and what stands between them, without what is in parentheses, which ``read`` reads on its own."""
    nodes: list[Node] = [[]]
    joints: list[str] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.text in ("(", "（"):
            end = _closing(items, at)
            inner = read(items[at + 1 : end])
            denied = isinstance(nodes[-1], list) and len(nodes[-1]) == 1 and nodes[-1][0].is_("not")
            if inner is not None and (nodes[-1] == [] or denied):
                if denied:
                    nodes[-1][0].used = True  # type: ignore[index]
                nodes[-1] = Not(part=inner) if denied else inner
                item.used = True
                if end < len(items):
                    items[end].used = True
            at = end + 1
            continue
        if item.is_("after_behind") and joints and _then_here(items, at, nodes[-1]):
            item.used, joints[-1] = True, "then"
            at += 1
            continue
        joint = _joint(items, at, nodes[-1])
        if joint == "and" and item.text in ADVERBS and isinstance(nodes[-1], list) and nodes[-1] and not any(each.is_("deed") for each in nodes[-1]):
            item.used = True  # 客户却没有答复: it joins what stands before the subject
            at += 1
            continue
        if joint is None and _new_subject(items, at, nodes[-1]):
            nodes.append([item])
            joints.append("and")
            at += 1
            continue
        if joint is None and item.text in ALSO_NOT and isinstance(nodes[-1], list) and any(each.is_("deed") for each in nodes[-1]):
            nodes.append([item])
            joints.append("and")
            at += 1
            continue
        if joint is None:
            current = nodes[-1]
            if isinstance(current, list):
                current.append(item)
            at += 1
            continue
        if joint == "lasting":
            nodes.append([item])
            joints.append("after_behind")
            at += 1
            continue
        item.used = True
        if nodes[-1] == [] and joints:
            joints[-1] = min(joints[-1], joint, key=_STRONGER.__getitem__)
        else:
            ahead = _ahead(nodes[-1]) if joint in ("after_behind", "before_behind") else []
            nodes.append(ahead)
            joints.append(joint)
        at += 1
    return nodes, joints


def _new_subject(items: Sequence[Item], at: int, current: Node) -> bool:
    """In 我们发了三封邮件客户都没回 a second clause begins with its subject, without a mark."""
    if not (items[at].is_("side") and items[at].is_han and isinstance(current, list)):
        return False
    act = next((place for place, each in enumerate(current) if each.is_("deed")), None)
    if act is None or act == len(current) - 1 or current[-1].is_("toward", "object_mark", "agent", "filler", "light"):
        return False
    behind = list(items[at + 1 : at + 6])
    while behind and (behind[0].is_("aspect", "still", "role") or behind[0].kind == "time"):
        behind = behind[1:]
    return len(behind) > 1 and behind[0].is_("not") and behind[1].is_("deed")


def _then_here(items: Sequence[Item], at: int, current: Node) -> bool:
    """In 采购在之后三周内又去比价 the word counts from the clause before."""
    behind = items[at + 1] if at + 1 < len(items) else None
    acts = isinstance(current, list) and any(each.is_("deed") for each in current)
    return not acts and behind is not None and behind.time is not None and behind.time.kind == "within"


def _ahead(current: Node) -> list[Item]:
    """In 客户在演示之后下单 the customer orders: what stands before 在 is taken out of the first clause and begins the second."""
    if not isinstance(current, list):
        return []
    place = next((at for at, item in enumerate(current) if item.text in ("在", "自", "从", "自从")), None)
    if place is None:
        return []
    current[place].used = True
    ahead = current[:place]
    del current[: place + 1]
    return ahead


def _closing(items: Sequence[Item], at: int) -> int:
    depth = 0
    for place in range(at, len(items)):
        depth += (items[place].text in ("(", "（")) - (items[place].text in (")", "）"))
        if depth == 0:
            return place
    return len(items)


def _joint(items: Sequence[Item], at: int, current: Node) -> str | None:
    """How an item joins what stands around it; None where it doesn't."""
    item = items[at]
    if (
        item.text == "又"
        and isinstance(current, list)
        and any(each.is_("deed") for each in current)
        and any(each.is_("deed") for each in items[at + 1 : at + 3])
    ):
        return "and"
    has_act = not isinstance(current, list) or any(each.is_("deed") or each.is_("refused", "satisfies") for each in current)
    behind = items[at + 1] if at + 1 < len(items) else None
    for kind in _CONNECTIVES:
        if not item.is_(kind):
            continue
        if kind in ("after_behind", "before_behind"):
            if has_act or (isinstance(current, list) and current and all(each.kind == "quoted" for each in current)):
                return kind
            if kind == "after_behind" and current == [] and item.text in ("之后", "以后", "后"):
                return "then"
            continue
        if kind == "and" and item.text in ("和", "与", "而") and not _joins_here(items, at, current):
            continue
        if kind in ("after_before", "before_before") and behind is None:
            return "then" if has_act else None
        return kind
    lasts = item.time is not None and item.time.kind == "lasting" and isinstance(current, list) and bool(current) and has_act
    if lasts and any(each.is_("deed") for each in items[at + 1 :]) and any(each.is_("not") for each in items[at + 1 : at + 4]):
        return "lasting"
    within = items[at - 1] if at else None
    if item.text.lower() == "of" and within is not None and within.time is not None and within.time.kind == "within" and behind is not None:
        return "after_before"
    if item.text.lower() == "that" and behind is not None and behind.is_("that"):
        return None
    return None


def _joins_here(items: Sequence[Item], at: int, current: Node) -> bool:
    """和 and 与 join things or roles; before people with whom one meets they say with whom."""
    behind = items[at + 1 :]
    first_people = bool(behind) and (behind[0].is_("side", "role", "person", "either") or behind[0].kind == "roles")
    has_act = isinstance(current, list) and any(each.is_("deed") for each in current)
    if first_people and not has_act:
        act = next((each for each in behind if each.is_("deed")), None)
        return act is not None and act.value("deed") not in ("meet", "visit", "meeting", "call", "show", "demo", "train", "contact")
    return isinstance(current, list) and bool(current)
