"""An edition that nobody approved in time does not go out; somebody is told, once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime

import httpx

from digest.errors import DigestError
from digest.house import House
from digest.model import Approval, Edition, EditionState, RenderedEdition, Variant
from digest.model.desk import AuditEntry
from digest.selection.window import deadline
from digest.web.state import Access, Desk
from digest.web.testsend import TestMail, send

log = logging.getLogger(__name__)

MISSED = "missed its deadline"
PING_TIMEOUT_S = 10.0


def ring(desk: Desk, *, now: datetime, ping: Callable[[str], None] | None = None) -> int:
    """Tell of every edition that missed its deadline unapproved, by mail and ping; return how many.

    The audit log remembers whom it was told of, so each is told once, whoever looks.
    """
    told = 0
    for key in desk.newsletters:
        house = desk.house(key)
        for edition in desk.editions.listed(key, limit=3):
            if is_missed(edition, house, now) and not _is_told(desk, edition):
                _tell(desk, house, edition, now, ping or _ping)
                told += 1
    return told


def is_missed(edition: Edition, house: House, now: datetime) -> bool:
    """Tell whether the edition waits for an approval that would come too late."""
    latest = deadline(house.newsletter.schedule, edition.key.day)
    is_waiting = edition.state is EditionState.DRAFT and house.newsletter.approval is Approval.REQUIRED
    return is_waiting and latest is not None and now >= latest


def _is_told(desk: Desk, edition: Edition) -> bool:
    return any(entry.action == MISSED for entry in desk.audit_log.entries(edition=str(edition.key)))


def _tell(desk: Desk, house: House, edition: Edition, now: datetime, ping: Callable[[str], None]) -> None:
    said = f"{edition.key} was not approved before its deadline. Nothing was sent, and nothing will be."
    log.error("%s", said)
    # Before the mail: told once at most, though a mail that can't leave is lost. The log has it.
    desk.audit_log.add(
        AuditEntry(now, "desk", MISSED, str(edition.key), edition.revision, detail="nothing was sent")
    )
    access: Access = desk.access
    if access.alerts:
        page = f"{access.url}/desk/editions/{edition.key.newsletter}/{edition.key.day}"
        mail = TestMail(edition.key, _written(desk, said, page), house.letterhead(now), house.personalizer)
        try:
            for one in send(access.alerts, mail, house.transport, now=now):
                if not one.is_sent:
                    log.error("the alarm to %s did not leave: %s", one.address, one.reason)
        except DigestError as error:
            log.warning("the alarm did not leave: %s", error)
    if access.ping:
        ping(access.ping)


def _written(desk: Desk, said: str, page: str) -> RenderedEdition:
    subject = f"Not sent: {said.partition(' was ')[0]}"
    text = f"{said}\n\n{page}\n"
    body = desk.pages.render("alarm.html", {"subject": subject, "said": said, "page": page})
    return RenderedEdition(Variant(), subject, body, text, hashlib.sha256(text.encode()).hexdigest())


def _ping(url: str) -> None:
    try:
        httpx.post(url, timeout=PING_TIMEOUT_S)
    except httpx.HTTPError as error:
        log.warning("the ping did not arrive: %s", type(error).__name__)
