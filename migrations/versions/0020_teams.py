"""Teams and pairs: how many make up an entry, who founded what, whose place whose entry follows."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
Checks = dict[str, str]
STATE_CHECK: Checks = {
    "entrystate": "state IN ('draft', 'waiting', 'submitted', 'returned', 'accepted', 'rejected', "
    "'withdrawn')"
}
STATE_CHECK_NOW: Checks = {
    "entrystate": "state IN ('draft', 'joined', 'waiting', 'submitted', 'returned', 'accepted', "
    "'rejected', 'withdrawn')"
}
FORM_CHECK: Checks = {"entryform": "entry_form IN ('individual', 'team')"}
FORM_CHECK_NOW: Checks = {
    "entryform": "entry_form IN ('individual', 'pair', 'team')",
    "team_sizes_in_order": "team_least >= 1 AND team_least <= team_most",
    "alone_iff_individual": "(entry_form = 'individual') = (team_most = 1)",
}


def upgrade() -> None:
    """Go up; an event that was for teams before asks for two to five members."""
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("founded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dissolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "members >= 0 AND members <= places", name=op.f("ck_team_never_oversold")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_team_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("key", name=op.f("uq_team_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_team_token_hash")),
    )
    op.create_index("ix_team_event_id", "team", ["event_id"])
    living = sa.text("dissolved_at IS NULL")
    op.create_index(
        "uq_team_one_name_per_event",
        "team",
        ["event_id", "name"],
        unique=True,
        sqlite_where=living,
        postgresql_where=living,
    )
    _reword("entry", STATE_CHECK, STATE_CHECK_NOW)
    op.add_column(
        "entry",
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("team.id", name="fk_entry_team_id_team")),
        inline_references=True,
    )
    op.add_column(
        "entry",
        sa.Column("is_captain", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index("ix_entry_team_id", "entry", ["team_id"])
    leading = sa.text("is_captain")
    op.create_index(
        "uq_entry_one_captain_per_team",
        "entry",
        ["team_id"],
        unique=True,
        sqlite_where=leading,
        postgresql_where=leading,
    )
    for column in ("team_least", "team_most"):
        op.add_column(
            "event", sa.Column(column, sa.Integer(), server_default="1", nullable=False)
        )
    op.execute("UPDATE event SET team_least = 2, team_most = 5 WHERE entry_form = 'team'")
    _reword("event", FORM_CHECK, FORM_CHECK_NOW)


def downgrade() -> None:
    """Go back; a pair counts as a team, who joined one has a draft again."""
    op.execute("UPDATE entry SET state = 'draft', submitted_at = NULL WHERE state = 'joined'")
    op.drop_index("uq_entry_one_captain_per_team", table_name="entry")
    op.drop_index("ix_entry_team_id", table_name="entry")
    op.drop_column("entry", "is_captain")
    op.drop_column("entry", "team_id")
    _reword("entry", STATE_CHECK_NOW, STATE_CHECK)
    op.execute("UPDATE event SET entry_form = 'team' WHERE entry_form = 'pair'")
    _reword("event", FORM_CHECK_NOW, FORM_CHECK)
    op.drop_column("event", "team_most")
    op.drop_column("event", "team_least")
    op.drop_table("team")


def _reword(table: str, before: Checks, after: Checks) -> None:
    """Put other checks in place of a table's; SQLite's table is not copied, others refer to it.

    Source: sqlite.org/lang_altertable.html, section 7: a CHECK is changed in the schema's text.
    """
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, _spelt(table, before), _spelt(table, after))
        return
    for name in before:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    for name, condition in after.items():
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def _spelt(table: str, checks: Checks) -> str:
    return ", ".join(f"CONSTRAINT ck_{table}_{name} CHECK ({text})" for name, text in checks.items())


def _rewrite(table: str, before: str, after: str) -> None:
    bind = op.get_bind()
    find = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    spelt = bind.execute(find, {"table": table}).scalar_one()
    if spelt.count(before) != 1:
        raise ValueError(f"the table {table} does not spell {before!r} once")
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": spelt.replace(before, after), "table": table},
    )
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")
