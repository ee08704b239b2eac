"""A round rests on a document; candidates enter while its call is open and keep to its places."""

import pytest

from actions.desk import Desk
from actions.selection import (
    CandidateText,
    RoundText,
    create_round,
    enter_candidate,
    move_candidate,
    move_round,
)
from models.selection import SelectionRound
from rules.errors import Blocked, Invalid, WrongMoment
from rules.states import CandidateState, RoundState
from tests.actions.gallery import make_organization, make_person

TEXT = RoundText(slug="r", name="遴选", year=2026, places=1, doc_no="示例 1 号")


def open_round(desk: Desk) -> SelectionRound:
    selection_round = create_round(desk, TEXT)
    move_round(desk, selection_round, "open_call")
    return selection_round


def test_a_call_without_its_document_is_refused(desk: Desk) -> None:
    bare = create_round(desk, RoundText(slug="b", name="遴选", year=2026, places=3))

    with pytest.raises(Blocked, match="document"):
        move_round(desk, bare, "open_call")
    with pytest.raises(Invalid):
        create_round(desk, RoundText(slug="z", name="遴选", year=2026, places=0))

    assert bare.state is RoundState.DRAFT


def test_candidates_move_step_by_step_within_the_places(desk: Desk) -> None:
    selection_round = open_round(desk)
    unit = make_organization(desk)
    first, second = (
        enter_candidate(
            desk,
            selection_round,
            make_person(desk),
            CandidateText(category="评审", unit=unit, recommender=unit),
        )
        for _ in range(2)
    )
    for candidate in (first, second):
        for verb in ("recommend", "check", "review"):
            move_candidate(desk, candidate, verb)
    move_candidate(desk, first, "propose")

    with pytest.raises(Blocked, match="places"):
        move_candidate(desk, second, "propose")
    with pytest.raises(Invalid, match="told why"):
        move_candidate(desk, second, "reject")
    move_candidate(desk, second, "reject", reason="名额已满")

    assert (first.state, second.state) == (CandidateState.PROPOSED, CandidateState.REJECTED)


def test_after_the_call_nobody_enters(desk: Desk) -> None:
    selection_round = open_round(desk)
    move_round(desk, selection_round, "close_call")

    with pytest.raises(WrongMoment):
        enter_candidate(desk, selection_round, make_person(desk), CandidateText(category="评审"))
