from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import TemplateFault
from digest.rendering.environment import BLOCKS, Templates
from digest.rendering.overrides.builtin import builtin_folder
from digest.rendering.overrides.folders import BUILTIN

EXTENDS = f'{{% extends "{BUILTIN}/broadsheet.html" %}}\n'
BARE = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in BLOCKS)


def site_folder(folder: Path, text: str, name: str = "broadsheet.html") -> Templates:
    (folder / name).write_text(text, encoding="utf-8")
    return Templates(folder)


def fault(templates: Templates, name: str = "broadsheet.html", **context: object) -> TemplateFault:
    with pytest.raises(TemplateFault) as caught:
        templates.render(name, context)
    return caught.value


def test_the_built_in_templates_are_found() -> None:
    assert (builtin_folder() / "broadsheet.html").is_file()


def test_the_sites_folder_is_searched_first(tmp_path: Path) -> None:
    templates = site_folder(tmp_path, BARE + "ours")

    assert templates.render("broadsheet.html", {}) == "ours"


def test_html_of_others_is_escaped(tmp_path: Path) -> None:
    templates = site_folder(tmp_path, BARE + "{{ title }}")

    assert templates.render("broadsheet.html", {"title": "<b>&"}) == "&lt;b&gt;&amp;"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"nowhere.*no such folder"):
        Templates(tmp_path / "nowhere")


def test_an_unknown_template_is_told_with_those_there_are() -> None:
    error = fault(Templates(), "broadshet.html")

    assert "there are: brief, broadsheet, bulletin" in str(error)


def test_a_name_cannot_leave_the_folder() -> None:
    fault(Templates(), "../pyproject.toml")


@pytest.mark.parametrize("block", BLOCKS)
def test_a_missing_block_is_named(tmp_path: Path, block: str) -> None:
    error = fault(site_folder(tmp_path, BARE.replace(f"block {block} ", "block other ")))

    assert f"the block {block!r} is missing" in str(error)
    assert f'extends "{BUILTIN}/broadsheet.html"' in str(error)
    assert str(tmp_path) in error.template


def test_a_block_that_would_never_show_is_refused(tmp_path: Path) -> None:
    error = fault(site_folder(tmp_path, EXTENDS + "{% block mast_head %}x{% endblock %}"))

    assert "'mast_head' would never show" in str(error)
    assert error.line == 2


def test_broken_syntax_is_told_with_file_and_line(tmp_path: Path) -> None:
    error = fault(site_folder(tmp_path, EXTENDS + "\n{% block masthead %}{{ mail. }}{% endblock %}"))

    assert error.template == str(tmp_path / "broadsheet.html")
    assert error.line == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("{{ nobody }}", "'nobody' is undefined", id="undefined-name"),
        pytest.param("{{ story.nothing }}", "nothing", id="undefined-attribute"),
        pytest.param("{{ 1 / 0 }}", "division", id="arithmetic"),
        pytest.param("{{ 'a' + 1 }}", "str", id="type"),
        pytest.param("{{ title.__class__.__mro__ }}", "unsafe", id="sandbox"),
        pytest.param("{% for n in range(100_001) %}{% endfor %}", "[Rr]ange too big", id="too long a loop"),
        pytest.param("{% include 'gone.html' %}", "no such template", id="missing-include"),
        pytest.param("{{ title | nofilter }}", "nofilter", id="unknown-filter"),
    ],
)
def test_a_fault_names_the_file_the_line_and_the_problem(tmp_path: Path, text: str, says: str) -> None:
    templates = site_folder(tmp_path, f"{BARE}\n{text}")

    error = fault(templates, title="x", story={"headline": "y"})

    assert error.template.endswith("broadsheet.html")
    assert error.line == 2
    with pytest.raises(TemplateFault, match=says):
        raise error


def test_a_template_that_extends_itself_is_told_how_to_extend(tmp_path: Path) -> None:
    error = fault(site_folder(tmp_path, '{% extends "broadsheet.html" %}'))

    assert f'"{BUILTIN}/broadsheet.html"' in str(error)


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "broadsheet.html").write_bytes(BARE.encode() + b"caf\xe9")

    assert "utf-8" in str(fault(Templates(tmp_path)))
