"""Messages on their way: copies made, sent once, given up and sent again; the inbox itself."""

import datetime as dt
import secrets
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select, update

from actions.desk import Desk
from actions.unit_news import tell_unit
from models.accounts import Account
from models.certificates import Certificate
from models.contests import Event
from models.entries import Entry, followers_of
from models.messages import Delivery, Message
from rules.errors import NotPermitted
from rules.message_kinds import KINDS
from rules.messages import MAX_ATTEMPTS, leaves_at, masked_address, wait_after
from rules.permits import Permit
from rules.states import DeliveryState, EntryState
from rules.terms import Channel

LIVE = frozenset(EntryState) - {EntryState.REJECTED, EntryState.WITHDRAWN}
"""Entries whose owners still wait for something."""
CAPTAINS = frozenset({"closing_soon"})
"""What a captain alone is told of the team's entry."""
LEASE = dt.timedelta(minutes=5)
"""Longer than any server is waited for."""
BROKE_OFF = "the worker was broken off while it sent"
LANGUAGES = ("zh_Hans", "zh_Hant", "en")


def tell_entrant(
    desk: Desk, entry: Entry, kind: str, *, once: str | None = None, **params: object
) -> None:
    """Tell the owner of an entry something about it, and the unit's contacts what concerns them.

    What befalls a team is told to each of its members.
    """
    followers = [] if kind in CAPTAINS else followers_of(desk.session, entry)
    for one in (entry, *followers):
        desk.tell(
            one.account_id,
            kind,
            f"entry:{one.id}",
            event_id=one.event_id,
            once=once if one is entry or once is None else f"{once}:{one.id}",
            **names_of(one.event) | params,
        )
        tell_unit(desk, one, kind)


def tell_holder(desk: Desk, certificate: Certificate, kind: str, **params: object) -> None:
    """Tell the winner of an award something about its certificate."""
    line = certificate.result_line
    if line is None:
        return
    event = line.entry.event
    desk.tell(
        line.entry.account_id,
        kind,
        f"certificate:{certificate.number}",
        event_id=event.id,
        number=certificate.number,
        **names_of(event) | params,
    )


def tell_step(desk: Desk, event: Event, verb: str, ground: str) -> None:
    """Tell an event's entrants of the organizer's step, where it concerns them."""
    if verb == "list":
        held_on = event.held_on.isoformat()
        for entry in entrants_of(desk, event, {EntryState.ACCEPTED}):
            tell_entrant(desk, entry, "list_published", pass_no=entry.pass_no, held_on=held_on)
    elif verb == "cancel":
        for entry in entrants_of(desk, event, LIVE - {EntryState.JOINED}):
            tell_entrant(desk, entry, "event_cancelled", reason=ground)


def entrants_of(desk: Desk, event: Event, states: Collection[EntryState]) -> Iterator[Entry]:
    """Read the entries of an event in some states, in the order they were begun."""
    yield from desk.session.scalars(
        select(Entry).where(Entry.event_id == event.id, Entry.state.in_(states)).order_by(Entry.id)
    )


def names_of(event: Event) -> dict[str, Any]:
    """Return the two places nearly every sentence has."""
    return {"contest": event.contest.name, "event": event.name}


def deliver(desk: Desk, key: str) -> None:
    """Make the copies a message travels by; a copy that is there already is left alone."""
    message = desk.session.scalars(select(Message).filter_by(key=key)).one()
    made = set(
        desk.session.scalars(select(Delivery.channel).where(Delivery.message_id == message.id))
    )
    for channel in KINDS[message.kind].channels:
        address = address_of(desk, message.account, channel)
        if address and channel not in made:
            _new_delivery(desk, message, channel, address)


def address_of(desk: Desk, account: Account, channel: Channel) -> str:
    """Return where an account is reached, or nothing: the inbox is the record."""
    person = account.person
    if not account.is_active:
        return ""
    if channel is Channel.MAIL:
        return account.email or (person.email if person else None) or ""
    if person is None or person.phone_sealed is None:
        return ""
    return desk.vault.open(person.phone_sealed, bound_to=f"{person.key}:phone")


def _new_delivery(desk: Desk, message: Message, channel: Channel, address: str) -> None:
    key, due = secrets.token_hex(12), leaves_at(channel, desk.now)
    desk.session.add(
        Delivery(
            key=key,
            message_id=message.id,
            channel=channel,
            address_sealed=desk.vault.seal(address, bound_to=f"{key}:address"),
            due_at=due,
            created_at=desk.now,
        )
    )
    desk.send("send_copy", after=due - desk.now, delivery=key)


def claim_delivery(desk: Desk, key: str) -> Delivery | None:
    """Take the copy an errand is for; None where it was sent or somebody else has it in hand.

    Whoever claims it has five minutes: an errand looks again then, so that a worker that
    died on the way is made up for. In the quiet hours a copy is put off, not taken.
    """
    row = held_delivery(desk, key)
    if row.state is not DeliveryState.WAITING or row.due_at > desk.now:
        return None
    leaves = leaves_at(row.channel, desk.now)
    if leaves > desk.now:
        _again(desk, row, leaves - desk.now)
        return None
    if row.attempts >= MAX_ATTEMPTS:
        row.trouble = row.trouble or BROKE_OFF
        row.move("give_up")
        return None
    row.attempts += 1
    _again(desk, row, LEASE)
    return row


def held_delivery(desk: Desk, key: str) -> Delivery:
    """Read a copy and hold its row until the commit."""
    return desk.session.scalars(
        select(Delivery).filter_by(key=key).with_for_update(of=Delivery)
    ).one()


def open_address(desk: Desk, delivery: Delivery) -> str:
    """Return the address of a copy in full, for the adapter that sends it."""
    return desk.vault.open(delivery.address_sealed, bound_to=f"{delivery.key}:address")


def shown_address(desk: Desk, delivery: Delivery) -> str:
    """Return the address of a copy with its middle starred."""
    return masked_address(delivery.channel, open_address(desk, delivery))


def note_sent(desk: Desk, key: str) -> None:
    """Note that a copy left; one that is noted already stays as it is."""
    row = held_delivery(desk, key)
    if row.state is DeliveryState.WAITING:
        row.move("send")
        row.sent_at, row.trouble = desk.now, ""


def note_trouble(desk: Desk, key: str, words: str, *, final: bool) -> None:
    """Note why a copy did not leave; it is tried again, longer apart, at most five times."""
    row = held_delivery(desk, key)
    if row.state is not DeliveryState.WAITING:
        return
    row.trouble = words[:200]
    if final or row.attempts >= MAX_ATTEMPTS:
        row.move("give_up")
    else:
        _again(desk, row, wait_after(row.attempts))


def resend(desk: Desk, delivery: Delivery) -> None:
    """Send a copy that was given up again, to where the person is reached now."""
    event = desk.session.get(Event, delivery.message.event_id or 0)
    if event is None:
        raise NotPermitted("This message belongs to no event. Nothing was sent.")
    desk.require(Permit.MESSAGE_SEND, event.where)
    delivery.move("resend")
    address = address_of(desk, delivery.message.account, delivery.channel)
    if address:
        delivery.address_sealed = desk.vault.seal(address, bound_to=f"{delivery.key}:address")
    delivery.attempts = 0
    _again(desk, delivery, leaves_at(delivery.channel, desk.now) - desk.now)
    desk.record("resend_message", f"message:{delivery.message_id}", channel=delivery.channel.value)


def resend_failed(desk: Desk, event: Event) -> int:
    """Send every copy of an event's messages that was given up again; returns how many."""
    rows = desk.session.scalars(
        select(Delivery)
        .join(Delivery.message)
        .where(Message.event_id == event.id, Delivery.state == DeliveryState.FAILED)
        .order_by(Delivery.id)
    ).all()
    desk.require(Permit.MESSAGE_SEND, event.where)
    for row in rows:
        resend(desk, row)
    return len(rows)


def _again(desk: Desk, delivery: Delivery, after: dt.timedelta) -> None:
    delivery.due_at = desk.now + after
    desk.send("send_copy", after=after, delivery=delivery.key)


def collect_digest(desk: Desk, account_id: int) -> None:
    """Gather what waits for an account's morning into one message, if anything does."""
    rows = desk.session.scalars(
        select(Message)
        .where(
            Message.account_id == account_id,
            Message.in_digest.is_(True),
            Message.digest_id.is_(None),
        )
        .order_by(Message.id)
        .with_for_update()
    ).all()
    if not rows:
        return
    lines = [{"kind": row.kind, "params": row.params} for row in rows]
    desk.tell(account_id, "digest", f"account:{account_id}", count=len(rows), lines=lines)
    desk.session.flush()
    digest = desk.session.scalars(
        select(Message.id)
        .where(Message.account_id == account_id, Message.kind == "digest")
        .order_by(Message.id.desc())
        .limit(1)
    ).one()
    for row in rows:
        row.digest_id = digest


def mark_read(desk: Desk, message: Message) -> None:
    """Note that the owner has read a message."""
    if message.account_id != desk.actor.account_id:
        raise NotPermitted("This message belongs to another account.")
    message.read_at = message.read_at or desk.now


def mark_all_read(desk: Desk) -> None:
    """Note that the owner has read everything."""
    desk.session.execute(
        update(Message)
        .where(
            Message.account_id == desk.actor.account_id,
            Message.read_at.is_(None),
            Message.in_digest.is_(False),
        )
        .values(read_at=desk.now)
    )


def choose_language(desk: Desk, lang: str) -> None:
    """Keep in which language an account wants its copies; an unknown one changes nothing."""
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    if account is not None and lang in LANGUAGES:
        account.lang = lang
