"""Questions of entrants to the jury of an event.

Revision: 0013
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('inquiry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'claimed', 'answered', 'published', 'declined', name='inquirystate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('public_question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('stock', sa.Enum('in_the_rules', 'gives_away', 'at_the_place', 'not_a_question', name='stockreply', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('form_key', sa.String(length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_by', sa.Integer(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'declined') = (stock IS NOT NULL)", name=op.f('ck_inquiry_declined_has_stock')),
    sa.CheckConstraint("(state = 'open') = (claimed_by IS NULL)", name=op.f('ck_inquiry_open_is_nobodys')),
    sa.CheckConstraint("(state = 'published') = (public_question <> '')", name=op.f('ck_inquiry_public_has_question')),
    sa.CheckConstraint("(state IN ('answered', 'published')) = (answer <> '')", name=op.f('ck_inquiry_answer_is_there')),
    sa.CheckConstraint("(state IN ('answered', 'published', 'declined')) = (closed_at IS NOT NULL)", name=op.f('ck_inquiry_closed_has_time')),
    sa.CheckConstraint('(claimed_by IS NULL) = (claimed_at IS NULL)', name=op.f('ck_inquiry_claim_has_time')),
    sa.ForeignKeyConstraint(['claimed_by'], ['account.id'], name=op.f('fk_inquiry_claimed_by_account')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_inquiry_entry_id_entry')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_inquiry_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry')),
    sa.UniqueConstraint('entry_id', 'form_key', name=op.f('uq_inquiry_entry_id_form_key'))
    )
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.create_index('ix_inquiry_event_id_state', ['event_id', 'state'], unique=False)



def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.drop_index('ix_inquiry_event_id_state')

    op.drop_table('inquiry')
