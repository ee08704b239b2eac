"""Forms of the office's messages to entrants and of the texts it keeps."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from actions.announcements import AnnouncementText, TemplateText
from models.announcements import Announcement, MessageTemplate
from models.entries import Entry
from rules.announcements import LONGEST_BODY, LONGEST_SUBJECT
from rules.terms import Audience
from web.forms import Form, plain_line
from web.labels import choices

NOBODY = 0


class WordsForm(Form):
    """Whom a text is for and what it says."""

    audience = SelectField(_l("Who gets it"))
    subject = StringField(
        _l("Subject"),
        [InputRequired(_l("Write the subject.")), Length(max=LONGEST_SUBJECT), plain_line],
    )
    body = TextAreaField(
        _l("Text"), [InputRequired(_l("Write the text.")), Length(max=LONGEST_BODY)]
    )

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.audience.choices = choices(Audience)

    @property
    def written(self) -> str:
        """The text with the line ends of this house."""
        return str(self.body.data).replace("\r\n", "\n")


class AnnouncementForm(WordsForm):
    """One message to a group of an event's entrants, or to one of them."""

    entry_id = SelectField(_l("The one person"), coerce=int)
    urgent = BooleanField(_l("By SMS as well: something is urgent, such as a change of place"))

    def __init__(self, entries: list[Entry], **given: object) -> None:
        super().__init__(**given)
        self._entries = {entry.id: entry for entry in entries}
        self.entry_id.choices = [
            SelectChoice(NOBODY, _l("no single person")),
            *(SelectChoice(entry.id, _called(entry)) for entry in entries),
        ]

    def text(self) -> AnnouncementText:
        """Return what was typed; a person counts only where one person is meant."""
        audience = Audience(self.audience.data)
        one = audience is Audience.ONE
        return AnnouncementText(
            audience=audience,
            subject=self.subject.data,
            body=self.written,
            urgent=bool(self.urgent.data),
            entry=self._entries.get(self.entry_id.data) if one else None,
        )


class TemplateForm(WordsForm):
    """A text to keep under a name."""

    name = StringField(
        _l("Name of the text"),
        [InputRequired(_l("Give the text a name.")), Length(max=40), plain_line],
    )

    def text(self) -> TemplateText:
        """Return what was typed."""
        return TemplateText(
            name=self.name.data,
            audience=Audience(self.audience.data),
            subject=self.subject.data,
            body=self.written,
        )


def given_by(row: Announcement | None) -> dict[str, object]:
    """Return what fills the form of a message that is held already."""
    if row is None:
        return {"audience": Audience.ACCEPTED.value, "entry_id": NOBODY}
    return {
        "audience": row.audience.value,
        "entry_id": row.entry_id or NOBODY,
        "subject": row.subject,
        "body": row.body,
        "urgent": row.urgent,
    }


def kept_by(row: MessageTemplate) -> dict[str, object]:
    """Return what fills the form of a text that is kept already."""
    return {
        "name": row.name,
        "audience": row.audience.value,
        "subject": row.subject,
        "body": row.body,
    }


def _called(entry: Entry) -> str:
    name = entry.person.name if entry.person else "—"
    return f"{name} {entry.receipt_no or ''}".strip()
