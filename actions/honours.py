"""The register of honours: what a page may claim about a person."""

from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from models.craftsmen import Craftsman, Honour
from models.people import Person
from models.results import ResultLine
from rules.errors import Invalid
from rules.permits import Permit
from rules.terms import HonourKind


@dataclass(frozen=True)
class HonourText:
    """One honour as it is written into the register; ``source`` says where it was seen."""

    kind: HonourKind
    title: str
    year: int
    issuer: str = ""
    doc_no: str = ""
    source: str = ""
    place: int | None = None
    score: str | None = None
    field_size: int | None = None
    event_name: str = ""


def record_honour(desk: Desk, person: Person, text: HonourText) -> Honour:
    """Write an honour that did not come from this site's own results; it names its source."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    if not text.source.strip():
        raise Invalid("Say where this honour was seen: a document, a certificate, an old list.")
    return enter_honour(desk, person, text)


def enter_honour(
    desk: Desk, person: Person, text: HonourText, *, line: ResultLine | None = None
) -> Honour:
    """Write an honour on behalf of another deed, which has checked its own permit."""
    honour = Honour(
        person_id=person.id,
        result_line_id=line.id if line else None,
        recorded_at=desk.now,
        kind=text.kind,
        title=text.title,
        year=text.year,
        issuer=text.issuer,
        doc_no=text.doc_no,
        source=text.source,
        place=text.place,
        score=text.score,
        field_size=text.field_size,
        event_name=text.event_name,
    )
    desk.session.add(honour)
    desk.session.flush()
    desk.record("record_honour", f"honour:{honour.id}", kind=text.kind.value)
    _reindex(desk, honour)
    return honour


def revoke_honour(desk: Desk, honour: Honour, *, ground: str) -> None:
    """Revoke an honour: it stays in the register, marked as revoked."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    if not ground.strip():
        raise Invalid("An honour is revoked on a ground that is written down.")
    take_back(desk, honour, ground=ground)


def take_back(desk: Desk, honour: Honour, *, ground: str) -> None:
    """Revoke an honour on behalf of another deed, which has checked its own permit."""
    honour.move("revoke")
    honour.revoked_at = desk.now
    desk.record("revoke_honour", f"honour:{honour.id}", ground=ground)
    _reindex(desk, honour)


def _reindex(desk: Desk, honour: Honour) -> None:
    slug = desk.session.scalars(
        select(Craftsman.slug).filter_by(person_id=honour.person_id)
    ).first()
    if slug is not None:
        desk.send("index", key=f"craftsman:{slug}")
