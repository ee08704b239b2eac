"""Wishes for a correction, and whose whole ID number was taken in a file.

Revision: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('id_number_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('wished', 'put_right', 'declined', name='correctionstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('answer', sa.String(length=200), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'wished') = (decided_at IS NULL)", name=op.f('ck_correction_decided_has_time')),
    sa.CheckConstraint("state <> 'declined' OR answer <> ''", name=op.f('ck_correction_declined_has_answer')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_correction_account_id_account')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_correction_decided_by_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_correction_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('key', name=op.f('uq_correction_key'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_person_id'), ['person_id'], unique=False)
        batch_op.create_index(
            'uq_correction_one_wished_per_person',
            ['person_id'],
            unique=True,
            sqlite_where=sa.text("state = 'wished'"),
            postgresql_where=sa.text("state = 'wished'"),
        )

    op.create_table('taken_number',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('purpose', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_taken_number_account_id_account')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_taken_number_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taken_number'))
    )
    with op.batch_alter_table('taken_number', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_taken_number_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('taken_number', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_taken_number_person_id'))

    op.drop_table('taken_number')
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index('uq_correction_one_wished_per_person')
        batch_op.drop_index(batch_op.f('ix_correction_person_id'))

    op.drop_table('correction')
