"""Recommendations: asked with the entry, given by the unit on stamped paper, or refused."""

from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions.desk import Desk
from actions.media import take_scan
from actions.people import masked_id, masked_phone
from adapters.documents import recommendation_pdf
from models.entries import Entry, carrier_of
from models.units import Endorsement
from rules.errors import Blocked, Invalid, WrongMoment
from rules.permits import Permit
from rules.states import BEFORE_LIST, EndorsementState, EntryState
from rules.terms import Gender

HERE: Final = ZoneInfo("Asia/Shanghai")
WAITING: Final = frozenset({EntryState.WAITING, EntryState.SUBMITTED, EntryState.RETURNED})
GENDERS: Final = {Gender.MALE: "男", Gender.FEMALE: "女", None: ""}
LEVELS: Final = {
    "apprentice": "学徒工",
    "five": "初级工（五级）",
    "four": "中级工（四级）",
    "three": "高级工（三级）",
    "two": "技师（二级）",
    "one": "高级技师（一级）",
    "special": "特级技师",
    "chief": "首席技师",
}
"""The form is a Chinese paper whatever language the site is read in."""


def endorsement_of(desk: Desk, entry: Entry) -> Endorsement | None:
    """Read the recommendation an entry has or waits for."""
    return desk.session.scalars(select(Endorsement).filter_by(entry_id=entry.id)).first()


def ask_endorsement(desk: Desk, entry: Entry) -> None:
    """Ask the person's unit when the event wants its recommendation; a given one stands.

    Raises ``Invalid`` when the person names no unit of the list.
    """
    if not entry.event.needs_endorsement:
        return
    unit_id = entry.person.organization_id if entry.person else None
    if unit_id is None:
        raise Invalid(
            "This event needs the recommendation of your unit: choose the unit from the list in "
            "step two. Your draft is kept."
        )
    row = endorsement_of(desk, entry)
    if row is None:
        desk.session.add(Endorsement(entry_id=entry.id, organization_id=unit_id, asked_at=desk.now))
    elif row.state is EndorsementState.REFUSED or row.organization_id != unit_id:
        _ask_again(desk, row, unit_id)
    desk.session.flush()


def require_endorsed(desk: Desk, entry: Entry) -> None:
    """Refuse to accept an entry whose event wants a recommendation it has not."""
    if not entry.event.needs_endorsement:
        return
    row = endorsement_of(desk, entry)
    if row is None:
        raise Blocked("The recommendation of a unit is missing: return the entry to its owner.")
    if row.state is EndorsementState.ASKED:
        raise Blocked(
            "The stamped recommendation is missing: %(unit)s has not uploaded it yet.",
            unit=row.organization.name,
        )
    if row.state is EndorsementState.REFUSED:
        raise Blocked(
            "%(unit)s does not recommend this entry: %(reason)s",
            unit=row.organization.name,
            reason=row.reason,
        )


def endorse(desk: Desk, row: Endorsement, scan: bytes) -> None:
    """Recommend an entry with the stamped form; a better scan replaces it until the decision."""
    _require(desk, row)
    if row.state is EndorsementState.ENDORSED:
        row.move("ask")
    row.scan_id = take_scan(desk, scan).id
    row.move("endorse")
    _decided(desk, row, "endorse_entry")


def refuse_endorsement(desk: Desk, row: Endorsement, *, reason: str) -> None:
    """Refuse to recommend an entry, with a reason its owner and the reviewer read."""
    _require(desk, row)
    if not reason.strip():
        sentence = "Write why the unit does not recommend the entry."
        raise Invalid(sentence, {"reason": [sentence]})
    if row.state is EndorsementState.ENDORSED:
        row.move("ask")
    row.reason = reason.strip()
    row.move("refuse")
    _decided(desk, row, "refuse_endorsement")


def recommendation_form(desk: Desk, row: Endorsement, *, url: str) -> bytes:
    """Set the pre-filled form, A4, to be signed and stamped; ``url`` leads back to its page."""
    desk.require(Permit.UNIT_ENDORSE, row.where)
    entry, person = row.entry, row.entry.person
    if person is None:
        raise Invalid("This entry names nobody yet.")
    event = entry.event
    return recommendation_pdf(
        {
            "contest": event.contest.name,
            "event": event.name,
            "unit": row.organization.name,
            "name": person.name,
            "gender": GENDERS[person.gender],
            "born": f"{person.birth_date:%Y-%m-%d}" if person.birth_date else "",
            "id_number": masked_id(desk, person),
            "phone": masked_phone(desk, person),
            "occupation": person.occupation.name if person.occupation else "",
            "level": LEVELS[person.skill_level.value] if person.skill_level else "",
            "certificate": entry.answers.get("certificate_no", ""),
            "since": str(person.in_trade_since or ""),
            "position": person.position,
            "receipt": entry.receipt_no or "",
            "closes": f"{event.entries_close_at.astimezone(HERE):%Y-%m-%d %H:%M}",
            "url": url,
        }
    )


def _require(desk: Desk, row: Endorsement) -> None:
    desk.require(Permit.UNIT_ENDORSE, row.where)
    if not _is_open(desk, row.entry) or row.entry.event.state not in BEFORE_LIST:
        raise WrongMoment("The office has decided this entry; the recommendation stays as it is.")


def _is_open(desk: Desk, entry: Entry) -> bool:
    """Whether the office has not decided yet; a team's members are recommended before it is in."""
    carrier = carrier_of(desk.session, entry)
    return carrier.state in (WAITING | {EntryState.DRAFT} if entry.follows else WAITING)


def _ask_again(desk: Desk, row: Endorsement, unit_id: int) -> None:
    if row.state is not EndorsementState.ASKED:
        row.move("ask")
    row.organization_id, row.scan_id, row.reason = unit_id, None, ""
    row.asked_at, row.decided_at, row.decided_by = desk.now, None, None
    desk.record("ask_endorsement", f"entry:{row.entry_id}")


def _decided(desk: Desk, row: Endorsement, deed: str) -> None:
    row.decided_at, row.decided_by = desk.now, desk.actor.account_id
    desk.session.flush()
    desk.record(deed, f"entry:{row.entry_id}", unit=row.organization_id)
