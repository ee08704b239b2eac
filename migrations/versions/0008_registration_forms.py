"""Registration forms, the files of entries, and what an entry answers to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None
JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql'
)


def upgrade() -> None:
    """Go up."""
    op.create_table('registration_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', JSON, nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('frozen_at IS NULL OR released_at IS NOT NULL', name=op.f('ck_registration_form_frozen_was_released')),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_registration_form_created_by_account')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_registration_form_event_id_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_form')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_registration_form_event_id_number'))
    )
    with op.batch_alter_table('registration_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_form_event_id'), ['event_id'], unique=False)

    op.create_table('entry_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_entry_file_has_bytes')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_file_entry_id_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_file')),
    sa.UniqueConstraint('key', name=op.f('uq_entry_file_key'))
    )
    with op.batch_alter_table('entry_file', schema=None) as batch_op:
        batch_op.create_index('ix_entry_file_entry_slot', ['entry_id', 'slot'], unique=False)

    # added in place: SQLite would otherwise copy a table that others refer to
    op.add_column('entry', sa.Column('form_id', sa.Integer(), sa.ForeignKey('registration_form.id', name='fk_entry_form_id_registration_form'), nullable=True), inline_references=True)
    op.add_column('entry', sa.Column('replies', JSON, server_default='{}', nullable=False))
    op.add_column('entry', sa.Column('pages_done', sa.Integer(), server_default='0', nullable=False))
    op.add_column('entry', sa.Column('changes', JSON, server_default='{}', nullable=False))
    op.create_index('ix_entry_form_id', 'entry', ['form_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_index('ix_entry_form_id', table_name='entry')
    for column in ('changes', 'pages_done', 'replies', 'form_id'):
        op.drop_column('entry', column)
    with op.batch_alter_table('entry_file', schema=None) as batch_op:
        batch_op.drop_index('ix_entry_file_entry_slot')

    op.drop_table('entry_file')
    with op.batch_alter_table('registration_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_form_event_id'))

    op.drop_table('registration_form')
