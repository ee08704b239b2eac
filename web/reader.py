"""The reader's switches: theme, text size, language; kept in cookies so the server renders them."""

from dataclasses import dataclass

from flask import Blueprint, Flask, g, has_request_context, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_login import current_user
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from actions.messages import choose_language
from web.db import db
from web.guard import public
from web.login import desk, is_signed_in
from web.returning import safe_next

bp = Blueprint("reader", __name__)
babel = Babel()
CHOICES = {
    "theme": ("system", "light", "dark"),
    "text": ("normal", "large"),
    "lang": ("zh_Hans", "zh_Hant", "en"),
}
TAGS = {"zh_Hans": "zh-Hans-CN", "zh_Hant": "zh-Hant", "en": "en"}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class ReaderView:
    """What the layouts need: ``theme`` and ``text`` for <html>, the language and its tag."""

    theme: str
    text: str
    lang: str

    @property
    def tag(self) -> str:
        """The BCP 47 tag for <html lang>."""
        return TAGS[self.lang]


def _chosen(name: str) -> str:
    choices = CHOICES[name]
    asked = request.args.get(name) if name in ("text", "lang") else None
    value = asked or request.cookies.get(name, choices[0])
    return value if value in choices else choices[0]


def reader() -> ReaderView:
    """Return the switches of this request."""
    if "reader" not in g:
        g.reader = ReaderView(_chosen("theme"), _chosen("text"), _chosen("lang"))
    view: ReaderView = g.reader
    return view


def pick_locale() -> str:
    """Return the language of this request; commands speak Chinese."""
    return reader().lang if has_request_context() else "zh_Hans"


def register(app: Flask) -> None:
    """Attach translations and the switches."""
    babel.init_app(
        app,
        default_locale="zh_Hans",
        default_timezone="Asia/Shanghai",
        default_translation_directories=app.config["TRANSLATIONS"],
        locale_selector=pick_locale,
    )
    settings = app.config["SETTINGS"]
    # Globals, not context: macros of the kit are imported without their caller's context.
    app.jinja_env.globals.update(
        reader=LocalProxy(reader),
        current_user=current_user,
        here=lambda: request.full_path.rstrip("?") if request.method == "GET" else "/",
        site_name=settings.site_name,
        is_demo=settings.demo,
    )
    app.register_blueprint(bp)


@bp.post("/reader")
@public
def switch() -> ResponseReturnValue:
    """Keep one or more switches for a year and go back to the page."""
    answer: Response = redirect(safe_next(request.form.get("next")))
    lang = request.form.get("lang", "")
    if lang and is_signed_in():
        choose_language(desk(), lang)
        db.session.commit()
    for name, choices in CHOICES.items():
        value = request.form.get(name)
        if value in choices:
            answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax")
    return answer
