"""Certificates: numbered once, issued with the awards, replaced or revoked, never reused."""

import datetime as dt
import re
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from actions.desk import Desk
from actions.honours import take_back
from actions.messages import tell_holder
from adapters.documents import certificate_pdf
from models.certificates import Certificate
from models.contests import Event
from models.craftsmen import Honour
from models.results import ResultLine
from models.settings import Setting
from rules.errors import Invalid, WrongMoment
from rules.numbering import certificate_number
from rules.permits import Permit
from rules.states import CertificateState, HonourState
from rules.terms import Award

HERE: Final = ZoneInfo("Asia/Shanghai")
TITLE = "荣誉证书"
CLOSING = "特发此证，以资鼓励。"
AWARDS = {
    Award.FIRST: "一等奖",
    Award.SECOND: "二等奖",
    Award.THIRD: "三等奖",
    Award.MERIT: "优秀奖",
}
"""A certificate is a Chinese document whatever language the site is read in."""
DIGITS = "〇一二三四五六七八九"


def issue_certificate(desk: Desk, event: Event, line: ResultLine, *, sample: bool) -> Certificate:
    """Issue the certificate of one award on behalf of the deed that awards the event."""
    person = line.entry.person
    if person is None or line.award is None:
        raise Invalid("Only a person who won an award gets its certificate.")
    year = event.contest.year
    serial = next_serial(desk, year)
    certificate = Certificate(
        number=certificate_number(year, code_of(event), serial),
        serial=serial,
        year=year,
        person_id=person.id,
        result_line_id=line.id,
        holder_name=person.name,
        title=TITLE,
        wording=wording(event, line),
        issuer=event.contest.organiser,
        issued_on=desk.now.astimezone(HERE).date(),
        is_sample=sample,
    )
    desk.session.add(certificate)
    desk.session.flush()
    desk.record("issue_certificate", f"certificate:{certificate.number}")
    return certificate


def replace_certificate(desk: Desk, certificate: Certificate, *, ground: str) -> Certificate:
    """Issue a new number for the same award; the old one says by which it was replaced."""
    event = event_of(certificate)
    desk.require(Permit.CERTIFICATE_ISSUE, event.where)
    line = certificate.result_line
    if line is None or certificate.state is not CertificateState.VALID:
        raise WrongMoment("Only a valid certificate is replaced.")
    _check_ground(ground)
    heir = issue_certificate(desk, event, line, sample=certificate.is_sample)
    certificate.replaced_by_id, certificate.ground = heir.id, ground.strip()
    certificate.move("replace")
    desk.record("replace_certificate", f"certificate:{certificate.number}", by=heir.number)
    tell_holder(
        desk, heir, "certificate_replaced", old=certificate.number, reason=certificate.ground
    )
    return heir


def revoke_certificate(desk: Desk, certificate: Certificate, *, ground: str) -> None:
    """Revoke a certificate on a ground, and with it the honour it stood for.

    Its page and the holder's page say so from this moment on.
    """
    desk.require(Permit.CERTIFICATE_ISSUE, event_of(certificate).where)
    _check_ground(ground)
    certificate.revoked_at, certificate.ground = desk.now, ground.strip()
    certificate.move("revoke")
    desk.record("revoke_certificate", f"certificate:{certificate.number}", ground=ground.strip())
    tell_holder(desk, certificate, "certificate_revoked", reason=ground.strip())
    honour = desk.session.scalars(
        select(Honour).filter_by(result_line_id=certificate.result_line_id, state=HonourState.VALID)
    ).first()
    if honour is not None:
        take_back(desk, honour, ground=ground.strip())


def render_certificate(certificate: Certificate, *, url: str) -> bytes:
    """Set the PDF of a valid certificate; ``url`` is its verification address."""
    if certificate.state is not CertificateState.VALID:
        raise WrongMoment("This certificate is not valid any more; it is not printed.")
    line = certificate.result_line
    award = AWARDS[line.award] if line and line.award else ""
    return certificate_pdf(
        {
            "number": certificate.number,
            "title": certificate.title,
            "holder": certificate.holder_name,
            "wording": certificate.wording,
            "award": award,
            "closing": CLOSING,
            "issuer": certificate.issuer,
            "date": written_date(certificate.issued_on),
            "url": url,
            "sample": "yes" if certificate.is_sample else "no",
        }
    )


def next_serial(desk: Desk, year: int) -> int:
    """Take the next serial of a year from its counter, which is locked until the commit."""
    key = f"certificate_serial:{year}"
    row = desk.session.get(Setting, key, with_for_update=True)
    if row is None:
        row = Setting(key=key, value="0", changed_at=desk.now)
        desk.session.add(row)
    serial = int(row.value) + 1
    row.value, row.changed_at = str(serial), desk.now
    desk.session.flush()
    return serial


def code_of(event: Event) -> str:
    """Return the contest part of a certificate number: 2 to 8 capital letters or digits."""
    letters = re.sub("[^A-Z0-9]", "", event.slug.upper())
    return (letters + "JN")[:8] if len(letters) < 2 else letters[:8]  # noqa: PLR2004


def event_of(certificate: Certificate) -> Event:
    """Return the event a certificate's award was won in."""
    line = certificate.result_line
    if line is None:
        raise Invalid("This certificate belongs to no event of this site.")
    return line.entry.event


def wording(event: Event, line: ResultLine) -> str:
    """Write the sentence of the certificate."""
    contest = event.contest
    return f"在{contest.name}{event.name}项目中，总成绩 {line.total} 分，列第 {line.place} 名，获"


def written_date(day: dt.date) -> str:
    """Write a date the way certificates do.

    >>> written_date(dt.date(2026, 12, 20))
    '二〇二六年十二月二十日'
    """
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_tens(day.month)}月{_tens(day.day)}日"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return words + (DIGITS[ones] if ones else "")


def _check_ground(ground: str) -> None:
    if not ground.strip():
        sentence = "Write the ground; the verification page shows it."
        raise Invalid(sentence, {"ground": [sentence]})
