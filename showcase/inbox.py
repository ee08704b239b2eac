"""One's own inbox: what the site has told this account, the record behind every mail and SMS."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from actions.messages import mark_all_read, mark_read
from models.messages import Message
from web.db import db, writing
from web.guard import signed_in
from web.headers import keep_nothing
from web.login import current_account, desk
from web.messages import unread
from web.paging import paged

bp = Blueprint("inbox", __name__, url_prefix="/account/inbox")
keep_nothing(bp)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List one's own messages, newest first; ``?unread=1`` leaves out what was read."""
    only = bool(request.args.get("unread"))
    query = select(Message).where(
        Message.account_id == current_account().id, Message.in_digest.is_(False)
    )
    if only:
        query = query.where(Message.read_at.is_(None))
    page = paged(query.order_by(Message.created_at.desc(), Message.id.desc()), size=20)
    return render_template("showcase/inbox/index.html", page=page, only=only, waiting=unread())


@bp.get("/<int:message_id>")
@signed_in
def show(message_id: int) -> ResponseReturnValue:
    """Show one message; opening it is reading it."""
    message = _own(message_id)
    if message.read_at is None:
        with writing():
            mark_read(desk(), _own(message_id))
            db.session.commit()
        message = _own(message_id)
    return render_template("showcase/inbox/show.html", message=message)


@bp.post("/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Mark everything as read."""
    mark_all_read(desk())
    db.session.commit()
    flash(gettext("Everything is marked as read."), "done")
    return redirect(url_for(".index"))


def _own(message_id: int) -> Message:
    query = select(Message).filter_by(id=message_id, account_id=current_account().id)
    message: Message = db.one_or_404(query.where(Message.in_digest.is_(False)))
    return message
