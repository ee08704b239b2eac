"""Changing an entry: only what was named, whole or not at all, and back to the reviewer."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.entries import Work, save_photo, save_who, save_work
from actions.entry_answers import save_answers
from actions.entry_changes import changes_of, may_change
from actions.expiry import Expired, expire_all, expire_event
from actions.people import Identity
from actions.records import export_record
from actions.registration_forms import expiry
from actions.replies import answers_of, files_of, place_of, read_file, shown_answers, take_file
from actions.review_desks import hold, review_of
from actions.reviews import accept_entry, return_entry
from actions.submissions import join_waiting, recall_entry, submit_entry, withdraw_entry
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.messages import Message
from models.outbox import Errand
from models.registration_forms import EntryFile
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Actor
from rules.states import EntryState
from rules.terms import Decision, SkillLevel
from tests.contest_world import at
from tests.entry_world import contestant, filled, open_event, own, picture, reviewer, sample_id
from tests.form_world import ASKED, SECRET_ANSWER, SECRET_FILE, asking
from web.timers import expire_answers, forget_files

PROOF = ASKED.find("proof")
assert PROOF is not None
WHO = Identity("贺选手", sample_id(1), "13800001234")


@pytest.fixture
def event(desk: Desk) -> Event:
    made = open_event(desk, quota=9)
    asking(desk, made)
    return made


def sent(seat: Desk, entry: Entry) -> EntryFile:
    return take_file(seat, entry, PROOF, picture(), f"{SECRET_FILE}.jpg")


def handed_in(desk: Desk, event: Event, serial: int = 1) -> tuple[Desk, Entry]:
    seat = contestant(desk, event)
    entry = filled(seat, event, serial)
    answers = {"status": "在职", "hired_on": "2020-01-02", "health": SECRET_ANSWER, "motto": "稳"}
    save_answers(seat, entry, {**answers, "proof": str(sent(seat, entry).id)})
    submit_entry(seat, entry)
    return own(seat), entry


def test_answers_lie_sealed_where_they_are_sensitive(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)

    assert SECRET_ANSWER not in str(entry.replies)
    assert answers_of(seat, entry)["health"] == SECRET_ANSWER
    shown = {one.field.code: one for one in shown_answers(seat, entry, whole=False)}
    assert (shown["health"].text, shown["health"].is_sealed) == ("", True)
    assert shown["proof"].file is not None
    assert shown["proof"].file.name == f"{SECRET_FILE}.jpg"
    assert {one.field.code: one.text for one in shown_answers(seat, entry)}["motto"] == "稳"


def test_who_takes_the_own_record_along_has_the_answers_in_it(desk: Desk, event: Event) -> None:
    seat, _ = handed_in(desk, event)

    (row,) = export_record(seat)["entries"]

    assert row["questions"]["健康情况"] == SECRET_ANSWER
    assert row["questions"]["在职证明"] == f"{SECRET_FILE}.jpg"
    assert "replies" not in row


def test_files_lie_cleaned_and_sealed(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    (file,) = files_of(seat, entry)

    lies = desk.shelf.get(place_of(file.key))
    data = read_file(desk, file)

    assert data.startswith(b"\xff\xd8\xff")
    assert data[:9] not in lies
    assert "示例相机".encode() not in data


def test_what_is_not_answered_is_not_handed_in(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)

    with pytest.raises(Blocked) as refusal:
        submit_entry(seat, entry)
    assert [str(reason) for reason in refusal.value.reasons] == ["“身份”: choose one answer."]
    with pytest.raises(Blocked):
        save_answers(seat, entry, {"status": "在职", "hired_on": "gestern"})
    assert entry.replies == {}
    save_answers(seat, entry, {"status": "在职", "hired_on": "2020-01-02"}, page=1)
    with pytest.raises(Blocked, match="not all answered"):
        submit_entry(seat, entry)
    assert (entry.state, event.seats_taken) == (EntryState.DRAFT, 0)


def test_nobody_answers_with_the_file_of_another(desk: Desk, event: Event) -> None:
    _, other = handed_in(desk, event)
    seat = contestant(desk, event)
    entry = filled(seat, event, 2)

    stolen = {"status": "在职", "hired_on": "2020-01-02", "proof": other.replies["proof"]}
    with pytest.raises(Invalid, match="not there any more"):
        save_answers(seat, entry, stolen)
    with pytest.raises(NotPermitted):
        save_answers(seat, other, {"status": "学生"})


def test_what_is_hidden_loses_answer_and_file(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    (file,) = files_of(seat, entry)

    save_answers(seat, entry, {**answers_of(seat, entry), "status": "学生"})

    assert set(entry.replies) == {"status", "health", "motto"}
    assert files_of(seat, entry) == []
    errand = desk.session.scalars(select(Errand).filter_by(kind="forget_files")).one()
    assert errand.payload == {"keys": [file.key]}
    assert desk.shelf.has(place_of(file.key))
    forget_files(desk, errand.payload)
    assert not desk.shelf.has(place_of(file.key))


def test_a_change_after_acceptance_goes_back_and_keeps_place_and_pass(
    desk: Desk, event: Event
) -> None:
    seat, entry = handed_in(desk, event)
    office = reviewer(desk, event)
    accept_entry(office, entry)
    number, receipt = entry.pass_no, entry.receipt_no
    save_answers(seat, entry, answers_of(seat, entry))
    assert entry.state is EntryState.ACCEPTED

    save_answers(seat, entry, {**answers_of(seat, entry), "motto": "快", "health": "好"})

    assert (entry.state, entry.decided_at) == (EntryState.SUBMITTED, None)
    assert (entry.pass_no, entry.receipt_no, event.seats_taken) == (number, receipt, 1)
    changes = {one.name: one for one in changes_of(office, entry)}
    assert (changes["motto"].before, changes["motto"].after) == ("稳", "快")
    assert (changes["health"].before, changes["health"].is_sealed) == ("", True)
    assert SECRET_ANSWER not in str(entry.changes)
    line = desk.session.scalars(select(AuditLine).filter_by(deed="change_entry")).one()
    assert line.detail == {"fields": ["health", "motto"], "before": "accepted"}
    second = filled(contestant(desk, event), event, 2)
    save_answers(at(desk.acting_as(Actor(second.account_id)), seat.now), second, {"status": "学生"})
    submit_entry(at(desk.acting_as(Actor(second.account_id)), seat.now), second)
    accept_entry(office, second)
    accept_entry(office, entry)
    assert (entry.pass_no, entry.changes) == (number, {})
    assert second.pass_no != number


def test_what_was_changed_back_is_no_change(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    answers = answers_of(seat, entry)

    save_answers(seat, entry, {**answers, "motto": "快"})
    save_answers(seat, entry, {**answers, "motto": "准"})
    assert entry.changes == {"motto": ["稳"]}
    save_answers(seat, entry, answers)

    assert entry.changes == {}


def test_usual_fields_and_the_portrait_are_changed_too(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    office = reviewer(desk, event)

    save_work(seat, entry, Work(SkillLevel.TWO, 2012, employer="另一家厂", position="不问"))
    save_who(seat, entry, Identity("贺选手", sample_id(1), "13800009999"), consents=True)

    changes = {one.name: (one.before, one.after) for one in changes_of(office, entry)}
    assert changes == {
        "employer": ("示例船厂", "另一家厂"),
        "skill_level": ("three", "two"),
        "phone": ("138****1234", "138****9999"),
    }
    assert entry.person is not None
    assert entry.person.position == ""
    with pytest.raises(Invalid, match="Ask in your record"):
        save_who(seat, entry, Identity("别人", sample_id(1), "13800009999"), consents=True)


def test_a_change_that_breaks_a_condition_changes_nothing(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    before = dict(entry.replies)

    with pytest.raises(Blocked):
        save_answers(seat, entry, {**answers_of(seat, entry), "hired_on": ""})
    event.eligibility = [{"code": "E9", "kind": "min_years", "value": "30", "clause": "满 30 年"}]
    with pytest.raises(Blocked, match="every condition"):
        save_answers(seat, entry, {**answers_of(seat, entry), "motto": "快"})

    assert (entry.replies, entry.state) == (before, EntryState.SUBMITTED)


def test_a_change_drops_the_decision_that_was_held(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    office = reviewer(desk, event)
    hold(office, [entry], Decision.ACCEPT)

    save_answers(seat, entry, {**answers_of(seat, entry), "motto": "快"})

    assert review_of(office, entry).held is None


def test_whoever_waits_for_a_place_changes_the_entry_too(desk: Desk, event: Event) -> None:
    _, first = handed_in(desk, event)
    event.quota = 1
    seat = contestant(desk, event)
    entry = filled(seat, event, 2)
    save_answers(seat, entry, {"status": "学生"})
    join_waiting(seat, entry)
    assert (entry.form, entry.state) == (first.form, EntryState.WAITING)

    save_answers(seat, entry, {"status": "学生", "motto": "快"})

    assert (entry.state, entry.replies["motto"]) == (EntryState.WAITING, "快")


def test_changes_end_with_the_window(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    last = at(seat, event.entries_close_at - dt.timedelta(seconds=1))
    late = at(seat, event.entries_close_at)

    assert (may_change(last, entry), may_change(late, entry)) == (True, False)
    save_answers(last, entry, {**answers_of(seat, entry), "motto": "快"})
    with pytest.raises(WrongMoment, match="have closed"):
        save_answers(late, entry, {**answers_of(seat, entry), "motto": "准"})
    withdraw_entry(seat, entry, reason="出海")
    with pytest.raises(WrongMoment, match="closed and is not changed"):
        save_photo(seat, entry, picture())


def test_only_named_fields_are_mended(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    office = reviewer(desk, event)
    return_entry(office, entry, remarks={"proof": "太暗", "photo": "太旧", "": "请补"})
    answers = answers_of(seat, entry)
    told = desk.session.scalars(select(Message).filter_by(kind="entry_returned")).one()
    assert told.params["remarks"] == {"在职证明": "太暗", "photo": "太旧", "": "请补"}

    with pytest.raises(Invalid, match="reviewer named") as refusal:
        save_answers(seat, entry, {**answers, "motto": "快"})
    assert list(refusal.value.fields) == ["motto"]
    with pytest.raises(Invalid, match="reviewer named"):
        save_work(seat, entry, Work(SkillLevel.THREE, 2013, employer="示例船厂"))
    assert answers_of(seat, entry) == answers
    save_photo(seat, entry, picture())
    save_answers(seat, entry, {**answers, "proof": str(sent(seat, entry).id)})
    submit_entry(seat, entry)

    assert (entry.state, entry.remarks) == (EntryState.SUBMITTED, {})
    assert [one.name for one in changes_of(office, entry)] == ["proof"]


def test_mending_a_choice_opens_what_it_asks_for(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    save_answers(seat, entry, {"status": "学生", "motto": "稳"})
    submit_entry(seat, entry)
    return_entry(reviewer(desk, event), entry, remarks={"status": "你在职"})

    answers = {"status": "在职", "hired_on": "2020-01-02", "proof": str(sent(seat, entry).id)}
    save_answers(seat, entry, {**answers, "motto": "稳"})

    assert set(entry.replies) == {"status", "hired_on", "proof", "motto"}


def test_a_general_remark_opens_the_whole_entry(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    return_entry(reviewer(desk, event), entry, remarks={"": "请全部核对"})

    save_answers(seat, entry, {**answers_of(seat, entry), "motto": "快"})

    assert entry.replies["motto"] == "快"


def test_an_entry_taken_back_begins_without_changes(desk: Desk, event: Event) -> None:
    seat, entry = handed_in(desk, event)
    save_answers(seat, entry, {**answers_of(seat, entry), "motto": "快"})

    recall_entry(seat, entry)
    submit_entry(seat, entry)

    assert entry.changes == {}


def test_answers_are_erased_when_their_days_are_over(desk: Desk, event: Event) -> None:
    _, entry = handed_in(desk, event)
    entry.changes = {"health": ["x"], "motto": ["y"]}
    tenth = at(desk, expiry(event, 10))
    assert expire_event(at(desk, expiry(event, 10) - dt.timedelta(seconds=1)), event) == Expired()

    assert expire_event(tenth, event) == Expired(entries=1, answers=1)
    assert expire_event(tenth, event) == Expired()
    assert entry.changes == {"motto": ["y"]}
    shown = {one.field.code: one for one in shown_answers(desk, entry)}
    assert shown["health"].erased_on == tenth.now.date().isoformat()
    assert "health" not in answers_of(desk, entry)
    expire_answers(at(desk, expiry(event, 30)), {"event_id": event.id})

    assert files_of(desk, entry) == []
    assert answers_of(desk, entry)["motto"] == "稳"
    lines = desk.session.scalars(select(AuditLine).filter_by(deed="expire_answers")).all()
    assert [line.detail for line in lines] == [
        {"entries": 1, "answers": 1, "files": 0},
        {"entries": 1, "answers": 1, "files": 1},
    ]


def test_files_no_answer_names_are_dropped_after_a_day(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)
    sent(seat, entry)
    sent(seat, entry)
    assert len(files_of(seat, entry)) == 1

    assert expire_all(at(desk, seat.now + dt.timedelta(hours=23))) == Expired()
    assert expire_all(at(desk, seat.now + dt.timedelta(hours=25))) == Expired(files=1)

    assert files_of(seat, entry) == []


def test_a_file_that_cannot_be_taken_leaves_nothing(desk: Desk, event: Event) -> None:
    seat = contestant(desk, event)
    entry = filled(seat, event)

    with pytest.raises(NotPermitted):
        take_file(desk, entry, PROOF, picture(), "x.jpg")
    with pytest.raises(Invalid, match="not a PDF"):
        take_file(seat, entry, PROOF, b"MZ program", "证明.pdf")
    health = ASKED.find("health")
    assert health is not None
    with pytest.raises(Invalid, match="not answered with a file"):
        take_file(seat, entry, health, picture(), "x.jpg")
    assert files_of(seat, entry) == []
