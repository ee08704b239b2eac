"""Announcements to entrants: who is meant, which placeholders there are, ready-made texts.

Placeholders stand in braces, ``{name}``; whatever else stands in braces is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rules.errors import Invalid
from rules.privacy import Leak, leak_scan
from rules.states import EntryState
from rules.terms import Audience

PLACEHOLDERS: Final = ("name", "event", "contest", "pass_no", "held_on", "closes")
ONLY_ACCEPTED: Final = "pass_no"
LONGEST_SUBJECT: Final = 60
LONGEST_BODY: Final = 1000
REACHES: Final[Mapping[Audience, frozenset[EntryState]]] = {
    Audience.ACCEPTED: frozenset({EntryState.ACCEPTED}),
    Audience.RETURNED: frozenset({EntryState.RETURNED}),
    Audience.DRAFTS: frozenset({EntryState.DRAFT}),
    Audience.EVERYONE: frozenset(EntryState) - {EntryState.REJECTED, EntryState.WITHDRAWN},
    Audience.ONE: frozenset(EntryState) - {EntryState.DRAFT, EntryState.WITHDRAWN},
}
"""Entries by state; who withdrew is written to no more."""
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_NUMBERS: Final = frozenset({Leak.ID_NUMBER, Leak.OLD_ID_NUMBER, Leak.BANK_CARD})


@dataclass(frozen=True)
class BuiltIn:
    """A text every office starts with; it is Chinese whatever language the site is read in."""

    name: str
    audience: Audience
    subject: str
    body: str


BUILT_IN: Final = (
    BuiltIn(
        "赛前须知",
        Audience.ACCEPTED,
        "{event}赛前须知",
        "{name}，你好！{contest}{event}将于{held_on}举行，你的参赛证号是 {pass_no}。\n"
        "请带好身份证和参赛证，提前 30 分钟到场检录；迟到超过规定时间不能入场。"
        "工装、劳保鞋请自备，量具和工具按竞赛规程携带。\n"
        "祝你赛出好成绩！",
    ),
    BuiltIn(
        "地点或时间变更",
        Audience.ACCEPTED,
        "{event}安排有变，请留意",
        "{name}，你好！{contest}{event}的安排有变：（请写明新的时间、地点和原因）。\n"
        "你的参赛证号 {pass_no} 不变，已下载的参赛证继续有效。给你带来不便，十分抱歉。",
    ),
    BuiltIn(
        "催交报名",
        Audience.DRAFTS,
        "{event}报名还没提交",
        "{name}，你好！你在{contest}{event}的报名还是草稿，报名将于 {closes} 截止。\n"
        "已填的内容都为你留着，登录后接着填完提交即可。需要帮忙，请给竞赛办打电话。",
    ),
    BuiltIn(
        "催补材料",
        Audience.RETURNED,
        "{event}报名材料待补",
        "{name}，你好！你在{contest}{event}的报名还差几处要补，名额仍为你保留。\n"
        "请登录查看审核意见，在 {closes} 之前补好再次提交。",
    ),
    BuiltIn(
        "一般通知",
        Audience.EVERYONE,
        "{event}通知",
        "{name}，你好！关于{contest}{event}，现通知如下：\n（请写明通知内容）",
    ),
)


def check_text(subject: str, body: str, audience: Audience | None = None) -> None:
    """Refuse an empty or long text, an unknown placeholder, a number nobody should be sent.

    Raises ``Invalid`` with the field that is wrong.
    """
    faults: dict[str, list[str]] = {}
    for field, text, longest in (
        ("subject", subject, LONGEST_SUBJECT),
        ("body", body, LONGEST_BODY),
    ):
        found = _fault(text, longest, audience)
        if found:
            faults[field] = [found]
    if faults:
        raise Invalid("The message was not saved.", faults)


def _fault(text: str, longest: int, audience: Audience | None) -> str:
    if not text.strip():
        return "Write the subject and the text."
    if len(text) > longest:
        return "This is too long: a subject has up to 60 characters, a text up to 1000."
    if strange(text):
        return (
            "Something in braces is no placeholder. There are {name}, {event}, {contest}, "
            "{pass_no}, {held_on} and {closes}."
        )
    wants_pass = f"{{{ONLY_ACCEPTED}}}" in text
    if wants_pass and audience not in (None, Audience.ACCEPTED, Audience.ONE):
        return "{pass_no} is only known of accepted entrants. Leave it out, or write to them alone."
    if any(finding.leak in _NUMBERS for finding in leak_scan(text)):
        return "The text holds an ID number or a bank card. Take it out: messages travel openly."
    return ""


def strange(text: str) -> tuple[str, ...]:
    """List what stands in braces without being a placeholder, and braces that stand alone.

    >>> strange("{name}：{phone}"), strange("{name}，{"), strange("{event}")
    (('{phone}',), ('{',), ())
    """
    unknown = [f"{{{word}}}" for word in _BRACES.findall(text) if word not in PLACEHOLDERS]
    left = _BRACES.sub("", text)
    return (*unknown, *(brace for brace in "{}" if brace in left))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; a placeholder without one stays, and no value is read as one again.

    >>> fill("{name}，{event}", {"name": "{event}", "event": "焊工"})
    '{event}，焊工'
    """
    return _BRACES.sub(lambda match: values.get(match[1], match[0]), text)
