"""Mail over SMTP, encrypted on the way unless the server is this very machine."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from adapters.letters import Letter, SendTrouble

TIMEOUT = 15.0
"""Seconds a server gets to answer."""
PORTS = {"smtp": 587, "smtps": 465}
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})
FIRST_FINAL = 500


class SmtpSender:
    """Sends mails as ``smtp://user:password@host:port`` says; ``smtps`` encrypts from the start."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._direct = parts.scheme == "smtps"
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Send one mail; a server that refuses the recipient for good is not asked again."""
        try:
            mail = self._mail(letter)
            server = self._connected()
            try:
                server.send_message(mail)
                with suppress(smtplib.SMTPException, OSError):  # it is sent, however they part
                    server.quit()
            finally:
                server.close()
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise SendTrouble(f"{code} {_text(words)}", final=code >= FIRST_FINAL) from refused
        except smtplib.SMTPResponseException as answer:
            raise SendTrouble(f"{answer.smtp_code} {_text(answer.smtp_error)}") from answer
        except (OSError, smtplib.SMTPException) as trouble:
            raise SendTrouble(f"{type(trouble).__name__}: {trouble}") from trouble
        except (UnicodeError, ValueError) as trouble:
            raise SendTrouble(f"not an address: {trouble}", final=True) from trouble

    def _connected(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self._direct:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT, context=safe
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        try:
            if not self._direct and not (self._host in AT_HOME and not _offers_tls(server)):
                server.starttls(context=safe)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _mail(self, letter: Letter) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, letter.to, letter.subject
        mail["Message-ID"] = f"<{letter.key}@{self._sender.rpartition('@')[2].rstrip('>')}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text, cte="base64")
        return mail


def _offers_tls(server: smtplib.SMTP) -> bool:
    server.ehlo_or_helo_if_needed()
    return server.has_extn("starttls")


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
