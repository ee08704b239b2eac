"""Records that look like one person: found, told apart, merged."""

from typing import Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.duplicates import ask_again, ids_apart, suspicions, tell_apart
from actions.merges import merge_people, merge_plan
from actions.record_sides import side_of
from admin.forms.duplicates import ApartForm, MergeForm
from models.duplicates import NotSame, told_apart
from models.people import Person
from rules.duplicates import SLIP
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import ANYWHERE, Permit
from web.db import db
from web.errors import say, sentence
from web.guard import needs
from web.headers import keep_nothing
from web.login import desk, require_here
from web.paging import Page, asked_page

bp = Blueprint("admin_duplicates", __name__, url_prefix="/admin/duplicates")
keep_nothing(bp)
SIZE: Final = 25
TABLES: Final = {
    "account": _l("Account"),
    "apprenticeship": _l("Masters and apprentices"),
    "candidate": _l("Candidacies"),
    "certificate": _l("Certificates"),
    "consent": _l("Consents"),
    "correction": _l("Wishes for a correction"),
    "craftsman": _l("Profile"),
    "entry": _l("Entries"),
    "honour": _l("Honours"),
    "judge": _l("Place in the pool of judges"),
    "judge_tie": _l("Ties that judges have declared"),
    "not_same": _l("Kept apart"),
    "person": _l("Records merged earlier"),
    "studio": _l("Studios led"),
    "taken_number": _l("Files with the whole ID number"),
}
FACTS: Final = {
    "email": _l("E-mail"),
    "town_id": _l("Town"),
    "organization_id": _l("Unit"),
    "occupation_id": _l("Trade"),
    "position": _l("Post"),
    "skill_level": _l("Skill level"),
    "in_trade_since": _l("In the trade since"),
    "photo_id": _l("Portrait"),
    "gender": _l("Sex"),
    "birth_date": _l("Born"),
}


@bp.get("/")
@needs(Permit.PERSON_MERGE)
def index() -> ResponseReturnValue:
    """List the pairs that look alike, and those that were found to be two people."""
    require_here(Permit.PERSON_MERGE, ANYWHERE)
    found, number = suspicions(desk()), asked_page()
    page = Page(found[(number - 1) * SIZE : number * SIZE], number, SIZE, len(found))
    keys = {key for pair in page.rows for key in (pair.low, pair.high)}
    people = db.session.scalars(
        select(Person).where(Person.id.in_(keys)).options(joinedload(Person.organization))
    )
    apart = db.session.scalars(
        select(NotSame)
        .options(joinedload(NotSame.low), joinedload(NotSame.high), joinedload(NotSame.decider))
        .order_by(NotSame.id.desc())
    ).all()
    return render_template(
        "admin/duplicates/index.html",
        page=page,
        people={person.id: person for person in people},
        apart=apart,
    )


@bp.get("/<one>/<other>")
@needs(Permit.PERSON_MERGE)
def show(one: str, other: str) -> ResponseReturnValue:
    """Show two records side by side."""
    return _pair_page(one, other, ApartForm(formdata=None))


@bp.post("/<one>/<other>/apart")
@needs(Permit.PERSON_MERGE)
def apart(one: str, other: str) -> ResponseReturnValue:
    """Keep that two records are two people."""
    form = ApartForm()
    if not form.validate_on_submit():
        return _pair_page(one, other, form)
    people = _pair(one, other)
    try:
        tell_apart(desk(), *people, reason=form.reason.data)
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return _pair_page(one, other, form)
    db.session.commit()
    flash(gettext("Kept: two people. The pair is not shown again."), "done")
    return redirect(url_for(".index"))


@bp.post("/apart/<int:row_id>/again")
@needs(Permit.PERSON_MERGE)
def again(row_id: int) -> ResponseReturnValue:
    """Show a pair again that was told apart."""
    row: NotSame = db.get_or_404(NotSame, row_id)
    ask_again(desk(), row)
    db.session.commit()
    flash(gettext("The pair is shown again."), "done")
    return redirect(url_for(".index"))


@bp.route("/<kept>/keep/<gone>", methods=["GET", "POST"])
@needs(Permit.PERSON_MERGE)
def merge(kept: str, gone: str) -> ResponseReturnValue:
    """Say what merging would do and what stands in the way; then do it."""
    require_here(Permit.PERSON_MERGE, ANYWHERE)
    stays, goes = _pair(kept, gone)
    form = MergeForm()
    if form.validate_on_submit():
        try:
            merge_people(desk(), kept=stays, gone=goes, reason=form.reason.data)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        except (Blocked, NotPermitted) as refusal:
            db.session.rollback()
            form.form_errors += [sentence(refusal), *map(say, getattr(refusal, "reasons", ()))]
        else:
            db.session.commit()
            flash(gettext("Merged. All of it stands under %(name)s now.", name=stays.name), "done")
            return redirect(url_for(".index"))
    if _is_merged(stays, goes):
        return _one_already()
    plan = merge_plan(desk(), stays, goes)
    page = render_template(
        "admin/duplicates/merge.html",
        kept=side_of(desk(), stays),
        gone=side_of(desk(), goes),
        plan=plan,
        tables=TABLES,
        fills=[FACTS[name] for name in plan.fills],
        form=form,
    )
    return page, 422 if form.errors else 200


def _pair_page(one: str, other: str, form: ApartForm) -> ResponseReturnValue:
    require_here(Permit.PERSON_MERGE, ANYWHERE)
    people = sorted(_pair(one, other), key=lambda person: person.id)
    if _is_merged(*people):
        return _one_already()
    at = desk()
    places = ids_apart(at, *people)
    page = render_template(
        "admin/duplicates/show.html",
        sides=[side_of(at, person) for person in people],
        apart=told_apart(db.session(), people[0].id, people[1].id),
        places=places,
        is_slip=places is not None and places <= SLIP,
        form=form,
    )
    return page, 422 if form.errors else 200


def _pair(one: str, other: str) -> tuple[Person, Person]:
    rows = [
        db.one_or_404(
            select(Person)
            .filter_by(key=key)
            .options(
                joinedload(Person.organization),
                joinedload(Person.town),
                joinedload(Person.occupation),
            )
        )
        for key in (one, other)
    ]
    return rows[0], rows[1]


def _is_merged(*people: Person) -> bool:
    return any(person.merged_into_id is not None for person in people)


def _one_already() -> ResponseReturnValue:
    flash(gettext("These records were merged already; there is nothing left to do."), "done")
    return redirect(url_for(".index"))
