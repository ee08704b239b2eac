"""Loads the demo logins: one a role, with one password for all of them."""

from typing import Any

from sqlalchemy import select

from actions.accounts import register_account
from actions.people import numbers_of, seal_identity
from actions.roles import grant_role
from models.contests import Contest
from models.organizations import Organization
from models.selection import SelectionRound
from models.studios import Studio
from rules.permits import Role, Scope
from web.world import files
from web.world.cast import World

PASSWORD = "jiangpu-demo-2026"  # noqa: S105  # printed on the terminal of every demo
SITE_WIDE = frozenset({"site"})


def load_accounts(world: World) -> None:
    """Open the accounts and give the site-wide roles, which later loaders act under."""
    for row in files.document("staff.yaml")["logins"]:
        account = register_account(
            world.desk, name=row["name"], handle=row["username"], password=PASSWORD
        )
        person = world.people[row["person"]]
        number, _ = numbers_of(world.desk, person, whole=True)
        seal_identity(world.desk, person, number, row["phone"])
        account.phone_mark, account.person_id = person.phone_mark, person.id
        world.accounts[row["person"]] = world.accounts[row["username"]] = account
        world.desk.session.flush()
        _grant(world, row, site=True)


def load_roles(world: World) -> None:
    """Give the roles that hold within a contest, event, round, studio or organization."""
    for row in files.document("staff.yaml")["logins"]:
        _grant(world, row, site=False)


def _grant(world: World, row: dict[str, Any], *, site: bool) -> None:
    for role in row["roles"]:
        if (role["scope"] == "site") is site:
            scope, scope_id = place(world, role["scope"])
            grant_role(
                world.desk,
                account_id=world.accounts[row["username"]].id,
                role=Role(role["role"]),
                scope=scope,
                scope_id=scope_id,
            )


def place(world: World, text: str) -> tuple[Scope, int | None]:
    """Read ``contest:<slug>``, ``event:<contest>/<event>`` and their kin."""
    kind, _, name = text.partition(":")
    scope = Scope(kind)
    if scope is Scope.SITE:
        return scope, None
    session = world.desk.session
    if scope is Scope.EVENT:
        return scope, world.event(name).id
    if scope is Scope.ORGANIZATION:
        query = select(Organization.id).filter_by(name=name)
    else:
        table: Any = {Scope.CONTEST: Contest, Scope.ROUND: SelectionRound, Scope.STUDIO: Studio}[
            scope
        ]
        query = select(table.id).filter_by(slug=name)
    return scope, session.scalars(query).one()


def demo_logins() -> list[tuple[str, str]]:
    """List (user name, what the person is) for the terminal."""
    return [(row["username"], row["title"]) for row in files.document("staff.yaml")["logins"]]
