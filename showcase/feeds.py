"""What machines read: feed, calendar, site map, robots."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from models.public import contests, craftsmen, office, stories
from web import calendars
from web.db import db
from web.guard import public
from web.login import request_time

bp = Blueprint("feeds", __name__)
FEED_LENGTH = 20
LISTS = (
    "home.index",
    "craftsmen.index",
    "stories.index",
    "contests.index",
    "studios.index",
    "notices.index",
    "verify.index",
)


@bp.get("/feed.xml")
@public
def feed() -> ResponseReturnValue:
    """Send the newest stories and notices as Atom."""
    told = stories.cards(db.session(), limit=FEED_LENGTH)
    notices = office.notices(db.session())[:FEED_LENGTH]
    moments = [row.published_at for row in told] + [row.published_at for row in notices]
    body = render_template(
        "showcase/feeds/feed.xml",
        stories=told,
        notices=notices,
        updated=max(moments, default=request_time()),
    )
    return Response(body, content_type="application/atom+xml; charset=utf-8")


@bp.get("/calendar.ics")
@public
def calendar() -> ResponseReturnValue:
    """Send the days of all public events as a calendar."""
    lines: list[str] = []
    for row in contests.contests(db.session()):
        for event in row.events:
            lines += [
                "BEGIN:VEVENT",
                f"UID:event-{row.slug}-{event.slug}@jiangpu",
                f"DTSTAMP:{calendars.stamp(request_time())}",
                f"DTSTART;VALUE=DATE:{event.held_on:%Y%m%d}",
                f"SUMMARY:{calendars.escaped(f'{row.name} {event.name}')}",
                f"LOCATION:{calendars.escaped(row.place)}",
                "URL:" + url_for("contests.event", slug=row.slug, event=event.slug, _external=True),
                "END:VEVENT",
            ]
    return Response(calendars.calendar(lines), content_type="text/calendar; charset=utf-8")


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """List every public page."""
    session = db.session()
    held = contests.contests(session)
    pages: list[tuple[str, dict[str, str]]] = [(endpoint, {}) for endpoint in LISTS]
    pages += [("craftsmen.show", {"slug": card.slug}) for card in craftsmen.cards(session)]
    pages += [("stories.show", {"slug": card.slug}) for card in stories.cards(session)]
    pages += [("contests.show", {"slug": row.slug}) for row in held]
    pages += [
        ("contests.event", {"slug": event.contest_slug, "event": event.slug})
        for row in held
        for event in row.events
    ]
    pages += [("studios.show", {"slug": row.slug}) for row in office.studios(session)]
    pages += [("notices.show", {"number": row.number}) for row in office.notices(session)]
    urls = [url_for(endpoint, _external=True, **values) for endpoint, values in pages]
    body = render_template("showcase/feeds/sitemap.xml", urls=urls)
    return Response(body, content_type="application/xml; charset=utf-8")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Keep machines out of what is not public anyway."""
    lines = [f"User-agent: *\nDisallow: /{part}/" for part in ("admin", "judge", "account")]
    where = url_for("feeds.sitemap", _external=True)
    return Response("\n".join([*lines, f"Sitemap: {where}", ""]), content_type="text/plain")
