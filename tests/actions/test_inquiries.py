"""Questions to the jury: asked once, claimed by one, answered alone or for all."""

import dataclasses

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.inquiries import (
    answer_alone,
    ask,
    claim,
    decline,
    may_ask,
    publish_answer,
    release,
)
from actions.records import export_record
from models.accounts import Account
from models.audit import AuditLine
from models.entries import Entry
from models.inquiries import Inquiry, jury_row, jury_rows, own_inquiries, waiting_count
from models.messages import Message
from models.public.inquiries import public_answers
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Actor, Role
from rules.states import ContestState, EntryState, EventState, InquiryState
from rules.terms import StockReply
from tests.result_world import Stage, scoring_event
from tests.support import actor_of, give, make_account

TEXT = "可以带自己的卡尺吗？"


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event that is being marked, three entrants, a chief and an organizer."""
    return scoring_event(desk, 3)


def entries(stage: Stage) -> list[Entry]:
    query = select(Entry).filter_by(event_id=stage.event.id).order_by(Entry.id)
    return list(stage.desk.session.scalars(query))


def owner(stage: Stage, entry: Entry) -> Desk:
    return stage.desk.acting_as(Actor(entry.account_id))


def asked(stage: Stage, number: int = 0, text: str = TEXT, key: str = "form-key") -> Inquiry:
    entry = entries(stage)[number]
    return ask(owner(stage, entry), entry, text, form_key=key)


def told(stage: Stage, kind: str) -> list[Message]:
    query = select(Message).where(Message.kind == kind).order_by(Message.id)
    return list(stage.desk.session.scalars(query))


def test_a_question_sent_twice_is_one(stage: Stage) -> None:
    first, again = asked(stage), asked(stage)

    assert first is again
    assert len(own_inquiries(stage.desk.session, first.entry_id)) == 1
    assert waiting_count(stage.desk.session, stage.event.id) == 1
    line = stage.desk.session.scalars(select(AuditLine).filter_by(deed="ask_inquiry")).one()
    assert line.thing == f"inquiry:{first.id}"


def test_the_jury_reads_no_way_back_to_who_asked(stage: Stage) -> None:
    row = asked(stage)

    (seen,) = jury_rows(stage.desk.session, stage.event.id)
    values = set(dataclasses.asdict(seen).values())

    assert not {"entry_id", "account_id"} & {field.name for field in dataclasses.fields(seen)}
    assert stage.people[0].name not in values
    assert jury_row(stage.desk.session, stage.event.id + 1, row.id) is None


def test_three_wait_and_the_fourth_is_refused(stage: Stage) -> None:
    for number in range(3):
        row = asked(stage, key=f"key-{number}-{number}")
    with pytest.raises(Blocked, match="Three of your questions"):
        asked(stage, key="the-fourth")

    claim(stage.seat("chief"), row)
    decline(stage.seat("chief"), row, StockReply.IN_THE_RULES)

    assert asked(stage, key="the-fourth").state is InquiryState.OPEN


@pytest.mark.parametrize(
    ("event", "entry"),
    [(EventState.POSTED, EntryState.ACCEPTED), (EventState.SCORING, EntryState.RETURNED)],
)
def test_outside_its_time_nothing_is_asked(
    stage: Stage, event: EventState, entry: EntryState
) -> None:
    mine = entries(stage)[0]
    stage.event.state, mine.state = event, entry
    stage.desk.session.flush()

    with pytest.raises(WrongMoment):
        asked(stage)
    with pytest.raises(WrongMoment):
        may_ask(owner(stage, mine), mine)
    assert own_inquiries(stage.desk.session, mine.id) == []


def test_a_cancelled_contest_and_strangers_are_refused(stage: Stage) -> None:
    mine, other = entries(stage)[:2]
    with pytest.raises(NotPermitted):
        ask(owner(stage, other), mine, TEXT, form_key="form-key")

    stage.event.contest.state = ContestState.CANCELLED
    stage.desk.session.flush()
    with pytest.raises(Blocked, match="cancelled"):
        asked(stage)


def test_a_question_that_tells_who_asks_is_not_sent(stage: Stage) -> None:
    person = stage.people[0]
    assert person.organization is not None
    for words in (person.name, person.organization.name, "P-000", "13800001234"):
        with pytest.raises(Invalid, match="must not learn who asks"):
            asked(stage, text=f"我是{words}，可以带卡尺吗？")

    assert jury_rows(stage.desk.session, stage.event.id) == []


def test_only_one_of_two_claims_and_claiming_again_is_no_fault(stage: Stage) -> None:
    row = asked(stage)
    claim(stage.seat("chief"), row)
    claim(stage.seat("chief"), row)

    with pytest.raises(Blocked, match="Somebody else has taken"):
        claim(stage.seat("organizer"), row)
    with pytest.raises(Blocked, match="in hand"):
        answer_alone(stage.seat("organizer"), row, "可以。")
    assert row.state is InquiryState.CLAIMED
    lines = stage.desk.session.scalars(select(AuditLine).filter_by(deed="claim_inquiry")).all()
    assert len(lines) == 1


def test_a_colleague_frees_what_somebody_left(stage: Stage) -> None:
    row = asked(stage)
    claim(stage.seat("chief"), row)
    release(stage.seat("organizer"), row)
    claim(stage.seat("organizer"), row)

    assert row.claimed_by == stage.accounts["organizer"].id


def test_an_answer_alone_reaches_one(stage: Stage) -> None:
    row = asked(stage)
    with pytest.raises(WrongMoment):
        answer_alone(stage.seat("chief"), row, "可以。")
    claim(stage.seat("chief"), row)
    answer_alone(stage.seat("chief"), row, "可以。")

    (message,) = told(stage, "inquiry_answered")
    assert message.account_id == row.entry.account_id
    assert message.params["answer"] == "可以。"
    assert public_answers(stage.desk.session, stage.event.id) == []


def test_an_answer_for_all_reaches_all_in_its_public_wording(stage: Stage) -> None:
    row = asked(stage, text="我用去年那台车床，还能用吗？")
    claim(stage.seat("chief"), row)

    reached = publish_answer(stage.seat("chief"), row, question="设备与去年相同吗？", answer="同。")

    assert reached == len(stage.people)
    messages = told(stage, "inquiry_published")
    assert {message.account_id for message in messages} == {
        entry.account_id for entry in entries(stage)
    }
    assert {message.params["question"] for message in messages} == {"设备与去年相同吗？"}
    (shown,) = public_answers(stage.desk.session, stage.event.id)
    assert (shown.question, shown.answer) == ("设备与去年相同吗？", "同。")


def test_who_withdrew_meanwhile_still_gets_the_answer(stage: Stage) -> None:
    row = asked(stage)
    row.entry.state = EntryState.WITHDRAWN
    claim(stage.seat("chief"), row)

    assert publish_answer(stage.seat("chief"), row, question=TEXT, answer="可以。") == 3


def test_what_everybody_reads_names_no_entrant(stage: Stage) -> None:
    row = asked(stage)
    claim(stage.seat("chief"), row)
    another = stage.people[2].name

    with pytest.raises(Invalid) as wording:
        publish_answer(stage.seat("chief"), row, question=f"{another}能带卡尺吗", answer="可以。")
    with pytest.raises(Invalid) as answer:
        publish_answer(stage.seat("chief"), row, question=TEXT, answer=f"{another}可以。")

    assert list(wording.value.fields) == ["wording"]
    assert list(answer.value.fields) == ["answer"]
    assert row.state is InquiryState.CLAIMED
    assert told(stage, "inquiry_published") == []


def test_what_is_sent_back_has_the_same_words_for_everybody(stage: Stage) -> None:
    row = asked(stage)
    claim(stage.seat("organizer"), row)
    decline(stage.seat("organizer"), row, StockReply.GIVES_AWAY)

    (message,) = told(stage, "inquiry_declined")
    assert message.params["stock"] == "gives_away"
    with pytest.raises(WrongMoment):
        answer_alone(stage.seat("organizer"), row, "其实可以。")


@pytest.mark.parametrize("who", ["judge1", "officer", "supervisor"])
def test_judges_and_keepers_of_codes_answer_nothing(stage: Stage, who: str) -> None:
    row = asked(stage)

    for deed in (claim, release):
        with pytest.raises(NotPermitted):
            deed(stage.seat(who), row)


def test_the_host_office_answers_too(stage: Stage) -> None:
    row = asked(stage)
    clerk = make_account(stage.desk.session, "赛务")
    give(stage.desk.session, clerk, Role.HOST_OFFICE)
    desk = stage.desk.acting_as(actor_of(stage.desk.session, clerk))

    claim(desk, row)
    answer_alone(desk, row, "请看通知。")

    assert row.state is InquiryState.ANSWERED


def test_whoever_asked_takes_the_question_along(stage: Stage) -> None:
    row = asked(stage)
    taken = []
    for entry in entries(stage)[:2]:
        account = stage.desk.session.get_one(Account, entry.account_id)
        seat = stage.desk.acting_as(actor_of(stage.desk.session, account))
        taken.append(export_record(seat)["entries"][0]["questions_to_the_jury"])

    assert [one["question"] for one in taken[0]] == [row.question]
    assert taken[1] == []
