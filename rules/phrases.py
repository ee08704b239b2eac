"""Phrases: sentences the law hands upwards, translated only where a face shows them."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Phrase:
    """An English gettext id with its ``%(name)s`` places filled from ``params``."""

    message: str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.message % dict(self.params) if self.params else self.message


def phrase(message: str, **params: object) -> Phrase:
    """Build a :class:`Phrase`; every param is kept as text, so it can be stored as JSON.

    A member of a closed list keeps the list's name before it, so that a face
    can say it in the reader's language.

    >>> str(phrase("%(found)s of %(wanted)s judges have marked.", found=2, wanted=3))
    '2 of 3 judges have marked.'
    """
    return Phrase(message, tuple((name, _text(value)) for name, value in params.items()))


def _text(value: object) -> str:
    return f"{type(value).__name__}:{value}" if isinstance(value, StrEnum) else str(value)
