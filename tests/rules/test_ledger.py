"""The ledger: whatever is changed, moved, cut or slipped in is found."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.ledger import FIRST, Row, append, canonical_json, merkle_root, row_hash, spell, verify

payloads = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(), max_size=3)


def chain(*payload_list: dict[str, Any]) -> list[Row]:
    """Build a sheet's chain."""
    rows: list[Row] = []
    for payload in payload_list:
        rows.append(append(rows[-1] if rows else None, "sheet-7", payload))
    return rows


def test_the_hash_is_what_the_document_says() -> None:
    written = f'1|{FIRST}|sheet-7|1|{{"mark":"8.5","工":"焊"}}'

    (row,) = chain({"工": "焊", "mark": "8.5"})

    assert row.hash == hashlib.sha256(written.encode()).hexdigest()


@pytest.mark.parametrize("value", [0.1, {"a": [0.1]}, {1: "a"}, {"a": b"b"}])
def test_what_has_no_exact_form_is_not_hashed(value: object) -> None:
    with pytest.raises(Invalid):
        canonical_json(value)


def test_a_bar_in_the_sheet_name_is_refused() -> None:
    with pytest.raises(Invalid, match="bar"):
        row_hash("a|b", 1, {}, FIRST)


@given(st.lists(payloads, min_size=1, max_size=6), st.data())
def test_any_change_is_found(values: list[dict[str, Any]], data: st.DataObject) -> None:
    rows = chain(*values)
    assert verify(rows, rows[-1].hash) is None
    at = data.draw(st.integers(0, len(rows) - 1))
    row = rows[at]
    forged = data.draw(
        st.sampled_from(
            [
                replace(row, payload={**row.payload, "forged": "yes"}),
                replace(row, sheet="sheet-8"),
                replace(row, seq=row.seq + 1),
                replace(row, prev="1" * 64),
                replace(row, hash="1" * 64),
            ]
        )
    )

    assert verify([*rows[:at], forged, *rows[at + 1 :]], rows[-1].hash) is not None
    assert verify([*rows[:at], *rows[at + 1 :]], rows[-1].hash) is not None


def test_each_break_says_what_is_wrong() -> None:
    rows = chain({"mark": "1"}, {"mark": "2"}, {"mark": "3"})
    other = replace(
        rows[1], sheet="other", hash=row_hash("other", 2, rows[1].payload, rows[0].hash)
    )

    found = [
        verify([rows[0], rows[2]]),
        verify([rows[0], replace(rows[1], prev=FIRST)]),
        verify([rows[0], other]),
        verify([rows[0], replace(rows[1], payload={"mark": "9"})]),
        verify(rows[:2], rows[2].hash),
    ]

    assert [str(broken.reason) for broken in found if broken] == [
        "Row 2 is missing or out of order.",
        "Row 2 does not follow the one before.",
        "Row 2 does not follow the one before.",
        "Row 2 was changed after it was written.",
        "The chain ends before the row that was signed last.",
    ]


def test_an_empty_sheet_holds() -> None:
    assert verify([]) is None


@given(
    st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=9, unique=True), st.data()
)
def test_the_root_stands_for_every_leaf_and_their_order(
    leaves: list[bytes], data: st.DataObject
) -> None:
    hashes = [leaf.hex() for leaf in leaves]
    at = data.draw(st.integers(0, len(hashes) - 1))
    other = [*hashes[:at], hashlib.sha256(leaves[at]).hexdigest(), *hashes[at + 1 :]]

    assert merkle_root(other) != merkle_root(hashes)
    assert merkle_root([*hashes, hashes[-1]]) != merkle_root(hashes)
    if len(hashes) > 1:
        assert merkle_root(hashes[::-1]) != merkle_root(hashes)


def test_a_root_is_read_in_eight_groups() -> None:
    root = merkle_root([FIRST])

    assert [len(group) for group in spell(root).split()] == [8] * 8
    assert spell(root).replace(" ", "") == root
    assert merkle_root([]) == FIRST
