"""What a change would mean, counted on live records before anybody approves it: what members newly see, what is hidden, what is under way."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tools.crm.semantic import SemanticModel
from tools.sandbox.models import UnitAccount
from tools.sandbox.templates.schemas import TemplateContent
from tools.store.base import Base
from tools.trace.cells import Frozen


class SeenField(Frozen):
    """A field of a kind of record that members would newly see, or no longer: how many records hold it, of how many customers."""

    kind: str
    field: str
    records: int
    customers: int


class Effect(Frozen):
    """What changes for members about the data of the unit's customers."""

    opens: tuple[SeenField, ...]
    closes: tuple[SeenField, ...]


def effect_of(session: Session, model: SemanticModel, unit_id: str, before: TemplateContent, after: TemplateContent) -> Effect:
    """Every field that is open under one of two templates and not under the other, and holds something for a customer of the unit."""
    accounts = list(session.scalars(select(UnitAccount.account_id).where(UnitAccount.unit_id == unit_id, UnitAccount.until.is_(None))))
    was, will = _open(model, before), _open(model, after)
    return Effect(
        opens=tuple(_counted(session, model, accounts, sorted(will - was))),
        closes=tuple(_counted(session, model, accounts, sorted(was - will))),
    )


def _open(model: SemanticModel, template: TemplateContent) -> set[tuple[str, str]]:
    """Kinds and fields that a template opens."""
    return {
        (kind, field.key)
        for kind in template.kinds
        if kind in model.entities
        for field in model.entities[kind].fields.values()
        if int(field.classification) <= template.clearance and int(field.classification) < template.masks_from
    }


def _counted(session: Session, model: SemanticModel, accounts: list[int], fields: list[tuple[str, str]]) -> Iterator[SeenField]:
    for kind, name in fields:
        table = Base.metadata.tables[model.entities[kind].table]
        account = table.c.id if kind == "account" else table.c.get("account_id")
        column = table.c.get(name) if name in table.c else table.c.get(f"{name}_ref")
        if account is None or column is None or not accounts:
            continue
        held = select(func.count(), func.count(func.distinct(account))).where(account.in_(accounts), column.is_not(None), table.c.gone_at.is_(None))
        records, customers = session.execute(held).one()
        if records:
            yield SeenField(kind=kind, field=name, records=records, customers=customers)
