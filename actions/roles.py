"""Granting and taking roles; roles that exclude each other are refused by rule."""

from sqlalchemy import select

from actions.desk import Desk
from models.contests import Contest, Event
from models.roles import RoleGrant, grants_of, held_by_others
from rules.errors import Blocked, Invalid
from rules.permits import Grant, Permit, Place, Role, Scope, clash, may

CONTEST_ROLES = frozenset({Role.CHIEF_JUDGE, Role.JUDGE})
"""Roles an organizer may give within the own contest; all others come from ROLE_GRANT."""

KEEPERS = frozenset({Role.SYSADMIN, Role.SECADMIN})
"""One opens accounts, the other gives roles; the site always has both."""


def grant_role(
    desk: Desk,
    *,
    account_id: int,
    role: Role,
    scope: Scope = Scope.SITE,
    scope_id: int | None = None,
) -> RoleGrant:
    """Give one role; the same role twice returns the first grant.

    Raises ``Blocked`` where a held role excludes it, such as a judge who would
    keep the codes of the same contest.
    """
    grant = Grant(role, scope, scope_id, _contest_of(desk, scope, scope_id))
    if role is Role.UNIT_CONTACT and scope is not Scope.ORGANIZATION:
        raise Invalid("The contact of a unit is named for that unit: choose it as the place.")
    _check_leave(desk, grant)
    held = grants_of(desk.session, account_id)
    foe = clash(held, grant)
    if foe is not None:
        raise Blocked(
            "Nobody may be %(wanted)s and %(held)s in the same contest. Nothing was changed.",
            wanted=role,
            held=foe,
        )
    row = _existing(desk, account_id, grant)
    if row is None:
        row = RoleGrant(
            account_id=account_id,
            role=role,
            scope=scope,
            scope_id=scope_id,
            contest_id=grant.contest_id,
            granted_at=desk.now,
            granted_by=desk.actor.account_id,
        )
        desk.session.add(row)
        desk.session.flush()
        desk.record(
            "grant_role", f"account:{account_id}", role=role.value, scope=f"{scope}:{scope_id}"
        )
    return row


def revoke_role(desk: Desk, row: RoleGrant) -> None:
    """Take one role away; raises ``Blocked`` for the last keeper of accounts or roles."""
    _check_leave(desk, row.as_grant())
    keep_one(desk, row.account_id, row.as_grant())
    desk.session.delete(row)
    desk.record(
        "revoke_role",
        f"account:{row.account_id}",
        role=row.role.value,
        scope=f"{row.scope}:{row.scope_id}",
    )


def keep_one(desk: Desk, account_id: int, grant: Grant) -> None:
    """Refuse to lose the last keeper: without one nobody could ever name another."""
    if grant.role in KEEPERS and not held_by_others(desk.session, grant.role, account_id):
        raise Blocked(
            "This is the last account that holds this role. Give it to a colleague first; "
            "nothing was changed."
        )


def _contest_of(desk: Desk, scope: Scope, scope_id: int | None) -> int | None:
    if (scope is Scope.SITE) != (scope_id is None):
        raise Invalid("A role is either site-wide or names where it holds.")
    if scope is Scope.CONTEST and desk.session.get(Contest, scope_id) is None:
        raise Invalid("There is no such contest.")
    if scope is not Scope.EVENT:
        return None
    event = desk.session.get(Event, scope_id)
    if event is None:
        raise Invalid("There is no such event.")
    return event.contest_id


def _check_leave(desk: Desk, grant: Grant) -> None:
    if grant.role in CONTEST_ROLES and grant.scope is Scope.EVENT:
        event = desk.session.get_one(Event, grant.scope_id)
        if may(desk.actor, Permit.PANEL_ASSIGN, event.where):
            return
    if grant.role is Role.UNIT_CONTACT and may(desk.actor, Permit.UNIT_TEAM, _unit(grant)):
        return
    desk.require(Permit.ROLE_GRANT)


def _unit(grant: Grant) -> Place:
    """Return the unit a contact is named for; a contact of everywhere is nobody's to name."""
    named = grant.scope is Scope.ORGANIZATION
    return Place(organization_id=grant.scope_id if named else None)


def _existing(desk: Desk, account_id: int, grant: Grant) -> RoleGrant | None:
    return desk.session.scalars(
        select(RoleGrant).filter_by(
            account_id=account_id, role=grant.role, scope=grant.scope, scope_id=grant.scope_id
        )
    ).first()
