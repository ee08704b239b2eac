"""Seals open only where they were closed; slips, shares and marks."""

import pytest

from adapters.crypto import Vault, join, new_slip, open_with, public_of, seal_to, split, write_slip
from rules.errors import Invalid

HERE = "person:a:id_number"


def test_a_seal_opens_beside_its_row_alone() -> None:
    vault = Vault("a secret")
    sealed = vault.seal("990001199001011234", bound_to=HERE)

    assert vault.open(sealed, bound_to=HERE) == "990001199001011234"
    for moved in ("person:b:id_number", "person:a:phone"):
        with pytest.raises(Invalid, match="does not open"):
            vault.open(sealed, bound_to=moved)


def test_a_seal_opens_under_its_secret_alone_and_only_unchanged() -> None:
    sealed = Vault("a secret").seal("13800001234", bound_to=HERE)

    with pytest.raises(Invalid):
        Vault("another").open(sealed, bound_to=HERE)
    with pytest.raises(Invalid):
        Vault("a secret").open(sealed[:-1] + bytes([sealed[-1] ^ 1]), bound_to=HERE)


def test_equal_texts_are_sealed_differently_and_marked_alike() -> None:
    vault = Vault("a secret")

    assert vault.seal("a", bound_to=HERE) != vault.seal("a", bound_to=HERE)
    assert vault.mark("a") == vault.mark("a")
    assert vault.mark("a") not in (vault.mark("b"), Vault("another").mark("a"))
    assert len(vault.mark("a")) == 64


def test_a_slip_is_read_however_it_is_copied() -> None:
    slip = new_slip()
    sealed = seal_to(public_of(slip), b"the key", bound_to="draw:1")

    assert len(slip.split("-")) == 13
    for copied in (slip, slip.lower(), slip.replace("-", " "), slip.replace("-", "")):
        assert open_with(copied, sealed, bound_to="draw:1") == b"the key"


def test_another_slip_opens_nothing() -> None:
    sealed = seal_to(public_of(new_slip()), b"the key", bound_to="draw:1")

    with pytest.raises(Invalid):
        open_with(new_slip(), sealed, bound_to="draw:1")


@pytest.mark.parametrize("text", ["", "no slip at all", "AAAA-BBBB", write_slip(b"x" * 31)])
def test_what_is_no_slip_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid, match="13 groups"):
        public_of(text)


def test_two_shares_make_the_key_and_one_does_not() -> None:
    key = bytes(range(32))
    first, second = split(key)

    assert join(first, second) == key
    assert key not in (first, second)
