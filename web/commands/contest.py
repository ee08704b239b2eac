"""``flask contest trial FILE``: organisers rehearse an event's rules; no database is asked."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import gettext

from rules.errors import Blocked, Refusal
from rules.trial import run_trial
from web.errors import say, sentence

contest = AppGroup("contest", help="Rehearse contests.")


class TrialRefused(click.ClickException):
    """A file that cannot be computed, in one sentence; the command ends with 2."""

    exit_code = 2


def register(app: Flask) -> None:
    """Attach the commands."""
    app.cli.add_command(contest)


@contest.command("trial")
@click.argument("file", type=click.Path(path_type=Path))
def trial(file: Path) -> None:
    """Compute the result that FILE describes and print it as JSON."""
    try:
        answer = run_trial(file.read_text(encoding="utf-8"))
    except OSError:
        raise TrialRefused(gettext("The file %(name)s cannot be read.", name=file)) from None
    except UnicodeDecodeError:
        raise TrialRefused(gettext("The file %(name)s is not UTF-8 text.", name=file)) from None
    except Refusal as refusal:
        raise TrialRefused(_words(refusal)) from None
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _words(refusal: Refusal) -> str:
    reasons = refusal.reasons if isinstance(refusal, Blocked) else ()
    return " ".join([sentence(refusal), *map(say, reasons)])
