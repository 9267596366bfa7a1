"""Runs of reconstruction with their proposals, reweighted histories, and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "reconstruction_runs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("noticed", sa.Date(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("large", sa.JSON(), nullable=False),
        sa.Column("absent", sa.JSON(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconstruction_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_reconstruction_runs_key")),
    )
    op.create_index(op.f("ix_reconstruction_runs_account_id"), "reconstruction_runs", ["account_id"], unique=False)
    op.create_table(
        "reconstruction_proposals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("diff_hash", sa.String(), nullable=False),
        sa.Column("before_hash", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconstruction_proposals")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_reconstruction_proposals_idempotency_key")),
        sa.UniqueConstraint("run_id", "kind", name=op.f("uq_reconstruction_proposals_run_id")),
    )
    op.create_index(op.f("ix_reconstruction_proposals_run_id"), "reconstruction_proposals", ["run_id"], unique=False)
    op.create_table(
        "history_reweightings",
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("keeps", sa.Float(), nullable=False),
        sa.Column("applied_by", sa.String(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_history_reweightings")),
    )
    op.create_index(op.f("ix_history_reweightings_account_id"), "history_reweightings", ["account_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposal_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    op.create_index(op.f("ix_notices_delivered_at"), "notices", ["delivered_at"], unique=False)
    op.create_index(op.f("ix_notices_recipient_id"), "notices", ["recipient_id"], unique=False)


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_table("history_reweightings")
    op.drop_table("reconstruction_proposals")
    op.drop_table("reconstruction_runs")
