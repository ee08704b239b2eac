"""Stories: written, confirmed by their subject, edited, reviewed, published, taken down."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from actions.craftsmen import has_consent
from actions.desk import Desk
from adapters.markdown import count_characters, render
from models.audit import AuditLine
from models.craftsmen import Craftsman
from models.media import Media
from models.stories import Story
from rules.errors import Blocked, Invalid
from rules.permits import Permit
from rules.states import StoryState
from rules.terms import ConsentPurpose

TITLE_MAX = 60
PUBLISHING = frozenset({"review", "publish"})
"""Steps of the responsible officer; the others are the editor's."""


@dataclass(frozen=True)
class StoryText:
    """What the author writes; ``terms`` explains trade words in the margin."""

    title: str
    body: str
    hook: str = ""
    author: str = ""
    terms: dict[str, Any] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)
    plate: Media | None = None


def write_story(desk: Desk, craftsman: Craftsman, text: StoryText, *, slug: str = "") -> Story:
    """Begin a story as a draft."""
    desk.require(Permit.STORY_EDIT)
    story = Story(
        craftsman_id=craftsman.id,
        slug=_free_slug(desk, slug or craftsman.slug),
        changed_at=desk.now,
        **_columns(text),
    )
    desk.session.add(story)
    desk.session.flush()
    desk.record("write_story", f"story:{story.slug}")
    return story


def edit_story(desk: Desk, story: Story, text: StoryText) -> None:
    """Change a story that is neither public nor reviewed: what was reviewed is what appears."""
    desk.require(Permit.STORY_EDIT)
    if story.state is StoryState.PUBLISHED:
        raise Blocked("This story is public. Take it down before changing it.")
    if story.state is StoryState.REVIEWED:
        raise Blocked("This story has passed its review. Send it back before changing it.")
    for name, value in _columns(text).items():
        setattr(story, name, value)
    story.changed_at = desk.now
    desk.record("edit_story", f"story:{story.slug}")


def move_story(desk: Desk, story: Story, verb: str) -> None:
    """Take one step of the editorial path.

    Confirming needs the subject's consent; whoever confirmed or edited the
    text does not review it. Publishing and taking down reach the index.
    """
    desk.require(Permit.STORY_PUBLISH if verb in PUBLISHING else Permit.STORY_EDIT)
    _check_step(desk, story, verb)
    story.move(verb)
    story.changed_at = desk.now
    if verb == "publish":
        story.published_at = story.published_at or desk.now
        story.craftsman.is_public = True
    if verb in ("publish", "withdraw"):
        desk.send("index", key=f"craftsman:{story.craftsman.slug}")
        desk.send("index", key=f"story:{story.slug}")
    desk.record(f"{verb}_story", f"story:{story.slug}")


def _check_step(desk: Desk, story: Story, verb: str) -> None:
    if verb in ("confirm", "publish"):
        person = story.craftsman.person
        if not has_consent(desk, person, ConsentPurpose.STORY):
            raise Blocked("The person has not agreed to this story. It stays where it is.")
    if verb == "review" and desk.actor.account_id in _hands(desk, story):
        raise Blocked("Whoever wrote or edited a story does not review it. Ask a colleague.")


def _hands(desk: Desk, story: Story) -> set[int | None]:
    deeds = ("write_story", "edit_story")
    rows = desk.session.scalars(
        select(AuditLine.account_id).where(
            AuditLine.thing == f"story:{story.slug}", AuditLine.deed.in_(deeds)
        )
    )
    return {account for account in rows if account is not None}


def _columns(text: StoryText) -> dict[str, Any]:
    if not text.title.strip() or not text.body.strip():
        raise Invalid("A story has a title and a text. What was saved before is kept.")
    if len(text.title) > TITLE_MAX:
        raise Invalid("A title has at most 60 characters.", {"title": ["Shorten the title."]})
    return {
        "title": text.title.strip(),
        "hook": text.hook.strip(),
        "body": text.body,
        "body_html": render(text.body),
        "characters": count_characters(text.body),
        "terms": text.terms,
        "themes": text.themes,
        "author": text.author,
        "plate_id": text.plate.id if text.plate else None,
    }


def _free_slug(desk: Desk, wanted: str) -> str:
    slug, number = wanted, 1
    while desk.session.scalars(select(Story.id).filter_by(slug=slug)).first():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
