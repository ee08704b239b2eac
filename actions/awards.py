"""Awarding an event: honours enter the register, certificates are issued, pages are told."""

from sqlalchemy import select

from actions.certificates import AWARDS, issue_certificate
from actions.craftsmen import Profile, open_profile
from actions.desk import Desk
from actions.honours import HonourText, enter_honour
from actions.messages import tell_holder
from actions.results import result_of
from models.contests import Event
from models.craftsmen import Craftsman
from models.people import Consent, Person
from models.results import ResultLine
from rules.permits import Permit
from rules.terms import Award, ConsentPurpose, HonourKind


def award_event(desk: Desk, event: Event, *, sample: bool = False) -> int:
    """Give the awards of a final result; returns how many certificates were issued.

    ``sample`` marks the certificates as specimens without effect.
    """
    desk.require(Permit.CERTIFICATE_ISSUE, event.where)
    sheet = result_of(desk, event)
    event.move("award")
    winners = [(line, line.award) for line in sheet.lines if line.award is not None]
    field = sum(line.place is not None for line in sheet.lines)
    for line, award in winners:
        certificate = issue_certificate(desk, event, line, sample=sample)
        tell_holder(desk, certificate, "certificate_issued")
        person = certificate.person
        _page_for(desk, person, event)
        enter_honour(desk, person, _honour(event, line, award, field), line=line)
    desk.record("award_event", f"event:{event.id}", certificates=len(winners))
    desk.send("index", key=f"contest:{event.contest.slug}")
    return len(winners)


def _honour(event: Event, line: ResultLine, award: Award, field: int) -> HonourText:
    contest = event.contest
    return HonourText(
        kind=HonourKind.RESULT,
        title=f"{contest.name}{event.name}{AWARDS[award]}",
        year=contest.year,
        issuer=contest.organiser,
        doc_no=contest.approval_no,
        place=line.place,
        score=line.total,
        field_size=field,
        event_name=f"{contest.name} {event.name}",
    )


def _page_for(desk: Desk, person: Person, event: Event) -> None:
    """Open a public page for a winner who agreed to be shown and has none yet."""
    known = desk.session.scalars(select(Craftsman).filter_by(person_id=person.id)).first()
    agreed = desk.session.scalars(
        select(Consent.id).where(
            Consent.person_id == person.id,
            Consent.purpose == ConsentPurpose.STORY,
            Consent.withdrawn_at.is_(None),
        )
    ).first()
    if known is not None or agreed is None:
        return
    family = event.occupation.industry.family
    craftsman = open_profile(desk, person, Profile(family=family))
    craftsman.is_public = True
