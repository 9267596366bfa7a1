"""Add what texts tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "text_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("on_stated", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_events")),
    )
    op.create_index("ix_text_events_place", "text_events", ["entity", "field", "record_id"], unique=False)
    op.create_index("ix_text_events_act", "text_events", ["act", "status"], unique=False)
    op.create_table(
        "text_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_readings")),
        sa.UniqueConstraint("entity", "field", "record_id", name=op.f("uq_text_readings_entity")),
    )


def downgrade() -> None:
    op.drop_table("text_readings")
    op.drop_index("ix_text_events_act", table_name="text_events")
    op.drop_index("ix_text_events_place", table_name="text_events")
    op.drop_table("text_events")
