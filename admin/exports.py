"""Taking entries away as files: what the list shows, with a purpose; and the files to come."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

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
from actions.replies import answered_files, open_file, place_of
from adapters.archives import zip_stream
from adapters.documents import check_table, table_pdf
from adapters.entry_files import ENDINGS
from adapters.tables import csv_lines
from admin.contest_tabs import contest_here, events_here
from admin.entry_lists import view_here
from admin.forms.entry_lists import ExportForm
from admin.list_exports import printed_table
from models.contests import Contest
from models.entries import Entry
from models.exports import Export
from models.registration_forms import EntryFile
from models.views import by_keys, narrowed
from rules.errors import Invalid
from rules.list_terms import ExportKind
from rules.permits import Permit, may
from rules.states import ContestState, EventState, ExportState
from rules.text import clean_line
from web.clock import local
from web.db import db, reading
from web.entry_tables import WIDTHS, head, workbook
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
PDF_TYPE: Final = "application/pdf"
LONGEST_QUESTION: Final = 30
"""Characters of a question that stand in the name of its file."""
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
    may_whole = all(may(current_actor(), Permit.ENTRY_REVIEW, one.where) for one in events)
    form.kind.choices = [
        (kind.value, label(kind))
        for kind in ExportKind
        if kind is not ExportKind.COPY and (may_whole or kind is not ExportKind.FILES)
    ]
    if form.validate_on_submit():
        wish = Wish(ExportKind(form.kind.data), form.purpose.data, form.whole.data)
        today = local(request_time()).date()
        try:
            taken = export_entries(desk(), contest, view, wish, today=today)
            printed = _printed(contest, wish, taken) if wish.kind is ExportKind.PDF else None
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            db.session.commit()
            return _print(desk(), printed) if printed else _answer(contest, wish, taken)
    query = narrowed(view, [event.id for event in events], local(request_time()).date())
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    page = render_template(
        "admin/exports/new.html",
        contest=contest,
        view=view,
        form=form,
        total=total,
        may_whole=may_whole,
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
        body = _zip(_portraits(at, taken.keys, named=wish.whole))
    elif wish.kind is ExportKind.FILES:
        body = _zip(_attachments(at, taken.keys, whole=wish.whole))
    else:
        with reading():
            rows = rows_of(at, taken.keys, wish.kind, taken.columns, whole=wish.whole)
        book = workbook(wish.kind, contest.name, taken.columns, rows)
        body = Response(book, mimetype=XLSX_TYPE)
    return _file(body, file_name(at, wish.kind))


def _zip(files: Iterator[tuple[str, bytes]]) -> Response:
    return Response(stream_with_context(zip_stream(files)), mimetype=ZIP_TYPE)


def _printed(contest: Contest, wish: Wish, taken: Taken) -> dict[str, Any]:
    """Read the rows of a PDF and see that every sign of them can be printed."""
    rows = rows_of(desk(), taken.keys, wish.kind, taken.columns, whole=wish.whole)
    cells = [row[1:] for row in rows]
    check_table(cells)
    columns = [(label(column), WIDTHS[column]) for column in taken.columns]
    return printed_table(gettext("Entries"), contest.name, "", wish.purpose, columns, cells)


def _print(at: Desk, printed: dict[str, Any]) -> Response:
    answer = Response(table_pdf(printed), mimetype=PDF_TYPE)
    return _file(answer, file_name(at, ExportKind.PDF))


def _file(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _batches(at: Desk, keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut keys into batches; between two of them no transaction is held open."""
    for begin in range(0, len(keys), BATCH):
        yield keys[begin : begin + BATCH]
        at.session.rollback()


def _cells(at: Desk, taken: Taken, *, whole: bool) -> Iterator[list[str]]:
    for keys in _batches(at, taken.keys):
        with reading():
            rows = rows_of(at, keys, ExportKind.CSV, taken.columns, whole=whole)
        yield from (row[1:] for row in rows)


def _portraits(at: Desk, keys: Sequence[int], *, named: bool) -> Iterator[tuple[str, bytes]]:
    for some in _batches(at, keys):
        with reading():
            entries = at.session.scalars(by_keys(some)).all()
            found = [
                (f"{_stem(entry, named=named)}.jpg", f"{entry.photo.stem}.jpg")
                for entry in sorted(entries, key=lambda entry: some.index(entry.id))
                if entry.photo is not None
            ]
        for name, kept in found:
            if at.shelf.has(kept):
                yield name, at.shelf.get(kept)


def _attachments(at: Desk, keys: Sequence[int], *, whole: bool) -> Iterator[tuple[str, bytes]]:
    """Open what was sent with these entries, one file after the other."""
    for some in _batches(at, keys):
        with reading():
            entries = sorted(at.session.scalars(by_keys(some)), key=lambda one: some.index(one.id))
            found = [
                (_attachment_name(entry, field.label, number, file, named=whole), file.key)
                for entry, files in answered_files(at, entries, whole=whole)
                for number, (field, file) in enumerate(files, 1)
            ]
        for name, key in found:
            if at.shelf.has(place_of(key)):
                yield name, open_file(at, key)


def _attachment_name(
    entry: Entry, question: str, number: int, file: EntryFile, *, named: bool
) -> str:
    """Name a file by its entry, its question and a running number; its sender's name is left."""
    words = _safe(question)[:LONGEST_QUESTION] or file.slot
    return f"{_stem(entry, named=named)}-{words}-{number}.{ENDINGS[file.media_type]}"


def _stem(entry: Entry, *, named: bool) -> str:
    """Name an entry by its receipt, and by the person only where whole numbers are allowed."""
    stem = entry.receipt_no or entry.pass_no or f"entry-{entry.id}"
    if not named or entry.person is None:
        return stem
    return f"{stem}-{_safe(entry.person.name)}"


def _safe(words: str) -> str:
    return "".join(char for char in clean_line(words) if char.isalnum() or char == "·")
