"""The public pages of merged records: one profile stays, stories and studios follow it."""

from sqlalchemy import select

from actions.desk import Desk
from models.contests import Contest, Event
from models.craftsmen import Craftsman
from models.entries import Entry
from models.people import Person
from models.stories import Story
from models.studios import Studio


def profiles_of(desk: Desk, kept: Person, gone: Person) -> list[Craftsman]:
    """Return the profiles of two records, the kept one's first."""
    rows = desk.session.scalars(
        select(Craftsman).where(Craftsman.person_id.in_((kept.id, gone.id)))
    ).all()
    return sorted(rows, key=lambda row: row.person_id != kept.id)


def join_profiles(desk: Desk, kept: Person, gone: Person) -> None:
    """Where both have a profile, hide the second and let its stories and mentions name the first.

    The second stays with the merged record: its address leads to the first.
    """
    profiles = profiles_of(desk, kept, gone)
    if len(profiles) < 2:  # noqa: PLR2004  # one profile simply moves
        return
    stays, hidden = profiles
    hidden.is_public, hidden.changed_at = False, desk.now
    for story in desk.session.scalars(select(Story).filter_by(craftsman_id=hidden.id)):
        story.craftsman_id = stays.id
    for studio in _named_in(desk, hidden.slug):
        studio.members = [
            {**member, "person": stays.slug} if member.get("person") == hidden.slug else member
            for member in studio.members
        ]


def pages_of(desk: Desk, kept: Person, gone: Person) -> list[str]:
    """List the keys of the public pages that a merging changes, for the index."""
    profiles = profiles_of(desk, kept, gone)
    stories = select(Story.slug).where(Story.craftsman_id.in_([row.id for row in profiles]))
    led = select(Studio.slug).where(Studio.leader_id.in_((kept.id, gone.id)))
    contests = (
        select(Contest.slug)
        .join(Event, Event.contest_id == Contest.id)
        .join(Entry, Entry.event_id == Event.id)
        .where(Entry.person_id == gone.id)
        .distinct()
    )
    named = [studio.slug for row in profiles for studio in _named_in(desk, row.slug)]
    studios = sorted({*desk.session.scalars(led), *named})
    return [
        *(f"craftsman:{row.slug}" for row in profiles),
        *(f"story:{slug}" for slug in desk.session.scalars(stories)),
        *(f"studio:{slug}" for slug in studios),
        *(f"contest:{slug}" for slug in desk.session.scalars(contests)),
    ]


def _named_in(desk: Desk, slug: str) -> list[Studio]:
    """List the studios that name a profile among their members."""
    rows = desk.session.scalars(select(Studio).order_by(Studio.id))
    return [row for row in rows if any(member.get("person") == slug for member in row.members)]
