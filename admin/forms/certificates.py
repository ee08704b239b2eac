"""Forms of certificates: grounds that the verification page shows."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from web.forms import Form, plain_line


class AwardForm(Form):
    """The awards are given without further words."""


class CertificateGroundForm(Form):
    """Why a certificate is replaced or revoked."""

    ground = StringField(
        _l("Ground of the change"),
        [
            InputRequired(_l("Write the ground; the verification page shows it.")),
            Length(max=200),
            plain_line,
        ],
    )
