"""Records of people: merged ones lead to the one that was kept, two people are told apart.

Revision: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('merged_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            batch_op.f('ix_person_merged_into_id'), ['merged_into_id'], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f('fk_person_merged_into_id_person'), 'person', ['merged_into_id'], ['id']
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_person_not_merged_into_itself'), 'merged_into_id <> id'
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_person_merged_has_time'),
            '(merged_into_id IS NULL) = (merged_at IS NULL)',
        )

    op.create_table('not_same',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('low_id', sa.Integer(), nullable=False),
    sa.Column('high_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('low_id < high_id', name=op.f('ck_not_same_in_order')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_not_same_decided_by_account')),
    sa.ForeignKeyConstraint(['high_id'], ['person.id'], name=op.f('fk_not_same_high_id_person')),
    sa.ForeignKeyConstraint(['low_id'], ['person.id'], name=op.f('fk_not_same_low_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_not_same')),
    sa.UniqueConstraint('low_id', 'high_id', name=op.f('uq_not_same_low_id_high_id'))
    )
    with op.batch_alter_table('not_same', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_not_same_high_id'), ['high_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('not_same', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_not_same_high_id'))

    op.drop_table('not_same')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_person_merged_has_time'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_person_not_merged_into_itself'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_person_merged_into_id_person'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_person_merged_into_id'))
        batch_op.drop_column('merged_at')
        batch_op.drop_column('merged_into_id')
