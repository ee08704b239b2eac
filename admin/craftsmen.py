"""Craftsmen's profiles for staff: opened, written, shown and hidden with the person's consent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from actions.craftsmen import (
    Profile,
    create_craftsman,
    edit_craftsman,
    give_consent,
    hide_craftsman,
    show_craftsman,
    standing_consents,
    withdraw_consent,
)
from admin.forms.craftsmen import ConsentForm, OpenProfileForm, ProfileForm
from models.craftsmen import Apprenticeship, Craftsman, Honour
from models.people import Consent, Person
from rules.permits import Permit
from rules.terms import ConsentPurpose, Family
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, each, list_table, said
from web.login import desk
from web.paging import paged

bp = Blueprint("admin_craftsmen", __name__, url_prefix="/admin/craftsmen")
ORDERS = {
    "name": (Person.name, Craftsman.id),
    "-name": (Person.name.desc(), Craftsman.id),
    "changed": (Craftsman.changed_at, Craftsman.id),
}
NEWEST = (Craftsman.changed_at.desc(), Craftsman.id.desc())
MOST_FOUND = 30


@bp.get("/")
@needs(Permit.CRAFTSMAN_EDIT)
def index() -> ResponseReturnValue:
    """List the profiles, the last changed first."""
    kept, sort = _kept(), request.args.get("sort", "")
    return render_template(
        "admin/craftsmen/index.html",
        page=paged(_narrowed(kept, sort)),
        families=choices(Family),
        kept=kept,
        sort=sort,
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.CRAFTSMAN_EDIT)
def new() -> ResponseReturnValue:
    """Find a person of the register by name and open the profile."""
    q = request.args.get("q", "").strip()
    people = _without_profile(q) if q else []
    form = OpenProfileForm([(person.key, _unit(person)) for person in people])
    if form.validate_on_submit():
        person = next(row for row in people if row.key == form.person.data)
        craftsman = create_craftsman(desk(), person, Profile(family=Family(form.family.data)))
        return _done(craftsman, gettext("The profile is open and still hidden."))
    status = 422 if form.errors else 200
    return render_template("admin/craftsmen/new.html", form=form, q=q, found=len(people)), status


@bp.get("/<slug>/")
@needs(Permit.CRAFTSMAN_EDIT)
def show(slug: str) -> ResponseReturnValue:
    """Show one profile: whether it is public and why, its honours, its line of masters."""
    craftsman = profile_of(slug)
    person = craftsman.person
    return render_template(
        "admin/craftsmen/show.html",
        craftsman=craftsman,
        consent=_consent(person),
        honours=db.session.scalars(
            select(Honour).filter_by(person_id=person.id).order_by(Honour.year.desc(), Honour.id)
        ).all(),
        lines=db.session.scalars(
            select(Apprenticeship)
            .where(
                (Apprenticeship.master_id == person.id)
                | (Apprenticeship.apprentice_id == person.id)
            )
            .order_by(Apprenticeship.id)
        ).all(),
    )


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@needs(Permit.CRAFTSMAN_EDIT)
def edit(slug: str) -> ResponseReturnValue:
    """Change what the profile says."""
    craftsman = profile_of(slug)
    form = ProfileForm(craftsman)
    if form.validate_on_submit():
        edit_craftsman(desk(), craftsman, form.profile())
        return _done(craftsman, gettext("Saved."))
    status = 422 if form.errors else 200
    return render_template("admin/craftsmen/form.html", form=form, craftsman=craftsman), status


@bp.post("/<slug>/show")
@needs(Permit.CRAFTSMAN_EDIT)
def publish(slug: str) -> ResponseReturnValue:
    """Put the profile into the gallery."""
    craftsman = profile_of(slug)
    show_craftsman(desk(), craftsman)
    return _done(craftsman, gettext("The profile is in the gallery."))


@bp.post("/<slug>/hide")
@needs(Permit.CRAFTSMAN_EDIT)
def hide(slug: str) -> ResponseReturnValue:
    """Take the profile out of the gallery."""
    craftsman = profile_of(slug)
    hide_craftsman(desk(), craftsman)
    return _done(craftsman, gettext("The profile is hidden."))


@bp.route("/<slug>/consent", methods=["GET", "POST"])
@needs(Permit.CRAFTSMAN_EDIT)
def consent(slug: str) -> ResponseReturnValue:
    """Record the consent the person signed on paper."""
    craftsman, form = profile_of(slug), ConsentForm()
    if form.validate_on_submit():
        give_consent(
            desk(), craftsman.person, ConsentPurpose.STORY, text_version=form.text_version.data
        )
        return _done(craftsman, gettext("The consent is on record."))
    status = 422 if form.errors else 200
    return render_template("admin/craftsmen/consent.html", form=form, craftsman=craftsman), status


@bp.route("/<slug>/consent/withdraw", methods=["GET", "POST"])
@needs(Permit.CRAFTSMAN_EDIT)
def withdraw(slug: str) -> ResponseReturnValue:
    """Ask once, then end every standing consent: profile and stories go in the same moment."""
    craftsman = profile_of(slug)
    if request.method == "POST":
        for row in db.session.scalars(
            standing_consents(craftsman.person, ConsentPurpose.STORY)
        ).all():
            withdraw_consent(desk(), row)
        return _done(craftsman, gettext("The consent is withdrawn. Profile and stories are down."))
    return render_template("admin/craftsmen/withdraw.html", craftsman=craftsman)


def profile_of(slug: str) -> Craftsman:
    """Find a profile with its person, or answer 404."""
    craftsman: Craftsman = db.one_or_404(
        select(Craftsman).filter_by(slug=slug).options(joinedload(Craftsman.person))
    )
    return craftsman


@list_table("craftsmen")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, sort = _kept(), request.args.get("sort", "")
    shown = {"yes": gettext("shown"), "no": gettext("hidden")}
    return ListTable(
        name="craftsmen",
        title=gettext("Profiles of craftsmen"),
        permits=(Permit.CRAFTSMAN_EDIT,),
        query=_narrowed(kept, sort),
        key=Craftsman.id,
        filters={**kept, "sort": sort},
        said=(
            (gettext("Name of the craftsman"), kept["q"]),
            (gettext("Craft family"), said(Family, kept["family"])),
            (gettext("In the gallery"), shown.get(kept["shown"], "")),
        ),
        columns=(
            (gettext("Name of the craftsman"), 12),
            (gettext("Craft family"), 14),
            (gettext("Trade"), 18),
            (gettext("Unit"), 28),
            (gettext("The one skill"), 40),
            (gettext("In the gallery"), 10),
            (gettext("Last changed"), 12),
        ),
        rows=each(
            lambda row: (
                row.person.name,
                label(row.family),
                row.person.occupation.name if row.person.occupation else "",
                row.person.organization.name if row.person.organization else "",
                row.feat,
                shown["yes" if row.is_public else "no"],
                short_day(row.changed_at),
            )
        ),
        back=address("admin_craftsmen.index", {**kept, "sort": sort}),
    )


def _kept() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("q", "family", "shown")}


def _narrowed(kept: dict[str, str], sort: str) -> Select[Craftsman]:
    query = select(Craftsman).join(Craftsman.person).order_by(*ORDERS.get(sort, NEWEST))
    query = query.options(
        joinedload(Craftsman.person).joinedload(Person.organization),
        joinedload(Craftsman.person).joinedload(Person.occupation),
    )
    if kept["q"]:
        query = query.where(Person.name.contains(kept["q"], autoescape=True))
    if kept["family"] in list(Family):
        query = query.where(Craftsman.family == Family(kept["family"]))
    if kept["shown"] in ("yes", "no"):
        query = query.where(Craftsman.is_public.is_(kept["shown"] == "yes"))
    return query


def _without_profile(q: str) -> list[Person]:
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.name.contains(q, autoescape=True),
                Person.id.not_in(select(Craftsman.person_id)),
                Person.merged_into_id.is_(None),
            )
            .options(joinedload(Person.organization))
            .order_by(Person.name, Person.id)
            .limit(MOST_FOUND)
        )
    )


def _unit(person: Person) -> str:
    unit = person.organization.name if person.organization else gettext("no unit on record")
    return f"{person.name} · {unit}"


def _consent(person: Person) -> Consent | None:
    row: Consent | None = db.session.scalars(
        standing_consents(person, ConsentPurpose.STORY)
    ).first()
    return row


def _done(craftsman: Craftsman, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_craftsmen.show", slug=craftsman.slug))
