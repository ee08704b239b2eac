"""Writing files in the background, a thousand entries or one event of a copy an errand."""

import json
from collections.abc import Sequence
from typing import Any, Final

from actions.desk import Desk
from actions.exports import (
    finish_export,
    keep_part,
    next_parts,
    parts_kept,
    remove_export,
)
from models.exports import Export
from models.views import by_keys
from rules.list_terms import EntryColumn, ExportKind
from rules.states import ExportState
from web import archives
from web.clock import local
from web.entry_tables import cells, grouped, workbook
from web.outbox import carries

ENDINGS: Final = {
    ExportKind.CSV: "csv",
    ExportKind.PDF: "pdf",
    ExportKind.PHOTOS: "zip",
    ExportKind.FILES: "zip",
}
PLAIN: Final = (ExportKind.XLSX, ExportKind.CSV, ExportKind.PDF)


@carries("write_export")
def write_export(desk: Desk, payload: dict[str, Any]) -> None:
    """Write the next part of a file, and the file itself after the last one."""
    export = desk.session.get_one(Export, payload["export_id"])
    if export.state is not ExportState.WAITING:
        return
    keys = next_parts(export)
    copy = export.kind is ExportKind.COPY
    part = archives.event_part(desk, export.contest, keys) if copy else _rows(desk, export, keys)
    if not keep_part(desk, export, part, len(keys)):
        return
    if copy:
        data = archives.whole_copy(desk, export.contest, parts_kept(desk, export))
        finish_export(desk, export, data, f"{export.contest.slug}.zip")
    else:
        finish_export(desk, export, _workbook(desk, export), file_name(desk, export.kind))


@carries("remove_export")
def take_away(desk: Desk, payload: dict[str, Any]) -> None:
    """Remove a file whose day is over."""
    remove_export(desk, desk.session.get_one(Export, payload["export_id"]))


def file_name(desk: Desk, kind: ExportKind) -> str:
    """Name a file by its kind and the moment; nothing of its content stands in the name."""
    ending = ENDINGS.get(kind, "xlsx")
    stem = "entries" if kind in PLAIN else kind.value
    return f"{stem}-{local(desk.now):%Y%m%d-%H%M}.{ending}"


def rows_of(
    desk: Desk,
    keys: Sequence[int],
    kind: ExportKind,
    columns: Sequence[EntryColumn],
    *,
    whole: bool,
) -> list[list[str]]:
    """Read entries and write each as a row, its block first, in the order of the keys."""
    found = {entry.id: entry for entry in desk.session.scalars(by_keys(keys))}
    today = local(desk.now).date()
    return [
        [
            grouped(kind, found[key], today),
            *cells(desk, found[key], columns, today, whole=whole),
        ]
        for key in keys
        if key in found
    ]


def _rows(desk: Desk, export: Export, keys: Sequence[int]) -> bytes:
    columns = [EntryColumn(name) for name in export.columns]
    rows = rows_of(desk, keys, export.kind, columns, whole=export.whole)
    return json.dumps(rows, ensure_ascii=False).encode()


def _workbook(desk: Desk, export: Export) -> bytes:
    rows = [row for part in parts_kept(desk, export) for row in json.loads(part)]
    columns = [EntryColumn(name) for name in export.columns]
    return workbook(export.kind, export.contest.name, columns, rows)
