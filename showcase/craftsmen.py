"""The gallery of craftsmen and each one's page."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.public import craftsmen, office, stories
from models.public.craftsmen import CraftsmanCard
from rules.terms import HonourKind
from showcase.faceting import Facets
from web.db import db
from web.guard import public
from web.labels import label
from web.login import request_time
from web.paging import Page, asked_page
from web.reading import with_notes

bp = Blueprint("craftsmen", __name__, url_prefix="/craftsmen")
SIZE = 24
RELATED = 4
FACETS = Facets[CraftsmanCard](
    {
        "family": lambda card: [(card.family.value, label(card.family))],
        "honour": lambda card: sorted(
            {
                (row.title, row.title)
                for row in card.honours
                if row.kind is HonourKind.TITLE and not row.revoked
            }
        ),
        "town": lambda card: [(card.town, card.town)] if card.town else [],
        "theme": lambda card: [(theme, theme) for theme in card.themes],
        "level": lambda card: [(card.level.value, label(card.level))] if card.level else [],
        "trade": lambda card: [(card.trade, card.trade)] if card.trade else [],
    }
)
SORTS = {
    "name": lambda card: card.slug,
    "since": lambda card: (card.since or 9999, card.slug),
    "honours": lambda card: (-len(card.honours), card.slug),
}


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """List who may be seen, narrowed by facets whose state is the address."""
    sort = request.args.get("sort", "honours")
    people = craftsmen.cards(db.session(), with_themes=True)
    found = FACETS.apply(people, request.args)
    rows = sorted(found.rows, key=SORTS.get(sort, SORTS["honours"]))
    number = asked_page()
    page = Page(rows[(number - 1) * SIZE : number * SIZE], number, SIZE, len(rows))
    return render_template(
        "showcase/craftsmen/index.html",
        page=page,
        found=found,
        sort=sort,
        sorts=tuple(SORTS),
        year=request_time().year,
    )


@bp.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one person: who, what they do, the story, what the register says."""
    session = db.session()
    page = craftsmen.page(session, slug)
    if page is None:
        stays = craftsmen.merged_into(session, slug)
        if stays is None:
            abort(404)
        return redirect(url_for(".show", slug=stays), 301)
    story = stories.of_craftsman(session, slug)
    own = [row for row in office.studios(session) if row.leader_slug == slug]
    same = [
        card
        for card in craftsmen.cards(session)
        if card.family is page.card.family and card.slug != slug
    ]
    same.sort(key=lambda card: (card.trade != page.card.trade, card.town != page.card.town))
    return render_template(
        "showcase/craftsmen/show.html",
        page=page,
        card=page.card,
        story=story,
        story_html=with_notes(story.html, story.terms) if story else "",
        results=[row for row in page.card.honours if row.kind is HonourKind.RESULT],
        studios=own,
        related=same[:RELATED],
        year=request_time().year,
    )
