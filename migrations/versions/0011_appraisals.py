"""How each judge of an event did."""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('appraisal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('grade', sa.Enum('excellent', 'sound', 'weak', 'unfit', name='judgegrade', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("grade IN ('excellent', 'sound') OR note <> ''", name=op.f('ck_appraisal_low_has_reason')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_appraisal_account_id_account')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_appraisal_by_id_account')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_appraisal_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appraisal')),
    sa.UniqueConstraint('event_id', 'account_id', name=op.f('uq_appraisal_event_id_account_id'))
    )
    with op.batch_alter_table('appraisal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appraisal_account_id'), ['account_id'], unique=False)



def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('appraisal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appraisal_account_id'))

    op.drop_table('appraisal')
