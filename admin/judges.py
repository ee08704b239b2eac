"""The pool of judges for the office: found, added, kept up to date, and their ties."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.appraisals import appraisals_before, last_grades
from actions.judges import JudgeText, add_judge, declare_tie, drop_tie, edit_judge, link_tie
from admin.forms.judges import AddForm, JudgeForm, TieForm
from admin.forms.judging import ReasonForm
from admin.judge_lists import asked, narrowed, with_account
from models.judges import Judge, JudgeTie, JudgeTrade
from models.occupations import Occupation
from models.people import Person
from rules.errors import Invalid
from rules.permits import ANYWHERE, Permit
from rules.terms import SkillLevel
from web.db import db
from web.guard import needs
from web.labels import choices
from web.login import desk, require_here
from web.paging import paged

bp = Blueprint("admin_judges", __name__, url_prefix="/admin/judges")
MOST_FOUND = 30


@bp.before_request
def of_the_whole_site() -> None:
    """Let in those who seat judges on the whole site: the pool belongs to no single contest."""
    require_here(Permit.PANEL_ASSIGN, ANYWHERE)


@bp.get("/")
@needs(Permit.PANEL_ASSIGN)
def index() -> ResponseReturnValue:
    """List the pool by name; trade, level and a day narrow it down."""
    kept = asked()
    page = paged(narrowed(kept))
    return render_template(
        "admin/judges/index.html",
        page=page,
        grades=last_grades(desk(), [row.person_id for row in page.rows]),
        kept=kept,
        trades=db.session.scalars(
            select(Occupation)
            .where(Occupation.id.in_(select(JudgeTrade.occupation_id)))
            .order_by(Occupation.name)
        ).all(),
        levels=choices(SkillLevel),
        accounts=with_account(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.PANEL_ASSIGN)
def new() -> ResponseReturnValue:
    """Find a person of the register by name and take the person into the pool."""
    q = request.args.get("q", "").strip()
    people = _outside(q) if q else []
    form = AddForm([(person.key, _unit(person)) for person in people])
    if form.validate_on_submit():
        person = next(row for row in people if row.key == form.person.data)
        own = (person.occupation,) if person.occupation else ()
        judge = add_judge(desk(), person, JudgeText(trades=own, since=person.in_trade_since))
        db.session.commit()
        flash(gettext("In the pool. Now add qualifications and days."), "done")
        return redirect(url_for(".edit", judge_id=judge.id))
    status = 422 if form.errors else 200
    return render_template("admin/judges/new.html", form=form, q=q, found=len(people)), status


@bp.get("/<int:judge_id>/")
@needs(Permit.PANEL_ASSIGN)
def show(judge_id: int) -> ResponseReturnValue:
    """Show one judge with ties."""
    return _page(_judge(judge_id), TieForm(formdata=None))


@bp.route("/<int:judge_id>/edit", methods=["GET", "POST"])
@needs(Permit.PANEL_ASSIGN)
def edit(judge_id: int) -> ResponseReturnValue:
    """Change what the pool says of a judge."""
    judge = _judge(judge_id)
    form = JudgeForm(judge)
    if form.validate_on_submit():
        try:
            edit_judge(desk(), judge, form.text())
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        else:
            return _done(judge, gettext("Saved."))
    status = 422 if form.errors else 200
    return render_template("admin/judges/form.html", form=form, judge=judge), status


@bp.post("/<int:judge_id>/ties")
@needs(Permit.PANEL_ASSIGN)
def tie(judge_id: int) -> ResponseReturnValue:
    """Put a tie on record for a judge."""
    judge, form = _judge(judge_id), TieForm()
    if not form.validate_on_submit():
        return _page(judge, form)
    declare_tie(desk(), judge, form.text())
    return _done(judge, gettext("The tie is on record and counts at once."))


@bp.post("/<int:judge_id>/ties/<int:tie_id>/link")
@needs(Permit.PANEL_ASSIGN)
def link(judge_id: int, tie_id: int) -> ResponseReturnValue:
    """Say who of the register is meant."""
    judge, row = _tie(judge_id, tie_id)
    key = request.form.get("person", "")
    link_tie(desk(), row, db.one_or_404(select(Person).filter_by(key=key)) if key else None)
    return _done(judge, gettext("Saved."))


@bp.post("/<int:judge_id>/ties/<int:tie_id>/drop")
@needs(Permit.PANEL_ASSIGN)
def drop(judge_id: int, tie_id: int) -> ResponseReturnValue:
    """Take a tie off the record, with a reason."""
    judge, row = _tie(judge_id, tie_id)
    drop_tie(desk(), row, reason=ReasonForm().reason.data or "")
    return _done(judge, gettext("The tie is off the record."))


def _outside(q: str) -> list[Person]:
    query = (
        select(Person)
        .where(Person.name.contains(q, autoescape=True), Person.id.not_in(select(Judge.person_id)))
        .options(joinedload(Person.organization), joinedload(Person.occupation))
        .order_by(Person.name, Person.id)
        .limit(MOST_FOUND)
    )
    return list(db.session.scalars(query))


def _unit(person: Person) -> str:
    parts = (
        person.name,
        person.organization.name if person.organization else "",
        person.occupation.name if person.occupation else "",
    )
    return "　".join(part for part in parts if part)


def _judge(judge_id: int) -> Judge:
    judge: Judge = db.get_or_404(Judge, judge_id)
    return judge


def _tie(judge_id: int, tie_id: int) -> tuple[Judge, JudgeTie]:
    row: JudgeTie = db.one_or_404(select(JudgeTie).filter_by(id=tie_id, judge_id=judge_id))
    return _judge(judge_id), row


def _page(judge: Judge, form: TieForm) -> ResponseReturnValue:
    names = [tie.person_name for tie in judge.ties]
    namesakes = db.session.scalars(
        select(Person)
        .where(Person.name.in_(names), Person.id != judge.person_id)
        .options(joinedload(Person.organization))
        .order_by(Person.id)
    ).all()
    page = render_template(
        "admin/judges/show.html",
        judge=judge,
        form=form,
        namesakes=namesakes,
        unit=_unit,
        appraisals=appraisals_before(desk(), judge.person_id),
    )
    return page, 422 if form.errors else 200


def _done(judge: Judge, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".show", judge_id=judge.id))
