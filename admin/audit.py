"""The audit trail for the auditor: read, narrowed, taken away as a table; never changed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select

from adapters.tables import csv_lines
from admin.deeds import say_deed, say_thing
from models.accounts import Account
from models.audit import AuditLine
from rules.permits import Permit
from web.clock import from_local
from web.db import db
from web.filters import moment
from web.guard import needs
from web.login import request_time
from web.paging import paged

bp = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")
ORDERS = {"at": AuditLine.id}
NEWEST = AuditLine.id.desc()
AT_ONCE = 500
"""Lines fetched at once while a table is written."""


@dataclass(frozen=True)
class Wanted:
    """What the auditor looks for; ``bad_day`` is what was typed and is no day."""

    thing: str
    deed: str
    person: str
    day: dt.date | None
    bad_day: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """Return the parameters of the address."""
        day = self.day.isoformat() if self.day else ""
        return {"thing": self.thing, "deed": self.deed, "person": self.person, "day": day}


@bp.get("/")
@needs(Permit.AUDIT_READ)
def index() -> ResponseReturnValue:
    """List what was done, newest first."""
    wanted, sort = _wanted(), request.args.get("sort", "")
    page = paged(_narrowed(wanted).order_by(ORDERS.get(sort, NEWEST)))
    deeds = db.session.scalars(select(AuditLine.deed).distinct()).all()
    return render_template(
        "admin/audit/index.html",
        page=page,
        names=_names(page.rows),
        deeds=sorted((say_deed(code), code) for code in deeds),
        wanted=wanted,
        sort=sort,
        say_deed=say_deed,
        say_thing=say_thing,
    ), (422 if wanted.bad_day else 200)


@bp.get("/audit.csv")
@needs(Permit.AUDIT_READ)
def export() -> ResponseReturnValue:
    """Send the same lines as a table, oldest first."""
    lines = db.session.scalars(
        _narrowed(_wanted()).order_by(AuditLine.id).execution_options(yield_per=AT_ONCE)
    ).partitions()
    head = [gettext("Time"), gettext("Who"), gettext("Deed"), gettext("Thing"), gettext("Details")]
    answer = Response(
        stream_with_context(csv_lines(head, _rows(lines))), mimetype="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=audit-{request_time():%Y%m%d-%H%M}.csv"
    )
    return answer


def _wanted() -> Wanted:
    thing, deed, person, day = (
        request.args.get(name, "").strip() for name in ("thing", "deed", "person", "day")
    )
    try:
        return Wanted(thing, deed, person, dt.date.fromisoformat(day) if day else None)
    except ValueError:
        return Wanted(thing, deed, person, None, bad_day=day)


def _narrowed(wanted: Wanted) -> Select[AuditLine]:
    query = select(AuditLine)
    if wanted.thing:
        query = query.where(AuditLine.thing.startswith(wanted.thing, autoescape=True))
    if wanted.deed:
        query = query.where(AuditLine.deed == wanted.deed)
    if wanted.person:
        named = Account.display_name.icontains(wanted.person, autoescape=True)
        query = query.where(AuditLine.account_id.in_(select(Account.id).where(named)))
    if wanted.day:
        start = from_local(dt.datetime.combine(wanted.day, dt.time()))
        query = query.where(AuditLine.at >= start, AuditLine.at < start + dt.timedelta(days=1))
    return query


def _names(lines: Iterable[AuditLine]) -> dict[int | None, str]:
    numbers = {line.account_id for line in lines if line.account_id is not None}
    rows = db.session.execute(
        select(Account.id, Account.display_name).where(Account.id.in_(numbers))
    )
    return {None: gettext("the system"), **dict(rows.all())}


def _rows(batches: Iterable[Iterable[AuditLine]]) -> Iterator[tuple[str, ...]]:
    for batch in batches:
        lines = list(batch)
        names = _names(lines)
        for line in lines:
            detail = "; ".join(f"{name}: {value}" for name, value in line.detail.items())
            who = names[line.account_id]
            yield moment(line.at), who, say_deed(line.deed), line.thing, detail
