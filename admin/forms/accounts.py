"""Forms of accounts and their roles."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from admin.places import place_choices, read_place
from rules.accounts import MAX_PASSWORD, MIN_STAFF_PASSWORD
from rules.permits import Role, Scope
from web.db import db
from web.forms import Form, plain_line
from web.labels import choices


class AccountForm(Form):
    """A new account for a member of staff."""

    name = StringField(
        _l("Name of the person"),
        [InputRequired(_l("Write the person's name.")), Length(max=40), plain_line],
    )
    handle = StringField(
        _l("Name to sign in with"),
        [InputRequired(_l("Give the account a name to sign in with.")), Length(max=40), plain_line],
    )
    password = PasswordField(
        _l("First password"),
        [
            InputRequired(_l("Set a first password.")),
            Length(
                min=MIN_STAFF_PASSWORD,
                max=MAX_PASSWORD,
                message=_l("Staff passwords have at least 12 characters, at most 128."),
            ),
        ],
    )


class GrantForm(Form):
    """One role, and how far it reaches."""

    role = SelectField(_l("Role"), [InputRequired(_l("Choose the role."))])
    place = SelectField(_l("Where it holds"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [("", str(_l("choose one"))), *choices(Role)]
        self.place.choices = place_choices(db.session())

    def wanted(self) -> tuple[Role, Scope, int | None]:
        """Return the role and where it is to hold."""
        return Role(self.role.data), *read_place(self.place.data)
