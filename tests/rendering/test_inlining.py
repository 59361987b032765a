"""Our inliner against premailer, and where it is right and premailer is not."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from lxml import html as parser
from premailer import Premailer

from digest.rendering.checks import lost_rules
from digest.rendering.inlining import inline

PAGE = (
    "<!DOCTYPE html><html><head><style>{css}</style></head><body>"
    '<table><tr><td class="a b" id="c"><p class="a" style="margin:1px">x</p></td></tr></table>'
    "</body></html>"
)


def styles(page: str) -> dict[str, dict[str, str]]:
    """Return what each tag is told, by name."""
    found = {}
    for element in parser.document_fromstring(page).iter("td", "p"):
        pairs = (one.partition(":") for one in (element.get("style") or "").split(";") if one.strip())
        found[str(element.tag)] = {name.strip(): value.strip() for name, _, value in pairs}
    return found


@pytest.mark.parametrize(
    "css",
    [
        pytest.param(".a{color:red}.b{color:blue}", id="order"),
        pytest.param("#c{color:red}.a.b{color:blue}td{color:green}", id="specificity"),
        pytest.param("td.a{color:red!important}#c{color:blue}", id="important"),
        pytest.param("p{margin:9px;padding:2px}", id="own-style-wins"),
        pytest.param("td p{color:red}td>p{padding:1px}", id="combinators"),
        pytest.param("td:first-child{color:red}", id="structure"),
        pytest.param("p,td{color:red}", id="list"),
    ],
)
def test_it_tells_elements_what_premailer_tells_them(css: str) -> None:
    page = PAGE.replace("{css}", css)
    oracle = Premailer(page, strip_important=False, disable_validation=True, allow_network=False)

    assert styles(inline(page)) == styles(oracle.transform())


def test_a_property_told_again_keeps_the_cascades_order() -> None:
    page = inline(PAGE.replace("{css}", ".a{padding:1px}td.a{padding-top:9px}#c{padding:2px}"))

    assert list(styles(page)["td"].items()) == [("padding-top", "9px"), ("padding", "2px")]


def test_conditions_and_states_stay_in_a_style_block() -> None:
    page = inline(
        PAGE.replace("{css}", ".a{color:red}p:hover{color:blue}@media (max-width:9px){p{margin:0}}")
    )

    assert "<style>p:hover{color:blue}@media (max-width:9px){p{margin:0}}</style>" in page


def test_an_ignored_block_stays_as_it_is() -> None:
    page = inline('<style data-premailer="ignore">.a{color:red}</style><p class="a">x</p>')

    assert page == '<style>.a{color:red}</style><p class="a">x</p>'


LOST = [
    pytest.param("a:is(.x,.y){color:red}", "`:is`", id="is"),
    pytest.param("a:where(.x){color:red}", "`:where`", id="where"),
    pytest.param("td:has(a){color:red}", "`:has`", id="has"),
    pytest.param("td:not(.x,.y){color:red}", "`:not(.x,`", id="not-list"),
    pytest.param("@layer base{.a{color:red}}", "`@layer`", id="layer"),
    pytest.param(".a{color:red;.b{color:blue}}", "`.a { … {`", id="nesting"),
    pytest.param("@media (width<480px){.a{color:red}}", "`(width<480px)`", id="range"),
    pytest.param("@container (min-width:1px){.a{color:red}}", "`@container`", id="container"),
    pytest.param(".a > > .b{color:red}", "`.a > > .b`", id="broken"),
    pytest.param(r".\31 a{color:red}", r"`.\31 a`", id="escaped"),
    pytest.param('a[href$=".pdf" i]{color:red}', '`a[href$=".pdf" i]`', id="flag"),
    pytest.param(".a{color red}", "`color red`", id="no-colon"),
    pytest.param("@import url(x.css);", "`@import url(x.css)`", id="import"),
]


@pytest.mark.parametrize(("rule", "what"), LOST)
def test_a_rule_that_is_lost_is_told_with_its_file_and_line(tmp_path: Path, rule: str, what: str) -> None:
    (tmp_path / "styles").mkdir()
    sheet = tmp_path / "styles" / "inlined.css"
    sheet.write_text(f".x{{color:{{{{ theme.light.ink }}}}}}\n/* one\ntwo */\n{rule}\n")
    page = tmp_path / "broadsheet.html"
    page.write_text(f"<td>\n<style>\n{rule}</style>")

    first, second = lost_rules.findings(tmp_path)

    assert (first.element, second.element) == (f"{page}:3", f"{sheet}:4")
    assert all(what in one.problem and one.remedy for one in (first, second))


@pytest.mark.parametrize(("rule", "what"), LOST)
def test_a_lost_rule_costs_no_other(rule: str, what: str, capfd: pytest.CaptureFixture[str]) -> None:
    page = inline(PAGE.replace("{css}", f".b{{padding:3px}}{rule}#c{{margin:4px}}"))

    assert styles(page)["td"] == {"padding": "3px", "margin": "4px"}
    assert capfd.readouterr() == ("", "")


def test_rules_that_are_kept_are_not_told(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(
        "@media (max-width:480px){td:not(.x)>a[href],p+p{color:red}}a:hover{color:red}"
    )

    assert list(lost_rules.findings(tmp_path)) == []
    assert not re.search("error", inline("<p>x</p>"))


@pytest.mark.parametrize(
    "said",
    [
        "color:rgb(0 0 0/50%)",
        "color:#ff000080",
        "color:hsl(120deg 100% 50%)",
        "width:calc(100% - (2*20px))",
        "*zoom:1",
        "filter:progid:DXImageTransform.Microsoft.gradient(startColorstr='#80000000')",
        "transition:all .2s cubic-bezier(.1,.2,.3,.4)",
        "color:red;color:oklch(.7 .1 50)",
        "--brand:color-mix(in srgb,red 20%,blue)",
        "background:url('data:image/svg+xml;utf8,<svg/>')",
    ],
)
def test_a_value_stays_as_it_was_written(said: str) -> None:
    page = inline(PAGE.replace("{css}", f"#c{{top:1px;{said};left:2px}}"))

    assert f'style="top:1px;{escape(said, quote=False)};left:2px"' in page


@pytest.mark.parametrize(
    "selector",
    [
        "[data-ogsc] .a",
        "u + .body .a",
        "#MessageViewBody .a",
        "a[x-apple-data-detectors]",
        ".a:nth-child(2)",
    ],
)
def test_what_waits_for_a_program_or_a_state_stays_in_a_style_block(selector: str) -> None:
    page = inline(PAGE.replace("{css}", f"{selector}{{color:red}}.b{{top:1px}}"))

    assert f"<style>{selector}{{color:red}}</style>" in page
    assert 'style="top:1px"' in page


def test_what_a_template_prints_between_declarations_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p{color:red;{% if x %}top:1px;{% endif %}{{ theme.rounded }}}")

    assert list(lost_rules.findings(tmp_path)) == []
