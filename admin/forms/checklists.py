"""Forms of a contest's checklist."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from actions.checklists import Plan
from admin.checklist_boards import Line
from models.accounts import Account
from rules.checklists import LONGEST_NOTE, LONGEST_TITLE
from rules.states import CheckState
from web.forms import Form, plain_line
from web.labels import choices

NOBODY = 0


class PlanForm(Form):
    """By when an item is due, and who sees to it."""

    due_on = DateField(
        _l("Due on"), [InputRequired(_l("Give the day by which this is to be done."))]
    )
    assignee = SelectField(_l("Who sees to it"), coerce=int)

    def __init__(self, keepers: Iterable[Account], **given: object) -> None:
        super().__init__(**given)
        self.assignee.choices = [
            SelectChoice(NOBODY, _l("nobody in particular")),
            *(SelectChoice(one.id, one.display_name) for one in keepers),
        ]

    def plan(self) -> Plan:
        """Return what was chosen."""
        return Plan(self.due_on.data, self.assignee.data or None)


class OwnItemForm(PlanForm):
    """An item of the contest's own."""

    title = StringField(
        _l("What is to be done"),
        [InputRequired(_l("Name the item.")), Length(max=LONGEST_TITLE), plain_line],
    )


class ItemForm(PlanForm):
    """One item: its state, a note, its plan."""

    state = RadioField(_l("State"))
    note = StringField(_l("Note"), [Length(max=LONGEST_NOTE), plain_line])

    def __init__(self, line: Line, keepers: Iterable[Account]) -> None:
        super().__init__(
            keepers,
            data={
                "state": line.state.value,
                "note": line.note,
                "due_on": line.due,
                "assignee": line.assignee_id or NOBODY,
            },
        )
        self.state.choices = [
            SelectChoice(value, words)
            for value, words in choices(CheckState)
            if CheckState(value) in _possible(line)
        ]


def _possible(line: Line) -> frozenset[CheckState]:
    """Return the states a person may set: what the records tick, they alone tick."""
    if not line.watched:
        return frozenset(CheckState)
    done = line.state is CheckState.DONE
    return frozenset({CheckState.DONE} if done else {CheckState.OPEN, CheckState.NOT_NEEDED})
