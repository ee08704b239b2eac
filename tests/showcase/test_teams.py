"""A team on a phone: founded, won by link or name, confirmed, handed in, parted from."""

import datetime as dt
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from actions.desk import Desk
from actions.reviews import accept_entry, return_entry
from actions.submissions import submit_entry
from actions.teams import token_of
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.messages import Message
from models.teams import Team
from rules.states import EntryState
from tests.entry_world import contestant, filled, open_event, reviewer
from tests.showcase.pages import words
from tests.support import make_account, sign_in
from tests.team_world import founded, joined, team_event, team_of, whole
from web.clock import now

DAY = dt.timedelta(days=1)


@pytest.fixture
def event(desk: Desk) -> Event:
    row = team_event(desk, least=2, most=3)
    row.entries_open_at, row.entries_close_at = now() - DAY, now() + 9 * DAY
    desk.session.commit()
    return row


def browser(app: Flask, desk: Desk, entry: Entry | None = None) -> FlaskClient:
    """Sign in as the owner of an entry, or as somebody new."""
    made = app.test_client()
    session = desk.session
    account = session.get_one(Account, entry.account_id) if entry else make_account(session, "小周")
    sign_in(app, made, desk, account)
    return made


def address(event: Event) -> str:
    return f"/account/teams/new/{event.contest.slug}/{event.slug}"


def link(desk: Desk, team: Team) -> str:
    return f"/account/teams/join/{token_of(desk, team)}"


def test_a_team_is_founded_on_its_page_and_only_once(app: Flask, desk: Desk, event: Event) -> None:
    captain = browser(app, desk)
    begin = f"/account/entries/new/{event.contest.slug}/{event.slug}"
    assert captain.get(begin).headers["Location"] == address(event)
    assert "2 至 3 人组成一队" in words(captain, address(event))
    assert "请填写队名" in captain.post(address(event), data={"form_key": "f"}).text
    assert desk.session.query(Team).count() == 0

    data = {"form_key": "f", "name": "海燕队"}
    made = captain.post(address(event), data=data).headers["Location"]
    again = captain.post(address(event), data=data).headers["Location"]

    team = desk.session.query(Team).one()
    assert made == again == f"/account/teams/{team.id}"
    page = words(captain, made)
    assert "至少要 2 人，现在有 1 人" in page
    assert "邀请队员" in page
    other = browser(app, desk)
    assert "已有同名队伍" in other.post(address(event), data={**data, "form_key": "g"}).text


def test_an_event_for_single_persons_leads_back_to_its_own_entry(app: Flask, desk: Desk) -> None:
    event = open_event(desk)
    desk.session.commit()

    there = browser(app, desk).get(address(event)).headers["Location"]

    assert there == f"/account/entries/new/{event.contest.slug}/{event.slug}"


def test_the_link_asks_and_yes_begins_the_own_part(
    app: Flask, client: FlaskClient, desk: Desk, event: Event
) -> None:
    captain = founded(desk, event)
    here = link(desk, team_of(captain))
    desk.session.commit()
    page = client.get(here)
    assert "队长1邀请你加入“海燕队”" in page.text
    assert f"next={here}" in page.text.replace("%2F", "/")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client.post(here).headers["Location"].startswith("/account/login")

    guest = browser(app, desk)
    assert "我参加" in guest.get(here).text
    done = guest.post(here, data={"form_key": "g"})

    entry = desk.session.query(Entry).filter_by(is_captain=False).one()
    assert done.headers["Location"] == f"/account/entries/{entry.id}/step/1"
    assert guest.get(here).headers["Location"] == f"/account/teams/{team_of(captain).id}"
    assert guest.post(here, data={"form_key": "h"}).status_code == 302
    assert team_of(captain).members == 2
    page_of_team = words(guest, f"/account/teams/{team_of(captain).id}")
    assert "正在填写" in page_of_team
    assert "邀请队员" not in page_of_team, "only the captain invites"


def test_replaced_foreign_and_ended_links_are_refused_in_words(
    app: Flask, desk: Desk, event: Event
) -> None:
    captain = founded(desk, event)
    team, old = team_of(captain), link(desk, team_of(captain))
    desk.session.commit()
    own, guest = browser(app, desk, captain), browser(app, desk)
    assert "新链接已生成" in own.post(f"/account/teams/{team.id}/link", follow_redirects=True).text

    for wrong in (old, "/account/teams/join/nothing"):
        for answer in (guest.get(wrong), guest.post(wrong, data={"form_key": "x"})):
            assert answer.status_code == 403
            assert "打不开任何队伍" in answer.text
    assert guest.get(link(desk, team)).status_code == 200
    team.expires_at = now() - DAY
    desk.session.commit()
    assert "已过期" in guest.get(link(desk, team)).text
    assert "链接已过期" in own.get(f"/account/teams/{team.id}").text
    assert team.members == 1


def test_a_full_team_says_so_and_no_is_told_to_the_captain(
    app: Flask, desk: Desk, event: Event
) -> None:
    captain = founded(desk, event)
    team = team_of(captain)
    desk.session.commit()
    shy = browser(app, desk)
    told = shy.post(f"{link(desk, team)}/decline", follow_redirects=True).text
    assert "已谢绝" in told
    assert [one.kind for one in desk.session.query(Message)] == ["team_declined"]
    joined(desk, team, 2)
    joined(desk, team, 3)
    desk.session.commit()

    late = browser(app, desk)

    assert "队伍已经满员" in late.get(link(desk, team)).text
    refused = late.post(link(desk, team), data={"form_key": "x"})
    assert (refused.status_code, "别人先一步" in refused.text) == (409, True)


def test_who_is_invited_by_name_answers_from_the_inbox(
    app: Flask, desk: Desk, event: Event
) -> None:
    captain = founded(desk, event)
    team = team_of(captain)
    account = make_account(desk.session, "小周", username="xiaozhou")
    desk.session.commit()
    own, guest = browser(app, desk, captain), app.test_client()
    sign_in(app, guest, desk, account)
    page = f"/account/teams/{team.id}"
    assert guest.get(page, follow_redirects=True).status_code == 403
    assert own.post(f"{page}/invite", data={"handle": ""}).status_code == 422

    said = {
        name: own.post(f"{page}/invite", data={"handle": name}, follow_redirects=True).text
        for name in ("xiaozhou", "nobody")
    }

    assert all("如果这个名下有账号" in text for text in said.values())
    message = desk.session.query(Message).filter_by(kind="team_invited").one()
    assert page in guest.get(f"/account/inbox/{message.id}").text
    assert "我参加" in guest.get(page, follow_redirects=True).text
    done = guest.post(f"{page}/invited", data={"form_key": "g"})
    assert "/step/1" in done.headers["Location"]
    assert guest.get(f"{page}/invited").headers["Location"] == page
    assert "你已在这支队伍里" in guest.post(f"{page}/invited/decline").text


def test_members_confirm_and_the_captain_hands_in(app: Flask, desk: Desk, event: Event) -> None:
    captain = founded(desk, event)
    member = joined(desk, team_of(captain), 2, confirms=False)
    desk.session.commit()
    own, other = browser(app, desk, captain), browser(app, desk, member)
    review = f"/account/entries/{captain.id}/review"
    assert "队员2 还没有确认" in own.post(review).text

    page = other.get(f"/account/entries/{member.id}/review").text
    assert "确认我参加" in page
    assert "队长是队长1" in page
    confirmed = other.post(f"/account/entries/{member.id}/review", follow_redirects=True).text

    assert "你的部分已确认" in confirmed
    assert "人都齐了" in own.get(f"/account/teams/{captain.team_id}").text
    assert "已提交" in own.post(review, follow_redirects=True).text
    assert (captain.state, member.state) == (EntryState.SUBMITTED, EntryState.JOINED)
    assert "随整队报名一起办理" in other.get(f"/account/entries/{member.id}").text
    listed = other.get("/account/entries/").text
    assert "海燕队" in listed
    assert "随队已确认" in listed


def test_every_member_of_an_accepted_team_has_a_pass_and_the_hours(
    app: Flask, desk: Desk, event: Event
) -> None:
    captain = whole(desk, event)
    accept_entry(reviewer(desk, event), captain)
    desk.session.commit()
    member = desk.session.query(Entry).filter_by(is_captain=False).one()
    guest, base = browser(app, desk, member), f"/account/entries/{member.id}"

    shown = guest.get(f"{base}/pass").text

    assert str(captain.pass_no) in shown
    assert "队员2" in shown
    assert guest.get(f"{base}/pass.svg").status_code == 200
    assert guest.get(f"{base}/schedule.ics").status_code == 200
    assert guest.get(f"{base}/ticket.pdf").headers["Location"] == f"{base}/pass"
    assert "参赛证" in guest.get(base).text


def test_a_member_changes_the_own_part_and_reads_what_it_leads_to(
    app: Flask, desk: Desk, event: Event
) -> None:
    captain = whole(desk, event)
    accept_entry(reviewer(desk, event), captain)
    desk.session.commit()
    member = desk.session.query(Entry).filter_by(is_captain=False).one()
    guest, base = browser(app, desk, member), f"/account/entries/{member.id}"
    assert "会再审一次" in guest.get(f"{base}/change").text
    other = io.BytesIO()
    Image.new("RGB", (600, 800), "olive").save(other, "JPEG")
    data = {"photo": (io.BytesIO(other.getvalue()), "me.jpg")}

    changed = guest.post(f"{base}/step/3", data=data, follow_redirects=True)

    assert "整队报名里就是你现在填写的内容" in changed.text
    assert (member.state, captain.state) == (EntryState.JOINED, EntryState.SUBMITTED)


def test_a_pass_waits_for_the_teams_acceptance(app: Flask, desk: Desk, event: Event) -> None:
    whole(desk, event)
    desk.session.commit()
    member = desk.session.query(Entry).filter_by(is_captain=False).one()
    guest, base = browser(app, desk, member), f"/account/entries/{member.id}"

    answers = [guest.get(f"{base}/{name}") for name in ("pass", "pass.svg", "schedule.ics")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_captain_takes_out_and_hands_over_after_one_question(
    app: Flask, desk: Desk, event: Event
) -> None:
    captain = founded(desk, event)
    one, two = joined(desk, team_of(captain), 2), joined(desk, team_of(captain), 3)
    desk.session.commit()
    own, page = browser(app, desk, captain), f"/account/teams/{captain.team_id}"
    assert "把队员2移出队伍？" in own.get(f"{page}/members/{one.id}/remove").text
    stranger = browser(app, desk, two).post(f"{page}/members/{one.id}/remove")
    assert (stranger.status_code, one.team_id) == (403, captain.team_id)

    assert "移出队伍" in own.post(f"{page}/members/{one.id}/remove", follow_redirects=True).text
    assert own.post(f"{page}/members/{one.id}/remove").status_code == 404
    assert "把队长移交给队员3？" in own.get(f"{page}/members/{two.id}/captain").text
    own.post(f"{page}/members/{two.id}/captain")

    assert (one.team_id, two.is_captain, captain.is_captain) == (None, True, False)
    assert "退出“海燕队”？" in own.get(f"{page}/leave").text
    left = own.post(f"{page}/leave", follow_redirects=True).text
    assert "你已退出队伍" in left
    assert own.get(f"{page}/link.svg").status_code == 404
    assert browser(app, desk, two).get(f"{page}/link.svg").content_type == "image/svg+xml"


def test_the_page_offers_nothing_after_the_window(app: Flask, desk: Desk, event: Event) -> None:
    captain = whole(desk, event)
    event.entries_close_at = now() - dt.timedelta(minutes=1)
    desk.session.commit()
    own, page = browser(app, desk, captain), f"/account/teams/{captain.team_id}"

    shown = own.get(page).text

    assert "邀请队员" not in shown
    assert "移出" not in shown
    assert own.post(f"{page}/link").status_code == 409
    assert own.post(f"{page}/invite", data={"handle": "x"}).status_code == 409


def test_a_returned_team_says_what_to_mend(app: Flask, desk: Desk, event: Event) -> None:
    captain = whole(desk, event)
    return_entry(reviewer(desk, event), captain, remarks={"": "队员2的单位证明不全"})
    desk.session.commit()
    member = desk.session.query(Entry).filter_by(is_captain=False).one()

    for entry in (captain, member):
        guest = browser(app, desk, entry)
        assert "队员2的单位证明不全" in guest.get(f"/account/teams/{captain.team_id}").text
    assert "需要修改" in browser(app, desk, member).get(f"/account/entries/{member.id}").text


def test_the_whole_team_withdraws_by_its_captain(app: Flask, desk: Desk, event: Event) -> None:
    captain = whole(desk, event)
    desk.session.commit()
    own, base = browser(app, desk, captain), f"/account/entries/{captain.id}"
    assert "整队退赛" in own.get(f"{base}/withdraw").text

    own.post(f"{base}/withdraw", data={"reason": "任务冲突"})

    assert captain.state is EntryState.WITHDRAWN
    assert team_of(captain).dissolved_at is not None


def test_a_returned_entry_of_a_full_event_keeps_its_place_and_is_handed_in(
    app: Flask, desk: Desk
) -> None:
    single = open_event(desk, quota=1)
    seat = contestant(desk, single)
    entry = filled(seat, single)
    submit_entry(seat, entry)
    return_entry(reviewer(desk, single), entry, remarks={"": "补照片"})
    desk.session.commit()
    own = browser(app, desk, entry)

    page = own.get(f"/account/entries/{entry.id}/review").text
    own.post(f"/account/entries/{entry.id}/review")

    assert "候补" not in page
    assert entry.state is EntryState.SUBMITTED
