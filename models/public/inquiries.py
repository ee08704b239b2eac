"""Answers of a jury that everybody may read; nothing here leads to whoever asked."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inquiries import Inquiry
from rules.states import InquiryState


@dataclass(frozen=True)
class PublicAnswer:
    """One question in its public wording, and its answer."""

    question: str
    answer: str
    at: dt.datetime


def public_answers(session: Session, event_id: int) -> list[PublicAnswer]:
    """List what the jury of an event answered for all, oldest first."""
    rows = session.execute(
        select(Inquiry.public_question, Inquiry.answer, Inquiry.closed_at)
        .where(Inquiry.event_id == event_id, Inquiry.state == InquiryState.PUBLISHED)
        .order_by(Inquiry.closed_at, Inquiry.id)
    )
    return [PublicAnswer(question, answer, at) for question, answer, at in rows if at]
