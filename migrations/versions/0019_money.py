"""Money of contests: budget lines, award sums, bookings that never change.

Revision: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('budget_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('venue', 'material', 'judges', 'printing', 'catering', 'safety', 'publicity', 'other', name='budgetkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('planned', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('planned >= 0', name=op.f('ck_budget_line_planned_not_negative')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_budget_line_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget_line')),
    sa.UniqueConstraint('contest_id', 'kind', 'title', name=op.f('uq_budget_line_contest_id_kind_title'))
    )
    op.create_table('award_sum',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('award', sa.Enum('first', 'second', 'third', 'merit', name='award', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount > 0 AND places > 0', name=op.f('ck_award_sum_sum_and_places_positive')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_award_sum_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_sum')),
    sa.UniqueConstraint('event_id', 'award', name=op.f('uq_award_sum_event_id_award'))
    )
    op.create_table('booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('booked_on', sa.Date(), nullable=False),
    sa.Column('payee', sa.String(length=40), nullable=False),
    sa.Column('voucher', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('reverses_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=False),
    sa.Column('booked_by', sa.Integer(), nullable=True),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reverses_id IS NULL OR note <> ''", name=op.f('ck_booking_reversal_has_reason')),
    sa.CheckConstraint('(line_id IS NULL) <> (entry_id IS NULL)', name=op.f('ck_booking_line_or_winner')),
    sa.CheckConstraint('(reverses_id IS NULL) = (amount > 0)', name=op.f('ck_booking_reversal_is_negative')),
    sa.ForeignKeyConstraint(['booked_by'], ['account.id'], name=op.f('fk_booking_booked_by_account')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_booking_contest_id_contest')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_booking_entry_id_entry')),
    sa.ForeignKeyConstraint(['line_id'], ['budget_line.id'], name=op.f('fk_booking_line_id_budget_line')),
    sa.ForeignKeyConstraint(['reverses_id'], ['booking.id'], name=op.f('fk_booking_reverses_id_booking')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking')),
    sa.UniqueConstraint('contest_id', 'form_key', name=op.f('uq_booking_contest_id_form_key')),
    sa.UniqueConstraint('reverses_id', name=op.f('uq_booking_reverses_id'))
    )
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.create_index('ix_booking_entry_id', ['entry_id'], unique=False)
        batch_op.create_index('ix_booking_line_id', ['line_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION booking_guard() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION 'bookings are never changed'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER booking_never_changed BEFORE UPDATE OR DELETE ON booking "
            "FOR EACH ROW EXECUTE FUNCTION booking_guard()"
        )
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER booking_never_{verb} BEFORE {verb} ON booking "
                "BEGIN SELECT RAISE(ABORT, 'bookings are never changed'); END"
            )


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.drop_index('ix_booking_line_id')
        batch_op.drop_index('ix_booking_entry_id')

    op.drop_table('booking')
    op.drop_table('award_sum')
    op.drop_table('budget_line')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION booking_guard()")
