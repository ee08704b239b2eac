"""Certificates: numbers are given once and never reused."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Person
from models.results import ResultLine
from rules.lifecycle import CERTIFICATE_STEPS, step
from rules.states import CertificateState


class Certificate(Base):
    """One award certificate, as /verify answers for it."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", "revoked_has_time"),
        CheckConstraint("state <> 'revoked' OR ground <> ''", "revoked_has_ground"),
        CheckConstraint(
            "(state = 'replaced') = (replaced_by_id IS NOT NULL)", "replaced_names_heir"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    serial: Mapped[int]
    year: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    result_line_id: Mapped[int | None] = mapped_column(ForeignKey("result_line.id"), index=True)
    holder_name: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(80))
    wording: Mapped[str] = mapped_column(String(400))
    issuer: Mapped[str] = mapped_column(String(120))
    issued_on: Mapped[dt.date]
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.VALID)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    revoked_at: Mapped[dt.datetime | None]
    ground: Mapped[str] = mapped_column(String(200), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    """Sample certificates carry 样张 across the sheet."""

    person: Mapped[Person] = relationship()
    result_line: Mapped[ResultLine | None] = relationship()
    replaced_by: Mapped["Certificate | None"] = relationship(remote_side="Certificate.id")

    def move(self, verb: str) -> None:
        """Take one step of the table, or raise ``WrongMoment``."""
        self.state = step(CERTIFICATE_STEPS, self.state, verb)
