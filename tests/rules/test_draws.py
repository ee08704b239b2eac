"""Draws: fair, repeatable from the seed, and spread over employers."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.draws import (
    ALPHABET,
    below,
    blind_codes,
    clashes,
    commit,
    numbers,
    replay,
    shuffle,
    spread_out,
)
from rules.errors import Invalid

SEED = "2026-11-24 evening seed"
PEOPLE = [f"E{number:02}" for number in range(12)]


def test_the_written_stream_is_what_any_other_program_gets() -> None:
    assert commit(SEED) == "e77cd6e61fc2c41629891bd55a04d1990933ac2451d97ccbf7a7a6a36ad774c1"
    assert list(itertools.islice(numbers(SEED), 2)) == [1221749772852923689, 3092394390392206118]
    assert " ".join(shuffle(PEOPLE, SEED)) == ("E03 E06 E07 E00 E08 E11 E02 E09 E05 E04 E10 E01")


def test_a_short_seed_is_refused() -> None:
    with pytest.raises(Invalid, match="could be guessed"):
        commit("short")


def test_numbers_of_a_partial_round_are_skipped() -> None:
    assert below(iter([2**64 - 1, 7]), 5) == 2


def test_replay_accepts_the_true_order_only() -> None:
    drawn = shuffle(PEOPLE, SEED)

    replay(PEOPLE, SEED, commit(SEED), drawn)
    with pytest.raises(Invalid, match="does not give the hash"):
        replay(PEOPLE, SEED + "!", commit(SEED), drawn)
    with pytest.raises(Invalid, match="another order"):
        replay(PEOPLE, SEED, commit(SEED), drawn[::-1])
    with pytest.raises(Invalid, match="another order"):
        replay(PEOPLE[:-1], SEED, commit(SEED), drawn)


def test_every_order_is_about_as_likely() -> None:
    orders = Counter("".join(shuffle("abc", f"{SEED}{trial}")) for trial in range(1200))

    assert len(orders) == 6
    assert all(140 < count < 260 for count in orders.values())


@given(st.lists(st.integers(), max_size=30), st.text(max_size=8), st.text(max_size=4))
def test_nobody_is_lost_in_a_draw(items: list[int], seed: str, label: str) -> None:
    assert Counter(shuffle(items, seed, label)) == Counter(items)


@given(st.lists(st.sampled_from("abcd"), max_size=24))
def test_same_employers_are_never_neighbours_when_that_can_be(employers: list[str]) -> None:
    groups = dict(enumerate(employers))

    order = spread_out(list(groups), groups)

    assert sorted(order) == list(groups)
    most = max(Counter(employers).values(), default=0)
    assert clashes(order, groups) == max(0, 2 * most - len(employers) - 1)


def test_those_without_employer_never_clash() -> None:
    order = ["a", "b", "c"]

    assert spread_out(order, {}) == order
    assert clashes(order, {}) == 0


def test_blind_codes_are_readable_and_unique() -> None:
    codes = blind_codes(600, SEED, prefix="W")

    assert len(set(codes)) == 600
    assert all(len(code) == 5 and set(code[1:]) <= set(ALPHABET) for code in codes)
    assert not set("01OI") & set(ALPHABET)
    assert codes[:300] == blind_codes(300, SEED, prefix="W")
    assert codes != blind_codes(600, SEED, "second layer", "W")
