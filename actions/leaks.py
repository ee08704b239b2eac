"""The last look before a publication: no personal number leaves the house in a free text."""

from collections.abc import Iterator

from sqlalchemy import select

from actions.computing import decisions_of
from actions.desk import Desk
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.results import ResultLine, ResultSheet
from models.schemes import MarkingScheme, parsed
from rules.phrases import Phrase, phrase
from rules.privacy import leak_scan


def leaks_of(desk: Desk, event: Event, sheet: ResultSheet) -> tuple[Phrase, ...]:
    """List what looks like a personal number in the texts a result publishes, masked."""
    found = leak_scan("\n".join(_texts(desk, event, sheet)))
    return tuple(
        phrase("A text holds %(shown)s, which looks like a personal number.", shown=finding.shown)
        for finding in found
    )


def _texts(desk: Desk, event: Event, sheet: ResultSheet) -> Iterator[str]:
    """Walk the texts people typed: computed numbers cannot be personal and are left out."""
    contest = event.contest
    yield from (contest.name, contest.organiser, contest.host, event.name)
    yield from (decision.note for decision in decisions_of(desk, event))
    scheme = parsed(desk.session.get_one(MarkingScheme, sheet.scheme_id))
    for aspect in scheme.aspects():
        yield from (aspect.name, aspect.how, *aspect.levels)
    rows = desk.session.execute(
        select(Person.name, Organization.name)
        .join(Entry, Entry.person_id == Person.id)
        .join(ResultLine, ResultLine.entry_id == Entry.id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(ResultLine.sheet_id == sheet.id)
    )
    for name, unit in rows:
        yield from (name, unit or "")
