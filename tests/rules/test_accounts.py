"""Accounts: handles are cleaned, mobile numbers known, weak passwords told why."""

import pytest

from rules.accounts import MAX_PASSWORD, clean_handle, is_mobile, password_faults


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000-1234", "13800001234"),
        ("+86 138 0000 1234", "+8613800001234"),
        ("  Li.Si@Example.COM ", "li.si@example.com"),
        ("\uff41bc", "abc"),
    ],
)
def test_a_handle_has_one_form(typed: str, kept: str) -> None:
    assert clean_handle(typed) == kept


def test_mobile_numbers_begin_as_they_do_here() -> None:
    assert is_mobile("13800001234")
    assert not is_mobile("12800001234")


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("seven77", "at least 8"),
        ("x" * (MAX_PASSWORD + 1), "at most 128"),
        ("Password", "first anybody would try"),
        ("zhangsan1", "first anybody would try"),
    ],
)
def test_a_bad_password_is_told_why(password: str, word: str) -> None:
    (fault,) = password_faults(password, "zhangsan1")

    assert word in fault


def test_a_sentence_will_do() -> None:
    assert password_faults("water before dough", "zhangsan1") == ()
