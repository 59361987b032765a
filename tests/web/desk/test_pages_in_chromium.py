"""Every page as people meet it: readable by all, no wider than the screen, hostile text inert."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from digest.day import job
from digest.model import DeliveryState, EventKind, MailEvent
from tests.journeys.desk import Folder
from tests.rendering.checks.node import module
from tests.web.desk.desk_page import DeskPage, logged_in, tab
from tests.web.desk.letter.full_draft import a_full_draft
from tests.web.newsroom import KEY, PAGE, SEND_TIME, Open, at_work, written

pytestmark = pytest.mark.chromium

PAGES = {
    "today": "/desk",
    "edition": PAGE,
    "checks": f"{PAGE}/checks",
    "approve": f"{PAGE}/approve",
    "results": f"{PAGE}/results",
    "correct": f"{PAGE}/correct",
    "look back": "/desk/look-back/morning?q=ferry",
    "articles": "/desk/look-back/morning/articles?q=ferry",
    "one of the past": f"/desk/look-back/morning/{KEY.day}",
    "all of the past": "/desk/look-back/morning",
    "leave out": f"{PAGE}/leave-out",
    "looks": "/desk/looks",
    "bookings": "/desk/bookings",
    "a new booking": "/desk/bookings/morning",
    "team": "/desk/team",
    "oneself": "/desk/me",
    "a stale invitation": "/desk/welcome/none",
    "a stale link": "/desk/enter/none",
    "runs": "/desk/runs",
    "people": "/desk/people",
    "segments": "/desk/people/segments?try=1&language=en&since=2026-01-01",
    "import": "/desk/people/import",
    "no reader": "/desk/people/one/nobody",
    "log": "/desk/log",
    "settings": "/desk/settings",
    "newsletters": "/desk/newsletters",
    "a newsletter": "/desk/newsletters/morning",
    "a new newsletter": "/desk/newsletters/new",
    "a section": "/desk/newsletters/morning/sections/one?name=port",
    "a source": "/desk/newsletters/morning/sources/one?name=folder:articles",
    "a new source": "/desk/newsletters/morning/sources/new",
    "changes": "/desk/newsletters/versions",
    "error": "/desk/nowhere",
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

AXE = """() => axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations', 'incomplete'] })
  .then(found => ({
    violations: found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`),
    incomplete: found.incomplete.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`),
    undecided: found.incomplete.filter(one => one.id === 'color-contrast')
      .flatMap(one => one.nodes.map(node => node.target[0])),
  }))"""

CONTRAST = """selector => {
  const element = document.querySelector(selector);
  const parts = color => color.match(/[0-9.]+/g).map(Number);
  const isClear = color => parts(color)[3] === 0;
  const light = color => parts(color).slice(0, 3).map(one => one / 255)
    .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  let ground = element;
  while (ground && isClear(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
  const style = getComputedStyle(element);
  const ink = light(element instanceof SVGElement ? style.fill : style.color);
  const canvas = document.body;  // which the root is painted with, too: its background propagates
  const paper = light(getComputedStyle(ground ?? canvas).backgroundColor);
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}"""
"""Of a text against the first painted thing it stands in: for what axe leaves open."""

LEFT_OPEN = {
    "color-contrast": "Text in SVG, and text beside an open popover: axe sees something in between. Each is"
    " measured here against what it is painted on.",
}
"""What axe can't decide by itself, with why that is no fault."""

OPEN = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"

FULL = PAGES | {"one booking": "/desk/bookings/morning/1"}
"""What there is beside once the draft is a full one."""

BAIT = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'
HOSTILE = (
    f"Storm {BAIT}",
    "A \"quoted\" 'title' & {{ 7 * 7 }} {% raw %} %%name%%",
    "javascript:alert(1) \u202egnp.exe\u202c and \u2066more\u2069",
    "</textarea></title><svg onload=alert(1)>",
    "x" * 180,
)


def a_sent_edition(opened: Open) -> None:
    """Let the edition be edited, approved, sent, clicked, complained about."""
    with opened.client() as client:
        client.edit("headline", article=opened.edition.items[0].article, text="A headline of the desk")
    parts = opened.desk.parts("morning")
    job.approve(parts, KEY, by="amina", now=opened.clock())
    opened.clock.now = SEND_TIME
    opened.desk.courier.look_once()
    records = opened.desk.ledger.records(KEY, [DeliveryState.SENT])
    url, later = opened.edition.items[0].url, SEND_TIME + timedelta(hours=1)
    events = [
        MailEvent(f"c{number}", EventKind.CLICKED, record.reference, SEND_TIME, url=url)
        for number, record in enumerate(records[:3])
    ]
    events.append(MailEvent("s", EventKind.COMPLAINED, records[0].reference, later))
    opened.desk.ledger.record_events(events)


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_is_wider_than_its_screen(chromium: Browser, opened: Open, width: int) -> None:
    wide = {}
    with tab(chromium, opened, width=width, is_still=True) as desk:
        for state in ("draft", "sent"):
            if state == "sent":
                a_sent_edition(opened)
            for name, path in PAGES.items():
                desk.go(path)
                desk.page.evaluate(OPEN)
                reach = desk.page.evaluate(
                    "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
                )
                if reach > width:
                    wide[state, name] = reach

    assert wide == {}


TORN = """() => {
  const torn = [];
  for (const cell of document.querySelectorAll('table th, table td')) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/[\\p{L}\\p{N},.]+/gu)) {
      const range = document.createRange();
      range.setStart(walk.currentNode, word.index);
      range.setEnd(walk.currentNode, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].filter(one => one.width > 1).map(one => one.top));
      if (tops.size > 1) torn.push(word[0]);
    }
  }
  for (const box of document.querySelectorAll('.scroll'))
    if (box.scrollWidth > box.clientWidth) torn.push(`${box.scrollWidth} in ${box.clientWidth}`);
  return torn;
}"""
"""The words in tables that are broken over two lines, and the tables that must be pushed sideways."""


@pytest.mark.parametrize("width", [320, 375, 481])
def test_tables_break_no_word_and_scroll_nothing_sideways(
    chromium: Browser, opened: Open, width: int
) -> None:
    a_sent_edition(opened)
    torn = {}
    with tab(chromium, opened, width=width, is_still=True) as desk:
        for name in ("people", "runs", "results", "today"):
            desk.go(PAGES[name])
            if name == "people":
                desk.page.evaluate(
                    """() => document.querySelectorAll('.plain tbody td:not(.when)').forEach((one, at) => {
                    one.textContent = ['1,048,576', '20,480', '1,024', '65,536'][at % 4]; })"""
                )
            desk.page.evaluate(OPEN)
            if found := desk.page.evaluate(TORN):
                torn[name] = found

    assert torn == {}


@pytest.mark.node
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, opened: Open, scheme: Literal["light", "dark"], tmp_path: Path
) -> None:
    axe = (module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    violations: dict[str, list[str]] = {}
    incomplete: dict[str, list[str]] = {}
    looked_at: dict[tuple[str, str, str], float] = {}
    a_full_draft(opened)
    with tab(chromium, opened, scheme=scheme, bypass_csp=True, height=2000, is_still=True) as desk:
        for state in ("draft", "sent"):
            if state == "sent":
                a_sent_edition(opened)
            for name, path in (FULL | {"login": "/desk/login"}).items():
                if name == "login":
                    desk.page.context.clear_cookies()
                desk.go(path)
                desk.page.evaluate(OPEN)
                desk.page.evaluate(axe)
                found = desk.page.evaluate(AXE)
                violations |= {f"{state} {name}": found["violations"]} if found["violations"] else {}
                incomplete |= {f"{state} {name}": found["incomplete"]} if found["incomplete"] else {}
                for selector in found["undecided"]:
                    looked_at[state, name, selector] = desk.page.evaluate(CONTRAST, selector)
            logged_in(desk.page.context, opened)

    (tmp_path / "incomplete.json").write_text(json.dumps(incomplete, indent=1))
    assert violations == {}
    assert looked_at
    assert {where: contrast for where, contrast in looked_at.items() if contrast < 4.5} == {}
    assert {rule.partition(":")[0] for rules in incomplete.values() for rule in rules} <= set(LEFT_OPEN)


DIALOGS = {
    "picture-dialog": "#picture-chosen",
    "adding": "",
    "conflict": "",
    "login": "",
    "shortcuts": "",
}
"""The dialogs of the edition page, and what is shown in each only at work."""

SHOWN = """([name, inner]) => {
  document.querySelectorAll("dialog[open]").forEach(one => one.close());
  if (inner) document.querySelector(inner).hidden = false;
  document.getElementById(name).showModal();
}"""


@pytest.mark.node
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_any_dialog_and_none_is_wider_than_a_phone(
    chromium: Browser, opened: Open, scheme: Literal["light", "dark"]
) -> None:
    axe = (module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    violations: dict[str, list[str]] = {}
    undecided: dict[str, list[str]] = {}
    wide: dict[str, int] = {}
    with tab(chromium, opened, scheme=scheme, bypass_csp=True, height=1400, is_still=True) as desk:
        page = desk.go().page
        assert page.locator("dialog").count() == len(DIALOGS)
        page.evaluate(axe)
        for name, inner in DIALOGS.items():
            page.evaluate(SHOWN, [name, inner])
            found = page.evaluate(AXE.replace("{ exclude:", "{ include: [['dialog[open]']], exclude:"))
            violations |= {name: found["violations"]} if found["violations"] else {}
            left = [one for one in found["incomplete"] if one.partition(":")[0] not in LEFT_OPEN]
            low = [one for one in found["undecided"] if page.evaluate(CONTRAST, one) < 4.5]
            undecided |= {name: left + low} if left + low else {}
        page.set_viewport_size({"width": 320, "height": 640})
        for name, inner in DIALOGS.items():
            page.evaluate(SHOWN, [name, inner])
            reach = page.evaluate("() => document.querySelector('dialog[open]').scrollWidth")
            wide |= {name: reach} if reach > 320 else {}

    assert violations == {}
    assert undecided == {}
    assert wide == {}


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    stories = {"port": HOSTILE}
    monkeypatch.setattr("tests.web.newsroom.STORIES", stories)
    return written(tmp_path)


def test_hostile_text_and_addresses_are_inert_everywhere(chromium: Browser, hostile: Folder) -> None:
    """In the desk, its preview, and the archive; no request leaves the host: `tab` looks at every one."""
    with at_work(hostile) as opened:
        assert len(opened.edition.items) >= 4
        with opened.client() as client:
            for item in opened.edition.items:
                client.edit("blurb", article=item.article, text=f"Typed {BAIT}")
            client.edit("subject", text=f"Subject {BAIT}")
            client.edit("subject_b", text=f"Other {BAIT}")
        addressed(opened)
        with tab(chromium, opened, width=375, is_still=True) as desk:
            looks = (f"{PAGE}/preview?mode={mode}" for mode in ("desktop", "dark", "text", "plain"))
            for path in (*PAGES.values(), *looks):
                desk.go(path)
                if path == PAGE:
                    desk.page.evaluate(OPEN)
                    expect(desk.preview.locator("body")).to_contain_text("document.title")
                inert(desk, path)
            job.approve(opened.desk.parts("morning"), KEY, by="amina", now=opened.clock())
            opened.clock.now = SEND_TIME
            opened.desk.courier.look_once()
            public = ("/archive/morning", f"/archive/morning/{KEY.day}")
            for path in (f"{PAGE}/results", f"{PAGE}/correct", "/desk", *public):
                desk.go(path)
                if path in public:
                    expect(desk.page.locator("body")).to_contain_text("document.title")
                inert(desk, path)


def inert(desk: DeskPage, path: str) -> None:
    """Find nothing that could run, lead to code, or widen the page."""
    page = desk.page
    assert page.title() != "owned", path
    assert page.locator("[onerror], [onload]").count() == 0, path
    for frame in page.frames:
        frame.wait_for_load_state()
        links = frame.evaluate("() => [...document.querySelectorAll('[href]')].map(one => one.href)")
        assert not [one for one in links if one.lower().startswith(("javascript:", "data:text"))], path
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 375, path


def addressed(opened: Open) -> None:
    """Give the stories addresses that no link may have."""
    evil = (
        "javascript:document.title='owned'",
        "JaVaScRiPt:alert(1)",
        'https://x.example/"onload="alert(1)',
    )
    edition = opened.edition
    urls = dict(zip((item.article for item in edition.items), evil, strict=False))
    sections = tuple(
        replace(
            section,
            items=tuple(replace(one, url=urls.get(one.article, one.url)) for one in section.items),
        )
        for section in edition.sections
    )
    opened.desk.editions.save_draft(
        replace(edition, sections=sections), (), expected_revision=edition.revision, now=opened.clock()
    )


def test_a_link_in_the_mail_leads_nowhere_from_the_preview(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        desk.preview.locator("a[href^='https://gazette.example']").first.click(no_wait_after=True)
        desk.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

        assert desk.page.url.endswith(PAGE)
        assert len(desk.page.context.pages) == 1


def test_results_draw_their_numbers_and_give_them_as_a_table(chromium: Browser, opened: Open) -> None:
    a_sent_edition(opened)
    with tab(chromium, opened) as desk:
        desk.go(f"{PAGE}/results")

        expect(desk.page.locator(".chart svg .bar-fill")).to_have_count(len(opened.edition.items))
        expect(desk.page.locator(".chart tbody tr").first).to_contain_text("3")
        expect(desk.page.locator("main")).to_contain_text("5 of 5 sent")
        expect(desk.page.locator("[role=alert]")).to_contain_text("Complaints are over")


def test_offline_is_said_and_nothing_typed_is_lost(chromium: Browser, opened: Open) -> None:
    with tab(chromium, opened) as desk:
        desk.go()
        desk.page.context.set_offline(True)
        expect(desk.page.locator("#offline")).to_be_visible()
        desk.page.locator("#subject").fill("Typed in a tunnel")
        expect(desk.page.locator("body")).to_have_class("editing unsaved")
        desk.page.context.set_offline(False)
        expect(desk.page.locator("#offline")).to_be_hidden()
        desk.settled(2)

    assert opened.edition.subject == "Typed in a tunnel"
