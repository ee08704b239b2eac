"""Form of a studio's term."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired

from web.forms import Form


class TermForm(Form):
    """From when until when a studio is established."""

    on = DateField(_l("Established on"), [InputRequired(_l("Write the day it is established."))])
    until = DateField(_l("Term ends on"), [InputRequired(_l("Write the last day of the term."))])
