"""Selection rounds and the candidates' way through them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from actions.desk import Desk
from models.organizations import Organization
from models.people import Person
from models.selection import Candidate, SelectionRound
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Permit
from rules.states import CandidateState, RoundState

OPEN_TO_APPLICANTS = frozenset({RoundState.CALL_OPEN})


@dataclass(frozen=True)
class RoundText:
    """A round as announced: legal basis, places, conditions and indicators as data."""

    slug: str
    name: str
    year: int
    places: int
    doc_no: str = ""
    rules: dict[str, Any] = field(default_factory=dict)
    summary: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None


@dataclass(frozen=True)
class CandidateText:
    """Under what a candidate is entered: category, own unit, who recommends."""

    category: str
    unit: Organization | None = None
    recommender: Organization | None = None
    summary: str = ""


def create_round(desk: Desk, text: RoundText) -> SelectionRound:
    """Prepare a round."""
    desk.require(Permit.SELECTION_VIEW)
    if text.places < 1:
        raise Invalid("A round has at least one place.")
    selection_round = SelectionRound(**vars(text))
    desk.session.add(selection_round)
    desk.session.flush()
    desk.record("create_round", f"round:{text.slug}")
    return selection_round


def move_round(desk: Desk, selection_round: SelectionRound, verb: str) -> None:
    """Take one step of the round; a call needs its legal basis."""
    desk.require(Permit.SELECTION_VIEW, selection_round.where)
    if verb == "open_call" and not selection_round.doc_no:
        raise Blocked("A call names the document it rests on. The round stays as it is.")
    selection_round.move(verb)
    desk.record(f"{verb}_round", f"round:{selection_round.slug}")


def enter_candidate(
    desk: Desk, selection_round: SelectionRound, person: Person, text: CandidateText
) -> Candidate:
    """Enter a candidate while the call is open."""
    desk.require(Permit.SELECTION_VIEW, selection_round.where)
    if selection_round.state not in OPEN_TO_APPLICANTS:
        raise WrongMoment("The call of this round is not open.")
    candidate = Candidate(
        round_id=selection_round.id,
        person_id=person.id,
        category=text.category,
        unit_id=text.unit.id if text.unit else None,
        recommender_id=text.recommender.id if text.recommender else None,
        summary=text.summary,
    )
    desk.session.add(candidate)
    desk.session.flush()
    desk.record("enter_candidate", f"candidate:{candidate.id}")
    return candidate


def move_candidate(desk: Desk, candidate: Candidate, verb: str, *, reason: str = "") -> None:
    """Take one step of a candidate; a rejection says why, naming keeps to the places."""
    desk.require(Permit.SELECTION_VIEW, candidate.round.where)
    if verb == "reject" and not reason.strip():
        raise Invalid("A candidate is told why: write the reason.")
    if verb == "propose":
        taken = sum(
            other.state in (CandidateState.PROPOSED, CandidateState.NAMED)
            for other in candidate.round.candidates
        )
        if taken >= candidate.round.places:
            raise Blocked("All places of this round are taken.")
    candidate.move(verb)
    desk.record(f"{verb}_candidate", f"candidate:{candidate.id}", reason=reason)
