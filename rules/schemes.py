"""Marking schemes: what is marked, for how many points, and whether it adds up.

Source: docs/rules/scoring.md, "Schemes".
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.errors import Invalid
from rules.measures import Gain, parse_measure
from rules.phrases import Phrase, phrase

THEORY_CAP = Decimal(30)
LEVEL_TEXTS = 4


class AspectKind(StrEnum):
    """How an aspect is marked."""

    MEASUREMENT = "measurement"
    JUDGEMENT = "judgement"
    TRIMMED = "trimmed"
    THEORY = "theory"


class ModuleKind(StrEnum):
    """Which part of an event a module belongs to."""

    THEORY = "theory"
    PRACTICE = "practice"


@dataclass(frozen=True)
class Aspect:
    """The smallest thing marked; ``kind`` is an :class:`AspectKind` value, as it was imported.

    ``measure`` is the text of rules/measures.py; ``levels`` say what 0, 1, 2
    and 3 mean; ``section`` is the standard's section it is counted under.
    """

    code: str
    name: str
    kind: str
    maximum: Decimal
    measure: str = ""
    section: str = ""
    levels: tuple[str, ...] = ()
    unit: str = ""
    how: str = ""


@dataclass(frozen=True)
class SubCriterion:
    """Aspects that stand under one heading; ``maximum`` is what the paper declares."""

    code: str
    name: str
    aspects: tuple[Aspect, ...]
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Criterion:
    """Sub-criteria of one module; ``maximum`` is what the paper declares."""

    code: str
    name: str
    subs: tuple[SubCriterion, ...]
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Module:
    """One piece of the event; ``weight`` is its percent of the whole, if it has one."""

    code: str
    name: str
    kind: str
    maximum: Decimal
    criteria: tuple[Criterion, ...]
    weight: Decimal | None = None

    def aspects(self) -> Iterator[Aspect]:
        """Yield the aspects in the order of the paper."""
        for criterion in self.criteria:
            for sub in criterion.subs:
                yield from sub.aspects


@dataclass(frozen=True)
class Scheme:
    """The whole scheme; ``sections`` declare the points of each standards section."""

    modules: tuple[Module, ...]
    maximum: Decimal | None = None
    sections: tuple[tuple[str, Decimal], ...] = ()

    def aspects(self) -> Iterator[Aspect]:
        """Yield the aspects in the order of the paper."""
        for module in self.modules:
            yield from module.aspects()


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold, at ``place`` (``A > A1 > A1.3``); a warning does not block.

    ``about`` names the field of the place it is about.
    """

    place: str
    reason: Phrase
    found: str = ""
    expected: str = ""
    warning: bool = False
    about: str = "maximum"

    def __str__(self) -> str:
        """Return place and sentence."""
        return f"{self.place}: {self.reason}"


def check_scheme(scheme: Scheme, theory_cap: Decimal = THEORY_CAP) -> tuple[Fault, ...]:
    """Return everything that does not hold in ``scheme``, in the order of the paper.

    Declared maxima are compared with real sums on each level, weights with
    100, theory with ``theory_cap`` percent. Judgement aspects without level
    texts and a gain whose order of cap and penalty is not stated only warn.

    Source: docs/rules/scoring.md, "Schemes".
    """
    return (
        *_duplicates("", "module", (module.code for module in scheme.modules)),
        *_duplicates("", "aspect", (aspect.code for aspect in scheme.aspects())),
        *(fault for module in scheme.modules for fault in _module_faults(module)),
        *_sum_faults("", scheme.maximum, (module.maximum for module in scheme.modules)),
        *_weight_faults(scheme, theory_cap),
        *_section_faults(scheme),
    )


def _duplicates(place: str, level: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield Fault(
                place or code,
                phrase(
                    "The %(level)s code %(code)s stands %(times)s times; each code stands once.",
                    level=level,
                    code=code,
                    times=times,
                ),
                found=str(times),
                expected="1",
                about="code",
            )


def _sum_faults(
    place: str, declared: Decimal | None, points: Iterable[Decimal], about: str = "maximum"
) -> Iterator[Fault]:
    found = sum(points, Decimal(0))
    if declared is not None and declared != found:
        yield Fault(
            place,
            phrase(
                "The maximum is declared as %(declared)s, but its parts add up to %(found)s.",
                declared=_plain(declared),
                found=_plain(found),
            ),
            found=_plain(found),
            expected=_plain(declared),
            about=about,
        )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _module_faults(module: Module) -> Iterator[Fault]:
    place = module.code
    if module.kind not in list(ModuleKind):
        yield _unknown_kind(place, module.kind, ModuleKind)
    yield from _maximum_faults(place, module.maximum)
    yield from _duplicates(place, "criterion", (item.code for item in module.criteria))
    for criterion in module.criteria:
        yield from _criterion_faults(f"{place} > {criterion.code}", criterion)
    yield from _sum_faults(place, module.maximum, (aspect.maximum for aspect in module.aspects()))


def _criterion_faults(place: str, criterion: Criterion) -> Iterator[Fault]:
    yield from _duplicates(place, "sub-criterion", (sub.code for sub in criterion.subs))
    for sub in criterion.subs:
        below = f"{place} > {sub.code}"
        for aspect in sub.aspects:
            yield from _aspect_faults(f"{below} > {aspect.code}", aspect)
        yield from _sum_faults(below, sub.maximum, (aspect.maximum for aspect in sub.aspects))
    points = (aspect.maximum for sub in criterion.subs for aspect in sub.aspects)
    yield from _sum_faults(place, criterion.maximum, points)


def _maximum_faults(place: str, maximum: Decimal) -> Iterator[Fault]:
    if maximum <= 0:
        reason = phrase("The maximum %(found)s must be above 0.", found=_plain(maximum))
        yield Fault(place, reason, found=_plain(maximum), expected="> 0")


def _unknown_kind(place: str, kind: str, kinds: type[StrEnum]) -> Fault:
    known = ", ".join(kinds)
    return Fault(
        place,
        phrase("“%(kind)s” is not a kind; write one of %(known)s.", kind=kind, known=known),
        found=kind,
        expected=known,
        about="kind",
    )


def _aspect_faults(place: str, aspect: Aspect) -> Iterator[Fault]:
    yield from _maximum_faults(place, aspect.maximum)
    if aspect.kind == AspectKind.MEASUREMENT:
        yield from _measure_faults(place, aspect)
    elif aspect.kind == AspectKind.JUDGEMENT:
        told = sum(1 for text in aspect.levels if text.strip())
        if told < LEVEL_TEXTS:
            reason = phrase(
                "%(told)s of 4 levels are described; judges need all four words.", told=told
            )
            yield Fault(place, reason, found=str(told), expected="4", warning=True, about="levels")
    elif aspect.kind not in list(AspectKind):
        yield _unknown_kind(place, aspect.kind, AspectKind)
    elif aspect.measure.split()[:1] == ["direct"]:
        yield from _measure_faults(place, aspect)
    elif aspect.measure:
        reason = phrase("Points are entered here directly; the measure is direct or left empty.")
        yield Fault(place, reason, found=aspect.measure, expected="direct", about="measure")


def _measure_faults(place: str, aspect: Aspect) -> Iterator[Fault]:
    try:
        measure = parse_measure(aspect.measure, aspect.maximum)
    except Invalid as refusal:
        yield Fault(
            place, phrase(refusal.message, **refusal.params), found=aspect.measure, about="measure"
        )
        return
    if isinstance(measure, Gain) and measure.penalty and not measure.order_stated:
        reason = phrase(
            "Cap and penalty have no stated order; cap_first is taken. Write cap_first or "
            "penalty_first."
        )
        yield Fault(
            place, reason, found=aspect.measure, expected="cap_first", warning=True, about="measure"
        )


def _weight_faults(scheme: Scheme, theory_cap: Decimal) -> Iterator[Fault]:
    if all(module.weight is None for module in scheme.modules):
        return
    for module in scheme.modules:
        if module.weight is None or module.weight < 0:
            reason = phrase("The module needs a weight of 0 or more percent.")
            yield Fault(
                module.code, reason, found=str(module.weight or ""), expected=">= 0", about="weight"
            )
    weights = [(module.kind, module.weight or Decimal(0)) for module in scheme.modules]
    total = sum((weight for _, weight in weights), Decimal(0))
    if total != 100:  # noqa: PLR2004 (percent)
        reason = phrase("The weights add up to %(found)s, not to 100.", found=_plain(total))
        yield Fault("", reason, found=_plain(total), expected="100", about="weight")
    theory = sum((weight for kind, weight in weights if kind == ModuleKind.THEORY), Decimal(0))
    if theory > theory_cap:
        reason = phrase(
            "Theory weighs %(found)s percent; at most %(cap)s is allowed.",
            found=_plain(theory),
            cap=_plain(theory_cap),
        )
        yield Fault(
            "", reason, found=_plain(theory), expected=f"<= {_plain(theory_cap)}", about="weight"
        )


def _section_faults(scheme: Scheme) -> Iterator[Fault]:
    for section, declared in scheme.sections:
        points = (aspect.maximum for aspect in scheme.aspects() if aspect.section == section)
        yield from _sum_faults(section, declared, points, "section")
