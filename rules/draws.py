"""Draws: an order anybody can draw again from the published seed.

The stream is written out in docs/rules/draws.md, so that another program in
another language gets the same order.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from rules.errors import Invalid

T = TypeVar("T")
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
WORD_BYTES = 8
LEAST_SEED = 16
CODE_LETTERS = 4


def commit(seed: str) -> str:
    """Return the SHA-256 of a seed in hex: published before the draw, it binds the seed.

    Raises ``Invalid`` for a seed shorter than 16 characters, which could be guessed.
    """
    if len(seed) < LEAST_SEED:
        raise Invalid(
            "The seed has %(length)s characters; one below %(least)s could be guessed from its "
            "published hash.",
            length=len(seed),
            least=LEAST_SEED,
        )
    return hashlib.sha256(seed.encode()).hexdigest()


def numbers(seed: str, label: str = "") -> Iterator[int]:
    """Yield the 64-bit numbers of a seed: SHA-256 of ``seed|label|counter``, 8 bytes at a time.

    >>> next(numbers("a seed of the evening")) == next(numbers("a seed of the evening"))
    True
    """
    counter = 0
    while True:
        block = hashlib.sha256(f"{seed}|{label}|{counter}".encode()).digest()
        for start in range(0, len(block), WORD_BYTES):
            yield int.from_bytes(block[start : start + WORD_BYTES], "big")
        counter += 1


def below(stream: Iterator[int], bound: int) -> int:
    """Return an unbiased number below ``bound``: numbers of the last partial round are skipped."""
    limit = 2 ** (8 * WORD_BYTES)
    fair = limit - limit % bound
    return next(number for number in stream if number < fair) % bound


def shuffle(items: Sequence[T], seed: str, label: str = "") -> list[T]:
    """Draw an order: Fisher-Yates from the last item to the second.

    ``items`` come in an order that is fixed beforehand (by entry number).
    """
    order, stream = list(items), numbers(seed, label)
    for last in range(len(order) - 1, 0, -1):
        chosen = below(stream, last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return order


def spread_out(order: Sequence[T], groups: Mapping[T, Hashable]) -> list[T]:
    """Reorder so that no two neighbours share a group (employer), if that is possible at all.

    Whoever was drawn first goes first, except that a group which would
    otherwise be left over is called in time. Items without a group never
    clash. Where a group holds more than half of the places, clashes are
    left at the end.
    """
    queues: dict[Hashable, deque[tuple[int, T]]] = {}
    for position, item in enumerate(order):
        group = groups.get(item, ("alone", position))
        queues.setdefault(group, deque()).append((position, item))
    placed: list[T] = []
    previous: Hashable = None
    for left in range(len(order), 0, -1):
        previous = _next_group(queues, previous, left)
        placed.append(queues[previous].popleft()[1])
        if not queues[previous]:
            del queues[previous]
    return placed


def _next_group(
    queues: Mapping[Hashable, deque[tuple[int, T]]], previous: Hashable, left: int
) -> Hashable:
    sizes = {group: len(queue) for group, queue in queues.items() if group != previous}
    if not sizes:
        return previous
    largest = max(sizes, key=lambda group: (sizes[group], -queues[group][0][0]))
    if 2 * sizes[largest] > left:
        return largest
    return min(sizes, key=lambda group: queues[group][0][0])


def clashes(order: Sequence[T], groups: Mapping[T, Hashable]) -> int:
    """Count the neighbours who share a group."""
    pairs = pairwise(order)
    return sum(1 for one, two in pairs if one in groups and groups[one] == groups.get(two))


def blind_codes(count: int, seed: str, label: str = "codes", prefix: str = "") -> list[str]:
    """Return ``count`` different codes of four letters and digits, none of them 0, O, 1 or I."""
    stream, seen = numbers(seed, label), dict[str, None]()
    while len(seen) < count:
        number = below(stream, len(ALPHABET) ** CODE_LETTERS)
        letters = []
        for _ in range(CODE_LETTERS):
            number, letter = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[letter])
        seen.setdefault(prefix + "".join(letters))
    return list(seen)


def replay(
    items: Sequence[T], seed: str, commitment: str, drawn: Sequence[T], label: str = ""
) -> None:
    """Draw again and compare; raises ``Invalid`` when seed or order is not what was published."""
    if commit(seed) != commitment:
        raise Invalid(
            "The revealed seed does not give the hash that was published before the draw."
        )
    if Counter(items) != Counter(drawn) or shuffle(items, seed, label) != list(drawn):
        raise Invalid("The seed gives another order than the one on record.")
