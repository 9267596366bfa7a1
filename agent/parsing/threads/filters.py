"""Conditions of the last question and those of the new one together: what replaces, what is added, what is taken out."""

from __future__ import annotations

from collections.abc import Iterable

from agent.parsing.reading.paths import Paths
from tools.crm.query import About, And, Between, Compare, Exists, Filter, Query
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import RECORD_ID

_LOW = {"gt", "ge"}
_BOUNDS = {"lt", "le", "gt", "ge"}


def parts_of(where: Filter | None) -> tuple[Filter, ...]:
    """The conditions that all hold."""
    return () if where is None else where.parts if isinstance(where, And) else (where,)


def joined(parts: Iterable[Filter]) -> Filter | None:
    """One filter of several conditions."""
    held = tuple(dict.fromkeys(parts))
    return None if not held else held[0] if len(held) == 1 else And(parts=held)


def merged(before: tuple[Filter, ...], new: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The conditions before with the new ones put in: of the same field they are replaced, but for what is only left out of them."""
    kept = list(before)
    for part in new:
        kept = [left for old in kept if (left := _left(old, part)) is not None]
        kept.append(part)
    return tuple(dict.fromkeys(kept))


def _left(old: Filter, new: Filter) -> Filter | None:
    """What remains of an old condition beside a new one."""
    if _path(old) is None or _path(old) != _path(new):
        same = isinstance(old, Exists) and isinstance(new, Exists) and old.entity == new.entity
        return None if same or (isinstance(old, About) and isinstance(new, About)) else old
    if _is_bound(old) != _is_bound(new) or _leaves_room(old, new):
        return old
    if isinstance(new, Compare) and new.op == "ne" and isinstance(old, Compare):
        if old.op == "ne":
            return old
        values = tuple(value for value in old.values if value not in new.values)
        return old.model_copy(update={"values": values}) if values else None
    return None


def _path(part: Filter) -> str | None:
    return part.path if isinstance(part, Compare | Between) else None


def _is_bound(part: Filter) -> bool:
    return isinstance(part, Between) or (isinstance(part, Compare) and part.op in _BOUNDS)


def _leaves_room(old: Filter, new: Filter) -> bool:
    """As in "and below 1m" after "above 500k": the other end of a range."""
    if (
        not isinstance(old, Compare)
        or not isinstance(new, Compare)
        or {old.op in _LOW, new.op in _LOW} != {True, False}
        or not (_is_bound(old) and _is_bound(new))
    ):
        return False
    low, high = (old, new) if old.op in _LOW else (new, old)
    try:
        return float(low.values[0]) < float(high.values[0])
    except ValueError:
        return False


def without_path(where: Filter | None, path: str) -> tuple[Filter, ...]:
    """The conditions but for those on a field, or on what a reference of that name leads to."""
    return tuple(part for part in parts_of(where) if _path(part) != path)


def translated(query: Query, entity: str, paths: Paths) -> tuple[Filter, ...]:
    """The conditions of a query as conditions on another kind of record; those that mean nothing there are left out."""
    if query.entity == entity:
        return parts_of(query.where)
    found: list[Filter] = []
    for part in parts_of(query.where):
        if isinstance(part, Compare | Between):
            path = path_elsewhere(part.path, query.entity, entity, paths)
            if path is not None:
                found.append(part.model_copy(update={"path": path}))
        elif isinstance(part, Exists) and part.entity == entity and not part.absent:
            found += parts_of(part.where)  # "how much do they owe?" of those with overdue invoices: on these
    return tuple(found)


def path_elsewhere(path: str, start: str, entity: str, paths: Paths) -> str | None:
    """The path from another kind of record to the same field of the same thing."""
    last = paths.field(start, path)
    if last.type is FieldType.REF and last.to is not None:
        options = [each or str(paths.model.entities[last.to].title) for each in paths.to_entity(entity, last.to)]
    elif last.key == paths.model.entities[last.entity].title:
        options = [each or last.key for each in paths.to_entity(entity, last.entity)]
    elif last.key == RECORD_ID:
        return None  # what is said of the records themselves
    else:
        options = paths.to_field(entity, last.entity, last.key)
    return options[0] if options else None
