"""What is found in a site's own templates before any mail is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.rendering.checks import own_templates
from digest.rendering.checks.findings import Finding, Level
from digest.rendering.environment import BLOCKS


def html(block: str, body: str = "<tr><td>x</td></tr>", extends: str = "builtin/broadsheet.html") -> str:
    return f'{{% extends "{extends}" %}}\n{{% block {block} %}}{body}{{% endblock %}}'


def text(block: str, body: str = "x", extends: str = "builtin/page.txt") -> str:
    return html(block, body, extends)


def found(folder: Path, files: dict[str, str], *newsletters: str) -> tuple[Finding, ...]:
    for name, said in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8")
    return own_templates.findings(folder, newsletters)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_one_part_alone_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, block: str
) -> None:
    (one,) = found(tmp_path, {"broadsheet.html": html(block)})

    assert (one.level, one.check, one.element) == (
        Level.WARNING,
        "templates",
        f"{tmp_path / 'broadsheet.html'}:2",
    )
    assert repr(block) in one.problem
    assert 'broadsheet.txt too, which begins {% extends "builtin/page.txt" %}' in one.remedy


TWINS = [
    pytest.param({"broadsheet.txt": text("lead")}, id="written"),
    pytest.param({"page.txt": text("lead")}, id="in-the-page"),
    pytest.param({"broadsheet.txt": text("lead", "{{ super() }}")}, id="said-to-be-meant"),
    pytest.param({"broadsheet.txt": text("lead", "")}, id="emptied"),
    pytest.param(
        {"between.txt": text("lead"), "broadsheet.txt": '{% extends "between.txt" %}'}, id="inherited"
    ),
]


@pytest.mark.parametrize("twin", TWINS)
def test_a_block_with_its_twin_is_well(tmp_path: Path, twin: dict[str, str]) -> None:
    assert found(tmp_path, {"broadsheet.html": html("lead"), **twin}) == ()


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"broadsheet.txt": text("masthead")}, id="the-twin-of-another"),
        pytest.param({"brief.txt": text("lead", extends="builtin/brief.txt")}, id="of-another-template"),
    ],
)
def test_a_twin_of_something_else_is_none(tmp_path: Path, files: dict[str, str]) -> None:
    (one,) = found(tmp_path, {"broadsheet.html": html("lead"), **files})

    assert "'lead'" in one.problem


@pytest.mark.parametrize(
    "body",
    ["{{ super() }}", "\n{{ super() }}\n", "{# as it is #}{{ super() }}"],
    ids=["bare", "lines", "note"],
)
def test_a_block_that_only_inherits_needs_no_twin(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, {"broadsheet.html": html("lead", body)}) == ()


@pytest.mark.parametrize("body", ["{{ super() }}<tr><td>More</td></tr>", "", "{{ mail.title }}"])
def test_a_block_that_says_more_or_nothing_needs_one(tmp_path: Path, body: str) -> None:
    assert len(found(tmp_path, {"broadsheet.html": html("lead", body)})) == 1


def test_a_template_of_ones_own_is_told_what_its_text_extends(tmp_path: Path) -> None:
    (one,) = found(tmp_path, {"noon.html": html("story", extends="builtin/bulletin.html")})

    assert 'noon.txt too, which begins {% extends "builtin/bulletin.txt" %}' in one.remedy


def test_a_page_of_ones_own_is_told_once_for_all_templates(tmp_path: Path) -> None:
    page = '{% extends "builtin/page.html" %}\n{% block footer %}<tr><td>x</td></tr>{% endblock %}'
    (one,) = found(tmp_path, {"page.html": page})

    assert one.element == f"{tmp_path / 'page.html'}:2"
    assert "write it in page.txt too" in one.remedy


def test_each_newsletters_folder_is_looked_at_with_the_sites(tmp_path: Path) -> None:
    files = {
        "broadsheet.html": html("lead"),
        "broadsheet.txt": text("lead"),
        "newsletters/noon/broadsheet.html": html("footer", extends="site/broadsheet.html"),
        "newsletters/late/broadsheet.html": html("lead", extends="site/broadsheet.html"),
    }

    (one,) = found(tmp_path, files, "noon", "late")

    assert one.element == f"{tmp_path / 'newsletters/noon/broadsheet.html'}:2"


def test_a_folder_of_no_newsletter_is_told(tmp_path: Path) -> None:
    (one,) = found(tmp_path, {"newsletters/nooon/kept.css": ".a{color:red}"}, "noon", "morning")

    assert one.element == str(tmp_path / "newsletters" / "nooon")
    assert "name it after a newsletter: morning, noon" in one.remedy


def test_what_is_half_done_and_used_by_nobody_is_left_alone(tmp_path: Path) -> None:
    files = {"draft.html": "{% block lead %}", "bits.html": "{% macro x() %}{% endmacro %}", "a.txt": "x"}

    assert found(tmp_path, files) == ()


def test_without_a_folder_there_is_nothing_to_find(tmp_path: Path) -> None:
    assert own_templates.findings(None) == ()
    assert own_templates.findings(tmp_path / "gone", ["noon"]) == ()
