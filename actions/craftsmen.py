"""Craftsmen's profiles, their consents, and the lines of masters and apprentices."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from actions.desk import Desk
from models.craftsmen import Apprenticeship, Craftsman
from models.media import Media
from models.people import Consent, Person
from models.stories import Story
from rules.errors import Blocked, Invalid
from rules.permits import Permit
from rules.states import StoryState
from rules.terms import ConsentPurpose, Family
from search_index.names import slug_for


@dataclass(frozen=True)
class Profile:
    """What an editor writes about a craftsman; honours and results are never typed here."""

    family: Family
    feat: str = ""
    hook: str = ""
    quote: str = ""
    works: list[Any] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    figures: list[Any] = field(default_factory=list)
    process: list[str] = field(default_factory=list)
    plate: Media | None = None


def create_craftsman(desk: Desk, person: Person, profile: Profile, *, slug: str = "") -> Craftsman:
    """Open a profile, hidden until it is shown; one person has one."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    return open_profile(desk, person, profile, slug=slug)


def open_profile(desk: Desk, person: Person, profile: Profile, *, slug: str = "") -> Craftsman:
    """Open a profile on behalf of another deed, which has checked its own permit."""
    if desk.session.scalars(select(Craftsman).filter_by(person_id=person.id)).first():
        raise Invalid("This person already has a profile.")
    craftsman = Craftsman(
        person_id=person.id,
        slug=free_slug(desk, slug or slug_for(person.name)),
        is_public=False,
        changed_at=desk.now,
        **_columns(profile),
    )
    desk.session.add(craftsman)
    desk.session.flush()
    desk.record("create_craftsman", f"craftsman:{craftsman.slug}")
    return craftsman


def edit_craftsman(desk: Desk, craftsman: Craftsman, profile: Profile) -> None:
    """Change what the profile says."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    for name, value in _columns(profile).items():
        setattr(craftsman, name, value)
    _changed(desk, craftsman, "edit_craftsman")


def show_craftsman(desk: Desk, craftsman: Craftsman) -> None:
    """Put the profile into the gallery; the person's consent to be shown must stand."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    if not has_consent(desk, craftsman.person, ConsentPurpose.STORY):
        raise Blocked("The person has not agreed to be shown. The profile stays hidden.")
    craftsman.is_public = True
    _changed(desk, craftsman, "show_craftsman")


def hide_craftsman(desk: Desk, craftsman: Craftsman) -> None:
    """Take the profile out of the gallery at once."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    craftsman.is_public = False
    _changed(desk, craftsman, "hide_craftsman")


def give_consent(
    desk: Desk, person: Person, purpose: ConsentPurpose, *, text_version: str
) -> Consent:
    """Record that a person agreed to one purpose in the words of one version."""
    _require_self_or_editor(desk, person)
    consent = Consent(
        person_id=person.id, purpose=purpose, text_version=text_version, given_at=desk.now
    )
    desk.session.add(consent)
    desk.session.flush()
    desk.record("give_consent", f"person:{person.key}", purpose=purpose.value)
    return consent


def withdraw_consent(desk: Desk, consent: Consent) -> None:
    """End a consent; profile and stories that rested on it are hidden in the same moment."""
    _require_self_or_editor(desk, consent.person)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = desk.now
        desk.record(
            "withdraw_consent", f"person:{consent.person.key}", purpose=consent.purpose.value
        )
    if consent.purpose is ConsentPurpose.STORY:
        _take_down(desk, consent.person)


def has_consent(desk: Desk, person: Person, purpose: ConsentPurpose) -> bool:
    """Whether a consent to ``purpose`` stands."""
    return desk.session.scalars(standing_consents(person, purpose)).first() is not None


def standing_consents(person: Person, purpose: ConsentPurpose) -> Any:  # noqa: ANN401  # a Select
    """Select the consents of a person to one purpose that were not withdrawn."""
    return select(Consent).where(
        Consent.person_id == person.id,
        Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None),
    )


def record_apprenticeship(
    desk: Desk,
    *,
    master: Person | str,
    apprentice: Person | str,
    since: int | None = None,
) -> Apprenticeship:
    """Record who learned from whom; one of the two may be known by name only."""
    desk.require(Permit.CRAFTSMAN_EDIT)
    row = Apprenticeship(
        master_id=None if isinstance(master, str) else master.id,
        apprentice_id=None if isinstance(apprentice, str) else apprentice.id,
        master_name=master if isinstance(master, str) else master.name,
        apprentice_name=apprentice if isinstance(apprentice, str) else apprentice.name,
        since=since,
    )
    if row.master_id is None and row.apprentice_id is None:
        raise Invalid("Master or apprentice must be a person of the register.")
    if row.master_id == row.apprentice_id:
        raise Invalid("Nobody is their own apprentice.")
    desk.session.add(row)
    desk.session.flush()
    desk.record("record_apprenticeship", f"apprenticeship:{row.id}")
    return row


def free_slug(desk: Desk, wanted: str) -> str:
    """Return ``wanted`` or the first of wanted-2, wanted-3 ... that nobody has."""
    slug, number = wanted, 1
    while desk.session.scalars(select(Craftsman.id).filter_by(slug=slug)).first():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _columns(profile: Profile) -> dict[str, Any]:
    return {
        "family": profile.family,
        "feat": profile.feat,
        "hook": profile.hook,
        "quote": profile.quote,
        "works": profile.works,
        "methods": profile.methods,
        "figures": profile.figures,
        "process": profile.process,
        "plate_id": profile.plate.id if profile.plate else None,
    }


def _changed(desk: Desk, craftsman: Craftsman, deed: str) -> None:
    craftsman.changed_at = desk.now
    desk.record(deed, f"craftsman:{craftsman.slug}")
    desk.send("index", key=f"craftsman:{craftsman.slug}")


def _take_down(desk: Desk, person: Person) -> None:
    craftsman = desk.session.scalars(select(Craftsman).filter_by(person_id=person.id)).first()
    if craftsman is None:
        return
    craftsman.is_public = False
    _changed(desk, craftsman, "hide_craftsman")
    stories = desk.session.scalars(
        select(Story).filter_by(craftsman_id=craftsman.id, state=StoryState.PUBLISHED)
    )
    for story in stories:
        story.move("withdraw")
        desk.record("withdraw_story", f"story:{story.slug}")
        desk.send("index", key=f"story:{story.slug}")


def _require_self_or_editor(desk: Desk, person: Person) -> None:
    if desk.actor.person_id != person.id:
        desk.require(Permit.CRAFTSMAN_EDIT)
