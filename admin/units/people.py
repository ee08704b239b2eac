"""The unit's own ledger of skilled people."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.unit_people import Skilled, people_query, share_of, skilled_people
from admin.list_exports import list_address
from admin.units.blueprint import bp, unit_here
from models.organizations import Organization
from models.people import Person
from rules.permits import Permit, Place
from web.guard import needs
from web.labels import label
from web.list_tables import ListTable, list_table
from web.login import desk
from web.paging import paged


@bp.get("/<int:unit_id>/people/")
@needs(Permit.UNIT_VIEW)
def people(unit_id: int) -> ResponseReturnValue:
    """List the unit's people with level, entries, public results and honours."""
    unit, at = unit_here(unit_id), desk()
    page = paged(people_query(unit))
    return render_template(
        "admin/units/people.html",
        unit=unit,
        page=page,
        rows=skilled_people(at, unit, page.rows),
        share=share_of(at, unit),
    )


@bp.post("/<int:unit_id>/people/people.xlsx")
@needs(Permit.UNIT_VIEW)
def export(unit_id: int) -> ResponseReturnValue:
    """Lead from the former address of the workbook to where every list is taken away."""
    unit = unit_here(unit_id)
    return redirect(list_address("unit-people", {"unit": unit.id}), 303)


@list_table("unit-people")
def as_table() -> ListTable:
    """The ledger to take away, numbers masked."""
    unit = unit_here(request.args.get("unit", 0, type=int))
    return ListTable(
        name="unit-people",
        title=gettext("Ledger of skilled people"),
        about=unit.name,
        permits=(Permit.UNIT_VIEW,),
        place=Place(organization_id=unit.id),
        thing=f"organization:{unit.id}",
        query=people_query(unit),
        key=Person.id,
        filters={"unit": str(unit.id)},
        columns=(
            (gettext("Name"), 12),
            (gettext("Sex"), 6),
            (gettext("ID number"), 22),
            (gettext("Trade"), 18),
            (gettext("Skill level"), 14),
            (gettext("In the trade since"), 10),
            (gettext("Entries"), 36),
            (gettext("Places reached"), 36),
            (gettext("Honours"), 36),
        ),
        rows=lambda rows: _cells(unit, rows),
        back=url_for("units.people", unit_id=unit.id),
        unit=unit,
        tab="people",
    )


def _cells(unit: Organization, people: Sequence[Person]) -> list[tuple[str | int, ...]]:
    return [_row(one) for one in skilled_people(desk(), unit, people)]


def _row(one: Skilled) -> tuple[str | int, ...]:
    person = one.person
    places = (
        f"{past.year} {past.event} "
        + gettext("place %(place)d, %(total)s points", place=past.place, total=past.total)
        for past in one.past
        if past.place
    )
    return (
        person.name,
        label(person.gender),
        one.id_number,
        person.occupation.name if person.occupation else "",
        label(person.skill_level),
        person.in_trade_since or "",
        "；".join(f"{past.year} {past.event}（{label(past.state)}）" for past in one.past),
        "；".join(places),
        "；".join(f"{honour.year} {honour.title}" for honour in one.honours),
    )
