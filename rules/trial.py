"""Trials: an organiser rehearses rules and marks from one file, without any database.

Source: docs/rules/trial.md, with an example file beside it.
"""

import datetime as dt
import json
from decimal import Decimal

from rules.errors import Invalid
from rules.explanations import Entrant, EventResult, Mark
from rules.ranking import Decision, DecisionKind, Status
from rules.reading import Reader, wrong
from rules.results import compute, fingerprint, result_to_json
from rules.rulesets import rules_from_json
from rules.scheme_json import scheme_from_json
from rules.schemes import Fault, check_scheme

FORMAT = 1
MARK_TEXTS = 4


def run_trial(text: str) -> dict[str, object]:
    """Compute the result a trial file describes, as JSON values with ranks, awards and trace.

    Raises ``Invalid`` naming the path in the file, or the line where it is
    no JSON, and ``Blocked`` when rules and scheme do not fit.
    """
    reader = Reader(_load(text))
    if reader.whole("format") != FORMAT:
        raise wrong("format", str(FORMAT))
    title = reader.text("title", "")
    rules = rules_from_json(reader.take("rules", {}), "rules")
    scheme = scheme_from_json(reader.take("scheme"), "scheme")
    entrants = [_entrant(inner) for inner in reader.objects("entrants")]
    marks = [_mark(path, item) for path, item in reader.list("marks")]
    decisions = [decision_from_json(inner) for inner in reader.objects("decisions", [])]
    reader.done()
    result = compute(rules, scheme, marks, entrants, decisions)
    return {
        "title": title,
        "ranks": _ranks(result),
        "scheme_faults": [_fault(fault) for fault in check_scheme(scheme)],
        "fingerprint": fingerprint(result),
        "result": result_to_json(result),
    }


def _load(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_no_twins, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise Invalid(
            "Line %(line)s, column %(column)s is not JSON: %(reason)s.",
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from None


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise Invalid("The key %(key)s stands twice in one object.", key=twin)
    return found


def _entrant(reader: Reader) -> Entrant:
    entrant = Entrant(
        reader.text("work_code"),
        reader.choice("status", Status, Status.FINISHED),
        _day(reader),
        reader.number_or_none("time_seconds"),
        reader.number("bonus", 0),
        reader.number("penalty", 0),
        reader.texts("cancelled", []),
    )
    reader.done()
    return entrant


def _day(reader: Reader) -> dt.date | None:
    if not reader.has("birth_date"):
        reader.take("birth_date", None)
        return None
    try:
        return dt.date.fromisoformat(reader.text("birth_date"))
    except ValueError:
        raise wrong(reader.at("birth_date"), "a day such as 1990-05-01") from None


def _mark(path: str, item: object) -> Mark:
    texts = item if isinstance(item, list) else []
    if len(texts) != MARK_TEXTS or not all(isinstance(text, str) for text in texts):
        raise wrong(path, "four texts: work, aspect, judge, value")
    return Mark(*map(str, texts))


def decision_from_json(reader: Reader) -> Decision:
    """Read a recorded decision: ``kind`` add, draw or playoff, and the tied in ``order``."""
    decision = Decision(
        reader.choice("kind", DecisionKind), reader.texts("order"), reader.text("note", "")
    )
    reader.done()
    return decision


def _ranks(result: EventResult) -> list[dict[str, object]]:
    return [
        {
            "place": line.place,
            "work_code": line.work_code,
            "status": line.status.value,
            "total": None if line.total is None else str(line.total),
            "award": line.award,
            "settled_by": [trace.key for trace in line.traces],
        }
        for line in result.lines
    ]


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "place": fault.place,
        "reason": str(fault.reason),
        "found": fault.found,
        "expected": fault.expected,
        "warning": fault.warning,
    }
