"""Our mails as programs of others judge them: axe, html-validate, caniemail's tables, SpamAssassin."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from digest.model import Delivery, RenderedEdition, Variant
from digest.rendering.checks import spam
from digest.testing.builders import a_letterhead
from digest.transports.mime import build
from tests.rendering import editions
from tests.rendering.browser import opened
from tests.rendering.checks import caniemail
from tests.rendering.checks.node import module, validated
from tests.rendering.samples import SAMPLES
from tests.requiring import needed

EXCEPTIONS: dict[str, str] = json.loads((Path(__file__).with_name("validation.json")).read_text())

# A mail is shown inside webmail's own page, whose landmarks are the reader's map; <main> or
# role=region in every mail of a thread would clutter it, and webmail drops or renames them anyway.
NOT_FOR_MAIL = ("landmark-one-main", "region")

AXE = """([skipped, only]) => axe.run(document, {
  ...(only.length ? {runOnly: only} : {}),
  rules: Object.fromEntries(skipped.map(name => [name, {enabled: false}])),
  resultTypes: ['violations', 'incomplete'],
}).then(found => [...found.violations, ...found.incomplete].map(
  one => `${one.id}: ${one.nodes.map(node => node.html).join(' ').slice(0, 300)}`))"""

VALUES = {
    "name": "Wanjiru",
    "unsubscribe_url": "https://harbour.example/u/v1.8fk2-sdfkKJh3_aa.morning",
    "preferences_url": "https://harbour.example/p/v1.8fk2-sdfkKJh3_ab",
    "view_url": "https://harbour.example/v/v1.8fk2-sdfkKJh3_ac",
}


def sent(rendered: RenderedEdition) -> bytes:
    """Return the mail as it would leave for one reader."""
    reader = Delivery(
        editions.plain_edition(1).key, "r1", "wanjiru@reader.example", "Wanjiru", Variant(), 1, "x"
    )
    template = build(a_letterhead(), rendered, reader.edition)
    return template.join(reader, VALUES)


@pytest.mark.node
@pytest.mark.chromium
@pytest.mark.parametrize(
    ("scheme", "only"),
    [pytest.param("light", [], id="light"), pytest.param("dark", ["color-contrast"], id="dark")],
)
def test_axe_finds_nothing_and_leaves_nothing_open(chromium: Browser, scheme: Any, only: list[str]) -> None:
    axe = (module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}

    for name, sample in SAMPLES.items():
        with opened(chromium, sample().render().html, width=375, scheme=scheme) as page:
            page.evaluate(axe)
            found[name] = page.evaluate(AXE, [list(NOT_FOR_MAIL), only])

    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.node
@pytest.mark.chromium
def test_axe_would_find_something(chromium: Browser) -> None:
    axe = (module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    spoilt = SAMPLES["full"]().render().html.replace(' lang="en"', "").replace("alt=", "data-alt=")

    with opened(chromium, spoilt, width=375) as page:
        page.evaluate(axe)
        found = page.evaluate(AXE, [list(NOT_FOR_MAIL), []])

    assert {said.partition(":")[0] for said in found} >= {"html-has-lang", "image-alt"}


@pytest.mark.node
def test_every_mail_is_valid_but_for_the_exceptions_that_mail_needs(tmp_path: Path) -> None:
    pages = {name: sample().render().html for name, sample in SAMPLES.items()}

    broken = validated(pages, dict.fromkeys(EXCEPTIONS, "off"), tmp_path)

    assert {name: rules for name, rules in broken.items() if rules} == {}


@pytest.mark.node
def test_every_exception_of_the_validator_is_needed(tmp_path: Path) -> None:
    (broken,) = validated({"full": SAMPLES["full"]().render().html}, {}, tmp_path).values()

    assert broken == set(EXCEPTIONS)
    assert all(len(reason) > 40 for reason in EXCEPTIONS.values())


@pytest.mark.node
def test_the_support_data_is_the_packages() -> None:
    module("caniemail")

    assert caniemail.written(caniemail.compact()) == caniemail.KEPT.read_text(encoding="utf-8")


@pytest.mark.spamassassin
@pytest.mark.parametrize(
    "name", ["full", "long", "brief", "bulletin", "gallery", "letter", "weekly", "arabic", "hostile"]
)
def test_spamassassin_has_little_to_say(name: str) -> None:
    needed(shutil.which(spam.PROGRAM), "SpamAssassin is not installed: apt-get install spamassassin")

    verdict = spam.score(sent(SAMPLES[name]().render()))

    assert verdict is not None
    assert verdict.score <= spam.GOOD_SCORE, verdict
