"""One search over people, stories, contests, studios and notices."""

from collections import Counter

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rules.text import clean_line
from search_index.engine import Reason
from search_index.highlight import Segment, fragment, mark
from web.db import db
from web.guard import public
from web.login import request_time
from web.paging import Page, asked_page
from web.search import KINDS, Answer, answer

bp = Blueprint("search", __name__)
SIZE = 20
MAX_QUERY = 80


@bp.get("/search")
@public
def index() -> ResponseReturnValue:
    """Answer a query, by kind, with the reason each page was found."""
    query = clean_line(request.args.get("q", ""))[:MAX_QUERY]
    kind = request.args.get("kind", "")
    found = answer(db.session(), query) if query else Answer([])
    counts = Counter(hit.kind for hit in found.rows)
    rows = [hit for hit in found.rows if kind not in KINDS or hit.kind == kind]
    number = asked_page()
    page = Page(rows[(number - 1) * SIZE : number * SIZE], number, SIZE, len(rows))
    return render_template(
        "showcase/search/index.html",
        query=query,
        kind=kind,
        kinds=KINDS,
        counts=counts,
        answer=found,
        page=page,
        year=request_time().year,
    )


def why(reason: Reason | None) -> str:
    """Say in one line why a page was found."""
    if reason is None:
        return ""
    words = {
        "name": gettext("by name"),
        "pinyin": gettext("by pinyin"),
        "initials": gettext("by initials"),
        "homophone": gettext("sounds the same"),
        "synonym": gettext("another word for it"),
        "correction": gettext("probably meant"),
        "story": gettext("in the text"),
        "word": gettext("by this word"),
    }
    said = words.get(str(reason.why), gettext("by this word"))
    if reason.asked == reason.found:
        return f"{said}：{reason.found}"
    return f"{said}：{reason.asked} → {reason.found}"


def marked(text: str, words: tuple[str, ...]) -> list[Segment]:
    """Cut a line into pieces, those that answer the query marked."""
    return mark(text, words)


def excerpt(text: str, words: tuple[str, ...]) -> list[Segment]:
    """Cut the best passage out of a text, with the words marked."""
    return fragment(text, words)


@bp.app_context_processor
def _helpers() -> dict[str, object]:
    return {"why": why, "marked": marked, "excerpt": excerpt}
