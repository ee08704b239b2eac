"""Notices: whether one holds today."""

import datetime as dt

import pytest

from rules.notices import validity
from rules.terms import Validity

DAY = dt.date(2026, 6, 15)
ONE = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("effective_on", "lapses_on", "replaced", "expected"),
    [
        (None, None, False, Validity.IN_FORCE),
        (DAY, None, False, Validity.IN_FORCE),
        (DAY + ONE, None, False, Validity.COMING),
        (DAY, DAY, False, Validity.IN_FORCE),
        (None, DAY - ONE, False, Validity.LAPSED),
        (DAY + ONE, None, True, Validity.REPLACED),
    ],
)
def test_each_case(
    effective_on: dt.date | None, lapses_on: dt.date | None, *, replaced: bool, expected: Validity
) -> None:
    assert (
        validity(DAY, effective_on=effective_on, lapses_on=lapses_on, replaced=replaced) is expected
    )
