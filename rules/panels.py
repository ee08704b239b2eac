"""Panels: who of them may not mark a contestant.

Source: docs/rules/scoring.md, "Recusal".
"""

from collections.abc import Mapping

from rules.errors import Blocked


def conflicted(judges: Mapping[str, str | None], employer: str | None) -> tuple[str, ...]:
    """Return the judges (key to employer) who share the contestant's employer; None is nobody's.

    >>> conflicted({"a": "yard", "b": "mill", "c": None}, "yard")
    ('a',)
    """
    if employer is None:
        return ()
    return tuple(judge for judge, own in judges.items() if own == employer)


def check_recusal(judges: Mapping[str, str | None], employer: str | None) -> None:
    """Refuse a panel on which a judge shares the contestant's employer; raises ``Blocked``."""
    found = conflicted(judges, employer)
    if found:
        raise Blocked(
            "%(count)s judges work for the contestant's employer and may not mark this work. "
            "Name a substitute.",
            found,
            count=len(found),
        )
