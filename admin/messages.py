"""Messages to an event's entrants: written, previewed, held, released; their copies followed."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from actions.announcements import (
    discard_announcement,
    edit_announcement,
    event_values,
    hold_announcement,
    recipients_of,
    release_announcement,
    templates_of,
    values_for,
)
from actions.messages import resend, resend_failed, shown_address
from admin.events import event_here
from admin.forms.messages import AnnouncementForm, given_by
from models.announcements import Announcement, MessageTemplate
from models.contests import Event
from models.deliveries import copies_of, copy_counts, draft_owners, reach_of
from models.entries import Entry
from models.messages import Delivery, Message
from rules.announcements import BUILT_IN, REACHES, BuiltIn, fill
from rules.errors import Invalid
from rules.permits import Permit
from rules.privacy import notice_name
from rules.states import AnnouncementState, DeliveryState
from rules.terms import Audience
from web.db import db
from web.filters import moment
from web.guard import needs
from web.headers import keep_nothing
from web.labels import label
from web.list_tables import ListTable, address, list_table, said
from web.login import desk
from web.messages import words_of
from web.paging import paged

bp = Blueprint("admin_messages", __name__, url_prefix="/admin/events/<int:event_id>/messages")
keep_nothing(bp)


@bp.get("/")
@needs(Permit.MESSAGE_SEND)
def index(event_id: int) -> ResponseReturnValue:
    """List what was written, and the copies of everything the event's entrants were told."""
    event = event_here(event_id, Permit.MESSAGE_SEND)
    kept = _kept()
    written = db.session.scalars(
        select(Announcement)
        .where(Announcement.event_id == event_id)
        .where(Announcement.state != AnnouncementState.DISCARDED)
        .order_by(Announcement.id.desc())
        .limit(50)
    ).all()
    page = paged(_copies(event_id, kept))
    return render_template(
        "admin/messages/index.html",
        event=event,
        written=[(row, fill(row.subject, event_values(event))) for row in written],
        page=page,
        rows=_shown(event, page.rows),
        counts=copy_counts(db.session(), event_id),
        states=list(DeliveryState),
        kept=kept,
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.MESSAGE_SEND)
def new(event_id: int) -> ResponseReturnValue:
    """Write a message, from a kept text or from nothing; it is held, not sent."""
    event = event_here(event_id, Permit.MESSAGE_SEND)
    form = AnnouncementForm(_entries(event_id), data=_start(request.args.get("text", "")))
    if form.validate_on_submit():
        try:
            row = hold_announcement(desk(), event, form.text())
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            return _done(row, gettext("Held. Look through the recipients, then release it."))
    return _form_page(event_id, form, None)


@bp.get("/<int:row_id>/")
@needs(Permit.MESSAGE_SEND)
def show(event_id: int, row_id: int) -> ResponseReturnValue:
    """Show a message as each recipient reads it, and what may be done with it."""
    row = _row(event_id, row_id)
    people = recipients_of(desk(), row) if row.state is AnnouncementState.HELD else []
    at = min(max(request.args.get("at", 1, type=int), 1), max(len(people), 1))
    values = values_for(row.event, people[at - 1], shown=True) if people else {}
    values = {**event_values(row.event), **values}
    return render_template(
        "admin/messages/show.html",
        event=row.event,
        row=row,
        people=people,
        at=at,
        subject=fill(row.subject, values),
        body=fill(row.body, values),
        reach=reach_of(db.session(), row) if row.state is AnnouncementState.RELEASED else None,
    )


@bp.route("/<int:row_id>/edit", methods=["GET", "POST"])
@needs(Permit.MESSAGE_SEND)
def edit(event_id: int, row_id: int) -> ResponseReturnValue:
    """Change a message that is held."""
    row = _row(event_id, row_id)
    form = AnnouncementForm(_entries(event_id), data=given_by(row))
    if form.validate_on_submit():
        try:
            edit_announcement(desk(), row, form.text())
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            return _done(row, gettext("Saved."))
    return _form_page(event_id, form, row_id)


@bp.post("/<int:row_id>/release")
@needs(Permit.MESSAGE_SEND)
def release(event_id: int, row_id: int) -> ResponseReturnValue:
    """Release a held message; a second click finds it released and tells nobody again."""
    row = _row(event_id, row_id)
    count = release_announcement(desk(), row)
    if not count:
        return _done(row, gettext("It was released already. Nobody is told twice."))
    words = ngettext("Released to %(num)d person.", "Released to %(num)d people.", count)
    return _done(row, words)


@bp.post("/<int:row_id>/discard")
@needs(Permit.MESSAGE_SEND)
def discard(event_id: int, row_id: int) -> ResponseReturnValue:
    """Throw a held message away."""
    discard_announcement(desk(), _row(event_id, row_id))
    db.session.commit()
    flash(gettext("Discarded. Nobody was told."), "done")
    return redirect(url_for(".index", event_id=event_id))


@bp.post("/copies/<int:copy_id>/resend")
@needs(Permit.MESSAGE_SEND)
def send_again(event_id: int, copy_id: int) -> ResponseReturnValue:
    """Send one copy that was given up again."""
    event_here(event_id, Permit.MESSAGE_SEND)
    query = select(Delivery).join(Delivery.message).where(Delivery.id == copy_id)
    resend(desk(), db.one_or_404(query.where(Message.event_id == event_id)))
    return _resent(event_id, 1)


@bp.post("/copies/resend")
@needs(Permit.MESSAGE_SEND)
def send_all_again(event_id: int) -> ResponseReturnValue:
    """Send every copy that was given up again."""
    return _resent(event_id, resend_failed(desk(), event_here(event_id, Permit.MESSAGE_SEND)))


@list_table("messages")
def as_table() -> ListTable:
    """The copies of what the event's entrants were told, to take away; addresses stay masked."""
    event = event_here(request.args.get("event", 0, type=int), Permit.MESSAGE_SEND)
    kept = _kept()
    return ListTable(
        name="messages",
        title=gettext("Copies by mail and SMS"),
        about=f"{event.contest.name} · {event.name}",
        permits=(Permit.MESSAGE_SEND,),
        place=event.where,
        thing=f"event:{event.id}",
        query=_copies(event.id, kept),
        key=Delivery.id,
        filters={"event": str(event.id), **kept},
        said=((gettext("State"), said(DeliveryState, kept["state"])),),
        columns=(
            (gettext("Message"), 40),
            (gettext("Name"), 12),
            (gettext("Sent to"), 24),
            (gettext("Way of sending"), 10),
            (gettext("State"), 10),
            (gettext("Trouble"), 24),
            (gettext("Time"), 18),
        ),
        rows=lambda rows: _cells(event, rows),
        back=address("admin_messages.index", {"event_id": event.id, **kept}),
    )


def _cells(event: Event, rows: Sequence[Delivery]) -> list[tuple[str, ...]]:
    return [
        (
            subject,
            name,
            address,
            label(row.channel),
            label(row.state),
            row.trouble,
            moment(row.sent_at or row.due_at),
        )
        for row, name, address, subject in _shown(event, rows)
    ]


def _kept() -> dict[str, str]:
    about = request.args.get("about", 0, type=int)
    return {"state": request.args.get("state", ""), "about": str(about or "")}


def _copies(event_id: int, kept: dict[str, str]) -> Select[Any]:
    state = DeliveryState(kept["state"]) if kept["state"] in list(DeliveryState) else None
    thing = f"announcement:{kept['about']}" if kept["about"] else ""
    return copies_of(event_id, state=state, thing=thing)


def _resent(event_id: int, count: int) -> ResponseReturnValue:
    db.session.commit()
    flash(ngettext("%(num)d copy is sent again.", "%(num)d copies are sent again.", count), "done")
    return redirect(url_for(".index", event_id=event_id))


def _row(event_id: int, row_id: int) -> Announcement:
    event_here(event_id, Permit.MESSAGE_SEND)
    query = select(Announcement).filter_by(id=row_id, event_id=event_id)
    row: Announcement = db.one_or_404(query)
    return row


def _entries(event_id: int) -> list[Entry]:
    return list(
        db.session.scalars(
            select(Entry)
            .where(Entry.event_id == event_id, Entry.state.in_(REACHES[Audience.ONE]))
            .options(joinedload(Entry.person))
            .order_by(Entry.receipt_no)
        )
    )


def _start(key: str) -> dict[str, Any]:
    """Fill the form from a kept text: ``b0`` is the first built-in one, ``7`` one of the office."""
    text: BuiltIn | MessageTemplate | None = None
    if key[:1] == "b" and key[1:].isdecimal() and int(key[1:]) < len(BUILT_IN):
        text = BUILT_IN[int(key[1:])]
    elif key.isdecimal():
        text = db.session.get(MessageTemplate, int(key))
    if text is None:
        return given_by(None)
    return {"audience": text.audience.value, "subject": text.subject, "body": text.body}


def _form_page(event_id: int, form: AnnouncementForm, row_id: int | None) -> ResponseReturnValue:
    page = render_template(
        "admin/messages/form.html",
        event=event_here(event_id, Permit.MESSAGE_SEND),
        form=form,
        row_id=row_id,
        built_in=BUILT_IN,
        own=templates_of(desk()),
    )
    return page, 422 if form.errors else 200


def _shown(event: Event, rows: Sequence[Delivery]) -> list[tuple[Delivery, str, str, str]]:
    """Return each copy with the name staff may read, its masked address and its subject."""
    at, hidden = desk(), draft_owners(db.session(), event.id)
    found = []
    for row in rows:
        account = row.message.account
        name = account.person.name if account.person else account.display_name
        shown = notice_name(name) if account.id in hidden else name
        found.append((row, shown, shown_address(at, row), words_of(row.message).subject))
    return found


def _done(row: Announcement, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".show", event_id=row.event_id, row_id=row.id))
