"""Draws and blind codes. No table of this house joins a code to a name before decoding."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from models.contests import Event
from rules.lifecycle import DRAW_STEPS, step
from rules.states import DrawState


class Draw(Base):
    """The draw of one event: two committed seeds, and the sealed envelope.

    The station seed is revealed when the draw is run, so that anybody can
    replay the order. The code seed decides the blind codes: it lies in
    ``envelope`` with the map, sealed under a key of which the encryption
    officer and the supervisor hold one share each, and is revealed at decoding.
    """

    __tablename__ = "draw"
    __table_args__ = (
        CheckConstraint("(state = 'committed') = (envelope IS NULL)", "sealed_iff_envelope"),
        CheckConstraint("(state = 'committed') = (sealed_at IS NULL)", "sealed_has_time"),
        CheckConstraint("(state = 'opened') = (opened_at IS NOT NULL)", "opened_has_time"),
        CheckConstraint("officer_id <> witness_id", "two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    state: Mapped[DrawState] = mapped_column(default=DrawState.COMMITTED)
    station_commitment: Mapped[str] = mapped_column(String(64))
    code_commitment: Mapped[str] = mapped_column(String(64))
    seeds_sealed: Mapped[bytes | None]
    """Both seeds under the vault until the draw is run; then the envelope alone has the second."""
    station_seed: Mapped[str | None] = mapped_column(String(64))
    code_seed: Mapped[str | None] = mapped_column(String(64))
    envelope: Mapped[bytes | None]
    witness_public: Mapped[bytes | None]
    """Public key of the supervisor's slip, left when joining; the slip itself is never kept."""
    officer_share: Mapped[bytes | None]
    witness_share: Mapped[bytes | None]
    officer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    committed_at: Mapped[dt.datetime]
    sealed_at: Mapped[dt.datetime | None]
    opened_at: Mapped[dt.datetime | None]

    event: Mapped[Event] = relationship()
    officer: Mapped[Account] = relationship(foreign_keys=[officer_id])
    witness: Mapped[Account | None] = relationship(foreign_keys=[witness_id])
    inner: Mapped[list["DrawLayer"]] = relationship(
        back_populates="draw", order_by="DrawLayer.number"
    )

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(DRAW_STEPS, self.state, verb)


class DrawLayer(Base):
    """An inner layer of codes (1 or 2): its own keeper, seed and sealed map.

    The draw itself is the last layer: its codes stand for the numbers of the layer
    before. Layer 1 stands for entries. The key of each map is shared by the layer's
    keeper and the supervisor.
    """

    __tablename__ = "draw_layer"
    __table_args__ = (
        UniqueConstraint("draw_id", "number"),
        UniqueConstraint("draw_id", "keeper_id"),
        CheckConstraint("number BETWEEN 1 AND 2", "inner_layer"),
        CheckConstraint("(sealed_at IS NULL) = (envelope IS NULL)", "sealed_iff_envelope"),
        CheckConstraint("(sealed_at IS NULL) = (seed_sealed IS NOT NULL)", "seed_until_sealed"),
        CheckConstraint("(opened_at IS NULL) = (seed IS NULL)", "opened_has_seed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    number: Mapped[int]
    keeper_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    commitment: Mapped[str] = mapped_column(String(64))
    seed_sealed: Mapped[bytes | None]
    seed: Mapped[str | None] = mapped_column(String(64))
    envelope: Mapped[bytes | None]
    keeper_share: Mapped[bytes | None]
    witness_share: Mapped[bytes | None]
    committed_at: Mapped[dt.datetime]
    sealed_at: Mapped[dt.datetime | None]
    opened_at: Mapped[dt.datetime | None]

    draw: Mapped[Draw] = relationship(back_populates="inner")
    keeper: Mapped[Account] = relationship()


class Station(Base):
    """The public outcome of a draw: who stands where, in which order."""

    __tablename__ = "station"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("batch > 0", "batch_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    number: Mapped[int]
    batch: Mapped[int] = mapped_column(default=1, server_default="1")
    """In which batch; stations are numbered through all batches."""


class WorkCode(Base):
    """A blind code of one event; it knows no entry: the map lies in the envelope alone."""

    __tablename__ = "work_code"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    """Alphabetical place of the code, so that the order of rows tells nothing."""
