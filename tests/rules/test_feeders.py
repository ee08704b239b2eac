"""Feeder contests: the first so many, so many of one unit, equals together."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rules.feeders import Placed, sent_on

RANKED = st.lists(st.tuples(st.sampled_from(["", "甲", "乙", "丙"]), st.integers(1, 12))).map(
    lambda rows: [Placed(number, unit, place) for number, (unit, place) in enumerate(rows)]
)


def test_a_full_unit_makes_room_for_the_next() -> None:
    ranked = [
        Placed(1, "甲", 1),
        Placed(2, "甲", 2),
        Placed(3, "甲", 3),
        Placed(4, "乙", 4),
        Placed(5, "丙", 5),
    ]

    assert sent_on(ranked, places=3) == {1, 2, 3}
    assert sent_on(ranked, places=3, per_unit=1) == {1, 4, 5}


def test_equals_on_the_last_place_all_go() -> None:
    ranked = [Placed(1, "甲", 1), Placed(2, "乙", 2), Placed(3, "丙", 2), Placed(4, "丁", 4)]

    assert sent_on(ranked, places=2) == {1, 2, 3}


def test_who_has_no_unit_is_counted_with_nobody() -> None:
    assert sent_on([Placed(1, "", 1), Placed(2, "", 2)], places=2, per_unit=1) == {1, 2}


@given(RANKED, st.integers(1, 6), st.none() | st.integers(1, 3))
def test_nobody_is_passed_over_without_a_reason(
    ranked: list[Placed], places: int, per_unit: int | None
) -> None:
    going = sent_on(ranked, places=places, per_unit=per_unit)

    last = max((one.place for one in ranked if one.person in going), default=0)
    before = Counter(one.unit for one in ranked if one.person in going and one.place < last)
    left_behind = [one for one in ranked if one.person not in going and one.place < last]
    assert sum(one.place < last for one in ranked if one.person in going) < places
    assert all(per_unit is not None and before[one.unit] >= per_unit for one in left_behind)
    assert len(going) >= min(places, len(ranked)) or per_unit is not None
