"""Forms of results: reasons, the ceremony of decoding, decisions on ties."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from actions.ties import OpenTie
from rules.accounts import MAX_PASSWORD
from rules.ranking import Decision, DecisionKind
from web.forms import Form, plain_line

SLIP = 120
KINDS: Mapping[DecisionKind, Any] = {
    DecisionKind.ADD: _l("Add awards: all of them get it"),
    DecisionKind.DRAW: _l("Lots were drawn"),
    DecisionKind.PLAYOFF: _l("A play-off was held"),
}


class DeedForm(Form):
    """A deed that is asked for once, without further words."""


class ReasonForm(Form):
    """Why a step is taken back."""

    reason = StringField(
        _l("Reason"), [InputRequired(_l("Write down the reason.")), Length(max=200), plain_line]
    )


class DecodeForm(Form):
    """Two slips, and the supervisor in person; ``inner`` are the slips of further layers."""

    inner: list[Any]

    officer_slip = StringField(
        _l("The encryption officer's slip"),
        [InputRequired(_l("Type the slip that was printed at the draw.")), Length(max=SLIP)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    witness_handle = StringField(
        _l("The supervisor's user name"),
        [InputRequired(_l("The supervisor signs in here, next to you.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
    witness_password = PasswordField(
        _l("The supervisor's password"),
        [InputRequired(_l("The supervisor enters the password.")), Length(max=MAX_PASSWORD)],
        render_kw={"autocomplete": "off"},
    )
    witness_slip = StringField(
        _l("The supervisor's slip"),
        [InputRequired(_l("Type the slip that was printed at the draw.")), Length(max=SLIP)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


def decode_form(layers: int) -> DecodeForm:
    """Build the form of a decoding; an event of several layers asks for each keeper's slip."""
    fields = {
        f"layer_{number}": StringField(
            _l("Slip of the keeper of layer %(number)s", number=number),
            [InputRequired(_l("Type the slip that was printed at the draw.")), Length(max=SLIP)],
            render_kw={"autocomplete": "off", "spellcheck": "false"},
        )
        for number in range(layers - 1, 0, -1)
    }
    form: DecodeForm = type("OneDecodeForm", (DecodeForm,), fields)()
    form.inner = [form[name] for name in fields]
    return form


class TieForm(Form):
    """What the committee decided on one tie; ``ranks`` are added for each contestant."""

    kind = RadioField(
        _l("What was decided"), [InputRequired(_l("Choose what the committee decided."))]
    )
    reason = TextAreaField(
        _l("The decision in words"),
        [
            InputRequired(_l("Write what the committee decided and why.")),
            Length(max=1000),
        ],
    )
    tie: OpenTie

    def ranks(self) -> list[Any]:
        """Return the fields that hold the order, in the order of the codes."""
        return [self[f"rank_{number}"] for number in range(len(self.tie.codes))]

    def decision(self) -> Decision:
        """Return the decision as the law takes it."""
        ranked = sorted(zip(self.ranks(), self.tie.codes, strict=True), key=_rank)
        return Decision(DecisionKind(self.kind.data), tuple(code for _, code in ranked))

    def validate(self, extra_validators: Any = None) -> bool:
        """Cross-field: lots and play-offs put everybody in a different place."""
        valid = bool(super().validate(extra_validators))
        given = [field.data for field in self.ranks()]
        if self.kind.data != DecisionKind.ADD and len(set(given)) < len(given):
            last = self.ranks()[-1]
            last.errors = [*last.errors, gettext("Two contestants have the same place here.")]
            return False
        return valid


def _rank(pair: tuple[Any, str]) -> int:
    return int(pair[0].data or 0)


def tie_form(tie: OpenTie, names: Mapping[str, str]) -> TieForm:
    """Build the form of one tie, with a place to choose for every contestant in it."""
    places = [SelectChoice(str(n + 1), str(n + tie.place)) for n in range(len(tie.codes))]
    fields = {
        f"rank_{number}": SelectField(names[code], choices=places, default=str(number + 1))
        for number, code in enumerate(tie.codes)
    }
    form: TieForm = type("OneTieForm", (TieForm,), {**fields, "tie": tie})()
    form.kind.choices = [SelectChoice(kind.value, KINDS[kind]) for kind in tie.kinds]
    return form
