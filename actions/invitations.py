"""Invitations: a unit names a worker, who completes the entry in person through a link."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, insert, select, update

from actions.desk import Desk
from actions.entries import begin_entry, save_who
from actions.entry_changes import check_window
from actions.people import Identity
from actions.unit_places import free_places, take_places
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.units import Invitation, WorkerImport
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.identity import mask_id, mask_phone
from rules.lifecycle import INVITATION_STEPS, step
from rules.permits import Permit
from rules.states import EventState, InvitationState
from rules.terms import SkillLevel
from rules.workers import Worker

LIFE: Final = dt.timedelta(days=14)
LAST: Final = 4
"""How many characters at the end of the ID number the invited worker confirms."""
MOST_TRIES: Final = 5
BATCH: Final = 500
LAPSE: Final = "lapse_invitations"


class WrongLast(Invalid):
    """The characters that prove who opens the link do not fit; the try was counted."""


@dataclass(frozen=True)
class Named:
    """A worker of a list: the row, what stands in it, the keyed mark of the ID number."""

    at: int
    worker: Worker
    mark: str


def invite_all(
    desk: Desk,
    event: Event,
    unit: Organization,
    people: Sequence[Named],
    *,
    import_id: int | None = None,
) -> None:
    """Invite many on behalf of a deed that looked them through; the unit's places are taken."""
    quota_id = take_places(desk, event.id, unit.id, len(people))
    common = {
        "event_id": event.id,
        "organization_id": unit.id,
        "import_id": import_id,
        "state": InvitationState.OPEN,
        "serial": 1,
        "wrong_tries": 0,
        "unit_quota_id": quota_id,
        "created_by": desk.actor.account_id,
        "created_at": desk.now,
        "expires_at": _ends(desk, event),
    }
    desk.send(LAPSE, after=event.entries_close_at - desk.now, event_id=event.id)
    rows = [{**common, **_columns(desk, one)} for one in people]
    for start in range(0, len(rows), BATCH):
        desk.session.execute(insert(Invitation), rows[start : start + BATCH])


def renew_invitation(desk: Desk, row: Invitation) -> None:
    """Make a new link with a new term; the old one opens nothing any more."""
    desk.require(Permit.UNIT_ENTER, row.where)
    if row.state is not InvitationState.OPEN:
        raise WrongMoment("This invitation is settled. Nothing was changed.")
    check_window(desk, row.event)
    row.serial += 1
    row.wrong_tries, row.expires_at = 0, _ends(desk, row.event)
    row.token_hash = _print(token_of(desk, row))
    desk.session.flush()
    desk.record("renew_invitation", f"invitation:{row.id}")


def withdraw_invitation(desk: Desk, row: Invitation) -> None:
    """Take an invitation back; the unit's place is free again."""
    desk.require(Permit.UNIT_ENTER, row.where)
    desk.session.refresh(row, with_for_update={"of": Invitation})
    row.move("withdraw")
    free_places(desk, row.unit_quota_id)
    row.unit_quota_id, row.sealed = None, b""
    desk.session.flush()
    desk.record("withdraw_invitation", f"invitation:{row.id}")


def withdraw_all(desk: Desk, batch: WorkerImport) -> None:
    """Take the open invitations of one list back, on behalf of its undoing."""
    _withdraw_where(desk, Invitation.import_id == batch.id)


def lapse_invitations(desk: Desk, event: Event) -> None:
    """Forget what units wrote of workers who never agreed, once entries have closed.

    On behalf of the clock; a window that was prolonged is waited for again.
    """
    if may_still_enter(event, desk.now):
        desk.send(LAPSE, after=event.entries_close_at - desk.now, event_id=event.id)
        return
    count = _withdraw_where(desk, Invitation.event_id == event.id)
    if count:
        desk.record("lapse_invitations", f"event:{event.id}", count=count)


def _withdraw_where(desk: Desk, condition: ColumnElement[bool]) -> int:
    """Withdraw open invitations at once and free their places; returns how many."""
    conditions = (condition, Invitation.state == InvitationState.OPEN)
    rows = select(Invitation.unit_quota_id).where(*conditions)
    quotas = list(desk.session.scalars(rows))
    after = step(INVITATION_STEPS, InvitationState.OPEN, "withdraw")
    desk.session.execute(
        update(Invitation)
        .where(*conditions)
        .values(state=after, unit_quota_id=None, sealed=b"")
        .execution_options(synchronize_session=False)
    )
    desk.session.expire_all()
    for quota_id in set(quotas):
        free_places(desk, quota_id, quotas.count(quota_id))
    return len(quotas)


def token_of(desk: Desk, row: Invitation) -> str:
    """Derive the token of an invitation's link; without the site's secret nobody can."""
    return _token(desk, row.key, row.serial)


def find_invitation(desk: Desk, token: str) -> Invitation:
    """Find what a link opens; raises a refusal that says why it opens nothing."""
    row = desk.session.scalars(select(Invitation).filter_by(token_hash=_print(token))).first()
    if row is None:
        raise NotPermitted(
            "This link opens nothing: it was replaced by a newer one or is incomplete. Ask the "
            "contact of your unit for the newest link."
        )
    if row.state is InvitationState.WITHDRAWN:
        raise WrongMoment("Your unit has taken this invitation back. Ask its contact.")
    if row.state is InvitationState.OPEN and desk.now >= row.expires_at:
        raise WrongMoment("This link has expired. Ask the contact of your unit for a new one.")
    return row


def is_own(desk: Desk, row: Invitation) -> bool:
    """Whether this invitation was accepted by the visitor."""
    return row.entry is not None and row.entry.account_id == desk.actor.account_id


def refuse_used(row: Invitation) -> None:
    """Refuse a link that somebody has used; raises ``WrongMoment``."""
    if row.state is InvitationState.ACCEPTED:
        raise WrongMoment(
            "This link has been used. Sign in with the account it was used with to go on."
        )


def named(desk: Desk, row: Invitation) -> Worker:
    """Open what the unit wrote about the worker; only for the deed and the masked page."""
    said = json.loads(desk.vault.open(row.sealed, bound_to=f"invitation:{row.key}"))
    level = said.pop("skill_level")
    return Worker(**said, skill_level=SkillLevel(level) if level else None)


def masked(worker: Worker) -> tuple[str, str]:
    """Return ID number and phone starred; the end of the number is what the worker must know."""
    number = mask_id(worker.id_number)
    return number[:-LAST] + "*" * LAST, mask_phone(worker.phone)


def accept_invitation(desk: Desk, row: Invitation, *, last: str, consents: bool) -> Entry:
    """Begin the worker's own entry with what the unit wrote; the worker mends it afterwards.

    ``last`` are the last four characters of the own ID number. Raises
    ``WrongLast`` when they do not fit: the caller commits, for tries are
    counted, and after five the link is closed.
    """
    if not consents:
        sentence = "Without your consent we may not keep these numbers, and there is no entry."
        raise Invalid(sentence, {"consent": [sentence]})
    desk.session.refresh(row, with_for_update={"of": Invitation})
    refuse_used(row)
    if row.state is not InvitationState.OPEN or desk.now >= row.expires_at:
        raise WrongMoment("This link has expired. Ask the contact of your unit for a new one.")
    check_window(desk, row.event)
    worker = named(desk, row)
    _check_last(desk, row, worker, last)
    _refuse_other_person(desk, row)
    entry = _begun(desk, row, worker)
    row.entry_id, row.accepted_at = entry.id, desk.now
    entry.unit_quota_id, row.unit_quota_id, row.sealed = row.unit_quota_id, None, b""
    row.move("accept")
    desk.session.flush()
    desk.record("accept_invitation", f"invitation:{row.id}", entry=entry.id)
    return entry


def _begun(desk: Desk, row: Invitation, worker: Worker) -> Entry:
    entry = begin_entry(desk, row.event, form_key=f"invited-{row.id}")
    if entry.person is not None:
        raise Blocked("You have begun an entry for this event already. Go on with that one.")
    said = Identity(worker.name, worker.id_number, worker.phone)
    save_who(desk, entry, said, consents=True)
    person = entry.person
    if person is not None:
        person.organization_id = person.organization_id or row.organization_id
        if person.in_trade_since is None:
            _fill(person, row, worker)
    entry.answers = {**entry.answers, "employer": "", "certificate_no": worker.certificate_no}
    return entry


def _fill(person: Person, row: Invitation, worker: Worker) -> None:
    """Write the working life of somebody the register did not know before."""
    person.town_id = worker.town_id
    person.occupation_id = worker.occupation_id or row.event.occupation_id
    person.position, person.skill_level = worker.position, worker.skill_level
    person.in_trade_since = worker.in_trade_since


def _check_last(desk: Desk, row: Invitation, worker: Worker, last: str) -> None:
    if row.wrong_tries >= MOST_TRIES:
        raise WrongMoment(
            "The link is closed after five wrong tries. Ask the contact of your unit for a new one."
        )
    if not secrets.compare_digest(last.strip().upper().encode(), worker.id_number[-LAST:].encode()):
        row.wrong_tries += 1
        desk.session.flush()
        sentence = (
            "These are not the last four characters of the ID number your unit gave. If the "
            "number is wrong, ask its contact."
        )
        raise WrongLast(sentence, {"last": [sentence]})


def _refuse_other_person(desk: Desk, row: Invitation) -> None:
    """An account that belongs to somebody else does not become this worker's."""
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    if account is None:
        raise NotPermitted("Sign in to enter a contest.")
    mark = account.person.id_number_mark if account.person else None
    if mark is not None and mark != row.id_number_mark:
        raise Blocked(
            "You are signed in as somebody else than the invited worker. Sign out and open the "
            "link again with the worker's own account."
        )


def _columns(desk: Desk, one: Named) -> dict[str, Any]:
    key = secrets.token_hex(12)
    text = json.dumps(asdict(one.worker), ensure_ascii=False)
    return {
        "key": key,
        "token_hash": _print(_token(desk, key, 1)),
        "name": one.worker.name,
        "id_number_mark": one.mark,
        "sealed": desk.vault.seal(text, bound_to=f"invitation:{key}"),
    }


def _token(desk: Desk, key: str, serial: int) -> str:
    return desk.vault.mark(f"invitation:{key}:{serial}")[:40]


def _print(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _ends(desk: Desk, event: Event) -> dt.datetime:
    return min(desk.now + LIFE, event.entries_close_at)


def may_still_enter(event: Event, now: dt.datetime) -> bool:
    """Whether entries of an event are open at this moment."""
    return event.state is EventState.OPEN and event.entries_open_at <= now < event.entries_close_at
