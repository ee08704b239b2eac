"""Money: amounts read as people write them, said as they are read, added without loss."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.money import (
    MOST,
    Standing,
    check_booked_on,
    check_note,
    check_payee,
    check_title,
    check_voucher,
    read_fen,
    read_some,
    say_fen,
    whole,
)
from rules.privacy import STAR

AMOUNTS = st.integers(0, MOST)
TODAY = dt.date(2026, 11, 24)


@given(AMOUNTS)
def test_what_is_said_is_read_again(fen: int) -> None:
    said = say_fen(fen)

    assert read_fen(said) == fen
    assert read_fen(f" ¥ {said} 元") == fen
    assert read_fen(said.replace(",", "")) == fen
    assert say_fen(-fen) == (f"-{said}" if fen else said)


@given(st.integers(0, 10_000))
def test_ten_thousands_are_read_as_such(count: int) -> None:
    assert read_fen(f"{count}万元") == read_fen(f"{count * 10_000}") == count * 1_000_000


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12,000.50", 1_200_050),
        ("12000.5", 1_200_050),
        ("1.2万", 1_200_000),
        ("1.2 万元整", 1_200_000),
        ("１２，０００．５０", 1_200_050),
        ("￥3000", 300_000),
        ("RMB 3000", 300_000),
        ("人民币3000元", 300_000),
        ("0", 0),
        ("0.01", 1),
        ("100,000,000", MOST),
        ("0.000001万", 1),
    ],
)
def test_amounts_as_people_write_them(text: str, fen: int) -> None:
    assert read_fen(text) == fen


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "in figures"),
        ("一万二", "in figures"),
        ("-5", "in figures"),
        ("12,00", "in figures"),
        ("1,2345", "in figures"),
        ("1.2.3", "in figures"),
        ("1e5", "in figures"),
        ("12 美元", "in figures"),
        ("NaN", "in figures"),
        (".5", "in figures"),
        ("٣", "in figures"),
        ("1.234", "smaller than a fen"),
        ("1.2345678万", "smaller than a fen"),
        ("100,000,000.01", "hundred million"),
        ("9" * 60, "hundred million"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        read_fen(text, field="planned")

    assert list(refused.value.fields) == ["planned"]


def test_nothing_is_not_booked() -> None:
    assert read_some("0.01") == 1
    with pytest.raises(Invalid, match="more than nothing"):
        read_some("0.00")


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    try:
        fen = read_fen(text)
    except Invalid:
        return
    assert 0 <= fen <= MOST


@given(st.lists(st.builds(Standing, AMOUNTS, st.integers(-MOST, MOST)), max_size=8))
def test_the_whole_is_the_sum_of_its_parts(parts: list[Standing]) -> None:
    total = whole(parts)

    assert total.left == sum(part.left for part in parts)
    assert total.is_over is (total.left < 0)


@pytest.mark.parametrize(
    ("planned", "spent", "share"), [(0, 0, 0), (0, 5, 100), (200, 100, 50), (3, 1, 33), (2, 3, 150)]
)
def test_the_share_of_a_plan(planned: int, spent: int, share: int) -> None:
    assert Standing(planned, spent).share == share


@pytest.mark.parametrize("day", [None, dt.date(1999, 12, 31), TODAY + dt.timedelta(days=1)])
def test_a_day_on_which_nothing_was_paid(day: dt.date | None) -> None:
    with pytest.raises(Invalid):
        check_booked_on(day, TODAY)

    assert check_booked_on(TODAY, TODAY) == TODAY


@given(st.text("贺定波钟离秋水", min_size=2, max_size=4))
def test_a_persons_name_is_never_kept_whole(name: str) -> None:
    assert STAR in check_payee(name)


def test_units_keep_their_name() -> None:
    assert check_payee(" 舟山示例印刷厂 ") == "舟山示例印刷厂"


@pytest.mark.parametrize("text", ["转 6217 0012 3456 7890", "13800001234", "长" * 201, "a\u202eb"])
def test_accounts_telephones_and_odd_text_are_not_kept(text: str) -> None:
    for check in (check_note, check_title, check_payee):
        with pytest.raises(Invalid):
            check(text)


def test_a_voucher_may_be_the_long_number_of_an_invoice() -> None:
    assert check_voucher("26332000000012345678") == "26332000000012345678"
    with pytest.raises(Invalid):
        check_voucher("13800001234")


def test_what_must_be_there_and_what_need_not() -> None:
    assert check_voucher("") == check_note("") == ""
    for check in (check_title, check_payee):
        with pytest.raises(Invalid, match="must be filled in"):
            check(" ")
    with pytest.raises(Invalid, match="must be filled in"):
        check_note("", needed=True)
