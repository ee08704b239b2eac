"""What the records show of a contest's checklist, for many contests in a few statements."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contests import Contest, Event
from models.draws import Draw
from models.entries import Entry
from models.panels import PanelSeat
from models.roles import RoleGrant
from models.schemes import MarkingScheme
from rules.checklists import REACHED, reached
from rules.permits import Role, Scope
from rules.rulesets import rules_from_json
from rules.states import ContestState, EntryState, EventState

KEEPERS = (Role.ENCRYPTION_OFFICER, Role.SUPERVISOR)


class Records:
    """The rows a few statements found, asked contest by contest."""

    def __init__(self, session: Session, contests: Sequence[Contest]) -> None:
        events = [event.id for contest in contests for event in contest.events]
        keys = [contest.id for contest in contests]
        self._schemes = set(
            session.scalars(
                select(MarkingScheme.event_id).where(MarkingScheme.event_id.in_(events))
            )
        )
        self._seats = _seats(session, events)
        self._witnessed = set(
            session.scalars(
                select(Draw.event_id).where(Draw.event_id.in_(events), Draw.witness_id.is_not(None))
            )
        )
        self._waiting = set(
            session.scalars(
                select(Entry.event_id).where(
                    Entry.event_id.in_(events), Entry.state == EntryState.SUBMITTED
                )
            )
        )
        self._chiefs = set(
            session.scalars(
                select(RoleGrant.scope_id).where(
                    RoleGrant.role == Role.CHIEF_JUDGE,
                    RoleGrant.scope == Scope.EVENT,
                    RoleGrant.scope_id.in_(events),
                )
            )
        )
        self._keepers = set(
            session.execute(
                select(RoleGrant.role, RoleGrant.scope, RoleGrant.scope_id).where(
                    RoleGrant.role.in_(KEEPERS),
                    (RoleGrant.scope == Scope.SITE)
                    | ((RoleGrant.scope == Scope.CONTEST) & RoleGrant.scope_id.in_(keys)),
                )
            )
        )

    def shown(self, contest: Contest) -> frozenset[str]:
        """Name the watched items of a contest that the records show to be done."""
        live = [event for event in contest.events if event.state is not EventState.CANCELLED]
        found = {
            code
            for code, wanted in REACHED.items()
            if reached([event.state for event in contest.events], wanted)
        }
        found |= {"approved"} if contest.approved_at else set()
        found |= {"announced"} if contest.announced_at else set()
        found |= {"archived"} if contest.state is ContestState.ARCHIVED else set()
        found |= {"people"} if self._has_keepers(contest) else set()
        found |= self._of_events(live) if live else set()
        return frozenset(found)

    def _of_events(self, live: Iterable[Event]) -> set[str]:
        events = list(live)
        over = (EventState.DRAFT, EventState.OPEN)
        checks = {
            "schemes": all(event.id in self._schemes for event in events),
            "panels": all(self._is_seated(event) for event in events),
            "committed": all(event.id in self._witnessed for event in events),
            "reviewed": all(
                event.state not in over and event.id not in self._waiting for event in events
            ),
        }
        return {code for code, done in checks.items() if done}

    def _is_seated(self, event: Event) -> bool:
        wanted = rules_from_json(event.rules).judges_per_aspect
        return event.id in self._chiefs and self._seats[event.id] >= wanted

    def _has_keepers(self, contest: Contest) -> bool:
        here = {(Scope.SITE, None), (Scope.CONTEST, contest.id)}
        return {role for role, scope, key in self._keepers if (scope, key) in here} == set(KEEPERS)


def _seats(session: Session, events: Sequence[int]) -> Counter[int]:
    rows = session.execute(
        select(PanelSeat.event_id, func.count())
        .where(PanelSeat.event_id.in_(events))
        .group_by(PanelSeat.event_id)
    )
    return Counter(dict(rows.all()))
