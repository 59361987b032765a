"""What stands in the way of a draft: errors block its approval, warnings want to be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from starlette.responses import Response

from digest.day import readership, subject_tests
from digest.editions.bookings import missing
from digest.editions.display_width import displayed
from digest.editions.subjects import MAX_PREHEADER, MAX_SUBJECT, MIN_PREHEADER, echoes
from digest.model import Edition
from digest.model.blocks import Booking
from digest.rendering.checks import findings as faults
from digest.rendering.checks import own_templates
from digest.rendering.checks.mail import check_message
from digest.rendering.letter.richtext import linked
from digest.rendering.prose import holds_login
from digest.selection.window import send_time
from digest.transports.mime import build
from digest.web.desk.checking.telling import told
from digest.web.desk.letter.findings import Finding, login_told
from digest.web.desk.letter.findings import findings as letter_findings
from digest.web.desk.together import talk
from digest.web.desk.views import CLIPPED_BYTES, ROOM_BYTES, address
from digest.web.serving.request import Ask
from digest.wiring import sender_dns
from digest.words.speaking import in_quotes, number, retold, say


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, errors first."""

    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return what blocks the approval."""
        return tuple(one for one in self.findings if one.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what wants a tick."""
        return tuple(one for one in self.findings if not one.is_error)


def checks(ask: Ask) -> Response:
    """Show the findings, each leading to its field."""
    edition = ask.desk.edition(ask.key)
    rendered = ask.desk.rendered(edition)
    return ask.page(
        "checks.html",
        edition=edition,
        newsletter=ask.desk.newsletters[edition.key.newsletter],
        address=address(edition),
        checked=check(ask, edition),
        size=len(rendered.html.encode()),
        room=ROOM_BYTES,
        leaves=sender_dns.leaves(ask.desk.loaded.settings),
    )


def check(ask: Ask, edition: Edition, *, with_sender: bool = True) -> Checked:
    """Return what the desk itself can see of a draft, and all that `digest check` sees of its mail.

    Args:
        with_sender: the sender's DNS records too, where mail leaves this machine; may take seconds.
    """
    found = [*_lines(edition), *_stories(ask, edition), *letter_findings(edition), *_mail(ask, edition)]
    found += _booked(edition, ask.desk.newsroom.database.bookings.of_day(edition.key))
    found += talk.findings(edition, ask.desk.newsroom.database.talks.comments(edition.key))
    parts = readership.of(ask.desk.parts(edition.key.newsletter), edition.key)
    found += told(edition, subject_tests.doubts(parts, edition))
    if with_sender:
        newsletter = ask.desk.newsletters[edition.key.newsletter]
        found += told(edition, ask.desk.sender_records.findings(newsletter, now=ask.now))
    return Checked(tuple(sorted(found, key=lambda one: not one.is_error)))


def _booked(edition: Edition, bookings: Iterable[Booking]) -> list[Finding]:
    names = [one.block.source for one in missing(edition, bookings)]
    told = [
        say("The advertisement of %(name)s is booked for this day and is not in it.", name=name)
        for name in names
    ]
    return [Finding(text, is_error=False) for text in told]


def _lines(edition: Edition) -> list[Finding]:
    found = []
    subject, preheader = displayed(edition.subject), displayed(edition.preheader)
    if subject > MAX_SUBJECT:
        text = say(
            "The subject has %(count)s characters; inboxes cut it after %(most)s. Shorten it.",
            count=subject,
            most=MAX_SUBJECT,
        )
        found.append(Finding(text, is_error=False, field="subject"))
    second = displayed(edition.subject_b)
    if second > MAX_SUBJECT:
        text = say(
            "The second subject has %(count)s characters; inboxes cut it after %(most)s. Shorten it.",
            count=second,
            most=MAX_SUBJECT,
        )
        found.append(Finding(text, is_error=False, field="subject_b"))
    if preheader < MIN_PREHEADER:
        text = say(
            "The preheader has %(count)s characters; the inbox fills up with the mail’s first words. "
            "Write more.",
            count=preheader,
        )
        found.append(Finding(text, is_error=False, field="preheader"))
    elif preheader > MAX_PREHEADER:
        text = say(
            "The preheader has %(count)s characters; inboxes cut it after %(most)s. Shorten it.",
            count=preheader,
            most=MAX_PREHEADER,
        )
        found.append(Finding(text, is_error=False, field="preheader"))
    if edition.preheader and echoes(edition.subject, edition.preheader):
        text = say("The preheader says what the subject says already. Say something else.")
        found.append(Finding(text, is_error=False, field="preheader"))
    return found


def _stories(ask: Ask, edition: Edition) -> list[Finding]:
    gone = {
        seen.article.id
        for seen in ask.desk.articles.load([item.article for item in edition.items])
        if seen.gone_at is not None
    }
    found = []
    seen_headlines: set[str] = set()
    for item in edition.items:
        field = f"headline-{item.article}"
        if item.article in gone:
            text = say(
                "The page of “%(story)s” is gone. Drop the story or find its new address.",
                story=item.headline,
            )
            found.append(Finding(text, is_error=True, field=field))
        if not item.blurb.sentences:
            text = say("“%(story)s” has no blurb. Write one, or leave it a headline.", story=item.headline)
            found.append(Finding(text, is_error=False, field=f"blurb-{item.article}"))
        if any(map(holds_login, (item.url, *linked(item.blurb.text)))):
            text = login_told(in_quotes(item.headline))
            found.append(Finding(text, is_error=True, field=f"blurb-{item.article}"))
        if item.headline.casefold() in seen_headlines:
            text = say("“%(story)s” stands there twice. Drop one, or rewrite it.", story=item.headline)
            found.append(Finding(text, is_error=False, field=field))
        seen_headlines.add(item.headline.casefold())
        found += [
            Finding(
                say("“%(story)s”: %(what)s", story=item.headline, what=retold(warning)),
                is_error=False,
                field=f"blurb-{item.article}",
            )
            for warning in item.blurb.warnings
        ]
    return found


def _mail(ask: Ask, edition: Edition) -> list[Finding]:
    minimum = ask.desk.newsletters[edition.key.newsletter].minimum_items
    found = []
    if len(edition.items) < minimum and not edition.key.slot:
        text = say(
            "%(count)s of at least %(least)s stories are in. Add more.",
            count=len(edition.items),
            least=minimum,
        )
        found.append(Finding(text, is_error=True, field="sections"))
    rendered = ask.desk.rendered(edition)
    size = len(rendered.html.encode())
    if size >= CLIPPED_BYTES:
        found.append(
            Finding(
                say(
                    "The mail has %(size)s bytes; Gmail cuts it off at %(most)s. Drop a story.",
                    size=number(size),
                    most=number(CLIPPED_BYTES),
                ),
                is_error=True,
            )
        )
    if "%%unsubscribe_url%%" not in rendered.html or "%%unsubscribe_url%%" not in rendered.text:
        found.append(
            Finding(
                say(
                    "The mail has no link to unsubscribe. Choose another template, or tell whoever made it."
                ),
                is_error=True,
            )
        )
    settings = ask.desk.newsroom.settings
    own = own_templates.findings(settings.site.templates, settings.newsletters)
    return [*found, *told(edition, [*own, *_looked_at(_message(ask, edition))])]


def _message(ask: Ask, edition: Edition) -> bytes:
    """Return the whole mail as a reader would get it, headers included; the same for the same rendering."""
    parts = ask.desk.parts(edition.key.newsletter)
    reader = ask.desk.newsroom.reader(edition.key, None)
    head = parts.sending.letterhead(send_time(parts.newsletter.schedule, edition.key.day))
    template = build(head, ask.desk.rendered(edition), edition.key)
    return template.join(reader, parts.sending.personalizer.values(reader))


@lru_cache(maxsize=16)
def _looked_at(message: bytes) -> tuple[faults.Finding, ...]:
    """Return what `digest check` says of the mail; SpamAssassin, which takes seconds, is left to it."""
    return check_message(message, with_spam=False)
