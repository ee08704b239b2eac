"""Identity numbers: what is valid, what follows from it, and what staff see."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.identity import (
    age_on,
    birth_date,
    check_digit,
    gender,
    is_id,
    mask_bank,
    mask_id,
    mask_phone,
    parse_id,
)
from rules.terms import Gender
from tests.rules.vectors import vector

V14 = vector("v14")
MASKS = {"id_number": mask_id, "phone": mask_phone, "bank_account": mask_bank}


@pytest.mark.parametrize("number", V14["id_valid"])
def test_valid_numbers_of_v14(number: str) -> None:
    assert parse_id(number) == number


def test_a_small_x_of_v14_is_stored_large() -> None:
    assert parse_id(V14["id_lowercase_x"]["in"]).endswith("X")


@pytest.mark.parametrize("case", V14["id_invalid"])
def test_invalid_numbers_of_v14(case: dict[str, str]) -> None:
    words = {"check digit": "last character", "17 digits": "17 characters were read"}
    with pytest.raises(Invalid, match=words.get(case["why"], "does not exist")) as refusal:
        parse_id(case["id"])
    assert case["id"] not in str(refusal.value)
    assert not is_id(case["id"])


def test_what_follows_from_a_number_of_v14() -> None:
    for number, derived in V14["derived"].items():
        assert birth_date(number).isoformat() == derived["birth"]
        assert gender(number).value.upper() == derived["sex"]
    assert gender(V14["id_valid"][1]) is Gender.MALE


@pytest.mark.parametrize("case", [case for case in V14["mask"] if case["field"] in MASKS])
def test_masks_of_v14(case: dict[str, str]) -> None:
    assert MASKS[case["field"]](case["in"]) == case["staff"]


@pytest.mark.parametrize("number", ["99000117990101001", "99000100000101001"])
def test_dates_before_the_century_are_none(number: str) -> None:
    with pytest.raises(Invalid, match="does not exist"):
        parse_id(number + check_digit(number))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)), st.integers(0, 999), st.integers(0, 16))
def test_one_wrong_digit_is_always_found(born: dt.date, sequence: int, at: int) -> None:
    first = f"990001{born:%Y%m%d}{sequence:03}"
    number = first + check_digit(first)
    wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]

    assert birth_date(number) == born
    assert not is_id(wrong)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1990-05-02", "2026-05-01", 35),
        ("1990-05-01", "2026-05-01", 36),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age(born: str, day: str, age: int) -> None:
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(day)) == age
