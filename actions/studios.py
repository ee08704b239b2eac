"""Studios: entered, established for a term, closed."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from actions.desk import Desk
from models.craftsmen import Craftsman
from models.occupations import Occupation
from models.organizations import Organization
from models.people import Person
from models.studios import Studio
from rules.errors import Invalid
from rules.permits import Permit
from rules.terms import ContestLevel


@dataclass(frozen=True)
class StudioText:
    """What the register keeps of a studio."""

    slug: str
    name: str
    leader: Person
    host: Organization
    occupation: Occupation
    level: ContestLevel
    summary: str = ""
    members: list[Any] = field(default_factory=list)
    projects: list[Any] = field(default_factory=list)


def enter_studio(desk: Desk, text: StudioText) -> Studio:
    """Enter an application for a studio; a slug or a name stands once."""
    desk.require(Permit.STUDIO_VIEW)
    if desk.session.scalars(
        select(Studio.id).where((Studio.slug == text.slug) | (Studio.name == text.name))
    ).first():
        raise Invalid("There is already a studio of this name.")
    studio = Studio(
        slug=text.slug,
        name=text.name,
        leader_id=text.leader.id,
        host_id=text.host.id,
        occupation_id=text.occupation.id,
        level=text.level,
        summary=text.summary,
        members=text.members,
        projects=text.projects,
    )
    desk.session.add(studio)
    desk.session.flush()
    desk.record("enter_studio", f"studio:{studio.slug}")
    return studio


def move_studio(
    desk: Desk,
    studio: Studio,
    verb: str,
    *,
    on: dt.date | None = None,
    until: dt.date | None = None,
) -> None:
    """Take one step; establishing names the day and the end of the term."""
    desk.require(Permit.STUDIO_VIEW, studio.where)
    if verb == "establish" and (on is None or until is None or until <= on):
        raise Invalid("A studio is established on a day and for a term that ends later.")
    studio.move(verb)
    if verb == "establish":
        studio.established_on, studio.term_ends_on = on, until
    desk.record(f"{verb}_studio", f"studio:{studio.slug}")
    desk.send("index", key=f"studio:{studio.slug}")
    slug = desk.session.scalars(
        select(Craftsman.slug).filter_by(person_id=studio.leader_id)
    ).first()
    if slug:
        desk.send("index", key=f"craftsman:{slug}")
