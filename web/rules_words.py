"""An event's rule set in words a contestant reads."""

from flask import Flask
from flask_babel import gettext as _

from rules.ruleset_terms import AwardKind
from rules.rulesets import EventRules


def parts() -> dict[str, str]:
    """Name the parts of an event."""
    return {"theory": _("Theory"), "practice": _("Practice")}


def event_rules_in_words(rules: EventRules) -> list[tuple[str, str]]:
    """Say weights, rounding, ties and awards as label and sentence."""
    names = parts()
    weights = "，".join(f"{names.get(code, code)} {weight} %" for code, weight in rules.parts)
    rounding = {
        "half_up": _("half up"),
        "half_even": _("half to even"),
    }.get(rules.rounding.value, rules.rounding.value)
    return [
        (_("Weights"), weights),
        (
            _("Rounding"),
            _(
                "once, at the end, to %(places)d places, %(rounding)s",
                places=rules.places,
                rounding=rounding,
            ),
        ),
        (
            _("Equal totals"),
            " → ".join([*(tie_key_words(key.key) for key in rules.tie_chain), _last(rules)]),
        ),
        (_("Judges"), _("%(count)d for each judged aspect", count=rules.judges_per_aspect)),
        (_("Awards"), _awards(rules)),
    ]


def tie_key_words(key: str) -> str:
    """Say a key of the tie chain."""
    bare = key.lstrip("+-")
    known = {
        "practice": _("higher practice mark"),
        "theory": _("higher theory mark"),
        "time": _("less time"),
        "age": _("younger"),
        "total_exact": _("exact total"),
        "shared": _("shared place"),
        "draw": _("recorded draw"),
        "playoff": _("play-off"),
    }
    return str(known.get(bare, bare))


def _last(rules: EventRules) -> str:
    words = {"shared": _("shared place"), "extra": _("play-off"), "draw": _("recorded draw")}
    return str(words[rules.last_resort.value])


def _awards(rules: EventRules) -> str:
    award = rules.award
    if award.kind is AwardKind.NONE:
        return str(_("none"))
    unit = "%" if award.kind is AwardKind.PERCENT else ""
    names = {"first": _("First prize"), "second": _("Second prize"), "third": _("Third prize")}
    shares = "，".join(f"{names.get(name, name)} {share}{unit}" for name, share in award.levels)
    if unit:
        return str(_("%(shares)s of those who took part", shares=shares))
    return shares


def register(app: Flask) -> None:
    """Attach the helper."""
    app.add_template_global(event_rules_in_words)
    app.add_template_global(tie_key_words)
