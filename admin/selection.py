"""Selection rounds for staff: the list, and the board of one round by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, case, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from actions.selection import move_candidate, move_round
from admin.forms.contests import GroundForm
from models.selection import Candidate, SelectionRound
from rules.lifecycle import CANDIDATE_STEPS, ROUND_STEPS, verbs
from rules.permits import Actor, Permit, Scope, may
from rules.states import CandidateState, RoundState
from web.db import db
from web.filters import short_day
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, each, list_table, said
from web.login import current_actor, desk, require_here
from web.paging import paged

bp = Blueprint("admin_selection", __name__, url_prefix="/admin/selection")
ORDERS = {"year": (SelectionRound.year, SelectionRound.id)}
NEWEST = (SelectionRound.year.desc(), SelectionRound.id.desc())
ROUND_WORDS: Final = {
    "open_call": _l("Open the call"),
    "close_call": _l("Close the call and begin the check"),
    "send_to_experts": _l("Send it to the experts"),
    "call_vote": _l("Call the vote"),
    "post": _l("Begin the public notice"),
    "name": _l("Name the craftsmen"),
}
CANDIDATE_WORDS: Final = {
    "recommend": _l("Recommend"),
    "check": _l("Pass the check"),
    "review": _l("The experts are done"),
    "propose": _l("Propose for the title"),
    "name": _l("Confer the title"),
}


@dataclass(frozen=True)
class Stage:
    """One column of the board; ``steps`` are open to each of its candidates."""

    title: str
    candidates: list[Candidate]
    steps: list[tuple[str, str]]
    may_reject: bool


@bp.get("/")
@needs(Permit.SELECTION_VIEW)
def index() -> ResponseReturnValue:
    """List the rounds, newest first, with the number of their candidates."""
    kept, sort = {"state": request.args.get("state", "")}, request.args.get("sort", "")
    page = paged(_narrowed(kept["state"], sort))
    return render_template(
        "admin/selection/index.html",
        page=page,
        counts=_counts([row.id for row in page.rows]),
        states=choices(RoundState),
        kept=kept,
        sort=sort,
    )


@bp.get("/<slug>/")
@needs(Permit.SELECTION_VIEW)
def show(slug: str) -> ResponseReturnValue:
    """Show the board of a round: every candidate under the stage reached."""
    selection_round = _round(slug)
    return render_template(
        "admin/selection/show.html",
        round=selection_round,
        stages=[_stage(selection_round, state) for state in CandidateState],
        steps=[(verb, ROUND_WORDS[verb]) for verb in verbs(ROUND_STEPS, selection_round.state)],
    )


@bp.post("/<slug>/steps/<verb>")
@needs(Permit.SELECTION_VIEW)
def move(slug: str, verb: str) -> ResponseReturnValue:
    """Take one step of the round."""
    selection_round = _round(slug)
    move_round(desk(), selection_round, verb)
    return _done(slug, gettext("The round is now: %(state)s.", state=label(selection_round.state)))


@bp.post("/<slug>/candidates/<int:candidate_id>/<any(recommend,check,review,propose,name):verb>")
@needs(Permit.SELECTION_VIEW)
def advance(slug: str, candidate_id: int, verb: str) -> ResponseReturnValue:
    """Take a candidate one stage further."""
    candidate = _candidate(slug, candidate_id)
    move_candidate(desk(), candidate, verb)
    return _done(slug, _stands(candidate))


@bp.route("/<slug>/candidates/<int:candidate_id>/reject", methods=["GET", "POST"])
@needs(Permit.SELECTION_VIEW)
def reject(slug: str, candidate_id: int) -> ResponseReturnValue:
    """Ask once for the reason, then end a candidate's way in this round."""
    candidate, form = _candidate(slug, candidate_id), GroundForm()
    if form.validate_on_submit():
        move_candidate(desk(), candidate, "reject", reason=form.ground.data)
        return _done(slug, _stands(candidate))
    status = 422 if form.errors else 200
    return render_template("admin/selection/reject.html", form=form, candidate=candidate), status


def _round(slug: str) -> SelectionRound:
    people = selectinload(SelectionRound.candidates)
    selection_round: SelectionRound = db.one_or_404(
        select(SelectionRound)
        .filter_by(slug=slug)
        .options(people.joinedload(Candidate.person), people.joinedload(Candidate.unit))
    )
    require_here(Permit.SELECTION_VIEW, selection_round.where)
    return selection_round


def _candidate(slug: str, candidate_id: int) -> Candidate:
    selection_round = _round(slug)
    candidate: Candidate = db.one_or_404(
        select(Candidate)
        .filter_by(id=candidate_id, round_id=selection_round.id)
        .options(joinedload(Candidate.person))
    )
    return candidate


def _stage(selection_round: SelectionRound, state: CandidateState) -> Stage:
    open_now = verbs(CANDIDATE_STEPS, state)
    return Stage(
        title=label(state),
        candidates=[row for row in selection_round.candidates if row.state is state],
        steps=[(verb, CANDIDATE_WORDS[verb]) for verb in open_now if verb in CANDIDATE_WORDS],
        may_reject="reject" in open_now,
    )


@list_table("selection-rounds")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, sort = {"state": request.args.get("state", "")}, request.args.get("sort", "")
    return ListTable(
        name="selection-rounds",
        title=gettext("Selection rounds"),
        permits=(Permit.SELECTION_VIEW,),
        query=_narrowed(kept["state"], sort),
        key=SelectionRound.id,
        filters={**kept, "sort": sort},
        said=((gettext("State"), said(RoundState, kept["state"])),),
        columns=(
            (gettext("Name of the round"), 34),
            (gettext("Document number"), 22),
            (gettext("Year"), 6),
            (gettext("State"), 12),
            (gettext("Places"), 6),
            (gettext("Candidates"), 8),
            (gettext("Call from"), 12),
            (gettext("Call until"), 12),
        ),
        rows=_round_cells,
        back=address("admin_selection.index", {**kept, "sort": sort}),
    )


def _round_cells(rounds: Sequence[SelectionRound]) -> list[tuple[str | int, ...]]:
    counts = _counts([row.id for row in rounds])
    return [
        (
            row.name,
            row.doc_no,
            row.year,
            label(row.state),
            row.places,
            counts[row.id],
            short_day(row.opens_on),
            short_day(row.closes_on),
        )
        for row in rounds
    ]


@list_table("candidates")
def candidates_table() -> ListTable:
    """The board of one round as a list, stage by stage."""
    slug = request.args.get("round", "")
    selection_round = _round(slug)
    stages = case({state: at for at, state in enumerate(CandidateState)}, value=Candidate.state)
    return ListTable(
        name="candidates",
        title=gettext("Candidates by stage"),
        about=selection_round.name,
        permits=(Permit.SELECTION_VIEW,),
        place=selection_round.where,
        thing=f"round:{slug}",
        query=select(Candidate)
        .filter_by(round_id=selection_round.id)
        .order_by(stages, Candidate.id)
        .options(joinedload(Candidate.person), joinedload(Candidate.unit)),
        key=Candidate.id,
        filters={"round": slug},
        columns=(
            (gettext("Name of the candidate"), 14),
            (gettext("Category"), 20),
            (gettext("Unit"), 34),
            (gettext("State"), 14),
        ),
        rows=each(
            lambda row: (
                row.person.name,
                row.category,
                row.unit.name if row.unit else "",
                label(row.state),
            )
        ),
        back=url_for("admin_selection.show", slug=slug),
    )


def _narrowed(state: str, sort: str) -> Select[SelectionRound]:
    query = select(SelectionRound).where(_seen(current_actor()))
    query = query.order_by(*ORDERS.get(sort, NEWEST))
    if state in list(RoundState):
        query = query.where(SelectionRound.state == RoundState(state))
    return query


def _seen(actor: Actor) -> ColumnElement[bool]:
    if may(actor, Permit.SELECTION_VIEW):
        return true()
    return SelectionRound.id.in_(
        [grant.scope_id for grant in actor.grants if grant.scope is Scope.ROUND]
    )


def _counts(numbers: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Candidate.round_id, func.count())
        .where(Candidate.round_id.in_(numbers))
        .group_by(Candidate.round_id)
    )
    return dict.fromkeys(numbers, 0) | dict(rows.all())


def _stands(candidate: Candidate) -> str:
    return str(
        gettext(
            "%(name)s now stands at: %(state)s.",
            name=candidate.person.name,
            state=label(candidate.state),
        )
    )


def _done(slug: str, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for("admin_selection.show", slug=slug))
