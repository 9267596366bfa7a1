"""How the plain Python reading of a query sees the rows: scope, values and filters. Knows no SQL and nothing of the engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.tools.crm.query_rows import Row
from tools.access.principal import Principal, Role
from tools.crm.query import Filter, Window
from tools.crm.semantic import Field, SemanticModel

OPEN = {"member", "team", "product"}


class Reading:
    """Who sees which rows, what their fields hold, and which of them fulfil a filter."""

    def __init__(self, rows: dict[str, list[Row]], model: SemanticModel, principal: Principal) -> None:
        self.rows, self.model, self.principal = rows, model, principal
        self.zone = ZoneInfo(model.time_zone)

    # -- who sees what --------------------------------------------------------------------------------------------

    def visible(self, entity: str) -> list[Row]:
        table = self.model.entities[entity].custom_table
        return [row for row in self.rows[entity] if row["gone_at"] is None and self.in_scope(entity, row) and (table is None or row["table_id"] == table)]

    def in_scope(self, entity: str, row: Row) -> bool:
        if self.principal.role in {Role.OWNER, Role.DIRECTOR} or entity in OPEN:
            return True
        people = {self.principal.member_id, *self.principal.report_ids} - {None}
        if entity == "stage_history":
            deal = self._by_id("opportunity", row["opportunity_id"])
            return deal is not None and self.in_scope("opportunity", deal)
        if row.get("owner_id") in people:
            return True
        account = row["id"] if entity == "account" else row.get("account_id")
        reachable = {each["id"] for each in self.rows["account"] if each["owner_id"] in people and each["gone_at"] is None}
        reachable |= {each["account_id"] for each in self.rows["opportunity"] if each["owner_id"] in people and each["gone_at"] is None}
        return account is not None and account in reachable

    def _by_id(self, entity: str, wanted: int | None) -> Row | None:
        return next((row for row in self.rows[entity] if row["id"] == wanted), None)

    def _target(self, row: Row, link: Field) -> Row | None:
        found = self._by_id(str(link.to), referred(row, link))
        return found if found is not None and self.in_scope(str(link.to), found) else None

    # -- values ---------------------------------------------------------------------------------------------------

    def field(self, entity: str, path: str) -> Field:
        return self.model.field(entity, path)[1]

    def end(self, entity: str, row: Row | None, path: str) -> Row | None:
        """The record that holds the last field of a path."""
        for link in self.model.field(entity, path)[0]:
            row = None if row is None else self._target(row, link)
        return row

    def value(self, entity: str, row: Row, path: str) -> Any:
        """Decimal, ISO day, bool or text; a reference gives what it is called."""
        holder, held = self.end(entity, row, path), self.field(entity, path)
        if holder is None:
            return None
        if held.type == "ref":
            target = self._target(holder, held)
            called = self.model.entities[str(held.to)].title
            title = target and (self.value(str(held.to), target, called) if called else None if held.custom else target["source_id"])
            return title or said(holder, held) or None
        stored = holder["custom"].get(held.key) if held.custom else holder.get(held.key, holder.get(f"{held.key}_ref"))
        if stored is None or (held.type.is_time and stored == ""):
            return None
        if held.type.is_numeric or held.type == "year":
            return Decimal(stored) / 10000 if held.custom else Decimal(stored)
        if held.type.is_time:
            return stored[:10] if isinstance(stored, str) else self._local(stored)[:10]
        return stored

    def _local(self, moment: date | datetime) -> str:
        return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()

    def is_called(self, held: Field) -> bool:
        """Whether a field is the name of its record."""
        return held.type == "name" and self.model.entities[held.entity].title == held.key

    def key(self, entity: str, row: Row, path: str) -> str | None:
        """What tells values apart: the record's id for references, and for the name of a record, which another may bear."""
        held = self.field(entity, path)
        if self.is_called(held):
            holder = self.end(entity, row, path)
            return str(holder["id"]) if holder and self.value(entity, row, path) else None
        if held.type == "ref":
            holder = self.end(entity, row, path)
            target = holder and self._target(holder, held)
            return str(target["id"]) if target else None if holder is None or not said(holder, held) else "?" + str(said(holder, held))
        return text(self.value(entity, row, path)) or None

    # -- filters --------------------------------------------------------------------------------------------------

    def holds(self, entity: str, row: Row, part: Filter) -> bool:
        match part.kind:
            case "and":
                return all(self.holds(entity, row, each) for each in part.parts)
            case "or":
                return any(self.holds(entity, row, each) for each in part.parts)
            case "not":
                return not self.holds(entity, row, part.part)
            case "between":
                return self._between(entity, row, part.path, part.low, part.high)
            case "exists":
                via = self.field(part.entity, part.via)
                related = (each for each in self.visible(part.entity) if referred(each, via) == row["id"])
                found = any(part.where is None or self.holds(part.entity, each, part.where) for each in related)
                return found is not part.absent
            case "compare":
                return self._compare(entity, row, part)
        raise AssertionError(part.kind)

    def _compare(self, entity: str, row: Row, part: Any) -> bool:
        held, value = self.field(entity, part.path), self.value(entity, row, part.path)
        if part.op in {"is_null", "not_null"}:
            if held.type == "ref":
                holder = self.end(entity, row, part.path)
                empty = holder is None or (referred(holder, held) is None and not said(holder, held))
            else:
                empty = value in (None, "")
            return empty is (part.op == "is_null")
        if part.by_id and held.type == "ref":
            holder = self.end(entity, row, part.path)
            value = None if holder is None else referred(holder, held)
        if value is None:
            return part.op == "ne"
        if part.op == "contains":
            return any(each.lower() in str(text(value)).lower() for each in part.values)
        wanted = [int(each) if part.by_id and held.type == "ref" else parsed(held, each) for each in part.values]
        tests: dict[str, Callable[[Any], bool]] = {
            "eq": lambda other: value == other, "lt": lambda other: value < other, "le": lambda other: value <= other,
            "gt": lambda other: value > other, "ge": lambda other: value >= other,
        }  # fmt: skip
        return value not in wanted if part.op == "ne" else any(tests[part.op](other) for other in wanted)

    def _between(self, entity: str, row: Row, path: str, low: str | None, high: str | None) -> bool:
        value, held = self.value(entity, row, path), self.field(entity, path)
        return value is not None and (low is None or value >= parsed(held, low)) and (high is None or value <= parsed(held, high))

    def _window(self, entity: str, window: Window | None, own: str | None) -> Callable[[Row], bool]:
        if window is None or (window.start is None and window.end is None):
            return lambda row: True
        path = window.path or own or str(self.model.entities[entity].time)
        low, high = (None if each is None else each.isoformat() for each in (window.start, window.end))
        return lambda row: self._between(entity, row, path, low, high)


def referred(row: Row, link: Field) -> int | None:
    """The id that a row holds of the record which it refers to."""
    return row["custom"].get(f"{link.key}#id") if link.custom else row.get(f"{link.key}_id")


def said(row: Row, link: Field) -> str | None:
    """What a row says of the record which it refers to."""
    return row["custom"].get(link.key) if link.custom else row.get(f"{link.key}_ref")


def parsed(held: Field, value: str) -> Any:
    if held.type.is_numeric or held.type == "year":
        return Decimal(value)
    return value == "true" if held.type == "flag" else value


def text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = f"{Decimal(value):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in {"-0", ""} else plain
