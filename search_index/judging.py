"""Measure an order of pages against judged relevance: recall@10, MRR and nDCG@10."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """Three measures between 0 and 1."""

    recall: float
    mrr: float
    ndcg: float

    @classmethod
    def mean(cls, many: Sequence["Judgement"]) -> "Judgement":
        """Average judgements; raises ZeroDivisionError for none."""
        size = len(many)
        return cls(
            sum(one.recall for one in many) / size,
            sum(one.mrr for one in many) / size,
            sum(one.ndcg for one in many) / size,
        )


def judge_one(found: Sequence[str], grades: Mapping[str, int]) -> Judgement:
    """Judge the keys ``found``, in order, by the grade (1-3) of each relevant key.

    >>> judge_one(["b", "a"], {"a": 3}).mrr
    0.5
    """
    if not grades:
        return Judgement(1.0, 1.0, 1.0)
    held = [grades.get(key, 0) for key in found[:DEPTH]]
    recall = sum(grade > 0 for grade in held) / min(DEPTH, len(grades))
    mrr = next((1 / place for place, grade in enumerate(held, start=1) if grade), 0.0)
    return Judgement(recall, mrr, _gain(held) / _gain(sorted(grades.values(), reverse=True)))


def _gain(grades: Sequence[int]) -> float:
    return sum(
        (2.0**grade - 1) / math.log2(place + 1)
        for place, grade in enumerate(grades[:DEPTH], start=1)
    )
