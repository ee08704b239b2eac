"""Stories: the list and the long read."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from models.public import stories
from models.public.stories import StoryCard
from showcase.faceting import Facets
from web.db import db
from web.guard import public
from web.labels import label
from web.login import request_time
from web.paging import Page, asked_page
from web.reading import with_notes

bp = Blueprint("stories", __name__, url_prefix="/stories")
SIZE = 24
NEXT = 3
FACETS = Facets[StoryCard](
    {
        "theme": lambda card: [(theme, theme) for theme in card.themes],
        "family": lambda card: [(card.family.value, label(card.family))],
        "town": lambda card: [(card.town, card.town)] if card.town else [],
    }
)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """List the published stories."""
    found = FACETS.apply(stories.cards(db.session()), request.args)
    number = asked_page()
    rows = found.rows[(number - 1) * SIZE : number * SIZE]
    page = Page(rows, number, SIZE, len(found.rows))
    return render_template(
        "showcase/stories/index.html", page=page, found=found, year=request_time().year
    )


@bp.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one story to read."""
    story = stories.page(db.session(), slug)
    if story is None:
        abort(404)
    others = [card for card in stories.cards(db.session()) if card.slug != slug]
    others.sort(key=lambda card: card.family is not story.card.family)
    return render_template(
        "showcase/stories/show.html",
        story=story,
        html=with_notes(story.html, story.terms),
        others=others[:NEXT],
    )
