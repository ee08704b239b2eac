"""The review desk: notes, tags, colleagues and held decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "review",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("tags", JSON, nullable=False),
        sa.Column(
            "held",
            sa.Enum(
                "accept",
                "return",
                "reject",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(held IS NULL) = (held_by IS NULL)", name=op.f("ck_review_holder_iff_held")
        ),
        sa.CheckConstraint(
            "held IS NULL OR held = 'accept' OR reason <> ''",
            name=op.f("ck_review_held_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["account.id"], name=op.f("fk_review_assignee_id_account")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_review_entry_id_entry")),
        sa.ForeignKeyConstraint(
            ["held_by"], ["account.id"], name=op.f("fk_review_held_by_account")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_assignee_id"), "review", ["assignee_id"])
    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_review_note_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_review_note_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
    )
    op.create_index(op.f("ix_review_note_entry_id"), "review_note", ["entry_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("review_note")
    op.drop_table("review")
