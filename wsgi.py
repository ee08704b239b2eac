"""The roof: puts the house together. Nothing runs at import; nothing below imports this."""

from collections.abc import Sequence

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import admin
import showcase
from adapters.crypto import Vault
from adapters.storage import Shelf
from web import (
    assets,
    clock,
    commands,
    conditions,
    db,
    errors,
    filters,
    first_password,
    headers,
    health,
    labels,
    login,
    media,
    messages,
    posting,
    reader,
    registration_forms,
    rules_words,
    search,
    ui,
)
from web.settings import ROOT, Settings

FACES = {"showcase": showcase.register, "admin": admin.register}
MAX_REQUEST = 12 * 1024 * 1024


def create_app(settings: Settings | None = None, faces: Sequence[str] | None = None) -> Flask:
    """Build the application from its settings, with the faces this host shows."""
    chosen = (settings or Settings()).ready()
    app = Flask("jiangpu", root_path=str(ROOT), template_folder="templates")
    configure(app, chosen)
    clock.set_ahead(chosen.clock_ahead)
    app.extensions["vault"] = Vault(chosen.secret_key)
    app.extensions["shelf"] = Shelf(chosen.var_dir / "media")
    CSRFProtect(app)
    db.register(app)
    for floor in (login, headers, errors, filters, labels, assets, media, health, reader, search):
        floor.register(app)
    for part in (
        registration_forms,
        rules_words,
        conditions,
        ui,
        messages,
        posting,
        first_password,
    ):
        part.register(app)
    commands.register(app)
    for face in faces or chosen.faces.split(","):
        FACES[face.strip()](app)
    if chosen.trusted_proxies:
        count = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # Flask's own pattern for middleware
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Translate our settings into Flask's."""
    secure = settings.secure_cookies
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SESSION_COOKIE_NAME="__Host-jiangpu" if secure else "jiangpu",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MAX_REQUEST,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        TRANSLATIONS=str(ROOT / "translations"),
        APPLICATION_ROOT=settings.url_prefix or "/",
    )
