"""Each mark as it is entered: one cell by script, the whole sheet without."""

import secrets

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from actions.scores import MarkEntry, enter_mark, is_disputed, mark_presence, scheme_of
from admin.judging.blueprint import bp
from admin.judging.grid import cell_view, grid_of
from admin.judging.seats import seat_here, sheet_here
from models.contests import Event
from models.judging import Cell, cell_of
from models.scores import ScoreSheet
from rules.errors import Invalid, Refusal, Stale
from rules.permits import Permit
from web.db import db
from web.errors import STATUS, sentence
from web.guard import needs
from web.login import desk

MAX_VALUE, MAX_KEY, MAX_REASON = 16, 40, 200


@bp.post("/<int:event_id>/mark")
@needs(Permit.MARK_ENTER)
def mark(event_id: int) -> ResponseReturnValue:
    """Take one mark; the answer says what is recorded now, or why nothing was."""
    event, seat = seat_here(event_id)
    sheet = sheet_here(seat)
    entry = _entry(request.get_json(silent=True))
    try:
        row = enter_mark(desk(), sheet, entry)
    except Refusal as refusal:
        db.session.rollback()
        status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
        return _refused(sheet, entry, refusal), status
    answer = _shown(event, sheet, entry, Cell(row.value, row.seq, row.at))
    db.session.commit()
    return answer


@bp.post("/<int:event_id>/presence")
@needs(Permit.MARK_ENTER)
def presence(event_id: int) -> ResponseReturnValue:
    """Record a work as absent, or as there after all."""
    _, seat = seat_here(event_id)
    mark_presence(
        desk(),
        sheet_here(seat),
        request.form.get("code", "")[:8],
        absent=request.form.get("absent") == "yes",
        client_key=request.form.get("key", "")[:MAX_KEY] or secrets.token_hex(8),
    )
    db.session.commit()
    return redirect(url_for(".grid", event_id=event_id))


def take_all(sheet: ScoreSheet) -> list[str]:
    """Take every changed cell of a posted form; what is wrong is listed, the rest is kept."""
    troubles = []
    at = desk()
    reason = request.form.get("reason", "")[:MAX_REASON]
    for row in grid_of(at, sheet).rows:
        for cell in row.cells if not row.shut else ():
            name = f"{row.code}:{cell.aspect}"
            value = request.form.get(name, cell.value)[:MAX_VALUE]
            if not cell.mine or value.strip() == cell.value:
                continue
            key = f"{request.form.get('key', '')[:16]}-{name}"
            entry = MarkEntry(row.code, cell.aspect, value, key, cell.seq, reason)
            try:
                enter_mark(at, sheet, entry)
            except (Invalid, Stale) as refusal:
                troubles.append(f"{row.code} {cell.aspect}：{sentence(refusal)}")
    db.session.commit()
    return troubles


def _entry(sent: object) -> MarkEntry:
    """Read one cell from JSON; whatever has the wrong shape reads as empty and is refused."""
    fields = sent if isinstance(sent, dict) else {}

    def text(name: str, most: int) -> str:
        value = fields.get(name)
        return value[:most] if isinstance(value, str) else ""

    based_on = fields.get("based_on")
    return MarkEntry(
        text("code", 8),
        text("aspect", 16),
        text("value", MAX_VALUE),
        text("key", MAX_KEY),
        based_on if isinstance(based_on, int) else 0,
        text("reason", MAX_REASON),
    )


def _shown(event: Event, sheet: ScoreSheet, entry: MarkEntry, cell: Cell) -> dict[str, object]:
    session = db.session()
    aspects = scheme_of(session, sheet).aspects()
    aspect = next(one for one in aspects if one.code == entry.aspect_code)
    apart = is_disputed(session, event, entry.work_code, aspect)
    view = cell_view(aspect, cell, apart=apart)
    points = "" if view.points is None else str(view.points)
    return {"ok": True, "seq": view.seq, "value": view.value, "points": points, "flag": view.flag}


def _refused(sheet: ScoreSheet, entry: MarkEntry, refusal: Refusal) -> dict[str, object]:
    """Say why; a stale mark gets what stands there now, a bare correction is asked for words."""
    answer: dict[str, object] = {"ok": False, "kind": "refused", "words": sentence(refusal)}
    if isinstance(refusal, Stale):
        there = cell_of(db.session(), sheet.id, entry.work_code, entry.aspect_code)
        answer["kind"] = "stale"
        answer["value"] = (there.value or "") if there else ""
        answer["seq"] = there.seq if there else 0
    elif isinstance(refusal, Invalid) and "reason" in refusal.fields:
        answer["kind"] = "reason"
    return answer
