"""Which capabilities there are: registered and changed by the owner or a director, in versions that stay."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.crm.importing.values import CURRENCY_CODES
from tools.sandbox.capabilities.errors import (
    CapabilityChangedMeanwhile,
    CapabilityCostUnfit,
    CapabilityCurrencyUnknown,
    CapabilityKeyTaken,
    CapabilityKeyUnfit,
    CapabilityLevelUnfit,
    CapabilityNameMissing,
    CapabilityPurposeMissing,
    CapabilityTimeoutUnfit,
    CapabilityUrlUnfit,
    MayNotChangeCapabilities,
)
from tools.sandbox.capabilities.schemas import LEAST_TIMEOUT_MS, MOST_TIMEOUT_MS, CapabilityKept, CapabilityWish
from tools.sandbox.errors import CapabilityUnknown
from tools.sandbox.models import Capability, CapabilityVersion
from tools.store.classification import Classification

MAY_CHANGE = frozenset({Role.OWNER, Role.DIRECTOR})
MOST_COST = Decimal(1_000_000_000)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def capabilities(session: Session) -> tuple[CapabilityKept, ...]:
    """All of them, by key, those that are off as well."""
    rows = session.execute(select(Capability.__table__).order_by(Capability.key)).mappings()
    return tuple(CapabilityKept.model_validate(dict(row)) for row in rows)


def capability(session: Session, key: str) -> CapabilityKept:
    """Raises CapabilityUnknown."""
    row = session.execute(select(Capability.__table__).where(Capability.key == key)).mappings().first()
    if row is None:
        raise CapabilityUnknown(capability=key)
    return CapabilityKept.model_validate(dict(row))


def register(session: Session, principal: Principal, key: str, wish: CapabilityWish, why: str, now: datetime) -> CapabilityKept:
    """Add a capability, in version 1. Doesn't commit.

    Raises MayNotChangeCapabilities, CapabilityKeyUnfit, CapabilityKeyTaken, and what :func:`change` raises of a wish.
    """
    _check_may(principal)
    if not _KEY.fullmatch(key):
        raise CapabilityKeyUnfit(capability=key)
    fit = _fit(key, wish)
    try:
        with session.begin_nested():
            session.execute(insert(Capability).values(key=key, version=1, **fit.model_dump()))
    except IntegrityError as error:
        raise CapabilityKeyTaken(capability=key) from error
    return _kept(session, principal, CapabilityKept(key=key, version=1, **fit.model_dump()), why, now)


def change(session: Session, principal: Principal, key: str, wish: CapabilityWish, version: int, why: str, now: datetime) -> CapabilityKept:
    """Make a capability what is wished, where ``version`` is still the one in force. Calls that are under way end as they began. Doesn't commit.

    Raises MayNotChangeCapabilities, CapabilityUnknown, CapabilityChangedMeanwhile, and of the wish CapabilityNameMissing, CapabilityUrlUnfit,
    CapabilityCostUnfit, CapabilityCurrencyUnknown, CapabilityLevelUnfit, CapabilityPurposeMissing, CapabilityTimeoutUnfit.
    """
    _check_may(principal)
    fit = _fit(key, wish)
    mine = update(Capability).where(Capability.key == key, Capability.version == version).values(version=version + 1, **fit.model_dump())
    if session.execute(mine.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        raise CapabilityChangedMeanwhile(capability=key, version=capability(session, key).version)
    return _kept(session, principal, CapabilityKept(key=key, version=version + 1, **fit.model_dump()), why, now)


def history(session: Session, key: str) -> tuple[CapabilityKept, ...]:
    """Every version, the newest first. Raises CapabilityUnknown."""
    capability(session, key)
    rows = session.scalars(select(CapabilityVersion.content).where(CapabilityVersion.capability == key).order_by(CapabilityVersion.version.desc()))
    return tuple(CapabilityKept.model_validate(each) for each in rows)


def _check_may(principal: Principal) -> None:
    if principal.role not in MAY_CHANGE or principal.suspended:
        raise MayNotChangeCapabilities


def _kept(session: Session, principal: Principal, made: CapabilityKept, why: str, now: datetime) -> CapabilityKept:
    by = "owner" if principal.member_id is None else f"member:{principal.member_id}"
    session.execute(
        insert(CapabilityVersion).values(
            capability=made.key, version=made.version, content=made.model_dump(mode="json"), why=why.strip(), set_by=by, set_at=now
        )
    )
    return made


def _fit(key: str, wish: CapabilityWish) -> CapabilityWish:
    """The wish, tidied. Raises what can't be."""
    fit = wish.model_copy(
        update={
            "name_en": wish.name_en.strip(), "name_zh": wish.name_zh.strip(), "url": wish.url.strip(), "currency": wish.currency.strip().upper(),
            "certificate": (wish.certificate or "").strip() or None, "purpose": (wish.purpose or "").strip() or None,
        }
    )  # fmt: skip
    if not fit.name_en or not fit.name_zh:
        raise CapabilityNameMissing(capability=key)
    if not _is_safe(fit.url):
        raise CapabilityUrlUnfit(url=fit.url)
    if not fit.cost.is_finite() or not 0 <= fit.cost <= MOST_COST:
        raise CapabilityCostUnfit(cost=fit.cost)
    if fit.currency not in CURRENCY_CODES:
        raise CapabilityCurrencyUnknown(currency=wish.currency)
    if fit.sends not in set(Classification):
        raise CapabilityLevelUnfit(sends=fit.sends)
    if fit.sends >= Classification.PERSONAL and fit.purpose is None:
        raise CapabilityPurposeMissing(capability=key)
    if not LEAST_TIMEOUT_MS <= fit.timeout_ms <= MOST_TIMEOUT_MS:
        raise CapabilityTimeoutUnfit(timeout_ms=fit.timeout_ms, low=LEAST_TIMEOUT_MS, high=MOST_TIMEOUT_MS)
    return fit


def _is_safe(url: str) -> bool:
    """Whether what is sent there stays between us and a named host: no password in the address, and no plain http beyond this machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None or parts.fragment or any(each.isspace() for each in url):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
