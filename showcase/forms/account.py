"""Signing in and opening an account."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length

from rules.accounts import MAX_PASSWORD, MIN_PASSWORD, is_mobile
from web.forms import Form, plain_line


class LoginForm(Form):
    """Phone number, e-mail or user name, and the password."""

    handle = StringField(
        _l("Phone number, e-mail or user name"),
        [InputRequired(_l("Enter the phone number, e-mail or user name.")), Length(max=120)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter the password.")), Length(max=MAX_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class PasswordForm(Form):
    """The password in force and the one that replaces it."""

    old = PasswordField(
        _l("Password in force"),
        [InputRequired(_l("Enter the password.")), Length(max=MAX_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Choose a password.")), Length(max=MAX_PASSWORD)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password once more"),
        [
            InputRequired(_l("Write the new password a second time.")),
            EqualTo("password", _l("The two new passwords differ.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class RegisterForm(Form):
    """A contestant's own account."""

    name = StringField(
        _l("Your name"),
        [
            InputRequired(_l("Enter your name as on your identity card.")),
            Length(max=40),
            plain_line,
        ],
        render_kw={"autocomplete": "name"},
    )
    handle = StringField(
        _l("Phone number or e-mail"),
        [
            InputRequired(_l("Enter a phone number or an e-mail address.")),
            Length(max=120),
            plain_line,
        ],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("New password"),
        [
            InputRequired(_l("Choose a password.")),
            Length(
                min=MIN_PASSWORD,
                max=MAX_PASSWORD,
                message=_l("A password has 8 to 128 characters; a short sentence is easiest."),
            ),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    next = HiddenField()

    def validate_handle(self, field: StringField) -> None:
        """A contestant signs in with something the office can reach."""
        text = "".join((field.data or "").split())
        if "@" not in text and not is_mobile(text):
            raise ValidationError(
                gettext("A mobile number has 11 digits, such as 13800001234; an e-mail has an @.")
            )
