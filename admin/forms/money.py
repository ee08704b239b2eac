"""Forms of a contest's money ledger."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from actions.money import Payment
from rules.money import LONGEST_NOTE, LONGEST_PAYEE, LONGEST_TITLE, LONGEST_VOUCHER, say_fen
from rules.terms import Award, BudgetKind
from web.clock import local
from web.forms import Form, plain_line
from web.labels import choices
from web.login import request_time

AMOUNT = Length(max=40)


class LineForm(Form):
    """A budget line."""

    kind = SelectField(_l("Purpose of the money"))
    title = StringField(
        _l("Budget line"),
        [InputRequired(_l("Name the line.")), Length(max=LONGEST_TITLE), plain_line],
    )
    planned = StringField(_l("Planned (yuan)"), [InputRequired(_l("Write the amount.")), AMOUNT])

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = choices(BudgetKind)


class PlanForm(Form):
    """Another planned amount."""

    planned = StringField(_l("Planned (yuan)"), [InputRequired(_l("Write the amount.")), AMOUNT])

    def __init__(self, fen: int) -> None:
        super().__init__(data={"planned": say_fen(fen)}, prefix="plan-")


class PaidForm(Form):
    """When something was paid, on which voucher."""

    form_key = HiddenField(validators=[InputRequired(), Length(min=8, max=40)])
    booked_on = DateField(_l("Paid on"), [InputRequired(_l("Give the day it was paid."))])
    voucher = StringField(_l("Voucher number"), [Length(max=LONGEST_VOUCHER), plain_line])
    note = StringField(_l("Note"), [Length(max=LONGEST_NOTE), plain_line])

    def payment(self, payee: str = "") -> Payment:
        """Return what was typed."""
        return Payment(
            self.booked_on.data,
            local(request_time()).date(),
            str(self.form_key.data),
            payee=payee,
            voucher=self.voucher.data or "",
            note=self.note.data or "",
        )


class BookForm(PaidForm):
    """A payment on a budget line."""

    amount = StringField(_l("Amount (yuan)"), [InputRequired(_l("Write the amount.")), AMOUNT])
    payee = StringField(
        _l("Paid to"),
        [InputRequired(_l("Say who was paid.")), Length(max=LONGEST_PAYEE), plain_line],
    )


class PayForm(PaidForm):
    """Award money of one winner."""

    entry_id = SelectField(_l("Winner"), coerce=int)


class SumForm(Form):
    """What a winner of a level gets."""

    award = SelectField(_l("Prize"))
    amount = StringField(
        _l("Amount for each (yuan)"), [InputRequired(_l("Write the amount.")), AMOUNT]
    )
    places = IntegerField(
        _l("Winners planned"), [InputRequired(_l("Give the number of winners, from 1 to 999."))]
    )

    def __init__(self) -> None:
        super().__init__(prefix="sum-")
        self.award.choices = choices(Award)


class ReverseForm(Form):
    """Why a booking is taken back."""

    form_key = HiddenField(validators=[InputRequired(), Length(min=8, max=40)])
    note = StringField(
        _l("Reason"), [InputRequired(_l("Write down why.")), Length(max=LONGEST_NOTE), plain_line]
    )


class MoneyExportForm(Form):
    """What the file is for."""

    purpose = StringField(
        _l("Purpose"), [InputRequired(_l("Say what the file is for.")), Length(max=120)]
    )
