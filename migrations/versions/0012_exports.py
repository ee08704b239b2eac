"""Exports know two more kinds of file: a list as PDF, and what entrants sent along."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
BEFORE = ("xlsx", "csv", "photos", "summary", "review", "copy")
AFTER = ("xlsx", "csv", "pdf", "photos", "files", "summary", "review", "copy")


def upgrade() -> None:
    """Go up."""
    _kinds(AFTER)


def downgrade() -> None:
    """Go back; both kinds are sent at once and never kept, so no row has them."""
    _kinds(BEFORE)


def _kinds(names: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{name}'" for name in names)
    with op.batch_alter_table("export") as table:
        table.drop_constraint(op.f("ck_export_exportkind"), type_="check")
        table.create_check_constraint(op.f("ck_export_exportkind"), f"kind IN ({listed})")
