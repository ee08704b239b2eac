"""What a verification page may say of a certificate."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from models.certificates import Certificate
from models.contests import Contest, Event
from models.entries import Entry
from models.results import ResultLine
from rules.privacy import notice_name
from rules.states import CertificateState
from rules.terms import Award
from rules.visibility import PUBLIC_RESULTS


@dataclass(frozen=True)
class CertificateRow:
    """One certificate as anybody holding its number sees it."""

    number: str
    holder: str
    title: str
    award: Award | None
    contest: str
    contest_slug: str
    event: str
    event_slug: str
    total: str | None
    issuer: str
    issued_on: dt.date
    state: CertificateState
    heir: str | None
    revoked_at: dt.datetime | None
    ground: str
    is_sample: bool


def certificate(session: Session, number: str) -> CertificateRow | None:
    """Read one certificate by its number."""
    found = session.execute(_WITH_CONTEST.where(Certificate.number == number)).first()
    return None if found is None else _row(*found)


def certificates_of(session: Session, contest_slug: str) -> list[CertificateRow]:
    """Read the certificates of a contest whose results are public, by number."""
    query = _WITH_CONTEST.where(Contest.slug == contest_slug, Event.state.in_(PUBLIC_RESULTS))
    return [_row(*found) for found in session.execute(query.order_by(Certificate.number))]


_WITH_CONTEST: Final[Select[Certificate, ResultLine, Event, Contest]] = (
    select(Certificate, ResultLine, Event, Contest)
    .join(ResultLine, ResultLine.id == Certificate.result_line_id)
    .join(Entry, Entry.id == ResultLine.entry_id)
    .join(Event, Event.id == Entry.event_id)
    .join(Contest, Contest.id == Event.contest_id)
    .options(joinedload(Certificate.replaced_by))
)


def _row(row: Certificate, line: ResultLine, event: Event, contest: Contest) -> CertificateRow:
    return CertificateRow(
        number=row.number,
        holder=notice_name(row.holder_name),
        title=row.title,
        award=line.award,
        contest=contest.name,
        contest_slug=contest.slug,
        event=event.name,
        event_slug=event.slug,
        total=line.total,
        issuer=row.issuer,
        issued_on=row.issued_on,
        state=row.state,
        heir=row.replaced_by.number if row.replaced_by else None,
        revoked_at=row.revoked_at,
        ground=row.ground,
        is_sample=row.is_sample,
    )


def is_holder(session: Session, number: str, name: str) -> bool:
    """Whether a certificate was issued to this name; the name itself is told to nobody."""
    query = select(Certificate.id).where(
        Certificate.number == number, Certificate.holder_name == name
    )
    return session.scalars(query).first() is not None
