"""Password hashing: argon2id with few at a time, so that logins cannot exhaust the memory."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
TURNS = BoundedSemaphore(4)
NOBODYS_HASH = HASHER.hash("nobody's password")
"""Verified for unknown names, so that an unknown name takes as long as a wrong password."""


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    with TURNS:
        return HASHER.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether ``password`` fits ``stored``; None takes the same time and never fits."""
    with TURNS:
        try:
            HASHER.verify(stored or NOBODYS_HASH, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return stored is not None
