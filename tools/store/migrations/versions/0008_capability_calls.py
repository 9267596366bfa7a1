"""What left with a call of a capability, what it cost, and the versions of capabilities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "capability_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("capability", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capability_versions")),
        sa.UniqueConstraint("capability", "version", name=op.f("uq_capability_versions_capability")),
    )
    with op.batch_alter_table("capability_calls") as table:
        table.add_column(sa.Column("sent", sa.JSON(), nullable=True))
        table.add_column(sa.Column("body", sa.JSON(), nullable=True))
        table.add_column(sa.Column("cost", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("capability_calls") as table:
        table.drop_column("cost")
        table.drop_column("body")
        table.drop_column("sent")
    op.drop_table("capability_versions")
