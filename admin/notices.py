"""Public notices for staff: drafted, scanned for personal numbers, published, withdrawn."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, or_, select, true

from actions.notices import edit_notice, publish_notice, withdraw_notice, write_notice
from adapters.markdown import render
from admin.forms.contests import GroundForm
from admin.forms.notices import NoticeForm
from models.contests import Contest
from models.notices import Notice
from rules.permits import ANYWHERE, Actor, Permit, Scope, may
from rules.states import NoticeState
from rules.terms import NoticeKind
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, each, list_table, said
from web.login import current_actor, desk, require_here
from web.paging import paged

bp = Blueprint("admin_notices", __name__, url_prefix="/admin/notices")
ORDERS = {
    "title": (Notice.title, Notice.id),
    "-title": (Notice.title.desc(), Notice.id),
    "published": (Notice.published_at, Notice.id),
    "-published": (Notice.published_at.desc(), Notice.id),
}
NEWEST = (Notice.id.desc(),)


@bp.get("/")
@needs(Permit.NOTICE_EDIT)
def index() -> ResponseReturnValue:
    """List the notices the visitor may write, newest first."""
    kept, sort = _kept(), request.args.get("sort", "")
    return render_template(
        "admin/notices/index.html",
        page=paged(_narrowed(kept, sort)),
        states=choices(NoticeState),
        kinds=choices(NoticeKind),
        kept=kept,
        sort=sort,
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.NOTICE_EDIT)
def new() -> ResponseReturnValue:
    """Draft a notice."""
    form = NoticeForm()
    if form.validate_on_submit() and not form.preview.data:
        number = form.number.data
        if db.session.scalar(select(Notice.id).filter_by(number=number)) is None:
            notice = write_notice(desk(), form.text(number))
            return _done(notice, gettext("The draft is saved. Read it once more, then publish."))
        form.number.errors = [gettext("There is already a notice of this number.")]
    return _form_page(form, None)


@bp.get("/<int:notice_id>/")
@needs(Permit.NOTICE_EDIT)
def show(notice_id: int) -> ResponseReturnValue:
    """Show one notice as it reads, and what can be done with it."""
    notice = _notice(notice_id)
    return render_template(
        "admin/notices/show.html",
        notice=notice,
        text=Markup(notice.body_html),  # noqa: S704  # nh3 has cleaned it when it was saved
        contest=_contest(notice),
    )


@bp.route("/<int:notice_id>/edit", methods=["GET", "POST"])
@needs(Permit.NOTICE_EDIT)
def edit(notice_id: int) -> ResponseReturnValue:
    """Change a draft."""
    notice = _notice(notice_id)
    form = NoticeForm(notice)
    if form.validate_on_submit() and not form.preview.data:
        edit_notice(desk(), notice, form.text(notice.number))
        return _done(notice, gettext("Saved."))
    return _form_page(form, notice)


@bp.post("/<int:notice_id>/publish")
@needs(Permit.NOTICE_EDIT)
def publish(notice_id: int) -> ResponseReturnValue:
    """Publish a draft that holds no personal number."""
    notice = _notice(notice_id)
    publish_notice(desk(), notice)
    return _done(notice, gettext("The notice is public."))


@bp.route("/<int:notice_id>/withdraw", methods=["GET", "POST"])
@needs(Permit.NOTICE_EDIT)
def withdraw(notice_id: int) -> ResponseReturnValue:
    """Ask once for the ground, then take the notice down."""
    notice, form = _notice(notice_id), GroundForm()
    if form.validate_on_submit():
        withdraw_notice(desk(), notice, ground=form.ground.data)
        return _done(notice, gettext("The notice is withdrawn."))
    status = 422 if form.errors else 200
    return render_template("admin/notices/withdraw.html", form=form, notice=notice), status


def _notice(notice_id: int) -> Notice:
    notice: Notice = db.get_or_404(Notice, notice_id)
    contest = _contest(notice)
    require_here(Permit.NOTICE_EDIT, contest.where if contest else ANYWHERE)
    return notice


def _contest(notice: Notice) -> Contest | None:
    return db.session.get(Contest, notice.contest_id) if notice.contest_id else None


@list_table("notices")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, sort = _kept(), request.args.get("sort", "")
    return ListTable(
        name="notices",
        title=gettext("Notices"),
        permits=(Permit.NOTICE_EDIT,),
        query=_narrowed(kept, sort),
        key=Notice.id,
        filters={**kept, "sort": sort},
        said=(
            (gettext("Title or number"), kept["q"]),
            (gettext("State"), said(NoticeState, kept["state"])),
            (gettext("Kind of notice"), said(NoticeKind, kept["kind"])),
        ),
        columns=(
            (gettext("Title of the notice"), 44),
            (gettext("Document number"), 22),
            (gettext("Kind of notice"), 12),
            (gettext("State"), 10),
            (gettext("Published on"), 12),
            (gettext("Last day for objections"), 14),
        ),
        rows=each(
            lambda row: (
                row.title,
                row.number,
                label(row.kind),
                label(row.state),
                short_day(row.published_at),
                short_day(row.closes_on),
            )
        ),
        back=address("admin_notices.index", {**kept, "sort": sort}),
    )


def _kept() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("q", "state", "kind")}


def _narrowed(kept: dict[str, str], sort: str) -> Select[Notice]:
    query = select(Notice).where(_writable(current_actor())).order_by(*ORDERS.get(sort, NEWEST))
    if kept["q"]:
        query = query.where(
            or_(
                Notice.title.contains(kept["q"], autoescape=True),
                Notice.number.contains(kept["q"], autoescape=True),
            )
        )
    if kept["state"] in list(NoticeState):
        query = query.where(Notice.state == NoticeState(kept["state"]))
    if kept["kind"] in list(NoticeKind):
        query = query.where(Notice.kind == NoticeKind(kept["kind"]))
    return query


def _writable(actor: Actor) -> ColumnElement[bool]:
    if may(actor, Permit.NOTICE_EDIT):
        return true()
    mine = [grant.scope_id for grant in actor.grants if grant.scope is Scope.CONTEST]
    return Notice.contest_id.in_(mine)


def _form_page(form: NoticeForm, notice: Notice | None) -> ResponseReturnValue:
    wanted = form.preview.data and form.body.data
    page = render_template(
        "admin/notices/form.html",
        form=form,
        notice=notice,
        preview=Markup(render(form.body.data)) if wanted else "",  # noqa: S704  # nh3 cleans it
    )
    return page, 422 if form.errors else 200


def _done(notice: Notice, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_notices.show", notice_id=notice.id))
