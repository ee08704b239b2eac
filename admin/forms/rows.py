"""Short tables typed as lines: one row a line, its cells apart by an upright stroke."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext
from wtforms import Field
from wtforms.widgets import TextArea

from rules.text import clean_line, is_plain_line

STROKE: Final = "|"
MOST_ROWS: Final = 60
LONGEST_CELL: Final = 200


def write_rows(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> str:
    """Write rows as lines.

    >>> write_rows([{"year": 2013, "title": "船"}], ("year", "title"))
    '2013 | 船'
    """
    return "\n".join(f" {STROKE} ".join(str(row.get(key, "")) for key in keys) for row in rows)


def read_rows(text: str, keys: Sequence[str], needed: int) -> list[dict[str, Any]]:
    """Read lines as rows; only the last cell may hold a stroke of its own.

    Raises ValueError with a sentence that names the first line that is wrong.

    >>> read_rows("2013 ｜ 船", ("year", "title"), 2)
    [{'year': 2013, 'title': '船'}]
    """
    rows = []
    lines = [line for line in text.replace("｜", STROKE).splitlines() if line.strip()]
    if len(lines) > MOST_ROWS:
        raise ValueError(gettext("At most %(most)d lines have room here.", most=MOST_ROWS))
    for number, line in enumerate(lines, 1):
        cells = [clean_line(cell) for cell in line.split(STROKE, len(keys) - 1)]
        _check(number, cells, needed)
        cells += [""] * (len(keys) - len(cells))
        rows.append({key: _typed(number, key, cell) for key, cell in zip(keys, cells, strict=True)})
    return rows


def _check(number: int, cells: list[str], needed: int) -> None:
    if len(cells) < needed or not all(cells[:needed]):
        raise ValueError(
            gettext("Line %(number)d: %(needed)d parts are needed.", number=number, needed=needed)
        )
    if not all(is_plain_line(cell) and len(cell) <= LONGEST_CELL for cell in cells):
        raise ValueError(
            gettext("Line %(number)d: a part is too long or not plain text.", number=number)
        )


def _typed(number: int, key: str, cell: str) -> object:
    if key != "year":
        return cell
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(
            gettext("Line %(number)d: write the year with four digits.", number=number)
        )
    return int(cell)


class RowsField(Field):
    """A text area whose lines are rows with these keys; the first ``needed`` must be filled."""

    widget = TextArea()

    def __init__(
        self,
        label: Any = None,  # a lazy string
        *,
        keys: Sequence[str],
        needed: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.keys = keys
        self.needed = needed

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return write_rows(self.data or [], self.keys)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is no row."""
        self.data = read_rows(valuelist[0], self.keys, self.needed) if valuelist else []


class LinesField(RowsField):
    """A text area of plain lines."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:  # a lazy string
        super().__init__(label, keys=("line",), needed=1, **kwargs)

    def process_data(self, value: Any) -> None:  # WTForms is untyped
        """Take the stored list of lines."""
        self.data = [{"line": line} for line in value or []]

    @property
    def lines(self) -> list[str]:
        """The lines as they are stored."""
        return [row["line"] for row in self.data or []]
