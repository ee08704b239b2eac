"""The front page: one person, the trades, stories, the calendar, notices."""

from collections import Counter

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.public import contests, craftsmen, office, stories
from rules.states import EventState
from rules.terms import Family
from web.db import db
from web.guard import public
from web.login import request_time

bp = Blueprint("home", __name__)
FOLDS = (Family.SHIP, Family.SCREW, Family.FISH, Family.GRAIN, Family.CHEM, Family.CARE)
RUNNING = frozenset({EventState.OPEN, EventState.CLOSED, EventState.LISTED, EventState.DRAWN})
SHOWN_EVENTS, SHOWN_NOTICES = 4, 4


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Open the exhibition: the person with the most honours leads, the next shows a skill."""
    session = db.session()
    people = craftsmen.cards(session)
    leading = sorted(people, key=lambda card: (-len(card.honours), card.slug))
    told = stories.cards(session)
    rows = contests.contests(session)
    running = [event for row in rows for event in row.events if event.state in RUNNING]
    return render_template(
        "showcase/home/index.html",
        now=request_time(),
        hero=leading[0] if leading else None,
        people=people,
        folds=_folds(people),
        stories=told,
        feature=leading[min(1, len(leading) - 1)] if leading else None,
        events=sorted(running, key=lambda event: event.closes_at, reverse=True)[:SHOWN_EVENTS],
        notices=office.notices(session)[:SHOWN_NOTICES],
        studios=office.count_studios(session),
    )


def _folds(
    people: list[craftsmen.CraftsmanCard],
) -> list[tuple[Family, int, craftsmen.CraftsmanCard | None]]:
    counts = Counter(card.family for card in people)
    first = {card.family: card for card in reversed(people) if card.plate}
    return [(family, counts[family], first.get(family)) for family in FOLDS]
