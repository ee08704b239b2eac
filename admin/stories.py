"""Stories for staff: written with a preview, led along the editorial path."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from actions.craftsmen import has_consent
from actions.stories import PUBLISHING, edit_story, move_story, write_story
from adapters.markdown import render
from admin.craftsmen import profile_of
from admin.forms.stories import StoryForm
from models.craftsmen import Craftsman
from models.people import Person
from models.stories import Story
from rules.errors import NotPermitted
from rules.lifecycle import STORY_STEPS, verbs
from rules.permits import ANYWHERE, Permit, may
from rules.states import StoryState
from rules.terms import ConsentPurpose
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, each, list_table, said
from web.login import current_actor, desk
from web.paging import paged

bp = Blueprint("admin_stories", __name__, url_prefix="/admin/stories")
ORDERS = {
    "title": (Story.title, Story.id),
    "-title": (Story.title.desc(), Story.id),
    "changed": (Story.changed_at, Story.id),
}
NEWEST = (Story.changed_at.desc(), Story.id.desc())
SETTLED: Final = frozenset({StoryState.REVIEWED, StoryState.PUBLISHED})
"""States in which the text is no longer changed."""
STEP_WORDS: Final = {
    "confirm": _l("The subject has confirmed the text"),
    "edit": _l("Editing is finished"),
    "review": _l("Pass the review"),
    "publish": _l("Publish the story"),
    "withdraw": _l("Take the story down"),
    "rework": _l("Send it back to be rewritten"),
}


@bp.get("/")
@needs(Permit.STAFF_HOME)
def index() -> ResponseReturnValue:
    """List the stories, the last changed first."""
    _require_newsroom()
    kept, sort = _kept(), request.args.get("sort", "")
    return render_template(
        "admin/stories/index.html",
        page=paged(_narrowed(kept, sort)),
        states=choices(StoryState),
        kept=kept,
        sort=sort,
        may_write=may(current_actor(), Permit.STORY_EDIT),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.STORY_EDIT)
def new() -> ResponseReturnValue:
    """Begin a story about a craftsman."""
    form = StoryForm(subject=request.args.get("craftsman", ""))
    if form.validate_on_submit() and not form.preview.data:
        story = write_story(desk(), profile_of(form.subject.data), form.text())
        return _done(story, gettext("The draft is saved. Show it to its subject next."))
    return _form_page(form, None)


@bp.get("/<slug>/")
@needs(Permit.STAFF_HOME)
def show(slug: str) -> ResponseReturnValue:
    """Show one story: where it stands, what is next, how it reads."""
    _require_newsroom()
    story, actor = _story(slug), current_actor()
    return render_template(
        "admin/stories/show.html",
        story=story,
        text=Markup(story.body_html),  # noqa: S704  # nh3 has cleaned it when it was saved
        steps=[
            (verb, STEP_WORDS[verb])
            for verb in verbs(STORY_STEPS, story.state)
            if may(actor, _permit(verb))
        ],
        agreed=has_consent(desk(), story.craftsman.person, ConsentPurpose.STORY),
        may_write=may(actor, Permit.STORY_EDIT) and story.state not in SETTLED,
    )


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@needs(Permit.STORY_EDIT)
def edit(slug: str) -> ResponseReturnValue:
    """Change a story that is not public; what somebody else saved meanwhile is not overwritten."""
    story = _story(slug)
    form = StoryForm(story)
    if form.validate_on_submit() and not form.preview.data:
        if form.version.data == str(story.version):
            edit_story(desk(), story, form.text())
            return _done(story, gettext("Saved."))
        form.form_errors.append(
            gettext(
                "Somebody else saved this story while you were writing. Your text stands below: "
                "open the story in another window, then bring the two together."
            )
        )
        return _form_page(form, story, 409)
    return _form_page(form, story)


@bp.post("/<slug>/steps/<verb>")
@needs(Permit.STAFF_HOME)
def move(slug: str, verb: str) -> ResponseReturnValue:
    """Take one step of the editorial path; the action knows whose step it is."""
    story = _story(slug)
    move_story(desk(), story, verb)
    return _done(story, gettext("Done: %(step)s.", step=STEP_WORDS[verb]))


def _permit(verb: str) -> Permit:
    return Permit.STORY_PUBLISH if verb in PUBLISHING else Permit.STORY_EDIT


def _require_newsroom() -> None:
    actor = current_actor()
    if not (may(actor, Permit.STORY_EDIT) or may(actor, Permit.STORY_PUBLISH)):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")


def _story(slug: str) -> Story:
    story: Story = db.one_or_404(
        select(Story)
        .filter_by(slug=slug)
        .options(joinedload(Story.craftsman).joinedload(Craftsman.person))
    )
    return story


@list_table("stories")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, sort = _kept(), request.args.get("sort", "")
    return ListTable(
        name="stories",
        title=gettext("Stories"),
        permits=(Permit.STORY_EDIT, Permit.STORY_PUBLISH),
        place=ANYWHERE,
        query=_narrowed(kept, sort),
        key=Story.id,
        filters={**kept, "sort": sort},
        said=(
            (gettext("Title or craftsman"), kept["q"]),
            (gettext("State"), said(StoryState, kept["state"])),
        ),
        columns=(
            (gettext("Title of the story"), 36),
            (gettext("Whom the story is about"), 14),
            (gettext("Author"), 14),
            (gettext("State"), 10),
            (gettext("Characters"), 8),
            (gettext("Last changed"), 12),
        ),
        rows=each(
            lambda row: (
                row.title,
                row.craftsman.person.name,
                row.author,
                label(row.state),
                row.characters,
                short_day(row.changed_at),
            )
        ),
        back=address("admin_stories.index", {**kept, "sort": sort}),
    )


def _kept() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("q", "state")}


def _narrowed(kept: dict[str, str], sort: str) -> Select[Story]:
    query = select(Story).join(Story.craftsman).join(Craftsman.person)
    query = query.order_by(*ORDERS.get(sort, NEWEST))
    query = query.options(joinedload(Story.craftsman).joinedload(Craftsman.person))
    if kept["q"]:
        query = query.where(
            Story.title.contains(kept["q"], autoescape=True)
            | Person.name.contains(kept["q"], autoescape=True)
        )
    if kept["state"] in list(StoryState):
        query = query.where(Story.state == StoryState(kept["state"]))
    return query


def _form_page(form: StoryForm, story: Story | None, status: int = 200) -> ResponseReturnValue:
    wanted = form.preview.data and form.body.data
    page = render_template(
        "admin/stories/form.html",
        form=form,
        story=story,
        preview=Markup(render(form.body.data)) if wanted else "",  # noqa: S704  # nh3 cleans it
    )
    return page, (422 if form.errors and status == 200 else status)  # noqa: PLR2004  # the usual answer


def _done(story: Story, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_stories.show", slug=story.slug))
