"""Notices: whether one is in force today.

Source: the rules for government websites ask for the day a document was made,
published and takes effect, and for its validity (docs/rules/numbering.md, "Notices").
"""

import datetime as dt

from rules.terms import Validity


def validity(
    today: dt.date,
    *,
    effective_on: dt.date | None = None,
    lapses_on: dt.date | None = None,
    replaced: bool = False,
) -> Validity:
    """Say whether a published notice holds on ``today``; its last day itself still counts.

    >>> validity(dt.date(2026, 3, 1), effective_on=dt.date(2026, 3, 2)).value
    'coming'
    """
    if replaced:
        return Validity.REPLACED
    if lapses_on is not None and today > lapses_on:
        return Validity.LAPSED
    if effective_on is not None and today < effective_on:
        return Validity.COMING
    return Validity.IN_FORCE
