"""Settles what the sample world was told: old messages are read, the newest have their copies."""

import datetime as dt

from sqlalchemy import select, update

from actions.announcements import (
    AnnouncementText,
    discard_announcement,
    hold_announcement,
    release_announcement,
)
from actions.messages import deliver
from models.announcements import Announcement
from models.messages import Delivery, Message
from models.outbox import Errand
from rules.announcements import BUILT_IN
from rules.states import DeliveryState, OutboxState
from rules.terms import Audience
from web.world import files
from web.world.cast import World

NEWS = dt.timedelta(days=14)
"""What is younger counts as unread where its owner is one of the demo logins."""
COPIES = dt.timedelta(days=30)


def load(world: World) -> None:
    """Read old messages, write the announcements of the file, make the newest copies."""
    session = world.desk.session
    session.flush()
    logins = [world.accounts[row["username"]].id for row in files.document("staff.yaml")["logins"]]
    session.execute(
        update(Message)
        .where((Message.created_at < world.desk.now - NEWS) | Message.account_id.not_in(logins))
        .values(read_at=Message.created_at)
    )
    made = [_announcement(world, row) for row in files.document("messages.yaml")["announcements"]]
    _copies(world, made[-1].event_id)
    session.execute(
        update(Errand)
        .where(Errand.kind.in_(("deliver", "send_copy")), Errand.state == OutboxState.WAITING)
        .where(Errand.due_at <= world.desk.now)
        .values(state=OutboxState.DONE, finished_at=world.desk.now)
    )


def _announcement(world: World, row: dict[str, str]) -> Announcement:
    event = world.event(row["event"])
    built = next((text for text in BUILT_IN if text.name == row.get("text")), None)
    text = AnnouncementText(
        audience=built.audience if built else Audience(row["audience"]),
        subject=built.subject if built else row["subject"],
        body=built.body if built else row["body"],
    )
    organizer = world.seat("organizer", files.moment(row["written_at"]))
    made = hold_announcement(organizer, event, text)
    if row.get("released_at"):
        release_announcement(world.seat("organizer", files.moment(row["released_at"])), made)
    elif row.get("discarded_at"):
        discard_announcement(world.seat("organizer", files.moment(row["discarded_at"])), made)
    return made


def _copies(world: World, event_id: int) -> None:
    """Make the copies of the last weeks as if they had left; one number of the event was dead."""
    session = world.desk.session
    since = world.desk.now - COPIES
    recent = session.scalars(
        select(Message).where(Message.created_at >= since, Message.in_digest.is_(False))
    ).all()
    for message in recent:
        deliver(world.at(message.created_at), message.key)
    session.flush()
    rows = session.scalars(
        select(Delivery).where(Delivery.due_at <= world.desk.now).order_by(Delivery.id)
    ).all()
    for row in rows:
        row.state, row.attempts, row.sent_at = DeliveryState.SENT, 1, row.due_at
    dead = next((row for row in reversed(rows) if row.message.event_id == event_id), None)
    if dead is not None:
        dead.state, dead.sent_at = DeliveryState.FAILED, None
        dead.trouble = "410 号码已停机（示例）"
