"""Sealing: fields at rest under the vault, envelopes under two keepers' slips."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rules.errors import Invalid

NONCE = 12
KEY_ID = b"\x01"
"""First byte of every seal: which key closed it, so that keys can be rotated."""


class Vault:
    """Seals single fields with AES-256-GCM and marks them with a keyed hash for look-up."""

    def __init__(self, secret: str) -> None:
        root = secret.encode()
        self._seal_key = _derive(root, b"jiangpu field seal v1")
        self._mark_key = _derive(root, b"jiangpu blind index v1")

    def seal(self, text: str, *, bound_to: str) -> bytes:
        """Seal ``text`` so that it opens only beside ``bound_to`` (row key and column)."""
        return self.seal_bytes(text.encode(), bound_to=bound_to)

    def open(self, sealed: bytes, *, bound_to: str) -> str:
        """Open what :meth:`seal` closed, or raise ``Invalid`` where it was moved or changed."""
        return self.open_bytes(sealed, bound_to=bound_to).decode()

    def seal_bytes(self, data: bytes, *, bound_to: str) -> bytes:
        """Seal a whole file."""
        return KEY_ID + close(self._seal_key, data, bound_to=bound_to)

    def open_bytes(self, sealed: bytes, *, bound_to: str) -> bytes:
        """Open what :meth:`seal_bytes` closed, or raise ``Invalid``."""
        return unclose(self._seal_key, sealed[1:], bound_to=bound_to)

    def mark(self, text: str) -> str:
        """Return the keyed hash (64 hexadecimal digits) equal texts are found by."""
        return hmac.new(self._mark_key, text.encode(), hashlib.sha256).hexdigest()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def close(key: bytes, data: bytes, *, bound_to: str) -> bytes:
    """Encrypt ``data`` under a 32-byte ``key`` with a fresh nonce, bound to a text."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound_to.encode())


def unclose(key: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """Decrypt what :func:`close` made, or raise ``Invalid``."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
    except InvalidTag:
        raise Invalid("This seal does not open with this key.") from None


def new_slip() -> str:
    """Make a keeper's slip: a private key as 13 groups of 4 letters and digits, shown once."""
    return write_slip(secrets.token_bytes(32))


def write_slip(private: bytes) -> str:
    """Write 32 private bytes the way a keeper copies them."""
    text = base64.b32encode(private).decode().rstrip("=")
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _private(slip: str) -> X25519PrivateKey:
    text = "".join(slip.upper().split()).replace("-", "")
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
        return X25519PrivateKey.from_private_bytes(raw)
    except ValueError:
        raise Invalid(
            "This is not a key slip: it has 13 groups of letters and digits. Nothing was opened."
        ) from None


def public_of(slip: str) -> bytes:
    """Return the 32-byte public key of a slip; it may lie in the database."""
    return _private(slip).public_key().public_bytes_raw()


def seal_to(public: bytes, data: bytes, *, bound_to: str) -> bytes:
    """Seal ``data`` so that only the slip behind ``public`` opens it."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    key = _derive(shared, b"jiangpu slip v1")
    return once.public_key().public_bytes_raw() + close(key, data, bound_to=bound_to)


def open_with(slip: str, sealed: bytes, *, bound_to: str) -> bytes:
    """Open what was sealed to this slip, or raise ``Invalid``."""
    shared = _private(slip).exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    return unclose(_derive(shared, b"jiangpu slip v1"), sealed[32:], bound_to=bound_to)


def split(key: bytes) -> tuple[bytes, bytes]:
    """Split a key into two shares; one share alone says nothing about it."""
    first = secrets.token_bytes(len(key))
    return first, join(first, key)


def join(first: bytes, second: bytes) -> bytes:
    """Put two shares together again."""
    return bytes(a ^ b for a, b in zip(first, second, strict=True))
