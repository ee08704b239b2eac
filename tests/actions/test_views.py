"""Views are kept under a name of one's own, shared, renamed, removed; a stranger keeps none."""

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.views import MOST, edit_view, events_listed, remove_view, save_view
from models.audit import AuditLine
from models.contests import Event
from models.entries import Entry
from models.views import SavedView, narrowed, saved_views
from rules.errors import Invalid, NotPermitted
from rules.permits import Role, Scope
from rules.views import View, read_view
from tests.entry_list_world import TODAY, Listed, listed
from tests.support import actor_of, give, make_account


@pytest.fixture
def world(desk: Desk) -> Listed:
    return listed(desk)


def clerk(desk: Desk, role: Role = Role.REVIEWER) -> Desk:
    account = make_account(desk.session, "审核员")
    give(desk.session, account, role)
    return desk.acting_as(actor_of(desk.session, account))


def host_of(desk: Desk, event: Event) -> Desk:
    account = make_account(desk.session, "承办单位")
    give(desk.session, account, Role.HOST_OFFICE, Scope.EVENT, event.id, event.contest_id)
    return desk.acting_as(actor_of(desk.session, account))


def names(desk: Desk, world: Listed, **given: str) -> list[str]:
    view = read_view({name: [value] for name, value in given.items()})
    assert view.faults == ()
    query = narrowed(view, [event.id for event in world.events], TODAY)
    return [entry.person.name for entry in desk.session.scalars(query) if entry.person]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"state": "accepted"}, ["林澈"]),
        ({"state": "standing", "sort": "submitted"}, ["贺定波", "林澈", "钟离秋水", "=1+1"]),
        ({"unit": "示例船厂", "sort": "name"}, ["贺定波", "钟离秋水"]),
        ({"unit": "船厂二", "sort": "receipt"}, ["林澈", "乐平"]),
        ({"unit": "自己写"}, ["应海梅"]),
        ({"unit": "%"}, []),
        ({"unit": "-"}, ["=1+1"]),
        ({"town": "test-town", "sort": "receipt"}, ["贺定波", "林澈", "钟离秋水", "乐平"]),
        ({"town": "-", "sort": "receipt"}, ["应海梅", "=1+1"]),
        ({"band": "under_25", "sort": "receipt"}, ["贺定波", "=1+1"]),
        ({"band": "55_up"}, ["应海梅"]),
        ({"level": "three", "sort": "age"}, ["贺定波", "林澈", "钟离秋水"]),
        ({"level": "three", "sort": "-age"}, ["钟离秋水", "林澈", "贺定波"]),
        ({"group": "student"}, ["=1+1"]),
        ({"occupation": "-", "sort": "receipt"}, ["贺定波", "钟离秋水", "应海梅", "=1+1"]),
        ({"q": "秋水"}, ["钟离秋水"]),
        ({"q": "26hg-0003"}, ["乐平"]),
        ({"q": "HG001", "state": "accepted"}, ["林澈"]),
        ({"q": "未交"}, []),
        ({"event": "999999"}, []),
    ],
)
def test_a_view_shows_what_it_says(
    desk: Desk, world: Listed, given: dict[str, str], found: list[str]
) -> None:
    got = names(desk, world, **given)
    if given.get("sort") == "name":
        got, found = sorted(got), sorted(found)
    assert got == found


def test_drafts_and_other_contests_are_never_shown(desk: Desk, world: Listed) -> None:
    assert "未交人" not in names(desk, world)
    foreign = narrowed(View(), [], TODAY)
    assert desk.session.scalars(foreign).all() == []
    assert len(desk.session.scalars(select(Entry)).all()) == 7


def test_a_view_is_kept_shared_and_removed(desk: Desk, world: Listed) -> None:
    seat, other = clerk(desk), clerk(desk)
    view = read_view({"state": ["accepted"], "columns": ["name,phone"]})

    mine = save_view(seat, world.contest, " 已通过　名单 ", view, shared=False)
    assert mine.name == "已通过 名单"
    assert saved_views(desk.session, world.contest.id, other.actor.account_id) == []
    edit_view(seat, mine, "共享名单", shared=True)
    assert saved_views(desk.session, world.contest.id, other.actor.account_id) == [mine]
    assert saved_views(desk.session, world.contest.id + 1, seat.actor.account_id) == []
    assert mine.query == {"state": "accepted", "columns": "name,phone"}

    for deed in (
        lambda: remove_view(other, mine),
        lambda: edit_view(other, mine, "别人的", shared=False),
    ):
        with pytest.raises(NotPermitted):
            deed()
    remove_view(seat, mine)
    desk.session.flush()
    assert desk.session.scalars(select(SavedView)).all() == []
    deeds = desk.session.scalars(select(AuditLine.deed).where(AuditLine.thing.startswith("view:")))
    assert list(deeds) == ["save_view", "edit_view", "remove_view"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 41, "a\u202eb"])
def test_a_name_that_is_none_is_refused(desk: Desk, world: Listed, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        save_view(clerk(desk), world.contest, name, View(), shared=False)
    assert "name" in refusal.value.fields
    assert desk.session.scalars(select(SavedView)).all() == []


def test_a_name_is_one_s_own_once(desk: Desk, world: Listed) -> None:
    seat, other = clerk(desk), clerk(desk)
    first = save_view(seat, world.contest, "名单", View(), shared=False)
    second = save_view(seat, world.contest, "名单二", View(), shared=False)
    save_view(other, world.contest, "名单", View(), shared=False)

    with pytest.raises(Invalid, match="already"):
        save_view(seat, world.contest, "名单", View(), shared=True)
    with pytest.raises(Invalid, match="already"):
        edit_view(seat, second, "名单", shared=True)

    desk.session.expire_all()
    assert (first.shared, second.name, second.shared) == (False, "名单二", False)


def test_nobody_hoards_views(desk: Desk, world: Listed) -> None:
    seat = clerk(desk)
    for number in range(MOST):
        save_view(seat, world.contest, f"视图{number}", View(), shared=False)
    with pytest.raises(Invalid, match="30"):
        save_view(seat, world.contest, "再来一个", View(), shared=False)


def test_a_view_of_nonsense_is_not_kept(desk: Desk, world: Listed) -> None:
    with pytest.raises(Invalid, match="state"):
        save_view(clerk(desk), world.contest, "名单", read_view({"state": ["x"]}), shared=False)


def test_who_works_for_one_event_lists_that_event(desk: Desk, world: Listed) -> None:
    first, other = world.events
    assert events_listed(host_of(desk, other), world.contest) == [other]
    assert events_listed(clerk(desk, Role.ORGANIZER), world.contest) == [first, other]
    for role in (Role.JUDGE, Role.OFFICER, Role.SYSADMIN, Role.SUPERVISOR):
        with pytest.raises(NotPermitted):
            events_listed(clerk(desk, role), world.contest)
    with pytest.raises(NotPermitted):
        save_view(clerk(desk, Role.JUDGE), world.contest, "名单", View(), shared=False)
