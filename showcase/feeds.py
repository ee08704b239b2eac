"""What machines read: feed, calendar, site map, robots."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from models.public import contests, craftsmen, office, stories
from web.db import db
from web.guard import public
from web.login import request_time

bp = Blueprint("feeds", __name__)
FEED_LENGTH = 20


@bp.get("/feed.xml")
@public
def feed() -> ResponseReturnValue:
    """Send the newest stories and notices as Atom."""
    body = render_template(
        "showcase/feeds/feed.xml",
        stories=stories.cards(db.session(), limit=FEED_LENGTH),
        notices=office.notices(db.session())[:FEED_LENGTH],
        now=request_time(),
    )
    return Response(body, content_type="application/atom+xml; charset=utf-8")


@bp.get("/calendar.ics")
@public
def calendar() -> ResponseReturnValue:
    """Send the days of all public events as a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jiangpu//contests//ZH"]
    for row in contests.contests(db.session()):
        for event in row.events:
            lines += [
                "BEGIN:VEVENT",
                f"UID:event-{row.slug}-{event.slug}@jiangpu",
                f"DTSTAMP:{request_time():%Y%m%dT%H%M%SZ}",
                f"DTSTART;VALUE=DATE:{event.held_on:%Y%m%d}",
                f"SUMMARY:{_escaped(f'{row.name} {event.name}')}",
                f"LOCATION:{_escaped(row.place)}",
                "URL:" + url_for("contests.event", slug=row.slug, event=event.slug, _external=True),
                "END:VEVENT",
            ]
    lines.append("END:VCALENDAR")
    return Response("\r\n".join(lines) + "\r\n", content_type="text/calendar; charset=utf-8")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", " ")


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """List every public page."""
    session = db.session()
    urls = [url_for("home.index", _external=True)]
    urls += [
        url_for("craftsmen.show", slug=card.slug, _external=True)
        for card in craftsmen.cards(session)
    ]
    urls += [
        url_for("stories.show", slug=card.slug, _external=True) for card in stories.cards(session)
    ]
    urls += [
        url_for("contests.show", slug=row.slug, _external=True)
        for row in contests.contests(session)
    ]
    body = render_template("showcase/feeds/sitemap.xml", urls=urls)
    return Response(body, content_type="application/xml; charset=utf-8")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Keep machines out of what is not public anyway."""
    lines = [f"User-agent: *\nDisallow: /{part}/" for part in ("admin", "judge", "account")]
    where = url_for("feeds.sitemap", _external=True)
    return Response("\n".join([*lines, f"Sitemap: {where}", ""]), content_type="text/plain")
