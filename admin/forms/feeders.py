"""Form of a feeder: which event, how many it sends on, how many of one unit."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from models.contests import Event
from web.forms import Form


class FeederForm(Form):
    """One feeder."""

    source_id = SelectField(_l("Feeder event"), coerce=int)
    places = IntegerField(
        _l("Sends on its first"),
        [InputRequired(_l("Say how many are sent on.")), NumberRange(1, 500)],
    )
    per_unit = IntegerField(_l("At most of one unit"), [Optional(), NumberRange(1, 500)])

    def __init__(self, sources: list[Event]) -> None:
        super().__init__()
        self.source_id.choices = [
            SelectChoice(event.id, f"{event.contest.name} · {event.name}") for event in sources
        ]
