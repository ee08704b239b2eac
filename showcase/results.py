"""Posted results, and for each line the one page that answers why."""

import json
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from models.public import contests
from models.public.contests import EventRow
from models.public.results import PublicResult, ResultRow, recount, result, scheme_of
from rules.ledger import spell
from web.db import db
from web.guard import public
from web.result_words import key_words
from web.rules_words import parts

bp = Blueprint("results", __name__, url_prefix="/contests/<slug>/<event>/results")


@dataclass(frozen=True)
class Neighbour:
    """The line above or below, and how far away it is in points."""

    name: str
    total: str
    gap: Decimal


def _posted(slug: str, event: str) -> tuple[EventRow, PublicResult]:
    row = contests.event(db.session(), slug, event)
    found = result(db.session(), row) if row else None
    if row is None or found is None:
        abort(404)
    return row, found


@bp.get("")
@public
def show(slug: str, event: str) -> ResponseReturnValue:
    """Show the whole result; winners by name, others masked."""
    row, found = _posted(slug, event)
    return render_template(
        "showcase/results/show.html",
        event=row,
        result=found,
        part_names=_parts(found),
        root=spell(found.ledger_root),
    )


@bp.get("/<int:line>")
@public
def explain(slug: str, event: str, line: int) -> ResponseReturnValue:
    """Show how one line was reached: raw marks, dropped, weighted, rounded, placed."""
    row, found = _posted(slug, event)
    own: ResultRow | None = next((one for one in found.rows if one.key == line), None)
    if own is None:
        abort(404)
    scheme = scheme_of(db.session(), found)
    return render_template(
        "showcase/results/explain.html",
        event=row,
        result=found,
        line=own,
        above=_neighbour(found, own, -1),
        below=_neighbour(found, own, 1),
        placed=sum(one.place is not None for one in found.rows),
        aspects={aspect.code: aspect for aspect in scheme.aspects()},
        modules={module.code: module.name for module in scheme.modules},
        names={one.work_code: one.name for one in found.rows},
        part_names=parts(),
        key_words=key_words,
    )


def _parts(found: PublicResult) -> dict[str, str]:
    """Name the parts this event has, in their usual order."""
    had = {code for row in found.rows for code in row.parts}
    return {code: words for code, words in parts().items() if code in had}


def _neighbour(found: PublicResult, own: ResultRow, step: int) -> Neighbour | None:
    at = found.rows.index(own) + step
    other = found.rows[at] if 0 <= at < len(found.rows) else None
    if other is None or other.total is None or own.total is None:
        return None
    return Neighbour(other.name, other.total, abs(Decimal(other.total) - Decimal(own.total)))


@bp.get("/recount.json")
@public
def download(slug: str, event: str) -> ResponseReturnValue:
    """Send rules, scheme and marks without names: anybody can compute the result again."""
    row, found = _posted(slug, event)
    body = json.dumps(recount(db.session(), row, found), ensure_ascii=False, indent=1)
    answer = Response(body, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename={slug}-{event}.json"
    return answer
