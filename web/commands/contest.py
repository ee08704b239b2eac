"""``flask contest``: rehearse an event's rules from a file; keep a finished contest as a copy."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import gettext
from sqlalchemy import select

from actions.exports import finished_events
from adapters.archives import write_folder
from models.contests import Contest
from rules.errors import Blocked, Refusal
from rules.permits import SYSTEM
from rules.trial import run_trial
from web.archives import copy_files, event_part
from web.db import db
from web.errors import say, sentence
from web.login import desk

contest = AppGroup("contest", help="Rehearse contests, keep finished ones.")


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


@contest.command("archive")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path))
def archive(slug: str, folder: Path) -> None:
    """Write the public pages of the finished contest SLUG into FOLDER, to be read anywhere."""
    at = desk(SYSTEM)
    row = at.session.scalars(select(Contest).filter_by(slug=slug)).first()
    if row is None:
        raise TrialRefused(gettext("There is no contest “%(slug)s”.", slug=slug))
    try:
        parts = [event_part(at, row, [event.id]) for event in finished_events(row)]
        files = copy_files(at, row, parts)
        write_folder(folder, files)
    except OSError:
        raise TrialRefused(gettext("%(name)s cannot be written to.", name=folder)) from None
    except Refusal as refusal:
        raise TrialRefused(_words(refusal)) from None
    at.record("copy_contest", f"contest:{row.id}")
    db.session.commit()
    click.echo(gettext("%(count)s files were written.", count=len(files)))


def _words(refusal: Refusal) -> str:
    reasons = refusal.reasons if isinstance(refusal, Blocked) else ()
    return " ".join([sentence(refusal), *map(say, reasons)])
