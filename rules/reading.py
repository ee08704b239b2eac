"""Reading: strict access to parsed JSON; each refusal names the path in the file."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from rules.errors import Invalid
from rules.scoring import parse_number

E = TypeVar("E", bound=StrEnum)
_MISSING = object()


class Reader:
    """One JSON object whose keys are taken one by one; :meth:`done` refuses what is left over.

    Every method raises ``Invalid`` with the path of the value. Decimals are
    written as text or as whole numbers, since a JSON 0.1 is no exact tenth.
    """

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise wrong(path, "an object")
        self.path = path
        self._left = dict(value)

    def at(self, key: str) -> str:
        """Return the path of ``key``."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether ``key`` is still there to be taken."""
        return self._left.get(key) is not None

    def take(self, key: str, default: object = _MISSING) -> object:
        """Take any value; without a default the key must be there."""
        value = self._left.pop(key, default)
        if value is _MISSING:
            raise Invalid("%(path)s is missing.", path=self.at(key))
        return value

    def text(self, key: str, default: object = _MISSING) -> str:
        """Take a text."""
        value = self.take(key, default)
        if not isinstance(value, str):
            raise wrong(self.at(key), "a text")
        return value

    def flag(self, key: str, default: object = _MISSING) -> bool:
        """Take true or false."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise wrong(self.at(key), "true or false")
        return value

    def whole(self, key: str, default: object = _MISSING) -> int:
        """Take a whole number that is not negative."""
        value = self.take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise wrong(self.at(key), "a whole number from 0")
        return value

    def number(self, key: str, default: object = _MISSING) -> Decimal:
        """Take a decimal number."""
        return decimal(self.take(key, default), self.at(key))

    def number_or_none(self, key: str) -> Decimal | None:
        """Take a decimal number, or None when it is null or absent."""
        value = self.take(key, None)
        return None if value is None else decimal(value, self.at(key))

    def choice(self, key: str, kinds: type[E], default: object = _MISSING) -> E:
        """Take one of the values of ``kinds``."""
        value = self.take(key, default)
        if value not in list(kinds):
            raise wrong(self.at(key), " | ".join(kinds))
        return kinds(str(value))

    def list(self, key: str, default: object = _MISSING) -> list[tuple[str, object]]:
        """Take a list; each item comes with its path."""
        value = self.take(key, default)
        if not isinstance(value, list | tuple):
            raise wrong(self.at(key), "a list")
        return [(f"{self.at(key)}[{number}]", item) for number, item in enumerate(value)]

    def objects(self, key: str, default: object = _MISSING) -> "Iterator[Reader]":
        """Take a list of objects."""
        for path, item in self.list(key, default):
            yield Reader(item, path)

    def texts(self, key: str, default: object = _MISSING) -> tuple[str, ...]:
        """Take a list of texts."""
        return tuple(_text(path, item) for path, item in self.list(key, default))

    def pairs(self, key: str, default: object = _MISSING) -> tuple[tuple[str, Decimal], ...]:
        """Take a list of ``[code, number]`` pairs."""
        return tuple(_pair(path, item) for path, item in self.list(key, default))

    def done(self) -> None:
        """Refuse keys nobody has taken: a misspelt rule must not be ignored."""
        for key in self._left:
            raise Invalid(
                "%(path)s is not a key this file may have; check its spelling.", path=self.at(key)
            )


def wrong(path: str, wanted: str) -> Invalid:
    """Return the refusal of a value that is not what it should be."""
    return Invalid("%(path)s must be %(wanted)s.", path=path or "The file", wanted=wanted)


def decimal(value: object, path: str) -> Decimal:
    """Read a decimal from text or a whole number, or refuse naming ``path``."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise wrong(path, 'a number written as text, such as "0.5"')
    try:
        return parse_number(str(value))
    except Invalid:
        raise wrong(path, 'a number written as text, such as "0.5"') from None


def _text(path: str, item: object) -> str:
    if not isinstance(item, str):
        raise wrong(path, "a text")
    return item


def _pair(path: str, item: object) -> tuple[str, Decimal]:
    match item:
        case [str(code), value]:
            return code, decimal(value, f"{path}[1]")
        case _:
            raise wrong(path, "a pair of code and number")
