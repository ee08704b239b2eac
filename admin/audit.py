"""The audit trail for the auditor: read, narrowed, taken away as a table; never changed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select

from admin.deeds import say_deed, say_thing
from admin.list_exports import list_address
from models.accounts import Account
from models.audit import AuditLine
from rules.permits import Permit
from web.clock import from_local
from web.db import db
from web.filters import moment
from web.guard import needs
from web.list_tables import ListTable, address, list_table
from web.paging import paged

bp = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")
ORDERS = {"at": AuditLine.id}
NEWEST = AuditLine.id.desc()


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
    page = paged(_narrowed(wanted, sort))
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
    """Lead from the former address of the table to where its purpose is asked."""
    return redirect(list_address("audit", _wanted().kept))


@list_table("audit")
def as_table() -> ListTable:
    """The same lines to take away."""
    wanted, sort = _wanted(), request.args.get("sort", "")
    return ListTable(
        name="audit",
        title=gettext("Audit trail"),
        permits=(Permit.AUDIT_READ,),
        query=_narrowed(wanted, sort),
        key=AuditLine.id,
        filters={**wanted.kept, "sort": sort},
        said=(
            (gettext("Thing"), wanted.thing),
            (gettext("Deed"), say_deed(wanted.deed) if wanted.deed else ""),
            (gettext("Who"), wanted.person),
            (gettext("Day"), wanted.kept["day"]),
        ),
        columns=(
            (gettext("Time"), 18),
            (gettext("Who"), 14),
            (gettext("Deed"), 24),
            (gettext("Thing"), 24),
            (gettext("Details"), 60),
        ),
        rows=_cells,
        back=address("admin_audit.index", {**wanted.kept, "sort": sort}),
    )


def _wanted() -> Wanted:
    thing, deed, person, day = (
        request.args.get(name, "").strip() for name in ("thing", "deed", "person", "day")
    )
    try:
        return Wanted(thing, deed, person, dt.date.fromisoformat(day) if day else None)
    except ValueError:
        return Wanted(thing, deed, person, None, bad_day=day)


def _narrowed(wanted: Wanted, sort: str) -> Select[AuditLine]:
    query = select(AuditLine).order_by(ORDERS.get(sort, NEWEST))
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


def _cells(lines: Sequence[AuditLine]) -> list[tuple[str, ...]]:
    names = _names(lines)
    return [
        (
            moment(line.at),
            names[line.account_id],
            say_deed(line.deed),
            line.thing,
            "; ".join(f"{name}: {value}" for name, value in line.detail.items()),
        )
        for line in lines
    ]
