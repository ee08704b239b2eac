"""Forms of craftsmen's profiles and honours."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from actions.craftsmen import Profile
from actions.honours import HonourText
from admin.forms.rows import LinesField, RowsField
from models.craftsmen import Craftsman
from models.media import Media
from rules.terms import Family, HonourKind
from web.db import db
from web.forms import Form, plain_line
from web.labels import choices

SHOWN_PLATES = 200
YEARS = NumberRange(1900, 2100, _l("Write the year with four digits, such as 2026."))


def plate_choices(current: Media | None) -> list[tuple[str, str]]:
    """List the newest public plates, and the one chosen now."""
    rows = list(
        db.session.scalars(
            select(Media).filter_by(is_public=True).order_by(Media.id.desc()).limit(SHOWN_PLATES)
        )
    )
    if current is not None and current not in rows:
        rows.insert(0, current)
    named = [(str(row.id), row.alt or row.credit or row.stem[:12]) for row in rows]
    return [("", str(_l("no picture"))), *named]


def chosen_plate(value: str | None) -> Media | None:
    """Return the plate a form names."""
    return db.session.get(Media, int(value)) if value else None


class ProfileForm(Form):
    """What an editor writes about a craftsman."""

    family = SelectField(_l("Craft family"))
    feat = StringField(_l("The one skill"), [Length(max=40), plain_line])
    hook = StringField(_l("One sentence that makes one read on"), [Length(max=120), plain_line])
    quote = StringField(_l("In their own words"), [Length(max=200), plain_line])
    works = RowsField(_l("Works shown on the page"), keys=("year", "title", "note"), needed=2)
    methods = LinesField(_l("Methods of work named after them"))
    figures = RowsField(_l("Figures of the skill"), keys=("value", "unit", "label"), needed=3)
    steps = LinesField(_l("Steps of the work"))
    plate_id = SelectField(_l("Picture"))

    def __init__(self, craftsman: Craftsman) -> None:
        super().__init__(obj=craftsman, steps=craftsman.process)
        self.family.choices = choices(Family)
        self.plate_id.choices = plate_choices(craftsman.plate)

    def profile(self) -> Profile:
        """Return what was typed."""
        return Profile(
            family=Family(self.family.data),
            feat=self.feat.data or "",
            hook=self.hook.data or "",
            quote=self.quote.data or "",
            works=self.works.data,
            methods=self.methods.lines,
            figures=self.figures.data,
            process=self.steps.lines,
            plate=chosen_plate(self.plate_id.data),
        )


class OpenProfileForm(Form):
    """Whose profile is opened, and in which family."""

    person = RadioField(_l("Person"), validators=[InputRequired(_l("Choose the person."))])
    family = SelectField(_l("Craft family"))

    def __init__(self, people: list[tuple[str, str]]) -> None:
        super().__init__()
        self.person.choices = people
        self.family.choices = choices(Family)


class ConsentForm(Form):
    """Which sheet the person signed."""

    text_version = StringField(
        _l("Version of the signed sheet"),
        [InputRequired(_l("Write which version was signed.")), Length(max=20), plain_line],
    )


class HonourForm(Form):
    """One honour for the register, with the place it was seen."""

    kind = SelectField(_l("Kind of honour"))
    title = StringField(
        _l("Honour"), [InputRequired(_l("Write what was conferred.")), Length(max=120), plain_line]
    )
    year = IntegerField(_l("Year"), [InputRequired(YEARS.message), YEARS])
    issuer = StringField(_l("Conferred by"), [Length(max=120), plain_line])
    doc_no = StringField(_l("Number of the document"), [Length(max=60), plain_line])
    source = StringField(
        _l("Where it was seen"),
        [
            InputRequired(
                _l("Say where this honour was seen: a document, a certificate, an old list.")
            ),
            Length(max=120),
            plain_line,
        ],
    )
    event_name = StringField(_l("Event of the result"), [Length(max=120), plain_line])
    place = IntegerField(_l("Place reached"), [Optional(), NumberRange(1, 10_000)])
    field_size = IntegerField(_l("Number of entrants"), [Optional(), NumberRange(1, 10_000)])
    score = StringField(_l("Mark reached"), [Length(max=16), plain_line])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(HonourKind)

    def text(self) -> HonourText:
        """Return what was typed."""
        return HonourText(
            kind=HonourKind(self.kind.data),
            title=self.title.data,
            year=self.year.data,
            issuer=self.issuer.data or "",
            doc_no=self.doc_no.data or "",
            source=self.source.data,
            event_name=self.event_name.data or "",
            place=self.place.data,
            field_size=self.field_size.data,
            score=self.score.data or None,
        )
