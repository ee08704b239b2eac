"""The rules of an event as a form: weights, ties, awards, panels, conditions of entry."""

import dataclasses
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    FieldList,
    FormField,
    IntegerField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from admin.forms.conditions import ConditionForm, gathered, spread
from admin.forms.ruleset_words import TIES, module_words, words
from rules.eligibility import Rule
from rules.errors import Invalid
from rules.fairness import (
    MOST_BATCHES,
    MOST_LAYERS,
    MOST_YEARS,
    Fairness,
    fairness_to_json,
)
from rules.rulesets import (
    AwardKind,
    AwardRule,
    Boundary,
    EventRules,
    LastResort,
    QuotaRounding,
    RankOn,
    Scale,
    tie_key,
)
from rules.scoring import Rounding, parse_number
from web.errors import sentence
from web.forms import Form

CONDITIONS = 6
AWARDS: Final = ("first", "second", "third")


def _select(label: LazyString, kind: type[StrEnum]) -> SelectField:
    return SelectField(label, choices=[SelectChoice(one.value, words(one)) for one in kind])


class ExactField(DecimalField):
    """A number taken exactly as it was typed; neither 1e3 nor NaN is one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number as every mark of the house is read."""
        self.data: Decimal | None = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = parse_number(valuelist[0])
            except Invalid as refusal:
                raise ValueError(sentence(refusal)) from None


def _exact(label: LazyString, most: int, *first: object) -> ExactField:
    message = _l("Enter a number from 0 to %(most)s.", most=most)
    return ExactField(label, [*first, NumberRange(0, most, message)], places=None)


def _percent(label: LazyString) -> ExactField:
    return _exact(label, 999, InputRequired(_l("Enter a number, 0 if none.")))


def _whole(label: LazyString, low: int, high: int) -> IntegerField:
    message = _l("Enter a whole number from %(low)s to %(high)s.", low=low, high=high)
    return IntegerField(
        label,
        [InputRequired(message), NumberRange(low, high, message)],
        invalid_value_message=_l("Enter a whole number."),
    )


def _tie(label: LazyString) -> SelectField:
    return SelectField(label, validate_choice=False)


class RulesForm(Form):
    """Everything of an event that is frozen with the announcement."""

    theory = _percent(_l("Weight of theory in percent"))
    practice = _percent(_l("Weight of practice in percent"))
    scale = _select(_l("How modules count"), Scale)
    places = _whole(_l("Decimals of the total"), 0, 6)
    rounding = _select(_l("Rounding of the total"), Rounding)
    rank_on = _select(_l("Places follow"), RankOn)
    tie_1 = _tie(_l("First key between equals"))
    tie_2 = _tie(_l("Second key"))
    tie_3 = _tie(_l("Third key"))
    tie_4 = _tie(_l("Fourth key"))
    last_resort = _select(_l("Still equal after all keys"), LastResort)
    award_kind = _select(_l("How awards are counted"), AwardKind)
    first = _percent(_l("First prizes"))
    second = _percent(_l("Second prizes"))
    third = _percent(_l("Third prizes"))
    award_rounding = _select(_l("A part of a person is rounded"), QuotaRounding)
    min_one = BooleanField(_l("Each award is given at least once"))
    minimum_score = _exact(_l("Least total for an award"), 100, Optional())
    minimum_field = _whole(_l("Least number of entrants"), 0, 500)
    boundary = _select(_l("A tie across the last place of an award"), Boundary)
    judges_per_aspect = _whole(_l("Judges for a judged aspect"), 1, 15)
    spread_limit = _whole(_l("Widest spread between judges"), 0, 3)
    drop_high = _whole(_l("Highest marks dropped"), 0, 3)
    drop_low = _whole(_l("Lowest marks dropped"), 0, 3)
    min_judges = _whole(_l("Least judges for a trimmed mean"), 1, 20)
    conflict_years = _whole(_l("Years an old employer counts"), 0, MOST_YEARS)
    layers = _whole(_l("Layers of codes"), 1, MOST_LAYERS)
    batches = _whole(_l("Batches"), 1, MOST_BATCHES)
    apart = BooleanField(_l("People of one unit do not stand next to each other"))
    conditions = FieldList(FormField(ConditionForm), min_entries=CONDITIONS, max_entries=12)

    def __init__(self, *args: Any, modules: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [SelectChoice(key, label) for key, label in TIES.items()]
        keys += [SelectChoice(f"+module:{code}", module_words(code)) for code in modules]
        for field in (self.tie_1, self.tie_2, self.tie_3, self.tie_4):
            known = {choice.value for choice in keys}
            extra = field.data if field.data and field.data not in known else ""
            field.choices = [*keys, *([SelectChoice(extra, extra)] if extra else [])]

    def rules(self, base: EventRules) -> EventRules:
        """Return ``base`` with what was typed; what the form does not ask stays."""
        ties = [field.data for field in (self.tie_1, self.tie_2, self.tie_3, self.tie_4)]
        parts = (("theory", self.theory.data), ("practice", self.practice.data))
        return dataclasses.replace(
            base,
            parts=tuple((code, weight) for code, weight in parts if weight),
            scale=Scale(self.scale.data),
            places=self.places.data,
            rounding=Rounding(self.rounding.data),
            rank_on=RankOn(self.rank_on.data),
            tie_chain=tuple(tie_key(text) for text in ties if text),
            last_resort=LastResort(self.last_resort.data),
            judges_per_aspect=self.judges_per_aspect.data,
            spread_limit=self.spread_limit.data,
            drop_high=self.drop_high.data,
            drop_low=self.drop_low.data,
            min_judges=self.min_judges.data,
            award=self._award(),
            fairness=self._fairness(),
        )

    def _fairness(self) -> Fairness:
        return Fairness(
            self.layers.data, self.batches.data, self.apart.data, self.conflict_years.data
        )

    def _award(self) -> AwardRule:
        shares = [field.data or Decimal(0) for field in (self.first, self.second, self.third)]
        return AwardRule(
            kind=AwardKind(self.award_kind.data),
            levels=tuple(zip(AWARDS, shares, strict=True)),
            rounding=QuotaRounding(self.award_rounding.data),
            min_one=self.min_one.data,
            minimum_score=self.minimum_score.data,
            minimum_field=self.minimum_field.data,
            boundary=Boundary(self.boundary.data),
        )

    def rows(self) -> tuple[Rule, ...]:
        """Return the conditions that were chosen; raises ``Invalid`` for a value that cannot be."""
        return gathered([row for row in self.conditions.data if row["kind"]])


def values(rules: EventRules, conditions: tuple[Rule, ...]) -> dict[str, Any]:
    """Return a rule set as the form's values."""
    parts, levels = dict(rules.parts), dict(rules.award.levels)
    ties = [("+" if key.highest_first else "-") + key.key for key in rules.tie_chain]
    plain = ("scale", "places", "rounding", "rank_on", "last_resort", "judges_per_aspect")
    return {
        **{name: getattr(rules, name) for name in plain},
        **{name: getattr(rules, name) for name in ("spread_limit", "drop_high", "drop_low")},
        "min_judges": rules.min_judges,
        "theory": parts.get("theory", Decimal(0)),
        "practice": parts.get("practice", Decimal(0)),
        **{f"tie_{at}": key for at, key in enumerate(ties, 1)},
        "award_kind": rules.award.kind,
        **{name: levels.get(name, Decimal(0)) for name in AWARDS},
        "award_rounding": rules.award.rounding,
        "min_one": rules.award.min_one,
        "minimum_score": rules.award.minimum_score,
        "minimum_field": rules.award.minimum_field,
        "boundary": rules.award.boundary,
        **fairness_to_json(rules.fairness),
        "conditions": spread(conditions),
    }
