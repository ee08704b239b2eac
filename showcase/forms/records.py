"""Mending one's own record."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from showcase.forms.identities import IdentityForm
from web.forms import plain_line


class MendForm(IdentityForm):
    """What stands in the record, as it should stand."""

    email = StringField(
        _l("E-mail"),
        [Optional(), Length(max=120), plain_line],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    reason = TextAreaField(
        _l("Why name or ID number are wrong"),
        [Optional(), Length(max=200, message=_l("Keep the reason within 200 characters."))],
    )
