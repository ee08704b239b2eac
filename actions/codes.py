"""Signing in by a code: asked for, sent to the telephone, good once and for ten minutes."""

import datetime as dt
import secrets
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from actions.accounts import (
    clear_failures,
    count_failure,
    counter_keys,
    open_session,
    refuse_locked,
)
from actions.desk import Desk
from models.accounts import Account, LoginCounter
from models.codes import LoginCode
from models.roles import grants_of
from rules.accounts import clean_handle, is_mobile
from rules.codes import HOUR, KEPT, LIFE, MAX_TRIES, SENDS, clean_code, digits_of, needs_password
from rules.errors import NotPermitted, wrong_field

SEND: Final = "send_code"


def ask_code(desk: Desk, *, phone: str, address: str) -> None:
    """Ask for a code; what happens and what is answered is the same with and without an account.

    Raises ``Invalid`` for what is no mobile number, ``NotPermitted`` when too many were asked for.
    """
    number = clean_handle(phone)
    if not is_mobile(number):
        raise wrong_field("phone", "A mobile number has 11 digits, such as 13800001234.")
    mark = desk.vault.mark(number)
    for key, most in zip((f"c:{mark}", f"d:{desk.vault.mark(address)}"), SENDS, strict=True):
        _take_turn(desk, key, most)
    desk.session.execute(delete(LoginCode).where(LoginCode.expires_at < desk.now - KEPT))
    key = secrets.token_hex(12)
    row = LoginCode(
        key=key,
        phone_mark=mark,
        phone_sealed=desk.vault.seal(number, bound_to=f"{key}:phone"),
        asked_at=desk.now,
        expires_at=desk.now + LIFE,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.record("ask_code", f"login_code:{row.id}")
    desk.send(SEND, code=row.key)


def code_of(desk: Desk, row: LoginCode) -> str:
    """Derive the six digits of a code; without the site's secret nobody can."""
    return digits_of(desk.vault.mark(f"login-code:{row.key}"))


def claim_code(desk: Desk, row: LoginCode) -> tuple[Account, str] | None:
    """Take the number a code goes to, once; None where there is nothing to send.

    The number is forgotten with it: the letter in hand is all that is left.
    """
    sealed, row.phone_sealed = row.phone_sealed, None
    account = _account(desk, row)
    if sealed is None or account is None or row.expires_at <= desk.now:
        return None
    return account, desk.vault.open(sealed, bound_to=f"{row.key}:phone")


def by_password_only(desk: Desk, account: Account) -> bool:
    """Whether this account signs in with its password alone."""
    return needs_password(grants_of(desk.session, account.id))


def sign_in_by_code(desk: Desk, *, phone: str, code: str, address: str, agent: str = "") -> str:
    """Check a code and open a session; returns the token for the cookie.

    Raises ``NotPermitted`` in the same words for a wrong, used or old code and for a number
    without an account. The caller commits either way: tries count, here and for the lock.
    """
    keys = counter_keys(desk, phone, address)
    refuse_locked(desk, keys)
    row = _newest(desk, phone)
    account = _account(desk, row) if row is not None else None
    fits = row is not None and _try(desk, row, code)
    if row is None or account is None or not fits or by_password_only(desk, account):
        count_failure(desk, keys)
        raise NotPermitted(
            "The code does not fit or is no longer valid. Look again, or have a new one sent."
        )
    row.used_at = desk.now
    clear_failures(desk, keys[:1])
    return open_session(desk, account, agent, by="code")


def _newest(desk: Desk, phone: str) -> LoginCode | None:
    """Return the code sent last, held to the commit: an older one is no longer valid."""
    row = desk.session.scalars(
        select(LoginCode)
        .where(LoginCode.phone_mark == desk.vault.mark(clean_handle(phone)))
        .order_by(LoginCode.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if row is None or row.used_at is not None or row.expires_at <= desk.now:
        return None
    return row


def _try(desk: Desk, row: LoginCode, code: str) -> bool:
    """Count a try before looking at it; a code that has borne its tries fits no more."""
    counted = desk.session.execute(
        update(LoginCode)
        .where(LoginCode.id == row.id, LoginCode.tries < MAX_TRIES, LoginCode.used_at.is_(None))
        .values(tries=LoginCode.tries + 1)
        .returning(LoginCode.id)
    ).first()
    right = secrets.compare_digest(clean_code(code).encode(), code_of(desk, row).encode())
    return right and counted is not None


def _account(desk: Desk, row: LoginCode) -> Account | None:
    """Find whose code it is: who signs in with this number and gave no other one since.

    A number that somebody else has by now must not open what its former owner left.
    """
    account = desk.session.scalars(
        select(Account).where(Account.phone_mark == row.phone_mark, Account.is_active)
    ).first()
    person = account.person if account is not None else None
    return None if person is not None and person.phone_mark != row.phone_mark else account


def _take_turn(desk: Desk, key: str, most: int) -> None:
    """Count one sending under a key, or refuse it; two at once never take one turn."""
    begun = desk.now - HOUR
    table = update(LoginCounter).where(LoginCounter.key == key).returning(LoginCounter.key)
    more = table.where(LoginCounter.since > begun, LoginCounter.failures < most)
    anew = table.where(LoginCounter.since <= begun)
    for step in (
        more.values(failures=LoginCounter.failures + 1),
        anew.values(failures=1, since=desk.now),
    ):
        if desk.session.execute(step).first() is not None:
            return
    _first_turn(desk, key, most)


def _first_turn(desk: Desk, key: str, most: int) -> None:
    known = desk.session.get(LoginCounter, key, populate_existing=True)
    if known is None:
        row = LoginCounter(key=key, failures=1, since=desk.now, locked_until=None)
        try:
            with desk.session.begin_nested():
                desk.session.add(row)
        except IntegrityError:  # asked for twice in the same moment
            return _take_turn(desk, key, most)
        return None
    left = known.since + HOUR - desk.now
    raise NotPermitted(
        "Too many codes were asked for. Try again in %(minutes)s minutes, or sign in with the "
        "password.",
        minutes=int(left / dt.timedelta(minutes=1)) + 1,
    )
