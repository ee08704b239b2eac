"""What employers do: their quotas, lists of workers, invitations and recommendations."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.contests import Event
from models.entries import Entry
from models.media import Media
from models.organizations import Organization
from rules.lifecycle import ENDORSEMENT_STEPS, IMPORT_STEPS, INVITATION_STEPS, step
from rules.permits import Place
from rules.states import EndorsementState, ImportState, InvitationState


class UnitQuota(Base):
    """How many of one unit may enter one event; a unit without a row has no limit of its own."""

    __tablename__ = "unit_quota"
    __table_args__ = (
        UniqueConstraint("event_id", "organization_id"),
        CheckConstraint("taken >= 0 AND taken <= quota", "never_oversold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    quota: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()
    organization: Mapped[Organization] = relationship()


class WorkerImport(Base):
    """One uploaded list of workers; what the rows say lies sealed and goes once it is settled."""

    __tablename__ = "worker_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(48), unique=True)
    """Idempotency key of the form that sent the list; what the rows are sealed to."""
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    state: Mapped[ImportState] = mapped_column(default=ImportState.CHECKED)
    file_name: Mapped[str] = mapped_column(String(120), default="")
    rows: Mapped[int]
    bad_rows: Mapped[int]
    faults: Mapped[list[Any]] = mapped_column(default=list)
    """Row, column and sentence of every fault; nothing a cell said."""
    rows_sealed: Mapped[bytes | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime]
    committed_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()
    organization: Mapped[Organization] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(IMPORT_STEPS, self.state, verb)


class Invitation(Base):
    """A worker whom a unit has named for an event and who completes the entry in person.

    The link's token is the vault's keyed hash of ``key`` and ``serial``; only
    its print lies here. What the unit wrote is sealed until the worker agrees.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_one_open_per_worker",
            "event_id",
            "id_number_mark",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        CheckConstraint(
            "(state = 'accepted') = (entry_id IS NOT NULL)", "accepted_iff_there_is_an_entry"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    serial: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("worker_import.id"), index=True)
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.OPEN)
    name: Mapped[str] = mapped_column(String(40))
    id_number_mark: Mapped[str] = mapped_column(String(64), index=True)
    sealed: Mapped[bytes]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    unit_quota_id: Mapped[int | None] = mapped_column(ForeignKey("unit_quota.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()
    organization: Mapped[Organization] = relationship()
    entry: Mapped[Entry | None] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(INVITATION_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The unit it belongs to."""
        return Place(organization_id=self.organization_id)


class Endorsement(Base):
    """The recommendation one entry needs from its unit."""

    __tablename__ = "endorsement"
    __table_args__ = (
        CheckConstraint("state <> 'endorsed' OR scan_id IS NOT NULL", "endorsed_has_scan"),
        CheckConstraint("state <> 'refused' OR reason <> ''", "refused_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    state: Mapped[EndorsementState] = mapped_column(default=EndorsementState.ASKED)
    reason: Mapped[str] = mapped_column(String(300), default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"), index=True)
    asked_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    entry: Mapped[Entry] = relationship()
    organization: Mapped[Organization] = relationship()
    scan: Mapped[Media | None] = relationship()

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(ENDORSEMENT_STEPS, self.state, verb)

    @property
    def where(self) -> Place:
        """The unit that is asked."""
        return Place(organization_id=self.organization_id)
