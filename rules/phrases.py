"""Phrases: sentences the law hands upwards, translated only where a face shows them."""

from dataclasses import dataclass


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

    >>> str(phrase("%(found)s of %(wanted)s judges have marked.", found=2, wanted=3))
    '2 of 3 judges have marked.'
    """
    return Phrase(message, tuple((name, str(value)) for name, value in params.items()))
