"""Runs the steps on the connection that :mod:`tools.store.migrating` brings. Knows the models only when a step is being drafted."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from tools.store.types import ScaledDecimal, UtcDateTime


def render_item(kind: str, item: object, _autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as the plain types that they are stored as."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ScaledDecimal):
        return "sa.BigInteger()"
    return False


attributes = context.config.attributes
context.configure(connection=attributes["connection"], target_metadata=attributes["metadata"], render_item=render_item, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
