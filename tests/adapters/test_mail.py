"""Mail: sent over SMTP, trouble told as final or not, nothing readable on a foreign wire."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from adapters.letters import Letter, SendTrouble
from adapters.mail import SmtpSender

LETTER = Letter("a1b2", "he@example.cn", "报名通过", "您好\n\n已通过。")


class Handler(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client needs; ``answers`` replaces what a verb is told."""

    def handle(self) -> None:
        """Answer until the client leaves."""
        self.server.seen.append("hello")
        self._say("220 here")
        for line in self.rfile:
            verb = line.decode().strip().split(" ")[0].upper()
            self.server.seen.append(line.decode().strip())
            self._say(self.server.answers.get(verb, {"DATA": "354 go"}.get(verb, "250 ok")))
            if verb == "DATA":
                body = b""
                while not body.endswith(b"\r\n.\r\n"):
                    body += self.rfile.readline()
                self.server.mails.append(body.decode())
                self._say(self.server.answers.get("BODY", "250 taken"))
            if verb == "QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def server(**answers: str) -> Iterator[socketserver.ThreadingTCPServer]:
    """Run a mail server on this machine."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as made:
        made.answers, made.mails, made.seen = answers, [], []
        made.daemon_threads = True
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield made
        finally:
            made.shutdown()


def sender(made: socketserver.ThreadingTCPServer, host: str = "127.0.0.1") -> SmtpSender:
    return SmtpSender(f"smtp://{host}:{made.server_address[1]}", "office@example.cn")


def test_a_mail_arrives_with_its_words_and_a_lasting_id() -> None:
    with server() as made:
        sender(made).send(LETTER)
        sender(made).send(LETTER)

    from email import message_from_string, policy

    mails = [message_from_string(text, policy=policy.default) for text in made.mails]
    assert [mail["To"] for mail in mails] == ["he@example.cn"] * 2
    assert mails[0]["Subject"] == "报名通过"
    assert mails[0].get_content().startswith("您好\n\n已通过。")
    assert {mail["Message-ID"] for mail in mails} == {"<a1b2@example.cn>"}


@pytest.mark.parametrize(
    ("answers", "final"),
    [
        ({"RCPT": "550 nobody here"}, True),
        ({"RCPT": "450 come later"}, False),
        ({"BODY": "451 disk full"}, False),
        ({"BODY": "554 refused"}, False),
    ],
)
def test_what_the_server_answers_is_told(answers: dict[str, str], *, final: bool) -> None:
    with server(**answers) as made, pytest.raises(SendTrouble) as trouble:
        sender(made).send(LETTER)

    assert trouble.value.final is final
    assert next(iter(answers.values())) in str(trouble.value)


def test_a_server_that_is_not_there_is_trouble_for_later() -> None:
    with server() as made:
        port = made.server_address[1]

    with pytest.raises(SendTrouble) as trouble:
        SmtpSender(f"smtp://127.0.0.1:{port}", "office@example.cn").send(LETTER)

    assert not trouble.value.final


def test_a_foreign_server_without_encryption_gets_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    import adapters.mail

    monkeypatch.setattr(adapters.mail, "AT_HOME", frozenset())
    with server(STARTTLS="502 no") as made, pytest.raises(SendTrouble):
        sender(made).send(LETTER)

    assert made.mails == []
    assert not [line for line in made.seen if line.startswith(("MAIL", "RCPT", "AUTH"))]


@pytest.mark.parametrize("to", ["he@example.cn\r\nBcc: all@example.cn", "he\n@example.cn"])
def test_an_address_cannot_smuggle_a_header(to: str) -> None:
    with server() as made, pytest.raises(SendTrouble) as trouble:
        sender(made).send(Letter("a", to, "通知", "正文"))

    assert trouble.value.final
    assert made.mails == []
