"""Entries that somebody began for another person.

Revision: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('helped_entry',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('helper_id', sa.Integer(), nullable=False),
    sa.Column('relation', sa.Enum('child', 'elder', 'colleague', 'other', name='relation', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('text_version', sa.String(length=20), nullable=False),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('wrong_tries', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('objected_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_helped_entry_entry_id_entry')),
    sa.ForeignKeyConstraint(['helper_id'], ['account.id'], name=op.f('fk_helped_entry_helper_id_account')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_helped_entry')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_helped_entry_token_hash'))
    )
    with op.batch_alter_table('helped_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_helped_entry_helper_id'), ['helper_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('helped_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_helped_entry_helper_id'))

    op.drop_table('helped_entry')
