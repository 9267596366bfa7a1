"""From what partial evaluation leaves of a policy to the condition of an SQL query.

What is left speaks of the record only: whether it has an owner or an account, and what is true of them. Every form that the policies use
is translated; another one is an error at once, never a condition that is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from tools.sandbox.errors import PolicyNotTranslatable

Node = dict[str, Any]
Condition = ColumnElement[bool]
Residue = dict[str, Node]


class Reference(Protocol):
    """Another entity that a record refers to. No condition on it is ever null."""

    def is_there(self) -> Condition:
        """Whether the record has one."""
        ...

    def is_among(self, ids: list[str]) -> Condition:
        """Whether it is one of these."""
        ...

    def attribute(self, name: str) -> Members | Number:
        """Something that is known of it. Raises KeyError."""
        ...


class Members(Protocol):
    """A set of entities that hangs on another one."""

    def meets(self, ids: list[str]) -> Condition:
        """Whether one of these is in it."""
        ...


class Number(Protocol):
    """A number that hangs on another entity."""

    def exceeds(self, least: int) -> Condition:
        """Whether it is greater."""
        ...


References = Callable[[str], Reference | None]
"""By the name of an attribute of the record: what it refers to there, None for records of a kind that never do."""


def condition(residues: Iterable[Residue], references: References) -> Condition:
    """Whether a record may be read by one of the residues: some policy of it permits, none forbids. Never null, as no condition on a reference is.

    What permits stands side by side and once, so that a database finds the rows of each by its own index.
    """
    alone: list[Node] = []
    guarded: list[Condition] = []
    for residue in residues:
        permits, forbids = ([each for each in residue.values() if each["effect"] == effect and truth(each) is not False] for effect in ("permit", "forbid"))
        if forbids:
            guarded.append(and_(_any(permits, references), not_(_any(forbids, references))))
        else:
            alone += [each for each in permits if each not in alone]
    return or_(_any(alone, references), *guarded)


def truth(policy: Node) -> bool | None:
    """Whether a policy applies, whatever the record is; None where that depends on it."""
    found = [_constant(each["body"]) if each["kind"] == "when" else _turned(_constant(each["body"])) for each in policy["conditions"]]
    return _all(found)


def _constant(node: Node) -> bool | None:
    """The truth of a condition that needs no record; None where it needs one."""
    if "Value" in node:
        return bool(node["Value"])
    if "&&" in node:
        return _all([_constant(node["&&"]["left"]), _constant(node["&&"]["right"])])
    return None


def _all(found: list[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True


def _turned(found: bool | None) -> bool | None:
    return None if found is None else not found


def _any(held: list[Node], references: References) -> Condition:
    return or_(false(), *(_when(each, references) for each in held))


def _when(policy: Node, references: References) -> Condition:
    """The conditions of one policy together."""
    parts = [(each["kind"], _condition(each["body"], references)) for each in policy["conditions"]]
    return and_(true(), *(part if kind == "when" else not_(part) for kind, part in parts))


def _condition(node: Node, references: References) -> Condition:
    (form, parts), *_ = node.items()
    match form:
        case "Value":
            if isinstance(parts, bool):
                return true() if parts else false()
        case "&&" | "||":
            left, right = _condition(parts["left"], references), _condition(parts["right"], references)
            return and_(left, right) if form == "&&" else or_(left, right)
        case "!":
            return not_(_condition(parts["arg"], references))
        case "has":
            if _is_record(parts["left"]):
                found = references(parts["attr"])
                return false() if found is None else found.is_there()
        case "contains":
            return _contains(parts["left"], [parts["right"]], references)
        case "containsAny":
            return _contains(parts["left"], parts["right"].get("Set", [parts["right"]]), references)
        case "<":
            least = parts["left"].get("Value")
            if isinstance(least, int):
                return _attribute(parts["right"], references, lambda held: cast(Number, held).exceeds(least))
    raise PolicyNotTranslatable(form=form)


def _contains(holder: Node, held: list[Node], references: References) -> Condition:
    """A set that is known holds what the record refers to, or a set that hangs on that holds one that is known."""
    if "Set" in holder or "Value" in holder:
        ids = _ids(holder.get("Set", holder.get("Value")))
        (wanted,) = held
        name = _attribute_of_record(wanted)
        found = references(name) if name else None
        if name:
            return false() if found is None else found.is_among(ids)
        return _condition_on_set(wanted, ids, references)
    ids = _ids(held if isinstance(held, list) else [held])
    return _attribute(holder, references, lambda held: cast(Members, held).meets(ids))


def _condition_on_set(wanted: Node, ids: list[str], references: References) -> Condition:
    return _attribute(wanted, references, lambda held: cast(Members, held).meets(ids))


def _attribute(node: Node, references: References, use: Callable[[Members | Number], Condition]) -> Condition:
    """What is true of an attribute of what the record refers to; nothing where it refers to none."""
    if "." in node:
        name = _attribute_of_record(node["."]["left"])
        if name:
            found = references(name)
            return false() if found is None else use(found.attribute(node["."]["attr"]))
    raise PolicyNotTranslatable(form=next(iter(node)))


def _attribute_of_record(node: Node) -> str | None:
    return str(node["."]["attr"]) if "." in node and _is_record(node["."]["left"]) else None


def _is_record(node: Node) -> bool:
    return "unknown" in node


def _ids(held: Any) -> list[str]:  # noqa: ANN401 - JSON
    """The ids of entities in a set that is known."""
    found = []
    for each in held:
        value = each.get("Value", each) if isinstance(each, dict) else each
        if not isinstance(value, dict) or "__entity" not in value:
            raise PolicyNotTranslatable(form="Set")
        found.append(value["__entity"]["id"])
    return found
