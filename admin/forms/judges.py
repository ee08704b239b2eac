"""Forms of the pool of judges: what the office knows, and ties anybody tells."""

import datetime as dt
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from actions.judges import JudgeText, TieText
from admin.forms.rows import RowsField
from models.judges import Judge
from models.occupations import Occupation
from models.organizations import Organization
from rules.terms import TieKind
from web.db import db
from web.forms import Form, plain_line
from web.labels import choices


def read_day(text: str, number: int) -> dt.date:
    """Read a day typed as 2026-12-01; raises ``ValidationError`` naming the line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(
            gettext("Line %(number)d: write the day as 2026-12-01.", number=number)
        ) from None


class JudgeForm(Form):
    """Trades, years, qualifications, days and former units of one judge."""

    trades = SelectMultipleField(
        _l("Trades"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput()
    )
    since = IntegerField(_l("In the trade since"), [Optional(), NumberRange(1900, 2100)])
    qualifications = RowsField(_l("Qualifications"), keys=("name", "number", "until"), needed=2)
    days = RowsField(_l("Days the judge can come"), keys=("first", "last"), needed=2)
    former = RowsField(_l("Former units"), keys=("unit", "last"), needed=2)
    is_active = BooleanField(_l("May be asked to judge"), default=True)

    def __init__(self, judge: Judge | None = None, **kwargs: Any) -> None:
        super().__init__(data=_values(judge) if judge else None, **kwargs)
        rows = db.session.scalars(select(Occupation).order_by(Occupation.name)).all()
        self.occupations = {row.id: row for row in rows}
        self.trades.choices = [SelectChoice(row.id, row.name) for row in rows]
        self.read: dict[str, Any] = {}

    def validate_qualifications(self, field: RowsField) -> None:
        """Read the last day where one is given."""
        self.read["qualifications"] = tuple(
            (
                _short(row["name"], 80, number),
                _short(row["number"], 40, number),
                read_day(row["until"], number) if row["until"] else None,
            )
            for number, row in enumerate(field.data, 1)
        )

    def validate_days(self, field: RowsField) -> None:
        """Read both days of every range."""
        self.read["days"] = tuple(
            (read_day(row["first"], number), read_day(row["last"], number))
            for number, row in enumerate(field.data, 1)
        )

    def validate_former(self, field: RowsField) -> None:
        """Find every unit by its full name."""
        names = {row["unit"] for row in field.data}
        found = {
            row.name: row
            for row in db.session.scalars(select(Organization).where(Organization.name.in_(names)))
        }
        self.read["former"] = tuple(
            (_known(found, row["unit"], number), read_day(row["last"], number))
            for number, row in enumerate(field.data, 1)
        )

    def text(self) -> JudgeText:
        """Return what was typed."""
        return JudgeText(
            trades=tuple(self.occupations[key] for key in self.trades.data or ()),
            since=self.since.data,
            is_active=self.is_active.data,
            **self.read,
        )


class AddForm(Form):
    """Who of the register is taken into the pool."""

    person = RadioField(_l("Person"), validators=[InputRequired(_l("Choose the person."))])

    def __init__(self, people: list[tuple[str, str]]) -> None:
        super().__init__()
        self.person.choices = people


class TieForm(Form):
    """One tie."""

    kind = SelectField(_l("What the tie is"))
    name = StringField(
        _l("Name of the person"),
        [InputRequired(_l("Write the name of the person.")), Length(max=40), plain_line],
    )
    unit = StringField(_l("Where the person works"), [Optional(), Length(max=80), plain_line])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices(TieKind)

    def text(self) -> TieText:
        """Return what was typed."""
        return TieText(TieKind(self.kind.data), self.name.data, self.unit.data or "")


def _known(found: dict[str, Organization], name: str, number: int) -> Organization:
    if name not in found:
        raise ValidationError(
            gettext("Line %(number)d: the register has no unit of this name.", number=number)
        )
    return found[name]


def _short(text: str, most: int, number: int) -> str:
    if len(text) > most:
        raise ValidationError(gettext("Line %(number)d: a part is too long.", number=number))
    return text


def _values(judge: Judge) -> dict[str, Any]:
    return {
        "trades": [trade.occupation_id for trade in judge.trades],
        "since": judge.since,
        "qualifications": [
            {"name": one.name, "number": one.number, "until": one.valid_until or ""}
            for one in judge.qualifications
        ],
        "days": [{"first": one.starts_on, "last": one.ends_on} for one in judge.days],
        "former": [{"unit": one.organization.name, "last": one.left_on} for one in judge.former],
        "is_active": judge.is_active,
    }
