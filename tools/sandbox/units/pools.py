"""Books a unit's resources: people-days, days of test environments, hours of experts. Never more than there is, a repetition counts once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tools.sandbox.errors import KeyUsedForAnother
from tools.sandbox.models import ResourceBooking, UnitResource
from tools.sandbox.units.errors import PoolTooSmall
from tools.sandbox.units.schemas import Pool, ResourceKind


def book_resource(session: Session, unit_id: str, kind: ResourceKind, amount: Decimal, purpose: str, key: str, by: str, now: datetime) -> Pool:
    """Take some of a resource, or with a negative amount give some back, in the caller's transaction. Raises PoolTooSmall and KeyUsedForAnother."""
    earlier = session.execute(select(ResourceBooking.unit_id, ResourceBooking.kind, ResourceBooking.amount).where(ResourceBooking.key == key)).first()
    if earlier is not None:
        if tuple(earlier) != (unit_id, kind, amount):
            raise KeyUsedForAnother(key=key)
        return pool(session, unit_id, kind)
    after = UnitResource.booked + amount
    taken = (
        update(UnitResource)
        .where(UnitResource.unit_id == unit_id, UnitResource.kind == kind, after <= UnitResource.granted, after >= 0)
        .values(booked=after)
        .returning(UnitResource.id)
        .execution_options(synchronize_session=False)
    )
    if not session.scalars(taken).all():
        raise PoolTooSmall(kind=kind, left=pool(session, unit_id, kind).left, asked=amount)
    session.execute(insert(ResourceBooking).values(unit_id=unit_id, kind=kind, amount=amount, purpose=purpose, key=key, booked_by=by, booked_at=now))
    return pool(session, unit_id, kind)


def pool(session: Session, unit_id: str, kind: ResourceKind) -> Pool:
    """A resource as it stands; an empty one where the unit has none of it."""
    row = session.execute(select(UnitResource.granted, UnitResource.booked).where(UnitResource.unit_id == unit_id, UnitResource.kind == kind)).first()
    return Pool(kind=kind, granted=row[0] if row else Decimal(0), booked=row[1] if row else Decimal(0))
