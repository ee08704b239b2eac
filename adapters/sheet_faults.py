"""Faults of an uploaded sheet, each with its cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.errors import Invalid
from rules.phrases import Phrase


@dataclass(frozen=True)
class CellFault:
    """One thing wrong in one cell: what stands there, and what is expected."""

    sheet: str
    cell: str
    reason: Phrase
    found: str = ""
    expected: str = ""
    place: str = ""
    """Where in the scheme: ``A > A1 > A1.3``."""


class SchemeFaults(Invalid):
    """An upload refused as a whole; ``faults`` name every cell that is wrong."""

    def __init__(self, faults: Iterable[CellFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "The scheme has %(count)s faults. Nothing was imported; mend them and upload again.",
            None,
            count=len(self.faults),
        )
