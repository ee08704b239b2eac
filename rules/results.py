"""Results: from rules, scheme and marks to places and awards, each step explained.

Source: docs/rules/scoring.md, "From marks to a place".
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rules.awards import Granted, grant
from rules.errors import Blocked, Invalid
from rules.explanations import Entrant, EventResult, Explanation, Flag, Mark
from rules.phrases import Phrase, phrase
from rules.ranking import Decision, Line, Placed, Status, rank, tied_groups
from rules.result_json import fingerprint, line_to_json, result_to_json
from rules.rulesets import EventRules, LastResort, RankOn, TieKey, check_rules
from rules.schemes import Scheme
from rules.totals import Sheets, Totals

__all__ = [
    "Decision",
    "Entrant",
    "EventResult",
    "Explanation",
    "Mark",
    "Status",
    "compute",
    "fingerprint",
    "line_to_json",
    "result_to_json",
]


def compute(
    rules: EventRules,
    scheme: Scheme,
    marks: Iterable[tuple[str, str, str, str]],
    entrants: Sequence[Entrant],
    decisions: Sequence[Decision] = (),
) -> EventResult:
    """Compute the result of one event.

    ``marks`` are the current marks only, as ``(work, aspect, judge, value)``;
    an empty value is a judge of the panel who has not marked yet.
    Missing or disputed marks leave the result incomplete: the finished rest
    is placed for the eye, but nobody gets an award and ``reasons`` say why.

    Raises ``Blocked`` when rules and scheme do not fit, and ``Invalid`` for
    a mark of an unknown work or aspect, a mark given twice, or a value the
    aspect cannot have.
    """
    _check(rules, scheme)
    event = Totals(rules, scheme, _sheets(scheme, marks, entrants))
    lines = [event.explain(entrant) for entrant in entrants]
    placed = _rank(rules, lines, entrants, decisions)
    granted = Granted({}) if event.gaps or event.disputes else grant(rules.award, placed, decisions)
    flags = (*event.watch.finish(), *_stale(placed, decisions))
    return EventResult(
        rules.version,
        _finish(lines, placed, granted),
        tuple(event.gaps),
        tuple(event.disputes),
        flags,
        granted.ties,
        granted.quotas,
        granted.withheld,
        _reasons(event, rules, placed, granted),
    )


def _check(rules: EventRules, scheme: Scheme) -> None:
    faults = [str(fault) for fault in check_rules(rules, scheme)]
    if faults:
        raise Blocked(
            "The rules and the marking scheme do not fit together. Nothing was computed.",
            tuple(faults),
        )
    codes = [aspect.code for aspect in scheme.aspects()]
    if len(set(codes)) < len(codes) or any(module.maximum <= 0 for module in scheme.modules):
        raise Invalid(
            "The marking scheme repeats a code or has a maximum of 0; check it first. "
            "Nothing was computed."
        )


def _sheets(
    scheme: Scheme, marks: Iterable[tuple[str, str, str, str]], entrants: Sequence[Entrant]
) -> Sheets:
    sheets: Sheets = {entrant.work_code: {} for entrant in entrants}
    if len(sheets) < len(entrants):
        raise Invalid("A work code is entered twice; nothing was computed.")
    aspects = {aspect.code for aspect in scheme.aspects()}
    for work, aspect, judge, value in marks:
        if work not in sheets or aspect not in aspects:
            raise Invalid(
                "A mark names work %(work)s and aspect %(aspect)s, of which one is unknown.",
                work=work,
                aspect=aspect,
            )
        given = sheets[work].setdefault(aspect, {})
        if judge in given:
            raise Invalid(
                "Judge %(judge)s marked aspect %(aspect)s of work %(work)s twice.",
                judge=judge,
                aspect=aspect,
                work=work,
            )
        given[judge] = value
    return sheets


def _rank(
    rules: EventRules,
    lines: Sequence[Explanation],
    entrants: Sequence[Entrant],
    decisions: Sequence[Decision],
) -> tuple[Placed, ...]:
    ranked = []
    for line, entrant in zip(lines, entrants, strict=True):
        total = line.total if rules.rank_on is RankOn.ROUNDED else line.exact
        if total is not None:
            keys = tuple(_key(tie, line, entrant) for tie in rules.tie_chain)
            ranked.append(Line(line.work_code, total, keys))
    return rank(ranked, rules.tie_chain, rules.last_resort, decisions)


def _key(tie: TieKey, line: Explanation, entrant: Entrant) -> Fraction | Decimal | int | None:
    if tie.key == "time":
        return entrant.time_seconds
    if tie.key == "age":
        return None if entrant.birth_date is None else -entrant.birth_date.toordinal()
    if tie.key == "total_exact":
        return line.exact
    values = {f"module:{module.code}": module.points for module in line.modules}
    values |= {part.code: part.points for part in line.parts}
    return values.get(tie.key)


def _finish(
    lines: Sequence[Explanation], placed: Sequence[Placed], granted: Granted
) -> tuple[Explanation, ...]:
    by_code = {line.work_code: line for line in lines}
    first = []
    for spot in placed:
        # A birth date is nobody's business: the trace says only that age decided.
        traces = (
            replace(trace, value=None) if trace.key == "age" else trace for trace in spot.traces
        )
        first.append(
            replace(
                by_code.pop(spot.code),
                place=spot.place,
                tied_with=spot.tied_with,
                traces=tuple(traces),
                award=granted.awards.get(spot.code),
            )
        )
    return (*first, *(by_code[code] for code in sorted(by_code)))


def _stale(placed: Sequence[Placed], decisions: Iterable[Decision]) -> list[Flag]:
    level: dict[object, set[str]] = {}
    for line in placed:
        level.setdefault(line.total, set()).add(line.code)
    reason = phrase("A recorded decision names contestants who are no longer tied.")
    return [
        Flag(reason, ", ".join(ruling.order))
        for ruling in decisions
        if not any(set(ruling.order) <= codes for codes in level.values())
    ]


def _reasons(
    event: Totals, rules: EventRules, placed: Sequence[Placed], granted: Granted
) -> tuple[Phrase, ...]:
    reasons = []
    if event.gaps:
        reasons.append(phrase("%(count)s aspects still wait for marks.", count=len(event.gaps)))
    if event.disputes:
        reasons.append(phrase("%(count)s aspects are in dispute.", count=len(event.disputes)))
    if rules.last_resort is not LastResort.SHARED:
        reasons += [
            phrase(
                "Place %(place)s is shared by %(codes)s; the rules ask for a draw or a play-off.",
                place=group[0].place,
                codes=", ".join(line.code for line in group),
            )
            for group in tied_groups(placed)
            if len(group) > 1
        ]
    return (*reasons, *(tie.reason for tie in granted.ties))
