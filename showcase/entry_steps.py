"""What each step of the entry form shows and saves."""

from collections.abc import Callable
from typing import Any, Final

from flask_babel import gettext
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from actions.craftsmen import has_consent
from actions.desk import Desk
from actions.entries import Work, save_photo, save_who, save_work
from actions.entry_changes import SETTLED, STANDING, open_fields
from actions.helped_people import entered_identity
from actions.people import Identity, own_identity
from actions.replies import answers_of, questions
from models.accounts import Account
from models.entries import Entry
from models.helpers import Helped
from models.occupations import Occupation
from models.organizations import Organization, Town
from rules.terms import ConsentPurpose, SkillLevel
from showcase.forms.entries import PhotoForm, WhoForm, WorkForm
from web.labels import label

PLACES: Final = {1: "who", 2: "work", 3: "photo"}
NONE_CHOSEN = 0
LOCKABLE: Final[dict[int, dict[str, str]]] = {
    1: {"name": "name", "id_number": "id_number", "phone": "phone"},
    2: {
        "organization": "employer",
        "employer": "employer",
        "town": "town",
        "occupation": "occupation",
        "position": "position",
        "in_trade_since": "in_trade_since",
        "skill_level": "skill_level",
        "certificate_no": "certificate_no",
    },
    3: {"photo": "photo"},
}
"""Each step's controls and the field a remark opens them by."""


def step_form(desk: Desk, entry: Entry, number: int) -> Any:  # noqa: ANN401  # one form class a step
    """Build the form of a step with what was saved before, closed where nothing may change."""
    form = _FORMS[number](desk, entry)
    for name, code in LOCKABLE[number].items():
        if name in form and _is_locked(desk, entry, code):
            _lock(form[name])
    return form


def _is_locked(desk: Desk, entry: Entry, code: str) -> bool:
    if entry.state in STANDING:
        return code in SETTLED
    form = questions(desk, entry)
    opened = open_fields(entry, form, answers_of(desk, entry))
    return opened is not None and code not in opened


def _lock(field: Any) -> None:  # noqa: ANN401  # any control
    """Give a control back what was saved, whatever was sent, and show it as words."""
    field.process_data(field.object_data)
    field.validators, field.process_errors = [], []
    chosen = [text for key, text, *_ in getattr(field, "iter_choices", list)() if key == field.data]
    field.is_locked, field.shown = True, chosen[0] if chosen else field.data


def save_step(desk: Desk, entry: Entry, number: int, form: Any) -> None:  # noqa: ANN401  # as above
    """Hand the answers of a step to its action."""
    _SAVES[number](desk, entry, form)


def _who_form(desk: Desk, entry: Entry) -> WhoForm:
    helped = desk.session.get(Helped, entry.id)
    if helped is not None and helped.taken_at is None:
        return _other_form(desk, entry)
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


def _other_form(desk: Desk, entry: Entry) -> WhoForm:
    """Ask for somebody else, whose consent the helper stated; a public page is theirs to allow."""
    person = entry.person
    number, phone = entered_identity(desk, entry) if person else ("", "")
    form = WhoForm(name=person.name if person else "", id_number=number, phone=phone, consent=True)
    del form.shows
    return form


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
    for name in questions(desk, entry).core_off:
        del form[name]
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
        shows=bool(form.shows.data) if "shows" in form else None,
    )


def _save_work(desk: Desk, entry: Entry, form: WorkForm) -> None:
    session, said = desk.session, form.data
    level = said.get("skill_level")
    save_work(
        desk,
        entry,
        Work(
            skill_level=SkillLevel(level) if level else None,
            in_trade_since=form.in_trade_since.data,
            town=session.get(Town, said.get("town", NONE_CHOSEN)),
            organization=session.get(Organization, form.organization.data),
            employer=form.employer.data or "",
            occupation=session.get(Occupation, said.get("occupation", NONE_CHOSEN)),
            position=said.get("position") or "",
            certificate_no=said.get("certificate_no") or "",
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
