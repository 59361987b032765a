"""A newsletter's own folder over the site's, the site's over the built-in templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.errors import TemplateFault
from digest.model import Newsletter
from digest.rendering.renderer import Renderer
from digest.rendering.theme_faults import look_faults
from tests.rendering import editions

SITES = '{% extends "builtin/broadsheet.html" %}{% block masthead %}<tr><td>Site</td></tr>{% endblock %}'
MINE = (
    '{% extends "site/broadsheet.html" %}'
    "{% block masthead %}{{ super() }}<tr><td>Mine</td></tr>{% endblock %}"
)
EDITION = editions.plain_edition(5)
MORNING = editions.newsletter()
NOON: Newsletter = replace(MORNING, key="noon")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "newsletters" / "noon").mkdir(parents=True)
    return tmp_path


def test_a_newsletters_folder_is_searched_before_the_sites(folder: Path) -> None:
    (folder / "broadsheet.html").write_text(SITES)
    (folder / "newsletters" / "noon" / "broadsheet.html").write_text(MINE)
    renderer = Renderer(editions.SITE, overrides=folder)

    noon, morning = renderer.render(EDITION, NOON).html, renderer.render(EDITION, MORNING).html

    assert noon.index("Site</td>") < noon.index("Mine</td>")
    assert "Site</td>" in morning
    assert "Mine" not in morning


def test_the_sites_template_is_the_built_in_one_where_it_has_none(folder: Path) -> None:
    (folder / "newsletters" / "noon" / "broadsheet.html").write_text(MINE)
    renderer = Renderer(editions.SITE, overrides=folder)

    assert 'class="masthead' in renderer.render(EDITION, NOON).html
    assert renderer.render(EDITION, MORNING).html == Renderer(editions.SITE).render(EDITION, MORNING).html


@pytest.mark.parametrize(
    ("file", "text", "part"),
    [
        pytest.param(
            "page.txt",
            '{% extends "builtin/page.txt" %}{% block masthead %}Mine{% endblock %}',
            "text",
            id="text",
        ),
        pytest.param("broadsheet.subject.txt", "Mine: {{ mail.subject }}", "subject", id="subject"),
        pytest.param("styles/kept.css", ".mine{color:inherit}", "html", id="style"),
        pytest.param(
            "macros.html", "{% macro x() %}{% endmacro %}", "", id="macros-that-lack-what-is-called"
        ),
    ],
)
def test_every_kind_of_file_may_be_a_newsletters_own(folder: Path, file: str, text: str, part: str) -> None:
    own = folder / "newsletters" / "noon" / file
    own.parent.mkdir(exist_ok=True)
    own.write_text(text)
    renderer = Renderer(editions.SITE, overrides=folder)

    if not part:
        with pytest.raises(TemplateFault, match="mso_settings"):
            renderer.render(EDITION, NOON)
    else:
        assert "mine" in str(getattr(renderer.render(EDITION, NOON), part)).lower()
    assert renderer.render(EDITION, MORNING) == Renderer(editions.SITE).render(EDITION, MORNING)


def test_stories_are_shared_with_newsletters_that_render_them_alike_and_no_other(folder: Path) -> None:
    (folder / "newsletters" / "noon" / "broadsheet.html").write_text(
        '{% extends "builtin/broadsheet.html" %}'
        "{% block story %}<tr><td>Own {{ story.headline }}</td></tr>\n{% endblock %}"
    )
    renderer = Renderer(editions.SITE, overrides=folder)

    first = renderer.render(EDITION, MORNING).html
    noon = renderer.render(EDITION, NOON).html

    assert noon.count("Own ") == 4
    assert "Own " not in first
    assert renderer.render(EDITION, MORNING).html == first


def test_a_change_in_a_newsletters_folder_counts_at_once(folder: Path) -> None:
    renderer = Renderer(editions.SITE, overrides=folder)
    before = renderer.render(EDITION, NOON).html

    (folder / "newsletters" / "noon" / "broadsheet.html").write_text(MINE)

    assert "Mine" not in before
    assert "Mine" in renderer.render(EDITION, NOON).html


def test_a_newsletters_templates_run_in_the_sandbox(folder: Path) -> None:
    (folder / "newsletters" / "noon" / "broadsheet.html").write_text(
        '{% extends "builtin/broadsheet.html" %}'
        '{% block masthead %}{{ "".__class__.__mro__ }}{% endblock %}'
    )

    with pytest.raises(TemplateFault, match="unsafe"):
        Renderer(editions.SITE, overrides=folder).render(EDITION, NOON)


def test_a_template_of_one_newsletter_is_unknown_to_the_others(folder: Path) -> None:
    (folder / "newsletters" / "noon" / "late.html").write_text('{% extends "builtin/brief.html" %}')

    assert look_faults({}, "late", "newsletters.noon", folder) == ()
    (fault,) = look_faults({}, "late", "newsletters.morning", folder)
    assert "there is no such template" in fault.problem


def test_a_template_that_writes_without_end_is_a_fault(tmp_path: Path) -> None:
    endless = '{% extends "builtin/brief.html" %}{% block masthead %}{{ "x" * 10000001 }}{% endblock %}'
    (tmp_path / "brief.html").write_text(endless)

    with pytest.raises(TemplateFault, match="look for a loop"):
        Renderer(editions.SITE, overrides=tmp_path).render(
            editions.plain_edition(1), editions.newsletter(template="brief")
        )
