"""Marking schemes of events: imported whole or not at all, one version after another."""

import hashlib
import json

from actions.desk import Desk
from actions.events import rules_of
from adapters.schemes import CellFault, SchemeFaults, read_scheme
from models.contests import Event
from models.schemes import MarkingScheme, current_scheme
from rules.errors import Blocked
from rules.permits import Permit
from rules.rulesets import check_rules
from rules.scheme_json import scheme_to_json
from rules.schemes import Fault, Scheme, check_scheme
from rules.states import ContestState, EventState

__all__ = ["CellFault", "SchemeFaults", "adopt_scheme", "import_scheme"]
BEFORE_MARKING = frozenset(
    {EventState.DRAFT, EventState.OPEN, EventState.CLOSED, EventState.LISTED, EventState.DRAWN}
)
NAME_LENGTH = 120


def import_scheme(desk: Desk, event: Event, data: bytes, file_name: str) -> MarkingScheme:
    """Read a workbook and make it the event's newest scheme.

    Raises ``SchemeFaults`` listing sheet, cell, what was found and what is
    expected; ``Invalid`` when the file is no workbook. Either way nothing is kept.
    """
    _require(desk, event)
    return adopt_scheme(desk, event, read_scheme(data), file_name=file_name)


def adopt_scheme(desk: Desk, event: Event, scheme: Scheme, *, file_name: str = "") -> MarkingScheme:
    """Store a scheme that adds up and fits the event's rules; the same scheme twice is one.

    Raises ``SchemeFaults`` for one that does not.
    """
    _require(desk, event)
    faults = [fault for fault in check_scheme(scheme) if not fault.warning]
    faults += check_rules(rules_of(event), scheme)
    if faults:
        raise SchemeFaults(map(_without_cell, faults))
    body = scheme_to_json(scheme)
    mark = fingerprint(body)
    latest = current_scheme(desk.session, event.id)
    if latest is not None and latest.fingerprint == mark:
        return latest
    row = MarkingScheme(
        event_id=event.id,
        number=latest.number + 1 if latest else 1,
        body=body,
        fingerprint=mark,
        file_name=file_name[-NAME_LENGTH:],
        imported_by=desk.actor.account_id,
        imported_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.record("import_scheme", f"event:{event.id}", number=row.number, fingerprint=mark)
    return row


def fingerprint(body: object) -> str:
    """Hash a scheme's JSON in its one canonical form.

    >>> fingerprint({"b": 1, "a": 2}) == fingerprint({"a": 2, "b": 1})
    True
    """
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _require(desk: Desk, event: Event) -> None:
    desk.require(Permit.SCHEME_IMPORT, event.where)
    if event.contest.state is ContestState.APPROVED:
        raise Blocked(
            "The contest is approved with its scheme. Send it back to the draft first. "
            "Nothing was imported."
        )
    if event.state not in BEFORE_MARKING:
        raise Blocked("Marking has begun: the scheme stays as it is. Nothing was imported.")


def _without_cell(fault: Fault) -> CellFault:
    return CellFault("", "", fault.reason, fault.found, fault.expected, fault.place)
