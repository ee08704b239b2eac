"""What the grid shows: rows are blind codes, columns aspects; nothing here knows a name."""

from dataclasses import dataclass
from decimal import Decimal

from actions.desk import Desk
from actions.scores import absences, disputes_of, scheme_of
from models.judging import cells_of, work_codes
from models.scores import ScoreSheet
from rules.errors import Invalid
from rules.judging import columns_of, is_plausible, points_of
from rules.schemes import Aspect, AspectKind


@dataclass(frozen=True)
class CellView:
    """One cell: the mark, the row of the ledger it rests on, its points and its flags."""

    aspect: str
    value: str
    seq: int
    points: Decimal | None
    odd: bool
    disputed: bool


@dataclass(frozen=True)
class RowView:
    """One work."""

    code: str
    absent: bool
    cells: tuple[CellView, ...]

    @property
    def done(self) -> bool:
        """Whether every cell has a mark."""
        return self.absent or all(cell.value for cell in self.cells)

    @property
    def state(self) -> str:
        """The row mark: absent, wrong, disputed, done or empty."""
        if self.absent:
            return "abs"
        if any(cell.disputed for cell in self.cells):
            return "warn"
        if any(cell.odd for cell in self.cells):
            return "err"
        return "done" if self.done else ""

    @property
    def total(self) -> Decimal | None:
        """The points of a complete row."""
        if self.absent or not self.done:
            return None
        return sum((cell.points or Decimal(0) for cell in self.cells), Decimal(0))


@dataclass(frozen=True)
class GridView:
    """The whole sheet."""

    aspects: tuple[Aspect, ...]
    rows: tuple[RowView, ...]
    maximum: Decimal

    @property
    def entered(self) -> int:
        """Cells with a mark."""
        return sum(bool(cell.value) for row in self.rows for cell in row.cells if not row.absent)

    @property
    def wanted(self) -> int:
        """Cells that need a mark."""
        return sum(len(row.cells) for row in self.rows if not row.absent)

    @property
    def issues(self) -> list[tuple[str, str, str]]:
        """What wants attention: code, aspect and kind (spread or odd)."""
        found = []
        for row in self.rows:
            for cell in row.cells:
                if cell.disputed:
                    found.append((row.code, cell.aspect, "spread"))
                elif cell.odd:
                    found.append((row.code, cell.aspect, "odd"))
        return found


def grid_of(desk: Desk, sheet: ScoreSheet) -> GridView:
    """Read the grid of one sheet in a fixed number of statements."""
    session = desk.session
    scheme = scheme_of(session, sheet)
    ranked = sorted(columns_of(scheme, sheet.seat.number), key=_measured_first)
    cells = cells_of(session, [sheet.id])[sheet.id]
    absent = absences(session, sheet.event_id)
    apart = set(disputes_of(session, sheet.event_id))
    rows = []
    for code in work_codes(session, sheet.event_id):
        views = []
        for aspect in ranked:
            cell = cells.get((code, aspect.code))
            value = (cell.value or "") if cell else ""
            views.append(
                CellView(
                    aspect.code,
                    value,
                    cell.seq if cell else 0,
                    _points(aspect, value),
                    bool(value) and not is_plausible(aspect, value),
                    (code, aspect.code) in apart,
                )
            )
        rows.append(RowView(code, code in absent, tuple(views)))
    maximum = sum((aspect.maximum for aspect in ranked), Decimal(0))
    return GridView(tuple(ranked), tuple(rows), maximum)


def _measured_first(aspect: Aspect) -> int:
    return list(AspectKind).index(AspectKind(aspect.kind))


def _points(aspect: Aspect, value: str) -> Decimal | None:
    if not value:
        return None
    try:
        return points_of(aspect, value)
    except Invalid:
        return None
