"""Forms of venues and their workplaces."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DecimalField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from actions.venues import MOST_WORKPLACES, VenueText
from web.forms import Form, plain_line


class VenueForm(Form):
    """Where people go, and how they find it."""

    name = StringField(
        _l("Name of the venue"),
        [InputRequired(_l("Give the venue its name.")), Length(max=60), plain_line],
    )
    address = StringField(
        _l("Address"),
        [InputRequired(_l("Write the address people look for.")), Length(max=120), plain_line],
    )
    notes = TextAreaField(_l("The way there"), [Length(max=300)])
    latitude = DecimalField(_l("Latitude"), [Optional()], places=None)
    longitude = DecimalField(_l("Longitude"), [Optional()], places=None)

    def text(self) -> VenueText:
        """Return what was typed."""
        return VenueText(
            name=self.name.data,
            address=self.address.data,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            notes=(self.notes.data or "").strip(),
        )


class MapForm(Form):
    """The picture of the site."""

    picture = FileField(_l("Picture of the site"), [FileRequired(_l("Choose a picture file."))])


class WorkplacesForm(Form):
    """Several workplaces of one kind."""

    count = IntegerField(
        _l("How many"),
        [
            InputRequired(_l("Say how many workplaces are added.")),
            NumberRange(1, MOST_WORKPLACES, _l("A venue has 1 to 300 workplaces.")),
        ],
    )
    equipment = StringField(_l("Equipment"), [Length(max=60), plain_line])
