"""SMS: one signed POST a message; only a 2xx means that it left."""

import hashlib
import hmac
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.letters import FolderSender, Letter, SendTrouble
from adapters.sms import GatewaySender
from adapters.storage import Shelf

LETTER = Letter("a1b2", "13800001234", "报名通过", "【定海名匠】报名通过")


@contextmanager
def gateway(status: int = 200, words: str = "ok") -> Iterator[Any]:
    """Run a gateway on this machine that answers with one status."""
    seen: list[tuple[str, str, bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.headers["X-Signature"], body))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(words.encode())

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{made.server_address[1]}/send?app=7", seen
        finally:
            made.shutdown()


def test_the_post_is_signed_and_whole() -> None:
    with gateway() as (url, seen):
        GatewaySender(url, "geheim").send(LETTER)

    path, signature, body = seen[0]
    assert path == "/send?app=7"
    assert json.loads(body) == {"id": "a1b2", "to": "13800001234", "text": "【定海名匠】报名通过"}
    assert signature == hmac.new(b"geheim", body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("status", "final"),
    [(400, True), (410, True), (422, True), (429, False), (500, False), (302, False)],
)
def test_anything_else_is_trouble(status: int, *, final: bool) -> None:
    with gateway(status, "号码无效") as (url, seen), pytest.raises(SendTrouble) as trouble:
        GatewaySender(url, "k").send(LETTER)

    assert trouble.value.final is final
    assert str(trouble.value) == f"{status} 号码无效"
    assert len(seen) == 1


def test_a_gateway_that_is_not_there_is_trouble_for_later() -> None:
    with gateway() as (url, _seen):
        pass

    with pytest.raises(SendTrouble) as trouble:
        GatewaySender(url, "k").send(LETTER)
    assert not trouble.value.final


def test_without_a_gateway_a_file_is_written_once_a_key(tmp_path: Path) -> None:
    sender = FolderSender(Shelf(tmp_path))

    sender.send(LETTER)
    sender.send(LETTER)

    files = list(tmp_path.iterdir())
    assert [file.name for file in files] == ["a1b2.txt"]
    assert files[0].read_text() == "To: 13800001234\nSubject: 报名通过\n\n【定海名匠】报名通过\n"
    assert files[0].stat().st_mode & 0o077 == 0
