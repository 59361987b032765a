"""Signing up: a form, the same answer for everybody, and the link that confirms it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from digest.model import Newsletter
from digest.upkeep.feedback import take_in_refusal
from digest.web.public import confirming
from digest.web.public.afterwards import Job
from digest.web.public.visit import TEMPLATES, Visit, title_of
from digest.web.serving.limits import mailbox_of, refused
from digest.web.serving.request import address_of, household_of
from digest.wiring.transport import at_once
from subscribers import address as addresses
from subscribers import consent, lists
from subscribers.address import EmailAddress
from subscribers.consent import SignUpOutcome
from subscribers.errors import ConfirmationStale, InvalidAddress, NotAllowed
from subscribers.model import Evidence
from subscribers.signed_links import Purpose

TRAP = "website"
"""A field that people don't see: who fills it in is a machine."""

LONGEST_NAME = 100


def form(visit: Visit) -> Response:
    """Show the form of one list."""
    newsletter, key = _asked(visit)
    return _form(visit, newsletter, key)


def sign_up(visit: Visit) -> Response:
    """Take a sign-up; what becomes of it is seen by nobody but the address's owner.

    Whether somebody is on the list, was, or may never be: the answer is the same and comes as soon, for
    all of it happens afterwards.
    """
    newsletter, key = _asked(visit)
    limit, who = visit.gate.sign_ups, household_of(visit.request)
    if not limit.take(who, now=visit.now):
        raise refused("Too many sign-ups from here.", limit.wait(who, now=visit.now))
    name = visit.form.get("name", "").strip()[:LONGEST_NAME]
    typed = visit.form.get("email", "").strip()
    try:
        address = addresses.normalize(typed)
    except InvalidAddress:
        return _form(visit, newsletter, key, problem="address", typed=typed[:320], name=name)
    mailbox = mailbox_of(address.canonical)
    if not visit.form.get(TRAP) and visit.gate.mails.take(mailbox, now=visit.now):
        job = asking(visit, newsletter, key, address, name=name, source=f"/signup/{key}")
        if not visit.gate.all_mails.take("", now=visit.now) or not visit.gate.mailer.post(job):
            raise HTTPException(503, "There is too much to do right now. Try again in a few minutes.")
    return RedirectResponse(visit.below(f"/signup/{key}/sent"), 303)


def sent(visit: Visit) -> Response:
    """Tell everybody the same: look into your mailbox."""
    newsletter, key = _asked(visit)
    return visit.page("asked.html", title=title_of(visit.desk, key), newsletter=newsletter)


def embed(visit: Visit) -> Response:
    """Show the form as HTML to paste into another site."""
    _, key = _asked(visit)
    site = visit.desk.newsroom.site
    title = title_of(visit.desk, key)
    action, agreement = f"{site.url}/signup/{key}", _agreement(visit, title)
    snippet = visit.text("snippet.html", action=action, title=title, trap=TRAP, agreement=agreement)
    return visit.page("embed.html", title=title, snippet=snippet, key=key)


def confirmation(visit: Visit) -> Response:
    """Show what the button will do; scanners follow links, so that nothing happens yet."""
    claim = visit.claim(Purpose.CONFIRM)
    if claim is None:
        return _stale(visit)
    title = title_of(visit.desk, claim.mailing_list)
    return visit.page("confirm.html", title=title, yes=visit.text("yes.txt", title=title))


def confirm(visit: Visit) -> Response:
    """Make the sign-up a subscription; a second time changes nothing."""
    claim = visit.claim(Purpose.CONFIRM)
    if claim is None or claim.requested_at is None:
        return _stale(visit)
    title = title_of(visit.desk, claim.mailing_list)
    words = visit.text("yes.txt", title=title)
    evidence = Evidence(words=words, source=confirming.CONFIRM_PATH, ip=address_of(visit.request))
    try:
        consent.confirm(
            visit.desk.newsroom.people,
            claim.subscriber,
            claim.mailing_list,
            claim.requested_at,
            evidence,
            now=visit.now,
        )
    except (ConfirmationStale, NotAllowed):
        return _stale(visit)
    token = visit.desk.newsroom.signer.preferences(claim.subscriber)
    return visit.page("confirmed.html", title=title, preferences=visit.below(f"/p/{token}"))


def asking(
    visit: Visit, newsletter: Newsletter, key: str, address: EmailAddress, *, name: str, source: str
) -> Job:
    """Return the job that stores a sign-up and sends its mail, if one may go to this address."""
    desk, now = visit.desk, visit.now
    title, language = title_of(desk, key), visit.words.language
    evidence = Evidence(words=_agreement(visit, title), source=source, ip=address_of(visit.request))
    kept: list[confirming.Confirmation] = []

    def job() -> bool:
        if not kept:
            people = desk.newsroom.people
            lists.ensure(people, key, now=now)
            found = consent.sign_up(people, address.address, key, evidence, now=now, name=name)
            if found.outcome is not SignUpOutcome.CONFIRM:
                return True
            kept.append(
                confirming.written(
                    found,
                    newsletter,
                    TEMPLATES,
                    title=title,
                    site=desk.newsroom.site,
                    signer=desk.newsroom.signer,
                    language=language,
                    now=now,
                )
            )
        return confirming.send(
            kept[0],
            lambda: at_once(desk.newsroom.settings),
            lambda reference, reason: take_in_refusal(desk.newsroom, reference, reason, now=now),
        )

    return job


def _asked(visit: Visit) -> tuple[Newsletter, str]:
    """Return the list of the address and the newsletter that sends to it.

    Raises:
        HTTPException: no newsletter does.
    """
    key = str(visit.request.path_params["list"])
    for newsletter in visit.desk.newsletters.values():
        if key in newsletter.lists:
            return newsletter, key
    raise HTTPException(404)


def _form(
    visit: Visit, newsletter: Newsletter, key: str, *, problem: str = "", typed: str = "", name: str = ""
) -> Response:
    title = title_of(visit.desk, key)
    return visit.page(
        "signup.html",
        code=422 if problem else 200,
        title=title,
        agreement=_agreement(visit, title),
        newsletter=newsletter,
        key=key,
        trap=TRAP,
        problem=problem,
        typed=typed,
        name=name,
    )


def _agreement(visit: Visit, title: str) -> str:
    """Return the words that a sign-up agrees to, as the form shows them."""
    return visit.text("agreement.txt", title=title)


def _stale(visit: Visit) -> Response:
    """Return the one page for every confirm link that does nothing."""
    return visit.page("stale.html", code=404)
