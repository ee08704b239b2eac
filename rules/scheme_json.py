"""Marking schemes as JSON: the one form they are stored, hashed and rehearsed in.

Source: docs/rules/trial.md.
"""

from rules.reading import Reader
from rules.schemes import Aspect, Criterion, Module, Scheme, SubCriterion


def scheme_to_json(scheme: Scheme) -> dict[str, object]:
    """Return ``scheme`` as JSON values; decimals are texts."""
    return {
        "maximum": _text(scheme.maximum),
        "sections": [[section, str(points)] for section, points in scheme.sections],
        "modules": [_module_to_json(module) for module in scheme.modules],
    }


def _text(number: object) -> str | None:
    return None if number is None else str(number)


def _module_to_json(module: Module) -> dict[str, object]:
    return {
        "code": module.code,
        "name": module.name,
        "kind": str(module.kind),
        "maximum": str(module.maximum),
        "weight": _text(module.weight),
        "criteria": [_criterion_to_json(criterion) for criterion in module.criteria],
    }


def _criterion_to_json(criterion: Criterion) -> dict[str, object]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "maximum": _text(criterion.maximum),
        "subs": [
            {
                "code": sub.code,
                "name": sub.name,
                "maximum": _text(sub.maximum),
                "aspects": [_aspect_to_json(aspect) for aspect in sub.aspects],
            }
            for sub in criterion.subs
        ],
    }


def _aspect_to_json(aspect: Aspect) -> dict[str, object]:
    return {
        "code": aspect.code,
        "name": aspect.name,
        "kind": str(aspect.kind),
        "maximum": str(aspect.maximum),
        "measure": aspect.measure,
        "section": aspect.section,
        "levels": list(aspect.levels),
        "unit": aspect.unit,
        "how": aspect.how,
    }


def scheme_from_json(value: object, path: str = "") -> Scheme:
    """Read a scheme; raises ``Invalid`` naming the path of what is wrong, missing or unknown.

    Whether it adds up is asked of ``rules.schemes.check_scheme``.
    """
    reader = Reader(value, path)
    scheme = Scheme(
        tuple(_module(inner) for inner in reader.objects("modules")),
        reader.number_or_none("maximum"),
        reader.pairs("sections", []),
    )
    reader.done()
    return scheme


def _module(reader: Reader) -> Module:
    module = Module(
        reader.text("code"),
        reader.text("name", ""),
        reader.text("kind"),
        reader.number("maximum"),
        tuple(_criterion(inner) for inner in reader.objects("criteria")),
        reader.number_or_none("weight"),
    )
    reader.done()
    return module


def _criterion(reader: Reader) -> Criterion:
    criterion = Criterion(
        reader.text("code"),
        reader.text("name", ""),
        tuple(_sub(inner) for inner in reader.objects("subs")),
        reader.number_or_none("maximum"),
    )
    reader.done()
    return criterion


def _sub(reader: Reader) -> SubCriterion:
    sub = SubCriterion(
        reader.text("code"),
        reader.text("name", ""),
        tuple(_aspect(inner) for inner in reader.objects("aspects")),
        reader.number_or_none("maximum"),
    )
    reader.done()
    return sub


def _aspect(reader: Reader) -> Aspect:
    aspect = Aspect(
        reader.text("code"),
        reader.text("name", ""),
        reader.text("kind"),
        reader.number("maximum"),
        reader.text("measure", ""),
        reader.text("section", ""),
        reader.texts("levels", []),
        reader.text("unit", ""),
        reader.text("how", ""),
    )
    reader.done()
    return aspect
