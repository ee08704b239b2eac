"""What each step of the entry form shows and saves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from actions.craftsmen import has_consent
from actions.desk import Desk
from actions.entries import Work, save_photo, save_who, save_work
from actions.people import Identity, own_identity
from models.accounts import Account
from models.entries import Entry
from models.occupations import Occupation
from models.organizations import Organization, Town
from rules.states import EntryState
from rules.terms import ConsentPurpose, SkillLevel
from showcase.forms.entries import PhotoForm, WhoForm, WorkForm
from web.labels import label

PLACES: Final = {1: "who", 2: "work", 3: "photo"}
NONE_CHOSEN = 0
REMARKS: Final = {
    "name": (1, _l("Your name")),
    "id_number": (1, _l("ID number")),
    "employer": (2, _l("Your unit")),
    "in_trade_since": (2, _l("In the trade")),
    "skill_level": (2, _l("Skill level")),
    "photo": (3, _l("Portrait")),
}
"""Step and words of every field a reviewer may remark on."""


@dataclass(frozen=True)
class Remark:
    """A reviewer's words about one field, and the step where it is mended."""

    step: int
    field: str
    words: str


def remarks_of(entry: Entry) -> list[Remark]:
    """List what a returned entry is to be mended in; a general remark names no field."""
    if entry.state is not EntryState.RETURNED:
        return []
    places = [(*REMARKS.get(name, (1, "")), words) for name, words in entry.remarks.items()]
    return sorted((Remark(step, str(field), words) for step, field, words in places), key=_place)


def _place(remark: Remark) -> int:
    return remark.step


def step_form(desk: Desk, entry: Entry, number: int) -> Any:  # noqa: ANN401  # one form class a step
    """Build the form of a step with what was saved before."""
    return _FORMS[number](desk, entry)


def save_step(desk: Desk, entry: Entry, number: int, form: Any) -> None:  # noqa: ANN401  # as above
    """Hand the answers of a step to its action."""
    _SAVES[number](desk, entry, form)


def _who_form(desk: Desk, entry: Entry) -> WhoForm:
    account = desk.session.get_one(Account, entry.account_id)
    person = entry.person or account.person
    if person is None:
        return WhoForm(name=account.display_name)
    number, phone = own_identity(desk, person)
    return WhoForm(
        name=person.name,
        id_number=number,
        phone=phone,
        consent=entry.person is not None,
        shows=has_consent(desk, person, ConsentPurpose.STORY),
    )


def _work_form(desk: Desk, entry: Entry) -> WorkForm:
    person = entry.person
    form = WorkForm(
        organization=(person.organization_id or NONE_CHOSEN) if person else NONE_CHOSEN,
        town=(person.town_id or NONE_CHOSEN) if person else NONE_CHOSEN,
        occupation=(person.occupation_id or entry.event.occupation_id) if person else 0,
        skill_level=person.skill_level.value if person and person.skill_level else "",
        in_trade_since=person.in_trade_since if person else None,
        position=person.position if person else "",
        employer=entry.answers.get("employer", ""),
        certificate_no=entry.answers.get("certificate_no", ""),
    )
    session = desk.session
    other = SelectChoice(NONE_CHOSEN, gettext("Not in this list"))
    units = session.execute(select(Organization.id, Organization.name).order_by(Organization.name))
    towns = session.execute(select(Town.id, Town.name).order_by(Town.position))
    trades = session.execute(select(Occupation.id, Occupation.name).order_by(Occupation.name))
    form.organization.choices = [other, *(SelectChoice(*row) for row in units)]
    form.town.choices = [other, *(SelectChoice(*row) for row in towns)]
    form.occupation.choices = [SelectChoice(*row) for row in trades]
    form.skill_level.choices = [
        SelectChoice("", gettext("No certificate yet")),
        *(SelectChoice(level.value, label(level)) for level in SkillLevel),
    ]
    return form


def _photo_form(_desk: Desk, entry: Entry) -> PhotoForm:
    return PhotoForm(is_kept=entry.photo_id is not None)


def _save_who(desk: Desk, entry: Entry, form: WhoForm) -> None:
    identity = Identity(form.name.data, form.id_number.data, form.phone.data)
    save_who(
        desk,
        entry,
        identity,
        consents=bool(form.consent.data),
        shows=bool(form.shows.data),
    )


def _save_work(desk: Desk, entry: Entry, form: WorkForm) -> None:
    session = desk.session
    level = form.skill_level.data
    save_work(
        desk,
        entry,
        Work(
            skill_level=SkillLevel(level) if level else None,
            in_trade_since=form.in_trade_since.data,
            town=session.get(Town, form.town.data),
            organization=session.get(Organization, form.organization.data),
            employer=form.employer.data or "",
            occupation=session.get(Occupation, form.occupation.data),
            position=form.position.data or "",
            certificate_no=form.certificate_no.data or "",
        ),
    )


def _save_photo(desk: Desk, entry: Entry, form: PhotoForm) -> None:
    if form.photo.data:
        save_photo(desk, entry, form.photo.data.read())


_FORMS: Final[dict[int, Callable[[Desk, Entry], Any]]] = {
    1: _who_form,
    2: _work_form,
    3: _photo_form,
}
_SAVES: Final[dict[int, Callable[[Desk, Entry, Any], None]]] = {
    1: _save_who,
    2: _save_work,
    3: _save_photo,
}
