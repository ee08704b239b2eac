"""Entries for tests, filled in by the actions a contestant's pages call."""

import datetime as dt
import io

from PIL import Image

from actions.desk import Desk
from actions.entries import Work, begin_entry, confirm_conditions, save_photo, save_who, save_work
from actions.events import move_event
from actions.people import Identity
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from rules.eligibility import Rule, RuleKind
from rules.identity import check_digit
from rules.permits import Actor, Role
from rules.terms import SkillLevel
from tests.contest_world import announced_event, at
from tests.support import actor_of, give, make_account

ADULT = (Rule("E1", RuleKind.MIN_AGE, "18", "年满 18 周岁"),)


def open_event(desk: Desk, quota: int = 2) -> Event:
    """Announce an event for adults whose entries are open."""
    row = announced_event(desk, quota=quota, eligibility=ADULT)
    move_event(at(desk, row.entries_open_at), row, "open")
    return row


def picture() -> bytes:
    """Return a photograph that carries camera data."""
    out = io.BytesIO()
    image = Image.new("RGB", (600, 800), "navy")
    exif = Image.Exif()
    exif[0x010F] = "示例相机"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def sample_id(serial: int, born: str = "19900102") -> str:
    """Make an ID number of the region that does not exist."""
    first = f"990001{born}{serial % 1000:03d}"
    return first + check_digit(first)


def contestant(desk: Desk, event: Event) -> Desk:
    """Seat somebody new an hour after entries opened."""
    account = make_account(desk.session, "贺选手")
    return at(desk.acting_as(Actor(account.id)), event.entries_open_at + dt.timedelta(hours=1))


def own(seat: Desk) -> Desk:
    """Return the desk with the person the account belongs to by now."""
    account = seat.session.get_one(Account, seat.actor.account_id)
    return seat.acting_as(actor_of(seat.session, account))


def filled(seat: Desk, event: Event, serial: int = 1, name: str = "贺选手") -> Entry:
    """Fill in every step."""
    entry = begin_entry(seat, event, form_key=f"k{serial}")
    save_who(seat, entry, Identity(name, sample_id(serial), "13800001234"), consents=True)
    save_work(seat, entry, Work(SkillLevel.THREE, 2012, employer="示例船厂"))
    save_photo(seat, entry, picture())
    confirm_conditions(seat, entry)
    return entry


def reviewer(desk: Desk, event: Event) -> Desk:
    """Seat a reviewer of the whole site."""
    account = make_account(desk.session, "审核员")
    give(desk.session, account, Role.REVIEWER)
    return at(desk.acting_as(actor_of(desk.session, account)), event.entries_open_at)


def contestant_of(desk: Desk, entry: Entry) -> Desk:
    """Seat the owner of an entry."""
    opens = entry.event.entries_open_at
    return at(desk.acting_as(Actor(entry.account_id)), opens + dt.timedelta(hours=1))
