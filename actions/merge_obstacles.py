"""What stands in the way of merging two records, in words that say what to do first."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from actions.desk import Desk
from actions.merged_pages import profiles_of
from models.accounts import Account
from models.contests import Event
from models.craftsmen import Apprenticeship, Craftsman
from models.duplicates import NotSame, references, shared_keys
from models.entries import Entry
from models.judges import Judge, JudgeTie
from models.people import Person
from models.roles import RoleGrant
from models.selection import SelectionRound
from rules.phrases import Phrase, phrase


def left_of(desk: Desk, kept: Person, gone: Person) -> frozenset[str]:
    """Return the tables whose rows of the merged record are joined by rules of their own."""
    left = {NotSame.__tablename__}
    if two_accounts(desk, kept, gone):
        left.add(Account.__tablename__)
    if len(profiles_of(desk, kept, gone)) > 1:
        left.add(Craftsman.__tablename__)
    return frozenset(left)


def two_accounts(desk: Desk, kept: Person, gone: Person) -> list[Account]:
    """Return both accounts, the kept one's first, where both can sign in."""
    rows = desk.session.scalars(
        select(Account).where(Account.person_id.in_((kept.id, gone.id)))
    ).all()
    return sorted(rows, key=lambda row: row.person_id != kept.id) if len(rows) > 1 else []


def obstacles(desk: Desk, kept: Person, gone: Person, left: frozenset[str]) -> Iterator[Phrase]:
    """Walk what must be settled before two records can be merged; ``left`` has rules of its own."""
    for column in references():
        if column.table.name not in left:
            for key in shared_keys(desk.session, column, kept.id, gone.id):
                yield _clash(desk, column.table.name, key)
    yield from _between(desk, kept, gone)
    for account in two_accounts(desk, kept, gone)[1:]:
        if desk.session.scalars(select(RoleGrant.id).filter_by(account_id=account.id)).first():
            yield phrase(
                "The account “%(name)s” of the record to be merged holds roles. Have them taken "
                "back first, or keep that record instead.",
                name=account.display_name,
            )


def _between(desk: Desk, kept: Person, gone: Person) -> Iterator[Phrase]:
    """List what is on record between the two: nobody is his own master or recuses himself."""
    lines = select(Apprenticeship.id).where(
        or_(
            (Apprenticeship.master_id == kept.id) & (Apprenticeship.apprentice_id == gone.id),
            (Apprenticeship.master_id == gone.id) & (Apprenticeship.apprentice_id == kept.id),
        )
    )
    if desk.session.scalars(lines).first() is not None:
        yield phrase("One is on record as the master of the other. They cannot be one person.")
    ties = (
        select(JudgeTie.id)
        .join(JudgeTie.judge)
        .where(
            or_(
                (Judge.person_id == kept.id) & (JudgeTie.person_id == gone.id),
                (Judge.person_id == gone.id) & (JudgeTie.person_id == kept.id),
            )
        )
    )
    if desk.session.scalars(ties).first() is not None:
        yield phrase("One is on record as close to the other as a judge. They are two people.")


def _clash(desk: Desk, table: str, key: tuple[Any, ...]) -> Phrase:
    if table == Entry.__tablename__:
        event = desk.session.get_one(Event, key[0])
        return phrase(
            "Both are entered in “%(event)s” of %(contest)s. Have one of the two entries withdrawn "
            "or rejected first; who took part in one event twice over is not one person.",
            event=event.name,
            contest=event.contest.name,
        )
    if table == "candidate":
        return phrase(
            "Both stand as candidates in “%(round)s”, and a round is never rewritten. The records "
            "stay apart.",
            round=desk.session.get_one(SelectionRound, key[0]).name,
        )
    if table == "correction":
        return phrase("Both have asked for a correction. Answer one of the two first.")
    if table == Judge.__tablename__:
        return phrase(
            "Both stand in the pool of judges, where one row stands for one person. The records "
            "stay apart."
        )
    return phrase("Both have a row in “%(table)s”, where there is one a person.", table=table)
