"""Extensions: the deadline of one person moved, on record with its reason."""

import datetime as dt

from sqlalchemy import select

from actions.accounts import find_account
from actions.desk import Desk
from actions.messages import names_of
from models.contests import Event
from models.extensions import Extension
from rules.errors import WrongMoment, wrong_field
from rules.permits import Permit
from rules.states import BEFORE_LIST


def grant_extension(
    desk: Desk, event: Event, *, handle: str, until: dt.datetime, reason: str
) -> Extension:
    """Let one account enter this event until a later moment.

    Raises ``WrongMoment`` once the list is published, ``Invalid`` with the
    field for an unknown account, a moment that is past or a missing reason.
    """
    desk.require(Permit.CONTEST_EDIT, event.where)
    if event.state not in BEFORE_LIST:
        raise WrongMoment("Entries of this event are not being taken: nothing can be extended.")
    account = find_account(desk, handle)
    if account is None:
        raise wrong_field("handle", "Nobody has registered under this phone, e-mail or user name.")
    if until <= max(desk.now, event.entries_close_at):
        raise wrong_field(
            "until", "The extension ends later than now and than the common deadline."
        )
    if not reason.strip():
        raise wrong_field("reason", "An extension is granted for a reason that is written down.")
    extension = Extension(
        event_id=event.id,
        account=account,
        until=until,
        reason=reason.strip(),
        granted_by=desk.actor.account_id,
        granted_at=desk.now,
    )
    desk.session.add(extension)
    desk.session.flush()
    desk.record(
        "grant_extension",
        f"event:{event.id}",
        account=account.id,
        until=until.isoformat(),
        reason=reason.strip(),
    )
    desk.tell(
        account.id,
        "deadline_extended",
        f"event:{event.id}",
        event_id=event.id,
        closes=until.isoformat(),
        slug=event.contest.slug,
        **names_of(event),
    )
    return extension


def extended(desk: Desk, event: Event) -> bool:
    """Whether the account at the desk still has a later deadline for this event."""
    found = desk.session.scalars(
        select(Extension.id)
        .where(
            Extension.event_id == event.id,
            Extension.account_id == desk.actor.account_id,
            Extension.until > desk.now,
        )
        .limit(1)
    )
    return found.first() is not None


def extensions_of(desk: Desk, event: Event) -> list[Extension]:
    """List the extensions of an event, newest first."""
    desk.require(Permit.CONTEST_EDIT, event.where)
    return list(
        desk.session.scalars(
            select(Extension).filter_by(event_id=event.id).order_by(Extension.id.desc())
        )
    )
