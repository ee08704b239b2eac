"""Feeder contests, and the days on which a notice holds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "feeder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("per_unit", sa.Integer(), nullable=True),
        sa.CheckConstraint("event_id <> source_id", name=op.f("ck_feeder_another_event")),
        sa.CheckConstraint("places > 0", name=op.f("ck_feeder_places_positive")),
        sa.CheckConstraint(
            "per_unit IS NULL OR per_unit > 0", name=op.f("ck_feeder_per_unit_positive")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_feeder_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["event.id"], name=op.f("fk_feeder_source_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeder")),
        sa.UniqueConstraint("event_id", "source_id", name=op.f("uq_feeder_event_id_source_id")),
    )
    op.create_index(op.f("ix_feeder_event_id"), "feeder", ["event_id"])
    op.create_index(op.f("ix_feeder_source_id"), "feeder", ["source_id"])
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("effective_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("lapses_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_notice_replaces_id_notice"), "notice", ["replaces_id"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_notice_days_in_order"),
            "effective_on IS NULL OR lapses_on IS NULL OR effective_on <= lapses_on",
        )


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_days_in_order"), type_="check")
        table.drop_constraint(op.f("fk_notice_replaces_id_notice"), type_="foreignkey")
        table.drop_column("replaces_id")
        table.drop_column("lapses_on")
        table.drop_column("effective_on")
    op.drop_table("feeder")
