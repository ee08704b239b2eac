"""The list behind a figure of the plan: exactly what was counted, each with its own page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.targets import TITLE, Progress, goal_of, list_behind
from models.contests import Contest
from models.craftsmen import Craftsman, Honour
from models.indicators import Target
from models.people import Person
from models.studios import Studio
from rules.permits import Permit
from rules.states import HonourState
from rules.terms import HonourKind
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import label

bp = Blueprint("admin_target_lists", __name__, url_prefix="/admin/targets")


@dataclass(frozen=True)
class Counted:
    """One thing that was counted; ``url`` is empty where it has no public page."""

    name: str
    detail: str
    since: str
    url: str = ""


@bp.get("/<int:target_id>/")
@needs(Permit.STAFF_HOME)
def show(target_id: int) -> ResponseReturnValue:
    """Show what a figure counts, beside the goal."""
    target: Target = db.get_or_404(Target, target_id)
    found = list_behind(db.session(), target)
    if found is None:
        abort(404)
    return render_template(
        "admin/target_lists/show.html",
        line=Progress(target, goal_of(target), len(found)),
        rows=VIEWS[target.code](db.session(), found),
    )


def _people(session: Session, people: Sequence[Person]) -> list[Counted]:
    keys = [person.id for person in people]
    titles: dict[int, list[Honour]] = {}
    for honour in session.scalars(
        select(Honour)
        .where(
            Honour.person_id.in_(keys),
            Honour.kind == HonourKind.TITLE,
            Honour.state == HonourState.VALID,
            Honour.title.contains(TITLE),
        )
        .order_by(Honour.year, Honour.id)
    ):
        titles.setdefault(honour.person_id, []).append(honour)
    public = session.execute(
        select(Craftsman.person_id, Craftsman.slug).where(
            Craftsman.person_id.in_(keys), Craftsman.is_public
        )
    )
    slugs: dict[int, str] = dict(public.all())
    return [
        Counted(
            person.name,
            "、".join(honour.title for honour in titles[person.id]),
            str(titles[person.id][0].year),
            url_for("craftsmen.show", slug=slugs[person.id]) if person.id in slugs else "",
        )
        for person in people
    ]


def _studios(_session: Session, studios: Iterable[Studio]) -> list[Counted]:
    return [
        Counted(
            studio.name,
            label(studio.level),
            short_day(studio.established_on),
            url_for("studios.show", slug=studio.slug),
        )
        for studio in studios
    ]


def _contests(_session: Session, contests: Iterable[Contest]) -> list[Counted]:
    return [
        Counted(
            contest.name,
            f"{label(contest.level)} · {label(contest.contest_class)}",
            short_day(contest.starts_on),
            url_for("contests.show", slug=contest.slug),
        )
        for contest in contests
    ]


VIEWS: Final[dict[str, Callable[[Session, Any], list[Counted]]]] = {
    "mingjiang": _people,
    "mingjiang_studios": _studios,
    "higher_studios": _studios,
    "contests": _contests,
}
