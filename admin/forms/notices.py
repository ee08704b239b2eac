"""Form of a public notice."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import DateField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from actions.notices import NoticeText
from models.contests import Contest
from models.notices import Notice
from rules.permits import ANYWHERE, Actor, Permit, Place, may
from rules.states import NoticeState
from rules.terms import NoticeKind
from web.db import db
from web.forms import Form, plain_line
from web.labels import choices
from web.login import current_actor

LONGEST_BODY = 60_000
OLDER = 200


class NoticeForm(Form):
    """What a notice says, who signs it, and until when objections are heard."""

    number = StringField(
        _l("Number of the notice"),
        [
            InputRequired(_l("Give the notice its number.")),
            Length(max=40),
            Regexp(
                r"[\w〔〕.-]+\Z",
                message=_l("A number has letters, digits, 〔〕, dots and hyphens, no spaces."),
            ),
        ],
    )
    title = StringField(
        _l("Title of the notice"),
        [InputRequired(_l("Give the notice a title.")), Length(max=120), plain_line],
    )
    kind = SelectField(_l("Kind of notice"))
    contest_id = SelectField(_l("Contest it belongs to"))
    body = TextAreaField(
        _l("Text of the notice"), [InputRequired(_l("Write the notice.")), Length(max=LONGEST_BODY)]
    )
    doc_no = StringField(_l("Number of the document"), [Length(max=60), plain_line])
    issuer = StringField(_l("Issuing authority"), [Length(max=120), plain_line])
    signed_on = DateField(_l("Signed on"), [Optional()])
    closes_on = DateField(_l("Last day for objections"), [Optional()])
    effective_on = DateField(_l("In force from"), [Optional()])
    lapses_on = DateField(_l("In force until"), [Optional()])
    replaces_id = SelectField(_l("Takes the place of"))
    preview = SubmitField(_l("Preview"))

    def __init__(self, notice: Notice | None = None) -> None:
        super().__init__(obj=notice)
        self.kind.choices = choices(NoticeKind)
        self.contest_id.choices = _contests(current_actor())
        self.replaces_id.choices = _older(current_actor(), notice)
        if notice:
            del self.number

    def text(self, number: str) -> NoticeText:
        """Return what was typed."""
        return NoticeText(
            number=number,
            title=self.title.data,
            kind=NoticeKind(self.kind.data),
            body=self.body.data.replace("\r\n", "\n"),
            doc_no=self.doc_no.data or "",
            issuer=self.issuer.data or "",
            signed_on=self.signed_on.data,
            closes_on=self.closes_on.data,
            effective_on=self.effective_on.data,
            lapses_on=self.lapses_on.data,
            replaces=self.replaces,
            contest=self.contest,
        )

    @property
    def replaces(self) -> Notice | None:
        """The older notice chosen."""
        value = self.replaces_id.data
        return db.session.get(Notice, int(value)) if value else None

    @property
    def contest(self) -> Contest | None:
        """The contest chosen."""
        value = self.contest_id.data
        return db.session.get(Contest, int(value)) if value else None


def _older(actor: Actor, notice: Notice | None) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Notice.id, Notice.title, Notice.contest_id)
        .where(Notice.state == NoticeState.PUBLISHED, Notice.id != (notice.id if notice else 0))
        .order_by(Notice.published_at.desc())
        .limit(OLDER)
    )
    own = [
        (str(number), title)
        for number, title, contest_id in rows
        if may(actor, Permit.NOTICE_EDIT, Place(contest_id=contest_id) if contest_id else ANYWHERE)
    ]
    return [("", str(_l("no older notice"))), *own]


def _contests(actor: Actor) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Contest.id, Contest.name).order_by(Contest.year.desc(), Contest.id.desc())
    )
    own = [
        (str(number), name)
        for number, name in rows
        if may(actor, Permit.NOTICE_EDIT, Place(contest_id=number))
    ]
    free = [("", str(_l("none of them")))] if may(actor, Permit.NOTICE_EDIT) else []
    return free + own
