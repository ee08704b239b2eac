"""The team of a unit: its head contact opens colleagues' accounts for the own unit only."""

import secrets

from sqlalchemy import select

from actions.accounts import end_sessions, open_account
from actions.desk import Desk
from actions.roles import grant_role
from adapters.passwords import hash_password
from models.accounts import Account
from models.organizations import Organization
from models.roles import RoleGrant
from rules.accounts import MIN_STAFF_PASSWORD
from rules.errors import Blocked, NotPermitted
from rules.permits import Permit, Place, Role, Scope

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that is read as another or as a digit."""
GROUPS, GROUP = 4, 4


def open_colleague(
    desk: Desk, unit: Organization, *, name: str, handle: str
) -> tuple[Account, str]:
    """Open a colleague's account; returns it with the first password, which is shown once.

    Raises ``Invalid`` with the field that is wrong, ``NotPermitted`` for who is no head contact.
    """
    _require_head(desk, unit)
    password = first_password()
    account = open_account(
        desk, name=name, handle=handle, password=password, least=MIN_STAFF_PASSWORD
    )
    account.must_change_password = True
    account.opened_by_id = desk.actor.account_id
    grant_role(
        desk,
        account_id=account.id,
        role=Role.UNIT_CONTACT,
        scope=Scope.ORGANIZATION,
        scope_id=unit.id,
    )
    desk.record("open_colleague", f"account:{account.id}", unit=unit.id)
    return account, password


def reset_colleague(desk: Desk, unit: Organization, account: Account) -> str:
    """Give a colleague a new first password, shown once; the colleague is signed out."""
    _require_colleague(desk, unit, account)
    password = first_password()
    account.password_hash, account.must_change_password = hash_password(password), True
    end_sessions(desk, account)
    desk.record("reset_colleague", f"account:{account.id}", unit=unit.id)
    return password


def close_colleague(desk: Desk, unit: Organization, account: Account) -> None:
    """Switch a colleague's account off and sign it out everywhere."""
    _require_colleague(desk, unit, account)
    account.is_active = False
    end_sessions(desk, account)
    desk.record("close_colleague", f"account:{account.id}", unit=unit.id)


def team_of(desk: Desk, unit: Organization) -> list[Account]:
    """List the contacts of a unit, the first one first."""
    holders = select(RoleGrant.account_id).filter_by(
        role=Role.UNIT_CONTACT, scope=Scope.ORGANIZATION, scope_id=unit.id
    )
    return list(
        desk.session.scalars(select(Account).where(Account.id.in_(holders)).order_by(Account.id))
    )


def is_head(desk: Desk) -> bool:
    """Whether the office, and no colleague, has opened the visitor's account."""
    account = desk.session.get(Account, desk.actor.account_id) if desk.actor.account_id else None
    return account is not None and account.opened_by_id is None


def first_password() -> str:
    """Make a password that can be read out: four groups of four letters and digits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _require_head(desk: Desk, unit: Organization) -> None:
    desk.require(Permit.UNIT_TEAM, Place(organization_id=unit.id))
    if not is_head(desk):
        raise NotPermitted(
            "The head contact of the unit keeps these accounts. Nothing was changed."
        )


def _require_colleague(desk: Desk, unit: Organization, account: Account) -> None:
    _require_head(desk, unit)
    if account not in team_of(desk, unit) or account.opened_by_id is None:
        raise NotPermitted("This account is not one of your unit's colleagues.")
    if account.id == desk.actor.account_id:
        raise Blocked("You are signed in with this account. Ask a colleague to close it.")
