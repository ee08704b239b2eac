"""A row of a unit's list: what may stand in each cell, and a sentence for everything else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.terms import Gender, SkillLevel
from rules.workers import (
    COLUMNS,
    FORMULA,
    WHOLE_ROW,
    RowFault,
    Words,
    Worker,
    by_row,
    doubles,
    over_quota,
    read_worker,
)
from tests.entry_world import sample_id

TODAY = dt.date(2026, 11, 24)
WORDS = Words(
    {"岑港街道": 3},
    {"制油工": 5},
    {"高级工": SkillLevel.THREE},
    {"男": Gender.MALE, "女": Gender.FEMALE},
)
RIGHT = {
    "name": "林示例",
    "gender": "男",
    "id_number": sample_id(1),
    "phone": "138 0000 1234",
    "town": "岑港街道",
    "occupation": "制油工",
    "in_trade_since": "2016年",
    "skill_level": "高级工",
    "certificate_no": "S1",
    "position": "班长",
}


def test_a_right_row_is_a_worker() -> None:
    assert read_worker(2, RIGHT, WORDS, TODAY) == Worker(
        "林示例", sample_id(1), "13800001234", 2016, 3, 5, SkillLevel.THREE, "S1", "班长"
    )


def test_what_is_not_needed_may_be_empty() -> None:
    needed = ("name", "id_number", "phone", "in_trade_since")

    worker = read_worker(2, {name: RIGHT[name] for name in needed}, WORDS, TODAY)

    assert isinstance(worker, Worker)
    assert (worker.town_id, worker.occupation_id, worker.skill_level) == (None, None, None)


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("name", "", "empty"),
        ("name", "名" * 41, "40 characters"),
        ("name", "林\u202e示", "plain characters"),
        ("gender", "女", "does not agree"),
        ("gender", "先生", "not in the list"),
        ("id_number", "", "empty"),
        ("id_number", sample_id(1)[:17], "17 digits"),
        ("id_number", sample_id(1)[:17] + "?", "17 digits"),
        ("id_number", "990001199013010011", "does not exist"),
        ("id_number", sample_id(1)[:-1] + ("1" if sample_id(1)[-1] != "1" else "2"), "fit the"),
        ("id_number", sample_id(3, "20150102"), "16 years"),
        ("id_number", sample_id(3, "20300102"), "16 years"),
        ("id_number", FORMULA, "formula"),
        ("phone", "12345", "11 digits"),
        ("town", "不存在镇", "not in the list"),
        ("occupation", "飞行员", "not in the list"),
        ("in_trade_since", "去年", "2016"),
        ("in_trade_since", "1980", "2016"),
        ("in_trade_since", "2027", "2016"),
        ("skill_level", "八级工", "not in the list"),
    ],
)
def test_one_wrong_cell_is_one_sentence_at_its_column(column: str, text: str, says: str) -> None:
    found = read_worker(7, {**RIGHT, column: text}, WORDS, TODAY)

    assert isinstance(found, tuple)
    assert [(fault.at, fault.column) for fault in found] == [(7, column)]
    assert says in str(found[0].reason)


def test_every_wrong_cell_of_a_row_is_named() -> None:
    wrong = {**RIGHT, "phone": "1", "skill_level": "九级", "town": "别处"}

    found = read_worker(2, wrong, WORDS, TODAY)

    assert isinstance(found, tuple)
    assert {fault.column for fault in found} == {"phone", "skill_level", "town"}


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=50)))
def test_no_text_breaks_the_reading_and_none_is_echoed(row: dict[str, str]) -> None:
    found = read_worker(2, row, WORDS, TODAY)

    if not isinstance(found, Worker):
        assert all(fault.column in COLUMNS for fault in found)
        number = row.get("id_number", "")
        assert len(number) < 9 or all(number not in str(fault.reason) for fault in found)


def test_the_second_of_two_equal_numbers_names_the_first() -> None:
    rows = [(2, {"id_number": "99x"}), (3, {}), (5, {"id_number": " 99X"}), (6, {"id_number": "1"})]

    (fault,) = doubles(rows)

    assert (fault.at, fault.column, dict(fault.reason.params)) == (5, "id_number", {"row": "2"})


@given(st.lists(st.integers(2, 900), unique=True, max_size=30), st.integers(-3, 40))
def test_rows_beyond_the_quota_are_exactly_those_too_many(rows: list[int], left: int) -> None:
    found = over_quota(rows, left)

    assert len(found) == max(0, len(rows) - max(0, left))
    assert [fault.at for fault in found] == rows[len(rows) - len(found) :]
    assert {fault.column for fault in found} <= {WHOLE_ROW}


def test_sentences_are_gathered_by_row() -> None:
    one, two = over_quota([4, 5], 0)

    assert by_row([one, two, RowFault(4, "name", one.reason)], str) == {
        4: [str(one.reason)] * 2,
        5: [str(two.reason)],
    }
