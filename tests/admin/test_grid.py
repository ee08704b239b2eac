"""The grid's own arithmetic: flags, groups of columns, the drawn tolerance."""

from decimal import Decimal

import pytest

from admin.judging.grid import CellView, GridView, RowView, cell_view
from admin.judging.scales import scale_of
from models.judging import Cell
from rules.schemes import Aspect
from tests.support import NOW


def aspect(measure: str, kind: str = "measurement", code: str = "A1") -> Aspect:
    return Aspect(code, "宽度差", kind, Decimal(4), measure, unit="mm")


@pytest.mark.parametrize(
    ("measure", "value", "flag"),
    [
        pytest.param("tolerance 0.5=4 2=2", "0.4", "", id="within"),
        pytest.param("tolerance 0.5=4 2=2", "3", "out", id="beyond-every-tolerance"),
        pytest.param("tolerance 2=2 plausible 0..20", "41.9", "er", id="unlikely"),
        pytest.param("tolerance 2=2", "", "", id="empty"),
    ],
)
def test_a_cell_tells_what_is_odd(measure: str, value: str, flag: str) -> None:
    cell = Cell(value or None, 3, NOW)

    assert cell_view(aspect(measure), cell, apart=False).flag == flag


def test_a_spread_comes_before_all_else_and_only_on_a_mark() -> None:
    judged = aspect("", "judgement")

    assert cell_view(judged, Cell("3", 1, NOW), apart=True).flag == "sp"
    assert cell_view(judged, Cell(None, 2, NOW), apart=True).flag == ""
    assert cell_view(judged, None, apart=False).seq == 0


@pytest.mark.parametrize(
    ("flags", "values", "absent", "state"),
    [
        (("", ""), ("1", "2"), False, "done"),
        (("", ""), ("1", ""), False, ""),
        (("er", ""), ("1", "2"), False, "err"),
        (("er", "sp"), ("1", "2"), False, "warn"),
        (("er", "sp"), ("1", "2"), True, "abs"),
    ],
)
def test_a_row_has_one_state(
    flags: tuple[str, str],
    values: tuple[str, str],
    absent: bool,  # noqa: FBT001  # pytest names every parameter
    state: str,
) -> None:
    cells = tuple(
        CellView(f"A{number}", value, 0, Decimal(1), flag)
        for number, (value, flag) in enumerate(zip(values, flags, strict=True))
    )

    row = RowView("K7QX", absent, cells)

    assert row.state == state
    assert row.total == (Decimal(2) if not absent and all(values) else None)


def test_groups_stand_under_one_head_with_a_line_between() -> None:
    columns = (
        aspect("direct", code="A1"),
        aspect("direct", code="A2"),
        aspect("", "judgement", code="B1"),
        aspect("direct", "theory", code="T1"),
    )
    view = GridView(columns, (), Decimal(16))

    assert [(kind.value, width) for kind, width in view.groups] == [
        ("measurement", 2),
        ("judgement", 1),
        ("theory", 1),
    ]
    assert view.borders == {"B1", "T1"}
    assert GridView((), (), Decimal(0)).borders == frozenset()


@pytest.mark.parametrize(
    ("measure", "ends", "ticks"),
    [
        pytest.param("band 10..14", ("8", "16", "10", "14"), ["10", "14"], id="band"),
        pytest.param("band 1..9", ("0", "13", "1", "9"), ["1", "9"], id="band-not-below-zero"),
        pytest.param("band -2..2", ("-4", "4", "-2", "2"), ["-2", "2"], id="band-around-zero"),
        pytest.param("tolerance 1=4 2=2", ("0", "3.0", "0", "2"), ["1", "2"], id="off-zero"),
        pytest.param(
            "tolerance 1=4 2=2 target 25",
            ("22.0", "28.0", "23", "27"),
            ["23", "24", "26", "27"],
            id="target",
        ),
    ],
)
def test_a_tolerance_is_drawn(measure: str, ends: tuple[str, ...], ticks: list[str]) -> None:
    scale = scale_of(aspect(measure))

    assert scale is not None
    assert (scale.low, scale.high, scale.left, scale.right) == tuple(map(Decimal, ends))
    assert list(scale.ticks) == [Decimal(tick) for tick in ticks]
    assert (scale.x(scale.low), scale.x(scale.high)) == (0, 280)


@pytest.mark.parametrize("measure", ["pass_fail", "direct", "deduct 1", "band 3..3", ""])
def test_other_measures_have_nothing_to_draw(measure: str) -> None:
    assert scale_of(aspect(measure)) is None
    assert scale_of(aspect(measure, "judgement")) is None
