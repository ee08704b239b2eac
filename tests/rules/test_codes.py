"""Codes: six digits of a keyed hash, and who keeps to the password."""

from hypothesis import given
from hypothesis import strategies as some

from rules.codes import DIGITS, clean_code, digits_of, needs_password
from rules.permits import GRANTS, Grant, Role


@given(some.binary(min_size=32, max_size=32))
def test_a_code_has_six_digits_whatever_the_hash(mark: bytes) -> None:
    code = digits_of(mark.hex())

    assert len(code) == DIGITS
    assert code.isdecimal()
    assert clean_code(f" {code[:3]} {code[3:]} ") == code


def test_full_width_digits_are_digits_and_letters_are_left_out() -> None:
    assert clean_code("１２３４５６") == "123456"
    assert clean_code("12a34-56") == "123456"
    assert clean_code("²3") == "3"


def test_whoever_may_do_anything_for_others_keeps_to_the_password() -> None:
    assert not needs_password([])
    for role in Role:
        assert needs_password([Grant(role)]) is bool(GRANTS[role])
