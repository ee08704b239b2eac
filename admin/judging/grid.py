"""What the grid shows: rows are blind codes, columns aspects; nothing here knows a name."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from actions.desk import Desk
from actions.scores import absences, disputes_of, scheme_of
from models.judging import Cell, cells_of, duties_of, work_codes
from models.scores import ScoreSheet
from rules.judging import columns_of, is_plausible, points_of
from rules.schemes import Aspect, AspectKind

PAPER = (AspectKind.MEASUREMENT, AspectKind.JUDGEMENT, AspectKind.TRIMMED, AspectKind.THEORY)


@dataclass(frozen=True)
class CellView:
    """One cell: the mark, the row of the ledger it rests on, its points and its flag.

    ``mine`` is false where another seat enters this aspect for this work.

    ``flag`` is ``sp`` (judges too far apart), ``er`` (unlikely), ``out``
    (beyond every tolerance: 0 points) or empty.
    """

    aspect: str
    value: str
    seq: int
    points: Decimal | None
    flag: str
    mine: bool = True


@dataclass(frozen=True)
class RowView:
    """One work; ``leads`` says that this seat enters its group marks, and whether it is absent."""

    code: str
    absent: bool
    cells: tuple[CellView, ...]
    aside: bool = False
    leads: bool = False

    @property
    def shut(self) -> bool:
        """Whether nothing is entered in this row: absent, or stepped aside from."""
        return self.absent or self.aside

    @property
    def done(self) -> bool:
        """Whether every cell has a mark."""
        return self.shut or all(cell.value for cell in self.cells if cell.mine)

    @property
    def state(self) -> str:
        """The row mark: absent, disputed, unlikely, done or empty."""
        flags = {cell.flag for cell in self.cells}
        if self.shut:
            return "abs"
        if "sp" in flags:
            return "warn"
        if "er" in flags:
            return "err"
        return "done" if self.done else ""

    @property
    def total(self) -> Decimal | None:
        """The points of a complete row."""
        if self.shut or not self.done:
            return None
        return sum((cell.points or Decimal(0) for cell in self.cells), Decimal(0))


@dataclass(frozen=True)
class GridView:
    """The whole sheet."""

    aspects: tuple[Aspect, ...]
    rows: tuple[RowView, ...]
    maximum: Decimal

    @property
    def groups(self) -> list[tuple[AspectKind, int]]:
        """The heads over the columns: kind and width."""
        kinds = groupby(AspectKind(aspect.kind) for aspect in self.aspects)
        return [(kind, len(list(same))) for kind, same in kinds]

    @property
    def borders(self) -> frozenset[str]:
        """Aspects that begin a group after the first: a heavier line stands before them."""
        at, first = 0, set()
        for _, width in self.groups[:-1]:
            at += width
            first.add(self.aspects[at].code)
        return frozenset(first)

    @property
    def entered(self) -> int:
        """Cells with a mark."""
        return sum(bool(cell.value) for row in self.rows for cell in row.cells if not row.shut)

    @property
    def wanted(self) -> int:
        """Cells that need a mark."""
        return sum(cell.mine for row in self.rows for cell in row.cells if not row.shut)

    @property
    def unfinished(self) -> int:
        """Works that still lack a mark."""
        return sum(not row.done for row in self.rows)

    @property
    def issues(self) -> list[tuple[str, str, str]]:
        """What wants attention: code, aspect and flag."""
        return [
            (row.code, cell.aspect, cell.flag)
            for row in self.rows
            if not row.shut
            for cell in row.cells
            if cell.flag
        ]


def grid_of(desk: Desk, sheet: ScoreSheet) -> GridView:
    """Read the grid of one sheet in a fixed number of statements."""
    session, number = desk.session, sheet.seat.number
    scheme, duties = scheme_of(session, sheet), duties_of(desk.session, sheet.event_id)
    cells = cells_of(session, [sheet.id])[sheet.id]
    absent = absences(session, sheet.event_id)
    apart = set(disputes_of(session, sheet.event_id))
    codes = [one for one in work_codes(session, sheet.event_id) if duties.shows(number, one)]
    own = {code: {one.code for one in duties.columns(scheme, number, code)} for code in codes}
    wanted = set().union({one.code for one in columns_of(scheme, number)}, *own.values())
    aspects = tuple(
        sorted((one for one in scheme.aspects() if one.code in wanted), key=_measured_first)
    )

    def row(code: str) -> RowView:
        shown = (
            cell_view(one, cells.get((code, one.code)), apart=(code, one.code) in apart)
            for one in aspects
        )
        mine = tuple(replace(cell, mine=cell.aspect in own[code]) for cell in shown)
        leads = duties.group_seat(code) == number
        return RowView(code, code in absent, mine, duties.is_aside(number, code), leads)

    rows = tuple(row(code) for code in codes)
    return GridView(aspects, rows, sum((one.maximum for one in aspects), Decimal(0)))


def cell_view(aspect: Aspect, cell: Cell | None, *, apart: bool) -> CellView:
    """Show one cell."""
    value = (cell.value or "") if cell else ""
    points = _points(aspect, value)
    flag = "sp" if apart and value else _flag(aspect, value, points)
    return CellView(aspect.code, value, cell.seq if cell else 0, points, flag)


def _flag(aspect: Aspect, value: str, points: Decimal | None) -> str:
    if not value:
        return ""
    if not is_plausible(aspect, value):
        return "er"
    lost = aspect.kind == AspectKind.MEASUREMENT and points == 0
    return "out" if lost else ""


def _measured_first(aspect: Aspect) -> int:
    return PAPER.index(AspectKind(aspect.kind))


def _points(aspect: Aspect, value: str) -> Decimal | None:
    return points_of(aspect, value) if value else None
