"""Who is who while the sample world is loaded: people and their accounts by key, desks by time."""

import datetime as dt
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from actions.desk import Desk
from models.accounts import Account
from models.contests import Contest, Event
from models.occupations import Occupation
from models.organizations import Organization, Town
from models.people import Person
from models.roles import grants_of
from rules.permits import Actor


@dataclass
class World:
    """What the loaders of one noun hand to the next; ``desk`` is the system's own."""

    desk: Desk
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    towns: dict[str, Town] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    occupations: dict[str, Occupation] = field(default_factory=dict)
    contests: dict[str, Contest] = field(default_factory=dict)

    def at(self, moment: dt.datetime | None) -> Desk:
        """Return the system's desk at another moment."""
        return replace(self.desk, now=moment) if moment else self.desk

    def seat(self, key: str, moment: dt.datetime | None = None) -> Desk:
        """Return the desk with a person of the world at it, with the roles held by now."""
        account = self.account(key)
        grants = grants_of(self.desk.session, account.id)
        return self.at(moment).acting_as(Actor(account.id, account.person_id, grants))

    def account(self, key: str) -> Account:
        """Return the account of a person; one nobody can sign in to is made where none is."""
        if key not in self.accounts:
            person = self.people[key]
            account = Account(
                username=key,
                password_hash="!",  # noqa: S106  # no password fits: the account waits for its owner
                display_name=person.name,
                person_id=person.id,
                created_at=self.desk.now,
            )
            self.desk.session.add(account)
            self.desk.session.flush()
            self.accounts[key] = account
        return self.accounts[key]

    def event(self, path: str) -> Event:
        """Return the event of ``<contest>/<event>``."""
        contest, _, slug = path.partition("/")
        query = select(Event).join(Contest).where(Contest.slug == contest, Event.slug == slug)
        return self.desk.session.scalars(query).one()

    def reload(self) -> None:
        """Find again what an earlier load has put in."""
        session = self.desk.session
        self.towns = {row.code: row for row in session.scalars(select(Town))}
        self.organizations = {row.name: row for row in session.scalars(select(Organization))}
        self.occupations = {row.name: row for row in session.scalars(select(Occupation))}
