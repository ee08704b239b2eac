"""Envelopes of two keepers: a map under a key of which each keeper's slip opens one share."""

import secrets
from dataclasses import dataclass

from adapters.crypto import close, join, open_with, public_of, seal_to, split, unclose


@dataclass(frozen=True)
class Envelope:
    """A closed map and the two shares of its key, each sealed to one keeper's slip."""

    body: bytes
    keeper_share: bytes
    witness_share: bytes


def enclose(content: str, *, slip: str, witness_public: bytes, bond: str) -> Envelope:
    """Close ``content`` so that only both keepers together open it; the key is kept nowhere."""
    key = secrets.token_bytes(32)
    first, second = split(key)
    return Envelope(
        close(key, content.encode(), bound_to=bond),
        seal_to(public_of(slip), first, bound_to=bond),
        seal_to(witness_public, second, bound_to=bond),
    )


def disclose(envelope: Envelope, *, slip: str, witness_slip: str, bond: str) -> str:
    """Open an envelope with both slips; raises ``Invalid`` where one of them is wrong."""
    first = open_with(slip, envelope.keeper_share, bound_to=bond)
    second = open_with(witness_slip, envelope.witness_share, bound_to=bond)
    return unclose(join(first, second), envelope.body, bound_to=bond).decode()
