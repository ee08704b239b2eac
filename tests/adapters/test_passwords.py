"""Passwords are kept as argon2id and fit only themselves."""

from adapters.passwords import hash_password, verify_password


def test_a_password_fits_its_own_hash_alone() -> None:
    stored = hash_password("a short sentence")

    assert stored.startswith("$argon2id$")
    assert verify_password(stored, "a short sentence")
    assert not verify_password(stored, "another sentence")
    assert hash_password("a short sentence") != stored


def test_what_has_no_hash_never_fits() -> None:
    assert not verify_password(None, "nobody's password")
    assert not verify_password("!", "!")
