"""Batches: even in size and units, fewest neighbours of one unit, and blind to names."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rules.batches import Arrangement, arrange, deal, unevenness

People = list[tuple[str, str]]
people = st.lists(st.tuples(st.sampled_from(" abc"), st.sampled_from(" xyz")), max_size=24)


def arranged(rows: People, batches: int) -> Arrangement[int]:
    units = {at: unit for at, (unit, _) in enumerate(rows) if unit.strip()}
    levels = {at: level for at, (_, level) in enumerate(rows) if level.strip()}
    return arrange(range(len(rows)), units, levels, batches=batches)


@given(people, st.integers(1, 5))
def test_everybody_has_one_place_and_batches_are_even(rows: People, batches: int) -> None:
    found = arranged(rows, batches)

    sizes = [len(batch) for batch in found.batches]
    assert sorted(found.order) == list(range(len(rows)))
    assert max(sizes) - min(sizes) <= 1
    for unit in "abc":
        held = [sum(rows[one][0] == unit for one in batch) for batch in found.batches]
        assert max(held) - min(held) <= 1


@given(people, st.integers(1, 4))
def test_no_more_clashes_are_left_than_must_be(rows: People, batches: int) -> None:
    found = arranged(rows, batches)

    fewest = 0
    for batch in found.batches:
        counts = Counter(rows[one][0] for one in batch if rows[one][0].strip())
        most = max(counts.values(), default=0)
        fewest += max(0, 2 * most - len(batch) - 1)
    assert found.clashes == fewest


@given(people, st.integers(1, 4))
def test_names_of_units_and_levels_do_not_matter(rows: People, batches: int) -> None:
    other = {"a": "c", "b": "a", "c": "b", "x": "z", "y": "x", "z": "y", " ": " "}
    renamed = [(other[unit], other[level]) for unit, level in rows]

    assert arranged(rows, batches) == arranged(renamed, batches)


def test_exchanges_within_a_unit_even_out_the_levels() -> None:
    levels = dict.fromkeys("aceg", "high") | dict.fromkeys("bdfh", "low")
    unmixed = [("a", "c", "e", "g"), ("b", "d", "f", "h")]

    dealt = deal(list("abcdefgh"), {}, levels, 2)

    assert unevenness(unmixed, levels) == 4
    assert unevenness(dealt, levels) == 0


def test_what_no_exchange_evens_out_is_counted() -> None:
    """Unit A has one senior worker, unit B the other: both stand first in their unit."""
    units = {"a": 1, "b": 1, "c": 2, "d": 2}
    found = arrange("abcd", units, {"a": "s", "c": "s"}, batches=2)

    assert found.uneven == unevenness(found.batches, {"a": "s", "c": "s"})


def test_a_plain_draw_keeps_its_order() -> None:
    assert arrange("aab", {"a": 1}, {}, apart=False).order == list("aab")
