"""An employer for tests: its contact, its people, its filled-in lists."""

import datetime as dt
import itertools

from actions.desk import Desk
from adapters.worker_sheets import workers_workbook
from models.accounts import Account
from models.contests import Event
from models.occupations import Industry
from models.organizations import Organization, Town
from rules.permits import Role, Scope
from rules.terms import Family, OrganizationKind, TownKind
from tests.contest_world import at
from tests.entry_world import sample_id
from tests.support import actor_of, give, make_account

_numbers = itertools.count(1)


def make_unit(desk: Desk, name: str = "") -> Organization:
    """Add an employer of a town of its own."""
    number = next(_numbers)
    session = desk.session
    if session.query(Town).filter_by(code="un").first() is None:
        session.add(Town(code="un", name="岑港街道", english="", kind=TownKind.STREET))
        session.add(Industry(code="un", name="示例行业", english="", family=Family.GRAIN))
    unit = Organization(
        name=name or f"示例粮库{number}（示例）",
        short_name=f"粮库{number}",
        kind=OrganizationKind.EMPLOYER,
    )
    session.add(unit)
    session.flush()
    return unit


def contact_account(desk: Desk, unit: Organization) -> Account:
    """Open the account of a unit's head contact."""
    account = make_account(desk.session, "郑联系人")
    give(desk.session, account, Role.UNIT_CONTACT, Scope.ORGANIZATION, unit.id)
    return account


def contact(desk: Desk, unit: Organization, event: Event) -> Desk:
    """Seat a contact of the unit an hour after entries opened."""
    account = contact_account(desk, unit)
    seat = desk.acting_as(actor_of(desk.session, account))
    return at(seat, event.entries_open_at + dt.timedelta(hours=1))


def cells(serial: int, **changes: str) -> dict[str, str]:
    """Write one worker down, right in every cell."""
    right = {
        "name": f"职工{chr(0x4E00 + serial)}",
        "gender": "男" if serial % 2 else "女",
        "id_number": sample_id(serial),
        "phone": f"138{serial:08d}",
        "town": "岑港街道",
        "in_trade_since": "2012",
        "skill_level": "高级工（三级）",
    }
    return {**right, **changes}


def sheet(*rows: dict[str, str]) -> bytes:
    """Write a filled-in list."""
    return workers_workbook(rows)
