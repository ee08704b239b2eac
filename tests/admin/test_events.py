"""Events on the staff's face: planned in a form, the hub, the organizer's steps."""

import datetime as dt
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from actions.desk import Desk
from actions.events import plan_of, rules_of
from models.contests import Event
from rules.permits import Role
from rules.rulesets import DISTRICT_RULES, Boundary, tie_key
from rules.states import EventState
from tests.contest_world import announced_event, draft_contest, draft_event, occupation, second
from tests.support import give, make_account, sign_in
from web.clock import now

FORM = {
    "name": "焊接",
    "entry_group": "worker",
    "entry_form": "individual",
    "quota": "30",
    "entries_open_at": "2026-12-01T09:00",
    "entries_close_at": "2026-12-11T17:00",
    "held_on": "2026-12-20",
    "appeal_hours": "2",
    "theory": "30",
    "practice": "70",
    "scale": "points",
    "places": "2",
    "rounding": "half_up",
    "rank_on": "rounded",
    "tie_1": "+practice",
    "tie_2": "-time",
    "tie_3": "",
    "tie_4": "",
    "last_resort": "draw",
    "award_kind": "percent",
    "first": "10",
    "second": "20",
    "third": "30",
    "award_rounding": "half_up",
    "min_one": "y",
    "minimum_score": "60",
    "minimum_field": "8",
    "boundary": "chain",
    "judges_per_aspect": "3",
    "spread_limit": "1",
    "drop_high": "1",
    "drop_low": "1",
    "min_judges": "5",
    "layers": "1",
    "batches": "1",
    "apart": "y",
    "conflict_years": "3",
    "conditions-0-kind": "min_age",
    "conditions-0-value": "18",
    "conditions-0-clause": "年满 18 周岁",
    "conditions-1-kind": "",
    "conditions-2-kind": "not_already_champion",
    "conditions-2-value": "定海区技术能手",
    "conditions-2-proof": "y",
}


@pytest.fixture
def organizer(app: Flask, client: FlaskClient, desk: Desk) -> FlaskClient:
    account = make_account(desk.session)
    give(desk.session, account, Role.ORGANIZER)
    sign_in(app, client, desk, account)
    return client


def form(desk: Desk, **changes: str) -> dict[str, str]:
    return {**FORM, "occupation_id": str(occupation(desk.session).id), **changes}


def test_an_event_is_planned_in_one_form(organizer: FlaskClient, desk: Desk) -> None:
    contest = draft_contest(desk)
    url = f"/admin/contests/{contest.id}/events/new"
    assert 'value="30"' in organizer.get(url).text

    reply = organizer.post(url, data=form(desk))

    (event,) = contest.events
    rules = rules_of(event)
    assert reply.location == f"/admin/events/{event.id}/"
    assert event.entries_open_at == dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
    assert rules.parts == (("theory", Decimal(30)), ("practice", Decimal(70)))
    assert rules.tie_chain == (tie_key("+practice"), tie_key("-time"))
    assert rules.award.boundary is Boundary.CHAIN
    assert [(row["code"], row["kind"], row["proof"]) for row in event.eligibility] == [
        ("E1", "min_age", False),
        ("E2", "not_already_champion", True),
    ]
    page = organizer.get(f"/admin/events/{event.id}/").text
    assert "“焊接”还没有评分标准" in page
    assert "用时短者在前" in page


def test_alternatives_are_typed_as_rows_that_share_a_letter(
    organizer: FlaskClient, desk: Desk
) -> None:
    contest = draft_contest(desk)
    rows = (
        ("A1", "min_level", "three", "高级工以上"),
        ("A1", "min_years", "2", "从业满 2 年"),
        ("A2", "holds_title", "舟山市技术能手", ""),
        ("", "residence_in_district", "", ""),
    )
    data = form(desk)
    for number, (way, kind, value, clause) in enumerate(rows):
        data |= {
            f"conditions-{number}-way": way,
            f"conditions-{number}-kind": kind,
            f"conditions-{number}-value": value,
            f"conditions-{number}-clause": clause,
            f"conditions-{number}-proof": "",
        }

    organizer.post(f"/admin/contests/{contest.id}/events/new", data=data)

    (event,) = contest.events
    must, choice = plan_of(event).eligibility
    page = organizer.get(f"/admin/events/{event.id}/").text
    again = organizer.get(f"/admin/events/{event.id}/edit").text
    assert must.kind.value == "residence_in_district"
    assert [part.kind.value for part in choice.of] == ["all_of", "holds_title"]
    assert "高级工以上，并且从业满 2 年；或者已获称号 舟山市技术能手" in page
    assert again.count('<option selected value="A1">') == 2
    assert again.count('<option selected value="A2">') == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"conditions-0-way": "A1"}, "只有一条路"),
        ({"name": ""}, "请填写赛项名称"),
        ({"entries_close_at": "2026-11-01T09:00"}, "报名截止早于报名开始"),
        ({"theory": "40"}, "110"),
        ({"conditions-0-value": "十八"}, "请写成 18 这样"),
        ({"conditions-0-kind": "magic"}, "不在可选范围内"),
        ({"conditions-0-clause": "长" * 121}, "请缩短文字"),
        ({"quota": "0"}, "填 1 到 5000 之间的数"),
        ({"quota": "x"}, "填一个整数"),
        ({"first": "1e1"}, "不是数字"),
        ({"first": "-1"}, "填 0 到 999 之间的数"),
        ({"places": "9"}, "填 0 到 6 之间的整数"),
        ({"name": "长" * 81}, "最多 80 个字符"),
        ({"held_on": "下周"}, "日期要写成"),
        ({"entries_open_at": "下周"}, "时间要写成"),
        ({"rounding": "up"}, "请从列出的选项中选一个"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    organizer: FlaskClient, desk: Desk, changes: dict[str, str], words: str
) -> None:
    contest = draft_contest(desk)

    reply = organizer.post(f"/admin/contests/{contest.id}/events/new", data=form(desk, **changes))

    assert reply.status_code == 422
    assert words in reply.text
    assert contest.events == []


def test_a_draft_comes_back_into_its_form_as_it_was(organizer: FlaskClient, desk: Desk) -> None:
    contest = draft_contest(desk)
    organizer.post(f"/admin/contests/{contest.id}/events/new", data=form(desk))
    (event,) = contest.events
    event.rules = {**event.rules, "tie_chain": ["+practice", "-module:Z"], "outlier_percent": "15"}
    before = plan_of(event)
    url = f"/admin/events/{event.id}/edit"
    page = organizer.get(url).text
    assert "-module:Z" in page
    assert 'value="2026-12-01T09:00"' in page

    organizer.post(url, data=form(desk, tie_2="-module:Z"))

    assert plan_of(event) == before
    for wrong in ({"quota": "many"}, {"entries_close_at": "2026-11-01T09:00"}):
        assert organizer.post(url, data=form(desk, **wrong)).status_code == 422


def test_the_modules_of_the_scheme_can_settle_ties(organizer: FlaskClient, desk: Desk) -> None:
    event = draft_event(desk)

    assert "模块 A 高者在前" in organizer.get(f"/admin/events/{event.id}/edit").text


def test_a_public_event_has_a_form_of_dates_only(organizer: FlaskClient, desk: Desk) -> None:
    event = announced_event(desk)
    url = f"/admin/events/{event.id}/edit"
    page = organizer.get(url).text
    assert 'name="entries_close_at"' in page
    assert 'name="theory"' not in page
    sent = {key: FORM[key] for key in ("entries_close_at", "held_on", "appeal_hours")}
    far = {**sent, "entries_close_at": "2099-12-11T17:00", "held_on": "2099-12-20"}

    assert organizer.post(url, data={**far, "name": "焊", "quota": "9"}).status_code == 302
    assert (event.name, event.quota) == ("焊", 9)
    event.state = EventState.SCORING
    reply = organizer.post(url, data={**far, "name": "焊接", "quota": "9"})
    assert reply.status_code == 422
    assert "规则已冻结" in reply.text


def test_the_organizer_s_steps(organizer: FlaskClient, desk: Desk) -> None:
    event = announced_event(desk)
    base = f"/admin/events/{event.id}"
    moment = now()
    event.entries_open_at = moment - dt.timedelta(days=2)
    event.entries_close_at = moment + dt.timedelta(days=1)
    organizer.post(f"{base}/open")
    assert event.state is EventState.OPEN
    assert organizer.post(f"{base}/close").status_code == 409
    event.seats_taken = event.quota
    organizer.post(f"{base}/close")
    assert event.state is EventState.CLOSED
    assert organizer.post(f"{base}/list").status_code == 409
    organizer.post(f"{base}/reopen")
    assert event.state is EventState.OPEN
    assert organizer.post(f"{base}/draw").status_code in (404, 405)

    assert organizer.get(f"{base}/cancel").status_code == 200
    assert organizer.post(f"{base}/cancel", data={"ground": ""}).status_code == 422
    organizer.post(f"{base}/cancel", data={"ground": "台风"})

    assert event.state is EventState.CANCELLED


@pytest.mark.parametrize("state", list(EventState))
def test_the_hub_says_what_is_next_in_every_state(
    organizer: FlaskClient, desk: Desk, state: EventState
) -> None:
    event = announced_event(desk)
    event.state = state
    event.rules = {**event.rules, "award": {"kind": "none"}}
    if state is EventState.POSTED:
        event.posted_at = event.appeals_close_at = now()

    page = organizer.get(f"/admin/events/{event.id}/").text

    assert "下一步" in page
    assert "不设奖" in page


def test_tabs_show_what_a_role_may_open(app: Flask, client: FlaskClient, desk: Desk) -> None:
    event: Event = announced_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.REVIEWER)
    sign_in(app, client, desk, account)

    page = client.get(f"/admin/events/{event.id}/").text

    assert f'href="/admin/events/{event.id}/entries/"' in page
    assert f'href="/admin/events/{event.id}/results/"' not in page
    assert client.get(f"/admin/events/{event.id}/edit").status_code == 403


def test_a_judge_finds_no_staff_page(app: Flask, client: FlaskClient, desk: Desk) -> None:
    event = draft_event(desk)
    account = make_account(desk.session)
    give(desk.session, account, Role.JUDGE)
    sign_in(app, client, desk, account)

    for url in ("/admin/", "/admin/contests/", f"/admin/events/{event.id}/"):
        assert client.get(url).status_code == 403


def test_the_usual_rules_are_offered(organizer: FlaskClient, desk: Desk) -> None:
    contest = draft_contest(desk)

    page = organizer.get(f"/admin/contests/{contest.id}/events/new").text

    assert f'value="{DISTRICT_RULES.award.levels[0][1]}"' in page
    assert second(desk).actor.account_id is not None
