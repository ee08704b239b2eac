"""Ties the rules leave to people: what is to be decided, and the decision on record."""

from dataclasses import dataclass

from actions.computing import compute_result, computed, decisions_of, known_codes
from actions.desk import Desk
from models.contests import Event
from models.results import ResultSheet, TieDecision
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.explanations import EventResult
from rules.permits import Permit
from rules.ranking import Decision, DecisionKind
from rules.rulesets import LastResort, rules_from_json
from rules.states import EventState

ORDERS = (DecisionKind.DRAW, DecisionKind.PLAYOFF)


@dataclass(frozen=True)
class OpenTie:
    """Contestants who share ``place``, and how the rules let the committee settle it.

    ``award`` is the one they cannot all get, None where only the place is shared.
    """

    place: int
    codes: tuple[str, ...]
    kinds: tuple[DecisionKind, ...]
    award: str | None = None
    places: int = 0


def open_ties(desk: Desk, event: Event) -> tuple[OpenTie, ...]:
    """List the ties that stand against publication, best place first."""
    result = computed(desk, event, known_codes(desk, event))
    found = {tie.codes: tie for tie in _shared(event, result)}
    for tie in result.ties:
        kinds = ORDERS if tie.codes in found else (DecisionKind.ADD, *ORDERS)
        found[tie.codes] = OpenTie(tie.place, tie.codes, kinds, tie.award, tie.places)
    return tuple(sorted(found.values(), key=lambda tie: tie.place))


def decide_tie(desk: Desk, event: Event, decision: Decision, *, reason: str) -> ResultSheet:
    """Record the committee's decision on a tie and compute a new version of the result.

    A later decision on the same contestants takes the place of an earlier
    one; both stay on record. Raises ``Invalid`` for a decision on anybody else.
    """
    desk.require(Permit.RESULT_DECIDE, event.where)
    if event.state is not EventState.DECODED:
        raise WrongMoment("Ties are decided after decoding and before the results are posted.")
    if not reason.strip():
        sentence = "Write what the committee decided and why."
        raise Invalid(sentence, {"reason": [sentence]})
    if desk.actor.account_id is None:
        raise NotPermitted("A decision is recorded by a person.")
    _check_decision(desk, event, decision)
    desk.session.add(
        TieDecision(
            event_id=event.id,
            body={
                "kind": decision.kind.value,
                "order": list(decision.order),
                "note": decision.note,
            },
            reason=reason.strip(),
            decided_at=desk.now,
            decided_by=desk.actor.account_id,
        )
    )
    desk.session.flush()
    sheet = compute_result(desk, event, known_codes(desk, event))
    desk.record("decide_tie", f"event:{event.id}", reason=reason.strip(), number=sheet.number)
    return sheet


def _shared(event: Event, result: EventResult) -> list[OpenTie]:
    if rules_from_json(event.rules).last_resort is LastResort.SHARED:
        return []
    groups: dict[int, list[str]] = {}
    for line in result.lines:
        if line.place is not None and line.tied_with:
            groups.setdefault(line.place, []).append(line.work_code)
    return [OpenTie(place, tuple(codes), ORDERS) for place, codes in groups.items()]


def _check_decision(desk: Desk, event: Event, decision: Decision) -> None:
    wanted = frozenset(decision.order)
    open_now = {frozenset(tie.codes): tie.kinds for tie in open_ties(desk, event)}
    before = {frozenset(one.order) for one in decisions_of(desk, event)}
    if len(wanted) < len(decision.order) or wanted not in open_now.keys() | before:
        sentence = "Give each of the tied contestants one place of the order, and nobody else."
        raise Invalid(sentence, {"order": [sentence]})
    if decision.kind not in open_now.get(wanted, tuple(DecisionKind)):
        sentence = "The rules ask for a draw or a play-off here."
        raise Invalid(sentence, {"kind": [sentence]})
