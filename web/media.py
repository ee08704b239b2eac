"""Serving pictures: public ones to everybody and for long, private ones behind a door."""

import io

from flask import Blueprint, Flask, abort, send_file, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from actions.replies import read_file
from adapters.entry_files import JPEG
from models.entries import Entry
from models.media import Media
from models.public.pictures import Picture
from models.registration_forms import EntryFile
from models.units import Endorsement
from rules.permits import Permit, may
from rules.states import EntryState
from web.db import db
from web.guard import public, signed_in
from web.login import current_actor, desk, shelf

bp = Blueprint("media", __name__)
YEAR = 365 * 24 * 3600
READERS = (Permit.ENTRY_REVIEW, Permit.CHECK_IN)


def register(app: Flask) -> None:
    """Attach the two routes and the address helper."""
    app.register_blueprint(bp)
    app.add_template_global(picture_url)


def picture_url(media: Media | Picture, width: int = 640) -> str:
    """Return the address of a picture at the smallest kept width not below ``width``."""
    fitting = [kept for kept in media.widths if kept >= width] or list(media.widths[-1:])
    endpoint = "media.show" if media.is_public else "media.show_private"
    return url_for(endpoint, name=f"{media.stem}-{fitting[0]}.webp")


@bp.get("/media/<name>")
@public
def show(name: str) -> ResponseReturnValue:
    """Send a public picture; its name is its content, so it never changes."""
    if not name[:1].isalnum() or name.startswith("p"):
        abort(404)
    return _sent(name, f"public, max-age={YEAR}, immutable")


@bp.get("/media/private/<name>")
@signed_in
def show_private(name: str) -> ResponseReturnValue:
    """Send a portrait to its owner and to those who review or check in an entry it belongs to."""
    stem = name.rsplit("-", 1)[0].removesuffix(".jpg")
    media = db.one_or_404(select(Media).where(Media.stem == stem, Media.is_public.is_(False)))
    if media.owner_id != current_actor().account_id and not _at_work(media):
        abort(404)
    return _sent(name, "private, no-store")


@bp.get("/media/entries/<int:file_id>")
@signed_in
def show_entry_file(file_id: int) -> ResponseReturnValue:
    """Send a file of an entry to its owner and to the entry's reviewers; to others it is none."""
    file: EntryFile = db.get_or_404(EntryFile, file_id)
    entry = db.session.get_one(Entry, file.entry_id)
    actor = current_actor()
    handed_in = entry.state is not EntryState.DRAFT
    reviews = handed_in and may(actor, Permit.ENTRY_REVIEW, entry.event.where)
    if entry.account_id != actor.account_id and not reviews:
        abort(404)
    answer = send_file(
        io.BytesIO(read_file(desk(), file)),
        mimetype=file.media_type,
        as_attachment=file.media_type != JPEG,
        download_name=file.name,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _at_work(media: Media) -> bool:
    actor = current_actor()
    entries = db.session.scalars(select(Entry).where(Entry.photo_id == media.id))
    if _is_stamped_paper(media):
        return True
    places = [entry.event.where for entry in entries]
    return any(may(actor, permit, place) for place in places for permit in READERS)


def _is_stamped_paper(media: Media) -> bool:
    """Whether this is a stamped form of the visitor's own unit, or of an entry they review."""
    actor = current_actor()
    rows = db.session.scalars(select(Endorsement).where(Endorsement.scan_id == media.id))
    return any(
        may(actor, Permit.UNIT_ENDORSE, row.where)
        or may(actor, Permit.ENTRY_REVIEW, row.entry.event.where)
        for row in rows
    )


def _sent(name: str, cache: str) -> Response:
    answer = send_from_directory(shelf().folder, name)
    answer.headers["Cache-Control"] = cache
    return answer
