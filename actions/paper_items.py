"""What stands on the papers of a contest's days, as plain values for the typesetter."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.desk import Desk
from models.check_ins import ExtraTime
from models.contests import Event
from models.entries import Entry
from models.people import Person
from models.sittings import Placement, Sitting
from models.venues import Venue, Workplace
from rules.errors import Blocked
from rules.sittings import HERE, hour
from rules.states import EntryState
from rules.terms import PaperKind, SittingPart

Item = dict[str, Any]
DAYS: Final = "一二三四五六日"
RULES: Final = (
    "凭本证和身份证原件检录，两证缺一不可。",
    "开赛后迟到超过 {late} 分钟不得入场。",
    "检录时请把手机关机或调静音，按工作人员指引进场。",
    "时间地点如有变动，以“我的报名”页面和短信通知为准。",
)


def code_of(entry: Entry) -> str:
    """Return what the code of a pass says: event and pass number, nothing personal."""
    return f"JP:{entry.event_id}:{entry.pass_no}"


def keys_of(desk: Desk, event: Event, kind: PaperKind) -> list[int]:
    """List what is printed for an event, in order; raises ``Blocked`` where there is nothing."""
    found = list(desk.session.scalars(_KEYS[kind](event)))
    if not found:
        raise Blocked(_NOTHING[kind])
    return found


def items_of(desk: Desk, kind: PaperKind, event: Event, keys: Sequence[int]) -> list[Item]:
    """Read the items of some keys, in the order of the keys; what is gone by now is left out."""
    items = _ITEMS[kind](desk, event, keys)
    return [items[key] for key in keys if key in items]


def _entry_keys(event: Event) -> Any:  # noqa: ANN401  # a Select of one column
    accepted = select(Entry.id).where(
        Entry.event_id == event.id, Entry.state == EntryState.ACCEPTED
    )
    return accepted.order_by(Entry.pass_no)


def _workplace_keys(event: Event) -> Any:  # noqa: ANN401  # as above
    venues = select(Sitting.venue_id).where(Sitting.event_id == event.id)
    return (
        select(Workplace.id)
        .where(Workplace.venue_id.in_(venues))
        .order_by(Workplace.venue_id, Workplace.number)
    )


def _sitting_keys(event: Event) -> Any:  # noqa: ANN401  # as above
    return (
        select(Sitting.id)
        .where(Sitting.event_id == event.id, Sitting.id.in_(select(Placement.sitting_id)))
        .order_by(Sitting.starts_at, Sitting.id)
    )


def tickets(desk: Desk, event: Event, keys: Sequence[int]) -> dict[int, Item]:
    """Read tickets by entry: the person, the hours and places, the way there, the rules."""
    placed = _placements(desk, keys)
    more = _extra(desk, keys)
    return {
        key: {
            **item,
            "sittings": [_hours(row) for row in placed[key]],
            "venues": _ways(desk, placed[key]),
            "rules": _rules(placed[key]),
            "extra": f"经批准延时 {more[key]} 分钟。" if key in more else "",
        }
        for key, item in people(desk, event, keys).items()
    }


def people(desk: Desk, event: Event, keys: Sequence[int]) -> dict[int, Item]:
    """Read what every paper of a person says, by entry."""
    entries = desk.session.scalars(
        select(Entry)
        .where(Entry.id.in_(keys), Entry.state == EntryState.ACCEPTED)
        .options(joinedload(Entry.person).joinedload(Person.organization), joinedload(Entry.photo))
    )
    shared = {
        "contest": event.contest.name,
        "event": event.name,
        "day": _written(event),
        "place": event.contest.place,
    }
    return {entry.id: {**shared, **_person(desk, entry)} for entry in entries}


def _person(desk: Desk, entry: Entry) -> Item:
    person = entry.person
    photo = f"{entry.photo.stem}.jpg" if entry.photo else ""
    unit = person.organization.name if person and person.organization else ""
    return {
        "name": person.name if person else "",
        "unit": unit or entry.answers.get("employer", ""),
        "pass_no": entry.pass_no or "",
        "photo": photo if photo and desk.shelf.has(photo) else "",
        "code": code_of(entry),
    }


def _cards(desk: Desk, event: Event, keys: Sequence[int]) -> dict[int, Item]:
    rows = desk.session.scalars(
        select(Workplace).where(Workplace.id.in_(keys)).options(joinedload(Workplace.venue))
    )
    return {
        row.id: {
            "venue": row.venue.name,
            "number": str(row.number),
            "equipment": row.equipment,
            "event": event.name,
        }
        for row in rows
    }


def _sheets(desk: Desk, event: Event, keys: Sequence[int]) -> dict[int, Item]:
    rows = desk.session.scalars(
        select(Placement)
        .join(Placement.entry)
        .where(Placement.sitting_id.in_(keys), Entry.state == EntryState.ACCEPTED)
        .order_by(Entry.pass_no)
        .options(joinedload(Placement.sitting), joinedload(Placement.workplace))
    ).all()
    persons = people(desk, event, [row.entry_id for row in rows])
    found: dict[int, Item] = {}
    for row in rows:
        sheet = found.setdefault(row.sitting_id, _sheet(event, row.sitting))
        sheet["rows"].append({**persons[row.entry_id], "place": _number(row)})
    return found


def _sheet(event: Event, sitting: Sitting) -> Item:
    return {
        "contest": event.contest.name,
        "event": event.name,
        "sitting": sitting.name,
        "day": _day(sitting),
        "time": _time(sitting),
        "report": hour(sitting.reports_at),
        "venue": sitting.venue.name,
        "rows": [],
    }


def _placements(desk: Desk, keys: Iterable[int]) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = defaultdict(list)
    rows = desk.session.scalars(
        select(Placement)
        .join(Placement.sitting)
        .where(Placement.entry_id.in_(list(keys)))
        .order_by(Sitting.starts_at)
        .options(
            joinedload(Placement.workplace),
            joinedload(Placement.sitting).joinedload(Sitting.venue).joinedload(Venue.map),
        )
    )
    for row in rows:
        found[row.entry_id].append(row)
    return found


def _extra(desk: Desk, keys: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = desk.session.scalars(
        select(ExtraTime).where(
            ExtraTime.entry_id.in_(list(keys)), ExtraTime.taken_back_at.is_(None)
        )
    )
    for row in rows:
        found[row.entry_id] += row.minutes
    return found


def _hours(row: Placement) -> Item:
    return {
        "name": row.sitting.name,
        "day": _day(row.sitting),
        "time": _time(row.sitting),
        "report": hour(row.sitting.reports_at),
        "venue": row.sitting.venue.name,
        "place": _number(row) or ("—" if row.sitting.part is SittingPart.THEORY else "待抽签"),
    }


def _number(row: Placement) -> str:
    return str(row.workplace.number) if row.workplace else ""


def _ways(desk: Desk, rows: Iterable[Placement]) -> list[Item]:
    """Say once of each venue how to get there; venues on one picture show it once."""
    venues = {row.sitting.venue_id: row.sitting.venue for row in rows}
    ways = [_way(desk, venue) for venue in venues.values()]
    shown: set[str] = set()
    for way in ways:
        if way["map"] in shown:
            way["map"] = ""
        shown.add(way["map"])
    return ways


def _way(desk: Desk, venue: Venue) -> Item:
    name = f"{venue.map.stem}.jpg" if venue.map else ""
    return {
        "name": venue.name,
        "address": venue.address,
        "notes": venue.notes,
        "map": name if name and desk.shelf.has(name) else "",
    }


def _rules(rows: Sequence[Placement]) -> list[str]:
    late = min((row.sitting.late_minutes for row in rows), default=15)
    return [rule.format(late=late) for rule in RULES]


def _day(sitting: Sitting) -> str:
    begin = sitting.starts_at.astimezone(HERE)
    return f"{begin.month}月{begin.day}日（周{DAYS[begin.weekday()]}）"


def _time(sitting: Sitting) -> str:
    return f"{hour(sitting.starts_at)}–{hour(sitting.ends_at)}"


def _written(event: Event) -> str:
    day = event.held_on
    return f"{day.year}年{day.month}月{day.day}日（周{DAYS[day.weekday()]}）"


_KEYS: Final[dict[PaperKind, Callable[[Event], Any]]] = {
    PaperKind.TICKET: _entry_keys,
    PaperKind.CLOTH: _entry_keys,
    PaperKind.BADGE: _entry_keys,
    PaperKind.CARD: _workplace_keys,
    PaperKind.SHEET: _sitting_keys,
}
_ITEMS: Final[dict[PaperKind, Callable[[Desk, Event, Sequence[int]], dict[int, Item]]]] = {
    PaperKind.TICKET: tickets,
    PaperKind.CLOTH: people,
    PaperKind.BADGE: people,
    PaperKind.CARD: _cards,
    PaperKind.SHEET: _sheets,
}
_NO_ENTRANT: Final = "Nobody is accepted in this event yet: there is nothing to print."
_NOTHING: Final = {
    PaperKind.TICKET: _NO_ENTRANT,
    PaperKind.CLOTH: _NO_ENTRANT,
    PaperKind.BADGE: _NO_ENTRANT,
    PaperKind.CARD: "The venues of this event list no workplaces: there is nothing to print.",
    PaperKind.SHEET: "No sitting of this event has entrants yet: there is nothing to print.",
}
