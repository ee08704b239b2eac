"""Numbers: built, read back, and every single slip noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.numbering import (
    certificate_number,
    parse_certificate,
    parse_receipt,
    receipt_number,
)

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(
    st.integers(1000, 9999),
    st.text(SYMBOLS, min_size=2, max_size=8),
    st.integers(1, 99999),
    st.data(),
)
def test_a_number_comes_back_and_one_slip_is_noticed(
    year: int, contest: str, serial: int, data: st.DataObject
) -> None:
    number = certificate_number(year, contest, serial)
    assert parse_certificate(number) == (year, contest, serial)
    at = data.draw(st.sampled_from([at for at, char in enumerate(number) if char != "-"]))
    other = data.draw(st.sampled_from([char for char in SYMBOLS if char != number[at]]))

    with pytest.raises(Invalid):
        parse_certificate(number[:at] + other + number[at + 1 :])


def test_typing_habits_are_forgiven() -> None:
    number = certificate_number(2026, "HG", 187)

    assert number.startswith("DHJN-2026-HG-00187")
    assert parse_certificate(f" {number.lower().replace('-', '－')} ").serial == 187
    assert parse_certificate(number.replace("-", "–")).contest == "HG"


@pytest.mark.parametrize(
    ("year", "contest", "serial"),
    [(26, "HG", 1), (2026, "h", 1), (2026, "HG", 0), (2026, "HG", 100_000)],
)
def test_parts_without_room_are_refused(year: int, contest: str, serial: int) -> None:
    with pytest.raises(Invalid, match="needs a year"):
        certificate_number(year, contest, serial)


def test_receipts() -> None:
    assert receipt_number(2026, "HG", 187) == "26HG-0187"
    assert parse_receipt("26hg-0187") == (26, "HG", 187)
    for event, serial in (("H", 1), ("HG", 0)):
        with pytest.raises(Invalid, match="needs an event code"):
            receipt_number(2026, event, serial)
    with pytest.raises(Invalid, match="looks like"):
        parse_receipt("HG-0187")
    with pytest.raises(Invalid, match="looks like"):
        parse_certificate("DHJN-26-HG-1")


def test_the_number_in_the_prose_is_a_true_one() -> None:
    assert certificate_number(2026, "HG", 187) == "DHJN-2026-HG-00187Y"
