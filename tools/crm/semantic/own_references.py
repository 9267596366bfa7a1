"""The columns of an export that name records of another table without being a reference of the shipped model: what they lead to, and how that is kept."""

from __future__ import annotations

from typing import NamedTuple

from tools.crm.semantic.model import Entity, FieldType
from tools.store.classification import Classification

_BY = "#"


class Target(NamedTuple):
    """The kind of record that an own reference leads to; ``by`` is the custom field there that holds what is written, where no id or name does."""

    entity: str
    by: str | None = None


def target_text(target: Target) -> str:
    """A target as the store keeps it, as the unit of the field."""
    return target.entity if target.by is None else f"{target.entity}{_BY}{target.by}"


def read_target(text: str | None) -> Target:
    """See :func:`target_text`."""
    entity, _, by = (text or "").partition(_BY)
    return Target(entity, by or None)


def own_classification(target: Entity) -> Classification:
    """How sensitive a column is that holds what records are called: as much as their name, and as any own column."""
    title = target.fields.get(target.title or "")
    return max(Classification.CONFIDENTIAL, title.classification if title is not None and title.type is not FieldType.REF else Classification.CONFIDENTIAL)
