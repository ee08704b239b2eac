"""What became of an event's messages: copies by state, and how far an announcement got."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from models.accounts import Account
from models.announcements import Announcement
from models.entries import Entry
from models.messages import Delivery, Message
from rules.states import DeliveryState, EntryState


@dataclass(frozen=True)
class Reach:
    """How far one announcement got."""

    told: int
    read: int
    copies: Mapping[DeliveryState, int]


def copies_of(event_id: int, *, state: DeliveryState | None, thing: str) -> Select[Delivery]:
    """Select the copies of an event's messages, newest first, with message, account and person."""
    query = (
        select(Delivery)
        .join(Delivery.message)
        .join(Message.account)
        .outerjoin(Account.person)
        .where(Message.event_id == event_id)
        .options(
            contains_eager(Delivery.message)
            .contains_eager(Message.account)
            .contains_eager(Account.person)
        )
        .order_by(Delivery.id.desc())
    )
    if state is not None:
        query = query.where(Delivery.state == state)
    return query.where(Message.thing == thing) if thing else query


def copy_counts(session: Session, event_id: int) -> dict[DeliveryState, int]:
    """Count the copies of an event's messages by state."""
    rows = session.execute(
        select(Delivery.state, func.count())
        .join(Delivery.message)
        .where(Message.event_id == event_id)
        .group_by(Delivery.state)
    )
    return {row[0]: row[1] for row in rows}


def reach_of(session: Session, row: Announcement) -> Reach:
    """Count who was told, who has read it, and the copies by state."""
    thing = f"announcement:{row.id}"
    told, read = session.execute(
        select(func.count(), func.count(Message.read_at)).where(Message.thing == thing)
    ).one()
    copies = session.execute(
        select(Delivery.state, func.count())
        .join(Delivery.message)
        .where(Message.thing == thing)
        .group_by(Delivery.state)
    )
    return Reach(told, read, {one[0]: one[1] for one in copies})


def draft_owners(session: Session, event_id: int) -> frozenset[int]:
    """Name the accounts whose entry is still their own alone: staff see their names masked."""
    return frozenset(
        session.scalars(
            select(Entry.account_id).where(
                Entry.event_id == event_id, Entry.state == EntryState.DRAFT
            )
        )
    )
