"""Forms of sittings and of who is expected in them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from actions.sittings import SittingPlan
from models.contests import Event
from models.sittings import Sitting
from models.venues import Venue
from rules.check_ins import LATE_MINUTES, MOST_MINUTES
from rules.terms import SittingPart
from web.clock import from_local, local
from web.forms import Form, plain_line
from web.labels import choices

MINUTE = "%Y-%m-%dT%H:%M"


class SittingForm(Form):
    """When and where which part of an event is done."""

    event_id = SelectField(_l("Event"), coerce=int)
    name = StringField(
        _l("Name of the sitting"),
        [
            InputRequired(_l("Give the sitting a name, such as 实操第一场.")),
            Length(max=40),
            plain_line,
        ],
    )
    part = SelectField(_l("What is done"))
    module = StringField(_l("Code of the module"), [Length(max=20), plain_line])
    venue_id = SelectField(_l("Venue"), coerce=int)
    reports_at = DateTimeLocalField(
        _l("Check-in from"), [InputRequired(_l("Say when check-in begins."))], format=MINUTE
    )
    starts_at = DateTimeLocalField(
        _l("Begins at"), [InputRequired(_l("Say when the sitting begins."))], format=MINUTE
    )
    ends_at = DateTimeLocalField(
        _l("Ends at"), [InputRequired(_l("Say when the sitting ends."))], format=MINUTE
    )
    late_minutes = IntegerField(
        _l("Late limit in minutes"),
        [
            InputRequired(_l("Say how many minutes late one may come.")),
            NumberRange(0, MOST_MINUTES, _l("The late limit is 0 to 240 minutes.")),
        ],
        default=LATE_MINUTES,
    )

    def __init__(
        self,
        *,
        events: list[Event],
        venues: list[Venue],
        sitting: Sitting | None = None,
        event_id: int | None = None,
    ) -> None:
        super().__init__(data=_filled(sitting) if sitting else {"event_id": event_id})
        self.events = {event.id: event for event in events}
        self.venues = {venue.id: venue for venue in venues}
        self.event_id.choices = [SelectChoice(event.id, event.name) for event in events]
        self.venue_id.choices = [SelectChoice(venue.id, venue.name) for venue in venues]
        self.part.choices = [SelectChoice(*pair) for pair in choices(SittingPart)]
        if sitting:
            del self.event_id

    def plan(self) -> SittingPlan:
        """Return what was typed."""
        return SittingPlan(
            name=self.name.data,
            part=SittingPart(self.part.data),
            module=self.module.data or "",
            venue=self.venues[self.venue_id.data],
            reports_at=from_local(self.reports_at.data),
            starts_at=from_local(self.starts_at.data),
            ends_at=from_local(self.ends_at.data),
            late_minutes=self.late_minutes.data,
        )


class RemoveForm(Form):
    """A removal needs no more than the token."""


class EntrantForm(Form):
    """Whom to expect in a sitting."""

    pass_no = StringField(
        _l("Pass number"), [InputRequired(_l("Type the pass number.")), Length(max=20)]
    )


class WorkplaceForm(Form):
    """Which workplace an entrant gets; empty takes it back."""

    number = IntegerField(_l("Workplace"), [Optional(), NumberRange(1, 9999)])


def _filled(sitting: Sitting) -> dict[str, Any]:
    hours = ("reports_at", "starts_at", "ends_at")
    same = ("name", "part", "module", "venue_id", "late_minutes")
    return {name: getattr(sitting, name) for name in same} | {
        name: local(getattr(sitting, name)) for name in hours
    }
