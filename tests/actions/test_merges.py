"""Merging two records: all of it moves or nothing does, and old ways lead to the kept one."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, select

from actions.craftsmen import Profile, create_craftsman, record_apprenticeship
from actions.desk import Desk
from actions.duplicates import suspicions, tell_apart
from actions.merges import MergePlan, merge_people, merge_plan
from actions.people import (
    Identity,
    enter_person,
    find_by_id_number,
    identify,
    masked_id,
    masked_phone,
    reveal_identity,
)
from actions.records import own_record
from actions.submissions import submit_entry, withdraw_entry
from models.accounts import Account, LoginSession
from models.audit import AuditLine
from models.base import Base
from models.duplicates import NotSame, references
from models.judges import Judge, JudgeTie
from models.messages import Message
from models.outbox import Errand
from models.people import Person
from models.selection import Candidate, SelectionRound
from models.stories import Story
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Role, Scope
from rules.terms import Family, TieKind
from tests.entry_world import contestant, filled, open_event, own, reviewer, sample_id
from tests.support import NOW, actor_of, give, make_account

WHY = "同一张身份证原件核对"


def person(desk: Desk, serial: int, name: str = "贺双份", phone: str = "13800001234") -> Person:
    return enter_person(desk, Identity(name, sample_id(serial), phone))


def bare(desk: Desk, name: str = "贺双份") -> Person:
    """Enter somebody of whom the office knows the name alone."""
    row = Person(key=f"bare-{name}-{len(name)}", name=name, created_at=desk.now)
    desk.session.add(row)
    desk.session.flush()
    return row


def office(desk: Desk, role: Role = Role.HOST_OFFICE) -> Desk:
    account = make_account(desk.session, "赛务员")
    give(desk.session, account, role)
    return desk.acting_as(actor_of(desk.session, account))


def still_named(desk: Desk, gone: Person) -> list[str]:
    """List the tables that still name a merged record."""
    return [
        column.table.name
        for column in references()
        if desk.session.execute(select(column).where(column == gone.id)).first()
    ]


def test_entries_honours_and_consents_move_and_the_other_record_leads_on(desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)
    gone = entry.person
    assert gone is not None
    kept = person(desk, 7, phone="13800009999")

    at = office(desk)
    merge_people(at, kept=kept, gone=gone, reason=WHY)

    assert entry.person is kept
    assert (gone.merged_into, gone.merged_at) == (kept, at.now)
    assert still_named(desk, gone) == []
    assert desk.session.get_one(Account, entry.account_id).person is kept
    line = desk.session.scalars(select(AuditLine).filter_by(deed="merge_people")).one()
    assert (line.thing, line.detail["merged"]) == (f"person:{kept.key}", gone.key)
    assert line.detail["reason"] == WHY
    assert line.detail["moved"] == {"account": 1, "consent": 1, "entry": 1}


def test_facts_the_kept_record_lacks_are_taken_over_sealed_anew(desk: Desk) -> None:
    kept, gone = bare(desk), person(desk, 3)
    gone.position, gone.email = "班长", "he@example.cn"

    merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert masked_id(desk, kept) == masked_id(desk, kept)[:6] + "********" + sample_id(3)[-4:]
    assert masked_phone(desk, kept) == "138****1234"
    assert (kept.position, kept.email, kept.birth_date) == (
        "班长",
        "he@example.cn",
        dt.date(1990, 1, 2),
    )
    assert (gone.id_number_sealed, gone.phone_sealed) == (None, None)


def test_a_second_id_number_leads_to_the_kept_record_and_a_second_phone_is_forgotten(
    desk: Desk,
) -> None:
    kept, gone = person(desk, 3), person(desk, 4, phone="13800005555")
    seat = desk.acting_as(actor_of(desk.session, make_account(desk.session, "贺双份")))
    account = desk.session.get_one(Account, seat.actor.account_id)
    account.person = kept

    merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert find_by_id_number(desk, sample_id(4)) is kept
    assert gone.phone_mark is None
    again = identify(own(seat), account, Identity("贺双份", sample_id(4), "13800001234"))
    assert again is kept
    assert masked_id(desk, kept)[-4:] == sample_id(3)[-4:]


def test_sent_twice_it_is_done_once_and_the_other_way_round_is_refused(desk: Desk) -> None:
    kept, gone, third = person(desk, 3), person(desk, 4), person(desk, 5)
    at = office(desk)
    merge_people(at, kept=kept, gone=gone, reason=WHY)
    merge_people(at, kept=kept, gone=gone, reason=WHY)

    assert len(desk.session.scalars(select(AuditLine).filter_by(deed="merge_people")).all()) == 1
    with pytest.raises(WrongMoment, match="merged meanwhile"):
        merge_people(at, kept=gone, gone=kept, reason=WHY)
    with pytest.raises(WrongMoment, match="merged meanwhile"):
        merge_people(at, kept=third, gone=gone, reason=WHY)
    with pytest.raises(Invalid, match="into itself"):
        merge_people(at, kept=third, gone=third, reason=WHY)

    merge_people(at, kept=third, gone=kept, reason=WHY)
    assert find_by_id_number(desk, sample_id(4)) is third, "one step, however often merged"


def test_two_live_entries_of_one_event_stand_in_the_way(desk: Desk) -> None:
    event = open_event(desk)
    one, two = (contestant(desk, event) for _ in range(2))
    first, second = filled(one, event, 1), filled(two, event, 2)
    kept, gone = first.person, second.person
    assert kept is not None
    assert gone is not None
    at = office(desk)

    with pytest.raises(Blocked) as refusal:
        merge_people(at, kept=kept, gone=gone, reason=WHY)
    assert event.name in str(refusal.value.reasons[0])
    assert (second.person, gone.merged_into_id) == (gone, None)
    assert desk.session.scalars(select(AuditLine).filter_by(deed="merge_people")).all() == []

    withdraw_entry(two, second, reason="报了两次")
    assert merge_plan(at, kept, gone).obstacles == ()
    merge_people(at, kept=kept, gone=gone, reason=WHY)
    assert second.person is kept


def test_candidates_of_one_round_and_master_and_apprentice_stay_apart(desk: Desk) -> None:
    kept, gone = person(desk, 3), person(desk, 4)
    at = office(desk)
    record_apprenticeship(desk, master=kept, apprentice=gone)
    chosen = SelectionRound(
        slug="r",
        name="第一届定海名匠（示例）",
        year=2026,
        places=1,
        rules={},
        doc_no="",
        summary="",
    )
    desk.session.add(chosen)
    desk.session.flush()
    for one in (kept, gone):
        desk.session.add(Candidate(round_id=chosen.id, person_id=one.id, category="", summary=""))
    desk.session.flush()

    said = [str(reason) for reason in merge_plan(at, kept, gone).obstacles]

    assert ["第一届定海名匠（示例）" in said[0], "master of the other" in said[1]] == [True, True]
    assert len(said) == 2


def test_of_two_accounts_one_stays_and_answers_to_the_handles_of_both(desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    gone, kept = entry.person, person(desk, 7)
    assert gone is not None
    old = desk.session.get_one(Account, seat.actor.account_id)
    old.phone_mark, old.email = desk.vault.mark("13800001234"), "old@example.cn"
    desk.session.add(
        LoginSession(
            token_hash="t", account_id=old.id, started_at=NOW, seen_at=NOW, ends_at=NOW
        )  # no token
    )
    stays = make_account(desk.session, "贺双份", person_id=kept.id, email="new@example.cn")
    mark = old.phone_mark

    merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert (entry.account_id, entry.person_id) == (stays.id, kept.id)
    assert (old.is_active, old.person_id, old.phone_mark) == (False, None, None)
    assert (stays.phone_mark, stays.email) == (mark, "new@example.cn")
    ended = desk.session.scalars(select(LoginSession).filter_by(account_id=old.id)).one()
    assert ended.ended_at is not None
    told = desk.session.scalars(select(Message).filter_by(kind="records_merged")).one()
    assert told.account_id == stays.id


def test_an_account_with_roles_is_not_closed_by_a_merging(desk: Desk) -> None:
    kept, gone = person(desk, 3), person(desk, 4)
    make_account(desk.session, "贺双份", person_id=kept.id)
    judge = make_account(desk.session, "贺裁判", person_id=gone.id)
    give(desk.session, judge, Role.EDITOR)

    with pytest.raises(Blocked) as refusal:
        merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert "holds roles" in str(refusal.value.reasons[0])
    assert judge.is_active
    merge_people(office(desk), kept=gone, gone=kept, reason=WHY)
    assert judge.person is gone


def test_of_two_profiles_one_is_hidden_and_its_stories_and_mentions_follow(desk: Desk) -> None:
    kept, gone = person(desk, 3), person(desk, 4)
    stays = create_craftsman(desk, kept, Profile(Family.SHIP), slug="he")
    hidden = create_craftsman(desk, gone, Profile(Family.SHIP), slug="he-2")
    hidden.is_public = True
    story = Story(
        craftsman_id=hidden.id, slug="s", title="一", body="一", body_html="一", changed_at=NOW
    )
    desk.session.add(story)
    desk.session.flush()

    plan = merge_plan(office(desk), kept, gone)
    merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert any("Both have a profile" in str(note) for note in plan.notes)
    assert story.craftsman_id == stays.id
    assert (hidden.is_public, hidden.person_id) == (False, gone.id)
    keys = {
        errand.payload["key"]
        for errand in desk.session.scalars(select(Errand).filter_by(kind="index"))
    }
    assert {"craftsman:he", "craftsman:he-2", "story:s"} <= keys


def test_a_single_profile_moves_with_its_studio(desk: Desk) -> None:
    kept, gone = person(desk, 3), person(desk, 4)
    craftsman = create_craftsman(desk, gone, Profile(Family.SHIP), slug="he")

    merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert craftsman.person is kept


def test_what_was_told_apart_follows_and_nobody_is_told_apart_from_himself(desk: Desk) -> None:
    kept, gone, third = person(desk, 3), person(desk, 4), person(desk, 5)
    at = office(desk)
    tell_apart(at, gone, third, reason="父子同号")
    tell_apart(at, kept, gone, reason="看错了")

    assert any("two people" in str(note) for note in merge_plan(at, kept, gone).notes)
    merge_people(at, kept=kept, gone=gone, reason=WHY)

    rows = desk.session.scalars(select(NotSame)).all()
    assert [(row.low_id, row.high_id) for row in rows] == [(kept.id, third.id)]
    assert suspicions(at) == []


def test_a_table_nobody_thought_of_is_moved_and_its_clash_is_refused(desk: Desk) -> None:
    """Whatever refers to a person is found in the metadata, so a table of tomorrow moves too."""
    probe = Table(
        "probe_visit",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("day", Integer),
        Column("person_id", ForeignKey("person.id")),
        UniqueConstraint("day", "person_id"),
    )
    try:
        probe.create(desk.session.connection())
        kept, gone = person(desk, 3), person(desk, 4)
        desk.session.execute(probe.insert().values(day=1, person_id=gone.id))
        desk.session.execute(probe.insert().values(day=2, person_id=kept.id))
        at = office(desk)
        assert merge_plan(at, kept, gone).moves["probe_visit"] == 1

        clash = desk.session.execute(
            probe.insert().values(day=2, person_id=gone.id).returning(probe.c.id)
        ).scalar_one()
        with pytest.raises(Blocked) as refusal:
            merge_people(at, kept=kept, gone=gone, reason=WHY)
        assert "probe_visit" in str(refusal.value.reasons[0])

        desk.session.execute(probe.delete().where(probe.c.id == clash))
        merge_people(at, kept=kept, gone=gone, reason=WHY)
        owners = desk.session.scalars(select(probe.c.person_id)).all()
        assert list(owners) == [kept.id, kept.id]
        probe.drop(desk.session.connection())
    finally:
        Base.metadata.remove(probe)


def test_what_the_database_alone_forbids_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = open_event(desk)
    first = filled(contestant(desk, event), event, 1)
    second = filled(contestant(desk, event), event, 2)
    kept, gone = first.person, second.person
    assert kept is not None
    assert gone is not None
    blind = MergePlan(moves={}, fills=(), notes=(), obstacles=())
    monkeypatch.setattr("actions.merges.merge_plan", lambda *_: blind)

    with pytest.raises(Blocked, match="database refuses"):
        merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    desk.session.expire_all()
    assert (second.person_id, gone.merged_into_id) == (gone.id, None)
    assert gone.phone_mark is not None


def test_only_the_office_of_the_whole_site_merges_and_never_itself(desk: Desk) -> None:
    kept, gone = person(desk, 3), person(desk, 4)
    event = open_event(desk)
    narrow = make_account(desk.session, "赛务员")
    give(desk.session, narrow, Role.HOST_OFFICE, Scope.CONTEST, event.contest_id)
    for seat in (
        office(desk, Role.REVIEWER),
        office(desk, Role.SYSADMIN),
        desk.acting_as(actor_of(desk.session, narrow)),
    ):
        with pytest.raises(NotPermitted):
            merge_people(seat, kept=kept, gone=gone, reason=WHY)
    at = office(desk)
    own_desk = at.acting_as(dataclasses.replace(at.actor, person_id=gone.id))
    with pytest.raises(NotPermitted, match="your own"):
        merge_people(own_desk, kept=kept, gone=gone, reason=WHY)
    for reason in ("", f"身份证 {sample_id(3)}", "长" * 201):
        with pytest.raises(Invalid):
            merge_people(at, kept=kept, gone=gone, reason=reason)
    assert gone.merged_into_id is None


def test_who_looked_at_the_merged_record_is_still_told(desk: Desk) -> None:
    event = open_event(desk)
    seat = contestant(desk, event)
    entry = filled(seat, event)
    submit_entry(seat, entry)
    reveal_identity(reviewer(desk, event), entry, reason="核对社保")
    gone, kept = entry.person, person(desk, 7)
    assert gone is not None

    merge_people(office(desk), kept=kept, gone=gone, reason=WHY)

    assert [look.reason for look in own_record(own(seat)).looks] == ["核对社保"]


def test_two_judges_of_the_pool_and_a_judge_and_whom_he_recuses_stay_apart(desk: Desk) -> None:
    kept, gone = person(desk, 3), person(desk, 4)
    at = office(desk)
    judge = Judge(person_id=kept.id, changed_at=NOW)
    judge.ties.append(
        JudgeTie(kind=TieKind.KIN, person_name=gone.name, person_id=gone.id, declared_at=NOW)
    )
    desk.session.add_all([judge, Judge(person_id=gone.id, changed_at=NOW)])
    desk.session.flush()

    said = [str(reason) for reason in merge_plan(at, kept, gone).obstacles]

    assert ["pool of judges" in said[0], "two people" in said[1], len(said)] == [True, True, 2]
