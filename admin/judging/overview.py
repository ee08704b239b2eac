"""What the chief judge sees: how complete each seat is, what lies apart, which step comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from actions.draws import draw_of
from actions.panels import seats_of
from actions.scores import absences, disputes_of, scheme_of
from models.contests import Event
from models.draws import Draw
from models.judging import (
    Cell,
    cells_of,
    duties_of,
    recusals_of,
    sheets_of,
    work_codes,
)
from models.panels import Recusal, WorkRecusal
from models.scores import ScoreSheet
from rules.duties import Duties
from rules.schemes import Aspect, Module, Scheme
from rules.states import EventState, SheetState

Cells = Mapping[tuple[str, str], Cell]
MARKING = (EventState.DRAWN, EventState.SCORING)
FEW = 6


@dataclass(frozen=True)
class Part:
    """One seat in one module: cells with a mark of cells that need one."""

    entered: int
    wanted: int

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return self.entered == self.wanted


@dataclass(frozen=True)
class SeatView:
    """One seat: its sheet, its parts in the order of the modules, the first cells it lacks."""

    number: int
    sheet: ScoreSheet
    parts: tuple[Part, ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def more(self) -> bool:
        """Whether more cells are missing than are listed."""
        return sum(part.wanted - part.entered for part in self.parts) > len(self.missing)


@dataclass(frozen=True)
class ApartView:
    """One cell the judges do not agree on, with every seat's level."""

    code: str
    aspect: Aspect
    levels: tuple[int, ...]

    @property
    def middle(self) -> int:
        """The level in the middle: those away from it are drawn in the other colour."""
        return sorted(self.levels)[len(self.levels) // 2]


@dataclass(frozen=True)
class AsideView:
    """One work somebody has stepped aside from; ``seat`` is None once the judge has left."""

    row: WorkRecusal
    seat: int | None


@dataclass(frozen=True)
class Overview:
    """The whole event."""

    modules: tuple[Module, ...]
    seats: tuple[SeatView, ...]
    apart: tuple[ApartView, ...]
    works: int
    absent: int
    draw: Draw | None
    asides: tuple[AsideView, ...] = ()
    recusals: tuple[Recusal, ...] = ()

    @property
    def percent(self) -> int:
        """How much of all marks is entered, in whole percent."""
        parts = [part for seat in self.seats for part in seat.parts]
        wanted = sum(part.wanted for part in parts)
        return 100 * sum(part.entered for part in parts) // wanted if wanted else 0

    @property
    def signed(self) -> int:
        """Sheets that are signed."""
        return sum(seat.sheet.state is not SheetState.OPEN for seat in self.seats)


def overview_of(desk: Desk, event: Event) -> Overview:
    """Read the chief's overview; the statements do not grow with works or marks."""
    session = desk.session
    sheets = sheets_of(session, event.id)
    cells = cells_of(session, [sheet.id for _, sheet in sheets])
    absent = absences(session, event.id)
    codes = work_codes(session, event.id)
    present = [code for code in codes if code not in absent]
    scheme = scheme_of(session, sheets[0][1]) if sheets else Scheme(())
    duties = duties_of(session, event.id)
    seats = tuple(
        _seat(duties, scheme, (number, sheet), cells[sheet.id], present) for number, sheet in sheets
    )
    by_code = {aspect.code: aspect for aspect in scheme.aspects()}
    apart = tuple(
        ApartView(
            code,
            by_code[aspect],
            _levels([one for one in sheets if duties.marks(one[0], code)], cells, code, aspect),
        )
        for code, aspect in disputes_of(session, event.id)
    )
    return Overview(
        scheme.modules,
        seats,
        apart,
        len(codes),
        len(absent),
        draw_of(desk, event),
        tuple(asides_of(desk, event)),
        tuple(session.scalars(select(Recusal).filter_by(event_id=event.id).order_by(Recusal.id))),
    )


def asides_of(desk: Desk, event: Event) -> list[AsideView]:
    """List who has stepped aside from which work, and who marks it instead."""
    rows = recusals_of(desk.session, event.id)
    seats = {seat.account_id: seat for seat in seats_of(desk, event)} if rows else {}
    return [
        AsideView(row, seats[row.account_id].number if row.account_id in seats else None)
        for row in rows
    ]


def _seat(
    duties: Duties, scheme: Scheme, seat: tuple[int, ScoreSheet], cells: Cells, present: list[str]
) -> SeatView:
    number, sheet = seat
    own = {
        code: {aspect.code for aspect in duties.columns(scheme, number, code)} for code in present
    }
    parts, missing = [], []
    for module in scheme.modules:
        wanted = [
            (code, a.code) for code in present for a in module.aspects() if a.code in own[code]
        ]
        gaps = [key for key in wanted if (cell := cells.get(key)) is None or cell.value is None]
        parts.append(Part(len(wanted) - len(gaps), len(wanted)))
        missing += gaps
    return SeatView(number, sheet, tuple(parts), tuple(missing[:FEW]))


def _levels(
    sheets: list[tuple[int, ScoreSheet]], cells: Mapping[int, Cells], code: str, aspect: str
) -> tuple[int, ...]:
    found = (cells[sheet.id][code, aspect].value for _, sheet in sheets)
    return tuple(int(value or 0) for value in found)
