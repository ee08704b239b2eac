"""Drawings follow their numbers."""

import datetime as dt

from web.charts import bars, line, nice_top

FIRST = dt.date(2026, 11, 1)


def test_bars_are_shares_of_the_longest_and_parts_of_the_whole() -> None:
    one, two, none = bars([("甲", 30, "/a"), ("乙", 10, ""), ("丙", 0, "")])
    assert (one.share, one.part, one.url) == (100.0, 75.0, "/a")
    assert (two.share, two.part) == (33.3, 25.0)
    assert (none.share, none.part) == (0.0, 0.0)
    assert bars([("甲", 0, "")])[0].part == 0.0
    assert bars([("甲", 5, "")], whole=20)[0].part == 25.0
    assert bars([]) == []
    head, rest = bars([("甲", 30, "")], tail=[("其余", 90, "")])
    assert (head.share, head.part) == (100.0, 25.0)
    assert (rest.drawn, rest.part) == (False, 75.0)


def test_a_line_has_every_day_and_a_round_scale() -> None:
    drawn = line({FIRST: 2, FIRST + dt.timedelta(days=2): 4}, width=100, height=50)
    assert drawn is not None
    assert [count for _, count in drawn.days] == [2, 0, 4]
    assert drawn.top == 5
    assert drawn.points == "0.0,30.0 50.0,50.0 100.0,10.0"
    assert drawn.area == "0,50 0.0,30.0 50.0,50.0 100.0,10.0 100,50"


def test_one_day_is_no_line() -> None:
    assert line({}) is None
    assert line({FIRST: 7}) is None


def test_scales_are_round() -> None:
    assert [nice_top(count) for count in (0, 1, 3, 5, 6, 11, 21, 51, 501)] == [
        *(1, 1, 5, 5, 10, 20, 50, 100, 1000),
    ]
