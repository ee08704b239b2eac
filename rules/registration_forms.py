"""Registration forms: an event's further questions as data, on up to three pages of their own.

Source: docs/rules/registration_forms.md.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.errors import Invalid
from rules.reading import Reader

MOST_PAGES: Final = 3
"""With the six screens every entry has, nine on a phone."""
MOST_FIELDS: Final = 40
CORE: Final = (
    "name",
    "id_number",
    "phone",
    "employer",
    "town",
    "occupation",
    "position",
    "in_trade_since",
    "skill_level",
    "certificate_no",
    "photo",
)
"""What every entry asks in steps of its own, in the order it is asked."""
OPTIONAL_CORE: Final = ("town", "occupation", "position", "skill_level", "certificate_no")
"""What a form may leave out of those."""
SCAN: Final = "_scan"
"""Ends the name of the file that belongs to a certificate's number."""


class FieldKind(StrEnum):
    """What a question is answered with."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    FILE = "file"
    PHOTO = "photo"
    ORGANIZATION = "organization"
    OCCUPATION = "occupation"
    CERTIFICATE = "certificate"


FILED: Final = frozenset({FieldKind.FILE, FieldKind.PHOTO, FieldKind.CERTIFICATE})
"""Kinds that are answered with a file."""


class DataClass(StrEnum):
    """How near an answer comes to a person; sensitive ones lie sealed."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Audience(StrEnum):
    """Who sees an answer; judges never do, for works carry codes until they are decoded."""

    STAFF = "staff"
    PUBLIC = "public"


class Match(StrEnum):
    """How a condition compares; no answer matches nothing."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"


@dataclass(frozen=True)
class Condition:
    """Shows a question by the answer to another."""

    field: str
    match: Match
    values: tuple[str, ...]

    def holds(self, answer: str) -> bool:
        """Whether this answer shows the question; a missing answer never does.

        >>> Condition("kind", Match.IS_NOT, ("在校学生",)).holds("")
        False
        """
        if not answer:
            return False
        return (answer in self.values) is not (self.match is Match.IS_NOT)


@dataclass(frozen=True)
class Field:
    """One question.

    ``retention_days`` count from the day of the event; None keeps the answer
    with the entry. ``least`` and ``most`` bound a number, a date, the
    characters of a text or the megabytes of a file. A question that is not
    ``asked`` stands in the form with the ``reason`` why.
    """

    code: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    shown_if: Condition | None = None
    data_class: DataClass = DataClass.NONE
    retention_days: int | None = None
    audience: Audience = Audience.STAFF
    least: str = ""
    most: str = ""
    asked: bool = True
    reason: str = ""

    @property
    def slots(self) -> tuple[str, ...]:
        """The names its answers are kept under: a certificate has a number and a scan."""
        both = self.kind is FieldKind.CERTIFICATE
        return (self.code, self.code + SCAN) if both else (self.code,)

    @property
    def file_slot(self) -> str | None:
        """The name its file is kept under, or None."""
        return self.slots[-1] if self.kind in FILED else None


@dataclass(frozen=True)
class Page:
    """Questions asked together, as one step of the entry."""

    title: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Form:
    """The further questions of one event, and which of the usual ones it leaves out."""

    pages: tuple[Page, ...] = ()
    core_off: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question in the order it is asked."""
        return tuple(field for page in self.pages for field in page.fields)

    def find(self, code: str) -> Field | None:
        """Return the question of this code, or None."""
        return next((field for field in self.fields if field.code == code), None)

    def page_of(self, code: str) -> int:
        """Return the number of the page a question stands on, from 1; 0 where it stands nowhere."""
        pages = enumerate(self.pages, start=1)
        return next((n for n, page in pages if any(f.code == code for f in page.fields)), 0)


EMPTY: Final = Form()


def form_from_json(value: object) -> Form:
    """Read a form; raises ``Invalid`` naming the path of what is wrong."""
    reader = Reader(value, "form")
    if reader.whole("format") != 1:
        raise Invalid("This form was written by a newer version of the site.")
    pages = tuple(_page(page) for page in reader.objects("pages"))
    form = Form(pages, reader.texts("core_off", ()))
    reader.done()
    return form


def form_to_json(form: Form) -> dict[str, object]:
    """Return a form as JSON values."""
    pages = [
        {"title": page.title, "fields": [_field_json(field) for field in page.fields]}
        for page in form.pages
    ]
    return {"format": 1, "pages": pages, "core_off": list(form.core_off)}


def _page(reader: Reader) -> Page:
    page = Page(reader.text("title"), tuple(_field(field) for field in reader.objects("fields")))
    reader.done()
    return page


def _field(reader: Reader) -> Field:
    shown_if = None
    if reader.has("shown_if"):
        shown_if = Reader(reader.take("shown_if"), reader.at("shown_if"))
    field = Field(
        code=reader.text("code"),
        kind=reader.choice("kind", FieldKind),
        label=reader.text("label"),
        help=reader.text("help", ""),
        required=reader.flag("required", default=False),
        options=reader.texts("options", ()),
        shown_if=_condition(shown_if) if shown_if else None,
        data_class=reader.choice("data_class", DataClass, "none"),
        retention_days=reader.whole("retention_days") if reader.has("retention_days") else None,
        audience=reader.choice("audience", Audience, "staff"),
        least=reader.text("least", ""),
        most=reader.text("most", ""),
        asked=reader.flag("asked", default=True),
        reason=reader.text("reason", ""),
    )
    reader.done()
    return field


def _condition(reader: Reader) -> Condition:
    condition = Condition(
        reader.text("field"), reader.choice("match", Match), reader.texts("values")
    )
    reader.done()
    return condition


def _field_json(field: Field) -> dict[str, object]:
    """Write only what differs from the usual, so that a stored form reads well."""
    plain = Field(field.code, field.kind, field.label)
    written: dict[str, object] = {"code": field.code, "kind": field.kind.value}
    for name in ("label", *_PLAIN):
        value = getattr(field, name)
        if name == "label" or value != getattr(plain, name):
            written[name] = list(value) if isinstance(value, tuple) else value
    if field.shown_if:
        condition = field.shown_if
        written["shown_if"] = {
            "field": condition.field,
            "match": condition.match.value,
            "values": list(condition.values),
        }
    return written


_PLAIN: Final = (
    "help",
    "required",
    "options",
    "data_class",
    "retention_days",
    "audience",
    "least",
    "most",
    "asked",
    "reason",
)
