"""Taking a list away: one page asks the kind of file and the purpose, for every list there is."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask import (
    Blueprint,
    Response,
    current_app,
    render_template,
    stream_with_context,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import func, select

from actions.list_exports import LIST_KINDS, MOST_ROWS, take_list
from adapters.documents import check_table, table_pdf
from adapters.tables import csv_lines
from adapters.workbooks import Page, write_workbook
from admin.forms.list_exports import ListExportForm
from rules.errors import Invalid
from rules.list_terms import ExportKind
from web.clock import local
from web.db import db, reading
from web.filters import moment
from web.guard import signed_in
from web.headers import keep_nothing
from web.labels import label
from web.list_tables import BATCH, ListTable, Row, address, rows_of, table_here
from web.login import current_account, desk, request_time

bp = Blueprint("admin_list_exports", __name__, url_prefix="/admin/lists")
TYPES: Final = {
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportKind.CSV: "text/csv; charset=utf-8",
    ExportKind.PDF: "application/pdf",
}
SHEET_NAME: Final = 28
"""Characters of a sheet's name; the format takes 31."""
NOT_IN_SHEET_NAMES: Final = str.maketrans("", "", "[]:*?/\\'")
keep_nothing(bp)


@bp.route("/<name>/export", methods=["GET", "POST"])
@signed_in
def export(name: str) -> ResponseReturnValue:
    """Say which rows and filters, ask kind and purpose, then send the file."""
    table = table_here(name, desk())
    form = ListExportForm(data={"kind": ExportKind.XLSX.value})
    form.kind.choices = [(kind.value, label(kind)) for kind in LIST_KINDS]
    if form.validate_on_submit():
        try:
            return _taken(table, ExportKind(form.kind.data), form.purpose.data)
        except Invalid as refusal:
            db.session.rollback()
            table = table_here(name, desk())
            form.take(refusal)
    every = select(func.count()).select_from(table.query.order_by(None).subquery())
    page = render_template(
        "admin/list_exports/new.html",
        table=table,
        unit=table.unit,
        tab=table.tab,
        form=form,
        total=db.session.scalar(every),
        most=MOST_ROWS,
    )
    return page, 422 if form.errors else 200


def _taken(table: ListTable, kind: ExportKind, purpose: str) -> Response:
    """Record the deed, commit, and send; a file its reader waits for is read before that."""
    keys = take_list(desk(), table, kind, purpose)
    if kind is ExportKind.CSV:
        db.session.commit()
        lines = csv_lines(table.head, _streamed(table.name, keys))
        return _file(Response(stream_with_context(lines), content_type=TYPES[kind]), table, kind)
    rows = list(rows_of(db.session(), table, keys))
    words = [[str(cell) for cell in row] for row in rows]
    if kind is ExportKind.PDF:
        check_table(words)
    filters = "　".join(f"{words}：{value}" for words, value in table.narrowed_by)
    printed = printed_table(table.title, table.about, filters, purpose, table.columns, words)
    db.session.commit()
    data = table_pdf(printed) if kind is ExportKind.PDF else _workbook(table, rows)
    return _file(Response(data, content_type=TYPES[kind]), table, kind)


def _streamed(name: str, keys: Sequence[int]) -> Iterator[Row]:
    """Read batch by batch; between two of them no transaction is held open.

    The list is opened anew: while a file is sent, the session it was asked in is gone.
    """
    for at in range(0, len(keys), BATCH):
        with reading():
            table = table_here(name, desk())
            rows = list(rows_of(db.session(), table, keys[at : at + BATCH]))
        yield from rows
        db.session.rollback()


def _workbook(table: ListTable, rows: Sequence[Row]) -> bytes:
    name = table.title.translate(NOT_IN_SHEET_NAMES)[:SHEET_NAME]
    return write_workbook([Page(name, table.head, rows, table.widths)])


def printed_table(
    title: str,
    about: str,
    filters: str,
    purpose: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """Fill the printed table: what was narrowed, how many, when, by whom and what for."""
    made = gettext(
        "%(rows)s · made on %(when)s by %(who)s · for: %(purpose)s",
        rows=ngettext("%(num)d row", "%(num)d rows", len(rows)),
        when=moment(request_time()),
        who=current_account().display_name,
        purpose=purpose,
    )
    return {
        "title": title,
        "about": about,
        "lines": [line for line in (filters, made) if line],
        "foot": f"{current_app.config['SETTINGS'].site_name}　{title}",
        "head": [words for words, _ in columns],
        "widths": [width for _, width in columns],
        "rows": rows,
    }


def _file(answer: Response, table: ListTable, kind: ExportKind) -> Response:
    """Name the file by its list and the moment; nothing of its content stands in the name."""
    name = f"{table.name}-{local(request_time()):%Y%m%d-%H%M}.{kind.value}"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@bp.app_template_global()
def list_address(name: str, keep: dict[str, Any]) -> str:
    """Return where a list is taken away, with the filters it is shown by."""
    return address("admin_list_exports.export", {"name": name, **keep})
