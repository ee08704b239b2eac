"""Merging two records of one person: what would move, what stands in the way, the deed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError

from actions.accounts import end_sessions
from actions.desk import Desk
from actions.duplicates import checked_reason, refuse_merged, refuse_own
from actions.merge_obstacles import left_of, obstacles, two_accounts
from actions.merged_pages import join_profiles, pages_of, profiles_of
from actions.people import move_numbers
from models.accounts import Account
from models.duplicates import NotSame, references, told_apart
from models.entries import Entry
from models.extensions import Extension
from models.messages import Message
from models.people import Person
from rules.duplicates import pair_of
from rules.errors import Blocked, Invalid
from rules.permits import Permit
from rules.phrases import Phrase, phrase

FILLED: Final = (
    "email",
    "town_id",
    "organization_id",
    "occupation_id",
    "position",
    "skill_level",
    "in_trade_since",
    "photo_id",
    "gender",
    "birth_date",
)
"""Facts the kept record takes from the other where it has none of its own."""
OWNED: Final[tuple[Any, ...]] = (Entry.account_id, Extension.account_id, Message.account_id)
"""What follows a contestant from an account that is closed to the one that stays."""


@dataclass(frozen=True)
class MergePlan:
    """What merging does: rows by table, facts that are filled, what is told, what forbids it."""

    moves: dict[str, int]
    fills: tuple[str, ...]
    notes: tuple[Phrase, ...]
    obstacles: tuple[Phrase, ...]


def merge_plan(desk: Desk, kept: Person, gone: Person) -> MergePlan:
    """Say what merging ``gone`` into ``kept`` would do; nothing is changed."""
    desk.require(Permit.PERSON_MERGE)
    return MergePlan(
        moves=_moves(desk, kept, gone),
        fills=tuple(name for name in FILLED if _fills(kept, gone, name)),
        notes=tuple(_notes(desk, kept, gone)),
        obstacles=tuple(obstacles(desk, kept, gone, left_of(desk, kept, gone))),
    )


def merge_people(desk: Desk, *, kept: Person, gone: Person, reason: str) -> None:
    """Move all that refers to ``gone`` to ``kept``; ``gone`` stays and leads there.

    The same merging sent twice is done once. Raises ``Blocked`` with what
    stands in the way; then nothing was changed. Marks, draws and the audit
    trail name no person's row and are never touched.
    """
    desk.require(Permit.PERSON_MERGE)
    refuse_own(desk, kept, gone)
    words = checked_reason(reason)
    if kept is gone:
        raise Invalid("A record is not merged into itself.")
    _hold(desk, kept, gone)
    if gone.merged_into_id == kept.id:
        return
    refuse_merged(kept, gone)
    plan = merge_plan(desk, kept, gone)
    if plan.obstacles:
        raise Blocked(
            "These two records cannot be merged as things stand. Nothing was changed.",
            plan.obstacles,
        )
    pages = pages_of(desk, kept, gone)
    try:
        with desk.session.begin_nested():
            _join(desk, kept, gone)
    except IntegrityError:  # a rule of the database this plan did not foresee
        raise Blocked(
            "The database refuses to join these two records: both have something there can be "
            "one of. Nothing was changed."
        ) from None
    desk.record(
        "merge_people", f"person:{kept.key}", merged=gone.key, reason=words, moved=plan.moves
    )
    for key in pages:
        desk.send("index", key=key)
    _tell(desk, kept)


def _hold(desk: Desk, *people: Person) -> None:
    """Hold both rows to the commit, in one order, so that two merges never wait for each other."""
    for key in sorted(person.id for person in people):
        desk.session.get_one(Person, key, with_for_update={"of": Person}, populate_existing=True)


def _moves(desk: Desk, kept: Person, gone: Person) -> dict[str, int]:
    left, counts = left_of(desk, kept, gone), Counter[str]()
    for column in references():
        if column.table.name not in left:
            query = select(func.count()).select_from(column.table).where(column == gone.id)
            counts[column.table.name] += desk.session.scalar(query) or 0
    return {name: number for name, number in counts.items() if number}


def _fills(kept: Person, gone: Person, name: str) -> bool:
    return getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, "")


def _notes(desk: Desk, kept: Person, gone: Person) -> Iterator[Phrase]:
    if kept.name != gone.name:
        yield phrase(
            "The names differ. “%(kept)s” stays; certificates keep the name they were issued to.",
            kept=kept.name,
        )
    if kept.id_number_mark and gone.id_number_mark:
        yield phrase("The ID numbers differ. The one of the kept record stays in force.")
    if kept.phone_mark and gone.phone_mark and kept.phone_mark != gone.phone_mark:
        yield phrase("The phone number of the kept record stays, the other is forgotten.")
    accounts = two_accounts(desk, kept, gone)
    if accounts:
        yield phrase(
            "Both can sign in. The account “%(stays)s” stays and takes over entries and messages; "
            "“%(closed)s” is closed. A phone number or e-mail the first lacks comes with it.",
            stays=accounts[0].display_name,
            closed=accounts[1].display_name,
        )
    if len(profiles_of(desk, kept, gone)) > 1:
        yield phrase(
            "Both have a profile. The kept record's stays with its words; the other is hidden, its "
            "stories move, and its address leads to the one that stays."
        )
    earlier = told_apart(desk.session, kept.id, gone.id)
    if earlier is not None:
        yield phrase("They were found to be two people: %(reason)s", reason=earlier.reason)


def _join(desk: Desk, kept: Person, gone: Person) -> None:
    left = left_of(desk, kept, gone)
    _join_accounts(desk, kept, gone)
    join_profiles(desk, kept, gone)
    _join_verdicts(desk, kept, gone)
    desk.session.flush()
    for column in references():
        if column.table.name not in left:
            move_references(desk, column, kept=kept.id, gone=gone.id)
    desk.session.expire_all()
    for name in FILLED:
        if _fills(kept, gone, name):
            setattr(kept, name, getattr(gone, name))
    move_numbers(desk, kept, gone)
    gone.merged_into_id, gone.merged_at = kept.id, desk.now
    desk.session.flush()


def move_references(desk: Desk, column: Any, *, kept: int, gone: int) -> None:  # noqa: ANN401  # a column of any table
    """Let every row that names ``gone`` in one column name ``kept``."""
    query = update(column.table).where(column == gone).values({column.name: kept})
    desk.session.execute(query)


def _join_accounts(desk: Desk, kept: Person, gone: Person) -> None:
    """Close the second account; what it owned and the handles it answered to go to the first."""
    accounts = two_accounts(desk, kept, gone)
    if not accounts:
        return
    stays, closed = accounts
    handles = {name: getattr(closed, name) for name in ("email", "phone_mark")}
    closed.username = closed.username or f"merged-{closed.id}"
    closed.email = closed.phone_mark = closed.person_id = None
    closed.is_active = False
    end_sessions(desk, closed)
    desk.session.flush()
    for name, value in handles.items():
        if getattr(stays, name) is None:
            setattr(stays, name, value)
    for column in OWNED:
        query = update(column.class_).where(column == closed.id).values({column.key: stays.id})
        desk.session.execute(query.execution_options(synchronize_session=False))
    desk.record("close_account", f"account:{closed.id}", merged_into=stays.id)


def _join_verdicts(desk: Desk, kept: Person, gone: Person) -> None:
    """Carry over whom the merged record was told apart from; nobody is told apart from himself."""
    rows = desk.session.scalars(
        select(NotSame).where(or_(NotSame.low_id == gone.id, NotSame.high_id == gone.id))
    ).all()
    for row in rows:
        other = row.high_id if row.low_id == gone.id else row.low_id
        if other == kept.id or told_apart(desk.session, kept.id, other):
            desk.session.delete(row)
        else:
            row.low_id, row.high_id = pair_of(kept.id, other)


def _tell(desk: Desk, kept: Person) -> None:
    account = desk.session.scalars(select(Account).filter_by(person_id=kept.id)).first()
    if account is not None and account.is_active:
        desk.tell(account.id, "records_merged", f"person:{kept.key}")
