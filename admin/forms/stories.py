"""Form of a story."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import HiddenField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from actions.stories import TITLE_MAX, StoryText
from admin.forms.craftsmen import chosen_plate, plate_choices
from admin.forms.rows import LinesField, RowsField
from models.craftsmen import Craftsman
from models.people import Person
from models.stories import Story
from web.db import db
from web.forms import Form, plain_line

LONGEST_BODY = 60_000


class StoryForm(Form):
    """What the author writes; ``version`` tells whether somebody else saved meanwhile."""

    subject = SelectField(_l("Whom the story is about"))
    title = StringField(
        _l("Title of the story"),
        [InputRequired(_l("Give the story a title.")), Length(max=TITLE_MAX), plain_line],
    )
    hook = StringField(_l("One sentence that makes one read on"), [Length(max=120), plain_line])
    author = StringField(_l("Author"), [Length(max=40), plain_line])
    body = TextAreaField(
        _l("Text of the story"), [InputRequired(_l("Write the text.")), Length(max=LONGEST_BODY)]
    )
    margin = RowsField(_l("Trade words for the margin"), keys=("word", "meaning"), needed=2)
    themes = LinesField(_l("Themes"))
    plate_id = SelectField(_l("Picture"))
    version = HiddenField()
    preview = SubmitField(_l("Preview"))

    def __init__(self, story: Story | None = None, *, subject: str = "") -> None:
        terms = story.terms.items() if story else ()
        rows = [{"word": word, "meaning": meaning} for word, meaning in terms]
        super().__init__(obj=story, margin=rows, subject=subject)
        self.plate_id.choices = plate_choices(story.plate if story else None)
        if story:
            del self.subject
        else:
            self.subject.choices = _subjects()

    def text(self) -> StoryText:
        """Return what was typed."""
        terms: dict[str, Any] = {row["word"]: row["meaning"] for row in self.margin.data}
        return StoryText(
            title=self.title.data,
            body=self.body.data.replace("\r\n", "\n"),
            hook=self.hook.data or "",
            author=self.author.data or "",
            terms=terms,
            themes=self.themes.lines,
            plate=chosen_plate(self.plate_id.data),
        )


def _subjects() -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Craftsman.slug, Person.name, Craftsman.feat)
        .join(Craftsman.person)
        .order_by(Person.name, Craftsman.id)
    )
    return [(slug, f"{name} · {feat}" if feat else name) for slug, name, feat in rows]
