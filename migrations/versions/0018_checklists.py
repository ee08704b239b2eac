"""checklists.

Revision: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('checklist_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=True),
    sa.Column('title', sa.String(length=60), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('open', 'done', 'not_needed', name='checkstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(code IS NULL) = (title <> '')", name=op.f('ck_checklist_item_own_has_title')),
    sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name=op.f('ck_checklist_item_settled_has_time')),
    sa.CheckConstraint("state <> 'not_needed' OR note <> ''", name=op.f('ck_checklist_item_not_needed_has_note')),
    sa.CheckConstraint('code IS NOT NULL OR due_on IS NOT NULL', name=op.f('ck_checklist_item_own_has_day')),
    sa.ForeignKeyConstraint(['assignee_id'], ['account.id'], name=op.f('fk_checklist_item_assignee_id_account')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_checklist_item_contest_id_contest')),
    sa.ForeignKeyConstraint(['settled_by'], ['account.id'], name=op.f('fk_checklist_item_settled_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_item'))
    )
    with op.batch_alter_table('checklist_item', schema=None) as batch_op:
        batch_op.create_index('uq_checklist_item_code', ['contest_id', 'code'], unique=True)
        batch_op.create_index('uq_checklist_item_title', ['contest_id', 'title'], unique=True, sqlite_where=sa.text('code IS NULL'), postgresql_where=sa.text('code IS NULL'))



def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('checklist_item', schema=None) as batch_op:
        batch_op.drop_index('uq_checklist_item_title', sqlite_where=sa.text('code IS NULL'), postgresql_where=sa.text('code IS NULL'))
        batch_op.drop_index('uq_checklist_item_code')

    op.drop_table('checklist_item')
