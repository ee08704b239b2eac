"""What a role reaches, in words, and where it may be given."""

from collections.abc import Iterable
from typing import Any, Final

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contests import Contest, Event
from models.organizations import Organization, Town
from models.roles import RoleGrant
from models.selection import SelectionRound
from models.studios import Studio
from rules.permits import Scope
from web.labels import label

THINGS: Final[dict[Scope, Any]] = {
    Scope.CONTEST: Contest,
    Scope.EVENT: Event,
    Scope.ROUND: SelectionRound,
    Scope.STUDIO: Studio,
    Scope.ORGANIZATION: Organization,
    Scope.TOWN: Town,
}
SITE: Final = "site:"


def place_key(scope: Scope, number: int | None) -> str:
    """Write a scope as one value of a form: ``contest:3``, or ``site:``."""
    return f"{scope.value}:{'' if number is None else number}"


def read_place(key: str) -> tuple[Scope, int | None]:
    """Read what :func:`place_key` wrote."""
    scope, _, number = key.partition(":")
    return Scope(scope), int(number) if number else None


def place_names(session: Session, grants: Iterable[RoleGrant]) -> dict[str, str]:
    """Name every place these roles reach: one query a kind of place."""
    wanted: dict[Scope, set[int]] = {}
    for grant in grants:
        if grant.scope_id is not None:
            wanted.setdefault(grant.scope, set()).add(grant.scope_id)
    names = {SITE: label(Scope.SITE)}
    for scope, numbers in wanted.items():
        kind = THINGS[scope]
        for number, name in session.execute(select(kind.id, kind.name).where(kind.id.in_(numbers))):
            names[place_key(scope, number)] = f"{label(scope)} · {name}"
    return names


def place_choices(session: Session) -> dict[str, list[tuple[str, str]]]:
    """List every place a role can be given for, grouped by kind."""
    groups = {label(Scope.SITE): [(SITE, gettext("Everything on this site"))]}
    for scope, kind in THINGS.items():
        rows = session.execute(select(kind.id, kind.name).order_by(kind.name, kind.id))
        found = [(place_key(scope, number), name) for number, name in rows]
        if found:
            groups[label(scope)] = found
    return groups
