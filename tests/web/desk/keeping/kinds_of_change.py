"""Every kind of change that an editor makes to a draft, as a hand makes it, and what tells it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from digest.model import BlockKind, Edition
from tests.web.newsroom import Open


@dataclass(frozen=True)
class Made:
    """A change on its way.

    Attributes:
        is_there: tells whether an edition holds it.
        count: of changes that it is.
    """

    is_there: Callable[[Edition], bool]
    count: int = 1


@dataclass(frozen=True)
class Kind:
    """A kind of change: the hand that makes it, and what must be there first."""

    act: Callable[[Page, Open, str], Made]
    before: Callable[[Page, Open], None] | None = None


def _field(page: Page, name: str, text: str) -> None:
    page.locator(f"#{name}").evaluate(
        """(field, text) => {
          field.closest("details")?.setAttribute("open", "");
          field.focus(); field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        text,
    )


def _press(page: Page, name: str) -> None:
    page.locator(f"#{name}").dispatch_event("click")


def _line(name: str) -> Kind:
    def act(page: Page, _opened: Open, text: str) -> Made:
        _field(page, name, text)
        return Made(lambda edition: getattr(edition, name) == text)

    return Kind(act)


def _headline(page: Page, opened: Open, text: str) -> Made:
    item = opened.edition.items[0].article
    _field(page, f"headline-{item}", text)
    return Made(lambda edition: text in [one.headline for one in edition.items])


def _blurb(page: Page, opened: Open, text: str) -> Made:
    item = opened.edition.items[1].article
    _field(page, f"blurb-{item}", text)
    return Made(lambda edition: text in [one.blurb.text for one in edition.items])


def _order(page: Page, opened: Open, _text: str) -> Made:
    names = [one.article for one in opened.edition.sections[0].items]
    _press(page, f"down-{names[0]}")
    wanted = [names[1], names[0], *names[2:]]
    return Made(lambda edition: [one.article for one in edition.sections[0].items] == wanted)


def _section(page: Page, opened: Open, _text: str) -> Made:
    here, there = opened.edition.sections[:2]
    item = here.items[0].article
    page.locator(f"#to-{item}").select_option(there.key)
    return Made(lambda edition: [one.article for one in edition.sections[1].items].count(item) == 1)


def _pin(page: Page, opened: Open, _text: str) -> Made:
    item = opened.edition.sections[1].items[2]
    _press(page, f"pin-{item.article}")

    def is_there(edition: Edition) -> bool:
        return all(
            one.is_pinned is not item.is_pinned for one in edition.items if one.article == item.article
        )

    return Made(is_there)


def _drop(page: Page, opened: Open, _text: str) -> Made:
    item = opened.edition.sections[1].items[1].article
    _press(page, f"drop-{item}")
    return Made(lambda edition: item not in [one.article for one in edition.items])


def _drops(page: Page, opened: Open, _text: str) -> Made:
    items = [one.article for one in opened.edition.sections[1].items[2:4]]
    if not page.evaluate("document.body.classList.contains('compact')"):
        page.locator("#density").click()
    for item in items:
        page.locator(f"#pick-{item}").check(force=True)
    page.locator("#many-drop").click()
    return Made(lambda edition: not {*items} & {one.article for one in edition.items}, 2)


def _dropped(page: Page, opened: Open) -> None:
    item = opened.edition.sections[1].items[1].article
    _press(page, f"drop-{item}")
    expect(page.locator(f"#restore-{item}")).to_be_attached()


def _restore(page: Page, opened: Open, _text: str) -> Made:
    button = page.locator("[data-do=restore]").first
    item = button.get_attribute("data-of")
    button.dispatch_event("click")
    return Made(lambda edition: [one.article for one in edition.items].count(item) == 1)  # type: ignore[arg-type]  # a name


def _undo(page: Page, opened: Open, _text: str) -> Made:
    before = opened.edition
    button = page.locator("#undo")
    number = int(button.get_attribute("data-of") or "0")
    button.dispatch_event("click")

    def is_there(edition: Edition) -> bool:
        states = {one.number: one.state for one in opened.desk.history.changes(edition.key)}
        return edition.revision == before.revision + 1 and states[number] == "undone"

    return Made(is_there)


def _block(kind: BlockKind) -> Kind:
    def act(page: Page, opened: Open, _text: str) -> Made:
        known = len(opened.edition.blocks)
        page.locator("#insert-top-").select_option(kind.value)
        return Made(lambda edition: len(edition.blocks) == known + 1 and edition.blocks[-1].kind is kind)

    return Kind(act)


def _a_note(page: Page, opened: Open) -> None:
    known = len(opened.edition.blocks)
    page.locator("#insert-end-").select_option(BlockKind.NOTE.value)
    expect(page.locator("[data-block]")).to_have_count(known + 1)


def _block_text(page: Page, opened: Open, text: str) -> Made:
    name = opened.edition.blocks[-1].id
    _field(page, f"block-text-{name}", text)
    return Made(lambda edition: text in [one.text for one in edition.blocks])


def _block_drop(page: Page, opened: Open, _text: str) -> Made:
    name = opened.edition.blocks[-1].id
    _press(page, f"block-drop-{name}")
    return Made(lambda edition: name not in [one.id for one in edition.blocks])


def _block_move(page: Page, opened: Open, _text: str) -> Made:
    block = opened.edition.blocks[-1]
    spot = "top" if block.spot.value != "top" else "end"
    page.locator(f"#block-to-{block.id}").select_option(spot)
    return Made(lambda edition: [one.spot.value for one in edition.blocks if one.id == block.id] == [spot])


def _by_hand(page: Page, opened: Open, text: str) -> Made:
    page.evaluate(
        """(text) => {
          const form = document.getElementById("by-hand");
          form.closest("details").open = true;
          form.elements.headline.value = text;
          form.elements.text.value = "What nobody else told.";
          form.requestSubmit();
        }""",
        text,
    )
    return Made(lambda edition: [one.headline for one in edition.items].count(text) == 1)


KINDS = {
    "subject": _line("subject"),
    "second subject": _line("subject_b"),
    "preheader": _line("preheader"),
    "headline": Kind(_headline),
    "blurb": Kind(_blurb),
    "order": Kind(_order),
    "another section": Kind(_section),
    "pin": Kind(_pin),
    "leave out": Kind(_drop),
    "leave out several": Kind(_drops),
    "bring in again": Kind(_restore, _dropped),
    "undo": Kind(_undo, _dropped),
    **{f"a block: {kind.value}": _block(kind) for kind in BlockKind},
    "text of a block": Kind(_block_text, _a_note),
    "move a block": Kind(_block_move, _a_note),
    "take a block out": Kind(_block_drop, _a_note),
    "a story by hand": Kind(_by_hand),
}
"""Each by its name."""
