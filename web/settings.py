"""Settings of one installation, from the environment; secrets never have defaults in production."""

import re
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
MAIL_URL = re.compile(r"smtps?://[^/\s]+/?\Z")
WEB_URL = re.compile(r"https?://[^/\s]\S*\Z")


class Settings(BaseSettings):
    """Everything an installation decides; every name is an environment variable."""

    model_config = SettingsConfigDict(env_prefix="", extra="ignore")

    secret_key: str = ""
    """Signs cookies and derives the vault's keys; required unless DEMO is on."""
    database_url: str = ""
    """SQLAlchemy address; empty means SQLite in VAR_DIR."""
    var_dir: Path = ROOT / "var"
    media_url: str = "/media"
    site_name: str = "定海名匠"
    faces: str = "showcase,admin"
    url_prefix: str = ""
    site_url: str = ""
    """Where the public reaches the site, such as https://example.cn/jineng: links in copies."""
    mail_url: str = ""
    """smtp://user:password@host:port, or empty: mails are written to VAR_DIR/mail."""
    mail_from: str = ""
    """The sender of mails; required with MAIL_URL."""
    sms_url: str = ""
    """http(s) address of an SMS gateway, or empty: SMS are written to VAR_DIR/sms."""
    sms_key: str = ""
    """Signs what is handed to the gateway; required with SMS_URL."""
    search_engine: Literal["whoosh", "memory"] = "whoosh"
    demo: bool = False
    """Marks every page as sample data and shows the demo logins."""
    clock_ahead: int = Field(default=0, ge=0)
    """Minutes the clock of a demo runs ahead, to rehearse what waits for a deadline."""
    secure_cookies: bool = False
    """On behind TLS: cookies get Secure and the __Host- prefix, pages get HSTS."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    trusted_proxies: int = Field(default=0, ge=0)

    @property
    def database(self) -> str:
        """The database address in force."""
        return self.database_url or f"sqlite:///{self.var_dir / 'jiangpu.sqlite'}"

    def ready(self) -> "Settings":
        """Refuse to start without a secret; a demo makes its own and keeps it in VAR_DIR."""
        if self.clock_ahead and not self.demo:
            raise SystemExit("CLOCK_AHEAD is for demos: a real site keeps the real time.")
        self._check_post()
        if self.secret_key:
            return self
        if not self.demo:
            raise SystemExit("SECRET_KEY is not set: a site without a secret does not start.")
        return self.model_copy(update={"secret_key": _kept_secret(self.var_dir)})

    def _check_post(self) -> None:
        """Say at the start, not at the first message, what mail and SMS still lack."""
        if self.mail_url and not (MAIL_URL.match(self.mail_url) and "@" in self.mail_from):
            raise SystemExit("MAIL_URL is smtp:// or smtps:// with a host, MAIL_FROM an address.")
        if self.sms_url and not (WEB_URL.match(self.sms_url) and self.sms_key):
            raise SystemExit("SMS_URL is http:// or https:// with a host, and needs SMS_KEY.")
        if self.site_url and not WEB_URL.match(self.site_url):
            raise SystemExit("SITE_URL is http:// or https:// with a host.")


def _kept_secret(var_dir: Path) -> str:
    path = var_dir / "secret"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
