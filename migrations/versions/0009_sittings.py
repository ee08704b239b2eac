"""Venues, sittings, check-ins and batches of papers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("map_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_venue_both_or_no_coordinates")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contest.id"], name=op.f("fk_venue_contest_id_contest")
        ),
        sa.ForeignKeyConstraint(["map_id"], ["media.id"], name=op.f("fk_venue_map_id_media")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("name", name=op.f("uq_venue_name")),
    )
    op.create_index(op.f("ix_venue_contest_id"), "venue", ["contest_id"], unique=False)

    op.create_table(
        "print_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ticket",
                "cloth",
                "card",
                "badge",
                "sheet",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "setting",
                "ready",
                "failed",
                name="printstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column(
            "keys",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=400), nullable=False),
        sa.Column("ordered_by", sa.Integer(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "done >= 0 AND done <= total", name=op.f("ck_print_batch_done_within_total")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_print_batch_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by"], ["account.id"], name=op.f("fk_print_batch_ordered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
        sa.UniqueConstraint("event_id", "kind", name=op.f("uq_print_batch_event_id_kind")),
    )
    op.create_index(op.f("ix_print_batch_event_id"), "print_batch", ["event_id"], unique=False)

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "theory",
                "practice",
                "module",
                name="sittingpart",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("module", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("reports_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="sittingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(part = 'module') = (module <> '')", name=op.f("ck_sitting_module_iff_named")
        ),
        sa.CheckConstraint("late_minutes BETWEEN 0 AND 240", name=op.f("ck_sitting_late_limit")),
        sa.CheckConstraint(
            "reports_at <= starts_at AND starts_at < ends_at",
            name=op.f("ck_sitting_hours_in_order"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sitting_event_id_event")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_sitting_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_sitting_event_id_name")),
    )
    op.create_index(op.f("ix_sitting_event_id"), "sitting", ["event_id"], unique=False)
    op.create_index(op.f("ix_sitting_venue_id"), "sitting", ["venue_id"], unique=False)

    op.create_table(
        "workplace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("equipment", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "usable",
                "broken",
                name="workplacestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_workplace_number_positive")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_workplace_venue_id_venue")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace")),
        sa.UniqueConstraint("venue_id", "number", name=op.f("uq_workplace_venue_id_number")),
    )
    op.create_index(op.f("ix_workplace_venue_id"), "workplace", ["venue_id"], unique=False)

    op.create_table(
        "extra_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_extra_time_some_minutes")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_extra_time_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["account.id"], name=op.f("fk_extra_time_granted_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_time")),
    )
    op.create_index(op.f("ix_extra_time_entry_id"), "extra_time", ["entry_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("workplace_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_placement_entry_id_entry")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_placement_sitting_id_sitting")
        ),
        sa.ForeignKeyConstraint(
            ["workplace_id"], ["workplace.id"], name=op.f("fk_placement_workplace_id_workplace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint(
            "entry_id", "sitting_id", name=op.f("uq_placement_entry_id_sitting_id")
        ),
        sa.UniqueConstraint(
            "sitting_id", "workplace_id", name=op.f("uq_placement_sitting_id_workplace_id")
        ),
    )
    op.create_index(op.f("ix_placement_entry_id"), "placement", ["entry_id"], unique=False)
    op.create_index(op.f("ix_placement_sitting_id"), "placement", ["sitting_id"], unique=False)
    op.create_index(op.f("ix_placement_workplace_id"), "placement", ["workplace_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("late_reason", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undo_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undo_reason = '')", name=op.f("ck_check_in_undone_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_check_in_checked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_check_in_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["account.id"], name=op.f("fk_check_in_undone_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("client_key", name=op.f("uq_check_in_client_key")),
    )
    op.create_index(op.f("ix_check_in_placement_id"), "check_in", ["placement_id"], unique=False)
    op.create_index(
        "uq_check_in_one_standing",
        "check_in",
        ["placement_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def downgrade() -> None:
    """Go down: indexes go with their tables."""
    op.drop_table("check_in")
    op.drop_table("placement")
    op.drop_table("extra_time")
    op.drop_table("workplace")
    op.drop_table("sitting")
    op.drop_table("print_batch")
    op.drop_table("venue")
