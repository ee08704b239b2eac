"""The waiting list, and one person's later deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
BEFORE = ("draft", "submitted", "returned", "accepted", "rejected", "withdrawn")
AFTER = ("draft", "waiting", "submitted", "returned", "accepted", "rejected", "withdrawn")


def upgrade() -> None:
    """Go up."""
    _states(AFTER)
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_extension_account_id_account")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_extension_event_id_event")),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["account.id"], name=op.f("fk_extension_granted_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index("ix_extension_event_account", "extension", ["event_id", "account_id"])


def downgrade() -> None:
    """Go back; who waits has no place and is a draft again."""
    op.drop_table("extension")
    op.execute("UPDATE entry SET state = 'draft' WHERE state = 'waiting'")
    _states(BEFORE)


def _states(names: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{name}'" for name in names)
    with op.batch_alter_table("entry") as table:
        table.drop_constraint(op.f("ck_entry_entrystate"), type_="check")
        table.create_check_constraint(op.f("ck_entry_entrystate"), f"state IN ({listed})")
