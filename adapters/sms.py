"""SMS through an HTTP gateway: one signed JSON POST a message; docs/operating.md has the format."""

import hashlib
import hmac
import http.client
import json
import ssl
from urllib.parse import urlsplit

from adapters.letters import Letter, SendTrouble

TIMEOUT = 10.0
"""Seconds the gateway gets to answer."""
SHOWN = 120
FINAL = frozenset({400, 404, 410, 422})
"""Answers that stay the same however often the message is posted."""


class GatewaySender:
    """Posts ``{"id", "to", "text"}``; ``X-Signature`` is HMAC-SHA256 of the body under the key."""

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._key = key.encode()

    def send(self, letter: Letter) -> None:
        """Post one SMS; only an answer of the 200s means that it left."""
        body = json.dumps(
            {"id": letter.key, "to": letter.to, "text": letter.text}, ensure_ascii=False
        ).encode()
        line = self._line()
        try:
            line.request("POST", self._path, body, self._headers(body))
            with line.getresponse() as answer:
                words = answer.read(SHOWN).decode(errors="replace").strip()
        except (OSError, http.client.HTTPException) as trouble:
            raise SendTrouble(f"{type(trouble).__name__}: {trouble}") from trouble
        finally:
            line.close()
        if not 200 <= answer.status < 300:  # noqa: PLR2004  # the codes of HTTP
            raise SendTrouble(f"{answer.status} {words}".strip(), final=answer.status in FINAL)

    def _line(self) -> http.client.HTTPConnection:
        if self._secure:
            safe = ssl.create_default_context()
            return http.client.HTTPSConnection(
                self._host, self._port, timeout=TIMEOUT, context=safe
            )
        return http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT)

    def _headers(self, body: bytes) -> dict[str, str]:
        signature = hmac.new(self._key, body, hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json; charset=utf-8", "X-Signature": signature}
