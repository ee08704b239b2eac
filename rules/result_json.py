"""Results as JSON: every number as text, so that nothing is lost, and a fingerprint over all."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from rules.explanations import EventResult, Explanation
from rules.ledger import canonical_json, digest
from rules.phrases import Phrase

FORMAT = 1


def result_to_json(result: EventResult) -> dict[str, object]:
    """Return the whole result as JSON values; fractions are written ``91/12``.

    A reason is its English sentence under ``text``, beside its message and params.
    """
    state = {"format": FORMAT, "complete": result.complete, "publishable": result.publishable}
    return {field.name: _write(getattr(result, field.name)) for field in fields(result)} | state


def line_to_json(line: Explanation) -> dict[str, object]:
    """Return one contestant's explanation as JSON values."""
    return {field.name: _write(getattr(line, field.name)) for field in fields(line)}


def fingerprint(result: EventResult) -> str:
    """Return the SHA-256 of the result's canonical JSON: one character changed, another print."""
    return digest(canonical_json(result_to_json(result)))


def _write(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, tuple):
        return [_write(item) for item in value]
    if isinstance(value, Phrase):
        return {"text": str(value), "message": value.message, "params": dict(value.params)}
    if is_dataclass(value):
        return {field.name: _write(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(type(value))
