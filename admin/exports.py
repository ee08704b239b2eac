"""Taking entries away as files: what the list shows, with a purpose; and the files to come."""

from collections.abc import Iterator, Sequence
from typing import Final

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select

from actions.desk import Desk
from actions.exports import Taken, Wish, copy_contest, export_entries, fetch_export
from adapters.archives import zip_stream
from adapters.tables import csv_lines
from admin.contest_tabs import contest_here, events_here
from admin.entry_lists import view_here
from admin.forms.entry_lists import ExportForm
from models.contests import Contest
from models.entries import Entry
from models.exports import Export
from models.views import by_keys, narrowed
from rules.errors import Invalid
from rules.permits import Permit, may
from rules.states import ContestState, EventState, ExportState
from rules.terms import ExportKind
from rules.text import clean_line
from web.clock import local
from web.db import db, reading
from web.entry_tables import head, workbook
from web.exports import file_name, rows_of
from web.guard import needs
from web.headers import keep_nothing
from web.labels import label
from web.login import current_actor, desk, request_time, require_here

bp = Blueprint("admin_exports", __name__, url_prefix="/admin/contests/<int:contest_id>")
BATCH: Final = 500
"""Entries read at once while a file is sent."""
LISTED: Final = 30
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_TYPE: Final = "application/zip"
CSV_TYPE: Final = "text/csv; charset=utf-8"
OVER: Final = (EventState.AWARDED, EventState.CANCELLED)
keep_nothing(bp)


@bp.route("/entries/export", methods=["GET", "POST"])
@needs(Permit.ENTRY_LIST)
def export(contest_id: int) -> ResponseReturnValue:
    """Ask for kind and purpose, then send the file or have it written in the background."""
    contest, view = contest_here(contest_id), view_here()
    events = events_here(contest, Permit.ENTRY_LIST)
    form = ExportForm(data={"kind": ExportKind.XLSX.value})
    form.kind.choices = [
        (kind.value, label(kind)) for kind in ExportKind if kind is not ExportKind.COPY
    ]
    if form.validate_on_submit():
        wish = Wish(ExportKind(form.kind.data), form.purpose.data, form.whole.data)
        today = local(request_time()).date()
        try:
            taken = export_entries(desk(), contest, view, wish, today=today)
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            return _answer(contest, wish, taken)
    query = narrowed(view, [event.id for event in events], local(request_time()).date())
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    page = render_template(
        "admin/exports/new.html",
        contest=contest,
        view=view,
        form=form,
        total=total,
        may_whole=all(may(current_actor(), Permit.ENTRY_REVIEW, one.where) for one in events),
    )
    return page, 422 if form.errors or view.faults else 200


@bp.get("/exports/")
@needs(Permit.STAFF_HOME)
def index(contest_id: int) -> ResponseReturnValue:
    """List the visitor's own files of this contest: how far they are, and where they lie."""
    contest = contest_here(contest_id)
    may_copy = may(current_actor(), Permit.CONTEST_EDIT, contest.where)
    if not may_copy:
        events_here(contest, Permit.ENTRY_LIST)
    files = db.session.scalars(
        select(Export)
        .filter_by(contest_id=contest_id, account_id=current_actor().account_id)
        .order_by(Export.id.desc())
        .limit(LISTED)
    ).all()
    return render_template(
        "admin/exports/index.html",
        contest=contest,
        files=files,
        waiting=any(one.state is ExportState.WAITING for one in files),
        may_copy=may_copy,
        is_over=contest.state in (ContestState.ANNOUNCED, ContestState.ARCHIVED)
        and all(event.state in OVER for event in contest.events),
    )


@bp.post("/exports/copy")
@needs(Permit.CONTEST_EDIT)
def copy(contest_id: int) -> ResponseReturnValue:
    """Have a finished contest written as a copy that opens without the site."""
    contest = contest_here(contest_id)
    require_here(Permit.CONTEST_EDIT, contest.where)
    copy_contest(desk(), contest)
    db.session.commit()
    flash(gettext("The copy is being written. This page shows when it is ready."), "done")
    return redirect(url_for(".index", contest_id=contest_id))


@bp.get("/exports/<int:export_id>")
@needs(Permit.STAFF_HOME)
def fetch(contest_id: int, export_id: int) -> ResponseReturnValue:
    """Send a file that was written in the background."""
    row: Export = db.one_or_404(
        select(Export).filter_by(
            id=export_id, contest_id=contest_id, account_id=current_actor().account_id
        )
    )
    kind = ZIP_TYPE if row.kind is ExportKind.COPY else XLSX_TYPE
    return _file(Response(fetch_export(desk(), row), mimetype=kind), row.file_name)


def _answer(contest: Contest, wish: Wish, taken: Taken) -> ResponseReturnValue:
    if taken.export is not None:
        flash(
            gettext(
                "%(count)s rows are being written. This page shows when the file is ready.",
                count=len(taken.keys),
            ),
            "done",
        )
        return redirect(url_for(".index", contest_id=contest.id))
    at = desk()
    if wish.kind is ExportKind.CSV:
        lines = csv_lines(head(taken.columns), _cells(at, taken, whole=wish.whole))
        body = Response(stream_with_context(lines), content_type=CSV_TYPE)
    elif wish.kind is ExportKind.PHOTOS:
        packed = zip_stream(_portraits(at, taken.keys, named=wish.whole))
        body = Response(stream_with_context(packed), mimetype=ZIP_TYPE)
    else:
        with reading():
            rows = rows_of(at, taken.keys, wish.kind, taken.columns, whole=wish.whole)
        book = workbook(wish.kind, contest.name, taken.columns, rows)
        body = Response(book, mimetype=XLSX_TYPE)
    return _file(body, file_name(at, wish.kind))


def _file(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut keys into batches; between two of them no transaction is held open."""
    for at in range(0, len(keys), BATCH):
        yield keys[at : at + BATCH]
        db.session.rollback()


def _cells(at: Desk, taken: Taken, *, whole: bool) -> Iterator[list[str]]:
    for keys in _batches(taken.keys):
        with reading():
            rows = rows_of(at, keys, ExportKind.CSV, taken.columns, whole=whole)
        yield from (row[1:] for row in rows)


def _portraits(at: Desk, keys: Sequence[int], *, named: bool) -> Iterator[tuple[str, bytes]]:
    for some in _batches(keys):
        with reading():
            entries = at.session.scalars(by_keys(some)).all()
            found = [
                (_portrait_name(entry, named=named), f"{entry.photo.stem}.jpg")
                for entry in sorted(entries, key=lambda entry: some.index(entry.id))
                if entry.photo is not None
            ]
        for name, kept in found:
            if at.shelf.has(kept):
                yield name, at.shelf.get(kept)


def _portrait_name(entry: Entry, *, named: bool) -> str:
    """Name a portrait by its receipt, and by the person only where whole numbers are allowed."""
    stem = entry.receipt_no or f"entry-{entry.id}"
    if not named or entry.person is None:
        return f"{stem}.jpg"
    plain = "".join(char for char in clean_line(entry.person.name) if char.isalnum() or char == "·")
    return f"{stem}-{plain}.jpg"
