"""The mail that the sending benchmarks send: an edition of ordinary size, for readers as they come."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime

from digest.model import Batch, Delivery, EditionKey, Letterhead, Mailbox, RenderedEdition, Variant

KEY = EditionKey("morning", date(2026, 11, 23))
LETTERHEAD = Letterhead(
    sender=Mailbox("Harbour Daily", "morning@harbour.example"),
    list_id="morning.harbour.example",
    sent_at=datetime(2026, 11, 23, 3, 30, tzinfo=UTC),
    domain="harbour.example",
    reply_to=Mailbox("", "desk@harbour.example"),
    archive_url="https://harbour.example/archive",
    help_url="https://harbour.example/help",
    categories=("morning",),
)

_TEXT = (
    "the harbor council met on Monday to hear how repairs of both ferry ramps went and what they cost "
    "while engineers from the yard said that traffic would be back before the weekend and rain was expected"
)
_WORDS = _TEXT.split()
_FIRST = ("Ann", "Amina", "John", "Zoë", "Wanjiku", "Peter", "Sean", "Fatuma", "Mary", "José")
_LAST = ("Otieno", "Smith", "O'Brien", "Müller", "Kamau", "Hassan", "Brown", "Njoroge", "Mwangi", "Lee")


def edition(html_bytes: int = 45_000) -> RenderedEdition:
    """Return a rendering of about `html_bytes`, most of it inlined styles and links, as in real ones."""
    chance = random.Random(3)
    stories: list[str] = []
    lines: list[str] = []
    size = 0
    while size < html_bytes:
        blurb = " ".join(chance.choices(_WORDS, k=45)) + "."
        url = f"https://harbour.example/{'-'.join(chance.choices(_WORDS, k=6))}"
        story = (
            '<tr><td style="padding:16px 24px;font-family:Georgia,serif;font-size:17px;line-height:26px;'
            f'color:#1f1d1a"><h3 style="margin:0 0 6px;font-size:21px;line-height:28px"><a href="{url}" '
            f'style="color:#1f1d1a;text-decoration:none">{blurb[:60]}</a></h3>\n'
            f'<p style="margin:0;font-size:17px">{blurb} — “{blurb[:80]}”</p></td></tr>\n'
        )
        stories.append(story)
        lines.append(f"{blurb[:60]}\n{blurb}\n{url}\n")
        size += len(story)
    links = "".join(
        f'<a href="%%{token}%%" style="color:#6b6459">{token}</a> '
        for token in ("unsubscribe_url", "preferences_url", "view_url")
    )
    html = (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Morning</title></head><body>"
        f"<p>Good morning, %%name%%.</p><table>\n{''.join(stories)}</table><p>{links}</p></body></html>"
    )
    text = (
        "Good morning, %%name%%.\n\n" + "\n".join(lines) + "\nUnsubscribe: %%unsubscribe_url%%\n"
        "Preferences: %%preferences_url%%\nRead on the site: %%view_url%%\n"
    )
    content_hash = hashlib.sha256((html + text).encode()).hexdigest()
    return RenderedEdition(Variant(), "Both ramps of the ferry are repaired", html, text, content_hash)


def batches(count: int, size: int, rendered: RenderedEdition) -> list[Batch]:
    """Return `count` readers in batches; one name in four needs escaping or encoding."""
    return list(batches_of(count, size, rendered))


def batches_of(count: int, size: int, rendered: RenderedEdition) -> Iterator[Batch]:
    """Yield the same batches, each made when it is asked for."""
    for at in range(0, count, size):
        deliveries = tuple(map(_delivery, range(at, min(at + size, count))))
        yield Batch(LETTERHEAD, rendered, deliveries, tuple(map(_values, deliveries)))


def _delivery(number: int) -> Delivery:
    mark = hashlib.sha256(str(number).encode()).hexdigest()
    first = _FIRST[number % 10]
    name = f"{first} {_LAST[number // 10 % 10]}"
    address = first.lower().encode("ascii", "replace").decode("ascii").replace("?", "o")
    return Delivery(
        KEY,
        mark[:22],
        f"{address}.{number}@mail.example",
        name,
        Variant(),
        1,
        f"12-{number}-1-{mark[:9]}",
        "morning",
    )


def _values(delivery: Delivery) -> dict[str, str]:
    mark = delivery.subscriber * 3
    return {
        "name": delivery.name,
        "unsubscribe_url": f"https://harbour.example/u/{mark[:48]}",
        "preferences_url": f"https://harbour.example/p/{mark[:40]}",
        "view_url": f"https://harbour.example/v/{mark[:44]}",
    }
