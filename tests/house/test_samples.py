"""The sample world agrees with itself: counts, references, sums, places, and no private number."""

import csv
import datetime as dt
import hashlib
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules import eligibility, states, terms
from rules.calendar import CHINA
from rules.eligibility_json import conditions_from_json
from rules.permits import Role, Scope
from rules.privacy import leak_scan
from rules.results import Entrant, Status, compute
from rules.rulesets import rules_from_json
from rules.scheme_json import scheme_from_json
from rules.schemes import Scheme, check_scheme

SAMPLES = Path(__file__).parents[2] / "samples"
CONTESTS = sorted(path.stem for path in (SAMPLES / "contests").glob("*.yaml"))
SCHEMES = sorted(path.stem for path in (SAMPLES / "schemes").glob("*.yaml"))
TODAY = dt.date(2026, 11, 24)


@cache
def table(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def tree(name: str) -> Any:  # noqa: ANN401 (a YAML file has no one shape)
    return yaml.safe_load((SAMPLES / name).read_text(encoding="utf-8"))


@cache
def front(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return found


def cast() -> dict[str, dict[str, Any]]:
    return {path.stem: front(path) for path in sorted((SAMPLES / "people").glob("*.md"))}


def people() -> set[str]:
    return set(cast()) | {row["key"] for row in table("people_extra.tsv")}


def names(name: str, column: str) -> set[str]:
    return {row[column] for row in table(name)}


def events() -> list[tuple[str, dict[str, Any]]]:
    return [(slug, event) for slug in CONTESTS for event in tree(f"contests/{slug}.yaml")["events"]]


def scheme(slug: str) -> Scheme:
    return scheme_from_json(tree(f"schemes/{slug}.yaml")["body"])


@pytest.mark.parametrize(
    ("name", "column", "least"),
    [
        ("towns.tsv", "code", 14),
        ("industries.tsv", "code", 6),
        ("occupations.tsv", "name", 40),
        ("organizations.tsv", "name", 40),
        ("cast.tsv", "slug", 48),
        ("people_extra.tsv", "key", 320),
    ],
)
def test_lists_are_long_enough_and_name_nothing_twice(name: str, column: str, least: int) -> None:
    values = [row[column] for row in table(name)]
    assert len(values) >= least
    assert len(set(values)) == len(values)
    assert all(values)


def test_official_codes_are_unique_where_they_are_given() -> None:
    codes = [row["code"] for row in table("occupations.tsv") if row["code"]]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"\d-\d{2}-\d{2}-\d{2}", code) for code in codes)


def test_lists_point_at_each_other() -> None:
    towns, industries = names("towns.tsv", "code"), names("industries.tsv", "code")
    for row in table("towns.tsv"):
        assert terms.TownKind(row["kind"])
    for row in table("industries.tsv"):
        assert terms.Family(row["family"])
    for row in table("occupations.tsv"):
        assert row["industry"] in industries
        assert (SAMPLES / "plates" / row["plate"]).is_file()
    for row in table("organizations.tsv"):
        assert terms.OrganizationKind(row["kind"])
        assert row["town"] in towns
        assert row["industry"] in industries | {""}
        assert row["name"].endswith("（示例）")


def test_everybody_lives_works_and_practises_somewhere_known() -> None:
    towns = names("towns.tsv", "code")
    firms, trades = names("organizations.tsv", "name"), names("occupations.tsv", "name")
    for row in [*table("cast.tsv"), *table("people_extra.tsv")]:
        assert row["town"] in towns
        assert row["organization"] in firms
        assert row["occupation"] in trades | {""}
        assert terms.Gender(row["gender"])
        assert not row["level"] or terms.SkillLevel(row["level"])
        assert dt.date.fromisoformat(row["birth_date"]) < TODAY
        assert row["note"] == "示例数据"


def test_nobody_shares_a_name_and_the_cast_matches_its_files() -> None:
    rows = [*table("cast.tsv"), *table("people_extra.tsv")]
    assert [name for name, count in Counter(row["name"] for row in rows).items() if count > 1] == []
    for row in table("cast.tsv"):
        told = cast()[row["slug"]]
        assert (row["name"], row["occupation"], row["organization"], row["birth_date"][:4]) == (
            told["name"],
            told["trade"],
            told["employer"],
            str(told["born"]),
        )
    assert names("roster.tsv", "name") == {told["name"] for told in cast().values()}


def test_masters_are_known_and_every_plate_is_there() -> None:
    assert {row["master"] for row in table("people_extra.tsv")} - {""} <= set(cast())
    for told in cast().values():
        assert (SAMPLES / "plates" / told["plate"]).is_file()


@pytest.mark.parametrize(
    "path",
    sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".md", ".tsv", ".yaml"}),
    ids=lambda path: str(path.relative_to(SAMPLES)),
)
def test_no_private_number_stands_in_any_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "990001" not in text
    if path.name == "staff.yaml":
        text = re.sub(r"\b1380000\d{4}\b", "", text)
    assert leak_scan(text) == ()


@pytest.mark.parametrize("slug", SCHEMES)
def test_schemes_add_up_except_the_one_that_must_not(slug: str) -> None:
    faults = [fault for fault in check_scheme(scheme(slug)) if not fault.warning]
    if slug == "es2025-module-a":
        assert {(fault.found, fault.expected) for fault in faults} == {("16.75", "17")}
    else:
        assert faults == []
    for aspect in scheme(slug).aspects():
        assert aspect.kind != "judgement" or len(aspect.levels) == 4


def test_the_published_module_and_its_correction_differ_only_in_the_declared_sum() -> None:
    first, second = scheme("es2025-module-a"), scheme("es2025-module-a-corrected")
    assert list(first.aspects()) == list(second.aspects())
    assert sum(aspect.maximum for aspect in second.aspects()) == Decimal("16.75")


def test_contests_stand_in_every_state() -> None:
    phases = {tree(f"contests/{slug}.yaml")["phase"] for slug in CONTESTS}
    assert len(CONTESTS) >= 8
    assert phases == {
        *("announced", "registration_open", "eligibility_review", "drawn", "scoring"),
        *("provisional_results", "publicity", "archived", "draft", "approved", "cancelled"),
    }
    assert {tree(f"contests/{slug}.yaml")["state"] for slug in CONTESTS} == set(states.ContestState)
    assert {event["state"] for _, event in events()} == set(states.EventState)
    told = {entry["state"] for _, event in events() for entry in event["entries"]}
    assert told == set(states.EntryState)


@pytest.mark.parametrize("slug", CONTESTS)
def test_contests_use_the_words_of_the_house(slug: str) -> None:
    contest = tree(f"contests/{slug}.yaml")
    assert contest["slug"] == slug
    assert terms.ContestLevel(contest["level"])
    assert terms.ContestClass(contest["contest_class"])
    assert states.ContestState(contest["state"])
    assert "示例" in contest["approval_no"]
    offices = names("organizations.tsv", "name")
    assert {contest["organiser"], contest["host"], *contest["supporters"].split("、")} <= offices


@pytest.mark.parametrize(("slug", "event"), events(), ids=lambda item: str(item)[:24])
def test_events_are_whole(slug: str, event: dict[str, Any]) -> None:
    assert event["occupation"] in names("occupations.tsv", "name")
    assert event["scheme"] in SCHEMES, slug
    assert states.EventState(event["state"])
    assert terms.EntryGroup(event["group"])
    assert rules_from_json(event["rules"]).version == 1
    assert conditions_from_json(event["eligibility"])
    assert event["opens"] < event["closes"] < event["held_on"]
    people_in = [entry["person"] for entry in event["entries"]]
    assert len(set(people_in)) == len(people_in) == event["number_of_entries"]
    held = [one for one in event["entries"] if one["state"] in {"submitted", "accepted"}]
    assert len(held) <= event["quota"]
    assert set(people_in) <= people()
    assert all(states.EntryState(entry["state"]) for entry in event["entries"])


def test_whoever_is_accepted_meets_the_conditions_of_the_notice() -> None:
    where = {row["key"]: row for row in table("people_extra.tsv")}
    where |= {row["slug"]: {**row, "group": "worker"} for row in table("cast.tsv")}
    for slug, event in events():
        day = dt.date.fromisoformat(event["held_on"])
        for entry in [one for one in event["entries"] if one["state"] == "accepted"]:
            row = where[entry["person"]]
            facts = eligibility.Facts(
                event_day=day,
                birth_date=dt.date.fromisoformat(row["birth_date"]),
                level=terms.SkillLevel(row["level"]),
                years_in_trade=Decimal(day.year - int(row["since"])),
                employed_in_district=True,
                group=terms.EntryGroup(row["group"]),
                honours=frozenset(),
                other_events=0,
            )
            conditions = conditions_from_json(event["eligibility"])
            verdicts = eligibility.check(conditions, facts)
            assert {verdict.state for verdict in verdicts} == {eligibility.State.PASS}, slug


def test_no_judge_works_with_an_entrant() -> None:
    where = {row["key"]: row for row in table("people_extra.tsv")}
    where |= {row["slug"]: row for row in table("cast.tsv")}
    for slug, event in events():
        panel = [event["panel"]["chief"], *event["panel"]["judges"]]
        panel = [key for key in panel if key]
        assert all(where[key]["role"] == "judge" for key in panel)
        firms = {where[entry["person"]]["organization"] for entry in event["entries"]}
        assert not firms & {where[key]["organization"] for key in panel}, slug


def played() -> list[tuple[str, dict[str, Any]]]:
    done = {"posted", "final", "awarded", "decoded"}
    return [(slug, event) for slug, event in events() if event["state"] in done]


@pytest.mark.parametrize(("slug", "event"), played(), ids=lambda item: str(item)[:24])
def test_the_written_marks_lead_to_the_written_places(slug: str, event: dict[str, Any]) -> None:
    marks = [
        (row["person"], row["aspect"], f"judge {number}", value)
        for row in table(f"marks/{slug}--{event['slug']}.tsv")
        for number, value in enumerate(row["values"].split("|"))
    ]
    present = [one["person"] for one in event["entries"] if one["attendance"] == "finished"]
    entrants = [Entrant(person, Status.FINISHED) for person in present]
    result = compute(rules_from_json(event["rules"]), scheme(event["scheme"]), marks, entrants)
    assert result.reasons == ()
    places = {line.work_code: line.place for line in result.lines}
    for person, place in event["forced_places"].items():
        assert places[person] == place


def claims() -> set[tuple[str, str]]:
    found = {(person, title) for _, event in events() for person, title in event["honours"].items()}
    results = tree("past_results.yaml")["results"]
    return found | {(row["person"], row["honour"]) for row in results if row["honour"]}


def test_every_contest_honour_of_a_story_stands_in_the_register_once() -> None:
    told = {
        (slug, honour["title"])
        for slug, person in cast().items()
        for honour in person["honours"]
        if re.search("技赢定海.*名|技赢定海.*奖", f"{honour['title']} {honour['by']}")
    }
    assert told <= claims()
    for slug, title in claims():
        assert title in [honour["title"] for honour in cast()[slug]["honours"]]


def test_places_of_the_register_fit_their_fields() -> None:
    for row in tree("past_results.yaml")["results"]:
        assert row["source"] == "历史成绩补录（示例）"
        assert row["place"] is None or row["place"] <= row["field_size"]
        assert (row["place"] is None) == (row["award"] is not None)


def test_fifteen_studios_stand_and_their_leaders_say_so() -> None:
    studios = tree("studios.yaml")["studios"]
    standing = {"established", "rectifying"}
    own = [one for one in studios if one["kind"] == "craftsman_studio"]
    assert len([one for one in own if one["state"] in standing]) == 15
    assert len({one["name"] for one in studios}) == len(studios)
    for one in studios:
        told = cast()[one["leader"]]
        assert one["state"] == "applied" or told["studio"] == one["name"]
        assert one["host"] == told["employer"]
        assert [member["name"] for member in one["members"]] == told["apprentices"]
        assert {member["person"] for member in one["members"]} <= people()


def test_selection_names_exactly_those_whose_stories_say_so() -> None:
    selection = tree("selection.yaml")
    assert sum(Decimal(item["max"]) for item in selection["indicators"]) == 100
    finished, running = selection["rounds"]
    named = {one["person"] for one in finished["candidates"] if one["state"] == "named"}
    titled = {
        slug
        for slug, told in cast().items()
        if any((item["year"], item["title"]) == (2025, "定海名匠") for item in told["honours"])
    }
    assert named == titled
    assert (finished["state"], running["state"]) == ("named", "review")
    for one in [*finished["candidates"], *running["candidates"]]:
        assert states.CandidateState(one["state"])
        assert one["person"] in people()
        assert {one["unit"], one["recommender"]} <= names("organizations.tsv", "name")


def test_demo_logins_cover_every_role_and_belong_to_sample_people() -> None:
    logins = tree("staff.yaml")["logins"]
    assert {role["role"] for login in logins for role in login["roles"]} == set(Role)
    assert len({login["phone"] for login in logins}) == len(logins)
    for login in logins:
        assert login["person"] in people()
        assert login["phone"].startswith("1380000")
        for role in login["roles"]:
            assert Scope(role["scope"].partition(":")[0])


def test_notices_are_public_papers() -> None:
    papers = [front(path) for path in sorted((SAMPLES / "notices").glob("*.md"))]
    assert len(papers) == 6
    assert len({paper["number"] for paper in papers}) == 6
    for paper in papers:
        assert terms.NoticeKind(paper["kind"])
        assert paper["contest"] is None or paper["contest"] in CONTESTS
        assert "示例" in paper["doc_no"]
        if paper["closes_on"]:
            opened = dt.date.fromisoformat(paper["published_at"][:10])
            assert CHINA.between(opened, dt.date.fromisoformat(paper["closes_on"])) == 5


def test_targets_name_each_goal_once_a_year() -> None:
    goals = tree("targets.yaml")["targets"]
    assert len({(goal["code"], goal["year"]) for goal in goals}) == len(goals)
    assert {("mingjiang", "100"), ("mingjiang_studios", "15"), ("higher_studios", "32")} <= {
        (goal["code"], goal["goal"]) for goal in goals
    }


def test_every_plate_has_its_alt_text() -> None:
    plates = {plate["file"]: plate for plate in yaml.safe_load(_text("plates/plates.json"))}
    files = {path.name for path in (SAMPLES / "plates").glob("*.webp")}
    assert files == set(plates)
    assert all(plate["alt_zh"] and plate["alt_en"] for plate in plates.values())
    digests = {
        hashlib.sha256((SAMPLES / "plates" / name).read_bytes()).hexdigest() for name in files
    }
    assert len(digests) == len(files)


def _text(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")
