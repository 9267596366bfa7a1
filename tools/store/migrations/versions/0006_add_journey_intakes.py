"""By which import the journey's events were last brought in step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "journey_intakes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store_version", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journey_intakes")),
    )


def downgrade() -> None:
    op.drop_table("journey_intakes")
