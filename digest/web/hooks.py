"""What mail providers post to us: proved by their signature, kept in the database, judged after."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest.errors import BadData
from digest.settings.schema import Settings
from digest.transports.reports import brevo, mailgun, postmark, sns
from digest.transports.reports.posts import (
    MAX_BODY_BYTES,
    MAX_SINGLE_BYTES,
    Proof,
    SignatureInvalid,
    Verifier,
    by_password,
    by_token,
)
from digest.transports.sendgrid.events import SIGNATURE_HEADER, TIMESTAMP_HEADER, EventVerifier
from digest.upkeep.hook_posts import BREVO, MAILGUN, POSTMARK, PROVIDERS, SENDGRID, SES
from digest.upkeep.proofs import Proofs
from digest.web.serving.request import body_of
from digest.web.serving.state import Desk

log = logging.getLogger(__name__)


def verifiers_of(settings: Settings, fetch: sns.Fetch) -> Mapping[str, Verifier]:
    """Return what proves the posts of each provider that the settings name.

    Args:
        fetch: gets Amazon's certificates, and confirms subscriptions.

    Raises:
        ConfigurationError: SendGrid's key is none.
    """
    hooks, found = settings.hooks, dict[str, Verifier]()
    if settings.desk.sendgrid_key:
        found[SENDGRID] = by_sendgrids_key(settings.desk.sendgrid_key)
    if hooks.ses is not None:
        found[SES] = sns.Verifier(hooks.ses.topics, fetch)
    if hooks.postmark is not None:
        word = hooks.postmark.password.get_secret_value()
        found[POSTMARK] = by_password(postmark.NAME, hooks.postmark.username, word)
    if hooks.mailgun is not None:
        found[MAILGUN] = mailgun.by_key(hooks.mailgun.signing_key.get_secret_value())
    if hooks.brevo is not None:
        token, word = hooks.brevo.token.get_secret_value(), hooks.brevo.password.get_secret_value()
        is_by_token = bool(token)
        found[BREVO] = (
            by_token(brevo.NAME, token)
            if is_by_token
            else by_password(brevo.NAME, hooks.brevo.username, word)
        )
    return found


def by_sendgrids_key(public_key: str) -> Verifier:
    """Return what proves SendGrid's posts.

    Raises:
        ConfigurationError: it is no key.
    """
    verifier = EventVerifier(public_key)

    def verify(body: bytes, headers: Mapping[str, str], now: datetime) -> Proof:
        signature, timestamp = (
            headers.get(SIGNATURE_HEADER.lower(), ""),
            headers.get(TIMESTAMP_HEADER.lower(), ""),
        )
        verifier.verify(body, signature=signature, timestamp=timestamp, now=now)
        return Proof()

    return verify


async def provider(request: Request) -> Response:
    """Keep a provider's events, to be judged; the same ones again change nothing."""
    name = request.path_params["provider"]
    verify: Verifier | None = request.app.state.hooks.get(name)
    if verify is None:
        raise HTTPException(404)
    most = MAX_BODY_BYTES if name in (SENDGRID, BREVO) else MAX_SINGLE_BYTES
    body = await body_of(request, most=most, problem=None)
    headers = {key.lower(): value for key, value in request.headers.items()}
    await run_in_threadpool(_take, request, name, verify, body, headers)
    return Response(status_code=204)


def _take(request: Request, name: str, verify: Verifier, body: bytes, headers: Mapping[str, str]) -> None:
    desk: Desk = request.app.state.desk
    proofs: Proofs = request.app.state.hook_proofs
    now = desk.clock()
    try:
        proof = verify(body, headers, now)
        if proof.holds_events:
            PROVIDERS[name].read(body, now)
    except SignatureInvalid as error:
        log.warning("%s", error)
        proofs.refused(name, str(error), now=now)
        # Amazon and others send a name and password only where they are asked for them.
        asks = {"www-authenticate": 'Basic realm="hooks"'} if "authorization" not in headers else None
        is_asked = name in (POSTMARK, BREVO) and asks is not None
        raise HTTPException(401 if is_asked else 403, "The signature is not good.", asks) from error
    except BadData as error:
        proofs.refused(name, "it holds no events that can be read.", now=now)
        raise HTTPException(400, "This is no list of events.") from error
    except OSError as error:
        log.warning("a post of %s could not be proved: %s", name, error)
        proofs.refused(name, "what proves it can't be fetched.", now=now)
        raise HTTPException(503, "It can't be proved now.") from error
    if proof.confirm:
        _confirm(request.app.state.hook_fetch, proof.confirm)
    if not proof.holds_events:
        return
    # The provider waits ten seconds for an answer: it is kept now, and judged after.
    if not desk.newsroom.database.hook_posts.keep(name, body, now=now, token=proof.token):
        raise HTTPException(403, "The signature is not good.")
    proofs.good(name, now=now)
    desk.judge.wake()


def _confirm(fetch: Callable[[str], bytes], url: str) -> None:
    try:
        fetch(url)
    except OSError as error:
        log.warning("a subscription could not be confirmed: %s", error)
        raise HTTPException(503, "It can't be confirmed now.") from error
    log.info("a subscription of a topic was confirmed")


routes = [Route("/hooks/{provider}", provider, methods=["POST"])]
