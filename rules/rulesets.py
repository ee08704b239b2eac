"""Rule sets: how one event is scored, ranked and awarded, as frozen data.

A rule set is frozen with the notice that publishes it; ``version`` tells them
apart. Source: docs/rules/ranking.md, docs/rules/awards.md.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from rules.errors import Invalid
from rules.fairness import USUAL, Fairness, fairness_faults, fairness_from_json, fairness_to_json
from rules.phrases import phrase
from rules.reading import Reader
from rules.ruleset_terms import AwardKind, Boundary, LastResort, QuotaRounding, RankOn, Scale
from rules.schemes import Fault, ModuleKind, Scheme
from rules.scoring import Rounding

__all__ = [
    "DISTRICT_RULES",
    "AwardKind",
    "AwardRule",
    "Bonus",
    "Boundary",
    "EventRules",
    "LastResort",
    "QuotaRounding",
    "RankOn",
    "Scale",
    "TieKey",
    "check_rules",
    "rules_from_json",
    "rules_to_json",
    "tie_key",
]
DEFAULT_LEVELS = (("first", Decimal(10)), ("second", Decimal(20)), ("third", Decimal(30)))
PLAIN_KEYS = ("theory", "practice", "total_exact", "time", "age")
LOWEST_FIRST = ("time", "age")
WHOLE = 100


@dataclass(frozen=True)
class TieKey:
    """One key of the tie chain: theory, practice, module:C, total_exact, time or age."""

    key: str
    highest_first: bool = True


@dataclass(frozen=True)
class AwardRule:
    """How many awards there are and who may have one; ``levels`` run from the best down."""

    kind: AwardKind = AwardKind.PERCENT
    levels: tuple[tuple[str, Decimal], ...] = DEFAULT_LEVELS
    rounding: QuotaRounding = QuotaRounding.HALF_UP
    min_one: bool = True
    minimum_score: Decimal | None = None
    minimum_field: int = 0
    boundary: Boundary = Boundary.BLOCK


@dataclass(frozen=True)
class Bonus:
    """Points on top of one part, at most ``maximum``."""

    part: str
    maximum: Decimal


@dataclass(frozen=True)
class EventRules:
    """The whole rule set of one event; the defaults are the district's.

    ``parts`` pair a part with its weight in percent. ``aspect_places`` None
    keeps aspect marks exact. ``outlier_percent`` of an aspect's maximum is
    how far a judge may stand from the panel before it is flagged.
    """

    version: int = 1
    parts: tuple[tuple[str, Decimal], ...] = (("theory", Decimal(30)), ("practice", Decimal(70)))
    scale: Scale = Scale.POINTS
    places: int = 2
    rounding: Rounding = Rounding.HALF_UP
    aspect_places: int | None = None
    rank_on: RankOn = RankOn.ROUNDED
    tie_chain: tuple[TieKey, ...] = (TieKey("practice"), TieKey("theory"))
    last_resort: LastResort = LastResort.SHARED
    judges_per_aspect: int = 3
    spread_limit: int = 1
    drop_high: int = 1
    drop_low: int = 1
    min_judges: int = 5
    outlier_percent: Decimal = Decimal(20)
    award: AwardRule = field(default_factory=AwardRule)
    bonus: Bonus | None = None
    fairness: Fairness = USUAL


DISTRICT_RULES = EventRules()


def rules_to_json(rules: EventRules) -> dict[str, object]:
    """Return ``rules`` as JSON values; decimals are texts."""
    bonus = rules.bonus
    return {
        "version": rules.version,
        "parts": [[code, str(weight)] for code, weight in rules.parts],
        "scale": rules.scale.value,
        "places": rules.places,
        "rounding": rules.rounding.value,
        "aspect_places": rules.aspect_places,
        "rank_on": rules.rank_on.value,
        "tie_chain": [("+" if key.highest_first else "-") + key.key for key in rules.tie_chain],
        "last_resort": rules.last_resort.value,
        "judges_per_aspect": rules.judges_per_aspect,
        "spread_limit": rules.spread_limit,
        "drop_high": rules.drop_high,
        "drop_low": rules.drop_low,
        "min_judges": rules.min_judges,
        "outlier_percent": str(rules.outlier_percent),
        "award": _award_to_json(rules.award),
        "bonus": bonus and {"part": bonus.part, "maximum": str(bonus.maximum)},
        **({} if rules.fairness == USUAL else {"fairness": fairness_to_json(rules.fairness)}),
    }


def _award_to_json(award: AwardRule) -> dict[str, object]:
    least = award.minimum_score
    return {
        "kind": award.kind.value,
        "levels": [[code, str(share)] for code, share in award.levels],
        "rounding": award.rounding.value,
        "min_one": award.min_one,
        "minimum_score": None if least is None else str(least),
        "minimum_field": award.minimum_field,
        "boundary": award.boundary.value,
    }


def rules_from_json(value: object, path: str = "") -> EventRules:
    """Read a rule set; what is left out takes the district's default.

    Raises ``Invalid`` naming the path of a wrong value or an unknown key.
    Source: docs/rules/trial.md.
    """
    reader, usual = Reader(value, path), DISTRICT_RULES
    rules = EventRules(
        version=reader.whole("version", usual.version),
        parts=reader.pairs("parts", usual.parts),
        scale=reader.choice("scale", Scale, usual.scale),
        places=reader.whole("places", usual.places),
        rounding=reader.choice("rounding", Rounding, usual.rounding),
        aspect_places=reader.whole("aspect_places") if reader.has("aspect_places") else None,
        rank_on=reader.choice("rank_on", RankOn, usual.rank_on),
        tie_chain=_tie_chain(reader),
        last_resort=reader.choice("last_resort", LastResort, usual.last_resort),
        judges_per_aspect=reader.whole("judges_per_aspect", usual.judges_per_aspect),
        spread_limit=reader.whole("spread_limit", usual.spread_limit),
        drop_high=reader.whole("drop_high", usual.drop_high),
        drop_low=reader.whole("drop_low", usual.drop_low),
        min_judges=reader.whole("min_judges", usual.min_judges),
        outlier_percent=reader.number("outlier_percent", usual.outlier_percent),
        award=_award(Reader(reader.take("award", {}), reader.at("award"))),
        bonus=_bonus(reader),
        fairness=fairness_from_json(reader.take("fairness", {}), reader.at("fairness")),
    )
    reader.take("aspect_places", None)
    reader.done()
    for fault in check_rules(rules):
        raise Invalid("%(place)s: %(reason)s", place=reader.at(fault.place), reason=fault.reason)
    return rules


def tie_key(text: str) -> TieKey:
    """Read a key: ``+`` the highest first, ``-`` the lowest; bare, time and age go lowest first.

    >>> tie_key("time"), tie_key("-module:C")
    (TieKey(key='time', highest_first=False), TieKey(key='module:C', highest_first=False))
    """
    name = text.lstrip("+-")
    natural = name not in LOWEST_FIRST
    return TieKey(name, {"+": True, "-": False}.get(text[:1], natural))


def _tie_chain(reader: Reader) -> tuple[TieKey, ...]:
    if not reader.has("tie_chain"):
        return DISTRICT_RULES.tie_chain
    return tuple(map(tie_key, reader.texts("tie_chain")))


def _award(reader: Reader) -> AwardRule:
    usual = DISTRICT_RULES.award
    award = AwardRule(
        kind=reader.choice("kind", AwardKind, usual.kind),
        levels=reader.pairs("levels", usual.levels),
        rounding=reader.choice("rounding", QuotaRounding, usual.rounding),
        min_one=reader.flag("min_one", usual.min_one),
        minimum_score=reader.number_or_none("minimum_score"),
        minimum_field=reader.whole("minimum_field", usual.minimum_field),
        boundary=reader.choice("boundary", Boundary, usual.boundary),
    )
    reader.done()
    return award


def _bonus(reader: Reader) -> Bonus | None:
    value = reader.take("bonus", None)
    if value is None:
        return None
    inner = Reader(value, reader.at("bonus"))
    bonus = Bonus(inner.text("part"), inner.number("maximum"))
    inner.done()
    return bonus


def check_rules(rules: EventRules, scheme: Scheme | None = None) -> tuple[Fault, ...]:
    """Return what makes ``rules`` unusable by themselves, or with ``scheme``."""
    faults = [*_part_faults(rules), *_number_faults(rules)]
    if scheme is not None:
        faults += _scheme_faults(rules, scheme)
    return tuple(faults)


def _part_faults(rules: EventRules) -> list[Fault]:
    faults = []
    total = sum((weight for _, weight in rules.parts), Decimal(0))
    if total != WHOLE or any(weight < 0 for _, weight in rules.parts):
        reason = phrase("The weights of the parts add up to %(found)s, not to 100.", found=total)
        faults.append(Fault("parts", reason, found=str(total), expected=str(WHOLE)))
    codes = [code for code, _ in rules.parts]
    if len(set(codes)) < len(codes) or not set(codes) <= set(ModuleKind):
        faults.append(Fault("parts", phrase("The parts are theory and practice, each once.")))
    if rules.bonus is not None and rules.bonus.part not in codes:
        faults.append(Fault("bonus.part", phrase("The bonus belongs to a part that is not there.")))
    for tie in rules.tie_chain:
        if tie.key not in PLAIN_KEYS and not tie.key.startswith("module:"):
            reason = phrase("“%(key)s” is not a key that can settle a tie.", key=tie.key)
            faults.append(Fault("tie_chain", reason, found=tie.key))
    return faults


def _number_faults(rules: EventRules) -> list[Fault]:
    faults = []
    if rules.judges_per_aspect < 1 or rules.min_judges <= rules.drop_high + rules.drop_low:
        reason = phrase("Too few judges: after dropping marks at least one must be left.")
        faults.append(Fault("min_judges", reason))
    faults += [Fault(place, reason) for place, reason in fairness_faults(rules.fairness)]
    shares = [share for _, share in rules.award.levels]
    if any(share < 0 for share in shares):
        faults.append(Fault("award.levels", phrase("An award share may not be negative.")))
    elif rules.award.kind is AwardKind.PERCENT and sum(shares) > WHOLE:
        faults.append(Fault("award.levels", phrase("The award shares exceed 100 percent.")))
    elif rules.award.kind is AwardKind.FIXED and any(share % 1 for share in shares):
        faults.append(Fault("award.levels", phrase("Fixed award numbers are whole numbers.")))
    return faults


def _scheme_faults(rules: EventRules, scheme: Scheme) -> list[Fault]:
    faults = []
    for code, weight in rules.parts:
        modules = [module for module in scheme.modules if module.kind == code]
        if weight and not modules:
            reason = phrase("The part %(part)s has a weight but no module.", part=code)
            faults.append(Fault("parts", reason, found=code))
        held = sum((module.weight or Decimal(0) for module in modules), Decimal(0))
        if rules.scale is Scale.WEIGHTS and held != weight:
            reason = phrase(
                "The modules of %(part)s weigh %(found)s, the part %(wanted)s percent.",
                part=code,
                found=held,
                wanted=weight,
            )
            faults.append(Fault("parts", reason, found=str(held), expected=str(weight)))
    known = {f"module:{module.code}" for module in scheme.modules}
    for tie in rules.tie_chain:
        if tie.key not in PLAIN_KEYS and tie.key not in known:
            reason = phrase("The tie chain names %(key)s, which the scheme has not.", key=tie.key)
            faults.append(Fault("tie_chain", reason, found=tie.key))
    for module in scheme.modules:
        if module.kind not in dict(rules.parts):
            reason = phrase("The module %(code)s belongs to no part.", code=module.code)
            faults.append(Fault(module.code, reason, found=module.kind))
    return faults
