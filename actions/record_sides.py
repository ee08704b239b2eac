"""One of two records side by side: what the register holds of a person, numbers masked."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from actions.people import masked_id, masked_phone
from models.accounts import Account
from models.certificates import Certificate
from models.contests import Event
from models.craftsmen import Craftsman, Honour
from models.entries import Entry
from models.people import Person
from models.stories import Story
from models.studios import Studio
from rules.messages import masked_address
from rules.permits import Permit
from rules.terms import Channel


@dataclass(frozen=True)
class Side:
    """All that tells two records apart."""

    person: Person
    id_number: str
    phone: str
    email: str
    account: Account | None
    craftsman: Craftsman | None
    entries: tuple[Entry, ...]
    honours: tuple[Honour, ...]
    certificates: tuple[Certificate, ...]
    studios: tuple[Studio, ...]
    stories: tuple[Story, ...]


def side_of(desk: Desk, person: Person) -> Side:
    """Read one record for who decides whether it is somebody else's double."""
    desk.require(Permit.PERSON_MERGE)
    session = desk.session
    craftsman = session.scalars(select(Craftsman).filter_by(person_id=person.id)).first()
    entries = session.scalars(
        select(Entry)
        .filter_by(person_id=person.id)
        .options(joinedload(Entry.event).joinedload(Event.contest))
        .order_by(Entry.id)
    )
    stories = select(Story).filter_by(craftsman_id=craftsman.id if craftsman else 0)
    return Side(
        person=person,
        id_number=masked_id(desk, person),
        phone=masked_phone(desk, person),
        email=masked_address(Channel.MAIL, person.email) if person.email else "",
        account=session.scalars(select(Account).filter_by(person_id=person.id)).first(),
        craftsman=craftsman,
        entries=tuple(entries),
        honours=tuple(session.scalars(select(Honour).filter_by(person_id=person.id))),
        certificates=tuple(session.scalars(select(Certificate).filter_by(person_id=person.id))),
        studios=tuple(session.scalars(select(Studio).filter_by(leader_id=person.id))),
        stories=tuple(session.scalars(stories)),
    )
