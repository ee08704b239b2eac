"""Duties: which seat marks which work, once judges have stepped aside and substitutes were called.

Source: docs/rules/panels.md, "A work one knows".
"""

from dataclasses import dataclass

from rules.judging import GROUP_SEAT, columns_of
from rules.schemes import Aspect, Scheme

Pairs = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Duties:
    """``regular`` seats mark every work, ``called`` are (seat, work) of substitutes.

    ``stepped`` are (seat, work) of those who stepped aside: it outweighs both.
    """

    regular: tuple[int, ...]
    stepped: Pairs = frozenset()
    called: Pairs = frozenset()

    def marks(self, seat: int, work: str) -> bool:
        """Whether a seat marks a work."""
        return (seat in self.regular or (seat, work) in self.called) and not self.is_aside(
            seat, work
        )

    def is_aside(self, seat: int, work: str) -> bool:
        """Whether a seat has stepped aside from a work."""
        return (seat, work) in self.stepped

    def shows(self, seat: int, work: str) -> bool:
        """Whether a sheet has a row for a work, even if nothing may be entered in it."""
        return seat in self.regular or (seat, work) in self.called

    def seats(self, work: str) -> tuple[int, ...]:
        """List the seats that mark a work, the lowest first."""
        known = {*self.regular, *(seat for seat, _ in self.called)}
        return tuple(seat for seat in sorted(known) if self.marks(seat, work))

    def group_seat(self, work: str) -> int:
        """Return the seat that enters a work's group marks: the lowest that marks it, else 0."""
        return next(iter(self.seats(work)), 0)

    def columns(self, scheme: Scheme, seat: int, work: str) -> tuple[Aspect, ...]:
        """List the aspects a seat enters for one work."""
        if not self.marks(seat, work):
            return ()
        leads = seat == self.group_seat(work)
        return columns_of(scheme, GROUP_SEAT if leads else GROUP_SEAT + 1)

    @property
    def touched(self) -> frozenset[str]:
        """The works from which somebody has stepped aside."""
        return frozenset(work for _, work in self.stepped)
