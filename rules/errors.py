"""Refusals: what the law answers when a deed may not be done."""

from collections.abc import Mapping

from rules.phrases import Phrase


class Refusal(Exception):
    """A deed refused in a whole sentence a person can read.

    ``message`` is an English gettext id with ``%(name)s`` places filled from
    ``params``: the faces translate it, logs and tests read ``str(error)``.
    """

    def __init__(self, message: str, **params: object) -> None:
        self.message = message
        self.params = params
        super().__init__(message % params if params else message)


class NotPermitted(Refusal):
    """The actor's roles do not allow this deed here."""


class WrongMoment(Refusal):
    """The thing is in a state in which this deed makes no sense."""


class Blocked(Refusal):
    """Something else must be settled first; ``reasons`` lists what."""

    def __init__(
        self, message: str, reasons: tuple[Phrase | str, ...] = (), **params: object
    ) -> None:
        super().__init__(message, **params)
        self.reasons = reasons


class Stale(Refusal):
    """Somebody else changed the thing since it was read; nothing was written."""


class Invalid(Refusal):
    """The input breaks a rule; ``fields`` maps a field name to its sentences."""

    def __init__(
        self, message: str, fields: Mapping[str, list[str]] | None = None, **params: object
    ) -> None:
        super().__init__(message, **params)
        self.fields: Mapping[str, list[str]] = fields or {}


def wrong_field(field: str, sentence: str) -> Invalid:
    """Return the refusal of one field; the sentence is a gettext id."""
    return Invalid(sentence, {field: [sentence]})
