"""Forms of a contest's list of entries: a view's name, a file's purpose."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form

PURPOSE = _l("Say in a few words what the file is for; it is kept on record.")


class ViewForm(Form):
    """What a view is called and who sees it."""

    name = StringField(
        _l("Name of the view"),
        [InputRequired(_l("Give the view a name of up to 40 characters.")), Length(max=40)],
        id="view_name",
    )
    shared = BooleanField(_l("Colleagues of this contest see it too"), id="view_shared")


class ExportForm(Form):
    """What is taken away, and what for."""

    kind = RadioField(_l("File"), [InputRequired(_l("Choose what kind of file you need."))])
    purpose = StringField(_l("Purpose"), [InputRequired(PURPOSE), Length(max=120)])
    whole = BooleanField(_l("ID numbers, telephones and names of portraits and files in full"))
