from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from digest.rendering import theme
from digest.rendering.context import MailContext, SectionContext, StoryContext
from digest.rendering.environment import BLOCKS, Layout, Templates
from digest.rendering.renderer import Renderer
from digest.rendering.tokens import KNOWN, token
from tests.rendering import editions

PAGE = Path(__file__).parents[2] / "docs" / "templates.md"
NOT_FOR_TEMPLATES = {"number", "rank", "words", "phrases"}


def test_the_worked_override_renders_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"```html\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "broadsheet.html").write_text(example, encoding="utf-8")

    rendered = Renderer(editions.SITE, overrides=tmp_path).render(
        editions.plain_edition(4), editions.newsletter()
    )

    assert "Good morning from the quay. Monday, November 23, 2026: 4 stories" in rendered.html


def test_the_greeting_subject_renders_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"```jinja\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "broadsheet.subject.txt").write_text(example, encoding="utf-8")

    rendered = Renderer(editions.SITE, overrides=tmp_path).render(
        editions.plain_edition(4), editions.newsletter()
    )

    assert rendered.subject == "Morning edition for you, %%name%%: Ferries stop for a third night"


@pytest.mark.parametrize(
    "name",
    sorted(
        {field.name for kind in (MailContext, SectionContext, StoryContext) for field in fields(kind)}
        - NOT_FOR_TEMPLATES
        | set(theme.NAMES)
        | set(BLOCKS)
        | {field.name for kind in (Layout, theme.Palette) for field in fields(kind)}
        | {token(known) for known in KNOWN}
    ),
)
def test_everything_a_template_may_use_is_on_the_page(name: str) -> None:
    assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", Templates().names())
def test_every_template_is_shown_in_other_programs_and_in_all_languages(template: str) -> None:
    page = (PAGE.parent / "clients.md").read_text(encoding="utf-8")
    shown = re.findall(rf"\(((?:clients|languages)/{template}[-.][^)]+)\)", page)

    assert len(shown) == 6
    assert all((PAGE.parent / name).stat().st_size > 300 for name in shown)


def test_every_picture_of_a_block_is_there() -> None:
    shown = re.findall(r"\((blocks/[^)]+)\)", PAGE.read_text(encoding="utf-8"))

    assert {Path(name).stem.rpartition("-")[2] for name in shown} == set(BLOCKS)
    assert all((PAGE.parent / name).is_file() for name in shown)
