"""The desk every deed is done at: the session, who acts, when, and the tools at hand."""

import datetime as dt
import secrets
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from adapters.crypto import Vault
from adapters.storage import Shelf
from models.audit import AuditLine
from models.messages import Message
from models.outbox import Errand
from rules.errors import NotPermitted
from rules.message_kinds import check_told
from rules.messages import next_digest
from rules.permits import ANYWHERE, Actor, Permit, Place, may


@dataclass(frozen=True)
class Desk:
    """What a deed needs besides its subject; deeds never commit, the owner of the session does."""

    session: Session
    actor: Actor
    now: dt.datetime
    vault: Vault
    shelf: Shelf

    def require(self, permit: Permit, place: Place = ANYWHERE) -> None:
        """Raise ``NotPermitted`` unless the actor holds ``permit`` at ``place``."""
        if not may(self.actor, permit, place):
            raise NotPermitted("Your role does not allow this here. Nothing was changed.")

    def record(self, deed: str, thing: str, **detail: object) -> None:
        """Write the audit line of a deed into its own transaction."""
        self.session.add(
            AuditLine(
                at=self.now,
                account_id=self.actor.account_id,
                deed=deed,
                thing=thing,
                detail=detail,
            )
        )

    def send(self, kind: str, *, after: dt.timedelta = dt.timedelta(0), **payload: object) -> None:
        """Put an errand into the outbox, in the deed's own transaction."""
        self.session.add(
            Errand(kind=kind, payload=payload, due_at=self.now + after, created_at=self.now)
        )

    def tell(
        self,
        account_id: int,
        kind: str,
        thing: str,
        *,
        event_id: int | None = None,
        once: str | None = None,
        **params: object,
    ) -> None:
        """Put a message into an inbox, in the deed's own transaction; its copies follow by kind.

        ``params`` are the places of the kind (``rules/message_kinds.py``), moments and dates as
        ISO text; anything else raises ``ValueError``. ``once`` is unique: what may be told
        only once. A kind of the digest waits for the next half past eight.
        """
        known = check_told(kind, params)
        message = Message(
            key=secrets.token_hex(12),
            account_id=account_id,
            kind=kind,
            thing=thing,
            event_id=event_id,
            params=params,
            once_key=once,
            in_digest=known.digest,
            created_at=self.now,
        )
        self.session.add(message)
        if known.digest:
            self.send("digest", after=next_digest(self.now) - self.now, account_id=account_id)
        else:
            self.send("deliver", message=message.key)

    def acting_as(self, actor: Actor) -> "Desk":
        """Return the same desk with somebody else at it."""
        return replace(self, actor=actor)
