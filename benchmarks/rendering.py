"""How long a variant takes to render, and one reader's values to be filled in.

    python -m benchmarks.rendering [--items 60] [--readers 20000] [--json]

Rendering is counted per template, with the calls of the inliner, the slow step. Joining is counted as the
two parts' text (what SendGrid and the preview take) and as the whole mail in bytes (what SMTP takes).
Each number is the best of five rounds: what the machine does besides only adds.
"""

from __future__ import annotations

import argparse
import html
import json
import time
from collections.abc import Callable, Mapping

from premailer import Premailer

from digest.model import Delivery, EditionKey, RenderedEdition, TokenText, Variant
from digest.rendering.renderer import Renderer
from digest.testing.builders import a_letterhead
from digest.transports import headers
from digest.transports.mime import build
from tests.rendering import editions

ROUNDS = 5
TEMPLATES = ("broadsheet", "brief", "bulletin", "gallery", "letter", "weekly")


def best(work: Callable[[], object], times: int = 1) -> float:
    """Return the seconds that one call takes, in the best round of `times` calls."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            work()
        rounds.append((time.perf_counter() - start) / times)
    return min(rounds)


def inlined(work: Callable[[], object]) -> int:
    """Return how often the inliner runs in one call."""
    calls = 0
    real = Premailer.transform

    def counted(self: Premailer, *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        return real(self, *args, **kwargs)

    Premailer.transform = counted
    try:
        work()
    finally:
        Premailer.transform = real
    return calls


def measured(items: int, readers: int) -> dict[str, float]:
    """Return each number by its name."""
    renderer = Renderer(editions.SITE)
    edition = editions.plain_edition(items)
    found: dict[str, float] = {}
    mails: dict[str, RenderedEdition] = {}
    for template in TEMPLATES:
        newsletter = editions.newsletter(template=template)

        def render(newsletter=newsletter) -> RenderedEdition:  # type: ignore[no-untyped-def]  # bound now
            return renderer.render(edition, newsletter)

        mails[template] = render()
        found[f"{template}: render, ms"] = best(render) * 1e3
        found[f"{template}: inliner calls"] = inlined(render)
        found[f"{template}: HTML, kB"] = len(mails[template].html.encode()) / 1e3
    found |= joins(mails["broadsheet"], edition.key, readers)
    return found


def joins(mail: RenderedEdition, key: EditionKey, readers: int) -> dict[str, float]:
    """Return what filling in one reader takes, in microseconds."""
    reader = Delivery(key, "r1", "wanjiru@reader.example", "Wanjiru", Variant(), 1, "x")
    values: Mapping[str, str] = {
        "name": "Wanjiru",
        "unsubscribe_url": "https://harbour.example/u/v1.8fk2-sdfkKJh3_aa.morning",
        "preferences_url": "https://harbour.example/p/v1.8fk2-sdfkKJh3_ab",
        "view_url": "https://harbour.example/v/v1.8fk2-sdfkKJh3_ac",
    }
    page, text = TokenText.split(mail.html), TokenText.split(mail.text)

    def parts() -> None:
        page.join({name: html.escape(value) for name, value in values.items()})
        text.join(values)

    template = build(a_letterhead(), mail, key)
    mailbox = headers.wire_address(reader.address)
    return {
        "join both parts, µs": best(parts, readers) * 1e6,
        "join the whole mail, µs": best(lambda: template.join(reader, values, mailbox), readers) * 1e6,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measured(given.items, given.readers)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, number in found.items():
        print(f"{name:<28} {number:10.1f}")


if __name__ == "__main__":
    main()
