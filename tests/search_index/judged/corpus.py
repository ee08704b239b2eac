"""A deterministic corpus of invented craftsmen, with planted people, and its judged queries.

The text mixes sentences of the trade with words drawn by frequency (words.tsv, one word in
fifteen of the MIT-licensed dictionary of jieba 0.42.1), so that its vocabulary grows as prose does.
"""

import bisect
import datetime as dt
import itertools
import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from search_index.documents import Document

HERE = Path(__file__).parent
SEED = 20261122
CHARS = 1500
FUNCTION_WORDS = "的了在和也把对为与让就又都很更被从向并将等着这那一种"

Facts = dict[str, Any]


@cache
def tables() -> Mapping[str, Any]:
    """The parts people, firms and sentences are made of."""
    loaded: Mapping[str, Any] = json.loads((HERE / "tables.json").read_text(encoding="utf8"))
    return loaded


@cache
def _words() -> tuple[list[str], list[float]]:
    rows = [r.split("\t") for r in (HERE / "words.tsv").read_text(encoding="utf8").splitlines()]
    weights = itertools.accumulate(int(count) ** 0.85 for _, count in rows)
    return [word for word, _ in rows], list(weights)


def _clause(rng: random.Random) -> str:
    words, weights = _words()
    out = ""
    for _ in range(rng.randint(3, 7)):
        out += words[bisect.bisect_left(weights, rng.random() * weights[-1])]
        if rng.random() < 0.35:
            out += rng.choice(FUNCTION_WORDS)
    return out


def _sentence(rng: random.Random, facts: Facts) -> str:
    t = tables()
    if rng.random() >= 0.45:
        return "，".join(_clause(rng) for _ in range(rng.randint(2, 4))) + "。"
    numbers = {"y": (3, 35), "k": (2, 40), "k2": (2, 20), "m": (10, 900), "year": (2010, 2026)}
    drawn = {name: rng.randint(*span) for name, span in numbers.items()}
    template: str = rng.choice(t["sentences"])
    return template.format(
        **{**facts, **drawn},
        honour=rng.choice(facts["honours"] or t["honours"]),
        award=rng.choice(facts["awards"] or ["市技能大赛"]),
        code=rng.choice(t["codes"]),
        trade2=rng.choice(list(t["trades"])),
    )


def _story(rng: random.Random, facts: Facts) -> str:
    size, story = rng.gauss(CHARS, CHARS * 0.15), ""
    while len(story) < size:
        story += _sentence(rng, facts) + ("\n" if rng.random() < 0.12 else "")
    for plant in facts.get("plant", []):
        cut = story.find("。", rng.randint(0, max(1, len(story) - 200))) + 1
        story = story[:cut] + plant + story[cut:]
    return story


def _name(rng: random.Random, taken: set[str]) -> str:
    t = tables()
    while True:
        given = "".join(rng.choice(t["given"]) for _ in range(2 if rng.random() < 0.82 else 1))
        name: str = rng.choice(t["surnames"]) + given
        if name not in taken:
            return name


def _invented(rng: random.Random, taken: set[str]) -> Facts:
    t = tables()
    trade = rng.choice(list(t["trades"]))
    year, prize = rng.randint(2016, 2026), rng.choice(["一等奖", "二等奖", "三等奖", "优胜奖"])
    award = f"{year}年“技赢定海”{trade}职业技能竞赛{prize}"
    return {
        "name": _name(rng, taken),
        "trade": trade,
        "town": rng.choices(list(t["towns"]), list(t["towns"].values()))[0],
        "employer": rng.choice(t["firms"]) + rng.choice(t["firm_kinds"]),
        "level": rng.choice(t["levels"]),
        "honours": rng.sample(t["honours"], rng.choice([0, 0, 1, 1, 2, 3])),
        "awards": [award] if rng.random() < 0.5 else [],
        "year": year,
    }


@cache
def anchors() -> tuple[Facts, ...]:
    """The planted people."""
    return tuple(json.loads((HERE / "anchors.json").read_text(encoding="utf8")))


def people(size: int) -> Iterator[Facts]:
    """Yield ``size`` people, the planted ones spread evenly among them."""
    rng = random.Random(SEED)  # noqa: S311 - a reproducible corpus, no secret
    step = max(1, (size - 20) / max(1, len(anchors())))
    slots = {int(7 + place * step): anchor for place, anchor in enumerate(anchors())}
    taken = {anchor["name"] for anchor in anchors()}
    for number in range(size):
        facts = {"id": f"d{number:06d}", **_invented(rng, taken), **slots.get(number, {})}
        facts["sector"] = tables()["trades"][facts["trade"]][0]
        facts["published"] = dt.date(2016, 1, 1) + dt.timedelta(days=rng.randint(0, 3970))
        facts["title"] = rng.choice(tables()["titles"]).format(**facts)
        facts["story"] = _story(rng, facts)
        yield facts


def document(facts: Facts) -> Document:
    """Return one person as the site would hand them to the index."""
    return Document(
        key=facts["id"],
        kind="craftsman",
        title=facts["title"],
        name=facts["name"],
        trade=facts["trade"],
        town=facts["town"],
        employer=facts["employer"],
        family=facts["sector"],
        level=facts["level"],
        honours=(*facts["honours"], *facts["awards"]),
        year=facts["year"],
        text=facts["story"],
        published=facts["published"],
    )


def register() -> dict[str, list[str]]:
    """The trades with their synonyms."""
    return {trade: names for trade, (_, names) in tables()["trades"].items()}


def _matches(facts: Facts, where: Facts) -> bool:
    return all(_holds(facts, key, wanted) for key, wanted in where.items())


def _holds(facts: Facts, key: str, wanted: str) -> bool:
    if key == "award_has":
        return any(wanted in award for award in facts["awards"])
    if key.startswith("has_"):
        return wanted in facts[key.removeprefix("has_")]
    return bool(facts[key] == wanted)


def judged(file: str, everyone: list[Facts]) -> list[tuple[str, str, dict[str, int]]]:
    """Read queries and resolve their relevance: (class, query, grade by key)."""
    rows = json.loads((HERE / file).read_text(encoding="utf8"))
    found = []
    for row in rows:
        grades: dict[str, int] = {}
        for facts in everyone:
            held = [rule["grade"] for rule in row["rel"] if _matches(facts, rule["where"])]
            if held:
                grades[facts["id"]] = max(held)
        found.append((row["cls"], row["q"], grades))
    return found
