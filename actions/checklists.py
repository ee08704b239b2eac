"""The checklist of a contest: items ticked, waived, planned and added; the records tick theirs."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from models.accounts import Account
from models.checklists import ChecklistItem
from models.contests import Contest
from models.roles import RoleGrant
from rules.checklists import BY_CODE, MOST_OWN, check_due, check_note, check_title
from rules.errors import Blocked, Invalid, WrongMoment, wrong_field
from rules.permits import GRANTS, Permit, Role
from rules.states import CheckState, ContestState

KEEPING = [role for role in Role if Permit.CHECKLIST_KEEP in GRANTS[role]]


@dataclass(frozen=True)
class Plan:
    """By when an item is due, and who sees to it."""

    due_on: dt.date | None
    assignee_id: int | None = None


def add_item(desk: Desk, contest: Contest, title: str, plan: Plan) -> ChecklistItem:
    """Add an item of the contest's own; the same one twice is refused.

    Raises ``Invalid`` with the field that is wrong, ``Blocked`` for more than sixty.
    """
    _open(desk, contest)
    clean = check_title(title)
    own = select(ChecklistItem.title).where(
        ChecklistItem.contest_id == contest.id, ChecklistItem.code.is_(None)
    )
    titles = list(desk.session.scalars(own))
    if clean in titles:
        raise wrong_field("title", "This item is on the list already.")
    if len(titles) >= MOST_OWN:
        raise Blocked("A checklist takes sixty items of its own. Nothing was added.")
    row = ChecklistItem(
        contest_id=contest.id, title=clean, due_on=check_due(plan.due_on), created_at=desk.now
    )
    desk.session.add(row)
    desk.session.flush()
    desk.record("add_item", f"contest:{contest.id}", item=row.key)
    _assign(desk, contest, row, plan.assignee_id)
    return row


def plan_item(desk: Desk, contest: Contest, key: str, plan: Plan) -> ChecklistItem:
    """Move an item's day or give it to a colleague, who is told."""
    row = _row(desk, contest, key)
    due = check_due(plan.due_on)
    if row.due_on != due:
        row.due_on = due
        desk.record("plan_item", f"contest:{contest.id}", item=row.key, due=due.isoformat())
    _assign(desk, contest, row, plan.assignee_id)
    return row


def tick_item(desk: Desk, contest: Contest, key: str, *, note: str = "") -> ChecklistItem:
    """Note that an item is done; ticking it again is no fault.

    Raises ``Blocked`` for an item that the records tick by themselves.
    """
    item = BY_CODE.get(key)
    if item is not None and item.watched:
        raise Blocked(
            "This item ticks itself as soon as the deed is done; nothing was changed. The list "
            "has a link to where it is done."
        )
    row = _row(desk, contest, key)
    return row if row.state is CheckState.DONE else _settle(desk, row, "tick", note)


def waive_item(desk: Desk, contest: Contest, key: str, *, note: str) -> ChecklistItem:
    """Note that a contest does not need an item, and why."""
    check_note(note, needed=True)
    return _settle(desk, _row(desk, contest, key), "waive", note)


def reopen_item(desk: Desk, contest: Contest, key: str) -> ChecklistItem:
    """Put an item back among what is to be done; its note stays."""
    row = _row(desk, contest, key)
    row.move("reopen")
    row.settled_by = row.settled_at = None
    desk.record("reopen_item", f"contest:{contest.id}", item=row.key)
    return row


def note_item(desk: Desk, contest: Contest, key: str, note: str) -> ChecklistItem:
    """Keep a note on an item for colleagues and whoever comes after them."""
    row = _row(desk, contest, key)
    row.note = check_note(note, needed=row.state is CheckState.NOT_NEEDED)
    desk.record("note_item", f"contest:{contest.id}", item=row.key)
    return row


def copy_items(desk: Desk, source: Contest, target: Contest, shift: dt.timedelta) -> None:
    """Take a contest's own items over, open again and their days moved; nobody is assigned."""
    rows = desk.session.scalars(
        select(ChecklistItem)
        .where(ChecklistItem.contest_id == source.id, ChecklistItem.code.is_(None))
        .order_by(ChecklistItem.id)
    )
    for row in rows.all():
        due = row.due_on + shift if row.due_on else None
        desk.session.add(
            ChecklistItem(contest_id=target.id, title=row.title, due_on=due, created_at=desk.now)
        )


def keepers_of(desk: Desk, contest: Contest) -> list[Account]:
    """List the accounts that keep this contest's checklist: one of them may be given an item."""
    rows = desk.session.execute(
        select(RoleGrant, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role.in_(KEEPING), Account.is_active)
        .order_by(Account.id)
    )
    place = contest.where
    found = {account.id: account for grant, account in rows if place.covers(grant.as_grant())}
    return list(found.values())


def _open(desk: Desk, contest: Contest) -> None:
    desk.require(Permit.CHECKLIST_KEEP, contest.where)
    if contest.state is ContestState.CANCELLED:
        raise WrongMoment("This contest is cancelled: its checklist stays as it is.")
    desk.session.scalars(select(Contest.id).where(Contest.id == contest.id).with_for_update()).one()


def _row(desk: Desk, contest: Contest, key: str) -> ChecklistItem:
    """Return the row of an item, made for one of the template the first time."""
    _open(desk, contest)
    query = select(ChecklistItem).where(ChecklistItem.contest_id == contest.id)
    if key in BY_CODE:
        row = desk.session.scalars(query.where(ChecklistItem.code == key)).first()
        if row is None:
            row = ChecklistItem(contest_id=contest.id, code=key, created_at=desk.now)
            desk.session.add(row)
            desk.session.flush()
        return row
    own = desk.session.scalars(query.where(ChecklistItem.code.is_(None)))
    found = next((one for one in own if one.key == key), None)
    if found is None:
        raise Invalid("This checklist has no such item. Nothing was changed.")
    return found


def _settle(desk: Desk, row: ChecklistItem, verb: str, note: str) -> ChecklistItem:
    clean = check_note(note, needed=False)
    row.move(verb)
    row.note = clean or row.note
    row.settled_by, row.settled_at = desk.actor.account_id, desk.now
    desk.record(f"{verb}_item", f"contest:{row.contest_id}", item=row.key)
    return row


def _assign(desk: Desk, contest: Contest, row: ChecklistItem, assignee_id: int | None) -> None:
    if assignee_id == row.assignee_id:
        return
    if assignee_id and assignee_id not in {one.id for one in keepers_of(desk, contest)}:
        raise wrong_field("assignee", "This colleague does not keep the checklist of this contest.")
    row.assignee_id = assignee_id or None
    desk.session.flush()
    desk.record("assign_item", f"contest:{contest.id}", item=row.key, account=assignee_id)
    if assignee_id and assignee_id != desk.actor.account_id and row.due_on:
        desk.tell(
            assignee_id,
            "checklist_assigned",
            f"contest:{contest.id}",
            contest=contest.name,
            title=BY_CODE[row.code].title if row.code else row.title,
            due=row.due_on.isoformat(),
        )
