"""Ties the rules leave to people: what blocks, who decides, what a decision changes."""

import dataclasses
from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.results import post_results, result_of
from actions.ties import decide_tie, open_ties
from models.results import TieDecision
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.ranking import Decision, DecisionKind
from rules.rulesets import AwardKind, AwardRule, LastResort
from rules.terms import Award
from tests.contest_world import RULES
from tests.result_world import Stage, decoded_event, posted_event

TIED = (("5", "333"), ("4", "222"), ("4", "222"), ("1", "111"))
ONE_SECOND = dataclasses.replace(
    RULES,
    award=AwardRule(
        AwardKind.FIXED, levels=(("first", Decimal(1)), ("second", Decimal(1))), minimum_field=1
    ),
)
DRAWN = dataclasses.replace(ONE_SECOND, last_resort=LastResort.DRAW)


def tied(desk: Desk) -> tuple[Stage, tuple[str, ...]]:
    stage = decoded_event(desk, TIED, rules=ONE_SECOND)
    return stage, tuple(sorted(stage.codes[1:3]))


def awards(stage: Stage) -> dict[str, tuple[int | None, Award | None]]:
    lines = result_of(stage.desk, stage.event).lines
    return {line.work_code: (line.place, line.award) for line in lines}


def test_a_tie_at_the_last_award_blocks_the_posting(desk: Desk) -> None:
    stage, codes = tied(desk)

    with pytest.raises(Blocked, match="cannot be posted yet") as refusal:
        post_results(stage.seat("organizer"), stage.event)

    assert "2 contestants share place 2" in str(refusal.value.reasons[0])
    (tie,) = open_ties(desk, stage.event)
    assert (tie.place, tie.codes, tie.award, tie.places) == (2, codes, "second", 1)
    assert tie.kinds == (DecisionKind.ADD, DecisionKind.DRAW, DecisionKind.PLAYOFF)


def test_added_awards_settle_it_in_a_new_version(desk: Desk) -> None:
    stage, codes = tied(desk)

    sheet = decide_tie(
        stage.seat("organizer"), stage.event, Decision(DecisionKind.ADD, codes), reason="组委会增设"
    )

    assert (sheet.number, sheet.blocked, open_ties(desk, stage.event)) == (2, [], ())
    assert [awards(stage)[code] for code in codes] == [(2, Award.SECOND)] * 2
    post_results(stage.seat("organizer"), stage.event)


def test_a_play_off_gives_the_award_to_the_first_and_can_be_corrected(desk: Desk) -> None:
    stage, codes = tied(desk)
    organizer = stage.seat("organizer")
    decide_tie(organizer, stage.event, Decision(DecisionKind.PLAYOFF, codes), reason="加赛")
    assert [awards(stage)[code][1] for code in codes] == [Award.SECOND, None]

    turned = Decision(DecisionKind.PLAYOFF, codes[::-1])
    decide_tie(organizer, stage.event, turned, reason="名次抄反，更正")

    assert [awards(stage)[code][1] for code in codes] == [None, Award.SECOND]
    assert len(desk.session.scalars(select(TieDecision)).all()) == 2


def test_shared_places_wait_for_an_order_where_the_rules_say_so(desk: Desk) -> None:
    stage = decoded_event(desk, TIED, rules=DRAWN)
    (tie,) = open_ties(desk, stage.event)
    assert tie.kinds == (DecisionKind.DRAW, DecisionKind.PLAYOFF)
    with pytest.raises(Invalid, match="draw or a play-off"):
        decide_tie(
            stage.seat("organizer"),
            stage.event,
            Decision(DecisionKind.ADD, tie.codes),
            reason="增设",
        )

    drawn = Decision(DecisionKind.DRAW, tie.codes[::-1])
    decide_tie(stage.seat("organizer"), stage.event, drawn, reason="当众抽签")

    assert [awards(stage)[code][0] for code in tie.codes] == [3, 2]


@pytest.mark.parametrize("order", [(), ("only",), ("one", "one", "two")])
def test_a_decision_on_anybody_else_is_refused(desk: Desk, order: tuple[str, ...]) -> None:
    stage, codes = tied(desk)
    named = tuple({"one": codes[0], "two": codes[1], "only": codes[0]}[name] for name in order)

    with pytest.raises(Invalid, match="nobody else"):
        decide_tie(
            stage.seat("organizer"), stage.event, Decision(DecisionKind.DRAW, named), reason="抽签"
        )

    assert result_of(desk, stage.event).number == 1


def test_a_decision_needs_a_reason_a_person_and_its_permit(desk: Desk) -> None:
    stage, codes = tied(desk)
    decision = Decision(DecisionKind.ADD, codes)

    with pytest.raises(Invalid, match="what the committee decided"):
        decide_tie(stage.seat("organizer"), stage.event, decision, reason=" ")
    with pytest.raises(NotPermitted, match="recorded by a person"):
        decide_tie(desk, stage.event, decision, reason="系统")
    with pytest.raises(NotPermitted):
        decide_tie(stage.seat("officer"), stage.event, decision, reason="越权")


def test_nothing_is_decided_after_the_posting(desk: Desk) -> None:
    stage = posted_event(desk)

    with pytest.raises(WrongMoment, match="before the results are posted"):
        decide_tie(
            stage.seat("organizer"),
            stage.event,
            Decision(DecisionKind.ADD, tuple(stage.codes[:2])),
            reason="晚了",
        )
