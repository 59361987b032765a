"""A working copy renders as what it was copied from, and passes what that passes."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from digest.errors import BadData
from digest.rendering.checks import own_templates
from digest.rendering.checks.findings import Level
from digest.rendering.checks.mail import check_page
from digest.rendering.environment import BLOCKS, SUBJECT, Layout, Templates
from digest.rendering.overrides.blocks import HOLDS, SAYS, room
from digest.rendering.overrides.copying import inside, working_copy
from digest.rendering.renderer import Renderer
from tests.rendering import editions
from tests.rendering.samples import SAMPLES

BUILT_IN = Templates().names()
CONTENTS = ("full", "arabic", "empty")


def written(folder: Path, copy: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in copy.items():
        (folder / file).write_text(text, encoding="utf-8")


def in_template(content: str, template: str, overrides: Path | None) -> tuple[str, str, str]:
    sample = SAMPLES[content]()
    newsletter = replace(sample.newsletter, template=template)
    mail = Renderer(editions.SITE, overrides=overrides).render(sample.edition, newsletter)
    return mail.subject, mail.html, mail.text


@pytest.mark.parametrize("origin", BUILT_IN)
def test_a_fresh_copy_renders_as_what_it_was_copied_from(tmp_path: Path, origin: str) -> None:
    written(tmp_path, working_copy(Templates(tmp_path), "harbour", origin, of_newsletter=False))

    for content in CONTENTS:
        mine, theirs = (
            in_template(content, "harbour", tmp_path),
            in_template(content, origin, None),
        )

        assert mine == theirs
    _, html, text = in_template("full", "harbour", tmp_path)
    assert [one for one in check_page(html, text) if one.level is not Level.NOTE] == []
    assert own_templates.findings(tmp_path) == ()


@pytest.mark.parametrize("origin", BUILT_IN)
def test_a_fresh_copy_may_have_the_name_of_what_it_was_copied_from(tmp_path: Path, origin: str) -> None:
    written(tmp_path, working_copy(Templates(tmp_path), origin, origin, of_newsletter=False))

    assert in_template("full", origin, tmp_path) == in_template("full", origin, None)


@pytest.mark.parametrize("origin", BUILT_IN)
def test_a_copy_holds_every_block_of_both_parts_with_what_it_is_for(origin: str) -> None:
    copy = working_copy(Templates(), "harbour", origin, of_newsletter=False)

    assert set(copy) == {"harbour.html", "harbour.txt", f"harbour{SUBJECT}"}
    for part in ("harbour.html", "harbour.txt"):
        assert tuple(inside(copy[part])) == BLOCKS
        assert all(f"{{# {block}: {HOLDS[block]} #}}" in copy[part] for block in BLOCKS)
    for name, value in room(Templates().layout(origin)).items():
        assert f"{{# {SAYS[name]} #}}\n{{% set {name} = {value} %}}" in copy["harbour.html"]


def test_what_is_taken_out_of_a_copy_follows_what_it_was_copied_from(tmp_path: Path) -> None:
    copy = working_copy(Templates(tmp_path), "harbour", "brief", of_newsletter=False)
    (tmp_path / "harbour.html").write_text(copy["harbour.html"].partition("\n{# masthead:")[0])

    assert in_template("full", "harbour", tmp_path) == in_template("full", "brief", None)


def test_a_copy_of_a_sites_own_template_follows_that(tmp_path: Path) -> None:
    (tmp_path / "noon.html").write_text(
        '{% extends "builtin/brief.html" %}{% import "macros.html" as ui with context %}'
        "{% block masthead %}{{ super() }}<tr><td>{{ ui.view_link() }} Noon</td></tr>\n{% endblock %}"
    )
    templates = Templates(tmp_path)
    site = working_copy(templates, "harbour", "noon", of_newsletter=False)
    mine = working_copy(templates, "noon", "noon", of_newsletter=True)
    written(tmp_path, site)
    written(tmp_path / "newsletters" / "morning", mine)

    noon = in_template("full", "noon", tmp_path)

    assert '{% extends "noon.html" %}' in site["harbour.html"]
    assert '{% extends "site/noon.html" %}' in mine["noon.html"]
    assert noon == in_template("full", "harbour", tmp_path)
    assert ">Noon<" not in noon[1]
    assert "Noon</td>" in noon[1]


@pytest.mark.parametrize("name", ["", "..", "a/b", "Harbour", "page", "macros", "-x", "x" * 65, "ä", "a.b"])
def test_a_name_that_no_template_can_have_is_refused(name: str) -> None:
    with pytest.raises(BadData):
        working_copy(Templates(), name, "broadsheet", of_newsletter=False)


def test_every_block_and_every_setting_has_words() -> None:
    assert set(HOLDS) == set(BLOCKS)
    assert set(SAYS) == {field.name for field in fields(Layout)}
