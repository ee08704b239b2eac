"""Accounts: registering, signing in and out, the lock after wrong passwords."""

import datetime as dt
import hashlib
import secrets

from sqlalchemy import or_, select

from actions.desk import Desk
from actions.roles import keep_one
from adapters.passwords import hash_password, verify_password
from models.accounts import Account, LoginCounter, LoginSession
from models.roles import grants_of
from rules.accounts import (
    ABSOLUTE_LIMIT,
    IDLE_LIMIT,
    LOCK_TIME,
    MAX_FAILURES,
    MIN_PASSWORD,
    MIN_STAFF_PASSWORD,
    WINDOW,
    clean_handle,
    password_faults,
)
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import Actor, Permit


def register_account(desk: Desk, *, name: str, handle: str, password: str) -> Account:
    """Open a contestant's own account; the handle is a phone number, e-mail or user name.

    Raises ``Invalid`` with the field that is wrong.
    """
    account = open_account(desk, name=name, handle=handle, password=password)
    _as_owner(desk, account.id).record("register_account", f"account:{account.id}")
    return account


def create_staff_account(desk: Desk, *, name: str, handle: str, password: str) -> Account:
    """Create an account for a member of staff; only who manages accounts may.

    Raises ``Invalid`` with the field that is wrong; staff passwords are longer.
    """
    desk.require(Permit.ACCOUNT_MANAGE)
    account = open_account(
        desk, name=name, handle=handle, password=password, least=MIN_STAFF_PASSWORD
    )
    account.must_change_password = True
    desk.record("create_staff_account", f"account:{account.id}")
    return account


def change_password(desk: Desk, account: Account, *, old: str, new: str) -> None:
    """Replace one's own password.

    Raises ``Invalid`` with the field that is wrong. Members of staff and
    contacts of units, whose first password somebody else chose, keep to the longer one.
    """
    if desk.actor.account_id != account.id:
        raise NotPermitted("Only the owner changes a password.")
    if not verify_password(account.password_hash, old):
        sentence = "This is not the password in force. Nothing was changed."
        raise Invalid(sentence, {"old": [sentence]})
    least = MIN_STAFF_PASSWORD if grants_of(desk.session, account.id) else MIN_PASSWORD
    faults = password_faults(new, account.username or "", least=least)
    if new == old:
        faults = (*faults, "The new password is the old one. Choose another.")
    if faults:
        raise Invalid(faults[0], {"password": list(faults)})
    account.password_hash = hash_password(new)
    account.must_change_password = False
    desk.record("change_password", f"account:{account.id}")


def close_account(desk: Desk, account: Account) -> None:
    """Switch an account off and end its sessions.

    Raises ``Blocked`` for the account in use and for the last keeper of accounts or roles.
    """
    desk.require(Permit.ACCOUNT_MANAGE)
    if account.id == desk.actor.account_id:
        raise Blocked("You are signed in with this account. Ask a colleague to close it.")
    for grant in grants_of(desk.session, account.id):
        keep_one(desk, account.id, grant)
    account.is_active = False
    end_sessions(desk, account)
    desk.record("close_account", f"account:{account.id}")


def end_sessions(desk: Desk, account: Account) -> None:
    """Sign an account out everywhere."""
    for row in desk.session.scalars(select(LoginSession).filter_by(account_id=account.id)):
        row.ended_at = row.ended_at or desk.now


def sign_in(desk: Desk, *, handle: str, password: str, address: str, agent: str = "") -> str:
    """Check a password and open a session; returns the token for the cookie.

    Raises ``NotPermitted`` in the same words for an unknown handle, a wrong
    password and a closed account. The caller commits either way: failures count.
    """
    keys = counter_keys(desk, handle, address)
    refuse_locked(desk, keys)
    account = find_account(desk, handle)
    fits = verify_password(account.password_hash if account else None, password)
    if account is None or not fits or not account.is_active:
        count_failure(desk, keys)
        raise NotPermitted("The name or the password does not fit. Nothing was changed.")
    clear_failures(desk, keys[:1])
    return open_session(desk, account, agent)


def sign_out(desk: Desk, token: str) -> None:
    """End the session of this token on the server."""
    row = desk.session.scalars(select(LoginSession).filter_by(token_hash=_hash(token))).first()
    if row is not None and row.ended_at is None:
        row.ended_at = desk.now
        _as_owner(desk, row.account_id).record("sign_out", f"account:{row.account_id}")


def live_session(desk: Desk, token: str) -> LoginSession | None:
    """Return the session of a token while it is neither ended, idle too long, nor too old."""
    row = desk.session.scalars(select(LoginSession).filter_by(token_hash=_hash(token))).first()
    if row is None or row.ended_at is not None or not row.account.is_active:
        return None
    idle = desk.now - row.seen_at > IDLE_LIMIT
    return None if idle or desk.now >= row.ends_at else row


def find_account(desk: Desk, handle: str) -> Account | None:
    """Find the account of a phone number, e-mail address or user name."""
    text = clean_handle(handle)
    return desk.session.scalars(
        select(Account).where(
            or_(
                Account.username == text,
                Account.email == text,
                Account.phone_mark == desk.vault.mark(text),
            )
        )
    ).first()


def open_account(
    desk: Desk, *, name: str, handle: str, password: str, least: int = MIN_PASSWORD
) -> Account:
    """Open an account on behalf of a deed that checked its permit.

    Raises ``Invalid`` with the field that is wrong.
    """
    text = clean_handle(handle)
    faults = password_faults(password, text, least=least)
    if faults:
        raise Invalid(faults[0], {"password": list(faults)})
    if find_account(desk, text) is not None:
        sentence = "There is already an account under this name. Sign in with it instead."
        raise Invalid(sentence, {"handle": [sentence]})
    account = Account(
        display_name=name.strip(),
        password_hash=hash_password(password),
        created_at=desk.now,
        **_handle_columns(desk, text),
    )
    desk.session.add(account)
    desk.session.flush()
    return account


def _handle_columns(desk: Desk, text: str) -> dict[str, str]:
    if "@" in text:
        return {"email": text}
    if text.isdigit():
        return {"phone_mark": desk.vault.mark(text)}
    return {"username": text}


def open_session(desk: Desk, account: Account, agent: str, *, by: str = "password") -> str:
    """Open a session for whom another deed has made sure of; returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    desk.session.add(
        LoginSession(
            token_hash=_hash(token),
            account_id=account.id,
            started_at=desk.now,
            seen_at=desk.now,
            ends_at=desk.now + ABSOLUTE_LIMIT,
            agent=agent[:120],
        )
    )
    account.last_login_at = desk.now
    _as_owner(desk, account.id).record("sign_in", f"account:{account.id}", by=by)
    return token


def _as_owner(desk: Desk, account_id: int) -> Desk:
    """Seat the owner: before signing in nobody sits at the desk, yet the deed is the owner's."""
    return desk.acting_as(Actor(account_id=account_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def counter_keys(desk: Desk, handle: str, address: str) -> tuple[str, str]:
    """Name the two counters a failure counts under: the handle's and the address's."""
    return f"h:{desk.vault.mark(clean_handle(handle))}", f"a:{desk.vault.mark(address)}"


def refuse_locked(desk: Desk, keys: tuple[str, ...]) -> None:
    """Raise ``NotPermitted`` while one of the counters is locked."""
    for key in keys:
        row = desk.session.get(LoginCounter, key)
        if row is not None and row.locked_until is not None and row.locked_until > desk.now:
            minutes = int((row.locked_until - desk.now) / dt.timedelta(minutes=1)) + 1
            raise NotPermitted(
                "Too many wrong passwords. Try again in %(minutes)s minutes.", minutes=minutes
            )


def count_failure(desk: Desk, keys: tuple[str, str]) -> None:
    """Count one failure under both counters; the last one a counter bears locks it."""
    for key, limit in zip(keys, MAX_FAILURES, strict=True):
        row = desk.session.get(LoginCounter, key)
        if row is None or desk.now - row.since > WINDOW:
            row = desk.session.merge(
                LoginCounter(key=key, failures=0, since=desk.now, locked_until=None)
            )
        row.failures += 1
        if row.failures >= limit:
            row.locked_until, row.failures, row.since = desk.now + LOCK_TIME, 0, desk.now


def clear_failures(desk: Desk, keys: tuple[str, ...]) -> None:
    """Forget the failures under these counters."""
    for key in keys:
        row = desk.session.get(LoginCounter, key)
        if row is not None:
            desk.session.delete(row)


def actor_by_password(desk: Desk, *, handle: str, password: str, address: str) -> Actor:
    """Return who signs at somebody else's screen: a second person with name and password.

    Raises ``NotPermitted`` in the words of :func:`sign_in`. The caller
    commits either way: failures count here as they do there.
    """
    keys = counter_keys(desk, handle, address)
    refuse_locked(desk, keys)
    account = find_account(desk, handle)
    fits = verify_password(account.password_hash if account else None, password)
    if account is None or not fits or not account.is_active:
        count_failure(desk, keys)
        raise NotPermitted("The name or the password does not fit. Nothing was changed.")
    return Actor(account.id, account.person_id, grants_of(desk.session, account.id))
